package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

func TestImportFollowsAMapping(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	text := "Key,Phase,Worth,When,Fleet,Junk\n1,Quoted,5,03/04/2017,7,x\n2,Done,6,05/06/2017,8,y\n"
	path := importFile(t, text)[0]
	plan := planFiles(t, a, PlanOptions{Kind: "deals"}, path)
	f := plan.Files[0]
	for _, err := range []error{
		f.SetField(0, "external_id"), f.SetField(1, "stage"), f.SetField(2, "amount"), f.SetField(3, "close_day"),
		f.SetNewField(4, "Fleet size", data.TypeNumber), f.SetDayOrder(3, sheet.DayFirst), f.SetStageType("Done", data.StageWon),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	proposal := importRow1(t, a, "stage", "Proposal")
	if err := f.SetStage("Quoted", proposal.ID); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.SetField(9, "x"), f.SetField(1, "nonsense"), f.SetStage("Never", proposal.ID)); err == nil {
		t.Error("wrong settings were taken")
	}
	saved := filepath.Join(t.TempDir(), "map.json")
	if err := plan.Mapping().Save(saved); err != nil {
		t.Fatal(err)
	}
	res, err := a.Imports.Apply(ctx, plan, nil)
	if err != nil || res.Files[0].New != 2 {
		t.Fatal(err, res)
	}
	row := importRow1(t, a, "deal", "1")
	if row.Labels["stage"] != "Proposal" || row.Day("close_day") != data.NewDay(2017, 4, 3) || row.Float("fleet_size") != 7 {
		t.Errorf("%v %v", row.Values, row.Labels)
	}
	importVerified(t, a)
	again, err := a.Imports.Apply(ctx, planFiles(t, a, PlanOptions{}, path), nil)
	if err != nil || again.Files[0].Unchanged != 2 {
		t.Errorf("what was corrected is not remembered: %+v %v", *again.Files[0], err)
	}
	mapping, err := LoadMapping(saved)
	if err != nil {
		t.Fatal(err)
	}
	b := importBook(t)
	other, err := b.Imports.Apply(ctx, planFiles(t, b, PlanOptions{Mapping: mapping}, path), nil)
	if err != nil || other.Files[0].New != 2 || !importRow1(t, b, "deal", "2").Has("fleet_size") {
		t.Errorf("saved mapping: %+v %v", *other.Files[0], err)
	}
}

