package metrics

import (
	"cmp"
	"slices"

	"fieldbook/data"
)

// Change says what happened to a deal between two days, as far as the open value
// of a period goes.
type Change uint8

// The changes. What comes in stands before what goes out.
const (
	Created    Change = iota // was not there before
	PulledIn                 // was to close outside the period
	Increased                // is worth more
	Reopened                 // was won or lost
	Received                 // was somebody else's
	Decreased                // is worth less, or was removed
	Pushed                   // is to close outside the period now
	LostOut                  // was lost
	WonOut                   // was won
	HandedOver               // is somebody else's now
	changes
)

// ChangedDeal is one deal of a step: what it counted for on the first day and
// counts for on the last, 0 where it does not.
type ChangedDeal struct {
	Key           data.Key
	Before, After int64
}

// WaterfallStep is what one sort of change comes to.
type WaterfallStep struct {
	Change Change
	Value  int64 // signed
	Deals  []ChangedDeal
}

// Waterfall leads from the open value of a period on one day to that on a later
// day. Start and all steps add up to End exactly: there is no "other".
type Waterfall struct {
	Start, End           int64 // minor units of the book's currency
	StartDeals, EndDeals int
	Steps                []WaterfallStep // every change, in order
	NoValue              int             // deals on either day whose value is not known; they count for 0
}

// Due are the open deals of a view that are to close in a period.
type Due struct {
	Values  map[data.Key]int64 // minor units of the book's currency
	NoValue int                // of them: whose value is not known; they count for 0
}

// Due lists the open deals that are to close in a period.
func (v *View) Due(in data.Period) Due {
	d := Due{Values: map[data.Key]int64{}}
	v.EachOpen(func(s Standing) {
		if !in.Contains(s.Close) {
			return
		}
		d.Values[s.Key] = s.Value
		if !s.Known {
			d.NoValue++
		}
	})
	return d
}

// Without lists the deals that are due here and not there.
func (d Due) Without(other Due) map[data.Key]bool {
	out := map[data.Key]bool{}
	for key := range d.Values {
		if _, there := other.Values[key]; !there {
			out[key] = true
		}
	}
	return out
}

// Where is how a deal stands on a day, as far as a period is concerned.
type Where uint8

// How a deal stands. A deal that a view does not hold was not there yet, or is
// there no more.
const (
	OpenInPeriod Where = iota
	OpenElsewhen
	AsWon
	AsLost
)

// Whereabouts tells how deals stand in the view; those that it does not hold are
// left out.
func (v *View) Whereabouts(keys map[data.Key]bool, in data.Period) map[data.Key]Where {
	out := map[data.Key]Where{}
	if len(keys) == 0 {
		return out
	}
	for c := range v.All() {
		if !keys[c.Key] {
			continue
		}
		switch {
		case c.Type == Won:
			out[c.Key] = AsWon
		case c.Type == Lost:
			out[c.Key] = AsLost
		case in.Contains(c.Close):
			out[c.Key] = OpenInPeriod
		default:
			out[c.Key] = OpenElsewhen
		}
	}
	return out
}

// NewWaterfall says what changed in the open value of a period between two days
// (metric definition "waterfall"). came tells how the deals that are due only on
// the last day stood on the first, went how those that were due only on the first
// stand on the last; both among everybody's deals, as the scope alone does not
// tell whose a deal was.
func NewWaterfall(before, after Due, came, went map[data.Key]Where) Waterfall {
	w := Waterfall{Steps: make([]WaterfallStep, changes), StartDeals: len(before.Values), EndDeals: len(after.Values), NoValue: before.NoValue + after.NoValue}
	for i := range w.Steps {
		w.Steps[i].Change = Change(i)
	}
	for key, v := range before.Values {
		w.Start += v
		if _, stays := after.Values[key]; stays {
			continue
		}
		change := Decreased // it was removed
		if where, there := went[key]; there {
			change = []Change{HandedOver, Pushed, WonOut, LostOut}[where]
		}
		w.add(change, ChangedDeal{key, v, 0})
	}
	for key, v := range after.Values {
		w.End += v
		was, held := before.Values[key]
		where, there := came[key]
		switch {
		case held && v > was:
			w.add(Increased, ChangedDeal{key, was, v})
		case held && v < was:
			w.add(Decreased, ChangedDeal{key, was, v})
		case held:
		case there:
			w.add([]Change{Received, PulledIn, Reopened, Reopened}[where], ChangedDeal{key, 0, v})
		default:
			w.add(Created, ChangedDeal{key, 0, v})
		}
	}
	for i := range w.Steps {
		slices.SortFunc(w.Steps[i].Deals, func(a, b ChangedDeal) int {
			return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(a.Key, b.Key))
		})
	}
	return w
}

func size(d ChangedDeal) int64 { return max(d.After-d.Before, d.Before-d.After) }

func (w *Waterfall) add(c Change, d ChangedDeal) {
	s := &w.Steps[c]
	s.Value += d.After - d.Before
	s.Deals = append(s.Deals, d)
}
