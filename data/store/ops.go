package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

func sortedCells(cells []cell) []cell {
	slices.SortFunc(cells, func(a, b cell) int { return strings.Compare(a.name, b.name) })
	return cells
}

// Held is what this book holds of each replica's ops.
func (s *Store) Held(ctx context.Context) (map[data.ID]oplog.Ranges, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT r.id, h.from_seq, h.to_seq FROM held h JOIN replica r ON r.key = h.replica ORDER BY h.replica, h.from_seq`)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	out := map[data.ID]oplog.Ranges{}
	for rows.Next() {
		var raw []byte
		var from, to uint64
		if err := rows.Scan(&raw, &from, &to); err != nil {
			return nil, dbError(err)
		}
		id := data.ID(raw)
		out[id] = out[id].Add(from, to)
	}
	return out, dbError(rows.Err())
}

// LogReader takes in the log. Fields that are nil are passed over.
type LogReader struct {
	Replicas func([]data.ID) error    // first: every replica that ops or overwritten dots name
	Skip     func(oplog.Dot) bool     // ops to leave out
	Txn      func(oplog.Txn) error    // before the first of the transaction's ops
	Op       func(op *oplog.Op) error // in the order of replicas and seqs
}

// EachOp streams the log: see LogReader.
func (s *Store) EachOp(ctx context.Context, skip func(oplog.Dot) bool, txn func(oplog.Txn) error, op func(*oplog.Op) error) error {
	return s.ReadLog(ctx, LogReader{Skip: skip, Txn: txn, Op: op})
}

// ReadLog streams the log as it stands at one moment, whatever is written meanwhile.
func (s *Store) ReadLog(ctx context.Context, to LogReader) (err error) {
	conn, err := s.read.Conn(ctx)
	if err != nil {
		return dbError(err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "BEGIN DEFERRED"); err != nil {
		return dbError(err)
	}
	defer func() {
		_, end := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		err = errors.Join(err, dbError(end))
	}()
	ids, err := replicaIDs(ctx, conn)
	if err != nil {
		return err
	}
	if to.Replicas != nil {
		if err := to.Replicas(slices.SortedFunc(maps.Values(ids), func(a, b data.ID) int { return bytes.Compare(a[:], b[:]) })); err != nil {
			return err
		}
	}
	return readOps(ctx, conn, ids, to)
}

func readOps(ctx context.Context, q querier, ids map[data.Key]data.ID, to LogReader) error {
	txns, err := transactions(ctx, q, ids)
	if err != nil {
		return err
	}
	rows, err := q.QueryContext(ctx, `SELECT o.replica, o.seq, o.stamp, o.txn, k.name, e.id, o.cells, o.overwrites
		FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind ORDER BY o.replica, o.seq`)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	told := map[data.Key]bool{}
	for rows.Next() {
		o, t, err := scanOp(rows, ids)
		if err != nil {
			return err
		}
		if to.Skip != nil && to.Skip(o.Dot) {
			continue
		}
		o.Txn = txns[t].ID
		if !told[t] {
			told[t] = true
			if err := to.Txn(txns[t]); err != nil {
				return err
			}
		}
		if err := to.Op(o); err != nil {
			return err
		}
	}
	return dbError(rows.Err())
}

func scanOp(rows scanner, ids map[data.Key]data.ID) (*oplog.Op, data.Key, error) {
	var o oplog.Op
	var replica, txn data.Key
	var row []byte
	var cells string
	var over sql.NullString
	if err := rows.Scan(&replica, &o.Seq, &o.Stamp, &txn, &o.Kind, &row, &cells, &over); err != nil {
		return nil, 0, dbError(err)
	}
	o.Replica = ids[replica]
	o.Row = data.ID(row)
	values, err := decodeCells(cells)
	if err != nil {
		return nil, 0, err
	}
	overwrites, err := decodeOverwrites(over)
	if err != nil {
		return nil, 0, err
	}
	o.Cells = make(map[string]oplog.Cell, len(values))
	for name, v := range values {
		c := oplog.Cell{Value: v}
		for _, d := range overwrites[name] {
			c.Overwrites = append(c.Overwrites, oplog.Dot{Replica: ids[d.replica], Seq: d.seq})
		}
		o.Cells[name] = c
	}
	return &o, txn, nil
}

// querier is a connection or a pool of them.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func (s *Store) replicaIDs(ctx context.Context) (map[data.Key]data.ID, error) {
	return replicaIDs(ctx, s.read)
}

func replicaIDs(ctx context.Context, q querier) (map[data.Key]data.ID, error) {
	rows, err := q.QueryContext(ctx, `SELECT key, id FROM replica`)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	out := map[data.Key]data.ID{}
	for rows.Next() {
		var key data.Key
		var id []byte
		if err := rows.Scan(&key, &id); err != nil {
			return nil, dbError(err)
		}
		out[key] = data.ID(id)
	}
	return out, dbError(rows.Err())
}

const selectTxn = `SELECT key, id, replica, author, name, device, day, stamp, what, undo_of FROM txn`

func transactions(ctx context.Context, q querier, ids map[data.Key]data.ID) (map[data.Key]oplog.Txn, error) {
	rows, err := q.QueryContext(ctx, selectTxn)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	out := map[data.Key]oplog.Txn{}
	for rows.Next() {
		t, err := scanTxn(rows)
		if err != nil {
			return nil, err
		}
		t.Replica = ids[t.replica]
		out[t.key] = t.Txn
	}
	return out, dbError(rows.Err())
}

// loggedTxn is a transaction with its keys here.
type loggedTxn struct {
	oplog.Txn
	key, replica data.Key
}

// scanTxn reads a line of selectTxn; the caller looks up the replica's id.
func scanTxn(rows scanner) (loggedTxn, error) {
	var t loggedTxn
	var id, author, undo []byte
	if err := rows.Scan(&t.key, &id, &t.replica, &author, &t.Name, &t.Device, &t.Day, &t.Stamp, &t.What, &undo); err != nil {
		return t, dbError(err)
	}
	t.ID = data.ID(id)
	copy(t.Author[:], author)
	copy(t.UndoOf[:], undo)
	return t, nil
}

func (tx *Tx) txnByID(id data.ID) (t loggedTxn, found bool, err error) {
	err = tx.rows(selectTxn+` WHERE id = ?`, []any{id[:]}, func(r *sql.Rows) error {
		found = true
		t, err = scanTxn(r)
		return err
	})
	if err == nil && found {
		t.Replica, err = tx.s.replicaID(tx.ctx, t.replica)
	}
	return t, found, err
}

// scanner is a line of a result.
type scanner interface {
	Scan(into ...any) error
}

// ReplicaID names this file among all replicas of the book.
func (s *Store) ReplicaID() data.ID {
	id, err := data.ParseID(s.metaValue("replica"))
	if err != nil {
		return data.NoID
	}
	return id
}
