package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"fieldbook/data"
	"fieldbook/data/store"
)

// SampleOptions say how large the sample company is. Zero values choose a
// company that is pleasant to look at.
type SampleOptions struct {
	Deals int
	Seed  uint64
}

const (
	sampleDeals      = 4000
	sampleDays       = 730    // how far back its deals go
	sampleHistories  = 20_000 // deals that carry their stage history
	sampleActivities = 40_000
)

// Sample fills an empty book with a made-up company: territories, people,
// accounts, two years of deals with stage history, activities and quotas. The
// same seed on the same day makes the same company. It is Refused where the
// book holds people, accounts or deals already.
func (a *App) Sample(ctx context.Context, opts SampleOptions, progress func(done, total int64)) error {
	for _, kind := range []string{data.KindDeal, data.KindAccount, data.KindProduct, data.KindTerritory} {
		n, err := a.Records.Count(ctx, data.Query{Kind: kind})
		if err != nil {
			return err
		}
		if n > 0 {
			return data.Errorf(data.Refused, "this book has records already, so the sample was not added. Make a new book for it")
		}
	}
	if opts.Deals <= 0 {
		opts.Deals = sampleDeals
	}
	stages, err := a.Records.List(ctx, data.Query{Kind: data.KindStage, Sort: []data.Sort{{Field: "position"}}})
	if err != nil {
		return err
	}
	if len(stages) < 3 {
		return data.Errorf(data.Refused, "this book has no pipeline, so the sample was not added. Make a new book for it")
	}
	return a.write(ctx, store.Act{What: "Make the sample company"}, func(tx *store.Tx) error {
		g := &sampler{
			ctx: ctx, tx: tx, progress: progress, n: opts.Deals, today: a.Today(), currency: string(a.Book().Currency), calendar: a.Book().Calendar,
			rng: rand.New(rand.NewPCG(opts.Seed, 0x5eed)), stages: stages,
		}
		return g.run()
	})
}

// sampler makes the company step by step; each step uses what the ones before made.
type sampler struct {
	ctx      context.Context //nolint:containedctx // one call long
	tx       *store.Tx
	progress func(done, total int64)
	n        int
	today    data.Day
	currency string
	calendar data.Calendar
	rng      *rand.Rand
	stages   []data.Row
	made     int

	places     map[string]data.ID // city → territory
	managers   []sampleMember
	reps       []sampleMember
	products   []data.ID
	prices     []int64
	accounts   []sampleAccount
	activities int
	open       []sampleDealNote // some deals under way

	framework, sequence           data.ID
	elements, criteria, questions []data.ID // of the framework in use, of gates that are ticked, of guides
	segments                      []data.ID
}

type sampleMember struct {
	id     data.ID
	name   string
	region string
	state  string  // where a rep lives
	skill  float64 // raises the odds to win
}

type sampleAccount struct {
	id      data.ID
	name    string
	contact data.ID
	rep     int
}

