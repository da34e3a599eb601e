package app

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"fieldbook/data"
)

// Everything goes out in one step and comes into an empty book in one, whatever
// it was written to, and goes out of that the same.
func TestEverythingGoesOutAndComesIn(t *testing.T) {
	a := exportBook(t, "a.book")
	fillHard(t, a)
	before := dump(t, a)
	for _, name := range []string{"all.xlsx", "all.zip", "folder"} {
		t.Run(name, func(t *testing.T) {
			path, again := filepath.Join(t.TempDir(), name), filepath.Join(t.TempDir(), name)
			var told int64
			n, err := a.Records.ExportAll(t.Context(), path, func(done, total int64) {
				told = done
				if done > total {
					t.Errorf("%d of %d", done, total)
				}
			})
			if err != nil || n == 0 || told != int64(n) {
				t.Fatalf("%d records, told %d, %v", n, told, err)
			}
			paths := []string{path}
			if name == "folder" {
				paths = filesIn(t, path)
			}
			b := exportBook(t, "b.book")
			rows := 0
			for _, f := range importAll(t, b, paths).Files {
				if rows += f.Rows; f.SetAside > 0 || f.Kind == "" {
					t.Errorf("%s: %+v %s", f.File, f.Problems, f.Why)
				}
			}
			if got := dump(t, b); rows != n || !slices.Equal(got, before) {
				t.Fatalf("%d of %d rows; the copy differs:\n%s", rows, n, difference(before, got))
			}
			if _, err := b.Records.ExportAll(t.Context(), again, nil); err != nil {
				t.Fatal(err)
			}
			second := []string{again}
			if name == "folder" {
				second = filesIn(t, again)
			}
			for i := range paths {
				x, err1 := os.ReadFile(paths[i])
				y, err2 := os.ReadFile(second[i])
				if err1 != nil || err2 != nil || !bytes.Equal(x, y) {
					t.Errorf("%s differs, %v, %v", paths[i], err1, err2)
				}
			}
		})
	}
}

func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, filepath.Join(folder, e.Name()))
	}
	return out
}

// Sums stand below amounts of one currency, and never come back as a record.
func TestSumsBelowATable(t *testing.T) {
	a := exportBook(t, "a.book")
	for _, city := range []string{"Oslo", "Bergen"} {
		addRow(t, a, data.KindAccount, data.Values{"name": city, "employees": int64(7), "latitude": 1.5})
	}
	path := filepath.Join(t.TempDir(), "accounts.xlsx")
	if _, err := a.Records.Export(t.Context(), data.Query{Kind: data.KindAccount}, path); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("accounts")
	if err != nil || len(rows) != 5 || rows[4][0] != "Total" || !slices.Contains(rows[4], "14") || slices.Contains(rows[4], "3") {
		t.Errorf("%v, %q", err, rows)
	}
	// A spreadsheet program moves the name with the row: here below a row that
	// was put in.
	if err := book.InsertRows("accounts", 4, 1); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellValue("accounts", "B4", "Hamar"); err != nil {
		t.Fatal(err)
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	if f := applyFile(t, a, path, PlanOptions{}); f.Rows != 3 || f.New != 1 || f.Unchanged != 2 {
		t.Errorf("%+v", f)
	}

	for _, currency := range []string{"EUR", "JPY"} {
		addRow(t, a, data.KindQuota, data.Values{"month": data.NewDay(2017, 1, 1), "amount": int64(5), "currency": currency, "person": addRow(t, a, data.KindPerson, data.Values{"name": currency})})
	}
	path = filepath.Join(t.TempDir(), "quotas.xlsx")
	if _, err := a.Records.Export(t.Context(), data.Query{Kind: data.KindQuota}, path); err != nil {
		t.Fatal(err)
	}
	book, err = excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := book.GetRows("quotas"); err != nil || len(rows) != 3 {
		t.Errorf("a sum over two currencies: %v, %q", err, rows)
	}
	if err := book.Close(); err != nil {
		t.Error(err)
	}
}

func TestWriteFigures(t *testing.T) {
	lines := [][]string{{"Won", "Value", "Rate"}, {"=Ann", "-70.5", "40%"}, {"Bo", "", "5"}}
	path := filepath.Join(t.TempDir(), "figures.csv")
	if err := WriteFigures(path, "Won", lines); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil || string(raw) != "Won,Value,Rate\r\n'=Ann,-70.5,40%\r\nBo,,5\r\n" {
		t.Errorf("%v %q", err, raw)
	}
	path = filepath.Join(t.TempDir(), "figures.xlsx")
	if err := WriteFigures(path, "Won: 2017/Q1", lines); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	number, err1 := book.GetCellType("Won  2017 Q1", "B2")
	text, err2 := book.GetCellType("Won  2017 Q1", "A2")
	if err1 != nil || err2 != nil || number == text {
		t.Errorf("%v %v, %v %v", number, text, err1, err2)
	}
	if err := book.Close(); err != nil {
		t.Error(err)
	}
	if err := WriteFigures(path, "Won", nil); data.KindOf(err) != data.NotFound {
		t.Errorf("no figures: %v", err)
	}
}
