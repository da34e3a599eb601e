package store

import (
	"context"

	"fieldbook/data"
)

// Arrival is an op in the order in which acts came into this book.
type Arrival struct {
	Act     data.Key
	Replica data.ID
	Seq     uint64
}

// EachArrival walks through the ops act by act, as they were done here or
// merged, until fn returns false.
func (s *Store) EachArrival(ctx context.Context, fn func(Arrival) bool) error {
	rows, err := s.read.QueryContext(ctx, `SELECT o.txn, r.id, o.seq FROM op o JOIN replica r ON r.key = o.replica ORDER BY o.txn, o.replica, o.seq`)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var a Arrival
		var raw []byte
		if err := rows.Scan(&a.Act, &raw, &a.Seq); err != nil {
			return dbError(err)
		}
		a.Replica = readID(raw)
		if !fn(a) {
			return nil
		}
	}
	return dbError(rows.Err())
}
