package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// projectMerged is project for ops of others: a row that one deleted and
// another edited may be gone once those edits prove to be seen or replaced.
func (tx *Tx) projectMerged(k *data.Kind, id data.ID, e entity, cells []cell) error {
	if !e.deleted {
		contested := false
		_, err := tx.s.scanOne(tx.ctx, `SELECT 1 FROM live WHERE entity = ? AND cell = ? LIMIT 1`, []any{e.key, oplog.DeletedCell}, &contested)
		if err != nil {
			return err
		}
		if contested {
			cells = append(cells, cell{name: oplog.DeletedCell})
		}
	}
	return tx.project(k, id, e, cells)
}

// project brings a row's table line in step with the winning values of cells.
// What this program does not know, kind or cell, has none and stays in the log.
func (tx *Tx) project(k *data.Kind, id data.ID, e entity, cells []cell) error {
	deletion := e.deleted
	for _, c := range cells {
		deletion = deletion || c.name == oplog.DeletedCell
	}
	if !deletion && hasTable(k) {
		return tx.updateRow(k, e.key, cells)
	}
	if !deletion {
		return nil
	}
	state, err := tx.deletion(e)
	if err != nil {
		return err
	}
	if err := tx.markConflict(e.key, oplog.DeletedCell, state == oplog.Contested); err != nil {
		return err
	}
	gone := state == oplog.Deleted
	if gone != e.deleted {
		if _, err := tx.s.exec(tx.ctx, `UPDATE entity SET deleted = ? WHERE key = ?`, gone, e.key); err != nil {
			return err
		}
		e.deleted = gone
		tx.s.dicts.keep(id, e)
	}
	if !hasTable(k) {
		return nil
	}
	if gone {
		_, err := tx.s.exec(tx.ctx, "DELETE FROM "+k.Name+" WHERE key = ?", e.key)
		return err
	}
	winners, err := tx.winners(e)
	if err != nil {
		return err
	}
	return tx.insertWinners(k, e.key, winners)
}

// deletion decides whether the row is gone, contested or present.
func (tx *Tx) deletion(e entity) (oplog.Deletion, error) {
	rows, err := tx.allLive(e.key)
	if err != nil {
		return oplog.Present, err
	}
	var deletes []oplog.Entry
	explicit := map[string]bool{}
	var content []oplog.Dot
	seen := map[oplog.Dot][]oplog.Dot{}
	for _, l := range rows {
		if l.none() {
			explicit[l.cell] = true
			continue
		}
		d, err := tx.shared(l.dot)
		if err != nil {
			return oplog.Present, err
		}
		if l.cell != oplog.DeletedCell {
			content = append(content, d)
			explicit[l.cell] = true
			continue
		}
		deletes = append(deletes, oplog.Entry{Dot: d, Stamp: l.stamp, Value: l.value})
		if seen[d], err = tx.overwrittenBy(l.dot); err != nil {
			return oplog.Present, err
		}
	}
	if len(deletes) == 0 {
		return oplog.Present, nil
	}
	born, _, err := tx.bornOp(e)
	if err != nil {
		return oplog.Present, err
	}
	for name := range born {
		if !explicit[name] && name != oplog.DeletedCell {
			d, err := tx.shared(e.born)
			if err != nil {
				return oplog.Present, err
			}
			content = append(content, d)
			break
		}
	}
	return oplog.DeletionOf(deletes, func(d oplog.Dot) []oplog.Dot { return seen[d] }, content), nil
}

// overwrittenBy are the dots that a delete has seen.
func (tx *Tx) overwrittenBy(d dbDot) ([]oplog.Dot, error) {
	var text sql.NullString
	if _, err := tx.s.scanOne(tx.ctx, `SELECT overwrites FROM op WHERE replica = ? AND seq = ?`, []any{d.replica, d.seq}, &text); err != nil {
		return nil, err
	}
	over, err := decodeOverwrites(text)
	if err != nil {
		return nil, err
	}
	var out []oplog.Dot
	for _, o := range over[oplog.DeletedCell] {
		dot, err := tx.shared(o)
		if err != nil {
			return nil, err
		}
		out = append(out, dot)
	}
	return out, nil
}

// foreignKind stands for a kind of a newer Fieldbook: it has a name and no table.
func foreignKind(name string) *data.Kind { return &data.Kind{Name: name} }

func hasTable(k *data.Kind) bool { return len(k.Fields) > 0 }

// insertRow writes a whole table line.
func (tx *Tx) insertRow(k *data.Kind, key data.Key, values data.Values) error {
	custom := map[string]json.RawMessage{}
	for _, f := range k.Fields {
		if v := values[f.Name]; f.Custom && v != nil {
			custom[f.Name] = data.AppendJSON(nil, v)
		}
	}
	return tx.insertLine(k, key, values, custom)
}

