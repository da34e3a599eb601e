package kit

import (
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fieldbook/assets/lang"
	"fieldbook/data"
)

// FormOptions describes a Form.
type FormOptions struct {
	Fields []Field
	Style  DateStyle
	Today  data.Day
	Comma  bool   // the decimal sign is a comma
	Runner Runner // of searches in references
	Save   string // on the primary button: "Save deal"; "Save" if empty
	// OnSave keeps the values. An error leaves the form open with what was
	// typed: a data.Error with Field stands beside that field, joined ones each
	// beside theirs, anything else at the foot.
	OnSave   func(v Values) error
	Then     func(v Values) // once OnSave went well and the form is closed: a dialog opened earlier would close with it
	OnCancel func()         // after Escape or Cancel, once the person agreed to lose what was typed
}

// Form shows fields with labels above, in two columns where it is wide. Enter
// saves, and Ctrl+Enter within a long text; Escape cancels and asks only when
// something would be lost.
type Form struct {
	widget.BaseWidget
	opts     FormOptions
	fields   []*formField
	body     *formBody
	start    Values
	trouble  string // at the foot
	save     *Button
	cancel   *Button
	onSaved  func() // the box around the form closes
	onCancel func()
	canvas   fyne.Canvas // that the box was opened on; nil where the form stands in a page
}

type formField struct {
	Field
	input   input
	mistake string
}

// NewForm returns a form with its fields filled from Field.Value.
func NewForm(opts FormOptions) *Form {
	f := &Form{opts: opts}
	for _, field := range opts.Fields {
		f.fields = append(f.fields, &formField{Field: field, input: f.newInput(field)})
	}
	if opts.Save == "" {
		f.opts.Save = lang.T("Save")
	}
	f.save = NewButton(ButtonOptions{Text: f.opts.Save, Kind: ButtonPrimary, OnTap: f.Save})
	f.cancel = NewButton(ButtonOptions{Text: lang.T("Cancel"), OnTap: f.Cancel})
	f.body = newFormBody(f)
	f.start = f.typed()
	f.ExtendBaseWidget(f)
	return f
}

// wire gives the form the keys of an entry.
func (f *Form) wire(e *entry) {
	e.onKey = f.keyIn(e)
	e.onEnter = f.Save
	e.OnChanged = func(string) { f.changed() }
}

func (f *Form) keyIn(e *entry) func(*fyne.KeyEvent) bool {
	return func(k *fyne.KeyEvent) bool {
		if e.MultiLine && k.Name != fyne.KeyEscape {
			return false
		}
		return f.key(k)
	}
}

func (f *Form) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		f.Save()
	case fyne.KeyEscape:
		f.Cancel()
	default:
		return false
	}
	return true
}

// typed is what stands in the fields now, mistakes included, to tell whether
// anything changed.
func (f *Form) typed() Values {
	v := Values{}
	for _, field := range f.fields {
		raw, err := field.input.raw()
		if err != nil {
			raw = err.Error()
		}
		v[field.Key] = raw
	}
	return v
}

// Changed reports whether closing the form would lose something.
func (f *Form) Changed() bool { return !maps.Equal(f.typed(), f.start) }

// Values checks the fields and gives what they hold; ok is false when a
// mistake stands beside one of them.
func (f *Form) Values() (v Values, ok bool) {
	v, ok = Values{}, true
	for _, field := range f.fields {
		raw, err := field.input.raw()
		field.mistake = field.wrong(raw, err)
		v[field.Key] = raw
		ok = ok && field.mistake == ""
	}
	return v, ok
}

func (f *formField) wrong(raw string, err error) string {
	switch {
	case err != nil:
		return Message(err, err.Error())
	case raw == "" && f.Required && (f.Kind == FieldChoice || f.Kind == FieldReference):
		return lang.T("Choose one")
	case raw == "" && f.Required:
		return lang.T("Fill this in")
	case raw != "" && f.Check != nil:
		return f.Check(raw)
	}
	return ""
}

