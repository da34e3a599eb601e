package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Option is one thing to choose.
type Option struct {
	Key    string
	Text   string
	Detail string
	Group  string // options of a group stand together under its name
	Icon   string
}

// PickerOptions describes a Picker.
type PickerOptions struct {
	Icon    string
	Text    string   // shown while nothing is chosen: "Any product"
	Options []Option // what to choose from, or to begin with where there is Search
	// Search answers what is typed. It runs on Runner, away from the screen,
	// or in place without one. Nil ranks Options.
	Search func(query string) []Option
	Runner Runner
	Find   string // placeholder of the search field
	None   string // shown where nothing answers
	Multi  bool   // several; the pop-up stays open
	Wide   bool   // a field of a form: the whole width, the chevron at its right
	OnPick func(keys []string)
}

// Picker is a button of 28 that opens a list to choose from, by mouse, arrows
// or typing.
type Picker struct {
	widget.DisableableWidget
	opts           PickerOptions
	chosen         []Option
	hover, focused bool
	popup          *optionPopup
	onKey          func(e *fyne.KeyEvent) bool // a form sees keys first
	open           func(p *Picker)             // opens something else than a list
	slim           bool                        // the chevron alone, beside a line that shows what was chosen
}

var (
	_ fyne.Focusable    = (*Picker)(nil)
	_ fyne.Tappable     = (*Picker)(nil)
	_ desktop.Hoverable = (*Picker)(nil)
)

// NewPicker returns a picker with the options of the given keys chosen.
func NewPicker(opts PickerOptions, keys ...string) *Picker {
	p := &Picker{opts: opts}
	p.SetKeys(keys...)
	p.ExtendBaseWidget(p)
	return p
}

// Keys are the chosen keys.
func (p *Picker) Keys() []string {
	keys := make([]string, len(p.chosen))
	for i, o := range p.chosen {
		keys[i] = o.Key
	}
	return keys
}

// Key is the chosen key, "" for none.
func (p *Picker) Key() string { return strings.Join(p.Keys(), ",") }

// SetKeys chooses the options with these keys, without telling OnPick.
func (p *Picker) SetKeys(keys ...string) {
	p.chosen = nil
	for _, o := range p.opts.Options {
		if slices.Contains(keys, o.Key) {
			p.chosen = append(p.chosen, o)
		}
	}
	p.Refresh()
}

// SetChosen chooses an option that need not be among Options, as one found by
// Search is not. The zero Option chooses nothing.
func (p *Picker) SetChosen(o Option) {
	p.chosen = nil
	if o.Key != "" {
		p.chosen = []Option{o}
	}
	p.Refresh()
}

// SetOptions offers others; what is chosen stays.
func (p *Picker) SetOptions(options []Option) { p.opts.Options = options }

// Label is what the button says.
func (p *Picker) Label() string {
	switch len(p.chosen) {
	case 0:
		return p.opts.Text
	case 1:
		return p.chosen[0].Text
	}
	names := make([]string, len(p.chosen))
	for i, o := range p.chosen {
		names[i] = o.Text
	}
	return strings.Join(names, ", ")
}

// Open shows the list.
func (p *Picker) Open() {
	if p.Disabled() {
		return
	}
	if p.open != nil {
		p.open(p)
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(p)
	if c != nil {
		p.popup = showOptions(c, p)
	}
}

func (p *Picker) pick(o Option) {
	if !p.opts.Multi {
		p.chosen = []Option{o}
	} else if i := slices.IndexFunc(p.chosen, func(c Option) bool { return c.Key == o.Key }); i >= 0 {
		p.chosen = slices.Delete(p.chosen, i, i+1)
	} else {
		p.chosen = append(p.chosen, o)
	}
	p.Refresh()
	if p.opts.OnPick != nil {
		p.opts.OnPick(p.Keys())
	}
}

// Tapped implements fyne.Tappable.
func (p *Picker) Tapped(*fyne.PointEvent) {
	if !p.Disabled() {
		focus(p)
		p.Open()
	}
}

// TypedKey implements fyne.Focusable: Down, Space and, outside a form, Enter
// open the list.
func (p *Picker) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyDown || e.Name == fyne.KeySpace:
		p.Open()
	case p.onKey != nil && p.onKey(e):
	case isPress(e):
		p.Open()
	case e.Name == fyne.KeyBackspace || e.Name == fyne.KeyDelete:
		if p.opts.Wide && len(p.chosen) > 0 {
			p.chosen = nil
			p.Refresh()
			if p.opts.OnPick != nil {
				p.opts.OnPick(nil)
			}
		}
	default:
		escapes(p, e)
	}
}

