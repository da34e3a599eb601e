package visits

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data"
)

// layout is a way in which accounts may lie around a home at 50° N.
type layout struct {
	name     string
	accounts int
	span     float64 // km from side to side
	towns    int     // 0 spreads them evenly
	home     float64 // km from the middle
	classes  string
}

func (l layout) stops(seed uint64) (Point, []Stop) {
	rng := rand.New(rand.NewPCG(seed, 1))
	const lat, lon = 50.0, 10.0
	at := func(x, y float64) Point {
		return At(lon+x/(111.2*math.Cos(lat*math.Pi/180)), lat+y/111.2)
	}
	var towns [][2]float64
	for range l.towns {
		towns = append(towns, [2]float64{(rng.Float64() - 0.5) * l.span, (rng.Float64() - 0.5) * l.span})
	}
	var out []Stop
	for i := range l.accounts {
		x, y := (rng.Float64()-0.5)*l.span, (rng.Float64()-0.5)*l.span
		if l.towns > 0 {
			t := towns[rng.IntN(len(towns))]
			x, y = t[0]+rng.NormFloat64()*4, t[1]+rng.NormFloat64()*4
		}
		out = append(out, Stop{ID: fmt.Sprint(i), Class: string(l.classes[rng.IntN(len(l.classes))]), Point: at(x, y)})
	}
	return at(l.home, 0), out
}

// drive plans a year week by week, as a person would, and gives the hours on the
// road for a visit.
func drive(m Model, home Point, stops []Stop, seed uint64) (perVisit, left float64) {
	m.DaysWeek = 60 // as many rounds as it takes: several people, if need be
	rng := rand.New(rand.NewPCG(seed, 2))
	monday := data.NewDay(2026, 1, 5)
	known := make([]Known, len(stops))
	place := map[string]int{}
	for i, s := range stops {
		known[i] = Known{s, monday.AddDays(-1 - rng.IntN(max(1, m.Class(s.Class).Interval())))}
		place[s.ID] = i
	}
	var visits, minutes, over float64
	for week := range 52 {
		plan := m.Week(home, m.Due(known, monday.AddDays(7*week), 0), monday.AddDays(7*week), 0)
		for _, r := range plan.Rounds {
			minutes += r.DriveMinutes
			for _, s := range r.Stops {
				visits++
				known[place[s.ID]].LastVisit = monday.AddDays(7*week + 2)
			}
		}
		over += float64(len(plan.Left))
	}
	return minutes / 60 / visits, over / (over + visits)
}

// The constants were fitted with the first two seeds; the others are new to them.
func TestEstimateIsNearTheRoundsOfAYear(t *testing.T) {
	m := Default()
	m.WeeksYear = 52
	var sum float64
	n := 0
	for _, l := range []layout{
		{"even, home in the middle", 100, 200, 0, 0, "AABBBCCC"},
		{"even, home at the side", 100, 150, 0, 60, "AABBBCCC"},
		{"towns", 120, 200, 6, 0, "AABBBCCC"},
		{"towns, many small accounts", 300, 200, 10, 20, "BCCCCC"},
		{"one city", 100, 20, 0, 0, "AABBC"},
		{"one city, home far away", 60, 20, 0, 90, "AABBC"},
		{"wide country", 60, 210, 0, 0, "ABBCC"},
		{"few towns, home far away", 80, 100, 3, 80, "ABC"},
		{"small area", 50, 60, 0, 10, "ABC"},
	} {
		for seed := range uint64(8) {
			home, stops := l.stops(seed)
			want, left := drive(m, home, stops, seed)
			load := m.Workload(home, stops)
			off := load.DriveHoursYear/load.Visits/want - 1
			if math.Abs(off) > 0.20 || left > 0.01 {
				t.Errorf("%s: %.3f h on the road for a visit, estimated %+.0f %% (%.0f %% left over)", l.name, want, 100*off, 100*left)
			}
			sum += math.Abs(off)
			n++
		}
	}
	if mean := sum / float64(n); mean > 0.06 {
		t.Errorf("off by %.1f %% on average", 100*mean)
	}
}

