package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Coaching is what a manager does with the people who report to him: talks,
// what was promised in them, goals, reviews, mentoring and recognition.
type Coaching struct{ app *App }

// Coachee is one line of the team.
type Coachee struct {
	Row        data.Row
	Last, Next data.Day // one-on-one held last, and the next one planned
	Open       int      // commitments
	Overdue    int      // of those
	Due        int      // tasks of onboarding and trainings that are late
	Figures    metrics.Watched
}

// CoachingTeam is whom the person who uses the book looks after.
type CoachingTeam struct {
	Period data.Period
	People []Coachee // by name
	Total  metrics.Watched
	Own    bool // it is the person himself alone
}

// People lists whom the user looks after: a rep himself, a manager himself and
// all below him, a lead and who has no name here everybody.
func (c *Coaching) People(ctx context.Context) (people []data.Row, own bool, err error) {
	me, err := c.app.Me(ctx)
	if err != nil {
		return nil, false, err
	}
	q := data.Query{Kind: data.KindPerson, Where: []data.Filter{{Field: "status", Test: data.IsNot, Values: []data.Value{data.StatusLeft}}}, Sort: []data.Sort{{Field: "name"}}}
	all, err := c.app.store.List(ctx, q)
	if err != nil || me.ID.IsZero() || me.Role == data.RoleLead {
		return all, false, err
	}
	team, err := c.app.below(ctx, data.KindPerson, "manager", me.ID)
	if err != nil {
		return nil, false, err
	}
	own = len(team) == 1
	return slices.DeleteFunc(all, func(r data.Row) bool { return !slices.Contains(team, r.ID) }), own, nil
}

// Team reads the team with the figures of a period. A scope leaves in it only
// who belongs to that, too.
func (c *Coaching) Team(ctx context.Context, q FigureQuery) (*CoachingTeam, error) {
	people, own, err := c.People(ctx)
	if err != nil {
		return nil, err
	}
	if people, err = c.within(ctx, people, q.Scope); err != nil {
		return nil, err
	}
	out := &CoachingTeam{Period: q.Period, Own: own, People: make([]Coachee, len(people))}
	at := make(map[data.Key]*Coachee, len(people))
	ids := make([]data.ID, len(people))
	for i, r := range people {
		out.People[i] = Coachee{Row: r, Last: data.NoDay, Next: data.NoDay}
		at[r.Key], ids[i] = &out.People[i], r.ID
	}
	for _, read := range []func(context.Context, map[data.Key]*Coachee, data.Day) error{c.talks, c.promises, c.late} {
		if err := read(ctx, at, q.AsOf); err != nil {
			return nil, err
		}
	}
	figures, err := c.app.Performance.Watched(ctx, WatchedQuery{People: ids, Period: q.Period, AsOf: q.AsOf})
	if err != nil {
		return nil, err
	}
	out.Total = figures.Total
	for i := range out.People {
		out.People[i].Figures = figuresOf(figures, out.People[i].Row.ID)
	}
	return out, nil
}

// within keeps who belongs to a scope.
func (c *Coaching) within(ctx context.Context, people []data.Row, scope data.Scope) ([]data.Row, error) {
	ids, err := c.app.ScopePeople(ctx, scope)
	if err != nil || ids == nil {
		return people, err
	}
	return slices.DeleteFunc(people, func(r data.Row) bool { return !slices.Contains(ids, r.ID) }), nil
}

func (c *Coaching) talks(ctx context.Context, at map[data.Key]*Coachee, _ data.Day) error {
	src := &source{store: c.app.store, until: data.NoDay}
	return src.each(ctx, store.Narrow{Kind: data.KindOneOnOne, Fields: []string{"person", "day", "status"}}, func(l line) error {
		of, ok := at[l.ref(0)]
		if !ok {
			return nil
		}
		switch day := l.day(1); l.text(2) {
		case data.OneOnOneHeld:
			of.Last = max(of.Last, day)
		case data.OneOnOneMissed:
		default:
			of.Next = of.Next.Min(day)
		}
		return nil
	})
}

