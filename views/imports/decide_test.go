package imports

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

func add(t *testing.T, a *app.App, kind string, values data.Values) data.ID {
	t.Helper()
	id, err := a.Records.Add(context.Background(), kind, values)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func get(t *testing.T, a *app.App, kind, name string) data.Row {
	t.Helper()
	row, err := a.Records.Find(context.Background(), kind, name)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// openTab chooses a tab of the right panel by the start of its words.
func openTab(t *testing.T, d *kittest.Desk, start string) {
	t.Helper()
	for _, b := range kittest.FindAll[*kit.Button](d.Root()) {
		if strings.HasPrefix(b.Text(), start) {
			b.Tapped(nil)
			return
		}
	}
	t.Fatalf("no tab %q: %q", start, kittest.Texts(d.Root()))
}

const slipsCSV = "Deal ID,Stage,Amount,Account\nA1,Won,5,Cancty\nA2,Won,6,Rangren\nA3,Won,7,Newco\nA4,Won,8,Unclear\n"

// All names that nothing has are settled on one page, and remembered for the
// next file of these columns.
func TestNamesAreSettledOnOnePage(t *testing.T) {
	kittest.App(t, false)
	a := newBook(t)
	for _, name := range []string{"Cancity", "Rangreen"} {
		add(t, a, data.KindAccount, data.Values{"name": name})
	}
	d := desk(t, a)
	s := d.Screen.(*Screen)
	s.Open(kit.Target{Paths: []string{write(t, "deals.csv", slipsCSV)}})
	openTab(t, d, "Names 4")
	must(t, kittest.Shows(d.Root(), "Cancty, like Cancity?") && kittest.Shows(d.Root(), "Unclear"), "the names are not listed", d)
	choosePicker(t, d, "Make Unclear", "Leave it blank")
	must(t, d.Press("Join 2 with what they resemble"), "the near misses are not offered together", d)
	must(t, d.Do(s.Primary().Text) && len(d.Failed) == 0, "the import failed", d)
	if n := count(t, a, data.KindAccount); n != 3 {
		t.Errorf("%d accounts, want 3", n)
	}
	if n := count(t, a, data.KindDeal); n != 4 {
		t.Errorf("%d deals, want 4", n)
	}
	for deal, want := range map[string]string{"A1": "Cancity", "A2": "Rangreen", "A3": "Newco", "A4": ""} {
		if got := get(t, a, data.KindDeal, deal).Labels["account"]; got != want {
			t.Errorf("%s is of %q, want %q", deal, got, want)
		}
	}
	s.startOver()
	s.Open(kit.Target{Paths: []string{write(t, "later.csv", "Deal ID,Stage,Amount,Account\nA9,Won,5,Cancty\n")}})
	must(t, d.Do(s.Primary().Text), "no second import", d)
	if got := get(t, a, data.KindDeal, "A9").Labels["account"]; got != "Cancity" {
		t.Errorf("what was settled is forgotten: %q", got)
	}
}

// A name that somebody wrote into a sheet of the book's own, and that nothing has,
// is asked for on the same page; until then its row is set aside.
func TestUnknownNamesOfAnOwnSheetAreSettled(t *testing.T) {
	kittest.App(t, false)
	a := newBook(t)
	cancity := add(t, a, data.KindAccount, data.Values{"name": "Cancity"})
	add(t, a, data.KindContact, data.Values{"name": "Kim Oda", "account": cancity})
	path := filepath.Join(t.TempDir(), "contacts.csv")
	if _, err := a.Records.Export(context.Background(), data.Query{Kind: data.KindContact}, path); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(raw), "\r\n")
	row := func(name, account string) string {
		cells := strings.Split(head, ",")
		for i, c := range cells {
			cells[i] = map[string]string{"name": name, "account": account}[c]
		}
		return strings.Join(cells, ",") + "\r\n"
	}
	d := desk(t, a)
	s := d.Screen.(*Screen)
	s.Open(kit.Target{Paths: []string{write(t, "contacts.csv", head+"\r\n"+rest+row("Lu Chen", "Cancty")+row("Al Poe", "Elsewhere"))}})
	openTab(t, d, "Names 2")
	must(t, kittest.Shows(d.Root(), "Cancty, like Cancity?") && kittest.Shows(d.Root(), "Elsewhere") && kittest.Shows(d.Root(), "Set aside for now"), "the names are not asked for", d)
	must(t, d.Press("Join 1 with what it resembles"), "the near miss is not offered", d)
	choosePicker(t, d, "Set aside for now", "Make Elsewhere")
	must(t, d.Do(s.Primary().Text) && len(d.Failed) == 0, "the import failed", d)
	for name, want := range map[string]string{"Lu Chen": "Cancity", "Al Poe": "Elsewhere"} {
		if got := get(t, a, data.KindContact, name).Labels["account"]; got != want {
			t.Errorf("%s is with %q, want %q", name, got, want)
		}
	}
}

// What was changed in an exported sheet and in the book is chosen cell by cell.
func TestClashesAreChosen(t *testing.T) {
	for suffix, dark := range map[string]bool{"": false, "-dark": true} {
		kittest.App(t, dark)
		a := newBook(t)
		for _, name := range []string{"Bluth", "Rangreen"} {
			add(t, a, data.KindAccount, data.Values{"name": name, "city": "Oslo"})
		}
		path := filepath.Join(t.TempDir(), "accounts.csv")
		if _, err := a.Records.Export(context.Background(), data.Query{Kind: data.KindAccount}, path); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(raw), "Oslo", "Bergen")), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"Bluth", "Rangreen"} {
			if err := a.Records.Set(context.Background(), data.KindAccount, []data.ID{get(t, a, data.KindAccount, name).ID}, data.Values{"city": "Hamar"}); err != nil {
				t.Fatal(err)
			}
		}
		d := desk(t, a)
		s := d.Screen.(*Screen)
		s.Open(kit.Target{Paths: []string{path}})
		must(t, s.Primary() == nil, "the import would change what it must not", d)
		openTab(t, d, "Clashes 2")
		kittest.GoldenImage(t, "clashes"+suffix, d.Window.Canvas().Capture())
		for i, c := range s.shown.clashes {
			if c.Name == "Bluth" {
				if err := settleFirst(d, i); err != "" {
					t.Fatal(err)
				}
			}
		}
		must(t, s.Primary() != nil && d.Do(s.Primary().Text) && len(d.Failed) == 0, "the import failed", d)
		if b, r := get(t, a, data.KindAccount, "Bluth"), get(t, a, data.KindAccount, "Rangreen"); b.Text("city") != "Bergen" || r.Text("city") != "Hamar" {
			t.Errorf("Bluth in %s, Rangreen in %s", b.Text("city"), r.Text("city"))
		}
		s.Open(kit.Target{Paths: []string{path}})
		openTab(t, d, "Clashes 1")
		must(t, d.Press("All as in the file") && d.Do(s.Primary().Text), "not all at once", d)
		if r := get(t, a, data.KindAccount, "Rangreen"); r.Text("city") != "Bergen" {
			t.Errorf("Rangreen in %s", r.Text("city"))
		}
	}
}

