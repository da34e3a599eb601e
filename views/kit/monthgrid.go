package kit

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// MonthEntry is one line on a day of a MonthGrid.
type MonthEntry struct {
	Key  string
	Text string
	Icon string
	Late bool
	Done bool
}

// MonthOptions describes a MonthGrid. Nil callbacks leave out what they are for.
type MonthOptions struct {
	OnOpen func(key string)              // an entry was clicked
	OnDay  func(day data.Day)            // the number of a day was clicked, or what did not fit; or Enter
	OnNew  func(day data.Day)            // a double click beside the entries
	OnMove func(key string, to data.Day) // an entry was dropped on another day
}

// MonthGrid shows the weeks of a month, Monday first, with the entries of each
// day. Arrows move by days, Enter opens a day.
type MonthGrid struct {
	widget.BaseWidget
	opts    MonthOptions
	month   data.Day // the first of it
	today   data.Day
	day     data.Day // under the keyboard
	entries map[data.Day][]MonthEntry
	focused bool
	under   data.Day
	held    fyne.Position // where the mouse went down
	drag    string        // key of the entry on its way, "" for none
	from    data.Day
}

var (
	_ fyne.Focusable      = (*MonthGrid)(nil)
	_ fyne.Tappable       = (*MonthGrid)(nil)
	_ fyne.DoubleTappable = (*MonthGrid)(nil)
	_ fyne.Draggable      = (*MonthGrid)(nil)
	_ desktop.Mouseable   = (*MonthGrid)(nil)
)

// NewMonthGrid returns a grid that shows nothing until SetMonth.
func NewMonthGrid(opts MonthOptions) *MonthGrid {
	g := &MonthGrid{opts: opts, month: data.NoDay, day: data.NoDay, under: data.NoDay}
	g.ExtendBaseWidget(g)
	return g
}

// MonthSpan are the days that the grid of a month shows: whole weeks, Monday first.
func MonthSpan(month data.Day) data.Period {
	first := month.MonthStart()
	from := app.MondayOf(first)
	to := first.AddMonths(1)
	return data.Period{From: from, To: to.AddDays((7 - int(to-from)%7) % 7)}
}

// SetMonth shows the month that a day lies in. The day under the keyboard stays
// where the month is the same.
func (g *MonthGrid) SetMonth(month, today data.Day, entries map[data.Day][]MonthEntry) {
	month = month.MonthStart()
	if month != g.month {
		g.day = month
		if today >= month && today < month.AddMonths(1) {
			g.day = today
		}
	}
	g.month, g.today, g.entries, g.drag = month, today, entries, ""
	g.Refresh()
}

// Day is the day under the keyboard, NoDay before there is a month.
func (g *MonthGrid) Day() data.Day { return g.day }

const (
	monthHead = 24 // the names of the days
	monthTop  = 26 // from the top of a day to its entries
	monthLine = 18
	monthPad  = 5
)

func (g *MonthGrid) weeks() int { return MonthSpan(g.month).Days() / 7 }

func (g *MonthGrid) cell(i int, size fyne.Size) area {
	w, h := size.Width/7, (size.Height-monthHead)/float32(g.weeks())
	return area{w * float32(i%7), monthHead + h*float32(i/7), w, h}
}

// dayAt is the day at a position, NoDay outside.
func (g *MonthGrid) dayAt(at fyne.Position) (data.Day, area) {
	if g.month.Valid() {
		span := MonthSpan(g.month)
		for i := range span.Days() {
			if a := g.cell(i, g.Size()); a.has(at) {
				return span.From.AddDays(i), a
			}
		}
	}
	return data.NoDay, area{}
}

// room is how many lines fit a day, the last of which may be "3 more".
func room(cell area) int { return max(0, int((cell.h-monthTop-2)/monthLine)) }

// entryAt is the entry at a position; more is true on the line that counts the rest.
func (g *MonthGrid) entryAt(at fyne.Position) (e MonthEntry, day data.Day, more bool) {
	day, cell := g.dayAt(at)
	if !day.Valid() || at.Y < cell.y+monthTop {
		return e, day, false
	}
	list, lines := g.entries[day], room(cell)
	line := int((at.Y - cell.y - monthTop) / monthLine)
	shown := len(list)
	if shown > lines {
		shown = lines - 1
	}
	switch {
	case line < shown:
		return list[line], day, false
	case line == shown && len(list) > shown:
		return e, day, true
	}
	return e, day, false
}

// CreateRenderer implements fyne.Widget.
func (g *MonthGrid) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: g, min: fixed(7*90, monthHead+6*64), draw: g.draw}
}

func (g *MonthGrid) draw(s *scene, size fyne.Size) {
	if !g.month.Valid() {
		return
	}
	span := MonthSpan(g.month)
	for i := range 7 {
		day := time.Weekday((i + 1) % 7)
		s.text(area{size.Width/7*float32(i) + monthPad, 0, size.Width/7 - 2*monthPad, monthHead}, lang.T(day.String()), TextStyle{Size: SizeCaption, Color: ColorFg2})
	}
	marked := -1 // stands over the lines of its neighbours
	for i := range span.Days() {
		d := span.From.AddDays(i)
		if g.drag == "" && d == g.day && g.focused || g.drag != "" && d == g.under {
			marked = i
			continue
		}
		g.drawDay(s, g.cell(i, size), d)
	}
	if marked >= 0 {
		g.drawDay(s, g.cell(marked, size), span.From.AddDays(marked))
	}
}

