package visits

import (
	"cmp"
	"slices"

	"fieldbook/data"
)

// Leg is the way from one stop of a round to the next; the first begins and the
// last ends at home.
type Leg struct {
	Km      float64 // on the road
	Minutes float64
}

// Visit is one stop of a round.
type Visit struct {
	DueStop
	Arrive, Leave float64 // minutes from midnight
}

// Round is one day from home to home. Where home is not known it begins at the
// first stop and ends at the last; those legs are 0.
type Round struct {
	Day          data.Day
	Stops        []Visit
	Legs         []Leg // one more than stops
	Km           float64
	DriveMinutes float64
	VisitMinutes float64
	Start, End   float64 // minutes from midnight
}

// Hours is the length of the day.
func (r Round) Hours() float64 { return (r.DriveMinutes + r.VisitMinutes) / 60 }

// Reason says why a stop is in no round.
type Reason int

// The reasons.
const (
	NoPlace Reason = iota // nobody knows where it is
	TooFar                // longer than a day there and back
	NoTime                // the week is full
)

// Left is a stop in no round.
type Left struct {
	DueStop
	Why Reason
}

// Plan is a week's rounds and what did not fit.
type Plan struct {
	Rounds []Round // by day
	Left   []Left  // in the order in which they are due
}

// Week puts due stops, those that come first at the front, into rounds: at most
// one a day on the model's days from monday on, none longer than a day, all
// together not longer than hours; 0 is the days alone.
//
// Rounds grow together where that saves most (Clarke and Wright 1964, Operations
// Research 12, 568–581), as many of the first stops as fit; then each further one
// is put where it still does, and stops change rounds where that shortens the way.
func (m Model) Week(home Point, due []DueStop, monday data.Day, hours float64) Plan {
	w := &weekly{model: m, dayMinutes: m.DayHours * 60, days: m.DaysWeek, total: m.Capacity(hours) * 60}
	why, place := make([]Reason, len(due)), make([]int, len(due))
	var minutes float64
	for i, s := range due {
		switch {
		case !s.Placed:
			why[i] = NoPlace
		case 2*m.Drive(m.Road(home, s.Point))+s.Minutes > w.dayMinutes+slack:
			why[i] = TooFar
		case minutes > considered*w.total || len(w.stops) == consideredMost:
			why[i] = NoTime
		default:
			w.stops = append(w.stops, s)
			why[i], place[i] = NoTime, len(w.stops)
			minutes += s.Minutes
		}
	}
	w.between = m.drives(home, w.stops)
	w.from = w.between
	if !home.Placed {
		w.from = m.drives(middle(bare(w.stops)), w.stops)
	}
	in := w.fill()
	var plan Plan
	for i, s := range due {
		if !in[place[i]] {
			plan.Left = append(plan.Left, Left{s, why[i]})
		}
	}
	for i, round := range w.rounds {
		plan.Rounds = append(plan.Rounds, w.round(monday.AddDays(i), round))
	}
	return plan
}

// What is due far beyond what a week holds is left over without a try: what takes
// twice its hours with the customers alone, or more than 200 stops.
const (
	considered     = 2
	consideredMost = 200
)

func bare(stops []DueStop) []Stop {
	out := make([]Stop, len(stops))
	for i, s := range stops {
		out[i] = s.Stop
	}
	return out
}

// weekly is a week in the making. Stops are known by their place, from 1 on.
type weekly struct {
	model      Model
	stops      []DueStop
	between    minutesBetween
	from       minutesBetween // the same with the middle of all for a home that is not known
	dayMinutes float64
	total      float64
	days       int
	rounds     [][]int
}

func (w *weekly) minutes(stop int) float64 { return w.stops[stop-1].Minutes }

// spent is the length of a round's day.
func (w *weekly) spent(round []int) float64 {
	sum := w.between.length(round)
	for _, s := range round {
		sum += w.minutes(s)
	}
	return sum
}

// slack forgives rounding where limits are compared.
const slack = 1e-6

// fits reports whether rounds keep all limits.
func (w *weekly) fits(rounds [][]int) bool {
	var sum float64
	for _, r := range rounds {
		spent := w.spent(r)
		if sum += spent; spent > w.dayMinutes+slack {
			return false
		}
	}
	return len(rounds) <= w.days && sum <= w.total+slack
}

// fill makes the rounds and says which stops are in one.
func (w *weekly) fill() map[int]bool {
	able := make([]int, len(w.stops))
	for i := range able {
		able[i] = i + 1
	}
	// The most of the first that fit: the least number tried that does not is above.
	low, high := 0, len(able)
	for low < high {
		mid := (low + high + 1) / 2
		if rounds := w.merge(able[:mid]); w.fits(rounds) {
			w.rounds, low = rounds, mid
		} else {
			high = mid - 1
		}
	}
	in := map[int]bool{}
	for _, s := range able[:low] {
		in[s] = true
	}
	w.exchange()
	for _, s := range able[low:] {
		in[s] = w.squeeze(s)
	}
	w.exchange()
	// The round with the stop that comes first is driven first.
	slices.SortFunc(w.rounds, func(a, b []int) int { return cmp.Compare(slices.Min(a), slices.Min(b)) })
	return in
}

