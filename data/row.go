package data

// Row is one record as it stands: its fields by name and, for references, the
// names of what they point to.
type Row struct {
	Kind   *Kind
	Key    Key
	ID     ID
	Values map[string]Value
	Labels map[string]string // reference field → name of the row it points to
}

// Key is a row's place inside one book's database. It means nothing in another book.
type Key int64

// Text is a text or choice field, empty where absent.
func (r Row) Text(field string) string { s, _ := r.Values[field].(string); return s }

// Int is a whole-number or money field, 0 where absent.
func (r Row) Int(field string) int64 { n, _ := r.Values[field].(int64); return n }

// Float is a number or percent field, 0 where absent.
func (r Row) Float(field string) float64 { x, _ := r.Values[field].(float64); return x }

// Bool is a yes-or-no field, false where absent.
func (r Row) Bool(field string) bool { b, _ := r.Values[field].(bool); return b }

// Day is a day field, NoDay where absent.
func (r Row) Day(field string) Day {
	if d, ok := r.Values[field].(Day); ok {
		return d
	}
	return NoDay
}

// Ref is a reference field, NoID where absent.
func (r Row) Ref(field string) ID { id, _ := r.Values[field].(ID); return id }

// Money is a money field with the currency that stands beside it, or fallback.
func (r Row) Money(field string, fallback Currency) Money {
	c := Currency(r.Text("currency"))
	if c == "" {
		c = fallback
	}
	return Money{Minor: r.Int(field), Currency: c}
}

// Has reports whether the field is filled.
func (r Row) Has(field string) bool { return r.Values[field] != nil }

// Title is how people call the row.
func (r Row) Title() string {
	if s := r.Text(r.Kind.Title); s != "" {
		return s
	}
	if s := r.Labels[r.Kind.Title]; s != "" {
		return s
	}
	if f, ok := r.Kind.Field(r.Kind.Title); ok {
		if s := f.Format(r.Values[f.Name], 0); s != "" {
			return s
		}
	}
	return r.Text("external_id")
}

// Values of a new or changed row, by field name; nil clears a field.
type Values map[string]Value

// Query asks for rows of one kind.
type Query struct {
	Kind   string
	Where  []Filter
	Search string // folded text that the title, account or external id must hold
	Sort   []Sort // then by the row's id, so that an order is total
	// Weights say what deals in stages weigh, in percent, where that is not the
	// stage's own probability.
	Weights map[Key]float64
	Limit   int // 0 is all
}

// Sort is one sort key; references sort by the name they point to.
type Sort struct {
	Field string
	Desc  bool
}

// Test compares a field with the values of a filter.
type Test string

// The tests. Is and IsNot take any number of values (one of them; none of
// them, blank rows included); Between takes two, the first included, the second
// not, nil for an open side.
const (
	Is       Test = "is"
	IsNot    Test = "is not"
	Contains Test = "contains"
	AtLeast  Test = "at least"
	AtMost   Test = "at most"
	Between  Test = "between"
	Blank    Test = "blank"
	Filled   Test = "filled"
)

// Filter keeps the rows whose field passes the test. A field of a referenced
// row is written with a dot: "stage.type", "account.industry", "owner.manager".
type Filter struct {
	Field  string
	Test   Test
	Values []Value
}
