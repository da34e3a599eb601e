package metrics

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"fieldbook/data"
)

// Shift is a figure in two spans of equal length.
type Shift struct{ Before, After Ratio }

// Told says whether a comparison can be told.
type Told int

// How a comparison stands.
const (
	Enough   Told = iota
	TooEarly      // less than two weeks have passed
	TooFew        // the person has too few deals or acts in the spans
	NoPeers       // too few others to compare with
)

// Effect is how a person's figure changed beside how those of his peers did:
// difference in differences. Low to High is where a peer's change would lie in
// 95 of 100 cases, seen from the peers' mean, around the difference: where it
// holds 0, the change is no more than what happens by itself.
type Effect struct {
	Told                 Told
	Span                 data.Period // after; before is as long and ends where it begins
	Own                  Shift
	Peers                int
	PeerBefore, PeerMean float64 // means of the peers before and after
	Diff, Low, High      float64 // with Enough
}

// What a comparison needs at least.
const (
	leastSpan    = 14 // days
	longestSpan  = 91
	leastDeals   = 5 // behind a ratio, in each span; behind a count, in both together
	leastCompare = 5 // peers
)

// EffectSpans gives the equal spans before and after a day, up to 91 days and up
// to what has passed; false while it is too early to compare.
func EffectSpans(made, asOf data.Day) (before, after data.Period, ok bool) {
	n := min(longestSpan, int(asOf-made)+1)
	if !made.Valid() || n < leastSpan {
		return data.Period{Name: "", From: data.NoDay, To: data.NoDay}, data.Period{Name: "", From: data.NoDay, To: data.NoDay}, false
	}
	return data.Period{Name: "before", From: made.AddDays(-n), To: made}, data.Period{Name: "after", From: made, To: made.AddDays(n)}, true
}

// Compare holds a person's change against that of peers. Peers whose own figures
// stand on too little are left out.
func Compare(w Watch, own Shift, peers []Shift) Effect {
	e := Effect{Own: own}
	var changes []float64
	for _, p := range peers {
		before, after, ok := w.pair(p)
		if !ok {
			continue
		}
		changes = append(changes, after-before)
		e.PeerBefore += before
		e.PeerMean += after
	}
	e.Peers = len(changes)
	if e.Peers > 0 {
		e.PeerBefore /= float64(e.Peers)
		e.PeerMean /= float64(e.Peers)
	}
	before, after, ok := w.pair(own)
	switch {
	case !ok || w.IsSum() && own.Before.N+own.After.N < leastDeals:
		e.Told = TooFew
		return e
	case e.Peers < leastCompare:
		e.Told = NoPeers
		return e
	}
	n := float64(e.Peers)
	mean := e.PeerMean - e.PeerBefore
	var squares float64
	for _, c := range changes {
		squares += (c - mean) * (c - mean)
	}
	spread := math.Sqrt(squares/(n-1)) * math.Sqrt(1+1/n) * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile(0.975)
	e.Diff = after - before - mean
	e.Low, e.High = e.Diff-spread, e.Diff+spread
	return e
}

// pair gives both values of a change, false where a ratio stands on too little.
func (w Watch) pair(c Shift) (before, after float64, ok bool) {
	before, one := c.Before.Value()
	after, two := c.After.Value()
	enough := w.IsSum() || w == WatchAttainment || w == WatchForecastCall || c.Before.N >= leastDeals && c.After.N >= leastDeals
	return before, after, one && two && enough
}

// Plain writes a value as people state it and as goals, targets and rules keep
// it: shares in percent, money in major units.
func (w Watch) Plain(v float64, c data.Currency) float64 {
	switch {
	case w.IsShare():
		return v * 100
	case w.IsMoney():
		return v / math.Pow10(c.Digits())
	}
	return v
}

// Raw is the reverse of Plain.
func (w Watch) Raw(v float64, c data.Currency) float64 {
	switch {
	case w.IsShare():
		return v / 100
	case w.IsMoney():
		return v * math.Pow10(c.Digits())
	}
	return v
}

// Meets reports whether a figure reaches what was asked for, given as Plain
// gives it.
func (w Watch) Meets(r Ratio, target float64, c data.Currency) bool {
	v, ok := r.Value()
	if !ok {
		return false
	}
	if w.LessIsBetter() {
		return w.Plain(v, c) <= target
	}
	return w.Plain(v, c) >= target
}
