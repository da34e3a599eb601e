package store

import (
	"database/sql"
	"fmt"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Exists reports whether the book has the row and it is not deleted.
func (tx *Tx) Exists(id data.ID) bool {
	e, err := tx.s.entityOf(tx.ctx, id)
	return err == nil && e.born.seq != 0 && !e.deleted
}

// Known reports whether the log has ever seen the row, deleted or not.
func (tx *Tx) Known(id data.ID) bool {
	e, err := tx.s.entityOf(tx.ctx, id)
	return err == nil && e.born.seq != 0
}

// Leads reports whether following a kind's reference to itself from a row
// comes to another: whether from reports, however far up, to to.
func (tx *Tx) Leads(kind, field string, from, to data.ID) (bool, error) {
	target, err := tx.s.entityOf(tx.ctx, to)
	if err != nil || target.key == 0 {
		return false, err
	}
	start, err := tx.s.entityOf(tx.ctx, from)
	if err != nil {
		return false, err
	}
	found := false
	query := fmt.Sprintf(`WITH RECURSIVE up(key) AS (SELECT ? UNION SELECT t.%s FROM %s t JOIN up ON t.key = up.key WHERE t.%s IS NOT NULL)
		SELECT 1 FROM up WHERE key = ?`, field, kind, field)
	err = tx.rows(query, []any{start.key, target.key}, func(*sql.Rows) error {
		found = true
		return nil
	})
	return found, err
}

// Settle writes fields even where they hold the value already, so that every
// concurrent value of their cells is overwritten and the conflict ends. The
// pseudo-field "_deleted" says whether a contested row goes or stays.
func (tx *Tx) Settle(kind string, id data.ID, values data.Values) error {
	k, err := tx.Kind(kind)
	if err != nil {
		return err
	}
	e, err := tx.s.entityOf(tx.ctx, id)
	if err != nil {
		return err
	}
	if e.born.seq == 0 {
		return data.Errorf(data.NotFound, "there is no such record; nothing was changed")
	}
	if gone, ok := values[oplog.DeletedCell].(bool); ok {
		if gone {
			return tx.deleteSeen(k, id, e)
		}
		return tx.writeCells(k, id, e, []cell{{oplog.DeletedCell, []byte("null")}})
	}
	if err := checkValues(k, values, false); err != nil {
		return err
	}
	old, err := tx.values(k, e)
	if err != nil {
		return err
	}
	for name, v := range values {
		old[name] = v
	}
	cells := cellsOf(k, old, func(_ string, fields []data.Field) bool {
		for _, f := range fields {
			if _, ok := values[f.Name]; ok {
				return true
			}
		}
		return false
	})
	return tx.writeCells(k, id, e, cells)
}