func (g *sampler) run() error {
	for _, step := range []func() error{
		g.label, g.territories, g.people, g.catalog, g.customers, g.deals, g.quotas, g.plan, g.forecast, g.market, g.process, g.targets, g.lead, g.meetings,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// id is repeatable, so that the same seed makes the same book.
func (g *sampler) id(kind string) data.ID {
	g.made++
	return data.ImportedID(kind, "sample", fmt.Sprint(g.made))
}

func (g *sampler) put(kind string, values data.Values) (data.ID, error) {
	id := g.id(kind)
	_, err := g.tx.Put(kind, id, values)
	return id, err
}

func (g *sampler) pick(list []string) string { return list[g.rng.IntN(len(list))] }

// label marks the book as sample data, with a custom field and a rate so that
// each of these exists as well.
func (g *sampler) label() error {
	if err := putSetting(g.tx, settingSample, "yes"); err != nil {
		return err
	}
	if _, err := g.put(data.KindCustomField, data.Values{"kind": data.KindAccount, "label": "Fleet size", "type": "number"}); err != nil {
		return err
	}
	if err := g.tx.Learn(data.KindAccount, data.NewCustomField("Fleet size", data.TypeNumber, nil)); err != nil {
		return err
	}
	other := "EUR"
	if g.currency == other {
		other = "USD"
	}
	_, err := g.put(data.KindRate, data.Values{"currency": other, "day": g.today.AddDays(-2 * sampleDays), "rate": "1.09"})
	return err
}

func (g *sampler) territories() error {
	g.places = map[string]data.ID{}
	regions := map[string]data.ID{}
	for i, name := range sampleRegions {
		id, err := g.put(data.KindTerritory, data.Values{"name": name, "color": []string{"#0072B2", "#E69F00", "#009E73", "#CC79A7"}[i]})
		if err != nil {
			return err
		}
		regions[name] = id
	}
	states := map[string]data.ID{}
	for _, p := range samplePlaces {
		if states[p.state].IsZero() {
			id, err := g.put(data.KindTerritory, data.Values{"name": p.region + " " + p.state, "parent": regions[p.region]})
			if err != nil {
				return err
			}
			states[p.state] = id
			_, err = g.put(data.KindRule, data.Values{"territory": id, "position": int64(len(states)), "field": "state", "test": "is", "value": p.state})
			if err != nil {
				return err
			}
		}
		g.places[p.city] = states[p.state]
	}
	return nil
}

// heads is how many reps the company has for its deals.
func (g *sampler) heads() int { return min(400, max(12, g.n/110)) }

func (g *sampler) people() error {
	lead, err := g.person(data.Values{"role": data.RoleLead, "title": "Regional lead"}, 1600)
	if err != nil {
		return err
	}
	for i := range max(4, g.heads()/9) {
		region := sampleRegions[i%len(sampleRegions)]
		m, err := g.person(data.Values{"role": data.RoleManager, "title": "Sales manager", "manager": lead.id}, 1200)
		if err != nil {
			return err
		}
		m.region = region
		g.managers = append(g.managers, m)
		if err := g.assign(m, g.regionOf(region), data.AssignManager); err != nil {
			return err
		}
	}
	for i := range g.heads() {
		m := g.managers[i%len(g.managers)]
		r, err := g.person(data.Values{"role": data.RoleRep, "title": "Field sales", "manager": m.id, "weekly_hours": 28.0}, 900)
		if err != nil {
			return err
		}
		r.region, r.skill = m.region, g.rng.NormFloat64()*0.06
		g.reps = append(g.reps, r)
		territory := g.territoryIn(r.region)
		if err := g.assign(r, territory, data.AssignOwner); err != nil {
			return err
		}
		home := g.placeIn(territory)
		g.reps[len(g.reps)-1].state = home.state
		if _, err := g.tx.Put(data.KindPerson, r.id, data.Values{"home": home.city + ", " + home.state}); err != nil {
			return err
		}
	}
	return g.assign(g.managers[0], g.territoryIn("West"), data.AssignOverlay)
}

func (g *sampler) person(values data.Values, longest int) (sampleMember, error) {
	m := sampleMember{name: g.pick(sampleFirst) + " " + g.pick(sampleLast)}
	values["name"] = m.name
	values["status"] = data.StatusActive
	values["hire_day"] = g.today.AddDays(-60 - g.rng.IntN(longest))
	values["email"] = fmt.Sprintf("%s%d@sample.example", strings.ToLower(strings.ReplaceAll(m.name, " ", ".")), g.made)
	var err error
	m.id, err = g.put(data.KindPerson, values)
	return m, err
}

func (g *sampler) regionOf(name string) data.ID {
	for i, r := range sampleRegions {
		if r == name {
			// Territories are made first, the regions before all others; custom field and rate before them.
			return data.ImportedID(data.KindTerritory, "sample", fmt.Sprint(3+i))
		}
	}
	return data.NoID
}

func (g *sampler) territoryIn(region string) data.ID {
	for {
		if p := samplePlaces[g.rng.IntN(len(samplePlaces))]; p.region == region {
			return g.places[p.city]
		}
	}
}

func (g *sampler) assign(m sampleMember, territory data.ID, role string) error {
	_, err := g.put(data.KindAssignment, data.Values{"person": m.id, "territory": territory, "role": role, "start_day": g.today.AddDays(-sampleDays)})
	return err
}

func (g *sampler) catalog() error {
	for _, p := range sampleProducts {
		id, err := g.put(data.KindProduct, data.Values{"name": p.name, "family": p.family, "price": p.price, "currency": g.currency})
		if err != nil {
			return err
		}
		g.products = append(g.products, id)
		g.prices = append(g.prices, p.price)
	}
	return nil
}

// customers makes accounts with a contact each, owned by a rep of their region.
func (g *sampler) customers() error {
	byRegion := map[string][]int{}
	for i, r := range g.reps {
		byRegion[r.region] = append(byRegion[r.region], i)
	}
	for i := range min(60_000, max(60, g.n/14)) {
		p := samplePlaces[g.rng.IntN(len(samplePlaces))]
		b := g.rng.IntN(len(sampleFirmB))
		name := g.pick(sampleFirmA) + " " + sampleFirmB[b]
		if i >= len(sampleFirmA) {
			name += " " + p.city
		}
		rep := byRegion[p.region][g.rng.IntN(len(byRegion[p.region]))]
		values := data.Values{
			"name": name, "industry": sampleIndustries[b], "city": p.city, "state": p.state, "country": "United States",
			"latitude": p.lat + g.rng.Float64()*0.4 - 0.2, "longitude": p.lon + g.rng.Float64()*0.4 - 0.2,
			"employees": int64(20 + g.rng.ExpFloat64()*400), "owner": g.reps[rep].id, "fleet_size": float64(g.rng.IntN(300)),
		}
		values["visit_class"], values["potential"] = samplePotential(values["employees"].(int64)) //nolint:forcetypeassert // put two lines above
		if g.rng.Float64() < 0.95 {                                                               // some are left for the to-fix list
			values["territory"] = g.places[p.city]
		}
		id, err := g.put(data.KindAccount, values)
		if err != nil {
			return err
		}
		contact, err := g.put(data.KindContact, data.Values{"name": g.pick(sampleFirst) + " " + g.pick(sampleLast), "account": id, "title": g.pick(sampleTitles), "influence": g.pick(sampleInfluence)})
		if err != nil {
			return err
		}
		g.accounts = append(g.accounts, sampleAccount{id: id, name: name, contact: contact, rep: rep})
	}
	return nil
}

// quotas gives every rep a number a month for this year and the last.
func (g *sampler) quotas() error {
	year, _, _ := g.today.Date()
	monthly := g.expectedMonthly()
	for _, r := range g.reps {
		share := monthly * (0.85 + g.rng.Float64()*0.4)
		for m := range 24 {
			month := data.NewDay(year-1, 1, 1).AddMonths(m)
			season := 0.85 + 0.1*float64(m%3+1)
			amount := int64(share*season/10_000) * 10_000
			_, err := g.tx.Put(data.KindQuota, QuotaID(r.id, data.NoID, month), data.Values{"person": r.id, "month": month, "amount": amount, "currency": g.currency})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// expectedMonthly is about what a rep wins in a month, in minor units.
func (g *sampler) expectedMonthly() float64 {
	var sum int64
	for _, p := range g.prices {
		sum += p
	}
	average := float64(sum) / float64(len(g.prices))
	return float64(g.n) * 0.42 * average / float64(len(g.reps)) / (sampleDays / 30.4)
}
