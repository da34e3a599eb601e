package sheet

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// manyShared writes a workbook of n rows and ten columns as spreadsheet programs
// do: every text stands in the table of strings.
func manyShared(t testing.TB, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shared.xlsx")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(file)
	part := func(name string, fill func(w *bufio.Writer)) {
		entry, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w := bufio.NewWriter(entry)
		fill(w)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	text := func(name, content string) {
		part(name, func(w *bufio.Writer) { _, _ = w.WriteString(content) }) // told by Flush
	}
	text("[Content_Types].xml", `<Types/>`)
	text("xl/workbook.xml", `<workbook><sheets><sheet name="Deals" sheetId="1" r:id="r1"/></sheets></workbook>`)
	text("xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>`)
	text("xl/styles.xml", `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`)
	part("xl/sharedStrings.xml", func(w *bufio.Writer) {
		_, _ = w.WriteString(`<sst>`)
		for i := range 5 * (n + 1) {
			_, _ = fmt.Fprintf(w, `<si><t>Text number %d &amp; more</t></si>`, i)
		}
		_, _ = w.WriteString(`</sst>`)
	})
	part("xl/worksheets/sheet1.xml", func(w *bufio.Writer) {
		_, _ = w.WriteString(`<worksheet><sheetData>`)
		for i := range n + 1 {
			_, _ = fmt.Fprintf(w, `<row r="%d" spans="1:10">`, i+1)
			for j := range 10 {
				at := string(rune('A'+j)) + fmt.Sprint(i+1)
				switch {
				case j < 5 || i == 0:
					_, _ = fmt.Fprintf(w, `<c r="%s" t="s"><v>%d</v></c>`, at, 5*i+j%5)
				case j < 7:
					_, _ = fmt.Fprintf(w, `<c r="%s" s="1"><v>%d</v></c>`, at, 42000+i%1000)
				default:
					_, _ = fmt.Fprintf(w, `<c r="%s"><v>%d.25</v></c>`, at, i)
				}
			}
			_, _ = w.WriteString(`</row>`)
		}
		_, _ = w.WriteString(`</sheetData></worksheet>`)
	})
	if err := errors.Join(z.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// A table of strings too large for memory is read from a file, to the same texts.
func TestManySharedStrings(t *testing.T) {
	const n = 150_000
	var part strings.Builder
	part.WriteString("<sst>")
	for i := range n {
		fmt.Fprintf(&part, "<si><r><t>Text number</t></r><r><t xml:space='preserve'> %d &amp; </t></r><r><t><![CDATA[<more>]]></t></r><rPh><t>aloud</t></rPh></si><si/>", i)
	}
	part.WriteString("</sst>")
	for _, room := range []uint32{1, 2 << 20, math.MaxUint32} {
		table, err := readStrings(strings.NewReader(part.String()), room)
		if err != nil {
			t.Fatal(err)
		}
		if filed := table.file != nil; filed != (room < math.MaxUint32) {
			t.Errorf("room %d: in a file %v", room, filed)
		}
		for i := range n {
			text, ok, err := table.at(2 * i)
			if want := fmt.Sprintf("Text number %d & <more>", i); err != nil || !ok || text != want {
				t.Fatalf("room %d: %q %v %v, want %q", room, text, ok, err, want)
			}
		}
		last, ok, err := table.at(2*n - 1)
		_, beyond, _ := table.at(2 * n)
		if last != "" || !ok || err != nil || beyond {
			t.Errorf("room %d: last %q %v %v, one more %v", room, last, ok, err, beyond)
		}
		if err := table.close(); err != nil {
			t.Error(err)
		}
	}
}

// BenchmarkReadWorkbook reads 100,000 rows of ten columns.
func BenchmarkReadWorkbook(b *testing.B) {
	const n = 100_000
	path := manyShared(b, n)
	for b.Loop() {
		r, err := Open(path, Format{})
		if err != nil {
			b.Fatal(err)
		}
		rows := 0
		for ; err == nil; rows++ {
			_, err = r.Next()
		}
		if !errors.Is(err, io.EOF) || rows != n+1 {
			b.Fatal(rows, err)
		}
		if err := r.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
}
