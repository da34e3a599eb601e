package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fieldbook/data"
)

// DateOptions describes a DateEntry.
type DateOptions struct {
	Style    DateStyle
	Today    data.Day
	Hint     string // placeholder: "fri, +2w or 12 mar"
	OnChange func(d data.Day, err error)
}

// DateEntry is a field for a day, typed as ParseTyped reads it or picked from
// a calendar (Down, or the button). Leaving the field writes the day out.
type DateEntry struct {
	widget.BaseWidget
	opts   DateOptions
	field  *entry
	button *Button
	over   *overlay
	onKey  func(k *fyne.KeyEvent) bool // a form sees other keys first
}

// NewDateEntry returns an empty field.
func NewDateEntry(opts DateOptions) *DateEntry {
	e := &DateEntry{opts: opts, field: newEntry(opts.Hint)}
	e.button = NewButton(ButtonOptions{Icon: "cal", Kind: ButtonBare, OnTap: e.OpenCalendar})
	e.field.onKey = e.key
	e.field.OnChanged = func(string) { e.changed() }
	e.field.onFocus = func(on bool) {
		if !on {
			e.tidy()
		}
	}
	e.ExtendBaseWidget(e)
	return e
}

// Day is what the field says. Empty is NoDay; nonsense is an Invalid error
// whose message can stand beside the field.
func (e *DateEntry) Day() (data.Day, error) {
	return ParseTyped(e.field.Text, e.opts.Today, e.opts.Style)
}

// SetDay writes a day into the field.
func (e *DateEntry) SetDay(d data.Day) { e.field.SetText(e.opts.Style.Format(d)) }

func (e *DateEntry) changed() {
	if e.opts.OnChange != nil {
		e.opts.OnChange(e.Day())
	}
}

// tidy writes out the day that was typed; what is no day stays as typed.
func (e *DateEntry) tidy() {
	d, err := e.Day()
	if err == nil && e.field.Text != e.opts.Style.Format(d) {
		e.SetDay(d)
	}
}

func (e *DateEntry) key(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyDown {
		e.OpenCalendar()
		return true
	}
	return e.onKey != nil && e.onKey(k)
}

// OpenCalendar shows the calendar under the field.
func (e *DateEntry) OpenCalendar() {
	c := fyne.CurrentApp().Driver().CanvasForObject(e)
	if c == nil || e.over != nil {
		return
	}
	day, err := e.Day()
	if err != nil {
		day = data.NoDay
	}
	e.over = showCalendar(c, e, CalendarOptions{Style: e.opts.Style, Today: e.opts.Today, Day: day, OnPick: func(d data.Day) {
		e.SetDay(d)
		e.over.Close()
	}}, func() {
		e.over = nil
		c.Focus(e.field)
	})
}

// showCalendar opens a calendar under an object and gives it the keyboard.
func showCalendar(c fyne.Canvas, under fyne.CanvasObject, opts CalendarOptions, onClose func()) *overlay {
	var over *overlay
	opts.OnEscape = func() { over.Close() }
	calendar := NewCalendar(opts)
	over = showOverlay(c, calendar, overlayOptions{under: under, pad: 8, onClose: onClose})
	c.Focus(calendar)
	return over
}

// CreateRenderer implements fyne.Widget.
func (e *DateEntry) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: e, min: fixed(150, HeightControl), draw: func(s *scene, size fyne.Size) {
		s.put(e.field, area{0, 0, size.Width, size.Height})
		s.put(e.button, area{size.Width - HeightControl, 0, HeightControl, size.Height})
	}}
}

// NewDayPicker is a title-row picker of one day, such as "As of Nov 17". Label
// writes the day on the button.
func NewDayPicker(opts CalendarOptions, label func(d data.Day) string) *Picker {
	p := NewPicker(PickerOptions{Icon: "clock", Text: label(opts.Day)})
	day := opts.Day
	p.open = func(p *Picker) {
		c := fyne.CurrentApp().Driver().CanvasForObject(p)
		if c == nil {
			return
		}
		var over *overlay
		over = showCalendar(c, p, CalendarOptions{Style: opts.Style, Today: opts.Today, Day: day, OnPick: func(d data.Day) {
			day = d
			over.Close()
			p.opts.Text = label(d)
			p.Refresh()
			if opts.OnPick != nil {
				opts.OnPick(d)
			}
		}}, func() { focus(p) })
	}
	return p
}
