package app

import (
	"context"
	"fmt"

	"fieldbook/data"
	"fieldbook/data/store"
)

// Add makes a territory.
func (t *Territories) Add(ctx context.Context, values data.Values) (data.ID, error) {
	return t.app.Records.Add(ctx, data.KindTerritory, values)
}

// Edit changes fields of a territory.
func (t *Territories) Edit(ctx context.Context, id data.ID, values data.Values) error {
	return t.app.Records.Set(ctx, data.KindTerritory, []data.ID{id}, values)
}

// Move makes territories part of another, or regions of their own where parent
// is NoID. A territory cannot become part of one below it.
func (t *Territories) Move(ctx context.Context, ids []data.ID, parent data.ID) error {
	k, err := t.app.store.Kind(data.KindTerritory)
	if err != nil {
		return err
	}
	to := "the top"
	if !parent.IsZero() {
		row, err := t.app.store.Get(ctx, k.Name, parent)
		if err != nil {
			return err
		}
		to = row.Title()
	}
	who, err := t.app.nameOf(ctx, k, ids)
	if err != nil {
		return err
	}
	values := data.Values{"parent": refOrNil(parent)}
	return t.app.write(ctx, store.Act{What: fmt.Sprintf("Move %s to %s", who, to)}, func(tx *store.Tx) error {
		for _, id := range ids {
			if err := t.app.check(tx, k, id, values); err != nil {
				return err
			}
			if err := putExisting(tx, k, id, values); err != nil {
				return err
			}
		}
		return nil
	})
}

// Remove takes territories out of the book. What stood in them stays: those
// below come to the top, accounts have no territory, posts and rules rest until
// the territory is brought back.
func (t *Territories) Remove(ctx context.Context, ids []data.ID) error {
	return t.app.Records.Remove(ctx, data.KindTerritory, ids)
}

// Merge puts everything that stands in one territory into another and removes
// the first: territories below it, accounts, posts, rules and quotas. Into must
// not be below from.
func (t *Territories) Merge(ctx context.Context, from, into data.ID) error {
	a, err := t.app.store.Get(ctx, data.KindTerritory, from)
	if err != nil {
		return err
	}
	b, err := t.app.store.Get(ctx, data.KindTerritory, into)
	if err != nil {
		return err
	}
	if from == into {
		return data.FieldErrorf("into", "Choose another territory than %s", a.Title())
	}
	in, err := t.standing(ctx, from, into)
	if err != nil {
		return err
	}
	return t.app.write(ctx, store.Act{What: fmt.Sprintf("Merge %s into %s", a.Title(), b.Title())}, func(tx *store.Tx) error {
		circle, err := tx.Leads(data.KindTerritory, "parent", into, from)
		if err != nil {
			return err
		}
		if circle {
			return data.FieldErrorf("into", "%s is below %s; move it out first, then merge", b.Title(), a.Title())
		}
		return in.putInto(tx, from, into)
	})
}

// standing is what stands in a territory.
type standing struct {
	below, accounts, posts, rules []data.ID
	quotas                        []data.Row
	held                          map[data.ID]data.Row // quotas that the other territory has already
}

func (t *Territories) standing(ctx context.Context, from, into data.ID) (*standing, error) {
	s := &standing{held: map[data.ID]data.Row{}}
	in := func(kind, field string, id data.ID, fn func(data.Row)) error {
		q := data.Query{Kind: kind, Where: []data.Filter{{Field: field, Test: data.Is, Values: []data.Value{id}}}}
		return t.app.store.Each(ctx, q, func(r data.Row) error {
			fn(r)
			return nil
		})
	}
	collect := func(ids *[]data.ID) func(data.Row) { return func(r data.Row) { *ids = append(*ids, r.ID) } }
	for _, part := range []struct {
		kind, field string
		ids         *[]data.ID
	}{
		{data.KindTerritory, "parent", &s.below},
		{data.KindAccount, "territory", &s.accounts},
		{data.KindAssignment, "territory", &s.posts},
		{data.KindRule, "territory", &s.rules},
	} {
		if err := in(part.kind, part.field, from, collect(part.ids)); err != nil {
			return nil, err
		}
	}
	if err := in(data.KindQuota, "territory", from, func(r data.Row) { s.quotas = append(s.quotas, r) }); err != nil {
		return nil, err
	}
	return s, in(data.KindQuota, "territory", into, func(r data.Row) { s.held[r.ID] = r })
}

func (s *standing) putInto(tx *store.Tx, from, into data.ID) error {
	if err := putAll(tx, data.KindTerritory, s.below, data.Values{"parent": into}); err != nil {
		return err
	}
	for _, part := range []struct {
		kind string
		ids  []data.ID
	}{{data.KindAccount, s.accounts}, {data.KindAssignment, s.posts}, {data.KindRule, s.rules}} {
		if err := putAll(tx, part.kind, part.ids, data.Values{"territory": into}); err != nil {
			return err
		}
	}
	for _, q := range s.quotas {
		if err := s.addQuota(tx, q, into); err != nil {
			return err
		}
	}
	return tx.Delete(data.KindTerritory, from)
}

// addQuota adds a month's quota to the other territory's, whose row is another one.
func (s *standing) addQuota(tx *store.Tx, q data.Row, into data.ID) error {
	id := QuotaID(q.Ref("person"), into, q.Day("month"))
	values := data.Values{"territory": into}
	for _, name := range []string{"person", "month", "amount", "currency"} {
		values[name] = q.Values[name]
	}
	if old, ok := s.held[id]; ok {
		if old.Text("currency") != q.Text("currency") {
			return data.Errorf(data.Refused, "both territories have a quota for %s, in different currencies; bring them to one currency first. Nothing was changed.", q.Day("month"))
		}
		values["amount"] = old.Int("amount") + q.Int("amount")
	}
	if _, err := tx.Put(data.KindQuota, id, values); err != nil {
		return err
	}
	return tx.Delete(data.KindQuota, q.ID)
}

// Assign lets a person cover a territory.
func (t *Territories) Assign(ctx context.Context, p Post) (data.ID, error) {
	id := data.NewID()
	return id, t.putPost(ctx, id, p, "Assign %s to %s")
}

// Reassign changes a post: its role, territory, person or days.
func (t *Territories) Reassign(ctx context.Context, p Post) error {
	return t.putPost(ctx, p.ID, p, "Change how %s covers %s")
}

func (t *Territories) putPost(ctx context.Context, id data.ID, p Post, words string) error {
	person, err := t.app.named(ctx, data.KindPerson, "person", p.Person)
	if err != nil {
		return err
	}
	place, err := t.app.named(ctx, data.KindTerritory, "territory", p.Territory)
	if err != nil {
		return err
	}
	return t.app.write(ctx, store.Act{What: fmt.Sprintf(words, person, place)}, func(tx *store.Tx) error { return t.app.putPost(tx, id, p) })
}

// named gives the name of the row that a field must point to.
func (a *App) named(ctx context.Context, kind, field string, id data.ID) (string, error) {
	if id.IsZero() {
		return "", data.FieldErrorf(field, "Choose a %s", kind)
	}
	row, err := a.store.Get(ctx, kind, id)
	return row.Title(), err
}

// Unassign ends a post on its last day; NoDay takes it back as if it had never been.
func (t *Territories) Unassign(ctx context.Context, p Post, last data.Day) error {
	what := fmt.Sprintf("End how %s covers %s", p.Name, p.Place)
	return t.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		if !last.Valid() {
			return tx.Delete(data.KindAssignment, p.ID)
		}
		p.To = last
		return t.app.putPost(tx, p.ID, p)
	})
}
