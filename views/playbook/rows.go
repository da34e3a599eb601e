package playbook

import (
	"strings"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/process"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// fewest is how many closed deals a rate needs to be more than "too few to tell".
const fewest = 10

// words writes what this screen shows.
type words struct {
	num   report.Numbers
	today data.Day
}

// rate writes a win rate with its interval and n.
func (w words) rate(r metrics.WinRate) string {
	p, ok := r.Value()
	switch {
	case !ok:
		return kit.EnDash
	case r.N < fewest:
		return lang.T("%s won, too few to tell", w.num.Ratio(int(r.Num), r.N))
	}
	return lang.T("%s, %s–%s of %s", w.percent(p), w.num.Number(r.Low*100, 0), w.percent(r.High), w.num.Count(r.N))
}

func (w words) percent(p float64) string { return w.num.Number(p*100, 0) + "%" }

// outcome writes what became of deals: "3 won, 2 lost, 1 open".
func (w words) outcome(won, lost, open int) string {
	return lang.T("%s won, %s lost, %s open", w.num.Count(won), w.num.Count(lost), w.num.Count(open))
}

// stageRow is a stage with what is set and what was measured.
func (w words) stageRow(s app.StageLine) kit.Row {
	expected, stay := kit.EnDash, kit.EnDash
	if s.Expected > 0 {
		expected = w.num.Count(s.Expected)
	}
	if s.Stay.N > 0 {
		stay = lang.T("%s / %s of %s", w.num.Number(s.Stay.Median, 0), w.num.Number(s.Stay.P75, 0), w.num.Count(s.Stay.N))
	}
	long := kit.EnDash
	if s.Long.N+s.Short.N > 0 {
		long = lang.T("%s, others %s", w.short(s.Long), w.short(s.Short))
	}
	measured := kit.Cell{Text: w.rate(s.Was)}
	if off(s.StageFigure) {
		measured.Color = kit.ColorWarn
	}
	return kit.Row{ID: s.ID.String(), Cells: []kit.Cell{
		{Text: s.Title(), Sub: s.Pipeline},
		{Text: w.num.Number(s.Probability, 0) + "%"},
		measured,
		{Text: expected},
		{Text: stay},
		{Text: long},
		{Text: w.num.Ratio(s.Stalled, s.Open)},
		{Text: lang.T("%d in, %d out", inForce(s.Entry), inForce(s.Exit))},
	}}
}

// short is a rate without its interval: "12% of 40".
func (w words) short(r metrics.WinRate) string {
	p, ok := r.Value()
	if !ok {
		return lang.T("none")
	}
	return lang.T("%s of %s", w.percent(p), w.num.Count(r.N))
}

// off reports whether what is set lies outside the measured interval.
func off(s process.StageFigure) bool {
	return s.Was.N >= fewest && (s.Probability < s.Was.Low*100 || s.Probability > s.Was.High*100)
}

func inForce(list []data.Row) int {
	n := 0
	for _, r := range list {
		if !r.Bool("retired") {
			n++
		}
	}
	return n
}

// criterionRow is one criterion in the list of its stage.
func (w words) criterionRow(c data.Row, overrides []process.CriterionFigure) kit.ListRow {
	r := kit.ListRow{Key: c.ID.String(), Icon: "check", Title: c.Title(), Detail: w.metBy(c)}
	if g := c.Text("guidance"); g != "" {
		r.Detail += ". " + g
	}
	if c.Bool("retired") {
		r.Icon, r.Right = "x", lang.T("retired")
	}
	for _, o := range overrides {
		if o.Name == c.Title() {
			r.Right = lang.T("overridden %s", lang.N("%d time", "%d times", o.Overridden))
			r.RightDetail = w.outcome(o.Won, o.Lost, o.Open)
		}
	}
	return r
}

func (w words) metBy(c data.Row) string {
	switch c.Text("type") {
	case data.CriterionField:
		k, err := data.KindByName(data.KindDeal)
		if err == nil {
			if f, ok := k.Field(c.Text("field")); ok {
				return lang.T("the deal’s field “%s” is filled in", lang.T(f.Label))
			}
		}
		return lang.T("the deal’s field “%s” is filled in", c.Text("field"))
	case data.CriterionFramework:
		return lang.T("at least %d points of %s", int(c.Int("points")), c.Labels["framework"])
	}
	return lang.T("ticked by hand")
}

// suggestion says in words what should change and why.
func (w words) suggestion(s process.Suggestion) kit.ListRow {
	n := w.num
	days := func(x float64) string { return n.Number(x, 0) }
	row := kit.ListRow{Icon: "info", Tone: kit.ToneWarn}
	switch s.Advice {
	case process.ProbabilityTooHigh, process.ProbabilityTooLow:
		row.Title = lang.T("%s: set %s%% instead of %s%%", s.Stage.Name, n.Number(s.Better, 0), n.Number(s.Set, 0))
		row.Detail = lang.T("Of the closed deals that stood there, %s were won", w.rate(s.Stage.Was))
	case process.ExpectTooFew:
		row.Title = lang.T("%s: expect %s days instead of %s", s.Stage.Name, days(s.Better), days(s.Set))
		row.Detail = lang.T("Half of %s stays took longer than %s days", n.Count(s.Stage.Stay.N), days(s.Stage.Stay.Median))
	case process.ExpectTooMany:
		row.Title = lang.T("%s: expect %s days instead of %s", s.Stage.Name, days(s.Better), days(s.Set))
		row.Detail = lang.T("Three in four of %s stays ended by then", n.Count(s.Stage.Stay.N))
	case process.ExpectNothing:
		row.Title = lang.T("%s: expect %s days; nothing is set", s.Stage.Name, days(s.Better))
		row.Detail = lang.T("Three in four of %s stays ended by then", n.Count(s.Stage.Stay.N))
	case process.LongOnesLose:
		row.Title = lang.T("%s: ask earlier whether it goes on, by day %s", s.Stage.Name, days(s.Set))
		row.Detail = lang.T("Deals that stood longer were won in %s, the others in %s", w.short(s.Stage.Long), w.short(s.Stage.Short))
	case process.DropCriterion:
		row.Title = lang.T("“%s” may not be needed", s.Criterion.Name)
		row.Detail = lang.T("Overridden on %s and won all the same: %s", lang.N("%d deal", "%d deals", s.Criterion.Overridden), w.outcome(s.Criterion.Won, s.Criterion.Lost, s.Criterion.Open))
	case process.HoldCriterion:
		row.Title = lang.T("Hold on to “%s”", s.Criterion.Name)
		row.Detail = lang.T("Deals that went on without it were mostly lost: %s", w.outcome(s.Criterion.Won, s.Criterion.Lost, s.Criterion.Open))
	}
	row.Key = row.Title
	return row
}

// stalledRow is one stalled deal with what it lacks to go on.
func (w words) stalledRow(l app.StalledLine) kit.Row {
	missing := make([]string, len(l.Missing))
	for i, m := range l.Missing {
		missing[i] = m.Name
	}
	value := kit.EnDash
	if l.Known {
		value = w.num.Whole(l.Value)
	}
	lacks := kit.Cell{Text: strings.Join(missing, ", ")}
	if len(missing) == 0 {
		lacks = kit.Cell{Text: kit.EnDash, Color: kit.ColorFg2}
	}
	return kit.Row{ID: l.ID.String(), Cells: []kit.Cell{{Text: l.Name}, {Text: l.Owner}, {Text: l.Stage}, {Text: value}, {Text: lang.T("%s d", w.num.Count(l.Days)), Color: kit.ColorWarn}, lacks}}
}

// heatSpec is the heat map of stage by person: the share that has stalled.
func (w words) heatSpec(b *app.Playbook) report.HeatMap {
	h := report.HeatMap{
		Head: report.Head{Title: lang.T("Stalled deals by person and stage"), N: lang.T("%s of %s open", w.num.Count(len(b.StalledAll)), w.num.Count(b.Open)), Empty: lang.T("No open deals")},
		Axis: func(x float64) string { return w.num.Number(x, 0) + "%" },
	}
	for _, s := range b.Stages {
		h.Columns = append(h.Columns, s.Title())
	}
	for _, line := range b.Heat {
		name := line.Person
		if name == "" {
			name = lang.T("Nobody")
		}
		row := report.HeatRow{Label: name}
		for _, c := range line.Cells {
			m := report.Mark{Value: report.NA()}
			if c.Open > 0 {
				m.Value = 100 * float64(c.Stalled) / float64(c.Open)
				m.Text = w.num.Ratio(c.Stalled, c.Open)
			}
			row.Cells = append(row.Cells, m)
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}

// overrideRow is one override with what became of its deal.
func (w words) overrideRow(o app.Overridden) kit.Row {
	way := o.Labels["to_stage"]
	if from := o.Labels["from_stage"]; from != "" {
		way = lang.T("%s to %s", from, way)
	}
	state := map[string]kit.Cell{
		data.StageWon: {Icon: "check", Ink: kit.ColorGood, Text: lang.T("won")}, data.StageLost: {Icon: "x", Ink: kit.ColorBad, Text: lang.T("lost")}, data.StageOpen: {Text: lang.T("open")},
	}[o.State]
	if o.State == "" {
		state = kit.Cell{Text: lang.T("removed"), Color: kit.ColorFg2}
	}
	return kit.Row{ID: o.ID.String(), Cells: []kit.Cell{
		{Text: kit.DayText(w.num, o.Day("day"), w.today)},
		{Text: o.Deal},
		{Text: o.Labels["person"]},
		{Text: way},
		{Text: o.Reason},
		{Text: strings.ReplaceAll(o.Text("missing"), "\n", ", ")},
		state,
	}}
}
