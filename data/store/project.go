package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// project brings a row's table line in step with the winning values of cells.
// A kind or cell that this program does not know stays in the log alone.
func (tx *Tx) project(k *data.Kind, id data.ID, e entity, cells []cell) error {
	if k == nil {
		return nil
	}
	deletion := e.deleted
	for _, c := range cells {
		deletion = deletion || c.name == oplog.DeletedCell
	}
	if !deletion {
		return tx.updateRow(k, e.key, cells)
	}
	state, err := tx.deletion(e)
	if err != nil {
		return err
	}
	if err := tx.markContested(e.key, state); err != nil {
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
	if gone {
		_, err := tx.s.exec(tx.ctx, "DELETE FROM "+k.Name+" WHERE key = ?", e.key)
		return err
	}
	winners, err := tx.winners(e)
	if err != nil {
		return err
	}
	return tx.insertRow(k, e.key, valuesOf(k, winners))
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

func (tx *Tx) markContested(entity data.Key, state oplog.Deletion) error {
	query := `DELETE FROM conflict WHERE entity = ? AND cell = ?`
	if state == oplog.Contested {
		query = `INSERT OR IGNORE INTO conflict (entity, cell) VALUES (?, ?)`
	}
	_, err := tx.s.exec(tx.ctx, query, entity, oplog.DeletedCell)
	return err
}

// insertRow writes a whole table line.
func (tx *Tx) insertRow(k *data.Kind, key data.Key, values data.Values) error {
	args := []any{key}
	custom := map[string]json.RawMessage{}
	for _, f := range k.Fields {
		if f.Custom {
			if v := values[f.Name]; v != nil {
				custom[f.Name] = data.AppendJSON(nil, v)
			}
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
	var sets []string
	var args []any
	for _, c := range cells {
		fields := k.CellFields(c.name)
		values := data.Values{}
		if len(fields) > 0 {
			decodeCell(fields, c.value, values)
		}
		for _, f := range fields {
			if f.Custom {
				patch := fmt.Appendf(nil, "{%q:%s}", f.Name, data.AppendJSON(nil, values[f.Name]))
				sets = append(sets, "custom = json_patch(coalesce(custom, '{}'), ?)")
				args = append(args, string(patch))
				continue
			}
			v, err := tx.toSQL(f, values[f.Name])
			if err != nil {
				return err
			}
			sets = append(sets, f.Name+" = ?")
			args = append(args, v)
		}
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
	var out data.Values
	err := tx.rows(selectRowSQL(k), []any{key}, func(r *sql.Rows) error {
		row, err := scanRow(k, r)
		out = row.Values
		return err
	})
	return out, err
}
