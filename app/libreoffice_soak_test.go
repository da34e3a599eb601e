package app

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/data/sheet"
)

// alwaysRecalculate tells LibreOffice to trust no value that a workbook brings.
const alwaysRecalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// libreOffice is the real program with a profile of its own and no window.
type libreOffice struct {
	t             *testing.T
	path, profile string
}

func newLibreOffice(t *testing.T) *libreOffice {
	t.Helper()
	path, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("LibreOffice is not installed; make soak installs it, or: apt-get install libreoffice-calc")
	}
	l := &libreOffice{t, path, t.TempDir()}
	if err := os.MkdirAll(filepath.Join(l.profile, "user"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(l.profile, "user", "registrymodifications.xcu"), []byte(alwaysRecalculate), 0o600); err != nil {
		t.Fatal(err)
	}
	return l
}

// saved opens workbooks, works their formulas out and saves them to a folder.
func (l *libreOffice) saved(paths ...string) (folder string) {
	l.t.Helper()
	folder = l.t.TempDir()
	args := append([]string{"-env:UserInstallation=file://" + l.profile, "--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder}, paths...)
	out, err := exec.CommandContext(l.t.Context(), l.path, args...).CombinedOutput()
	if err != nil {
		l.t.Fatalf("%v: %s", err, out)
	}
	return folder
}

// formulas gives the value of every cell of a workbook that has a formula.
func formulas(t *testing.T, path string) map[string]float64 {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, book)
	out := map[string]float64{}
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r := max(0, len(rows)-1); r < len(rows); r++ { // sums stand in the last row
			for c, text := range rows[r] {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, err := book.GetCellFormula(name, at); err != nil || formula == "" {
					continue
				}
				value, err := strconv.ParseFloat(text, 64)
				if err != nil {
					t.Errorf("%s %s!%s holds %q", filepath.Base(path), name, at, text)
				}
				out[name+"!"+at] = value
			}
		}
	}
	return out
}

// sheetRows reads all sheets of a workbook, as an import reads them.
func sheetRows(t *testing.T, path string) []string {
	t.Helper()
	first, err := sheet.Open(path, sheet.Format{Fixed: true, Kind: sheet.Workbook})
	if err != nil {
		t.Fatal(err)
	}
	sheets := first.Sheets()
	datatest.Close(t, first)
	var out []string
	for _, name := range sheets {
		r, err := sheet.Open(path, sheet.Format{Fixed: true, Kind: sheet.Workbook, Sheet: name})
		if err != nil {
			t.Fatal(err)
		}
		datatest.Close(t, r)
		for {
			rec, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			cells := slices.Clone(rec.Cells)
			for i, c := range cells {
				if x, err := strconv.ParseFloat(c, 64); err == nil && strings.Contains(c, "E+") { // LibreOffice writes great numbers so
					cells[i] = strconv.FormatFloat(x, 'f', -1, 64)
				}
			}
			for len(cells) > 0 && cells[len(cells)-1] == "" {
				cells = cells[:len(cells)-1]
			}
			out = append(out, fmt.Sprintf("%s %q", name, cells))
		}
	}
	return out
}

// TestSoakLibreOffice lets the real LibreOffice open every workbook that a book
// exports, work its sums out anew and save it: sums and rows stay what they were,
// and the saved workbooks import without a change. A book for each hundredth
// that FIELDBOOK_SOAK asks for.
func TestSoakLibreOffice(t *testing.T) {
	books := datatest.Share(0, 100)
	if books == 0 {
		return // a run of seconds has no other program in it
	}
	office := newLibreOffice(t)
	office.recalculates()
	for n := range books {
		a := exportBook(t, fmt.Sprintf("%d.book", n))
		if err := a.Sample(t.Context(), SampleOptions{Deals: 300, Seed: uint64(n) + 1}, func(int64, int64) {}); err != nil {
			t.Fatal(err)
		}
		fillHard(t, a)
		dir := t.TempDir()
		paths := []string{filepath.Join(dir, "all.xlsx"), filepath.Join(dir, "figures.xlsx")}
		if _, err := a.Records.ExportAll(t.Context(), paths[0], nil); err != nil {
			t.Fatal(err)
		}
		if err := a.Performance.ExportFigures(t.Context(), ComputeQuery{By: metrics.ByPerson, AsOf: a.Today()}, paths[1]); err != nil {
			t.Fatal(err)
		}
		for _, k := range EveryKind() {
			path := filepath.Join(dir, k.Plural+".xlsx")
			if rows, err := a.Records.Export(t.Context(), data.Query{Kind: k.Name}, path); err != nil {
				t.Fatal(err)
			} else if rows > 0 {
				paths = append(paths, path)
			}
		}
		office.keeps(a, paths)
	}
	t.Logf("%d books", books)
}

// recalculates makes sure that the sums below are LibreOffice's own.
func (l *libreOffice) recalculates() {
	t := l.t
	t.Helper()
	book := excelize.NewFile()
	path := filepath.Join(t.TempDir(), "wrong.xlsx")
	stream, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range [][]any{{2}, {3}, {excelize.Cell{Formula: "SUBTOTAL(109,A1:A2)", Value: 77}}} {
		if err := stream.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(stream.Flush(), book.SaveAs(path), book.Close()); err != nil {
		t.Fatal(err)
	}
	if got := formulas(t, filepath.Join(l.saved(path), "wrong.xlsx")); got["Sheet1!A3"] != 5 {
		t.Fatalf("LibreOffice does not recalculate: %v", got)
	}
}

// keeps compares workbooks with what LibreOffice made of them.
func (l *libreOffice) keeps(a *App, paths []string) {
	t := l.t
	t.Helper()
	folder := l.saved(paths...)
	sums := 0
	for _, path := range paths {
		name := filepath.Base(path)
		again := filepath.Join(folder, name)
		want, got := formulas(t, path), formulas(t, again)
		sums += len(want)
		if len(want) != len(got) {
			t.Errorf("%s: %d sums became %d", name, len(want), len(got))
		}
		for at, x := range want {
			if y, ok := got[at]; !ok || math.Abs(x-y) > 1e-9*max(1, math.Abs(x)) {
				t.Errorf("%s %s: %v became %v", name, at, x, y)
			}
		}
		if before, after := sheetRows(t, path), sheetRows(t, again); !slices.Equal(before, after) {
			t.Errorf("%s: rows differ:\n%.2000s", name, strings.Join(datatest.Differing(before, after), "\n"))
		}
	}
	if sums == 0 {
		t.Error("no workbook has a sum")
	}
	for _, f := range importAll(t, a, []string{filepath.Join(folder, "all.xlsx")}).Files {
		if f.Unchanged != f.Rows {
			t.Errorf("%s does not come back: %+v", f.File, f)
		}
	}
}
