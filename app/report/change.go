package report

import (
	"math"

	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Against names the period that figures are compared with: "Q3, day 48" while
// the period runs, "Q3" when it is over.
func Against(cal data.Calendar, in data.Period, asOf data.Day) string {
	if in.IsAll() {
		return ""
	}
	before := cal.Before(in)
	name := before.Name
	switch {
	case len(name) == len("2017-Q4") && name[5] == 'Q':
		name = name[5:]
	case len(name) == len("2017-11"):
		_, month, _ := before.From.Date()
		name = lang.T(English().Months[month-1])
	case len(name) != len("2017"):
		name = lang.T("the period before")
	}
	if asOf >= in.To-1 || asOf < in.From {
		return name
	}
	return lang.T("%s, day %d", name, int(asOf-in.From)+1)
}

// Grown writes how a figure changed: "7.5% on Q3, day 48". ok is false where
// there is nothing to compare with.
func (n Numbers) Grown(now, before float64, against string) (text string, change float64, ok bool) {
	if before == 0 || against == "" || math.IsNaN(now) || math.IsNaN(before) {
		return "", 0, false
	}
	change = now/before - 1
	size := math.Abs(change) * 100
	decimals := 0
	if math.Round(size*10) < 100 {
		decimals = 1
	}
	figure := n.Number(size, decimals) + "%"
	if size >= 1000 {
		figure = n.Times(now / before)
	}
	return lang.T("%s on %s", figure, against), change, true
}

// Points writes how a share changed, in percentage points: "12 points on Q3".
func (n Numbers) Points(now, before float64, against string) (text string, change float64, ok bool) {
	if against == "" || math.IsNaN(now) || math.IsNaN(before) {
		return "", 0, false
	}
	change = now - before
	points := int(math.Round(math.Abs(change) * 100))
	return lang.N("%d point on %s", "%d points on %s", points, points, against), change, true
}
