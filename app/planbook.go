package app

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"fieldbook/app/geo"
	"fieldbook/app/metrics"
	"fieldbook/app/planning"
	"fieldbook/app/visits"
	"fieldbook/data"
	"fieldbook/data/store"
)

// PlanBook is a plan with all that it divides, as one moment had it: what would
// change is tried out on it without the book.
type PlanBook struct {
	Info     PlanInfo
	Plan     planning.Plan
	Accounts []planning.Account // by name
	Areas    []planning.Area    // of the plan's level within its frame, by code
	Quota    map[data.ID]float64
	Faults   []PlanFault
	Year     data.Period // of the quotas
	Tinted   bool        // no plan is in force: areas only show whose most accounts in them are

	places map[data.ID]int // accounts by id
	homes  map[data.ID]geo.Spot
	owners map[data.ID]string
	atlas  *geo.Atlas
	model  visits.Model
	tally  *planTally // how it stands, once that was asked
}

// PlanFault is something in a plan that cannot be carried out as it stands.
type PlanFault struct {
	Territory data.ID // of the plan
	Name      string
	Why       error
}

// Book reads a plan; NoID reads what is in force as if it were one.
func (p *Plans) Book(ctx context.Context, id data.ID) (*PlanBook, error) {
	return p.book(ctx, id, Segment{})
}

// book reads a plan with the accounts of a segment alone.
func (p *Plans) book(ctx context.Context, id data.ID, only Segment) (*PlanBook, error) {
	atlas, err := p.app.Gazetteer.atlas(ctx)
	if err != nil {
		return nil, err
	}
	model, err := p.app.Visits.Model()
	if err != nil {
		return nil, err
	}
	b := &PlanBook{atlas: atlas, model: model, places: map[data.ID]int{}, Quota: map[data.ID]float64{}}
	c, err := p.app.coverage(ctx)
	if err != nil {
		return nil, err
	}
	if id.IsZero() {
		b.Info, err = p.inForce(ctx)
	} else {
		b.Info, err = p.Get(ctx, id)
	}
	if err != nil {
		return nil, err
	}
	r := &planReader{plans: p, book: b, coverage: c, only: only, products: map[data.ID]string{}, figures: map[data.ID]planning.Values{}, deals: map[data.ID]bool{}}
	if from := cmp.Or(b.Info.ID, b.Info.Source); !from.IsZero() {
		if r.content, err = p.content(ctx, from); err != nil {
			return nil, err
		}
	}
	for _, step := range []func(context.Context) error{r.people, r.sales, r.territories, r.accounts, r.parts, r.colors, r.quotas} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	if b.Areas == nil {
		r.areas()
	}
	return b, nil
}

// inForce describes what is in force: the active plan, without its name where
// accounts were moved since, or nothing but a map.
func (p *Plans) inForce(ctx context.Context) (PlanInfo, error) {
	plans, err := p.List(ctx)
	if err != nil {
		return PlanInfo{}, err
	}
	info := PlanInfo{Status: data.PlanActive, Mix: ParseMix(""), Tolerance: defaultTolerance, Start: data.NoDay}
	if len(plans) > 0 && plans[0].Status == data.PlanActive {
		info = plans[0]
		info.Source = info.ID
	}
	info.ID, info.Name = data.NoID, ""
	return info, nil
}

// planReader fills a plan's book.
type planReader struct {
	plans    *Plans
	book     *PlanBook
	coverage *coverage
	only     Segment                     // of accounts and their deals
	products map[data.ID]string          // of each account's deals
	figures  map[data.ID]planning.Values // of its deals
	deals    map[data.ID]bool            // accounts that have any, open or won
	content  *planContent                // of the plan, or of the one in force; nil where there is none
	rules    []planRule
	at       map[data.ID]int // the plan's territories
}

type planRule struct {
	territory int
	order     int64
	condition *Condition
}

