package app

import (
	"context"
	"sync"
	"sync/atomic"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// facts keep in memory what figures are computed from: read once, patched
// after each commit with what it touched. They may be asked by many at once.
type facts struct {
	app  *App
	live atomic.Bool // facts were asked for

	mu     sync.RWMutex // held for reading while figures are computed, for writing while patched
	now    *factBook    // nil until asked for
	past   *factBook    // of pastDay, where that differs from now
	asked  map[data.Day]bool
	before data.Day // day of past

	pendingMu sync.Mutex
	pending   data.Change // committed, not yet patched in
}

// factBook is the facts of one day with what patching them needs.
type factBook struct {
	metrics.Facts
	people, territories, products, accounts, pipelines, stages index

	stageOf map[data.ID]int32
	openers map[int32][2]int32 // pipeline → its first and second open stage

	currency   map[string]int16
	families   interned
	industries interned
	countries  interned
	entries    []stageEntry // by deal, then day
	sought     int          // where the entries of the deal asked for last end
	journeys   map[data.Key]*journey
	planned    map[data.Key]bool // deals with an activity to do
	steps      dayIndex          // of next steps with a day
	until      data.Day          // the day it is read on, NoDay for the rows as they stand

	doingMu sync.Mutex
	doings  *doings // what was done beside deals; nil until asked for

	viewMu sync.Mutex
	views  map[viewKey]*metrics.View // of deals as they stand
}

// factKinds are the kinds that figures are made from.
var factKinds = []string{
	data.KindSetting, data.KindRate, data.KindPerson, data.KindTerritory, data.KindAssignment, data.KindProduct, data.KindPipeline,
	data.KindStage, data.KindAccount, data.KindDeal, data.KindStageEntry, data.KindActivity, data.KindQuota,
	data.KindRampProfile, data.KindRamp, data.KindAbsence, data.KindDealSplit,
}

// read runs fn on the facts as of a day. fn must not keep or change them.
func (k *facts) read(ctx context.Context, asOf data.Day, fn func(*factBook) error) error {
	k.live.Store(true)
	for {
		done, err := k.tryRead(ctx, asOf, fn)
		if done || err != nil {
			return err
		}
		if err := k.prepare(ctx, asOf); err != nil {
			return err
		}
	}
}

// note remembers what a commit touched, once facts were asked for. It hears of
// commits before whoever subscribes to an open book, who may ask for figures at once.
func (k *facts) note(c data.Change) {
	if !k.live.Load() {
		return
	}
	k.pendingMu.Lock()
	defer k.pendingMu.Unlock()
	for _, t := range c.Topics {
		if len(t.IDs) == 0 {
			k.pending.MarkAll(t.Kind)
		}
		for _, id := range t.IDs {
			k.pending.Mark(t.Kind, id)
		}
	}
}

func (k *facts) take() data.Change {
	k.pendingMu.Lock()
	defer k.pendingMu.Unlock()
	c := k.pending
	k.pending = data.Change{}
	return c
}

func (k *facts) waiting() bool {
	k.pendingMu.Lock()
	defer k.pendingMu.Unlock()
	return k.pending.Touches(factKinds...)
}

// tryRead runs fn where the facts are ready for it.
func (k *facts) tryRead(ctx context.Context, asOf data.Day, fn func(*factBook) error) (done bool, err error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if err := ctx.Err(); err != nil {
		return false, data.Wrap(data.Canceled, err, "stopped; nothing was changed")
	}
	differs, known := k.asked[asOf]
	switch {
	case k.now == nil || !known || k.waiting():
		return false, nil
	case !differs:
		return true, fn(k.now)
	case k.past != nil && k.before == asOf:
		return true, fn(k.past)
	}
	return false, nil
}

// prepare brings the facts of a day up to date.
func (k *facts) prepare(ctx context.Context, asOf data.Day) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.refresh(ctx); err != nil {
		return err
	}
	differs, known := k.asked[asOf]
	if !known {
		var err error
		if differs, err = k.app.store.ChangedAfter(ctx, asOf); err != nil {
			return err
		}
		k.asked[asOf] = differs
	}
	if !differs || k.past != nil && k.before == asOf {
		return nil
	}
	past, err := k.loadAsOf(ctx, asOf)
	if err == nil {
		k.past, k.before = past, asOf
	}
	return err
}

// refresh loads the facts or patches them with what was committed since. After
// a failure the next call loads them anew.
func (k *facts) refresh(ctx context.Context) error {
	c := k.take()
	if k.now != nil && !c.Touches(factKinds...) {
		return nil
	}
	k.past, k.asked = nil, map[data.Day]bool{}
	if k.now != nil {
		whole, err := k.now.patch(ctx, k.app, c)
		if err == nil && !whole {
			return nil
		}
		k.now = nil
		if err != nil {
			return err
		}
	}
	b, err := load(ctx, k.app, &source{store: k.app.store, until: data.NoDay})
	if err == nil {
		k.now = b
	}
	return err
}

// loadAsOf reads the tables and puts the rows that later days changed back to
// how they stood.
func (k *facts) loadAsOf(ctx context.Context, day data.Day) (*factBook, error) {
	src, err := sourceAsOf(ctx, k.app.store, day)
	if err != nil {
		return nil, err
	}
	return load(ctx, k.app, src)
}

