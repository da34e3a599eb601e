package bundle

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"unicode/utf8"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// The share file's JSON is read by a stricter reader than the standard one,
// which takes doubled keys, mends broken UTF-8 and follows ten thousand levels.

var (
	errSyntax  = errors.New("is not JSON")
	errDepth   = errors.New("is nested too deep")
	errDoubled = errors.New("names the same thing twice")
	errText    = errors.New("holds bytes that are not text")
)

// parser walks JSON text once.
type parser struct {
	b     []byte
	i     int
	depth int // levels that may still be opened
}

// validate reports what is wrong with a line of JSON.
func validate(line []byte, depth int) error {
	p := parser{b: line, depth: depth}
	if _, err := p.value(); err != nil {
		return err
	}
	if p.space(); p.i != len(p.b) {
		return errSyntax
	}
	return nil
}

// fields calls fn for every member of an object, in order. raw is the value's
// text as it stands.
func fields(raw []byte, depth int, fn func(key string, raw []byte) error) error {
	p := parser{b: raw, depth: depth}
	if p.space(); !p.at('{') {
		return errSyntax
	}
	return p.object(fn)
}

// elements calls fn for every element of an array.
func elements(raw []byte, depth int, fn func(raw []byte) error) error {
	p := parser{b: raw, depth: depth}
	if p.space(); !p.at('[') {
		return errSyntax
	}
	return p.array(fn)
}

func (p *parser) at(c byte) bool { return p.i < len(p.b) && p.b[p.i] == c }

func (p *parser) space() {
	for p.i < len(p.b) && (p.b[p.i] == ' ' || p.b[p.i] == '\t' || p.b[p.i] == '\r' || p.b[p.i] == '\n') {
		p.i++
	}
}

// value checks the value ahead and gives its text.
func (p *parser) value() ([]byte, error) {
	p.space()
	if p.i >= len(p.b) {
		return nil, errSyntax
	}
	start := p.i
	var err error
	switch p.b[p.i] {
	case '{':
		err = p.object(func(string, []byte) error { return nil })
	case '[':
		err = p.array(func([]byte) error { return nil })
	case '"':
		err = p.text()
	default:
		err = p.scalar()
	}
	return p.b[start:p.i], err
}

func (p *parser) object(fn func(key string, raw []byte) error) error {
	if p.depth--; p.depth < 0 {
		return errDepth
	}
	var keys []string
	var many map[string]bool
	err := p.list('}', func() error {
		key, err := p.key()
		if err != nil {
			return err
		}
		if many[key] || many == nil && slices.Contains(keys, key) {
			return errDoubled
		}
		if keys = append(keys, key); len(keys) == 32 {
			many = map[string]bool{}
			for _, k := range keys {
				many[k] = true
			}
		}
		if many != nil {
			many[key] = true
		}
		raw, err := p.value()
		if err != nil {
			return err
		}
		return fn(key, raw)
	})
	p.depth++
	return err
}

func (p *parser) key() (string, error) {
	if p.space(); !p.at('"') {
		return "", errSyntax
	}
	start := p.i
	if err := p.text(); err != nil {
		return "", err
	}
	key, err := unquote(p.b[start:p.i])
	if err != nil {
		return "", err
	}
	if p.space(); !p.at(':') {
		return "", errSyntax
	}
	p.i++
	return key, nil
}

func (p *parser) array(fn func(raw []byte) error) error {
	if p.depth--; p.depth < 0 {
		return errDepth
	}
	err := p.list(']', func() error {
		raw, err := p.value()
		if err != nil {
			return err
		}
		return fn(raw)
	})
	p.depth++
	return err
}

// list reads what stands between an opening and a closing mark.
func (p *parser) list(end byte, item func() error) error {
	p.i++
	if p.space(); p.at(end) {
		p.i++
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		p.space()
		switch {
		case p.at(','):
			p.i++
		case p.at(end):
			p.i++
			return nil
		default:
			return errSyntax
		}
	}
}

