package store

import (
	"database/sql"
	"slices"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// tables are the columns of each kind's table; a kind that the file does not
// know yet has none.
func (tx *Tx) tables() (map[string][]string, error) {
	out := map[string][]string{}
	for _, k := range data.Kinds() {
		err := tx.rows(`SELECT name FROM pragma_table_info(?)`, []any{k.Name}, func(r *sql.Rows) error {
			var name string
			err := r.Scan(&name)
			out[k.Name] = append(out[k.Name], name)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// catchUp fills the tables and columns that the file did not have before from
// the ops that a newer Fieldbook wrote and that lay in the log until now.
func (tx *Tx) catchUp(before map[string][]string) error {
	for _, k := range data.Kinds() {
		had := before[k.Name]
		if len(had) == 0 {
			if err := tx.catchUpKind(k); err != nil {
				return err
			}
			continue
		}
		var cells []string
		for _, f := range k.Fields {
			if !slices.Contains(had, f.Name) && !slices.Contains(cells, f.Cell) {
				cells = append(cells, f.Cell)
			}
		}
		if err := tx.catchUpCells(k, cells); err != nil {
			return err
		}
	}
	return nil
}

// catchUpKind folds all rows of a kind into its new table.
func (tx *Tx) catchUpKind(k *data.Kind) error {
	keys, err := tx.keys(`SELECT e.key FROM entity e JOIN kind k ON k.key = e.kind WHERE k.name = ? AND e.born_seq IS NOT NULL`, k.Name)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if err := tx.check(); err != nil {
			return err
		}
		e, id, _, err := tx.entityByKey(key)
		if err == nil {
			err = tx.project(k, id, e, []cell{{name: oplog.DeletedCell}})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// catchUpCells fills in the columns of cells. Rows that are deleted need none:
// they get all of their columns when they come back.
func (tx *Tx) catchUpCells(k *data.Kind, names []string) error {
	for _, name := range names {
		keys, err := tx.keys(`SELECT DISTINCT o.entity FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind
			WHERE k.name = ? AND NOT e.deleted AND instr(o.cells, ?)`, k.Name, string(data.AppendJSON(nil, name))+":")
		if err != nil {
			return err
		}
		for _, key := range keys {
			if err := tx.check(); err != nil {
				return err
			}
			e, _, _, err := tx.entityByKey(key)
			if err != nil {
				return err
			}
			winners, err := tx.winners(e)
			if err == nil && winners[name] != nil {
				err = tx.updateRow(k, key, []cell{{name, winners[name]}})
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) keys(query string, args ...any) ([]data.Key, error) {
	var out []data.Key
	err := tx.rows(query, args, func(r *sql.Rows) error {
		var k data.Key
		err := r.Scan(&k)
		out = append(out, k)
		return err
	})
	return out, err
}
