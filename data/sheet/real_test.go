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
	datatest.Close(t, r)
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
	const short = "test091.csv" // some of its rows have fewer cells
	noHeader := map[string]bool{"test019.csv": true, "test283.csv": true, "test284.csv": true}
	for _, path := range filesUnder(t, datatest.Real(t, "import-csv/csvw"), ".csv") {
		name := filepath.Base(path)
		got := readTable(t, path, sheet.Format{})
		if len(got.bad) > 0 || len(got.rows) == 0 {
			t.Errorf("%s: %d rows, bad %v", name, len(got.rows), got.bad)
		}
		if got.format.Delimiter != ',' || got.format.Header == noHeader[name] {
			t.Errorf("%s: read as %+v, header %q", name, got.format, got.header)
		}
		for i, row := range got.rows {
			if name != short && len(got.header) > 1 && len(row) != len(got.header) && !strings.HasPrefix(row[0], "#") {
				t.Errorf("%s line %d: %d cells under %d names", name, got.lines[i], len(row), len(got.header))
			}
		}
	}
}

func TestSpecialTables(t *testing.T) {
	dir := datatest.Real(t, "import-csv/tabulator-special")
	want := map[string]struct {
		encoding  sheet.Encoding
		delimiter byte
		skip      int
		header    string
		rows      int
		first     string
	}{
		"accent.csv":                   {sheet.UTF8, ';', 0, "n_amenageur", 2, "XXX"},
		"bom.csv":                      {sheet.UTF8, ',', 0, "id", 2, "1"},
		"doublequote.csv":              {sheet.UTF8, ',', 0, "INCISO", 5, "A.N.E.P."},
		"escaping.csv":                 {sheet.UTF8, ',', 0, "ID", 3, "1"},
		"issue305.csv":                 {sheet.UTF8, ',', 0, "data_id", 338, "7006950"},
		"latin1.csv":                   {sheet.Windows1252, ',', 0, "id", 2, "1"},
		"long.csv":                     {sheet.UTF8, ',', 0, "id", 6, "1"},
		"matrix.csv":                   {sheet.UTF8, ',', 0, "f1", 4, "11"},
		"skip-blank-at-the-end.csv":    {sheet.UTF8, ',', 0, "test1", 2, "#testing comment"},
		"skip-rows-before-headers.csv": {sheet.UTF8, ',', 1, "id", 2, "1"},
		"skip-rows.csv":                {sheet.UTF8, ',', 1, "id", 2, "1"},
		"table-reverse.csv":            {sheet.UTF8, ',', 0, "id", 2, "1"},
		"table.csv":                    {sheet.UTF8, ',', 0, "id", 2, "1"},
		"table.tsv":                    {sheet.UTF8, '\t', 0, "id", 3, "1"},
		"table_unicode_headers.csv":    {sheet.UTF8, ',', 0, "id", 2, "1"},
	}
	for _, path := range filesUnder(t, dir, ".csv.tsv") {
		name := filepath.Base(path)
		w, known := want[name]
		if !known {
			t.Errorf("%s: no answer for this file", name)
			continue
		}
		got := readTable(t, path, sheet.Format{})
		f := got.format
		if f.Encoding != w.encoding || f.Delimiter != w.delimiter || f.Skip != w.skip || len(got.bad) > 0 {
			t.Errorf("%s: read as %+v, bad %v", name, f, got.bad)
		}
		if len(got.header) == 0 || got.header[0] != w.header || len(got.rows) != w.rows || got.rows[0][0] != w.first {
			t.Errorf("%s: header %q, %d rows, first %q", name, got.header, len(got.rows), got.rows[:1])
		}
	}
	escaped := readTable(t, filepath.Join(dir, "escaping.csv"), sheet.Format{})
	for i, text := range []string{`Test line 1`, `Test " line 2`, `Test " line 3`} {
		if escaped.rows[i][1] != text {
			t.Errorf("escaping.csv row %d: %q, want %q", i, escaped.rows[i][1], text)
		}
	}
	if latin := readTable(t, filepath.Join(dir, "latin1.csv"), sheet.Format{}); latin.rows[1][1] != "©" {
		t.Errorf("latin1.csv: %q", latin.rows[1])
	}
}

func TestEncodingsAreFound(t *testing.T) {
	want := map[string]sheet.Encoding{
		"sample-arabic-1.txt": sheet.Windows1256, "sample-chinese.txt": sheet.Big5, "sample-french-1.txt": sheet.Windows1252,
		"sample-greek.txt": sheet.Windows1253, "sample-greek-2.txt": sheet.Windows1253, "sample-hebrew-2.txt": sheet.Windows1255,
		"sample-hebrew-3.txt": sheet.Windows1255, "sample-korean.txt": sheet.EUCKR, "sample-russian.txt": sheet.MacCyrillic,
		"sample-turkish.txt": sheet.Windows1254,
	}
	for _, path := range filesUnder(t, datatest.Real(t, "import-csv/encodings"), ".txt") {
		name := filepath.Base(path)
		expected, foreign := want[name]
		if !foreign {
			expected = sheet.UTF8
		}
		f, err := sheet.SniffFile(path)
		if err != nil || f.Encoding != expected || f.BOM != (name == "sample-english.bom.txt") {
			t.Errorf("%s: %+v %v, want %s", name, f, err, expected)
		}
	}
}

func TestFrenchCustomersBehindAPlainStart(t *testing.T) {
	dir := datatest.Real(t, "territory-customers")
	for name, rows := range map[string]int{"France.csv": 9110, "USA.csv": 857, "United Kingdom.csv": 661} {
		got := readTable(t, filepath.Join(dir, name), sheet.Format{})
		if got.format.Header || len(got.rows) != rows || len(got.bad) > 0 {
			t.Errorf("%s: header %v, %d rows, bad %v", name, got.format.Header, len(got.rows), got.bad)
		}
		if name == "France.csv" && got.format.Encoding != sheet.Windows1252 {
			t.Errorf("%s: %s", name, got.format.Encoding)
		}
	}
}

func TestDaysOfTheUSVariant(t *testing.T) {
	dir := datatest.Real(t, "maven-crm")
	for variant, order := range map[string]sheet.DayOrder{"original": sheet.YearFirst, "variant-us-dates": sheet.MonthFirst} {
		got := readTable(t, filepath.Join(dir, variant, "sales_pipeline.csv"), sheet.Format{})
		var days sheet.DayEvidence
		for i, row := range got.rows {
			days.Add(got.lines[i], row[6])
		}
		v := days.Result()
		if v.Ambiguous || v.Order != order || v.Days != v.Values || len(got.rows) != 8800 {
			t.Errorf("%s: %+v, %d rows", variant, v, len(got.rows))
		}
	}
	if f, err := sheet.SniffFile(filepath.Join(dir, "variant-us-dates", "data_dictionary.csv")); err != nil || f.Skip != 1 || !f.Header {
		t.Errorf("title row above the header: %+v %v", f, err)
	}
}
