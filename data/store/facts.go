package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"fieldbook/data"
)

// DealFact is what figures need of a deal. References are keys, 0 where absent;
// days are NoDay where absent.
type DealFact struct {
	Key                             data.Key
	Account, Owner, Product, Stage  data.Key
	Close, Created, Engaged, NextOn data.Day
	Snoozed                         data.Day // not stalled before it
	Entered                         data.Day // the day of the deal's first txn
	Amount                          int64    // with HasAmount, minor units of Currency
	HasAmount                       bool
	HasStep                         bool   // a next step is written down
	Currency                        string // empty: the book's, or none
	Category                        string
}

// factRange is how many keys one query packs.
const factRange = 4096

// packedDeal is a deal as unpackDeal reads it.
const packedDeal = `pack(d.key, d.account, d.owner, d.product, d.stage, d.close_day, d.created_day, d.engaged_day, d.next_step_day, d.snooze_day, d.amount,
	d.category, d.next_step IS NOT NULL OR d.next_step_day IS NOT NULL, nullif(d.currency, ?1), e.born_replica, e.born_seq)`

// EachDealFact calls fn with all deals in the order of their keys, some
// thousand at a time; the slice is fn's until it returns. Rows in the currency
// book come without one.
func (s *Store) EachDealFact(ctx context.Context, book data.Currency, fn func([]DealFact) error) error {
	births, err := s.births(ctx)
	if err != nil {
		return err
	}
	var first, last sql.NullInt64
	if err := s.read.QueryRowContext(ctx, `SELECT (SELECT min(key) FROM deal), (SELECT max(key) FROM deal)`).Scan(&first, &last); err != nil {
		return dbError(err)
	}
	if !first.Valid {
		return nil
	}
	query := `SELECT ` + packedDeal + ` FROM deal d CROSS JOIN entity e ON e.key = d.key WHERE d.key BETWEEN ?2 AND ?3`
	n := int(last.Int64-first.Int64)/factRange + 1
	return inOrder(ctx, n, func(ctx context.Context, i int) ([]DealFact, error) {
		from := first.Int64 + int64(i)*factRange
		return s.dealRange(ctx, births, query, string(book), from, from+factRange-1)
	}, fn)
}

func (s *Store) dealRange(ctx context.Context, births births, query string, args ...any) ([]DealFact, error) {
	out := make([]DealFact, 0, factRange)
	err := s.packs(ctx, func(p packed) error {
		for len(p) > 0 {
			out = append(out, unpackDeal(&p, births))
		}
		return nil
	}, query, args...)
	return out, err
}

// unpackDeal takes off what packedDeal packed.
func unpackDeal(p *packed, births births) DealFact {
	f := DealFact{
		Key: p.key(), Account: p.key(), Owner: p.key(), Product: p.key(), Stage: p.key(),
		Close: p.day(), Created: p.day(), Engaged: p.day(), NextOn: p.day(), Snoozed: p.day(),
	}
	f.Amount, f.HasAmount = p.maybe()
	f.Category = dealCategory(p.text())
	f.HasStep = p.int() != 0
	f.Currency = string(p.text())
	f.Entered = births.day(p.key(), uint64(p.int()))
	return f
}

// dealCategory is a category of the book, empty for any that is none.
func dealCategory(text []byte) string {
	switch string(text) {
	case data.CategoryOmitted:
		return data.CategoryOmitted
	case data.CategoryPipeline:
		return data.CategoryPipeline
	case data.CategoryBestCase:
		return data.CategoryBestCase
	case data.CategoryCommit:
		return data.CategoryCommit
	}
	return ""
}

// DealFacts gives the facts of some deals in the order of their keys; deals
// that are gone are left out.
func (s *Store) DealFacts(ctx context.Context, book data.Currency, keys []data.Key) ([]DealFact, error) {
	births, err := s.birthsOf(ctx, keys)
	if err != nil {
		return nil, err
	}
	query := `SELECT ` + packedDeal + ` FROM deal d CROSS JOIN entity e ON e.key = d.key WHERE d.key IN (` + keyList(keys) + `)`
	out, err := s.dealRange(ctx, births, query, string(book))
	slices.SortFunc(out, func(x, y DealFact) int { return cmp.Compare(x.Key, y.Key) })
	return out, err
}

