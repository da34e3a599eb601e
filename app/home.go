package app

import (
	"cmp"
	"context"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// HomeFigures are those of the screen Home.
type HomeFigures struct {
	FigureQuery
	Calendar data.Calendar
	Person   string         // the one whose scope it is, empty for a team or everyone
	Leads    bool           // that person is a manager or lead
	Team     metrics.Result // by person
	Share    float64        // part of the period's sales that is expected by now
	Before   metrics.Row    // total of as much of the period before, what the cards compare with
	Spark    metrics.Sparklines
	Needs    Needs
	Due      []DealLine    // a person's open deals expected in what is left of the period, the nearest stage to won first
	Later    []DealLine    // those expected after it, the soonest first
	WhatIfs  []WhatIf      // a person's saved ones for the period
	Paid     Commission    // how the person is paid
	Past     []PastQuarter // a person's quarters that are over, the newest first
	Empty    bool          // the book holds no deal
}

// Needs are the deals that ask for something.
type Needs struct {
	Overdue, Today, NextWeek DealGroup // next steps by their day
	Stalled                  DealGroup
	StalledOf                int
	PastClose                DealGroup // open, but expected to close before the as-of day
	NoClose                  DealGroup // open without an expected day
	NoValue                  DealGroup // neither amount nor list price, or no rate
}

// DealGroup is some deals, a few of them in detail.
type DealGroup struct {
	Keys  []data.Key
	Lines []DealLine
}

// DealLine is one open deal of a list.
type DealLine struct {
	Key     data.Key
	ID      data.ID
	Name    string
	Product string
	Owner   string
	Stage   string
	Close   data.Day
	Value   int64 // minor units of the book's currency, with Known
	Known   bool
	Odds    float64 // the stage's probability, 0 to 1
	Step    string
	StepOn  data.Day
	Days    int // in the stage, for stalled deals
	reached int // the stage's position
}

// Limits of what Home lists in detail.
const (
	mostLines   = 12
	mostDue     = 60
	mostLater   = 30
	sparkPoints = 7
)

// Home computes the screen Home. The error is NotFound for a scope that the
// book does not hold on that day.
func (p *Performance) Home(ctx context.Context, q FigureQuery) (*HomeFigures, error) {
	out := &HomeFigures{FigureQuery: q}
	err := p.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope}, func(b *factBook, v *metrics.View) error {
		out.Calendar = b.Calendar
		out.Empty = len(b.Deals) == 0
		out.setPerson(b)
		out.Share = b.Share(q.Period, q.AsOf)
		out.Spark = v.Sparklines(q.Period, sparkPoints)
		var err error
		if out.Team, err = v.Compute(metrics.ByPerson, q.Period); err != nil {
			return err
		}
		before, err := v.Compute(metrics.ByNone, b.ToDate(q.Period, q.AsOf))
		if err != nil {
			return err
		}
		out.Before = before.Total
		whole, err := b.view(metrics.Query{AsOf: v.AsOf()}, true)
		if err != nil {
			return err
		}
		out.findNeeds(b, v, whole.Stalls())
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := out.describe(ctx, p.app); err != nil || out.Person == "" {
		return out, err
	}
	if err := out.history(ctx, p); err != nil {
		return out, err
	}
	return out, out.suppose(ctx, p.app.WhatIfs)
}

// PastQuarter is what came of a quarter that is over, and what the person said last
// that it would come to.
type PastQuarter struct {
	Period  data.Period
	Row     metrics.Row
	Said    int64
	HasSaid bool
}

// mostQuarters is how many quarters that are over Home lists.
const mostQuarters = 8

// history reads the person's quarters before the one of the day, from the first in
// which he had a quota or won something.
func (h *HomeFigures) history(ctx context.Context, p *Performance) error {
	at := map[string]int{}
	err := p.view(ctx, viewQuery{AsOf: h.AsOf, Scope: h.Scope}, func(b *factBook, v *metrics.View) error {
		in := b.Calendar.QuarterOf(h.AsOf)
		for range mostQuarters {
			in = b.Calendar.QuarterOf(in.From - 1)
			r, err := v.Compute(metrics.ByNone, in)
			if err != nil {
				return err
			}
			at[in.Name] = len(h.Past)
			h.Past = append(h.Past, PastQuarter{Period: in, Row: r.Total})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for len(h.Past) > 0 {
		if last := &h.Past[len(h.Past)-1].Row; last.Quota.Set || last.Won+last.Lost > 0 {
			break
		}
		h.Past = h.Past[:len(h.Past)-1]
	}
	calls, err := p.app.Calls.said(ctx, data.Filter{Field: "person", Test: data.Is, Values: []data.Value{h.Scope.Person}})
	for _, c := range calls {
		if i, ok := at[c.Period]; ok && i < len(h.Past) && c.Day <= h.AsOf {
			h.Past[i].Said, h.Past[i].HasSaid = c.Amount, true
		}
	}
	return err
}

// suppose reads how a person is paid and what he supposes of the period.
func (h *HomeFigures) suppose(ctx context.Context, w *WhatIfs) (err error) {
	if h.Paid, err = w.CommissionOf(ctx, h.Scope.Person, h.AsOf); err == nil {
		h.WhatIfs, err = w.List(ctx, h.Scope.Person, h.Period)
	}
	return err
}

func (h *HomeFigures) setPerson(b *factBook) {
	if h.Scope.Person.IsZero() || h.Scope.Team {
		return
	}
	for i := range b.People {
		if person := &b.People[i]; person.ID == h.Scope.Person {
			h.Person, h.Leads = person.Name, person.Leads
		}
	}
}

// findNeeds looks once at every open deal.
func (h *HomeFigures) findNeeds(b *factBook, v *metrics.View, stalls *metrics.Stalls) {
	n := &h.Needs
	week := h.AsOf + data.Day(7-(int(h.AsOf.Weekday())+6)%7) // the coming Monday
	v.EachOpen(func(s metrics.Standing) {
		n.StalledOf++
		line := b.dealLine(s)
		switch on := line.StepOn; {
		case !on.Valid():
		case on < h.AsOf:
			n.Overdue.add(line)
		case on == h.AsOf:
			n.Today.add(line)
		case on < week+7:
			n.NextWeek.add(line)
		}
		switch {
		case !s.Close.Valid():
			n.NoClose.Keys = append(n.NoClose.Keys, s.Key)
		case s.Close < h.AsOf:
			n.PastClose.Keys = append(n.PastClose.Keys, s.Key)
		case h.Person != "" && h.Period.Contains(s.Close):
			h.Due = first(h.Due, line, mostDue, func(x, y DealLine) int {
				return cmp.Or(cmp.Compare(y.reached, x.reached), cmp.Compare(y.Value, x.Value), cmp.Compare(x.Key, y.Key))
			})
		case h.Person != "" && s.Close >= h.Period.To:
			h.Later = first(h.Later, line, mostLater, func(x, y DealLine) int {
				return cmp.Or(cmp.Compare(x.Close, y.Close), cmp.Compare(y.Value, x.Value), cmp.Compare(x.Key, y.Key))
			})
		}
		if !s.Known {
			n.NoValue.Keys = append(n.NoValue.Keys, s.Key)
		}
		if line.Days = stalls.Days(s.Place); line.Days > 0 {
			n.Stalled.addStalled(line, mostLines)
		}
	})
}

// dealLine is an open deal as lists show it, without what describe reads.
func (b *factBook) dealLine(s metrics.Standing) DealLine {
	line := DealLine{Key: s.Key, Close: s.Close, Value: s.Value, Known: s.Known, StepOn: b.steps.get(s.Key)}
	if s.Stage != metrics.None {
		stage := &b.Stages[s.Stage]
		line.Stage, line.Odds, line.reached = stage.Name, stage.Probability/100, stage.Position
	}
	return line
}

// add keeps the lines of the first days.
func (g *DealGroup) add(line DealLine) {
	g.Keys = append(g.Keys, line.Key)
	g.Lines = first(g.Lines, line, mostLines, func(x, y DealLine) int {
		return cmp.Or(cmp.Compare(x.StepOn, y.StepOn), cmp.Compare(y.Value, x.Value), cmp.Compare(x.Key, y.Key))
	})
}

// addStalled keeps up to most lines, of the largest, then of the longest in
// their stage.
func (g *DealGroup) addStalled(line DealLine, most int) {
	g.Keys = append(g.Keys, line.Key)
	g.Lines = first(g.Lines, line, most, func(x, y DealLine) int {
		return cmp.Or(cmp.Compare(y.Value, x.Value), cmp.Compare(y.Days, x.Days), cmp.Compare(x.Key, y.Key))
	})
}

// first puts a line among the first few, which stand in order, if it is one of
// them. No two lines are equal in order.
func first(lines []DealLine, line DealLine, most int, order func(x, y DealLine) int) []DealLine {
	at := len(lines)
	for at > 0 && order(line, lines[at-1]) < 0 {
		at--
	}
	switch {
	case len(lines) < most:
		return slices.Insert(lines, at, line)
	case at < most:
		copy(lines[at+1:], lines[at:most-1])
		lines[at] = line
	}
	return lines
}

// describe reads the names of the deals that are listed in detail.
func (h *HomeFigures) describe(ctx context.Context, a *App) error {
	n := &h.Needs
	return a.describeDeals(ctx, n.Overdue.Lines, n.Today.Lines, n.NextWeek.Lines, n.Stalled.Lines, h.Due, h.Later)
}

// describeDeals reads the names of listed deals. They are those of today: a name
// says which deal it is, not what was known of it.
func (a *App) describeDeals(ctx context.Context, lists ...[]DealLine) error {
	var keys []data.Key
	for _, lines := range lists {
		for _, l := range lines {
			keys = append(keys, l.Key)
		}
	}
	slices.Sort(keys)
	rows, err := a.store.Rows(ctx, data.KindDeal, slices.Compact(keys))
	if err != nil {
		return err
	}
	byKey := make(map[data.Key]data.Row, len(rows))
	for _, r := range rows {
		byKey[r.Key] = r
	}
	for _, lines := range lists {
		for i := range lines {
			if r, ok := byKey[lines[i].Key]; ok {
				lines[i].describe(r)
			}
		}
	}
	return nil
}

// describe takes over the names of the deal.
func (l *DealLine) describe(r data.Row) {
	l.ID, l.Name, l.Owner, l.Step = r.ID, DealName(r), r.Labels["owner"], r.Text("next_step")
	if product := r.Labels["product"]; product != l.Name {
		l.Product = product
	}
}