func (c *Coaching) promises(ctx context.Context, at map[data.Key]*Coachee, today data.Day) error {
	src := &source{store: c.app.store, until: data.NoDay}
	return src.each(ctx, store.Narrow{Kind: data.KindCommitment, Fields: []string{"person", "status", "due_day"}}, func(l line) error {
		if of, ok := at[l.ref(0)]; ok && openPromise(l.text(1)) {
			of.Open++
			if IsLate(l.day(2), today) {
				of.Overdue++
			}
		}
		return nil
	})
}

// late counts tasks of onboarding and trainings that should be done by now.
func (c *Coaching) late(ctx context.Context, at map[data.Key]*Coachee, today data.Day) error {
	src := &source{store: c.app.store, until: data.NoDay}
	for _, kind := range []string{data.KindOnboardingTask, data.KindTraining} {
		err := src.each(ctx, store.Narrow{Kind: kind, Fields: []string{"person", "done_day", "due_day"}}, func(l line) error {
			if of, ok := at[l.ref(0)]; ok && !l.has(1) && IsLate(l.day(2), today) {
				of.Due++
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// IsOpenPromise reports whether a commitment or goal was neither kept nor
// missed nor dropped.
func IsOpenPromise(r data.Row) bool {
	return openPromise(r.Text("status"))
}

func openPromise(status string) bool { return cmp.Or(status, data.PromiseOpen) == data.PromiseOpen }

// IsLate reports whether a day that something is due on has passed.
func IsLate(due, today data.Day) bool { return due.Valid() && due < today }

// CoachingPage is everything about one person that his manager talks of.
type CoachingPage struct {
	Row          data.Row
	Period       data.Period
	Figures      metrics.Watched
	Before       metrics.Watched // of as much of the period before
	Team         metrics.Watched // of all with his role together
	TeamSize     int
	Below        int        // how many report to him, however far down: his figures are theirs and his own together
	Talks        []data.Row // the newest first
	Next         *data.Row  // the earliest that is neither held nor missed
	Agenda       Agenda
	Commitments  []Promise // open ones first, then the newest
	Goals        []GoalLine
	Mentorings   []data.Row
	Reviews      []data.Row // the newest first; drafts only for who may write them
	Recognitions []data.Row
	peers        []data.ID // the others with his role who have not left
}

// Promise is a commitment and what its figure did since.
type Promise struct {
	Row    data.Row
	Late   bool
	Metric metrics.Watch
	Effect *metrics.Effect // nil without a figure to move
}

// GoalLine is a goal and where its figure stands.
type GoalLine struct {
	Row    data.Row
	Metric metrics.Watch
	Now    metrics.Ratio // absent without a figure
	Met    bool
}

// Person reads a person's page. It is Refused for somebody whom the user does
// not look after.
func (c *Coaching) Person(ctx context.Context, id data.ID, q FigureQuery) (*CoachingPage, error) {
	row, own, err := c.mine(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &CoachingPage{Row: row, Period: q.Period}
	if out.peers, err = c.peers(ctx, row); err != nil {
		return nil, err
	}
	if err := c.figures(ctx, out, q); err != nil {
		return nil, err
	}
	for _, l := range []struct {
		kind string
		sort string
		into *[]data.Row
	}{
		{data.KindOneOnOne, "day", &out.Talks},
		{data.KindMentoring, "start_day", &out.Mentorings},
		{data.KindReview, "day", &out.Reviews},
		{data.KindRecognition, "day", &out.Recognitions},
	} {
		if *l.into, err = c.of(ctx, l.kind, id, l.sort); err != nil {
			return nil, err
		}
	}
	mentees, err := c.app.store.List(ctx, data.Query{Kind: data.KindMentoring, Where: []data.Filter{{Field: "mentor", Test: data.Is, Values: []data.Value{id}}}})
	if err != nil {
		return nil, err
	}
	out.Mentorings = append(out.Mentorings, mentees...)
	if own {
		out.Reviews = slices.DeleteFunc(out.Reviews, func(r data.Row) bool { return r.Text("status") != data.ReviewFinal })
	}
	for i := range out.Talks {
		if s := out.Talks[i].Text("status"); s != data.OneOnOneHeld && s != data.OneOnOneMissed {
			out.Next = &out.Talks[i] // the list goes back in time, so the earliest stays
		}
	}
	if err := c.readPromises(ctx, out, q.AsOf); err != nil {
		return nil, err
	}
	if err := c.readGoals(ctx, out, q.AsOf); err != nil {
		return nil, err
	}
	out.Agenda, err = c.agenda(ctx, out, q)
	return out, err
}

// mine gives a person whom the user looks after; own says that it is himself
// and that he leads nobody.
func (c *Coaching) mine(ctx context.Context, id data.ID) (row data.Row, own bool, err error) {
	people, own, err := c.People(ctx)
	if err != nil {
		return row, false, err
	}
	for _, r := range people {
		if r.ID == id {
			return r, own, nil
		}
	}
	if _, err := c.app.store.Get(ctx, data.KindPerson, id); err != nil {
		return row, false, err
	}
	return row, false, data.Errorf(data.Refused, "that person is not in your team; coaching shows who reports to you, however far down")
}

// of lists a person's records of a kind, the newest first.
func (c *Coaching) of(ctx context.Context, kind string, id data.ID, day string) ([]data.Row, error) {
	return c.app.store.List(ctx, data.Query{
		Kind: kind, Where: []data.Filter{{Field: "person", Test: data.Is, Values: []data.Value{id}}}, Sort: []data.Sort{{Field: day, Desc: true}, {Field: "id", Desc: true}},
	})
}

// figures reads the person's figures, those of as much of the period before, and
// those of everybody with the same role.
func (c *Coaching) figures(ctx context.Context, out *CoachingPage, q FigureQuery) error {
	periods := []data.Period{q.Period}
	if q.Period.From.Valid() && q.Period.To.Valid() {
		before := c.app.Book().Calendar.Before(q.Period)
		before.To = min(before.To, before.From+(min(q.AsOf+1, q.Period.To)-q.Period.From))
		periods = append(periods, before)
	}
	all, err := c.app.Performance.WatchedIn(ctx, WatchedQuery{AsOf: q.AsOf}, periods...)
	if err != nil {
		return err
	}
	var reports map[data.ID][]data.ID // of who leads: his figures are those of his team
	if leads(out.Row) {
		if reports, err = c.app.children(ctx, data.KindPerson, "manager"); err != nil {
			return err
		}
	}
	sum := func(w *WatchedFigures, id data.ID) metrics.Watched {
		total := metrics.NewWatched()
		for _, member := range withBelow(reports, id) {
			figures := figuresOf(w, member)
			total = total.Plus(&figures)
		}
		return total
	}
	out.Below, out.Figures = len(withBelow(reports, out.Row.ID))-1, sum(all[0], out.Row.ID)
	out.Before, out.Team, out.TeamSize = metrics.NewWatched(), out.Figures, len(out.peers)+1
	if len(all) > 1 {
		out.Before = sum(all[1], out.Row.ID)
	}
	for _, id := range out.peers {
		w := sum(all[0], id)
		out.Team = out.Team.Plus(&w)
	}
	return nil
}

func leads(person data.Row) bool {
	return person.Text("role") == data.RoleManager || person.Text("role") == data.RoleLead
}

func figuresOf(w *WatchedFigures, id data.ID) metrics.Watched {
	if figures, here := w.People[id]; here {
		return figures
	}
	return metrics.NewWatched()
}

// peers are the others with a person's role who have not left.
func (c *Coaching) peers(ctx context.Context, of data.Row) ([]data.ID, error) {
	var out []data.ID
	q := data.Query{Kind: data.KindPerson, Where: []data.Filter{{Field: "status", Test: data.IsNot, Values: []data.Value{data.StatusLeft}}}}
	return out, c.app.store.Each(ctx, q, func(r data.Row) error {
		if r.ID != of.ID && strings.EqualFold(r.Text("role"), of.Text("role")) {
			out = append(out, r.ID)
		}
		return nil
	})
}

// figuresIn reads everybody's figures in periods, once for each however often it
// is named.
func (c *Coaching) figuresIn(ctx context.Context, asOf data.Day, periods []data.Period) (map[data.Period]*WatchedFigures, error) {
	out := map[data.Period]*WatchedFigures{}
	var distinct []data.Period
	for _, in := range periods {
		if _, known := out[in]; !known {
			out[in] = nil
			distinct = append(distinct, in)
		}
	}
	if len(distinct) == 0 {
		return out, nil
	}
	all, err := c.app.Performance.WatchedIn(ctx, WatchedQuery{AsOf: asOf}, distinct...)
	if err != nil {
		return nil, err
	}
	for i, in := range distinct {
		out[in] = all[i]
	}
	return out, nil
}

// readPromises reads commitments and what their figures did.
func (c *Coaching) readPromises(ctx context.Context, out *CoachingPage, asOf data.Day) error {
	rows, err := c.of(ctx, data.KindCommitment, out.Row.ID, "day")
	if err != nil {
		return err
	}
	var spans []data.Period
	for _, r := range rows {
		before, after, ok := metrics.EffectSpans(r.Day("day"), asOf)
		if _, moves := metrics.WatchNamed(r.Text("metric")); moves && ok {
			spans = append(spans, before, after)
		}
	}
	figures, err := c.figuresIn(ctx, asOf, spans)
	if err != nil {
		return err
	}
	for _, r := range rows {
		p := Promise{Row: r, Late: IsOpenPromise(r) && IsLate(r.Day("due_day"), asOf)}
		if which, ok := metrics.WatchNamed(r.Text("metric")); ok {
			p.Metric = which
			effect := out.effect(p, asOf, figures)
			p.Effect = &effect
		}
		out.Commitments = append(out.Commitments, p)
	}
	slices.SortStableFunc(out.Commitments, func(a, b Promise) int {
		return boolInt(!IsOpenPromise(a.Row)) - boolInt(!IsOpenPromise(b.Row))
	})
	return nil
}

// effect compares the spans before and after a commitment.
func (p *CoachingPage) effect(made Promise, asOf data.Day, figures map[data.Period]*WatchedFigures) metrics.Effect {
	before, after, ok := metrics.EffectSpans(made.Row.Day("day"), asOf)
	if !ok {
		return metrics.Effect{Told: metrics.TooEarly, Span: after}
	}
	shift := func(id data.ID) metrics.Shift {
		return metrics.Shift{Before: figures[before].Of(id, made.Metric.String()), After: figures[after].Of(id, made.Metric.String())}
	}
	others := make([]metrics.Shift, len(p.peers))
	for i, id := range p.peers {
		others[i] = shift(id)
	}
	e := metrics.Compare(made.Metric, shift(p.Row.ID), others)
	e.Span = after
	return e
}

// goalSpan is the time of a goal with a figure, false for any other.
func goalSpan(r data.Row) (in data.Period, which metrics.Watch, ok bool) {
	from, until := r.Day("start_day"), r.Day("end_day")
	which, ok = metrics.WatchNamed(r.Text("metric"))
	return data.Period{From: from, To: until + 1}, which, ok && from.Valid() && until.Valid()
}

func (c *Coaching) readGoals(ctx context.Context, out *CoachingPage, asOf data.Day) error {
	rows, err := c.of(ctx, data.KindGoal, out.Row.ID, "start_day")
	if err != nil {
		return err
	}
	var spans []data.Period
	for _, r := range rows {
		if in, _, ok := goalSpan(r); ok {
			spans = append(spans, in)
		}
	}
	figures, err := c.figuresIn(ctx, asOf, spans)
	if err != nil {
		return err
	}
	for _, r := range rows {
		g := GoalLine{Row: r}
		if in, which, ok := goalSpan(r); ok {
			w := figures[in]
			g.Metric, g.Now = which, w.Of(out.Row.ID, which.String())
			g.Met = which.Meets(g.Now, r.Float("target"), w.Currency)
		}
		out.Goals = append(out.Goals, g)
	}
	return nil
}
