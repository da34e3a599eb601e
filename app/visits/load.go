package visits

import (
	"cmp"
	"math"
	"slices"
)

// Cost is what one account asks for in a year.
type Cost struct {
	Visits float64
	Visit  float64 // hours with the customer
	Drive  float64 // hours on the road
	Far    bool    // there and back is longer than a day: a visit counts as one whole day
}

// Hours is all of it.
func (c Cost) Hours() float64 { return c.Visit + c.Drive }

// Load is what all accounts of a person ask for.
type Load struct {
	Accounts       int
	Visits         float64 // a year
	VisitHoursYear float64
	DriveHoursYear float64
	HoursWeek      float64 // of the weeks with visits
	Unplaced       int     // accounts whose place is not known: their drive is taken for that of the others
	Far            int     // accounts that are farther than a day's drive: each visit counts as a whole day
}

const (
	// hopOfCurve is how long the hops of rounds are to those of one tour of all along
	// the curve. Such a tour is a quarter longer than the best (Platzman and Bartholdi
	// 1989, Journal of the ACM 36, 719–737), and its long hops fall between rounds
	// (0.57 for the 0.7124 of a tour in Daganzo 1984); 0.56 is fitted to planned rounds.
	hopOfCurve = 0.56
	// unfilled is the part of a visit that fits no more at the end of a day; fitted, too.
	unfilled = 0.25
	// faint is the chance below which two stops are no more taken for neighbours.
	faint = 1e-3
)

// Costs estimates what each account asks for, in the order of the stops. Home is
// where rounds begin and end; without one, in the middle of the stops.
//
// Visits are chained in rounds of a day. With one-way drive τ from home, visits
// of t and hops of ℓ from one stop to the next, a day of H hours holds
// k = (H − 2τ + ℓ) / (t + ℓ) visits, at least one; each bears 1/k of the drive
// from home and back and, since a round of k has k − 1 hops, (1 − 1/k)·ℓ. (The
// shape of the continuous approximation of vehicle routes: Daganzo 1984,
// Transportation Science 18, 331–350; (n − m)/n of the hops for m rounds:
// Figliozzi 2008, Transportation Research Record 2089, 1–8.) Where not even one
// visit fits into a day, it counts as a day: whoever sells there flies or stays
// the night, of which roads say nothing.
//
// ℓ is the mean hop of a tour through those who are visited in the same week: each
// with the chance of its visits a year over the weeks of the year. Its expected
// length is that of one tour of all, along a Hilbert curve, in which who is not
// due is passed over (Jaillet 1988, Operations Research 36, 929–936). So it heeds
// how accounts lie in towns, where a formula with the area would count what is
// empty between them.
//
// Against the rounds that Week plans over a year, for accounts spread evenly and in
// towns, around home and far from it, the drive is within 20 % of theirs, within
// 6 % on average.
func (m Model) Costs(home Point, stops []Stop) []Cost {
	out := make([]Cost, len(stops))
	if !home.Placed {
		home = middle(stops)
	}
	class := m.finder()
	hop := m.hop(home, stops, class)
	base := home.vector()
	var visits, drive float64 // of those whose place is known
	for i, s := range stops {
		c := class(s)
		v, t := c.VisitsYear, c.Minutes/60
		out[i] = Cost{Visits: v, Visit: v * t}
		if s.Placed {
			way := m.Drive(km(base, s.vector())*m.Circuity) / 60
			share := 1.0
			if out[i].Far = 2*way+t > m.DayHours; out[i].Far {
				way = max(0, m.DayHours-t) / 2
			}
			if k := (m.DayHours-2*way+hop)/(t+hop) - unfilled; k > 1 {
				share = 1 / k
			}
			out[i].Drive = v * (2*way*share + hop*(1-share))
			visits += v
			drive += out[i].Drive
		}
	}
	if visits > 0 {
		for i, s := range stops {
			if !s.Placed {
				out[i].Drive = out[i].Visits * drive / visits
			}
		}
	}
	return out
}

// hop is the expected drive in hours from one stop to the next in a week.
func (m Model) hop(home Point, stops []Stop, class func(Stop) Class) float64 {
	type mark struct {
		at     vector
		place  uint64
		chance float64
	}
	tour := make([]mark, 0, len(stops))
	var expected float64
	for _, s := range stops {
		if p := math.Min(1, class(s).VisitsYear/m.WeeksYear); s.Placed && p > 0 {
			tour = append(tour, mark{s.vector(), along(home, s.Point), p})
			expected += p
		}
	}
	if len(tour) < 2 {
		return 0
	}
	slices.SortFunc(tour, func(a, b mark) int { return cmp.Compare(a.place, b.place) })
	var length float64
	for i, a := range tour {
		left := a.chance // that it is due and none behind it up to now
		for step := 1; step < len(tour) && left > faint*a.chance; step++ {
			b := tour[(i+step)%len(tour)]
			length += left * b.chance * km(a.at, b.at)
			left *= 1 - b.chance
		}
	}
	return m.Drive(length/expected*m.Circuity) / 60 * hopOfCurve
}

// Workload sums what a person's accounts ask for.
func (m Model) Workload(home Point, stops []Stop) Load {
	return m.Sum(stops, m.Costs(home, stops))
}

// Sum adds up what accounts ask for, as Costs gives it.
func (m Model) Sum(stops []Stop, costs []Cost) Load {
	l := Load{Accounts: len(stops)}
	for i, c := range costs {
		l.Visits += c.Visits
		l.VisitHoursYear += c.Visit
		l.DriveHoursYear += c.Drive
		if !stops[i].Placed {
			l.Unplaced++
		}
		if c.Far {
			l.Far++
		}
	}
	l.HoursWeek = (l.VisitHoursYear + l.DriveHoursYear) / m.WeeksYear
	return l
}

// Heads is how many people of so many hours a week a load asks for; 0 where they
// have none.
func Heads(l Load, capacity float64) float64 {
	if capacity <= 0 {
		return 0
	}
	return l.HoursWeek / capacity
}

// Segment is what accounts that have something in common ask for.
type Segment struct {
	Key string
	Load
	Share float64 // of all hours, 0 to 1
}

// Allocate divides a load by any key of the accounts, the largest first. The
// parts add up to the whole.
func (m Model) Allocate(stops []Stop, costs []Cost, key func(i int) string) []Segment {
	var list []string
	parts := map[string][]int{}
	for i := range stops {
		k := key(i)
		if parts[k] == nil {
			list = append(list, k)
		}
		parts[k] = append(parts[k], i)
	}
	out := make([]Segment, 0, len(list))
	whole := m.Sum(stops, costs).HoursWeek
	for _, k := range list {
		some, theirs := make([]Stop, 0, len(parts[k])), make([]Cost, 0, len(parts[k]))
		for _, i := range parts[k] {
			some, theirs = append(some, stops[i]), append(theirs, costs[i])
		}
		s := Segment{Key: k, Load: m.Sum(some, theirs)}
		if whole > 0 {
			s.Share = s.HoursWeek / whole
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Segment) int {
		return cmp.Or(cmp.Compare(b.HoursWeek, a.HoursWeek), cmp.Compare(a.Key, b.Key))
	})
	return out
}
