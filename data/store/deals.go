package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"fieldbook/data"
)

// Computed fields of deals. They sort and filter like fields of the kind and
// are worked out by SQL, so that a million deals need no reading.
const (
	DealValue    = "value"     // minor units of its own currency: the amount, or the list price where METRICS says so
	DealWeighted = "weighted"  // value × what the stage weighs: Weights of the query
	DealStageDay = "stage_day" // the day on which the deal came into its stage
	DealCategory = "forecast"  // the deal's own forecast category, else its stage's
	DealStep     = "any_step"  // filled where there is a next step, in words or as a day
	DealStepDay  = "step_day"  // when the next step is due; long hence without one, so that it sorts last
)

// stageDaySQL follows the log where the stage was changed in a book, and else
// what came with an import: stage history, the earlier of engaged and created day. A change
// of the close day alone, which shares the cell, is no entry. CROSS JOIN and +
// hold SQLite to the indexes that lead to one deal.
const stageDaySQL = `coalesce(
	(SELECT min(x.day) FROM live l CROSS JOIN op o ON o.entity = l.entity CROSS JOIN txn x ON x.key = o.txn
		WHERE l.entity = t.key AND l.cell = 'stage' AND o.stamp > (SELECT max(p.stamp) FROM op p WHERE p.entity = t.key
			AND json_extract(p.cells, '$.stage.stage') <> json_extract(l.value, '$.stage'))
		AND json_extract(o.cells, '$.stage.stage') = json_extract(l.value, '$.stage')),
	(SELECT max(h.day) FROM stage_entry h WHERE h.deal = t.key AND +h.stage = t.stage),
	min(t.engaged_day, t.created_day), t.engaged_day, t.created_day)`

// computed gives the SQL of a computed field of a deal.
func (b *builder) computed(name string) (column string, f data.Field, ok bool) {
	if b.kind.Name != data.KindDeal {
		return "", f, false
	}
	switch name {
	case DealValue:
		return b.dealValue(), data.Field{Name: name, Label: "Value", Type: data.TypeMoney}, true
	case DealWeighted:
		return fmt.Sprintf("(%s * %s)", b.dealValue(), b.stageWeight()), data.Field{Name: name, Label: "Weighted", Type: data.TypeNumber}, true
	case DealStageDay:
		return stageDaySQL, data.Field{Name: name, Label: "In stage since", Type: data.TypeDay}, true
	case DealCategory:
		f, _ = b.kind.Field("category")
		return fmt.Sprintf("coalesce(t.category, %s.category)", b.dealJoin("stage")), f, true
	case DealStep:
		return "coalesce(t.next_step, t.next_step_day)", data.Field{Name: name, Label: "Next step", Type: data.TypeText}, true
	case DealStepDay:
		return "coalesce(t.next_step_day, 100000000)", data.Field{Name: name, Label: "Next step due", Type: data.TypeDay}, true
	}
	return "", f, false
}

// stageWeight is the SQL of what a deal's stage weighs.
func (b *builder) stageWeight() string {
	own := b.dealJoin("stage") + ".probability"
	if len(b.weights) == 0 {
		return own
	}
	var cases strings.Builder
	for _, key := range slices.Sorted(maps.Keys(b.weights)) {
		fmt.Fprintf(&cases, " WHEN %d THEN %g", key, b.weights[key])
	}
	return fmt.Sprintf("CASE t.stage%s ELSE %s END", cases.String(), own)
}

// KeyField names a row's key in filters of any kind: Is with int64 values, as
// many as there are.
const KeyField = "key"

func (b *builder) keyFilter(f data.Filter) {
	keys := make([]data.Key, 0, len(f.Values))
	for _, v := range f.Values {
		if key, ok := v.(int64); ok {
			keys = append(keys, data.Key(key))
		}
	}
	b.where = append(b.where, "t.key IN (SELECT value FROM json_each(?))")
	b.args = append(b.args, "["+keyList(keys)+"]")
}

