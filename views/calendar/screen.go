// Package calendar is the screen of a day, a week or a month: what is planned
// and due, dragged to another day where it has to wait.
package calendar

import (
	"context"
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// The faces of the screen, in the order of the switch in the title row.
const (
	faceDay = iota
	faceWeek
	faceMonth
)

// Screen shows a day, a week with what is overdue before it, or a month.
type Screen struct {
	h      *kit.Host
	loader *kit.Loader
	root   *fyne.Container
	faces  *kit.Segmented
	sorts  *kit.Picker
	board  *kit.Board
	grid   *kit.MonthGrid
	dayAt  *dayFace
	on     data.Day // a day of what is shown, 0 is today
	all    []app.CalendarEntry
	heeded bool // what is remembered was read
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
	_ kit.Opening    = (*Screen)(nil)
)

// narrow is the least width of a day, so that a week and what is overdue fit.
const narrow = 130

// New returns the screen at this week.
func New(h *kit.Host) *Screen {
	s := &Screen{h: h, root: container.NewStack()}
	s.board = kit.NewBoard(source{}, kit.BoardOptions{Runner: h.Runner, Narrow: narrow, OnOpen: s.open, OnMove: s.move, OnEmpty: func(column string) {
		if day, err := data.ParseDay(column); err == nil {
			s.add(day)
		}
	}})
	s.grid = kit.NewMonthGrid(kit.MonthOptions{OnOpen: s.open, OnDay: func(d data.Day) { s.show(faceDay, d) }, OnNew: s.add, OnMove: func(key string, to data.Day) { s.move(key, to.String()) }})
	s.dayAt = newDayFace(s)
	s.faces = kit.NewSegmented([]kit.Segment{{Text: lang.T("Day")}, {Text: lang.T("Week")}, {Text: lang.T("Month")}}, func(face int) { s.show(face, s.day()) })
	s.faces.SetCurrent(faceWeek)
	var options []kit.Option
	for _, sort := range app.EntrySorts() {
		options = append(options, kit.Option{Key: sort, Text: sortName(sort), Icon: sortIcon(sort)})
	}
	s.sorts = kit.NewPicker(kit.PickerOptions{Icon: "filter", Text: lang.T("All kinds"), Options: options, Multi: true, OnPick: func([]string) {
		s.keep()
		s.Reload(h.View())
	}})
	s.loader = h.Loader(kit.VBox(0, s.bar(), kit.Grow(s.root)))
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string { return app.CalendarKinds() }

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Scope: true} }

func (s *Screen) writable() bool { return !s.h.App.Book().ReadOnly }

// today is that of the book that is shown: of a past day, that day.
func (s *Screen) today() data.Day { return s.h.View().AsOf }

// day is the one that is shown, or lies in what is shown.
func (s *Screen) day() data.Day {
	if s.on == 0 {
		return s.today()
	}
	return s.on
}

// span are the days that are shown.
func (s *Screen) span() data.Period {
	day := s.day()
	switch s.faces.Current() {
	case faceDay:
		return data.Period{From: day, To: day.AddDays(1)}
	case faceMonth:
		return kit.MonthSpan(day)
	}
	monday := app.MondayOf(day)
	return data.Period{From: monday, To: monday.AddDays(7)}
}

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb {
	n, day := s.h.NumbersOf(), s.day()
	switch s.faces.Current() {
	case faceDay:
		return []kit.Crumb{{Text: lang.T("%s, %s", lang.T(day.Weekday().String()), n.DayYear(day))}}
	case faceMonth:
		year, month, _ := day.Date()
		return []kit.Crumb{{Text: lang.T("%s %d", lang.T(month.String()), year)}}
	}
	span := s.span()
	return []kit.Crumb{{Text: lang.T("%s – %s", n.Day(span.From), n.DayYear(span.To-1))}}
}

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject {
	return []fyne.CanvasObject{s.faces}
}

// bar turns the pages and chooses kinds, below the title row, which has no room
// for it in a narrow window.
func (s *Screen) bar() fyne.CanvasObject {
	line := kit.HBox(8,
		kit.NewButton(kit.ButtonOptions{Icon: "chevl", OnTap: func() { s.turn(-1) }}), kit.NewButton(kit.ButtonOptions{Text: lang.T("Today"), OnTap: s.now}),
		kit.NewButton(kit.ButtonOptions{Icon: "chevr", OnTap: func() { s.turn(1) }}), kit.Space(), s.sorts)
	return kit.Pad(kit.Insets{Top: 10, Right: kit.PadPage, Left: kit.PadPage}, line)
}

