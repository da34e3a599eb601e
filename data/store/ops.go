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
		id := readID(raw)
		out[id] = out[id].Add(from, to)
	}
	return out, dbError(rows.Err())
}

// opColumns are the columns that scanOp reads, of op o, kind k and entity e.
const opColumns = `o.replica, o.seq, o.stamp, o.txn, k.name, e.id, o.cells, o.overwrites, o.under, o.hidden`

// scanOp reads a line of opColumns. The op's Txn is left to the caller, who gets
// its key.
func scanOp(rows scanner, ids map[data.Key]data.ID) (*oplog.Op, data.Key, error) {
	var o oplog.Op
	var replica, txn data.Key
	var row []byte
	var cells string
	var over, under, hidden sql.NullString
	if err := rows.Scan(&replica, &o.Seq, &o.Stamp, &txn, &o.Kind, &row, &cells, &over, &under, &hidden); err != nil {
		return nil, 0, dbError(err)
	}
	o.Replica = ids[replica]
	o.Row = readID(row)
	return &o, txn, fillOp(&o, opBody{cells, over, under, hidden}, ids)
}

// readID takes an id out of a line. In a damaged file it may have another length;
// it is none then, which verify finds.
func readID[T []byte | string](raw T) (id data.ID) {
	if len(raw) == len(id) {
		copy(id[:], raw)
	}
	return id
}

// opBody is what an op says, as its line holds it.
type opBody struct {
	cells                   string
	overwrites, under, hide sql.NullString
}

func fillOp(o *oplog.Op, b opBody, ids map[data.Key]data.ID) error {
	values, err := decodeCells(b.cells)
	if err != nil {
		return err
	}
	overwrites, err := decodeOverwrites(b.overwrites)
	if err != nil {
		return err
	}
	shared := func(dots []dbDot) []oplog.Dot {
		var out []oplog.Dot
		for _, d := range dots {
			out = append(out, oplog.Dot{Replica: ids[d.replica], Seq: d.seq})
		}
		return out
	}
	o.Cells = make(map[string]oplog.Cell, len(values))
	for name, v := range values {
		o.Cells[name] = oplog.Cell{Value: v, Overwrites: shared(overwrites[name])}
	}
	o.Under, o.Hidden = nil, nil
	if b.under.Valid {
		dots, err := decodeDots(b.under.String)
		if err != nil {
			return err
		}
		o.Under = shared(dots)
	}
	if b.hide.Valid {
		hidden, err := decodeHidden(b.hide.String)
		if err != nil {
			return err
		}
		o.Hidden = make(map[string]oplog.HiddenCell, len(hidden))
		for name, h := range hidden {
			o.Hidden[name] = oplog.HiddenCell{Value: h, Overwrites: shared(overwrites[name])}
		}
	}
	return nil
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
		out[key] = readID(id)
	}
	return out, dbError(rows.Err())
}

const selectTxn = `SELECT t.key, t.id, t.replica, t.author, t.name, t.device, t.day, t.stamp, t.what, t.undo_of,
	t.first_seq, t.ops, t.basis, t.erased, s.public, t.signature FROM txn t LEFT JOIN signer s ON s.key = t.signer`

// transactions reads the acts for which a condition holds, by key.
func transactions(ctx context.Context, q querier, ids map[data.Key]data.ID, where string, args ...any) (map[data.Key]oplog.Txn, error) {
	rows, err := q.QueryContext(ctx, selectTxn+` WHERE `+where, args...)
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
	var id, author, undo, basis []byte
	var erased sql.NullString
	err := rows.Scan(&t.key, &id, &t.replica, &author, &t.Name, &t.Device, &t.Day, &t.Stamp, &t.What, &undo,
		&t.First, &t.Count, &basis, &erased, &t.Key, &t.Signature)
	if err != nil {
		return t, dbError(err)
	}
	t.ID = readID(id)
	copy(t.Author[:], author)
	copy(t.UndoOf[:], undo)
	t.Basis = splitIDs(basis)
	if erased.Valid {
		t.Erased, err = decodeHidden(erased.String)
	}
	return t, err
}

func (tx *Tx) txnByID(id data.ID) (t loggedTxn, found bool, err error) {
	err = tx.rows(selectTxn+` WHERE t.id = ?`, []any{id[:]}, func(r *sql.Rows) error {
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
