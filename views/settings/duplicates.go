package settings

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// twinsPage lists records that seem to be one, and joins those that are.
type twinsPage struct {
	screen *Screen
	groups []app.DuplicateGroup
	table  *kit.Table
	panel  *kit.Panel
	tools  []*kit.Button
}

func newTwinsPage(s *Screen) *twinsPage {
	p := &twinsPage{screen: s}
	p.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "kind", Title: lang.T("Kind"), Width: 110},
			{Key: "name", Title: lang.T("Records"), Width: 300, Grow: 2},
			{Key: "why", Title: lang.T("What they share"), Width: 200, Grow: 1},
		},
		OnOpen: func(int) { p.join() }, OnSelect: p.pointed,
		Empty: kit.NewEmpty(kit.EmptyOptions{Icon: "check", Title: lang.T("Nothing stands here twice"), Text: lang.T("Records that share an id, an e-mail address, a website, or a name and a place would wait here. Nothing is ever joined by itself.")}),
	})
	join := kit.NewButton(kit.ButtonOptions{Text: lang.T("Join…"), Icon: "merge", Kind: kit.ButtonPrimary, OnTap: p.join})
	apart := kit.NewButton(kit.ButtonOptions{Text: lang.T("They are different"), Icon: "x", OnTap: p.apart})
	p.tools = []*kit.Button{join, apart}
	body := fyne.CanvasObject(p.table)
	if s.writable() {
		body = container.NewBorder(kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel, Bottom: 8}, kit.HBox(8, join, apart)), nil, nil, nil, p.table)
	}
	p.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Duplicates"), Flush: true, Body: body})
	p.pointed()
	return p
}

func (p *twinsPage) content() fyne.CanvasObject { return p.panel }

func (p *twinsPage) load(ctx context.Context) (func(), error) {
	groups, err := p.screen.host.App.Duplicates.Find(ctx, "")
	return func() {
		p.groups = groups
		rows := make(kit.SliceRows, len(groups))
		for i, g := range groups {
			rows[i] = twinsRow(i, g)
		}
		p.table.SetRows(rows)
		p.panel.SetCaption(lang.N("%d group", "%d groups", len(groups), len(groups)))
		p.pointed()
	}, err
}

func twinsRow(i int, g app.DuplicateGroup) kit.Row {
	var names, why []string
	for _, row := range g.Rows {
		names = append(names, twinName(row))
	}
	for _, reason := range g.Why {
		why = append(why, lang.T(string(reason)))
	}
	return kit.Row{ID: strconv.Itoa(i), Cells: []kit.Cell{
		{Text: lang.T(g.Rows[0].Kind.Label), Color: kit.ColorFg2}, {Text: strings.Join(names, "  ·  ")}, {Text: sentence(strings.Join(why, ", "))},
	}}
}

// twinName tells a record from others of its name by where it is or its id.
func twinName(row data.Row) string {
	name := app.RecordName(row)
	for _, field := range []string{"city", "external_id", "email"} {
		if more := row.Text(field); more != "" && more != name {
			return name + " (" + more + ")"
		}
	}
	return name
}

func (p *twinsPage) commands() []kit.Action { return nil }

func (p *twinsPage) chosen() (app.DuplicateGroup, bool) {
	ids := p.table.SelectedIDs()
	if len(ids) != 1 {
		return app.DuplicateGroup{}, false
	}
	i, err := strconv.Atoi(ids[0])
	if err != nil || i >= len(p.groups) {
		return app.DuplicateGroup{}, false
	}
	return p.groups[i], true
}

func (p *twinsPage) pointed() {
	_, ok := p.chosen()
	for _, b := range p.tools {
		if ok {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (p *twinsPage) apart() {
	g, ok := p.chosen()
	if !ok {
		return
	}
	h := p.screen.host
	h.Act(lang.T("Kept apart: %s", app.RecordName(g.Rows[0])), func(ctx context.Context) error {
		return h.App.Duplicates.Different(ctx, g.Kind, idsOf(g))
	}, nil)
}

func idsOf(g app.DuplicateGroup) []data.ID {
	out := make([]data.ID, len(g.Rows))
	for i, row := range g.Rows {
		out[i] = row.ID
	}
	return out
}

// join shows in what the records differ, to choose what is kept.
func (p *twinsPage) join() {
	g, ok := p.chosen()
	if !ok || !p.screen.writable() {
		return
	}
	h := p.screen.host
	var plan *app.JoinPlan
	h.Job(lang.T("Compare %s", app.RecordName(g.Rows[0])), func(ctx context.Context, _ func(done, total int64)) error {
		var err error
		plan, err = h.App.Duplicates.Plan(ctx, g.Kind, idsOf(g))
		return err
	}, func() { p.ask(plan) })
}

func (p *twinsPage) ask(plan *app.JoinPlan) {
	h := p.screen.host
	form := kit.NewForm(kit.FormOptions{
		Fields: joinFields(plan), Save: lang.T("Join"), Runner: h.Runner, Today: h.View().Today,
		OnSave: func(typed kit.Values) error {
			for _, f := range plan.Fields {
				choice, err := strconv.Atoi(typed[f.Cell])
				if err != nil {
					return data.FieldErrorf(f.Cell, "%s", lang.T("choose one"))
				}
				if err := plan.Choose(f.Cell, choice); err != nil {
					return err
				}
			}
			return nil
		},
		Then: func(kit.Values) {
			h.Act(lang.T("Joined %d records", len(plan.Rows)), func(ctx context.Context) error {
				_, err := h.App.Duplicates.Join(ctx, plan)
				return err
			}, nil)
		},
	})
	kit.ShowForm(h.Window, joinTitle(plan), form)
}

// joinTitle says what becomes one and what moves along.
func joinTitle(plan *app.JoinPlan) string {
	title := lang.T("Join %d records: what is kept?", len(plan.Rows))
	var moves []string
	for _, m := range plan.Moves {
		moves = append(moves, strconv.Itoa(m.Count)+" "+lang.T(m.Label))
	}
	if len(moves) > 0 {
		title += " " + lang.T("(%s move along)", strings.Join(moves, ", "))
	}
	return title
}

func joinFields(plan *app.JoinPlan) []kit.Field {
	var out []kit.Field
	for _, f := range plan.Fields {
		field := kit.Field{Key: f.Cell, Label: lang.T(f.Label), Kind: kit.FieldChoice, Value: strconv.Itoa(f.Chosen)}
		if f.Cell == "external_id" {
			field.Help = lang.T("Imports go on finding it by every one of them.")
		}
		if f.All {
			field.Options = append(field.Options, kit.Option{Key: strconv.Itoa(app.JoinAll), Text: lang.T("All, one below the other")})
		}
		for i, words := range f.Choices {
			if words == "" {
				words = lang.T("leave blank")
			}
			field.Options = append(field.Options, kit.Option{Key: strconv.Itoa(i), Text: words})
		}
		out = append(out, field)
	}
	return out
}