// IDsOf gives the ids of rows by key, in the order of keys; keys that no row
// has are left out.
func (s *Store) IDsOf(ctx context.Context, keys []data.Key) ([]data.ID, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT e.id FROM json_each(?) j JOIN entity e ON e.key = j.value WHERE e.deleted = 0 ORDER BY j.key`, "["+keyList(keys)+"]")
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	var out []data.ID
	for rows.Next() {
		var id []byte
		if err := rows.Scan(&id); err != nil {
			return nil, dbError(err)
		}
		out = append(out, readID(id))
	}
	return out, dbError(rows.Err())
}

// dealJoin joins what a reference of the deal points to.
func (b *builder) dealJoin(field string) string {
	f, _ := b.kind.Field(field)
	return b.join(field, "t", f)
}

func (b *builder) dealValue() string {
	stage, product := b.dealJoin("stage"), b.dealJoin("product")
	return fmt.Sprintf("CASE %[1]s.type WHEN 'won' THEN t.amount WHEN 'lost' THEN coalesce(nullif(t.amount, 0), %[2]s.price) ELSE coalesce(t.amount, %[2]s.price) END",
		stage, product)
}

// dealCurrency is that of dealValue; NULL is the book's.
func (b *builder) dealCurrency() string {
	stage, product := b.dealJoin("stage"), b.dealJoin("product")
	return fmt.Sprintf("CASE WHEN t.amount IS NULL OR %[1]s.type = 'lost' AND t.amount = 0 THEN %[2]s.currency ELSE t.currency END", stage, product)
}

// DealTotal is what the deals of a query in one stage and one currency come to.
type DealTotal struct {
	Stage     data.ID
	Currency  data.Currency // empty is the book's
	Count     int
	Sum       int64 // of DealValue; the largest int64 where it would not fit
	Unvalued  int   // deals without a value
	NoAccount int
	NoClose   int // without a close day
	PastClose int // with a close day before today
	NoStep    int
	LateStep  int // with a next step due before today
	Stalled   int // of Lacking.Stalled
}

// Lacking says what DealTotals counts beside sums.
type Lacking struct {
	Today   data.Day
	Stalled []data.Key // the deals that count as stalled
}

// DealTotals adds up the deals of a query by stage and currency. Sort and
// Limit do not count.
func (s *Store) DealTotals(ctx context.Context, q data.Query, count Lacking) ([]DealTotal, error) {
	k, err := s.Kind(data.KindDeal)
	if err != nil {
		return nil, err
	}
	b := builder{store: s, kind: k, joined: map[string]string{}, args: []any{"[" + keyList(count.Stalled) + "]"}}
	columns := b.totalColumns(count.Today)
	stage := b.entityID(b.dealJoin("stage"))
	q.Sort, q.Limit = nil, 0
	tail, err := b.build(q)
	if err != nil {
		return nil, err
	}
	tail, _, _ = strings.Cut(tail, " ORDER BY t.key")
	// +t.stage: one pass through the table beats the order of an index.
	query := fmt.Sprintf("SELECT %s, %s FROM deal t %s GROUP BY +t.stage, 2", stage, columns, tail)
	rows, err := s.read.QueryContext(ctx, query, b.args...)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	var out []DealTotal
	for rows.Next() {
		t, err := scanDealTotal(rows)
		if err != nil {
			return nil, dbError(err)
		}
		out = append(out, t)
	}
	return out, dbError(rows.Err())
}

// DealCounts counts the deals of a query by stage, which takes an index alone
// where the query asks for no more than stages. Sort and Limit do not count.
func (s *Store) DealCounts(ctx context.Context, q data.Query) (map[data.ID]int, error) {
	k, err := s.Kind(data.KindDeal)
	if err != nil {
		return nil, err
	}
	b := builder{store: s, kind: k, joined: map[string]string{}}
	stage := b.entityID(b.dealJoin("stage"))
	q.Sort, q.Limit = nil, 0
	tail, err := b.build(q)
	if err != nil {
		return nil, err
	}
	tail, _, _ = strings.Cut(tail, " ORDER BY t.key")
	rows, err := s.read.QueryContext(ctx, fmt.Sprintf("SELECT %s, count(*) FROM deal t %s GROUP BY t.stage", stage, tail), b.args...)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	out := map[data.ID]int{}
	for rows.Next() {
		var id []byte
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, dbError(err)
		}
		if id != nil {
			out[readID(id)] = n
		}
	}
	return out, dbError(rows.Err())
}

// totalColumns are what scanDealTotal reads after the stage. The value is added
// up in two halves, since SQLite gives up where a sum leaves 64 bits.
func (b *builder) totalColumns(today data.Day) string {
	value, day := b.dealValue(), int64(today)
	return fmt.Sprintf(`%s, count(*), coalesce(sum((%[2]s) >> 32), 0), coalesce(sum((%[2]s) & 4294967295), 0), sum((%[2]s) IS NULL),
		sum(t.account IS NULL), sum(t.close_day IS NULL), coalesce(sum(t.close_day < %[3]d), 0),
		sum(t.next_step IS NULL AND t.next_step_day IS NULL), coalesce(sum(t.next_step_day < %[3]d), 0),
		sum(t.key IN (SELECT value FROM json_each(?)))`, b.dealCurrency(), value, day)
}

func scanDealTotal(rows *sql.Rows) (DealTotal, error) {
	var t DealTotal
	var stage []byte
	var currency sql.NullString
	var high, low int64
	err := rows.Scan(&stage, &currency, &t.Count, &high, &low, &t.Unvalued, &t.NoAccount, &t.NoClose, &t.PastClose, &t.NoStep, &t.LateStep, &t.Stalled)
	copy(t.Stage[:], stage)
	t.Currency = data.Currency(currency.String)
	high += low >> 32
	switch {
	case high > math.MaxInt32:
		t.Sum = math.MaxInt64
	case high < math.MinInt32:
		t.Sum = math.MinInt64
	default:
		t.Sum = high<<32 | low&math.MaxUint32
	}
	return t, err
}

// DealStanding is what is computed of one deal.
type DealStanding struct {
	Value    int64
	Currency data.Currency // empty is the book's
	Valued   bool
	Since    data.Day // DealStageDay
}

// DealStandings computes the standing of deals by key; keys that are gone are left out.
func (s *Store) DealStandings(ctx context.Context, keys []data.Key) (map[data.Key]DealStanding, error) {
	k, err := s.Kind(data.KindDeal)
	if err != nil {
		return nil, err
	}
	b := builder{store: s, kind: k, joined: map[string]string{}}
	columns := strings.Join([]string{"t.key", b.dealValue(), b.dealCurrency(), stageDaySQL}, ", ")
	rows, err := s.read.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM deal t %s WHERE t.key IN (%s)", columns, strings.Join(b.joins, " "), keyList(keys)))
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	out := make(map[data.Key]DealStanding, len(keys))
	for rows.Next() {
		key, f, err := scanDealStanding(rows)
		if err != nil {
			return nil, dbError(err)
		}
		out[key] = f
	}
	return out, dbError(rows.Err())
}

func scanDealStanding(rows *sql.Rows) (data.Key, DealStanding, error) {
	var key data.Key
	var value, since sql.NullInt64
	var currency sql.NullString
	err := rows.Scan(&key, &value, &currency, &since)
	f := DealStanding{Value: value.Int64, Valued: value.Valid, Currency: data.Currency(currency.String), Since: data.NoDay}
	if since.Valid {
		f.Since = data.Day(since.Int64)
	}
	return key, f, err
}
