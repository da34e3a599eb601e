package quotas

import (
	"strconv"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// revenueRow is one row of the plan: the whole, a line, or what is left to divide.
type revenueRow struct {
	shown kit.Row
	line  int // -1 for the whole, -2 for the rest
}

const (
	revenueWhole = -1
	revenueRest  = -2
)

// revenueWords writes a sheet.
type revenueWords struct {
	*app.RevenueSheet
	num report.Numbers
}

// yearColumns lists the months that each column of amounts stands for.
func yearColumns(monthly bool) (out [][]int) {
	for q := range 4 {
		months := []int{3 * q, 3*q + 1, 3*q + 2}
		if monthly {
			for _, m := range months {
				out = append(out, []int{m})
			}
		}
		out = append(out, months)
	}
	return append(out, columnMonths(yearColumn))
}

func revenueColumns(s *app.RevenueSheet, monthly, writes bool) []kit.Column {
	const right = fyne.TextAlignTrailing
	first := map[string]string{app.RevenueRegion: lang.T("Region"), app.RevenueSegment: lang.T("Segment"), app.RevenueFamily: lang.T("Product line")}[s.By]
	out := []kit.Column{{Key: "name", Title: first, Width: 150, Grow: 1, Fixed: true}}
	for i, part := range yearColumns(monthly) {
		c := kit.Column{Key: "m" + strconv.Itoa(i), Width: 84, Align: right, Edit: writes}
		switch len(part) {
		case 1:
			c.Title = columnTitle(s.Months[part[0]])
		case 3:
			c.Title, c.Shade = "Q"+strconv.Itoa(part[0]/3+1), monthly
		default:
			c.Title, c.Shade = lang.T("Year"), true
		}
		out = append(out, c)
	}
	out = append(out,
		kit.Column{Key: "share", Title: lang.T("Share"), Width: 54, Align: right},
		kit.Column{Key: "won", Title: lang.T("Won, 12 months"), Width: 104, Align: right},
		kit.Column{Key: "growth", Title: lang.T("Growth"), Width: 60, Align: right})
	if s.By == app.RevenueRegion {
		out = append(out,
			kit.Column{Key: "capacity", Title: lang.T("Can sell"), Width: 84, Align: right},
			kit.Column{Key: "heads", Title: lang.T("Heads"), Width: 50, Align: right},
			kit.Column{Key: "gap", Title: lang.T("Gap"), Width: 84, Align: right},
			kit.Column{Key: "quota", Title: lang.T("Quotas"), Width: 84, Align: right},
			kit.Column{Key: "over", Title: lang.T("Over plan"), Width: 70, Align: right})
	}
	return out
}

// rows are the whole, the lines, and what is left to divide.
func (w revenueWords) rows(monthly bool) []revenueRow {
	out := []revenueRow{{w.row(lang.T("Whole company"), &w.Whole, monthly, true), revenueWhole}}
	for i := range w.Lines {
		out = append(out, revenueRow{w.row(w.Lines[i].Name, &w.Lines[i], monthly, false), i})
	}
	if len(w.Lines) == 0 {
		return out
	}
	rest := kit.Row{ID: "rest", Cells: []kit.Cell{{Text: lang.T("Left to divide"), Color: kit.ColorFg2}}}
	for _, months := range yearColumns(monthly) {
		loose := w.Loose(months...)
		c := kit.Cell{Text: w.num.Whole(loose), Copy: w.exact(loose), Color: kit.ColorFg2}
		if loose != 0 {
			c.Color = kit.ColorWarn
		}
		rest.Cells = append(rest.Cells, c)
	}
	for len(rest.Cells) < len(out[0].shown.Cells) {
		rest.Cells = append(rest.Cells, kit.Cell{})
	}
	return append(out, revenueRow{rest, revenueRest})
}

func (w revenueWords) exact(minor int64) string {
	return unit{currency: w.Currency}.typed(minor)
}

func (w revenueWords) amount(minor int64) kit.Cell {
	if minor == 0 {
		return kit.Cell{Text: kit.EnDash, Color: kit.ColorFg2, Copy: "0"}
	}
	return kit.Cell{Text: w.num.Whole(minor), Copy: w.exact(minor)}
}

// unknown is a figure that there is none of.
var unknown = kit.Cell{Text: kit.EnDash, Color: kit.ColorFg2}

func (w revenueWords) row(name string, l *app.RevenueLine, monthly, bold bool) kit.Row {
	year := l.Months.Year()
	row := kit.Row{ID: "line " + name + l.ID.String(), Cells: []kit.Cell{{Text: name}}}
	for _, months := range yearColumns(monthly) {
		row.Cells = append(row.Cells, w.amount(l.Months.Sum(months...)))
	}
	share, growth := unknown, unknown
	if whole := w.Whole.Months.Year(); whole > 0 {
		share = kit.Cell{Text: w.num.Percent(float64(year) / float64(whole))}
	}
	if l.Won > 0 && year > 0 {
		growth = kit.Cell{Text: w.change(float64(year-l.Won) / float64(l.Won))}
	}
	row.Cells = append(row.Cells, share, w.amount(l.Won), growth)
	if w.By == app.RevenueRegion {
		row.Cells = append(row.Cells, w.beside(l)...)
	}
	for i := range row.Cells {
		row.Cells[i].Bold = bold
	}
	return row
}

// beside is what stands beside a region: what people there can sell, and what
// they are asked for.
func (w revenueWords) beside(l *app.RevenueLine) []kit.Cell {
	capacity, gap := unknown, unknown
	if l.Capacity.Known {
		capacity, gap = w.amount(l.Capacity.Amount), kit.Cell{Text: w.num.Whole(l.Gap()), Copy: w.exact(l.Gap())}
		if l.Gap() > 0 {
			gap.Color = kit.ColorBad
		}
	}
	heads := kit.Cell{Text: w.num.Number(l.Capacity.Heads, 1)}
	quota, over := unknown, unknown
	if l.HasQuota {
		quota = w.amount(l.Quota)
	}
	if x, ok := l.OverAssigned(); ok {
		over = kit.Cell{Text: w.change(x)}
		if x < 0 {
			over.Color = kit.ColorBad
		}
	}
	return []kit.Cell{capacity, heads, gap, quota, over}
}

// change writes a change with its sign.
func (w revenueWords) change(x float64) string {
	switch {
	case w.num.Percent(x) == w.num.Percent(0) || w.num.Percent(-x) == w.num.Percent(0):
		return w.num.Percent(0)
	case x > 0:
		return "+" + w.num.Percent(x)
	}
	return kit.EnDash + w.num.Percent(-x)
}

// cards are the plan, what was won, what people can sell, the gap and the quotas.
func (w revenueWords) cards() [5]kit.CardData {
	year, c := w.Whole.Months.Year(), w.Whole.Capacity
	plan := kit.CardData{Name: lang.T("Plan of %s", w.Year.Name), Figure: w.num.Short(year), Change: lang.T("stretch %s", w.num.Short(w.Plan.StretchGoal()))}
	won := kit.CardData{Name: lang.T("Won in the last 12 months"), Figure: w.num.Short(w.Whole.Won)}
	if growth := float64(year-w.Whole.Won) / float64(w.Whole.Won); w.Whole.Won > 0 {
		if won.Change = lang.T("the plan is as much"); w.change(growth) != w.num.Percent(0) {
			won.Change = lang.T("the plan is %s", w.change(growth))
		}
	}
	can := kit.CardData{Name: lang.T("People can sell"), Figure: kit.EnDash, Change: lang.T("nobody has sold for long enough to tell")}
	gap := kit.CardData{Name: lang.T("Gap between plan and people"), Figure: kit.EnDash}
	if c.Known {
		can.Figure = w.num.Short(c.Amount)
		can.Change = lang.T("%s heads × %s/month", w.num.Number(c.Heads, 1), w.num.Short(int64(c.Rate+0.5)))
		if c.Hires > 0 {
			can.Change = lang.T("%s heads, %s of them to come", w.num.Number(c.Heads, 1), w.num.Number(c.Hires, 1))
		}
		missing := w.Whole.Gap()
		gap.Figure, gap.Tone = w.num.Short(max(missing, -missing)), kit.ToneGood
		switch gap.Change = lang.T("more than is planned"); {
		case missing > 0 && c.Rate > 0:
			gap.Tone, gap.Change = kit.ToneBad, lang.T("some %s heads are missing", w.num.Number(float64(missing)/c.Rate/app.QuotaMonths, 1))
		case missing > 0:
			gap.Tone, gap.Change = kit.ToneBad, lang.T("the plan asks for more")
		}
	}
	quota := kit.CardData{Name: lang.T("Quotas as they count"), Figure: kit.EnDash, Change: lang.T("none set yet")}
	if w.Whole.HasQuota {
		quota.Figure, quota.Change = w.num.Short(w.Whole.Quota), ""
		if x, ok := w.Whole.OverAssigned(); ok {
			quota.Change = lang.T("%s against the plan", w.change(x))
		}
	}
	return [5]kit.CardData{plan, won, can, gap, quota}
}

func statusText(status string) string {
	return map[string]string{
		data.RevenueDraft: lang.T("draft"), data.RevenueProposed: lang.T("proposed"), data.RevenueApproved: lang.T("approved"), data.RevenueArchived: lang.T("put away"),
	}[status]
}

func (w revenueWords) title() string {
	return lang.T("%s, %s", w.Plan.Name, statusText(w.Plan.Status))
}

// caption says what stands behind the plan.
func (w revenueWords) caption() string {
	out := string(w.Currency)
	if said := w.approval(w.Plan); said != "" {
		out += ", " + said
	}
	if w.Plan.Source != "" {
		out += ", " + lang.T("copied from %s", w.Plan.Source)
	}
	switch {
	case w.Plan.Fixed():
		out += "; " + lang.T("its amounts stand, a copy can be changed")
	case !w.Divided():
		out += "; " + lang.T("not divided yet")
	}
	if w.NoRate > 0 {
		out += "; " + lang.N("%s amount has no rate and counts nowhere", "%s amounts have no rate and count nowhere", w.NoRate, w.num.Count(w.NoRate))
	}
	return out
}

// approval says who approved a plan and when; "" of one that nobody did.
func (w revenueWords) approval(p *app.RevenuePlan) string {
	switch {
	case !p.Approved.Valid():
		return ""
	case p.ApprovedBy == "":
		return lang.T("version %s, %s", w.num.Count(int(p.Revision)), w.num.DayYear(p.Approved))
	}
	return lang.T("version %s, %s, %s", w.num.Count(int(p.Revision)), p.ApprovedBy, w.num.DayYear(p.Approved))
}

func (w revenueWords) scenarios() kit.SliceRows {
	var out kit.SliceRows
	for i := range w.Plans {
		p := &w.Plans[i]
		name := kit.Cell{Text: p.Name, Bold: p.ID == w.Plan.ID}
		if p.Source != "" {
			name.Sub = lang.T("from %s", p.Source)
		}
		out = append(out, kit.Row{ID: p.ID.String(), Cells: []kit.Cell{name, {Text: statusText(p.Status)}, {Text: w.num.Whole(p.Total), Copy: w.exact(p.Total)}, {Text: w.approval(p), Color: kit.ColorFg2}}})
	}
	return out
}
