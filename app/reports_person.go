package app

import (
	"cmp"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/data/store"
)

// person finds whom a report on one person is about. The error is Invalid where
// the scope is not a person's.
func (p reportView) person() (int32, error) {
	for i := range p.book.People {
		if p.book.People[i].ID == p.query.Scope.Person && !p.query.Scope.Person.IsZero() {
			return int32(i), nil
		}
	}
	return metrics.None, data.FieldErrorf("for", "this report is about one person; name whom")
}

// scorecard is that of the person whose scope it is. done is what activities
// gives.
func (p reportView) scorecard(done map[data.Key]map[string]int) (report.Doc, error) {
	place, err := p.person()
	if err != nil {
		return report.Doc{}, err
	}
	in := report.Scorecard{Cover: p.cover, Stages: p.view.OpenByStage(data.AllTime), Against: report.Against(p.book.Calendar, p.query.Period, p.query.AsOf)}
	if in.Months, err = p.view.Compute(metrics.ByMonth, p.query.Period); err != nil {
		return report.Doc{}, err
	}
	in.Row = in.Months.Total
	if in.Against != "" {
		before, err := p.view.Compute(metrics.ByNone, p.book.ToDate(p.query.Period, p.query.AsOf))
		if err != nil {
			return report.Doc{}, err
		}
		in.Before = before.Total
	}
	if in.Team, in.TeamName, err = p.teamOf(place); err != nil {
		return report.Doc{}, err
	}
	for kind, n := range done[p.book.People[place].Key] {
		in.Activities = append(in.Activities, report.Activity{Type: kind, Done: n})
	}
	slices.SortFunc(in.Activities, func(a, b report.Activity) int {
		return cmp.Or(cmp.Compare(b.Done, a.Done), cmp.Compare(a.Type, b.Type))
	})
	return in.Doc(), nil
}

// teamOf gives the figures of the team that a person reports in, of the whole
// book for who reports to nobody.
func (p reportView) teamOf(person int32) (metrics.Row, string, error) {
	whole, err := p.book.view(metrics.Query{AsOf: p.query.AsOf}, true)
	if err != nil {
		return metrics.Row{}, "", err
	}
	if manager, ok := p.book.managersOn(p.query.AsOf)[person]; ok && manager != metrics.None {
		teams, err := whole.Compute(metrics.ByManager, p.query.Period)
		for _, r := range teams.Rows {
			if r.Place == manager {
				return r, report.TeamName(r), err
			}
		}
		if err != nil {
			return metrics.Row{}, "", err
		}
	}
	all, err := whole.Compute(metrics.ByNone, p.query.Period)
	return all.Total, report.WholeBook(), err
}

// activities counts what each person did in the period, by type. Those without a
// person count for the owner of their deal.
func (p reportView) activities() (map[data.Key]map[string]int, error) {
	src, err := p.source()
	if err != nil {
		return nil, err
	}
	out := map[data.Key]map[string]int{}
	fields := []string{"type", "person", "day", "done", "deal"}
	err = src.each(p.ctx, store.Narrow{Kind: data.KindActivity, Fields: fields}, func(l line) error {
		if l.int(3) == 0 || !l.day(2).Valid() || l.day(2) > p.query.AsOf || !p.query.Period.Contains(l.day(2)) {
			return nil
		}
		who := l.ref(1)
		if deal, ok := p.book.Place(l.ref(4)); who == 0 && ok {
			if owner := p.book.Deals[deal].Owner; owner != metrics.None {
				who = p.book.People[owner].Key
			}
		}
		if out[who] == nil {
			out[who] = map[string]int{}
		}
		out[who][l.text(0)]++
		return nil
	})
	return out, err
}

func (p reportView) repProgress() (report.Doc, error) {
	if _, err := p.person(); err != nil {
		return report.Doc{}, err
	}
	total, err := p.view.Compute(metrics.ByNone, p.query.Period)
	if err != nil {
		return report.Doc{}, err
	}
	in := report.RepProgress{Cover: p.cover, Row: total.Total, Running: p.view.RunningTotal(p.query.Period), Names: map[data.Key]string{}}
	reached := map[data.Key]int{}
	p.view.EachOpen(func(s metrics.Standing) {
		if !p.query.Period.Contains(s.Close) {
			return
		}
		d := report.OpenDeal{Key: s.Key, Close: s.Close, Value: s.Value, Known: s.Known}
		if s.Stage != metrics.None {
			d.Stage, reached[s.Key] = p.book.Stages[s.Stage].Name, p.book.Stages[s.Stage].Position
		}
		in.Deals = append(in.Deals, d)
	})
	slices.SortFunc(in.Deals, func(x, y report.OpenDeal) int {
		return cmp.Or(cmp.Compare(reached[y.Key], reached[x.Key]), cmp.Compare(y.Value, x.Value), cmp.Compare(x.Key, y.Key))
	})
	err = p.name(in.Names, in.Shown())
	return in.Doc(), err
}
