package app

import (
	"cmp"
	"context"
	"math/big"
	"slices"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

func (b *factBook) loadRates(ctx context.Context, src *source) error {
	rates := make([][]metrics.DatedRate, len(b.Currencies))
	err := src.each(ctx, store.Narrow{Kind: data.KindRate, Fields: []string{"currency", "day", "rate"}}, func(l line) error {
		rate, ok := new(big.Rat).SetString(strings.TrimSpace(l.text(2)))
		if !ok || !rate.Num().IsInt64() || !rate.Denom().IsInt64() || !l.day(1).Valid() {
			return nil
		}
		c := int(b.currencyAt(strings.ToUpper(strings.TrimSpace(l.text(0)))))
		for len(rates) <= c {
			rates = append(rates, nil)
		}
		rates[c] = append(rates[c], metrics.DatedRate{From: l.day(1), Rate: data.Rate{Num: rate.Num().Int64(), Den: rate.Denom().Int64()}})
		return nil
	})
	for _, list := range rates {
		slices.SortStableFunc(list, func(x, y metrics.DatedRate) int { return cmp.Compare(x.From, y.From) })
	}
	b.Rates = rates
	return err
}

func (b *factBook) loadTerritories(ctx context.Context, src *source) error {
	b.Territories, b.territories = nil, nil
	var parents []data.Key
	err := src.each(ctx, store.Narrow{Kind: data.KindTerritory, Fields: []string{"name", "external_id", "parent"}}, func(l line) error {
		b.territories.set(l.key, int32(len(b.Territories)))
		b.Territories = append(b.Territories, metrics.Territory{Key: l.key, ID: l.id, Name: l.name(), Parent: metrics.None})
		parents = append(parents, l.ref(2))
		return nil
	})
	for i, parent := range parents {
		if p := b.territories.get(parent); p != int32(i) {
			b.Territories[i].Parent = p
		}
	}
	return err
}

// name is what people call a row whose first fields are name and external id.
func (l line) name() string { return cmp.Or(l.text(0), l.text(1)) }

// loadPeople reads people with who managed them and what they owned, and when.
func (b *factBook) loadPeople(ctx context.Context, src *source) error {
	b.People, b.people = nil, nil
	var managers []data.Key
	fields := []string{"name", "external_id", "role", "hire_day", "end_day", "manager"}
	err := src.each(ctx, store.Narrow{Kind: data.KindPerson, Fields: fields}, func(l line) error {
		b.people.set(l.key, int32(len(b.People)))
		leads := l.text(2) == data.RoleManager || l.text(2) == data.RoleLead
		b.People = append(b.People, metrics.Person{Key: l.key, ID: l.id, Name: l.name(), Leads: leads, Hired: l.day(3), Left: l.day(4)})
		managers = append(managers, l.ref(5))
		return nil
	})
	if err != nil {
		return err
	}
	for i, manager := range managers {
		if m := b.people.get(manager); m != metrics.None {
			b.People[i].Managers = []metrics.Span{{From: data.NoDay, To: m}}
		}
	}
	if err := b.loadReporting(ctx, src); err != nil {
		return err
	}
	return b.loadOwners(ctx, src)
}

// loadReporting lays out, for people whose manager changed, who it was from
// which day on; the first holds for all time before.
func (b *factBook) loadReporting(ctx context.Context, src *source) error {
	byID := make(map[data.ID]int32, len(b.People))
	for i := range b.People {
		byID[b.People[i].ID] = int32(i)
	}
	spans := map[int32][]metrics.Span{}
	err := src.store.EachFieldEdit(ctx, store.EditQuery{Kind: data.KindPerson, Field: "manager", Until: src.until}, func(e store.FieldEdit) error {
		person, to := b.people.get(e.Row), metrics.None
		if id, ok := e.Value.(data.ID); ok {
			if place, here := byID[id]; here {
				to = place
			}
		}
		if person == metrics.None {
			return nil
		}
		list := spans[person]
		switch n := len(list); {
		case n == 0:
			list = append(list, metrics.Span{From: data.NoDay, To: to})
		case list[n-1].From == e.Day:
			list[n-1].To = to
		default:
			list = append(list, metrics.Span{From: e.Day, To: to})
		}
		spans[person] = list
		return nil
	})
	for person, list := range spans {
		if p := &b.People[person]; agrees(p.Managers, list) {
			p.Managers = slices.CompactFunc(list, func(x, y metrics.Span) bool { return x.To == y.To })
		}
	}
	return err
}

// agrees reports whether a history ends with what holds now. Where it does not,
// two laptops edited at once and the table has the winner.
func agrees(now, history []metrics.Span) bool {
	last := history[len(history)-1].To
	if len(now) == 0 {
		return last == metrics.None
	}
	return now[0].To == last
}

// tenure is one owner assignment; both days are included.
type tenure struct {
	territory int32
	from, to  data.Day
}

func (b *factBook) loadOwners(ctx context.Context, src *source) error {
	tenures := map[int32][]tenure{}
	fields := []string{"person", "territory", "role", "start_day", "end_day"}
	err := src.each(ctx, store.Narrow{Kind: data.KindAssignment, Fields: fields}, func(l line) error {
		person, territory := b.people.get(l.ref(0)), b.territories.get(l.ref(1))
		if l.text(2) == data.AssignOwner && person != metrics.None && territory != metrics.None {
			tenures[person] = append(tenures[person], tenure{territory, l.day(3), l.day(4)})
		}
		return nil
	})
	for person, list := range tenures {
		b.People[person].Territories = owned(list)
	}
	return err
}

// owned lays out which territory a person counts under from which day on: of
// several at once, the one that began last.
func owned(list []tenure) []metrics.Span {
	slices.SortStableFunc(list, func(x, y tenure) int { return cmp.Compare(x.from, y.from) })
	cuts := []data.Day{}
	for _, t := range list {
		cuts = append(cuts, t.from)
		if t.to.Valid() {
			cuts = append(cuts, t.to+1)
		}
	}
	slices.Sort(cuts)
	var spans []metrics.Span
	for _, day := range slices.Compact(cuts) {
		to := metrics.None
		for _, t := range list {
			if t.from <= day && (!t.to.Valid() || t.to >= day) {
				to = t.territory
			}
		}
		if n := len(spans); n == 0 || spans[n-1].To != to {
			spans = append(spans, metrics.Span{From: day, To: to})
		}
	}
	return spans
}

func (b *factBook) loadProducts(ctx context.Context, src *source) error {
	b.Products, b.products = nil, nil
	fields := []string{"name", "external_id", "family", "price", "currency"}
	return src.each(ctx, store.Narrow{Kind: data.KindProduct, Fields: fields}, func(l line) error {
		b.products.set(l.key, int32(len(b.Products)))
		b.Products = append(b.Products, metrics.Product{
			Key: l.key, ID: l.id, Name: l.name(), Family: b.families.place(&b.Families, l.text(2)),
			Price: l.int(3), HasPrice: l.has(3), Currency: b.currencyAt(l.text(4)),
		})
		return nil
	})
}

// stageTypes and categories are the choices of the book as figures know them.
var (
	stageTypes = map[string]metrics.StageType{data.StageOpen: metrics.Open, data.StageWon: metrics.Won, data.StageLost: metrics.Lost}
	categories = map[string]metrics.Category{
		"": metrics.FromStage, data.CategoryOmitted: metrics.Omitted, data.CategoryPipeline: metrics.Pipelined,
		data.CategoryBestCase: metrics.BestCase, data.CategoryCommit: metrics.Commit, data.CategoryClosed: metrics.Closed,
	}
)

func (b *factBook) loadStages(ctx context.Context, src *source) error {
	b.Pipelines, b.pipelines = nil, nil
	err := src.each(ctx, store.Narrow{Kind: data.KindPipeline, Fields: []string{"name", "external_id", "position"}}, func(l line) error {
		b.Pipelines = append(b.Pipelines, metrics.Pipeline{Key: l.key, ID: l.id, Name: l.name(), Position: int(l.int(2))})
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(b.Pipelines, func(x, y metrics.Pipeline) int { return cmp.Compare(x.Position, y.Position) })
	for i, p := range b.Pipelines {
		b.pipelines.set(p.Key, int32(i))
	}
	b.Stages, b.stages, b.stageOf = nil, nil, map[data.ID]int32{}
	fields := []string{"name", "external_id", "pipeline", "type", "position", "probability", "expected_days", "category"}
	err = src.each(ctx, store.Narrow{Kind: data.KindStage, Fields: fields}, func(l line) error {
		place := int32(len(b.Stages))
		b.stages.set(l.key, place)
		b.stageOf[l.id] = place
		b.Stages = append(b.Stages, metrics.Stage{
			Key: l.key, ID: l.id, Name: l.name(), Pipeline: b.pipelines.get(l.ref(2)), Type: stageTypes[l.text(3)], Position: int(l.int(4)),
			Probability: l.float(5), ExpectedDays: int(l.int(6)), Category: categories[l.text(7)],
		})
		return nil
	})
	b.findOpeners()
	return err
}

// findOpeners finds the first and second open stage of each pipeline: those
// that imported dates tell of.
func (b *factBook) findOpeners() {
	b.openers = map[int32][2]int32{}
	for p := range b.Pipelines {
		var open []int32
		for i, s := range b.Stages {
			if s.Pipeline == int32(p) && s.Type == metrics.Open {
				open = append(open, int32(i))
			}
		}
		slices.SortStableFunc(open, func(x, y int32) int { return cmp.Compare(b.Stages[x].Position, b.Stages[y].Position) })
		if len(open) > 0 {
			b.openers[int32(p)] = [2]int32{open[0], open[min(1, len(open)-1)]}
		}
	}
}

var accountFields = []string{"name", "external_id", "industry", "country", "territory"}

func (b *factBook) loadAccounts(ctx context.Context, src *source) error {
	b.Accounts, b.accounts = nil, nil
	return src.each(ctx, store.Narrow{Kind: data.KindAccount, Fields: accountFields}, func(l line) error {
		b.accounts.set(l.key, int32(len(b.Accounts)))
		b.Accounts = append(b.Accounts, b.account(l))
		return nil
	})
}

func (b *factBook) account(l line) metrics.Account {
	return metrics.Account{
		Key: l.key, ID: l.id, Name: l.name(), Territory: b.territories.get(l.ref(4)),
		Industry: b.industries.place(&b.Industries, l.text(2)), Country: b.countries.place(&b.Countries, l.text(3)),
	}
}

func (b *factBook) loadQuotas(ctx context.Context, src *source) error {
	b.Quotas = b.Quotas[:0]
	fields := []string{"person", "territory", "month", "amount", "currency"}
	return src.each(ctx, store.Narrow{Kind: data.KindQuota, Fields: fields}, func(l line) error {
		q := metrics.Quota{
			Person: b.people.get(l.ref(0)), Territory: b.territories.get(l.ref(1)), Month: l.day(2), Amount: l.int(3), Currency: b.currencyAt(l.text(4)),
		}
		if q.Person != metrics.None {
			q.Territory = metrics.None
		}
		if q.Month.Valid() && l.has(3) && (q.Person != metrics.None || q.Territory != metrics.None) {
			b.Quotas = append(b.Quotas, q)
		}
		return nil
	})
}
