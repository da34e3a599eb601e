package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// maxFindings is how many faults verify names before it only counts them.
const maxFindings = 20

// Report is what Verify found.
type Report struct {
	Ops      int
	Rows     int
	Faults   int
	Findings []string // the first of them, in words

	erased erasures
}

func (r *Report) fault(format string, args ...any) {
	r.Faults++
	if len(r.Findings) < maxFindings {
		r.Findings = append(r.Findings, fmt.Sprintf(format, args...))
	}
}

// Verify folds the whole log again and compares it with the tables, and asks
// SQLite whether the file is sound. It changes nothing.
func (s *Store) Verify(ctx context.Context) (*Report, error) {
	r := &Report{}
	if err := s.checkFile(ctx, r); err != nil {
		return r, err
	}
	if err := s.checkHeld(ctx, r); err != nil {
		return r, err
	}
	ids, err := s.replicaIDs(ctx)
	if err != nil {
		return r, err
	}
	if r.erased, err = erasedIn(ctx, s.read); err != nil {
		return r, err
	}
	rows, err := s.read.QueryContext(ctx, `SELECT `+opColumns+`, o.entity
		FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind ORDER BY o.entity`)
	if err != nil {
		return r, dbError(err)
	}
	defer rows.Close()
	batch := &verifyBatch{store: s, report: r}
	for rows.Next() {
		var entity data.Key
		op, _, err := scanOp(scanWith{rows, []any{&entity}}, ids)
		if err != nil {
			return r, err
		}
		r.Ops++
		for name := range r.erased[op.Row] {
			if c, told := op.Cells[name]; told && string(c.Value) != "null" {
				r.fault("%s %s: the log still tells its %s, which was erased", op.Kind, op.Row, name)
			}
		}
		if err := batch.add(ctx, entity, op); err != nil {
			return r, err
		}
	}
	if err := rows.Err(); err != nil {
		return r, dbError(err)
	}
	if err := batch.check(ctx); err != nil {
		return r, err
	}
	if err := s.checkActs(ctx, r); err != nil {
		return r, err
	}
	return r, s.checkOrphans(ctx, r)
}

// verifyRows is how many rows are read from the tables at a time.
const verifyRows = 500

// verifyBatch gathers the ops of some rows, then compares these rows.
type verifyBatch struct {
	store  *Store
	report *Report
	rows   []verifyRow
}

type verifyRow struct {
	key data.Key
	ops []*oplog.Op
}

func (b *verifyBatch) add(ctx context.Context, key data.Key, op *oplog.Op) error {
	if n := len(b.rows); n > 0 && b.rows[n-1].key == key {
		b.rows[n-1].ops = append(b.rows[n-1].ops, op)
		return nil
	}
	if len(b.rows) == verifyRows {
		if err := b.check(ctx); err != nil {
			return err
		}
	}
	b.rows = append(b.rows, verifyRow{key: key, ops: []*oplog.Op{op}})
	return nil
}

func (b *verifyBatch) check(ctx context.Context) error {
	byKind := map[string][]verifyRow{}
	for _, r := range b.rows {
		byKind[r.ops[0].Kind] = append(byKind[r.ops[0].Kind], r)
	}
	b.rows = b.rows[:0]
	for kind, rows := range byKind {
		k, err := b.store.Kind(kind)
		if err != nil || k.Name != kind {
			continue // a kind of a newer Fieldbook has no table to compare with
		}
		keys := make([]data.Key, len(rows))
		for i, r := range rows {
			keys[i] = r.key
		}
		found, err := b.store.Rows(ctx, kind, keys)
		if err != nil {
			return err
		}
		lines := make(map[data.Key]data.Row, len(found))
		for _, row := range found {
			lines[row.Key] = row
		}
		for _, r := range rows {
			row, there := lines[r.key]
			b.report.compare(k, r.ops, row, there)
		}
	}
	return nil
}

func (s *Store) checkFile(ctx context.Context, r *Report) error {
	rows, err := s.read.QueryContext(ctx, `PRAGMA integrity_check`)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return dbError(err)
		}
		if text != "ok" {
			r.fault("the file is damaged: %s", text)
		}
	}
	if err := rows.Err(); err != nil {
		return dbError(err)
	}
	return s.checkLength(ctx, r)
}

