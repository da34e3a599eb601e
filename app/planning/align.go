package planning

import (
	"maps"
	"slices"

	"fieldbook/app/alignment"
	"fieldbook/data"
)

// Area is an area of the map that can be given to a territory.
type Area struct {
	Code     string
	Name     string
	Around   []string // the areas that it lies in, the smallest first
	Lon, Lat float64
	Values   Values // of the accounts in it, and of the people who live there
}

// Task is a plan that is to be divided anew.
type Task struct {
	Plan     *Plan
	Accounts []Account
	Areas    []Area                 // what is handed out; without any the accounts are, one by one
	Edges    [][2]int               // neighbours among Areas
	Homes    map[int]alignment.Home // of territories, longitude and latitude
	Mix      Mix
}

// Pieces are what a task hands out: all that neither it nor its territory is
// locked, as units of a problem of alignment.
type Pieces struct {
	Problem     *alignment.Problem
	Territories []int // the plan's territory for each of the problem's
	area        []int // the area of each unit, or
	account     []int // the account
	measures    []Measure
	number      map[int]int // the problem's territory for each of the plan's
}

// rest is the weight of an area without accounts in the sum of distances, so
// that empty land falls to whoever is near.
const rest = 0.1

// Pieces lays out the task. Locked territories stay out of it with all that they
// hold. What is listed by name (where areas are handed out) or won by a rule
// counts as load that its territory has already.
func (t *Task) Pieces() *Pieces {
	p := &Pieces{Problem: &alignment.Problem{Metric: alignment.Haversine, Weighted: true}, number: map[int]int{}}
	for i, territory := range t.Plan.Territories {
		if territory.Locked {
			continue
		}
		p.number[i] = len(p.Territories)
		p.Territories = append(p.Territories, i)
		p.Problem.Share = append(p.Problem.Share, territory.Weight())
		p.Problem.Homes = append(p.Problem.Homes, t.Homes[i])
	}
	for _, m := range Measures {
		if t.Mix[m] > 0 {
			p.measures = append(p.measures, m)
			p.Problem.Mix = append(p.Problem.Mix, t.Mix[m])
		}
	}
	p.Problem.Territories = len(p.Territories)
	p.Problem.Base = make([][]float64, len(p.Territories))
	for i := range p.Problem.Base {
		p.Problem.Base[i] = make([]float64, len(p.measures))
	}
	if len(t.Areas) > 0 {
		t.handAreas(p)
	} else {
		t.handAccounts(p)
	}
	return p
}

// Measure is the place of a measure among the weights of units, -1 where it
// does not count.
func (p *Pieces) Measure(m Measure) int { return slices.Index(p.measures, m) }

// add lays out one unit, unless a locked territory holds it.
func (p *Pieces) add(u alignment.Unit, holder int, locked bool, v Values) bool {
	u.Current, u.Locked = alignment.Anywhere, alignment.Anywhere
	if holder != Nobody {
		k, free := p.number[holder]
		if !free {
			return false
		}
		u.Current = k
		if locked {
			u.Locked = k
		}
	} else if locked {
		return false // it is kept out of every territory
	}
	for _, m := range p.measures {
		u.Weights = append(u.Weights, v.Of(m))
	}
	p.Problem.Units = append(p.Problem.Units, u)
	return true
}

func (p *Pieces) base(holder int, v Values) {
	k, free := p.number[holder]
	if !free {
		return
	}
	for i, m := range p.measures {
		p.Problem.Base[k][i] += v.Of(m)
	}
}

func (t *Task) handAccounts(p *Pieces) {
	for i := range t.Accounts {
		a := &t.Accounts[i]
		holder, why := t.Plan.Place(a)
		if !a.Placed || why == ByRule {
			p.base(holder, a.Values)
			continue
		}
		if p.add(alignment.Unit{X: a.Lon, Y: a.Lat, Travel: 1, Change: 1}, holder, why == Pinned, a.Values) {
			p.account = append(p.account, i)
		}
	}
}

func (t *Task) handAreas(p *Pieces) {
	at := make(map[string]int, len(t.Areas))
	for i, a := range t.Areas {
		at[a.Code] = i
	}
	values := make([]Values, len(t.Areas))
	for i, a := range t.Areas {
		values[i].Set(People, a.Values.Of(People))
	}
	for i := range t.Accounts {
		a := &t.Accounts[i]
		holder, why := t.Plan.Place(a)
		if n, ok := t.decided(a, at); ok && (why == ByArea || why == NoArea) {
			values[n].Add(a.Values)
		} else {
			p.base(holder, a.Values)
		}
	}
	unit := make([]int, len(t.Areas)) // of each area
	for i, a := range t.Areas {
		h := t.Plan.HolderOf(&a)
		accounts := values[i].Of(Accounts)
		unit[i] = -1
		if p.add(alignment.Unit{X: a.Lon, Y: a.Lat, Travel: rest + accounts, Change: rest + accounts}, h.Territory, h.Locked, values[i]) {
			unit[i] = len(p.area)
			p.area = append(p.area, i)
		}
	}
	if t.Edges == nil {
		return
	}
	p.Problem.Edges = [][2]int{}
	for _, e := range t.Edges {
		if a, b := unit[e[0]], unit[e[1]]; a >= 0 && b >= 0 {
			p.Problem.Edges = append(p.Problem.Edges, [2]int{a, b})
		}
	}
}

// decided finds the area by which an account falls to whoever holds that; ok is
// false where a smaller one decides.
func (t *Task) decided(a *Account, at map[string]int) (int, bool) {
	for _, code := range a.Codes {
		if n, ok := at[code]; ok {
			return n, true
		}
		if _, ok := t.Plan.Areas[code]; ok {
			return 0, false
		}
	}
	return 0, false
}

// Transfer hands an area or an account to a territory of the plan.
type Transfer struct {
	Area      int // place among the areas, or Nobody
	Account   int // place among the accounts, or Nobody
	Territory int
}

// Transfers lists what a division changes.
func (p *Pieces) Transfers(of []int) []Transfer {
	var out []Transfer
	for i, k := range of {
		if p.Problem.Units[i].Current == k {
			continue
		}
		t := Transfer{Area: Nobody, Account: Nobody, Territory: p.Territories[k]}
		if p.area != nil {
			t.Area = p.area[i]
		} else {
			t.Account = p.account[i]
		}
		out = append(out, t)
	}
	return out
}

// Apply gives the plan with a division carried out; the task's stays as it is.
func (t *Task) Apply(transfers []Transfer) *Plan {
	out := &Plan{Territories: t.Plan.Territories, Areas: map[string]Hold{}, Named: map[data.ID]Hold{}}
	maps.Copy(out.Areas, t.Plan.Areas)
	maps.Copy(out.Named, t.Plan.Named)
	for _, x := range transfers {
		if x.Area != Nobody {
			out.Areas[t.Areas[x.Area].Code] = Hold{Territory: x.Territory}
			continue
		}
		out.Named[t.Accounts[x.Account].ID] = Hold{Territory: x.Territory}
	}
	return out
}
