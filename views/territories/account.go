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

// accountPage is everything about one account.
type accountPage struct {
	s      *Screen
	id     data.ID
	root   fyne.CanvasObject
	body   *fyne.Container
	loader *kit.Loader
	page   *app.AccountPage
}

func newAccountPage(s *Screen, id data.ID) *accountPage {
	p := &accountPage{s: s, id: id, body: container.NewStack()}
	p.loader = s.host.Loader(p.body)
	p.root = p.loader
	return p
}

func (p *accountPage) title() string {
	if p.page == nil {
		return lang.T("Account")
	}
	return p.page.Row.Title()
}

func (p *accountPage) reload() {
	id := p.id
	kit.Load(p.loader, func(ctx context.Context) (*app.AccountPage, error) { return p.s.host.App.Territories.Account(ctx, id) }, func(page *app.AccountPage) {
		p.page = page
		p.show()
		p.s.host.Changed()
	})
}

func (p *accountPage) show() {
	left := kit.VBox(kit.GapPanel, p.facts(), kit.Grow(p.contacts()))
	middle := kit.VBox(kit.GapPanel, kit.Grow(p.deals()), kit.Grow(p.activities()))
	right := kit.VBox(kit.GapPanel, p.ground(), kit.Grow(p.story()))
	p.body.Objects = []fyne.CanvasObject{kit.Columns(kit.GapPanel, []float32{1, 1.7, 1}, left, middle, right)}
	p.body.Refresh()
}

// shownFields are those of the panel of facts, in order.
var shownFields = []string{"visit_class", "potential", "industry", "parent", "address", "city", "state", "postal_code", "country", "employees", "revenue", "founded", "website", "phone", "external_id"}

func (p *accountPage) facts() fyne.CanvasObject {
	row, w := p.page.Row, p.s.words
	var facts []kit.Fact
	for _, name := range append(append([]string(nil), shownFields...), row.Kind.CustomNames()...) {
		f, ok := row.Kind.Field(name)
		if !ok || !row.Has(name) {
			continue
		}
		fact := kit.Fact{Label: lang.T(f.Label), Value: f.Format(row.Values[name], w.Num.Currency.Digits())}
		switch {
		case f.Type == data.TypeRef:
			id := row.Ref(name)
			fact.Value = row.Labels[name]
			fact.OnTap = func() { p.s.host.Go(kit.Target{Screen: "territories", Kind: data.KindAccount, ID: id}) }
		case name == "founded":
		case f.Type == data.TypeInteger:
			fact.Value = w.Num.Count(int(row.Int(name)))
		case f.Type == data.TypeNumber:
			fact.Value = w.Num.Number(row.Float(name), 0)
		case name == "industry":
			fact.Value = lang.T(kit.Capital(fact.Value))
		}
		facts = append(facts, fact)
	}
	action := ""
	if p.s.writable() {
		action = lang.T("Edit")
	}
	return kit.NewPanel(kit.PanelOptions{Title: lang.T("Account"), Caption: strings.TrimSpace(row.Text("note")), Action: action, OnTap: p.edit, Body: kit.NewFacts(facts)})
}

func (p *accountPage) contacts() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, c := range p.page.Contacts {
		sub := c.Text("title")
		if sub == "" {
			sub = c.Text("email")
		}
		names := kit.VBox(0, kit.NewText(c.Title(), kit.TextStyle{Cut: true}), kit.NewText(sub, kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true}))
		line := []fyne.CanvasObject{kit.NewAvatar(c.Title(), 24), kit.Grow(names)}
		if influence := c.Text("influence"); influence != "" {
			line = append(line, kit.NewTag(lang.T(kit.Capital(influence)), influenceTone(influence)))
		}
		if p.s.writable() {
			line = append(line, kit.NewButton(kit.ButtonOptions{Icon: "edit", Kind: kit.ButtonBare, OnTap: func() { p.editContact(&c) }}))
		}
		line = append(line, p.contactMore(c))
		rows = append(rows, kit.HLine(kit.ColorLine), kit.MinBox(fyne.NewSize(0, kit.HeightTwoLine), kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel}, kit.HBox(8, line...))))
	}
	action := ""
	if p.s.writable() {
		action = lang.T("Add")
	}
	return kit.NewPanel(kit.PanelOptions{
		Title: lang.T("Contacts"), Caption: p.s.words.Num.Count(len(p.page.Contacts)), Action: action, OnTap: func() { p.editContact(nil) },
		Flush: true, Body: kit.Scroll(kit.VBox(0, rows...)),
	})
}

