package pipeline

import (
	"slices"
	"strings"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// filter is what is looked at: the chips, the columns' filters and the words
// searched for. It is kept as JSON in saved views.
type filter struct {
	State   string                  `json:"state,omitempty"` // a stage type; "" is all
	Fix     string                  `json:"fix,omitempty"`   // one of fixes
	Columns map[string]columnFilter `json:"columns,omitempty"`
	Search  string                  `json:"search,omitempty"`
}

// columnFilter is the filter of one column; what is empty asks nothing.
type columnFilter struct {
	Keys  []string `json:"keys,omitempty"`  // any of these: record ids, or words of a choice
	Names []string `json:"names,omitempty"` // of Keys, as shown
	Text  string   `json:"text,omitempty"`
	From  string   `json:"from,omitempty"` // days as 2006-01-02, amounts as 1234.50; both ends count
	To    string   `json:"to,omitempty"`
	Blank bool     `json:"blank,omitempty"`
}

func (c columnFilter) empty() bool {
	return len(c.Keys) == 0 && c.Text == "" && c.From == "" && c.To == "" && !c.Blank
}

// fix is one thing that open deals may lack.
type fix struct {
	key   string
	label string
	count func(app.StageTotal) int
	where func(asked) data.Filter
}

// fixStalled is the key of the fix that the book's figures answer.
const fixStalled = "stalled"

// fixes are the chips of what is to be mended, in their order.
func fixes() []fix {
	blank := func(field string) func(asked) data.Filter {
		return func(asked) data.Filter { return data.Filter{Field: field, Test: data.Blank} }
	}
	before := func(field string) func(asked) data.Filter {
		return func(a asked) data.Filter {
			return data.Filter{Field: field, Test: data.AtMost, Values: []data.Value{a.today - 1}}
		}
	}
	stalled := func(a asked) data.Filter { return app.KeyFilter(a.stalled) }
	return []fix{
		{fixStalled, lang.T("Stalled"), func(t app.StageTotal) int { return t.Stalled }, stalled},
		{"late_step", lang.T("Late next step"), func(t app.StageTotal) int { return t.LateStep }, before("next_step_day")},
		{"no_step", lang.T("No next step"), func(t app.StageTotal) int { return t.NoStep }, blank(app.DealStep)},
		{"past_close", lang.T("Overdue"), func(t app.StageTotal) int { return t.PastClose }, before("close_day")},
		{"no_close", lang.T("No close day"), func(t app.StageTotal) int { return t.NoClose }, blank("close_day")},
		{"no_account", lang.T("No account"), func(t app.StageTotal) int { return t.NoAccount }, blank("account")},
	}
}

// column gives the filter of a column.
func (f filter) column(key string) columnFilter { return f.Columns[key] }

// with gives the filter with another filter of a column.
func (f filter) with(key string, c columnFilter) filter {
	columns := map[string]columnFilter{}
	for k, v := range f.Columns {
		columns[k] = v
	}
	columns[key] = c
	if c.empty() {
		delete(columns, key)
	}
	f.Columns = columns
	return f
}

// filtered lists the columns with a filter, in the order of columns.
func (f filter) filtered(columns []column) []string {
	var out []string
	for _, c := range columns {
		if !f.column(c.key).empty() {
			out = append(out, c.key)
		}
	}
	return out
}

// narrow reports whether anything but the state is asked for.
func (f filter) narrow() bool { return f.Fix != "" || len(f.Columns) > 0 || f.Search != "" }

// asked is what turns a filter into conditions.
type asked struct {
	columns []column
	today   data.Day
	digits  int        // of the book's currency
	stalled []data.Key // the stalled deals, where the filter asks for them
}

// where gives the filter's conditions.
func (a asked) where(f filter) []data.Filter {
	var out []data.Filter
	if f.State != "" {
		out = append(out, data.Filter{Field: "stage.type", Test: data.Is, Values: []data.Value{f.State}})
	}
	for _, x := range fixes() {
		if x.key == f.Fix {
			out = append(out, x.where(a))
		}
	}
	for _, c := range a.columns {
		out = append(out, a.columnWhere(c, f.column(c.key))...)
	}
	return out
}

func (a asked) columnWhere(c column, f columnFilter) []data.Filter {
	var out []data.Filter
	path := c.path
	if c.key == "when" {
		path = "next_step_day"
	}
	if f.Blank {
		return []data.Filter{{Field: path, Test: data.Blank}}
	}
	if len(f.Keys) > 0 {
		out = append(out, data.Filter{Field: path, Test: data.Is, Values: a.values(c, f.Keys)})
	}
	if f.Text != "" {
		if c.field.Type == data.TypeRef {
			path += ".name"
		}
		out = append(out, data.Filter{Field: path, Test: data.Contains, Values: []data.Value{f.Text}})
	}
	if v := a.value(c, f.From); v != nil {
		out = append(out, data.Filter{Field: path, Test: data.AtLeast, Values: []data.Value{v}})
	}
	if v := a.value(c, f.To); v != nil {
		out = append(out, data.Filter{Field: path, Test: data.AtMost, Values: []data.Value{v}})
	}
	return out
}

func (a asked) values(c column, keys []string) []data.Value {
	var out []data.Value
	for _, key := range keys {
		if c.field.Type != data.TypeRef {
			out = append(out, key)
		} else if id, err := data.ParseID(key); err == nil {
			out = append(out, id)
		}
	}
	return out
}

// value reads one end of a range; nil where there is none.
func (a asked) value(c column, text string) data.Value {
	if text == "" {
		return nil
	}
	if c.ask == askAmount {
		if n, err := data.ParseDecimal(text, a.digits); err == nil {
			return n
		}
		return nil
	}
	if d, err := data.ParseDay(text); err == nil {
		return d
	}
	return nil
}

// chipText names what a column's filter asks, as its chip shows it.
func (w words) chipText(c column, f columnFilter) string {
	day := func(text string) string {
		if c.ask == askAmount {
			return text
		}
		d, err := data.ParseDay(text)
		if err != nil {
			return text
		}
		return w.day(d)
	}
	switch {
	case f.Blank:
		return lang.T("none")
	case len(f.Keys) > 2:
		return lang.T("%d of them", len(f.Keys))
	case len(f.Names) > 0:
		return strings.Join(f.Names, ", ")
	case f.Text != "":
		return "“" + f.Text + "”"
	case f.From != "" && f.To != "":
		return lang.T("%s to %s", day(f.From), day(f.To))
	case f.From != "":
		return lang.T("from %s", day(f.From))
	}
	return lang.T("until %s", day(f.To))
}

// savedView is a filter, its order and its columns under a name.
type savedView struct {
	Name   string `json:"name"`
	Filter filter `json:"filter"`
	Table  string `json:"table"` // the table's state, as JSON
}

// keepView puts a view under its name, in place of one of that name.
func keepView(views []savedView, v savedView) []savedView {
	out := dropView(views, v.Name)
	out = append(out, v)
	slices.SortFunc(out, func(a, b savedView) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func dropView(views []savedView, name string) []savedView {
	return slices.DeleteFunc(slices.Clone(views), func(v savedView) bool { return v.Name == name })
}
