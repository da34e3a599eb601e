package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"fieldbook/data"
)

// property is one line of a vCard or iCalendar file, unfolded: its name in
// capitals without a group before it, its parameters, and its value as written.
type property struct {
	line   int
	name   string
	params []param
	value  string
}

type param struct{ name, value string }

// has reports whether a parameter has a value, as TYPE=WORK or, in old files,
// WORK alone.
func (p property) has(value string) bool {
	for _, x := range p.params {
		for _, v := range strings.Split(x.value, ",") {
			if strings.EqualFold(v, value) {
				return true
			}
		}
	}
	return false
}

// param gives the value of a parameter; "" where there is none.
func (p property) param(name string) string {
	for _, x := range p.params {
		if x.name == name {
			return x.value
		}
	}
	return ""
}

// quoted reports whether the value is quoted-printable.
func (p property) quoted() bool {
	return strings.EqualFold(p.param("ENCODING"), "QUOTED-PRINTABLE") || p.has("QUOTED-PRINTABLE")
}

// text is the value as text: decoded, and in the encoding that it names.
func (p property) text() string {
	if !p.quoted() {
		return p.value
	}
	raw, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(p.value)))
	if err != nil && len(raw) == 0 {
		return p.value
	}
	if e := Encoding(strings.ToLower(p.param("CHARSET"))); e != "" && e != UTF8 {
		if src, err := e.decode(bytes.NewReader(raw)); err == nil {
			if plain, err := io.ReadAll(src); err == nil {
				return string(plain)
			}
		}
	}
	if !utf8.Valid(raw) {
		plain, _ := charmaps[Windows1252].NewDecoder().Bytes(raw)
		return string(plain)
	}
	return string(raw)
}

// lineReader reads such lines.
type lineReader struct {
	in      *bufio.Reader
	line    int
	held    string // a line that was read ahead
	holding bool
	end     error
}

func newLineReader(r io.Reader) *lineReader { return &lineReader{in: bufio.NewReaderSize(r, 64<<10)} }

// raw gives a line of the file without its end, of any kind. What is beyond
// MaxCell of it is dropped.
func (r *lineReader) raw() (string, error) {
	if r.holding {
		r.holding = false
		return r.held, nil
	}
	if r.end != nil {
		return "", r.end
	}
	var line []byte
	for {
		c, err := r.in.ReadByte()
		if err != nil {
			if r.end = err; !errors.Is(err, io.EOF) {
				r.end = data.Wrap(data.Internal, err, "The file could not be read. Nothing was changed; try again.")
			}
			if len(line) == 0 {
				return "", r.end
			}
			break
		}
		if c == '\r' {
			if next, err := r.in.Peek(1); err == nil && next[0] == '\n' {
				continue
			}
			c = '\n'
		}
		if c == '\n' {
			break
		}
		if len(line) < MaxCell {
			line = append(line, c)
		}
	}
	r.line++
	return string(line), nil
}

func (r *lineReader) hold(line string) { r.held, r.holding = line, true }

// next gives the next line that is a property; others are passed over. At the
// end it gives io.EOF.
func (r *lineReader) next() (property, error) {
	for {
		text, err := r.raw()
		if err != nil {
			return property{}, err
		}
		at := r.line
		var whole strings.Builder
		whole.WriteString(text)
		if err := r.unfold(&whole); err != nil {
			return property{}, err
		}
		p, ok := parseProperty(whole.String())
		if !ok {
			continue
		}
		p.line = at
		if p.quoted() {
			if err := r.softBreaks(&p); err != nil {
				return property{}, err
			}
		}
		return p, nil
	}
}

// unfold appends the lines that continue one: those that start with a blank.
func (r *lineReader) unfold(whole *strings.Builder) error {
	for {
		more, err := r.raw()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if more == "" || more[0] != ' ' && more[0] != '\t' {
			r.hold(more)
			return nil
		}
		if whole.Len()+len(more) <= MaxCell {
			whole.WriteString(more[1:])
		}
	}
}

// softBreaks appends the lines that a quoted-printable value goes on in.
func (r *lineReader) softBreaks(p *property) error {
	for strings.HasSuffix(p.value, "=") {
		more, err := r.raw()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(p.value)+len(more) > MaxCell {
			return nil
		}
		p.value = p.value[:len(p.value)-1] + more
	}
	return nil
}

// parseProperty cuts NAME;PARAM=x;"PARAM":value.
func parseProperty(text string) (p property, ok bool) {
	at, quoted := -1, false
	for i := range len(text) {
		if text[i] == '"' {
			quoted = !quoted
		}
		if text[i] == ':' && !quoted {
			at = i
			break
		}
	}
	if at < 0 { // a quote that is never closed
		at = strings.IndexByte(text, ':')
	}
	if at <= 0 {
		return p, false
	}
	head := splitUnquoted(text[:at], ';')
	name := strings.ToUpper(strings.TrimSpace(head[0]))
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		name = name[dot+1:]
	}
	if name == "" || strings.ContainsAny(name, " \t") {
		return p, false
	}
	p.name, p.value = name, text[at+1:]
	for _, x := range head[1:] {
		key, value, named := strings.Cut(x, "=")
		if !named {
			key, value = "TYPE", key
		}
		p.params = append(p.params, param{strings.ToUpper(strings.TrimSpace(key)), strings.Trim(strings.TrimSpace(value), `"`)})
	}
	return p, true
}

func splitUnquoted(text string, sep byte) []string {
	var out []string
	from, quoted := 0, false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case text[i] == sep && !quoted:
			out = append(out, text[from:i])
			from = i + 1
		}
	}
	return append(out, text[from:])
}

// plainText takes the escapes out of a text value.
func plainText(value string) string {
	if !strings.Contains(value, `\`) {
		return strings.TrimSpace(value)
	}
	var out strings.Builder
	for i := 0; i < len(value); i++ {
		if value[i] != '\\' || i+1 == len(value) {
			out.WriteByte(value[i])
			continue
		}
		i++
		if value[i] == 'n' || value[i] == 'N' {
			out.WriteByte('\n')
			continue
		}
		out.WriteByte(value[i])
	}
	return strings.TrimSpace(out.String())
}

// parts cuts a value at the semicolons that are not escaped.
func parts(value string) []string {
	var out []string
	from := 0
	for i := 0; i < len(value); i++ {
		switch value[i] {
		case '\\':
			i++
		case ';':
			out = append(out, plainText(value[from:i]))
			from = i + 1
		}
	}
	return append(out, plainText(value[from:]))
}
