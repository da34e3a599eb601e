package store

import (
	"database/sql"
	"database/sql/driver"
	"errors"

	"fieldbook/data"
)

// dropIndexes takes the indexes off an empty table, to be built when it is full.
func (b *Bulk) dropIndexes() error {
	var one int
	full, err := b.tx.s.scanOne(b.tx.ctx, "SELECT 1 FROM "+b.kind.Name+" LIMIT 1", nil, &one)
	if err != nil || full {
		return err
	}
	b.indexes, err = b.tx.dropIndexes(b.kind.Name)
	return err
}

// dropIndexes takes the indexes off a kind's table and gives the statements
// that make them again.
func (tx *Tx) dropIndexes(kind string) (again []string, err error) {
	var names []string
	err = tx.rows(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`, []any{kind}, func(r *sql.Rows) error {
		var name, query string
		err := r.Scan(&name, &query)
		names, again = append(names, name), append(again, query)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if _, err := tx.s.write.ExecContext(tx.ctx, "DROP INDEX "+name); err != nil {
			return nil, dbError(err)
		}
	}
	return again, nil
}

// finish builds the indexes again.
func (b *Bulk) finish() error {
	err := b.tx.makeIndexes(b.indexes)
	b.indexes = nil
	return err
}

// makeIndexes runs what dropIndexes gave.
func (tx *Tx) makeIndexes(queries []string) error {
	for _, query := range queries {
		if _, err := tx.s.write.ExecContext(tx.ctx, query); err != nil {
			return dbError(err)
		}
	}
	return nil
}

func (b *Bulk) release() error {
	return errors.Join(b.born.close(), b.op.close(), b.line.close())
}

// bulkStmt is a statement of the driver itself with its arguments: database/sql
// costs more than SQLite where a million rows each run three.
type bulkStmt struct {
	stmt driver.Stmt
	exec driver.StmtExecContext
	args []driver.NamedValue
	res  driver.Result
}

func (st *bulkStmt) prepare(tx *Tx, args int, query string) error {
	st.args = make([]driver.NamedValue, args)
	for i := range st.args {
		st.args[i].Ordinal = i + 1
	}
	return dbError(tx.s.write.Raw(func(conn any) error {
		c, ok := conn.(driver.Conn)
		if !ok {
			return data.Errorf(data.Internal, "the database driver is not the one that Fieldbook knows")
		}
		made, err := c.Prepare(query)
		if err != nil {
			return err
		}
		st.stmt = made
		if st.exec, ok = made.(driver.StmtExecContext); !ok {
			return data.Errorf(data.Internal, "the database driver is not the one that Fieldbook knows")
		}
		return nil
	}))
}

func (st *bulkStmt) set(values ...driver.Value) {
	for i, v := range values {
		st.args[i].Value = v
	}
}

func (st *bulkStmt) run(tx *Tx) (driver.Result, error) {
	err := tx.s.write.Raw(func(any) error {
		var err error
		st.res, err = st.exec.ExecContext(tx.ctx, st.args)
		return err
	})
	return st.res, dbError(err)
}

func (st *bulkStmt) close() error {
	if st.stmt == nil {
		return nil
	}
	return st.stmt.Close()
}
