package store

import (
	"database/sql"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// hasher reads ops of one replica for their hashes alone: most made their row
// and are hashed as they stand in the log, without being taken apart.
type hasher struct {
	ids     map[data.Key]data.ID
	replica data.ID

	leafs oplog.Leafs
	cells []oplog.NewCell
}

// query asks for the ops of a replica, its first argument, in the order of seqs.
func (h *hasher) query(where string) string {
	return `SELECT o.seq, k.name, e.id, o.cells, o.overwrites, o.under, o.hidden FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind
		WHERE o.replica = ? AND ` + where + ` ORDER BY o.seq`
}

// scan reads a line of the query.
func (h *hasher) scan(rows *sql.Rows) (seq uint64, leaf oplog.Hash, err error) {
	var op oplog.Op
	op.Replica = h.replica
	var row, cells, over, under, hidden sql.RawBytes
	if err := rows.Scan(&op.Seq, &op.Kind, &row, &cells, &over, &under, &hidden); err != nil {
		return 0, leaf, dbError(err)
	}
	copy(op.Row[:], row)
	h.cells = h.cells[:0]
	plain := over == nil && under == nil && hidden == nil && eachMember(cells, func(name, value []byte) {
		h.cells = append(h.cells, oplog.NewCell{Name: string(name), Value: value})
	})
	if plain {
		return op.Seq, h.leafs.Of(&op, h.cells), nil
	}
	err = fillOp(&op, opBody{string(cells), rawNull(over), rawNull(under), rawNull(hidden)}, h.ids)
	return op.Seq, op.Leaf(), err
}

func rawNull(b sql.RawBytes) sql.NullString {
	return sql.NullString{String: string(b), Valid: b != nil}
}
