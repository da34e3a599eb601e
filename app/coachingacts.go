package app

import (
	"context"
	"fmt"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Talk is a one-on-one as it went.
type Talk struct {
	ID      data.ID // of a planned one; NoID for one that was not planned
	Person  data.ID
	Day     data.Day
	Agenda  string
	Notes   string
	Settled map[data.ID]string // commitments by what became of them; those that are not named stay open
	New     []data.Values      // commitments made in it
	Next    data.Day           // the next one, NoDay for none yet
}

// Hold keeps a one-on-one with the person's figures of the day, what became of
// the commitments, the new ones and the next talk, as one step.
func (c *Coaching) Hold(ctx context.Context, h Talk) (data.ID, error) {
	row, _, err := c.mine(ctx, h.Person)
	if err != nil {
		return data.NoID, err
	}
	if !h.Day.Valid() {
		return data.NoID, data.FieldErrorf("day", "Say on which day you talked")
	}
	figures, err := c.frozen(ctx, row.ID, c.app.Book().Calendar.QuarterOf(h.Day), h.Day)
	if err != nil {
		return data.NoID, err
	}
	manager, err := c.manager(ctx, row)
	if err != nil {
		return data.NoID, err
	}
	id := h.ID
	if id.IsZero() {
		id = data.NewID()
	}
	values := data.Values{
		"person": row.ID, "day": h.Day, "status": data.OneOnOneHeld, "agenda": textOrNil(h.Agenda), "notes": textOrNil(h.Notes), "figures": textOrNil(figures), "manager": refOrNil(manager),
	}
	return id, c.app.write(ctx, store.Act{What: "Hold the one-on-one with " + row.Title()}, func(tx *store.Tx) error {
		if err := c.app.put(tx, data.KindOneOnOne, id, values); err != nil {
			return err
		}
		for promise, status := range h.Settled {
			if err := c.app.put(tx, data.KindCommitment, promise, data.Values{"status": status}); err != nil {
				return err
			}
		}
		for _, promise := range h.New {
			promise["one_on_one"], promise["day"], promise["status"] = id, h.Day, data.PromiseOpen
			if promise["person"] == nil {
				promise["person"] = row.ID
			}
			if err := c.app.put(tx, data.KindCommitment, data.NewID(), promise); err != nil {
				return err
			}
		}
		if !h.Next.Valid() {
			return nil
		}
		return c.app.put(tx, data.KindOneOnOne, data.NewID(), data.Values{"person": row.ID, "manager": refOrNil(manager), "day": h.Next, "status": data.OneOnOnePlanned})
	})
}

// manager is who holds talks with a person: his manager, else the user.
func (c *Coaching) manager(ctx context.Context, person data.Row) (data.ID, error) {
	if m := person.Ref("manager"); !m.IsZero() {
		return m, nil
	}
	me, err := c.app.Me(ctx)
	return me.ID, err
}

// Plan enters the next one-on-one with a person.
func (c *Coaching) Plan(ctx context.Context, person data.ID, day data.Day) (data.ID, error) {
	row, _, err := c.mine(ctx, person)
	if err != nil {
		return data.NoID, err
	}
	if !day.Valid() {
		return data.NoID, data.FieldErrorf("day", "Say on which day you will talk")
	}
	manager, err := c.manager(ctx, row)
	if err != nil {
		return data.NoID, err
	}
	return c.app.Records.Add(ctx, data.KindOneOnOne, data.Values{"person": person, "manager": refOrNil(manager), "day": day, "status": data.OneOnOnePlanned})
}

// Settle says what became of a commitment or goal.
func (c *Coaching) Settle(ctx context.Context, kind string, id data.ID, status string) error {
	row, err := c.app.store.Get(ctx, kind, id)
	if err != nil {
		return err
	}
	return c.app.write(ctx, store.Act{What: fmt.Sprintf("Mark “%s” as %s", row.Title(), status)}, func(tx *store.Tx) error {
		return c.app.put(tx, kind, id, data.Values{"status": status})
	})
}

// frozen are a person's figures of a day in words.
func (c *Coaching) frozen(ctx context.Context, person data.ID, in data.Period, day data.Day) (string, error) {
	w, err := c.app.Performance.Watched(ctx, WatchedQuery{People: []data.ID{person}, Period: in, AsOf: day.Min(c.app.Today())})
	if err != nil {
		return "", err
	}
	n := c.numbers()
	return n.Frozen(figuresOf(w, person), in.Name, n.DayYear(w.AsOf)), nil
}

func (c *Coaching) numbers() report.Numbers {
	currency := c.app.Book().Currency
	return report.Numbers{Currency: currency, Symbol: symbols[currency]}
}

// StartReview begins a review of a person with a template for a period: a draft
// with the template's questions and the figures of today.
func (c *Coaching) StartReview(ctx context.Context, person, template data.ID, in data.Period) (data.ID, error) {
	row, own, err := c.mine(ctx, person)
	if err != nil {
		return data.NoID, err
	}
	if own {
		return data.NoID, data.Errorf(data.Refused, "a review is begun by who leads; yours will be shown here once it is final")
	}
	values := data.Values{"person": person, "period": in.Name, "day": c.app.Today(), "status": data.ReviewDraft, "template": refOrNil(template)}
	if !template.IsZero() {
		t, err := c.app.store.Get(ctx, data.KindReviewTemplate, template)
		if err != nil {
			return data.NoID, err
		}
		values["type"] = textOrNil(t.Text("type"))
		values["manager_text"] = textOrNil(questions(t.Text("questions")))
	}
	text, err := c.frozen(ctx, person, in, c.app.Today())
	if err != nil {
		return data.NoID, err
	}
	values["figures"] = text
	id := data.NewID()
	return id, c.app.write(ctx, store.Act{What: fmt.Sprintf("Begin the review of %s for %s", row.Title(), in.Name)}, func(tx *store.Tx) error {
		return c.app.put(tx, data.KindReview, id, values)
	})
}

// questions lays a template's questions out to be answered below each.
func questions(text string) string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line+"\n")
		}
	}
	return strings.Join(out, "\n")
}