// sourceAsOf reads rows as they stood at the end of a day.
func sourceAsOf(ctx context.Context, s *store.Store, day data.Day) (*source, error) {
	src := &source{store: s, until: day, past: map[string][]store.Past{}, changed: map[data.Key]bool{}, keys: map[data.ID]data.Key{}}
	return src, s.EachPast(ctx, day, func(p store.Past) error {
		src.past[p.Kind] = append(src.past[p.Kind], p)
		src.changed[p.Key] = true
		return nil
	})
}

func load(ctx context.Context, a *App, src *source) (*factBook, error) {
	b := &factBook{until: src.until}
	b.useSettings(a)
	for _, step := range []func(context.Context, *source) error{
		b.loadRates, b.loadTerritories, b.loadPeople, b.loadProducts, b.loadStages, b.loadAccounts, b.loadQuotas, b.loadEffects, b.loadSplits, b.loadEntries, b.loadPlanned, b.loadDeals,
	} {
		if err := step(ctx, src); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// useSettings takes over what the book says of itself. It reports whether the
// book's currency is another one, which every amount depends on.
func (b *factBook) useSettings(a *App) (changed bool) {
	book := a.Book()
	b.Calendar = book.Calendar
	b.Season = readSeason(a.store.Setting(settingSeason))
	if len(b.Currencies) > 0 {
		return b.Currencies[0] != book.Currency
	}
	b.Currencies = []data.Currency{book.Currency}
	b.currency = map[string]int16{"": 0, string(book.Currency): 0}
	return false
}

// currencyAt is the place of a currency, which it makes if need be.
func (b *factBook) currencyAt(code string) int16 {
	i, ok := b.currency[code]
	if !ok {
		i = int16(len(b.Currencies))
		b.Currencies = append(b.Currencies, data.Currency(code))
		b.currency[code] = i
	}
	return i
}

// index gives the place of a row in a table of facts. Keys are the database's
// row numbers, so a slice serves them; it holds place + 1.
type index []int32

func (x *index) set(key data.Key, place int32) {
	if need := int(key) + 1 - len(*x); need > 0 {
		*x = append(*x, make([]int32, need)...)
	}
	(*x)[key] = place + 1
}

func (x index) get(key data.Key) int32 {
	if key <= 0 || int(key) >= len(x) {
		return metrics.None
	}
	return x[key] - 1
}

// dayIndex gives the day of a row, as index gives its place.
type dayIndex []data.Day

// set takes NoDay for none.
func (x *dayIndex) set(key data.Key, day data.Day) {
	if !day.Valid() && int(key) >= len(*x) {
		return
	}
	for int(key) >= len(*x) {
		*x = append(*x, data.NoDay)
	}
	(*x)[key] = day
}

func (x dayIndex) get(key data.Key) data.Day {
	if int(key) >= len(x) {
		return data.NoDay
	}
	return x[key]
}

// interned gives each text a place in a list.
type interned map[string]int32

func (n *interned) place(list *[]string, text string) int32 {
	if text == "" {
		return metrics.None
	}
	if *n == nil {
		*n = interned{}
	}
	i, ok := (*n)[text]
	if !ok {
		i = int32(len(*list))
		*list = append(*list, text)
		(*n)[text] = i
	}
	return i
}

// source reads rows as of a day: from the tables, but where a later day's edit
// changed one, as it stood.
type source struct {
	store   *store.Store
	until   data.Day // NoDay: as they stand
	past    map[string][]store.Past
	changed map[data.Key]bool
	keys    map[data.ID]data.Key
}

// line is one row's fields in the order asked for.
type line struct {
	key    data.Key
	id     data.ID
	values []any
}

func (l line) int(i int) int64 { n, _ := l.values[i].(int64); return n }

func (l line) ref(i int) data.Key { return data.Key(l.int(i)) }

func (l line) text(i int) string { s, _ := l.values[i].(string); return s }

func (l line) has(i int) bool { return l.values[i] != nil }

func (l line) day(i int) data.Day {
	if n, ok := l.values[i].(int64); ok {
		return data.Day(n)
	}
	return data.NoDay
}

func (l line) float(i int) float64 {
	if x, ok := l.values[i].(float64); ok {
		return x
	}
	return float64(l.int(i))
}

// each calls fn with the rows of a kind; ids nil is all.
func (s *source) each(ctx context.Context, q store.Narrow, fn func(line) error) error {
	err := s.store.EachNarrow(ctx, q, func(key data.Key, id data.ID, values []any) error {
		if s.changed[key] {
			return nil
		}
		return fn(line{key, id, values})
	})
	if err != nil {
		return err
	}
	for _, p := range s.past[q.Kind] {
		if p.Gone {
			continue
		}
		l := line{p.Key, p.ID, make([]any, len(q.Fields))}
		for i, f := range q.Fields {
			if l.values[i], err = s.stored(ctx, p.Values[f]); err != nil {
				return err
			}
		}
		if err := fn(l); err != nil {
			return err
		}
	}
	return nil
}

// stored is a value as the tables hold it.
func (s *source) stored(ctx context.Context, v data.Value) (any, error) {
	switch x := v.(type) {
	case data.Day:
		return int64(x), nil
	case bool:
		if x {
			return int64(1), nil
		}
		return int64(0), nil
	case data.ID:
		key, ok := s.keys[x]
		if !ok {
			found, err := s.store.KeysOf(ctx, []data.ID{x})
			if err != nil {
				return nil, err
			}
			key = found[0]
			s.keys[x] = key
		}
		return int64(key), nil
	}
	return v, nil
}