// merge begins with a round for each stop and joins two, end to end, where that
// saves most.
func (w *weekly) merge(stops []int) [][]int {
	type saving struct {
		a, b  int
		saved float64
	}
	var savings []saving
	of := map[int][]int{}
	for i, a := range stops {
		of[a] = []int{a}
		for _, b := range stops[:i] {
			savings = append(savings, saving{b, a, w.from[0][a] + w.from[0][b] - w.from[a][b]})
		}
	}
	slices.SortStableFunc(savings, func(x, y saving) int { return cmp.Compare(y.saved, x.saved) })
	for _, s := range savings {
		a, b := of[s.a], of[s.b]
		if &a[0] == &b[0] || !ends(a, s.a) || !ends(b, s.b) {
			continue
		}
		joined := make([]int, 0, len(a)+len(b))
		joined = append(joined, a...)
		if a[0] == s.a {
			slices.Reverse(joined)
		}
		tail := slices.Clone(b)
		if b[0] != s.b {
			slices.Reverse(tail)
		}
		if joined = append(joined, tail...); w.spent(joined) > w.dayMinutes+slack {
			continue
		}
		for _, x := range joined {
			of[x] = joined
		}
	}
	var out [][]int
	for _, s := range stops {
		if r := of[s]; slices.Min(r) == s {
			out = append(out, w.between.order(r))
		}
	}
	return out
}

func ends(round []int, stop int) bool { return round[0] == stop || round[len(round)-1] == stop }

// squeeze puts a stop where it costs least, if the limits allow it.
func (w *weekly) squeeze(stop int) bool {
	var best [][]int
	var least float64
	for i := 0; i <= len(w.rounds); i++ {
		rounds := slices.Clone(w.rounds)
		before := 0.0
		if i < len(rounds) {
			if w.spent(rounds[i])+w.minutes(stop) > w.dayMinutes+slack {
				continue
			}
			before = w.between.length(rounds[i])
			rounds[i] = w.between.order(append(slices.Clone(rounds[i]), stop))
		} else {
			rounds = append(rounds, []int{stop})
		}
		if cost := w.between.length(rounds[i]) - before; (best == nil || cost < least) && w.fits(rounds) {
			best, least = rounds, cost
		}
	}
	if best != nil {
		w.rounds = best
	}
	return best != nil
}

// exchange moves single stops to other rounds as long as that shortens the way.
func (w *weekly) exchange() {
	for changed := true; changed; {
		changed = false
		for i := range w.rounds {
			for k := 0; k < len(w.rounds[i]); k++ {
				if w.moveOut(i, k) {
					changed, k = true, -1
				}
			}
		}
		w.rounds = slices.DeleteFunc(w.rounds, func(r []int) bool { return len(r) == 0 })
	}
}

// moveOut moves the stop at place k of round i to the round where that saves most.
func (w *weekly) moveOut(i, k int) bool {
	round := w.rounds[i]
	stop, b := round[k], w.between
	p, q := at(round, k-1), at(round, k+1)
	saved := b[p][stop] + b[stop][q] - b[p][q]
	to, place, most := -1, 0, gain
	for j, r := range w.rounds {
		if j == i || len(r) == 0 {
			continue
		}
		room := w.dayMinutes + slack - w.spent(r) - w.minutes(stop)
		for x := 0; x <= len(r); x++ {
			c, d := at(r, x-1), at(r, x)
			if cost := b[c][stop] + b[stop][d] - b[c][d]; cost <= room && saved-cost > most {
				to, place, most = j, x, saved-cost
			}
		}
	}
	if to < 0 {
		return false
	}
	w.rounds[i] = b.shorter(slices.Delete(slices.Clone(round), k, k+1))
	w.rounds[to] = b.shorter(slices.Insert(slices.Clone(w.rounds[to]), place, stop))
	return true
}

// round tells a day as it goes.
func (w *weekly) round(day data.Day, places []int) Round {
	r := Round{Day: day, Start: w.model.DayStart * 60}
	clock, at := r.Start, 0
	drive := func(to int) {
		minutes := w.between[at][to]
		r.Legs = append(r.Legs, Leg{Km: minutes / 60 * w.model.SpeedKmh, Minutes: minutes})
		clock, at = clock+minutes, to
	}
	for _, p := range places {
		drive(p)
		v := Visit{DueStop: w.stops[p-1], Arrive: clock}
		clock += v.Minutes
		v.Leave = clock
		r.VisitMinutes += v.Minutes
		r.Stops = append(r.Stops, v)
	}
	drive(0)
	for _, l := range r.Legs {
		r.Km += l.Km
		r.DriveMinutes += l.Minutes
	}
	r.End = clock
	return r
}