func TestParseMapping(t *testing.T) {
	for text, field := range map[string]string{
		`{"Phase": "stage"}`: "stage", `{"kind": "deals", "columns": {"Phase": {"field": "stage"}}}`: "stage", `{"files": [{"columns": {"Phase": ""}}]}`: "",
	} {
		m, err := ParseMapping([]byte(text))
		if err != nil || len(m.Files) != 1 || m.Files[0].Columns["Phase"].Field != field {
			t.Errorf("%s: %+v %v", text, m, err)
		}
	}
	for _, text := range []string{"", "[]", `{"Phase": 3}`, `{"files": 3}`} {
		if _, err := ParseMapping([]byte(text)); data.KindOf(err) != data.Invalid {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := LoadMapping(filepath.Join(t.TempDir(), "none.json")); data.KindOf(err) != data.NotFound {
		t.Error(err)
	}
}

func TestImportWorkbook(t *testing.T) {
	a := importBook(t)
	path := filepath.Join(t.TempDir(), "deals.xlsx")
	w, err := sheet.NewXLSXWriter(path, sheet.XLSXOptions{Sheet: "Deals"})
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		w.WriteHeader([]sheet.Column{{Title: "Deal ID"}, {Title: "Stage"}, {Title: "Close date", Kind: sheet.DayKind}, {Title: "Amount", Kind: sheet.MoneyKind, Decimals: 2}}),
		w.WriteRow([]sheet.Cell{sheet.TextCell("0012"), sheet.TextCell("Won"), sheet.DayCell(data.NewDay(2017, 3, 1)), sheet.MoneyCell(105_450, 2)}),
		w.WriteRow([]sheet.Cell{sheet.TextCell("0013"), sheet.TextCell("Lost"), sheet.DayCell(data.NoDay), {}}), w.Close())
	if err != nil {
		t.Fatal(err)
	}
	f := importFiles(t, a, path).Files[0]
	if row := importRow1(t, a, "deal", "0012"); f.New != 2 || row.Int("amount") != 105_450 || row.Day("close_day") != data.NewDay(2017, 3, 1) {
		t.Errorf("%+v %v", *f, row.Values)
	}
}

func TestImportListsOnlySoManyProblems(t *testing.T) {
	a := importBook(t)
	var text strings.Builder
	text.WriteString("Deal ID,Stage,Amount\n")
	for i := range mostProblems + 100 {
		fmt.Fprintf(&text, "D%d,Won,x%d\n", i, i)
	}
	res := importText(t, a, PlanOptions{Kind: "deal"}, text.String())
	if f := res.Files[0]; len(f.Problems) != mostProblems || f.More != 100 || f.SetAside != mostProblems+100 {
		t.Errorf("%d problems, %d more, %d set aside", len(f.Problems), f.More, f.SetAside)
	}
	out := filepath.Join(t.TempDir(), "aside.csv")
	if _, err := res.WriteSetAside(out); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(out)
	if err != nil || strings.Count(string(raw), "is not an amount") != mostProblems+100 {
		t.Errorf("%d reasons, %v\n%.300s", strings.Count(string(raw), "is not an amount"), err, raw)
	}
}

func TestImportStops(t *testing.T) {
	a := importBook(t)
	before := importDump(t, a)
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	plan := planFiles(t, a, PlanOptions{}, manyDeals(t, 20_000))
	_, err := a.Imports.Apply(ctx, plan, func(done, total int, words string) {
		if calls++; done > 3000 {
			cancel()
		}
		if total != 20_000 || words == "" {
			t.Errorf("progress %d of %d: %q", done, total, words)
		}
	})
	if data.KindOf(err) != data.Canceled || calls < 3 {
		t.Fatalf("stopped after %d calls: %v", calls, err)
	}
	if !slices.Equal(importDump(t, a), before) {
		t.Error("a stopped import left something")
	}
	importVerified(t, a)
	if _, err := a.Imports.Plan(ctx, importFile(t, "a,b\n1,2\n"), PlanOptions{}); data.KindOf(err) != data.Canceled {
		t.Errorf("planning under a dead context: %v", err)
	}
	if _, err := a.Imports.Plan(context.Background(), []string{filepath.Join(t.TempDir(), "none.csv")}, PlanOptions{}); data.KindOf(err) != data.NotFound {
		t.Errorf("no file: %v", err)
	}
}

func TestImportInTwoBooksMergesWithoutConflict(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	b, err := CreateReplica(ctx, filepath.Join(t.TempDir(), "b.book"), a.Book().ID, importConfig())
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, b)
	importMerge(t, a, b)
	importFiles(t, a, mavenPaths(t, "original")...)
	importFiles(t, b, mavenPaths(t, "variant-us-dates")...)
	importMerge(t, a, b)
	importMerge(t, b, a)
	for _, x := range []*App{a, b} {
		if con, err := x.Journal.Conflicts(ctx); err != nil || len(con) > 0 {
			t.Errorf("%d conflicts, %v", len(con), err)
		}
	}
	if !slices.Equal(importDump(t, a), importDump(t, b)) {
		t.Error("the books differ")
	}
	importVerified(t, b)
}

func importMerge(t *testing.T, from, to *App) {
	t.Helper()
	err := to.write(context.Background(), store.Act{What: "Merge"}, func(tx *store.Tx) error {
		m := tx.Merger()
		if err := from.store.EachOp(context.Background(), m.Txn, m.Op); err != nil {
			return err
		}
		return m.Finish()
	})
	if err != nil {
		t.Fatal(err)
	}
}
