package quotas

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

var (
	config   = app.Config{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }, Device: "desk"}
	thisYear = data.Calendar{Start: time.January}.Year(2026)
)

// bench is the screen over a book of a made-up company.
type bench struct {
	*kittest.Desk
	t    *testing.T
	path string
	app  *app.App
	ids  map[string]data.ID
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newBench has two regions, three managers and seven people.
func newBench(t *testing.T, dark bool) *bench {
	t.Helper()
	kittest.App(t, dark)
	b := &bench{t: t, path: filepath.Join(t.TempDir(), "desk.book"), ids: map[string]data.ID{}}
	a, err := app.Create(context.Background(), b.path, app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config)
	must(t, err)
	b.app = a
	t.Cleanup(func() { must(t, b.app.Close()) })
	for _, region := range []string{"North", "South"} {
		b.add(data.KindTerritory, region, data.Values{})
	}
	for _, p := range []struct{ name, boss, owns, role string }{
		{"Ada Lindqvist", "", "", data.RoleManager},
		{"Carla Mendes", "", "", data.RoleManager},
		{"Ines Duarte", "", "", data.RoleManager},
		{"Ben Okafor", "Ada Lindqvist", "North", data.RoleRep},
		{"Dan Petrov", "Ada Lindqvist", "North", data.RoleRep},
		{"Eva Novak", "Ada Lindqvist", "North", data.RoleRep},
		{"Finn Berg", "Carla Mendes", "North", data.RoleRep},
		{"Gita Rao", "Ines Duarte", "South", data.RoleRep},
		{"Hugo Lopez", "Ines Duarte", "South", data.RoleRep},
	} {
		values := data.Values{"role": p.role}
		if p.boss != "" {
			values["manager"] = b.ids[p.boss]
		}
		id := b.add(data.KindPerson, p.name, values)
		if p.owns != "" {
			b.add(data.KindAssignment, p.name+" at "+p.owns, data.Values{"person": id, "territory": b.ids[p.owns], "role": data.AssignOwner})
		}
	}
	return b
}

func (b *bench) add(kind, name string, values data.Values) data.ID {
	b.t.Helper()
	if kind != data.KindAssignment {
		values["name"] = name
	}
	id, err := b.app.Records.Add(context.Background(), kind, values)
	must(b.t, err)
	b.ids[name] = id
	return id
}

// planned gives everybody and both regions a quota for each month from March on.
func (b *bench) planned() {
	b.t.Helper()
	var cells []app.QuotaCell
	for i, name := range []string{"Ben Okafor", "Dan Petrov", "Eva Novak", "Finn Berg", "Gita Rao", "Hugo Lopez"} {
		for m := 3; m <= 12; m++ {
			cells = append(cells, app.QuotaCell{Person: b.ids[name], Month: data.NewDay(2026, time.Month(m), 1), Amount: int64(18+7*((i*5)%6)+m%3*4) * 1000_00})
		}
	}
	for m := 3; m <= 12; m++ {
		cells = append(cells, app.QuotaCell{Territory: b.ids["North"], Month: data.NewDay(2026, time.Month(m), 1), Amount: int64(150+m%3*8) * 1000_00},
			app.QuotaCell{Territory: b.ids["South"], Month: data.NewDay(2026, time.Month(m), 1), Amount: int64(80+m%2*12) * 1000_00})
	}
	must(b.t, b.app.Quotas.Spread(context.Background(), cells))
}

const (
	screenWide = 1128 // what the shell leaves of 1280 × 800
	screenHigh = 728
)

func (b *bench) show() *Screen {
	b.t.Helper()
	b.Desk = kittest.NewDesk(b.t, b.app, fyne.NewSize(screenWide, screenHigh), func(h *kit.Host) kit.Screen { return New(h) })
	return b.Screen.(*Screen)
}

// line is a person's quotas for the first months of the year, in whole units.
func (b *bench) line(name string, months int) []int64 {
	b.t.Helper()
	g, err := b.app.Quotas.Grid(context.Background(), thisYear, data.Everyone)
	must(b.t, err)
	for _, l := range slices.Concat(g.People, g.Territories) {
		if l.Name == name {
			out := make([]int64, months)
			for m := range out {
				out[m] = l.Months[m].Minor / 100
			}
			return out
		}
	}
	b.t.Fatalf("%s has no line", name)
	return nil
}

func (b *bench) holds(name string, want ...int64) {
	b.t.Helper()
	if got := b.line(name, len(want)); !slices.Equal(got, want) {
		b.t.Fatalf("%s has %v, want %v; failed %v, said %q", name, got, want, b.Failed, b.Said)
	}
}

// cell is where a cell of a line is drawn, by the name of the line and the
// title of the column.
func (b *bench) cell(name, column string) fyne.Position {
	b.t.Helper()
	row, ok1 := kittest.At(b.Root(), name)
	col, ok2 := kittest.At(b.Root(), column)
	if !ok1 || !ok2 {
		b.t.Fatalf("no cell %s of %s among %q", column, name, kittest.Texts(b.Root()))
	}
	return fyne.NewPos(col.X, row.Y)
}

func (b *bench) keys(names ...fyne.KeyName) {
	for _, k := range names {
		b.Key(k)
	}
}

func TestAPlanIsTypedPastedSpreadAndKept(t *testing.T) {
	b := newBench(t, false)
	s := b.show()
	if !kittest.Shows(b.Root(), "No quotas for 2026 yet") || kittest.Shows(b.Root(), "Copy last year") {
		t.Fatalf("an empty year shows %q", kittest.Texts(b.Root()))
	}
	if !b.Press("Type the first number") {
		t.Fatal("no way to begin")
	}
	b.Type("300")
	b.keys(fyne.KeyReturn)
	b.holds("Ben Okafor", 300)
	b.Type("1234567") // on the next row, although the figure makes the columns wider
	b.keys(fyne.KeyReturn)
	b.Type("12")
	b.keys(fyne.KeyReturn)
	b.holds("Dan Petrov", 1234567)
	b.holds("Eva Novak", 12)
	for range 2 {
		_, err := b.app.Journal.Undo(context.Background(), data.NoID)
		must(t, err)
	}

	b.Click(b.cell("Dan Petrov", "Q1"))
	b.Type("1000")
	b.keys(fyne.KeyReturn)
	b.holds("Dan Petrov", 334, 333, 333, 0)

	b.Click(b.cell("Eva Novak", "Feb"))
	fyne.CurrentApp().Clipboard().SetContent("1,200\t$1,300.00\n2k\t2500\n")
	b.Shortcut(&fyne.ShortcutPaste{})
	b.holds("Eva Novak", 0, 1200, 1300, 0)
	b.holds("Finn Berg", 0, 2000, 2500) // the next row is that of Carla Mendes, whose quotas are her people's

	b.Click(b.cell("Dan Petrov", "Jan"))
	b.Drag(b.cell("Dan Petrov", "Jan"), b.cell("Eva Novak", "Mar"))
	if s.picked.count() != 6 || !kittest.Shows(b.Root(), "2 people × Jan – Mar") || !kittest.Shows(b.Root(), "3,500") {
		t.Fatalf("selected %+v: %q", s.picked, kittest.Texts(b.Root()))
	}
	s.askTotal()
	b.Type("7000")
	if !kittest.Shows(b.Root(), "Spread 7,000") || !kittest.Shows(b.Root(), "Adds 3,500 to Ada Lindqvist's team") {
		t.Fatalf("the tool does not say what it does: %q", kittest.Texts(b.Root()))
	}
	b.Press("Spread 7,000")
	b.holds("Dan Petrov", 668, 666, 666, 0)
	b.holds("Eva Novak", 0, 2400, 2600, 0)

	_, err := b.app.Journal.Undo(context.Background(), data.NoID)
	must(t, err)
	b.holds("Eva Novak", 0, 1200, 1300, 0)
	_, err = b.app.Journal.Redo(context.Background())
	must(t, err)
	b.holds("Eva Novak", 0, 2400, 2600, 0)

	must(t, b.app.Close())
	a, err := app.Open(context.Background(), b.path, config)
	must(t, err)
	b.app = a
	b.show()
	b.holds("Dan Petrov", 668, 666, 666, 0)
	if !kittest.Shows(b.Root(), "2,600") {
		t.Errorf("after a restart the screen shows %q", kittest.Texts(b.Root()))
	}
}

func TestSumsAndTargetAreTyped(t *testing.T) {
	b := newBench(t, false)
	b.planned()
	s := b.show()
	if s.unit.shift != 3 || !kittest.Shows(b.Root(), "USD thousand, 6 people") {
		t.Fatalf("shown in %+v: %q", s.unit, kittest.Texts(b.Root()))
	}
	b.Click(b.cell("Ines Duarte", "Jan"))
	b.Type("90")
	b.keys(fyne.KeyReturn)
	b.holds("Gita Rao", 45_000, 0)
	b.holds("Hugo Lopez", 45_000, 0)

	b.Click(b.cell("Top-down target", "Jan"))
	b.Type("100")
	b.keys(fyne.KeyReturn)
	b.holds("South", 100_000) // nobody of North has a quota for January
	if !kittest.Shows(b.Root(), kit.EnDash+"10") {
		t.Errorf("no gap of January: %q", kittest.Texts(b.Root()))
	}
	b.Click(b.cell("Hugo Lopez", "Jan"))
	b.keys(fyne.KeyDelete)
	b.holds("Hugo Lopez", 0)
	b.Click(b.cell("Hugo Lopez", "Jan"))
	b.Type("soon")
	b.keys(fyne.KeyReturn)
	if e, ok := kittest.Find[*kit.CellEntry](b.Root()); !ok || e.Text != "soon" {
		t.Error("nonsense closed the editor")
	}
	b.keys(fyne.KeyEscape)
}

func TestArrangementYearUnitAndCopy(t *testing.T) {
	b := newBench(t, false)
	b.planned()
	s := b.show()
	b.Do("Quotas by territory")
	if !kittest.Shows(b.Root(), "Territory") || kittest.Shows(b.Root(), "Ines Duarte") {
		t.Errorf("by territory: %q", kittest.Texts(b.Root()))
	}
	b.Do("Show whole amounts")
	if !kittest.Shows(b.Root(), "USD, 6 people") {
		t.Errorf("whole amounts: %q", kittest.Texts(b.Root()))
	}
	b.Do("The year after")
	if s.year.Name != "2027" || !b.Press("Copy last year") {
		t.Fatalf("%s: %q", s.year.Name, kittest.Texts(b.Root()))
	}
	b.Shortcut(&fyne.ShortcutSelectAll{})
	b.Type("10")
	b.keys(fyne.KeyReturn)
	if len(b.Failed) > 0 || s.model.grid.Year.Name != "2027" || s.model.sum(s.model.people(), columnMonths(yearColumn)).minor == 0 {
		t.Errorf("copied: %v, %q", b.Failed, b.Said)
	}
	path := filepath.Join(t.TempDir(), "plan.csv")
	s.exportTo(path)
	if len(b.Failed) > 0 {
		t.Errorf("export: %v", b.Failed)
	}
	b.show()
	if !kittest.Shows(b.Root(), "Territory") || !kittest.Shows(b.Root(), "USD, 6 people") {
		t.Errorf("the wishes are forgotten: %q", kittest.Texts(b.Root()))
	}
}

func TestScopeAndEmptyCompany(t *testing.T) {
	b := newBench(t, false)
	b.planned()
	b.show()
	v := b.Host.View()
	v.Scope = data.Scope{Person: b.ids["Carla Mendes"], Team: true}
	b.Host.SetView(v)
	if !kittest.Shows(b.Root(), "Finn Berg") || kittest.Shows(b.Root(), "Gita Rao") || !kittest.Shows(b.Root(), "USD thousand, 1 person") {
		t.Errorf("Carla's team: %q", kittest.Texts(b.Root()))
	}
	b.DoubleClick(b.cell("Finn Berg", "Person"))
	if want := (kit.Target{Screen: "roster", Kind: data.KindPerson, ID: b.ids["Finn Berg"]}); len(b.Went) != 1 || b.Went[0].ID != want.ID || b.Went[0].Screen != want.Screen {
		t.Errorf("his name leads to %+v", b.Went)
	}
	v.Scope = data.Scope{Person: b.ids["Ada Lindqvist"]}
	b.Host.SetView(v)
	if !kittest.Shows(b.Root(), "Nobody to plan for yet") {
		t.Errorf("nobody: %q", kittest.Texts(b.Root()))
	}
}

func TestReadOnlyBookOffersNothingThatWrites(t *testing.T) {
	b := newBench(t, false)
	b.planned()
	must(t, b.app.Close())
	a, err := app.OpenReadOnly(context.Background(), b.path, config)
	must(t, err)
	b.app = a
	s := b.show()
	if kittest.Shows(b.Root(), "Spread") || b.Do("Copy last year") || b.Do("Clear the selection") {
		t.Errorf("a book for reading offers %q", kittest.Texts(b.Root()))
	}
	b.Click(b.cell("Dan Petrov", "Apr"))
	b.Type("5")
	b.keys(fyne.KeyDelete)
	if _, editing := kittest.Find[*kit.CellEntry](b.Root()); editing || len(b.Said)+len(b.Failed) > 0 || s.picked.count() != 1 {
		t.Errorf("typing did something: said %q, failed %v", b.Said, b.Failed)
	}
}

func TestLook(t *testing.T) {
	for _, dark := range []bool{false, true} {
		name := map[bool]string{false: "light", true: "dark"}[dark]
		t.Run(name, func(t *testing.T) {
			b := newBench(t, dark)
			b.planned()
			s := b.show()
			b.Click(b.cell("Ben Okafor", "Oct"))
			b.Drag(b.cell("Ben Okafor", "Oct"), b.cell("Eva Novak", "Dec"))
			s.tool.total.SetText("400")
			kittest.GoldenImage(t, "quotas-"+name, b.Window.Canvas().Capture())
		})
	}
}
