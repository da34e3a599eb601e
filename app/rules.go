package app

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// Rule hands accounts to a territory by one field. Rules are tried in order of
// Position, then of id; the first that matches decides.
type Rule struct {
	ID        data.ID
	Territory data.ID
	Position  int64
	Field     string // of an account, custom ones included
	Test      data.Test
	Value     string // as a person writes it
}

// RuleTests are the tests that a rule may use on a field: text is compared
// without regard to case, accents and punctuation; numbers and days by size.
func RuleTests(f data.Field) []data.Test {
	switch f.Type {
	case data.TypeInteger, data.TypeNumber, data.TypePercent, data.TypeMoney, data.TypeDay:
		return []data.Test{data.Is, data.IsNot, data.AtLeast, data.AtMost}
	case data.TypeBool:
		return []data.Test{data.Is, data.IsNot}
	default:
		return []data.Test{data.Is, data.IsNot, data.Contains}
	}
}

// Matcher decides by rules that were found to be sound.
type Matcher struct{ rules []compiled }

type compiled struct {
	Rule
	field data.Field
	words []string // of text: any of them; folded
	want  float64  // of numbers and days
}

// NewMatcher reads rules for a kind, in the order they are tried. digits are
// the decimals of money. Text may give several values between semicolons. The
// error is Invalid and names the field ("field", "test" or "value") at fault.
func NewMatcher(k *data.Kind, rules []Rule, digits int) (*Matcher, error) {
	m := &Matcher{}
	for _, r := range rules {
		c, err := compile(k, r, digits)
		if err != nil {
			return nil, err
		}
		m.rules = append(m.rules, c)
	}
	slices.SortStableFunc(m.rules, func(a, b compiled) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return m, nil
}

func compile(k *data.Kind, r Rule, digits int) (compiled, error) {
	f, ok := k.Field(r.Field)
	if !ok {
		return compiled{}, data.FieldErrorf("field", "An account has no field %q; choose another for the rule", r.Field)
	}
	if !slices.Contains(RuleTests(f), r.Test) {
		return compiled{}, data.FieldErrorf("test", "%s cannot be tested with %q", f.Label, r.Test)
	}
	c := compiled{Rule: r, field: f}
	if !numeric(f.Type) {
		if c.words = splitWords(r.Value); len(c.words) == 0 {
			return c, data.FieldErrorf("value", "Say which %s the rule is for", strings.ToLower(f.Label))
		}
		return c, nil
	}
	v, err := f.Parse(plainFigure(r.Value), digits)
	if err != nil {
		return c, data.FieldErrorf("value", "%s", err.Error())
	}
	if v == nil {
		return c, data.FieldErrorf("value", "Say which %s the rule is for", strings.ToLower(f.Label))
	}
	c.want, _ = figure(v)
	return c, nil
}

// plainFigure drops the separators that people put between thousands.
func plainFigure(text string) string {
	return strings.NewReplacer(",", "", " ", "", "\u00a0", "").Replace(text)
}

func numeric(t data.Type) bool {
	switch t {
	case data.TypeInteger, data.TypeNumber, data.TypePercent, data.TypeMoney, data.TypeDay:
		return true
	default:
		return false
	}
}

// figure is a number, amount or day as a number to compare.
func figure(v data.Value) (float64, bool) {
	switch x := v.(type) {
	case int64:
		return float64(x), true
	case float64:
		return x, true
	case data.Day:
		return float64(x), x.Valid()
	}
	return 0, false
}

// Match gives the territory of the first rule that a row passes, and that
// rule's place in the order; ok is false where none does.
func (m *Matcher) Match(row data.Row) (territory data.ID, place int, ok bool) {
	for i := range m.rules {
		if m.rules[i].passes(row) {
			return m.rules[i].Territory, i, true
		}
	}
	return data.NoID, 0, false
}

// passes reports whether the row passes the rule. A blank field passes only
// "is not".
func (c *compiled) passes(row data.Row) bool {
	if numeric(c.field.Type) {
		have, ok := figure(row.Values[c.field.Name])
		if !ok {
			return c.Test == data.IsNot
		}
		switch c.Test {
		case data.Is:
			return have == c.want
		case data.IsNot:
			return have != c.want
		case data.AtLeast:
			return have >= c.want
		default:
			return have <= c.want
		}
	}
	have := c.texts(row)
	found := slices.ContainsFunc(c.words, func(word string) bool {
		if c.Test == data.Contains {
			return slices.ContainsFunc(have, func(h string) bool { return strings.Contains(h, word) })
		}
		return slices.Contains(have, word)
	})
	return found != (c.Test == data.IsNot)
}

// texts is a field as folded words, several only for an account's products.
func (c *compiled) texts(row data.Row) []string {
	if c.field.Name == fieldProducts {
		return splitWords(row.Text(fieldProducts))
	}
	return []string{sheet.Fold(c.text(row))}
}

// text is a field as words: references by name, yes or no.
func (c *compiled) text(row data.Row) string {
	switch x := row.Values[c.field.Name].(type) {
	case string:
		return x
	case data.ID:
		return row.Labels[c.field.Name]
	case bool:
		if x {
			return "yes"
		}
		return "no"
	case int64:
		return strconv.FormatInt(x, 10)
	}
	return ""
}