func (g *MonthGrid) drawDay(s *scene, at area, d data.Day) {
	style := BoxStyle{Fill: ColorBg, Line: ColorLine}
	_, month, _ := g.month.Date()
	_, m, n := d.Date()
	number := TextStyle{Color: ColorFg2, Align: fyne.TextAlignCenter}
	if m != month {
		style.Fill, number.Color = ColorHead, ColorFg3
	}
	switch {
	case g.drag != "" && d == g.under && d != g.from:
		style.Fill, style.Line, style.Width = ColorSel, ColorAccent, 2
	case d == g.day && g.focused:
		style.Line, style.Width = ColorAccent, 2
	}
	s.box(at.inset(0.5), style)
	circle := area{at.x + 4, at.y + 3, 22, 20}
	if d == g.today {
		s.box(circle, BoxStyle{Fill: ColorAccent, Radius: 10})
		number.Color, number.Bold = ColorOn, true
	}
	s.text(circle, strconv.Itoa(n), number)
	list, lines := g.entries[d], room(at)
	if n := len(list); n > 0 {
		s.text(area{at.x + 30, at.y + 3, at.w - 30 - monthPad, 20}, strconv.Itoa(n), TextStyle{Size: SizeCaption, Color: ColorFg2, Align: fyne.TextAlignTrailing})
	}
	for i, e := range list {
		line := area{at.x + monthPad, at.y + monthTop + monthLine*float32(i), at.w - 2*monthPad, monthLine}
		if i == lines-1 && len(list) > lines {
			s.text(line, lang.T("%d more", len(list)-i), TextStyle{Size: SizeCaption, Color: ColorAccent})
			return
		}
		if i >= lines {
			return
		}
		ink, icon := ColorFg, e.Icon
		switch {
		case e.Key == g.drag, e.Done:
			ink = ColorFg2
		case e.Late:
			ink = ColorBad
		}
		s.icon(line.x, line.y+2, icon, ink, 13)
		s.text(area{line.x + 17, line.y, line.w - 17, line.h}, e.Text, TextStyle{Size: SizeCaption, Color: ink})
	}
}

// MouseDown implements desktop.Mouseable.
func (g *MonthGrid) MouseDown(e *desktop.MouseEvent) {
	focus(g)
	g.held = e.Position
	if d, _ := g.dayAt(e.Position); d.Valid() {
		g.day = d
		g.Refresh()
	}
}

// MouseUp implements desktop.Mouseable.
func (g *MonthGrid) MouseUp(*desktop.MouseEvent) {}

// Tapped implements fyne.Tappable.
func (g *MonthGrid) Tapped(e *fyne.PointEvent) {
	entry, day, more := g.entryAt(e.Position)
	_, cell := g.dayAt(e.Position)
	switch {
	case entry.Key != "" && g.opts.OnOpen != nil:
		g.opts.OnOpen(entry.Key)
	case g.opts.OnDay == nil || !day.Valid():
	case more, (area{cell.x, cell.y, 30, monthTop}).has(e.Position):
		g.opts.OnDay(day)
	}
}

// DoubleTapped implements fyne.DoubleTappable.
func (g *MonthGrid) DoubleTapped(e *fyne.PointEvent) {
	entry, day, more := g.entryAt(e.Position)
	if entry.Key != "" || more {
		g.Tapped(e)
		return
	}
	if g.opts.OnNew != nil && day.Valid() {
		g.opts.OnNew(day)
	}
}

// Dragged implements fyne.Draggable.
func (g *MonthGrid) Dragged(e *fyne.DragEvent) {
	if g.drag == "" {
		entry, day, _ := g.entryAt(g.held)
		if entry.Key == "" || g.opts.OnMove == nil {
			return
		}
		g.drag, g.from = entry.Key, day
	}
	g.under, _ = g.dayAt(e.AbsolutePosition.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(g)))
	g.Refresh()
}

// DragEnd implements fyne.Draggable.
func (g *MonthGrid) DragEnd() {
	key, to, from := g.drag, g.under, g.from
	g.drag, g.under = "", data.NoDay
	g.Refresh()
	if key != "" && to.Valid() && to != from {
		g.opts.OnMove(key, to)
	}
}

// TypedKey implements fyne.Focusable.
func (g *MonthGrid) TypedKey(e *fyne.KeyEvent) {
	by := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1, fyne.KeyUp: -7, fyne.KeyDown: 7}[e.Name]
	switch {
	case !g.month.Valid():
	case e.Name == fyne.KeyEscape:
		g.drag = ""
		g.Refresh()
	case by != 0:
		if d := g.day.AddDays(by); MonthSpan(g.month).Contains(d) {
			g.day = d
			g.Refresh()
		}
	case (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter) && g.opts.OnDay != nil:
		g.opts.OnDay(g.day)
	}
}

// TypedRune implements fyne.Focusable.
func (g *MonthGrid) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (g *MonthGrid) FocusGained() { g.focused = true; g.Refresh() }

// FocusLost implements fyne.Focusable.
func (g *MonthGrid) FocusLost() { g.focused = false; g.Refresh() }
