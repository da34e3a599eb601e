package quotas

import (
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// unit is what figures are shown and typed in.
type unit struct {
	currency data.Currency
	shift    int // decimal places: 3 shows thousands
}

func (u unit) words() string {
	if u.shift == 3 {
		return lang.T("%s thousand", string(u.currency))
	}
	return string(u.currency)
}

// fittingUnit chooses thousands where whole amounts would not fit a column, or
// where they lose nothing.
func fittingUnit(grid *app.QuotaGrid) unit {
	u := unit{currency: grid.Currency}
	thousand := 1000 * u.currency.Unit()
	even, large, sums := true, false, [app.QuotaMonths]int64{}
	for _, l := range append(append([]app.QuotaLine{}, grid.People...), grid.Territories...) {
		for month, a := range l.Months {
			even = even && a.Minor%thousand == 0
			sums[month] += a.Minor
			large = large || sums[month] >= 1000*thousand
		}
	}
	if grid.Any && (even || large) {
		u.shift = 3
	}
	return u
}

// figure writes an amount in the unit, with at most one decimal of a thousand.
func (u unit) figure(minor int64) string {
	numbers := report.Numbers{Currency: u.currency}
	if u.shift == 0 {
		return numbers.Exact(minor)
	}
	per := 100 * u.currency.Unit() // a tenth of a thousand
	tenths := (minor + per/2) / per
	if minor < 0 {
		tenths = (minor - per/2) / per
	}
	sign := ""
	if tenths < 0 {
		sign, tenths = kit.EnDash, -tenths
	}
	words := numbers.Count(int(tenths / 10))
	if tenths%10 != 0 {
		words += "." + string(rune('0'+tenths%10))
	}
	return sign + words
}

// typed writes an amount as it is typed in the unit, exactly.
func (u unit) typed(minor int64) string {
	s := data.DecimalString(minor, u.currency.Digits()+u.shift)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// signed writes a difference with its sign.
func (u unit) signed(minor int64) string {
	if minor > 0 {
		return "+" + u.figure(minor)
	}
	return u.figure(minor)
}

// cell shows an amount. One set in another currency carries its code.
func (u unit) cell(a amount) kit.Cell {
	switch {
	case !a.set:
		return kit.Cell{Text: kit.EnDash, Color: kit.ColorFg2, Copy: " "}
	case a.others == 1 && a.foreign.Currency != "":
		other := unit{a.foreign.Currency, u.shift}
		return kit.Cell{Text: string(a.foreign.Currency) + " " + other.figure(a.foreign.Minor), Copy: a.foreign.Decimal() + " " + string(a.foreign.Currency), Color: kit.ColorWarn}
	case a.noRate > 0:
		return kit.Cell{Text: u.figure(a.minor), Mark: kit.ColorWarn, Copy: u.exact(a.minor)}
	}
	return kit.Cell{Text: u.figure(a.minor), Copy: u.exact(a.minor)}
}

// wholeCell shows an amount that came out of a share, without the cents.
func (u unit) wholeCell(a amount) kit.Cell {
	whole := a
	one := u.currency.Unit()
	whole.minor = (a.minor + one/2) / one * one
	out := u.cell(whole)
	if a.set {
		out.Copy = u.exact(a.minor)
	}
	return out
}

func (u unit) exact(minor int64) string { return unit{currency: u.currency}.typed(minor) }

// cells shows a line: its name, the months with their quarters, the year.
func (u unit) cells(name kit.Cell, months [app.QuotaMonths]amount, cell func(amount) kit.Cell) []kit.Cell {
	out := make([]kit.Cell, yearColumn+1)
	out[nameColumn] = name
	for col := nameColumn + 1; col <= yearColumn; col++ {
		var sum amount
		for _, m := range columnMonths(col) {
			sum.add(months[m])
		}
		if !isMonth(col) {
			sum.foreign = data.Money{}
		}
		out[col] = cell(sum)
		out[col].Bold = !isMonth(col) && sum.set
	}
	return out
}

// tableRows draws the model.
func (m *model) tableRows(u unit) kit.SliceRows {
	out := make(kit.SliceRows, len(m.rows))
	for i, r := range m.rows {
		name := kit.Cell{Text: r.name, Level: r.level, Tree: r.tree}
		if r.count > 0 && r.level > 0 {
			name.Sub = lang.N("%d person", "%d people", r.count)
		}
		if r.tag != "" {
			name.Tag = kit.Pill{Text: r.tag}
		}
		cells := u.cells(name, r.months, u.cell)
		for col := nameColumn + 1; col < len(cells); col++ {
			m.shade(&cells[col], r, columnMonths(col))
		}
		out[i] = kit.Row{ID: r.id, Bold: r.tree != kit.TreeLeaf && r.level == 0, Cells: cells}
	}
	return out
}

// shade marks what counts less than it says, and greys sums of what is below.
func (m *model) shade(c *kit.Cell, r row, months []int) {
	switch {
	case r.territory:
		if !r.owns(months) && c.Color == "" {
			c.Color = kit.ColorFg2
		}
	case r.line >= 0 && c.Mark == "":
		if _, differs := m.counts(r.parts, months); differs {
			c.Mark = kit.ColorWarn
		}
	}
}

// owns reports whether a territory's figure is its own quota, not a sum of what
// is below.
func (r row) owns(months []int) bool {
	for _, m := range months {
		if r.months[m].set && !r.own[m] {
			return false
		}
	}
	return true
}

// Rows of the foot.
const (
	footSum = iota
	footTarget
	footGap
	footCounts
)

// counted is what people's quotas count for, month by month.
func (m *model) counted() (out [app.QuotaMonths]amount) {
	for month := range out {
		sum := m.sum(m.people(), []int{month})
		out[month].minor, _ = m.counts(m.people(), []int{month})
		out[month].set = sum.set
	}
	return out
}

// gap is what the people's quotas lack to the target, where there is one.
func gap(sum, target amount) amount {
	return amount{minor: sum.minor - target.minor, set: target.set}
}

// footRows draws what people's quotas add up to, what is asked from above, and
// the difference.
func (m *model) footRows(u unit) kit.SliceRows {
	sum, target := m.total(m.people()), m.total(m.top())
	var differ [app.QuotaMonths]amount
	for i := range differ {
		differ[i] = gap(sum[i], target[i])
	}
	name := func(text string) kit.Cell { return kit.Cell{Text: text} }
	return kit.SliceRows{
		{ID: "sum", Bold: true, Cells: u.cells(name(lang.T("Bottom-up sum")), sum, u.cell)},
		{ID: "target", Cells: u.cells(name(lang.T("Top-down target")), target, u.cell)},
		{ID: "gap", Bold: true, Cells: u.cells(name(lang.T("Gap")), differ, u.gapCell)},
		{ID: "counts", Cells: u.cells(name(lang.T("As they count")), m.counted(), u.wholeCell)},
	}
}

func (u unit) gapCell(a amount) kit.Cell {
	c := kit.Cell{Text: u.signed(a.minor), Copy: u.exact(a.minor)}
	switch {
	case !a.set:
		return u.cell(a)
	case a.minor < 0:
		c.Color = kit.ColorBad
	case a.minor > 0:
		c.Color = kit.ColorGood
	}
	return c
}

// columns are those of the grid.
func columns(grid *app.QuotaGrid, by string) []kit.Column {
	title := lang.T("Person")
	if by == byTerritory {
		title = lang.T("Territory")
	}
	out := []kit.Column{{Key: "name", Title: title, Width: 192, Min: 120, Grow: 1, Fixed: true}}
	for col := nameColumn + 1; col <= yearColumn; col++ {
		c := kit.Column{Align: fyne.TextAlignTrailing, Edit: true, Min: 36, Fixed: true, Width: 49}
		months := columnMonths(col)
		switch {
		case col == yearColumn:
			c.Key, c.Title, c.Width = "year", grid.Year.Name, 60
		case isMonth(col):
			c.Title = columnTitle(grid.Months[months[0]])
			c.Key = "m" + c.Title
		default:
			c.Title, c.Shade, c.Width = "Q"+string(rune('0'+col/perQuarter)), true, 53
			c.Key = c.Title
		}
		out = append(out, c)
	}
	return out
}

// monthText is the month of a day with its year.
func monthText(h *kit.Host, day data.Day) string {
	return kit.PeriodText(h.App.Book().Calendar.MonthOf(day))
}

// columnTitle is a month's short name.
func columnTitle(month data.Period) string {
	name, _, _ := strings.Cut(kit.PeriodText(month), " ")
	return name
}

// fit makes the columns of figures as wide as what they show.
func fit(columns []kit.Column, rows ...kit.Row) {
	const room = 2*kit.PadCell + 1
	var month, quarter float32
	for _, r := range rows {
		for col := nameColumn + 1; col < len(r.Cells); col++ {
			c := r.Cells[col]
			width := kit.Measure(c.Text, kit.SizeBody, r.Bold || c.Bold) + room
			switch {
			case col == yearColumn:
				columns[col].Width = max(columns[col].Width, width)
			case isMonth(col):
				month = max(month, width)
			default:
				quarter = max(quarter, width)
			}
		}
	}
	for col := nameColumn + 1; col < yearColumn; col++ {
		if isMonth(col) {
			columns[col].Width = max(columns[col].Width, month)
		} else {
			columns[col].Width = max(columns[col].Width, quarter)
		}
	}
}

// caption says what the grid counts in and what its sums hold or miss.
func (m *model) caption(u unit) string {
	parts := []string{u.words(), lang.N("%d person", "%d people", len(m.grid.People))}
	all := m.sum(m.people(), columnMonths(yearColumn))
	if n := all.others - all.noRate; n > 0 {
		parts = append(parts, lang.N("%d quota in another currency counted at the book's rate", "%d quotas in other currencies counted at the book's rates", n))
	}
	if all.noRate > 0 {
		parts = append(parts, lang.N("%d quota left out: no rate for its currency", "%d quotas left out: no rate for their currency", all.noRate))
	}
	return strings.Join(parts, ", ")
}
