package app

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// Condition decides on accounts by several fields at once, as in
//
//	industry is retail; food and (employees at least 500 or not country is "United States")
//
// "and" binds tighter than "or", "not" tighter than both. Fields go by name or
// label; tests are is, is not, contains, at least and at most, or = != >= <=;
// several values stand between semicolons; a value with one of these words or a
// bracket in it stands in quotes.
type Condition struct{ root condition }

// Passes reports whether an account passes.
func (c *Condition) Passes(row data.Row) bool { return c.root.passes(row) }

type condition interface{ passes(data.Row) bool }

type (
	both   struct{ a, b condition }
	either struct{ a, b condition }
	none   struct{ of condition }
)

func (c both) passes(r data.Row) bool   { return c.a.passes(r) && c.b.passes(r) }
func (c either) passes(r data.Row) bool { return c.a.passes(r) || c.b.passes(r) }
func (c none) passes(r data.Row) bool   { return !c.of.passes(r) }

// fieldProducts stands for what an account has deals about.
const fieldProducts = "product"

// ConditionFields are the fields that a condition may test: those of an account
// and the products of its deals.
func ConditionFields(k *data.Kind) []data.Field {
	var out []data.Field
	for _, f := range k.Fields {
		if f.Type != data.TypeLongText {
			out = append(out, f)
		}
	}
	if _, taken := k.Field(fieldProducts); !taken {
		out = append(out, data.Field{Name: fieldProducts, Label: "Product", Type: data.TypeText, Cell: fieldProducts})
	}
	return out
}

// NewCondition reads a condition. The error is Invalid, names the field "rule",
// and says at which word it stopped.
func NewCondition(k *data.Kind, text string, digits int) (*Condition, error) {
	fields := ConditionFields(k)
	whole := *k
	whole.Fields = fields
	p := &conditionText{rest: strings.TrimSpace(text), kind: &whole, digits: digits}
	for _, f := range fields {
		p.names = append(p.names, fieldName{strings.ToLower(f.Name), f.Name}, fieldName{strings.ToLower(f.Label), f.Name})
	}
	slices.SortStableFunc(p.names, func(a, b fieldName) int { return cmp.Compare(len(b.text), len(a.text)) })
	root, err := p.either(0)
	if err == nil && p.rest != "" {
		err = p.fault("“and”, “or” or the end")
	}
	if err != nil {
		return nil, err
	}
	return &Condition{root}, nil
}

type fieldName struct{ text, name string }

// conditionText is a condition that is being read.
type conditionText struct {
	rest   string
	kind   *data.Kind
	digits int
	names  []fieldName // the longest first
}

func (p *conditionText) fault(want string) error {
	at := "at the end"
	if p.rest != "" {
		word, _, _ := strings.Cut(p.rest, " ")
		at = "at “" + word + "”"
	}
	return data.FieldErrorf("rule", "The rule cannot be read %s: %s is missing. Write it like: industry is retail and employees at least 500", at, want)
}

// deepest is how many brackets may stand in each other.
const deepest = 50

func (p *conditionText) either(depth int) (condition, error) {
	a, err := p.both(depth)
	for err == nil && p.word("or") {
		var b condition
		if b, err = p.both(depth); err == nil {
			a = either{a, b}
		}
	}
	return a, err
}

func (p *conditionText) both(depth int) (condition, error) {
	a, err := p.one(depth)
	for err == nil && p.word("and") {
		var b condition
		if b, err = p.one(depth); err == nil {
			a = both{a, b}
		}
	}
	return a, err
}

func (p *conditionText) one(depth int) (condition, error) {
	if depth > deepest {
		return nil, data.FieldErrorf("rule", "The rule has more than %d brackets or nots in each other; write it simpler", deepest)
	}
	if p.word("not") {
		c, err := p.one(depth + 1)
		return none{c}, err
	}
	if !p.sign("(") {
		return p.test()
	}
	c, err := p.either(depth + 1)
	if err == nil && !p.sign(")") {
		err = p.fault("a closing bracket")
	}
	return c, err
}

