package forecast

import (
	"fieldbook/data"
)

// Deal is what a period's forecast needs to know of one deal, as known on the
// day that is looked at.
type Deal struct {
	Start   data.Day // the first day on which it was worked on, NoDay where not known
	Close   data.Day // of closed deals
	Outcome Outcome
	Open    int64 // what it counted for while open, with Known
	Known   bool
	Value   int64   // what it was won for
	Group   int32   // the smallest row that it counts under
	Line    int32   // its pipeline
	Lift    float64 // how far the log odds of an open deal lie from the average (Model.Lift)
}

// openAt reports whether the deal stood open at the end of a day.
func (d *Deal) openAt(day data.Day) bool {
	return d.Start.Valid() && d.Start <= day && (d.Outcome == StillOpen || d.Close > day)
}

// wonIn reports whether the deal was won from one day to another, both included.
func (d *Deal) wonIn(from, to data.Day) bool {
	return d.Outcome == Won && d.Close >= from && d.Close <= to
}

// window is a forecast's view: from the end of day on, what closes from one day
// to another, both included.
type window struct {
	day, from, to data.Day
}

// windowOf is what of a period lies after a day; ahead is false where nothing does.
func windowOf(day data.Day, p data.Period) (w window, ahead bool) {
	w = window{day: day, from: max(p.From, day+1), to: p.To - 1}
	return w, w.to >= w.from
}

// back is the same window n days earlier.
func (w window) back(n int) window {
	return window{day: w.day.AddDays(-n), from: w.from.AddDays(-n), to: w.to.AddDays(-n)}
}
