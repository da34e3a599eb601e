package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// recordSpec describes a page that keeps records of one kind in a table.
type recordSpec struct {
	title   string
	caption string
	columns []kit.Column
	empty   kit.EmptyOptions
	list    func(ctx context.Context) ([]data.Row, error)
	row     func(data.Row) kit.Row
	add     string // "Add a product"
	// form gives the fields of a new record, or of a row's.
	form   func(row *data.Row) []kit.Field
	save   func(ctx context.Context, row *data.Row, v kit.Values) error
	remove func(ctx context.Context, row data.Row) error
	more   []kit.Action // further actions, which ask chosen for the row
	above  fyne.CanvasObject
}

// recordPage is a table of records with what can be done to them.
type recordPage struct {
	screen *Screen
	spec   recordSpec
	table  *kit.Table
	rows   []data.Row
	tools  []*kit.Button
	panel  *kit.Panel
}

func newRecordPage(s *Screen, spec recordSpec) *recordPage {
	p := &recordPage{screen: s, spec: spec}
	spec.empty.OnTap = p.addRecord
	if !s.writable() {
		spec.empty.Step = ""
	}
	p.table = kit.NewTable(kit.TableOptions{
		Columns: spec.columns, Empty: kit.NewEmpty(spec.empty),
		OnOpen: func(int) { p.edit() }, OnSelect: p.choose,
	})
	body := fyne.CanvasObject(p.table)
	if s.writable() {
		body = container.NewBorder(p.toolbar(), nil, nil, nil, p.table)
	}
	p.panel = kit.NewPanel(kit.PanelOptions{Title: spec.title, Caption: spec.caption, Flush: true, Body: body})
	return p
}

func (p *recordPage) toolbar() fyne.CanvasObject {
	line := []fyne.CanvasObject{}
	if p.spec.above != nil {
		line = append(line, p.spec.above)
	}
	acts := append([]kit.Action{{Text: lang.T("Edit"), Icon: "edit", Do: p.edit}}, p.spec.more...)
	acts = append(acts, kit.Action{Text: lang.T("History"), Icon: "clock", Do: p.showStory})
	if p.spec.remove != nil {
		acts = append(acts, kit.Action{Text: lang.T("Remove"), Icon: "x", Do: p.removeRecord})
	}
	for _, a := range acts {
		b := kit.NewButton(kit.ButtonOptions{Text: a.Text, Icon: a.Icon, OnTap: a.Do})
		b.Disable()
		p.tools = append(p.tools, b)
		line = append(line, b)
	}
	return kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel, Bottom: 8}, kit.HBox(8, line...))
}

func (p *recordPage) content() fyne.CanvasObject { return p.panel }

func (p *recordPage) load(ctx context.Context) (func(), error) {
	rows, err := p.spec.list(ctx)
	return func() {
		p.rows = rows
		out := make(kit.SliceRows, len(rows))
		for i, r := range rows {
			out[i] = p.spec.row(r)
		}
		p.table.SetRows(out)
		p.choose()
	}, err
}

func (p *recordPage) commands() []kit.Action {
	var out []kit.Action
	if p.screen.writable() {
		out = append(out, kit.Action{Text: p.spec.add, Icon: "plus", Do: p.addRecord})
	}
	if len(p.rows) > 0 {
		out = append(out, kit.Action{Text: lang.T("Export the list"), Icon: "upload", Do: p.export})
	}
	return out
}

// export writes what the page lists to a file.
func (p *recordPage) export() {
	keys := make([]data.Key, len(p.rows))
	for i, r := range p.rows {
		keys[i] = r.Key
	}
	p.screen.host.ExportRows(p.rows[0].Kind.Name, keys)
}

// chosen is the selected record.
func (p *recordPage) chosen() (data.Row, bool) {
	ids := p.table.SelectedIDs()
	if len(ids) == 1 {
		for _, r := range p.rows {
			if r.ID.String() == ids[0] {
				return r, true
			}
		}
	}
	return data.Row{}, false
}

// choose lets the tools be used while a record is selected.
func (p *recordPage) choose() {
	_, ok := p.chosen()
	for _, b := range p.tools {
		if ok {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (p *recordPage) addRecord() { p.ask(nil, p.spec.add) }

func (p *recordPage) edit() {
	if row, ok := p.chosen(); ok && p.screen.writable() {
		p.ask(&row, row.Title())
	}
}

func (p *recordPage) ask(row *data.Row, title string) {
	h := p.screen.host
	form := kit.NewForm(kit.FormOptions{
		Fields: p.spec.form(row), Today: h.View().Today, Runner: h.Runner,
		OnSave: func(v kit.Values) error { return p.spec.save(h.Context, row, v) },
	})
	kit.ShowForm(h.Window, title, form)
}

func (p *recordPage) showStory() {
	if row, ok := p.chosen(); ok {
		p.screen.host.ShowHistory(kit.RecordHistory{Kind: row.Kind.Name, ID: row.ID, Name: row.Title()})
	}
}

func (p *recordPage) removeRecord() {
	row, ok := p.chosen()
	if !ok {
		return
	}
	p.screen.host.Act(lang.T("Remove %s", row.Title()), func(ctx context.Context) error { return p.spec.remove(ctx, row) }, nil)
}

// value is a field's text in a form: "" for a new record.
func value(row *data.Row, name string) string {
	if row == nil {
		return ""
	}
	f, _ := row.Kind.Field(name)
	return f.Format(row.Values[name], 0)
}
