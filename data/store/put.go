package store

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Outcome is what a Put did.
type Outcome int

// The outcomes.
const (
	Unchanged Outcome = iota
	Created
	Changed
)

// Put writes fields of a row: it makes the row where the book has none (or
// revives a deleted one) and otherwise changes the cells that differ. Fields
// not named stay. It is Invalid where a value does not fit its field.
func (tx *Tx) Put(kind string, id data.ID, values data.Values) (Outcome, error) {
	k, err := tx.Kind(kind)
	if err != nil {
		return Unchanged, err
	}
	e, err := tx.s.entityOf(tx.ctx, id)
	if err != nil {
		return Unchanged, err
	}
	if e.key == 0 || e.born.seq == 0 {
		return Created, tx.create(k, id, e, values)
	}
	if err := tx.sameKind(k, e); err != nil {
		return Unchanged, err
	}
	return tx.update(k, id, e, values)
}

func (tx *Tx) sameKind(k *data.Kind, e entity) error {
	key, err := tx.s.kindKey(tx.ctx, k.Name)
	if err != nil {
		return err
	}
	if key != e.kind {
		return data.Errorf(data.Invalid, "this record is not a %s; nothing was changed", strings.ToLower(k.Label))
	}
	return nil
}

func checkValues(k *data.Kind, values data.Values, creating bool) error {
	for name, v := range values {
		f, ok := k.Field(name)
		if !ok {
			return data.FieldErrorf(name, "a %s has no field %q", strings.ToLower(k.Label), name)
		}
		if err := f.Check(v); err != nil {
			return err
		}
	}
	if !creating {
		return nil
	}
	for _, f := range k.Fields {
		if f.Required && values[f.Name] == nil {
			return data.FieldErrorf(f.Name, "%s must be filled in", f.Label)
		}
	}
	return nil
}

func (tx *Tx) create(k *data.Kind, id data.ID, e entity, values data.Values) error {
	if err := checkValues(k, values, true); err != nil {
		return err
	}
	if err := tx.begin(); err != nil {
		return err
	}
	key, err := tx.bear(k.Name, id, e, dbDot{tx.s.replica, tx.next})
	if err != nil {
		return err
	}
	cells := cellsOf(k, values, func(_ string, fields []data.Field) bool {
		return slices.ContainsFunc(fields, func(f data.Field) bool { return values[f.Name] != nil })
	})
	if _, err := tx.appendOp(key, cells, nil); err != nil {
		return err
	}
	tx.change.Mark(k.Name, id)
	return tx.insertRow(k, key, values)
}

// bear enters a row's first op; the row may have been referred to before.
func (tx *Tx) bear(kind string, id data.ID, e entity, d dbDot) (data.Key, error) {
	kindKey, err := tx.s.kindKey(tx.ctx, kind)
	if err != nil {
		return 0, err
	}
	if e.key != 0 {
		// A reference may have taken the row for another kind than it turns out to be.
		_, err := tx.s.exec(tx.ctx, `UPDATE entity SET kind = ?, born_replica = ?, born_seq = ? WHERE key = ?`, kindKey, d.replica, d.seq, e.key)
		e.kind, e.born = kindKey, d
		tx.s.dicts.keep(id, e)
		return e.key, err
	}
	res, err := tx.s.exec(tx.ctx, `INSERT INTO entity (kind, id, born_replica, born_seq) VALUES (?, ?, ?, ?)`, kindKey, id[:], d.replica, d.seq)
	if err != nil {
		return 0, err
	}
	n, err := res.LastInsertId()
	tx.s.dicts.keep(id, entity{key: data.Key(n), kind: kindKey, born: d})
	return data.Key(n), dbError(err)
}

// cell is one named cell of an op.
type cell struct {
	name  string
	value []byte
}

// cellsOf writes the cells of a kind that want says yes to, in field order.
func cellsOf(k *data.Kind, values data.Values, want func(cell string, fields []data.Field) bool) []cell {
	var out []cell
	seen := ""
	for _, f := range k.Fields {
		if f.Cell == seen || slices.ContainsFunc(out, func(c cell) bool { return c.name == f.Cell }) {
			continue
		}
		seen = f.Cell
		fields := k.CellFields(f.Cell)
		if want(f.Cell, fields) {
			out = append(out, cell{f.Cell, encodeCell(fields, values)})
		}
	}
	return out
}

