package report

import (
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// ForecastCourse is what was won in a period so far, and where its forecast ends.
type ForecastCourse struct {
	Numbers  Numbers
	Calendar data.Calendar
	Period   data.Period
	AsOf     data.Day
	Running  metrics.Running
	Forecast int64   // minor units
	Past     []int64 // what another period came to, day by day; none for no comparison
	PastName string

	// What the book's own history says of the end: P10, P50, P90, with HasBand.
	HasBand       bool
	P10, P50, P90 int64
	Odds          string // of the quota, in words; "" where nothing is known
}

// Lines draws the course against the quota.
func (s ForecastCourse) Lines() Lines {
	out := Lines{Head: Head{
		Title: lang.T("On the way"), Unit: string(s.Numbers.Currency), Empty: lang.T("Choose a quarter, month or year to see its course"),
	}, Axis: s.Numbers.Axis()}
	r := &s.Running
	if s.Period.IsAll() || !s.Period.To.Valid() || len(r.This) == 0 {
		return out
	}
	days := s.Period.Days()
	out.MaxX = float64(days)
	out.Right = lang.T("day %d of %d", min(days, int(s.AsOf-s.Period.From)+1), days)
	if r.Quota.Set {
		out.Level = &Level{Value: s.Numbers.major(r.Quota.Minor), Label: lang.T("Quota %s", s.Numbers.Short(r.Quota.Minor))}
	}
	if n := len(s.Past); n > 0 {
		past := Line{Label: s.PastName + " " + s.Numbers.Short(s.Past[n-1]), Style: Past, Points: []Point{{}}}
		for i, v := range s.Past {
			past.Points = append(past.Points, Point{X: float64(i + 1), Y: s.Numbers.major(v), Hint: lang.T("day %d of %s: %s", i+1, s.PastName, s.Numbers.Short(v))})
		}
		out.Series = append(out.Series, past)
	}
	won := Line{Label: lang.T("Won %s", s.Numbers.Short(r.This[len(r.This)-1])), Points: []Point{{}}}
	for i, v := range r.This {
		won.Points = append(won.Points, Point{X: float64(i + 1), Y: s.Numbers.major(v), Hint: s.Numbers.Day(s.Period.From+data.Day(i)) + ": " + s.Numbers.Short(v)})
	}
	forecast := s.Forecast
	ahead := Line{Label: lang.T("Forecast %s", s.Numbers.Short(forecast)), Style: Likely, Points: []Point{
		won.Points[len(won.Points)-1], {X: float64(days), Y: s.Numbers.major(forecast), Hint: lang.T("Forecast %s", s.Numbers.Short(forecast))},
	}}
	if len(r.This) < days {
		out.Series = append(out.Series, ahead)
		s.band(&out, won.Points[len(won.Points)-1])
	}
	out.Series = append(out.Series, won)
	for _, m := range s.Calendar.Months(s.Period) {
		out.Ticks = append(out.Ticks, Tick{At: float64(m.From - s.Period.From), Label: s.Numbers.Day(m.From)})
	}
	out.Ticks = append(out.Ticks, Tick{At: float64(days), Label: s.Numbers.Day(s.Period.To - 1)})
	if n := len(out.Ticks); n > 6 {
		var kept []Tick
		for i, t := range out.Ticks {
			if i%3 == 0 || i == n-1 {
				kept = append(kept, t)
			}
		}
		out.Ticks = kept
	}
	return out
}

// band widens from what is won today to where the period may end. Between the
// two nothing is computed: the straight lines only lead the eye.
func (s ForecastCourse) band(out *Lines, now Point) {
	if !s.HasBand {
		return
	}
	n := s.Numbers
	out.Note = lang.T("P10–P90 with deals yet to come")
	if s.Odds != "" {
		out.Note += ", " + s.Odds
	}
	out.Range = &Range{Low: "P10 " + n.Short(s.P10), High: "P90 " + n.Short(s.P90), Points: []RangePoint{
		{X: now.X, Low: now.Y, High: now.Y},
		{X: out.MaxX, Low: n.major(s.P10), High: n.major(s.P90), Hint: lang.T("P10 %s, P50 %s, P90 %s", n.Short(s.P10), n.Short(s.P50), n.Short(s.P90))},
	}}
}

// OddsOfQuota words the odds of reaching the quota; a simulation knows none of
// 0 or 100 %.
func OddsOfQuota(n Numbers, odds float64) string {
	switch {
	case odds > 0.99:
		return lang.T("odds of the quota above %s", n.Percent(0.99))
	case odds < 0.01:
		return lang.T("odds of the quota below %s", n.Percent(0.01))
	}
	return lang.T("odds of the quota %s", n.Percent(odds))
}
