package app

import (
	"fieldbook/data"
)

// sampleHome is the city that the n-th rep of a region starts from.
func sampleHome(region string, n int) string {
	var in []samplePlace
	for _, p := range samplePlaces {
		if p.region == region {
			in = append(in, p)
		}
	}
	p := in[n%len(in)]
	return p.city + ", " + p.state
}

// samplePotential is how often a firm of a size is visited, and what it could
// spend a year.
func samplePotential(employees int64) (class string, potential float64) {
	switch {
	case employees >= 600:
		class = "A"
	case employees >= 200:
		class = "B"
	default:
		class = "C"
	}
	return class, float64(employees) * 40
}

// sampleAreas are the territories of the sample's draft: each with the region
// whose people cover it, a colour and its states.
var sampleAreas = []struct {
	name, region, color string
	states              []string
}{
	{"New England and New York", "East", "#56B4E9", []string{"ME", "NH", "VT", "MA", "RI", "CT", "NY"}},
	{"Mid-Atlantic", "East", "#0072B2", []string{"NJ", "PA", "DE", "MD", "DC", "VA", "WV"}},
	{"Southeast", "South", "#D55E00", []string{"NC", "SC", "GA", "FL", "TN", "AL", "KY"}},
	{"Gulf and Texas", "South", "#009E73", []string{"MS", "LA", "TX", "OK", "AR"}},
	{"Great Lakes", "Central", "#CC79A7", []string{"OH", "IN", "MI", "IL", "WI"}},
	{"Plains", "Central", "#F0E442", []string{"MN", "IA", "MO", "ND", "SD", "NE", "KS"}},
	{"Mountain", "West", "#E69F00", []string{"CO", "UT", "AZ", "NM", "NV", "ID", "MT", "WY"}},
	{"Pacific", "West", "#555555", []string{"WA", "OR", "CA", "AK", "HI"}},
}

// plan puts a draft beside what is in force: eight territories made of states,
// the bank customers in the hands of one, and one account pinned.
func (g *sampler) plan() error {
	plan, err := g.put(data.KindPlan, data.Values{
		"name": "Eight territories", "status": data.PlanDraft, "level": "state", "frame": "US", "measures": "potential", "tolerance": 15.0,
		"note": "By states, with the banks in one pair of hands.",
	})
	if err != nil {
		return err
	}
	reps := map[string]int{}
	for i, a := range sampleAreas {
		values := data.Values{"plan": plan, "name": a.name, "color": a.color, "person": g.repOf(a.region, reps[a.region])}
		reps[a.region]++
		if i == 0 {
			values["rule"], values["rule_order"] = "industry is finance", int64(1)
		}
		territory, err := g.put(data.KindPlanTerritory, values)
		if err != nil {
			return err
		}
		for _, state := range a.states {
			if err := g.planPart(PlanPart{Plan: plan, Unit: "US-" + state, Territory: territory}); err != nil {
				return err
			}
		}
		if i == 1 {
			if err := g.planPart(PlanPart{Plan: plan, Account: g.accounts[0].id, Territory: territory, Locked: true}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *sampler) planPart(p PlanPart) error {
	_, err := g.tx.Put(data.KindPlanPart, p.ID(), p.values())
	return err
}

// repOf is the n-th rep of a region.
func (g *sampler) repOf(region string, n int) data.ID {
	for _, r := range g.reps {
		if r.region != region {
			continue
		}
		if n == 0 {
			return r.id
		}
		n--
	}
	return data.NoID
}
