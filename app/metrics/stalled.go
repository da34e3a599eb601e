package metrics

import (
	"cmp"
	"slices"

	"fieldbook/data"
)

// Stalls are the open deals that have stood in their stage for too long with
// nothing planned (metric definition "stalled").
type Stalls struct {
	Count   int
	Value   data.Money
	Of      int     // open deals looked at
	Largest []Stall // by value, the largest first
	Keys    []data.Key
}

// Stall is one of them.
type Stall struct {
	Key   data.Key
	Place int // in Facts.Deals
	Stage int32
	Days  int     // in the stage
	After float64 // how many were too many
	Value int64
}

// Stalled lists the stalled deals, the largest few in detail.
func (j *Journey) Stalled(largest int) Stalls {
	v := j.view
	limit := make([]float64, len(v.f.Stages))
	for _, f := range j.Funnels {
		for _, s := range f.Steps {
			limit[s.Stage] = s.StallAfter
		}
	}
	type found struct {
		of     int
		stalls []Stall
	}
	all := tally(v, func() *found { return &found{} }, func(into *found, p *part) {
		var entries []Move
		into.of += len(p.open)
		for i := range p.open {
			c := &p.open[i]
			d := &v.f.Deals[c.deal]
			if c.stage < 0 || limit[c.stage] == 0 || d.Flags&Planned != 0 || d.Snoozed.Valid() && v.query.AsOf < d.Snoozed {
				continue
			}
			entries = v.reader.entries(entries[:0], d, c)
			if len(entries) == 0 {
				continue
			}
			days := int(v.query.AsOf - entries[len(entries)-1].Day)
			if float64(days) > limit[c.stage] {
				into.stalls = append(into.stalls, Stall{Key: v.f.Keys[c.deal], Place: int(c.deal), Stage: int32(c.stage), Days: days, After: limit[c.stage], Value: c.value})
			}
		}
	}, func(into, from *found) {
		into.of += from.of
		into.stalls = append(into.stalls, from.stalls...)
	})
	out := Stalls{Count: len(all.stalls), Of: all.of, Value: data.Money{Currency: v.f.Currency()}, Keys: make([]data.Key, len(all.stalls))}
	for i, s := range all.stalls {
		out.Value.Minor += s.Value
		out.Keys[i] = s.Key
	}
	out.Largest = top(all.stalls, largest)
	return out
}

// top gives the n largest by value, then by longest in stage, then by key.
func top(stalls []Stall, n int) []Stall {
	order := func(a, b Stall) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(b.Days, a.Days), cmp.Compare(a.Key, b.Key))
	}
	var best []Stall
	for _, s := range stalls {
		if len(best) == n && (n == 0 || order(s, best[n-1]) >= 0) {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, s, order)
		if best = slices.Insert(best, at, s); len(best) > n {
			best = best[:n]
		}
	}
	return best
}