// checkLength finds a file that was cut within its last page, which SQLite reads
// as if zeros stood there.
func (s *Store) checkLength(ctx context.Context, r *Report) error {
	var page int64
	if err := s.read.QueryRowContext(ctx, `PRAGMA page_size`).Scan(&page); err != nil {
		return dbError(err)
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return data.Wrap(data.Internal, err, "the book's file does not answer")
	}
	if info.Size()%page != 0 {
		r.fault("the file is damaged: it was cut short")
	}
	return nil
}

func (s *Store) checkHeld(ctx context.Context, r *Report) error {
	var held, ops int
	err := s.read.QueryRowContext(ctx, `SELECT (SELECT coalesce(sum(to_seq - from_seq + 1), 0) FROM held), (SELECT count(*) FROM op)`).Scan(&held, &ops)
	if err != nil {
		return dbError(err)
	}
	if held != ops {
		r.fault("the log holds %d entries but should hold %d", ops, held)
	}
	return nil
}

// checkOrphans looks for table lines that no entry of the log made.
func (s *Store) checkOrphans(ctx context.Context, r *Report) error {
	for _, k := range data.Kinds() {
		var n int
		query := fmt.Sprintf(`SELECT count(*) FROM %s t LEFT JOIN entity e ON e.key = t.key WHERE e.key IS NULL OR e.deleted OR e.born_seq IS NULL`, k.Name)
		if err := s.read.QueryRowContext(ctx, query).Scan(&n); err != nil {
			return dbError(err)
		}
		if n > 0 {
			r.fault("%d %s stand in the tables without the log", n, k.Plural)
		}
	}
	return nil
}

// compare folds the ops of one row and holds the result against its table line.
func (r *Report) compare(k *data.Kind, ops []*oplog.Op, row data.Row, there bool) {
	r.Rows++
	book := oplog.NewBook()
	for _, op := range ops {
		book.Apply(op)
	}
	id := ops[0].Row
	if deleted := book.Deletion(id) == oplog.Deleted; deleted == there {
		r.fault("%s %s: the log says deleted is %t, the table %t", k.Label, id, deleted, !there)
		return
	}
	if !there {
		return
	}
	want := data.Values{}
	for name, reg := range book.Row(id).Cells {
		if e, ok := reg.Winner(); ok && len(k.CellFields(name)) > 0 {
			decodeCell(k.CellFields(name), e.Value, want)
		}
	}
	r.erased.standIn(k.Name, id, want)
	for _, f := range k.Fields {
		if !bytes.Equal(data.AppendJSON(nil, want[f.Name]), data.AppendJSON(nil, row.Values[f.Name])) {
			r.fault("%s %s: %s is %s in the log and %s in the table", k.Label, id, f.Label,
				data.AppendJSON(nil, want[f.Name]), data.AppendJSON(nil, row.Values[f.Name]))
		}
	}
}

// Dump writes the state of every row in a canonical form: equal books have
// equal dumps, whatever the order in which their files came.
func (s *Store) Dump(ctx context.Context, line func(string) error) error {
	for _, k := range data.Kinds() {
		kind, err := s.Kind(k.Name)
		if err != nil {
			return err
		}
		cols, joins := rowColumns(kind)
		query := fmt.Sprintf("SELECT %s FROM %s t %s ORDER BY e.id", cols, k.Name, joins)
		err = s.each(ctx, kind, query, nil, func(row data.Row) error {
			b := fmt.Appendf(nil, "%s %s", k.Name, row.ID)
			for _, f := range kind.Fields {
				if v := row.Values[f.Name]; v != nil {
					b = fmt.Appendf(b, " %s=%s", f.Name, data.AppendJSON(nil, v))
				}
			}
			return line(string(b))
		})
		if err != nil {
			return err
		}
	}
	return s.dumpConflicts(ctx, line)
}

func (s *Store) dumpConflicts(ctx context.Context, line func(string) error) error {
	rows, err := s.read.QueryContext(ctx, `SELECT e.id, c.cell FROM conflict c JOIN entity e ON e.key = c.entity ORDER BY e.id, c.cell`)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id sql.RawBytes
		var cell string
		if err := rows.Scan(&id, &cell); err != nil {
			return dbError(err)
		}
		if err := line(fmt.Sprintf("conflict %x %s", []byte(id), cell)); err != nil {
			return err
		}
	}
	return dbError(rows.Err())
}
