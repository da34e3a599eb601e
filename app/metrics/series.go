package metrics

import (
	"math"

	"fieldbook/data"
)

// daily are sums by close day of what has closed, from the first day on.
type daily struct {
	from      data.Day
	won, lost []int32
	value     []int64 // of won deals
	valued    []int32 // won deals with a value
}

func newDaily(from data.Day, n int) *daily {
	return &daily{from: from, won: make([]int32, n), lost: make([]int32, n), value: make([]int64, n), valued: make([]int32, n)}
}

func (d *daily) add(cells []cell) {
	n := data.Day(len(d.won))
	for i := range cells {
		c := &cells[i]
		at := c.close - d.from
		if at < 0 || at >= n || !c.close.Valid() {
			continue
		}
		if c.kind == Lost {
			d.lost[at]++
			continue
		}
		d.won[at]++
		d.value[at] += c.value
		if c.worth == known {
			d.valued[at]++
		}
	}
}

func (d *daily) merge(o *daily) {
	for i := range o.won {
		d.won[i] += o.won[i]
		d.lost[i] += o.lost[i]
		d.value[i] += o.value[i]
		d.valued[i] += o.valued[i]
	}
}

// daily gives the sums from one day up to, not including, another.
func (v *View) daily(from, to data.Day) *daily {
	n := max(0, int(to-from))
	span := data.Period{From: from, To: to}
	return tally(v, func() *daily { return newDaily(from, n) }, func(d *daily, p *part) {
		if p.meets(span) {
			d.add(p.closed)
		}
	}, func(into, o *daily) { into.merge(o) })
}

// between adds up the days from one up to, not including, another.
func (d *daily) between(from, to data.Day) (s sums) {
	for i := max(0, from-d.from); i < min(data.Day(len(d.won)), to-d.from); i++ {
		s.won += int(d.won[i])
		s.lost += int(d.lost[i])
		s.wonValue += d.value[i]
		s.wonValued += int(d.valued[i])
	}
	return s
}

// Month is one bar of a series by month.
type Month struct {
	Period   data.Period
	Won      int
	Lost     int
	WonValue data.Money
	Mean     float64 // of this month's won value and the two before it, minor units; NaN before the third month
	Partial  bool    // not over on the as-of day
}

// ByMonth is what was won in each month of a bounded period up to the as-of
// day, with the trailing mean of three months. The mean uses the months before
// the period too, where the book has any; of all time, it is from the month of
// the first close on.
func (v *View) ByMonth(in data.Period) []Month {
	in, known := v.bounded(in)
	if !in.From.Valid() || in.From > v.query.AsOf {
		return nil
	}
	d := v.daily(in.From.AddMonths(-2), min(in.To, v.query.AsOf+1))
	out := make([]Month, 0, in.To.Month()-in.From.Month())
	for _, m := range v.f.Calendar.Months(in) {
		if m.From > v.query.AsOf {
			break
		}
		s := d.between(max(m.From, in.From), min(m.To, in.To))
		bar := Month{Period: m, Won: s.won, Lost: s.lost, WonValue: data.Money{Minor: s.wonValue, Currency: v.f.Currency()}, Mean: math.NaN(), Partial: m.To > v.query.AsOf+1}
		if start := m.From.AddMonths(-2); start >= known {
			bar.Mean = float64(d.between(start, min(m.To, in.To)).wonValue) / 3
		}
		out = append(out, bar)
	}
	return out
}

// bounded closes the open sides of a period with the first close of the view
// and the as-of day, and gives the first day of the month of the first close,
// before which a mean of months would count months that the book does not hold.
func (v *View) bounded(in data.Period) (data.Period, data.Day) {
	known := data.NoDay
	for i := range v.parts {
		known = known.Min(v.parts[i].first)
	}
	if known.Valid() {
		known = v.f.Calendar.MonthOf(known).From
	}
	if !in.From.Valid() {
		in.From = known
	}
	if !in.To.Valid() {
		in.To = v.query.AsOf + 1
	}
	return in, known
}

// Running is the won value added up day by day, in minor units.
type Running struct {
	From     data.Day // of This and Pace
	This     []int64  // up to the as-of day or the period's end
	Previous []int64  // the whole period before
	Pace     []int64  // what is expected by each day of the period; nil without quota
	Quota    Target
}

