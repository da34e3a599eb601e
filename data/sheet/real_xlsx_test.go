package sheet_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/data/sheet"
)

// refusal gives the words by which a workbook is refused; "" for one that is read.
func refusal(name string) string {
	switch {
	case strings.HasPrefix(name, "encrypt"), name == "pass_protected.xlsx":
		return "password"
	case name == "issue252.xlsx":
		return "damaged"
	}
	for _, empty := range []string{"empty_sheet.xlsx", "issue127.xlsx", "issue281.xlsm", "picture.xlsx", "vba.xlsm", "BadWorkbook.xlsx"} {
		if name == empty {
			return "No visible sheet"
		}
	}
	return ""
}

func TestEveryWorkbookIsReadOrRefused(t *testing.T) {
	for _, path := range filesUnder(t, datatest.Real(t, "import-xlsx"), ".xlsx.xlsm") {
		name := filepath.Base(path)
		r, err := sheet.Open(path, sheet.Format{})
		if words := refusal(name); words != "" {
			var refused *data.Error
			if !errors.As(err, &refused) || !strings.Contains(refused.Msg, words) {
				t.Errorf("%s: %v, want a refusal with %q", name, err, words)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := drain(t, r)
		if len(got.bad) > 0 || len(got.header)+len(got.rows) == 0 {
			t.Errorf("%s: header %q, %d rows, bad %v", name, got.header, len(got.rows), got.bad)
		}
		if err := r.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWorkbookCells(t *testing.T) {
	dir := datatest.Real(t, "import-xlsx")
	noHeader := sheet.Format{Fixed: true, Kind: sheet.Workbook}
	for _, c := range []struct {
		file, cells string
		row         int
	}{
		{"calamine/date.xlsx", "2021-01-01 15", 0},
		{"calamine/date_1904.xlsx", "2021-01-01 15", 0},
		{"calamine/date_1904.xlsx", "15:10:10 17", 2},
		{"calamine/date_iso.xlsx", "2021-01-01", 0},
		{"calamine/date_quoted_format.xlsx", "2021-01-01", 3},
		{"calamine/encoded_entities.xlsx", "&", 0},
		{"calamine/errors.xlsx", "#N/A", 6},
		{"calamine/inlineStr_cdata.xlsx", "12345 NormalText", 1},
		{"calamine/nonstandard-xml-ns-prefix.xlsx", "1 3", 1},
		{"calamine/table_with_absolute_paths.xlsx", "100 North", 1},
		{"excelize/OverflowNumericCell.xlsx", "8595602512225", 0},
		{"tabulator/preserve-formatting-percentage.xlsx", "123 0.52", 1},
		{"tabulator/number_format_multicode.xlsx", "-9.03233986479077", 2},
		{"tabulator/table.xlsx", "2 中国人", 2},
	} {
		got := readTable(t, filepath.Join(dir, c.file), noHeader)
		if len(got.rows) <= c.row || strings.Join(got.rows[c.row], " ") != c.cells {
			t.Errorf("%s row %d: %q, want %q", c.file, c.row, got.rows, c.cells)
		}
	}
}

func TestSheetByName(t *testing.T) {
	path := filepath.Join(datatest.Real(t, "import-xlsx"), "calamine", "any_sheets.xlsx")
	r, err := sheet.Open(path, sheet.Format{})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, r)
	if strings.Join(r.Sheets(), ",") != "Visible,Chart" || r.Format().Sheet != "Visible" {
		t.Errorf("sheets %q, read %q", r.Sheets(), r.Format().Sheet)
	}
	_, err = sheet.Open(path, sheet.Format{Sheet: "Nowhere"})
	if data.KindOf(err) != data.NotFound {
		t.Errorf("missing sheet: %v", err)
	}
}
