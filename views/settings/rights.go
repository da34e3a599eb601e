package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// rightsPage says what each role may change, from the table that decides it.
type rightsPage struct {
	screen *Screen
	rights *kit.Panel
	root   *fyne.Container
}

func newRightsPage(s *Screen) *rightsPage {
	table := kit.NewTable(kit.TableOptions{
		Rows: rightRows(data.Rights()),
		Columns: []kit.Column{
			{Key: "what", Title: lang.T("What"), Width: 180},
			{Key: "fields", Title: lang.T("Fields"), Width: 200, Grow: 1},
			{Key: data.RoleRep, Title: lang.T("Rep"), Width: 110},
			{Key: data.RoleManager, Title: lang.T("Manager"), Width: 140},
			{Key: data.RoleLead, Title: lang.T("Lead"), Width: 110},
		},
	})
	return &rightsPage{screen: s, root: container.NewStack(), rights: kit.NewPanel(kit.PanelOptions{
		Title: lang.T("Rights"), Caption: lang.T("the same here, on the command line and for what comes in share files"), Flush: true, Body: table,
	})}
}

func (p *rightsPage) content() fyne.CanvasObject { return p.root }

func (p *rightsPage) commands() []kit.Action { return nil }

func (p *rightsPage) load(ctx context.Context) (func(), error) {
	mine, err := p.screen.host.App.Members.Mine(ctx)
	return func() {
		head := kit.NewPanel(kit.PanelOptions{Title: lang.T("Who may change what"), Caption: lang.T("in a book with members"), Body: prose(rightsWords(mine))})
		p.root.Objects = []fyne.CanvasObject{kit.VBox(kit.GapPanel, head, kit.Grow(p.rights))}
		p.root.Refresh()
	}, err
}

// rightsWords say what holds for whoever uses the book here.
func rightsWords(mine app.Standing) []string {
	own := lang.T("“Own” also means what is nobody's; “team's” goes through all who report to a manager, however deep. Who may make a record leaves fields that are not theirs to settle as they start.")
	switch {
	case !mine.Founded:
		return []string{lang.T("This is an open book: everybody who holds it may change everything. The table holds once the book has members, which you give it under Sharing."), own}
	case !mine.Member:
		return []string{lang.T("This computer is not a member of the book: nothing can be changed in it here."), own}
	case mine.Lead && mine.Role != data.RoleLead:
		return []string{lang.T("You founded the book and so have a lead's rights."), own}
	}
	return []string{lang.T("You work as %s. Whoever founded the book has a lead's rights.", roleWord(mine.Role)), own}
}

// rightRows write the table of rights in words. Kinds that it does not name may
// be changed by every member.
func rightRows(rights []data.Right) kit.SliceRows {
	var out kit.SliceRows
	last := ""
	for _, r := range rights {
		label, fields := strings.ReplaceAll(r.Kind, "_", " "), lang.T("everything else")
		k, err := data.KindByName(r.Kind)
		if err == nil {
			label = lang.T(strings.ReplaceAll(k.Plural, "_", " "))
		}
		if r.Cells != nil {
			fields = cellWords(k, r.Cells)
		} else if last != r.Kind {
			fields = lang.T("everything")
		}
		what := kit.Cell{Text: kit.Capital(label), Bold: true}
		if last == r.Kind {
			what = kit.Cell{}
		}
		last = r.Kind
		row := kit.Row{Cells: []kit.Cell{what, {Text: kit.Capital(fields)}}}
		for _, role := range []string{data.RoleRep, data.RoleManager, data.RoleLead} {
			row.Cells = append(row.Cells, reachCell(r.Reach[role]))
		}
		if r.Others {
			row.Cells[3].Text = lang.T("team's, not own")
		}
		out = append(out, row)
	}
	all := kit.Cell{Text: lang.T("all")}
	return append(out, kit.Row{Cells: []kit.Cell{{Text: lang.T("All other records"), Bold: true}, {Text: lang.T("Everything")}, all, all, all}})
}

func cellWords(k *data.Kind, cells []string) string {
	var names []string
	for _, cell := range cells {
		name := cell
		if k != nil {
			if fields := k.CellFields(cell); len(fields) > 0 {
				name = lang.T(fields[0].Label)
			}
		}
		names = append(names, strings.ToLower(name))
	}
	return strings.Join(names, ", ")
}

func reachCell(r data.Reach) kit.Cell {
	switch r {
	case data.ReachOwn:
		return kit.Cell{Text: lang.T("own")}
	case data.ReachTeam:
		return kit.Cell{Text: lang.T("team's")}
	case data.ReachAll:
		return kit.Cell{Text: lang.T("all")}
	case data.ReachNone:
	}
	return kit.Cell{Text: kit.EnDash, Color: kit.ColorFg2}
}
