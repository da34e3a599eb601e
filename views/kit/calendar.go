package kit

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Calendar shows a month to pick a day from. Arrows move by days and weeks,
// Page Up and Page Down by months, with Shift by years; Home is today; Enter
// picks.
type Calendar struct {
	widget.BaseWidget
	opts    CalendarOptions
	day     data.Day // under the keyboard
	under   data.Day // under the mouse
	focused bool
	shift   bool
}

// CalendarOptions describes a Calendar.
type CalendarOptions struct {
	Style    DateStyle
	Today    data.Day
	Day      data.Day // chosen; NoDay for none
	OnPick   func(d data.Day)
	OnEscape func()
}

var (
	_ fyne.Focusable    = (*Calendar)(nil)
	_ desktop.Hoverable = (*Calendar)(nil)
	_ desktop.Keyable   = (*Calendar)(nil)
)

// NewCalendar returns a calendar that shows the month of the chosen day, or of
// today.
func NewCalendar(opts CalendarOptions) *Calendar {
	c := &Calendar{opts: opts, day: opts.Day, under: data.NoDay}
	if !c.day.Valid() {
		c.day = opts.Today
	}
	c.ExtendBaseWidget(c)
	return c
}

// Day is the day under the keyboard.
func (c *Calendar) Day() data.Day { return c.day }

const (
	calendarCell = 30
	calendarRow  = 26
	calendarHead = 32
	calendarFoot = 28
)

// first is the day in the top left corner.
func (c *Calendar) first() data.Day {
	first := c.day.MonthStart()
	return first.AddDays(-(int(first.Weekday()) - int(c.opts.Style.WeekStart) + 7) % 7)
}

func (c *Calendar) move(to data.Day) {
	if y, _, _ := to.Date(); y >= 1 && y <= 9999 {
		c.day = to
		c.Refresh()
	}
}

func (c *Calendar) pick(d data.Day) {
	c.move(d)
	if c.opts.OnPick != nil {
		c.opts.OnPick(d)
	}
}

// TypedKey implements fyne.Focusable.
func (c *Calendar) TypedKey(e *fyne.KeyEvent) {
	month := 1
	if c.shift {
		month = 12
	}
	switch e.Name {
	case fyne.KeyLeft:
		c.move(c.day.AddDays(-1))
	case fyne.KeyRight:
		c.move(c.day.AddDays(1))
	case fyne.KeyUp:
		c.move(c.day.AddDays(-7))
	case fyne.KeyDown:
		c.move(c.day.AddDays(7))
	case fyne.KeyPageUp:
		c.move(c.day.AddMonths(-month))
	case fyne.KeyPageDown:
		c.move(c.day.AddMonths(month))
	case fyne.KeyHome:
		c.move(c.opts.Today)
	case fyne.KeyEscape:
		if c.opts.OnEscape != nil {
			c.opts.OnEscape()
		}
	default:
		if isPress(e) {
			c.pick(c.day)
		}
	}
}

// KeyDown implements desktop.Keyable.
func (c *Calendar) KeyDown(e *fyne.KeyEvent) { c.shiftKey(e, true) }

// KeyUp implements desktop.Keyable.
func (c *Calendar) KeyUp(e *fyne.KeyEvent) { c.shiftKey(e, false) }

func (c *Calendar) shiftKey(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		c.shift = down
	}
}

// TypedRune implements fyne.Focusable.
func (c *Calendar) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (c *Calendar) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost implements fyne.Focusable.
func (c *Calendar) FocusLost() { c.focused, c.shift = false, false; c.Refresh() }

// Tapped implements fyne.Tappable: the arrows in the head, a day, or today at
// the foot.
func (c *Calendar) Tapped(e *fyne.PointEvent) {
	size := c.Size()
	switch {
	case e.Position.Y < calendarHead && e.Position.X < calendarCell:
		c.move(c.day.AddMonths(-1))
	case e.Position.Y < calendarHead && e.Position.X > size.Width-calendarCell:
		c.move(c.day.AddMonths(1))
	case e.Position.Y > size.Height-calendarFoot:
		c.pick(c.opts.Today)
	default:
		if d := c.dayAt(e.Position); d.Valid() {
			c.pick(d)
		}
	}
}

