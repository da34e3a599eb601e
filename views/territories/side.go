package territories

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

// The parts of a territory's panel.
const (
	tabAccounts = iota
	tabPeople
	tabRules
)

// side is the panel of the chosen row: what it comes to, and its accounts,
// people or rules.
type side struct {
	s        *Screen
	root     fyne.CanvasObject
	box      *fyne.Container
	body     *fyne.Container
	loader   *kit.Loader
	tabs     *kit.Segmented
	tab      int
	shown    string
	accounts *accountList
	rules    *ruleList
}

func newSide(s *Screen) *side {
	d := &side{s: s, body: container.NewStack(), box: container.NewStack()}
	d.loader = s.host.Loader(d.body)
	d.accounts = newAccountList(s)
	d.rules = newRuleList(s)
	d.root = kit.NewPanel(kit.PanelOptions{Flush: true, Body: d.box})
	return d
}

// reload shows the chosen row.
func (d *side) reload() {
	l, ok := d.s.currentLine()
	if !ok {
		return
	}
	d.shown = l.id
	if l.at == nil && d.tab == tabPeople {
		d.tab = tabAccounts
	}
	d.dress(l)
	switch d.tab {
	case tabAccounts:
		in := app.AccountsIn{All: l.id == rowAll, Below: true}
		if l.at != nil {
			in.Territory = l.at.Row.ID
		}
		d.accounts.load(d.loader, d.body, in)
	case tabPeople:
		d.put(d.people(l.at))
	case tabRules:
		kit.Load(d.loader, func(ctx context.Context) (*app.RuleBook, error) { return d.s.host.App.Territories.RuleBook(ctx) }, func(b *app.RuleBook) {
			d.put(d.rules.show(b, l))
		})
	}
}

func (d *side) put(o fyne.CanvasObject) {
	d.body.Objects = []fyne.CanvasObject{o}
	d.body.Refresh()
}

// dress draws what stands above the tabs.
func (d *side) dress(l line) {
	segments := []kit.Segment{{Text: lang.T("Accounts")}, {Text: lang.T("People")}, {Text: lang.T("Rules")}}
	tabs := []int{tabAccounts, tabPeople, tabRules}
	if l.at == nil {
		segments, tabs = []kit.Segment{{Text: lang.T("Accounts")}, {Text: lang.T("All rules")}}, []int{tabAccounts, tabRules}
	}
	d.tabs = kit.NewSegmented(segments, func(i int) {
		d.tab = tabs[i]
		d.reload()
	})
	for i, tab := range tabs {
		if tab == d.tab {
			d.tabs.SetCurrent(i)
		}
	}
	line := []fyne.CanvasObject{d.tabs, kit.Space()}
	switch d.tab {
	case tabAccounts:
		line = append(line, d.accounts.tools()...)
	case tabPeople:
		if d.s.writable() {
			line = append(line, kit.NewButton(kit.ButtonOptions{Text: lang.T("Assign"), Icon: "plus", OnTap: func() { d.s.askPost(l.at, freshPost(l.at)) }}))
		}
	case tabRules:
		if d.s.writable() {
			line = append(line, kit.NewButton(kit.ButtonOptions{Text: lang.T("Apply rules"), Icon: "play", OnTap: d.s.askApply}))
		}
	}
	in := kit.Insets{Top: kit.PadPanel, Right: kit.PadPanel, Bottom: 8, Left: kit.PadPanel}
	head := kit.Pad(in, kit.VBox(10, d.head(l), d.figures(l), kit.HBox(8, line...)))
	d.box.Objects = []fyne.CanvasObject{container.NewBorder(head, nil, nil, nil, d.loader)}
	d.box.Refresh()
}

func (d *side) head(l line) fyne.CanvasObject {
	caption := lang.T("of the whole book")
	if l.id == rowNone {
		caption = lang.T("put them into a territory by hand or by rule")
	}
	if l.at != nil {
		caption = lang.T("a region")
		if path := d.s.tree.Path(l.at.Row.ID); len(path) > 1 {
			var names []string
			for _, t := range path[:len(path)-1] {
				names = append(names, t.Row.Title())
			}
			caption = lang.T("in %s", strings.Join(names, " / "))
		}
	}
	line := []fyne.CanvasObject{kit.Strong(l.name()), kit.Grow(kit.NewText(caption, kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true}))}
	if l.at != nil {
		of := kit.RecordHistory{Kind: data.KindTerritory, ID: l.at.Row.ID, Name: l.name()}
		line = append(line, kit.NewButton(kit.ButtonOptions{Icon: "clock", Kind: kit.ButtonBare, OnTap: func() { d.s.host.ShowHistory(of) }}))
	}
	if l.at != nil && d.s.writable() {
		more := kit.NewButton(kit.ButtonOptions{Icon: "more", Kind: kit.ButtonBare})
		more.SetOnTap(func() { d.s.more(l.at, more) })
		line = append(line, kit.NewButton(kit.ButtonOptions{Text: lang.T("Edit"), Icon: "edit", OnTap: func() { d.s.edit(l.at) }}), more)
	}
	return kit.HBox(8, line...)
}