// conditionTests are the words and signs of tests, those that begin with another first.
var conditionTests = []struct {
	text string
	test data.Test
}{
	{"is not", data.IsNot},
	{"is", data.Is},
	{"contains", data.Contains},
	{"at least", data.AtLeast},
	{"at most", data.AtMost},
	{"!=", data.IsNot},
	{"≠", data.IsNot},
	{">=", data.AtLeast},
	{"≥", data.AtLeast},
	{"<=", data.AtMost},
	{"≤", data.AtMost},
	{"=", data.Is},
}

func (p *conditionText) test() (condition, error) {
	field, ok := p.field()
	if !ok {
		return nil, p.fault("a field of accounts")
	}
	rule := Rule{Field: field}
	found := slices.ContainsFunc(conditionTests, func(x struct {
		text string
		test data.Test
	},
	) bool {
		rule.Test = x.test
		if first, _ := utf8.DecodeRuneInString(x.text); unicode.IsLetter(first) {
			return p.word(x.text)
		}
		return p.sign(x.text)
	})
	if !found {
		return nil, p.fault("a test (is, is not, contains, at least, at most)")
	}
	rule.Value = p.value()
	c, err := compile(p.kind, rule, p.digits)
	if err != nil {
		return nil, data.FieldErrorf("rule", "%s", err.Error())
	}
	return &c, nil
}

// field takes the name or label of a field, in quotes or not.
func (p *conditionText) field() (string, bool) {
	quoted := strings.HasPrefix(p.rest, `"`)
	rest := strings.TrimPrefix(p.rest, `"`)
	for _, n := range p.names {
		after, ok := cutFold(rest, n.text)
		if ok && quoted {
			after, ok = strings.CutPrefix(after, `"`)
		}
		if ok && (quoted || apart(after)) {
			p.rest = strings.TrimLeft(after, " \t\n")
			return n.name, true
		}
	}
	return "", false
}

// word takes a word, in any case.
func (p *conditionText) word(word string) bool {
	after, ok := cutFold(p.rest, word)
	if ok && apart(after) {
		p.rest = strings.TrimLeft(after, " \t\n")
		return true
	}
	return false
}

func (p *conditionText) sign(sign string) bool {
	after, ok := strings.CutPrefix(p.rest, sign)
	if ok {
		p.rest = strings.TrimLeft(after, " \t\n")
	}
	return ok
}

// value takes text up to a word of the language, with what stands in quotes as it is.
func (p *conditionText) value() string {
	var out strings.Builder
	quoted := false
	start := true // of a word
	for p.rest != "" {
		r, size := utf8.DecodeRuneInString(p.rest)
		if r == '"' {
			quoted = !quoted
			p.rest = p.rest[size:]
			continue
		}
		if !quoted && (r == '(' || r == ')' || start && p.atWord()) {
			break
		}
		start = unicode.IsSpace(r)
		out.WriteString(p.rest[:size])
		p.rest = p.rest[size:]
	}
	p.rest = strings.TrimLeft(p.rest, " \t\n")
	return strings.TrimSpace(out.String())
}

func (p *conditionText) atWord() bool {
	for _, word := range []string{"and", "or"} {
		if after, ok := cutFold(p.rest, word); ok && apart(after) {
			return true
		}
	}
	return false
}

// cutFold cuts a prefix off, in any case. prefix is lower case.
func cutFold(s, prefix string) (after string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// apart reports whether no word goes on here.
func apart(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
}

// splitWords gives the alternatives of a text value, folded.
func splitWords(value string) []string {
	var out []string
	for part := range strings.SplitSeq(value, ";") {
		if word := sheet.Fold(part); word != "" {
			out = append(out, word)
		}
	}
	return out
}