// insertWinners writes a whole table line from the winning values of its cells.
// Custom fields are kept as they came, known here or not, so that a definition
// that arrives later finds them.
func (tx *Tx) insertWinners(k *data.Kind, key data.Key, winners map[string][]byte) error {
	custom := map[string]json.RawMessage{}
	for name, v := range winners {
		if isCustom(name) && string(v) != "null" {
			custom[strings.TrimPrefix(name, data.CustomCell)] = v
		}
	}
	return tx.insertLine(k, key, valuesOf(k, winners), custom)
}

func isCustom(cell string) bool { return strings.HasPrefix(cell, data.CustomCell) }

func (tx *Tx) insertLine(k *data.Kind, key data.Key, values data.Values, custom map[string]json.RawMessage) error {
	if values["name"] == nil {
		name, err := tx.erasedName(k.Name, key)
		if err != nil {
			return err
		}
		if name != nil {
			values["name"] = name
		}
	}
	args := []any{key}
	for _, f := range k.Fields {
		if f.Custom {
			continue
		}
		v, err := tx.toSQL(f, values[f.Name])
		if err != nil {
			return err
		}
		args = append(args, v)
	}
	for name, v := range values {
		if raw, unknown := v.(json.RawMessage); unknown {
			custom[name] = raw
		}
	}
	var extra any
	if len(custom) > 0 {
		b, err := json.Marshal(custom)
		if err != nil {
			return data.Wrap(data.Internal, err, "a custom field cannot be written")
		}
		extra = string(b)
	}
	args = append(args, extra)
	_, err := tx.s.exec(tx.ctx, insertRowSQL(k), args...)
	return err
}

func insertRowSQL(k *data.Kind) string {
	cols := columns(k)
	return fmt.Sprintf("INSERT OR REPLACE INTO %s (key, %s, custom) VALUES (?%s)", k.Name, strings.Join(cols, ", "), strings.Repeat(", ?", len(cols)+1))
}

// updateRow writes the columns of cells into a table line.
func (tx *Tx) updateRow(k *data.Kind, key data.Key, cells []cell) error {
	var sets, customs []string
	var args []any
	for _, c := range cells {
		if isCustom(c.name) {
			patch := append(data.AppendJSON([]byte{'{'}, strings.TrimPrefix(c.name, data.CustomCell)), ':')
			patch = append(append(patch, c.value...), '}')
			customs = append(customs, string(patch))
			continue
		}
		fields := k.CellFields(c.name)
		values := data.Values{}
		if len(fields) > 0 {
			decodeCell(fields, c.value, values)
		}
		for _, f := range fields {
			v, err := tx.toSQL(f, values[f.Name])
			if err == nil && v == nil && f.Name == "name" {
				v, err = tx.erasedName(k.Name, key)
			}
			if err != nil {
				return err
			}
			sets = append(sets, f.Name+" = ?")
			args = append(args, v)
		}
	}
	if len(customs) > 0 {
		// One column takes one assignment, so the patches go into each other.
		expr := "coalesce(custom, '{}')"
		for _, patch := range customs {
			expr = "json_patch(" + expr + ", ?)"
			args = append(args, patch)
		}
		sets = append(sets, "custom = "+expr)
	}
	if len(sets) == 0 {
		return nil
	}
	args = append(args, key)
	_, err := tx.s.exec(tx.ctx, "UPDATE "+k.Name+" SET "+strings.Join(sets, ", ")+" WHERE key = ?", args...)
	return err
}

// readRow reads a table line through the writer.
func (tx *Tx) readRow(k *data.Kind, key data.Key) (data.Values, error) {
	row, err := tx.line(k, key)
	return row.Values, err
}

func (tx *Tx) line(k *data.Kind, key data.Key) (data.Row, error) {
	var out data.Row
	err := tx.rows(selectRowSQL(k), []any{key}, func(r *sql.Rows) error {
		var err error
		out, err = newRowScan(k).row(r)
		return err
	})
	return out, err
}

// Row reads a row as this transaction leaves it. It is NotFound where there is
// none or it is deleted.
func (tx *Tx) Row(kind string, id data.ID) (data.Row, error) {
	k, err := tx.Kind(kind)
	if err != nil {
		return data.Row{}, err
	}
	e, err := tx.s.entityOf(tx.ctx, id)
	if err != nil {
		return data.Row{}, err
	}
	row, err := tx.line(k, e.key)
	if err == nil && row.Kind == nil {
		err = data.Errorf(data.NotFound, "there is no such %s in this book", strings.ToLower(k.Label))
	}
	return row, err
}
