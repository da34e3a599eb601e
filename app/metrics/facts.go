package metrics

import (
	"math"

	"fieldbook/data"
)

// None stands for "no entry" wherever a place in a dimension table is kept.
const None int32 = -1

// Deal is what the figures need to know of one deal. References are places in
// the tables of Facts, None where absent; days are NoDay where absent.
type Deal struct {
	Owner, Product, Account, Stage int32

	Created, Engaged, Close data.Day
	Entered                 data.Day // the day the deal entered the book; NoDay: always known
	Snoozed                 data.Day // not reported as stalled before this day

	Amount         int64 // minor units of Currency; meaningful with HasAmount
	LastOpenAmount int64 // what a closed deal was worth when last open, 0 if the book never saw it open

	moveAt   int32 // its history, a range of Facts.Moves
	moveLen  uint16
	Currency int16 // place in Facts.Currencies; 0 is the book's
	Category Category
	Flags    Flags
}

// Flags are the yes-or-no facts of a deal.
type Flags uint8

// The flags. ClosedByImport marks a deal that a file brought as closed: before
// its close day neither that day nor its amount was known. Planned marks an
// open deal with an activity still to do.
const (
	HasAmount Flags = 1 << iota
	ClosedByImport
	Planned
	settled // set by Upsert: from the close day on, no history tells otherwise
)

// Category is a forecast category.
type Category uint8

// The forecast categories; FromStage means that the deal has none of its own.
const (
	FromStage Category = iota
	Omitted
	Pipelined
	BestCase
	Commit
	Closed
)

// Move is one entry of a deal's stage history.
type Move struct {
	Day   data.Day
	Stage int32
}

// Span says that something holds from a day on, until the next span.
type Span struct {
	From data.Day // NoDay: from the beginning
	To   int32    // a person or territory, None for nobody
}

// Person is one seller or manager. Hired and Left are the first and the last
// day in role, NoDay where not known.
type Person struct {
	Key         data.Key
	ID          data.ID
	Name        string
	Leads       bool // role manager or lead: listed only with a deal or quota of their own
	Hired, Left data.Day
	Managers    []Span // direct manager, ascending
	Territories []Span // owned territory, ascending
}

// Territory is one node of the territory tree.
type Territory struct {
	Key    data.Key
	ID     data.ID
	Name   string
	Parent int32
}

// Product is one line of the price list. Price is in minor units of Currency.
type Product struct {
	Key      data.Key
	ID       data.ID
	Name     string
	Family   int32 // place in Facts.Families
	Price    int64
	Currency int16
	HasPrice bool
}

// Account is one customer.
type Account struct {
	Key       data.Key
	ID        data.ID
	Name      string
	Industry  int32 // place in Facts.Industries
	Country   int32 // place in Facts.Countries
	Territory int32
}

// StageType says whether deals in a stage are open, won or lost.
type StageType uint8

// The stage types.
const (
	Open StageType = iota
	Won
	Lost
)

// Stage is one step of a pipeline.
type Stage struct {
	Key          data.Key
	ID           data.ID
	Name         string
	Pipeline     int32
	Type         StageType
	Position     int
	Probability  float64 // percent, 0 to 100
	ExpectedDays int     // 0: not set
	Category     Category
}

// Pipeline is a sequence of stages.
type Pipeline struct {
	Key      data.Key
	ID       data.ID
	Name     string
	Position int
}

// DatedRate is the rate of a currency from a day on.
type DatedRate struct {
	From data.Day
	Rate data.Rate
}

// Quota is the target of a person or of a territory for one calendar month.
type Quota struct {
	Person, Territory int32 // one of the two, the other None
	Month             data.Day
	Amount            int64
	Currency          int16
}

// Ramp is the share of the quota, in percent, that a person is given in a
// month (see data.Day.Month) while new in role. Months without an entry count
// in full.
type Ramp map[RampMonth]float64

// RampMonth names one cell of the ramp table.
type RampMonth struct {
	Person int32
	Month  int
}

// Relief takes a share of a person's quota off, in percent, on the days from
// From to To, both included: while away, for example.
type Relief struct {
	Person   int32
	From, To data.Day
	Share    float64
}

