package store

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"

	"fieldbook/data"
)

// reviver enters the table lines of rows again from the cells that they were
// born with.
type reviver struct {
	bulk   *Bulk
	places map[string]int // of cells among those of bulk
}

func (tx *Tx) reviver(kind string, expect int) (*reviver, error) {
	k, err := tx.Kind(kind)
	if err != nil {
		return nil, err
	}
	plan := BulkPlan{Kind: kind, Expect: expect}
	for _, f := range k.Fields {
		plan.Fields = append(plan.Fields, f.Name)
	}
	b, err := tx.Bulk(plan)
	if err != nil {
		return nil, err
	}
	r := &reviver{bulk: b, places: map[string]int{}}
	for i, c := range b.cells {
		r.places[k.Fields[c.fields[0]].Cell] = i
	}
	return r, nil
}

// enter writes a line as insertWinners does.
func (r *reviver) enter(key data.Key, cells []byte) error {
	b := r.bulk
	clear(b.row)
	custom, plain := map[string]json.RawMessage(nil), true
	ok := eachMember(cells, func(name, value []byte) {
		if cut, is := bytes.CutPrefix(name, []byte(data.CustomCell)); is {
			if string(value) != "null" {
				if custom == nil {
					custom = map[string]json.RawMessage{}
				}
				custom[string(cut)] = value
			}
			return
		}
		if at, known := r.places[string(name)]; known {
			plain = r.fill(&b.cells[at], value) && plain
		}
	})
	if !ok || !plain {
		return r.enterAny(key, cells)
	}
	var extra driver.Value
	if custom != nil {
		text, err := json.Marshal(custom)
		if err != nil {
			return data.Wrap(data.Internal, err, "a custom field cannot be written")
		}
		extra = string(text)
	}
	return b.enter(key, extra)
}

// enterAny is enter for cells that are not written as this program writes them.
func (r *reviver) enterAny(key data.Key, cells []byte) error {
	values, err := decodeCells(string(cells))
	if err != nil {
		return err
	}
	winners := map[string][]byte{}
	for name, v := range values {
		winners[name] = v
	}
	return r.bulk.tx.insertWinners(r.bulk.kind, key, winners)
}

// fill lays a cell's value into the row in hand, as decodeCell reads it. It
// reports false where that cannot be done at a glance.
func (r *reviver) fill(c *bulkCell, value []byte) bool {
	b := r.bulk
	if c.plain {
		v, err := b.kind.Fields[c.fields[0]].DecodeJSON(value)
		if err == nil {
			b.row[c.fields[0]] = v
		}
		return true
	}
	return eachMember(value, func(name, value []byte) {
		for _, at := range c.fields {
			if f := &b.kind.Fields[at]; f.Name == string(name) {
				if v, err := f.DecodeJSON(value); err == nil {
					b.row[at] = v
				}
			}
		}
	})
}

// eachMember calls fn with the names and values of a JSON object that is sound
// and written as the log writes it: no spaces between its parts, no escapes in
// names, no name twice. It reports whether it is so, as far as it looked.
func eachMember(text []byte, fn func(name, value []byte)) bool {
	if len(text) < 2 || text[0] != '{' {
		return false
	}
	for i := 1; i < len(text); {
		if text[i] == '}' {
			return i == 1 && len(text) == 2
		}
		end := valueEnd(text, i)
		if text[i] != '"' || end >= len(text) || text[end] != ':' || bytes.IndexByte(text[i:end], '\\') >= 0 {
			return false
		}
		name, from := text[i+1:end-1], end+1
		end = valueEnd(text, from)
		if end >= len(text) || end == from {
			return false
		}
		fn(name, text[from:end])
		if text[end] == '}' {
			return end == len(text)-1
		}
		if text[end] != ',' {
			return false
		}
		i = end + 1
	}
	return false
}

// valueEnd is where the JSON value at i ends.
func valueEnd(text []byte, i int) int {
	depth := 0
	for ; i < len(text); i++ {
		switch text[i] {
		case '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
			if depth == 0 {
				return min(i+1, len(text))
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ':':
			if depth == 0 {
				return i
			}
		}
	}
	return i
}