// keyList writes keys for an IN; they are numbers, so nothing needs quoting.
func keyList(keys []data.Key) string {
	var sb strings.Builder
	for i, k := range keys {
		if i > 0 {
			sb.WriteByte(',')
		}
		sb.WriteString(itoa(k))
	}
	return sb.String()
}

// inOrder makes n results on several read connections and passes them to fn in
// order, on the caller's goroutine. The first error ends it.
func inOrder[T any](ctx context.Context, n int, produce func(context.Context, int) (T, error), fn func(T) error) error {
	type result struct {
		value T
		err   error
	}
	ctx, cancel := context.WithCancel(ctx)
	workers := min(n, readConns, max(1, runtime.GOMAXPROCS(0)))
	results := make([]chan result, n)
	for i := range results {
		results[i] = make(chan result, 1)
	}
	ahead := make(chan struct{}, 2*workers)
	var next atomic.Int64
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	for range workers {
		wg.Go(func() {
			for {
				select {
				case ahead <- struct{}{}:
				case <-ctx.Done():
					return
				}
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				v, err := produce(ctx, i)
				results[i] <- result{v, err}
			}
		})
	}
	for i := range n {
		var r result
		select {
		case r = <-results[i]:
		case <-ctx.Done():
			return dbError(ctx.Err())
		}
		<-ahead
		if r.err != nil {
			return r.err
		}
		if err := fn(r.value); err != nil {
			return err
		}
	}
	return nil
}

// Narrow asks for some fields of one kind's rows.
type Narrow struct {
	Kind   string
	Fields []string
	IDs    []data.ID // only these rows; nil is all
	Ref    string    // a reference field that points to one of Keys; empty is any
	Keys   []data.Key
}

