package sheet

import (
	"bufio"
	"strings"

	"fieldbook/data/draft"
)

// CSVOptions choose how CSV is written.
type CSVOptions struct {
	BOM bool // a mark in front, by which Excel knows UTF-8
}

// csvWriter writes RFC 4180: UTF-8, commas, CRLF, quotes where needed.
type csvWriter struct {
	file *draft.File
	out  *bufio.Writer
	line []byte
	err  error // the first failure
}

// NewCSVWriter starts a CSV file at path.
func NewCSVWriter(path string, options CSVOptions) (Writer, error) {
	file, err := draft.Create(path)
	if err != nil {
		return nil, err
	}
	w := &csvWriter{file: file, out: bufio.NewWriterSize(file, 64<<10)}
	if options.BOM {
		_, w.err = w.out.Write(UTF8.bom())
	}
	return w, nil
}

func (w *csvWriter) WriteHeader(columns []Column) error {
	cells := make([]Cell, len(columns))
	for i, c := range columns {
		cells[i] = TextCell(c.Title)
	}
	return w.WriteRow(cells)
}

func (w *csvWriter) WriteRow(cells []Cell) error {
	if w.err != nil {
		return w.err
	}
	w.line = w.line[:0]
	for i, c := range cells {
		if w.err = c.check(); w.err != nil {
			return w.err
		}
		if i > 0 {
			w.line = append(w.line, ',')
		}
		text := c.String()
		if c.kind == TextKind {
			text = defuse(strings.ToValidUTF8(text, "\uFFFD"))
		}
		w.line = appendQuoted(w.line, text)
	}
	w.line = append(w.line, '\r', '\n')
	_, err := w.out.Write(w.line)
	w.err = draft.Fault(err, w.file.Path())
	return w.err
}

// appendQuoted adds text to a line, in quotes where a reader needs them.
func appendQuoted(line []byte, text string) []byte {
	if !strings.ContainsAny(text, ",;\t|\"\r\n") && !strings.HasPrefix(text, " ") && !strings.HasPrefix(text, "#") {
		return append(line, text...)
	}
	line = append(line, '"')
	for i := range len(text) {
		if text[i] == '"' {
			line = append(line, '"')
		}
		line = append(line, text[i])
	}
	return append(line, '"')
}

func (w *csvWriter) Close() error {
	if w.err == nil {
		w.err = draft.Fault(w.out.Flush(), w.file.Path())
	}
	if w.err != nil {
		_ = w.file.Discard() // the first failure is the one to tell
		return w.err
	}
	_, w.err = w.file.Commit()
	return w.err
}

func (w *csvWriter) Discard() error { return w.file.Discard() }
