package metrics

import (
	"runtime"
	"sync"

	"fieldbook/data"
)

// View holds the deals of a scope and segment as they stood at the end of one
// day. Every figure is a method of it; a screen makes one and asks it for all
// it shows. It does not change when the facts do.
type View struct {
	f      *Facts
	query  Query
	reader *reader
	pricer *pricer
	roster *roster
	parts  [][]cell // in order of place
	unread LeftOut
}

// LeftOut counts deals whose value is not in the sums.
type LeftOut struct {
	NoRate   int // their currency has no rate on the day that counts
	NoAmount int // neither an amount nor a list price
}

// cell is one deal of a view, 24 bytes.
type cell struct {
	value int64 // in the book's currency, 0 unless known
	deal  int32
	owner int32
	close data.Day // expected one for open deals
	stage int16
	kind  StageType
	worth worth
}

// day is the day on which manager, region and rate of the deal are taken.
func (c *cell) day(asOf data.Day) data.Day {
	if c.kind == Open || !c.close.Valid() {
		return asOf
	}
	return c.close
}

// NewView reads the facts as of q.AsOf for q.Scope and q.Filter; q.By and
// q.Period are those that Compute uses. An Invalid error says that the query
// names a person or territory that is not there, or no day.
func NewView(f *Facts, q Query) (*View, error) {
	if err := f.check(q); err != nil {
		return nil, err
	}
	v := &View{f: f, query: q, reader: newReader(f, q.AsOf), pricer: newPricer(f, q.AsOf), roster: newRoster(f)}
	seg := f.segment(q.Filter)
	v.parts = make([][]cell, workers())
	left := make([]LeftOut, workers())
	inParallel(len(f.Deals), func(w, from, to int) {
		v.parts[w], left[w] = v.read(&seg, from, to)
	})
	for _, l := range left {
		v.unread.NoRate += l.NoRate
		v.unread.NoAmount += l.NoAmount
	}
	return v, nil
}

func (f *Facts) check(q Query) error {
	if !q.AsOf.Valid() {
		return data.Errorf(data.Invalid, "Figures need a day to be read on.")
	}
	n := len(f.People)
	if q.Scope.Whose == OfRegion || q.Scope.Whose == OfTerritory {
		n = len(f.Territories)
	}
	if q.Scope.Whose != Everyone && (q.Scope.Place < 0 || int(q.Scope.Place) >= n) {
		return data.Errorf(data.Invalid, "The person or territory to look at is no longer in this book; choose another.")
	}
	return nil
}

// read works through a range of deals.
func (v *View) read(seg *segment, from, to int) ([]cell, LeftOut) {
	f, asOf := v.f, v.query.AsOf
	var left LeftOut
	out := make([]cell, 0, to-from)
	for i := from; i < to; i++ {
		d := &f.Deals[i]
		if !seg.keeps(d) {
			continue
		}
		s := v.reader.state(d)
		if !s.Exists || !seg.stage.has(s.Stage) {
			continue
		}
		c := cell{deal: int32(i), owner: d.Owner, close: s.Close, stage: int16(s.Stage), kind: s.Type}
		if v.query.Scope.Whose != Everyone && !v.roster.inScope(v.query.Scope, d.Account, d.Owner, c.day(asOf)) {
			continue
		}
		c.value, c.worth = v.pricer.value(d, &s)
		switch c.worth {
		case noRate:
			left.NoRate++
		case noAmount:
			left.NoAmount++
		}
		out = append(out, c)
	}
	return out, left
}

// AsOf is the day the view was read on.
func (v *View) AsOf() data.Day { return v.query.AsOf }

// LeftOut counts the deals of the view that sums of value miss.
func (v *View) LeftOut() LeftOut { return v.unread }

// Len is the number of deals in the view.
func (v *View) Len() int {
	n := 0
	for _, p := range v.parts {
		n += len(p)
	}
	return n
}

// each calls fn once a part, at the same time.
func (v *View) each(fn func(w int, cells []cell)) {
	var wg sync.WaitGroup
	for w, part := range v.parts {
		wg.Go(func() { fn(w, part) })
	}
	wg.Wait()
}

func workers() int { return max(1, runtime.GOMAXPROCS(0)) }

// inParallel splits 0..n into one range a worker and waits for all.
func inParallel(n int, fn func(w, from, to int)) {
	var wg sync.WaitGroup
	k := workers()
	for w := range k {
		wg.Go(func() { fn(w, n*w/k, n*(w+1)/k) })
	}
	wg.Wait()
}

// tally runs fn over the parts, each into an accumulator of its own made by
// fresh, and adds them up.
func tally[T any](v *View, fresh func() T, fn func(acc T, cells []cell), add func(into, from T)) T {
	accs := make([]T, len(v.parts))
	v.each(func(w int, cells []cell) {
		accs[w] = fresh()
		fn(accs[w], cells)
	})
	for _, a := range accs[1:] {
		add(accs[0], a)
	}
	return accs[0]
}