// RunningTotal adds up what was won in a bounded period and the one before.
// For all time it is empty.
func (v *View) RunningTotal(in data.Period) Running {
	out := Running{From: in.From, Quota: v.Quota(in)}
	if !in.From.Valid() || !in.To.Valid() {
		return out
	}
	before := v.f.Calendar.Before(in)
	d := v.daily(before.From, in.To)
	for _, x := range v.credited() {
		if at := x.close - d.from; x.kind == Won && at >= 0 && int(at) < len(d.value) && (!x.overlay || v.query.Scope.Whose == OfPerson) {
			d.value[at] += x.value
		}
	}
	out.Previous = d.running(before.From, before.To)
	out.This = d.running(in.From, min(in.To, v.query.AsOf+1))
	if out.Quota.Set {
		for day := in.From; day < in.To; day++ {
			out.Pace = append(out.Pace, int64(math.Round(float64(out.Quota.Minor)*v.f.Share(in, day))))
		}
	}
	return out
}

func (d *daily) running(from, to data.Day) []int64 {
	var out []int64
	var sum int64
	for i := from - d.from; i < to-d.from; i++ {
		sum += d.value[i]
		out = append(out, sum)
	}
	return out
}

// Quota is the effective quota of the view's scope in a period.
func (v *View) Quota(in data.Period) Target {
	t := v.quotas(in).total()
	t.Currency = v.f.Currency()
	return t
}

// ToDate is the part of the period before in that is as long as what has
// passed of in on the as-of day: what figures to date are compared with.
func (f *Facts) ToDate(in data.Period, asOf data.Day) data.Period {
	before := f.Calendar.Before(in)
	if in.IsAll() || asOf >= in.To-1 {
		return before
	}
	return f.Calendar.Range(before.From, min(before.To, before.From+max(0, asOf+1-in.From)))
}

// Sparklines are the small curves of the cards, one value a step up to the
// as-of day; NaN where there is none.
type Sparklines struct {
	Days       []data.Day // the last day of each step
	Attainment []float64  // to date
	Won        []float64  // in the step, minor units
	WinRate    []float64  // in the step
	AvgWon     []float64  // in the step, minor units
	Coverage   []float64  // on that day
}

// Sparklines cuts what has passed of a bounded period into equal steps.
func (v *View) Sparklines(in data.Period, steps int) Sparklines {
	var out Sparklines
	end := min(in.To, v.query.AsOf+1)
	if !in.From.Valid() || !in.To.Valid() || end <= in.From {
		return out
	}
	steps = min(steps, int(end-in.From))
	d, quota := v.daily(in.From, end), v.Quota(in)
	cut := func(i int) data.Day { return in.From + data.Day(int(end-in.From)*i/steps) }
	for i := range steps {
		out.Days = append(out.Days, cut(i+1)-1)
	}
	open := v.openOn(out.Days, in)
	for i := range steps {
		s, done := d.between(cut(i), cut(i+1)), d.between(in.From, cut(i+1)).wonValue
		out.Attainment = append(out.Attainment, quotient(float64(done), float64(quota.Minor)))
		out.Won = append(out.Won, float64(s.wonValue))
		out.WinRate = append(out.WinRate, quotient(float64(s.won), float64(s.won+s.lost)))
		out.AvgWon = append(out.AvgWon, quotient(float64(s.wonValue), float64(s.wonValued)))
		out.Coverage = append(out.Coverage, quotient(float64(open[i]), max(0, float64(quota.Minor-done))))
	}
	return out
}

func quotient(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}

// openOn adds up, for each of some days, the deals that were open on it and
// expected to close in the period, at their value of the as-of day. What a
// file brought as closed had no expected day.
func (v *View) openOn(days []data.Day, in data.Period) []int64 {
	change := tally(v, func() []int64 { return make([]int64, len(days)+1) }, func(into []int64, p *part) {
		for i := range p.open {
			if c := &p.open[i]; in.Contains(c.close) {
				into[after(days, c.born)] += c.value
			}
		}
		if !p.meets(in) {
			return
		}
		for i := range p.closed {
			c := &p.closed[i]
			if in.Contains(c.close) && v.f.Deals[c.deal].Flags&ClosedByImport == 0 {
				into[after(days, c.born)] += c.value
				into[after(days, c.close)] -= c.value
			}
		}
	}, func(into, from []int64) {
		for i := range from {
			into[i] += from[i]
		}
	})
	var sum int64
	out := make([]int64, len(days))
	for i := range out {
		sum += change[i]
		out[i] = sum
	}
	return out
}

// after is the first place in days, ascending, that is on or after day.
func after(days []data.Day, day data.Day) int {
	for i, d := range days {
		if d >= day {
			return i
		}
	}
	return len(days)
}
