package forecast_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/views/forecast"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

var config = app.Config{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }, Device: "desk"}

// bench is the screen over a book of two people, one of them the other's manager.
type bench struct {
	*kittest.Desk
	t      *testing.T
	path   string
	app    *app.App
	period data.Period
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) add(kind string, v data.Values) data.ID {
	b.t.Helper()
	id, err := b.app.Records.Add(context.Background(), kind, v)
	b.must(err)
	return id
}

func newBench(t *testing.T, dark bool) *bench {
	t.Helper()
	kittest.App(t, dark)
	b := &bench{t: t, path: filepath.Join(t.TempDir(), "desk.book")}
	a, err := app.Create(context.Background(), b.path, app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config)
	b.must(err)
	b.app = a
	t.Cleanup(func() { b.must(b.app.Close()) })
	b.period = a.Book().Calendar.QuarterOf(a.Today())
	boss := b.add(data.KindPerson, data.Values{"name": "Mia Stone", "role": data.RoleManager})
	stages, err := a.Records.List(context.Background(), data.Query{Kind: data.KindStage})
	b.must(err)
	stage := map[string]data.ID{}
	for _, s := range stages {
		stage[s.Title()] = s.ID
	}
	for i, name := range []string{"Ann Ek", "Bo Lund"} {
		rep := b.add(data.KindPerson, data.Values{"name": name, "role": data.RoleRep, "manager": boss})
		for month := range 3 {
			b.add(data.KindQuota, data.Values{"person": rep, "month": b.period.From.AddMonths(month), "amount": int64(20_000_00), "currency": "USD"})
		}
		for n := range 3 {
			v := data.Values{
				"name": name + "’s deal", "owner": rep, "stage": stage["Proposal"], "amount": int64(10_000_00 * (n + 1 + i)), "currency": "USD",
				"created_day": b.period.From.AddDays(3), "close_day": b.period.From.AddDays(70 + n),
			}
			if n == 0 {
				v["stage"], v["close_day"] = stage["Won"], b.period.From.AddDays(20)
			}
			b.add(data.KindDeal, v)
		}
	}
	b.show()
	return b
}

func (b *bench) show() {
	b.Desk = kittest.NewDesk(b.t, b.app, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return forecast.New(h) })
}

func (b *bench) sees(texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		if !kittest.Shows(b.Root(), text) {
			b.t.Errorf("no %q among %q", text, kittest.Texts(b.Root()))
		}
	}
}

// fill types into the n-th field of the form.
func (b *bench) fill(n int, text string) {
	b.t.Helper()
	fields := kittest.FindAll[interface {
		fyne.Focusable
		fyne.Shortcutable
	}](b.Root())
	if n >= len(fields) {
		b.t.Fatalf("the form has %d fields", len(fields))
	}
	b.Window.Canvas().Focus(fields[n])
	b.Shortcut(&fyne.ShortcutSelectAll{})
	b.Type(text)
}

// TestForecastOfAWeek walks a manager through it: looks at the roll-up, takes a
// rep's forecast for less, submits, closes the book, finds both again, undoes.
func TestForecastOfAWeek(t *testing.T) {
	b := newBench(t, false)
	b.sees("Mia Stone’s team", "Ann Ek", "Bo Lund", "rolls up 2 people", "30,000", "Forecast by category", "On the way")
	if !b.Tap("Ann Ek") || !b.Do("Adjust the forecast of Ann Ek") {
		t.Fatal("a rep's forecast cannot be adjusted")
	}
	b.fill(0, "-2500")
	b.fill(1, "one slips")
	b.Press("Save")
	b.sees("–2,500", "one slips")
	if !b.Tap("Mia Stone’s team") || !b.Do("Submit for Mia Stone") {
		t.Fatal("a forecast cannot be submitted")
	}
	b.fill(0, "61000")
	b.Press("Submit")
	b.sees("61,000")
	if len(b.Failed) > 0 {
		t.Fatal(b.Failed)
	}
	b.must(b.app.Close())
	a, err := app.Open(context.Background(), b.path, config)
	b.must(err)
	b.app = a
	b.show()
	b.sees("–2,500", "one slips", "61,000")
	if !b.Tap("Mia Stone’s team") || !b.Do("What Mia Stone said before") {
		t.Fatal("what was said cannot be looked at")
	}
	b.sees("61,000")
	b.Press("Close")
	for range 2 {
		_, err := b.app.Journal.Undo(context.Background(), data.NoID)
		b.must(err)
	}
	if kittest.Shows(b.Root(), "one slips") || kittest.Shows(b.Root(), "61,000") {
		t.Errorf("undo left %q", kittest.Texts(b.Root()))
	}
}

