package store

import (
	"context"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Remains is a row as it stands or, deleted, as it last stood, with the names
// of what it points to, be that deleted too. It is NotFound where the log never
// held it.
func (s *Store) Remains(ctx context.Context, kind string, id data.ID) (row data.Row, gone bool, err error) {
	row, err = s.Get(ctx, kind, id)
	if err == nil || data.KindOf(err) != data.NotFound {
		return row, false, err
	}
	last, found, err := s.lastStood(ctx, kind, id)
	if err != nil || !found {
		return data.Row{}, true, notThere(err)
	}
	for _, f := range last.Kind.Fields {
		ref, ok := last.Values[f.Name].(data.ID)
		if f.Type != data.TypeRef || !ok {
			continue
		}
		to, err := s.Get(ctx, f.Ref, ref)
		if data.KindOf(err) == data.NotFound && err != nil {
			to, _, err = s.lastStood(ctx, f.Ref, ref)
		}
		if err != nil {
			return data.Row{}, true, err
		}
		if to.Kind != nil {
			last.Labels[f.Name] = to.Title()
		}
	}
	return last, true, nil
}

func notThere(err error) error {
	if err != nil {
		return err
	}
	return data.Errorf(data.NotFound, "there is no such record in this book")
}

// lastStood folds the log of a row that is deleted.
func (s *Store) lastStood(ctx context.Context, kind string, id data.ID) (row data.Row, found bool, err error) {
	k, err := s.Kind(kind)
	if err != nil {
		return row, false, err
	}
	ops, _, err := s.opsOf(ctx, id)
	if err != nil || len(ops) == 0 || ops[0].Kind != k.Name {
		return row, false, err
	}
	book := oplog.NewBook()
	for _, op := range ops {
		book.Apply(op)
	}
	erased, err := erasedIn(ctx, s.read)
	row = data.Row{Kind: k, ID: id, Values: winningValues(k, book, id), Labels: map[string]string{}}
	erased.standIn(k.Name, id, row.Values)
	return row, true, err
}

// winningValues are the shown values of a row, absent ones left out.
func winningValues(k *data.Kind, book *oplog.Book, id data.ID) data.Values {
	winners := map[string][]byte{}
	for name, reg := range book.Row(id).Cells {
		if e, ok := reg.Winner(); ok {
			winners[name] = e.Value
		}
	}
	out := valuesOf(k, winners)
	for name, v := range out {
		if v == nil {
			delete(out, name)
		}
	}
	return out
}
