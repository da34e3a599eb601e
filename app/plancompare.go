package app

import (
	"slices"

	"fieldbook/app/planning"
	"fieldbook/data"
)

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
		if !b.Tinted && b.Plan.HolderOf(&b.Areas[i]).Territory == planning.Nobody {
			g.Areas = append(g.Areas, i)
		}
	}
	for i := range b.Accounts {
		switch t, why := b.Plan.Place(&b.Accounts[i]); {
		case why == planning.Misplaced:
			g.Misplaced = append(g.Misplaced, i)
		case t == planning.Nobody: // also those that were given to nobody by name
			g.Accounts = append(g.Accounts, i)
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

// people lists whom each account belongs to: its territory's person, as once the
// plan is published; its own owner where the seat is open, and, of what is in
// force, before all that.
func (b *PlanBook) people() []data.ID {
	out := make([]data.ID, len(b.Accounts))
	for i := range b.Accounts {
		out[i] = b.Accounts[i].Owner
		if b.Info.ID.IsZero() && !out[i].IsZero() {
			continue
		}
		if t, _ := b.Plan.Place(&b.Accounts[i]); t != planning.Nobody && !b.Plan.Territories[t].Person.IsZero() {
			out[i] = b.Plan.Territories[t].Person
		}
	}
	return out
}

// listBy gathers the places of a list by whose they are.
func listBy(who []data.ID) map[data.ID][]int {
	out := map[data.ID][]int{}
	for i, id := range who {
		out[id] = append(out[id], i)
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
	if slices.ContainsFunc(b.Accounts, func(a planning.Account) bool { return a.Values.Of(planning.Sales) > 0 }) {
		by = planning.Sales
	}
	var out []PlanChange
	is := b.people()
	had, has := listBy(was), listBy(is)
	asked := func(person data.ID, of map[data.ID][]int) float64 {
		return b.model.Workload(b.home(person), b.stops(of[person])).HoursWeek
	}
	for _, e := range planning.Effects(b.Accounts, was, is, drive, b.Quota, by) {
		_, home := b.homes[e.Person]
		e.Before.Values.Set(planning.Hours, asked(e.Person, had))
		e.After.Values.Set(planning.Hours, asked(e.Person, has))
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
