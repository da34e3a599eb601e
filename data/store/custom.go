package store

import (
	"bytes"
	"encoding/json"

	"fieldbook/data"
)

// jsonMember is one name of a JSON object with what it holds, as it is written.
type jsonMember struct{ name, raw []byte }

// readCustom adds the custom fields of a row to its values.
func readCustom(k *data.Kind, custom []byte, into data.Values) error {
	if custom == nil {
		return nil
	}
	var room [32]jsonMember
	members, ok := plainMembers(custom, room[:0])
	if !ok {
		var values map[string]json.RawMessage
		if err := json.Unmarshal(custom, &values); err != nil {
			return data.Wrap(data.Internal, err, "a custom field cannot be read; run `fieldbook verify`")
		}
		for name, raw := range values {
			members = append(members, jsonMember{[]byte(name), raw})
		}
	}
	for _, f := range k.Fields {
		if !f.Custom {
			continue
		}
		for _, m := range members {
			if string(m.name) != f.Name {
				continue
			}
			if v, err := f.DecodeJSON(m.raw); err == nil && v != nil {
				into[f.Name] = v
			}
		}
	}
	return nil
}

// plainMembers parts an object of texts, numbers and truths without blanks
// between them, as the tables hold it; ok is false for one that is written in
// any other way. It takes a tenth of the time that encoding/json does, and
// lists of records read an object each.
func plainMembers(object []byte, into []jsonMember) (members []jsonMember, ok bool) {
	rest, ok := bytes.CutPrefix(object, []byte("{"))
	if !ok || string(rest) == "}" {
		return into, ok
	}
	for {
		var m jsonMember
		if m.name, rest, ok = quotedText(rest); !ok || len(rest) == 0 || rest[0] != ':' {
			return into[:0], false
		}
		end := memberEnd(rest[1:])
		if end == 0 || end == len(rest[1:]) {
			return into[:0], false
		}
		m.raw, rest = rest[1:1+end], rest[1+end:]
		into = append(into, m)
		switch {
		case string(rest) == "}":
			return into, true
		case rest[0] != ',':
			return into[:0], false
		}
		rest = rest[1:]
	}
}

// quotedText cuts a text without escapes from the front.
func quotedText(s []byte) (text, rest []byte, ok bool) {
	if len(s) == 0 || s[0] != '"' {
		return nil, s, false
	}
	text, rest, ok = bytes.Cut(s[1:], []byte(`"`))
	return text, rest, ok && !bytes.ContainsRune(text, '\\')
}

// memberEnd is the length of the text, number or truth that s begins with, 0
// where it begins with none.
func memberEnd(s []byte) int {
	if len(s) > 0 && s[0] == '"' {
		for i := 1; i < len(s); i++ {
			switch s[i] {
			case '\\':
				i++
			case '"':
				return i + 1
			}
		}
		return 0
	}
	for _, word := range []string{"true", "false", "null"} {
		if bytes.HasPrefix(s, []byte(word)) {
			return len(word)
		}
	}
	return len(s) - len(bytes.TrimLeft(s, "0123456789+-.eE"))
}
