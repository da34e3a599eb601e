package imports

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// After a look at a file, what lands in a folder is imported like it, until
// somebody says stop.
func TestAFolderIsWatchedByWhatWasSeen(t *testing.T) {
	kittest.App(t, false)
	home := t.TempDir()
	t.Setenv("HOME", home)
	a := newBook(t)
	d := desk(t, a)
	s := d.Screen.(*Screen)
	s.Open(kit.Target{Paths: []string{write(t, "accounts.csv", accountsCSV)}})
	s.setField(0, 3, keyLeaveOut)
	must(t, d.Do(s.Primary().Text), "no import", d)
	must(t, d.Press("Do so for a folder") && d.Tap("Choose this folder") && len(d.Failed) == 0, "no folder is asked for", d)
	rule, err := a.Imports.Rule(context.Background())
	if err != nil || rule.Dir != home || len(rule.Mapping.Files) != 1 || rule.Mapping.Files[0].Kind != data.KindAccount {
		t.Fatalf("%v, %+v", err, rule)
	}
	path := filepath.Join(home, "week 9.csv")
	if err := os.WriteFile(path, []byte("account,sector,employees,fleet_size\nNewco,retail,3,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := a.Imports.TakeIn(context.Background(), rule, path)
	if err != nil || f.Result == nil || count(t, a, data.KindAccount) != 4 {
		t.Fatalf("%v, %+v", err, f)
	}
	if words, bad := LandedWords(app.InboxNews{Files: []app.InboxFile{f}}); bad || words != "week 9.csv: 1 new, 0 changed, 0 unchanged" {
		t.Errorf("%q, %v", words, bad)
	}
	s.startOver()
	must(t, kittest.Shows(d.Root(), "Bring your work in") && kittest.Button(d.Root(), "Stop watching") != nil, "the watched folder is not shown", d)
	must(t, d.Press("Stop watching"), "it cannot be stopped", d)
	if rule, err := a.Imports.Rule(context.Background()); err != nil || rule.Dir != "" {
		t.Errorf("%v, %+v", err, rule)
	}
	must(t, kittest.Button(d.Root(), "Stop watching") == nil, "the folder is still shown", d)
}

func TestWordsOfWhatLanded(t *testing.T) {
	bad := app.InboxFile{File: "x.csv", Why: "It does not fit."}
	for _, c := range []struct {
		news  app.InboxNews
		words string
		bad   bool
	}{
		{app.InboxNews{Files: []app.InboxFile{{File: "x.csv", Again: true}}}, "", false},
		{app.InboxNews{Files: []app.InboxFile{bad}}, "x.csv was not imported: It does not fit.", true},
		{app.InboxNews{Failed: errors.New("odd")}, "The folder cannot be watched", true},
	} {
		if words, bad := LandedWords(c.news); words != c.words || bad != c.bad {
			t.Errorf("%q, %v, want %q", words, bad, c.words)
		}
	}
}
