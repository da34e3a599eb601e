package forecast

import (
	"math"

	"fieldbook/data"
)

const (
	longestAge   = 1500 // days; older deals are taken as this old
	fewCycles    = 20   // closed deals with a known start that a curve needs
	curveSample  = 60_000
	poolEvents   = 20.0 // closes of all pipelines that count in the curve of one
	leastAtRisk  = 3.0
	leastHalf    = 60.0 // days after which what was seen counts half; else twice the usual cycle
	mostHalf     = 365.0
	surestHazard = 0.5
)

// curve is how deals of an age end: hazards a day, and from them the share
// that is still open and the share that was won by an age.
type curve struct {
	open, won [longestAge + 1]float64
}

// within is the share of deals open at an age that are won in the next days.
func (c *curve) within(age, days int) float64 {
	if days <= 0 {
		return 0
	}
	age = min(max(age, 0), longestAge)
	end := min(age+days, longestAge)
	if c.open[age] < 1e-12 {
		return 0
	}
	return (c.won[end] - c.won[age]) / c.open[age]
}

// ages cuts deals' lives into pieces: days at first, then wider and wider ones.
var ages = func() (starts []int) {
	for at := 0; at <= longestAge; {
		starts = append(starts, at)
		at += max(1, at/12)
	}
	return append(starts, longestAge+1)
}()

// pieceOf gives the piece of each age.
var pieceOf = func() (out [longestAge + 1]int16) {
	for p := range len(ages) - 1 {
		for a := ages[p]; a < ages[p+1]; a++ {
			out[a] = int16(p)
		}
	}
	return out
}()

// lives adds up, by piece of age, the days that deals were seen open and how
// they ended.
type lives struct {
	days, won, lost []float64
	n               int
}

func newLives() *lives {
	n := len(ages) - 1
	return &lives{days: make([]float64, n), won: make([]float64, n), lost: make([]float64, n)}
}

// fading weighs a day by how long ago it lies.
type fading struct {
	day     data.Day
	weights []float64 // by days ago; the last for all before
}

const fadedAway = 12 // half-lives after which days weigh alike

func newFading(day data.Day, half float64) fading {
	f := fading{day: day, weights: make([]float64, int(fadedAway*half))}
	for ago := range f.weights {
		f.weights[ago] = math.Exp2(-float64(ago) / half)
	}
	return f
}

func (f *fading) of(day data.Day) float64 {
	return f.weights[min(max(0, int(f.day-day)), len(f.weights)-1)]
}

// add takes in a deal's life from the first day on which a close could be seen
// up to the end of fade.day. A close on the day of the start counts as seen
// within that day.
func (l *lives) add(d *Deal, first data.Day, fade *fading) {
	end, closed := fade.day, false
	if d.Outcome != StillOpen && d.Close <= fade.day {
		end, closed = d.Close, true
	}
	from, to := max(0, int(first-d.Start)), min(int(end-d.Start), longestAge)
	if from > to {
		return
	}
	for p := int(pieceOf[from]); p <= int(pieceOf[to]); p++ {
		lo, hi := max(ages[p], from), min(ages[p+1]-1, to)
		l.days[p] += float64(hi-lo+1) * fade.of(d.Start+data.Day((lo+hi)/2))
	}
	if !closed || int(end-d.Start) > longestAge {
		return
	}
	l.n++
	if d.Outcome == Won {
		l.won[pieceOf[to]] += fade.of(end)
	} else {
		l.lost[pieceOf[to]] += fade.of(end)
	}
}

// curve turns lives into shares, drawn towards those of all pipelines where
// they are few.
func (l *lives) curve(all *lives) *curve {
	c := &curve{}
	var won, lost [longestAge + 1]float64
	lastWon, lastLost := 0.0, 0.0
	for p := range len(ages) - 1 {
		if w, x, ok := l.hazards(all, p); ok {
			lastWon, lastLost = w, x
		}
		for a := ages[p]; a < ages[p+1]; a++ {
			won[a], lost[a] = lastWon, lastLost
		}
	}
	c.open[0], c.won[0] = 1, 0
	for a := 1; a <= longestAge; a++ {
		c.won[a] = c.won[a-1] + c.open[a-1]*won[a]
		c.open[a] = c.open[a-1] * (1 - won[a] - lost[a])
	}
	return c
}

func (l *lives) hazards(all *lives, p int) (won, lost float64, ok bool) {
	if all.days[p] < leastAtRisk {
		return 0, 0, false
	}
	w, x, days := l.won[p], l.lost[p], l.days[p]
	if l != all {
		share := poolEvents / max(poolEvents, all.won[p]+all.lost[p])
		w, x, days = w+share*all.won[p], x+share*all.lost[p], days+share*all.days[p]
	}
	won, lost = w/days, x/days
	if sum := won + lost; sum > surestHazard {
		won, lost = won*surestHazard/sum, lost*surestHazard/sum
	}
	return won, lost, true
}

// curves are those of every pipeline.
type curves struct {
	lines []*curve
	fade  fading
	first data.Day // on which a deal closed
	n     int      // closed deals with a known start
}

// cyclesBy gives the first day on which a deal closed, and the mean cycle of
// those n closed by a day whose start is known.
func cyclesBy(deals []Deal, day data.Day) (first data.Day, usual float64, n int) {
	first = data.NoDay
	cycles := 0
	for i := range deals {
		d := &deals[i]
		if d.Outcome == StillOpen || d.Close > day || !d.Close.Valid() {
			continue
		}
		first = first.Min(d.Close)
		if d.Start.Valid() && d.Start <= d.Close {
			cycles, n = cycles+int(d.Close-d.Start), n+1
		}
	}
	return first, float64(cycles) / float64(max(1, n)), n
}

// curvesOf learns from what was known at the end of a day; ok is false where
// that is too little.
func curvesOf(deals []Deal, lines int, day data.Day) (out curves, ok bool) {
	first, usual, n := cyclesBy(deals, day)
	if n < fewCycles {
		return curves{}, false
	}
	fade := newFading(day, max(leastHalf, min(mostHalf, 2*usual)))
	all, each := newLives(), make([]*lives, lines)
	for p := range each {
		each[p] = newLives()
	}
	step := max(1, len(deals)/curveSample)
	for i := range deals {
		d := &deals[i]
		if step > 1 && mix(uint64(i))%uint64(step) != 0 || !d.Start.Valid() || d.Start > day || d.Outcome != StillOpen && d.Close < d.Start {
			continue
		}
		all.add(d, first, &fade)
		if d.Line >= 0 {
			each[d.Line].add(d, first, &fade)
		}
	}
	out = curves{fade: fade, first: first, n: n}
	for _, l := range each {
		if lines == 1 {
			l = all
		}
		out.lines = append(out.lines, l.curve(all))
	}
	out.lines = append(out.lines, all.curve(all))
	return out, true
}

// of is the curve of a pipeline; that of all for a deal without one.
func (c *curves) of(line int32) *curve {
	if line < 0 || int(line) >= len(c.lines) {
		return c.lines[len(c.lines)-1]
	}
	return c.lines[line]
}