// TestChartsTurnAndGoElsewhere: the changes turn into a flow since another day, the
// course stands beside last year's, and both go into a report and onto a dashboard.
func TestChartsTurnAndGoElsewhere(t *testing.T) {
	b := newBench(t, false)
	chart := func(title string) (report.Spec, bool) {
		for _, v := range kittest.FindAll[*kit.ChartView](b.Screen.Content()) {
			if v.Shown() != nil && v.Shown().Describe().Title == title {
				return v.Shown(), true
			}
		}
		return nil, false
	}
	if _, ok := chart("What changed in the open value"); !ok || !b.Do("Show what became of open deals") {
		t.Fatal(kittest.Texts(b.Root()))
	}
	if flow, ok := chart("What became of open deals"); !ok || flow.Describe().Period != "May 13, 2026 – May 20, 2026" {
		t.Fatalf("%+v", flow)
	}
	b.RightClick(fyne.NewPos(900, 600))
	at, _ := kittest.At(b.Root(), "Since")
	b.Move(at)
	if !b.Tap("A day…") {
		t.Fatal(kittest.Texts(b.Root()))
	}
	b.fill(0, "2026-04-02")
	b.Press("Show")
	if flow, _ := chart("What became of open deals"); flow == nil || flow.Describe().Period != "Apr 2, 2026 – May 20, 2026" {
		t.Errorf("since another day: %+v", flow)
	}
	b.RightClick(fyne.NewPos(300, 600))
	at, _ = kittest.At(b.Root(), "Compare with")
	b.Move(at)
	if !b.Tap("Last year") {
		t.Fatal(kittest.Texts(b.Root()))
	}
	course, _ := chart("On the way")
	if lines, ok := course.(report.Lines); !ok || !slices.ContainsFunc(lines.Series, func(l report.Line) bool { return l.Style == report.Past }) {
		t.Errorf("compared with last year: %+v", course)
	}
	for _, to := range []string{"Add to a report", "Add to a dashboard"} {
		b.RightClick(fyne.NewPos(300, 600))
		if !b.Tap(to) || !b.Press("Add") || len(b.Failed) > 0 {
			t.Fatal(to, kittest.Texts(b.Root()), b.Failed)
		}
	}
	saved, err := b.app.Reports.Saved(t.Context())
	b.must(err)
	want := app.PaneAsk{Name: app.PaneCourse, Against: app.AgainstYear}
	if len(saved) != 1 || saved[0].Name != "My charts" || len(saved[0].Options.Charts) != 1 || saved[0].Options.Charts[0].PaneAsk != want {
		t.Errorf("reports %+v", saved)
	}
	pages, err := b.app.Dashboards.List(t.Context())
	b.must(err)
	if cards := pages[0].Layout.Cards; cards[len(cards)-1].PaneAsk != want {
		t.Errorf("dashboard %+v", cards)
	}
}

// TestFoldedTeam: folded, a team is one line.
func TestFoldedTeam(t *testing.T) {
	b := newBench(t, false)
	if !b.Tap("Mia Stone’s team") {
		t.Fatal("no team")
	}
	b.Key(fyne.KeyLeft)
	if kittest.Shows(b.Root(), "Ann Ek") {
		t.Error("a folded team shows its people")
	}
	b.sees("Mia Stone’s team", "Together")
}

var goldenSize = fyne.NewSize(1128, 728)

func TestGolden(t *testing.T) {
	for _, dark := range []bool{false, true} {
		name := map[bool]string{false: "forecast-light", true: "forecast-dark"}[dark]
		t.Run(name, func(t *testing.T) {
			b := newBench(t, dark)
			kittest.Golden(t, name, b.Screen.Content(), goldenSize)
		})
	}
}
