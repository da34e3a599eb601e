package app_test

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/visits"
	"fieldbook/data"
)

// visitBook has Ann, who lives in Oslo and has accounts around it, and Bo, who
// has one. Today is Wednesday, 25 November 2026.
func visitBook(t *testing.T) (*app.App, map[string]data.ID) {
	t.Helper()
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	tick := func() time.Time { now = now.Add(time.Second); return now }
	a, err := app.Create(context.Background(), filepath.Join(t.TempDir(), "desk.book"),
		app.NewBook{Name: "Desk", Currency: "NOK", FiscalStart: time.January, Zone: "Europe/Oslo"}, app.Config{Now: tick, Device: "desk"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	ids := map[string]data.ID{}
	add := func(kind, name string, values data.Values) {
		t.Helper()
		values["name"] = name
		if ids[name], err = a.Records.Add(context.Background(), kind, values); err != nil {
			t.Fatal(err)
		}
	}
	add(data.KindPerson, "Ann Lee", data.Values{"home": "59.91, 10.75", "weekly_hours": 30.0, "status": data.StatusActive})
	add(data.KindPerson, "Bo Dahl", data.Values{"status": data.StatusActive})
	add(data.KindPerson, "Cy Gone", data.Values{"status": data.StatusLeft})
	for i, x := range []struct {
		name, class string
		lat, lon    float64
	}{
		{"Drammen Pumper", "A", 59.74, 10.20},
		{"Hamar Stål", "B", 60.79, 11.07},
		{"Gjøvik Tre", "", 60.79, 10.69},
		{"Moss Papir", "A", 59.43, 10.66},
		{"Lillestrøm Bygg", "B", 59.96, 11.05},
		{"Ukjent sted", "A", 0, 0},
		{"Kirkenes Gruver", "B", 69.73, 30.04},
	} {
		values := data.Values{"owner": ids["Ann Lee"], "visit_class": x.class, "city": strings.Fields(x.name)[0], "address": fmt.Sprintf("Storgata %d", i+1), "industry": []string{"Steel", "Wood"}[i%2], "potential": float64(100 - i)}
		if x.lat != 0 {
			values["latitude"], values["longitude"] = x.lat, x.lon
		}
		add(data.KindAccount, x.name, values)
	}
	add(data.KindAccount, "Bergen Fisk", data.Values{"owner": ids["Bo Dahl"], "latitude": 60.39, "longitude": 5.32, "visit_class": "A"})
	add(data.KindAccount, "Loose", data.Values{"latitude": 60.39, "longitude": 5.33, "visit_class": "A"})
	return a, ids
}

// told writes the days of a week: "Mon: Moss Papir 08:50, Drammen Pumper 10:30".
func told(w *app.VisitWeek) []string {
	var out []string
	for _, d := range w.Days {
		var stops []string
		for _, s := range d.Stops {
			stops = append(stops, s.Name+" "+s.Arrive.Format("15:04"))
		}
		out = append(out, d.Day.Weekday().String()[:3]+": "+strings.Join(stops, ", "))
	}
	return out
}

func week(t *testing.T, a *app.App, person data.ID, day data.Day) *app.VisitWeek {
	t.Helper()
	w, err := a.Visits.Week(context.Background(), person, day)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func visited(t *testing.T, a *app.App, account data.ID, kind string, day data.Day, done bool) data.ID {
	t.Helper()
	id, err := a.Records.Add(context.Background(), data.KindActivity, data.Values{"type": kind, "account": account, "day": day, "done": done, "subject": "Coffee"})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestWeekOfARep(t *testing.T) {
	a, ids := visitBook(t)
	day := func(d int) data.Day { return data.NewDay(2026, 11, d) }
	visited(t, a, ids["Drammen Pumper"], "visit", day(20), true)   // fresh
	visited(t, a, ids["Moss Papir"], "meeting", day(1), true)      // due on the 16th
	visited(t, a, ids["Moss Papir"], "call", day(24), true)        // no visit
	visited(t, a, ids["Lillestrøm Bygg"], "visit", day(20), false) // was planned and never done
	visited(t, a, ids["Hamar Stål"], "visit", day(30), false)      // stands in the diary already
	visited(t, a, ids["Bergen Fisk"], "visit", day(2), true)       // not hers
	w := week(t, a, ids["Ann Lee"], day(27).AddDays(5))            // the week after
	if w.Label() != "2026-W49" || w.Monday != day(30) || w.Capacity != 30 || w.Accounts != 7 || !w.Home.Placed {
		t.Errorf("week %s from %s: %g hours, %d accounts, home %v", w.Label(), w.Monday, w.Capacity, w.Accounts, w.Home)
	}
	want := []string{"Mon: Moss Papir 09:10, Drammen Pumper 11:06", "Tue: Lillestrøm Bygg 08:23, Gjøvik Tre 11:11"}
	if got := told(w); !slices.Equal(got, want) {
		t.Errorf("days %q", got)
	}
	first := w.Days[0]
	moss := first.Stops[0]
	if moss.LastVisit != day(1) || moss.Due != day(16) || moss.OverdueDays != 14 || moss.Minutes != 60 || moss.Class != "A" || moss.Address != "Storgata 4, Moss" || moss.Km < 60 || moss.Km > 80 ||
		math.Abs(moss.Km-moss.DriveMinutes) > 1e-6 || math.Abs(first.Km-moss.Km-first.Stops[1].Km-first.HomeKm) > 1e-6 || first.Start.Format("15:04 -0700") != "08:00 +0100" ||
		math.Abs(first.End.Sub(first.Start).Minutes()-first.DriveMinutes-first.VisitMinutes) > 1 {
		t.Errorf("Monday %+v", first)
	}
	if way := first.Way(w.Home); len(way) != 4 || way[0] != w.Home || way[3] != w.Home || way[1] != moss.Point {
		t.Errorf("way %v", way)
	}
	if len(w.Left) != 1 || w.Left[0].Name != "Ukjent sted" || w.Left[0].Why != visits.NoPlace || w.Left[0].LastVisit.Valid() || w.Left[0].Due != day(30) {
		t.Errorf("left over %+v", w.Left)
	}
	if len(w.Unplaced) != 1 || w.Unplaced[0].Name != "Ukjent sted" {
		t.Errorf("unplaced %+v", w.Unplaced)
	}
	if w := week(t, a, ids["Bo Dahl"], day(30)); len(w.Days) != 1 || w.Home.Placed || w.Days[0].HomeKm != 0 || w.Days[0].Stops[0].Arrive.Hour() != 8 || len(w.Days[0].Way(w.Home)) != 1 {
		t.Errorf("without a home %+v", w)
	}
	if _, err := a.Visits.Week(context.Background(), ids["Hamar Stål"], day(30)); data.KindOf(err) != data.NotFound {
		t.Errorf("no person: %v", err)
	}
}

// A town is good enough to drive to, a country is not.
func TestPlacesOfVisits(t *testing.T) {
	a, ids := visitBook(t)
	ctx := context.Background()
	put := func(name string, values data.Values) {
		t.Helper()
		kind := data.KindAccount
		if name == "Ann Lee" {
			kind = data.KindPerson
		}
		if err := a.Records.Set(ctx, kind, []data.ID{ids[name]}, values); err != nil {
			t.Fatal(err)
		}
	}
	put("Ann Lee", data.Values{"home": "Oslo, Norway"})
	put("Ukjent sted", data.Values{"city": "Oslo", "country": "Norway"})
	put("Gjøvik Tre", data.Values{"latitude": nil, "longitude": nil, "city": nil, "country": "Norway"})
	visited(t, a, ids["Drammen Pumper"], "visit", data.NewDay(2026, 11, 20), true)
	w := week(t, a, ids["Ann Lee"], data.NewDay(2026, 11, 30))
	if !w.Home.Placed || visits.Km(w.Home, visits.At(10.75, 59.91)) > 10 {
		t.Errorf("home %v", w.Home)
	}
	if len(w.Unplaced) != 1 || w.Unplaced[0].Name != "Gjøvik Tre" {
		t.Errorf("unplaced %+v", w.Unplaced)
	}
	found := false
	for _, d := range w.Days {
		for _, s := range d.Stops {
			if s.Name == "Ukjent sted" {
				found = s.Rough && visits.Km(s.Point, visits.At(10.75, 59.92)) < 10
			} else if s.Rough {
				t.Errorf("%s is known exactly", s.Name)
			}
		}
	}
	if !found {
		t.Errorf("Oslo is missing or elsewhere in %q", told(w))
	}
}

func TestWeeksHaveNames(t *testing.T) {
	for text, want := range map[string]data.Day{
		"2026-W48": data.NewDay(2026, 11, 23), "2026-11-29": data.NewDay(2026, 11, 23), "2026-W53": data.NewDay(2026, 12, 28),
		"2027-01-03": data.NewDay(2026, 12, 28), "2024-w01": data.NewDay(2024, 1, 1), " 2026-11-23 ": data.NewDay(2026, 11, 23),
	} {
		if got, err := app.ParseWeek(text); err != nil || got != want {
			t.Errorf("%s: %s, %v, not %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "2025-W53", "2026-W00", "2026-W54", "next", "2026-W4x", "2026"} {
		if got, err := app.ParseWeek(text); data.KindOf(err) != data.Invalid {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
}

func TestModelIsSharedAndUndone(t *testing.T) {
	a, _ := visitBook(t)
	ctx := context.Background()
	m := visits.Default()
	m.SpeedKmh = 45
	if err := a.Visits.SetModel(ctx, m); err != nil {
		t.Fatal(err)
	}
	if got, err := a.Visits.Model(); err != nil || got.SpeedKmh != 45 {
		t.Errorf("%+v, %v", got, err)
	}
	m.SpeedKmh = 0
	if err := a.Visits.SetModel(ctx, m); data.KindOf(err) != data.Invalid {
		t.Errorf("a speed of nothing: %v", err)
	}
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if got, err := a.Visits.Model(); err != nil || got.SpeedKmh != 60 {
		t.Errorf("after undo %+v, %v", got, err)
	}
}

func planned(t *testing.T, a *app.App) []string {
	t.Helper()
	rows, err := a.Records.List(context.Background(), data.Query{Kind: data.KindActivity, Sort: []data.Sort{{Field: "day"}, {Field: "note"}}})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		out = append(out, fmt.Sprintf("%s %s %s %d %s %t", r.Day("day"), r.Text("type"), r.Text("subject"), r.Int("minutes"), r.Text("note"), r.Bool("done")))
	}
	return out
}

// A week is entered once: again it moves along, what is done stays, and each time
// it is one step.
func TestWeekIsEnteredOnce(t *testing.T) {
	a, ids := visitBook(t)
	ctx := context.Background()
	monday := data.NewDay(2026, 11, 30)
	enter := func() app.Entered {
		t.Helper()
		got, err := a.Visits.Enter(ctx, week(t, a, ids["Ann Lee"], monday))
		if err != nil {
			t.Fatal(err)
		}
		got.Txn = data.NoID
		return got
	}
	first := enter()
	stood := planned(t, a)
	if first.New == 0 || first.New != len(stood) || !strings.HasPrefix(stood[0], "2026-11-30 visit Visit ") || !strings.Contains(stood[0], ", stop 1 of ") {
		t.Fatalf("%+v: %q", first, stood)
	}
	if again := enter(); again != (app.Entered{Kept: first.New}) || !slices.Equal(planned(t, a), stood) {
		t.Errorf("again %+v: %q", again, planned(t, a))
	}
	if w := week(t, a, ids["Ann Lee"], monday); w.Entered != first.New || w.Stops() != first.New {
		t.Errorf("%d of %d entered", w.Entered, w.Stops())
	}
	if next := week(t, a, ids["Ann Lee"], monday.AddDays(7)); next.Entered != 0 || slices.ContainsFunc(next.Days, func(d app.VisitDay) bool {
		return slices.ContainsFunc(d.Stops, func(s app.VisitStop) bool { return s.LastVisit.Valid() && s.Due < s.LastVisit })
	}) {
		t.Errorf("the week after heeds no plan: %q", told(next))
	}

	// One is done, one written to, one account goes to a colleague.
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindActivity, Sort: []data.Sort{{Field: "day"}, {Field: "note"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []struct {
		kind   string
		id     data.ID
		values data.Values
	}{
		{data.KindActivity, rows[0].ID, data.Values{"done": true}},
		{data.KindActivity, rows[1].ID, data.Values{"note": "Ask for Kim"}},
		{data.KindAccount, rows[2].Ref("account"), data.Values{"owner": ids["Bo Dahl"]}},
	} {
		if err := a.Records.Set(ctx, set.kind, []data.ID{set.id}, set.values); err != nil {
			t.Fatal(err)
		}
	}
	enter()
	after := planned(t, a)
	if !slices.ContainsFunc(after, func(s string) bool { return strings.HasSuffix(s, "true") }) || !slices.ContainsFunc(after, func(s string) bool { return strings.Contains(s, "Ask for Kim") }) ||
		slices.ContainsFunc(after, func(s string) bool { return strings.Contains(s, rows[2].Text("subject")) }) {
		t.Errorf("after changes %q", after)
	}
	log, err := a.Journal.Log(ctx, 1)
	if err != nil || log[0].What != "Plan the visits of Ann Lee in 2026-W49" {
		t.Errorf("log %+v, %v", log, err)
	}
	for range 5 { // this entering, three changes, the first entering
		if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
			t.Fatal(err)
		}
	}
	if left := planned(t, a); len(left) != 0 {
		t.Errorf("after undo %q", left)
	}
	if revived := enter(); revived.New != first.New || !slices.Equal(planned(t, a), stood) {
		t.Errorf("entered anew %+v: %q", revived, planned(t, a))
	}
}

func TestWorkloads(t *testing.T) {
	a, ids := visitBook(t)
	got, err := a.Visits.Workloads(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(got.People) != 2 || got.People[0].Name != "Ann Lee" || got.People[1].ID != ids["Bo Dahl"] || got.Capacity != 70 {
		t.Fatalf("people %+v, %g hours", got.People, got.Capacity)
	}
	ann := got.People[0]
	// Three A, three B and one without a class, which is C.
	if ann.Accounts != 7 || ann.Unplaced != 1 || ann.Visits != 3*24+3*12+4 || ann.VisitHoursYear != 3*24+3*9+2 || !ann.HasHome || ann.Capacity != 30 || math.Abs(ann.Heads-ann.HoursWeek/30) > 1e-9 || ann.DriveHoursYear <= 0 {
		t.Errorf("Ann %+v", ann)
	}
	if got.Nobody.Accounts != 1 || got.Nobody.Visits != 24 || got.Nobody.DriveHoursYear <= 0 || got.Total.Accounts != 9 {
		t.Errorf("nobody %+v, total %+v", got.Nobody, got.Total)
	}
	sum := func(list []visits.Segment) (hours, share float64, keys []string) {
		for _, s := range list {
			hours, share, keys = hours+s.HoursWeek, share+s.Share, append(keys, s.Key)
		}
		slices.Sort(keys)
		return hours, share, keys
	}
	for _, list := range [][]visits.Segment{got.ByClass, got.ByIndustry} {
		if hours, share, _ := sum(list); math.Abs(hours-got.Total.HoursWeek) > 1e-6 || math.Abs(share-1) > 1e-9 {
			t.Errorf("%g hours, %g of them, not %g", hours, share, got.Total.HoursWeek)
		}
	}
	if _, _, keys := sum(got.ByClass); !slices.Equal(keys, []string{"A", "B", "C"}) {
		t.Errorf("classes %q", keys)
	}
	if _, _, keys := sum(got.ByIndustry); !slices.Equal(keys, []string{"", "Steel", "Wood"}) {
		t.Errorf("industries %q", keys)
	}
}
