package app

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
)

// zonedBook is a book whose days are counted away from UTC, in Oslo.
func zonedBook(t testing.TB) *App {
	t.Helper()
	a, err := Create(context.Background(), filepath.Join(t.TempDir(), "z.book"), NewBook{Name: "Test", Currency: "USD", FiscalStart: time.January, Zone: "Europe/Oslo"}, importConfig())
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

// toldDeals writes what the book holds of each deal, and its history, a line each.
func toldDeals(t testing.TB, a *App) []string {
	t.Helper()
	ctx := context.Background()
	stages, pipelines := map[data.ID]data.Row{}, map[data.ID]string{}
	each := func(kind string, fn func(data.Row)) {
		rows, err := a.Records.List(ctx, data.Query{Kind: kind})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			fn(r)
		}
	}
	each(data.KindPipeline, func(r data.Row) { pipelines[r.ID] = r.Title() })
	each(data.KindStage, func(r data.Row) { stages[r.ID] = r })
	history := map[data.ID][]string{}
	each(data.KindStageEntry, func(r data.Row) {
		history[r.Ref("deal")] = append(history[r.Ref("deal")], r.Day("day").String()+" "+r.Labels["stage"])
	})
	var out []string
	each(data.KindDeal, func(r data.Row) {
		s := stages[r.Ref("stage")]
		m := r.Money("amount", "")
		amount := "-"
		if r.Has("amount") {
			amount = m.Decimal() + " " + string(m.Currency)
		}
		line := []string{r.Text("name"), fmt.Sprintf("%s/%s %s %g%%", pipelines[s.Ref("pipeline")], s.Text("name"), s.Text("type"), s.Float("probability")), r.Labels["account"], r.Labels["owner"], amount, r.Day("close_day").String(), r.Day("created_day").String()}
		for _, field := range []string{"loss_reason", "source", "next_step", "category", "external_id"} {
			if v := r.Text(field); v != "" {
				line = append(line, field+"="+v)
			}
		}
		for i, v := range line {
			line[i] = cmp.Or(v, "-")
		}
		slices.Sort(history[r.ID])
		out = append(out, strings.Join(append(line, history[r.ID]...), " | "))
	})
	slices.Sort(out)
	return out
}

// Files in the shape of other systems come in whole: the expected deals stand
// in want.txt, one section a file.
func TestLayoutsOfOtherSystems(t *testing.T) {
	dir := filepath.Join("testdata", "layouts")
	files, want := expectedOf(t, dir)
	for _, path := range files {
		a := zonedBook(t)
		f := importFiles(t, a, path).Files[0]
		lines := append([]string{toldFile(f)}, toldDeals(t, a)...)
		if got := strings.Join(lines, "\n"); got != want[filepath.Base(path)] {
			t.Errorf("== %s\n%s\n", filepath.Base(path), got)
		}
		importedAgain(t, a, path, f)
	}
}

// Tables of other kinds in the shape of other systems come in whole too.
func TestTablesOfOtherKinds(t *testing.T) {
	files, want := expectedOf(t, filepath.Join("testdata", "tables"))
	for _, path := range files {
		a := zonedBook(t)
		f := importFiles(t, a, path).Files[0]
		lines := append([]string{toldFile(f)}, toldRows(t, a, f.Kind)...)
		if got := strings.Join(lines, "\n"); got != want[filepath.Base(path)] {
			t.Errorf("== %s\n%s\n", filepath.Base(path), got)
		}
		importedAgain(t, a, path, f)
	}
}

// expectedOf lists the tables of a folder, and what want.txt expects of each.
func expectedOf(t testing.TB, dir string) (files []string, want map[string]string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "want.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if files, err = filepath.Glob(filepath.Join(dir, "*.*s[vx]*")); err != nil {
		t.Fatal(err)
	}
	want = map[string]string{}
	for _, section := range strings.Split(string(raw), "== ")[1:] {
		name, body, _ := strings.Cut(section, "\n")
		want[name] = strings.TrimSpace(body)
	}
	if len(files) != len(want) {
		t.Errorf("%d files, %d expected", len(files), len(want))
	}
	return files, want
}

func toldFile(f *FileResult) string {
	return fmt.Sprintf("%s of %s: %d new, %d set aside, %d dropped", f.Kind, f.Source, f.New, f.SetAside, len(f.Dropped))
}

