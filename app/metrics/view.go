package metrics

import (
	"iter"
	"runtime"
	"sync"
	"sync/atomic"

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
	parts  []part // in order of place

	tables   recall[tableKey, Result]
	journeys recall[journeyKey, *Journey]
	stalls   recall[struct{}, *Stalls]
	records  recall[struct{}, []StageRecord]
	credits  recall[struct{}, []credit]
	chances  recall[struct{}, []Chance]
}

// part holds the cells of some neighbouring deals. A book fills in order of
// time, so a figure of one period needs few parts: first and last tell which.
type part struct {
	closed, open []cell
	first, last  data.Day // close days of closed
}

// partSize is how many deals a part is made from.
const partSize = 1 << 14

// cell is one deal of a view, 32 bytes: what most figures need of it, so that
// they need not visit the deals, which lie far apart in memory.
type cell struct {
	value int64 // in the book's currency, 0 unless known
	deal  int32
	owner int32
	born  data.Day
	close data.Day // expected one for open deals
	days  int32    // the cycle of a closed deal, untimed where it has none
	stage int16
	kind  StageType
	worth worth
}

// untimed is the cycle of a deal that has none.
const untimed int32 = -1

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
	v.parts = make([]part, (len(f.Deals)+partSize-1)/partSize)
	v.readParts(func(int) bool { return true })
	return v, nil
}

// Again gives a view of the same query after the deals of some places were
// replaced or added. Nothing else of the facts may have changed.
func (v *View) Again(places []int) *View {
	f := v.f
	next := &View{f: f, query: v.query, reader: v.reader, pricer: newPricer(f, v.query.AsOf), roster: v.roster} // a deal may bring a currency
	next.parts = make([]part, (len(f.Deals)+partSize-1)/partSize)
	copy(next.parts, v.parts)
	touched := make([]bool, len(next.parts))
	for _, place := range places {
		touched[place/partSize] = true
	}
	next.readParts(func(i int) bool { return touched[i] })
	return next
}

func (v *View) readParts(which func(i int) bool) {
	seg := v.f.segment(v.query.Filter)
	inParallel(len(v.parts), func(_, i int) {
		if which(i) {
			v.parts[i] = v.read(&seg, i*partSize, min((i+1)*partSize, len(v.f.Deals)))
		}
	})
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

// read works through a range of deals. Closed ones fill the cells from the
// front, open ones from the back.
func (v *View) read(seg *segment, from, to int) part {
	f, asOf := v.f, v.query.AsOf
	cells := make([]cell, to-from)
	p := part{first: data.NoDay, last: data.NoDay}
	closed, open := 0, len(cells)
	for i := from; i < to; i++ {
		d := &f.Deals[i]
		if !seg.keeps(d) {
			continue
		}
		s := v.reader.state(d)
		if !s.Exists || !seg.stage.has(s.Stage) {
			continue
		}
		at := closed
		if s.Type == Open {
			at = open - 1
		}
		c := &cells[at]
		c.deal, c.owner, c.born, c.close, c.stage, c.kind = int32(i), d.Owner, d.born(), s.Close, int16(s.Stage), s.Type
		if v.query.Scope.Whose != Everyone && !v.roster.inScope(v.query.Scope, d.Account, d.Owner, c.day(asOf)) {
			continue
		}
		c.value, c.worth = v.pricer.value(d, &s)
		if s.Type == Open {
			open = at
			continue
		}
		c.days = d.cycle(s.Close)
		closed++
		p.first, p.last = p.first.Min(s.Close), max(p.last, s.Close)
	}
	p.closed, p.open = cells[:closed], cells[open:]
	return p
}

// meets reports whether closed deals of the part may lie in a period.
func (p *part) meets(in data.Period) bool {
	return in.IsAll() || (!in.To.Valid() || p.first < in.To) && p.last >= in.From
}

// AsOf is the day the view was read on.
func (v *View) AsOf() data.Day { return v.query.AsOf }

// Len is the number of deals in the view.
func (v *View) Len() int {
	n := 0
	for i := range v.parts {
		n += len(v.parts[i].closed) + len(v.parts[i].open)
	}
	return n
}

// Counted is one deal of a view: its state on the as-of day and what it counts for.
type Counted struct {
	Place  int // in Facts.Deals
	Key    data.Key
	Type   StageType
	Stage  int32
	Close  data.Day // expected one for open deals
	Value  data.Money
	Valued bool // false: no rate, or neither amount nor list price
}

// All walks through the deals of the view in no useful order, for tables and
// models that need each of them.
func (v *View) All() iter.Seq[Counted] {
	return func(yield func(Counted) bool) {
		for i := range v.parts {
			for _, cells := range [][]cell{v.parts[i].closed, v.parts[i].open} {
				for _, c := range cells {
					if !yield(v.counted(&c)) {
						return
					}
				}
			}
		}
	}
}

func (v *View) counted(c *cell) Counted {
	return Counted{
		Place: int(c.deal), Key: v.f.Keys[c.deal], Type: c.kind, Stage: int32(c.stage), Close: c.close,
		Value: data.Money{Minor: c.value, Currency: v.f.Currency()}, Valued: c.worth == known,
	}
}

func workers() int { return max(1, runtime.GOMAXPROCS(0)) }

// inParallel runs fn for 0..n-1 on all workers and waits for the end; w names
// the worker, which does one thing at a time.
func inParallel(n int, fn func(w, i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for w := range workers() {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				fn(w, int(i))
			}
		})
	}
	wg.Wait()
}

// tally runs fn over the parts, each worker into an accumulator of its own made
// by fresh, and adds them up.
func tally[T any](v *View, fresh func() T, fn func(acc T, p *part), add func(into, from T)) T {
	accs := make([]T, workers())
	for w := range accs {
		accs[w] = fresh()
	}
	inParallel(len(v.parts), func(w, i int) { fn(accs[w], &v.parts[i]) })
	for _, a := range accs[1:] {
		add(accs[0], a)
	}
	return accs[0]
}
