package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
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
	Entered                         data.Day // the day of the deal's first txn
	Amount                          int64    // with HasAmount, minor units of Currency
	HasAmount                       bool
	HasStep                         bool   // a next step is written down
	Currency                        string // empty: the book's, or none
	Category                        string
}

// factRange is how many keys one query packs.
const factRange = 4096

// dealCategories are the deal's categories by the digit that the query gives.
var dealCategories = [...]string{"", data.CategoryOmitted, data.CategoryPipeline, data.CategoryBestCase, data.CategoryCommit}

// packedDeal writes a deal as numbers between commas: a million rows cross the
// driver as a few hundred texts, since each value on its own costs more than
// SQLite takes to read it.
const packedDeal = `d.key||','||coalesce(d.account,'')||','||coalesce(d.owner,'')||','||coalesce(d.product,'')||','||coalesce(d.stage,'')||','||
	coalesce(d.close_day,'')||','||coalesce(d.created_day,'')||','||coalesce(d.engaged_day,'')||','||coalesce(d.next_step_day,'')||','||
	coalesce(d.amount,'')||','||
	CASE d.category WHEN 'omitted' THEN 1 WHEN 'pipeline' THEN 2 WHEN 'best case' THEN 3 WHEN 'commit' THEN 4 ELSE 0 END||','||
	(d.next_step IS NOT NULL OR d.next_step_day IS NOT NULL)||','||
	CASE WHEN d.currency IS NULL OR d.currency = ?1 THEN '' ELSE hex(d.currency) END`

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
	query := `SELECT group_concat(` + packedDeal + `||','||coalesce(e.born_replica,'')||','||coalesce(e.born_seq,''), char(10))
		FROM deal d JOIN entity e ON e.key = d.key WHERE d.key BETWEEN ?2 AND ?3`
	n := int(last.Int64-first.Int64)/factRange + 1
	return inOrder(ctx, n, func(ctx context.Context, i int) ([]DealFact, error) {
		from := first.Int64 + int64(i)*factRange
		return s.dealRange(ctx, births, query, string(book), from, from+factRange-1)
	}, fn)
}

func (s *Store) dealRange(ctx context.Context, births births, query string, args ...any) ([]DealFact, error) {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	out := make([]DealFact, 0, factRange)
	for rows.Next() {
		var packed sql.RawBytes
		if err := rows.Scan(&packed); err != nil {
			return nil, dbError(err)
		}
		for len(packed) > 0 {
			line, rest, _ := bytes.Cut(packed, []byte{'\n'})
			packed = rest
			out = append(out, unpackDeal(line, births))
		}
	}
	return out, dbError(rows.Err())
}

// unpackDeal reads a line of packedDeal, with the deal's birth behind it.
func unpackDeal(line []byte, births births) DealFact {
	p := packedLine(line)
	f := DealFact{
		Key: data.Key(p.number()), Account: data.Key(p.number()), Owner: data.Key(p.number()), Product: data.Key(p.number()), Stage: data.Key(p.number()),
		Close: p.day(), Created: p.day(), Engaged: p.day(), NextOn: p.day(),
	}
	amount := p.next()
	f.HasAmount = len(amount) > 0
	f.Amount = number(amount)
	f.Category = dealCategories[p.number()]
	f.HasStep = p.number() != 0
	if code := p.next(); len(code) > 0 {
		text := make([]byte, hex.DecodedLen(len(code)))
		n, _ := hex.Decode(text, code) // SQLite wrote it
		f.Currency = string(text[:n])
	}
	f.Entered = births.day(data.Key(p.number()), uint64(p.number()))
	return f
}

// packedLine is the rest of a line of numbers between commas.
type packedLine []byte

func (p *packedLine) next() []byte {
	head, tail, _ := bytes.Cut(*p, []byte{','})
	*p = tail
	return head
}

func (p *packedLine) number() int64 { return number(p.next()) }

func (p *packedLine) day() data.Day {
	field := p.next()
	if len(field) == 0 {
		return data.NoDay
	}
	return data.Day(number(field))
}

// number reads a decimal number that SQLite wrote, 0 where there is none.
func number(b []byte) int64 {
	var n int64
	neg := len(b) > 0 && b[0] == '-'
	if neg {
		b = b[1:]
	}
	for _, c := range b {
		n = n*10 + int64(c-'0')
	}
	if neg {
		return -n
	}
	return n
}

// DealFacts gives the facts of some deals in the order of their keys; deals
// that are gone are left out.
func (s *Store) DealFacts(ctx context.Context, book data.Currency, keys []data.Key) ([]DealFact, error) {
	births, err := s.birthsOf(ctx, keys)
	if err != nil {
		return nil, err
	}
	query := `SELECT ` + packedDeal + `||','||coalesce(e.born_replica,'')||','||coalesce(e.born_seq,'')
		FROM deal d JOIN entity e ON e.key = d.key WHERE d.key IN (` + keyList(keys) + `) ORDER BY d.key`
	return s.dealRange(ctx, births, query, string(book))
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
	where, args := "", make([]any, len(q.IDs))
	switch {
	case q.IDs != nil:
		for i, id := range q.IDs {
			args[i] = id[:]
		}
		where = "WHERE e.id IN (" + strings.TrimPrefix(strings.Repeat(",?", len(q.IDs)), ",") + ")"
	case q.Ref != "":
		where = "WHERE t." + q.Ref + " IN (" + keyList(q.Keys) + ")"
	}
	query := fmt.Sprintf("SELECT t.key, e.id, t.%s FROM %s t JOIN entity e ON e.key = t.key %s ORDER BY t.key", strings.Join(q.Fields, ", t."), k.Name, where)
	values := make([]any, len(q.Fields))
	var key data.Key
	var id []byte
	into := []any{&key, &id}
	for i := range values {
		into = append(into, &values[i])
	}
	return s.scanAll(ctx, query, args, into, func() error { return fn(key, data.ID(id), values) })
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