// encodeCell writes a cell's value: that of its only field, or an object of
// the fields that share it, absent ones left out.
func encodeCell(fields []data.Field, values data.Values) []byte {
	if len(fields) == 1 && fields[0].Name == fields[0].Cell || fields[0].Custom {
		return data.AppendJSON(nil, values[fields[0].Name])
	}
	b := []byte{'{'}
	for _, f := range fields {
		v := values[f.Name]
		if v == nil {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = data.AppendJSON(b, f.Name)
		b = append(b, ':')
		b = data.AppendJSON(b, v)
	}
	return append(b, '}')
}

// decodeCell reads a cell's value into fields. What does not fit is absent.
func decodeCell(fields []data.Field, raw []byte, into data.Values) {
	if len(fields) == 1 && fields[0].Name == fields[0].Cell || fields[0].Custom {
		v, err := fields[0].DecodeJSON(raw)
		if err != nil {
			v = nil
		}
		into[fields[0].Name] = v
		return
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) != nil {
		object = nil
	}
	for _, f := range fields {
		v, err := f.DecodeJSON(object[f.Name])
		if err != nil {
			v = nil
		}
		into[f.Name] = v
	}
}

func (tx *Tx) update(k *data.Kind, id data.ID, e entity, values data.Values) (Outcome, error) {
	if err := checkValues(k, values, false); err != nil {
		return Unchanged, err
	}
	old, err := tx.values(k, e)
	if err != nil {
		return Unchanged, err
	}
	merged := data.Values{}
	for _, f := range k.Fields {
		merged[f.Name] = old[f.Name]
		if v, ok := values[f.Name]; ok {
			merged[f.Name] = v
		}
	}
	cells := cellsOf(k, merged, func(_ string, fields []data.Field) bool {
		return !bytes.Equal(encodeCell(fields, old), encodeCell(fields, merged))
	})
	outcome := Changed
	if e.deleted {
		cells = append(cells, cell{oplog.DeletedCell, []byte("null")})
		outcome = Created
	}
	if len(cells) == 0 {
		return Unchanged, nil
	}
	return outcome, tx.writeCells(k, id, e, cells)
}

// values are the winning values of a row, deleted or not.
func (tx *Tx) values(k *data.Kind, e entity) (data.Values, error) {
	if !e.deleted {
		return tx.readRow(k, e.key)
	}
	winners, err := tx.winners(e)
	if err != nil {
		return nil, err
	}
	return valuesOf(k, winners), nil
}

func valuesOf(k *data.Kind, winners map[string][]byte) data.Values {
	out := data.Values{}
	for name, raw := range winners {
		if fields := k.CellFields(name); len(fields) > 0 {
			decodeCell(fields, raw, out)
		}
	}
	return out
}

// writeCells logs new values for cells of a row whose live values this replica
// has seen, and brings the tables up to date.
func (tx *Tx) writeCells(k *data.Kind, id data.ID, e entity, cells []cell) error {
	overwrites := map[string][]dbDot{}
	for _, c := range cells {
		dots, err := tx.liveDots(e, c.name)
		if err != nil {
			return err
		}
		overwrites[c.name] = dots
	}
	d, err := tx.appendOp(e.key, cells, overwrites)
	if err != nil {
		return err
	}
	for _, c := range cells {
		if err := tx.setLive(e.key, c, d); err != nil {
			return err
		}
	}
	tx.change.Mark(k.Name, id)
	return tx.project(k, id, e, cells)
}

// Delete takes a row out of sight. The log keeps it, and what points to it is
// left as it is.
func (tx *Tx) Delete(kind string, id data.ID) error {
	k, err := tx.Kind(kind)
	if err != nil {
		return err
	}
	e, err := tx.s.entityOf(tx.ctx, id)
	if err != nil {
		return err
	}
	if e.born.seq == 0 || e.deleted {
		return data.Errorf(data.NotFound, "there is no such %s; nothing was changed", strings.ToLower(k.Label))
	}
	if err := tx.sameKind(k, e); err != nil {
		return err
	}
	return tx.deleteSeen(k, id, e)
}

func (tx *Tx) deleteSeen(k *data.Kind, id data.ID, e entity) error {
	seen, err := tx.allLiveDots(e)
	if err != nil {
		return err
	}
	gone := cell{oplog.DeletedCell, []byte("true")}
	d, err := tx.appendOp(e.key, []cell{gone}, map[string][]dbDot{oplog.DeletedCell: seen})
	if err != nil {
		return err
	}
	if err := tx.setLive(e.key, gone, d); err != nil {
		return err
	}
	tx.change.Mark(k.Name, id)
	return tx.project(k, id, e, []cell{gone})
}