func influenceTone(influence string) kit.Tone {
	switch influence {
	case "champion":
		return kit.ToneGood
	case "blocker":
		return kit.ToneBad
	case "economic buyer":
		return kit.ToneAccent
	}
	return kit.TonePlain
}

func (p *accountPage) deals() fyne.CanvasObject {
	const right = fyne.TextAlignTrailing
	w := p.s.words
	rows := make(kit.SliceRows, len(p.page.Deals))
	for i, d := range p.page.Deals {
		name := d.Text("name")
		if name == "" {
			name = d.Labels["product"]
		}
		amount := kit.EnDash
		if d.Has("amount") {
			n := w.Num
			n.Currency = d.Money("amount", w.Num.Currency).Currency
			amount = n.Whole(d.Int("amount"))
		}
		rows[i] = kit.Row{ID: d.ID.String(), Cells: []kit.Cell{
			{Text: name}, {Text: d.Labels["owner"], Color: kit.ColorFg2}, {Text: d.Labels["stage"]}, {Text: amount}, {Text: w.Day(d.Day("close_day"))},
		}}
	}
	table := kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "name", Title: lang.T("Deal"), Width: 120, Grow: 1},
			{Key: "owner", Title: lang.T("Owner"), Width: 104},
			{Key: "stage", Title: lang.T("Stage"), Width: 84},
			{Key: "amount", Title: lang.T("Value"), Width: 72, Align: right},
			{Key: "close", Title: lang.T("Close"), Width: 94, Align: right},
		},
		Rows: rows, OnOpen: func(row int) {
			p.s.host.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, ID: p.page.Deals[row].ID})
		},
		Empty: kit.NewEmpty(kit.EmptyOptions{Icon: "pipeline", Title: lang.T("No deals yet"), Text: lang.T("Deals with this account show up here.")}),
	})
	caption := lang.T("%d open, %s · %d won, %s", p.page.OpenDeals.Count, w.Num.Short(p.page.OpenDeals.Value), p.page.Won.Count, w.Num.Short(p.page.Won.Value))
	o := kit.PanelOptions{Title: lang.T("Deals"), Caption: caption, Flush: true, Body: table}
	if p.page.DealCount > len(p.page.Deals) {
		o.Action = lang.T("All %d", p.page.DealCount)
		o.OnTap = func() {
			q := &data.Query{Kind: data.KindDeal, Where: []data.Filter{{Field: "account", Test: data.Is, Values: []data.Value{p.id}}}}
			p.s.host.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, Query: q, Title: lang.T("Deals of %s", p.title())})
		}
	}
	return kit.NewPanel(o)
}

var activityIcons = map[string]string{"call": "phone", "email": "mail", "meeting": "user", "visit": "pin", "note": "file"}

func (p *accountPage) activities() fyne.CanvasObject {
	list := kit.NewList(kit.ListOptions{TwoLine: true})
	rows := make([]kit.ListRow, len(p.page.Activities))
	for i, a := range p.page.Activities {
		icon := activityIcons[a.Text("type")]
		if icon == "" {
			icon = "check"
		}
		subject := a.Text("subject")
		if subject == "" {
			subject = lang.T(kit.Capital(a.Text("type")))
		}
		rows[i] = kit.ListRow{Key: a.ID.String(), Icon: icon, Title: subject, Detail: a.Labels["person"], Right: p.s.words.Day(a.Day("day"))}
	}
	list.SetRows(rows)
	action := ""
	if p.s.writable() {
		action = lang.T("Log")
	}
	return kit.NewPanel(kit.PanelOptions{
		Title: lang.T("Activities"), Caption: p.s.words.Num.Count(p.page.ActivityCount), Action: action, OnTap: p.logActivity, Flush: true, Body: list,
	})
}