// TypedRune implements fyne.Focusable: typing opens the list and searches it.
func (p *Picker) TypedRune(r rune) {
	if r == ' ' {
		return
	}
	p.Open()
	if p.popup != nil && p.popup.find != nil {
		p.popup.find.TypedRune(r)
	}
}

// FocusGained implements fyne.Focusable.
func (p *Picker) FocusGained() { p.mark(&p.focused, true) }

// FocusLost implements fyne.Focusable.
func (p *Picker) FocusLost() { p.mark(&p.focused, false) }

// MouseIn implements desktop.Hoverable.
func (p *Picker) MouseIn(*desktop.MouseEvent) { p.mark(&p.hover, true) }

// MouseMoved implements desktop.Hoverable.
func (p *Picker) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *Picker) MouseOut() { p.mark(&p.hover, false) }

func (p *Picker) mark(state *bool, on bool) {
	if *state != on {
		*state = on
		p.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (p *Picker) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: p, min: p.minSize, draw: p.draw}
}

const (
	pickerWidest = 220 // a longer label is cut
	fieldPad     = 5   // as Fyne's entry has
)

func (p *Picker) minSize() fyne.Size {
	switch {
	case p.slim:
		return fyne.NewSize(HeightControl, HeightControl)
	case p.opts.Wide:
		return fyne.NewSize(90, HeightControl)
	}
	w := buttonPad*2 + min(pickerWidest, Measure(p.Label(), SizeBody, false)) + buttonGap + IconControl
	if p.opts.Icon != "" {
		w += IconControl + buttonGap
	}
	return fyne.NewSize(w, HeightControl)
}

func (p *Picker) draw(s *scene, size fyne.Size) {
	style := BoxStyle{Fill: ColorBg, Line: ColorLine2, Radius: RadiusBox}
	if p.opts.Wide {
		style.Fill = ColorInput
	}
	switch {
	case p.Disabled():
		style.Fill = ColorHead
	case p.focused:
		style.Line, style.Width = ColorAccent, 2
	case p.hover:
		style.Fill = ColorHover
	}
	box := area{0, 0, size.Width, size.Height}
	if p.opts.Wide {
		box = box.inset(1) // as Fyne's entry stands in its area
	}
	s.box(box, style)
	if p.slim {
		s.icon((size.Width-IconControl)/2, (size.Height-IconControl)/2, "chev", ColorFg2, IconControl)
		return
	}
	x, y := float32(buttonPad), (size.Height-IconControl)/2
	if p.opts.Wide {
		x = fieldPad
	}
	if p.opts.Icon != "" {
		s.icon(x, y, p.opts.Icon, ColorFg2, IconControl)
		x += IconControl + buttonGap
	}
	ink := ColorFg
	if p.Disabled() || p.opts.Wide && len(p.chosen) == 0 {
		ink = ColorFg3
	}
	right := size.Width - chevronPad(p.opts.Wide) - IconControl
	s.text(area{x, 0, right - 4 - x, size.Height}, p.Label(), TextStyle{Color: ink})
	s.icon(right, y, "chev", ColorFg2, IconControl)
}

// chevronPad is the distance of the chevron from the right edge.
func chevronPad(wide bool) float32 {
	if wide {
		return PadCell
	}
	return buttonPad
}
