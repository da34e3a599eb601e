package app

import (
	"context"
	"math"
	"slices"

	"fieldbook/app/planning"
	"fieldbook/data"
)

// market adds potential, and the lines of segments with what they won.
func (b *revenueReader) market(ctx context.Context) error {
	book, err := b.app.Market.Book(ctx)
	if err != nil {
		return err
	}
	unit := float64(b.s.Currency.Unit())
	minor := func(major float64) int64 { return int64(math.Round(major * unit)) }
	for _, a := range book.Accounts {
		b.s.Whole.Potential += minor(a.Potential)
	}
	switch b.s.By {
	case RevenueRegion:
		for _, a := range book.Accounts {
			if at, ok := b.people[a.OwnerID]; ok && at < len(b.s.Lines) {
				b.s.Lines[at].Potential += minor(a.Potential)
			}
		}
	case RevenueSegment:
		for _, f := range book.Segments {
			b.s.Lines = append(b.s.Lines, RevenueLine{ID: f.Row.ID, Name: f.Row.Title(), Won: f.WonValue, Potential: f.Potential})
		}
	}
	return nil
}

// hires adds who is to be hired: openings that are open, ramping up by the newest
// profile from the day they are needed.
func (b *revenueReader) hires(ctx context.Context) error {
	profiles, err := b.app.store.List(ctx, data.Query{Kind: data.KindRampProfile, Sort: []data.Sort{{Field: "name"}}})
	if err != nil {
		return err
	}
	for _, p := range profiles {
		if role := p.Text("role"); role == "" || role == data.RoleRep {
			b.ramp, _ = Shares(p.Text("shares")) // one that nobody can read has none
		}
	}
	tree, err := b.app.coverage(ctx)
	if err != nil {
		return err
	}
	places := tree.tree(b.q.AsOf)
	return b.app.store.Each(ctx, data.Query{Kind: data.KindOpening}, func(row data.Row) error {
		if role := row.Text("role"); !IsOpening(row) || role != "" && role != data.RoleRep {
			return nil
		}
		start := max(row.Day("start_day"), b.app.Today())
		at := len(b.roots)
		if path := places.Path(row.Ref("territory")); len(path) > 0 {
			if i, ok := b.roots[path[0].Row.ID]; ok {
				at = i
			}
		}
		b.force[at].Hires += planning.Ramped(b.ramp, start.Month()-b.q.Year.From.Month())
		return nil
	})
}

// put fills in the amounts and the capacity; lines that the plan names and the
// book does not have follow behind.
func (b *revenueReader) put() {
	s := b.s
	each, all := planning.Capacities(b.force)
	s.Whole.Capacity = all
	if s.By == RevenueRegion {
		for i := range s.Lines {
			s.Lines[i].Capacity = each[i]
		}
	}
	for i, key := range s.table.cut(s.By).keys {
		at := slices.IndexFunc(s.Lines, func(l RevenueLine) bool { return l.key().is(key) })
		if at < 0 {
			at = len(s.Lines)
			s.Lines = append(s.Lines, RevenueLine{ID: key.id, Name: key.name})
		}
		s.Lines[at].Months = s.table.cut(s.By).lines[i]
	}
	s.Whole.Months = s.table.total()
}

func (l *RevenueLine) key() revenueKey { return revenueKey{l.ID, l.Name} }
