package app

import (
	"context"

	"fieldbook/data"
)

// Edited is one change of one field of a record, in words.
type Edited struct {
	Txn      data.ID
	At       data.Instant
	Day      data.Day // the author's
	Who      string
	What     string     // the act: "Move Anna Snelling to Dustin Brinkmann"
	Field    data.Field // "_deleted" where the record went or came back
	Old, New string     // references as names, absent as nothing
}

// story is a record's history with references written as names, the newest
// edit first.
func (a *App) story(ctx context.Context, kind string, id data.ID) ([]Edited, error) {
	edits, err := a.store.History(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	names := map[data.ID]string{}
	digits := a.Book().Currency.Digits()
	text := func(f data.Field, v data.Value) (string, error) {
		ref, ok := v.(data.ID)
		if !ok || f.Type != data.TypeRef {
			return f.Format(v, digits), nil
		}
		if name, ok := names[ref]; ok {
			return name, nil
		}
		row, err := a.store.Get(ctx, f.Ref, ref)
		if err != nil && data.KindOf(err) != data.NotFound {
			return "", err
		}
		if err == nil {
			names[ref] = row.Title()
		} else {
			names[ref] = "a removed " + f.Ref
		}
		return names[ref], nil
	}
	out := make([]Edited, 0, len(edits))
	for i := len(edits) - 1; i >= 0; i-- {
		e := edits[i]
		edited := Edited{Txn: e.Txn, At: e.At, Day: e.Day, Who: e.Name, What: e.What, Field: e.Field}
		if edited.Old, err = text(e.Field, e.Old); err != nil {
			return nil, err
		}
		if edited.New, err = text(e.Field, e.New); err != nil {
			return nil, err
		}
		out = append(out, edited)
	}
	return out, nil
}
