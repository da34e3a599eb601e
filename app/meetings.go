package app

import (
	"cmp"
	"context"
	"slices"

	"fieldbook/app/meeting"
	"fieldbook/app/metrics"
	"fieldbook/data"
)

// Meetings are pipeline reviews and performance discussions: what they are to
// speak of, what was decided, and what came of it.
type Meetings struct{ app *App }

// usualSince is how far back an agenda looks where no meeting was held before.
const usualSince = 7

// agendaMost is how many deals an agenda lists under one reason.
const agendaMost = 8

// AgendaQuery asks what a meeting is to speak of.
type AgendaQuery struct {
	Scope  data.Scope
	Day    data.Day    // 0 is today
	Since  data.Day    // changes are those after it; 0 is the last review of the scope, else a week before
	Period data.Period // whose deals are weighed; the zero period is the quarter of the day
	Most   int         // deals under one reason: 0 is the usual number, below 0 no limit
}

// AgendaLine is a deal of an agenda with what a person wants to know of it.
type AgendaLine struct {
	meeting.Item
	ID           data.ID
	Name         string
	Product      string
	Owner        string
	OwnerID      data.ID
	Stage        string
	StageBefore  string
	Step         string
	Competitor   string
	Category     string
	LossReason   string
	WinReason    string
	AccountTitle string
}

// ReviewAgenda is what a meeting is to speak of.
type ReviewAgenda struct {
	AgendaQuery
	Lines []AgendaLine
	Rest  map[meeting.Reason][]data.Key // not listed, by the reason they would stand under
}

// Agenda makes the agenda of a pipeline review.
func (m *Meetings) Agenda(ctx context.Context, q AgendaQuery) (*ReviewAgenda, error) {
	if err := m.settle(ctx, &q); err != nil {
		return nil, err
	}
	deals, stages, err := m.compared(ctx, q)
	if err != nil {
		return nil, err
	}
	if err := m.findFresh(ctx, deals, q.Since); err != nil {
		return nil, err
	}
	made := meeting.Make(deals, meeting.Options{Day: q.Day, Period: q.Period, Most: max(0, q.Most)})
	out := &ReviewAgenda{AgendaQuery: q, Rest: made.Rest}
	for _, item := range made.Items {
		out.Lines = append(out.Lines, agendaLine(item, stages))
	}
	return out, m.describe(ctx, out.Lines)
}

func agendaLine(item meeting.Item, stages []string) AgendaLine {
	line := AgendaLine{Item: item}
	if item.Was && item.Before.Stage >= 0 && int(item.Before.Stage) < len(stages) {
		line.StageBefore = stages[item.Before.Stage]
	}
	return line
}

