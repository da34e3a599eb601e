package app

import (
	"context"
	"hash/maphash"
	"maps"
	"slices"

	"fieldbook/data"
	"fieldbook/data/store"
)

// Duplicates finds records that the book seems to hold twice and joins those
// of which a person says that they are one. Nothing is ever joined by itself.
type Duplicates struct {
	app    *App
	counts duplicateCounts
}

// DuplicateReason is why records seem to be one.
type DuplicateReason string

// The reasons.
const (
	SameExternalID DuplicateReason = "same external id"
	SameMail       DuplicateReason = "same e-mail address"
	SameDomain     DuplicateReason = "same website"
	SameName       DuplicateReason = "same name and place"
)

// DuplicateGroup is records of one kind that seem to be one.
type DuplicateGroup struct {
	Kind string
	Rows []data.Row // two or more, in the order of their ids
	Why  []DuplicateReason
}

// DuplicateKinds are the kinds in which duplicates are looked for.
func DuplicateKinds() []string {
	return []string{data.KindAccount, data.KindContact, data.KindPerson, data.KindDeal, data.KindProduct, data.KindTerritory}
}

// Find lists the groups of a kind; "" is all kinds. Records that somebody said
// to be different are not put together again.
func (d *Duplicates) Find(ctx context.Context, kind string) ([]DuplicateGroup, error) {
	if kind == "" {
		var out []DuplicateGroup
		for _, k := range DuplicateKinds() {
			groups, err := d.Find(ctx, k)
			if err != nil {
				return nil, err
			}
			out = append(out, groups...)
		}
		return out, nil
	}
	k, err := d.app.store.Kind(kind)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(DuplicateKinds(), k.Name) {
		return nil, data.Errorf(data.Invalid, "duplicates are not looked for among %s", k.Plural)
	}
	different, err := d.different(ctx, k.Name)
	if err != nil {
		return nil, err
	}
	suspects, err := d.suspects(ctx, k.Name)
	if err != nil {
		return nil, err
	}
	groups := matchTwins(suspects, different)
	out := make([]DuplicateGroup, len(groups))
	for i, g := range groups {
		out[i] = DuplicateGroup{Kind: k.Name, Why: g.why}
		for _, id := range g.ids {
			row, err := d.app.store.Get(ctx, k.Name, id)
			if err != nil {
				return nil, err
			}
			out[i].Rows = append(out[i].Rows, row)
		}
	}
	return out, nil
}

// suspects reads the rows of a kind that share a mark with another. The book
// is read twice, so that of a million rows only eight bytes a mark are held.
func (d *Duplicates) suspects(ctx context.Context, kind string) ([]twin, error) {
	fields := markFields[kind]
	each := func(fn func(id data.ID, marks []mark, place string)) error {
		return d.app.store.EachNarrow(ctx, store.Narrow{Kind: kind, Fields: fields}, func(_ data.Key, id data.ID, values []any) error {
			r := marked{kind, fields, values}
			fn(id, r.marks(), r.place())
			return ctx.Err()
		})
	}
	seed := maphash.MakeSeed()
	hash := func(m mark) uint64 { return maphash.String(seed, string(m.why)+m.text) }
	seen := map[uint64]bool{} // whether it was met twice
	err := each(func(_ data.ID, marks []mark, _ string) {
		for _, m := range marks {
			h := hash(m)
			_, again := seen[h]
			seen[h] = again
		}
	})
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(seen, func(_ uint64, twice bool) bool { return !twice })
	if len(seen) == 0 {
		return nil, nil
	}
	var out []twin
	err = each(func(id data.ID, marks []mark, place string) {
		if marks = slices.DeleteFunc(marks, func(m mark) bool { return !seen[hash(m)] }); len(marks) > 0 {
			out = append(out, twin{id: id, place: place, marks: marks})
		}
	})
	return out, err
}

// different lists the pairs of a kind that somebody said to be two.
func (d *Duplicates) different(ctx context.Context, kind string) (map[[2]data.ID]bool, error) {
	out := map[[2]data.ID]bool{}
	err := d.app.eachAlias(ctx, kind, data.AliasOther, func(a, b data.ID) { out[pairOf(a, b)] = true })
	return out, err
}

// Different notes that records are not one, for everybody, so that they are
// not shown as duplicates again.
func (d *Duplicates) Different(ctx context.Context, kind string, ids []data.ID) error {
	k, err := d.app.store.Kind(kind)
	if err != nil {
		return err
	}
	who, err := d.app.nameOf(ctx, k, ids)
	if err != nil {
		return err
	}
	return d.app.write(ctx, store.Act{What: "Keep " + who + " apart"}, func(tx *store.Tx) error {
		for i, a := range ids {
			for _, b := range ids[i+1:] {
				pair := pairOf(a, b)
				id := data.ImportedID(data.KindAlias, kind, pair[0].String()+"/"+pair[1].String())
				if err := putAlias(tx, id, k.Name, data.AliasOther, pair[0], pair[1]); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func putAlias(tx *store.Tx, id data.ID, kind, verdict string, row, target data.ID) error {
	_, err := tx.Put(data.KindAlias, id, data.Values{"verdict": verdict, "kind": kind, "row": row.String(), "target": target.String()})
	return err
}

// eachAlias calls fn with every pair of a kind of which a verdict stands.
func (a *App) eachAlias(ctx context.Context, kind, verdict string, fn func(row, target data.ID)) error {
	return a.store.Each(ctx, data.Query{Kind: data.KindAlias, Where: []data.Filter{
		{Field: "verdict", Test: data.Is, Values: []data.Value{verdict}}, {Field: "kind", Test: data.Is, Values: []data.Value{kind}},
	}}, func(row data.Row) error {
		from, err1 := data.ParseID(row.Text("row"))
		to, err2 := data.ParseID(row.Text("target"))
		if err1 == nil && err2 == nil && from != to {
			fn(from, to)
		}
		return nil
	})
}

// joins tells, for the records of a kind that were joined with others, into
// which they went in the end.
type joins map[data.ID]data.ID

// of is the record that stands for one: itself where it was joined with none.
func (j joins) of(id data.ID) data.ID {
	if into, ok := j[id]; ok {
		return into
	}
	return id
}

// joinsOf are the joins of a kind.
func (a *App) joinsOf(ctx context.Context, kind string) (joins, error) {
	next := joins{}
	err := a.eachAlias(ctx, kind, data.AliasSame, func(row, target data.ID) { next[row] = target })
	return next.ends(), err
}

// allJoins are the joins of each kind that has any.
func (a *App) allJoins(ctx context.Context) (map[string]joins, error) {
	out := map[string]joins{}
	for _, kind := range DuplicateKinds() {
		of, err := a.joinsOf(ctx, kind)
		if err != nil {
			return nil, err
		}
		if len(of) > 0 {
			out[kind] = of
		}
	}
	return out, nil
}

// ends follows each to its end. A circle, which no join makes, has none.
func (j joins) ends() joins {
	out := joins{}
	for row := range j {
		end, steps := row, 0
		for to, ok := j[end]; ok && steps <= len(j); to, ok = j[end] {
			end = to
			steps++
		}
		if steps <= len(j) {
			out[row] = end
		}
	}
	return out
}