// figures are those of the row, each leading to the deals behind it.
func (d *side) figures(l line) fyne.CanvasObject {
	w, v := d.s.words, d.s.host.View()
	figure := func(name, value, caption string, tap func()) fyne.CanvasObject {
		var text fyne.CanvasObject = kit.Strong(value)
		if tap != nil {
			text = kit.NewBodyLink(value, tap)
		}
		return kit.VBox(0, kit.Caption(name), kit.MinBox(fyne.NewSize(0, kit.HeightChip), kit.HBox(6, text, kit.Caption(caption))))
	}
	deals := func(stage, title string) func() {
		if l.id == rowAll {
			return nil
		}
		id := data.NoID
		if l.at != nil {
			id = l.at.Row.ID
		}
		return func() { d.s.openDeals(id, stage, title) }
	}
	parts := []fyne.CanvasObject{
		figure(lang.T("Accounts"), w.Count(l.sums.Accounts), "", nil),
		figure(lang.T("Open"), w.Money(l.sums.OpenValue), lang.N("%d deal", "%d deals", l.sums.Open, l.sums.Open), deals(data.StageOpen, lang.T("Open in %s", l.name()))),
		figure(lang.T("Won, %s", periodText(v.Period)), w.Money(l.sums.WonValue), lang.N("%d deal", "%d deals", l.sums.Won, l.sums.Won), deals(data.StageWon, lang.T("Won in %s, %s", l.name(), periodText(v.Period)))),
		figure(lang.T("Quota %s", kit.PeriodText(d.s.tree.Year)), w.Money(l.sums.Quota), "", nil),
	}
	return kit.HBox(24, parts...)
}

// people lists who covers a territory today, and below who did or will.
func (d *side) people(t *app.Territory) fyne.CanvasObject {
	if len(t.Posts)+len(t.Others) == 0 {
		return kit.NewEmpty(kit.EmptyOptions{Icon: "users", Title: lang.T("Nobody covers %s", t.Row.Title()), Text: lang.T("Assign an owner, a manager or an overlay, from a day on.")})
	}
	var rows []fyne.CanvasObject
	group := func(title string) {
		in := kit.Insets{Top: 10, Right: kit.PadPanel, Bottom: 4, Left: kit.PadPanel}
		rows = append(rows, kit.HLine(kit.ColorLine), kit.Pad(in, kit.Caption(title)))
	}
	if len(t.Posts) == 0 {
		group(lang.T("Nobody covers it today"))
	}
	for _, p := range t.Posts {
		rows = append(rows, d.post(t, p)...)
	}
	var later, earlier []app.Post
	for _, p := range t.Others {
		if p.From > d.s.words.Today {
			later = append(later, p)
		} else {
			earlier = append(earlier, p)
		}
	}
	for _, part := range []struct {
		title string
		posts []app.Post
	}{{lang.T("To come"), later}, {lang.T("Earlier"), earlier}} {
		if len(part.posts) > 0 {
			group(part.title)
		}
		for _, p := range part.posts {
			rows = append(rows, d.post(t, p)...)
		}
	}
	return kit.Scroll(kit.VBox(0, rows...))
}

// post is one line of who covers a territory.
func (d *side) post(t *app.Territory, p app.Post) []fyne.CanvasObject {
	who := kit.NewBodyLink(p.Name, func() { d.s.host.Go(kit.Target{Screen: "roster", Kind: data.KindPerson, ID: p.Person}) })
	line := []fyne.CanvasObject{
		kit.NewAvatar(p.Name, 24), kit.VBox(0, who, kit.NewText(d.s.words.Post(p), kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2})), kit.Space(),
		kit.NewTag(lang.T(p.Role), kit.TonePlain),
	}
	if d.s.writable() {
		line = append(line,
			kit.NewButton(kit.ButtonOptions{Icon: "edit", Kind: kit.ButtonBare, OnTap: func() { d.s.askPost(t, p) }}),
			kit.NewButton(kit.ButtonOptions{Icon: "x", Kind: kit.ButtonBare, OnTap: func() { d.s.askUnassign(p) }}))
	}
	return []fyne.CanvasObject{kit.HLine(kit.ColorLine), kit.MinBox(fyne.NewSize(0, kit.HeightTwoLine), kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel}, kit.HBox(8, line...)))}
}
