package app

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

// importBook makes an empty book with a clock that moves.
func importBook(t testing.TB) *App {
	t.Helper()
	a, err := Create(context.Background(), filepath.Join(t.TempDir(), "a.book"), NewBook{Name: "Test", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, importConfig())
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

func importConfig() Config {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	return Config{Device: "test", Now: func() time.Time {
		now = now.Add(time.Second)
		return now
	}}
}

var mavenFiles = []string{"sales_pipeline.csv", "accounts.csv", "data_dictionary.csv", "products.csv", "sales_teams.csv"}

func mavenPaths(t testing.TB, variant string) []string {
	t.Helper()
	dir := datatest.Real(t, filepath.Join("maven-crm", variant))
	var out []string
	for _, name := range mavenFiles {
		out = append(out, filepath.Join(dir, name))
	}
	return out
}

func planFiles(t testing.TB, a *App, opt PlanOptions, paths ...string) *ImportPlan {
	t.Helper()
	plan, err := a.Imports.Plan(context.Background(), paths, opt)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func importFiles(t testing.TB, a *App, paths ...string) *ImportResult {
	t.Helper()
	res, err := a.Imports.Apply(context.Background(), planFiles(t, a, PlanOptions{}, paths...), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range res.Files {
		if f.New+f.Changed+f.Unchanged+f.SetAside != f.Rows {
			t.Errorf("%s: %d rows do not add up: %+v", f.File, f.Rows, *f)
		}
	}
	return res
}

func importVerified(t testing.TB, a *App) {
	t.Helper()
	r, err := a.Journal.Verify(context.Background())
	if err != nil || r.Faults > 0 {
		t.Fatalf("verify: %v %v", r.Findings, err)
	}
}

func importDump(t testing.TB, a *App) []string {
	t.Helper()
	var out []string
	if err := a.Journal.Dump(context.Background(), func(l string) error { out = append(out, l); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func importCount(t testing.TB, a *App, kind string, where ...data.Filter) int {
	t.Helper()
	n, err := a.Records.Count(context.Background(), data.Query{Kind: kind, Where: where})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func importIs(field string, v data.Value) data.Filter {
	return data.Filter{Field: field, Test: data.Is, Values: []data.Value{v}}
}

func TestImportMaven(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	empty := importDump(t, a)
	paths := mavenPaths(t, "original")
	plan := planFiles(t, a, PlanOptions{}, paths...)
	dry, err := a.Imports.Rehearse(ctx, plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(importDump(t, a), empty) || dry.Txn != "" {
		t.Fatal("a rehearsal changed the book")
	}
	res := importFiles(t, a, paths...)
	want := map[string]int{"sales_pipeline.csv": 8800, "accounts.csv": 85, "products.csv": 7, "sales_teams.csv": 35, "data_dictionary.csv": 0}
	for i, f := range res.Files {
		if f.New != want[f.File] || f.Rows != f.New || dry.Files[i].New != f.New || len(f.Problems) > 0 {
			t.Errorf("%s: %+v", f.File, *f)
		}
		if known := f.File != "data_dictionary.csv"; known != (f.Kind != "") || known != (f.Source == "maven") {
			t.Errorf("%s is %q of %q: %s", f.File, f.Kind, f.Source, f.Why)
		}
	}
	deals := res.Files[0]
	if want := []Mended{{"product", "GTXPro", "GTX Pro", 1480}}; !slices.Equal(deals.Mended, want) {
		t.Errorf("mended %v", deals.Mended)
	}
	if deals.ToFix != 2089 || !slices.Contains(deals.Lacking, Lacking{"no account", 1425}) || !slices.Contains(deals.Lacking, Lacking{"no close day", 2089}) {
		t.Errorf("to fix %d %v", deals.ToFix, deals.Lacking)
	}
	for kind, n := range map[string]int{"deal": 8800, "account": 85, "product": 7, "person": 41, "territory": 3, "assignment": 41} {
		if got := importCount(t, a, kind); got != n {
			t.Errorf("%d %s, want %d", got, kind, n)
		}
	}
	for name, n := range map[string]int{"Prospecting": 500, "Engaging": 1589, "Won": 4238, "Lost": 2473} {
		if got := importCount(t, a, "deal", importIs("stage.name", name)); got != n {
			t.Errorf("%d deals in %s, want %d", got, name, n)
		}
	}
	if n := importCount(t, a, "deal", importIs("stage.type", "won")); n != 4238 {
		t.Errorf("%d won", n)
	}
	if n := importCount(t, a, "person", importIs("role", "manager")); n != 6 {
		t.Errorf("%d managers", n)
	}
	if n := importCount(t, a, "account", data.Filter{Field: "parent", Test: data.Filled}); n != 15 {
		t.Errorf("%d subsidiaries", n)
	}
	var won int64
	err = a.Records.Each(ctx, data.Query{Kind: "deal", Where: []data.Filter{importIs("stage.type", "won")}}, func(r data.Row) error {
		won += r.Int("amount")
		return nil
	})
	if err != nil || won != 1000553400 {
		t.Errorf("won %d, %v", won, err)
	}

	full := importDump(t, a)
	for _, variant := range []string{"original", "variant-us-dates"} {
		res := importFiles(t, a, mavenPaths(t, variant)...)
		for _, f := range res.Files {
			if f.New+f.Changed+f.SetAside > 0 || len(f.Made) > 0 {
				t.Errorf("%s again: %s %+v", variant, f.File, *f)
			}
		}
		if res.Txn != "" || !slices.Equal(importDump(t, a), full) {
			t.Errorf("%s changed the book", variant)
		}
	}
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if got := importDump(t, a); !slices.Equal(got, empty) {
		t.Fatalf("after undo %d lines, want %d", len(got), len(empty))
	}
	importVerified(t, a)
	res = importFiles(t, a, mavenPaths(t, "variant-us-dates")...)
	if res.Files[0].New != 8800 {
		t.Errorf("revived %+v", *res.Files[0])
	}
	if got := importDump(t, a); !slices.Equal(got, full) {
		t.Error("the revived book differs")
	}
	importVerified(t, a)
}
