package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fieldbook/assets/lang"
	"fieldbook/data"
)

// FieldKind is what a field of a form holds.
type FieldKind int

// The kinds of field.
const (
	FieldText FieldKind = iota
	FieldLong           // several lines
	FieldNumber
	FieldWhole
	FieldPercent // typed and kept as "45" for 45 %
	FieldMoney
	FieldBool
	FieldChoice    // of Options
	FieldReference // found by Search
	FieldDay
	FieldSecret // hidden while it is typed; spaces at its ends count
)

// Field is one field of a form.
type Field struct {
	Key        string
	Label      string
	Hint       string // in the empty field
	Help       string // below the field, until there is a mistake
	Kind       FieldKind
	Required   bool
	Wide       bool                            // over both columns; long texts always are
	Value      string                          // at the beginning, as in Values
	Chosen     Option                          // the record behind Value, for a reference
	Options    []Option                        // of a choice; of a reference, what is offered first
	Search     func(query string) []Option     // of a reference, or what is offered for a text; runs away from the screen
	Currencies []string                        // of money, the usual one first
	Check      func(value string) (why string) // "" when the value will do

	ref string // the kind of record that a reference of a Host names
}

// input is the widget of one field. raw gives the value as in Values, or the
// mistake in words.
type input interface {
	raw() (string, error)
	object() fyne.CanvasObject
	target() fyne.Focusable // gets the keyboard
}

func (f *Form) newInput(field Field) input {
	switch field.Kind {
	case FieldBool:
		return f.newCheckInput(field)
	case FieldChoice, FieldReference:
		return f.newPickInput(field)
	case FieldDay:
		return f.newDayInput(field)
	case FieldMoney:
		return f.newMoneyInput(field)
	default:
		return f.newTextInput(field)
	}
}

// textInput is a field for text or a number.
type textInput struct {
	entry *entry
	kind  FieldKind
	comma bool
}

func (f *Form) newTextInput(field Field) input {
	i := &textInput{entry: newEntry(field.Hint), kind: field.Kind, comma: f.opts.Comma}
	if field.Kind == FieldLong {
		i.entry = newLongEntry(field.Hint)
	}
	i.entry.Password = field.Kind == FieldSecret
	text := field.Value
	if !isText(field.Kind) {
		text = localNumber(text, f.opts.Comma)
	}
	i.entry.SetText(text)
	f.wire(i.entry)
	if field.Search != nil {
		return f.newSuggestInput(field, i)
	}
	return i
}

func isText(k FieldKind) bool { return k == FieldText || k == FieldLong || k == FieldSecret }

func (i *textInput) object() fyne.CanvasObject { return i.entry }
func (i *textInput) target() fyne.Focusable    { return i.entry }

func (i *textInput) raw() (string, error) {
	if i.kind == FieldSecret {
		return i.entry.Text, nil
	}
	text := strings.TrimSpace(i.entry.Text)
	if text == "" || isText(i.kind) {
		return text, nil
	}
	n, ok := plainNumber(strings.TrimSuffix(text, "%"), i.comma)
	switch {
	case !ok:
		return "", mistake("%q is not a number; write it as %s", text, localNumber("1234.5", i.comma))
	case i.kind == FieldWhole && strings.Contains(n, "."):
		return "", mistake("Write a whole number, without decimals")
	}
	return n, nil
}

// moneyInput is an amount with its currency.
type moneyInput struct {
	widget.BaseWidget
	amount   *entry
	currency *Picker
	comma    bool
}

func (f *Form) newMoneyInput(field Field) input {
	i := &moneyInput{amount: newEntry(field.Hint), comma: f.opts.Comma}
	options := make([]Option, len(field.Currencies))
	for n, c := range field.Currencies {
		options[n] = Option{Key: c, Text: c}
	}
	amount, currency, _ := strings.Cut(field.Value, " ")
	if currency == "" && len(options) > 0 {
		currency = options[0].Key
	}
	i.amount.SetText(localNumber(amount, f.opts.Comma))
	i.currency = NewPicker(PickerOptions{Options: options, Wide: true}, currency)
	f.wire(i.amount)
	i.currency.onKey = f.key
	i.currency.opts.OnPick = func([]string) { f.changed() }
	i.ExtendBaseWidget(i)
	return i
}

