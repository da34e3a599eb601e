package territories

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// ruleList shows the rules of a territory, or of all, and writes new ones with
// a preview of what they would match.
type ruleList struct {
	s       *Screen
	book    *app.RuleBook
	at      *app.Territory // nil for all rules
	field   *kit.Picker
	test    *kit.Picker
	value   *kit.LineEntry
	preview *kit.Text
	save    *kit.Button
	editing app.Rule // the rule being written; its id is NoID for a new one
}

func newRuleList(s *Screen) *ruleList {
	r := &ruleList{s: s, preview: kit.NewText("", kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true})}
	r.field = kit.NewPicker(kit.PickerOptions{Text: lang.T("Field"), Find: lang.T("Find a field"), OnPick: func([]string) { r.offerTests(); r.try() }})
	r.test = kit.NewPicker(kit.PickerOptions{Text: lang.T("Test"), OnPick: func([]string) { r.try() }})
	r.value = kit.NewLineEntry(lang.T("Value; another value"))
	r.value.OnChanged = func(string) { r.try() }
	r.value.OnSubmitted = func(string) { r.keep() }
	r.save = kit.NewButton(kit.ButtonOptions{Text: lang.T("Add rule"), OnTap: r.keep})
	return r
}

// show lists the rules that concern a row of the tree.
func (r *ruleList) show(b *app.RuleBook, l line) fyne.CanvasObject {
	r.book, r.at = b, l.at
	var rows []fyne.CanvasObject
	for i, rule := range b.Rules {
		if l.at == nil || rule.Territory == l.at.Row.ID {
			rows = append(rows, kit.HLine(kit.ColorLine), r.row(i, rule))
		}
	}
	if len(rows) == 0 {
		text := lang.T("A rule hands accounts to a territory by one field, such as country or industry. The first rule that matches decides; what was chosen by hand stays.")
		rows = append(rows, kit.MinBox(fyne.NewSize(0, 220), kit.NewEmpty(kit.EmptyOptions{Icon: "filter", Title: lang.T("No rules yet"), Text: text})))
	}
	body := kit.Scroll(kit.VBox(0, append(rows, kit.HLine(kit.ColorLine))...))
	if l.at == nil || !r.s.writable() {
		return body
	}
	r.dressEditor()
	return container.NewBorder(nil, r.editor(), nil, nil, body)
}

func (r *ruleList) row(i int, rule app.Rule) fyne.CanvasObject {
	k := r.s.accountKind()
	detail := lang.T("cannot be read; change it")
	tone := kit.ColorWarn
	if p, err := r.book.Preview(rule); err == nil {
		detail, tone = previewText(r.s.words, p), kit.ColorFg2
	}
	if r.at == nil {
		name := lang.T("a removed territory")
		if t := r.s.tree.Get(rule.Territory); t != nil {
			name = t.Row.Title()
		}
		detail = lang.T("to %s", name) + " · " + detail
	}
	text := kit.VBox(0, kit.NewText(ruleText(k, rule), kit.TextStyle{Cut: true}), kit.NewText(detail, kit.TextStyle{Size: kit.SizeCaption, Color: tone, Cut: true}))
	line := []fyne.CanvasObject{kit.NewBadge(strconv.Itoa(i + 1)), kit.Grow(text)}
	if r.s.writable() {
		bare := func(icon string, tap func()) fyne.CanvasObject {
			return kit.NewButton(kit.ButtonOptions{Icon: icon, Kind: kit.ButtonBare, OnTap: tap})
		}
		line = append(line, bare("chevu", func() { r.s.moveRule(rule, -1) }), bare("chev", func() { r.s.moveRule(rule, 1) }))
		if r.at != nil {
			line = append(line, bare("edit", func() { r.edit(rule) }))
		}
		line = append(line, bare("x", func() { r.s.removeRule(rule) }))
	}
	return kit.MinBox(fyne.NewSize(0, kit.HeightTwoLine), kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel}, kit.HBox(8, line...)))
}

// editor is the line in which a rule is written.
func (r *ruleList) editor() fyne.CanvasObject {
	line := []fyne.CanvasObject{r.field, r.test, kit.Grow(r.value), r.save}
	if !r.editing.ID.IsZero() {
		line = append(line, kit.NewButton(kit.ButtonOptions{Icon: "x", Kind: kit.ButtonBare, OnTap: func() { r.edit(app.Rule{}) }}))
	}
	in := kit.Insets{Top: 10, Right: kit.PadPanel, Bottom: 10, Left: kit.PadPanel}
	return kit.VBox(0, kit.HLine(kit.ColorLine), container.NewStack(kit.Fill(kit.ColorHead), kit.Pad(in, kit.VBox(6, kit.HBox(8, line...), r.preview))))
}

// dressEditor offers the fields and tests of accounts.
func (r *ruleList) dressEditor() {
	if r.editing.Territory != r.at.Row.ID {
		r.editing = app.Rule{Territory: r.at.Row.ID}
		r.value.SetText("")
	}
	var options []kit.Option
	for _, f := range r.book.Fields() {
		options = append(options, kit.Option{Key: f.Name, Text: lang.T(f.Label)})
	}
	r.field.SetOptions(options)
	if r.field.Key() == "" {
		r.field.SetKeys("country")
	}
	r.offerTests()
	r.save.SetText(lang.T("Add rule"))
	if !r.editing.ID.IsZero() {
		r.save.SetText(lang.T("Save rule"))
	}
	r.try()
}

func (r *ruleList) offerTests() {
	f, _ := r.s.accountKind().Field(r.field.Key())
	tests, had := app.RuleTests(f), r.test.Key()
	var options []kit.Option
	keep := string(tests[0])
	for _, t := range tests {
		options = append(options, kit.Option{Key: string(t), Text: lang.T(string(t))})
		if string(t) == had {
			keep = had
		}
	}
	r.test.SetOptions(options)
	r.test.SetKeys(keep)
}

// edit puts a rule into the editor; one without id is a new one.
func (r *ruleList) edit(rule app.Rule) {
	if rule.ID.IsZero() {
		rule.Territory = r.at.Row.ID
	} else {
		r.field.SetKeys(rule.Field)
		r.offerTests()
		r.test.SetKeys(string(rule.Test))
	}
	r.editing = rule
	r.value.SetText(rule.Value)
	r.s.side.reload()
}

// written is the rule as it stands in the editor.
func (r *ruleList) written() app.Rule {
	rule := r.editing
	rule.Field, rule.Test, rule.Value = r.field.Key(), data.Test(r.test.Key()), r.value.Text
	return rule
}

// try shows what the rule would match.
func (r *ruleList) try() {
	if r.book == nil || r.at == nil {
		return
	}
	if r.value.Text == "" {
		r.preview.SetText(lang.T("Several values are written with a semicolon between them"))
		return
	}
	p, err := r.book.Preview(r.written())
	if err != nil {
		r.preview.SetText(kit.Message(err, lang.T("This rule cannot be read")))
		return
	}
	r.preview.SetText(previewText(r.s.words, p))
}

func (r *ruleList) keep() {
	rule := r.written()
	if _, err := r.book.Preview(rule); err != nil {
		r.preview.SetText(kit.Message(err, lang.T("This rule cannot be read")))
		return
	}
	r.s.saveRule(rule, func() {
		r.editing = app.Rule{Territory: rule.Territory}
		r.value.SetText("")
	})
}
