package store

import (
	"context"
	"database/sql"
	"slices"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Step is one thing this replica did, as undo sees it.
type Step struct {
	Txn    data.ID
	What   string
	Name   string
	Stamp  oplog.Stamp
	Undone bool
}

// Steps lists what can be undone (newest first) and redone, both across restarts.
func (s *Store) Steps(ctx context.Context, limit int) ([]Step, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT t.id, t.what, t.name, t.stamp, h.undone > 0 FROM history h JOIN txn t ON t.key = h.txn ORDER BY h.pos DESC LIMIT ?`, limit)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	var out []Step
	for rows.Next() {
		var st Step
		var id []byte
		if err := rows.Scan(&id, &st.What, &st.Name, &st.Stamp, &st.Undone); err != nil {
			return nil, dbError(err)
		}
		st.Txn = data.ID(id)
		out = append(out, st)
	}
	return out, dbError(rows.Err())
}

// Undone says what an undo or redo did.
type Undone struct {
	Result
	What string
	Rows int       // rows put back
	Kept []data.ID // rows that were edited since and stay as they are
}

// Undo takes back a transaction of this replica, or the newest that is not
// taken back where txn is NoID. What was edited since stays and is listed.
func (s *Store) Undo(ctx context.Context, txn data.ID, author Act) (Undone, error) {
	query, args := `SELECT h.pos, h.txn, t.what, t.id FROM history h JOIN txn t ON t.key = h.txn WHERE h.undone = 0 ORDER BY h.pos DESC LIMIT 1`, []any{}
	if !txn.IsZero() {
		query, args = `SELECT h.pos, h.txn, t.what, t.id FROM history h JOIN txn t ON t.key = h.txn WHERE h.undone = 0 AND t.id = ?`, []any{txn[:]}
	}
	return s.takeBack(ctx, reversal{find: query, args: args, verb: "Undo: ", author: author, mark: func(tx *Tx, pos data.Key) error {
		// 1 stands where nothing was left to put back and so nothing was logged.
		_, err := tx.s.exec(tx.ctx, `UPDATE history SET undone = ? WHERE pos = ?`, max(tx.key, 1), pos)
		return err
	}})
}

// Redo brings back what was undone last.
func (s *Store) Redo(ctx context.Context, author Act) (Undone, error) {
	return s.takeBack(ctx, reversal{
		find: `SELECT h.pos, h.undone, t.what, t.id FROM history h JOIN txn t ON t.key = h.txn WHERE h.undone > 0 ORDER BY h.pos LIMIT 1`,
		verb: "Redo: ", author: author, mark: func(tx *Tx, pos data.Key) error {
			if tx.key == 0 {
				_, err := tx.s.exec(tx.ctx, `UPDATE history SET undone = 0 WHERE pos = ?`, pos)
				return err
			}
			// The redo stands for the act from now on, so that it can be undone again.
			_, err := tx.s.exec(tx.ctx, `UPDATE history SET undone = 0, txn = ? WHERE pos = ?`, tx.key, pos)
			return err
		},
	})
}

type reversal struct {
	find   string
	args   []any
	verb   string
	author Act
	mark   func(tx *Tx, pos data.Key) error
}

func (s *Store) takeBack(ctx context.Context, r reversal) (Undone, error) {
	var out Undone
	act := r.author
	act.Aside = true
	res, err := s.Write(ctx, act, func(tx *Tx) error {
		var pos, txn data.Key
		var id []byte
		found, err := tx.s.scanOne(tx.ctx, r.find, r.args, &pos, &txn, &out.What, &id)
		if err != nil {
			return err
		}
		if !found {
			return data.Errorf(data.NotFound, "there is nothing to take back")
		}
		tx.act.What = r.verb + trimVerb(out.What)
		tx.act.UndoOf = data.ID(id)
		if err := tx.reverse(txn, &out); err != nil {
			return err
		}
		return r.mark(tx, pos)
	})
	out.Result = res
	return out, err
}

func trimVerb(what string) string {
	for _, verb := range []string{"Undo: ", "Redo: "} {
		if len(what) > len(verb) && what[:len(verb)] == verb {
			return what[len(verb):]
		}
	}
	return what
}

// reverse writes compensating ops for every cell whose live value is still the
// transaction's.
func (tx *Tx) reverse(txn data.Key, out *Undone) error {
	within, err := tx.merges(txn)
	if err != nil {
		return err
	}
	query, args := `SELECT replica, seq, entity FROM op WHERE txn = ? ORDER BY seq DESC`, []any{txn}
	if len(within) > 0 {
		query = `SELECT o.replica, o.seq, o.entity FROM merged m JOIN op o ON o.replica = m.replica AND o.seq BETWEEN m.from_seq AND m.to_seq WHERE m.txn = ? ORDER BY o.replica, o.seq DESC`
	}
	part := func(d dbDot) bool { return within[d.replica].Has(d.seq) }
	if len(within) == 0 {
		own, err := tx.dotsOf(txn)
		if err != nil {
			return err
		}
		part = func(d dbDot) bool { return own[d.replica].Has(d.seq) }
	}
	var entities []data.Key
	seen := map[data.Key]bool{}
	err = tx.rows(query, args, func(r *sql.Rows) error {
		var d dbDot
		var e data.Key
		err := r.Scan(&d.replica, &d.seq, &e)
		if !seen[e] {
			seen[e] = true
			entities = append(entities, e)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, e := range entities {
		if err := tx.reverseRow(e, part, out); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) dotsOf(txn data.Key) (map[data.Key]oplog.Ranges, error) {
	out := map[data.Key]oplog.Ranges{}
	err := tx.rows(`SELECT replica, min(seq), max(seq) FROM op WHERE txn = ? GROUP BY replica`, []any{txn}, func(r *sql.Rows) error {
		var replica data.Key
		var from, to uint64
		err := r.Scan(&replica, &from, &to)
		out[replica] = out[replica].Add(from, to)
		return err
	})
	return out, err
}

func (tx *Tx) merges(txn data.Key) (map[data.Key]oplog.Ranges, error) {
	out := map[data.Key]oplog.Ranges{}
	err := tx.rows(`SELECT replica, from_seq, to_seq FROM merged WHERE txn = ? ORDER BY replica, from_seq`, []any{txn}, func(r *sql.Rows) error {
		var replica data.Key
		var from, to uint64
		err := r.Scan(&replica, &from, &to)
		out[replica] = out[replica].Add(from, to)
		return err
	})
	return out, err
}

// reverseRow puts one row back: it is deleted again where part bore it, and
// otherwise gets back the values that part replaced.
func (tx *Tx) reverseRow(key data.Key, part func(dbDot) bool, out *Undone) error {
	e, id, k, err := tx.entityByKey(key)
	if err != nil || k == nil {
		return err
	}
	live, err := tx.allLive(key)
	if err != nil {
		return err
	}
	ours, others := false, false
	for _, l := range live {
		mine, blank, err := tx.stems(l.cell, l.dot, part)
		if err != nil {
			return err
		}
		if l.cell != oplog.DeletedCell && !mine && !blank {
			others = true
		}
		ours = ours || mine
	}
	if part(e.born) && !e.deleted {
		if others {
			out.Kept = append(out.Kept, id)
			return nil
		}
		out.Rows++
		return tx.deleteSeen(k, id, e)
	}
	if !ours {
		out.Kept = append(out.Kept, id)
		return nil
	}
	return tx.restoreCells(restore{k: k, id: id, e: e, live: live, part: part}, out)
}

func (tx *Tx) entityByKey(key data.Key) (e entity, id data.ID, k *data.Kind, err error) {
	var raw []byte
	var replica, seq sql.NullInt64
	var kind string
	_, err = tx.s.scanOne(tx.ctx, `SELECT e.kind, e.id, e.born_replica, e.born_seq, e.deleted, k.name FROM entity e JOIN kind k ON k.key = e.kind WHERE e.key = ?`,
		[]any{key}, &e.kind, &raw, &replica, &seq, &e.deleted, &kind)
	if err != nil {
		return e, id, nil, err
	}
	e.key = key
	e.born = dbDot{data.Key(replica.Int64), uint64(seq.Int64)}
	copy(id[:], raw)
	if k, err = tx.s.Kind(kind); err != nil {
		return e, id, nil, nil // a kind of a newer Fieldbook: left alone
	}
	return e, id, k, nil
}

type restore struct {
	k    *data.Kind
	id   data.ID
	e    entity
	live []liveRow
	part func(dbDot) bool
}

func (tx *Tx) restoreCells(r restore, out *Undone) error {
	byCell := map[string][]liveRow{}
	for _, l := range r.live {
		byCell[l.cell] = append(byCell[l.cell], l)
	}
	var cells []cell
	origins := map[string]dbDot{}
	goneAgain := false
	for name, rows := range byCell {
		mine, err := tx.anyStems(rows, r.part)
		if err != nil {
			return err
		}
		if !mine {
			continue
		}
		value, from, err := tx.before(name, rows, r.part)
		if err != nil {
			return err
		}
		if name == oplog.DeletedCell && string(value) == "true" {
			goneAgain = true // a delete must see what it deletes, so it comes last
			continue
		}
		cells = append(cells, cell{name, value})
		origins[name] = from
	}
	out.Rows++
	if len(cells) > 0 {
		if err := tx.writeCells(r.k, r.id, r.e, sortedCells(cells)); err != nil {
			return err
		}
		if err := tx.saveOrigins(dbDot{tx.s.replica, tx.next - 1}, origins); err != nil {
			return err
		}
	}
	if goneAgain {
		return tx.deleteSeen(r.k, r.id, r.e)
	}
	return nil
}

func (tx *Tx) saveOrigins(d dbDot, origins map[string]dbDot) error {
	for name, from := range origins {
		_, err := tx.s.exec(tx.ctx, `INSERT INTO restored (replica, seq, cell, from_replica, from_seq) VALUES (?, ?, ?, ?, ?)`,
			d.replica, d.seq, name, from.replica, from.seq)
		if err != nil {
			return err
		}
	}
	return nil
}

// origins follows a value that an undo put back to the op that first wrote it:
// the dot itself, then each one that it was restored from. The zero dot at the
// end says that the cell had been blank.
func (tx *Tx) origins(name string, d dbDot) ([]dbDot, error) {
	out := []dbDot{d}
	for {
		var from dbDot
		found, err := tx.s.scanOne(tx.ctx, `SELECT from_replica, from_seq FROM restored WHERE replica = ? AND seq = ? AND cell = ?`,
			[]any{d.replica, d.seq, name}, &from.replica, &from.seq)
		if err != nil || !found {
			return out, err
		}
		out = append(out, from)
		d = from
	}
}

// stems reports whether a live value comes from part, and whether it is a
// blank that an undo put back.
func (tx *Tx) stems(name string, d dbDot, part func(dbDot) bool) (mine, blank bool, err error) {
	chain, err := tx.origins(name, d)
	return slices.ContainsFunc(chain, part), chain[len(chain)-1] == dbDot{}, err
}

func (tx *Tx) anyStems(rows []liveRow, part func(dbDot) bool) (bool, error) {
	for _, l := range rows {
		if mine, _, err := tx.stems(l.cell, l.dot, part); err != nil || mine {
			return mine, err
		}
	}
	return false, nil
}

// before is the value that a cell would have without the ops of part, and the
// op that wrote it: the greatest of the other live values and of those that
// part's values replaced. It is null, and the zero dot, where there is none.
func (tx *Tx) before(name string, rows []liveRow, part func(dbDot) bool) (value []byte, from dbDot, err error) {
	var best oplog.Entry
	visited := map[dbDot]bool{}
	for queue := slices.Clone(rows); len(queue) > 0; {
		l := queue[0]
		queue = queue[1:]
		if visited[l.dot] {
			continue
		}
		visited[l.dot] = true
		chain, err := tx.origins(name, l.dot)
		if err != nil {
			return nil, dbDot{}, err
		}
		if i := slices.IndexFunc(chain, part); i >= 0 {
			replaced, err := tx.replacedBy(name, chain[i])
			if err != nil {
				return nil, dbDot{}, err
			}
			queue = append(queue, replaced...)
			continue
		}
		d, err := tx.shared(l.dot)
		if err != nil {
			return nil, dbDot{}, err
		}
		entry := oplog.Entry{Dot: d, Stamp: l.stamp, Value: l.value}
		if value == nil || entry.Compare(best) > 0 {
			best, value, from = entry, l.value, l.dot
		}
	}
	if value == nil {
		value = []byte("null")
	}
	return value, from, nil
}

// replacedBy are the values of a cell that an op overwrote, where it wrote them.
func (tx *Tx) replacedBy(name string, d dbDot) ([]liveRow, error) {
	var text sql.NullString
	if _, err := tx.s.scanOne(tx.ctx, `SELECT overwrites FROM op WHERE replica = ? AND seq = ?`, []any{d.replica, d.seq}, &text); err != nil {
		return nil, err
	}
	over, err := decodeOverwrites(text)
	if err != nil {
		return nil, err
	}
	var out []liveRow
	for _, o := range over[name] {
		var cells string
		l := liveRow{cell: name, dot: o}
		found, err := tx.s.scanOne(tx.ctx, `SELECT cells, stamp FROM op WHERE replica = ? AND seq = ?`, []any{o.replica, o.seq}, &cells, &l.stamp)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		values, err := decodeCells(cells)
		if err != nil {
			return nil, err
		}
		if v, ok := values[name]; ok {
			l.value = v
			out = append(out, l)
		}
	}
	return out, nil
}
