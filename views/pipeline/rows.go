package pipeline

import (
	"strconv"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// stageBook finds stages by id.
type stageBook struct{ all []app.Stage }

func (b stageBook) of(id data.ID) app.Stage {
	for _, s := range b.all {
		if s.ID == id {
			return s
		}
	}
	return app.Stage{}
}

// pipeline lists the stages of one pipeline in their order.
func (b stageBook) pipeline(id data.ID) []app.Stage {
	var out []app.Stage
	for _, s := range b.all {
		if s.Pipeline == id {
			out = append(out, s)
		}
	}
	return out
}

// cardOf is a deal as the board shows it.
func (w words) cardOf(d app.Deal, st app.Stage) kit.BoardCard {
	c := kit.BoardCard{
		Key: keyText(d.Key), Title: d.Labels["account"], Product: d.Labels["product"],
		Day: w.dayShort(d.Day("close_day")), Owner: firstName(d.Labels["owner"]), Initials: kit.Initials(d.Labels["owner"]),
	}
	if c.Title == "" {
		c.Title, c.Unnamed = lang.T("No account"), true
	}
	if c.Product == "" {
		c.Product = d.Text("name")
	}
	if !d.Day("close_day").Valid() {
		c.Day = lang.T("no close day")
	}
	if d.Valued {
		c.Amount = w.num.Whole(d.Value)
	}
	if c.Owner == "" {
		c.Owner = lang.T("Nobody")
	}
	w.stepOf(&c, d)
	if days, ok := w.inStage(d, st); ok {
		c.Age = lang.T("%s in stage", w.days(days))
		if d.Stalled {
			c.Age, c.Stalled = lang.T("stalled %s", w.days(days)), true
		}
	}
	return c
}

func (w words) stepOf(c *kit.BoardCard, d app.Deal) {
	step, day := d.Text("next_step"), d.Day("next_step_day")
	if step == "" && !day.Valid() {
		c.Step, c.State = lang.T("No next step"), kit.StepMissing
		return
	}
	if step == "" {
		step = lang.T("Next step")
	}
	c.Step, c.Icon = step, stepIcon(step)
	if !day.Valid() {
		return
	}
	c.StepDay = w.dayShort(day)
	switch {
	case day == w.today:
		c.State = kit.StepToday
	case day < w.today:
		c.State = kit.StepLate
	}
}

// inStage is how long an open deal has stood in its stage.
func (w words) inStage(d app.Deal, st app.Stage) (days int, ok bool) {
	if st.Type != data.StageOpen || !d.Since.Valid() {
		return 0, false
	}
	return max(0, int(w.today-d.Since)), true
}

// rowOf is a deal as the table shows it, in the order of columns.
func (w words) rowOf(d app.Deal, st app.Stage, columns []column) kit.Row {
	row := kit.Row{ID: keyText(d.Key), Cells: make([]kit.Cell, len(columns))}
	for i, c := range columns {
		row.Cells[i] = w.cell(c, d, st)
	}
	return row
}

func (w words) cell(c column, d app.Deal, st app.Stage) kit.Cell {
	switch c.key {
	case "account":
		if d.Labels["account"] == "" {
			return kit.Cell{Text: lang.T("No account"), Color: kit.ColorWarn}
		}
	case "owner":
		return w.ownerCell(c, d)
	case "product":
		return kit.Cell{Text: d.Labels["product"], Color: kit.ColorFg2}
	case "stage":
		return stageCell(st)
	case "value":
		return w.valueCell(d)
	case "weighted":
		if d.Valued {
			return kit.Cell{Text: w.num.Whole(st.Weighted(d.Value)), Color: kit.ColorFg2}
		}
		return dash
	case "close":
		return w.closeCell(d, st)
	case "since":
		return w.sinceCell(d, st)
	case "step":
		return w.stepCell(d, st)
	case "when":
		return w.whenCell(d, st)
	case "category":
		return categoryCell(d, st)
	}
	return w.plainCell(c, d)
}

var dash = kit.Cell{Text: kit.EnDash, Color: kit.ColorFg2}

func stageCell(st app.Stage) kit.Cell {
	switch st.Type {
	case data.StageWon:
		return kit.Cell{Icon: "check", Ink: kit.ColorGood, Text: st.Name}
	case data.StageLost:
		return kit.Cell{Icon: "x", Ink: kit.ColorBad, Text: st.Name}
	}
	return kit.Cell{Dots: kit.Dots{N: st.Place, Of: st.Of}, Text: st.Name}
}

// ownerCell marks deals of nobody, and in a rep's book those of others.
func (w words) ownerCell(c column, d app.Deal) kit.Cell {
	switch {
	case d.Labels["owner"] == "":
		return kit.Cell{Text: lang.T("Nobody"), Color: kit.ColorWarn}
	case w.view.HandedOver(d.Ref("owner")):
		return kit.Cell{Text: d.Labels["owner"], Color: kit.ColorFg2, Tag: kit.Pill{Text: lang.T("handed over"), Color: kit.ColorWarn, Bg: kit.ColorWarnBg}}
	}
	return w.plainCell(c, d)
}

func (w words) valueCell(d app.Deal) kit.Cell {
	if !d.Valued {
		return dash
	}
	c := kit.Cell{Text: w.num.Whole(d.Value), Copy: w.num.Exact(d.Value)}
	if d.Listed {
		c.Color = kit.ColorFg2
	}
	return c
}

func (w words) closeCell(d app.Deal, st app.Stage) kit.Cell {
	day := d.Day("close_day")
	switch {
	case !day.Valid() && st.Type == data.StageOpen:
		return kit.Cell{Text: lang.T("none"), Color: kit.ColorWarn}
	case !day.Valid():
		return dash
	case day < w.today && st.Type == data.StageOpen:
		return kit.Cell{Text: w.day(day), Color: kit.ColorBad, Copy: day.String()}
	}
	return kit.Cell{Text: w.day(day), Copy: day.String()}
}

func (w words) sinceCell(d app.Deal, st app.Stage) kit.Cell {
	days, ok := w.inStage(d, st)
	if !ok {
		return dash
	}
	c := kit.Cell{Text: w.days(days), Copy: strconv.Itoa(days)}
	if d.Stalled {
		c.Color = kit.ColorWarn
		c.Tag = kit.Pill{Text: lang.T("stalled"), Color: kit.ColorWarn, Bg: kit.ColorWarnBg}
	}
	return c
}

func (w words) stepCell(d app.Deal, st app.Stage) kit.Cell {
	step := d.Text("next_step")
	switch {
	case step != "":
		return kit.Cell{Icon: stepIcon(step), Text: step}
	case st.Type != data.StageOpen:
		return dash
	case d.Day("next_step_day").Valid():
		return kit.Cell{Icon: "check", Text: lang.T("Next step")}
	}
	return kit.Cell{Icon: "warn", Text: lang.T("No next step"), Color: kit.ColorWarn}
}

func (w words) whenCell(d app.Deal, st app.Stage) kit.Cell {
	day := d.Day("next_step_day")
	switch {
	case !day.Valid():
		return dash
	case day == w.today:
		return kit.Cell{Text: w.day(day), Bold: true, Copy: day.String()}
	case day < w.today && st.Type == data.StageOpen:
		return kit.Cell{Text: w.day(day), Color: kit.ColorBad, Copy: day.String()}
	}
	return kit.Cell{Text: w.day(day), Copy: day.String()}
}

// categoryCell shows the deal's own forecast category, else its stage's.
func categoryCell(d app.Deal, st app.Stage) kit.Cell {
	c := d.Text("category")
	if c == "" {
		c = st.Category
	}
	if c == "" {
		return dash
	}
	return kit.Cell{Text: kit.Capital(c), Color: kit.ColorFg2}
}

// plainCell shows a field as it is.
func (w words) plainCell(c column, d app.Deal) kit.Cell {
	text := w.fieldText(c.field, d.Row)
	if text == "" {
		return dash
	}
	return kit.Cell{Text: text}
}

// fieldText writes a field of any type for people; empty where it is blank.
func (w words) fieldText(f data.Field, row data.Row) string {
	v := row.Values[f.Name]
	if v == nil {
		return ""
	}
	switch f.Type {
	case data.TypeRef:
		return row.Labels[f.Name]
	case data.TypeDay:
		return w.day(row.Day(f.Name))
	case data.TypeMoney:
		return w.money(row.Money(f.Name, w.num.Currency))
	case data.TypeInteger:
		return w.num.Count(int(row.Int(f.Name)))
	case data.TypeChoice:
		return kit.Capital(row.Text(f.Name))
	case data.TypeBool:
		if row.Bool(f.Name) {
			return lang.T("Yes")
		}
		return lang.T("No")
	default:
		return f.Format(v, w.num.Currency.Digits())
	}
}

// money writes an amount of any currency; the book's goes without saying.
func (w words) money(m data.Money) string {
	if m.Currency == w.num.Currency {
		return w.num.Exact(m.Minor)
	}
	n := w.num
	n.Currency, n.Symbol = m.Currency, symbol(m.Currency)
	return n.Money(m.Minor)
}

// totalsRow is the foot of the table.
func (w words) totalsRow(columns []column, t app.StageTotal) kit.Row {
	row := kit.Row{Bold: true, Cells: make([]kit.Cell, len(columns))}
	for i, c := range columns {
		switch c.key {
		case "account":
			row.Cells[i] = kit.Cell{Text: lang.N("%s deal", "%s deals", t.Count, w.num.Count(t.Count))}
			if n := t.Count - t.Unvalued; n > 0 {
				row.Cells[i].Sub = lang.T("mean %s", w.num.Whole(t.Value/int64(n)))
			}
		case "value":
			row.Cells[i] = kit.Cell{Text: w.num.Whole(t.Value), Copy: w.num.Exact(t.Value)}
		case "weighted":
			row.Cells[i] = kit.Cell{Text: w.num.Whole(t.Weighted), Copy: w.num.Exact(t.Weighted)}
		case "since":
			row.Cells[i] = w.countCell("%s stalled", t.Stalled)
		case "step":
			row.Cells[i] = w.countCell("%s without step", t.NoStep)
		case "when":
			row.Cells[i] = w.countCell("%s late", t.LateStep)
		}
	}
	return row
}

func (w words) countCell(english string, n int) kit.Cell {
	if n == 0 {
		return kit.Cell{}
	}
	return kit.Cell{Text: lang.T(english, w.num.Count(n))}
}

// keyText is a row's key as widgets name it.
func keyText(key data.Key) string { return strconv.FormatInt(int64(key), 10) }

// parseKey reads what keyText wrote; 0 is no row.
func parseKey(text string) data.Key {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return data.Key(n)
}

func firstName(name string) string {
	for i, r := range name {
		if r == ' ' {
			return name[:i]
		}
	}
	return name
}
