package territories

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// accountList is a table of accounts, fetched in pages.
type accountList struct {
	s     *Screen
	root  fyne.CanvasObject
	table *kit.Table
	bulk  *fyne.Container
	words *kit.Text
	find  *kit.LineEntry
	in    app.AccountsIn
	sort  []data.Sort
	keys  []data.Key
	pages *kit.Pages[kit.Row]
	again func()
}

func newAccountList(s *Screen) *accountList {
	a := &accountList{s: s, words: kit.Strong("")}
	a.find = kit.NewLineEntry(lang.T("Find an account"))
	a.find.OnChanged = func(string) {
		if a.again != nil {
			a.again()
		}
	}
	empty := kit.EmptyOptions{Icon: "building", Title: lang.T("No accounts here"), Text: lang.T("Put accounts into the territory by hand from All accounts, or write a rule that does.")}
	a.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "name", Title: lang.T("Account"), Width: 150, Grow: 1, Sort: true, Fixed: true},
			{Key: "territory", Title: lang.T("Territory"), Width: 84, Sort: true},
			{Key: "owner", Title: lang.T("Owner"), Width: 102, Sort: true},
			{Key: "city", Title: lang.T("Place"), Width: 108, Sort: true},
			{Key: "industry", Title: lang.T("Industry"), Width: 100, Sort: true, Hidden: true},
			{Key: "state", Title: lang.T("State"), Width: 60, Sort: true, Hidden: true},
			{Key: "country", Title: lang.T("Country"), Width: 100, Sort: true, Hidden: true},
		},
		Select: kit.SelectMany, Check: true, Empty: kit.NewEmpty(empty),
		OnOpen: a.open, OnSelect: a.chosen,
		OnSort: func(keys []kit.SortKey) {
			a.sort = nil
			for _, k := range keys {
				a.sort = append(a.sort, data.Sort{Field: k.Key, Desc: k.Desc})
			}
			if a.again != nil {
				a.again()
			}
		},
	})
	button := func(text, icon string, tap func()) fyne.CanvasObject {
		return kit.NewButton(kit.ButtonOptions{Text: text, Icon: icon, OnTap: tap})
	}
	line := kit.HBox(8, a.words, kit.Space(),
		button(lang.T("Put into"), "territories", func() { a.withChosen(s.askTerritory) }),
		button(lang.T("Give to"), "user", func() { a.withChosen(s.askOwner) }),
		kit.NewButton(kit.ButtonOptions{Text: lang.T("Clear"), Kind: kit.ButtonBare, OnTap: func() { a.table.ClearSelection() }}))
	a.bulk = container.NewStack(kit.Fill(kit.ColorSel), kit.Pad(kit.Insets{Top: 10, Right: kit.PadPanel, Bottom: 10, Left: kit.PadPanel}, line))
	a.bulk.Hide()
	a.root = container.NewBorder(nil, a.bulk, nil, nil, a.table)
	return a
}

// tools stand at the right of the tabs.
func (a *accountList) tools() []fyne.CanvasObject {
	return []fyne.CanvasObject{kit.MinBox(fyne.NewSize(150, kit.HeightControl), a.find)}
}

// load reads which accounts there are; their rows follow as they are looked at.
func (a *accountList) load(l *kit.Loader, body *fyne.Container, in app.AccountsIn) {
	if in.Territory != a.in.Territory || in.All != a.in.All {
		a.table.ClearSelection()
	}
	a.again = func() { a.load(l, body, in) }
	in.Search, in.Sort = a.find.Text, a.sort
	a.in = in
	kit.Load(l, func(ctx context.Context) ([]data.Key, error) { return a.s.host.App.Territories.Accounts(ctx, in) }, func(keys []data.Key) {
		a.show(keys)
		body.Objects = []fyne.CanvasObject{a.root}
		body.Refresh()
	})
}

func (a *accountList) show(keys []data.Key) {
	a.keys = keys
	h := a.s.host
	a.pages = kit.NewPages(kit.PagesOptions[kit.Row]{
		Context: h.Context, Runner: h.Runner,
		Fetch: func(ctx context.Context, from, n int) ([]kit.Row, error) {
			rows, err := h.App.Records.Rows(ctx, data.KindAccount, keys[from:min(from+n, len(keys))])
			out := make([]kit.Row, len(rows))
			for i, r := range rows {
				out[i] = accountRow(r)
			}
			return out, err
		},
		OnLoaded: a.table.RowsChanged,
		OnError:  func(err error) { kit.Failure(h.Window, lang.T("The accounts could not be read"), err, nil) },
	})
	a.table.SetRows(kit.PagedRows{Pages: a.pages, Count: len(keys)})
	a.chosen()
}

func (a *accountList) open(row int) {
	if r, ok := a.pages.At(row); ok {
		if id, err := data.ParseID(r.ID); err == nil {
			a.s.host.Go(kit.Target{Screen: "territories", Kind: data.KindAccount, ID: id})
		}
	}
}

func (a *accountList) chosen() {
	n := a.table.Selection().Count()
	a.words.SetText(lang.T("%d selected", n))
	if n > 0 && a.s.writable() {
		a.bulk.Show()
	} else {
		a.bulk.Hide()
	}
}

// withChosen reads the ids of the selected accounts, which need not be loaded,
// and asks what to do with them.
func (a *accountList) withChosen(ask func([]data.ID)) {
	var keys []data.Key
	for i := range a.table.Selection().Rows() {
		keys = append(keys, a.keys[i])
	}
	h := a.s.host
	h.Runner.Go(func() {
		rows, err := h.App.Records.Rows(h.Context, data.KindAccount, keys)
		h.Runner.Do(func() {
			if err != nil {
				kit.Failure(h.Window, lang.T("The accounts could not be read"), err, nil)
				return
			}
			ids := make([]data.ID, len(rows))
			for i, r := range rows {
				ids[i] = r.ID
			}
			ask(ids)
		})
	})
}
