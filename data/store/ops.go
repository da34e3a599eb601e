package store

import (
	"context"
	"database/sql"
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

// EachOp streams the log in the order of replicas and seqs: txn is called for
// every transaction before the first of its ops. skip leaves ops out.
func (s *Store) EachOp(ctx context.Context, skip func(oplog.Dot) bool, txn func(oplog.Txn) error, op func(*oplog.Op) error) error {
	ids, err := s.replicaIDs(ctx)
	if err != nil {
		return err
	}
	txns, err := s.transactions(ctx, ids)
	if err != nil {
		return err
	}
	rows, err := s.read.QueryContext(ctx, `SELECT o.replica, o.seq, o.stamp, o.txn, k.name, e.id, o.cells, o.overwrites
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
		if skip != nil && skip(o.Dot) {
			continue
		}
		o.Txn = txns[t].ID
		if !told[t] {
			told[t] = true
			if err := txn(txns[t]); err != nil {
				return err
			}
		}
		if err := op(o); err != nil {
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

func (s *Store) replicaIDs(ctx context.Context) (map[data.Key]data.ID, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT key, id FROM replica`)
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

func (s *Store) transactions(ctx context.Context, ids map[data.Key]data.ID) (map[data.Key]oplog.Txn, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT key, id, replica, author, name, device, day, stamp, what, undo_of FROM txn`)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	out := map[data.Key]oplog.Txn{}
	for rows.Next() {
		var key, replica data.Key
		var t oplog.Txn
		var id, author, undo []byte
		if err := rows.Scan(&key, &id, &replica, &author, &t.Name, &t.Device, &t.Day, &t.Stamp, &t.What, &undo); err != nil {
			return nil, dbError(err)
		}
		t.ID, t.Replica = data.ID(id), ids[replica]
		copy(t.Author[:], author)
		copy(t.UndoOf[:], undo)
		out[key] = t
	}
	return out, dbError(rows.Err())
}

// scanner is a line of a result.
type scanner interface {
	Scan(into ...any) error
}
