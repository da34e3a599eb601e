package app

import (
	"context"
	"fmt"
	"slices"

	"fieldbook/data"
	"fieldbook/data/store"
)

// AccountsIn asks for the accounts of a territory and, with Below, of all under
// it. NoID is the accounts without a territory; All is every account.
type AccountsIn struct {
	Territory data.ID
	Below     bool
	All       bool
	Search    string
	Sort      []data.Sort
}

// Accounts gives accounts as keys, in order, for a table that pages.
func (t *Territories) Accounts(ctx context.Context, in AccountsIn) ([]data.Key, error) {
	q := data.Query{Kind: data.KindAccount, Search: in.Search, Sort: append(slices.Clone(in.Sort), data.Sort{Field: "name"})}
	switch {
	case in.All:
	case in.Territory.IsZero():
		// A territory that was removed leaves its accounts without one.
		q.Where = []data.Filter{{Field: "territory.name", Test: data.Blank}}
	default:
		ids := []data.Value{in.Territory}
		if in.Below {
			c, err := t.app.coverage(ctx)
			if err != nil {
				return nil, err
			}
			ids = nil
			for _, id := range c.tree(t.app.Today()).Under(in.Territory) {
				ids = append(ids, id)
			}
		}
		q.Where = []data.Filter{{Field: "territory", Test: data.Is, Values: ids}}
	}
	return t.app.store.Keys(ctx, q)
}

// SetTerritory puts accounts into a territory by hand; NoID takes them out of any.
func (t *Territories) SetTerritory(ctx context.Context, accounts []data.ID, territory data.ID) error {
	return t.setAccounts(ctx, accounts, data.Values{"territory": refOrNil(territory)}, func(who string) (string, error) {
		if territory.IsZero() {
			return fmt.Sprintf("Take %s out of its territory", who), nil
		}
		place, err := t.app.named(ctx, data.KindTerritory, "territory", territory)
		return fmt.Sprintf("Put %s into %s", who, place), err
	})
}

// SetOwner gives accounts to a person; NoID to nobody.
func (t *Territories) SetOwner(ctx context.Context, accounts []data.ID, owner data.ID) error {
	return t.setAccounts(ctx, accounts, data.Values{"owner": refOrNil(owner)}, func(who string) (string, error) {
		if owner.IsZero() {
			return fmt.Sprintf("Leave %s without an owner", who), nil
		}
		name, err := t.app.named(ctx, data.KindPerson, "owner", owner)
		return fmt.Sprintf("Give %s to %s", who, name), err
	})
}

func (t *Territories) setAccounts(ctx context.Context, ids []data.ID, values data.Values, words func(who string) (string, error)) error {
	k, err := t.app.store.Kind(data.KindAccount)
	if err != nil {
		return err
	}
	who, err := t.app.nameOf(ctx, k, ids)
	if err != nil {
		return err
	}
	what, err := words(who)
	if err != nil {
		return err
	}
	return t.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		for _, id := range ids {
			if err := putExisting(tx, k, id, values); err != nil {
				return err
			}
		}
		return nil
	})
}

// AccountPage is everything that is shown of one account. Lists hold the
// newest first, at most accountList rows; the counts count all.
type AccountPage struct {
	Row            data.Row
	Path           []string // its territory, the root first
	Contacts       []data.Row
	Deals          []data.Row // open ones first
	Activities     []data.Row
	Story          []Edited
	DealCount      int
	ActivityCount  int
	OpenDeals, Won Figure
}

// Holder is who had an account, or which territory it was in, up to a day.
type Holder struct {
	Field string // "owner" or "territory"
	Name  string // "" is nobody, or no territory
	Until data.Day
	Act   string // what ended it: "Put the plan East in force from 2026-01-01"
}

// Holders lists earlier owners and territories of the account, the newest first.
func (p *AccountPage) Holders() []Holder {
	var out []Holder
	for _, e := range p.Story {
		if e.Field.Name != "owner" && e.Field.Name != "territory" || e.Txn == p.Story[len(p.Story)-1].Txn {
			continue // what came with the account was before nothing
		}
		h := Holder{Field: e.Field.Name, Name: e.Old, Until: e.Day, Act: e.What}
		if e.Old != e.New {
			out = append(out, h)
		}
	}
	return out
}

