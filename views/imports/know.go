package imports

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// The tabs of the right panel.
const (
	tabProblems = iota
	tabNames
	tabClashes
	tabHow
	tabPreview
)

// tabs lists those that there is something for, with their words.
func (s *Screen) tabs() (tabs []int, words []kit.Segment) {
	add := func(tab int, text string) {
		tabs, words = append(tabs, tab), append(words, kit.Segment{Text: text})
	}
	add(tabProblems, lang.T("To know"))
	if n := len(s.shown.names); n > 0 {
		add(tabNames, lang.T("Names %s", kit.Thousands(n)))
	}
	if n := len(s.shown.clashes); n > 0 {
		add(tabClashes, lang.T("Clashes %s", kit.Thousands(n)))
	}
	add(tabHow, lang.T("How"))
	add(tabPreview, lang.T("First rows"))
	return tabs, words
}

// knowPanel shows what was mended, lacks or is wrong, or the file's first rows.
func (s *Screen) knowPanel() fyne.CanvasObject {
	known, words := s.tabs()
	if !slices.Contains(known, s.tab) {
		s.tab = tabProblems
	}
	tabs := kit.NewSegmented(words, func(i int) {
		s.tab = known[i]
		s.show()
	})
	tabs.SetCurrent(slices.Index(known, s.tab))
	var body fyne.CanvasObject
	switch s.tab {
	case tabNames:
		body = s.names()
	case tabClashes:
		body = s.clashes()
	case tabHow:
		body = s.how()
	case tabPreview:
		body = s.preview()
	default:
		body = s.problems()
	}
	bar := kit.Pad(kit.Insets{Top: 6, Left: kit.PadPanel, Right: kit.PadPanel, Bottom: 6}, kit.HBox(8, tabs, kit.Grow(quietCaption(s.knowCaption()))))
	foot := kit.Pad(kit.Insets{Top: 6, Left: kit.PadPanel, Right: kit.PadPanel, Bottom: 8},
		kit.HBox(6, kit.MinBox(fyne.NewSize(kit.IconControl, kit.IconControl), kit.NewIcon("undo", kit.ColorFg2)), kit.Caption(lang.T("One step, undone as one. The files stay as they are."))))
	return kit.NewPanel(kit.PanelOptions{Flush: true, Body: container.NewBorder(bar, foot, nil, nil, body)})
}

func quietCaption(text string) fyne.CanvasObject {
	return kit.NewText(text, kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true})
}

func (s *Screen) knowCaption() string {
	switch s.tab {
	case tabNames:
		return lang.T("nothing is called so; none is joined by itself")
	case tabClashes:
		return lang.T("changed in the file and in the book")
	case tabHow:
		return s.shown.files[s.file].name
	case tabPreview:
		f := s.shown.files[s.file]
		return lang.T("%s, the first %d of %s", f.name, len(f.preview), rowsWord(f.rows))
	}
	need := 0
	for _, p := range s.shown.problems {
		if p.tone != kit.ToneGood {
			need++
		}
	}
	return lang.T("%s, first line shown, %d to look at", lang.N("%d kind", "%d kinds", len(s.shown.problems), len(s.shown.problems)), need)
}

func (s *Screen) problems() fyne.CanvasObject {
	rows := make(kit.SliceRows, len(s.shown.problems))
	for i, p := range s.shown.problems {
		rows[i] = problemRow(p)
	}
	return kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "column", Title: lang.T("Column, file"), Width: 130},
			{Key: "line", Title: lang.T("Line"), Width: 62, Align: fyne.TextAlignTrailing},
			{Key: "value", Title: lang.T("Value"), Width: 110},
			{Key: "says", Title: lang.T("What happens"), Width: 220, Grow: 1},
		},
		Rows: rows, RowHeight: kit.HeightTwoLine,
		Empty: kit.NewEmpty(kit.EmptyOptions{Icon: "check", Title: lang.T("Nothing to mend"), Text: lang.T("Every value was understood and every name is known.")}),
	})
}

