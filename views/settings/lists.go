package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// listOf reads all rows of a kind in an order.
func (s *Screen) listOf(kind string, sort ...data.Sort) func(context.Context) ([]data.Row, error) {
	return func(ctx context.Context) ([]data.Row, error) {
		return s.host.App.Records.List(ctx, data.Query{Kind: kind, Sort: sort})
	}
}

// removeOf takes rows of a kind out of sight.
func (s *Screen) removeOf(kind string) func(context.Context, data.Row) error {
	return func(ctx context.Context, row data.Row) error {
		return s.host.App.Records.Remove(ctx, kind, []data.ID{row.ID})
	}
}

// saveOf adds a record of a kind or changes the row's, from a form's plain texts.
func (s *Screen) saveOf(ctx context.Context, kind string, row *data.Row, texts map[string]string) error {
	values, err := s.host.App.Records.Parse(ctx, kind, texts)
	if err != nil {
		return err
	}
	if row != nil {
		return s.host.App.Records.Set(ctx, kind, []data.ID{row.ID}, values)
	}
	_, err = s.host.App.Records.Add(ctx, kind, values)
	return err
}

func newProductsPage(s *Screen) *recordPage {
	currency := s.host.App.Book().Currency
	return newRecordPage(s, recordSpec{
		title: lang.T("Products and prices"), caption: lang.T("the list price is what a deal is measured against"), add: lang.T("Add a product"),
		columns: []kit.Column{
			{Key: "name", Title: lang.T("Product"), Width: 200, Grow: 1},
			{Key: "family", Title: lang.T("Family"), Width: 140},
			{Key: "price", Title: lang.T("List price"), Width: 110, Align: fyne.TextAlignTrailing},
			{Key: "currency", Title: lang.T("Currency"), Width: 80},
			{Key: "state", Title: lang.T("State"), Width: 90},
		},
		empty: kit.EmptyOptions{Icon: "layers", Title: lang.T("No products yet"), Text: lang.T("What your team sells, with list prices. Deals name one of them."), Step: lang.T("Add a product"), StepIcon: "plus"},
		list:  s.listOf(data.KindProduct, data.Sort{Field: "name"}), row: productRow(currency), remove: s.removeOf(data.KindProduct),
		form: func(row *data.Row) []kit.Field { return productForm(row, currency) },
		save: func(ctx context.Context, row *data.Row, v kit.Values) error {
			texts := map[string]string{"name": v["name"], "family": v["family"], "retired": v["retired"], "price": "", "currency": ""}
			if v["price"] != "" {
				m, err := v.Money("price")
				if err != nil {
					return err
				}
				texts["price"], texts["currency"] = m.Decimal(), string(m.Currency)
			}
			return s.saveOf(ctx, data.KindProduct, row, texts)
		},
	})
}

func productForm(row *data.Row, currency data.Currency) []kit.Field {
	price := ""
	currencies := []string{string(currency)}
	if row != nil && row.Has("price") {
		m := row.Money("price", currency)
		price = m.Decimal() + " " + string(m.Currency)
		if m.Currency != currency {
			currencies = append(currencies, string(m.Currency))
		}
	}
	return []kit.Field{
		{Key: "name", Label: lang.T("Name"), Required: true, Value: value(row, "name")},
		{Key: "family", Label: lang.T("Family"), Value: value(row, "family")},
		{Key: "price", Label: lang.T("List price"), Kind: kit.FieldMoney, Value: price, Currencies: currencies},
		{Key: "retired", Label: lang.T("Retired, no longer on sale"), Kind: kit.FieldBool, Value: value(row, "retired")},
	}
}

func newFieldsPage(s *Screen) *recordPage {
	return newRecordPage(s, recordSpec{
		title: lang.T("Custom fields"), caption: lang.T("what you keep beyond the fields that every book has"), add: lang.T("Add a custom field"),
		columns: []kit.Column{
			{Key: "label", Title: lang.T("Field"), Width: 200, Grow: 1},
			{Key: "kind", Title: lang.T("Kept with"), Width: 120},
			{Key: "type", Title: lang.T("Type"), Width: 100},
			{Key: "choices", Title: lang.T("Choices"), Width: 220, Grow: 1},
		},
		empty: kit.EmptyOptions{Icon: "cols", Title: lang.T("No custom fields yet"), Text: lang.T("A field of your own on deals, accounts or people, such as a fleet size. Imports can fill it."), Step: lang.T("Add a custom field"), StepIcon: "plus"},
		list:  s.listOf(data.KindCustomField, data.Sort{Field: "kind"}, data.Sort{Field: "label"}), row: fieldRow, form: fieldForm, remove: s.removeOf(data.KindCustomField),
		save: func(ctx context.Context, row *data.Row, v kit.Values) error {
			if v["type"] == "choice" && v["choices"] == "" {
				return data.FieldErrorf("choices", "%s", lang.T("write the choices, one on each line"))
			}
			return s.saveOf(ctx, data.KindCustomField, row, v)
		},
	})
}

