package roster_test

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
	"fieldbook/views/roster"
)

func config() app.Config {
	return app.Config{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }, Device: "test"}
}

// drive is the roster of a book on a window, as the shell shows it.
type drive struct {
	t      *testing.T
	path   string
	app    *app.App
	host   *kit.Host
	screen *roster.Screen
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
	d.screen = roster.New(d.host)
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
	h.Say = func(string) {}
	h.Changed = func() {}
	h.Go = func(t kit.Target) { *went = append(*went, t) }
	h.Act = func(_ string, call func(context.Context) error, then func()) {
		h.Runner.Go(func() {
			if *failed = call(context.Background()); *failed == nil && then != nil {
				then()
			}
		})
	}
	h.Job = func(_ string, work func(context.Context, func(done, total int64)) error, then func()) {
		h.Act("", func(ctx context.Context) error { return work(ctx, func(int64, int64) {}) }, then)
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

func (d *drive) posts(name string) []app.Post {
	d.t.Helper()
	page, err := d.app.Roster.Person(context.Background(), d.row(data.KindPerson, name).ID)
	d.must(err)
	return page.Posts
}

func TestEmptyBookOffersTheFirstStep(t *testing.T) {
	d := newDrive(t)
	if !kittest.Shows(d.screen.Content(), "Who sells for you") {
		t.Fatalf("an empty book shows %v", kittest.Texts(d.screen.Content()))
	}
	d.press(d.screen.Content(), "Add a person")
	d.hand.Type("Lena Ruiz")
	d.hand.Key(fyne.KeyReturn)
	d.must(d.failed)
	if !kittest.Shows(d.screen.Content(), "Lena Ruiz") {
		t.Errorf("after adding, the screen shows %v", kittest.Texts(d.screen.Content()))
	}
}

// TestAPersonsWay hires a rep, assigns, moves and ends her, each undone and
// done, and finds it all again after closing the book.
func TestAPersonsWay(t *testing.T) {
	d := newDrive(t)
	mia := d.add(data.KindPerson, data.Values{"name": "Mia Stone", "role": data.RoleManager})
	d.add(data.KindPerson, data.Values{"name": "Otto Berg", "role": data.RoleManager})
	d.add(data.KindPerson, data.Values{"name": "Bob Lund", "role": data.RoleRep, "manager": mia})
	d.add(data.KindTerritory, data.Values{"name": "Coast"})

	d.click("Mia Stone")
	d.screen.Primary().Do()
	d.hand.Type("Eve Hale")
	d.hand.Key(fyne.KeyReturn)
	d.must(d.failed)
	if got := d.row(data.KindPerson, "Eve Hale").Labels["manager"]; got != "Mia Stone" {
		t.Fatalf("Eve reports to %q", got)
	}
	d.undo()
	if kittest.Shows(d.screen.Content(), "Eve Hale") {
		t.Fatal("after undo Eve is still on the screen")
	}
	_, err := d.app.Journal.Redo(context.Background())
	d.must(err)

	d.click("Eve Hale")
	d.screen.Commands()[2].Do() // assign to a territory
	d.pick(0, "Coast")
	d.press(d.overlay(), "Save")
	d.must(d.failed)
	if got := d.posts("Eve Hale"); len(got) != 1 || got[0].Place != "Coast" || got[0].Role != data.AssignOwner {
		t.Fatalf("Eve covers %+v", got)
	}

	d.click("Eve Hale")
	d.hand.Shortcut(&fyne.ShortcutCut{})
	d.click("Otto Berg")
	d.hand.Shortcut(&fyne.ShortcutPaste{})
	d.must(d.failed)
	if got := d.row(data.KindPerson, "Eve Hale").Labels["manager"]; got != "Otto Berg" {
		t.Fatalf("after cut and paste Eve reports to %q", got)
	}
	d.undo()
	if got := d.row(data.KindPerson, "Eve Hale").Labels["manager"]; got != "Mia Stone" {
		t.Fatalf("after undo Eve reports to %q", got)
	}

	eve := d.row(data.KindPerson, "Eve Hale").ID
	account := d.add(data.KindAccount, data.Values{"name": "Acme", "owner": eve})
	d.add(data.KindDeal, data.Values{"name": "Pumps", "owner": eve, "account": account, "stage": d.row(data.KindStage, "Proposal").ID})
	d.screen.Open(kit.Target{Kind: data.KindPerson, ID: eve})
	d.press(d.screen.Content(), "End")
	for n := range 3 { // deals, accounts, territories
		d.pick(n, "Bob Lund")
	}
	d.press(d.overlay(), "End and hand over")
	d.must(d.failed)
	gone := d.row(data.KindPerson, "Eve Hale")
	if gone.Text("status") != data.StatusLeft || gone.Day("end_day") != d.app.Today() {
		t.Fatalf("Eve is %v", gone.Values)
	}
	for kind, name := range map[string]string{data.KindDeal: "Pumps", data.KindAccount: "Acme"} {
		if got := d.row(kind, name).Labels["owner"]; got != "Bob Lund" {
			t.Errorf("%s belongs to %q", name, got)
		}
	}
	if got := d.posts("Bob Lund"); len(got) != 1 || got[0].From != d.app.Today().AddDays(1) {
		t.Errorf("Bob covers %+v", got)
	}
	if kittest.Shows(d.screen.Content(), "Eve Hale") {
		t.Error("who has left is still among those who work here")
	}
	d.undo()
	if got := d.row(data.KindDeal, "Pumps").Labels["owner"]; got != "Eve Hale" {
		t.Errorf("after undo the deal belongs to %q", got)
	}

	d.reopen()
	if !kittest.Shows(d.screen.Content(), "Eve Hale") || len(d.posts("Eve Hale")) != 1 {
		t.Errorf("after reopening the screen shows %v", kittest.Texts(d.screen.Content()))
	}
}

// What a person did stands beside the name, day by day, and grows with what is done.
func TestWhatAPersonDid(t *testing.T) {
	d := newDrive(t)
	mia := d.add(data.KindPerson, data.Values{"name": "Mia Stone", "role": data.RoleManager})
	d.click("Mia Stone")
	if kittest.Shows(d.screen.Content(), "Activity") {
		t.Error("a calendar of nothing")
	}
	done := func() {
		d.add(data.KindActivity, data.Values{"person": mia, "type": "call", "subject": "Call", "done": true, "day": d.app.Today().AddDays(-3)})
	}
	done()
	if !kittest.Shows(d.screen.Content(), "Activity") || !kittest.Shows(d.screen.Content(), "n = 1 activity") {
		t.Error(kittest.Texts(d.screen.Content()))
	}
	done()
	if !kittest.Shows(d.screen.Content(), "n = 2 activities") {
		t.Error(kittest.Texts(d.screen.Content()))
	}
	d.undo()
	if !kittest.Shows(d.screen.Content(), "n = 1 activity") {
		t.Error(kittest.Texts(d.screen.Content()))
	}
}

func TestBulkChange(t *testing.T) {
	d := newDrive(t)
	for _, name := range []string{"Ann Ek", "Bob Lund", "Cy Dahl"} {
		d.add(data.KindPerson, data.Values{"name": name, "role": data.RoleRep})
	}
	d.add(data.KindPerson, data.Values{"name": "Mia Stone", "role": data.RoleManager})
	d.click("Ann Ek")
	pos, _ := kittest.At(d.screen.Content(), "Cy Dahl")
	d.hand.Click(pos, fyne.KeyModifierShift)
	if !kittest.Shows(d.screen.Content(), "3 selected") {
		t.Fatalf("the screen shows %v", kittest.Texts(d.screen.Content()))
	}
	d.press(d.screen.Content(), "Change manager")
	d.pick(0, "Mia Stone")
	d.press(d.overlay(), "Move")
	d.must(d.failed)
	for _, name := range []string{"Ann Ek", "Bob Lund", "Cy Dahl"} {
		if got := d.row(data.KindPerson, name).Labels["manager"]; got != "Mia Stone" {
			t.Errorf("%s reports to %q", name, got)
		}
	}
	steps, err := d.app.Journal.Steps(context.Background(), 1)
	if err != nil || steps[0].What != "Move 3 people to Mia Stone" {
		t.Errorf("the step is %+v, %v", steps, err)
	}
}

func TestAFailureKeepsWhatWasTyped(t *testing.T) {
	d := newDrive(t)
	mia := d.add(data.KindPerson, data.Values{"name": "Mia Stone", "role": data.RoleManager})
	d.add(data.KindPerson, data.Values{"name": "Bob Lund", "role": data.RoleRep, "manager": mia})
	d.screen.Open(kit.Target{Kind: data.KindPerson, ID: mia})
	d.press(d.screen.Content(), "Move")
	d.pick(0, "Bob Lund")
	queue := &kittest.Queue{} // the form closes before the act runs, as on a screen
	d.host.Runner = queue
	d.press(d.overlay(), "Move")
	queue.RunAll()
	if data.KindOf(d.failed) != data.Invalid {
		t.Fatalf("a circle: %v", d.failed)
	}
	if got := kittest.FindAll[*kit.Picker](d.overlay())[0].Label(); got != "Bob Lund" {
		t.Errorf("the form came back with %q", got)
	}
}

func TestTableIsRemembered(t *testing.T) {
	d := newDrive(t)
	d.add(data.KindPerson, data.Values{"name": "Ann Ek", "role": data.RoleRep})
	tools := kittest.Window(t, d.screen.Tools()[0], 300, 40)
	pos, _ := kittest.At(tools.Canvas().Content(), "List")
	(&kittest.Hand{Window: tools}).Click(pos)
	d.reopen()
	if got := d.screen.Tools()[0].(*kit.Segmented).Current(); got != 1 {
		t.Errorf("after reopening segment %d is current", got)
	}
}

// A person who was added just now is not in what was loaded before.
func TestWhoComesWithTheNextLoadIsChosen(t *testing.T) {
	d := newDrive(t)
	d.add(data.KindPerson, data.Values{"name": "Ann"})
	d.stop() // the news of the next person comes late
	id := d.add(data.KindPerson, data.Values{"name": "Bo"})
	d.screen.Open(kit.Target{Kind: data.KindPerson, ID: id})
	d.screen.Reload(d.host.View())
	if kittest.Button(d.screen.Content(), "End") == nil {
		t.Error("who was added is not chosen")
	}
}