// Figure is a count of deals with their value in the book's currency.
type Figure struct {
	Count int
	Value int64
}

// accountList is how many deals and activities an account's page lists.
const accountList = 50

// Account reads one account. Won is over all time.
func (t *Territories) Account(ctx context.Context, id data.ID) (*AccountPage, error) {
	row, err := t.app.store.Get(ctx, data.KindAccount, id)
	if err != nil {
		return nil, err
	}
	p := &AccountPage{Row: row}
	c, err := t.app.coverage(ctx)
	if err != nil {
		return nil, err
	}
	for _, at := range c.tree(t.app.Today()).Path(row.Ref("territory")) {
		p.Path = append(p.Path, at.Row.Title())
	}
	if err := t.accountLists(ctx, p); err != nil {
		return nil, err
	}
	if err := t.accountSums(ctx, p); err != nil {
		return nil, err
	}
	p.Story, err = t.app.story(ctx, data.KindAccount, id)
	return p, err
}

func (t *Territories) accountLists(ctx context.Context, p *AccountPage) (err error) {
	of := func(kind string, sort ...data.Sort) data.Query {
		return data.Query{Kind: kind, Where: []data.Filter{{Field: "account", Test: data.Is, Values: []data.Value{p.Row.ID}}}, Sort: sort, Limit: accountList}
	}
	if p.Contacts, err = t.app.store.List(ctx, of(data.KindContact, data.Sort{Field: "name"})); err != nil {
		return err
	}
	// "lost", "open", "won": no order of the types puts the open ones first alone.
	byDay := data.Sort{Field: "close_day", Desc: true}
	deals := of(data.KindDeal, byDay)
	open, closed := deals, deals
	open.Where = append(slices.Clone(deals.Where), data.Filter{Field: "stage.type", Test: data.Is, Values: []data.Value{data.StageOpen}})
	closed.Where = append(slices.Clone(deals.Where), data.Filter{Field: "stage.type", Test: data.IsNot, Values: []data.Value{data.StageOpen}})
	if p.Deals, err = t.app.store.List(ctx, open); err != nil {
		return err
	}
	rest, err := t.app.store.List(ctx, closed)
	if err != nil {
		return err
	}
	p.Deals = append(p.Deals, rest...)
	p.Deals = p.Deals[:min(len(p.Deals), accountList)]
	if p.DealCount, err = t.app.store.Count(ctx, deals); err != nil {
		return err
	}
	activities := of(data.KindActivity, data.Sort{Field: "day", Desc: true})
	if p.Activities, err = t.app.store.List(ctx, activities); err != nil {
		return err
	}
	p.ActivityCount, err = t.app.store.Count(ctx, activities)
	return err
}

func (t *Territories) accountSums(ctx context.Context, p *AccountPage) error {
	x, err := t.app.exchange(ctx)
	if err != nil {
		return err
	}
	today := t.app.Today()
	q := data.Query{Kind: data.KindDeal, Where: []data.Filter{{Field: "account", Test: data.Is, Values: []data.Value{p.Row.ID}}}}
	types := map[data.ID]string{}
	prices := map[data.ID]data.Row{}
	if err := t.byID(ctx, data.KindStage, func(r data.Row) { types[r.ID] = r.Text("type") }); err != nil {
		return err
	}
	if err := t.byID(ctx, data.KindProduct, func(r data.Row) { prices[r.ID] = r }); err != nil {
		return err
	}
	return t.app.store.Each(ctx, q, func(d data.Row) error {
		into, day := &p.OpenDeals, today
		switch types[d.Ref("stage")] {
		case data.StageOpen:
		case data.StageWon:
			into, day = &p.Won, d.Day("close_day")
		default:
			return nil
		}
		into.Count++
		amount, currency := d.Int("amount"), d.Text("currency")
		if !d.Has("amount") {
			product := prices[d.Ref("product")]
			amount, currency = product.Int("price"), product.Text("currency")
		}
		if value, ok := x.value(amount, data.Currency(currency), day); ok {
			into.Value += value
		}
		return nil
	})
}

func (t *Territories) byID(ctx context.Context, kind string, fn func(data.Row)) error {
	return t.app.store.Each(ctx, data.Query{Kind: kind}, func(r data.Row) error {
		fn(r)
		return nil
	})
}
