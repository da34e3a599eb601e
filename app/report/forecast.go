package report

import (
	"slices"

	"fieldbook/assets/lang"
)

// ForecastReport is what the report "forecast" is made from: the roll-up of a
// period along the reporting lines and what changed in the week before.
type ForecastReport struct {
	Cover
	Rows    []ForecastRow // teams before their people
	Total   ForecastRow
	Course  Lines
	Changes Waterfall
}

// ForecastRow is one person or team. Amounts are minor units.
type ForecastRow struct {
	Name                               string
	Level                              int
	Team                               bool
	Won, Commit, BestCase, Pipeline    int64
	Weighted, Adjusted, Forecast, Call int64
	Quota                              int64
	HasQuota, HasCall                  bool
	Note                               string
}

// Doc lays the report out.
func (f ForecastReport) Doc() Doc {
	d := f.doc(lang.T("Forecast"), 0)
	n := f.Numbers
	t := f.Total
	cards := []Card{
		{Name: lang.T("Forecast"), Text: n.Short(t.Forecast), Sub: lang.T("won, open by the odds of its stage, adjustments")},
		{Name: lang.T("Won"), Text: n.Short(t.Won)},
		{Name: lang.T("Commit"), Text: n.Short(t.Commit), Sub: lang.T("with won %s", n.Short(t.Won+t.Commit))},
		{Name: lang.T("Best case"), Text: n.Short(t.BestCase), Sub: lang.T("with commit %s", n.Short(t.Won+t.Commit+t.BestCase))},
	}
	if t.HasQuota {
		cards = append(cards, Card{Name: lang.T("Quota"), Text: n.Short(t.Quota), Sub: lang.T("forecast is %s of it", f.share(t))})
	}
	d.Sections = []Section{
		{Blocks: []Block{Figures{Cards: cards}}},
		{Heading: lang.T("Forecast by category"), Caption: string(n.Currency), Blocks: []Block{f.table()}},
	}
	if notes := f.notes(); len(notes) > 0 {
		d.Sections = append(d.Sections, Section{Heading: lang.T("What was adjusted and why"), Blocks: []Block{Text{Paragraphs: notes}}})
	}
	if len(f.Course.Series) > 0 {
		d.Sections = append(d.Sections, Section{Heading: f.Course.Title, Caption: f.Course.Caption(), Blocks: []Block{Chart{Spec: f.Course}}})
	}
	if len(f.Changes.Steps) > 0 {
		d.Sections = append(d.Sections, Section{Heading: f.Changes.Title, Caption: f.Changes.Caption(), Blocks: []Block{Chart{Spec: f.Changes}}})
	}
	d.Definitions = []Fact{
		{Name: lang.T("Won"), Text: lang.T("deals closed as won in the period")},
		{Name: lang.T("Commit, best case, pipeline"), Text: lang.T("open deals that are to close in the period, by their own category, else by that of their stage; each deal is in one")},
		{Name: lang.T("Forecast"), Text: lang.T("won + open deals × the probability of their stage + what managers adjusted")},
		{Name: lang.T("Call"), Text: lang.T("the newest number that the person submitted for the period")},
		{Name: lang.T("Changes"), Text: lang.T("start + what came in − what went out = end, to the cent")},
	}
	return d
}

func (f ForecastReport) share(r ForecastRow) string {
	if !r.HasQuota {
		return f.Numbers.notAvailable()
	}
	return f.Numbers.share(ratio(r.Forecast, r.Quota))
}

func (f ForecastReport) table() Table {
	n := f.Numbers
	t := Table{Columns: []Column{
		{Title: lang.T("Person"), Share: 1},
		{Title: lang.T("Won"), Right: true},
		{Title: lang.T("Commit"), Right: true},
		{Title: lang.T("Best case"), Right: true},
		{Title: lang.T("Pipeline"), Right: true},
		{Title: lang.T("Adjusted"), Right: true},
		{Title: lang.T("Forecast"), Right: true, Bold: true},
		{Title: lang.T("Call"), Right: true},
		{Title: lang.T("Quota"), Right: true},
		{Title: lang.T("Of quota"), Right: true},
	}}
	cells := func(r ForecastRow) []Cell {
		out := []Cell{
			{Text: r.Name},
			{Text: n.Whole(r.Won)},
			{Text: n.Whole(r.Commit)},
			{Text: n.Whole(r.BestCase)},
			{Text: n.Whole(r.Pipeline)},
			{Text: n.Whole(r.Adjusted)},
			{Text: n.Whole(r.Forecast)},
			{},
			{Text: n.notAvailable()},
			{Text: f.share(r)},
		}
		if r.HasCall {
			out[7].Text = n.Whole(r.Call)
		}
		if r.HasQuota {
			out[8].Text = n.Whole(r.Quota)
		}
		return out
	}
	for _, r := range f.Rows {
		row := Row{Cells: cells(r), Level: r.Level, Strong: r.Team}
		if r.Team {
			row.Cells[0].Text = lang.T("%s’s team", r.Name)
		} else if r.Name == "" {
			row.Cells[0].Text = lang.T("Deals of nobody")
		}
		t.Rows = append(t.Rows, row)
	}
	t.Totals = []Row{{Cells: cells(f.Total)}}
	t.Totals[0].Cells[0].Text = lang.T("Together")
	return t.without(f.unused()...)
}

// unused are the columns of the table that would say nothing on any line.
func (f ForecastReport) unused() []int {
	const adjusted, call, quota, ofQuota = 5, 7, 8, 9
	rows := append(slices.Clone(f.Rows), f.Total)
	none := func(has func(ForecastRow) bool) bool { return !slices.ContainsFunc(rows, has) }
	var out []int
	if none(func(r ForecastRow) bool { return r.Adjusted != 0 }) {
		out = append(out, adjusted)
	}
	if none(func(r ForecastRow) bool { return r.HasCall }) {
		out = append(out, call)
	}
	if none(func(r ForecastRow) bool { return r.HasQuota }) {
		out = append(out, quota, ofQuota)
	}
	return out
}

// notes tell why managers adjusted.
func (f ForecastReport) notes() []string {
	var out []string
	for _, r := range f.Rows {
		if r.Note != "" {
			out = append(out, lang.T("%s, %s: %s", r.Name, f.Numbers.Whole(r.Adjusted), r.Note))
		}
	}
	return out
}
