package data

import "strings"

// Type says what a field holds and so how it is read, shown, stored and compared.
type Type int

// The types of fields. In a Row they are held as: TypeText, TypeLongText and
// TypeChoice string; TypeInteger and TypeMoney (minor units) int64; TypeNumber
// and TypePercent (0 to 100) float64; TypeBool bool; TypeDay Day; TypeInstant
// Instant; TypeRef ID. Absent is nil.
const (
	TypeText Type = iota
	TypeLongText
	TypeChoice
	TypeInteger
	TypeMoney
	TypeNumber
	TypePercent
	TypeBool
	TypeDay
	TypeInstant
	TypeRef
	TypeUnknown // a custom field whose definition has not come yet, held as json.RawMessage
)

// Field is one property of a kind.
type Field struct {
	Name     string // snake_case, also the SQL column and the command line's word
	Label    string // as shown, sentence case
	Type     Type
	Ref      string   // TypeRef: the kind it points to
	Choices  []string // TypeChoice: the values, in order
	Offers   string   // TypeText: the kind whose names are offered; another text will do as well
	Recurs   bool     // TypeText: what other rows say is offered, so that the same is said in the same words
	Cell     string   // the log cell; fields that change together share one
	Required bool
	Unique   bool // expected to differ between rows; a clash is a to-fix item, never refused
	Custom   bool // defined in the book, kept in the kind's JSON column
}

// Kind describes one sort of record: its names and fields. Tables, the log,
// forms, lists, import, export and the command line all follow it.
type Kind struct {
	Name   string // singular, snake_case, also the SQL table
	Plural string
	Label  string // as shown, singular
	Title  string // the field that names a row to people
	Also   string // another word for one, where SQL keeps the plain one for itself
	Fields []Field

	Audience Audience
	Of       []string // of AudienceOwn and AudienceOwnPlanners: the references to whose it is
	Along    []string // references to records with which it goes to whoever gets those
}

// Audience says who gets the records of a kind in a part of the book.
type Audience int

// The audiences. A kind that goes Along with others may have any of them.
const (
	AudienceAlong       Audience = iota // whoever gets what it points to
	AudienceEveryone                    // names, reporting lines, territories, stages, templates
	AudiencePlanners                    // managers and leads
	AudienceOwn                         // whose it is, and those above
	AudienceOwnPlanners                 // managers and leads of whose it is, never a rep
)

// Field finds a field by name.
func (k *Kind) Field(name string) (Field, bool) {
	for _, f := range k.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// CellFields lists the fields that share a log cell, in order. A custom cell
// that the book does not know yet has a field of TypeUnknown.
func (k *Kind) CellFields(cell string) []Field {
	var out []Field
	for _, f := range k.Fields {
		if f.Cell == cell {
			out = append(out, f)
		}
	}
	if name, custom := strings.CutPrefix(cell, CustomCell); custom && len(out) == 0 {
		out = append(out, Field{Name: name, Label: name, Type: TypeUnknown, Cell: cell, Custom: true})
	}
	return out
}

// CustomCell is the prefix of the cells that hold custom fields.
const CustomCell = "custom."

// With returns the kind with custom fields added behind its own.
func (k *Kind) With(custom []Field) *Kind {
	if len(custom) == 0 {
		return k
	}
	out := *k
	out.Fields = append(append([]Field(nil), k.Fields...), custom...)
	return &out
}

// CustomNames lists the kind's custom fields.
func (k *Kind) CustomNames() []string {
	var out []string
	for _, f := range k.Fields {
		if f.Custom {
			out = append(out, f.Name)
		}
	}
	return out
}

// NewCustomField makes a custom field from its definition. The name is the
// folded label, so that equal labels on two laptops are one field.
func NewCustomField(label string, t Type, choices []string) Field {
	name := CustomName(label)
	return Field{Name: name, Label: label, Type: t, Choices: choices, Cell: CustomCell + name, Custom: true}
}

// CustomChoices reads the choices of a custom field as they are written: one a
// line, or with semicolons between them.
func CustomChoices(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' })
}

// CustomName is the snake_case name of a custom field.
func CustomName(label string) string {
	words := strings.FieldsFunc(strings.ToLower(label), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r <= 127
	})
	return strings.Join(words, "_")
}

// KindByName finds a kind by its singular or plural name, with "-" or "_".
func KindByName(name string) (*Kind, error) {
	want := strings.ReplaceAll(strings.ToLower(name), "-", "_")
	for _, k := range kinds {
		if want == k.Name || want == k.Plural || want == k.Also && want != "" {
			return k, nil
		}
	}
	return nil, Errorf(Invalid, "%q is not a kind of record; the kinds are %s", name, strings.Join(KindNames(), ", "))
}

// Kinds lists every kind, those that others point to first.
func Kinds() []*Kind { return append([]*Kind(nil), kinds...) }

// KindNames lists the plural names.
func KindNames() []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = k.Plural
	}
	return out
}
