package kit

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/assets/lang"
	"fieldbook/data"
)

// RecordsOptions describes a panel that keeps the records of one kind.
type RecordsOptions struct {
	Host    *Host
	Kind    string
	Title   string
	Caption string
	Add     string        // "Add a skill"
	Columns []string      // fields that are shown, in order; the first takes what room is left
	Fields  []string      // of the form; nil is every field of the kind
	Where   []data.Filter // which records
	Sort    []data.Sort
	Preset  func() data.Values    // what a new one begins with; nil is nothing
	Empty   EmptyOptions          // Step and OnTap are filled in
	Locked  func() bool           // no record may be changed by who looks; nil is by the book alone
	More    []RecordAction        // beside Edit and Remove
	OnPick  func(row data.Row)    // a record was selected
	Word    func(data.Row) string // names a record where its title does not
}

// RecordAction is something to do with the selected record.
type RecordAction struct {
	Text, Icon string
	Do         func(data.Row)
}

// Records is a table of the records of a kind with what can be done to them. Its
// screen calls Load within its own load.
type Records struct {
	opts  RecordsOptions
	kind  *data.Kind
	rows  []data.Row
	table *Table
	tools *fyne.Container
	acts  []*Button
	add   *Button
	panel *Panel
}

// NewRecords returns the panel without rows.
func NewRecords(o RecordsOptions) *Records {
	r := &Records{opts: o}
	kind, err := o.Host.App.Records.Kind(o.Kind)
	if err != nil {
		kind = &data.Kind{Name: o.Kind} // built in; it cannot be missing
	}
	r.kind = kind
	r.opts.Empty.Step, r.opts.Empty.StepIcon, r.opts.Empty.OnTap = o.Add, "plus", r.Add
	if !r.writable() {
		r.opts.Empty.Step = ""
	}
	r.table = NewTable(TableOptions{Columns: r.columns(), Empty: NewEmpty(r.opts.Empty), Select: SelectOne, OnOpen: func(int) { r.edit() }, OnSelect: r.picked})
	r.tools = r.toolbar()
	r.panel = NewPanel(PanelOptions{Title: o.Title, Caption: o.Caption, Flush: true, Body: container.NewBorder(r.tools, nil, nil, nil, r.table)})
	r.picked()
	return r
}

// Content is the panel.
func (r *Records) Content() fyne.CanvasObject { return r.panel }

func (r *Records) writable() bool {
	return r.opts.Host.MayMake(r.opts.Kind) && (r.opts.Locked == nil || !r.opts.Locked())
}

func (r *Records) columns() []Column {
	var out []Column
	for i, name := range r.opts.Columns {
		f, _ := r.kind.Field(name)
		c := Column{Key: name, Title: lang.T(f.Label), Width: 120}
		switch f.Type {
		case data.TypeLongText:
			c.Width, c.Grow = 200, 1
		case data.TypeInteger, data.TypeNumber, data.TypePercent, data.TypeMoney:
			c.Width, c.Align = 80, fyne.TextAlignTrailing
		case data.TypeDay:
			c.Width, c.Align = 96, fyne.TextAlignTrailing
		case data.TypeChoice, data.TypeBool:
			c.Width = 96
		default: // texts and references take the usual width
		}
		if i == 0 {
			c.Width, c.Grow = 180, 1
		}
		out = append(out, c)
	}
	return out
}

func (r *Records) toolbar() *fyne.Container {
	line := []fyne.CanvasObject{}
	r.add = NewButton(ButtonOptions{Text: r.opts.Add, Icon: "plus", OnTap: r.Add})
	acts := append([]RecordAction{{lang.T("Edit"), "edit", func(data.Row) { r.edit() }}}, r.opts.More...)
	acts = append(acts, RecordAction{lang.T("Remove"), "x", r.remove}, RecordAction{lang.T("History"), "clock", r.history})
	line = append(line, r.add)
	for _, a := range acts {
		b := NewButton(ButtonOptions{Text: a.Text, Icon: a.Icon, OnTap: func() {
			if row, ok := r.Current(); ok {
				a.Do(row)
			}
		}})
		r.acts = append(r.acts, b)
		line = append(line, b)
	}
	return Pad(Insets{Left: PadPanel, Right: PadPanel, Bottom: 8}, HBox(8, line...))
}

// Load reads the rows and gives what shows them.
func (r *Records) Load(ctx context.Context) (func(), error) {
	rows, err := r.opts.Host.App.Records.List(ctx, data.Query{Kind: r.opts.Kind, Where: r.opts.Where, Sort: r.opts.Sort})
	return func() { r.set(rows) }, err
}

