package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// filesShown is how many files are shown before their list scrolls.
const filesShown = 6

// wizard is the plan: files above, columns of the chosen one and what to know
// below.
func (s *Screen) wizard() fyne.CanvasObject {
	return kit.Page(s.filesPanel(), kit.Grow(kit.Columns(kit.GapPanel, []float32{515, 567}, s.columnsPanel(), s.knowPanel())))
}

var fileGrid = grid{
	{title: "File", width: 140, grow: 1},
	{title: "Read as", width: 134},
	{title: "Rows", width: 62, end: true},
	{title: "New", width: 62, end: true},
	{title: "Changed", width: 70, end: true},
	{title: "Unchanged", width: 80, end: true},
	{title: "Encoding", width: 108},
	{title: "Delimiter", width: 108},
	{title: "Date order", width: 148},
	{title: "Decimals", width: 100},
	{title: "To know", width: 68, end: true},
}

func translated(g grid) grid {
	out := make(grid, len(g))
	for i, c := range g {
		c.title = lang.T(c.title)
		out[i] = c
	}
	return out
}

func (s *Screen) filesPanel() fyne.CanvasObject {
	g := translated(fileGrid)
	var lines []fyne.CanvasObject
	for i := range s.shown.files {
		lines = append(lines, s.fileLine(g, i))
	}
	t := s.shown.total
	total := g.total(
		kit.Strong(lang.T("To import")), quiet(lang.N("%d kind", "%d kinds", s.shown.kinds, s.shown.kinds)),
		figure(kit.Thousands(t.rows), kit.ColorFg, true), figure(kit.Thousands(t.new), kit.ColorFg, true), figure(kit.Thousands(t.changed), kit.ColorFg, true), figure(kit.Thousands(t.unchanged), kit.ColorFg, true),
		quiet(asideWord(t.aside)), nil, nil, nil, figure(kit.Thousands(len(s.shown.problems)), kit.ColorFg, true),
	)
	list := container.NewVScroll(kit.VBox(0, lines...))
	high := min(len(lines), filesShown) * gridRow
	body := kit.VBox(0, g.head(), kit.MinBox(fyne.NewSize(0, float32(high)), list), total)
	return kit.NewPanel(kit.PanelOptions{
		Title: lang.T("Files"), Caption: lang.N("%d recognised", "%d recognised", s.recognised(), s.recognised()),
		Note: lang.T("what was detected can be changed in each line"), Flush: true, Body: body,
	})
}

func (s *Screen) recognised() int {
	n := 0
	for _, f := range s.shown.files {
		if f.kind != "" {
			n++
		}
	}
	return n
}

func asideWord(n int) string {
	if n == 0 {
		return ""
	}
	return lang.T("%s set aside", kit.Thousands(n))
}

func (s *Screen) fileLine(g grid, n int) fyne.CanvasObject {
	f := s.shown.files[n]
	color := kit.ColorFg
	if f.kind == "" {
		color = kit.ColorFg2
	}
	kind := f.kind
	if kind == "" {
		kind = keySkip
	}
	name := kit.HBox(6, kit.MinBox(fyne.NewSize(kit.IconControl, kit.IconControl), kit.NewIcon("file", kit.ColorFg2)), kit.Grow(kit.NewText(f.name, kit.TextStyle{Cut: true, Color: color})))
	cells := []fyne.CanvasObject{
		name, pick(kindOptions(), kind, func(key string) { s.setKind(n, key) }), figure(kit.Thousands(f.rows), color, false),
	}
	if f.kind == "" {
		cells = append(cells, figure(kit.EnDash, kit.ColorFg2, false), figure(kit.EnDash, kit.ColorFg2, false), figure(kit.EnDash, kit.ColorFg2, false))
	} else {
		cells = append(cells, figure(kit.Thousands(f.new), color, false), figure(kit.Thousands(f.changed), color, false), figure(kit.Thousands(f.unchanged), color, false))
	}
	cells = append(cells, s.writingCells(n, f.writing)...)
	return g.row(n == s.file, func() { s.choose(n) }, append(cells, knowCell(f))...)
}

func knowCell(f fileShown) fyne.CanvasObject {
	switch {
	case f.doubt:
		return marked("warn", kit.ColorWarn, kit.Thousands(f.problems))
	case f.kind == "":
		return quiet("")
	}
	return marked("check", kit.ColorGood, kit.Thousands(f.problems))
}

// writingCells are how the file is written, where that can be chosen.
func (s *Screen) writingCells(n int, w app.FileWriting) []fyne.CanvasObject {
	cells := make([]fyne.CanvasObject, 4)
	if w.Text {
		encodings := []kit.Option{}
		for _, e := range app.ImportEncodings() {
			encodings = append(encodings, kit.Option{Key: e, Text: e})
		}
		delimiters := []kit.Option{}
		for _, d := range app.ImportDelimiters() {
			delimiters = append(delimiters, kit.Option{Key: d, Text: delimiterWord(d)})
		}
		cells[0] = pick(encodings, w.Encoding, func(key string) { s.setEncoding(n, key) })
		cells[1] = pick(delimiters, w.Delimiter, func(key string) { s.setDelimiter(n, key) })
	} else {
		cells[0] = quiet(contentWord(w.Content))
		cells[1] = quiet(w.Sheet)
		if len(w.Sheets) > 1 {
			cells[1] = pick(plain(w.Sheets), w.Sheet, func(key string) { s.setSheet(n, key) })
		}
	}
	cells[2], cells[3] = quiet(lang.T("no days")), quiet("")
	if w.Order != "" {
		orders := []kit.Option{}
		for _, o := range w.Orders {
			orders = append(orders, kit.Option{Key: o, Text: orderWord(o)})
		}
		cells[2] = pick(orders, w.Order, func(key string) { s.setOrder(n, key) })
	}
	if w.Mark != "" {
		cells[3] = pick([]kit.Option{{Key: ".", Text: lang.T("Point")}, {Key: ",", Text: lang.T("Comma")}}, w.Mark, func(key string) { s.setMark(n, key) })
	}
	return cells
}

