package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// markKind is what a piece of XML is.
type markKind int

const (
	markText markKind = iota
	markStart
	markEnd
)

// mark is a piece of XML: some text, or a tag by its name without prefix. An
// empty element gives a start and an end. What it points to is valid until the
// next call.
type mark struct {
	kind  markKind
	name  []byte
	attrs []byte // as they stand in the tag
	text  []byte // plain; a long text comes in several pieces
}

// longestTag is the most that a tag of a workbook may take.
const longestTag = 1 << 20

var errXML = errors.New("malformed XML")

// xmlScanner cuts XML into marks, for sheets and strings of workbooks, which
// are too large for encoding/xml: it takes a second for what this does in a
// twentieth. It does not check what a reader of tables need not know, such as
// whether tags are balanced.
type xmlScanner struct {
	src  io.Reader
	buf  []byte
	at   int
	end  int
	done error
	open []byte // name of an empty element whose end is still to come
	text []byte // of the last mark where entities were replaced
}

func newXMLScanner(src io.Reader) *xmlScanner {
	return &xmlScanner{src: src, buf: make([]byte, 64<<10)}
}

// more reads on, and makes room where the rest fills the buffer.
func (x *xmlScanner) more() error {
	if x.done != nil {
		return x.done
	}
	if x.at > 0 {
		x.end = copy(x.buf, x.buf[x.at:x.end])
		x.at = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) > longestTag {
			return errXML
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	n, err := x.src.Read(x.buf[x.end:])
	x.end += n
	x.done = err
	if n > 0 {
		return nil
	}
	return err
}

// next gives the next mark, io.EOF at the end.
func (x *xmlScanner) next() (mark, error) {
	if x.open != nil {
		m := mark{kind: markEnd, name: x.open}
		x.open = nil
		return m, nil
	}
	for {
		if x.at == x.end {
			if err := x.more(); err != nil {
				return mark{}, err
			}
			continue
		}
		if x.buf[x.at] != '<' {
			return x.chars()
		}
		m, ok, err := x.tag()
		if ok || err != nil {
			return m, err
		}
	}
}

// chars gives text up to the next tag, or what of it is there.
func (x *xmlScanner) chars() (mark, error) {
	for {
		rest := x.buf[x.at:x.end]
		n := bytes.IndexByte(rest, '<')
		if n < 0 && x.done == nil && len(rest) < len(x.buf)/2 {
			if err := x.more(); err != nil && !errors.Is(err, io.EOF) {
				return mark{}, err
			}
			continue
		}
		if n < 0 {
			n = wholeText(rest)
		}
		x.at += n
		return mark{kind: markText, text: x.plain(rest[:n])}, nil
	}
}

// wholeText is how much of a text can be taken before its end is known: no
// entity and no letter is cut.
func wholeText(text []byte) int {
	const longestEntity = 12
	tail := max(len(text)-longestEntity, 1)
	if i := bytes.LastIndexByte(text[tail-1:], '&'); i >= 0 && tail-1+i > 0 {
		return tail - 1 + i
	}
	for n := len(text); n > len(text)-utf8.UTFMax && n > 1; n-- {
		if r, _ := utf8.DecodeLastRune(text[:n]); r != utf8.RuneError {
			return n
		}
	}
	return len(text)
}

// plain replaces entities and the line ends of Windows.
func (x *xmlScanner) plain(text []byte) []byte {
	if bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	x.text = x.text[:0]
	for len(text) > 0 {
		n := bytes.IndexAny(text, "&\r")
		if n < 0 {
			n = len(text)
		}
		x.text = append(x.text, text[:n]...)
		text = text[n:]
		switch {
		case len(text) == 0:
		case text[0] == '\r':
			x.text = append(x.text, '\n')
			text = bytes.TrimPrefix(text[1:], []byte("\n"))
		default:
			end := bytes.IndexByte(text, ';')
			var ok bool
			if end > 0 {
				x.text, ok = appendEntity(x.text, string(text[1:end]))
			}
			if !ok {
				end = 0
				x.text = append(x.text, '&')
			}
			text = text[end+1:]
		}
	}
	return x.text
}

// appendEntity writes the letter that an entity stands for.
func appendEntity(to []byte, name string) ([]byte, bool) {
	switch name {
	case "amp":
		return append(to, '&'), true
	case "lt":
		return append(to, '<'), true
	case "gt":
		return append(to, '>'), true
	case "quot":
		return append(to, '"'), true
	case "apos":
		return append(to, '\''), true
	}
	if len(name) < 2 || name[0] != '#' {
		return to, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' || digits[0] == 'X' {
		base, digits = 16, digits[1:]
	}
	code, err := strconv.ParseUint(digits, base, 21)
	if err != nil {
		return to, false
	}
	return utf8.AppendRune(to, rune(code)), true
}

// tag takes what begins with "<". What is no mark, as a remark, gives false.
func (x *xmlScanner) tag() (m mark, ok bool, err error) {
	if x.starts("<!") || x.starts("<?") {
		return x.noTag()
	}
	body, err := x.body()
	if err != nil {
		return m, false, err
	}
	if len(body) > 0 && body[0] == '/' {
		return mark{kind: markEnd, name: localName(bytes.TrimSpace(body[1:]))}, true, nil
	}
	empty := len(body) > 0 && body[len(body)-1] == '/'
	if empty {
		body = body[:len(body)-1]
	}
	i := 0
	for i < len(body) && !isBlank(body[i]) {
		i++
	}
	m.kind, m.name, m.attrs = markStart, localName(body[:i]), body[i:]
	if empty {
		x.open = m.name
	}
	return m, true, nil
}

// noTag passes over a remark or a declaration; text without entities is a mark.
func (x *xmlScanner) noTag() (m mark, ok bool, err error) {
	for _, skip := range []struct{ from, to string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}} {
		if !x.starts(skip.from) {
			continue
		}
		body, err := x.until(len(skip.from), skip.to)
		if err != nil || skip.from != "<![CDATA[" {
			return m, false, err
		}
		return mark{kind: markText, text: body}, true, nil
	}
	return m, false, errXML
}

