package sharing

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Sizes of the panel of one conflict.
const (
	labelWidth   = 132
	clashHighest = 400 // before its fields scroll
)

// clashPanel shows one record: each field as it was, and what each made of it.
func (s *Screen) clashPanel(clashes []app.Clash, n int) fyne.CanvasObject {
	c := clashes[n]
	step := func(by int) func() {
		return func() { s.choose(clashes[min(max(n+by, 0), len(clashes)-1)].Row.ID.String()) }
	}
	head := []fyne.CanvasObject{kit.Strong(clashName(c)), kit.NewTag(lang.T(c.Row.Kind.Label), kit.TonePlain)}
	if stage := c.Row.Labels["stage"]; stage != "" {
		head = append(head, kit.NewTag(stage, kit.ToneAccent))
	}
	head = append(head, kit.Grow(kit.NewText(ownerWord(c.Row), kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true})))
	if screen := screenOf(c.Row.Kind.Name); screen != "" {
		head = append(head, kit.NewButton(kit.ButtonOptions{Text: lang.T("Open"), OnTap: func() {
			s.host.Go(kit.Target{Screen: screen, Kind: c.Row.Kind.Name, ID: c.Row.ID})
		}}))
	}
	head = append(head,
		kit.NewButton(kit.ButtonOptions{Icon: "chevl", OnTap: step(-1)}), kit.Body(lang.T("%d of %d", n+1, len(clashes))), kit.NewButton(kit.ButtonOptions{Icon: "chevr", OnTap: step(1)}),
	)
	fields := []fyne.CanvasObject{}
	for _, f := range c.Fields {
		fields = append(fields, s.fieldLine(c, f), kit.HLine(kit.ColorLine))
	}
	body := kit.VBox(0, fields...)
	high := min(body.MinSize().Height, clashHighest)
	foot := inset(kit.Caption(lang.T("Whatever is kept, every version stays in the record's history, and the choice can be undone.")))
	return kit.NewPanel(kit.PanelOptions{Flush: true, Body: kit.VBox(0,
		kit.Pad(kit.Insets{Top: 6, Bottom: 6, Left: kit.PadPanel, Right: kit.PadPanel}, kit.HBox(8, head...)), kit.HLine(kit.ColorLine),
		kit.MinBox(fyne.NewSize(0, high), container.NewVScroll(body)), container.NewStack(kit.Fill(kit.ColorHead), foot))})
}

// screenOf is the screen on which records of a kind have a place of their own;
// "" is none.
func screenOf(kind string) string {
	switch kind {
	case data.KindDeal:
		return "pipeline"
	case data.KindAccount, data.KindTerritory:
		return "territories"
	case data.KindPerson:
		return "roster"
	}
	return ""
}

func ownerWord(r data.Row) string {
	if owner := r.Labels["owner"]; owner != "" {
		return lang.T("owner %s", owner)
	}
	return ""
}

// fieldLine is one field: its name, what it was, what was made of it here and
// by all others.
func (s *Screen) fieldLine(c app.Clash, f app.ClashField) fyne.CanvasObject {
	long := 1
	for _, side := range f.Sides {
		if len(side.Text) > 24 {
			long = 3
		}
	}
	var mine, theirs []fyne.CanvasObject
	for i, side := range f.Sides {
		cell := s.side(c, f, shownSide{side, i == 0, long})
		if side.Mine {
			mine = append(mine, cell)
		} else {
			theirs = append(theirs, cell)
		}
	}
	weights, cells := []float32{0, 1}, []fyne.CanvasObject{s.fieldName(c, f), s.baseCell(f, long)}
	for _, column := range [][]fyne.CanvasObject{mine, theirs} {
		if len(column) > 0 {
			weights = append(weights, 1.4)
			cells = append(cells, kit.VBox(0, grown(column)...))
		}
	}
	return kit.Columns(0, weights, cells...)
}

// grown lets one cell fill its column; several keep their heights.
func grown(column []fyne.CanvasObject) []fyne.CanvasObject {
	if len(column) == 1 {
		return []fyne.CanvasObject{kit.Grow(column[0])}
	}
	return column
}

