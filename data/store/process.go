package store

import (
	"context"
	"database/sql"
	"slices"

	"fieldbook/data"
)

// DealWork is what was done on a deal of what stages ask for: the criteria that
// were ticked, and by framework the points of its elements, the most of each.
type DealWork struct {
	Met    map[data.ID]bool
	Points map[data.ID]int
}

// workSQL takes the keys of deals twice.
func workSQL(keys []data.Key) string {
	list := keyList(keys)
	return `SELECT 0, c.deal, e.id, 0 FROM criterion_check c JOIN entity e ON e.key = c.criterion WHERE c.met AND c.deal IN (` + list + `)
		UNION ALL
		SELECT 1, w.deal, e.id, sum(w.score) FROM (
			SELECT q.deal AS deal, f.framework AS framework, max(coalesce(q.score, 0)) AS score
			FROM qualification q JOIN framework_element f ON f.key = q.element WHERE q.deal IN (` + list + `) GROUP BY q.deal, q.element) w
		JOIN entity e ON e.key = w.framework GROUP BY w.deal, w.framework`
}

func scanWork(rows *sql.Rows, into map[data.Key]DealWork) error {
	var points, n int
	var deal data.Key
	var raw []byte
	if err := rows.Scan(&points, &deal, &raw, &n); err != nil {
		return err
	}
	w, ok := into[deal]
	if !ok {
		w = DealWork{Met: map[data.ID]bool{}, Points: map[data.ID]int{}}
		into[deal] = w
	}
	id := data.ID(raw)
	if points == 0 {
		w.Met[id] = true
	} else {
		w.Points[id] = n
	}
	return nil
}

// keysAtOnce is how many rows one statement names.
const keysAtOnce = 2000

// DealWorks reads the work on deals by key. Deals on which nothing was done are
// left out.
func (s *Store) DealWorks(ctx context.Context, keys []data.Key) (map[data.Key]DealWork, error) {
	return dealWorks(ctx, s.read, keys)
}

// DealWorks is Store.DealWorks as this transaction leaves it.
func (tx *Tx) DealWorks(keys []data.Key) (map[data.Key]DealWork, error) {
	return dealWorks(tx.ctx, tx.s.write, keys)
}

func dealWorks(ctx context.Context, q querier, keys []data.Key) (map[data.Key]DealWork, error) {
	out := map[data.Key]DealWork{}
	for part := range slices.Chunk(keys, keysAtOnce) {
		if err := eachLine(ctx, q, workSQL(part), func(r *sql.Rows) error { return scanWork(r, out) }); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// RowsOf reads rows by key as this transaction leaves them; those that are gone
// are left out.
func (tx *Tx) RowsOf(kind string, keys []data.Key) (map[data.Key]data.Row, error) {
	k, err := tx.Kind(kind)
	if err != nil {
		return nil, err
	}
	out := make(map[data.Key]data.Row, len(keys))
	scan := newRowScan(k)
	for part := range slices.Chunk(keys, keysAtOnce) {
		err := eachLine(tx.ctx, tx.s.write, selectRowsSQL(k, part), func(r *sql.Rows) error {
			row, err := scan.row(r)
			out[row.Key] = row
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// DealStages calls fn with the stage of every deal as this transaction leaves it.
func (tx *Tx) DealStages(fn func(deal, stage data.Key)) error {
	return eachLine(tx.ctx, tx.s.write, `SELECT key, stage FROM deal WHERE stage IS NOT NULL`, func(r *sql.Rows) error {
		var deal, stage data.Key
		err := r.Scan(&deal, &stage)
		fn(deal, stage)
		return err
	})
}

// eachLine runs a query that is asked once only.
func eachLine(ctx context.Context, q querier, query string, scan func(*sql.Rows) error) error {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return dbError(err)
		}
	}
	return dbError(rows.Err())
}
