package data

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Value is the content of one field: nil or the Go type that its Type names.
type Value any

// MaxText is the longest text that a field takes, in bytes.
const MaxText = 64 << 10

// Check reports whether v may stand in the field.
func (f Field) Check(v Value) error {
	if v == nil {
		if f.Required {
			return FieldErrorf(f.Name, "%s must be filled in", f.Label)
		}
		return nil
	}
	if !f.holds(v) {
		return FieldErrorf(f.Name, "%s cannot hold %v", f.Label, v)
	}
	switch x := v.(type) {
	case string:
		return f.checkText(x)
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return FieldErrorf(f.Name, "%s must be a finite number", f.Label)
		}
		if f.Type == TypePercent && (x < 0 || x > 100) {
			return FieldErrorf(f.Name, "%s must be between 0 and 100", f.Label)
		}
	}
	return nil
}

func (f Field) holds(v Value) bool {
	switch v.(type) {
	case string:
		return f.Type == TypeText || f.Type == TypeLongText || f.Type == TypeChoice
	case int64:
		return f.Type == TypeInteger || f.Type == TypeMoney
	case float64:
		return f.Type == TypeNumber || f.Type == TypePercent
	case bool:
		return f.Type == TypeBool
	case Day:
		return f.Type == TypeDay
	case Instant:
		return f.Type == TypeInstant
	case ID:
		return f.Type == TypeRef
	}
	return false
}

func (f Field) checkText(s string) error {
	switch {
	case f.Required && strings.TrimSpace(s) == "":
		return FieldErrorf(f.Name, "%s must be filled in", f.Label)
	case len(s) > MaxText:
		return FieldErrorf(f.Name, "%s is longer than %d characters", f.Label, MaxText)
	case !utf8.ValidString(s) || strings.ContainsRune(s, 0):
		return FieldErrorf(f.Name, "%s holds characters that are not text", f.Label)
	case f.Type == TypeChoice && !f.Custom && !slices.Contains(f.Choices, s):
		return FieldErrorf(f.Name, "%s cannot be %q; choose one of %s", f.Label, s, strings.Join(f.Choices, ", "))
	}
	return nil
}

// Parse reads a value as a person or script writes it: days as 2017-03-01,
// money in major units with digits decimals, yes or no. Blank is nil. A
// reference is read only where text is a record id; names are looked up by the caller.
func (f Field) Parse(s string, digits int) (Value, error) {
	t := strings.TrimSpace(s)
	if t == "" {
		return nil, nil
	}
	var v Value
	var err error
	var want string
	switch f.Type {
	case TypeChoice:
		return f.parseChoice(s)
	case TypeInteger:
		want = "a whole number"
		v, err = strconv.ParseInt(t, 10, 64)
	case TypeMoney:
		want = "an amount such as 1054.50"
		v, err = ParseDecimal(t, digits)
	case TypeNumber, TypePercent:
		want = "a number"
		v, err = parseNumber(t)
	case TypeBool:
		want = "yes or no"
		v, err = parseBool(t)
	case TypeDay:
		want = "a day such as 2017-03-01"
		v, err = ParseDay(t)
	case TypeInstant:
		want = "something that can be typed"
		err = strconv.ErrSyntax
	case TypeRef:
		want = "a record id"
		v, err = ParseID(t)
	default:
		return s, nil
	}
	if err != nil {
		return nil, FieldErrorf(f.Name, "%s: %q is not %s", f.Label, s, want)
	}
	return v, nil
}

func (f Field) parseChoice(s string) (Value, error) {
	t := strings.TrimSpace(s)
	for _, c := range f.Choices {
		if strings.EqualFold(c, t) {
			return c, nil
		}
	}
	if f.Custom {
		return t, nil
	}
	return nil, FieldErrorf(f.Name, "%s cannot be %q; choose one of %s", f.Label, s, strings.Join(f.Choices, ", "))
}

func parseNumber(t string) (float64, error) {
	x, err := strconv.ParseFloat(strings.TrimSuffix(t, "%"), 64)
	if err == nil && (math.IsNaN(x) || math.IsInf(x, 0)) {
		err = strconv.ErrRange
	}
	return x, err
}

func parseBool(t string) (bool, error) {
	switch strings.ToLower(t) {
	case "yes", "true", "1", "y":
		return true, nil
	case "no", "false", "0", "n":
		return false, nil
	default:
		return false, strconv.ErrSyntax
	}
}

