package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// What became of an op in quarantine.
const (
	quarantineWaits   = 0
	quarantineRefused = 1
	quarantineAside   = 2 // somebody with the right decided
)

// quarantineLine is an op that does not count.
type quarantineLine struct {
	d      dbDot
	txn    data.Key
	op     *oplog.Op
	state  int
	reason string
}

// quarantineBody is how what it says is kept: as text, byte for byte, since its
// signature is over the bytes.
type quarantineBody struct {
	Cells      string `json:"cells"`
	Overwrites string `json:"overwrites,omitempty"`
	Under      string `json:"under,omitempty"`
	Hidden     string `json:"hidden,omitempty"`
}

func quarantined(ctx context.Context, q querier, ids map[data.Key]data.ID, where string, fn func(quarantineLine) error, args ...any) error {
	rows, err := q.QueryContext(ctx, `SELECT q.replica, q.seq, q.txn, q.kind, q.row, q.body, q.state, q.reason, t.stamp, t.id
		FROM quarantine q JOIN txn t ON t.key = q.txn WHERE `+where+` ORDER BY q.replica, q.seq`, args...)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	var all []quarantineLine
	for rows.Next() {
		x := quarantineLine{op: &oplog.Op{}}
		var row, txn []byte
		var body string
		if err := rows.Scan(&x.d.replica, &x.d.seq, &x.txn, &x.op.Kind, &row, &body, &x.state, &x.reason, &x.op.Stamp, &txn); err != nil {
			return dbError(err)
		}
		x.op.Dot = oplog.Dot{Replica: ids[x.d.replica], Seq: x.d.seq}
		x.op.Row, x.op.Txn = readID(row), readID(txn)
		var b quarantineBody
		if err := json.Unmarshal([]byte(body), &b); err != nil {
			return unreadable(err)
		}
		if err := fillOp(x.op, opBody{b.Cells, nullText(b.Overwrites), nullText(b.Under), nullText(b.Hidden)}, ids); err != nil {
			return err
		}
		all = append(all, x)
	}
	if err := rows.Err(); err != nil {
		return dbError(err)
	}
	for _, x := range all {
		if err := fn(x); err != nil {
			return err
		}
	}
	return nil
}

func nullText(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }

func textOrNone(v any) string {
	s, _ := v.(string)
	return s
}

