package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"

	"fieldbook/data"
)

// workbookParts are the parts of an open workbook.
type workbookParts struct {
	parts    map[string]*zip.File // by name in lower case
	sheets   []sheetPart
	names    []definedName
	date1904 bool
	formats  []cellFormat // of cell styles
	strings  string       // the part of shared strings
	table    *textTable   // read once a cell asks for it
}

// sheetPart is a sheet of a workbook; a chart sheet has no part.
type sheetPart struct {
	name   string
	hidden bool
	part   string
}

// definedName is a name that a workbook gives to cells.
type definedName struct {
	Name   string `xml:"name,attr"`
	Sheet  *int   `xml:"localSheetId,attr"`
	Refers string `xml:",chardata"`
}

// relation is what a part of a workbook points to.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// bookPart is what is read of the part that lists the sheets.
type bookPart struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name  string     `xml:"name,attr"`
		State string     `xml:"state,attr"`
		Attrs []xml.Attr `xml:",any,attr"`
	} `xml:"sheets>sheet"`
	Names []definedName `xml:"definedNames>definedName"`
}

// openParts reads everything of a workbook but its cells and strings.
func openParts(archive *zip.Reader) (*workbookParts, error) {
	b := &workbookParts{parts: map[string]*zip.File{}}
	for _, f := range archive.File {
		b.parts[partName("", f.Name)] = f
	}
	main := "xl/workbook.xml"
	top, err := b.relations("")
	if err != nil {
		return nil, err
	}
	for _, r := range top {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			main = partName("", r.Target)
		}
	}
	var book bookPart
	if err := b.decode(main, &book); err != nil {
		return nil, err
	}
	sheets, err := b.related(main)
	if err != nil {
		return nil, err
	}
	for _, s := range book.Sheets {
		part := sheetPart{name: s.Name, hidden: s.State == "hidden" || s.State == "veryHidden"}
		for _, a := range s.Attrs {
			if a.Name.Local == "id" {
				part.part = sheets[a.Value]
			}
		}
		b.sheets = append(b.sheets, part)
	}
	b.names, b.date1904 = book.Names, book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true"
	return b, nil
}

// related reads the styles, finds the strings, and gives the parts of sheets by
// the ids that the main part has for them.
func (b *workbookParts) related(main string) (map[string]string, error) {
	relations, err := b.relations(main)
	if err != nil {
		return nil, err
	}
	sheets := map[string]string{}
	for _, r := range relations {
		switch target := partName(path.Dir(main), r.Target); {
		case strings.HasSuffix(r.Type, "/worksheet"):
			sheets[r.ID] = target
		case strings.HasSuffix(r.Type, "/sharedStrings"):
			b.strings = target
		case strings.HasSuffix(r.Type, "/styles"):
			if err := b.readStyles(target); err != nil {
				return nil, err
			}
		}
	}
	return sheets, nil
}

// partName is the name of a part that a part in dir calls target.
func partName(dir, target string) string {
	target = strings.ReplaceAll(target, "\\", "/")
	if !strings.HasPrefix(target, "/") {
		target = dir + "/" + target
	}
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+target), "/"))
}

// relations reads what a part points to.
func (b *workbookParts) relations(of string) ([]relation, error) {
	name := path.Join(path.Dir(of), "_rels", path.Base(of)+".rels")
	if of == "" {
		name = "_rels/.rels"
	}
	if b.parts[partName("", name)] == nil {
		return nil, nil
	}
	var out struct {
		Relations []relation `xml:"Relationship"`
	}
	err := b.decode(name, &out)
	return out.Relations, err
}

// decode reads a small part.
func (b *workbookParts) decode(name string, into any) error {
	src, err := b.open(name)
	if err != nil {
		return err
	}
	d := xml.NewDecoder(io.LimitReader(src, partLimit))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // open gave UTF-8
	err = d.Decode(into)
	return errors.Join(err, src.Close())
}

// errNoPart says that a workbook lacks a part.
var errNoPart = errors.New("a part of the workbook is missing")

// open unpacks a part, as UTF-8.
func (b *workbookParts) open(name string) (io.ReadCloser, error) {
	f := b.parts[partName("", name)]
	if f == nil {
		return nil, errNoPart
	}
	packed, err := f.Open()
	if err != nil {
		return nil, err
	}
	src := bufio.NewReaderSize(packed, 32<<10)
	head, _ := src.Peek(200) // a short part is read below as well
	text := struct {
		io.Reader
		io.Closer
	}{src, packed}
	switch declared := declaredEncoding(head); {
	case bytes.HasPrefix(head, UTF8.bom()):
		_, _ = src.Discard(len(UTF8.bom())) // they were just seen
	case bytes.HasPrefix(head, UTF16LE.bom()):
		_, _ = src.Discard(len(UTF16LE.bom())) // they were just seen
		text.Reader, err = UTF16LE.decode(src)
	case bytes.HasPrefix(head, UTF16BE.bom()):
		_, _ = src.Discard(len(UTF16BE.bom())) // they were just seen
		text.Reader, err = UTF16BE.decode(src)
	case declared != "" && !strings.HasPrefix(declared, "utf"):
		if code, unknown := htmlindex.Get(declared); unknown == nil {
			text.Reader = transform.NewReader(src, code.NewDecoder())
		}
	}
	if err != nil {
		return nil, errors.Join(err, packed.Close())
	}
	return text, nil
}

// declaredEncoding is what the first line of a part says of its encoding.
func declaredEncoding(head []byte) string {
	line, _, _ := bytes.Cut(head, []byte("?>"))
	_, rest, ok := bytes.Cut(line, []byte("encoding="))
	if !ok || len(rest) < 2 {
		return ""
	}
	name, _, _ := bytes.Cut(rest[1:], rest[:1])
	return strings.ToLower(string(name))
}

// text gives a shared string.
func (b *workbookParts) text(i int) (string, error) {
	if b.table == nil {
		src, err := b.open(b.strings)
		if err != nil {
			return "", err
		}
		if b.table, err = readStrings(src, stringsInMemory); err != nil {
			return "", errors.Join(err, src.Close())
		}
		if err := src.Close(); err != nil {
			return "", err
		}
	}
	text, ok, err := b.table.at(i)
	if err == nil && !ok {
		err = data.Errorf(data.Invalid, "a cell points to a text that is not there")
	}
	return text, err
}

// sheet finds a sheet by name.
func (b *workbookParts) sheet(name string) (sheetPart, bool) {
	for _, s := range b.sheets {
		if strings.EqualFold(s.name, name) {
			return s, true
		}
	}
	return sheetPart{}, false
}
