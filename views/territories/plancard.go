package territories

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// catchCard says what a click or a lasso caught, and what can be done with it.
type catchCard struct {
	p    *planner
	root *fyne.Container
	at   fyne.Position // on the map
}

func newCatchCard(p *planner) *catchCard {
	c := &catchCard{p: p}
	c.root = container.New(cardLayout{c})
	return c
}

// cardLayout puts the card where the catch was, within the map.
type cardLayout struct{ c *catchCard }

// MinSize implements fyne.Layout.
func (cardLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (l cardLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		want := o.MinSize()
		x := min(max(8, l.c.at.X), max(8, size.Width-want.Width-8))
		y := min(max(8, l.c.at.Y), max(8, size.Height-want.Height-8))
		o.Move(fyne.NewPos(x, y))
		o.Resize(want)
	}
}

// put moves the card to a place on the canvas.
func (c *catchCard) put(absolute fyne.Position) {
	c.at = absolute.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(c.p.view)).AddXY(12, 12)
	c.show()
}

// show draws the card for what is caught; nothing takes it away.
func (c *catchCard) show() {
	p := c.p
	if p.placing.on() {
		c.showPlacing()
		return
	}
	if p.caught.Empty() || p.book == nil {
		c.root.Objects = nil
		c.root.Refresh()
		return
	}
	caught := p.book.Catch(p.caught.Codes, p.caught.Points)
	head := kit.Strong(p.words.caught(p.book, caught))
	rows := []fyne.CanvasObject{head}
	if where := p.words.holders(p.book, caught); where != "" {
		rows = append(rows, kit.Caption(where))
	}
	links := []fyne.CanvasObject{}
	if p.draft() {
		if at := p.targetPlace(); at >= 0 {
			links = append(links, kit.NewBodyLink(lang.T("Move to %s", p.book.Plan.Territories[at].Name), func() { p.give(p.target) }))
		}
		links = append(links,
			kit.NewBodyLink(lang.T("Move to…"), p.askGive),
			kit.NewBodyLink(lang.T("Lock"), func() { p.lock(true) }),
			kit.NewBodyLink(lang.T("Unlock"), func() { p.lock(false) }))
	}
	if len(caught.Accounts) == 1 && len(caught.Areas) == 0 {
		id := caught.Accounts[0]
		links = append(links, kit.NewBodyLink(lang.T("Open"), func() { p.s.Open(kit.Target{Kind: data.KindAccount, ID: id}) }))
	}
	links = append(links, kit.NewBodyLink(lang.T("Clear"), p.drop))
	c.draw(append(rows, kit.HBox(14, links...)))
}

// showPlacing asks where an account is.
func (c *catchCard) showPlacing() {
	g := c.p.placing
	c.at = fyne.NewPos(8, 8)
	where := lang.T("it has no address")
	if text := g.queue[0].Where; text != "" {
		where = text
	}
	if more := len(g.queue) - 1; more > 0 {
		where = lang.N("%s; %d more after it", "%s; %d more after it", more, where, more)
	}
	var links []fyne.CanvasObject
	for _, a := range g.rows() {
		links = append(links, kit.NewBodyLink(a.Text, a.Do))
	}
	c.draw([]fyne.CanvasObject{kit.Strong(lang.T("Click where %s is", g.queue[0].Name)), kit.Caption(where), kit.HBox(14, links...)})
}

// draw draws the card around its rows.
func (c *catchCard) draw(rows []fyne.CanvasObject) {
	body := kit.Pad(kit.Insets{Top: 8, Right: 10, Bottom: 8, Left: 10}, kit.VBox(4, rows...))
	c.root.Objects = []fyne.CanvasObject{container.NewStack(kit.NewBox(kit.BoxStyle{Fill: kit.ColorBg, Line: kit.ColorAccent, Radius: kit.RadiusBox}), body)}
	c.root.Refresh()
}

// caught says what was caught: one thing by its name, several by their number.
func (w planWords) caught(b *app.PlanBook, c app.Caught) string {
	if len(c.Areas) == 0 && len(c.Accounts) == 1 {
		if i, ok := b.AccountAt(c.Accounts[0].String()); ok {
			return b.Accounts[i].Name
		}
	}
	var parts []string
	switch {
	case len(c.Areas) == 1:
		parts = append(parts, b.AreaName(c.Areas[0]))
	case len(c.Areas) > 1:
		parts = append(parts, w.areas(b.Info.Level, len(c.Areas)))
	}
	parts = append(parts, w.accounts(c.Count))
	for _, m := range []planning.Measure{planning.Potential, planning.Open} {
		if v := c.Values.Of(m); v > 0 {
			parts = append(parts, lang.T("%s %s", w.value(m, v), measureWord(m)))
		}
	}
	return strings.Join(parts, ", ")
}

// holders says whose the caught areas and accounts are, for up to three.
func (w planWords) holders(b *app.PlanBook, c app.Caught) string {
	var names []string
	seen := map[string]bool{}
	for _, name := range b.HoldersOf(c) {
		if name == "" {
			name = lang.T("nobody")
		}
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	if len(names) > 3 {
		return lang.T("now with %s and %d more", strings.Join(names[:2], ", "), len(names)-2)
	}
	if len(names) == 0 {
		return ""
	}
	return lang.T("now with %s", strings.Join(names, ", "))
}
