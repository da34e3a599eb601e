package territories_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
	"fieldbook/views/territories"
)

func config() app.Config {
	return app.Config{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }, Device: "test"}
}

// drive is the territories of a book on a window, as the shell shows it.
type drive struct {
	t      *testing.T
	path   string
	app    *app.App
	host   *kit.Host
	screen *territories.Screen
	window fyne.Window
	hand   *kittest.Hand
	failed error
	went   []kit.Target
	stop   func()
}

func newDrive(t *testing.T) *drive {
	t.Helper()
	kittest.App(t, false)
	d := &drive{t: t, path: filepath.Join(t.TempDir(), "r.book")}
	a, err := app.Create(context.Background(), d.path, app.NewBook{Name: "R", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config())
	d.must(err)
	d.app = a
	d.must(a.SetPref(context.Background(), "territories side", "list"))
	t.Cleanup(func() { d.must(d.app.Close()) })
	d.show()
	return d
}

func (d *drive) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// show puts a fresh screen of the open book on a window.
func (d *drive) show() {
	d.host = hostOf(d.app, &d.failed, &d.went)
	d.window = kittest.Window(d.t, kit.Gap(1, 1), 1128, 728)
	d.host.Window = d.window
	d.screen = territories.New(d.host)
	d.window.SetContent(d.screen.Content())
	d.window.Resize(fyne.NewSize(1128, 728))
	d.hand = &kittest.Hand{Window: d.window}
	d.host.Go = func(t kit.Target) { d.went = append(d.went, t); d.screen.Open(t) }
	d.stop = d.app.Subscribe(func(c data.Change) {
		if c.Touches(d.screen.Topics()...) {
			d.screen.Reload(d.host.View())
		}
	})
	d.screen.Reload(d.host.View())
}

func (d *drive) reopen() {
	d.t.Helper()
	d.stop()
	d.must(d.app.Close())
	a, err := app.Open(context.Background(), d.path, config())
	d.must(err)
	d.app = a
	d.show()
}

func hostOf(a *app.App, failed *error, went *[]kit.Target) *kit.Host {
	h := &kit.Host{Context: context.Background(), App: a, Runner: kittest.Sync{}}
	view := kit.View{Period: data.AllTime, AsOf: a.Today(), Today: a.Today()}
	h.View = func() kit.View { return view }
	h.SetView = func(v kit.View) { view = v }
	h.Say, h.Hint = func(string) {}, func(string) {}
	h.Changed = func() {}
	h.Go = func(t kit.Target) { *went = append(*went, t) }
	h.Act = func(_ string, call func(context.Context) error, then func()) {
		h.Runner.Go(func() {
			if *failed = call(context.Background()); *failed == nil && then != nil {
				then()
			}
		})
	}
	h.Job = func(what string, work func(context.Context, func(done, total int64)) error, then func()) {
		h.Act(what, func(ctx context.Context) error { return work(ctx, func(int64, int64) {}) }, then)
	}
	return h
}

// overlay is the sheet or menu on top of the window.
func (d *drive) overlay() fyne.CanvasObject {
	d.t.Helper()
	top := d.window.Canvas().Overlays().Top()
	if top == nil {
		d.t.Fatal("nothing has opened")
	}
	return top
}

// press clicks a button of what is on top.
func (d *drive) press(root fyne.CanvasObject, text string) {
	d.t.Helper()
	b := kittest.Button(root, text)
	if b == nil {
		d.t.Fatalf("there is no button %q among %v", text, kittest.Texts(root))
	}
	b.Tapped(nil)
}

// pick chooses in the n-th picker of the form by typing.
func (d *drive) pick(n int, text string) {
	d.t.Helper()
	pickers := kittest.FindAll[*kit.Picker](d.overlay())
	if n >= len(pickers) {
		d.t.Fatalf("the form has %d pickers", len(pickers))
	}
	pickers[n].Open()
	d.hand.Type(text)
	d.hand.Key(fyne.KeyReturn)
	if got := pickers[n].Label(); got != text {
		d.t.Fatalf("picked %q, want %q", got, text)
	}
}

func (d *drive) click(text string) {
	d.t.Helper()
	pos, ok := kittest.At(d.screen.Content(), text)
	if !ok {
		d.t.Fatalf("%q is not on the screen: %v", text, kittest.Texts(d.screen.Content()))
	}
	d.hand.Click(pos)
}

func (d *drive) row(kind, name string) data.Row {
	d.t.Helper()
	row, err := d.app.Records.Find(context.Background(), kind, name)
	d.must(err)
	return row
}

func (d *drive) add(kind string, values data.Values) data.ID {
	d.t.Helper()
	id, err := d.app.Records.Add(context.Background(), kind, values)
	d.must(err)
	return id
}

func (d *drive) undo() {
	d.t.Helper()
	_, err := d.app.Journal.Undo(context.Background(), data.NoID)
	d.must(err)
}

func (d *drive) total(name string) app.Sums {
	d.t.Helper()
	tree, err := d.app.Territories.Tree(context.Background(), app.Span{Period: data.AllTime, Today: d.app.Today()})
	d.must(err)
	return tree.Get(d.row(data.KindTerritory, name).ID).Total
}

// addPlace adds a territory by the form, below the chosen one where command says so.
func (d *drive) addPlace(name string, do func()) {
	d.t.Helper()
	do()
	d.hand.Type(name)
	d.hand.Key(fyne.KeyReturn)
	d.must(d.failed)
}

func (d *drive) command(text string) func() {
	d.t.Helper()
	for _, a := range d.screen.Commands() {
		if a.Text == text {
			return a.Do
		}
	}
	d.t.Fatalf("there is no command %q", text)
	return nil
}

// TestATreeWithARule builds three levels, writes a rule with its preview,
// applies it, and finds that totals hold what is below.
func TestATreeWithARule(t *testing.T) {
	d := newDrive(t)
	for name, v := range map[string]data.Values{
		"Fjord": {"city": "Oslo", "country": "Norway"}, "Skog": {"city": "Oslo"}, "Elv": {"city": "Bergen"},
	} {
		v["name"] = name
		id := d.add(data.KindAccount, v)
		d.add(data.KindDeal, data.Values{"account": id, "amount": int64(100_00), "currency": "USD", "stage": d.row(data.KindStage, "Proposal").ID})
	}
	d.addPlace("North", d.screen.Primary().Do)
	d.addPlace("Coast", d.command("Add a territory below"))
	d.addPlace("Harbour", d.command("Add a territory below"))
	if row := d.row(data.KindTerritory, "Harbour"); row.Labels["parent"] != "Coast" {
		t.Fatalf("Harbour is part of %q", row.Labels["parent"])
	}

	d.click("Rules")
	d.ruleEditor("City", "oslo")
	if !kittest.Shows(d.screen.Content(), "Matches 2: 2 in no territory") {
		t.Fatalf("the preview is missing: %v", kittest.Texts(d.screen.Content()))
	}
	d.press(d.screen.Content(), "Add rule")
	d.must(d.failed)
	d.press(d.screen.Content(), "Apply rules")
	d.press(d.overlay(), "Apply")
	d.must(d.failed)
	want := app.Sums{Accounts: 2, Open: 2, OpenValue: 200_00}
	for _, name := range []string{"North", "Coast", "Harbour"} {
		if got := d.total(name); got != want {
			t.Errorf("%s has %+v, want %+v", name, got, want)
		}
	}
	d.undo()
	if got := d.total("North"); got != (app.Sums{}) {
		t.Errorf("after undo North has %+v", got)
	}
	_, err := d.app.Journal.Redo(context.Background())
	d.must(err)
	d.reopen()
	if got := d.total("North"); got != want {
		t.Errorf("after reopening North has %+v", got)
	}
	if !kittest.Shows(d.screen.Content(), "Without a territory") {
		t.Errorf("the account in no territory is missing: %v", kittest.Texts(d.screen.Content()))
	}
}

// ruleEditor fills the line in which a rule is written.
func (d *drive) ruleEditor(field, value string) {
	d.t.Helper()
	pickers := kittest.FindAll[*kit.Picker](d.screen.Content())
	pickers[0].Open()
	d.hand.Type(field)
	d.hand.Key(fyne.KeyReturn)
	entry, ok := kittest.Find[*kit.LineEntry](d.screen.Content())
	if !ok {
		d.t.Fatal("there is no field for the value")
	}
	d.window.Canvas().Focus(entry)
	d.hand.Type(value)
}

func TestFiguresLeadToTheirDeals(t *testing.T) {
	d := newDrive(t)
	place := d.add(data.KindTerritory, data.Values{"name": "North"})
	account := d.add(data.KindAccount, data.Values{"name": "Fjord", "territory": place})
	d.add(data.KindDeal, data.Values{"account": account, "amount": int64(1234_00), "currency": "USD", "stage": d.row(data.KindStage, "Proposal").ID})
	d.screen.Open(kit.Target{Kind: data.KindTerritory, ID: place})
	link, ok := kittest.Find[*kit.Link](d.screen.Content())
	if !ok {
		t.Fatal("no figure leads on")
	}
	link.Tapped(nil)
	if len(d.went) != 1 || d.went[0].Screen != "pipeline" || len(d.went[0].Keys) != 1 || d.went[0].Title != "Open in North" {
		t.Errorf("went to %+v", d.went)
	}
}

func TestAccountsAreAssignedInBulk(t *testing.T) {
	d := newDrive(t)
	d.add(data.KindTerritory, data.Values{"name": "North"})
	for _, name := range []string{"Elv", "Fjord", "Skog"} {
		d.add(data.KindAccount, data.Values{"name": name})
	}
	d.click("Elv")
	pos, _ := kittest.At(d.screen.Content(), "Skog")
	d.hand.Click(pos, fyne.KeyModifierShift)
	d.press(d.screen.Content(), "Put into")
	d.pick(0, "North")
	d.press(d.overlay(), "Put")
	d.must(d.failed)
	if got := d.total("North").Accounts; got != 3 {
		t.Errorf("North has %d accounts", got)
	}
	d.undo()
	if got := d.total("North").Accounts; got != 0 {
		t.Errorf("after undo North has %d accounts", got)
	}
}

func TestAccountPage(t *testing.T) {
	d := newDrive(t)
	place := d.add(data.KindTerritory, data.Values{"name": "North"})
	id := d.add(data.KindAccount, data.Values{"name": "Fjord", "city": "Oslo", "country": "Norway", "territory": place})
	d.add(data.KindContact, data.Values{"name": "Kari Vik", "account": id, "influence": "champion"})
	d.screen.Open(kit.Target{Kind: data.KindAccount, ID: id})
	for _, text := range []string{"Oslo", "Norway", "Kari Vik", "Champion", "North"} {
		if !kittest.Shows(d.screen.Content(), text) {
			t.Errorf("%q is missing", text)
		}
	}
	if c := d.screen.Crumbs(); len(c) != 2 || c[1].Text != "Fjord" {
		t.Errorf("crumbs are %+v", c)
	}
	d.screen.Primary().Do()
	d.hand.Type("Skog")
	d.press(d.overlay(), "Save")
	d.must(d.failed)
	row, err := d.app.Records.Get(context.Background(), data.KindAccount, id)
	d.must(err)
	if row.Title() == "Fjord" || !kittest.Shows(d.screen.Content(), "History") {
		t.Errorf("the account is called %q", row.Title())
	}
	d.screen.Crumbs()[0].OnTap()
	if len(d.screen.Crumbs()) != 0 || !kittest.Shows(d.screen.Content(), "All accounts") {
		t.Error("the crumb does not lead back to the tree")
	}
}

// A territory that was added just now is not in what was loaded before.
func TestWhatComesWithTheNextLoadIsChosen(t *testing.T) {
	d := newDrive(t)
	d.add(data.KindTerritory, data.Values{"name": "North"})
	d.stop() // the news of the next one comes late
	id := d.add(data.KindTerritory, data.Values{"name": "South"})
	d.screen.Open(kit.Target{Kind: data.KindTerritory, ID: id})
	d.screen.Reload(d.host.View())
	if !kittest.Shows(d.screen.Content(), "a region") {
		t.Errorf("what was added is not chosen: %v", kittest.Texts(d.screen.Content()))
	}
}