// FinishReview makes a draft final: its figures are frozen as they stand today,
// and the person sees it from now on.
func (c *Coaching) FinishReview(ctx context.Context, id data.ID) error {
	row, err := c.app.store.Get(ctx, data.KindReview, id)
	if err != nil {
		return err
	}
	if row.Text("status") == data.ReviewFinal {
		return data.Errorf(data.Refused, "the review is final already; nothing was changed")
	}
	values := data.Values{"status": data.ReviewFinal, "day": c.app.Today()}
	if in, err := c.app.Book().Calendar.Parse(row.Text("period")); err == nil {
		if values["figures"], err = c.frozen(ctx, row.Ref("person"), in, c.app.Today()); err != nil {
			return err
		}
	}
	what := fmt.Sprintf("Finish the review of %s for %s", row.Labels["person"], row.Text("period"))
	return c.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error { return c.app.put(tx, data.KindReview, id, values) })
}

// Suggestion is somebody who reached what a rule of recognition asks for in a
// period and was not recognised for it yet.
type Suggestion struct {
	Person data.Row
	Rule   data.Row
	Metric metrics.Watch
	Period data.Period
	Figure metrics.Ratio
}

// Suggestions evaluates the rules for people: of the period that is over, and of
// the one that runs where the figure only grows in it.
func (c *Coaching) Suggestions(ctx context.Context, people []Coachee, asOf data.Day) ([]Suggestion, error) {
	rules, err := c.app.store.List(ctx, data.Query{Kind: data.KindRecognitionRule, Sort: []data.Sort{{Field: "name"}}})
	if err != nil {
		return nil, err
	}
	given, err := c.app.store.List(ctx, data.Query{Kind: data.KindRecognition})
	if err != nil {
		return nil, err
	}
	var asked []Suggestion // without who reached it
	var periods []data.Period
	for _, rule := range rules {
		which, ok := metrics.WatchNamed(rule.Text("metric"))
		if !ok || rule.Bool("retired") {
			continue
		}
		for _, in := range c.judged(rule.Text("every"), which, asOf) {
			asked = append(asked, Suggestion{Rule: rule, Metric: which, Period: in})
			periods = append(periods, in)
		}
	}
	figures, err := c.figuresIn(ctx, asOf, periods)
	if err != nil {
		return nil, err
	}
	var out []Suggestion
	for _, s := range asked {
		w := figures[s.Period]
		for _, p := range people {
			s.Person, s.Figure = p.Row, w.Of(p.Row.ID, s.Metric.String())
			if s.Metric.Meets(s.Figure, s.Rule.Float("threshold"), w.Currency) && !recognised(given, s.Rule.ID, p.Row.ID, s.Period) {
				out = append(out, s)
			}
		}
	}
	return out, nil
}

// judged are the periods that a rule looks at on a day.
func (c *Coaching) judged(every string, which metrics.Watch, asOf data.Day) []data.Period {
	cal := c.app.Book().Calendar
	now := cal.QuarterOf(asOf)
	switch every {
	case "month":
		now = cal.MonthOf(asOf)
	case "year":
		now = cal.YearOf(asOf)
	}
	out := []data.Period{cal.Before(now)}
	if which == metrics.WatchAttainment || which.IsSum() {
		out = append(out, now)
	}
	return out
}

// recognised reports whether somebody was recognised by a rule for a period: by
// the suggestion itself, or by hand in its days.
func recognised(given []data.Row, rule, person data.ID, in data.Period) bool {
	id := recognitionID(rule, person, in)
	for _, g := range given {
		if g.ID == id || g.Ref("rule") == rule && g.Ref("person") == person && in.Contains(g.Day("day")) {
			return true
		}
	}
	return false
}

// recognitionID is the row of what a rule suggests: two managers who follow one
// suggestion on two laptops give one recognition.
func recognitionID(rule, person data.ID, in data.Period) data.ID {
	return data.ImportedID(data.KindRecognition, "", rule.String()+" "+person.String()+" "+in.Name)
}

// Recognise follows a suggestion.
func (c *Coaching) Recognise(ctx context.Context, s Suggestion, words string) (data.ID, error) {
	me, err := c.app.Me(ctx)
	if err != nil {
		return data.NoID, err
	}
	id := recognitionID(s.Rule.ID, s.Person.ID, s.Period)
	values := data.Values{
		"person": s.Person.ID, "day": c.app.Today(), "title": fmt.Sprintf("%s, %s", s.Rule.Title(), s.Period.Name), "reason": textOrNil(strings.TrimSpace(words)),
		"rule": s.Rule.ID, "given_by": refOrNil(me.ID),
	}
	return id, c.app.write(ctx, store.Act{What: fmt.Sprintf("Recognise %s: %s", s.Person.Title(), s.Rule.Title())}, func(tx *store.Tx) error {
		return c.app.put(tx, data.KindRecognition, id, values)
	})
}

// Wall lists what people were recognised for, the newest first.
func (c *Coaching) Wall(ctx context.Context, since data.Day) ([]data.Row, error) {
	q := data.Query{Kind: data.KindRecognition, Sort: []data.Sort{{Field: "day", Desc: true}, {Field: "id", Desc: true}}}
	if since.Valid() {
		q.Where = []data.Filter{{Field: "day", Test: data.AtLeast, Values: []data.Value{since}}}
	}
	return c.app.store.List(ctx, q)
}