// fieldForm asks for kind and type once: values that are there keep their form.
func fieldForm(row *data.Row) []kit.Field {
	fields := []kit.Field{{Key: "label", Label: lang.T("Name"), Required: true, Wide: true, Value: value(row, "label")}}
	if row == nil {
		kinds := []kit.Option{}
		for _, k := range fieldKinds {
			kinds = append(kinds, kit.Option{Key: k, Text: kindWord(k)})
		}
		types := []kit.Option{}
		for _, t := range fieldTypes {
			types = append(types, kit.Option{Key: t.key, Text: lang.T(t.label)})
		}
		fields = append(fields,
			kit.Field{Key: "kind", Label: lang.T("Kept with"), Kind: kit.FieldChoice, Required: true, Options: kinds, Value: data.KindDeal},
			kit.Field{Key: "type", Label: lang.T("Type"), Kind: kit.FieldChoice, Required: true, Options: types, Value: "text"})
	}
	if row == nil || row.Text("type") == "choice" {
		fields = append(fields, kit.Field{Key: "choices", Label: lang.T("Choices, one on each line"), Kind: kit.FieldLong, Value: value(row, "choices")})
	} else {
		fields = append(fields, kit.Field{Key: "type", Label: lang.T("Type"), Kind: kit.FieldChoice, Options: []kit.Option{{Key: row.Text("type"), Text: fieldTypeWord(row.Text("type"))}}, Value: row.Text("type")})
	}
	return fields
}

func newRatesPage(s *Screen) *recordPage {
	currency := s.host.App.Book().Currency
	return newRecordPage(s, recordSpec{
		title: lang.T("Exchange rates"), caption: lang.T("the newest rate not after a deal's day counts"), add: lang.T("Add a rate"),
		columns: []kit.Column{
			{Key: "currency", Title: lang.T("Currency"), Width: 100},
			{Key: "day", Title: lang.T("From day"), Width: 120},
			{Key: "rate", Title: lang.T("Rate"), Width: 100, Align: fyne.TextAlignTrailing},
			{Key: "words", Title: lang.T("In words"), Width: 200, Grow: 1},
		},
		empty: kit.EmptyOptions{Icon: "market", Title: lang.T("No exchange rates"), Text: lang.T("Deals in %s need none. For any other currency, say what it is worth and from which day.", currency), Step: lang.T("Add a rate"), StepIcon: "plus"},
		list:  s.listOf(data.KindRate, data.Sort{Field: "currency"}, data.Sort{Field: "day", Desc: true}), row: rateRow(currency), remove: s.removeOf(data.KindRate),
		form: func(row *data.Row) []kit.Field { return rateForm(row, currency) },
		save: func(ctx context.Context, row *data.Row, v kit.Values) error {
			if row != nil {
				return s.host.App.Settings.SetRate(ctx, data.Currency(row.Text("currency")), row.Day("day"), v["rate"])
			}
			day, err := v.Day("day")
			if err != nil {
				return err
			}
			return s.host.App.Settings.SetRate(ctx, data.Currency(strings.ToUpper(v["currency"])), day, v["rate"])
		},
	})
}

// rateForm asks for currency and day once: they say which rate it is.
func rateForm(row *data.Row, book data.Currency) []kit.Field {
	rate := kit.Field{Key: "rate", Label: lang.T("One unit in %s", book), Kind: kit.FieldNumber, Required: true, Value: value(row, "rate")}
	if row != nil {
		return []kit.Field{rate}
	}
	return []kit.Field{
		{Key: "currency", Label: lang.T("Currency"), Required: true, Hint: "EUR"},
		{Key: "day", Label: lang.T("From day"), Kind: kit.FieldDay, Required: true},
		rate,
	}
}
