package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
)

func exportBook(t *testing.T, name string) *App {
	t.Helper()
	now := func() time.Time { return time.Date(2017, time.November, 17, 12, 0, 0, 0, time.UTC) }
	a, err := Create(t.Context(), filepath.Join(t.TempDir(), name), NewBook{Name: "Test", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, Config{Now: now, Device: "desk"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// fillHard writes rows that files find hard to keep.
func fillHard(t *testing.T, a *App) {
	t.Helper()
	add := func(kind string, values data.Values) data.ID {
		id, err := a.Records.Add(t.Context(), kind, values)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	boss := add(data.KindPerson, data.Values{"name": "Zoë Ångström", "role": data.RoleManager, "hire_day": data.NewDay(1899, 12, 31)})
	rep := add(data.KindPerson, data.Values{"name": "'=1+1", "manager": boss, "note": "two\nlines; \"quoted\", and a\ttab"})
	add(data.KindPerson, data.Values{"name": "Zoë Ångström", "manager": rep, "phone": "+47 22 00 00 00", "external_id": "000123"})
	north := add(data.KindTerritory, data.Values{"name": "North"})
	add(data.KindTerritory, data.Values{"name": "Far north", "parent": north})
	add(data.KindAssignment, data.Values{"person": rep, "territory": north, "role": data.AssignOwner, "start_day": data.NewDay(2017, 1, 1)})
	third := 1.0
	acc := add(data.KindAccount, data.Values{
		"name": "=HYPERLINK(\"x\")", "owner": rep, "latitude": 59.91273, "longitude": third / 3, "employees": int64(1) << 60, "revenue": 1e21, "postal_code": "0150",
	})
	add(data.KindAccount, data.Values{"name": "@handle", "parent": acc, "website": "-70", "note": strings.Repeat("ø", 20_000)})
	add(data.KindProduct, data.Values{"name": "Yen", "price": int64(4821), "currency": "JPY", "retired": true})
	add(data.KindProduct, data.Values{"name": "Dinar", "price": int64(-4821), "currency": "KWD", "retired": false})
	add(data.KindCustomField, data.Values{"kind": "account", "label": "Fleet size", "type": "number"})
	add(data.KindQuota, data.Values{"person": rep, "month": data.NewDay(2017, 11, 1), "amount": int64(1), "currency": "USD"})
	stage, err := a.Records.Find(t.Context(), data.KindStage, "Won")
	if err != nil {
		t.Fatal(err)
	}
	deal := add(data.KindDeal, data.Values{"name": "Deal", "stage": stage.ID, "close_day": data.NewDay(2017, 11, 1), "amount": int64(9_223_372_036_854_775_807), "currency": "USD", "account": acc, "owner": rep})
	add(data.KindActivity, data.Values{"type": "call", "subject": "  spaces  kept ", "deal": deal, "done": false, "minutes": int64(0)})
}

func dump(t *testing.T, a *App) []string {
	t.Helper()
	var out []string
	err := a.Journal.Dump(t.Context(), func(line string) error {
		out = append(out, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// exportAll writes every kind that has rows.
func exportAll(t *testing.T, a *App, ending string) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for _, k := range EveryKind() {
		path := filepath.Join(dir, k.Plural+ending)
		n, err := a.Records.Export(t.Context(), data.Query{Kind: k.Name}, path)
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			paths = append(paths, path)
		}
	}
	return paths
}

func importAll(t *testing.T, a *App, paths []string) *ImportResult {
	t.Helper()
	plan, err := a.Imports.Plan(t.Context(), paths, PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	res, err := a.Imports.Apply(t.Context(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestExportComesBackUnchanged(t *testing.T) {
	for _, ending := range []string{".csv", ".xlsx"} {
		a := exportBook(t, "a.book")
		fillHard(t, a)
		before := dump(t, a)
		paths := exportAll(t, a, ending)
		for _, f := range importAll(t, a, paths).Files {
			if f.Unchanged != f.Rows || f.Rows == 0 || f.Source != SourceOwn {
				t.Errorf("%s: %+v", ending, f)
			}
		}
		if after := dump(t, a); !slices.Equal(before, after) {
			t.Errorf("%s: the book changed", ending)
		}

		b := exportBook(t, "b.book")
		for _, f := range importAll(t, b, paths).Files {
			if f.SetAside > 0 {
				t.Errorf("%s into an empty book: %+v", ending, f.Problems)
			}
		}
		if got := dump(t, b); !slices.Equal(got, before) {
			t.Errorf("%s: the copy differs:\n%s", ending, difference(before, got))
		}
	}
}

func difference(want, got []string) string {
	var out []string
	for _, line := range want {
		if !slices.Contains(got, line) {
			out = append(out, "- "+line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			out = append(out, "+ "+line)
		}
	}
	return strings.Join(out, "\n")
}

// What was edited in an exported file finds its row by id; what makes no sense
// is set aside.
func TestEditedExport(t *testing.T) {
	a := exportBook(t, "a.book")
	boss, err := a.Records.Add(t.Context(), data.KindPerson, data.Values{"name": "Ann"})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := a.Records.Add(t.Context(), data.KindPerson, data.Values{"name": "Bo", "manager": boss})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "people.csv")
	lines := []string{
		"id,name,manager,manager_id,hire_day",
		rep.String() + ",Bo Dahl,Ann,,2017-03-01",
		boss.String() + ",Ann,Bo,,",
		data.NewID().String() + ",Cy,Nobody,,",
		data.NewID().String() + ",Dee,,,someday",
		data.NewID().String() + ",Eli,Bo Dahl," + rep.String() + ",",
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	f := importAll(t, a, []string{path}).Files[0]
	if f.Rows != 5 || f.New != 1 || f.Changed != 1 || f.SetAside != 3 {
		t.Errorf("%+v", f)
	}
	var problems []string
	for _, p := range f.Problems {
		problems = append(problems, fmt.Sprint(p.Line, " ", p.Column))
	}
	if want := []string{"3 manager", "4 manager", "5 hire_day"}; !slices.Equal(problems, want) {
		t.Errorf("problems %q, want %q", problems, want)
	}
	row, err := a.Records.Get(t.Context(), data.KindPerson, rep)
	if err != nil || row.Text("name") != "Bo Dahl" || row.Ref("manager") != boss || row.Day("hire_day") != data.NewDay(2017, 3, 1) {
		t.Errorf("%v, %+v", err, row.Values)
	}
}

func TestExportRefuses(t *testing.T) {
	a := exportBook(t, "a.book")
	dir, folder := t.TempDir(), filepath.Join(t.TempDir(), "folder.csv")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Records.Add(t.Context(), data.KindAccount, data.Values{"name": "Acme", "note": strings.Repeat("x", 40_000)}); err != nil {
		t.Fatal(err)
	}
	for path, kind := range map[string]data.ErrorKind{
		filepath.Join(dir, "accounts.ods"):         data.Invalid,
		filepath.Join(dir, "accounts.xlsx"):        data.Refused, // a text too long for its cell
		filepath.Join(dir, "no", "such", "at.csv"): data.Refused,
		folder: data.Refused,
	} {
		if _, err := a.Records.Export(t.Context(), data.Query{Kind: data.KindAccount}, path); err == nil || data.KindOf(err) != kind {
			t.Errorf("%s: %v", path, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.Records.Export(ctx, data.Query{Kind: data.KindAccount}, filepath.Join(dir, "accounts.csv")); err == nil {
		t.Error("a stopped export says nothing")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind %v, %v", left, err)
	}
}

func TestWriteFileLeavesNoHalf(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.txt")
	fault := errors.New("fault")
	if err := WriteFile(path, func(w io.Writer) error {
		_, err := io.WriteString(w, "half")
		return errors.Join(err, fault)
	}); !errors.Is(err, fault) {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 0 {
		t.Errorf("left behind %v, %v", left, err)
	}
}