// EachNarrow calls fn for each row in the order of keys with the fields as they
// are stored: whole numbers, days and money int64, references the int64 key,
// other numbers float64, text string, nil where absent. values are fn's until
// it returns. The error is Invalid for a field that the kind lacks.
func (s *Store) EachNarrow(ctx context.Context, q Narrow, fn func(key data.Key, id data.ID, values []any) error) error {
	k, err := data.KindByName(q.Kind)
	if err != nil {
		return err
	}
	own := columns(k)
	for _, f := range append(q.Fields, q.Ref) {
		if f != "" && !slices.Contains(own, f) {
			return data.FieldErrorf(f, "a %s has no field %q", strings.ToLower(k.Label), f)
		}
	}
	marks, args := idList(q.IDs)
	where := ""
	switch {
	case q.IDs != nil:
		where = "e.id IN (" + marks + ") AND"
	case q.Ref != "":
		where = "t." + q.Ref + " IN (" + keyList(q.Keys) + ") AND"
	}
	query := fmt.Sprintf("SELECT t.key AS key, e.id AS id, t.%s FROM %s t JOIN entity e ON e.key = t.key WHERE %s t.key > ? ORDER BY t.key LIMIT %d",
		strings.Join(q.Fields, ", t."), k.Name, where, factRange)
	query = fmt.Sprintf("SELECT pack(key, id, %s) FROM (%s)", strings.Join(q.Fields, ", "), query)
	values := make([]any, len(q.Fields))
	for after, n := data.Key(0), factRange; n == factRange; {
		err := s.packs(ctx, func(p packed) error {
			for n = 0; len(p) > 0; n++ {
				after = p.key()
				id := readID(p.text())
				for i := range values {
					values[i] = p.value()
				}
				if err := fn(after, id, values); err != nil {
					return err
				}
			}
			return nil
		}, query, append(args, after)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// packs runs a query that packs its rows into one blob, which is fn's until it
// returns.
func (s *Store) packs(ctx context.Context, fn func(packed) error, query string, args ...any) error {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var blob sql.RawBytes
		if err := rows.Scan(&blob); err != nil {
			return dbError(err)
		}
		if err := fn(packed(blob)); err != nil {
			return err
		}
	}
	return dbError(rows.Err())
}

// scanAll scans every line of a query into the same places and calls fn. The
// driver takes a goroutine a line where ctx can end, so ctx is asked between
// lines instead.
func (s *Store) scanAll(ctx context.Context, query string, args, into []any, fn func() error) error {
	rows, err := s.read.QueryContext(context.WithoutCancel(ctx), query, args...)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	for n := 0; rows.Next(); n++ {
		if n%512 == 0 && ctx.Err() != nil {
			return dbError(ctx.Err())
		}
		if err := rows.Scan(into...); err != nil {
			return dbError(err)
		}
		if err := fn(); err != nil {
			return err
		}
	}
	return dbError(rows.Err())
}

// DealsWith gives the keys of the deals whose reference field points to one of
// some rows.
func (s *Store) DealsWith(ctx context.Context, field string, keys []data.Key) ([]data.Key, error) {
	k, err := data.KindByName(data.KindDeal)
	if err != nil {
		return nil, err
	}
	if f, ok := k.Field(field); !ok || f.Type != data.TypeRef {
		return nil, data.FieldErrorf(field, "a deal has no reference %q", field)
	}
	return s.keysOf(ctx, `SELECT key FROM deal WHERE `+field+` IN (`+keyList(keys)+`) ORDER BY key`)
}

func (s *Store) keysOf(ctx context.Context, query string, args ...any) ([]data.Key, error) {
	var out []data.Key
	var key data.Key
	err := s.scanAll(ctx, query, args, []any{&key}, func() error {
		out = append(out, key)
		return nil
	})
	return out, err
}

// KeysOf gives the keys that rows have in this book, 0 for those it never met.
func (s *Store) KeysOf(ctx context.Context, ids []data.ID) ([]data.Key, error) {
	out := make([]data.Key, len(ids))
	for i, id := range ids {
		err := s.read.QueryRowContext(ctx, `SELECT key FROM entity WHERE id = ?`, id[:]).Scan(&out[i])
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, dbError(err)
		}
	}
	return out, nil
}

// DealsNamed gives the keys of the deals that some rows of another kind, such
// as activities, point to now or pointed to at any time.
func (s *Store) DealsNamed(ctx context.Context, ids []data.ID) ([]data.Key, error) {
	var out []data.Key
	for _, id := range ids {
		keys, err := s.keysOf(ctx, `SELECT DISTINCT d.key FROM entity r JOIN op o ON o.entity = r.key JOIN entity d
			ON d.id = unhex(replace(json_extract(o.cells, '$.deal'), '-', '')) WHERE r.id = ?`, id[:])
		if err != nil {
			return nil, err
		}
		out = append(out, keys...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// PlannedDeals gives the keys of the deals with an activity that is not done.
func (s *Store) PlannedDeals(ctx context.Context) ([]data.Key, error) {
	return s.keysOf(ctx, `SELECT DISTINCT deal FROM activity WHERE deal IS NOT NULL AND coalesce(done, 0) = 0 AND coalesce(type, '') <> 'note' ORDER BY deal`)
}

// births tell on which day each replica's transactions began: ascending seqs.
type births map[data.Key][]birth

type birth struct {
	seq uint64
	day data.Day
}

// day is that of the transaction which holds a seq, NoDay where none does.
func (b births) day(replica data.Key, seq uint64) data.Day {
	list := b[replica]
	lo, hi := 0, len(list)
	for lo < hi {
		mid := (lo + hi) / 2
		if list[mid].seq <= seq {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return data.NoDay
	}
	return list[lo-1].day
}

// births reads the first seq of every transaction: its ops stand side by side,
// so a row's day needs no look at its op.
func (s *Store) births(ctx context.Context) (births, error) {
	return s.scanBirths(ctx, `SELECT replica, first, day FROM (SELECT t.replica, t.day,
		(SELECT min(o.seq) FROM op o WHERE o.txn = t.key AND o.replica = t.replica) AS first FROM txn t)
		WHERE first IS NOT NULL ORDER BY replica, first`)
}

// birthsOf are those that some rows need.
func (s *Store) birthsOf(ctx context.Context, keys []data.Key) (births, error) {
	return s.scanBirths(ctx, `SELECT DISTINCT o.replica, o.seq, t.day FROM entity e JOIN op o ON o.replica = e.born_replica AND o.seq = e.born_seq
		JOIN txn t ON t.key = o.txn WHERE e.key IN (`+keyList(keys)+`) ORDER BY o.replica, o.seq`)
}

func (s *Store) scanBirths(ctx context.Context, query string) (births, error) {
	out := births{}
	var replica data.Key
	var b birth
	err := s.scanAll(ctx, query, nil, []any{&replica, &b.seq, &b.day}, func() error {
		out[replica] = append(out[replica], b)
		return nil
	})
	return out, err
}
