package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// mergedSheet is a workbook whose sheet has some rows and merged cells.
func mergedSheet(t testing.TB, rows, merged string) *bytes.Reader {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"[Content_Types].xml":        `<Types/>`,
		"xl/workbook.xml":            `<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + rows + `</sheetData>` + merged + `</worksheet>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

// writtenRows writes rows of texts, a line each, cells parted by commas.
func writtenRows(lines ...string) string {
	var b strings.Builder
	for i, line := range lines {
		_, _ = fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for j, cell := range strings.Split(line, ",") {
			if cell != "" {
				_, _ = fmt.Fprintf(&b, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+j, i+1, cell)
			}
		}
		b.WriteString(`</row>`)
	}
	return b.String()
}

func readAll(t testing.TB, src *bytes.Reader) (rows []string, r *Reader) {
	t.Helper()
	r, err := OpenAt(src, src.Size(), Format{})
	if err != nil {
		t.Fatal(err)
	}
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows, r
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, fmt.Sprintf("%d:%s", rec.Line, strings.Join(rec.Cells, ",")))
	}
}

// A merged cell is the value of the rows that it covers and of no other; a blank cell
// stays blank, and names of columns are left as they stand.
func TestMergedCells(t *testing.T) {
	rows := writtenRows("Owner,Deal,Stage", "Ann,Looms,Won", ",Spares,", ",Kiln,Open", ",Orphan,Lost", "Bo,Oven,Open", "", ",Glaze,Open", ",mergeCell ref=\"A1:A9\",Won")
	merged := `<mergeCells count="6"><mergeCell ref="A2:A4"/><x:mergeCell ref="A6:A8" /><mergeCell ref="C2:C3"/><mergeCell ref="A1:A2"/><mergeCell ref="B5:C5"/><mergeCell ref="ZZZZ1:B2"/></mergeCells>`
	got, r := readAll(t, mergedSheet(t, rows, merged))
	want := []string{"2:Ann,Looms,Won", "3:Ann,Spares,Won", "4:Ann,Kiln,Open", "5:,Orphan,Lost", "6:Bo,Oven,Open", "8:Bo,Glaze,Open", `9:,mergeCell ref="A1:A9",Won`}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if told := fmt.Sprint(r.Merged(0), r.Merged(1), r.Merged(2)); told != "[A2:A4 A6:A8] [] [C2:C3]" {
		t.Error(told)
	}
}

// Merged cells beyond reason are none, so that a small file costs no hours.
func TestMergedCellsBeyondReason(t *testing.T) {
	rows := writtenRows("Owner,Deal", "Ann,Looms", ",Spares")
	for name, merged := range map[string]string{
		"many":  strings.Repeat(`<mergeCell ref="A2:A3"/>`, mostMerged+1),
		"large": strings.Repeat(`<mergeCell ref="A2:A1048576"/>`, 5),
		"wrong": `<mergeCell ref="A2:A99999999999"/><mergeCell ref="A3:A2"/><mergeCell ref="A2"/><mergeCell/><mergeCell ref=":"/><mergeCell ref="A2:A3`,
	} {
		if got, _ := readAll(t, mergedSheet(t, rows, merged)); got[1] != "3:,Spares" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Marks that a read of the sheet parts at any place are found, once each.
func TestMergedCellsPartedByReads(t *testing.T) {
	sheet := strings.Repeat(" ", 300) + `<x:mergeCells count="2"><x:mergeCell ref="A2:A4"/><x:mergeCell ref="B2:B3"/></x:mergeCells>` + strings.Repeat(" ", 600)
	for cut := range len(sheet) {
		got, err := mergedIn(io.MultiReader(strings.NewReader(sheet[:cut]), strings.NewReader(sheet[cut:])))
		if err != nil || len(got) != 2 || got[0].reference != "A2:A4" || got[1].reference != "B2:B3" {
			t.Fatalf("parted at %d: %+v, %v", cut, got, err)
		}
	}
}
