// Package territories is the screen on which ground is divided: the map with
// what is in force and the drafts beside it, and the tree of territories with who
// covers them, the accounts in each, and the rules that hand accounts out. An
// account's own page opens here too.
package territories

import (
	"context"
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Screen shows the tree and the chosen territory beside it, or one account.
type Screen struct {
	host    *kit.Host
	loader  *kit.Loader
	root    *fyne.Container
	table   *kit.Table
	side    *side
	account *accountPage // the account shown; nil for the tree
	week    *weekPage    // the week of visits shown; nil for the rest

	tree   *app.TerritoryTree
	lines  []line
	sort   []kit.SortKey
	closed map[data.ID]bool
	chosen string    // id of the row shown beside the tree
	coming string    // id of a territory to be chosen once it is loaded
	cut    []data.ID // territories to be put elsewhere
	ready  bool      // the kept columns have been read
	words  words

	plan  *planner // the map and the plans
	asMap bool     // it is shown, not the tree
}

const (
	prefName = "territories"
	prefSide = "territories side" // what was shown last: sideMap or sideList
	sideMap  = "map"
	sideList = "list"
)

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Opening    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

// New returns the screen with the map in front.
func New(h *kit.Host) *Screen {
	s := &Screen{host: h, closed: map[data.ID]bool{}, chosen: rowAll, asMap: true}
	s.words = words{kit.Words{Num: h.NumbersOf(), Today: h.App.Today()}}
	s.side = newSide(s)
	s.table = kit.NewTable(s.tableOptions())
	s.root = container.NewStack()
	s.plan = newPlanner(s)
	s.place()
	s.loader = h.Loader(s.root)
	return s
}

// setSide chooses between map and tree, and remembers it on this device.
func (s *Screen) setSide(asMap bool) {
	if s.asMap == asMap {
		return
	}
	s.asMap = asMap
	side := sideList
	if asMap {
		side = sideMap
	}
	s.host.Runner.Go(func() {
		// A side that cannot be remembered costs a click at the next start, no more.
		_ = s.host.App.SetPref(s.host.Context, prefSide, side)
	})
	s.place()
	s.Reload(s.host.View())
	s.host.Changed()
}

func (s *Screen) tableOptions() kit.TableOptions {
	const right = fyne.TextAlignTrailing
	return kit.TableOptions{
		Columns: []kit.Column{
			{Key: colName, Title: lang.T("Territory"), Width: 148, Grow: 1, Sort: true, Fixed: true},
			{Key: colOwner, Title: lang.T("Covered by"), Width: 115, Grow: 1, Sort: true},
			{Key: colAccounts, Title: lang.T("Accounts"), Width: 68, Align: right, Sort: true, DescFirst: true},
			{Key: colOpen, Title: lang.T("Open deals"), Width: 80, Align: right, Sort: true, DescFirst: true, Hidden: true},
			{Key: colOpenValue, Title: lang.T("Open"), Width: 79, Align: right, Sort: true, DescFirst: true},
			{Key: colWon, Title: lang.T("Won"), Width: 79, Align: right, Sort: true, DescFirst: true},
			{Key: colQuota, Title: lang.T("Quota"), Width: 79, Align: right, Sort: true, DescFirst: true},
		},
		OnSelect: s.follow, OnExpand: s.toggle, OnMenu: s.menu, OnCut: s.cutChosen, OnPasteRow: s.pasteUnder,
		OnOpen: func(row int) {
			if at := s.lines[row].at; at != nil {
				s.edit(at)
			}
		},
		OnSort:  func(keys []kit.SortKey) { s.sort = keys; s.show() },
		OnState: s.keep,
	}
}

// keep remembers the columns on this device.
func (s *Screen) keep(state kit.TableState) { s.host.Remember(prefName, state) }

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string {
	return []string{
		data.KindTerritory, data.KindAssignment, data.KindRule, data.KindAccount, data.KindPerson, data.KindDeal,
		data.KindQuota, data.KindRate, data.KindStage, data.KindProduct, data.KindContact, data.KindActivity,
		data.KindPlan, data.KindPlanTerritory, data.KindPlanPart, data.KindSetting,
	}
}

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses {
	return kit.Uses{Period: s.account == nil && s.week == nil && !s.asMap, AsOf: s.week == nil}
}

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb {
	switch {
	case s.account != nil:
		return []kit.Crumb{{Text: lang.T("Territories"), OnTap: s.back}, {Text: s.account.title()}}
	case s.week != nil:
		return []kit.Crumb{{Text: lang.T("Territories"), OnTap: s.back}, {Text: lang.T("Visits of %s", s.week.name)}}
	}
	return nil
}

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject {
	switch {
	case s.account != nil:
		return nil
	case s.week != nil:
		return s.week.tools()
	}
	sides := kit.NewSegmented([]kit.Segment{{Text: lang.T("Map")}, {Text: lang.T("List")}}, func(i int) { s.setSide(i == 0) })
	if !s.asMap {
		sides.SetCurrent(1)
		return []fyne.CanvasObject{sides}
	}
	return append([]fyne.CanvasObject{sides}, s.plan.titleTools()...)
}

func (s *Screen) span() app.Span {
	v := s.host.View()
	return app.Span{Period: v.Period, Today: v.AsOf}
}

// loaded is what one reload brings.
type loaded struct {
	tree  *app.TerritoryTree
	state kit.TableState
	side  string
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	s.words.Today = v.AsOf
	if s.account != nil {
		s.account.reload()
	}
	if s.week != nil {
		s.week.reload()
	}
	first, span := !s.ready, s.span()
	kit.Load(s.loader, func(ctx context.Context) (loaded, error) {
		tree, err := s.host.App.Territories.Tree(ctx, span)
		if err != nil || !first {
			return loaded{tree: tree}, err
		}
		out := loaded{tree: tree}
		if out.side, err = s.host.App.Pref(ctx, prefSide); err != nil {
			return out, err
		}
		text, err := s.host.App.Pref(ctx, prefName)
		if err == nil && json.Unmarshal([]byte(text), &out.state) != nil {
			out.state = kit.TableState{} // nothing kept yet
		}
		return out, err
	}, func(l loaded) {
		if first {
			s.ready, s.sort = true, l.state.Sort
			s.table.SetState(l.state)
			s.asMap = l.side != sideList
			s.host.Changed()
		}
		s.tree = l.tree
		s.place()
		s.show()
		s.coming = "" // what is not there by now will not come
		s.side.reload()
		if s.asMap {
			s.plan.reload()
		}
	})
}

// place puts the parts on the screen.
func (s *Screen) place() {
	in := kit.Insets{Top: kit.PadPage, Right: kit.PadPage, Bottom: kit.PadPage, Left: kit.PadPage}
	var body fyne.CanvasObject
	switch {
	case s.account != nil:
		body = s.account.root
	case s.week != nil:
		body = s.week.loader
	case s.tree != nil && len(s.tree.List) == 0 && s.tree.Total.Accounts == 0:
		o := kit.EmptyOptions{
			Icon: "territories", Title: lang.T("Who covers what"),
			Text: lang.T("Territories hold accounts and the people who cover them. Begin with a region; put smaller territories below it."),
		}
		if s.writable() {
			o.Step, o.StepIcon, o.OnTap = lang.T("Add a territory"), "plus", s.add
		}
		body = kit.NewEmpty(o)
	case s.asMap:
		body = s.plan.loader
	default:
		left := kit.NewPanel(kit.PanelOptions{Flush: true, Body: s.table})
		body = kit.Columns(kit.GapPanel, []float32{1.16, 1}, left, s.side.root)
	}
	s.root.Objects = []fyne.CanvasObject{kit.Pad(in, body)}
	s.root.Refresh()
}

// show arranges what was loaded and keeps the choice.
func (s *Screen) show() {
	if s.tree == nil {
		return
	}
	s.takeComing()
	s.lines = arrange(s.tree, s.sort, s.closed)
	rows := make(kit.SliceRows, len(s.lines))
	at := -1
	for i, l := range s.lines {
		rows[i] = s.words.treeRow(l)
		if l.id == s.chosen {
			at = i
		}
		for _, id := range s.cut {
			if l.id == id.String() {
				rows[i].Cells[0].Color, rows[i].Cells[0].Tag = kit.ColorFg2, kit.Pill{Text: lang.T("cut")}
			}
		}
	}
	s.table.SetTitle(colQuota, lang.T("Quota %s", kit.PeriodText(s.tree.Year)))
	s.table.SetRows(rows)
	s.table.SetTotals()
	if at < 0 {
		at = 0
	}
	s.table.Select(at)
}

// takeComing chooses what was added once a load has brought it.
func (s *Screen) takeComing() {
	id, err := data.ParseID(s.coming)
	if err != nil || s.tree.Get(id) == nil {
		return
	}
	s.chosen, s.coming = s.coming, ""
	for _, up := range s.tree.Path(id) {
		delete(s.closed, up.Row.ID)
	}
}

// follow shows the selected row beside the tree.
func (s *Screen) follow() {
	ids := s.table.SelectedIDs()
	if len(ids) != 1 || ids[0] == s.chosen && s.side.shown == s.chosen {
		return
	}
	s.chosen = ids[0]
	s.side.reload()
	s.host.Changed()
}

// current is the chosen territory, nil for the rows around them.
func (s *Screen) current() *app.Territory {
	id, err := data.ParseID(s.chosen)
	if err != nil || s.tree == nil {
		return nil
	}
	return s.tree.Get(id)
}

// currentLine is the chosen row.
func (s *Screen) currentLine() (line, bool) {
	for _, l := range s.lines {
		if l.id == s.chosen {
			return l, true
		}
	}
	return line{}, false
}

func (s *Screen) toggle(row int) {
	if at := s.lines[row].at; at != nil {
		s.closed[at.Row.ID] = !s.closed[at.Row.ID]
		s.show()
	}
}

// Open implements kit.Opening: a territory, an account, or a new one of either.
func (s *Screen) Open(t kit.Target) {
	switch {
	case t.New && t.Kind == data.KindAccount:
		s.addAccount()
	case t.New:
		s.add()
	case t.Kind == data.KindAccount && !t.ID.IsZero():
		s.account = newAccountPage(s, t.ID)
		s.place()
		s.account.reload()
		s.host.Changed()
	case t.Kind == data.KindPerson && !t.ID.IsZero():
		s.back()
		s.openWeek(t.ID)
	case t.Kind == data.KindPlan && !t.ID.IsZero():
		s.back()
		s.setSide(true)
		s.plan.choose(t.ID)
	case t.Kind == data.KindTerritory && !t.ID.IsZero():
		s.back()
		s.setSide(false)
		s.coming = t.ID.String()
		s.show()
	}
}

// back leaves an account for the week that it was opened from, and that or an
// account for the map or the tree.
func (s *Screen) back() {
	switch {
	case s.account != nil:
		s.account = nil
	case s.week != nil:
		s.week = nil
	default:
		return
	}
	s.place()
	s.host.Changed()
}

func (s *Screen) writable() bool { return !s.host.App.Book().ReadOnly }
