package shell

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

func clock() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }

func config() app.Config { return app.Config{Now: clock, Device: "test"} }

// window opens the whole program in a window without a screen; everything in it
// happens at once.
func window(t *testing.T, folder string) *shell {
	t.Helper()
	sh := newShell(t.Context(), kittest.App(t, false), Options{Config: config(), Folder: folder, Zone: "Europe/Oslo", Runner: kittest.Sync{}})
	t.Cleanup(func() {
		if err := sh.closeSession(); err != nil {
			t.Error(err)
		}
	})
	return sh
}

// ticking is a window with the new book "North", by a clock that goes on by a
// second with each look and that the test moves.
func ticking(t *testing.T, now *time.Time) *shell {
	t.Helper()
	tick := func() time.Time { *now = now.Add(time.Second); return *now }
	sh := newShell(t.Context(), kittest.App(t, false), Options{Config: app.Config{Now: tick, Device: "test"}, Folder: t.TempDir(), Zone: "UTC", Runner: kittest.Sync{}})
	t.Cleanup(func() {
		if err := sh.closeSession(); err != nil {
			t.Error(err)
		}
	})
	if err := sh.createBook(kit.Values{"name": "North", "currency": "NOK", "fiscal": "1", "as": "Ann Lee", "role": data.RoleManager}, nil); err != nil {
		t.Fatal(err)
	}
	return sh
}

func (sh *shell) shows(text string) bool { return kittest.Shows(sh.window.Content(), text) }

func mustShow(t *testing.T, sh *shell, text string) {
	t.Helper()
	if !sh.shows(text) {
		t.Fatalf("the window does not show %q but %q", text, kittest.Texts(sh.window.Content()))
	}
}

func book(t *testing.T, sh *shell) *app.App {
	t.Helper()
	if sh.session == nil {
		t.Fatalf("no book is open; the window shows %q", kittest.Texts(sh.window.Content()))
	}
	return sh.session.app
}

