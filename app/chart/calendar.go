package chart

import (
	"time"

	"fieldbook/app/report"
	"fieldbook/data"
)

// calendarPlan is where the days of a calendar stand.
type calendarPlan struct {
	at    XY // left top of the first week shown
	side  float64
	skip  int      // weeks left out at the beginning
	start data.Day // first day of the first week, shown or not
}

func (p calendarPlan) cell(d data.Day) (week, row int) {
	n := int(d - p.start)
	return n/7 - p.skip, n % 7
}

// calendar draws a square a day. Where not all weeks fit, the latest stay.
func (c *Canvas) calendar(s report.Calendar, f frame) bool {
	const head, foot = 18, 22
	if len(s.Days) == 0 || !s.First.Valid() {
		return false
	}
	s = named(s)
	back := (int(s.First.Weekday()) + 6) % 7 // days since Monday
	if s.Sunday {
		back = int(s.First.Weekday())
	}
	p := calendarPlan{start: s.First.AddDays(-back)}
	weeks := (back + len(s.Days) + 6) / 7
	left := widest(7, func(i int) string { return s.Weekdays[i] }, Small(), f.w/4) + 8
	const least, best = 9, 24
	p.side = min(best, (f.w-left)/float64(weeks), (f.h-head-foot)/7)
	if p.side < least {
		p.side = min(least, (f.h-head-foot)/7)
		p.skip = max(0, weeks-int((f.w-left)/least))
	}
	if p.side < 4 || weeks == p.skip {
		return false
	}
	p.at = XY{f.x + left, f.y + head}
	c.calendarNames(s, p, f)
	c.along(frame{x: p.at.X, w: float64(weeks-p.skip) * p.side})
	depth := shadesOf(s.Days)
	hidden := 0
	for i, m := range s.Days {
		week, row := p.cell(s.First.AddDays(i))
		if week < 0 {
			hidden++
			continue
		}
		at := frame{p.at.X + float64(week)*p.side, p.at.Y + float64(row)*p.side, p.side, p.side}
		if isNumber(m.Value) {
			c.shade(depth.step(m.Value), frame{at.x, at.y, at.w - 1.5, at.h - 1.5})
		}
		if m.Hint == "" && m.Label == "" {
			m.Label = s.First.AddDays(i).String()
		}
		c.markHit(m, at)
	}
	y := p.at.Y + 7*p.side + 16
	missing := 0.0
	if hidden > 0 {
		missing = c.more(s.Head, hidden, XY{f.x, y}) + 12
	}
	c.scale(depth, s.Axis, frame{f.x + missing, y - 12, f.w - missing, 12}, p.at.X+float64(weeks-p.skip)*p.side)
	return true
}

// named gives a calendar the names that it lacks, in English.
func named(s report.Calendar) report.Calendar {
	if s.Axis == nil {
		s.Axis = report.Numbers{}.Axis()
	}
	if len(s.Months) != 12 {
		s.Months = report.English().Months
	}
	if len(s.Weekdays) != 7 {
		s.Weekdays = []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	}
	return s
}

// calendarNames writes every second weekday at the left and each month over
// the week of its first day.
func (c *Canvas) calendarNames(s report.Calendar, p calendarPlan, f frame) {
	for row := 0; row < 7; row += 2 {
		if p.side*2 < 13 && row%4 != 0 {
			continue
		}
		day := (int(p.start.AddDays(row).Weekday()) + 6) % 7
		c.TextIn(s.Weekdays[day], XY{f.x, p.at.Y + (float64(row)+0.5)*p.side + 3.5}, p.at.X-f.x-6, Small())
	}
	var line slots
	last := s.First.AddDays(len(s.Days) - 1)
	for d := s.First; d <= last; d = d.AddDays(1) {
		_, month, day := d.Date()
		week, _ := p.cell(d)
		if day != 1 && d != s.First || week < 0 {
			continue
		}
		x := p.at.X + float64(week)*p.side
		name := s.Months[month-time.January]
		if w := TextWidth(clean(name), 11, Regular); x+w <= f.right() && line.take(x, x+w) {
			c.Text(name, x, f.y+11, Small())
		}
	}
}