// Split credits a person with a share, in percent, of a deal that another one
// owns. What is split off is taken from the owner; an overlay is credited
// beside the owner's and counts for the person alone, in no sum over people.
type Split struct {
	Deal    data.Key
	Person  int32
	Share   float64
	Overlay bool
}

// Facts are everything the figures are computed from: deals as narrow records
// that point into dimension tables. They are those of the day asked for as
// far as edits go; what imported dates tell about earlier days is worked out
// here. The tables are plain slices that the store fills; deals go in through
// Upsert, so that an edit costs one call.
type Facts struct {
	Calendar   data.Calendar
	Currencies []data.Currency // the book's own first
	Rates      [][]DatedRate   // by currency, ascending by day; the book's own needs none

	People      []Person
	Territories []Territory
	Products    []Product
	Families    []string
	Accounts    []Account
	Industries  []string
	Countries   []string
	Pipelines   []Pipeline
	Stages      []Stage

	Quotas []Quota
	Ramp   Ramp
	Relief []Relief
	Splits []Split     // of deals, by their keys
	Season [12]float64 // weight of each calendar month in a year's sales, January first; all 0 is linear

	Deals []Deal
	Keys  []data.Key // Keys[i] is the row of Deals[i]
	Moves []Move     // histories, each a range named by its deal

	places places
	stale  int // moves that no deal points to any more
}

// Currency is the book's currency.
func (f *Facts) Currency() data.Currency {
	if len(f.Currencies) == 0 {
		return "USD"
	}
	return f.Currencies[0]
}

// Reserve makes room for n deals and m moves before a load.
func (f *Facts) Reserve(n, m int) {
	f.Deals = append(make([]Deal, 0, n), f.Deals...)
	f.Keys = append(make([]data.Key, 0, n), f.Keys...)
	f.Moves = append(make([]Move, 0, m), f.Moves...)
	f.places.reserve(n)
}

// Upsert adds the deal of a row or replaces it, with its stage history in
// ascending order of day. A history keeps its newest 65,535 moves.
func (f *Facts) Upsert(key data.Key, d Deal, history ...Move) {
	i, ok := f.places.get(key)
	if !ok {
		i = int32(len(f.Deals))
		f.Deals = append(f.Deals, Deal{})
		f.Keys = append(f.Keys, key)
		f.places.set(key, i)
	}
	history = history[max(0, len(history)-math.MaxUint16):]
	old := f.Deals[i]
	d.moveAt, d.moveLen = old.moveAt, uint16(len(history))
	if d.moveLen > old.moveLen {
		d.moveAt = int32(len(f.Moves))
		f.Moves = append(f.Moves, history...)
		f.stale += int(old.moveLen)
	} else {
		copy(f.Moves[d.moveAt:], history)
		f.stale += int(old.moveLen) - int(d.moveLen)
	}
	if d.Flags &^= settled; len(history) == 0 || history[len(history)-1].Day <= d.Close {
		d.Flags |= settled
	}
	f.Deals[i] = d
	f.compact()
}

// Remove takes a row's deal out; a row that is not here is ignored. The last
// deal takes its place, so places of deals are valid only until the next patch.
func (f *Facts) Remove(key data.Key) {
	i, ok := f.places.get(key)
	if !ok {
		return
	}
	last := len(f.Deals) - 1
	f.stale += int(f.Deals[i].moveLen)
	f.Deals[i], f.Keys[i] = f.Deals[last], f.Keys[last]
	f.places.set(f.Keys[i], i)
	f.places.drop(key)
	f.Deals, f.Keys = f.Deals[:last], f.Keys[:last]
	f.compact()
}

// Place finds the deal of a row in Deals.
func (f *Facts) Place(key data.Key) (int, bool) {
	i, ok := f.places.get(key)
	return int(i), ok
}

// History is the stage history of a deal, ascending by day; not to be changed.
func (f *Facts) History(d *Deal) []Move { return f.Moves[d.moveAt:][:d.moveLen] }

// compact rewrites the histories once more than half of them is unused.
func (f *Facts) compact() {
	if f.stale < 1<<16 || f.stale < len(f.Moves)/2 {
		return
	}
	kept := make([]Move, 0, len(f.Moves)-f.stale)
	for i := range f.Deals {
		d := &f.Deals[i]
		at := int32(len(kept))
		kept = append(kept, f.History(d)...)
		d.moveAt = at
	}
	f.Moves, f.stale = kept, 0
}
