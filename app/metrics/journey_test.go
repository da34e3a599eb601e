package metrics_test

import (
	"slices"
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// travelled is a book of five deals with histories: one won through all
// stages, one won that skipped Talk, one lost in Talk, one that stands in Offer
// after it fell back to Lead, and one without history in Lead.
func travelled() *metrics.Facts {
	f := small()
	move := func(day string, stage int32) metrics.Move { return metrics.Move{Day: on(day), Stage: stage} }
	f.Upsert(1, closedDeal(won, "2024-01-01", "2024-02-10", 10_00), move("2024-01-01", lead), move("2024-01-11", talk), move("2024-01-31", offer), move("2024-02-10", won))
	f.Upsert(2, closedDeal(won, "2024-01-01", "2024-02-10", 20_00), move("2024-01-01", lead), move("2024-01-21", offer), move("2024-02-10", won))
	f.Upsert(3, closedDeal(lost, "2024-01-01", "2024-01-31", 0), move("2024-01-01", lead), move("2024-01-31", talk), move("2024-01-31", lost))
	f.Upsert(4, openDeal(lead, "2024-01-01", "2024-12-31", 40_00), move("2024-01-01", lead), move("2024-01-31", offer), move("2024-05-01", lead))
	f.Upsert(5, openDeal(lead, "2024-05-01", "2024-12-31", 30_00))
	return f
}

func TestFunnel(t *testing.T) {
	v := view(t, travelled(), metrics.Query{AsOf: on("2024-05-15")})
	j := v.Journey(data.AllTime, metrics.CreatedIn)
	funnel := j.Funnels[0]
	if funnel.Deals != 5 || funnel.Won != 2 || funnel.Lost != 1 {
		t.Errorf("%+v", funnel)
	}
	for i, want := range []metrics.Step{
		{Reached: 5, Advanced: 4, LostHere: 0, StillHere: 1},
		{Reached: 4, Advanced: 3, LostHere: 1},
		{Reached: 3, Advanced: 2, StillHere: 1},
	} {
		s := funnel.Steps[i]
		if s.Reached != want.Reached || s.Advanced != want.Advanced || s.LostHere != want.LostHere || s.StillHere != want.StillHere {
			t.Errorf("%s: %+v", s.Name, s)
		}
		for measure, n := range map[metrics.Measure]int{metrics.Reached: s.Reached, metrics.Advanced: s.Advanced, metrics.LostHere: s.LostHere, metrics.StillHere: s.StillHere} {
			if keys := j.DealsBehind(s.Stage, measure); len(keys) != n {
				t.Errorf("%s, measure %d: %v behind %d", s.Name, measure, keys, n)
			}
		}
	}
	ratio(t, "conversion from Talk", funnel.Steps[1].Conversion, 0.75)
	if closed := v.Journey(data.Calendar{Start: 1}.Month(2024, 2), metrics.ClosedIn).Funnels[0]; closed.Deals != 2 || closed.Steps[0].Reached != 2 {
		t.Errorf("closed in February: %+v", closed)
	}
}

func TestTimeInStage(t *testing.T) {
	steps := view(t, travelled(), metrics.Query{AsOf: on("2024-05-15")}).Journey(data.AllTime, metrics.CreatedIn).Funnels[0].Steps
	// Lead: 10, 20, 30 and 30 days; Talk: 20 and 0; Offer: 10, 20 and 91.
	for i, want := range []metrics.Spread{{Median: 25, P75: 30, N: 4}, {Median: 10, P75: 15, N: 2}, {Median: 20, P75: 55.5, N: 3}} {
		if steps[i].Days != want {
			t.Errorf("%s: %+v, want %+v", steps[i].Name, steps[i].Days, want)
		}
	}
}

func TestStalled(t *testing.T) {
	f := travelled()
	stalled := func() *metrics.Stalls { return view(t, f, metrics.Query{AsOf: on("2024-05-15")}).Stalls() }
	days := func(s *metrics.Stalls, key data.Key) int {
		place, _ := f.Place(key)
		return s.Days(place)
	}
	s := stalled() // both have been in Lead for 14 days, its setting is 10
	if !slices.Equal(s.Keys, []data.Key{4, 5}) || days(s, 4) != 14 || days(s, 1) != 0 || s.Days(-1) != 0 || s.Days(99) != 0 {
		t.Errorf("%+v", s)
	}
	planned := openDeal(lead, "2024-05-01", "2024-12-31", 30_00)
	planned.Flags |= metrics.Planned
	f.Upsert(5, planned)
	if s = stalled(); !slices.Equal(s.Keys, []data.Key{4}) || days(s, 5) != 0 {
		t.Errorf("with an activity planned: %+v", s)
	}
	snoozed := openDeal(lead, "2024-05-01", "2024-12-31", 30_00)
	snoozed.Snoozed = on("2024-05-16")
	f.Upsert(5, snoozed)
	if s = stalled(); !slices.Equal(s.Keys, []data.Key{4}) {
		t.Errorf("snoozed: %+v", s)
	}
	snoozed.Snoozed = on("2024-05-15")
	f.Upsert(5, snoozed)
	if s = stalled(); !slices.Equal(s.Keys, []data.Key{4, 5}) {
		t.Errorf("awake again: %+v", s)
	}
	for i := range 20 { // enough that advanced after 30 days to replace the setting
		f.Upsert(data.Key(100+i), closedDeal(won, "2024-01-01", "2024-02-10", 1), metrics.Move{Day: on("2024-01-01"), Stage: lead}, metrics.Move{Day: on("2024-01-31"), Stage: talk})
	}
	if s = stalled(); len(s.Keys) != 0 || s.After[lead] != 30 {
		t.Errorf("within the usual time: %+v", s)
	}
}

// TestJourneyOfImports: without history, created and engaged days tell two stages.
func TestJourneyOfImports(t *testing.T) {
	d := closedDeal(lost, "2024-01-11", "2024-02-10", 0)
	d.Created, d.Entered = on("2024-01-01"), on("2024-06-01")
	moved := openDeal(offer, "2024-01-01", "2024-12-31", 10_00)
	moved.Engaged, moved.Entered = on("2024-01-11"), on("2024-05-01")
	f := fill(small(), d, moved)
	f.Stages[offer].ExpectedDays = 30
	v := view(t, f, metrics.Query{AsOf: on("2024-06-15")})
	steps := v.Journey(data.AllTime, metrics.CreatedIn).Funnels[0].Steps
	if steps[0].Days != (metrics.Spread{Median: 10, P75: 10, N: 2}) || steps[1].Days.N != 2 || steps[1].LostHere != 1 || steps[2].StillHere != 1 {
		t.Errorf("%+v", steps)
	}
	if s := v.Stalls(); !slices.Equal(s.Keys, []data.Key{2}) || s.Days(1) != 45 {
		t.Errorf("in a stage that its dates do not explain since the day it entered: %+v", s)
	}
}

func TestCohortRate(t *testing.T) {
	f := travelled()
	month := f.Calendar.Month(2024, 1)
	old := view(t, f, metrics.Query{AsOf: on("2024-05-15")}).CohortRate(month)
	ratio(t, "won of all created", old.Ratio, 0.5)
	if old.N != 4 || old.Young {
		t.Errorf("%+v", old)
	}
	if young := view(t, f, metrics.Query{AsOf: on("2024-02-15")}).CohortRate(month); !young.Young {
		t.Errorf("15 days old, won deals take 40: %+v", young)
	}
}

func TestOpenByStage(t *testing.T) {
	f := fill(small(), openDeal(offer, "2024-01-01", "2024-06-30", 100_00), openDeal(lead, "2024-01-01", "2024-06-30", 200_00))
	f.Stages[lead].Probability = 0
	shape := view(t, f, metrics.Query{AsOf: on("2024-05-15")}).OpenByStage(data.AllTime)
	if len(shape) != 3 || shape[0].Count != 1 || shape[0].Value.Minor != 200_00 || shape[2].Count != 1 {
		t.Errorf("%+v", shape)
	}
	if got := shape[0].Weighted.Minor + shape[1].Weighted.Minor + shape[2].Weighted.Minor; got != 99_00 {
		t.Errorf("100 at 99 %% and 200 at 0 %% weigh %d", got)
	}
}

func TestCategories(t *testing.T) {
	f := fill(small(), closedDeal(won, "2024-01-10", "2024-04-02", 1_00), closedDeal(lost, "2024-01-10", "2024-04-02", 0))
	f.Stages[offer].Category = metrics.Commit
	for i, category := range []metrics.Category{metrics.FromStage, metrics.Omitted, metrics.BestCase, metrics.Pipelined, metrics.Closed} {
		d := openDeal(offer, "2024-01-01", "2024-06-30", 10_00<<i)
		d.Category = category
		fill(f, d)
	}
	fill(f, openDeal(lead, "2024-01-01", "2024-06-30", 5_00), openDeal(lead, "2024-01-01", "2024-08-30", 7_77))
	nobodys := openDeal(lead, "2024-01-01", "2024-06-30", 3_00)
	nobodys.Owner = metrics.None
	fill(f, nobodys)
	by := view(t, f, metrics.Query{AsOf: on("2024-05-15")}).CategoriesByOwner(f.Calendar.Quarter(2024, 2))
	if c := by[metrics.None]; len(by) != 2 || c.Pipeline.Minor != 3_00 || c.Closed.Minor != 0 {
		t.Errorf("%+v", by)
	}
	c := by[0]
	if c.Closed.Minor != 1_00 || c.Commit.Minor != 10_00 || c.Omitted.Minor != 20_00 || c.BestCase.Minor != 40_00 || c.Pipeline.Minor != 80_00+160_00+5_00 {
		t.Errorf("%+v", c)
	}
	commit, best, pipeline := c.Cumulative()
	if commit.Minor != 11_00 || best.Minor != 51_00 || pipeline.Minor != 296_00 {
		t.Errorf("%v %v %v", commit, best, pipeline)
	}
}

func TestAllWalksThroughTheView(t *testing.T) {
	seen := map[data.Key]int64{}
	for d := range view(t, travelled(), metrics.Query{AsOf: on("2024-05-15")}).All() {
		seen[d.Key] = d.Value.Minor
		if d.Valued != (d.Value.Minor > 0) || (d.Type == metrics.Open) != (d.Stage == lead) {
			t.Errorf("%+v", d)
		}
	}
	if len(seen) != 5 || seen[3] != 100_00 {
		t.Errorf("%v", seen)
	}
}