func (s *Screen) preview() fyne.CanvasObject {
	f := s.shown.files[s.file]
	columns := []kit.Column{{Key: "line", Title: lang.T("Line"), Width: 48, Align: fyne.TextAlignTrailing}}
	for i, c := range f.columns {
		columns = append(columns, kit.Column{Key: c.name + kit.Thousands(i), Title: c.name, Width: 110})
	}
	rows := make(kit.SliceRows, len(f.preview))
	for i, p := range f.preview {
		cells := []kit.Cell{{Text: kit.Thousands(p.Line), Color: kit.ColorFg2}}
		for n := range f.columns {
			text := ""
			if n < len(p.Cells) {
				text = p.Cells[n]
			}
			cells = append(cells, kit.Cell{Text: text})
		}
		rows[i] = kit.Row{Cells: cells}
	}
	return kit.NewTable(kit.TableOptions{Columns: columns, Rows: rows})
}

// done shows what an import brought, and how to take it back.
func (s *Screen) done() fyne.CanvasObject {
	rows := kit.SliceRows{}
	for _, f := range s.shown.files {
		if f.kind == "" {
			continue
		}
		rows = append(rows, kit.Row{Cells: []kit.Cell{
			{Text: f.name, Icon: "file", Ink: kit.ColorFg2},
			{Text: kindWord(f.kind)},
			{Text: kit.Thousands(f.rows)},
			{Text: kit.Thousands(f.new)},
			{Text: kit.Thousands(f.changed)},
			{Text: kit.Thousands(f.unchanged)},
			{Text: kit.Thousands(f.aside)},
		}})
		for _, m := range f.made {
			rows = append(rows, kit.Row{Cells: []kit.Cell{{}, {Text: lang.T("made from its names: %s", kindWord(m.Kind)), Color: kit.ColorFg2}, {}, {Text: kit.Thousands(m.New), Color: kit.ColorFg2}, {}, {}, {}}})
		}
	}
	end := fyne.TextAlignTrailing
	table := kit.NewTable(kit.TableOptions{Rows: rows, Columns: []kit.Column{
		{Key: "file", Title: lang.T("File"), Width: 200, Grow: 1},
		{Key: "kind", Title: lang.T("Came in as"), Width: 250},
		{Key: "rows", Title: lang.T("Rows"), Width: 80, Align: end},
		{Key: "new", Title: lang.T("New"), Width: 80, Align: end},
		{Key: "changed", Title: lang.T("Changed"), Width: 80, Align: end},
		{Key: "same", Title: lang.T("Unchanged"), Width: 90, Align: end},
		{Key: "aside", Title: lang.T("Set aside"), Width: 90, Align: end},
	}})
	t := s.shown.total
	table.SetTotals(kit.Row{Bold: true, Cells: []kit.Cell{{Text: lang.T("The files hold")}, {}, {Text: kit.Thousands(t.rows)}, {Text: kit.Thousands(t.new)}, {Text: kit.Thousands(t.changed)}, {Text: kit.Thousands(t.unchanged)}, {Text: kit.Thousands(t.aside)}}})
	head := kit.HBox(8, s.doneButtons()...)
	return kit.Page(head, kit.Grow(kit.NewPanel(kit.PanelOptions{Title: lang.T("Imported"), Caption: doneWords(t), Note: lang.T("one step in the activity log"), Flush: true, Body: table})))
}

func (s *Screen) doneButtons() []fyne.CanvasObject {
	in := s.shown.total.new + s.shown.total.changed + s.shown.total.unchanged
	line := []fyne.CanvasObject{
		kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon("check", kit.ColorGood)),
		kit.Strong(lang.N("%s row is in the book", "%s rows are in the book", in, kit.Thousands(in))),
		kit.Space(),
	}
	if s.result.SetAside() > 0 {
		line = append(line, kit.NewButton(kit.ButtonOptions{Text: lang.T("Save the rows that were set aside"), Icon: "file", OnTap: s.saveAside}))
	}
	line = append(line, kit.NewButton(kit.ButtonOptions{Text: lang.T("Do so for a folder"), Icon: "folder", OnTap: s.watchFolder}))
	if s.result.Txn != "" {
		line = append(line, kit.NewButton(kit.ButtonOptions{Text: lang.T("Undo the import"), Icon: "undo", OnTap: s.undo}))
	}
	return line
}
