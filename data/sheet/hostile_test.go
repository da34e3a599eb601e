package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

// zipOf packs parts into a zip file.
func zipOf(t testing.TB, parts map[string]io.Reader) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for name, content := range parts {
		part, err := w.Create(name)
		if err == nil {
			_, err = io.Copy(part, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func openBytes(file []byte, f Format) (*Reader, error) {
	return OpenAt(bytes.NewReader(file), int64(len(file)), f)
}

// blanks is an endless run of blanks.
type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for n := 0; n < len(p); {
		n += copy(p[n:], "                                ")
	}
	return len(p), nil
}

// bombOf packs megabytes of blanks into a sheet whose entry claims to unpack to
// claimed bytes. One megabyte is packed and its block repeated.
func bombOf(t testing.TB, megabytes int, claimed uint64) []byte {
	t.Helper()
	megabyte := bytes.Repeat([]byte(" "), 1<<20)
	var block, packed bytes.Buffer
	deflate, err := flate.NewWriter(&block, flate.BestCompression)
	if err == nil {
		_, err = deflate.Write(megabyte)
	}
	if err == nil {
		err = deflate.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	sum := crc32.NewIEEE()
	for range megabytes {
		sum.Write(megabyte)
	}
	stream := append(bytes.Repeat(block.Bytes(), megabytes), 0x03, 0x00) // an empty last block
	w := zip.NewWriter(&packed)
	part, err := w.Create("[Content_Types].xml")
	if err == nil {
		_, err = io.WriteString(part, "<Types/>")
	}
	if err != nil {
		t.Fatal(err)
	}
	part, err = w.CreateRaw(&zip.FileHeader{
		Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CRC32: sum.Sum32(),
		CompressedSize64: uint64(len(stream)), UncompressedSize64: claimed,
	})
	if err == nil {
		_, err = part.Write(stream)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func TestHostile2UnzipBomb(t *testing.T) {
	bomb := bombOf(t, 1024, 1<<30)
	if len(bomb) > 2<<20 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	start := time.Now()
	_, err := openBytes(bomb, Format{})
	if data.KindOf(err) != data.Refused || time.Since(start) > time.Second {
		t.Errorf("after %v: %v", time.Since(start), err)
	}
}

// A part that unpacks to more than the zip's list says must fail as well.
func TestHostile2UnzipBombThatLies(t *testing.T) {
	if _, err := openBytes(bombOf(t, 200, 1000), Format{}); data.KindOf(err) != data.Invalid {
		t.Errorf("%v", err)
	}
	honest := bombOf(t, 2, 2<<20)
	z, err := zip.NewReader(bytes.NewReader(honest), int64(len(honest)))
	if err != nil {
		t.Fatal(err)
	}
	if part, err := z.Open("xl/worksheets/sheet1.xml"); err != nil {
		t.Error(err)
	} else if content, err := io.ReadAll(part); err != nil || len(content) != 2<<20 {
		t.Errorf("an honest bomb unpacks to %d bytes, %v", len(content), err)
	}
}

func TestHostile2ForeignFilesAreNamed(t *testing.T) {
	ole := append(oleMagic(), make([]byte, 1000)...)
	for words, file := range map[string][]byte{
		"OpenDocument":     zipOf(t, map[string]io.Reader{"mimetype": strings.NewReader("application/vnd.oasis.opendocument.spreadsheet")}),
		"XLSB":             zipOf(t, map[string]io.Reader{"[Content_Types].xml": strings.NewReader("<Types/>"), "xl/workbook.bin": strings.NewReader("")}),
		"Word":             zipOf(t, map[string]io.Reader{"word/document.xml": strings.NewReader("")}),
		"packed archive":   zipOf(t, map[string]io.Reader{"a.csv": strings.NewReader("a,b")}),
		"XLS":              ole,
		"password":         append(ole, wide("EncryptedPackage")...),
		"damaged":          []byte("PK\x03\x04 and nothing more"),
		"PDF":              []byte("%PDF-1.7"),
		"bytes that text ": bytes.Repeat([]byte{1, 2, 3, 'a'}, 100),
	} {
		_, err := openBytes(file, Format{})
		var known *data.Error
		if !errors.As(err, &known) || !strings.Contains(known.Msg, words) {
			t.Errorf("want %q: %v", words, err)
		}
	}
}

// book makes a workbook with formulas, a hidden first sheet and an outer link.
func book(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	datatest.Close(t, f)
	_, err := f.NewSheet("Shown")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(err)
	must(f.SetCellValue("Sheet1", "A1", "secret"))
	must(f.SetCellValue("Shown", "A1", "name"))
	must(f.SetCellValue("Shown", "B1", "sum"))
	must(f.SetCellValue("Shown", "A2", "Acme"))
	must(f.SetCellValue("Shown", "B2", 0.1+0.2))
	must(f.SetCellFormula("Shown", "C2", "[1]Other!A1"))
	f.SetActiveSheet(1)
	must(f.SetSheetVisible("Sheet1", false))
	var packed bytes.Buffer
	must(f.Write(&packed))
	return packed.Bytes()
}

func TestHostile2HiddenSheetFormulaAndLink(t *testing.T) {
	r, err := openBytes(book(t), Format{})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, r)
	header, line := r.Header()
	rec, err := r.Next()
	if err != nil || line != 1 || strings.Join(header, " ") != "name sum" || rec.Line != 2 || rec.Cells[0] != "Acme" || rec.Cells[1] != "0.3" {
		t.Errorf("header %q, %q %v", header, rec.Cells, err)
	}
	hidden, err := openBytes(book(t), Format{Sheet: "Sheet1"})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, hidden)
	if header, _ := hidden.Header(); len(header) != 1 || header[0] != "secret" {
		t.Errorf("a hidden sheet asked for by name: %q", header)
	}
}

func TestHostile7Encodings(t *testing.T) {
	text := "name;city\r\nSørlandet Blåbær AS;Bærum\r\nÉtablissements Hébert;Orléans\n"
	units := utf16.Encode([]rune(text))
	little, big := make([]byte, 2*len(units)), make([]byte, 2*len(units))
	for i, u := range units {
		binary.LittleEndian.PutUint16(little[2*i:], u)
		binary.BigEndian.PutUint16(big[2*i:], u)
	}
	western, err := charmap.Windows1252.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	mac, err := charmap.Macintosh.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{
		"UTF-8": []byte(text), "UTF-8 marked": append(UTF8.bom(), text...),
		"UTF-16LE": little, "UTF-16LE marked": append(UTF16LE.bom(), little...),
		"UTF-16BE": big, "UTF-16BE marked": append(UTF16BE.bom(), big...),
		"Windows-1252": western, "Mac": mac,
	} {
		r, err := openBytes(file, Format{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		header, _ := r.Header()
		first, err1 := r.Next()
		company := first.Cell(0)
		second, err2 := r.Next()
		if err1 != nil || err2 != nil || strings.Join(header, "|") != "name|city" || company != "Sørlandet Blåbær AS" || second.Cell(1) != "Orléans" {
			t.Errorf("%s: %+v %q %q %q %v %v", name, r.Format(), header, company, second.Cells, err1, err2)
		}
		if f := r.Format(); f.LineEnd != MixedEnds || f.BOM != strings.HasSuffix(name, "marked") || f.Delimiter != ';' {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestHostile7UnclosedQuoteInAHugeFile(t *testing.T) {
	row := "Acme,2017-03-01,1054\n"
	text := "a,b,c\nLost,\"2017,5\n" + strings.Repeat(row, 500_000)
	rows, lines, bad := scanAll(t, text, plain())
	if len(bad) != 1 || bad[0].Line != 2 || len(rows) != 500_001 || lines[1] != 3 {
		t.Fatalf("%d rows, set aside %v", len(rows), bad)
	}
}

func TestHostile7EveryQuoteUnclosed(t *testing.T) {
	text := strings.Repeat("a,\"b\nc\n"+strings.Repeat("x", 300)+"\n", 20_000)
	s := newScanner(strings.NewReader(text), plain())
	start := time.Now()
	for {
		_, err := s.next()
		var bad *RowError
		if errors.As(err, &bad) {
			continue
		}
		if err != nil {
			if !errors.Is(err, io.EOF) && data.KindOf(err) != data.Invalid {
				t.Errorf("%v", err)
			}
			break
		}
	}
	if time.Since(start) > 5*time.Second {
		t.Errorf("took %v", time.Since(start))
	}
}

func TestHostile7MillionColumns(t *testing.T) {
	wide := strings.Repeat(",", 1_000_000)
	rows, _, bad := scanAll(t, "a,b\n1"+wide+"\n\"1\""+wide+"\n2,3\n", plain())
	if len(bad) != 2 || bad[0].Line != 2 || bad[1].Line != 3 || len(rows) != 2 {
		t.Errorf("%d rows, set aside %v", len(rows), bad)
	}
	if _, err := openBytes([]byte("a"+wide+"\n1,2\n"), Format{Fixed: true, Encoding: UTF8, Delimiter: ',', Header: true}); data.KindOf(err) != data.Invalid {
		t.Errorf("a header of a million columns: %v", err)
	}
}

func TestHostile7EndlessLine(t *testing.T) {
	text := io.MultiReader(strings.NewReader("a,b\n"), io.LimitReader(blanks{}, 100<<20), strings.NewReader("\n1,2\n"))
	s := newScanner(text, plain())
	var seen []string
	for {
		rec, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		seen = append(seen, fmt.Sprint(rec.Line, rec.Cells, err != nil))
	}
	if strings.Join(seen, " ") != "1 [a b] false 0 [] true 3 [1 2] false" || len(s.buf) > 2*MaxRow {
		t.Errorf("%q with a buffer of %d", seen, len(s.buf))
	}
}

func TestHostile7FormulasAreDefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	w, err := NewCSVWriter(path, CSVOptions{})
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"=1+1", "+47 22 33", "-x", "@SUM(A1)", "\tx", "\rx", "'=x", "-70", "plain", "'quoted'", "-70,5 %"}
	var cells []Cell
	for _, text := range texts {
		cells = append(cells, TextCell(text))
	}
	cells = append(cells, NumberCell(-70), MoneyCell(-7050, 2))
	if err := errors.Join(w.WriteRow(cells), w.Close()); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := "'=1+1,'+47 22 33,'-x,'@SUM(A1),\"'\tx\",\"'\rx\",''=x,-70,plain,'quoted',\"'-70,5 %\",-70,-70.50\r\n"; string(file) != want {
		t.Errorf("wrote %q\n want %q", file, want)
	}
	rows, _, bad := scanAll(t, string(file), plain())
	if len(bad) > 0 || strings.Join(rows[0][:len(texts)], "|") != strings.Join(texts, "|") {
		t.Errorf("read back %q %v", rows, bad)
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add(book(f))
	f.Add(zipOf(f, map[string]io.Reader{"[Content_Types].xml": strings.NewReader("<Types/>"), "xl/workbook.xml": strings.NewReader("<workbook><sheets><sheet name='a' r:id='1'/></sheets></workbook>")}))
	f.Add(append(oleMagic(), 0, 0))
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := openBytes(file, Format{Fixed: true, Kind: Workbook})
		var known *data.Error
		if err != nil {
			if !errors.As(err, &known) {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		datatest.Close(t, r)
		for range 100 {
			var bad *RowError
			if _, err := r.Next(); err != nil && !errors.As(err, &bad) {
				return
			}
		}
	})
}

// unpack gives one part of a zip file.
func unpack(t testing.TB, path, name string) []byte {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, z)
	part, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, part)
	content, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
