package home_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/home"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

var now = time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)

func book(t *testing.T) *app.App {
	t.Helper()
	return kittest.NewBook(t, func() time.Time { return now })
}

func sample(t *testing.T) *app.App {
	t.Helper()
	a := book(t)
	kittest.Sample(t, a, 800)
	return a
}

func desk(t *testing.T, a *app.App, size fyne.Size) *kittest.Desk {
	t.Helper()
	return kittest.NewDesk(t, a, size, func(h *kit.Host) kit.Screen { return home.New(h) })
}

var window = fyne.NewSize(1128, 728)

// people are the sellers of a book by name.
func people(t *testing.T, a *app.App) []data.Row {
	t.Helper()
	rows, err := a.Records.List(context.Background(), data.Query{
		Kind: data.KindPerson, Where: []data.Filter{{Field: "role", Test: data.Is, Values: []data.Value{data.RoleRep}}}, Sort: []data.Sort{{Field: "name"}},
	})
	if err != nil || len(rows) == 0 {
		t.Fatal(rows, err)
	}
	return rows
}

func TestMavenPicture(t *testing.T) {
	kittest.App(t, false)
	a := book(t)
	kittest.Maven(t, a)
	d := desk(t, a, window)
	v := d.Host.View()
	v.Period, v.AsOf = a.Book().Calendar.Quarter(2017, 4), data.NewDay(2017, 11, 17)
	d.Host.SetView(v)
	d.Picture(t, "home-maven", window)
	if !kittest.Shows(d.Screen.Content(), "Won by person") {
		t.Error(kittest.Texts(d.Screen.Content()))
	}
	v.Scope = data.Scope{Person: people(t, a)[0].ID}
	d.Host.SetView(v)
	d.Picture(t, "home-maven-person", window)
}

func TestSamplePictures(t *testing.T) {
	for _, dark := range []bool{false, true} {
		kittest.App(t, dark)
		a := sample(t)
		d := desk(t, a, window)
		name := map[bool]string{false: "light", true: "dark"}[dark]
		d.Picture(t, "home-sample-"+name, window)
		d.Picture(t, "home-sample-large-"+name, fyne.NewSize(1768, 1008))
		v := d.Host.View()
		v.Scope = data.Scope{Person: people(t, a)[0].ID}
		d.Host.SetView(v)
		d.Picture(t, "home-person-"+name, window)
	}
}

// A window of 1000 leaves a screen 847 beside the rail and its line.
func TestFitsASmallWindow(t *testing.T) {
	const room = 847
	kittest.App(t, false)
	a := sample(t)
	d := desk(t, a, window)
	if w := d.Screen.Content().MinSize().Width; w > room {
		t.Errorf("the team's page wants %v", w)
	}
	v := d.Host.View()
	v.Scope = data.Scope{Person: people(t, a)[0].ID}
	d.Host.SetView(v)
	if w := d.Screen.Content().MinSize().Width; w > room {
		t.Errorf("a person's page wants %v", w)
	}
}

func TestEmptyBook(t *testing.T) {
	kittest.App(t, false)
	d := desk(t, book(t), window)
	d.Picture(t, "home-empty", window)
	if !d.Press("Import") {
		t.Fatal(kittest.Texts(d.Screen.Content()))
	}
	if len(d.Went) != 1 || d.Went[0].Screen != "import" {
		t.Errorf("went %+v", d.Went)
	}
}

// TestAllTimeAndEdges shows views that have no end, no quota or no deal.
func TestAllTimeAndEdges(t *testing.T) {
	kittest.App(t, false)
	a := sample(t)
	d := desk(t, a, window)
	cal := a.Book().Calendar
	for _, period := range []data.Period{data.AllTime, cal.Year(2025), cal.Month(2019, time.May), cal.Quarter(2027, 1)} {
		for _, scope := range []data.Scope{data.Everyone, {Person: people(t, a)[0].ID}, {Person: people(t, a)[0].ID, Team: true}} {
			v := d.Host.View()
			v.Period, v.Scope = period, scope
			d.Host.SetView(v)
			if texts := kittest.Texts(d.Screen.Content()); len(texts) < 10 {
				t.Errorf("%v %v: %v", period, scope, texts)
			}
		}
	}
	d.Picture(t, "home-future", window)
}

// TestJourney ticks deals, follows figures, and sees an edit and its undo arrive.
func TestJourney(t *testing.T) {
	kittest.App(t, false)
	a := sample(t)
	d := desk(t, a, window)
	if !d.Tap("Average won deal") || len(d.Went) != 1 || len(d.Went[0].Keys) == 0 {
		t.Fatalf("went %+v, failed %v", d.Went, d.Failed)
	}
	won := len(d.Went[0].Keys)
	ctx := context.Background()
	rows, err := a.Records.Rows(ctx, data.KindDeal, d.Went[0].Keys[:1])
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Records.Remove(ctx, data.KindDeal, []data.ID{rows[0].ID}); err != nil {
		t.Fatal(err)
	}
	d.Do("Show deals won in the period")
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	d.Do("Show deals won in the period")
	if got := []int{len(d.Went[1].Keys), len(d.Went[2].Keys)}; got[0] != won-1 || got[1] != won {
		t.Errorf("%v deals after a removal and its undo, of %d", got, won)
	}
}

// TestPlanWritesNothing ticks every deal that is due and finds the book as it was.
func TestPlanWritesNothing(t *testing.T) {
	kittest.App(t, false)
	a := sample(t)
	d := desk(t, a, window)
	v := d.Host.View()
	v.Scope = data.Scope{Person: people(t, a)[0].ID}
	d.Host.SetView(v)
	before, err := a.Journal.Log(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	table, ok := kittest.Find[*kit.Table](d.Screen.Content())
	if !ok || table.Len() == 0 {
		t.Fatal("no deal to tick")
	}
	table.SelectAll()
	if texts := kittest.Texts(d.Screen.Content()); !slices.ContainsFunc(texts, func(s string) bool { return strings.HasPrefix(s, "ticked ") }) {
		t.Error(texts)
	}
	after, err := a.Journal.Log(context.Background(), 0)
	if err != nil || len(after) != len(before) {
		t.Error(len(before), len(after), err)
	}
	d.Picture(t, "home-person-ticked", window)
}

// TestPersonSeesHisQuartersBefore: attainment of quarters that are over, and what
// he said of them; a quarter leads to the deals won in it.
func TestPersonSeesHisQuartersBefore(t *testing.T) {
	a := sample(t)
	ctx := context.Background()
	who := people(t, a)[0]
	last := a.Book().Calendar.Before(a.Book().Calendar.QuarterOf(a.Today()))
	if _, err := a.Records.Add(ctx, data.KindForecastCall, data.Values{"person": who.ID, "period": last.Name, "day": last.From.AddDays(30), "amount": int64(123_000_00), "currency": "USD"}); err != nil {
		t.Fatal(err)
	}
	d := desk(t, a, window)
	v := d.Host.View()
	v.Scope = data.Scope{Person: who.ID}
	d.Host.SetView(v)
	for _, want := range []string{"Quarters before", kit.PeriodText(last), "said $123K"} {
		if !kittest.Shows(d.Root(), want) {
			t.Errorf("no %q in %q", want, kittest.Texts(d.Root()))
		}
	}
	if !d.Tap(kit.PeriodText(last)) {
		t.Errorf("it is not to be seen")
	}
}