func (c *Calendar) dayAt(at fyne.Position) data.Day {
	row := int((at.Y - calendarHead - calendarRow) / calendarRow)
	col := int(at.X / (c.Size().Width / 7))
	if at.Y < calendarHead+calendarRow || row > 5 || col < 0 || col > 6 {
		return data.NoDay
	}
	return c.first().AddDays(row*7 + col)
}

// MouseIn implements desktop.Hoverable.
func (c *Calendar) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (c *Calendar) MouseMoved(e *desktop.MouseEvent) { c.point(c.dayAt(e.Position)) }

// MouseOut implements desktop.Hoverable.
func (c *Calendar) MouseOut() { c.point(data.NoDay) }

func (c *Calendar) point(d data.Day) {
	if d != c.under {
		c.under = d
		c.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Calendar) CreateRenderer() fyne.WidgetRenderer {
	min := fixed(7*calendarCell, calendarHead+7*calendarRow+calendarFoot)
	return &sketch{of: c, min: min, draw: c.draw}
}

func (c *Calendar) draw(s *scene, size fyne.Size) {
	year, month, _ := c.day.Date()
	middle := TextStyle{Bold: true, Align: fyne.TextAlignCenter}
	s.text(area{calendarCell, 0, size.Width - 2*calendarCell, calendarHead - 4}, lang.T(month.String())+" "+strconv.Itoa(year), middle)
	s.icon(8, 7, "chevl", ColorFg2, IconControl)
	s.icon(size.Width-8-IconControl, 7, "chevr", ColorFg2, IconControl)
	w := size.Width / 7
	for i := range 7 {
		day := (c.opts.Style.WeekStart + time.Weekday(i)) % 7
		s.text(area{w * float32(i), calendarHead - 2, w, calendarRow}, lang.T(day.String()[:2]), TextStyle{Size: SizeCaption, Color: ColorFg2, Align: fyne.TextAlignCenter})
	}
	for i := range 42 {
		at := area{w * float32(i%7), calendarHead + calendarRow*float32(1+i/7), w, calendarRow}
		c.drawDay(s, at, c.first().AddDays(i), month)
	}
	foot := size.Height - calendarFoot
	s.hline(0, foot+4, size.Width, ColorLine)
	s.text(area{0, foot + 6, size.Width, calendarFoot - 6}, lang.T("Today, %s", c.opts.Style.Format(c.opts.Today)), TextStyle{Size: SizeCaption, Color: ColorAccent, Align: fyne.TextAlignCenter})
}

func (c *Calendar) drawDay(s *scene, at area, d data.Day, month time.Month) {
	box := area{at.x + (at.w-calendarRow)/2, at.y + 1, calendarRow, at.h - 2}
	style := TextStyle{Align: fyne.TextAlignCenter}
	_, m, n := d.Date()
	if m != month {
		style.Color = ColorFg3
	}
	switch d {
	case c.opts.Day:
		s.box(box, BoxStyle{Fill: ColorAccent, Radius: RadiusBox})
		style.Color, style.Bold = ColorOn, true
	case c.under:
		s.box(box, BoxStyle{Fill: ColorHover, Radius: RadiusBox})
	default: // stands on the ground of the calendar
	}
	if d == c.opts.Today {
		style.Bold = true
		s.box(area{at.x + at.w/2 - 5, at.y + at.h - 5, 10, 2}, BoxStyle{Fill: style.token(), Radius: 1})
	}
	if d == c.day && c.focused {
		s.box(box, BoxStyle{Line: ColorAccent, Width: 2, Radius: RadiusBox})
	}
	s.text(at, strconv.Itoa(n), style)
}
