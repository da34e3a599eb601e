package app

import (
	"math"

	"fieldbook/data"
)

// input is one column of what a model of win probability is learned from.
type input struct {
	name, label     string
	source          string // the record that it comes from
	steady, atClose bool
	number          func(*subject, data.Row) float64 // one of the two
	text            func(*subject, data.Row) string
}

// sourceAccount names what the columns of accounts come from.
const sourceAccount = "account"

// inputsOf lists the columns of a book's deals: its own fields, those of the
// account, and custom fields of both. When it will close, notes and names are
// none, as people change or write them as they see the end come.
func inputsOf(a *App) ([]input, error) {
	deal, err := a.Records.Kind(data.KindDeal)
	if err != nil {
		return nil, err
	}
	account, err := a.Records.Kind(data.KindAccount)
	if err != nil {
		return nil, err
	}
	out := []input{
		{name: "product", label: "Product", steady: true, text: label("product")},
		{name: "product_family", label: "Product family", steady: true, text: func(x *subject, _ data.Row) string { return x.family }},
		{name: "list_price", label: "List price", steady: true, number: func(x *subject, _ data.Row) float64 { return x.list }},
		{name: "owner", label: "Owner", steady: true, text: label("owner")},
		{name: "amount", label: "Amount", number: func(x *subject, _ data.Row) float64 { return x.amount }},
		{name: "stage", label: "Stage", text: func(x *subject, _ data.Row) string { return x.stage }},
		{name: "age", label: "Days since it began", number: func(x *subject, _ data.Row) float64 { return daysBetween(x.start, x.at) }},
		{name: "source", label: "Source", text: field("source")},
		{name: "competitor", label: "Competitor", text: field("competitor")},
		{name: "category", label: "Forecast category", text: field("category")},
		{name: "loss_reason", label: "Loss reason", atClose: true, text: field("loss_reason")},
		{name: "account", label: "Account", source: sourceAccount, steady: true, text: label("account")},
	}
	for _, f := range account.Fields {
		switch f.Name {
		case "industry", "country", "state":
			out = append(out, steady(ofAccount(textInput(f))))
		case "employees", "revenue", "founded":
			out = append(out, steady(ofAccount(numberInput(f))))
		default:
			if f.Custom {
				out = appendCustom(out, f, ofAccount)
			}
		}
	}
	for _, f := range deal.Fields {
		if f.Custom {
			out = appendCustom(out, f, func(i input) input { return i })
		}
	}
	return out, nil
}

// appendCustom adds a custom field by its type. A day counts from the deal's beginning.
func appendCustom(out []input, f data.Field, of func(input) input) []input {
	switch f.Type {
	case data.TypeInteger, data.TypeMoney, data.TypeNumber, data.TypePercent:
		return append(out, of(numberInput(f)))
	case data.TypeText, data.TypeChoice, data.TypeBool:
		return append(out, of(textInput(f)))
	case data.TypeDay:
		in := input{name: f.Name, label: f.Label, number: func(x *subject, row data.Row) float64 { return daysBetween(x.start, row.Day(f.Name)) }}
		return append(out, of(in))
	default: // notes say nothing by themselves
		return out
	}
}

func textInput(f data.Field) input {
	return input{name: f.Name, label: f.Label, text: func(_ *subject, row data.Row) string { return f.Format(row.Values[f.Name], 0) }}
}

func numberInput(f data.Field) input {
	return input{name: f.Name, label: f.Label, number: func(_ *subject, row data.Row) float64 { return numberIn(row.Values[f.Name]) }}
}

func steady(in input) input {
	in.steady = true
	return in
}

// ofAccount reads a column from the deal's account.
func ofAccount(in input) input {
	number, text := in.number, in.text
	in.name, in.label, in.source = "account."+in.name, "Account's "+in.label, sourceAccount
	if number != nil {
		in.number = func(x *subject, _ data.Row) float64 {
			if !x.hasAccount {
				return math.NaN()
			}
			return number(x, x.account)
		}
		return in
	}
	in.text = func(x *subject, _ data.Row) string {
		if !x.hasAccount {
			return ""
		}
		return text(x, x.account)
	}
	return in
}

func numberIn(v data.Value) float64 {
	switch x := v.(type) {
	case int64:
		return float64(x)
	case float64:
		return x
	}
	return math.NaN()
}

func label(name string) func(*subject, data.Row) string {
	return func(_ *subject, row data.Row) string { return row.Labels[name] }
}

func field(name string) func(*subject, data.Row) string {
	return func(_ *subject, row data.Row) string { return row.Text(name) }
}

func daysBetween(from, to data.Day) float64 {
	if !from.Valid() || !to.Valid() {
		return math.NaN()
	}
	return float64(to - from)
}