func (p *accountPage) ground() fyne.CanvasObject {
	row := p.page.Row
	facts := []kit.Fact{{Label: lang.T("Territory"), Value: lang.T("None"), Tone: kit.ToneWarn}}
	if len(p.page.Path) > 0 {
		id := row.Ref("territory")
		facts[0] = kit.Fact{Label: lang.T("Territory"), Value: strings.Join(p.page.Path, " / "), OnTap: func() {
			p.s.host.Go(kit.Target{Screen: "territories", Kind: data.KindTerritory, ID: id})
		}}
	}
	owner := kit.Fact{Label: lang.T("Owner"), Value: lang.T("Nobody"), Tone: kit.ToneWarn}
	if name := row.Labels["owner"]; name != "" {
		owner = kit.Fact{Label: lang.T("Owner"), Value: name, OnTap: func() {
			p.s.host.Go(kit.Target{Screen: "roster", Kind: data.KindPerson, ID: row.Ref("owner")})
		}}
	}
	facts = append(facts, owner)
	o := kit.PanelOptions{Title: lang.T("Covered by"), Body: kit.VBox(8, append([]fyne.CanvasObject{kit.NewFacts(facts)}, p.holders()...)...)}
	if p.s.writable() {
		o.Action, o.OnTap = lang.T("Put elsewhere"), func() { p.s.askTerritory([]data.ID{p.id}) }
	}
	return kit.NewPanel(o)
}

const holderRows = 6 // shown of who had the account before

// holders are earlier owners and territories.
func (p *accountPage) holders() []fyne.CanvasObject {
	list := p.page.Holders()
	if len(list) == 0 {
		return nil
	}
	out := []fyne.CanvasObject{kit.HLine(kit.ColorLine), kit.Caption(lang.T("Earlier"))}
	for _, h := range list[:min(len(list), holderRows)] {
		name := h.Name
		switch {
		case name == "" && h.Field == "owner":
			name = lang.T("Nobody")
		case name == "":
			name = lang.T("No territory")
		}
		until := kit.NewText(lang.T("until %s", p.s.words.Day(h.Until)), kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Align: fyne.TextAlignTrailing})
		out = append(out, kit.HBox(8, kit.Grow(kit.NewText(name, kit.TextStyle{Cut: true})), until))
	}
	if more := len(list) - holderRows; more > 0 {
		out = append(out, kit.Caption(lang.N("and %d more in the history", "and %d more in the history", more, more)))
	}
	return out
}

const storyRows = 30 // shown of a history

func (p *accountPage) story() fyne.CanvasObject {
	in := kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel}
	return kit.NewPanel(kit.PanelOptions{
		Title: lang.T("History"), Caption: lang.T("who changed what"), Flush: true, Action: lang.T("Whole history"),
		OnTap: func() { p.s.host.ShowHistory(kit.RecordHistory{Kind: data.KindAccount, ID: p.id, Name: p.title()}) },
		Body:  kit.Scroll(kit.Pad(in, kit.NewStory(p.page.Story, storyRows, p.s.words.Day))),
	})
}

func (p *accountPage) primary() *kit.Action {
	return &kit.Action{Text: lang.T("Edit the account"), Icon: "edit", Do: p.edit}
}

func (p *accountPage) commands() []kit.Action {
	return []kit.Action{
		*p.primary(),
		{Text: lang.T("Add a contact"), Icon: "user", Do: func() { p.editContact(nil) }},
		{Text: lang.T("Log an activity"), Icon: "phone", Do: p.logActivity},
		{Text: lang.T("Put into another territory"), Icon: "territories", Do: func() { p.s.askTerritory([]data.ID{p.id}) }},
		{Text: lang.T("Give to somebody else"), Icon: "user", Do: func() { p.s.askOwner([]data.ID{p.id}) }},
		{Text: lang.T("Remove the account"), Icon: "x", Do: p.askRemove},
		{Text: lang.T("Back to the territories"), Icon: "chevl", Do: p.s.back},
	}
}
