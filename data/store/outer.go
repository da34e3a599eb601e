package store

import (
	"context"

	"fieldbook/data"
)

// ExternalIDs calls fn with every row of a kind that another program gave an id.
func (s *Store) ExternalIDs(ctx context.Context, kind string, fn func(id data.ID, outer string)) error {
	k, err := data.KindByName(kind)
	if err != nil {
		return err
	}
	rows, err := s.read.QueryContext(ctx, "SELECT e.id, t.external_id FROM "+k.Name+" t JOIN entity e ON e.key = t.key WHERE t.external_id IS NOT NULL ORDER BY t.key")
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var raw []byte
		var outer string
		if err := rows.Scan(&raw, &outer); err != nil {
			return dbError(err)
		}
		fn(readID(raw), outer)
	}
	return dbError(rows.Err())
}