// text checks a string: UTF-8, no bare control characters, no NUL even escaped.
func (p *parser) text() error {
	for p.i++; p.i < len(p.b); {
		switch c := p.b[p.i]; {
		case c == '"':
			p.i++
			return nil
		case c == '\\':
			if err := p.escape(); err != nil {
				return err
			}
		case c < 0x20:
			return errText
		case c < utf8.RuneSelf:
			p.i++
		default:
			r, n := utf8.DecodeRune(p.b[p.i:])
			if r == utf8.RuneError && n == 1 {
				return errText
			}
			p.i += n
		}
	}
	return errSyntax
}

func (p *parser) escape() error {
	if p.i+1 >= len(p.b) {
		return errSyntax
	}
	switch p.b[p.i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		p.i += 2
		return nil
	case 'u':
		if p.i+6 > len(p.b) {
			return errSyntax
		}
		n, err := strconv.ParseUint(string(p.b[p.i+2:p.i+6]), 16, 16)
		if err != nil {
			return errSyntax
		}
		if n == 0 {
			return errText
		}
		p.i += 6
		return nil
	}
	return errSyntax
}

// scalar checks a number, true, false or null.
func (p *parser) scalar() error {
	start := p.i
	for p.i < len(p.b) && !slices.Contains([]byte(" \t\r\n,]}:"), p.b[p.i]) {
		p.i++
	}
	word := p.b[start:p.i]
	if len(word) == 0 || len(word) > 1000 || !json.Valid(word) {
		return errSyntax
	}
	return nil
}

// unquote reads a string that text has checked.
func unquote(raw []byte) (string, error) {
	if len(raw) < 2 || raw[0] != '"' {
		return "", errSyntax
	}
	if !slices.Contains(raw, '\\') {
		return string(raw[1 : len(raw)-1]), nil
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return "", errSyntax
	}
	return s, nil
}

// The readers of members below store what they read and tell what is wrong.

func readText(raw []byte, into *string) (err error) {
	*into, err = unquote(raw)
	if len(*into) > data.MaxText {
		return errors.New("holds a longer text than people write")
	}
	return err
}

// readID reads an id; an empty string is none.
func readID(raw []byte, into *data.ID) error {
	s, err := unquote(raw)
	if err != nil || s == "" {
		return err
	}
	id, err := data.ParseID(s)
	if err != nil || id.String() != s {
		return errors.New("holds an id that is none")
	}
	*into = id
	return nil
}

func readBool(raw []byte, into *bool) error {
	*into = string(raw) == "true"
	if !*into && string(raw) != "false" {
		return errSyntax
	}
	return nil
}

// readHex reads size bytes in lower-case hexadecimal; an empty string is none.
func readHex(raw []byte, size int, into *[]byte) error {
	s, err := unquote(raw)
	if err != nil || s == "" {
		return err
	}
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != size || hex.EncodeToString(b) != s {
		return errors.New("holds a key, signature or hash that is none")
	}
	*into = b
	return nil
}

func readHash(raw []byte, into *oplog.Hash) error {
	var b []byte
	if err := readHex(raw, len(into), &b); err != nil {
		return err
	}
	if b == nil {
		return errors.New("lacks a hash")
	}
	copy(into[:], b)
	return nil
}

func readNumber(raw []byte, into *int64) error {
	n, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil || raw[0] == '-' {
		return errors.New("holds a number out of range")
	}
	*into = n
	return nil
}

var errTime = errors.New("holds a day or time that is none")

// readDay reads a day as it stands in the log; null is none.
func readDay(raw []byte, into *data.Day) error {
	v, err := data.Field{Type: data.TypeDay}.DecodeJSON(raw)
	if err != nil {
		return errTime
	}
	*into = data.NoDay
	if day, ok := v.(data.Day); ok {
		*into = day
	}
	return nil
}

// readInstant reads an instant as it stands in the log; null is none.
func readInstant(raw []byte, into *data.Instant) error {
	v, err := data.Field{Type: data.TypeInstant}.DecodeJSON(raw)
	if err != nil {
		return errTime
	}
	*into, _ = v.(data.Instant)
	return nil
}