// contentWord names what a file is that is no text table.
func contentWord(content string) string {
	switch content {
	case "cards":
		return lang.T("Contact cards")
	case "calendar":
		return lang.T("Calendar")
	}
	return lang.T("Workbook")
}

func plain(keys []string) []kit.Option {
	out := make([]kit.Option, len(keys))
	for i, k := range keys {
		out[i] = kit.Option{Key: k, Text: k}
	}
	return out
}

// pick is a picker over the width of its cell.
func pick(options []kit.Option, key string, do func(key string)) fyne.CanvasObject {
	p := kit.NewPicker(kit.PickerOptions{Options: options, Wide: true, OnPick: picked(do)}, key)
	if p.Key() == "" && key != "" {
		p.SetChosen(kit.Option{Key: key, Text: key})
	}
	return p
}

func (s *Screen) choose(n int) {
	if s.file != n {
		s.file = n
		s.show()
	}
}

var columnGrid = grid{{title: "Column in file", width: 126, grow: 1}, {title: "Field in book", width: 160}, {title: "Samples", width: 120, grow: 2}, {title: "Filled", width: 70, end: true}}

var stageGrid = grid{{title: "Stage in file", width: 126, grow: 1}, {title: "Stage in book", width: 160}, {title: "Meaning", width: 120, grow: 2}, {title: "Deals", width: 70, end: true}}

// columnsPanel says what each column of the chosen file becomes.
func (s *Screen) columnsPanel() fyne.CanvasObject {
	f := s.shown.files[s.file]
	if len(f.columns) == 0 || f.kind == "" {
		why := f.why
		if why == "" {
			why = lang.T("Choose under Read as what its rows are.")
		}
		return kit.NewPanel(kit.PanelOptions{Title: lang.T("Columns"), Caption: f.name, Body: kit.NewEmpty(kit.EmptyOptions{Icon: "file", Title: lang.T("This file is not imported"), Text: why})})
	}
	g, matched := translated(columnGrid), 0
	lines := []fyne.CanvasObject{}
	for i, c := range f.columns {
		if c.field != "" {
			matched++
		}
		lines = append(lines, s.columnLine(g, f, i))
	}
	if len(f.stages) > 0 {
		sg := translated(stageGrid)
		lines = append(lines, sg.head())
		for _, st := range f.stages {
			lines = append(lines, s.stageLine(sg, f, st))
		}
	}
	body := container.NewBorder(g.head(), nil, nil, nil, container.NewVScroll(kit.VBox(0, lines...)))
	return kit.NewPanel(kit.PanelOptions{
		Title: lang.T("Columns"), Caption: lang.T("%s, %d of %d matched", f.name, matched, len(f.columns)),
		Action: lang.T("Save the mapping"), OnTap: s.saveMapping, Flush: true, Body: body,
	})
}

func (s *Screen) columnLine(g grid, f fileShown, i int) fyne.CanvasObject {
	c, n := f.columns[i], s.file
	options, key := f.fields, c.field
	switch {
	case c.finds != "":
		return g.row(false, nil, words(c.name), quiet(findsWord(c.finds)), quiet(""), figure(kit.Thousands(c.filled), kit.ColorFg, false))
	case c.month.Valid():
		return g.row(false, nil, words(c.name), quiet(lang.T("Quota of %s", c.span)), quiet(c.samples), figure(kit.Thousands(c.filled), kit.ColorFg, false))
	case c.newField != "":
		options = append([]kit.Option{{Key: c.field, Text: lang.T("New: %s", c.newField)}}, options...)
	case c.field == "":
		key = keyLeaveOut
	}
	filled := kit.ColorFg
	if c.filled < c.rows && c.field != "" {
		filled = kit.ColorWarn
	}
	return g.row(false, nil, words(c.name), pick(options, key, func(key string) { s.setField(n, i, key) }), quiet(c.samples), figure(kit.Thousands(c.filled), filled, false))
}

// findsWord says what a column of a file that the book exported is for.
func findsWord(finds string) string {
	switch finds {
	case "id":
		return lang.T("Finds the record")
	case "version":
		return lang.T("Tells what was edited")
	}
	return lang.T("Goes with the name")
}

func (s *Screen) stageLine(g grid, f fileShown, st stageShown) fyne.CanvasObject {
	n, options := s.file, f.known
	if len(st.stage) > len(keyNew) && st.stage[:len(keyNew)] == keyNew {
		options = append([]kit.Option{
			{Key: keyNew + "open", Text: lang.T("%s, new", st.name), Detail: lang.T("open"), Group: lang.T("Make a stage")},
			{Key: keyNew + "won", Text: lang.T("%s, new", st.name), Detail: lang.T("won"), Group: lang.T("Make a stage")},
			{Key: keyNew + "lost", Text: lang.T("%s, new", st.name), Detail: lang.T("lost"), Group: lang.T("Make a stage")},
		}, options...)
	}
	return g.row(false, nil, words(st.name), pick(options, st.stage, func(key string) { s.setStage(n, st.name, key) }), quiet(st.meaning), figure(kit.Thousands(st.rows), kit.ColorFg, false))
}
