package app

import (
	"context"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// patchLimit is from how many deals on reading everything is as quick.
const patchLimit = 5000

// patch brings the facts in step with a commit. whole says that it touched too
// much: everything is to be read again.
func (b *factBook) patch(ctx context.Context, a *App, c data.Change) (whole bool, err error) {
	views := b.views
	b.views = nil
	src := &source{store: a.store, until: data.NoDay}
	p := patcher{factBook: b, src: src, app: a}
	for _, t := range c.Topics {
		done, err := p.topic(ctx, t)
		if err != nil || !done {
			return !done, err
		}
	}
	whole, err = p.finish(ctx)
	if err == nil && !whole && !c.Touches(widerKinds...) {
		b.keepViews(views, p.deals)
	}
	return whole, err
}

// widerKinds are those of factKinds that change more than single deals.
var widerKinds = []string{
	data.KindSetting, data.KindRate, data.KindPerson, data.KindTerritory, data.KindAssignment, data.KindProduct, data.KindPipeline,
	data.KindStage, data.KindAccount, data.KindQuota, data.KindRampProfile, data.KindRamp, data.KindAbsence, data.KindDealSplit,
}

// keepViews brings views in step with deals that were read again. Where one is
// gone, another has its place, so that views are made anew.
func (b *factBook) keepViews(views map[viewKey]*metrics.View, deals []data.Key) {
	places := make([]int, len(deals))
	for i, key := range deals {
		place, ok := b.Place(key)
		if !ok {
			return
		}
		places[i] = place
	}
	b.views = make(map[viewKey]*metrics.View, len(views))
	for key, v := range views {
		b.views[key] = v.Again(places)
	}
}

// patcher gathers what one commit touched.
type patcher struct {
	*factBook
	src    *source
	app    *App
	deals  []data.Key // to read again
	roster bool       // people, territories or assignments
	goods  bool       // products
	quotas bool       // quotas, what makes less of them, splits
}

// topic notes a topic; false says that everything is to be read again.
func (p *patcher) topic(ctx context.Context, t data.Topic) (bool, error) {
	switch t.Kind {
	case data.KindSetting:
		return !p.useSettings(p.app), nil
	case data.KindRate:
		return true, p.loadRates(ctx, p.src)
	case data.KindPerson, data.KindTerritory, data.KindAssignment:
		p.roster = true
	case data.KindProduct:
		p.goods = true
	case data.KindQuota, data.KindRampProfile, data.KindRamp, data.KindAbsence, data.KindDealSplit:
		p.quotas = true
	case data.KindStage, data.KindPipeline:
		return false, nil
	case data.KindAccount:
		return p.patchAccounts(ctx, t.IDs)
	case data.KindDeal, data.KindStageEntry, data.KindActivity:
		if len(t.IDs) == 0 {
			return false, nil
		}
		keys, err := p.dealsOf(ctx, t)
		p.deals = append(p.deals, keys...)
		return true, err
	}
	return true, nil
}

// dealsOf finds the deals that a topic's rows are about and brings what hangs
// on them up to date.
func (p *patcher) dealsOf(ctx context.Context, t data.Topic) ([]data.Key, error) {
	if t.Kind == data.KindDeal {
		keys, err := p.src.store.KeysOf(ctx, t.IDs)
		if err == nil && p.doings != nil {
			err = p.doings.reloadSteps(ctx, p.src, keys)
		}
		return keys, err
	}
	keys, err := p.src.store.DealsNamed(ctx, t.IDs)
	if err != nil {
		return nil, err
	}
	if t.Kind == data.KindStageEntry {
		return keys, p.reloadEntries(ctx, p.src, keys)
	}
	if p.doings != nil {
		if err := p.reloadActs(ctx, p.src, t.IDs); err != nil {
			return nil, err
		}
	}
	return keys, p.reloadPlanned(ctx, p.src, keys)
}

// patchAccounts replaces accounts in place. A row that came or went shifts
// places, so its table is read again.
func (p *patcher) patchAccounts(ctx context.Context, ids []data.ID) (bool, error) {
	here, added := 0, []data.Key(nil)
	if len(ids) == 0 {
		return false, nil
	}
	err := p.src.each(ctx, store.Narrow{Kind: data.KindAccount, Fields: accountFields, IDs: ids}, func(l line) error {
		here++
		place := p.accounts.get(l.key)
		if place == metrics.None {
			place = int32(len(p.Accounts))
			p.accounts.set(l.key, place)
			p.Accounts = append(p.Accounts, metrics.Account{})
			added = append(added, l.key)
		}
		p.Accounts[place] = p.account(l)
		return nil
	})
	if err != nil || here < len(ids) {
		return false, err
	}
	return true, p.pointing(ctx, "account", added)
}

// pointing notes the deals that point to rows that were not here.
func (p *patcher) pointing(ctx context.Context, field string, keys []data.Key) error {
	if len(keys) == 0 {
		return nil
	}
	deals, err := p.src.store.DealsWith(ctx, field, keys)
	p.deals = append(p.deals, deals...)
	return err
}

// finish reads again what the topics named.
func (p *patcher) finish(ctx context.Context) (whole bool, err error) {
	if p.roster {
		p.doings = nil // it names people by their places
		if err := p.reloadPeople(ctx); err != nil {
			return false, err
		}
	}
	if p.goods {
		old := keysOf(p.Products, func(x *metrics.Product) data.Key { return x.Key })
		if err := p.loadProducts(ctx, p.src); err != nil {
			return false, err
		}
		if err := p.moved(ctx, "product", p.products, old, len(p.Products), func(d *metrics.Deal) *int32 { return &d.Product }); err != nil {
			return false, err
		}
	}
	if p.quotas || p.roster {
		for _, load := range []func(context.Context, *source) error{p.loadQuotas, p.loadEffects, p.loadSplits} {
			if err := load(ctx, p.src); err != nil {
				return false, err
			}
		}
	}
	slices.Sort(p.deals)
	p.deals = slices.Compact(p.deals)
	if len(p.deals) > patchLimit {
		return true, nil
	}
	return false, p.reloadDeals(ctx)
}

func (p *patcher) reloadPeople(ctx context.Context) error {
	people := keysOf(p.People, func(x *metrics.Person) data.Key { return x.Key })
	places := keysOf(p.Territories, func(x *metrics.Territory) data.Key { return x.Key })
	if err := p.loadTerritories(ctx, p.src); err != nil {
		return err
	}
	if err := p.loadPeople(ctx, p.src); err != nil {
		return err
	}
	if now := keysOf(p.Territories, func(x *metrics.Territory) data.Key { return x.Key }); !slices.Equal(places, now) {
		if err := p.placeAccounts(ctx); err != nil {
			return err
		}
	}
	return p.moved(ctx, "owner", p.people, people, len(p.People), func(d *metrics.Deal) *int32 { return &d.Owner })
}

// placeAccounts points accounts to the places that their territories have now.
func (p *patcher) placeAccounts(ctx context.Context) error {
	return p.src.each(ctx, store.Narrow{Kind: data.KindAccount, Fields: accountFields}, func(l line) error {
		if place := p.accounts.get(l.key); place != metrics.None {
			p.Accounts[place] = p.account(l)
		}
		return nil
	})
}

func keysOf[T any](entries []T, key func(*T) data.Key) []data.Key {
	out := make([]data.Key, len(entries))
	for i := range entries {
		out[i] = key(&entries[i])
	}
	return out
}

// moved points deals to the places that the rows of a table have now, where
// they had others, and notes the deals that point to rows that are new.
func (p *patcher) moved(ctx context.Context, field string, now index, old []data.Key, n int, at func(*metrics.Deal) *int32) error {
	to := make([]int32, len(old))
	was := make(map[data.Key]bool, len(old))
	same := true
	for i, key := range old {
		to[i] = now.get(key)
		same = same && to[i] == int32(i)
		was[key] = true
	}
	if !same {
		for i := range p.Deals {
			if place := at(&p.Deals[i]); *place != metrics.None {
				*place = to[*place]
			}
		}
	}
	var added []data.Key
	for key := range now {
		if place := now.get(data.Key(key)); place != metrics.None && int(place) < n && !was[data.Key(key)] {
			added = append(added, data.Key(key))
		}
	}
	return p.pointing(ctx, field, added)
}

// reloadDeals reads the deals that were named; those that are gone go.
func (p *patcher) reloadDeals(ctx context.Context) error {
	if len(p.deals) == 0 {
		return nil
	}
	if err := p.loadJourneys(ctx, p.src, p.deals); err != nil {
		return err
	}
	rows, err := p.src.store.DealFacts(ctx, p.Currency(), p.deals)
	if err != nil {
		return err
	}
	here := make(map[data.Key]bool, len(rows))
	for i := range rows {
		here[rows[i].Key] = true
		p.putDeal(&rows[i])
	}
	for _, key := range p.deals {
		if !here[key] {
			p.dropDeal(key)
		}
	}
	return nil
}
