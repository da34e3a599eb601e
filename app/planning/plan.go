// Package planning is the arithmetic of territory plans: which territory an
// account falls to, how even the territories are, and what a plan changes for
// whom. It is pure: everything comes as arguments.
package planning

import (
	"slices"

	"fieldbook/data"
)

// Nobody is no territory.
const Nobody = -1

// Measure is something that territories are compared by.
type Measure string

// The measures. Money is in whole units of the book's currency; hours are those
// of a week; People are who live in the areas, whoever of them is a customer.
const (
	Accounts  Measure = "accounts"
	Potential Measure = "potential"
	Sales     Measure = "sales" // won in the last twelve months
	Open      Measure = "open"  // open deals
	Hours     Measure = "hours" // visits a week, with the time on the road
	People    Measure = "people"
)

// Measures lists every measure in the order in which Values holds them.
var Measures = []Measure{Accounts, Potential, Sales, Open, Hours, People}

// Values holds one figure of each measure.
type Values [6]float64

// Of is the figure of a measure; 0 for one that is not known.
func (v Values) Of(m Measure) float64 {
	if i := slices.Index(Measures, m); i >= 0 {
		return v[i]
	}
	return 0
}

// Set puts the figure of a measure.
func (v *Values) Set(m Measure, x float64) {
	if i := slices.Index(Measures, m); i >= 0 {
		v[i] = x
	}
}

// Add adds the figures of another.
func (v *Values) Add(o Values) {
	for i := range v {
		v[i] += o[i]
	}
}

// Account is a customer as planning sees it.
type Account struct {
	ID        data.ID
	Name      string
	Codes     []string // the areas that it stands in, the smallest first; none where its place is not known
	Lon, Lat  float64
	Placed    bool   // its place is known
	Rough     bool   // its place is no better than that of a state or country
	Vague     bool   // that is not enough to say in which of the plan's areas it lies
	Where     string // its address as it is written, where that tells no place
	Class     string // how often it is visited
	Owner     data.ID
	Territory data.ID // in force today
	Rules     []int   // the plan's territories whose rule it passes, those tried first before others
	Values    Values
}

// Territory is one territory of a plan.
type Territory struct {
	ID     data.ID // of the plan's territory
	Live   data.ID // the territory in force that it stands for, if any
	Name   string
	Color  string
	Person data.ID
	Owner  string // the person's name
	Locked bool   // nothing comes or goes unless it is unlocked
	Share  float64
	Rule   string
	Order  int64
}

// Weight is what a territory is to carry, in parts of a full one: 1 unless less
// (or more) was said.
func (t Territory) Weight() float64 {
	if t.Share <= 0 {
		return 1
	}
	return t.Share / 100
}

// Hold says that an area or account belongs to a territory.
type Hold struct {
	Territory int // Nobody takes it out of what a larger area or a rule would give
	Locked    bool
}

// Plan says what belongs to whom. Areas of several sizes may stand in one plan:
// the smallest that an account stands in decides.
type Plan struct {
	Territories []Territory
	Areas       map[string]Hold
	Named       map[data.ID]Hold // accounts that are listed one by one; a locked one is pinned
}

// Cause says why an account is where it is.
type Cause int

// The causes, those that go before others first.
const (
	Pinned    Cause = iota // listed by name and locked
	Named                  // listed by name
	ByRule                 // passes a territory's rule
	ByArea                 // stands in an area of a territory
	NoArea                 // stands in no territory's area
	Misplaced              // its place is not known well enough to say
)

// Place gives the territory of an account, Nobody for none, and why. What is
// listed by name goes before rules, rules before areas.
func (p *Plan) Place(a *Account) (int, Cause) {
	if h, ok := p.Named[a.ID]; ok {
		if h.Locked {
			return h.Territory, Pinned
		}
		return h.Territory, Named
	}
	if len(a.Rules) > 0 {
		return a.Rules[0], ByRule
	}
	for _, code := range a.Codes {
		if h, ok := p.Areas[code]; ok {
			if h.Territory == Nobody {
				break
			}
			return h.Territory, ByArea
		}
	}
	if !a.Placed || a.Vague {
		return Nobody, Misplaced
	}
	return Nobody, NoArea
}

// Holder is the territory of an area, by itself or by one around it: around
// lists those, the smallest first.
func (p *Plan) Holder(code string, around ...string) Hold {
	if h, ok := p.Areas[code]; ok {
		return h
	}
	for _, c := range around {
		if h, ok := p.Areas[c]; ok {
			return h
		}
	}
	return Hold{Territory: Nobody}
}

// HolderOf is the territory of an area.
func (p *Plan) HolderOf(a *Area) Hold { return p.Holder(a.Code, a.Around...) }

// Division is who gets what under a plan.
type Division struct {
	Of     []int // by account; Nobody for none
	Causes []Cause
	Loads  []Values // by territory
	Loose  Values   // of accounts in no territory
	Total  Values
}

// Divide places every account. People are not counted: they belong to areas.
func (p *Plan) Divide(accounts []Account) *Division {
	d := &Division{Of: make([]int, len(accounts)), Causes: make([]Cause, len(accounts)), Loads: make([]Values, len(p.Territories))}
	for i := range accounts {
		t, why := p.Place(&accounts[i])
		d.Of[i], d.Causes[i] = t, why
		d.Total.Add(accounts[i].Values)
		if t == Nobody {
			d.Loose.Add(accounts[i].Values)
		} else {
			d.Loads[t].Add(accounts[i].Values)
		}
	}
	return d
}

// Mix says how much each measure counts when territories are compared.
type Mix map[Measure]float64

// Index is the balance index of each territory: 100 is an even share of what
// all territories hold together, in proportion to their weights. A measure of
// which there is nothing does not count; where there is nothing at all, every
// index is 100.
func (d *Division) Index(territories []Territory, mix Mix) []float64 {
	out := make([]float64, len(territories))
	var weights, parts float64
	for _, t := range territories {
		weights += t.Weight()
	}
	for _, m := range Measures {
		var held float64
		for _, v := range d.Loads {
			held += v.Of(m)
		}
		if mix[m] <= 0 || held <= 0 {
			continue
		}
		parts += mix[m]
		for i, v := range d.Loads {
			out[i] += mix[m] * v.Of(m) / (held * territories[i].Weight() / weights)
		}
	}
	for i := range out {
		if parts == 0 {
			out[i] = 100
			continue
		}
		out[i] *= 100 / parts
	}
	return out
}

// Overlap is an account that more than one territory's rule would take.
type Overlap struct {
	Account     int // place among the accounts
	Territories []int
}

// Overlaps lists the accounts that several rules claim and no name settles; the
// first of the territories has them.
func (p *Plan) Overlaps(accounts []Account) []Overlap {
	var out []Overlap
	for i := range accounts {
		a := &accounts[i]
		if _, named := p.Named[a.ID]; !named && len(a.Rules) > 1 {
			out = append(out, Overlap{i, a.Rules})
		}
	}
	return out
}