// compared are the deals of a scope as they stand on a day and stood on an
// earlier one: the open ones and those that ended in between; and what the
// stages of the earlier day were called.
func (m *Meetings) compared(ctx context.Context, q AgendaQuery) ([]meeting.Deal, []string, error) {
	before, stages, err := m.standings(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	g := &agendaGatherer{query: q, before: before}
	err = m.app.Performance.view(ctx, viewQuery{AsOf: q.Day, Scope: q.Scope}, g.gather)
	return g.deals, stages, err
}

// settle fills in what a query leaves open.
func (m *Meetings) settle(ctx context.Context, q *AgendaQuery) error {
	if q.Day <= 0 {
		q.Day = m.app.Today()
	}
	if q.Period == (data.Period{}) {
		q.Period = m.app.Book().Calendar.QuarterOf(q.Day)
	}
	if q.Most == 0 {
		q.Most = agendaMost
	}
	if q.Since > 0 {
		return nil
	}
	q.Since = q.Day.AddDays(-usualSince)
	last, err := m.last(ctx, data.MeetingPipeline, q.Scope, q.Day)
	if err == nil && last.Kind != nil && last.Day("day") < q.Day {
		q.Since = last.Day("day")
	}
	return err
}

// standings are the open deals of the scope on the day of the last meeting, and
// what its stages are called.
func (m *Meetings) standings(ctx context.Context, q AgendaQuery) (map[data.Key]meeting.Standing, []string, error) {
	out := map[data.Key]meeting.Standing{}
	var stages []string
	err := m.app.Performance.view(ctx, viewQuery{AsOf: q.Since, Scope: q.Scope}, func(b *factBook, v *metrics.View) error {
		v.EachOpen(func(s metrics.Standing) { out[s.Key] = reviewed(s) })
		for _, s := range b.Stages {
			stages = append(stages, s.Name)
		}
		return nil
	})
	if data.KindOf(err) == data.NotFound { // the person or territory was not there yet
		return out, nil, nil
	}
	return out, stages, err
}

func reviewed(s metrics.Standing) meeting.Standing {
	return meeting.Standing{Stage: s.Stage, Close: s.Close, Value: s.Value, Known: s.Known}
}

// reviewedDeal is an open deal as it stands, without what was before.
func reviewedDeal(b *factBook, s metrics.Standing, stalls *metrics.Stalls) meeting.Deal {
	category := s.Deal.Category
	if category == metrics.FromStage && s.Stage != metrics.None {
		category = b.Stages[s.Stage].Category
	}
	return meeting.Deal{
		Key: s.Key, Now: reviewed(s), Commit: category == metrics.Commit,
		Planned: s.Deal.Flags&metrics.Planned != 0, StepOn: b.steps.get(s.Key), Stalled: stalls.Days(s.Place),
	}
}

// agendaGatherer collects the deals of a scope as they stand and stood.
type agendaGatherer struct {
	query  AgendaQuery
	before map[data.Key]meeting.Standing
	deals  []meeting.Deal
}

func (g *agendaGatherer) gather(b *factBook, v *metrics.View) error {
	whole, err := b.view(metrics.Query{AsOf: v.AsOf()}, true)
	if err != nil {
		return err
	}
	stalls := whole.Stalls()
	v.EachOpen(func(s metrics.Standing) {
		d := reviewedDeal(b, s, stalls)
		d.Before, d.Was = g.before[s.Key]
		g.deals = append(g.deals, d)
	})
	for c := range v.All() {
		if c.Type == metrics.Open || c.Close <= g.query.Since || c.Close > g.query.Day {
			continue
		}
		d := meeting.Deal{Key: c.Key, State: meeting.IsWon, Now: meeting.Standing{Stage: c.Stage, Close: c.Close, Value: c.Value.Minor, Known: c.Valued}}
		if c.Type == metrics.Lost {
			d.State = meeting.IsLost
		}
		d.Before, d.Was = g.before[c.Key]
		g.deals = append(g.deals, d)
	}
	return nil
}

// findFresh tells the deals that are new in the book from those that came from
// somebody else or were opened again.
func (m *Meetings) findFresh(ctx context.Context, deals []meeting.Deal, since data.Day) error {
	unknown := map[data.Key]bool{}
	for _, d := range deals {
		if d.State == meeting.Open && !d.Was {
			unknown[d.Key] = true
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	var was map[data.Key]metrics.Where
	err := m.app.Performance.view(ctx, viewQuery{AsOf: since}, func(_ *factBook, v *metrics.View) error {
		was = v.Whereabouts(unknown, data.AllTime)
		return nil
	})
	for i := range deals {
		if d := &deals[i]; unknown[d.Key] {
			_, there := was[d.Key]
			d.Fresh = !there
		}
	}
	return err
}

// describe reads what people know deals by.
func (m *Meetings) describe(ctx context.Context, lines []AgendaLine) error {
	keys := make([]data.Key, len(lines))
	for i := range lines {
		keys[i] = lines[i].Key
	}
	rows, err := m.app.store.Rows(ctx, data.KindDeal, keys)
	if err != nil {
		return err
	}
	byKey := make(map[data.Key]data.Row, len(rows))
	for _, r := range rows {
		byKey[r.Key] = r
	}
	for i := range lines {
		l := &lines[i]
		r, ok := byKey[l.Key]
		if !ok {
			continue
		}
		l.ID, l.Name, l.Owner, l.OwnerID = r.ID, DealName(r), r.Labels["owner"], r.Ref("owner")
		l.Stage, l.Step, l.Competitor, l.Category = r.Labels["stage"], r.Text("next_step"), r.Text("competitor"), r.Text("category")
		l.LossReason, l.WinReason, l.AccountTitle = r.Text("loss_reason"), r.Text("win_reason"), r.Labels["account"]
		if product := r.Labels["product"]; product != l.Name {
			l.Product = product
		}
	}
	return nil
}

// last is the newest meeting of a sort that was held of a scope up to a day; its
// Kind is nil where none was.
func (m *Meetings) last(ctx context.Context, kind string, scope data.Scope, until data.Day) (data.Row, error) {
	q := data.Query{
		Kind: data.KindMeeting, Sort: []data.Sort{{Field: "day", Desc: true}}, Limit: 1,
		Where: append([]data.Filter{
			{Field: "type", Test: data.Is, Values: []data.Value{kind}},
			{Field: "status", Test: data.Is, Values: []data.Value{data.MeetingHeld}},
			{Field: "day", Test: data.AtMost, Values: []data.Value{until}},
		}, ofScope(scope)...),
	}
	rows, err := m.app.store.List(ctx, q)
	if len(rows) == 0 {
		return data.Row{}, err
	}
	return rows[0], err
}

// ofScope finds the meetings about a scope: of a person those about him, or
// those that he leads of his whole team.
func ofScope(s data.Scope) []data.Filter {
	switch {
	case !s.Territory.IsZero():
		return []data.Filter{{Field: "territory", Test: data.Is, Values: []data.Value{s.Territory}}}
	case s.Person.IsZero():
		return []data.Filter{{Field: "territory", Test: data.Blank}, {Field: "about", Test: data.Blank}}
	}
	return []data.Filter{{Field: "about", Test: data.Is, Values: []data.Value{s.Person}}}
}

// MeetingScope is whose deals a meeting speaks of.
func MeetingScope(row data.Row) data.Scope {
	switch {
	case !row.Ref("territory").IsZero():
		return data.Scope{Territory: row.Ref("territory")}
	case !row.Ref("about").IsZero():
		return data.Scope{Person: row.Ref("about"), Team: true}
	}
	return data.Everyone
}

// List gives the meetings of a scope, the newest first.
func (m *Meetings) List(ctx context.Context, scope data.Scope) ([]data.Row, error) {
	q := data.Query{Kind: data.KindMeeting, Sort: []data.Sort{{Field: "day", Desc: true}}}
	if !scope.Territory.IsZero() {
		q.Where = ofScope(scope)
		return m.app.store.List(ctx, q)
	}
	rows, err := m.app.store.List(ctx, q)
	if err != nil || scope.Person.IsZero() {
		return rows, err
	}
	return slices.DeleteFunc(rows, func(r data.Row) bool { return r.Ref("about") != scope.Person && r.Ref("person") != scope.Person }), nil
}

// OpenActions are what people of a scope promised and did not do yet, the
// longest due first.
func (m *Meetings) OpenActions(ctx context.Context, scope data.Scope) ([]data.Row, error) {
	people, err := m.app.ScopePeople(ctx, scope)
	if err != nil {
		return nil, err
	}
	open := data.Filter{Field: "status", Test: data.IsNot, Values: []data.Value{data.ActionDone, data.ActionDropped}}
	return m.actions(ctx, data.Query{Kind: data.KindAction, Where: append(ofPeople("person", people), open)})
}

// actions reads some, those to be done first, each with the deal as people call it.
func (m *Meetings) actions(ctx context.Context, q data.Query) ([]data.Row, error) {
	rows, err := m.app.store.List(ctx, q)
	if err != nil {
		return nil, err
	}
	sortActions(rows)
	return rows, m.nameDeals(ctx, rows)
}

// nameDeals puts what people call a deal into the place of its external id.
func (m *Meetings) nameDeals(ctx context.Context, rows []data.Row) error {
	var ids []data.ID
	for _, r := range rows {
		if id := r.Ref("deal"); !id.IsZero() && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	keys, err := m.app.store.KeysOf(ctx, ids)
	if err != nil {
		return err
	}
	deals, err := m.app.store.Rows(ctx, data.KindDeal, keys)
	if err != nil {
		return err
	}
	names := map[data.ID]string{}
	for _, d := range deals {
		names[d.ID] = DealName(d)
	}
	for _, r := range rows {
		if name, ok := names[r.Ref("deal")]; ok {
			r.Labels["deal"] = name
		}
	}
	return nil
}

// sortActions puts the open ones first, those longest due before the others.
func sortActions(rows []data.Row) {
	slices.SortStableFunc(rows, func(a, b data.Row) int {
		due, other := a.Day("due_day"), b.Day("due_day")
		return cmp.Or(boolInt(!ActionIsOpen(a))-boolInt(!ActionIsOpen(b)), boolInt(!due.Valid())-boolInt(!other.Valid()), cmp.Compare(due, other))
	})
}

// ActionIsOpen reports whether an action is still to be done.
func ActionIsOpen(r data.Row) bool {
	return r.Text("status") != data.ActionDone && r.Text("status") != data.ActionDropped
}