// Save checks the fields and keeps them; the first field with a mistake gets
// the keyboard.
func (f *Form) Save() {
	f.trouble = ""
	v, ok := f.Values()
	if ok && f.opts.OnSave != nil {
		ok = f.accept(f.opts.OnSave(v))
	}
	if ok {
		f.start = f.typed()
		if f.onSaved != nil {
			f.onSaved()
		}
		if f.opts.Then != nil {
			f.opts.Then(v)
		}
	} else {
		f.focusMistake()
	}
	f.relayout()
}

// accept puts an error in its place and reports whether there was none.
func (f *Form) accept(err error) bool {
	if err == nil {
		return true
	}
	wrong := mistakes(err)
	for _, field := range f.fields {
		field.mistake = wrong[field.Key]
		delete(wrong, field.Key)
	}
	for _, sentence := range wrong {
		f.trouble = sentence
	}
	return false
}

func (f *Form) focusMistake() {
	for _, field := range f.fields {
		if field.mistake != "" {
			f.focusOn(field)
			return
		}
	}
}

func (f *Form) focusOn(field *formField) {
	if c := f.on(); c != nil {
		c.Focus(field.input.target())
	}
}

// on is the canvas that the form is on. The driver knows it only once it has
// painted the form, which is too late for the first focus of a dialog.
func (f *Form) on() fyne.Canvas {
	if f.canvas != nil {
		return f.canvas
	}
	return fyne.CurrentApp().Driver().CanvasForObject(f)
}

// FocusFirst gives the keyboard to the first field.
func (f *Form) FocusFirst() {
	if len(f.fields) > 0 {
		f.focusOn(f.fields[0])
	}
}

// Cancel closes the form, asking first when something would be lost.
func (f *Form) Cancel() {
	leave := func() {
		if f.onCancel != nil {
			f.onCancel()
		}
		if f.opts.OnCancel != nil {
			f.opts.OnCancel()
		}
	}
	c := f.on()
	if c == nil || !f.Changed() {
		leave()
		return
	}
	showConfirm(c, ConfirmOptions{
		Title: lang.T("Discard what you typed?"), Text: lang.T("Nothing of it has been kept."),
		Yes: lang.T("Discard"), No: lang.T("Keep editing"), Danger: true, OnYes: leave,
	})
}

// changed takes back mistakes that no longer hold.
func (f *Form) changed() {
	if f.body == nil {
		return
	}
	shown := false
	for _, field := range f.fields {
		if field.mistake == "" {
			continue
		}
		shown = true
		raw, err := field.input.raw()
		field.mistake = field.wrong(raw, err)
	}
	if shown {
		f.relayout()
	}
}

func (f *Form) relayout() {
	f.body.Refresh()
	f.body.scroll.Refresh()
	f.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (f *Form) CreateRenderer() fyne.WidgetRenderer {
	min := func() fyne.Size { return fyne.NewSize(formNarrow, min(f.body.high(formNarrow), 160)+formFoot) }
	return &sketch{of: f, min: min, draw: f.draw}
}

const formFoot = 52

func (f *Form) draw(s *scene, size fyne.Size) {
	foot := size.Height - formFoot
	s.put(f.body.frame, area{0, 0, size.Width, foot})
	s.hline(0, foot, size.Width, ColorLine)
	cancel, save := f.cancel.MinSize().Width, f.save.MinSize().Width
	y := foot + PadPanel
	left := size.Width - PadPage - save - 8 - cancel
	if f.trouble != "" {
		s.icon(PadPage, y+7, "warn", ColorBad, IconControl)
		for i, line := range wrap(f.trouble, left-PadPage-32) {
			s.text(area{PadPage + 20, y - 1 + 14*float32(i), left - PadPage - 28, 16}, line, TextStyle{Size: SizeCaption, Color: ColorBad})
		}
	}
	s.put(f.cancel, area{left, y, cancel, HeightControl})
	s.put(f.save, area{left + cancel + 8, y, save, HeightControl})
}

// formBody is the scrolled part with the fields.
type formBody struct {
	widget.BaseWidget
	form   *Form
	scroll *container.Scroll
	frame  fyne.CanvasObject // the scroll without Fyne's shadows
}

func newFormBody(f *Form) *formBody {
	b := &formBody{form: f}
	b.ExtendBaseWidget(b)
	b.scroll = container.NewVScroll(b)
	b.frame = flat(b.scroll)
	return b
}