// people resolves where people start from.
func (r *planReader) people(context.Context) error {
	r.book.homes, r.book.owners = map[data.ID]geo.Spot{}, map[data.ID]string{}
	for _, row := range r.coverage.people {
		r.book.owners[row.ID] = row.Title()
		if spot, ok := placeOfText(r.book.atlas, row.Text("home")); ok {
			r.book.homes[row.ID] = spot
		}
	}
	return nil
}

// sales adds up what each account's deals come to, and what they are about.
func (r *planReader) sales(ctx context.Context) error {
	today := r.plans.app.Today()
	year := data.Period{From: today.AddMonths(-12).AddDays(1), To: today.AddDays(1)}
	unit := float64(r.plans.app.Book().Currency.Unit())
	return r.plans.app.Performance.view(ctx, viewQuery{AsOf: today, Filter: r.only}, func(b *factBook, v *metrics.View) error {
		names := map[data.ID][]string{}
		count := func(m planning.Measure) func(metrics.Standing) {
			return func(s metrics.Standing) {
				if s.Deal.Account == metrics.None {
					return
				}
				id := b.Accounts[s.Deal.Account].ID
				r.deals[id] = true
				if s.Known {
					sum := r.figures[id]
					sum.Set(m, sum.Of(m)+float64(s.Value)/unit)
					r.figures[id] = sum
				}
				if s.Deal.Product != metrics.None {
					if name := b.Products[s.Deal.Product].Name; !slices.Contains(names[id], name) {
						names[id] = append(names[id], name)
					}
				}
			}
		}
		v.EachOpen(count(planning.Open))
		v.EachWon(year, count(planning.Sales))
		for id, list := range names {
			r.products[id] = strings.Join(list, ";")
		}
		return nil
	})
}

// territories reads those of the plan; of what is in force, each territory that
// holds accounts, or has an owner and no others below it, all where none has.
func (r *planReader) territories(ctx context.Context) error {
	r.at = map[data.ID]int{}
	if r.book.Info.ID.IsZero() {
		return r.liveTerritories(ctx)
	}
	k, err := r.plans.app.store.Kind(data.KindAccount)
	if err != nil {
		return err
	}
	digits := r.plans.app.Book().Currency.Digits()
	for _, row := range r.content.territories {
		t := planTerritory(row)
		t.Owner = r.book.owners[t.Person]
		r.at[t.ID] = len(r.book.Plan.Territories)
		r.book.Plan.Territories = append(r.book.Plan.Territories, t)
		if t.Rule == "" {
			continue
		}
		c, err := NewCondition(k, t.Rule, digits)
		if err != nil {
			r.book.Faults = append(r.book.Faults, PlanFault{t.ID, t.Name, err})
			continue
		}
		r.rules = append(r.rules, planRule{r.at[t.ID], t.Order, c})
	}
	slices.SortStableFunc(r.rules, func(a, b planRule) int { return int(a.order - b.order) })
	return nil
}

func planTerritory(row data.Row) planning.Territory {
	return planning.Territory{
		ID: row.ID, Live: row.Ref("territory"), Name: row.Title(), Color: row.Text("color"), Person: row.Ref("person"),
		Locked: row.Bool("locked"), Share: row.Float("share"), Rule: row.Text("rule"), Order: row.Int("rule_order"),
	}
}

