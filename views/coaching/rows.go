package coaching

import (
	"strings"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// words writes what the screen shows.
type words struct{ kit.Words }

// coachee is a line of the team.
func (w words) coachee(c app.Coachee) kit.Row {
	next := kit.Cell{Text: w.Day(c.Next)}
	if app.IsLate(c.Next, w.Today) {
		next.Color = kit.ColorBad
	}
	open := kit.Cell{Text: w.Num.Count(c.Open)}
	if c.Overdue > 0 {
		open.Text, open.Tag = "", kit.Pill{Text: lang.T("%d late", c.Overdue), Color: kit.ColorBad}
	}
	if c.Open == 0 {
		open.Text = kit.EnDash
	}
	name := kit.Cell{Text: c.Row.Title()}
	if c.Due > 0 {
		name.Tag = kit.Pill{Text: lang.N("%d task", "%d tasks", c.Due, c.Due)}
	}
	return kit.Row{ID: c.Row.ID.String(), Cells: []kit.Cell{name, {Text: w.Day(c.Last)}, next, open, {Text: w.Num.Watched(metrics.WatchAttainment, c.Figures[metrics.WatchAttainment])}}}
}

func (w words) teamTotals(t *app.CoachingTeam) kit.Row {
	open := 0
	for _, p := range t.People {
		open += p.Open
	}
	return kit.Row{Bold: true, Cells: []kit.Cell{
		{Text: lang.N("%d person", "%d people", len(t.People), len(t.People))},
		{},
		{},
		{Text: w.Num.Count(open)},
		{Text: w.Num.Watched(metrics.WatchAttainment, t.Total[metrics.WatchAttainment])},
	}}
}

// promise is what stands below a commitment: its days and what its figure did.
func (w words) promise(p app.Promise) (days, effect string) {
	parts := []string{}
	if d := p.Row.Day("day"); d.Valid() {
		parts = append(parts, lang.T("made %s", w.Day(d)))
	}
	if d := p.Row.Day("due_day"); d.Valid() {
		parts = append(parts, lang.T("due %s", w.Day(d)))
	}
	if n := p.Row.Text("note"); n != "" {
		parts = append(parts, n)
	}
	if p.Effect != nil {
		effect = w.Num.Effect(p.Metric, *p.Effect)
	}
	return strings.Join(parts, ", "), effect
}

// promiseTag is the word for how a commitment or goal stands.
func promiseTag(row data.Row, late bool) (string, kit.Tone) {
	switch row.Text("status") {
	case data.PromiseKept:
		return lang.T("kept"), kit.ToneGood
	case data.PromiseMissed:
		return lang.T("missed"), kit.ToneBad
	case data.PromiseDropped:
		return lang.T("dropped"), kit.TonePlain
	}
	if late {
		return lang.T("late"), kit.ToneWarn
	}
	return lang.T("open"), kit.TonePlain
}

// goal is how far a goal has come: "6 of 8 won deals, until Dec 31".
func (w words) goal(g app.GoalLine) string {
	var parts []string
	if g.Row.Text("metric") != "" && g.Row.Has("target") {
		target := g.Metric.Raw(g.Row.Float("target"), w.Num.Currency)
		parts = append(parts, lang.T("%s: %s of %s", report.WatchName(g.Metric), w.Num.Watched(g.Metric, g.Now), w.Num.WatchedValue(g.Metric, target)))
	}
	if d := g.Row.Day("end_day"); d.Valid() {
		parts = append(parts, lang.T("until %s", w.Day(d)))
	}
	return strings.Join(parts, ", ")
}

// figure is one line of a person's figures.
type figure struct{ name, now, before, team string }

func (w words) figures(p *app.CoachingPage) []figure {
	var out []figure
	for _, which := range report.ShownWatched() {
		out = append(out, figure{report.WatchName(which), w.Num.Watched(which, p.Figures[which]), w.Num.Watched(which, p.Before[which]), w.mean(which, p)})
	}
	return out
}

// mean is the figure of everybody with the role: of a sum, the mean of a person.
func (w words) mean(which metrics.Watch, p *app.CoachingPage) string {
	v, ok := p.Team[which].Value()
	if !ok || p.TeamSize == 0 {
		return lang.T("n/a")
	}
	if which.IsSum() {
		v /= float64(p.TeamSize)
	}
	return w.Num.WatchedValue(which, v)
}

// suggestion says who reached what.
func (w words) suggestion(s app.Suggestion) string {
	return lang.T("%s: %s in %s", report.WatchName(s.Metric), w.Num.Watched(s.Metric, s.Figure), s.Period.Name)
}