// starts reports whether prefix stands here.
func (x *xmlScanner) starts(prefix string) bool {
	for x.end-x.at < len(prefix) {
		if !strings.HasPrefix(prefix, string(x.buf[x.at:x.end])) || x.more() != nil {
			return false
		}
	}
	return string(x.buf[x.at:x.at+len(prefix)]) == prefix
}

// until takes what stands up to an ending, from bytes behind here.
func (x *xmlScanner) until(from int, ending string) ([]byte, error) {
	for {
		if n := bytes.Index(x.buf[x.at+from:x.end], []byte(ending)); n >= 0 {
			body := x.buf[x.at+from : x.at+from+n]
			x.at += from + n + len(ending)
			return body, nil
		}
		if err := x.more(); err != nil {
			return nil, cutShort(err)
		}
	}
}

// body takes a tag without its brackets; one in quotes does not end it.
func (x *xmlScanner) body() ([]byte, error) {
	quote := byte(0)
	for i := 1; ; i++ {
		if x.at+i >= x.end {
			if err := x.more(); err != nil {
				return nil, cutShort(err)
			}
		}
		switch c := x.buf[x.at+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			body := x.buf[x.at+1 : x.at+i]
			x.at += i + 1
			return body, nil
		case c == '<':
			return nil, errXML
		}
	}
}

func cutShort(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func localName(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// attr gives the value of an attribute without a prefix; nil where there is
// none. Entities in it are left alone: no reader of tables needs one that has.
func (m mark) attr(name string) []byte {
	rest := m.attrs
	for {
		rest = trimBlank(rest)
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return nil
		}
		key := rest[:eq]
		for len(key) > 0 && isBlank(key[len(key)-1]) {
			key = key[:len(key)-1]
		}
		if rest = trimBlank(rest[eq+1:]); len(rest) == 0 {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return rest[1 : 1+end]
		}
		rest = rest[end+2:]
	}
}

func trimBlank(text []byte) []byte {
	for len(text) > 0 && isBlank(text[0]) {
		text = text[1:]
	}
	return text
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
