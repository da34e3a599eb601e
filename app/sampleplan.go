package app

import (
	"slices"

	"fieldbook/data"
)

// placeIn is the first city of a territory.
func (g *sampler) placeIn(territory data.ID) samplePlace {
	for _, p := range samplePlaces {
		if g.places[p.city] == territory {
			return p
		}
	}
	return samplePlaces[0]
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

// sampleAreas are the territories of the sample's draft: each with a colour and
// its states.
var sampleAreas = []struct {
	name, color string
	states      []string
}{
	{"New England and New York", "#56B4E9", []string{"ME", "NH", "VT", "MA", "RI", "CT", "NY"}},
	{"Mid-Atlantic", "#0072B2", []string{"NJ", "PA", "DE", "MD", "DC", "VA", "WV"}},
	{"Southeast", "#D55E00", []string{"NC", "SC", "GA", "FL", "TN", "AL", "KY"}},
	{"Gulf and Texas", "#009E73", []string{"MS", "LA", "TX", "OK", "AR"}},
	{"Great Lakes", "#CC79A7", []string{"OH", "IN", "MI", "IL", "WI"}},
	{"Plains", "#F0E442", []string{"MN", "IA", "MO", "ND", "SD", "NE", "KS"}},
	{"Mountain", "#E69F00", []string{"CO", "UT", "AZ", "NM", "NV", "ID", "MT", "WY"}},
	{"Pacific", "#555555", []string{"WA", "OR", "CA", "AK", "HI"}},
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
	for i, a := range sampleAreas {
		values := data.Values{"plan": plan, "name": a.name, "color": a.color, "person": g.repOf(a.states)}
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

// repOf is the first rep who lives in one of the states; NoID for none.
func (g *sampler) repOf(states []string) data.ID {
	for _, r := range g.reps {
		if slices.Contains(states, r.state) {
			return r.id
		}
	}
	return data.NoID
}