// LoadRecords loads several panels and gives what shows them.
func LoadRecords(ctx context.Context, lists ...*Records) (func(), error) {
	shows := make([]func(), len(lists))
	for i, l := range lists {
		var err error
		if shows[i], err = l.Load(ctx); err != nil {
			return nil, err
		}
	}
	return func() {
		for _, show := range shows {
			show()
		}
	}, nil
}

// SetWhere narrows what the next load reads.
func (r *Records) SetWhere(where []data.Filter) { r.opts.Where = where }

// Rows are those that were loaded.
func (r *Records) Rows() []data.Row { return r.rows }

func (r *Records) set(rows []data.Row) {
	r.rows = rows
	num, today := r.opts.Host.NumbersOf(), r.opts.Host.View().Today
	out := make(SliceRows, len(rows))
	for i, row := range rows {
		out[i].ID = row.ID.String()
		for _, name := range r.opts.Columns {
			f, _ := r.kind.Field(name)
			cell := Cell{}
			switch v := row.Values[name].(type) {
			case data.Day:
				cell.Text = DayText(num, v, today)
			case nil:
			default:
				if cell.Text = row.Labels[name]; cell.Text == "" {
					cell.Text = f.Format(v, num.Currency.Digits())
				}
				if f.Type == data.TypeChoice {
					cell.Text = lang.T(Capital(cell.Text))
				}
			}
			cell.Text = strings.ReplaceAll(strings.TrimSpace(cell.Text), "\n", " · ")
			out[i].Cells = append(out[i].Cells, cell)
		}
	}
	r.table.SetRows(out)
	r.picked()
}

// Current is the selected record.
func (r *Records) Current() (data.Row, bool) {
	ids := r.table.SelectedIDs()
	if len(ids) != 1 {
		return data.Row{}, false
	}
	i := slices.IndexFunc(r.rows, func(row data.Row) bool { return row.ID.String() == ids[0] })
	if i < 0 {
		return data.Row{}, false
	}
	return r.rows[i], true
}

func (r *Records) picked() {
	row, ok := r.Current()
	for i, b := range r.acts {
		history := i == len(r.acts)-1
		if ok && (history || r.writable()) {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	if r.writable() {
		r.add.Enable()
	} else {
		r.add.Disable()
	}
	if ok && r.opts.OnPick != nil {
		r.opts.OnPick(row)
	}
}

func (r *Records) fields() []string {
	if r.opts.Fields != nil {
		return append(slices.Clone(r.opts.Fields), r.kind.CustomNames()...)
	}
	var out []string
	for _, f := range r.kind.Fields {
		if f.Name != "external_id" {
			out = append(out, f.Name)
		}
	}
	return out
}

// Add asks for a new record.
func (r *Records) Add() {
	if !r.writable() {
		return
	}
	form := RecordForm{Title: r.opts.Add, Save: lang.T("Add"), Kind: r.kind, Fields: r.fields(), What: r.opts.Add}
	if r.opts.Preset != nil {
		form.Preset = &data.Row{Kind: r.kind, Values: r.opts.Preset(), Labels: map[string]string{}}
	}
	r.opts.Host.ShowRecordForm(form)
}

func (r *Records) edit() {
	row, ok := r.Current()
	if !ok || !r.writable() {
		return
	}
	name := r.name(row)
	r.opts.Host.ShowRecordForm(RecordForm{Title: name, Kind: r.kind, Fields: r.fields(), Row: &row, What: lang.T("Change %s", name)})
}

func (r *Records) name(row data.Row) string {
	if r.opts.Word != nil {
		return r.opts.Word(row)
	}
	return row.Title()
}

func (r *Records) remove(row data.Row) {
	r.opts.Host.Act(lang.T("Remove %s", r.name(row)), func(ctx context.Context) error {
		return r.opts.Host.App.Records.Remove(ctx, r.opts.Kind, []data.ID{row.ID})
	}, nil)
}

func (r *Records) history(row data.Row) {
	r.opts.Host.ShowHistory(RecordHistory{Kind: r.opts.Kind, ID: row.ID, Name: r.name(row)})
}

// Export writes what is listed to a file.
func (r *Records) Export() {
	keys := make([]data.Key, len(r.rows))
	for i, row := range r.rows {
		keys[i] = row.Key
	}
	r.opts.Host.ExportRows(r.opts.Kind, keys)
}
