package metrics

import (
	"slices"

	"fieldbook/data"
)

// Watch names one of the figures that people set themselves to move, in the
// order of data.WatchedMetrics.
type Watch int

// The watched figures.
const (
	WatchAttainment   Watch = iota // won ÷ effective quota
	WatchWonValue                  // minor units
	WatchWonDeals                  // count
	WatchWinRate                   // W ÷ (W + L)
	WatchDealSize                  // mean of won deals, minor units
	WatchCycle                     // mean days of won deals
	WatchNewPipeline               // value of the deals that came to be in the period, minor units
	WatchNewDeals                  // their count
	WatchMoves                     // into a later open stage or to won
	WatchActivities                // done in the period, notes aside
	WatchCalls                     // of activities
	WatchMeetings                  // of activities
	WatchVisits                    // of activities
	WatchSteps                     // next steps written on deals after the day they entered the book, one a deal and day
	WatchForecastCall              // Σ |called − won| ÷ Σ |won| over calls of periods that ended in the period
	Watches                        // how many there are
)

// WatchNamed finds a watched figure by its name in data.WatchedMetrics.
func WatchNamed(name string) (Watch, bool) {
	i := slices.Index(data.WatchedMetrics, name)
	return Watch(i), i >= 0
}

// String is the name in data.WatchedMetrics.
func (w Watch) String() string { return data.WatchedMetrics[w] }

// IsMoney reports whether the figure is minor units of the book's currency.
func (w Watch) IsMoney() bool {
	return w == WatchWonValue || w == WatchDealSize || w == WatchNewPipeline
}

// IsShare reports whether the figure is a share, shown in percent.
func (w Watch) IsShare() bool {
	return w == WatchAttainment || w == WatchWinRate || w == WatchForecastCall
}

// LessIsBetter reports whether a fall of the figure is an improvement.
func (w Watch) LessIsBetter() bool { return w == WatchCycle || w == WatchForecastCall }

// IsSum reports whether the figure is a sum: its denominator is 1 however many
// people it is of.
func (w Watch) IsSum() bool {
	return w == WatchWonValue || w == WatchWonDeals || w >= WatchNewPipeline && w < WatchForecastCall
}

// Watched are the watched figures of somebody in a period. A sum has the
// denominator 1; every other is absent where its denominator is 0.
type Watched [Watches]Ratio

// Plus is the figures of two sets of people together: Σ numerators ÷ Σ
// denominators, never a mean of means.
func (w *Watched) Plus(o *Watched) Watched {
	out := *w
	for i := range out {
		out[i].Num += o[i].Num
		out[i].N += o[i].N
		if !Watch(i).IsSum() {
			out[i].Den += o[i].Den
		}
	}
	return out
}

// NewWatched are the figures of nobody, to add to.
func NewWatched() Watched {
	var w Watched
	for i := range w {
		if Watch(i).IsSum() {
			w[i].Den = 1
		}
	}
	return w
}

// ActType is a sort of activity as far as the watched figures tell them apart.
type ActType uint8

// The sorts of activities; a note is none.
const (
	ActOther ActType = iota
	ActCall
	ActMeeting
	ActVisit
)

// Act is an activity that was done.
type Act struct {
	Day    data.Day
	Person int32
	Type   ActType
}

// StepSet says that a next step was written on a deal on a day.
type StepSet struct {
	Deal data.Key
	Day  data.Day
}

// Called is what a person said that a period would come to for his team, him
// included. Of several for a period the newest until its middle day counts.
type Called struct {
	Person int32
	Period data.Period
	Day    data.Day
	Minor  int64
}

// Doings are what watched figures need beside the deals. What lies after the
// view's day is left out.
type Doings struct {
	Acts  []Act
	Steps []StepSet
	Calls []Called
}

// Watched gives everybody's figures in a period, by place in Facts.People.
func (v *View) Watched(in data.Period, d Doings) ([]Watched, error) {
	out := make([]Watched, len(v.f.People))
	for i := range out {
		out[i] = NewWatched()
	}
	rows, err := v.Compute(ByPerson, in)
	if err != nil {
		return nil, err
	}
	for _, r := range rows.Rows {
		if r.Place != None {
			out[r.Place].closed(&r)
		}
	}
	v.watchDeals(out, in)
	asOf := v.query.AsOf
	for i := range d.Acts {
		if a := &d.Acts[i]; a.Day <= asOf && a.Person != None && in.Contains(a.Day) {
			out[a.Person].act(a.Type)
		}
	}
	v.watchSteps(out, in, d.Steps)
	return out, v.watchCalls(out, in, d.Calls)
}

