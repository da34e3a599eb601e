// Package roster is the screen of the people: who reports to whom, who covers
// what, and what happens when somebody comes, moves or leaves.
package roster

import (
	"context"
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Screen shows the roster as a tree or as a table, and the person chosen beside it.
type Screen struct {
	host   *kit.Host
	loader *kit.Loader
	root   *fyne.Container
	table  *kit.Table
	panel  *kit.Panel
	tree   *kit.Segmented
	bar    *filterBar
	bulk   *bulkBar
	side   *side

	list   *app.RosterList
	layout layout
	lines  []line
	kept   pref
	ready  bool      // the kept layout has been read
	cut    []data.ID // people to be put under somebody else
	goal   data.ID   // to be chosen once it is loaded
	words  words

	faces   map[int]face // the other sides, by their place among the segments
	current int
}

// pref is what is remembered of the screen on this device.
type pref struct {
	Table bool           `json:"table"`
	State kit.TableState `json:"state"`
}

const prefName = "roster"

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Opening    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

const sideWidth = 332

// New returns the screen as a tree of everybody who has not left.
func New(h *kit.Host) *Screen {
	s := &Screen{host: h, layout: layout{tree: true, filter: filter{status: statusHere}, closed: map[data.ID]bool{}}}
	s.words = words{kit.Words{Num: h.NumbersOf(), Today: h.App.Today()}}
	s.tree = kit.NewSegmented([]kit.Segment{{Text: lang.T("Tree")}, {Text: lang.T("List")}, {Text: lang.T("Hire")}, {Text: lang.T("Start")}, {Text: lang.T("Skills")}, {Text: lang.T("Cases")}}, s.turn)
	s.bar = newFilterBar(s)
	s.bulk = newBulkBar(s)
	s.side = newSide(s)
	s.table = kit.NewTable(s.tableOptions())
	s.panel = kit.NewPanel(kit.PanelOptions{Flush: true, Body: container.NewBorder(nil, s.bulk.root, nil, nil, s.table)})
	s.root = container.NewStack()
	s.faces = s.newFaces()
	s.place()
	s.loader = h.Loader(s.root)
	return s
}

func (s *Screen) tableOptions() kit.TableOptions {
	const right = fyne.TextAlignTrailing
	empty := kit.EmptyOptions{
		Icon: "users", Title: lang.T("Nobody here"),
		Text: lang.T("No person passes the filter. Choose another, or show everybody."),
		Step: lang.T("Show everybody"), OnTap: s.showEverybody,
	}
	return kit.TableOptions{
		Columns: []kit.Column{
			{Key: colName, Title: lang.T("Person"), Width: 200, Grow: 1, Sort: true, Fixed: true},
			{Key: colRole, Title: lang.T("Role"), Width: 76, Sort: true},
			{Key: colManager, Title: lang.T("Manager"), Width: 130, Sort: true, Hidden: true},
			{Key: colRegion, Title: lang.T("Region"), Width: 76, Sort: true},
			{Key: colTerritory, Title: lang.T("Territory"), Width: 120, Sort: true},
			{Key: colOpen, Title: lang.T("Open"), Width: 56, Align: right, Sort: true, DescFirst: true},
			{Key: colOpenValue, Title: lang.T("Open value"), Width: 84, Align: right, Sort: true, DescFirst: true},
			{Key: colWon, Title: lang.T("Won"), Width: 84, Align: right, Sort: true, DescFirst: true},
			{Key: colQuota, Title: lang.T("Quota"), Width: 90, Align: right, Sort: true, DescFirst: true},
			{Key: colHired, Title: lang.T("Hired"), Width: 104, Align: right, Sort: true},
			{Key: colStatus, Title: lang.T("Status"), Width: 80, Sort: true},
			{Key: colEmail, Title: lang.T("Email"), Width: 160, Sort: true, Hidden: true},
			{Key: colPhone, Title: lang.T("Phone"), Width: 120, Hidden: true},
		},
		Select: kit.SelectMany, Check: true, Empty: kit.NewEmpty(empty),
		OnSelect: s.chosen, OnExpand: s.toggle, OnOpen: func(row int) { s.edit(s.lines[row].member.Row.ID) },
		OnSort:  func(keys []kit.SortKey) { s.layout.sort = keys; s.show() },
		OnState: func(state kit.TableState) { s.kept.State = state; s.keep() },
		OnMenu:  s.menu, OnCut: s.cutChosen, OnPasteRow: s.pasteUnder,
	}
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string {
	return []string{
		data.KindPerson, data.KindTerritory, data.KindAssignment, data.KindDeal, data.KindQuota, data.KindRate, data.KindStage, data.KindProduct, data.KindAccount,
		data.KindOpening, data.KindCandidate, data.KindScorecard, data.KindOnboardingTemplate, data.KindOnboardingStep, data.KindOnboarding, data.KindOnboardingTask,
		data.KindRamp, data.KindSkill, data.KindSkillLevel, data.KindModule, data.KindTraining, data.KindDispute, data.KindActivity,
	}
}

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Period: true, AsOf: true} }

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb { return nil }

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject { return []fyne.CanvasObject{s.tree} }

