package visits

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"

	"fieldbook/data"
)

// yearDays turns visits a year into days between them.
const yearDays = 365

// Known is a stop with the day of its last visit, data.NoDay for none.
type Known struct {
	Stop
	LastVisit data.Day
}

// DueStop is a stop that is to be visited in a week.
type DueStop struct {
	Stop
	LastVisit   data.Day
	Due         data.Day // may lie before the week; Monday for who was never visited
	OverdueDays int      // on Monday, 0 for who falls due in the week
	Minutes     float64  // of the visit
}

// Interval is the number of days from one visit to the next; 0 for no visits.
func (c Class) Interval() int {
	if c.VisitsYear <= 0 {
		return 0
	}
	return max(1, int(math.Round(yearDays/c.VisitsYear)))
}

// Due lists which stops are to be visited in the week from monday on, those first
// that come first: who is overdue by more intervals, each that has begun counted,
// then whose class is visited more often, who is worth more, who is longer overdue.
//
// Who was never visited is due at once, as if one visit had been missed. So that they do not all come in one week,
// each week takes of a class as many of them as it has visits in a week, rounded
// up, those first that are worth more and then in an order that stays the same:
// within one interval each has its turn. Nobody is listed twice in a week, however
// often his class is visited. Hours bounds the visits listed by the
// time with the customers; 0 lists all.
func (m Model) Due(stops []Known, monday data.Day, hours float64) []DueStop {
	type ranked struct {
		DueStop
		missed int // intervals that began
		often  float64
		turn   uint32
	}
	class := m.finder()
	var list, fresh []ranked
	members := map[string]int{}
	for _, s := range stops {
		c := class(s.Stop)
		interval := c.Interval()
		if interval == 0 {
			continue
		}
		members[c.Name]++
		r := ranked{DueStop: DueStop{Stop: s.Stop, LastVisit: s.LastVisit, Due: monday, Minutes: c.Minutes}, often: c.VisitsYear, turn: turn(s.ID)}
		if !s.LastVisit.Valid() {
			r.missed = 1
			fresh = append(fresh, r)
			continue
		}
		r.Due = s.LastVisit.AddDays(interval)
		if r.Due >= monday.AddDays(7) {
			continue
		}
		r.OverdueDays = max(0, int(monday-r.Due))
		r.missed = (r.OverdueDays + interval - 1) / interval
		list = append(list, r)
	}
	slices.SortFunc(fresh, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.turn, b.turn), cmp.Compare(a.ID, b.ID))
	})
	taken := map[string]int{}
	for _, r := range fresh {
		c := class(r.Stop)
		if pace := int(math.Ceil(float64(members[c.Name]) * 7 / float64(c.Interval()))); taken[c.Name] < pace {
			taken[c.Name]++
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.missed, a.missed), cmp.Compare(b.often, a.often), cmp.Compare(b.Value, a.Value),
			cmp.Compare(b.OverdueDays, a.OverdueDays), cmp.Compare(a.Due, b.Due), cmp.Compare(a.turn, b.turn), cmp.Compare(a.ID, b.ID))
	})
	var out []DueStop
	var minutes float64
	for _, r := range list {
		if hours > 0 && minutes+r.Minutes > hours*60 {
			continue
		}
		minutes += r.Minutes
		out = append(out, r.DueStop)
	}
	return out
}

// turn is a stop's place in an order that has nothing to do with its name.
func turn(id string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // a hash takes everything
	return h.Sum32()
}