func TestHoursOfAFewAccounts(t *testing.T) {
	m := Default()
	home := At(10, 50)
	far := At(10, 50+60/1.3/111.19) // an hour by road
	for _, c := range []struct {
		name  string
		stops []Stop
		want  Load
	}{
		{"none", nil, Load{}},
		// 24 visits of an hour; a day of 8 holds 6 of them and a quarter is lost: 2 h of road for 5.75.
		{"one, far", []Stop{{Class: "a", Point: far}}, Load{Accounts: 1, Visits: 24, VisitHoursYear: 24, DriveHoursYear: 24 * 2 / 5.75}},
		{"at home", []Stop{{Class: "B", Point: home}}, Load{Accounts: 1, Visits: 12, VisitHoursYear: 9}},
		{"no class is C", []Stop{{Point: home}, {Class: "key", Point: home}}, Load{Accounts: 2, Visits: 8, VisitHoursYear: 4}},
		{"minutes of its own", []Stop{{Class: "Class C", Point: home, Minutes: 90}}, Load{Accounts: 1, Visits: 4, VisitHoursYear: 6}},
		{"farther than a day", []Stop{{Class: "A", Point: At(30, 50)}}, Load{Accounts: 1, Visits: 24, VisitHoursYear: 24, DriveHoursYear: 24 * 7, Far: 1}},
		{"no place", []Stop{{Class: "A", Point: far}, {Class: "A"}}, Load{Accounts: 2, Visits: 48, VisitHoursYear: 48, DriveHoursYear: 48 * 2 / 5.75, Unplaced: 1}},
	} {
		got := m.Workload(home, c.stops)
		c.want.HoursWeek = (c.want.VisitHoursYear + c.want.DriveHoursYear) / 46
		if got.Accounts != c.want.Accounts || got.Unplaced != c.want.Unplaced || got.Far != c.want.Far || math.Abs(got.Visits-c.want.Visits) > 1e-9 ||
			math.Abs(got.DriveHoursYear-c.want.DriveHoursYear) > 0.01 || math.Abs(got.VisitHoursYear-c.want.VisitHoursYear) > 1e-9 || math.Abs(got.HoursWeek-c.want.HoursWeek) > 0.001 {
			t.Errorf("%s: %+v, not %+v", c.name, got, c.want)
		}
	}
	m.Other = ""
	if got := m.Workload(home, []Stop{{Class: "key", Point: far}}); got.Visits != 0 || got.HoursWeek != 0 {
		t.Errorf("a class that is not visited: %+v", got)
	}
	if got := Heads(Load{HoursWeek: 60}, m.Capacity(0)); got != 1.5 {
		t.Errorf("%g heads", got)
	}
}

func someStops(t *rapid.T, label string) []Stop {
	point := rapid.Custom(func(t *rapid.T) Stop {
		return Stop{
			ID:    rapid.StringMatching("[a-z]{6}").Draw(t, "id"),
			Class: rapid.SampledFrom([]string{"A", "B", "C", ""}).Draw(t, "class"),
			Point: Point{rapid.Float64Range(9, 11).Draw(t, "lon"), rapid.Float64Range(49, 51).Draw(t, "lat"), rapid.IntRange(0, 9).Draw(t, "placed") > 0},
		}
	})
	return rapid.SliceOfNDistinct(point, 0, 14, func(s Stop) string { return s.ID }).Draw(t, label)
}

func placed(stops []Stop) []Stop {
	return slices.DeleteFunc(stops, func(s Stop) bool { return !s.Placed })
}

// Longer visits, slower or longer roads and one more account whose place is known
// never make a year shorter.
func TestMoreToDoIsNeverFewerHours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, home := Default(), At(10, 50)
		stops, more := placed(someStops(t, "stops")), placed(someStops(t, "more"))
		hours := func(m Model, stops []Stop) float64 {
			l := m.Workload(home, stops)
			return l.VisitHoursYear + l.DriveHoursYear + 1e-9
		}
		before := hours(m, stops)
		slow, winding, long := m, m, m
		slow.SpeedKmh, winding.Circuity = 40, 1.6
		long.Classes = []Class{{"A", 24, 70}, {"B", 12, 50}, {"C", 4, 40}}
		for name, other := range map[string]Model{"slower": slow, "winding": winding, "longer visits": long} {
			if after := hours(other, stops); after < before-1e-6 {
				t.Errorf("%s: %g, not %g", name, after, before)
			}
		}
		for n := range more {
			if after := hours(m, append(stops[:len(stops):len(stops)], more[:n+1]...)); after < before-1e-6 {
				t.Errorf("%d accounts more: %g, not %g", n+1, after, before)
			} else {
				before = after
			}
		}
	})
}

func TestSegmentsAddUpToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Default()
		stops := someStops(t, "stops")
		costs := m.Costs(At(10, 50), stops)
		whole := m.Sum(stops, costs)
		var sum Load
		var share float64
		for _, s := range m.Allocate(stops, costs, func(i int) string { return stops[i].Class }) {
			sum.Accounts += s.Accounts
			sum.Unplaced += s.Unplaced
			sum.HoursWeek += s.HoursWeek
			share += s.Share
		}
		if sum.Accounts != whole.Accounts || sum.Unplaced != whole.Unplaced || math.Abs(sum.HoursWeek-whole.HoursWeek) > 1e-6 || whole.HoursWeek > 0 && math.Abs(share-1) > 1e-9 {
			t.Errorf("%+v with shares of %g, not %+v", sum, share, whole)
		}
	})
}

func BenchmarkWorkloadOfFourHundredPeople(b *testing.B) {
	m := Default()
	var homes []Point
	var people [][]Stop
	for i := range uint64(400) {
		home, stops := layout{"", 150, 200, 8, 10, "ABBCCC"}.stops(i)
		homes, people = append(homes, home), append(people, stops)
	}
	for b.Loop() {
		for i := range people {
			m.Workload(homes[i], people[i])
		}
	}
}
