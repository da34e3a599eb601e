package quotas

import (
	"strconv"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// tool is the panel below the grid: what is selected, and a sum to spread over it.
type tool struct {
	screen   *Screen
	panel    fyne.CanvasObject
	selected *kit.Text
	now      *kit.Text
	total    *kit.LineEntry
	how      *kit.Segmented
	round    *kit.Picker
	back, do *kit.Button
	fields   *fyne.Container
	facts    *fyne.Container

	adds, gapName, gapFrom, gapWord, gapTo, changes *kit.Text

	shown string // the sum that the field was filled with
}

const (
	stepAuto = "auto" // fits the unit
	sumWide  = 104
	pickWide = 190
)

func newTool(s *Screen) *tool {
	t := &tool{screen: s}
	t.selected = kit.NewText("", kit.TextStyle{Bold: true, Cut: true})
	t.now = kit.Strong("")
	t.total = kit.NewLineEntry("")
	t.total.Scroll = fyne.ScrollNone
	t.total.OnChanged = func(string) { t.preview() }
	t.total.OnSubmitted = func(string) { s.spread() }
	t.how = kit.NewSegmented([]kit.Segment{{Text: lang.T("Even")}, {Text: lang.T("As now")}, {Text: lang.T("Last year")}, {Text: lang.T("Season")}}, func(int) { t.preview() })
	t.how.SetCurrent(spreadAsNow)
	t.round = kit.NewPicker(kit.PickerOptions{Options: []kit.Option{
		{Key: stepAuto, Text: lang.T("What fits")}, {Key: "1", Text: "1"}, {Key: "10", Text: "10"}, {Key: "100", Text: "100"}, {Key: "1000", Text: lang.T("1 thousand")},
	}, OnPick: func([]string) { t.preview() }}, stepAuto)
	t.back = kit.NewButton(kit.ButtonOptions{Text: lang.T("Put back"), Icon: "undo", OnTap: t.putBack})
	t.do = kit.NewButton(kit.ButtonOptions{Text: lang.T("Spread"), Icon: "spread", Kind: kit.ButtonPrimary, OnTap: s.spread})
	t.adds, t.changes = kit.Caption(""), kit.Caption("")
	t.gapName, t.gapWord = kit.Caption(""), kit.Caption("")
	small := kit.TextStyle{Size: kit.SizeCaption, Bold: true}
	t.gapFrom, t.gapTo = kit.NewText("", small), kit.NewText("", small)
	t.panel = kit.NewPanel(kit.PanelOptions{Body: t.layout()})
	return t
}

func (t *tool) layout() fyne.CanvasObject {
	column := func(name string, o fyne.CanvasObject) fyne.CanvasObject {
		return kit.VBox(4, kit.Caption(name), kit.MinBox(fyne.NewSize(0, kit.HeightControl), o))
	}
	t.fields = kit.HBox(16,
		kit.MinBox(fyne.NewSize(pickWide, 0), column(lang.T("Selected"), t.selected)),
		kit.MinBox(fyne.NewSize(64, 0), column(lang.T("Now"), t.now)),
		kit.MinBox(fyne.NewSize(sumWide, 0), column(lang.T("Spread"), t.total)),
		column(lang.T("How"), t.how), column(lang.T("Round to"), t.round),
		kit.Space(), column("", t.back), column("", t.do))
	t.facts = kit.HBox(16, t.adds, kit.HBox(4, t.gapName, t.gapFrom, t.gapWord, t.gapTo), t.changes)
	return kit.VBox(10, t.fields, t.facts)
}

// show takes up another selection.
func (t *tool) show() {
	p, m, u := t.screen.picked, t.screen.model, t.screen.unit
	if m == nil || p.count() == 0 {
		t.selected.SetText(lang.T("Nothing to set"))
		t.now.SetText(kit.EnDash)
		t.fill("")
		return
	}
	t.selected.SetText(m.linesText(p) + " × " + m.monthsText(p.months))
	sum := m.sum(p.lines, p.months)
	t.now.SetText(u.cell(amount{minor: sum.minor, set: sum.set}).Text)
	text := ""
	if sum.set {
		text = u.typed(sum.minor)
	}
	t.fill(text)
}

func (t *tool) fill(text string) {
	t.shown = text
	if t.total.Text != text {
		t.total.SetText(text)
	}
	t.preview()
}

func (t *tool) putBack() { t.fill(t.shown) }

// amount is what is typed; ok is false where it is none.
func (t *tool) amount() (data.Money, bool) {
	u := t.screen.unit
	money, err := app.ParseAmount(t.total.Text, app.AmountForm{Currency: u.currency, Shift: u.shift})
	return money, err == nil && money.Currency == u.currency
}

// step is what parts are rounded to, in minor units: as chosen, else as fine as
// the sum needs.
func (t *tool) step(total int64, parts int) int64 {
	u := t.screen.unit
	one := u.currency.Unit()
	if n, err := strconv.ParseInt(t.round.Key(), 10, 64); err == nil {
		return n * one
	}
	return fittingStep(total, parts, one, u.shift)
}

// fittingStep is a thousand where thousands are shown, finer where the parts
// would come out uneven by it.
func fittingStep(total int64, parts int, one int64, shift int) int64 {
	step := one
	for range shift {
		step *= 10
	}
	for step > 1 && (total%step != 0 || total/step < 4*int64(parts)) {
		step /= 10
	}
	if step < one && total%one == 0 && total/one >= int64(parts) {
		step = one
	}
	return max(step, 1)
}

// preview says what spreading the typed sum would do.
func (t *tool) preview() {
	p, m, u := t.screen.picked, t.screen.model, t.screen.unit
	if m == nil || p.count() == 0 {
		t.say(effect{}, u)
		t.do.Disable()
		return
	}
	sum := m.sum(p.lines, p.months)
	money, ok := t.amount()
	if !ok {
		money.Minor = sum.minor
	}
	e := m.effect(p, money.Minor, u)
	if t.how.Current() == spreadLast && isNothing(m.weights(p, spread{how: spreadLast})) {
		e.changes += ", " + lang.T("spread evenly: there is no quota of last year")
	}
	if counts, differs := m.counts(p.lines, p.months); differs && !p.foot && m.lines[p.lines[0]].Territory.IsZero() {
		e.changes += ", " + lang.T("which count as %s by now", u.wholeCell(amount{minor: counts, set: true}).Text)
	}
	if sum.others > 0 {
		e.changes = lang.N("%d quota is in another currency: set it by itself", "%d quotas are in another currency: set them by themselves", sum.others)
	}
	t.say(e, u)
	t.do.SetText(lang.T("Spread"))
	if ok {
		t.do.SetText(lang.T("Spread %s", u.figure(money.Minor)))
	}
	t.do.SetEnabled(ok && sum.others == 0)
	t.back.SetEnabled(t.total.Text != t.shown)
	t.fields.Refresh()
}

func (t *tool) say(e effect, u unit) {
	t.adds.SetText(e.adds)
	t.changes.SetText(e.changes)
	name, from, word, to := "", "", "", ""
	if e.gapBefore.set || e.gapAfter.set {
		name, from = e.gapOf, u.signed(e.gapBefore.minor)
		if !e.gapBefore.set {
			from = kit.EnDash
		}
		if e.gapAfter.minor != e.gapBefore.minor {
			name, word, to = lang.T("%s goes from", e.gapOf), lang.T("to"), u.signed(e.gapAfter.minor)
		}
	}
	t.gapName.SetText(name)
	t.gapWord.SetText(word)
	t.gapFrom.SetText(from)
	t.gapTo.SetText(to)
	t.gapFrom.SetColor(gapColor(e.gapBefore.minor))
	t.gapTo.SetColor(gapColor(e.gapAfter.minor))
	t.facts.Refresh()
}

func gapColor(minor int64) kit.Token {
	switch {
	case minor < 0:
		return kit.ColorBad
	case minor > 0:
		return kit.ColorGood
	}
	return kit.ColorFg
}
