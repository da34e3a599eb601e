package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"strings"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Erasing a value leaves its hash in the log, by which the signature of its act
// still checks, and nothing else. A redaction is a record like any other; every
// book that takes it in does the same, also to ops that come later. It holds
// for ever: what becomes of its record makes no difference.

// erasures are the erased cells of rows.
type erasures map[data.ID]map[string]bool

func (e erasures) add(r redaction) {
	for cell := range r.cells {
		if e[r.row] == nil {
			e[r.row] = map[string]bool{}
		}
		e[r.row][cell] = true
	}
}

// named is what a row is called whose name was erased; empty for all others.
func (e erasures) named(kind string, id data.ID) string {
	if e[id]["name"] {
		return data.ErasedName(kind, id)
	}
	return ""
}

// standIn puts that name where the values of a row lack one.
func (e erasures) standIn(kind string, id data.ID, values data.Values) {
	if name := e.named(kind, id); name != "" && values["name"] == nil {
		values["name"] = name
	}
}

// redaction is what a redaction's op says, as far as it can be obeyed.
type redaction struct {
	kind  string
	row   data.ID
	cells map[string]bool
}

func redactionOf(kind, row, cells string) (r redaction, ok bool) {
	id, err := data.ParseID(row)
	if err != nil || id.IsZero() {
		return r, false
	}
	r = redaction{kind: kind, row: id, cells: map[string]bool{}}
	for _, name := range strings.Split(cells, ";") {
		if data.Erasable(kind, name) {
			r.cells[name] = true
		}
	}
	return r, len(r.cells) > 0
}

// erasedIn reads all that was erased.
func erasedIn(ctx context.Context, q querier) (erasures, error) {
	rows, err := q.QueryContext(ctx, `SELECT kind, row, cells FROM redacted`)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	out := erasures{}
	for rows.Next() {
		var kind, row, cells string
		if err := rows.Scan(&kind, &row, &cells); err != nil {
			return nil, dbError(err)
		}
		if r, ok := redactionOf(kind, row, cells); ok {
			out.add(r)
		}
	}
	return out, dbError(rows.Err())
}

func (tx *Tx) erasures() (erasures, error) {
	if tx.erased != nil {
		return tx.erased, nil
	}
	var err error
	tx.erased, err = erasedIn(tx.ctx, tx.s.write)
	return tx.erased, err
}

func (tx *Tx) erasedCells(row data.ID) (map[string]bool, error) {
	all, err := tx.erasures()
	return all[row], err
}

// erasedName is what a table line without a name is called where that was erased.
func (tx *Tx) erasedName(kind string, key data.Key) (any, error) {
	all, err := tx.erasures()
	if err != nil || len(all) == 0 || data.ErasedName(kind, data.NoID) == "" {
		return nil, err
	}
	_, id, _, err := tx.entityByKey(key)
	if name := all.named(kind, id); name != "" {
		return name, err
	}
	return nil, err
}

// strip takes erased values out of an op; that one was cleared may stay.
func (tx *Tx) strip(op *oplog.Op) error {
	erased, err := tx.erasedCells(op.Row)
	for name := range erased {
		if string(op.Cells[name].Value) != "null" {
			hide(op, []string{name})
		}
	}
	return err
}

// eraseBy does what a redaction says to everything that is here.
func (tx *Tx) eraseBy(op *oplog.Op) error {
	kind, row, cells := textOf(op.Cells["kind"].Value), textOf(op.Cells["row"].Value), textOf(op.Cells["cells"].Value)
	r, ok := redactionOf(kind, row, cells)
	if !ok {
		return nil // a redaction of nothing
	}
	replica, err := tx.s.replicaKey(tx.ctx, op.Replica)
	if err != nil {
		return err
	}
	all, err := tx.erasures()
	if err != nil {
		return err
	}
	if _, err := tx.s.exec(tx.ctx, `INSERT OR IGNORE INTO redacted (replica, seq, kind, row, cells) VALUES (?, ?, ?, ?, ?)`, replica, op.Seq, kind, row, cells); err != nil {
		return err
	}
	all.add(r)
	return tx.eraseRow(r)
}

func (tx *Tx) eraseRow(r redaction) error {
	ids, err := tx.replicaNames()
	if err != nil {
		return err
	}
	e, err := tx.s.entityOf(tx.ctx, r.row)
	if err != nil {
		return err
	}
	names, err := tx.stripRow(e.key, ids)
	if err != nil {
		return err
	}
	waiting, err := tx.stripQuarantine(r.row, ids)
	if err != nil {
		return err
	}
	if r.cells["name"] && r.kind != data.KindDevice {
		if err := tx.eraseWords(r, append(names, waiting...), ids); err != nil {
			return err
		}
	}
	if e.key == 0 {
		return nil
	}
	return tx.refold(e.key)
}