// loaded is what one reload brings.
type loaded struct {
	list *app.RosterList
	kept pref
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	s.words.Today = v.AsOf
	if f, other := s.faces[s.current]; other {
		s.reloadFace(f, v)
		return
	}
	first := !s.ready
	kit.Load(s.loader, func(ctx context.Context) (loaded, error) {
		list, err := s.host.App.Roster.List(ctx, app.Span{Period: v.Period, Today: v.AsOf})
		if err != nil {
			return loaded{}, err
		}
		out := loaded{list: list}
		if first {
			text, err := s.host.App.Pref(ctx, prefName)
			if err != nil {
				return out, err
			}
			if json.Unmarshal([]byte(text), &out.kept) != nil {
				out.kept = pref{} // nothing kept yet
			}
		}
		return out, nil
	}, func(l loaded) {
		if first {
			s.takeUp(l.kept)
		}
		s.list = l.list
		s.place()
		s.show()
		s.goal = data.NoID // who is not there by now will not come
		s.side.reload()
	})
}

// takeUp puts the screen as it stood.
func (s *Screen) takeUp(p pref) {
	s.ready, s.kept = true, p
	s.layout.tree, s.layout.sort = !p.Table, p.State.Sort
	if p.Table {
		s.current = faceTable
		s.tree.SetCurrent(faceTable)
	}
	s.table.SetState(p.State)
}

// keep remembers how the screen stands.
func (s *Screen) keep() { s.host.Remember(prefName, s.kept) }

// place puts the parts on the screen: the first step in an empty book, else
// the roster and, where one person is chosen, that person beside it.
func (s *Screen) place() {
	body := fyne.CanvasObject(container.NewBorder(kit.Pad(kit.Insets{Bottom: kit.GapPanel}, s.bar.root), nil, nil, s.side.root, s.panel))
	if s.list != nil && len(s.list.Members) == 0 {
		o := kit.EmptyOptions{
			Icon: "users", Title: lang.T("Who sells for you"),
			Text: lang.T("The roster keeps people, whom they report to, and which territory each covers. Quotas and figures follow it."),
		}
		if s.writable() {
			o.Step, o.StepIcon, o.OnTap = lang.T("Add a person"), "plus", s.hire
		}
		body = kit.NewEmpty(o)
	}
	in := kit.Insets{Top: kit.PadPage, Right: kit.PadPage, Bottom: kit.PadPage, Left: kit.PadPage}
	s.root.Objects = []fyne.CanvasObject{kit.Pad(in, body)}
	s.root.Refresh()
}

// show arranges what was loaded.
func (s *Screen) show() {
	if s.list == nil {
		return
	}
	s.lines = arrange(s.list.Members, s.layout)
	rows := make(kit.SliceRows, len(s.lines))
	for i, l := range s.lines {
		rows[i] = s.words.tableRow(l, s.layout.tree)
		if slices.Contains(s.cut, l.member.Row.ID) {
			rows[i].Cells[0].Color, rows[i].Cells[0].Tag = kit.ColorFg2, kit.Pill{Text: lang.T("cut")}
		}
	}
	s.table.SetTitle(colQuota, lang.T("Quota %s", kit.PeriodText(s.list.Year)))
	s.table.SetRows(rows)
	s.table.SetTotals(s.words.totals(s.list.Members, s.layout.filter))
	s.bar.show()
	s.aim()
	s.chosen()
}

// aim selects the person that the screen was opened for. One who was added just
// now comes with the next load.
func (s *Screen) aim() {
	if s.goal.IsZero() {
		return
	}
	for i, l := range s.lines {
		if l.member.Row.ID == s.goal {
			s.goal = data.NoID
			s.table.Select(i)
			return
		}
	}
	m := s.member(s.goal)
	if m == nil {
		return
	}
	// The person is there but filtered out or folded away: show everybody.
	s.layout.filter, s.layout.closed = filter{}, map[data.ID]bool{}
	s.bar.reset()
	s.show()
}

func (s *Screen) member(id data.ID) *app.Member {
	for i := range s.list.Members {
		if s.list.Members[i].Row.ID == id {
			return &s.list.Members[i]
		}
	}
	return nil
}

// Open implements kit.Opening: a person, or a new one.
func (s *Screen) Open(t kit.Target) {
	switch {
	case t.New:
		s.hire()
	case t.Kind == data.KindPerson && !t.ID.IsZero():
		s.goal = t.ID
		if s.current > faceTable {
			s.turn(faceTree)
			return
		}
		s.show()
	}
}

// toggle shows or hides who reports to the person of a row.
func (s *Screen) toggle(row int) {
	id := s.lines[row].member.Row.ID
	s.layout.closed[id] = !s.layout.closed[id]
	s.show()
}

// chosen follows the selection: bulk actions for several, a panel for one.
func (s *Screen) chosen() {
	ids := s.selected()
	s.bulk.show(ids)
	if len(ids) == 1 {
		s.side.open(ids[0])
	} else {
		s.side.open(data.NoID)
	}
	s.host.Changed()
}

// selected are the ids of the selected people.
func (s *Screen) selected() []data.ID {
	var out []data.ID
	for _, text := range s.table.SelectedIDs() {
		if id, err := data.ParseID(text); err == nil {
			out = append(out, id)
		}
	}
	return out
}

func (s *Screen) showEverybody() {
	s.layout.filter = filter{}
	s.bar.reset()
	s.show()
}

func (s *Screen) writable() bool { return !s.host.App.Book().ReadOnly }