// closed takes over what the figures of closed deals tell.
func (w *Watched) closed(r *Row) {
	w[WatchAttainment] = r.Attainment
	w[WatchWonValue] = Ratio{Num: float64(r.WonValue.Minor), Den: 1, N: r.Won}
	w[WatchWonDeals] = Ratio{Num: float64(r.Won), Den: 1, N: r.Won}
	w[WatchWinRate] = r.WinRate.Ratio
	w[WatchDealSize] = r.AvgWon
	w[WatchCycle] = r.CycleWonMean
}

func (w *Watched) count(which Watch, by float64) {
	w[which].Num += by
	w[which].N++
}

func (w *Watched) act(t ActType) {
	w.count(WatchActivities, 1)
	switch t {
	case ActCall:
		w.count(WatchCalls, 1)
	case ActMeeting:
		w.count(WatchMeetings, 1)
	case ActVisit:
		w.count(WatchVisits, 1)
	case ActOther:
	}
}

// watchDeals counts deals that came to be and moves, under the deals' owners.
func (v *View) watchDeals(out []Watched, in data.Period) {
	n := len(out)
	sums := tally(v, func() []Watched { return make([]Watched, n) }, func(acc []Watched, p *part) {
		for _, cells := range [][]cell{p.closed, p.open} {
			for i := range cells {
				if c := &cells[i]; c.owner != None {
					v.watchDeal(&acc[c.owner], c, in)
				}
			}
		}
	}, func(into, from []Watched) {
		for i := range into {
			into[i] = into[i].Plus(&from[i])
		}
	})
	for i := range out {
		out[i] = out[i].Plus(&sums[i])
	}
}

func (v *View) watchDeal(w *Watched, c *cell, in data.Period) {
	if in.Contains(c.born) {
		w.count(WatchNewDeals, 1)
		w.count(WatchNewPipeline, float64(c.value))
	}
	if c.kind != Open && c.close.Valid() && in.From.Valid() && c.close < in.From {
		return // all its moves came before
	}
	moves := v.f.History(&v.f.Deals[c.deal])
	for i := 1; i < len(moves); i++ {
		if m := moves[i]; m.Day <= v.query.AsOf && in.Contains(m.Day) && v.f.forward(moves[i-1].Stage, m.Stage) {
			w.count(WatchMoves, 1)
		}
	}
	if won := c.kind == Won && len(moves) == 0 && in.Contains(c.close); won {
		w.count(WatchMoves, 1)
	}
}

// forward reports whether a move leads further: to won, or on to a later open stage.
func (f *Facts) forward(from, to int32) bool {
	if to == None || f.Stages[to].Type == Lost {
		return false
	}
	return f.Stages[to].Type == Won || from == None || f.Stages[from].Type == Open && f.Stages[from].Position < f.Stages[to].Position
}

func (v *View) watchSteps(out []Watched, in data.Period, steps []StepSet) {
	for _, s := range steps {
		if s.Day > v.query.AsOf || !in.Contains(s.Day) {
			continue
		}
		if place, ok := v.f.Place(s.Deal); ok {
			if d := &v.f.Deals[place]; d.Owner != None && s.Day > d.Entered {
				out[d.Owner].count(WatchSteps, 1)
			}
		}
	}
}

// watchCalls compares what was called at the middle of each period that ended
// in the one looked at with what was won in it by the person and all below.
func (v *View) watchCalls(out []Watched, in data.Period, calls []Called) error {
	type said struct {
		person int32
		period string
	}
	counts := map[said]Called{}
	for _, c := range calls {
		if c.Person == None || !c.Period.To.Valid() || c.Period.To > v.query.AsOf+1 || !in.Contains(c.Period.To-1) || c.Day > c.Period.From+data.Day(c.Period.Days()/2) {
			continue
		}
		key := said{c.Person, c.Period.Name}
		if before, ok := counts[key]; !ok || before.Day <= c.Day {
			counts[key] = c
		}
	}
	won := map[string][]int64{}
	for _, c := range counts {
		if won[c.Period.Name] == nil {
			rows, err := v.Compute(ByPerson, c.Period)
			if err != nil {
				return err
			}
			won[c.Period.Name] = v.wonBelow(rows.Rows, c.Period.To-1)
		}
		actual := float64(won[c.Period.Name][c.Person])
		w := &out[c.Person][WatchForecastCall]
		w.Num += max(float64(c.Minor)-actual, actual-float64(c.Minor))
		w.Den += max(actual, -actual)
		w.N++
	}
	return nil
}

// wonBelow adds what people won to all above them on a day.
func (v *View) wonBelow(rows []Row, day data.Day) []int64 {
	out := make([]int64, len(v.f.People))
	for _, r := range rows {
		seen := map[int32]bool{}
		for p := r.Place; p != None && !seen[p]; p = v.roster.managerOf(p, day) {
			seen[p] = true
			out[p] += r.WonValue.Minor
		}
	}
	return out
}
