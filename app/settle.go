package app

import (
	"context"
	"fmt"
	"slices"

	"fieldbook/data"
	"fieldbook/data/store"
)

// A resolution is an ordinary edit that overwrites all sides: it travels, and
// its undo opens the conflict again.

// Keep settles one field of a row for a side of it.
func (j *Journal) Keep(ctx context.Context, c Clash, f ClashField, side ClashSide) error {
	return j.settle(ctx, c, f, settled{side.values, "keeping that of " + side.Name})
}

// KeepBoth settles a note for all sides, joined. It is Invalid where they
// cannot be.
func (j *Journal) KeepBoth(ctx context.Context, c Clash, f ClashField) error {
	if f.Both == "" {
		return data.Errorf(data.Invalid, "%s of %s cannot hold both; keep one or write another value", f.Label, c.Name)
	}
	return j.settle(ctx, c, f, settled{data.Values{f.Form[0].Name: f.Both}, "keeping both"})
}

// KeepOther settles one field of a row for a value that is on no side.
func (j *Journal) KeepOther(ctx context.Context, c Clash, f ClashField, values data.Values) error {
	if len(f.Form) == 0 {
		return data.Errorf(data.Invalid, "%s was deleted by one and edited by another; keep one of the two", c.Name)
	}
	for name := range values {
		if !slices.ContainsFunc(f.Form, func(x data.Field) bool { return x.Name == name }) {
			return data.FieldErrorf(name, "%s is not part of %s; nothing was changed", name, f.Label)
		}
	}
	return j.settle(ctx, c, f, settled{values, "writing another value"})
}

type settled struct {
	values data.Values
	how    string
}

func (j *Journal) settle(ctx context.Context, c Clash, f ClashField, s settled) error {
	act := store.Act{What: fmt.Sprintf("Settle %s of %s, %s", f.Label, c.Name, s.how)}
	return j.app.write(ctx, act, func(tx *store.Tx) error { return j.settleIn(tx, c.Row, f, s.values) })
}

func (j *Journal) settleIn(tx *store.Tx, row data.Row, f ClashField, values data.Values) error {
	if f.Cell != deletedField {
		if err := j.app.checkKept(tx, row, f, values); err != nil {
			return err
		}
	}
	return tx.Settle(row.Kind.Name, row.ID, values)
}

// checkKept holds the rules of an edit against what is none of the sides: a side
// may point to what was removed since, and is kept as it is.
func (a *App) checkKept(tx *store.Tx, row data.Row, f ClashField, values data.Values) error {
	for _, s := range f.Sides {
		if sameValues(f.Form, s.values, values) {
			return nil
		}
	}
	return a.check(tx, row.Kind, row.ID, values)
}

func sameValues(fields []data.Field, a, b data.Values) bool {
	return !slices.ContainsFunc(fields, func(f data.Field) bool {
		return string(data.AppendJSON(nil, a[f.Name])) != string(data.AppendJSON(nil, b[f.Name]))
	})
}

// Choice says whose side wins many conflicts at once.
type Choice struct {
	Name   string // this person's; "" asks Mine
	Mine   bool   // what was made in this book, else the newest of the others
	Kind   string // only of records of this kind; "" is all
	Label  string // only of the field of this label; "" is all
	Person string // only fields that this person has a part in; "" is all
}

func (c Choice) side(f ClashField) int {
	return slices.IndexFunc(f.Sides, func(s ClashSide) bool {
		if c.Name != "" {
			return s.Name == c.Name
		}
		return s.Mine == c.Mine
	})
}

func (c Choice) covers(row data.Row, f ClashField) bool {
	return (c.Kind == "" || row.Kind.Name == c.Kind) && (c.Label == "" || f.Label == c.Label) &&
		(c.Person == "" || slices.ContainsFunc(f.Sides, func(s ClashSide) bool { return s.Name == c.Person }))
}

func (c Choice) what() string {
	out := "Settle conflicts, keeping what came from others"
	switch {
	case c.Name != "":
		out = "Settle conflicts, keeping those of " + c.Name
	case c.Mine:
		out = "Settle conflicts, keeping what was written here"
	}
	if c.Label != "" {
		out += ", in " + c.Label
	}
	return out
}

// KeepAll settles every field that a choice covers and decides, in one step, and
// gives how many fields those were. Fields in which the chosen has no part stay.
func (j *Journal) KeepAll(ctx context.Context, choice Choice) (int, error) {
	clashes, err := j.Clashes(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	err = j.app.write(ctx, store.Act{What: choice.what()}, func(tx *store.Tx) error {
		for _, c := range clashes {
			for _, f := range c.Fields {
				i := choice.side(f)
				if i < 0 || !choice.covers(c.Row, f) {
					continue
				}
				if err := tx.Settle(c.Row.Kind.Name, c.Row.ID, f.Sides[i].values); err != nil {
					return err
				}
				n++
			}
		}
		return nil
	})
	return n, err
}
