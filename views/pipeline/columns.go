package pipeline

import (
	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// column is one column of the table: what it shows, and the path by which
// queries sort and filter it.
type column struct {
	key    string
	title  string
	path   string
	field  data.Field
	width  float32
	figure bool // at the right, sorted from high to low first
	hidden bool
	ask    asking
}

// asking is how a column is filtered.
type asking int

const (
	askChoice asking = iota // some of a list
	askText
	askDays
	askAmount
	askNone
)

// columnsOf are the columns for a kind of deal: first those that the screen
// works out or draws in its own way, then every other field of the schema,
// custom ones included.
func columnsOf(k *data.Kind) []column {
	out := []column{
		{key: "account", title: lang.T("Account"), path: "account", width: 114, ask: askText},
		{key: "product", title: lang.T("Product"), path: "product", width: 96, ask: askChoice},
		{key: "owner", title: lang.T("Owner"), path: "owner", width: 108, ask: askChoice},
		{key: "stage", title: lang.T("Stage"), path: "stage", width: 140, ask: askChoice},
		{key: "value", title: lang.T("Value"), path: app.DealValue, width: 72, figure: true, ask: askAmount},
		{key: "weighted", title: lang.T("Weighted"), path: app.DealWeighted, width: 82, figure: true, ask: askNone},
		{key: "close", title: lang.T("Close"), path: "close_day", width: 98, figure: true, ask: askDays},
		{key: "since", title: lang.T("In stage"), path: app.DealStageDay, width: 74, figure: true, ask: askNone},
		{key: "step", title: lang.T("Next step"), path: "next_step", width: 112, ask: askText},
		{key: "when", title: lang.T("When"), path: app.DealStepDay, width: 62, figure: true, ask: askDays},
		{key: "category", title: lang.T("Category"), path: app.DealCategory, width: 76, ask: askChoice},
	}
	taken := map[string]bool{
		"account": true, "product": true, "owner": true, "stage": true, "close_day": true, "amount": true,
		"currency": true, "next_step": true, "next_step_day": true, "category": true,
	}
	for i := range out {
		name := out[i].path
		if name == app.DealCategory {
			name = "category"
		}
		out[i].field, _ = k.Field(name)
	}
	for _, f := range k.Fields {
		if taken[f.Name] {
			continue
		}
		c := column{key: f.Name, title: lang.T(f.Label), path: f.Name, field: f, width: 110, hidden: true, ask: askText}
		switch f.Type {
		case data.TypeDay:
			c.ask, c.figure = askDays, true
		case data.TypeInteger, data.TypeMoney, data.TypeNumber, data.TypePercent:
			c.ask, c.figure = askNone, true
		default: // asked for by words
		}
		out = append(out, c)
	}
	return out
}

// kitColumns are the columns as the table widget takes them.
func kitColumns(columns []column) []kit.Column {
	out := make([]kit.Column, len(columns))
	for i, c := range columns {
		out[i] = kit.Column{Key: c.key, Title: c.title, Width: c.width, Sort: true, Filter: c.ask != askNone, Hidden: c.hidden}
		if c.figure {
			out[i].Align = fyne.TextAlignTrailing
			out[i].DescFirst = c.ask == askAmount
		}
		out[i].Fixed = c.key == "account"
		out[i].Grow = map[string]float32{"account": 3, "product": 2, "owner": 2, "step": 3, "note": 3}[c.key]
	}
	return out
}

func columnOf(columns []column, key string) (column, bool) {
	for _, c := range columns {
		if c.key == key {
			return c, true
		}
	}
	return column{}, false
}

// sortsOf turns the table's sort keys into those of a query. The longest in a
// stage is the earliest day.
func sortsOf(columns []column, keys []kit.SortKey) []data.Sort {
	var out []data.Sort
	for _, k := range keys {
		if c, ok := columnOf(columns, k.Key); ok {
			desc := k.Desc
			if c.key == "since" {
				desc = !desc
			}
			out = append(out, data.Sort{Field: c.path, Desc: desc})
		}
	}
	return out
}