// Format writes v as Parse reads it.
func (f Field) Format(v Value, digits int) string {
	switch x := v.(type) {
	case string:
		return x
	case int64:
		if f.Type == TypeMoney {
			return DecimalString(x, digits)
		}
		return strconv.FormatInt(x, 10)
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case bool:
		if x {
			return "yes"
		}
		return "no"
	case Day:
		return x.String()
	case Instant:
		return x.String()
	case ID:
		return x.String()
	}
	return ""
}

// AppendJSON writes v as it stands in the log: days, instants and references
// as text, money and whole numbers as integers, absent as null.
func AppendJSON(b []byte, v Value) []byte {
	switch x := v.(type) {
	case string:
		return AppendJSONText(b, x)
	case int64:
		return strconv.AppendInt(b, x, 10)
	case float64:
		return appendJSONFloat(b, x)
	case bool:
		return strconv.AppendBool(b, x)
	case Day:
		if x.Valid() {
			return append(append(append(b, '"'), x.String()...), '"')
		}
	case Instant:
		return append(append(append(b, '"'), x.String()...), '"')
	case ID:
		if !x.IsZero() {
			return append(append(append(b, '"'), x.String()...), '"')
		}
	case json.RawMessage:
		return append(b, x...)
	}
	return append(b, "null"...)
}

func appendJSONFloat(b []byte, x float64) []byte {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return append(b, "null"...)
	}
	if size := math.Abs(x); size == 0 || size >= 1e-6 && size < 1e21 {
		return strconv.AppendFloat(b, x, 'f', -1, 64)
	}
	out, _ := json.Marshal(x) // of a finite number it never fails
	return append(b, out...)
}

// AppendJSONText writes a text as AppendJSON does.
func AppendJSONText(b []byte, s string) []byte {
	plain := true
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c == '"' || c == '\\' || c >= 0x7f {
			plain = false
			break
		}
	}
	if plain {
		return append(append(append(b, '"'), s...), '"')
	}
	var sb strings.Builder
	enc := json.NewEncoder(&sb)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return append(b, `""`...)
	}
	return append(b, strings.TrimSuffix(sb.String(), "\n")...)
}

// DecodeJSON reads a value of the field's type from the log. What does not fit
// the type is nil with an error, so that a foreign value is never shown as ours.
func (f Field) DecodeJSON(raw []byte) (Value, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	if f.Type == TypeUnknown {
		return json.RawMessage(raw), nil
	}
	if raw[0] == '"' {
		if s, ok := plainString(raw); ok {
			return f.decodeText(s, raw)
		}
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return nil, f.misfit(raw)
		}
		return f.decodeText(s, raw)
	}
	switch f.Type {
	case TypeInteger, TypeMoney:
		if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
			return n, nil
		}
	case TypeNumber, TypePercent:
		if x, err := strconv.ParseFloat(string(raw), 64); err == nil && !math.IsInf(x, 0) {
			if x == 0 {
				return 0.0, nil // a table keeps no sign of zero
			}
			return x, nil
		}
	case TypeBool:
		if b, err := strconv.ParseBool(string(raw)); err == nil {
			return b, nil
		}
	default: // the others stand in quotes
	}
	return nil, f.misfit(raw)
}

// misfit is the error for a value of another type.
func (f Field) misfit(raw []byte) error {
	return FieldErrorf(f.Name, "%s holds %.40s, which is not of its type", f.Label, raw)
}

// plainString reads a JSON string of ASCII without escapes, as most are.
func plainString(raw []byte) (s string, ok bool) {
	n := len(raw) - 1
	if n < 1 || raw[n] != '"' {
		return "", false
	}
	for _, c := range raw[1:n] {
		if c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			return "", false
		}
	}
	return string(raw[1:n]), true
}

func (f Field) decodeText(s string, raw []byte) (Value, error) {
	switch f.Type {
	case TypeText, TypeLongText, TypeChoice:
		return s, nil
	case TypeDay:
		if d, err := ParseDay(s); err == nil && d.Valid() {
			return d, nil
		}
	case TypeInstant:
		if t, err := parseInstant(s); err == nil {
			return t, nil
		}
	case TypeRef:
		if id, err := ParseID(s); err == nil {
			return id, nil
		}
	default: // the others stand without quotes
	}
	return nil, f.misfit(raw)
}
