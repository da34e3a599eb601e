package forecast

import (
	"strconv"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Keys of the columns.
const (
	colName     = "name"
	colClosed   = "closed"
	colCommit   = "commit"
	colBest     = "best case"
	colPipeline = "pipeline"
	colAdjusted = "adjusted"
	colNote     = "note"
	colForecast = "forecast"
	colCall     = "call"
	colQuota    = "quota"
	colShare    = "share"
)

// sheet is the page in words and charts.
type sheet struct {
	*app.ForecastPage
	num   report.Numbers
	holds func(caption string) string
}

// line is one row of the table.
type line struct {
	at  app.RollupRow
	row kit.Row
}

// lines lists the rows whose teams are open.
func (s *sheet) lines(closed map[data.ID]bool) []line {
	var out []line
	folded := -1 // depth below which rows are hidden
	for _, r := range s.Rollup.Rows {
		if folded >= 0 && r.Depth > folded {
			continue
		}
		folded = -1
		if r.Team && closed[r.Person] {
			folded = r.Depth
		}
		out = append(out, line{r, s.row(r, folded < 0)})
	}
	return out
}

func (s *sheet) row(r app.RollupRow, open bool) kit.Row {
	name := kit.Cell{Text: r.Name, Level: r.Depth}
	id := r.Person.String()
	switch {
	case r.Team:
		name.Text, name.Bold = lang.T("%s’s team", r.Name), true
		name.Tree = kit.TreeClosed
		if open {
			name.Tree = kit.TreeOpen
		}
		id = "team " + id
	case r.Person.IsZero():
		name.Text = lang.T("Deals of nobody")
	}
	cells := append([]kit.Cell{name}, s.figures(r)...)
	for i := range cells {
		cells[i].Bold = cells[i].Bold || r.Team && cells[i].Color == ""
	}
	return kit.Row{ID: id, Cells: cells}
}

// figures are the cells behind the name.
func (s *sheet) figures(r app.RollupRow) []kit.Cell {
	money := func(minor int64) kit.Cell {
		if minor == 0 {
			return kit.Cell{Text: kit.EnDash}
		}
		return kit.Cell{Text: s.num.Whole(minor), Copy: data.Money{Minor: minor, Currency: s.num.Currency}.Decimal()}
	}
	adjusted := money(r.Adjusted)
	if r.Adjusted > 0 {
		adjusted.Text = "+" + adjusted.Text
	}
	forecast := money(r.Forecast)
	forecast.Bold = true
	call := kit.Cell{}
	if r.Call != nil {
		call = money(r.Call.Amount)
	}
	note := kit.Cell{Text: r.Note, Color: kit.ColorFg2}
	if note.Text == "" && r.Team {
		note.Text = lang.N("rolls up %d person", "rolls up %d people", r.Reports, r.Reports)
	}
	quota, share := kit.Cell{Text: kit.EnDash}, kit.Cell{Text: kit.EnDash}
	if r.HasQuota {
		quota = money(r.Quota)
		if r.Quota > 0 {
			share.Text = s.num.Percent(float64(r.Forecast) / float64(r.Quota))
		}
	}
	return []kit.Cell{money(r.Closed.Minor), money(r.Commit.Minor), money(r.BestCase.Minor), money(r.Pipeline.Minor), adjusted, note, forecast, call, quota, share}
}

func (s *sheet) total() kit.Row {
	cells := append([]kit.Cell{{Text: lang.T("Together"), Bold: true}}, s.figures(s.Rollup.Total)...)
	cells[6].Text = ""
	for i := range cells {
		cells[i].Bold = true
	}
	return kit.Row{ID: "total", Cells: cells}
}

// caption says what the forecast is made of.
func (s *sheet) caption() string {
	text := lang.T("%s, forecast is won + open by the odds of its stage + adjustments", string(s.num.Currency))
	if s.Rollup.Total.Omitted.Minor != 0 {
		text += lang.T("; omitted %s", s.num.Short(s.Rollup.Total.Omitted.Minor))
	}
	return s.holds(text)
}

func (s *sheet) major(minor int64) float64 {
	unit := 1.0
	for range s.num.Currency.Digits() {
		unit *= 10
	}
	return float64(minor) / unit
}

// course is what was won against pace and quota, and where the forecast ends.
func (s *sheet) course() report.Lines {
	out := report.Lines{Head: report.Head{
		Title: lang.T("On the way"), Unit: string(s.num.Currency), Empty: lang.T("Choose a quarter, month or year to see its course"),
	}, Axis: s.num.Axis()}
	r := &s.Running
	if s.Period.IsAll() || !s.Period.To.Valid() || len(r.This) == 0 {
		return out
	}
	days := s.Period.Days()
	out.MaxX = float64(days)
	out.Right = lang.T("day %d of %d", min(days, int(s.AsOf-s.Period.From)+1), days)
	if r.Quota.Set {
		out.Level = &report.Level{Value: s.major(r.Quota.Minor), Label: lang.T("Quota %s", s.num.Short(r.Quota.Minor))}
	}
	won := report.Line{Label: lang.T("Won %s", s.num.Short(r.This[len(r.This)-1])), Points: []report.Point{{}}}
	for i, v := range r.This {
		won.Points = append(won.Points, report.Point{X: float64(i + 1), Y: s.major(v), Hint: s.num.Day(s.Period.From+data.Day(i)) + ": " + s.num.Short(v)})
	}
	forecast := s.Rollup.Total.Forecast
	ahead := report.Line{Label: lang.T("Forecast %s", s.num.Short(forecast)), Style: report.Likely, Points: []report.Point{
		won.Points[len(won.Points)-1], {X: float64(days), Y: s.major(forecast), Hint: lang.T("Forecast %s", s.num.Short(forecast))},
	}}
	if len(r.This) < days {
		out.Series = append(out.Series, ahead)
	}
	out.Series = append(out.Series, won)
	for _, m := range s.Calendar.Months(s.Period) {
		out.Ticks = append(out.Ticks, report.Tick{At: float64(m.From - s.Period.From), Label: s.num.Day(m.From)})
	}
	out.Ticks = append(out.Ticks, report.Tick{At: float64(days), Label: s.num.Day(s.Period.To - 1)})
	if n := len(out.Ticks); n > 6 {
		var kept []report.Tick
		for i, t := range out.Ticks {
			if i%3 == 0 || i == n-1 {
				kept = append(kept, t)
			}
		}
		out.Ticks = kept
	}
	return out
}

// changeName says what happened in a step.
func changeName(c metrics.Change) string {
	switch c {
	case metrics.Created:
		return lang.T("New")
	case metrics.PulledIn:
		return lang.T("Pulled in")
	case metrics.Increased:
		return lang.T("Grown")
	case metrics.Reopened:
		return lang.T("Reopened")
	case metrics.Received:
		return lang.T("Received")
	case metrics.Decreased:
		return lang.T("Shrunk")
	case metrics.Pushed:
		return lang.T("Pushed")
	case metrics.LostOut:
		return lang.T("Lost")
	case metrics.WonOut:
		return lang.T("Won")
	case metrics.HandedOver:
		return lang.T("Handed over")
	}
	return ""
}

// waterfall is what changed in the open value of the period.
func (s *sheet) waterfall() report.Waterfall {
	w := s.Changes
	out := report.Waterfall{Head: report.Head{
		Title: lang.T("Open value in a week"), Unit: string(s.num.Currency), Period: lang.T("%s to %s", s.num.Day(s.Since), s.num.Day(s.AsOf)),
		Empty: lang.T("Nothing that is to close in this period was open"),
	}, Axis: s.num.Axis()}
	if w.StartDeals+w.EndDeals == 0 {
		return out
	}
	total := func(day data.Day, minor int64) report.Change {
		return report.Change{Total: true, Mark: report.Mark{Label: s.num.Day(day), Value: s.major(minor), Text: s.num.Short(minor)}}
	}
	out.Steps = append(out.Steps, total(s.Since, w.Start))
	for _, step := range w.Steps {
		if len(step.Deals) == 0 {
			continue
		}
		text := s.num.Short(step.Value)
		if step.Value > 0 {
			text = "+" + text
		}
		c := report.Change{Mark: report.Mark{
			Label: changeName(step.Change), Value: s.major(step.Value), Text: text, Key: strconv.Itoa(int(step.Change)),
			Hint: lang.N("%d deal, %s", "%d deals, %s", len(step.Deals), len(step.Deals), text),
		}}
		if step.Change == metrics.WonOut {
			c.Tone = report.Quiet // it left the pipeline for the better
		}
		out.Steps = append(out.Steps, c)
	}
	out.Steps = append(out.Steps, total(s.AsOf, w.End))
	return out
}
