package metrics_test

import (
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

func TestWatchedNamesAreThoseOfTheBook(t *testing.T) {
	if len(data.WatchedMetrics) != int(metrics.Watches) {
		t.Fatalf("%d names for %d figures", len(data.WatchedMetrics), metrics.Watches)
	}
	for i, name := range data.WatchedMetrics {
		if w, ok := metrics.WatchNamed(name); !ok || w != metrics.Watch(i) || w.String() != name {
			t.Errorf("%s is %d", name, w)
		}
	}
	if _, ok := metrics.WatchNamed("charm"); ok {
		t.Error("charm is no figure")
	}
}

// busy is a book of two sellers and their manager Cat, worked out by hand.
func busy() *metrics.Facts {
	f := year() // Ann: won 100, 200 and 600, lost one, two open from April on
	f.Quotas = []metrics.Quota{{Person: ann, Territory: metrics.None, Month: on("2024-04-01"), Amount: 2000_00}}
	moved := openDeal(offer, "2024-04-02", "2024-08-01", 70_00)
	moved.Owner = bob
	f.Upsert(100, moved,
		metrics.Move{Day: on("2024-04-02"), Stage: lead}, metrics.Move{Day: on("2024-04-20"), Stage: talk},
		metrics.Move{Day: on("2024-04-25"), Stage: lead}, metrics.Move{Day: on("2024-05-02"), Stage: offer})
	gone := closedDeal(lost, "2024-01-02", "2024-04-12", 30_00)
	gone.Owner = bob
	f.Upsert(101, gone, metrics.Move{Day: on("2024-01-02"), Stage: lead}, metrics.Move{Day: on("2024-02-03"), Stage: talk}, metrics.Move{Day: on("2024-04-12"), Stage: lost})
	return f
}

func doings() metrics.Doings {
	quarter := data.Calendar{Start: 1}.Quarter(2024, 2)
	first := data.Calendar{Start: 1}.Quarter(2024, 1)
	return metrics.Doings{
		Acts: []metrics.Act{
			{Day: on("2024-04-01"), Person: ann, Type: metrics.ActCall},
			{Day: on("2024-04-30"), Person: ann, Type: metrics.ActVisit},
			{Day: on("2024-05-01"), Person: ann, Type: metrics.ActMeeting},
			{Day: on("2024-06-03"), Person: bob, Type: metrics.ActOther},
			{Day: on("2024-03-31"), Person: ann, Type: metrics.ActCall},
			{Day: on("2024-05-03"), Person: metrics.None, Type: metrics.ActCall},
			{Day: on("2024-06-30"), Person: bob, Type: metrics.ActCall}, // after the day looked from
		},
		Steps: []metrics.StepSet{{Deal: 100, Day: on("2024-04-02")}, {Deal: 100, Day: on("2024-04-10")}, {Deal: 100, Day: on("2024-05-10")}, {Deal: 999, Day: on("2024-05-10")}},
		Calls: []metrics.Called{
			{Person: ann, Period: first, Day: on("2024-01-10"), Minor: 900_00},
			{Person: ann, Period: first, Day: on("2024-02-10"), Minor: 400_00},
			{Person: ann, Period: first, Day: on("2024-03-20"), Minor: 300_00},   // after the middle
			{Person: cat, Period: first, Day: on("2024-02-01"), Minor: 200_00},   // for her team
			{Person: ann, Period: quarter, Day: on("2024-04-10"), Minor: 900_00}, // not over yet
		},
	}
}

func TestWatched(t *testing.T) {
	v := view(t, busy(), metrics.Query{AsOf: on("2024-06-29")})
	april := data.Calendar{Start: 1}.Month(2024, 4)
	quarter, first := data.Calendar{Start: 1}.Quarter(2024, 2), data.Calendar{Start: 1}.Quarter(2024, 1)
	const absent = -1.0
	for _, c := range []struct {
		in     data.Period
		person int
		which  metrics.Watch
		want   float64
		n      int
	}{
		{quarter, ann, metrics.WatchAttainment, 0.3, 1},
		{quarter, bob, metrics.WatchAttainment, absent, 0},
		{quarter, ann, metrics.WatchWonValue, 600_00, 1},
		{quarter, ann, metrics.WatchWonDeals, 1, 1},
		{quarter, ann, metrics.WatchWinRate, 1, 1},
		{quarter, bob, metrics.WatchWinRate, 0, 1},
		{first, ann, metrics.WatchWinRate, 2.0 / 3, 3},
		{first, ann, metrics.WatchDealSize, 150_00, 2},
		{first, ann, metrics.WatchCycle, 40, 2},
		{april, bob, metrics.WatchCycle, absent, 0},
		{quarter, ann, metrics.WatchNewDeals, 2, 2},
		{quarter, ann, metrics.WatchNewPipeline, 450_00, 2},
		{quarter, bob, metrics.WatchNewPipeline, 70_00, 1},
		{first, bob, metrics.WatchNewPipeline, 30_00, 1},
		{quarter, bob, metrics.WatchMoves, 2, 2}, // to Talk and to Offer; neither back nor to Lost
		{april, bob, metrics.WatchMoves, 1, 1},
		{first, bob, metrics.WatchMoves, 1, 1},
		{first, ann, metrics.WatchMoves, 2, 2}, // two won without a history
		{april, ann, metrics.WatchActivities, 2, 2},
		{april, ann, metrics.WatchCalls, 1, 1},
		{quarter, ann, metrics.WatchMeetings, 1, 1},
		{quarter, ann, metrics.WatchVisits, 1, 1},
		{quarter, bob, metrics.WatchActivities, 1, 1},
		{quarter, dan, metrics.WatchActivities, 0, 0},
		{quarter, bob, metrics.WatchSteps, 2, 2}, // what it brought along on its first day was no step set
		{first, ann, metrics.WatchForecastCall, 1.0 / 3, 1},
		{first, cat, metrics.WatchForecastCall, 1.0 / 3, 1},
		{quarter, ann, metrics.WatchForecastCall, absent, 0},
	} {
		all, err := v.Watched(c.in, doings())
		if err != nil {
			t.Fatal(err)
		}
		r := all[c.person][c.which]
		got, ok := r.Value()
		if !ok {
			got = absent
		}
		if got != c.want && (got-c.want)*(got-c.want) > 1e-18 || r.N != c.n {
			t.Errorf("%s of %d in %s: %v, n %d; want %v, n %d", c.which, c.person, c.in.Name, got, r.N, c.want, c.n)
		}
	}
}

func TestWatchedOfATeamIsASumOfSums(t *testing.T) {
	v := view(t, busy(), metrics.Query{AsOf: on("2024-06-29")})
	all, err := v.Watched(data.Calendar{Start: 1}.Quarter(2024, 2), doings())
	if err != nil {
		t.Fatal(err)
	}
	team := metrics.NewWatched()
	for i := range all {
		team = team.Plus(&all[i])
	}
	ratio(t, "win rate", team[metrics.WatchWinRate], 0.5)
	ratio(t, "activities", team[metrics.WatchActivities], 4)
	ratio(t, "attainment", team[metrics.WatchAttainment], 0.3)
	ratio(t, "new pipeline", team[metrics.WatchNewPipeline], 520_00)
}

// BenchmarkWatched is every watched figure of 400 people in two periods, with
// 1,000,000 deals and 500,000 activities.
func BenchmarkWatched(b *testing.B) {
	f := million()
	d := metrics.Doings{Acts: make([]metrics.Act, 500_000)}
	for i := range d.Acts {
		d.Acts[i] = metrics.Act{Day: on("2024-01-01") + data.Day(i/1370), Person: int32(i % reps), Type: metrics.ActType(i % 4)}
	}
	v := view(b, f, metrics.Query{AsOf: on("2024-12-31")})
	b.ResetTimer()
	for i := range b.N {
		// Every round looks at other days, since a view remembers its tables.
		for _, from := range []data.Day{on("2024-09-01") + data.Day(i), on("2024-10-01") + data.Day(i)} {
			if _, err := v.Watched(data.Period{Name: "span", From: from, To: from + 30}, d); err != nil {
				b.Fatal(err)
			}
		}
	}
}