// toldRows writes what the book holds of each row of a kind, a line each.
func toldRows(t testing.TB, a *App, kind string) []string {
	t.Helper()
	rows, err := a.Records.List(context.Background(), data.Query{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		var line []string
		for _, f := range r.Kind.Fields {
			switch {
			case !r.Has(f.Name):
			case f.Type == data.TypeRef:
				line = append(line, f.Name+"="+r.Labels[f.Name])
			default:
				line = append(line, f.Name+"="+strings.ReplaceAll(f.Format(r.Values[f.Name], 2), "\n", "⏎"))
			}
		}
		out = append(out, strings.Join(line, " | "))
	}
	slices.Sort(out)
	return out
}

// importedAgain holds that a file's second import changes nothing.
func importedAgain(t testing.TB, a *App, path string, f *FileResult) {
	t.Helper()
	importVerified(t, a)
	if again := importFiles(t, a, path).Files[0]; again.New+again.Changed > 0 || again.SetAside != f.SetAside || len(again.Made) > 0 {
		t.Errorf("%s again: %+v", path, *again)
	}
}

// The tables of one program's interface come together: the deals, the history
// of their stages, and what their columns changed.
func TestHistoryOfStagesComesWithTheDeals(t *testing.T) {
	a := importBook(t)
	dir := filepath.Join("testdata", "layouts")
	res := importFiles(t, a, filepath.Join(dir, "salesforce-history.csv"), filepath.Join(dir, "salesforce-field-history.csv"), filepath.Join(dir, "salesforce-api.csv"))
	for i, want := range []string{"stage_entry 3 2 1", "stage_entry 2 1 0", "deal 4 3 1"} {
		f := res.Files[i]
		if got := fmt.Sprint(f.Kind, " ", f.Rows, " ", f.New, " ", f.SetAside); got != want {
			t.Errorf("%s: %s, want %s: %+v", f.File, got, want, f.Problems)
		}
	}
	want := []string{
		"Chillers | Sales pipeline/Bid open 60% | 0015g000001HarAAAA | 0055g000001BoEkAAA | 48000.50 USD | 2026-05-31 | 2026-01-09 | category=commit | external_id=0065g00000AAAA2AAA",
		"Looms | Sales pipeline/Phase Nine won 100% | 0015g000001NorAAAA | 0055g000001AnnAAAA | 12500.00 USD | 2026-03-14 | 2026-02-01 | external_id=0065g00000AAAA1AAA | 2026-02-02 Bid | 2026-03-14 Phase Nine",
		"Spares | Sales pipeline/Phase Zero lost 0% | 0015g000001HarAAAA | 0055g000001BoEkAAA | 900.00 USD | 2026-02-28 | 2026-01-12 | category=omitted | external_id=0065g00000AAAA3AAA | 2026-02-28 Phase Zero",
	}
	if got := toldDeals(t, a); !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	importVerified(t, a)
}

// What had to be found out stands in the result with the line that shows it.
func TestReadingsCarryTheirEvidence(t *testing.T) {
	a := importBook(t)
	f := importText(t, a, PlanOptions{}, "Deal ID;Deal name;Stage;Value;Due;Created on;Junk;Status\n1;Loom;Open talk;1.234,50;31/05/2026;01/02/2026;x;Won\n2;Kiln;Open talk;900,00;01/06/2026;03/02/2026;;Open\n\nGrand total (2 records);;;2.134,50;;;;\nConfidential - do not pass on\n").Files[0]
	want := []Reading{
		{Text: "Lines that are no rows of the table are left out", Why: `line 5 "Grand total (2 records) 2.134,50", line 6 "Confidential - do not pass on"`},
		{Column: "Value", Text: "Decimal comma", Why: `line 2: "1.234,50" can only have a decimal comma`},
		{Column: "Created on", Text: "Read day first", Why: `as in Due: line 2: "31/05/2026" can only be day first`},
		{Column: "Status", Text: "Won or lost by this column, not by the stage", Why: "rows: 1"},
	}
	if f.New != 2 || !slices.Equal(f.ReadAs[:2], want[:2]) || !slices.Contains(f.ReadAs, want[2]) || !slices.Contains(f.ReadAs, want[3]) || !slices.Equal(f.LeftOut, []string{"Junk"}) {
		t.Errorf("%d new, left out %v, %+v", f.New, f.LeftOut, f.ReadAs)
	}
}

// Owners named by mail address are the people who have it, of the book or of
// another file.
func TestOwnersByMail(t *testing.T) {
	a := importBook(t)
	if _, err := a.Records.Add(context.Background(), "person", data.Values{"name": "Ann Lee", "email": "ann@example.com", "role": "rep", "status": "active"}); err != nil {
		t.Fatal(err)
	}
	res := importText(t, a, PlanOptions{}, "Deal ID,Deal name,Stage,Owner Email\n1,Loom,Won,Ann@Example.com\n2,Kiln,Won,bo@example.com\n3,Oil,Won,cy@example.com\n", "Name,Email,Title\nBo Ek,bo@example.com,Rep\n")
	owners := map[string]string{}
	for _, id := range []string{"1", "2", "3"} {
		owners[id] = importRow1(t, a, "deal", id).Labels["owner"]
	}
	if owners["1"] != "Ann Lee" || owners["2"] != "Bo Ek" || owners["3"] != "cy@example.com" || importCount(t, a, "person") != 3 {
		t.Errorf("%v, %+v", owners, res.Files[0].Made)
	}
	if cy := importRow1(t, a, "person", "cy@example.com"); cy.Text("email") != "cy@example.com" {
		t.Errorf("%v", cy.Values)
	}
}