func (i *moneyInput) object() fyne.CanvasObject { return i }
func (i *moneyInput) target() fyne.Focusable    { return i.amount }

func (i *moneyInput) raw() (string, error) {
	text := strings.TrimSpace(i.amount.Text)
	if text == "" {
		return "", nil
	}
	n, ok := plainNumber(text, i.comma)
	if !ok {
		return "", mistake("%q is not an amount; write it as %s", text, localNumber("1234.50", i.comma))
	}
	currency := data.Currency(i.currency.Key())
	minor, err := data.ParseDecimal(n, currency.Digits())
	if err != nil {
		return "", err
	}
	return data.Money{Minor: minor, Currency: currency}.Decimal() + " " + string(currency), nil
}

// CreateRenderer implements fyne.Widget.
func (i *moneyInput) CreateRenderer() fyne.WidgetRenderer {
	const wide = 76
	return &sketch{of: i, min: fixed(wide*2, HeightControl), draw: func(s *scene, size fyne.Size) {
		s.put(i.amount, area{0, 0, size.Width - wide - 4, size.Height})
		s.put(i.currency, area{size.Width - wide, 0, wide, size.Height})
	}}
}

// checkInput is a yes or no.
type checkInput struct {
	widget.Check
	form *Form
}

func (f *Form) newCheckInput(field Field) input {
	i := &checkInput{form: f}
	i.Text = field.Label
	i.Checked = field.Value == "true"
	i.OnChanged = func(bool) { f.changed() }
	i.ExtendBaseWidget(i)
	return i
}

func (i *checkInput) object() fyne.CanvasObject { return i }
func (i *checkInput) target() fyne.Focusable    { return i }
func (i *checkInput) raw() (string, error)      { return boolValue(i.Checked), nil }

// TypedKey implements fyne.Focusable.
func (i *checkInput) TypedKey(e *fyne.KeyEvent) {
	if !i.form.key(e) {
		i.Check.TypedKey(e)
	}
}

// pickInput is a choice or a reference.
type pickInput struct{ picker *Picker }

func (f *Form) newPickInput(field Field) input {
	p := NewPicker(PickerOptions{
		Text: field.Hint, Options: field.Options, Search: field.Search, Runner: f.opts.Runner, Wide: true,
		OnPick: func([]string) { f.changed() },
	}, field.Value)
	if field.Chosen.Key != "" {
		p.SetChosen(field.Chosen)
	}
	p.onKey = f.key
	return pickInput{p}
}

func (i pickInput) object() fyne.CanvasObject { return i.picker }
func (i pickInput) target() fyne.Focusable    { return i.picker }
func (i pickInput) raw() (string, error)      { return i.picker.Key(), nil }

// dayInput is a day.
type dayInput struct{ days *DateEntry }

func (f *Form) newDayInput(field Field) input {
	e := NewDateEntry(DateOptions{Style: f.opts.Style, Today: f.opts.Today, Hint: field.Hint})
	if d, err := data.ParseDay(field.Value); err == nil {
		e.SetDay(d)
	}
	e.opts.OnChange = func(data.Day, error) { f.changed() }
	e.onKey = f.key
	return dayInput{e}
}

func (i dayInput) object() fyne.CanvasObject { return i.days }
func (i dayInput) target() fyne.Focusable    { return i.days.field }

func (i dayInput) raw() (string, error) {
	d, err := i.days.Day()
	return d.String(), err
}

// mistake is an Invalid error that says in the person's language what to mend.
func mistake(english string, args ...any) error {
	return &data.Error{Kind: data.Invalid, Msg: lang.T(english, args...)}
}
