package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
)

func countRows(t *testing.T, a *App, kind string) int {
	t.Helper()
	n, err := a.Records.Count(t.Context(), data.Query{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestImportModes(t *testing.T) {
	const file = "Company,City,Phone\nAcme,Bergen,\nNewco,Molde,2\n"
	for _, c := range []struct {
		name                      string
		opt                       PlanOptions
		new, changed, same, aside int
		city, phone               string
		accounts                  int
	}{
		{"both", PlanOptions{}, 1, 1, 0, 0, "Bergen", "1", 2},
		{"create", PlanOptions{Mode: ModeCreate}, 1, 0, 1, 0, "Oslo", "1", 2},
		{"update", PlanOptions{Mode: ModeUpdate}, 0, 1, 0, 1, "Bergen", "1", 1},
		{"clear", PlanOptions{Blank: BlankClear}, 1, 1, 0, 0, "Bergen", "", 2},
		{"leave", PlanOptions{Blank: BlankLeave, Mode: ModeBoth}, 1, 1, 0, 0, "Bergen", "1", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := importBook(t)
			id := addRow(t, a, data.KindAccount, data.Values{"name": "Acme", "city": "Oslo", "phone": "1"})
			f := importText(t, a, c.opt, file).Files[0]
			row := getRow(t, a, data.KindAccount, id)
			if f.New != c.new || f.Changed != c.changed || f.Unchanged != c.same || f.SetAside != c.aside || countRows(t, a, data.KindAccount) != c.accounts {
				t.Errorf("%+v", f)
			}
			if row.Text("city") != c.city || row.Text("phone") != c.phone {
				t.Errorf("%+v", row.Values)
			}
		})
	}
}

// Where only records are changed, none is made of a name either.
func TestUpdateOnlyMakesNothing(t *testing.T) {
	a := importBook(t)
	addRow(t, a, data.KindPerson, data.Values{"name": "Ann"})
	addRow(t, a, data.KindAccount, data.Values{"name": "Acme"})
	f := importText(t, a, PlanOptions{Mode: ModeUpdate}, "Company,Owner,Industry\nAcme,Nobody,x\nAcme,Ann,y\n").Files[0]
	if f.SetAside != 1 || f.Changed != 1 || countRows(t, a, data.KindPerson) != 1 {
		t.Errorf("%+v", f)
	}
}

func TestImportKeys(t *testing.T) {
	a := importBook(t)
	ann := addRow(t, a, data.KindContact, data.Values{"name": "Ann Lee", "email": "ann@x.no", "phone": "1"})
	addRow(t, a, data.KindContact, data.Values{"name": "Bo", "email": "two@x.no"})
	addRow(t, a, data.KindContact, data.Values{"name": "Bodil", "email": "TWO@x.no"})
	const file = "Contact,Company,E-mail,Phone\nAnn Lee-Berg,Acme,ANN@x.no,2\nAnn Lee,Acme,other@x.no,3\nCy,Acme,,4\nDee,Acme,two@x.no,5\n"
	f := importText(t, a, PlanOptions{Kind: data.KindContact, Key: []string{"email"}}, file).Files[0]
	if f.Changed != 1 || f.New != 1 || f.SetAside != 2 {
		t.Errorf("%+v", f)
	}
	if row := getRow(t, a, data.KindContact, ann); row.Text("name") != "Ann Lee-Berg" || row.Text("phone") != "2" {
		t.Errorf("%+v", row.Values)
	}
	if f := importText(t, a, PlanOptions{Kind: data.KindContact, Key: []string{"email"}}, file).Files[0]; f.Unchanged != 2 || f.SetAside != 2 {
		t.Errorf("again: %+v", f)
	}
	if f := importText(t, a, PlanOptions{Key: []string{"name", "city"}}, "Company,City,Country\nAcme,Oslo,NO\nAcme,Hamar,NO\nAcme,Oslo,SE\n").Files[0]; f.New != 2 || f.Changed != 1 {
		t.Errorf("name and city: %+v", f)
	}
	if _, err := a.Imports.Plan(t.Context(), importFile(t, "Company,City\nAcme,Oslo\n"), PlanOptions{Kind: data.KindAccount, Key: []string{"owner"}}); data.KindOf(err) != data.Invalid {
		t.Errorf("a record as key: %v", err)
	}
}

func TestNearMissesAreSaidAndNeverJoined(t *testing.T) {
	a := importBook(t)
	addRow(t, a, data.KindAccount, data.Values{"name": "Cancity"})
	addRow(t, a, data.KindProduct, data.Values{"name": "GTX Pro"})
	const file = "Deal ID,Stage,Amount,Account,Product\n1,Won,5,Cancty,GTXPro\n2,Won,5,Cancty,\n3,Won,5,Zzyzx,\n"
	f := importText(t, a, PlanOptions{}, file).Files[0]
	if f.New != 3 || len(f.Problems) != 1 || f.Problems[0].Value != "Cancty" || f.Problems[0].Rows != 2 || !strings.HasPrefix(f.Problems[0].Why, "resembles Cancity") || f.Problems[0].Line != 2 {
		t.Errorf("%+v", f.Problems)
	}
	if len(f.Names) != 2 || f.Names[0].Name != "Cancty" || f.Names[0].Resembles != "Cancity" || f.Names[1].Resembles != "" || countRows(t, a, data.KindProduct) != 1 {
		t.Errorf("%+v", f.Names)
	}
	if countRows(t, a, data.KindAccount) != 3 {
		t.Error("a near miss was joined")
	}

	b := importBook(t)
	city := addRow(t, b, data.KindAccount, data.Values{"name": "Cancity"})
	mapping, err := ParseMapping([]byte(`{"joins": {"account": {"cancty": "Cancity", "Zzyzx": null, "Newco": {"new": true}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	f = importText(t, b, PlanOptions{Mapping: mapping}, file+"4,Won,5,Newco,\n").Files[0]
	if f.New != 4 || len(f.Problems) > 0 || countRows(t, b, data.KindAccount) != 2 {
		t.Errorf("%+v", f)
	}
	for outer, want := range map[string]data.ID{"1": city, "2": city, "3": data.NoID} {
		if row := importRow1(t, b, data.KindDeal, outer); row.Ref("account") != want {
			t.Errorf("deal %s: account %v", outer, row.Ref("account"))
		}
	}
	// The book remembers what was settled for files with these columns.
	f = importText(t, b, PlanOptions{}, "Deal ID,Stage,Amount,Account,Product\n9,Won,5,Cancty,\n").Files[0]
	if row := importRow1(t, b, data.KindDeal, "9"); row.Ref("account") != city || len(f.Names) != 1 || !f.Names[0].Settled {
		t.Errorf("%+v, %+v", row.Values, f.Names)
	}
}

func TestResembles(t *testing.T) {
	r := &resembler{byWords: map[string]string{}, byShape: map[int][]likelyName{}, taken: map[string]bool{}}
	for _, name := range []string{"Cancity", "Acme Inc", "Michael Bolton", "Account 0123", "Dalt", "Kan-code", "Xx-holding", "The Holding Company", "Donquadtech"} {
		r.add(name)
	}
	for name, want := range map[string]string{
		"Cancty": "Cancity", "cancity": "", "Cnacity": "Cancity", "Acme": "Acme Inc", "ACME, Incorporated": "Acme Inc", "Bolton, Michael": "Michael Bolton",
		"Account 0124": "", "Acount 0123": "Account 0123", "Dal": "", "Dalton": "", "Kancode Ltd": "", "Kan Code AS": "Kan-code", "": "", "Holding": "", "Donquodtec": "Donquadtech", "Zebra": "",
	} {
		if got := r.like(name); got != want {
			t.Errorf("%q resembles %q, want %q", name, got, want)
		}
	}
}

// The file of the rows that were set aside comes in once it is mended, read as
// the file that they come from.
func TestMendedRowsComeIn(t *testing.T) {
	for _, ending := range []string{".csv", ".xlsx"} {
		a := importBook(t)
		res := importText(t, a, PlanOptions{}, "Deal ID;Stage;Amount;Close Date\nA;Won;1.234,50;31/05/2017\nB;Won;soon;02/03/2017\nC;Won;5,25;99/99/2017\n")
		path := filepath.Join(t.TempDir(), "aside"+ending)
		if written, err := res.WriteSetAside(path); err != nil || !slices.Equal(written, []string{path}) || res.SetAside() != 2 {
			t.Fatalf("%v, %v, %+v", written, err, res.Files[0])
		}
		if ending == ".csv" {
			raw, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(raw), "set aside because,line in the file\r\n") || !strings.Contains(string(raw), ",3\r\n") {
				t.Fatalf("%v %s", err, raw)
			}
			mended := strings.NewReplacer("soon", `"2,75"`, "99/99", "01/02").Replace(string(raw))
			if err := os.WriteFile(path, []byte(mended), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		f := applyFile(t, a, path, PlanOptions{})
		if ending == ".xlsx" {
			if f.SetAside != 2 || f.Kind != data.KindDeal {
				t.Errorf("%+v", f)
			}
			continue
		}
		b, c := importRow1(t, a, data.KindDeal, "B"), importRow1(t, a, data.KindDeal, "C")
		if f.New != 2 || b.Day("close_day") != data.NewDay(2017, 3, 2) || b.Int("amount") != 275 || c.Day("close_day") != data.NewDay(2017, 2, 1) || c.Int("amount") != 525 {
			t.Errorf("%+v; %+v; %+v", f, b.Values, c.Values)
		}
	}
}
