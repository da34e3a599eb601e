package cli

import (
	"encoding/json"
	"fmt"
	"io"

	"fieldbook/data"
)

// writeJSON prints v as one JSON document.
func writeJSON(out io.Writer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// rowJSON is a row as scripts read it: its id and every field by name, absent
// ones as null, money as decimal strings, days as 2017-03-01. A reference FIELD
// holds the name of what it points to, FIELD_id the id.
type rowJSON struct {
	row      data.Row
	currency data.Currency // where the row names none
}

func (r rowJSON) MarshalJSON() ([]byte, error) {
	digits := digitsOf(r.row, r.currency)
	b := append(make([]byte, 0, 1<<10), `{"id":`...)
	b = data.AppendJSON(b, r.row.ID)
	for _, f := range r.row.Kind.Fields {
		v := r.row.Values[f.Name]
		if f.Type == data.TypeRef {
			b = appendKey(b, f.Name)
			b = data.AppendJSON(b, labelOf(r.row, f))
			b = appendKey(b, f.Name+"_id")
		} else {
			b = appendKey(b, f.Name)
		}
		b = appendValue(b, f, v, digits)
	}
	return append(b, '}'), nil
}

// labelOf is the name of what a reference points to, nil where it has none.
func labelOf(row data.Row, f data.Field) data.Value {
	if name := row.Labels[f.Name]; name != "" {
		return name
	}
	return nil
}

func appendKey(b []byte, name string) []byte {
	return append(data.AppendJSONText(append(b, ','), name), ':')
}

// appendValue writes one value; money has digits decimals.
func appendValue(b []byte, f data.Field, v data.Value, digits int) []byte {
	if minor, ok := v.(int64); ok && f.Type == data.TypeMoney {
		v = data.DecimalString(minor, digits)
	}
	return data.AppendJSON(b, v)
}

// digitsOf is the number of decimals of a row's amounts.
func digitsOf(row data.Row, fallback data.Currency) int {
	if c := data.Currency(row.Text("currency")); c.Valid() {
		return c.Digits()
	}
	return fallback.Digits()
}

// plain is a field of a row for people: references by name.
func plain(row data.Row, f data.Field, fallback data.Currency) string {
	if f.Type == data.TypeRef {
		if name := row.Labels[f.Name]; name != "" {
			return name
		}
	}
	return f.Format(row.Values[f.Name], digitsOf(row, fallback))
}

// listJSON prints {"kind", "rows": […]} row by row without holding them all.
func listJSON(out io.Writer, kind string, tail []byte, rows func(yield func(json.Marshaler) error) error) error {
	if _, err := fmt.Fprintf(out, `{"kind":%s,"rows":[`, data.AppendJSON(nil, kind)); err != nil {
		return err
	}
	sep := "\n"
	err := rows(func(row json.Marshaler) error {
		b, err := row.MarshalJSON()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%s%s", sep, b)
		sep = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "]%s}\n", tail)
	return err
}