// settleFirst picks the file's value in the n-th clash.
func settleFirst(d *kittest.Desk, n int) string {
	at := 0
	for _, p := range kittest.FindAll[*kit.Picker](d.Root()) {
		if p.Label() != "Hamar, as in the book" {
			continue
		}
		if at == n {
			p.Open()
			if !d.Tap("Bergen, as in the file") {
				return "the file's value is not offered"
			}
			return ""
		}
		at++
	}
	return "no such clash"
}

// Modes, keys and what blanks mean are chosen for each file.
func TestHowRowsComeInIsChosen(t *testing.T) {
	for suffix, dark := range map[string]bool{"": false, "-dark": true} {
		kittest.App(t, dark)
		a := newBook(t)
		add(t, a, data.KindAccount, data.Values{"name": "Bluth", "industry": "old", "website": "bluth.example"})
		d := desk(t, a)
		s := d.Screen.(*Screen)
		s.Open(kit.Target{Paths: []string{write(t, "accounts.csv", "account,sector,external id\nBluth,,7\nIsdom,retail,8\n")}})
		openTab(t, d, "How")
		kittest.GoldenImage(t, "how"+suffix, d.Window.Canvas().Capture())
		choosePicker(t, d, "Make new ones and change those there", "Only change those there")
		must(t, s.shown.total.aside == 1 && s.shown.total.new == 0, "what is new is not set aside", d)
		choosePicker(t, d, "leaves what the record has", "clears what the record has")
		must(t, d.Do(s.Primary().Text) && len(d.Failed) == 0, "the import failed", d)
		if row := get(t, a, data.KindAccount, "Bluth"); row.Has("industry") || row.Text("website") == "" || row.Text("external_id") != "7" {
			t.Errorf("%+v", row.Values)
		}
		must(t, kittest.Button(d.Root(), "Save the rows that were set aside") != nil, "the rows that were set aside are not offered", d)
	}
}
