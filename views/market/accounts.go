package market

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// accountFace ranks accounts by potential × fit and says what the fit is made of.
type accountFace struct {
	s     *Screen
	table *kit.Table
	panel *kit.Panel
	rules *kit.Table
	fit   *kit.Panel
	root  fyne.CanvasObject
	shown []int // places in the book's accounts
}

func newAccountFace(s *Screen) *accountFace {
	f := &accountFace{s: s}
	const right = fyne.TextAlignTrailing
	f.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "rank", Title: "#", Width: 44, Align: right},
			{Key: "account", Title: lang.T("Account"), Width: 190, Grow: 2, Fixed: true},
			{Key: "owner", Title: lang.T("Owner"), Width: 100},
			{Key: "potential", Title: lang.T("Potential"), Width: 80, Align: right},
			{Key: "fit", Title: lang.T("Fit"), Width: 56, Align: right},
			{Key: "score", Title: lang.T("Score"), Width: 76, Align: right},
			{Key: "open", Title: lang.T("Open"), Width: 72, Align: right},
			{Key: "won", Title: lang.T("Won, 12 mo."), Width: 84, Align: right},
		},
		RowHeight: kit.HeightTwoLine,
		OnOpen: func(row int) {
			s.h.Go(kit.Target{Screen: "territories", Kind: data.KindAccount, ID: s.book.Accounts[f.shown[row]].ID})
		},
		Empty: kit.NewText(lang.T("No account of this choice is in the book"), kit.TextStyle{Color: kit.ColorFg2, Align: fyne.TextAlignCenter}),
	})
	f.rules = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "rule", Title: lang.T("Rule of fit"), Width: 130, Grow: 1, Fixed: true},
			{Key: "points", Title: lang.T("Points"), Width: 56, Align: right},
			{Key: "met", Title: lang.T("Met by"), Width: 60, Align: right},
		},
		RowHeight: kit.HeightTwoLine, OnOpen: func(row int) { s.edit(data.KindFitRule, s.book.Rules[row].Row) },
		OnMenu: func(row int, at fyne.Position) {
			if s.writable() {
				r := s.book.Rules[row].Row
				s.h.ShowActions(at, []kit.Action{{Text: lang.T("Edit %s", r.Title()), Do: func() { s.edit(data.KindFitRule, r) }}, {Text: lang.T("Remove %s", r.Title()), Do: func() { s.remove(data.KindFitRule, r) }}})
			}
		},
		Empty: s.firstStep(onAccounts, kit.EmptyOptions{Icon: "star", Title: lang.T("No rules of fit yet"), Text: lang.T("Each gives points to the accounts that it describes. Without any, accounts have no score.")}),
	})
	f.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Accounts by potential × fit"), Flush: true, Body: f.table})
	f.fit = kit.NewPanel(kit.PanelOptions{Title: lang.T("What fit is made of"), Flush: true, Body: f.rules})
	f.root = kit.Page(kit.Grow(kit.Columns(kit.GapPanel, []float32{74, 26}, f.panel, f.fit)))
	return f
}

// show lists the accounts of the segment and scope chosen.
func (f *accountFace) show() fyne.CanvasObject {
	s, w, b := f.s, f.s.words(), f.s.book
	options := []kit.Option{{Key: "all", Text: lang.T("Any segment")}}
	in := -1
	for i, seg := range b.Segments {
		options = append(options, kit.Option{Key: seg.Row.ID.String(), Text: seg.Row.Title()})
		if seg.Row.ID == s.segment {
			in = i
		}
	}
	s.pick.SetOptions(options)
	key := "all"
	if in >= 0 {
		key = s.segment.String()
	}
	s.pick.SetKeys(key)
	f.shown = choose(b, choice{segment: in, white: s.white.Current() == 1, owners: s.owners})
	f.table.SetRows(ranked{f.shown, b, w})
	f.panel.SetCaption(s.view.Holds(lang.N("%d account, %s a year", "%d accounts, %s a year", len(f.shown), len(f.shown), string(w.Num.Currency))))
	rules := make(kit.SliceRows, len(b.Rules))
	for i, r := range b.Rules {
		name := kit.Cell{Text: r.Row.Title(), Sub: r.Row.Text("rule")}
		if r.Fault != nil {
			name.Icon, name.Ink = "warn", kit.ColorWarn
		}
		rules[i] = kit.Row{ID: r.Row.ID.String(), Cells: []kit.Cell{name, {Text: w.Num.Number(r.Points, 0)}, {Text: w.Count(r.Met)}}}
	}
	f.rules.SetRows(rules)
	f.fit.SetCaption(lang.T("%s points", w.Num.Number(b.Points, 0)))
	return f.root
}

// choice says which accounts are listed.
type choice struct {
	segment int // -1 is any
	white   bool
	owners  map[data.ID]bool // nil is anybody
}

func choose(b *app.MarketBook, c choice) []int {
	var out []int
	for i := range b.Accounts {
		a := &b.Accounts[i]
		if c.segment >= 0 && !slices.Contains(a.Segments, c.segment) || c.white && a.Open > 0 || c.owners != nil && !c.owners[a.OwnerID] {
			continue
		}
		out = append(out, i)
	}
	return out
}

// ranked are the rows of accounts, made as they are looked at.
type ranked struct {
	places []int
	book   *app.MarketBook
	words  kit.Words
}

// Len implements kit.Rows.
func (r ranked) Len() int { return len(r.places) }

// Row implements kit.Rows.
func (r ranked) Row(i int) (kit.Row, bool) {
	a := &r.book.Accounts[r.places[i]]
	n := r.words.Num
	unit := float64(n.Currency.Unit())
	money := func(major float64) string {
		if major == 0 {
			return kit.EnDash
		}
		return n.Whole(int64(major * unit))
	}
	open := kit.Cell{Text: kit.EnDash, Color: kit.ColorFg2}
	if a.Open > 0 {
		open = kit.Cell{Text: n.Short(a.OpenValue)}
	}
	return kit.Row{ID: a.ID.String(), Cells: []kit.Cell{
		{Text: n.Count(i + 1), Color: kit.ColorFg2},
		{Text: a.Name, Sub: whyFit(r.book, a, n.Number)},
		{Text: a.Owner},
		{Text: money(a.Potential)},
		{Text: n.Percent(a.Fit)},
		{Text: money(a.Score), Bold: true},
		open,
		{Text: r.words.Money(a.WonValue)},
	}}, true
}

// whyFit names the rules that an account meets with their points.
func whyFit(b *app.MarketBook, a *app.MarketAccount, number func(float64, int) string) string {
	var out []string
	for _, at := range a.Met {
		out = append(out, "+"+number(b.Rules[at].Points, 0)+" "+b.Rules[at].Row.Title())
	}
	if len(out) == 0 {
		return lang.T("meets no rule")
	}
	return strings.Join(out, ", ")
}
