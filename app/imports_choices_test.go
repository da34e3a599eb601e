package app_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
)

func planOf(t *testing.T, a *app.App, name, text string) (*app.ImportPlan, *app.FilePlan) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	plan, err := a.Imports.Plan(context.Background(), []string{path}, app.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return plan, plan.Files[0]
}

func TestWritingIsToldAndCorrected(t *testing.T) {
	ctx, a := context.Background(), settingsBook(t)
	plan, f := planOf(t, a, "deals.csv", "opportunity_id;account;stage;close_date;amount\n1;Bj\xf6rn;Won;03/04/2026;1,5\n2;Asta;Won;05/06/2026;2,5\n")
	w := f.Writing()
	if !w.Text || w.Delimiter != ";" || w.Order == "" || !w.Doubt || w.Mark != "," {
		t.Fatalf("writing %+v", w)
	}
	if err := f.SetDayOrders("day first"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetMarks(","); err != nil {
		t.Fatal(err)
	}
	if err := a.Imports.SetEncoding(ctx, f, "windows-1252"); err != nil {
		t.Fatal(err)
	}
	if got := f.Preview[0].Cells[1]; got != "Björn" {
		t.Errorf("read as %q", got)
	}
	if err := f.SetDayOrders("day first"); err != nil {
		t.Fatal(err)
	}
	if w = f.Writing(); w.Order != "day first" || w.Encoding != "windows-1252" {
		t.Errorf("writing %+v", w)
	}
	if _, err := a.Imports.Apply(ctx, plan, func(int, int, string) {}); err != nil {
		t.Fatal(err)
	}
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindDeal, Sort: []data.Sort{{Field: "external_id"}}})
	if err != nil || len(rows) != 2 || rows[0].Day("close_day").String() != "2026-04-03" || rows[0].Int("amount") != 150 {
		t.Errorf("%d deals, %v: %+v", len(rows), err, rows)
	}
}

func TestDelimiterIsCorrected(t *testing.T) {
	ctx, a := context.Background(), settingsBook(t)
	_, f := planOf(t, a, "p.csv", "product;price\nA;1\n")
	if err := a.Imports.SetDelimiter(ctx, f, ","); err != nil || len(f.Columns) != 1 {
		t.Errorf("%d columns, %v", len(f.Columns), err)
	}
	if err := a.Imports.SetDelimiter(ctx, f, ";"); err != nil || len(f.Columns) != 2 {
		t.Errorf("%d columns, %v", len(f.Columns), err)
	}
}

func TestWritingRefusesWhatIsNot(t *testing.T) {
	ctx, a := context.Background(), settingsBook(t)
	_, f := planOf(t, a, "p.csv", "product;price\nA;1\n")
	for what, err := range map[string]error{
		"encoding": a.Imports.SetEncoding(ctx, f, "morse"), "delimiter": a.Imports.SetDelimiter(ctx, f, "ab"),
		"sheet": a.Imports.SetSheet(ctx, f, "Sheet9"), "days": f.SetDayOrders("backwards"), "marks": f.SetMarks("'"),
	} {
		if data.KindOf(err) != data.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
}
