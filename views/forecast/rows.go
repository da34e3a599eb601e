package forecast

import (
	"fieldbook/app"
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
	colOdds     = "odds"
	colCoverage = "coverage"
)

// sheet is the page in words and charts.
type sheet struct {
	app.FigureQuery
	rollup *app.Rollup
	num    report.Numbers
	holds  func(caption string) string
	band   app.Band // the zero value until it is there
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
	for _, r := range s.rollup.Rows {
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
	return []kit.Cell{money(r.Closed.Minor), money(r.Commit.Minor), money(r.BestCase.Minor), money(r.Pipeline.Minor), adjusted, note, forecast, call, quota, share, {Text: s.odds(r)}, {Text: s.coverage(r)}}
}

// odds are those of a person's own quota, of a team's, and of all together.
func (s *sheet) odds(r app.RollupRow) string {
	odds, ok := s.band.People[r.Person]
	switch {
	case r.Team && r.Person.IsZero():
		odds, ok = s.band.Odds, s.band.Known && s.band.HasOdds
	case r.Team:
		odds, ok = s.band.Teams[r.Person]
	}
	if !ok || !r.HasQuota {
		return lang.T("n/a")
	}
	return s.num.Percent(odds)
}

// coverage is what is open against what is left, and what would be needed.
func (s *sheet) coverage(r app.RollupRow) string {
	if r.Figures.Met {
		return lang.T("met")
	}
	have, ok := r.Figures.Coverage.Value()
	if !ok {
		return lang.T("n/a")
	}
	need := lang.T("n/a")
	if x, known := r.Figures.CoverageNeeded.Value(); known {
		need = s.num.Times(x)
	}
	return lang.T("%s of %s", s.num.Times(have), need)
}

func (s *sheet) total() kit.Row {
	cells := append([]kit.Cell{{Text: lang.T("Together"), Bold: true}}, s.figures(s.rollup.Total)...)
	cells[6].Text = ""
	for i := range cells {
		cells[i].Bold = true
	}
	return kit.Row{ID: "total", Cells: cells}
}

// caption says what the forecast is made of.
func (s *sheet) caption() string {
	text := lang.T("%s, forecast is won + open by the odds of its stage + adjustments", string(s.num.Currency))
	if s.rollup.Total.Omitted.Minor != 0 {
		text += lang.T("; omitted %s", s.num.Short(s.rollup.Total.Omitted.Minor))
	}
	return s.holds(text)
}
