package report

import (
	"math"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// WatchName is a watched figure's name as a heading shows it.
func WatchName(w metrics.Watch) string {
	names := [metrics.Watches]string{
		lang.T("Attainment"), lang.T("Won value"), lang.T("Won deals"), lang.T("Win rate"), lang.T("Average deal size"), lang.T("Sales cycle"),
		lang.T("New pipeline"), lang.T("New deals"), lang.T("Stage moves"), lang.T("Activities"), lang.T("Calls"), lang.T("Meetings"), lang.T("Visits"),
		lang.T("Next steps set"), lang.T("Forecast error"),
	}
	return names[w]
}

// Watched writes a watched figure: money short, shares in percent, the cycle in
// days; "n/a" where it has no denominator.
func (n Numbers) Watched(w metrics.Watch, r metrics.Ratio) string {
	v, ok := r.Value()
	if !ok {
		return n.notAvailable()
	}
	return n.WatchedValue(w, v)
}

// WatchedValue writes the value of a watched figure, such as a target for it.
func (n Numbers) WatchedValue(w metrics.Watch, v float64) string {
	switch {
	case w.IsMoney():
		return n.Short(int64(math.Round(v)))
	case w.IsShare():
		return n.Percent(v)
	case w == metrics.WatchCycle:
		return lang.T("%s days", n.Number(v, 0))
	case v == math.Trunc(v):
		return n.Count(int(v))
	}
	return n.Number(v, 1)
}