// stripRow takes erased values out of the ops that the log holds of a row, and
// gives the names that they told.
func (tx *Tx) stripRow(entity data.Key, ids map[data.Key]data.ID) (names []string, err error) {
	var ops []*oplog.Op
	var dots []dbDot
	err = tx.rows(`SELECT `+opColumns+`, o.replica FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind WHERE o.entity = ?`, []any{entity}, func(r *sql.Rows) error {
		var replica data.Key
		op, _, err := scanOp(scanWith{r, []any{&replica}}, ids)
		if err == nil {
			ops, dots = append(ops, op), append(dots, dbDot{replica, op.Seq})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, op := range ops {
		names = append(names, textOf(op.Cells["name"].Value))
		told := len(op.Cells)
		if err := tx.strip(op); err != nil {
			return nil, err
		}
		if len(op.Cells) == told {
			continue
		}
		if err := tx.rewrite(dots[i], op); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// stripQuarantine does the same to what came and does not count: it stays, so
// that its number is not used again, nor taken in again.
func (tx *Tx) stripQuarantine(row data.ID, ids map[data.Key]data.ID) (names []string, err error) {
	err = quarantined(tx.ctx, tx.s.write, ids, `q.row = x'`+hex.EncodeToString(row[:])+`'`, func(x quarantineLine) error {
		names = append(names, textOf(x.op.Cells["name"].Value))
		if err := tx.strip(x.op); err != nil {
			return err
		}
		var text string
		if _, err := tx.s.scanOne(tx.ctx, `SELECT body FROM quarantine WHERE replica = ? AND seq = ?`, []any{x.d.replica, x.d.seq}, &text); err != nil {
			return err
		}
		var b quarantineBody
		if err := json.Unmarshal([]byte(text), &b); err != nil {
			return unreadable(err)
		}
		b.Cells, b.Hidden = string(rawCells(x.op)), textOrNone(encodeHidden(hiddenHashes(x.op)))
		body, err := json.Marshal(b)
		if err != nil {
			return unreadable(err)
		}
		_, err = tx.s.exec(tx.ctx, `UPDATE quarantine SET body = ? WHERE replica = ? AND seq = ?`, string(body), x.d.replica, x.d.seq)
		return err
	})
	return names, err
}

var errForGood = data.Errorf(data.Refused, "an erasure is for good: what it erased is in no book any more, so it cannot be changed or taken back; nothing was changed")

// erasedBy reports whether an act erased something.
func (tx *Tx) erasedBy(txn any) (yes bool, err error) {
	_, err = tx.s.scanOne(tx.ctx, `SELECT 1 FROM redacted d JOIN op o ON o.replica = d.replica AND o.seq = d.seq JOIN txn t ON t.key = o.txn WHERE t.id = ? LIMIT 1`, []any{txn}, &yes)
	return yes, err
}

// refuseErased is Refused where an own op writes what was erased, or touches a
// redaction that was made before.
func (tx *Tx) refuseErased(op *oplog.Op) error {
	if op.Kind == data.KindRedaction {
		for name, c := range op.All() {
			if name == oplog.DeletedCell || len(c.Overwrites) > 0 {
				return errForGood
			}
		}
	}
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

// unerase forgets a redaction that counts no longer. What it took is gone here
// until a file tells it again.
func (tx *Tx) unerase(d dbDot, op *oplog.Op, refold map[data.Key]bool) error {
	tx.erased = nil
	if _, err := tx.s.exec(tx.ctx, `DELETE FROM redacted WHERE replica = ? AND seq = ?`, d.replica, d.seq); err != nil {
		return err
	}
	id, err := data.ParseID(textOf(op.Cells["row"].Value))
	if err != nil {
		return nil //nolint:nilerr // a redaction of nothing
	}
	e, err := tx.s.entityOf(tx.ctx, id)
	if e.key != 0 {
		refold[e.key] = true
	}
	return err
}

// Erased tells which cells of a row were erased.
func (s *Store) Erased(ctx context.Context, row data.ID) (map[string]bool, error) {
	all, err := erasedIn(ctx, s.read)
	return all[row], err
}

// Compact rewrites the file so that nothing erased is left in its unused parts.
// It is Busy where another program reads the book meanwhile.
func (s *Store) Compact(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.write.ExecContext(ctx, "VACUUM"); err != nil {
		return dbError(err)
	}
	var busy, pages, done int
	if err := s.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &done); err != nil {
		return dbError(err)
	}
	if busy != 0 {
		return data.Errorf(data.Busy, "the data is erased from the book, but another program reads it at this moment, so traces may be left in the file %s until it is closed everywhere", s.path+"-wal")
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