func count(t *testing.T, a *app.App, q data.Query) int {
	t.Helper()
	n, err := a.Records.Count(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestFirstStartOffersFiveWays(t *testing.T) {
	sh := window(t, t.TempDir())
	for _, way := range []string{"Create a book", "Open a book", "Join a team's book", "Try the sample company", "Import from my CRM"} {
		mustShow(t, sh, way)
	}
}

func TestBookIsMadeAndFoundAgainWhereItWasLeft(t *testing.T) {
	folder := t.TempDir()
	sh := window(t, folder)
	err := sh.createBook(kit.Values{"name": "North", "currency": "NOK", "fiscal": "4", "as": "Ann Lee", "role": data.RoleManager}, nil)
	if err != nil {
		t.Fatal(err)
	}
	b := book(t, sh).Book()
	if b.Name != "North" || b.Currency != "NOK" || b.Calendar.Start != time.April {
		t.Errorf("made %+v", b)
	}
	if b.Zone.String() != "Europe/Oslo" {
		t.Errorf("days are counted in %v, not in the computer's zone", b.Zone)
	}
	mustShow(t, sh, "Ann Lee, manager")
	sh.session.show("settings")
	if err := sh.createBook(kit.Values{"name": "North", "currency": "NOK", "fiscal": "1"}, nil); data.KindOf(err) != data.Refused {
		t.Errorf("a second book of that name: %v", err)
	}
	if err := sh.closeSession(); err != nil {
		t.Fatal(err)
	}
	again := window(t, folder)
	if book(t, again).Book().Name != "North" || again.session.current != "settings" {
		t.Errorf("opened %q on %q", again.session.app.Book().Name, again.session.current)
	}
}

func TestSampleCompanyIsMadeOnceAndLabelled(t *testing.T) {
	folder := t.TempDir()
	sh := window(t, folder)
	sh.openSample()
	if n := count(t, book(t, sh), data.Query{Kind: data.KindDeal}); n == 0 {
		t.Fatal("the sample has no deals")
	}
	if err := sh.closeSession(); err != nil {
		t.Fatal(err)
	}
	sh.showStart()
	sh.openSample()
	if !book(t, sh).Book().Sample {
		t.Error("the sample is not labelled as one")
	}
	mustShow(t, sh, "Sample company · sample data")
}

// TestCRMFilesDroppedImportedUndoneAndBack walks a manager's first hour.
func TestCRMFilesDroppedImportedUndoneAndBack(t *testing.T) {
	maven := datatest.Real(t, "maven-crm")
	folder := t.TempDir()
	sh := window(t, folder)
	if err := sh.createBook(kit.Values{"name": "Maven", "currency": "USD", "fiscal": "1"}, nil); err != nil {
		t.Fatal(err)
	}
	drop := func(dir string) {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(maven, dir, "*.csv"))
		if err != nil || len(files) != 5 {
			t.Fatalf("%v, %v", files, err)
		}
		var uris []fyne.URI
		for _, f := range files {
			uris = append(uris, storage.NewFileURI(f))
		}
		sh.dropped(uris)
	}
	primary := func() {
		t.Helper()
		act := sh.session.screens[sh.session.current].(kit.Acting).Primary()
		if act == nil {
			t.Fatalf("%s has nothing to press", sh.session.current)
		}
		act.Do()
	}
	all := data.Query{Kind: data.KindDeal}
	won := data.Query{Kind: data.KindDeal, Where: []data.Filter{{Field: "stage.type", Test: data.Is, Values: []data.Value{data.StageWon}}}}

	drop("original")
	if sh.session.current != "import" {
		t.Fatalf("dropped files lead to %q", sh.session.current)
	}
	mustShow(t, sh, "Import 8,927 rows")
	primary()
	a := book(t, sh)
	if n, w := count(t, a, all), count(t, a, won); n != 8800 || w != 4238 {
		t.Fatalf("%d deals, %d won", n, w)
	}
	sh.session.undo()
	if n := count(t, a, all); n != 0 {
		t.Fatalf("%d deals after undo", n)
	}
	sh.session.redo()
	drop("variant-us-dates") // brings nothing new, so there is nothing to press
	mustShow(t, sh, "Month/day/year")
	if act := sh.session.screens["import"].(kit.Acting).Primary(); act != nil {
		t.Errorf("the same deals with other dates can be pressed in: %q", act.Text)
	}
	if n, w := count(t, a, all), count(t, a, won); n != 8800 || w != 4238 {
		t.Fatalf("%d deals, %d won after the variant", n, w)
	}
	for _, name := range Screens() {
		sh.session.show(name)
	}
	if err := sh.closeSession(); err != nil {
		t.Fatal(err)
	}
	again := window(t, folder)
	if n := count(t, book(t, again), won); n != 4238 {
		t.Fatalf("%d won after a restart", n)
	}
}

func TestCommitReachesOnlyTheScreensItTouches(t *testing.T) {
	sh := window(t, t.TempDir())
	if err := sh.createBook(kit.Values{"name": "x", "currency": "USD", "fiscal": "1"}, nil); err != nil {
		t.Fatal(err)
	}
	s := sh.session
	s.screen("roster")
	s.screen("settings")
	s.stale["roster"], s.stale["settings"] = false, false
	if _, err := s.app.Records.Add(context.Background(), data.KindPerson, data.Values{"name": "New Rep"}); err != nil {
		t.Fatal(err)
	}
	if !s.stale["roster"] {
		t.Error("the roster does not know of the new person")
	}
}

func TestPaletteFindsRecordsAndGoesThere(t *testing.T) {
	sh := window(t, t.TempDir())
	if err := sh.createBook(kit.Values{"name": "x", "currency": "USD", "fiscal": "1"}, nil); err != nil {
		t.Fatal(err)
	}
	id, err := book(t, sh).Records.Add(context.Background(), data.KindPerson, data.Values{"name": "Greta Zeman"})
	if err != nil {
		t.Fatal(err)
	}
	found := sh.session.find("zem")
	if len(found) != 1 || !strings.HasSuffix(found[0].Key, id.String()) {
		t.Fatalf("found %+v", found)
	}
	sh.session.goTo(found[0].Key)
	if sh.session.current != "roster" {
		t.Errorf("went to %q", sh.session.current)
	}
	mustShow(t, sh, "Greta Zeman")
}

func TestBookThatCannotBeOpenedSaysWhy(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "junk.book")
	if err := os.WriteFile(path, []byte("this is no book, but it is long enough to be looked at by the database"), 0o600); err != nil {
		t.Fatal(err)
	}
	sh := window(t, folder)
	sh.openBook(path)
	if sh.session != nil {
		t.Fatal("junk was opened")
	}
	mustShow(t, sh, "Create a book")
}

func TestEveryScreenStandsOnEmptySampleAndReadOnlyBooks(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "b.book")
	a, err := app.Create(ctx, path, app.NewBook{Name: "b", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config())
	if err != nil {
		t.Fatal(err)
	}
	draw := func(a *app.App) {
		t.Helper()
		for _, name := range Screens() {
			if _, err := Render(ctx, a, RenderOptions{Screen: name, AsOf: data.NoDay, Width: 1280, Height: 800}); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	draw(a)
	if err := a.Sample(ctx, app.SampleOptions{Deals: 200}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	draw(a)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	ro, err := app.OpenReadOnly(ctx, path, config())
	if err != nil {
		t.Fatal(err)
	}
	draw(ro)
	if err := ro.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Render(ctx, ro, RenderOptions{Screen: "home", AsOf: data.NoDay, Width: 1280, Height: 800}); err == nil {
		t.Error("a book that cannot be read was drawn")
	}
}

// TestFailingBookIsSaidInPlace takes the book away under the open screens.
func TestFailingBookIsSaidInPlace(t *testing.T) {
	sh := window(t, t.TempDir())
	if err := sh.createBook(kit.Values{"name": "x", "currency": "USD", "fiscal": "1"}, nil); err != nil {
		t.Fatal(err)
	}
	s := sh.session
	if err := sh.closeSession(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pipeline", "territories", "quotas", "roster"} {
		s.show(name)
		mustShow(t, sh, "Try again")
	}
}