// setAside puts an op into quarantine.
func (tx *Tx) setAside(l opLine, op *oplog.Op, v oplog.Verdict) error {
	body, err := bodyAside(l)
	if err != nil {
		return err
	}
	_, err = tx.s.exec(tx.ctx, `INSERT OR REPLACE INTO quarantine (replica, seq, txn, kind, row, body, state, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		l.d.replica, l.d.seq, l.txn, op.Kind, op.Row[:], body, quarantineState(v), v.Reason)
	tx.change.MarkAll(topicQuarantine)
	return err
}

func quarantineState(v oplog.Verdict) int {
	if v.Outcome == oplog.Waits {
		return quarantineWaits
	}
	return quarantineRefused
}

// topicQuarantine is what a change names when the quarantine changed.
const topicQuarantine = "quarantine"

// againAside meets an op that came before and does not count. Values that were
// kept back then and are told now are filled in. Another op under the same dot is
// Invalid, as among those that count, unless a device signed for it and nobody
// for the one before: that one makes way.
func (m *Merger) againAside(in mergedOp) (known bool, err error) {
	tx := m.tx
	var one int
	if known, err = tx.s.scanOne(tx.ctx, `SELECT 1 FROM quarantine WHERE replica = ? AND seq = ?`, []any{in.d.replica, in.d.seq}, &one); err != nil || !known {
		return known, err
	}
	ids, err := tx.replicaNames()
	if err != nil {
		return true, err
	}
	err = quarantined(tx.ctx, tx.s.write, ids, `q.replica = ? AND q.seq = ?`, func(x quarantineLine) error {
		if x.txn != in.txn.key || x.op.Leaf() != in.op.Leaf() {
			known = false
			return m.makeWay(in, x, ids)
		}
		return m.fillAside(in, x)
	}, in.d.replica, in.d.seq)
	return known, err
}

// makeWay takes an op that nobody signed for out of quarantine, for another one
// under its dot.
func (m *Merger) makeWay(in mergedOp, x quarantineLine, ids map[data.Key]data.ID) error {
	before, err := m.tx.txnByKey(x.txn, ids)
	if err != nil {
		return err
	}
	if before.Signed() || !in.txn.log.Signed() {
		return errCollides()
	}
	_, err = m.tx.s.exec(m.tx.ctx, `DELETE FROM quarantine WHERE replica = ? AND seq = ?`, in.d.replica, in.d.seq)
	return err
}

func errCollides() error {
	return data.Errorf(data.Invalid, "the file holds another change under a number that this book knows already; nothing was changed. Two copies of one book may have been in use; ask for a new file")
}

// fillAside fills in what was kept back of an op in quarantine.
func (m *Merger) fillAside(in mergedOp, x quarantineLine) error {
	filled := false
	for name := range x.op.Hidden {
		if c, told := in.op.Cells[name]; told {
			x.op.Cells[name] = c
			delete(x.op.Hidden, name)
			filled = true
		}
	}
	if !filled {
		return nil
	}
	if err := m.tx.strip(x.op); err != nil {
		return err
	}
	return m.rewriteAside(in, x)
}

func (m *Merger) rewriteAside(in mergedOp, x quarantineLine) error {
	in.op = x.op
	var err error
	if in.overwrites, err = m.tx.overwrites(x.op); err != nil {
		return err
	}
	line, err := m.line(in)
	if err != nil {
		return err
	}
	body, err := bodyAside(line)
	if err != nil {
		return err
	}
	_, err = m.tx.s.exec(m.tx.ctx, `UPDATE quarantine SET body = ? WHERE replica = ? AND seq = ?`, body, in.d.replica, in.d.seq)
	return err
}

func bodyAside(l opLine) (string, error) {
	body, err := json.Marshal(quarantineBody{Cells: string(l.cells), Overwrites: textOrNone(l.overwrites), Under: textOrNone(l.under), Hidden: textOrNone(l.hidden)})
	return string(body), data.Wrap(data.Internal, err, "a refused change cannot be kept; nothing was changed")
}

// Quarantined is a change that came but does not count.
type Quarantined struct {
	Dot    oplog.Dot
	Act    oplog.Txn
	Kind   string
	Row    data.ID
	Waits  bool   // it may count once more comes
	Reason string // in words about its author
	Values data.Values
	Delete bool // it deletes the record
}

// Quarantine lists the changes that nobody decided on yet.
func (s *Store) Quarantine(ctx context.Context) ([]Quarantined, error) {
	ids, err := s.replicaIDs(ctx)
	if err != nil {
		return nil, err
	}
	var out []Quarantined
	var txns []data.Key
	err = quarantined(ctx, s.read, ids, `q.state < 2`, func(x quarantineLine) error {
		q := Quarantined{Dot: x.op.Dot, Kind: x.op.Kind, Row: x.op.Row, Waits: x.state == quarantineWaits, Reason: x.reason, Values: data.Values{}}
		q.Delete = string(x.op.Cells[oplog.DeletedCell].Value) == "true"
		if k, err := s.Kind(x.op.Kind); err == nil {
			for name, c := range x.op.Cells {
				if fields := k.CellFields(name); len(fields) > 0 {
					decodeCell(fields, c.Value, q.Values)
				}
			}
		}
		out, txns = append(out, q), append(txns, x.txn)
		return nil
	})
	if err != nil || len(out) == 0 {
		return nil, err
	}
	acts, err := transactions(ctx, s.read, ids, `t.key IN (SELECT txn FROM quarantine)`)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Act = acts[txns[i]]
	}
	return out, nil
}

// Accept makes a refused change one's own: it is written again, by who accepts
// it. What it was made from stays as it is.
func (tx *Tx) Accept(q Quarantined) error {
	var err error
	if q.Delete {
		err = tx.Delete(q.Kind, q.Row)
	} else {
		_, err = tx.Put(q.Kind, q.Row, q.Values)
	}
	if err != nil {
		return err
	}
	return tx.Discard(q)
}

// Discard sets a refused change aside for good; it stays in the file, out of sight.
func (tx *Tx) Discard(q Quarantined) error {
	replica, err := tx.s.replicaKey(tx.ctx, q.Dot.Replica)
	if err != nil {
		return err
	}
	_, err = tx.s.exec(tx.ctx, `UPDATE quarantine SET state = ? WHERE replica = ? AND seq = ?`, quarantineAside, replica, q.Dot.Seq)
	tx.change.MarkAll(topicQuarantine)
	return err
}
