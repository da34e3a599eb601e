package app

import (
	"slices"

	"fieldbook/app/planning"
	"fieldbook/data"
)

// Divide says who gets what under the plan, people who live in the areas
// included. Hours are those that a territory asks of its own person, from his
// home.
func (b *PlanBook) Divide() *planning.Division {
	d := b.Plan.Divide(b.Accounts)
	b.reckon(d)
	for i := range b.Areas {
		h := b.Plan.Holder(b.Areas[i].Code, b.Areas[i].Around...)
		people := b.Areas[i].Values.Of(planning.People)
		add := func(v *planning.Values) { v.Set(planning.People, v.Of(planning.People)+people) }
		add(&d.Total)
		if h.Territory == planning.Nobody {
			add(&d.Loose)
		} else {
			add(&d.Loads[h.Territory])
		}
	}
	return d
}

// reckon puts the hours of each territory.
func (b *PlanBook) reckon(d *planning.Division) {
	of := make([][]int, len(b.Plan.Territories))
	for i, t := range d.Of {
		if t != planning.Nobody {
			of[t] = append(of[t], i)
		}
	}
	total := d.Loose.Of(planning.Hours)
	for t, list := range of {
		load := b.model.Workload(b.home(b.Plan.Territories[t].Person), b.stops(list))
		d.Loads[t].Set(planning.Hours, load.HoursWeek)
		total += load.HoursWeek
	}
	d.Total.Set(planning.Hours, total)
}

// PlanBalance is how a plan stands.
type PlanBalance struct {
	Division *planning.Division
	Index    []float64 // by territory, 100 is an even share
	Spread   planning.Spread
	Areas    []int // by territory
	Loose    int   // areas without a territory
	Quota    []float64
}

// Balance counts the plan out.
func (b *PlanBook) Balance() *PlanBalance {
	out := &PlanBalance{Division: b.Divide(), Areas: make([]int, len(b.Plan.Territories)), Quota: make([]float64, len(b.Plan.Territories))}
	out.Index = out.Division.Index(b.Plan.Territories, b.Info.Mix)
	out.Spread = planning.SpreadOf(out.Index, b.Info.Tolerance)
	for i := range b.Areas {
		if h := b.Plan.Holder(b.Areas[i].Code, b.Areas[i].Around...); h.Territory != planning.Nobody {
			out.Areas[h.Territory]++
		} else {
			out.Loose++
		}
	}
	for i, t := range b.Plan.Territories {
		out.Quota[i] = b.Quota[t.Person]
	}
	return out
}

// PlanGaps is what a plan leaves open.
type PlanGaps struct {
	Areas     []int // without a territory
	Accounts  []int // in no territory though their place is known
	Misplaced []int // whose place is not known well enough to fall into an area
	Overlaps  []planning.Overlap
	Ownerless []int // territories without a person
}

// Gaps lists what a plan leaves open.
func (b *PlanBook) Gaps() PlanGaps {
	var g PlanGaps
	for i := range b.Areas {
		if !b.Tinted && b.Plan.Holder(b.Areas[i].Code, b.Areas[i].Around...).Territory == planning.Nobody {
			g.Areas = append(g.Areas, i)
		}
	}
	for i := range b.Accounts {
		if _, why := b.Plan.Place(&b.Accounts[i]); why == planning.NoArea {
			g.Accounts = append(g.Accounts, i)
		} else if why == planning.Misplaced {
			g.Misplaced = append(g.Misplaced, i)
		}
	}
	for i, t := range b.Plan.Territories {
		if t.Person.IsZero() {
			g.Ownerless = append(g.Ownerless, i)
		}
	}
	g.Overlaps = b.Plan.Overlaps(b.Accounts)
	return g
}

// people lists whom each account belongs to: its territory's person; of what is
// in force, its own owner before that.
func (b *PlanBook) people() []data.ID {
	out := make([]data.ID, len(b.Accounts))
	for i := range b.Accounts {
		if owner := b.Accounts[i].Owner; b.Info.ID.IsZero() && !owner.IsZero() {
			out[i] = owner
			continue
		}
		if t, _ := b.Plan.Place(&b.Accounts[i]); t != planning.Nobody {
			out[i] = b.Plan.Territories[t].Person
		}
	}
	return out
}

// PlanChange is what a plan does to one person.
type PlanChange struct {
	planning.Effect
	Name string
	Home bool // where he starts from is known, so that drives are
}

// Effects says what the plan changes for whom, against another one of the same
// moment, which is most often what is in force. Who gains nothing and loses
// nothing is listed too. Quotas are thought to go with sales, where there are
// any, else with the number of accounts.
func (b *PlanBook) Effects(before *PlanBook) []PlanChange {
	was := make([]data.ID, len(b.Accounts))
	old := before.people()
	for i, a := range b.Accounts {
		if at, ok := before.places[a.ID]; ok {
			was[i] = old[at]
		}
	}
	drive := func(person data.ID, account int) float64 {
		home, ok := b.homes[person]
		if a := &b.Accounts[account]; ok && a.Placed {
			return kilometres(home.Lon, home.Lat, a.Lon, a.Lat)
		}
		return 0
	}
	by := planning.Accounts
	if b.Divide().Total.Of(planning.Sales) > 0 {
		by = planning.Sales
	}
	var out []PlanChange
	is := b.people()
	asked := func(person data.ID, who []data.ID) float64 {
		var list []int
		for i, p := range who {
			if p == person {
				list = append(list, i)
			}
		}
		return b.model.Workload(b.home(person), b.stops(list)).HoursWeek
	}
	for _, e := range planning.Effects(b.Accounts, was, is, drive, b.Quota, by) {
		_, home := b.homes[e.Person]
		e.Before.Values.Set(planning.Hours, asked(e.Person, was))
		e.After.Values.Set(planning.Hours, asked(e.Person, is))
		out = append(out, PlanChange{e, b.owners[e.Person], home})
	}
	slices.SortStableFunc(out, func(x, y PlanChange) int {
		return len(y.Comes) + len(y.Goes) - len(x.Comes) - len(x.Goes)
	})
	return out
}

// Moves counts the accounts that have another territory's person than before.
func Moves(changes []PlanChange) (accounts int) {
	for _, c := range changes {
		accounts += len(c.Comes)
	}
	return accounts
}