func (r *planReader) liveTerritories(ctx context.Context) error {
	counts, err := r.plans.app.store.AccountCounts(ctx)
	if err != nil {
		return err
	}
	today := r.plans.app.Today()
	owned := func(row data.Row) bool {
		return slices.ContainsFunc(r.coverage.posts, func(p Post) bool { return p.Territory == row.ID && p.Role == data.AssignOwner && p.On(today) })
	}
	above := map[data.ID]bool{}
	for i := range r.coverage.territories {
		if up := r.coverage.parentOf(i); up >= 0 {
			above[r.coverage.territories[up].ID] = true
		}
	}
	held := func(row data.Row) bool { return counts[row.Key] > 0 || owned(row) && !above[row.ID] }
	none := !slices.ContainsFunc(r.coverage.territories, held)
	for _, row := range r.coverage.territories {
		if !none && !held(row) {
			continue
		}
		t := planning.Territory{ID: row.ID, Live: row.ID, Name: row.Title(), Color: row.Text("color")}
		for _, post := range r.coverage.posts {
			if post.Territory == row.ID && post.Role == data.AssignOwner && post.On(today) {
				t.Person, t.Owner = post.Person, post.Name
			}
		}
		r.at[row.ID] = len(r.book.Plan.Territories)
		r.book.Plan.Territories = append(r.book.Plan.Territories, t)
	}
	return nil
}

// planColors are those of series: Okabe and Ito's, which colour-blind people can tell apart.
var planColors = []string{"#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#F0E442", "#56B4E9"}

// colors gives a colour to territories that have none: the one whose nearest
// bearer is farthest away, so that neighbours differ.
func (r *planReader) colors(context.Context) error {
	list := r.book.Plan.Territories
	middle := r.book.middles(r.book.Plan.Divide(r.book.Accounts).Of)
	for i := range list {
		if list[i].Color != "" {
			continue
		}
		best, far := planColors[i%len(planColors)], -1.0
		for n := range planColors {
			color := planColors[(i+n)%len(planColors)]
			near := math.Inf(1)
			for k, m := range middle {
				if list[k].Color == color && m.Placed && middle[i].Placed {
					near = min(near, kilometres(middle[i].Lon, middle[i].Lat, m.Lon, m.Lat))
				}
			}
			if near > far {
				best, far = color, near
			}
		}
		list[i].Color = best
	}
	return nil
}

// middles is where the accounts of each territory lie on average; a territory
// without placed accounts has none.
func (b *PlanBook) middles(of []int) []visits.Point {
	out, n := make([]visits.Point, len(b.Plan.Territories)), make([]float64, len(b.Plan.Territories))
	for i, t := range of {
		if a := &b.Accounts[i]; t != planning.Nobody && a.Placed {
			out[t].Lon, out[t].Lat, n[t] = out[t].Lon+a.Lon, out[t].Lat+a.Lat, n[t]+1
		}
	}
	for t := range out {
		if n[t] > 0 {
			out[t] = visits.At(out[t].Lon/n[t], out[t].Lat/n[t])
		}
	}
	return out
}

// accounts reads every account with its place and figures.
func (r *planReader) accounts(ctx context.Context) error {
	b := r.book
	found := newPlacer(b.atlas, geo.Level(b.Info.Level))
	err := r.plans.app.store.Each(ctx, data.Query{Kind: data.KindAccount, Sort: []data.Sort{{Field: "name"}, {Field: "id"}}}, func(row data.Row) error {
		if !r.keeps(row) {
			return nil
		}
		a := planning.Account{
			ID: row.ID, Name: row.Title(), Owner: row.Ref("owner"), Territory: row.Ref("territory"), Values: r.figures[row.ID], Class: row.Text("visit_class"),
		}
		found.place(&a, row)
		if !a.Placed || a.Rough {
			a.Where = oneAddress(row)
		}
		a.Values.Set(planning.Accounts, 1)
		a.Values.Set(planning.Potential, row.Float("potential"))
		if len(r.rules) > 0 {
			row.Values[fieldProducts] = r.products[row.ID]
			for _, rule := range r.rules {
				if rule.condition.Passes(row) {
					a.Rules = append(a.Rules, rule.territory)
				}
			}
		}
		b.places[a.ID] = len(b.Accounts)
		b.Accounts = append(b.Accounts, a)
		return nil
	})
	if err == nil && b.Info.Frame == "" {
		b.Info.Frame = found.frame()
	}
	r.hours()
	return err
}

