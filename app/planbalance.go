package app

import (
	"maps"
	"slices"

	"fieldbook/app/planning"
)

// PlanBalance is how a plan stands.
type PlanBalance struct {
	Division *planning.Division
	Index    []float64 // by territory, 100 is an even share
	Spread   planning.Spread
	Areas    []int // by territory
	Loose    int   // areas without a territory
	Quota    []float64
}

// Balance counts the plan out. After a Try only what that moved is counted
// again, so that painting keeps up with the hand.
func (b *PlanBook) Balance() *PlanBalance {
	if b.tally == nil {
		b.tally = newPlanTally(b)
	}
	b.tally.settle(b)
	out := &PlanBalance{Division: b.tally.division(), Areas: make([]int, len(b.Plan.Territories)), Quota: make([]float64, len(b.Plan.Territories))}
	out.Index = out.Division.Index(b.Plan.Territories, b.Info.Mix)
	out.Spread = planning.SpreadOf(out.Index, b.Info.Tolerance)
	for _, t := range b.tally.holder {
		if t != planning.Nobody {
			out.Areas[t]++
		} else {
			out.Loose++
		}
	}
	for i, t := range b.Plan.Territories {
		out.Quota[i] = b.Quota[t.Person]
	}
	return out
}

// Snapshot is the same book with a plan of its own, for work in the background:
// the one that is shown goes on being painted meanwhile.
func (b *PlanBook) Snapshot() *PlanBook {
	plan := planning.Plan{Territories: slices.Clone(b.Plan.Territories), Areas: maps.Clone(b.Plan.Areas), Named: maps.Clone(b.Plan.Named)}
	return b.with(&plan)
}

// Same reports whether another book holds the same plan over the same accounts,
// so that what was found for one holds for the other.
func (b *PlanBook) Same(o *PlanBook) bool {
	return b.Info.ID == o.Info.ID && b.Info.Tolerance == o.Info.Tolerance && maps.Equal(b.Info.Mix, o.Info.Mix) &&
		slices.Equal(b.Plan.Territories, o.Plan.Territories) && maps.Equal(b.Plan.Areas, o.Plan.Areas) && maps.Equal(b.Plan.Named, o.Plan.Named) &&
		slices.EqualFunc(b.Accounts, o.Accounts, func(x, y planning.Account) bool {
			return x.ID == y.ID && x.Values == y.Values && slices.Equal(x.Codes, y.Codes)
		})
}

// planTally is how a plan divides its accounts and areas, kept while it is painted.
type planTally struct {
	div    *planning.Division
	holder []int            // of each area
	in     map[string][]int // accounts by the areas that they stand in
	stale  map[int]bool     // territories to be counted anew; Nobody is one
}

func newPlanTally(b *PlanBook) *planTally {
	t := &planTally{div: b.Plan.Divide(b.Accounts), holder: make([]int, len(b.Areas)), in: map[string][]int{}, stale: map[int]bool{}}
	for i := range b.Accounts {
		for _, code := range b.Accounts[i].Codes {
			t.in[code] = append(t.in[code], i)
		}
	}
	for i := range b.Areas {
		t.holder[i] = b.Plan.HolderOf(&b.Areas[i]).Territory
	}
	for k := range b.Plan.Territories {
		t.stale[k] = true
	}
	t.stale[planning.Nobody] = true
	return t
}

// moved notes which areas and accounts were handed over.
func (t *planTally) moved(b *PlanBook, parts []PlanPart) {
	put := func(i int) {
		to, why := b.Plan.Place(&b.Accounts[i])
		if was := t.div.Of[i]; was != to {
			t.stale[was], t.stale[to] = true, true
		}
		t.div.Of[i], t.div.Causes[i] = to, why
	}
	for _, part := range parts {
		if !part.Account.IsZero() {
			if i, ok := b.places[part.Account]; ok {
				put(i)
			}
			continue
		}
		for _, i := range t.in[part.Unit] {
			put(i)
		}
		for i := range b.Areas {
			if a := &b.Areas[i]; a.Code == part.Unit || slices.Contains(a.Around, part.Unit) {
				to := b.Plan.HolderOf(a).Territory
				t.stale[t.holder[i]], t.stale[to] = true, true
				t.holder[i] = to
			}
		}
	}
}

// settle counts out the territories that something came to or went from.
func (t *planTally) settle(b *PlanBook) {
	if len(t.stale) == 0 {
		return
	}
	of := map[int][]int{}
	for i, k := range t.div.Of {
		if t.stale[k] {
			of[k] = append(of[k], i)
		}
	}
	people := map[int]float64{}
	for i, k := range t.holder {
		if t.stale[k] {
			people[k] += b.Areas[i].Values.Of(planning.People)
		}
	}
	for k := range t.stale {
		var v planning.Values
		for _, i := range of[k] {
			v.Add(b.Accounts[i].Values)
		}
		v.Set(planning.People, people[k])
		if k == planning.Nobody {
			t.div.Loose = v
			continue
		}
		v.Set(planning.Hours, b.model.Workload(b.home(b.Plan.Territories[k].Person), b.stops(of[k])).HoursWeek)
		t.div.Loads[k] = v
	}
	clear(t.stale)
	t.total(b)
}

// total adds up what does not move, and the hours, which do.
func (t *planTally) total(b *PlanBook) {
	if t.div.Total.Of(planning.People) == 0 {
		var people float64
		for i := range b.Areas {
			people += b.Areas[i].Values.Of(planning.People)
		}
		t.div.Total.Set(planning.People, people)
	}
	hours := t.div.Loose.Of(planning.Hours)
	for _, v := range t.div.Loads {
		hours += v.Of(planning.Hours)
	}
	t.div.Total.Set(planning.Hours, hours)
}

// division is a copy that later strokes leave alone.
func (t *planTally) division() *planning.Division {
	out := *t.div
	out.Of, out.Causes, out.Loads = slices.Clone(out.Of), slices.Clone(out.Causes), slices.Clone(out.Loads)
	return &out
}

// Divide says who gets what under the plan, people who live in the areas
// included. Hours are those that a territory asks of its own person, from his
// home.
func (b *PlanBook) Divide() *planning.Division {
	t := newPlanTally(b)
	t.settle(b)
	return t.div
}
