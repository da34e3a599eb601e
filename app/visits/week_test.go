package visits

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data"
)

var monday = data.NewDay(2026, 11, 23)

func TestWhoIsDueInAWeek(t *testing.T) {
	m := Default()
	known := func(id, class string, daysAgo int, value float64) Known {
		k := Known{Stop: Stop{ID: id, Class: class, Value: value}, LastVisit: data.NoDay}
		if daysAgo > 0 {
			k.LastVisit = monday.AddDays(-daysAgo)
		}
		return k
	}
	stops := []Known{
		known("just", "A", 9, 0),         // 15 days between visits: due on Sunday
		known("not yet", "A", 8, 0),      // due on the Monday after
		known("late", "B", 40, 5),        // 30 days between: 10 days late
		known("later", "B", 50, 5),       // 20 days late
		known("dear", "B", 31, 90),       // a day late, worth more
		known("missed", "C", 200, 0),     // a second one has begun
		known("new", "C", 0, 10),         // one of three C: one a week
		known("other new", "C", 0, 5),    // next week
		known("unlisted new", "?", 0, 1), // counts as C
	}
	var got []string
	for _, d := range m.Due(stops, monday, 0) {
		got = append(got, fmt.Sprintf("%s %s +%d", d.ID, d.Due, d.OverdueDays))
	}
	want := []string{"missed 2026-08-06 +109", "dear 2026-11-22 +1", "later 2026-11-03 +20", "late 2026-11-13 +10", "new 2026-11-23 +0", "just 2026-11-29 +0"}
	if !slices.Equal(got, want) {
		t.Errorf("due\n%q, not\n%q", got, want)
	}
	if got := m.Due(stops, monday, 2.4); len(got) != 3 || got[2].ID != "later" {
		t.Errorf("in 2.4 hours %v", got)
	}
}

// Without a visit ever made, each has its turn within one interval, and no week
// has many more than another.
func TestNewAccountsAreSpread(t *testing.T) {
	m := Default()
	var stops []Known
	for i := range 130 {
		stops = append(stops, Known{Stop: Stop{ID: fmt.Sprint(i), Class: "C"}, LastVisit: data.NoDay})
	}
	for week := range 13 {
		day := monday.AddDays(7 * week)
		due := m.Due(stops, day, 0)
		if len(due) > 10 {
			t.Fatalf("%d in week %d", len(due), week)
		}
		for _, d := range due {
			i := slices.IndexFunc(stops, func(k Known) bool { return k.ID == d.ID })
			stops[i].LastVisit = day
		}
	}
	for _, k := range stops {
		if !k.LastVisit.Valid() {
			t.Errorf("%s had no turn", k.ID)
		}
	}
}

func someDue(t *rapid.T, most int) []DueStop {
	stop := rapid.Custom(func(t *rapid.T) DueStop {
		return DueStop{
			Stop: Stop{
				ID:    rapid.StringMatching("[a-z]{6}").Draw(t, "id"),
				Point: Point{rapid.Float64Range(8, 12).Draw(t, "lon"), rapid.Float64Range(49, 51).Draw(t, "lat"), rapid.IntRange(0, 9).Draw(t, "placed") > 0},
			},
			Minutes: float64(rapid.IntRange(0, 9).Draw(t, "quarters") * 15),
		}
	})
	return rapid.SliceOfNDistinct(stop, 0, most, func(s DueStop) string { return s.ID }).Draw(t, "due")
}

// Each stop is in one round or left over with a true reason; no day is longer than
// a day, the week not longer than its hours; the sums are those of the legs.
func TestAWeekKeepsItsLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Default()
		m.DaysWeek = rapid.IntRange(1, 6).Draw(t, "days")
		hours := float64(rapid.IntRange(1, 50).Draw(t, "hours"))
		home := Point{10, 50, rapid.Bool().Draw(t, "home")}
		due := someDue(t, 30)
		plan := m.Week(home, due, monday, hours)
		if !reflect.DeepEqual(plan, m.Week(home, due, monday, hours)) {
			t.Error("not the same twice")
		}
		seen := map[string]int{}
		var sum float64
		for i, r := range plan.Rounds {
			if r.Day != monday.AddDays(i) || len(r.Stops) == 0 || len(r.Legs) != len(r.Stops)+1 {
				t.Errorf("round %d: %+v", i, r)
			}
			if sum += r.Hours(); r.Hours() > m.DayHours+1e-6 {
				t.Errorf("%s takes %g hours", r.Day, r.Hours())
			}
			checkRound(t, m, home, r)
			for _, s := range r.Stops {
				seen[s.ID]++
			}
		}
		if sum > hours+1e-6 || len(plan.Rounds) > m.DaysWeek {
			t.Errorf("%g hours on %d days", sum, len(plan.Rounds))
		}
		for _, l := range plan.Left {
			seen[l.ID]++
			switch alone := 2*m.Drive(m.Road(home, l.Point)) + l.Minutes; {
			case (l.Why == NoPlace) == l.Placed, (l.Why == TooFar) != (l.Placed && alone > 60*m.DayHours):
				t.Errorf("%+v is no reason", l)
			}
		}
		for _, d := range due {
			if seen[d.ID] != 1 {
				t.Errorf("%s is there %d times", d.ID, seen[d.ID])
			}
		}
	})
}

