package store

import (
	"context"
	"database/sql"
	"strings"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Erasing a value leaves its hash in the log, by which the signature of its act
// still checks, and nothing else. A redaction is a record like any other; every
// book that takes it in does the same, also to ops that come later.

// erasures are the cells of rows that were erased.
func (tx *Tx) erasures() (map[data.ID]map[string]bool, error) {
	if tx.erased != nil {
		return tx.erased, nil
	}
	out := map[data.ID]map[string]bool{}
	err := tx.rows(`SELECT row, cells FROM redaction WHERE row IS NOT NULL AND cells IS NOT NULL`, nil, func(r *sql.Rows) error {
		var row, cells string
		if err := r.Scan(&row, &cells); err != nil {
			return err
		}
		id, err := data.ParseID(row)
		if err != nil {
			return nil // a redaction of nothing
		}
		addErasure(out, id, cells)
		return nil
	})
	tx.erased = out
	return out, err
}

func addErasure(to map[data.ID]map[string]bool, row data.ID, cells string) {
	if to[row] == nil {
		to[row] = map[string]bool{}
	}
	for _, name := range strings.Split(cells, ";") {
		if name != "" {
			to[row][name] = true
		}
	}
}

func (tx *Tx) erasedCells(row data.ID) (map[string]bool, error) {
	all, err := tx.erasures()
	return all[row], err
}

// strip takes erased values out of an op.
func (tx *Tx) strip(op *oplog.Op) error {
	erased, err := tx.erasedCells(op.Row)
	if err != nil || len(erased) == 0 {
		return err
	}
	for name := range erased {
		c, told := op.Cells[name]
		if !told {
			continue
		}
		if op.Hidden == nil {
			op.Hidden = map[string]oplog.HiddenCell{}
		}
		op.Hidden[name] = oplog.HiddenCell{Value: oplog.HashValue(c.Value), Overwrites: c.Overwrites}
		delete(op.Cells, name)
	}
	return nil
}

// stripWords takes the name of a person whose data was erased out of an act.
func (tx *Tx) stripWords(t *oplog.Txn) error {
	erased, err := tx.erasedCells(t.Author)
	if err != nil || t.Author.IsZero() || !erased["name"] || !t.Signed() {
		return err
	}
	words := map[string]oplog.Hash{}
	for name, h := range t.Erased {
		words[name] = h
	}
	for _, w := range []struct {
		name string
		text *string
	}{{oplog.WordName, &t.Name}, {oplog.WordDevice, &t.Device}} {
		if _, gone := words[w.name]; !gone {
			words[w.name] = oplog.HashValue([]byte(*w.text))
			*w.text = ""
		}
	}
	t.Erased = words
	return nil
}

// eraseBy does what a redaction says to everything that is here.
func (tx *Tx) eraseBy(op *oplog.Op) error {
	row, cells := textOf(op.Cells["row"].Value), textOf(op.Cells["cells"].Value)
	id, err := data.ParseID(row)
	if err != nil || cells == "" {
		return nil // a redaction of nothing
	}
	erased, err := tx.erasures()
	if err != nil {
		return err
	}
	addErasure(erased, id, cells)
	e, err := tx.s.entityOf(tx.ctx, id)
	if err != nil || e.key == 0 {
		return err
	}
	ids, err := tx.replicaNames()
	if err != nil {
		return err
	}
	var ops []*oplog.Op
	var dots []dbDot
	err = tx.rows(`SELECT `+opColumns+`, o.replica FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind WHERE o.entity = ?`, []any{e.key}, func(r *sql.Rows) error {
		var replica data.Key
		op, _, err := scanOp(scanWith{r, []any{&replica}}, ids)
		ops, dots = append(ops, op), append(dots, dbDot{replica, op.Seq})
		return err
	})
	if err != nil {
		return err
	}
	for i, op := range ops {
		if err := tx.strip(op); err != nil {
			return err
		}
		if err := tx.rewrite(dots[i], op); err != nil {
			return err
		}
	}
	if _, err := tx.s.exec(tx.ctx, `DELETE FROM quarantine WHERE row = ?`, id[:]); err != nil {
		return err
	}
	if err := tx.eraseWords(id, ids); err != nil {
		return err
	}
	return tx.refold(e.key)
}

// eraseWords takes a person's name out of what he did.
func (tx *Tx) eraseWords(person data.ID, ids map[data.Key]data.ID) error {
	var acts []loggedTxn
	err := tx.rows(selectTxn+` WHERE t.author = ?`, []any{person[:]}, func(r *sql.Rows) error {
		t, err := scanTxn(r)
		t.Replica = ids[t.replica]
		acts = append(acts, t)
		return err
	})
	if err != nil {
		return err
	}
	for _, t := range acts {
		if t.key == tx.key {
			continue // this very act is not signed yet
		}
		if err := tx.stripWords(&t.Txn); err != nil {
			return err
		}
		if _, err := tx.s.exec(tx.ctx, `UPDATE txn SET name = ?, device = ?, erased = ? WHERE key = ?`, t.Name, t.Device, encodeHidden(t.Erased), t.key); err != nil {
			return err
		}
	}
	return nil
}

// refuseErased is Refused where an own op writes what was erased.
func (tx *Tx) refuseErased(op *oplog.Op) error {
	erased, err := tx.erasedCells(op.Row)
	if err != nil {
		return err
	}
	for name, c := range op.Cells {
		if erased[name] && string(c.Value) != "null" {
			return data.Errorf(data.Refused, "this record's data was erased for good, so it cannot be written again; nothing was changed. Make a new record")
		}
	}
	return nil
}

// Compact rewrites the file so that nothing erased is left in its unused parts.
func (s *Store) Compact(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, query := range []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := s.write.ExecContext(ctx, query); err != nil {
			return dbError(err)
		}
	}
	return nil
}

func textOf(value []byte) string {
	f := data.Field{Name: "text", Label: "Text", Type: data.TypeLongText}
	v, err := f.DecodeJSON(value)
	if err != nil {
		return ""
	}
	s, _ := v.(string)
	return s
}
