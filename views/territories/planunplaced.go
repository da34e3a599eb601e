package territories

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app/planning"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// unplaced lists, beside the map, the accounts whose place is not known: a row is
// dragged to where it is, or clicked and then the map.
type unplaced struct {
	p     *planner
	open  bool
	panel *kit.Panel
	list  *kit.List
	ghost *dragGhost
}

// unplacedHigh is how high its panel is; the balance above it gives way.
const unplacedHigh = float32(330)

func newUnplaced(p *planner) *unplaced {
	u := &unplaced{p: p, ghost: newDragGhost()}
	u.list = kit.NewList(kit.ListOptions{TwoLine: true, OnDrag: u.drag, OnDrop: u.drop, OnOpen: func(key string) {
		if id, err := data.ParseID(key); err == nil {
			p.beginPlacing(p.book.Gaps().Misplaced, id)
		}
	}})
	places := kit.NewButton(kit.ButtonOptions{Text: lang.T("Choose a list of places"), Icon: "pin", OnTap: p.askPlaces})
	about := kit.Caption(lang.T("Drag one to where it is, or click it and then the map"))
	head := kit.Pad(kit.Insets{Top: 2, Right: kit.PadPanel, Bottom: 8, Left: kit.PadPanel}, kit.VBox(8, about, kit.HBox(0, places)))
	u.panel = kit.NewPanel(kit.PanelOptions{
		Title: lang.T("Without a known place"), Action: lang.T("Done"), OnTap: u.close, Flush: true, Body: container.NewBorder(head, nil, nil, nil, u.list),
	})
	return u
}

func (u *unplaced) begin() {
	u.open = true
	u.p.lay()
	u.show()
}

func (u *unplaced) close() {
	u.open = false
	if u.p.placing.on() {
		u.p.placing.stop()
	}
	u.p.lay()
}

// show lists who is left; with nobody left it closes.
func (u *unplaced) show() {
	if !u.open {
		return
	}
	left := u.p.book.Gaps().Misplaced
	if len(left) == 0 || !u.p.s.writable() {
		u.close()
		return
	}
	u.panel.SetCaption(u.p.words.accounts(len(left)))
	u.list.SetRows(u.p.accountRows(left))
}

// drag shows what the row would come to lie in.
func (u *unplaced) drag(key string, at fyne.Position) {
	a, ok := u.account(key)
	if !ok {
		u.ghost.hide()
		return
	}
	if u.p.placing.on() {
		u.p.placing.stop()
	}
	where := lang.T("let go over the map")
	if lon, lat, ok := u.p.view.PlaceAt(at); ok {
		where = u.p.words.Num.Number(lat, 2) + ", " + u.p.words.Num.Number(lon, 2)
		if unit, ok := u.p.view.Unit(u.p.view.UnitUnder(at)); ok {
			where = unit.Name
		}
	}
	u.ghost.show(at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(u.p.root)), a.Name, where)
}

// drop says where the account is; beside the map nothing is said.
func (u *unplaced) drop(key string, at fyne.Position) {
	a, ok := u.account(key)
	lon, lat, on := u.p.view.PlaceAt(at)
	if !ok || !on {
		return
	}
	u.p.placeAccount(a, lon, lat, nil)
}

func (u *unplaced) account(key string) (planning.Account, bool) {
	i, ok := u.p.book.AccountAt(key)
	if !ok {
		return planning.Account{}, false
	}
	return u.p.book.Accounts[i], true
}

// placeAccount says where an account is.
func (p *planner) placeAccount(a planning.Account, lon, lat float64, then func()) {
	p.s.host.Act(lang.T("Place %s", a.Name), func(ctx context.Context) error { return p.s.host.App.Plans.PlaceAccount(ctx, a.ID, lon, lat) }, then)
}

// dragGhost goes along with the mouse while something is dragged.
type dragGhost struct {
	root  *fyne.Container
	box   *fyne.Container
	name  *kit.Text
	where *kit.Text
}

func newDragGhost() *dragGhost {
	g := &dragGhost{name: kit.Strong(""), where: kit.Caption("")}
	body := kit.Pad(kit.Insets{Top: 6, Right: 10, Bottom: 6, Left: 10}, kit.VBox(2, g.name, g.where))
	g.box = container.NewStack(kit.NewBox(kit.BoxStyle{Fill: kit.ColorBg, Line: kit.ColorAccent, Radius: kit.RadiusBox}), body)
	g.root = container.NewWithoutLayout(g.box)
	g.box.Hide()
	return g
}

// show puts it beside the mouse, which must see what it points at.
func (g *dragGhost) show(at fyne.Position, name, where string) {
	g.name.SetText(name)
	g.where.SetText(where)
	g.box.Resize(g.box.MinSize())
	g.box.Move(at.AddXY(14, 10))
	g.box.Show()
	g.root.Refresh()
}

func (g *dragGhost) hide() {
	g.box.Hide()
	g.root.Refresh()
}