func checkRound(t *rapid.T, m Model, home Point, r Round) {
	t.Helper()
	var km, drive, visit, far float64
	clock, at := r.Start, home
	for i, s := range r.Stops {
		leg := m.Road(at, s.Point)
		if math.Abs(r.Legs[i].Km-leg) > 1e-6 || math.Abs(s.Arrive-clock-m.Drive(leg)) > 1e-6 || math.Abs(s.Leave-s.Arrive-s.Minutes) > 1e-6 {
			t.Errorf("%s: leg %d of %g km: %+v %+v", r.Day, i, leg, r.Legs[i], s)
		}
		clock, at = s.Leave, s.Point
		far = math.Max(far, 2*m.Road(home, s.Point))
	}
	for _, l := range r.Legs {
		km, drive = km+l.Km, drive+l.Minutes
	}
	for _, s := range r.Stops {
		visit += s.Minutes
	}
	if math.Abs(km-r.Km) > 1e-6 || math.Abs(drive-r.DriveMinutes) > 1e-6 || math.Abs(visit-r.VisitMinutes) > 1e-6 || math.Abs(r.End-r.Start-drive-visit) > 1e-6 || km < far-1e-6 {
		t.Errorf("sums %g km, %g and %g minutes, at least %g km: %+v", km, drive, visit, far, r)
	}
}

// What comes first is not left over for what comes later.
func TestTheFirstComeFirst(t *testing.T) {
	m := Default()
	var due []DueStop
	for i := range 12 {
		due = append(due, DueStop{Stop: Stop{ID: fmt.Sprintf("%02d", i), Point: At(10.1, 50+float64(i%3)/100)}, Minutes: 60})
	}
	plan := m.Week(At(10, 50), due, monday, 8)
	var in []string
	for _, s := range plan.Rounds[0].Stops {
		in = append(in, s.ID)
	}
	slices.Sort(in)
	want := []string{"00", "01", "02", "03", "04", "05", "06"}
	if len(plan.Rounds) != 1 || !slices.Equal(in, want) || len(plan.Left) != 5 || plan.Left[0].ID != "07" || plan.Left[0].Why != NoTime {
		t.Errorf("%d rounds with %v, left %+v", len(plan.Rounds), in, plan.Left)
	}
}

// Thousands of due stops are planned in a moment.
func BenchmarkWeekOfThousands(b *testing.B) {
	home, stops := layout{"", 3000, 150, 8, 10, "ABBCCC"}.stops(1)
	var known []Known
	for _, s := range stops {
		known = append(known, Known{s, monday.AddDays(-400)})
	}
	m := Default()
	due := m.Due(known, monday, 0)
	for b.Loop() {
		if plan := m.Week(home, due, monday, 0); len(plan.Rounds) != 5 || len(plan.Left) < 2900 {
			b.Fatalf("%d rounds, %d left", len(plan.Rounds), len(plan.Left))
		}
	}
}

func shortest(b minutesBetween, stops []int) float64 {
	best := math.Inf(1)
	var try func(k int)
	try = func(k int) {
		if k == len(stops) {
			best = math.Min(best, b.length(stops))
			return
		}
		for i := k; i < len(stops); i++ {
			stops[k], stops[i] = stops[i], stops[k]
			try(k + 1)
			stops[k], stops[i] = stops[i], stops[k]
		}
	}
	try(0)
	return best
}

func TestRoundsAreTheShortest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Default()
		due := someDue(t, 7)
		b := m.drives(Point{10, 50, rapid.Bool().Draw(t, "home")}, due)
		var stops []int
		for i := range due {
			stops = append(stops, i+1)
		}
		got := b.length(b.order(stops))
		if want := shortest(b, slices.Clone(stops)); math.Abs(got-want) > 1e-6 {
			t.Errorf("%g minutes, not %g", got, want)
		}
		rough := slices.Clone(stops)
		if len(rough) > 0 {
			rough = b.improve(b.nearest(rough))
			if r := b.length(rough); r < got-1e-6 || r > 1.3*got+1e-6 {
				t.Errorf("improved to %g minutes where %g is shortest", r, got)
			}
		}
	})
}

func TestLongRounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		due := someDue(t, 30)
		b := Default().drives(At(10, 50), due)
		var stops []int
		for i := range due {
			stops = append(stops, i+1)
		}
		round := b.order(stops)
		if b.length(round) > b.length(stops)+1e-6 && len(stops) <= exactMost || b.length(round) > b.length(b.nearest(stops))+1e-6 {
			t.Errorf("%g minutes", b.length(round))
		}
		slices.Sort(round)
		if !slices.Equal(round, stops) {
			t.Errorf("%v of %v", round, stops)
		}
	})
}