// hours estimates what each account asks for from its owner of today, so that
// areas have hours before they have a territory.
func (r *planReader) hours() {
	b := r.book
	of := map[data.ID][]int{}
	for i := range b.Accounts {
		of[b.Accounts[i].Owner] = append(of[b.Accounts[i].Owner], i)
	}
	for owner, list := range of {
		for n, cost := range b.model.Costs(b.home(owner), b.stops(list)) {
			b.Accounts[list[n]].Values.Set(planning.Hours, cost.Hours()/b.model.WeeksYear)
		}
	}
}

// home is where a person starts from, if that is known.
func (b *PlanBook) home(person data.ID) visits.Point {
	if spot, ok := b.homes[person]; ok {
		return visits.At(spot.Lon, spot.Lat)
	}
	return visits.Point{}
}

// stops are accounts as they are visited.
func (b *PlanBook) stops(list []int) []visits.Stop {
	out := make([]visits.Stop, len(list))
	for n, i := range list {
		a := &b.Accounts[i]
		out[n] = visits.Stop{ID: a.Name, Class: a.Class, Point: visits.Point{Lon: a.Lon, Lat: a.Lat, Placed: a.Placed}}
	}
	return out
}

// parts reads what belongs to whom.
func (r *planReader) parts(context.Context) error {
	plan := &r.book.Plan
	plan.Areas, plan.Named = map[string]planning.Hold{}, map[data.ID]planning.Hold{}
	if r.book.Info.ID.IsZero() {
		for i := range r.book.Accounts {
			a := &r.book.Accounts[i]
			if t, ok := r.at[a.Territory]; ok {
				plan.Named[a.ID] = planning.Hold{Territory: t}
			} else {
				plan.Named[a.ID] = planning.Hold{Territory: planning.Nobody}
			}
		}
		r.liveAreas()
		return nil
	}
	for _, row := range r.content.parts {
		h := planning.Hold{Territory: planning.Nobody, Locked: row.Bool("locked")}
		if t, ok := r.at[row.Ref("plan_territory")]; ok {
			h.Territory = t
		}
		if account := row.Ref("account"); !account.IsZero() {
			plan.Named[account] = h
		} else {
			plan.Areas[row.Text("unit")] = h
		}
	}
	return nil
}

// liveAreas shows the areas of the plan in force under the territories that it
// made. Where no plan is in force, states or provinces (of the world, countries)
// are tinted by whom most accounts in them belong to.
func (r *planReader) liveAreas() {
	if r.content == nil {
		r.tint()
		return
	}
	live := map[data.ID]data.ID{}
	for _, row := range r.content.territories {
		live[row.ID] = row.Ref("territory")
	}
	for _, row := range r.content.parts {
		if t, ok := r.at[live[row.Ref("plan_territory")]]; ok && row.Has("unit") {
			r.book.Plan.Areas[row.Text("unit")] = planning.Hold{Territory: t}
		}
	}
}

func (r *planReader) tint() {
	b := r.book
	b.Info.Level = string(geo.State)
	if b.Info.Frame == "world" {
		b.Info.Level = string(geo.Country)
	}
	b.Tinted = true
	r.areas()
	for i, t := range (&planSeed{book: b}).votes() {
		if t != planning.Nobody {
			b.Plan.Areas[b.Areas[i].Code] = planning.Hold{Territory: t}
		}
	}
}

// quotas reads what people are to sell this year.
func (r *planReader) quotas(ctx context.Context) error {
	span := Span{Period: data.AllTime, Today: r.plans.app.Today()}
	r.book.Year = span.Year(r.plans.app.Book().Calendar)
	unit := float64(r.plans.app.Book().Currency.Unit())
	return r.plans.app.quotas(ctx, span, func(q store.QuotaSum, minor int64) {
		if i, ok := r.coverage.personKey[q.Person]; ok {
			r.book.Quota[r.coverage.people[i].ID] += float64(minor) / unit
		}
	})
}
