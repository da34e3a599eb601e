package report

import (
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// RepProgress is what the report "rep-progress" is made from: one person's way to
// the quota of a period.
type RepProgress struct {
	Cover
	Row     metrics.Row
	Running metrics.Running
	Deals   []OpenDeal // due in the period, the nearest to won first
	Names   map[data.Key]string
}

// mostOnTheWay is how many deals the page lists.
const mostOnTheWay = 14

// Shown gives the deals that are listed by name.
func (p RepProgress) Shown() []data.Key {
	var out []data.Key
	for _, d := range p.Deals[:min(len(p.Deals), mostOnTheWay)] {
		out = append(out, d.Key)
	}
	return out
}

// Doc lays the report out on one page.
func (p RepProgress) Doc() Doc {
	d := p.doc(lang.T("Progress"), 0)
	d.Title = lang.T("Progress, %s", p.Scope)
	currency := string(p.Numbers.Currency)
	d.Sections = []Section{{Blocks: []Block{Figures{Cards: p.cards()}}}}
	if len(p.Running.This) > 0 {
		d.Sections = append(d.Sections, Section{Heading: lang.T("Won so far"), Caption: lang.T("%s, added up day by day", currency), Blocks: []Block{Chart{Spec: p.lines(), Height: 210}}})
	}
	if len(p.Deals) == 0 {
		d.say(lang.T("No open deal is expected to close in this period."))
	} else {
		d.Sections = append(d.Sections, Section{Heading: lang.T("Deals that get there"), Caption: lang.T("open and due in the period, the nearest to won first, %s", currency), Blocks: []Block{p.table()}})
	}
	d.Definitions = []Fact{
		{Name: lang.T("Quota"), Text: lang.T("quota of each month of the period, less while ramping up and for days outside the role")},
		{Name: lang.T("Of pace"), Text: lang.T("attained divided by the share of the period's sales that is expected by the as-of day")},
		{Name: lang.T("Run rate"), Text: lang.T("won divided by the share of the period’s days that have passed: what the period brings if it goes on so")},
		{Name: lang.T("Left after"), Text: lang.T("what is left to the quota once this deal and all above it are won; met where nothing is")},
	}
	return d
}

func (p RepProgress) left() int64 { return max(0, p.Row.Quota.Minor-p.Row.Credited.Minor) }

func (p RepProgress) cards() []Card {
	n, r := p.Numbers, p.Row
	quota, left, run := n.notAvailable(), n.notAvailable(), Card{Name: lang.T("Run rate"), Text: n.shortMoney(r.RunRate.Value())}
	if r.Quota.Set {
		quota, left = n.Short(r.Quota.Minor), n.Short(p.left())
		if v, ok := r.RunRate.Value(); ok && r.Quota.Minor > 0 {
			run.Sub = lang.T("%s of quota", n.Percent(v/float64(r.Quota.Minor)))
		}
	}
	coverage := Card{Name: lang.T("Left to quota"), Text: left}
	if r.Quota.Set {
		coverage.Sub = lang.T("coverage %s", n.coverage(r))
	}
	return []Card{
		{Name: lang.T("Quota"), Text: quota},
		n.wonCard(r),
		{Name: lang.T("Attainment"), Text: n.share(r.Attainment.Value()), Sub: paceText(r, n)},
		coverage, run,
	}
}

func (p RepProgress) lines() Lines {
	n, from := p.Numbers, p.Running.From
	points := func(values []int64) (out []Point) {
		for i, v := range values {
			out = append(out, Point{X: float64(i), Y: n.major(v)})
		}
		return out
	}
	last := p.Running.This[len(p.Running.This)-1]
	out := Lines{
		Head: Head{Title: lang.T("Won so far"), Unit: string(n.Currency)}, Axis: n.Axis(), MaxX: float64(max(1, p.Period.Days()-1)),
		Series: []Line{{Label: lang.T("Won %s", n.Short(last)), Style: Main, Area: true, Points: points(p.Running.This)}},
	}
	if len(p.Running.Pace) > 0 {
		out.Series = append(out.Series, Line{Label: lang.T("pace"), Style: Expected, Points: points(p.Running.Pace)})
	}
	if p.Running.Quota.Set {
		out.Level = &Level{Value: n.major(p.Running.Quota.Minor), Label: lang.T("quota %s", n.Short(p.Running.Quota.Minor))}
	}
	for day := from; day < p.Period.To; day++ {
		if _, _, d := day.Date(); d == 1 {
			out.Ticks = append(out.Ticks, Tick{At: float64(day - from), Label: n.Day(day)})
		}
	}
	return out
}

func (p RepProgress) table() Table {
	n := p.Numbers
	t := Table{Columns: []Column{
		{Title: lang.T("Deal"), Share: 1}, {Title: lang.T("Stage")}, {Title: lang.T("Closes")}, {Title: lang.T("Value"), Right: true, Bold: true}, {Title: lang.T("Left after"), Right: true},
	}}
	left, all := p.Row.Quota.Minor-p.Row.Credited.Minor, int64(0)
	for i, d := range p.Deals {
		all += d.Value
		if i >= mostOnTheWay {
			continue
		}
		left -= d.Value
		after, value := n.notAvailable(), n.notAvailable()
		if d.Known {
			value = n.Exact(d.Value)
		}
		if p.Row.Quota.Set {
			if after = n.Exact(left); left <= 0 {
				after = lang.T("met")
			}
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: p.Names[d.Key]}, {Text: d.Stage}, {Text: n.Day(d.Close)}, {Text: value}, {Text: after}}})
	}
	if rest := len(p.Deals) - mostOnTheWay; rest > 0 {
		var sum int64
		for _, d := range p.Deals[mostOnTheWay:] {
			sum += d.Value
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: lang.T("and %d more", rest)}, {}, {}, {Text: n.Exact(sum)}, {}}})
	}
	t.Totals = []Row{{Cells: []Cell{{Text: lang.N("%d deal", "%d deals", len(p.Deals))}, {}, {}, {Text: n.Exact(all)}, {}}}}
	return t
}
