package sheet

import (
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

func sampleColumns() []Column {
	return []Column{
		{Title: "Account", Kind: TextKind},
		{Title: "Seats", Kind: NumberKind, Total: true},
		{Title: "Amount", Kind: MoneyKind, Decimals: 2, Total: true},
		{Title: "Close day", Kind: DayKind, Width: 20},
	}
}

func sampleCells() [][]Cell {
	return [][]Cell{
		{TextCell("Acme; \"Corp\"\nNorth"), NumberCell(2.5), MoneyCell(123456, 2), DayCell(data.NewDay(2017, time.March, 1))},
		{TextCell("=HYPERLINK(1)"), NumberCell(-70), MoneyCell(-50, 2), DayCell(data.NoDay)},
		{TextCell("00123"), NumberCell(1e6), MoneyCell(math.MaxInt64, 2), DayCell(data.NewDay(1899, time.July, 4))},
	}
}

// writeAll writes columns and rows with w.
func writeAll(t testing.TB, w Writer, err error, rows [][]Cell) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Discard(); err != nil {
			t.Error(err)
		}
	})
	if err := w.WriteHeader(sampleColumns()); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.WriteRow(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// readBack reads a file to its end.
func readBack(t testing.TB, path string) (header []string, rows [][]string) {
	t.Helper()
	r, err := Open(path, Format{})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, r)
	header, _ = r.Header()
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return header, rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, append([]string(nil), rec.Cells...))
	}
}

func TestWrittenFilesReadBack(t *testing.T) {
	want := [][]string{
		{"Acme; \"Corp\"\nNorth", "2.5", "1234.56", "2017-03-01"},
		{"=HYPERLINK(1)", "-70", "-0.50", ""},
		{"00123", "1000000", "92233720368547758.07", "1899-07-04"},
	}
	for _, name := range []string{"out.csv", "marked.csv", "out.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		var w Writer
		var err error
		if filepath.Ext(name) == ".xlsx" {
			w, err = NewXLSXWriter(path, XLSXOptions{Sheet: "Deals: 2017/Q1"})
		} else {
			w, err = NewCSVWriter(path, CSVOptions{BOM: name == "marked.csv"})
		}
		writeAll(t, w, err, sampleCells())
		header, rows := readBack(t, path)
		if strings.Join(header, "|") != "Account|Seats|Amount|Close day" || len(rows) != len(want) {
			t.Errorf("%s: header %q, %d rows", name, header, len(rows))
			continue
		}
		for i, row := range rows {
			for j, cell := range want[i] {
				got := ""
				if j < len(row) {
					got = row[j]
				}
				if got != cell && (name != "out.xlsx" || got != "-0.5") {
					t.Errorf("%s row %d column %d: %q, want %q", name, i, j, got, cell)
				}
			}
		}
		left, err := os.ReadDir(filepath.Dir(path))
		if err != nil || len(left) != 1 {
			t.Errorf("%s: %d files in the folder, %v", name, len(left), err)
		}
	}
}

func TestWorkbookLooks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.xlsx")
	w, err := NewXLSXWriter(path, XLSXOptions{Sheet: "Deals", Totals: func(int) bool { return true }})
	writeAll(t, w, err, sampleCells()[:2])
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, f)
	panes, err := f.GetPanes("Deals")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v %v", panes, err)
	}
	refers := map[string]string{}
	for _, n := range f.GetDefinedName() {
		refers[n.Name] = n.RefersTo
	}
	if len(refers) != 2 || refers["_xlnm._FilterDatabase"] != "'Deals'!$A$1:$D$3" || refers[totalsName] != "'Deals'!$A$5:$D$5" {
		t.Errorf("names %+v", refers)
	}
	if _, rows := readBack(t, path); len(rows) != 2 {
		t.Errorf("read back %q, the sums among them", rows)
	}
	if width, err := f.GetColWidth("Deals", "D"); err != nil || width != 20 {
		t.Errorf("width %v %v", width, err)
	}
	formula, err1 := f.GetCellFormula("Deals", "C5")
	total, err2 := f.GetCellValue("Deals", "C5")
	shown, err3 := f.GetCellValue("Deals", "C2")
	if errors.Join(err1, err2, err3) != nil || formula != "SUBTOTAL(109,C2:C3)" || total != "1,234.06" || shown != "1,234.56" {
		t.Errorf("total %q %q, amount %q", formula, total, shown)
	}
	kind, err := f.GetCellType("Deals", "D2")
	day, err2 := f.GetCellValue("Deals", "D2", excelize.Options{RawCellValue: true})
	if err != nil || err2 != nil || kind == excelize.CellTypeInlineString || day != "42795" {
		t.Errorf("day %v %q", kind, day)
	}
	style, err := f.GetCellStyle("Deals", "A1")
	if err != nil {
		t.Fatal(err)
	}
	if look, err := f.GetStyle(style); err != nil || look.Font == nil || !look.Font.Bold {
		t.Errorf("header style %+v %v", look, err)
	}
	part := unpack(t, path, "xl/worksheets/sheet1.xml")
	if !bytes.Contains(part, []byte(`<autoFilter ref="$A$1:$D$3"`)) {
		t.Errorf("no filter in the sheet: %s", part[max(0, len(part)-400):])
	}
}

func TestFailedWriteLeavesNothing(t *testing.T) {
	for name, start := range map[string]func(path string) (Writer, error){
		"csv":  func(path string) (Writer, error) { return NewCSVWriter(path, CSVOptions{}) },
		"xlsx": func(path string) (Writer, error) { return NewXLSXWriter(path, XLSXOptions{}) },
	} {
		path := filepath.Join(t.TempDir(), "out")
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		w, err := start(path)
		if err != nil {
			t.Fatal(err)
		}
		bad := w.WriteRow([]Cell{NumberCell(math.NaN())})
		if data.KindOf(bad) != data.Invalid || !errors.Is(w.Close(), bad) || w.Discard() != nil {
			t.Errorf("%s: %v", name, bad)
		}
		old, err := os.ReadFile(path)
		left, _ := os.ReadDir(filepath.Dir(path))
		if err != nil || string(old) != "old" || len(left) != 1 {
			t.Errorf("%s: %q, %d files, %v", name, old, len(left), err)
		}
	}
}

// What is written to CSV is read back, whatever the text.
func TestCSVRoundTrip(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringMatching(`['=+@\-\t 0-9a-z,;"\r\n#]{0,12}`), rapid.String())
		rows := rapid.SliceOfN(rapid.SliceOfN(text, 3, 3), 1, 6).Draw(t, "rows")
		path := filepath.Join(dir, "out.csv")
		w, err := NewCSVWriter(path, CSVOptions{BOM: true})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = w.Discard() }() // nothing is left to discard after Close
		for i, row := range rows {
			row[0] = "k" + row[0]
			for j := range row {
				rows[i][j] = strings.ReplaceAll(row[j], "\x00", "")
			}
			if err := w.WriteRow([]Cell{TextCell(row[0]), TextCell(row[1]), TextCell(row[2])}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		f := plain()
		f.BOM = true
		r, err := Open(path, f)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = r.Close() }() // it was only read
		for _, row := range rows {
			got, err := r.Next()
			if err != nil || !reflect.DeepEqual(got.Cells, row) {
				t.Fatalf("%q came back as %q, %v", row, got.Cells, err)
			}
		}
	})
}