// fieldName is the field's name with what else can be kept: another value, or both.
func (s *Screen) fieldName(c app.Clash, f app.ClashField) fyne.CanvasObject {
	label := f.Label
	if len(f.Form) == 0 {
		label = "Deleted or kept"
	}
	lines := []fyne.CanvasObject{kit.NewText(lang.T(label), kit.TextStyle{Bold: true, Cut: true}), kit.Caption(lang.T("not decided")), kit.Gap(0, 2)}
	if !s.readOnly() && len(f.Form) > 0 {
		lines = append(lines, kit.HBox(0, kit.NewButton(kit.ButtonOptions{Text: lang.T("Edit"), Icon: "edit", OnTap: func() { s.editClash(c, f) }})))
	}
	if !s.readOnly() && f.Both != "" {
		lines = append(lines, kit.HBox(0, kit.NewButton(kit.ButtonOptions{Text: lang.T("Keep both"), Icon: "merge", OnTap: func() { s.keepBoth(c, f) }})))
	}
	return kit.MinBox(fyne.NewSize(labelWidth, 0), inset(kit.VBox(2, lines...)))
}

func (s *Screen) baseCell(f app.ClashField, long int) fyne.CanvasObject {
	base := f.Base
	if base == "" {
		base = lang.T("empty")
	}
	caption := lang.T("Before")
	if len(f.Form) == 0 {
		caption, base, long = lang.T("What happened"), f.Label, max(long, 3)
	}
	return sideCell("", kit.VBox(2, kit.Caption(caption), kit.NewProse(base, long, kit.TextStyle{Color: kit.ColorFg2})))
}

func inset(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Pad(kit.Insets{Top: 10, Right: 10, Bottom: 10, Left: kit.PadPanel}, o)
}

// sideCell is a cell with a line at its left, on a ground.
func sideCell(ground kit.Token, o fyne.CanvasObject) fyne.CanvasObject {
	line := container.NewBorder(nil, nil, kit.MinBox(fyne.NewSize(1, 1), kit.Fill(kit.ColorLine)), nil)
	if ground == "" {
		return container.NewStack(line, inset(o))
	}
	return container.NewStack(kit.Fill(ground), line, inset(o))
}

// shownSide is a side as its cell shows it.
type shownSide struct {
	app.ClashSide
	now   bool // the book shows it
	lines int
}

func (s *Screen) side(c app.Clash, f app.ClashField, side shownSide) fyne.CanvasObject {
	whose, button := lang.T("Theirs"), lang.T("Keep theirs")
	if side.Mine {
		whose, button = lang.T("Mine"), lang.T("Keep mine")
	}
	who := []fyne.CanvasObject{kit.NewText(whose, kit.TextStyle{Size: kit.SizeCaption, Bold: true})}
	if word := offWord(side.Off); word != "" {
		who = append(who, kit.NewTag(word, kit.ToneWarn))
	}
	text := side.Text
	if text == "" {
		text = lang.T("empty")
	}
	lines := []fyne.CanvasObject{
		kit.MinBox(fyne.NewSize(0, kit.HeightTag), kit.HBox(6, who...)),
		kit.NewText(lang.T("%s, %s, %s", side.Name, side.Device, clockWord(side.At, s.host.App.Book().Zone)), kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true}),
		kit.NewProse(text, side.lines, kit.TextStyle{Bold: side.now}),
	}
	if !s.readOnly() {
		icon := "arrow"
		if side.now {
			icon = "check"
		}
		keep := kit.NewButton(kit.ButtonOptions{Text: button, Icon: icon, OnTap: func() { s.keep(c, f, side.ClashSide) }})
		lines = append(lines, kit.Gap(0, 2), kit.HBox(8, keep, kit.Caption(shownWord(side.now))))
	}
	ground := kit.Token("")
	if side.now {
		ground = kit.ColorSel
	}
	return sideCell(ground, kit.VBox(2, lines...))
}

func shownWord(shown bool) string {
	if shown {
		return lang.T("shown now")
	}
	return ""
}

// decidedPanel shows a conflict that was settled here, with the way back.
func (s *Screen) decidedPanel(e event) fyne.CanvasObject {
	line := []fyne.CanvasObject{
		kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon("check", kit.ColorGood)),
		kit.Grow(kit.VBox(2, kit.NewText(decidedWord(e.what), kit.TextStyle{Bold: true, Cut: true}),
			kit.NewText(lang.T("%s, %s, %s", e.who, e.device, clockWord(e.at, s.host.App.Book().Zone)), kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true}))),
	}
	if !s.readOnly() {
		line = append(line, kit.NewButton(kit.ButtonOptions{Text: lang.T("Decide again"), Icon: "undo", OnTap: func() { s.undo(e) }}))
	}
	return kit.NewPanel(kit.PanelOptions{Title: lang.T("Decided"), Caption: lang.T("every version stays in the record's history"), Flush: true, Body: inset(kit.HBox(8, line...))})
}
