package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
)

// inboxDesk is a book that watches a folder, with a clock that the test moves.
type inboxDesk struct {
	t    *testing.T
	a    *App
	dir  string
	in   *Inbox
	news []InboxNews
	l    looker
	soon bool // it wants to look again soon
}

func newInboxDesk(t *testing.T) *inboxDesk {
	t.Helper()
	m, err := ParseMapping([]byte(inboxMapping))
	if err != nil {
		t.Fatal(err)
	}
	d := &inboxDesk{t: t, a: exportBook(t, "a.book"), dir: t.TempDir()}
	d.in = &Inbox{
		Rule: InboxRule{Dir: d.dir, Mapping: m}, Tell: func(n InboxNews) { d.news = append(d.news, n) },
		Open: func(_ context.Context, use func(*App) error) error { return use(d.a) },
	}
	d.in.begin()
	d.l = looker{after: func(time.Duration) <-chan time.Time { d.soon = true; return nil }}
	return d
}

func (d *inboxDesk) put(name, text string) {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// look looks once and gives what was told.
func (d *inboxDesk) look() []InboxNews {
	d.soon, d.news = false, nil
	d.in.look(d.t.Context(), &d.l)
	return d.news
}

func (d *inboxDesk) there(name string) bool {
	_, err := os.Stat(filepath.Join(d.dir, name))
	return err == nil
}

const inboxMapping = `{"kind": "account", "columns": {"Firma": "name", "Ort": "city"}}`

// A file is taken once, once it has stopped growing, and put away.
func TestFilesThatLandAreTakenOnce(t *testing.T) {
	d := newInboxDesk(t)
	d.put("week.csv", "Firma,Ort\nAcme,Os")
	if n := d.look(); len(n) > 0 || !d.soon {
		t.Fatalf("taken at once: %+v", n)
	}
	d.put("week.csv", "Firma,Ort\nAcme,Oslo\nBest,Hamar\n")
	if n := d.look(); len(n) > 0 || !d.soon {
		t.Fatalf("taken while it grew: %+v", n)
	}
	n := d.look()
	if len(n) != 1 || n[0].Files[0].Result == nil || n[0].Files[0].Result.Files[0].New != 2 || d.soon {
		t.Fatalf("%+v", n)
	}
	if d.there("week.csv") || !d.there("done/week.csv") || countRows(t, d.a, data.KindAccount) != 2 {
		t.Error("it was not put away")
	}
	setRow(t, d.a, data.KindAccount, n2id(t, d.a, "Acme"), data.Values{"city": "Molde"})
	d.put("again.csv", "Firma,Ort\nAcme,Oslo\nBest,Hamar\n")
	d.look()
	if n := d.look(); len(n) != 1 || !n[0].Files[0].Again || !d.there("done/again.csv") {
		t.Errorf("the same file: %+v", n)
	}
	if row := getRow(t, d.a, data.KindAccount, n2id(t, d.a, "Acme")); row.Text("city") != "Molde" {
		t.Error("it was taken twice")
	}
	d.put("week.csv", "Firma,Ort\nNew,Oslo\n,Nowhere\n")
	d.look()
	if n := d.look(); len(n) != 1 || n[0].Files[0].Result.SetAside() != 1 || !d.there("done/week 2.csv") || !d.there("set aside/week.csv") {
		t.Errorf("with a bad row: %+v", n)
	}
}

func n2id(t *testing.T, a *App, name string) data.ID {
	t.Helper()
	row, err := a.Records.Find(t.Context(), data.KindAccount, name)
	if err != nil {
		t.Fatal(err)
	}
	return row.ID
}

// What the rule was not made for stays, with a note; it is not tried again
// until it is another file.
func TestFilesThatDoNotFitStay(t *testing.T) {
	d := newInboxDesk(t)
	d.put("other.csv", "Rep,Region\nAnn,East\n")
	d.put("broken.xlsx", "PK\x03\x04 no workbook")
	d.put("notes.md", "Firma")
	d.put(".hidden.csv", "Firma,Ort\nHidden,Oslo\n")
	d.look()
	n := d.look()
	if len(n) != 1 || len(n[0].Files) != 2 || n[0].Files[0].Why == "" || n[0].Files[1].Why == "" {
		t.Fatalf("%+v", n)
	}
	raw, err := os.ReadFile(filepath.Join(d.dir, "other.csv"+inboxProblem))
	if err != nil || !strings.Contains(string(raw), "not those that the rule was made for") || !d.there("other.csv") || countRows(t, d.a, data.KindPerson) > 0 {
		t.Errorf("%v %s", err, raw)
	}
	if n := d.look(); len(n) > 0 || d.soon {
		t.Errorf("tried again: %+v", n)
	}
	d.put("other.csv", "Firma,Ort\nAcme,Oslo\nBest,Hamar\n")
	d.look()
	if n := d.look(); len(n) != 1 || d.there("other.csv"+inboxProblem) || !d.there("done/other.csv") {
		t.Errorf("mended: %+v", n)
	}
}

// A folder that is gone, or a book that is busy, is told once and tried again.
func TestAWatchThatCannotIsToldOnce(t *testing.T) {
	d := newInboxDesk(t)
	d.put("week.csv", "Firma,Ort\nAcme,Oslo\n")
	open := d.in.Open
	d.in.Open = func(context.Context, func(*App) error) error { return errors.New("busy") }
	d.look()
	if n := d.look(); len(n) != 1 || n[0].Failed == nil {
		t.Fatalf("%+v", n)
	}
	d.look()
	if n := d.look(); len(n) > 0 {
		t.Errorf("told again: %+v", n)
	}
	d.in.Open = open
	if n := d.look(); len(n) != 1 || countRows(t, d.a, data.KindAccount) != 1 {
		t.Errorf("never taken: %+v", n)
	}
	if err := os.RemoveAll(d.dir); err != nil {
		t.Fatal(err)
	}
	if n := d.look(); len(n) != 1 || data.KindOf(n[0].Failed) != data.Refused {
		t.Errorf("no folder: %+v", n)
	}
}

// The watch ends with its context and with its rule, and works by events.
func TestWatchOfABooksRule(t *testing.T) {
	d := newInboxDesk(t)
	if err := d.a.Imports.SetRule(t.Context(), InboxRule{Dir: d.dir, Mapping: &ImportMapping{}}); data.KindOf(err) != data.Invalid {
		t.Errorf("a rule that says nothing: %v", err)
	}
	if err := d.a.Imports.SetRule(t.Context(), InboxRule{Dir: filepath.Join(d.dir, "no"), Mapping: d.in.Rule.Mapping}); data.KindOf(err) != data.Refused {
		t.Errorf("no folder: %v", err)
	}
	plan := planFiles(t, d.a, PlanOptions{Mapping: d.in.Rule.Mapping}, importFile(t, "Firma,Ort\nAcme,Oslo\n")...)
	if err := d.a.Imports.SetRule(t.Context(), plan.RuleOf(d.dir)); err != nil {
		t.Fatal(err)
	}
	told, ended := make(chan InboxNews, 9), make(chan error)
	go func() {
		ended <- d.a.Imports.WatchInbox(t.Context(), Inbox{
			Tell:  func(n InboxNews) { told <- n },
			After: func(time.Duration) <-chan time.Time { return time.After(20 * time.Millisecond) },
		})
	}()
	d.put("week.csv", "Firma,Ort\nAcme,Oslo\n")
	select {
	case n := <-told:
		if n.Failed != nil || n.Files[0].Result == nil {
			t.Errorf("%+v", n)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("nothing was taken")
	}
	if err := d.a.Imports.SetRule(t.Context(), InboxRule{}); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the watch goes on without a rule")
	}
	if r, err := d.a.Imports.Rule(t.Context()); err != nil || r.Dir != "" {
		t.Errorf("%v %+v", err, r)
	}
}