// turn goes on by a day, a week or a month.
func (s *Screen) turn(by int) {
	switch s.faces.Current() {
	case faceDay:
		s.on = s.day().AddDays(by)
	case faceMonth:
		day := s.day()
		s.on = day.MonthStart().AddMonths(by)
	default:
		s.on = s.day().AddDays(7 * by)
	}
	s.Reload(s.h.View())
}

func (s *Screen) now() {
	s.on = 0
	s.Reload(s.h.View())
}

// show turns to a face at a day.
func (s *Screen) show(face int, day data.Day) {
	s.faces.SetCurrent(face)
	if s.on = day; day == s.today() {
		s.on = 0
	}
	s.keep()
	s.Reload(s.h.View())
}

// Open implements kit.Opening: what there is to do today.
func (s *Screen) Open(to kit.Target) {
	if to.Kind == data.KindActivity {
		s.show(faceDay, s.today())
	}
}

// kept is what the screen remembers on this device.
type kept struct {
	Face  int      `json:"face"`
	Sorts []string `json:"sorts,omitempty"`
}

const prefCalendar = "calendar"

// keep remembers face and kinds.
func (s *Screen) keep() {
	s.heeded = true
	if s.writable() {
		s.h.Remember(prefCalendar, kept{s.faces.Current(), s.sorts.Keys()})
	}
}

// recall takes up what was remembered, once; it reports whether that changed what
// is asked for.
func (s *Screen) recall(text string) bool {
	var k kept
	if s.heeded {
		return false
	}
	s.heeded = true
	if json.Unmarshal([]byte(text), &k) != nil || k.Face < faceDay || k.Face > faceMonth {
		return false
	}
	changed := k.Face != s.faces.Current() || !slices.Equal(k.Sorts, s.sorts.Keys())
	s.faces.SetCurrent(k.Face)
	s.sorts.SetKeys(k.Sorts...)
	return changed
}

type found struct {
	span          data.Period
	days, overdue []app.CalendarEntry
	kept          string
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	q := app.CalendarQuery{Scope: v.Scope, Span: s.span(), Sorts: s.sorts.Keys()}
	if len(q.Sorts) == 0 {
		q.Sorts = nil
	}
	month, heeded := s.faces.Current() == faceMonth, s.heeded
	kit.Load(s.loader, func(ctx context.Context) (found, error) {
		f := found{span: q.Span}
		var err error
		if !heeded {
			if f.kept, err = s.h.App.Pref(ctx, prefCalendar); err != nil || f.kept != "" {
				return f, err
			}
		}
		if f.days, err = s.h.App.Calendar.Entries(ctx, q); err == nil && !month {
			f.overdue, err = s.h.App.Calendar.Overdue(ctx, q)
		}
		return f, err
	}, s.fill)
}

// fill shows what was loaded.
func (s *Screen) fill(f found) {
	if f.kept != "" && !s.heeded {
		s.recall(f.kept)
		s.Reload(s.h.View())
		return
	}
	s.heeded = true
	s.all = append(slices.Clone(f.overdue), f.days...)
	words := kit.Words{Num: s.h.NumbersOf(), Today: s.today()}
	var face fyne.CanvasObject
	switch s.faces.Current() {
	case faceDay:
		s.dayAt.fill(f, words)
		face = s.dayAt.root
	case faceMonth:
		s.grid.SetMonth(s.day(), s.today(), monthEntries(f))
		face = kit.Pad(kit.Insets{Top: 8, Right: kit.PadPage, Bottom: 12, Left: kit.PadPage}, s.grid)
	default:
		s.board.SetSource(source{columnsOf(f, f.span.From), words})
		face = kit.Pad(kit.Insets{Top: 8, Right: kit.PadPage, Bottom: 12, Left: kit.PadPage}, s.board)
	}
	s.root.Objects = []fyne.CanvasObject{face}
	s.root.Refresh()
	s.h.Changed()
}
