package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// marks writes down what a scanner gives, texts in one.
func marks(src io.Reader) (string, error) {
	x := newXMLScanner(src)
	var out strings.Builder
	for {
		m, err := x.next()
		if err != nil {
			return out.String(), err
		}
		switch m.kind {
		case markText:
			out.Write(m.text)
		case markStart:
			fmt.Fprintf(&out, "<%s r=%s>", m.name, m.attr("r"))
		case markEnd:
			fmt.Fprintf(&out, "</%s>", m.name)
		}
	}
}

func TestXMLScanner(t *testing.T) {
	long := strings.Repeat("Ä&amp;ß", 60_000)
	for xml, want := range map[string]string{
		`<?xml version="1.0"?><!DOCTYPE x><x:row r="7" s='a>b'/>`:              "<row r=7></row>",
		"<a  z:r = 'no' \n r = '1 2' >x &lt;&#65;&#x42;&gt;&unknown; & y</a >": "<a r=1 2>x <AB>&unknown; & y</a>",
		"<!-- <no> --><a>1<!--2-->3<![CDATA[<&amp;>]]>\r\n4</a>":               "<a r=>13<&amp;>\n4</a>",
		"<a>" + long + "</a>": "<a r=>" + strings.ReplaceAll(long, "&amp;", "&") + "</a>",
		"<a/>":                "<a r=></a>",
		"":                    "",
	} {
		for name, src := range map[string]io.Reader{"whole": strings.NewReader(xml), "byte by byte": iotest.OneByteReader(strings.NewReader(xml))} {
			if got, err := marks(src); got != want || !errors.Is(err, io.EOF) {
				t.Errorf("%s, %.60q: %.60q %v, want %.60q", name, xml, got, err, want)
			}
		}
	}
	for xml, want := range map[string]error{
		"<a":              io.ErrUnexpectedEOF,
		"<a <b>":          errXML,
		"<![CDATA[ never": io.ErrUnexpectedEOF,
		"<a " + strings.Repeat(" ", 3*longestTag) + ">": errXML,
	} {
		if _, err := marks(strings.NewReader(xml)); !errors.Is(err, want) {
			t.Errorf("%.30q: %v, want %v", xml, err, want)
		}
	}
}

// sheetRows reads the rows of a sheet's XML.
func sheetRows(xml []byte) *rowScanner {
	part := io.NopCloser(bytes.NewReader(xml))
	strs, _ := readStrings(strings.NewReader("<sst><si><t>shared</t></si></sst>"), 1<<20) // it is well formed
	book := &workbookParts{table: strs, formats: []cellFormat{asNumber, asDay, asMoment, asTime}}
	return &rowScanner{book: book, part: part, xml: newXMLScanner(part)}
}

func TestCellsOfASheet(t *testing.T) {
	for cell, want := range map[string]string{
		`<c r="B1"><v>1.50</v></c>`:                                    "|1.5",
		`<c r="A1"><v>007</v></c>`:                                     "7",
		`<c><v>1E3</v></c><c><v>-0.10</v></c>`:                         "1000|-0.1",
		`<c><v>0.30000000000000004</v></c>`:                            "0.3",
		`<c><v>12345678901234567890</v></c>`:                           "1.23456789012346E+19",
		`<c s="1"><v>42795</v></c><c s="1"><v>-3</v></c>`:              "2017-03-01|-3",
		`<c s="2"><v>42795.999999</v></c><c s="3"><v>1.5</v></c>`:      "2017-03-02 00:00:00|12:00:00",
		`<c s="1"><v>59</v></c><c s="1"><v>61</v></c>`:                 "1900-02-28|1900-03-01",
		`<c t="s"><v>0</v></c><c t="b"><v>1</v></c>`:                   "shared|TRUE",
		`<c t="d"><v>2021-01-01T10:10:10Z</v></c>`:                     "2021-01-01 10:10:10",
		`<c t="e"><f>1/0</f><v>#DIV/0!</v></c>`:                        "#DIV/0!",
		`<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>`: "ab",
		`<c t="inlineStr"><is><t>_x0041__x005F_x_xD800_</t></is></c>`:  "A_x_xD800_",
		`<c t="str"><f>"x"</f><v> x &amp; y</v></c>`:                   " x & y",
		`<c r="AA1"/><c><v>3</v></c>`:                                  strings.Repeat("|", 27) + "3",
	} {
		_, cells, err := sheetRows([]byte("<sheetData><row>" + cell + "</row></sheetData>")).next()
		if got := strings.Join(cells, "|"); got != want || err != nil {
			t.Errorf("%s: %q %v, want %q", cell, got, err, want)
		}
	}
}

func FuzzSheetXML(f *testing.F) {
	f.Add([]byte(`<sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c t="inlineStr"><is><t>x</t></is></c></row><row/></sheetData>`))
	f.Add([]byte(`<row><c s="2"><v>1e9</v></c><c r="ZZZZ1"><v>1</v></c>`))
	f.Fuzz(func(t *testing.T, xml []byte) {
		rows, last := sheetRows(xml), 0
		for {
			line, cells, err := rows.next()
			var bad *RowError
			if errors.As(err, &bad) {
				continue
			}
			if err != nil {
				return
			}
			if line <= last || len(cells) > MaxColumns {
				t.Fatalf("row %d after %d with %d cells", line, last, len(cells))
			}
			last = line
		}
	})
}
