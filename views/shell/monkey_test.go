package shell

import (
	"fmt"
	"runtime/debug"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// holding is a runner that holds work back once it is told to, as a slow
// computer does.
type holding struct {
	kittest.Queue
	hold bool
}

func (h *holding) Go(work func()) {
	if h.hold {
		h.Queue.Go(work)
		return
	}
	work()
}

// TestNothingBreaksBeforeTheFiguresCome goes to every screen and each of its
// faces while what they show has not been read yet, looks at its menu, runs all
// that can be run there, types keys, and then lets everything arrive.
func TestNothingBreaksBeforeTheFiguresCome(t *testing.T) {
	for _, e := range entries() {
		t.Run(e.name, func(t *testing.T) {
			m := newMonkey(t, 60)
			m.runner.hold = true
			m.visit(e.name)
			m.does("what comes late", func() { m.runner.hold = false; m.runner.Pass(); m.runner.RunAll() })
		})
	}
}

// TestNothingBreaksWhateverIsPressed does the same on screens that stand, of a
// made-up company and of an empty book.
func TestNothingBreaksWhateverIsPressed(t *testing.T) {
	for _, e := range entries() {
		for words, deals := range map[string]int{"": 60, " of an empty book": 0} {
			t.Run(e.name+words, func(t *testing.T) { newMonkey(t, deals).visit(e.name) })
		}
	}
}

// TestNothingBreaksOnPages does it on the pages of records, and on forms of new ones.
func TestNothingBreaksOnPages(t *testing.T) {
	for _, p := range []struct {
		screen string
		kinds  []string
	}{
		{"pipeline", []string{data.KindDeal}},
		{"coaching", []string{data.KindPerson}},
		{"roster", []string{data.KindPerson}},
		{"market", []string{data.KindSegment, data.KindCompetitor, data.KindJourney}},
		{"review", []string{data.KindMeeting}},
		{"territories", []string{data.KindTerritory, data.KindAccount, data.KindPlan, data.KindPerson}},
		{"dashboards", []string{data.KindDashboard}},
	} {
		for _, kind := range p.kinds {
			t.Run(p.screen+" "+kind, func(t *testing.T) {
				m := newMonkey(t, 60)
				rows, err := m.sh.session.app.Records.List(t.Context(), data.Query{Kind: kind, Limit: 1})
				if err != nil {
					t.Fatal(err)
				}
				to := kit.Target{Screen: p.screen, Kind: kind, New: len(rows) == 0}
				if len(rows) > 0 {
					to.ID = rows[0].ID
				}
				m.does("going there", func() { m.sh.session.open(to) })
				m.actions()
				m.does("going there again", func() { m.sh.session.open(to) })
				m.buttons(p.screen)
			})
		}
	}
}

// monkey tries everything, and goes on where a step breaks.
type monkey struct {
	*testing.T
	sh     *shell
	runner *holding
}

func newMonkey(t *testing.T, deals int) *monkey {
	t.Helper()
	m := &monkey{T: t, runner: &holding{}}
	m.sh = newShell(t.Context(), kittest.App(t, false), Options{Config: config(), Folder: t.TempDir(), Zone: "UTC", Runner: m.runner})
	t.Cleanup(func() {
		if err := m.sh.closeSession(); err != nil {
			t.Error(err)
		}
	})
	if err := m.sh.createBook(kit.Values{"name": "North", "currency": "USD", "fiscal": "1", "as": "", "role": data.RoleManager}, nil); err != nil {
		t.Fatal(err)
	}
	a := m.sh.session.app
	a.Printing.Spooler, a.Printing.Folder = &kittest.Tray{}, t.TempDir()
	if deals > 0 {
		kittest.Sample(t, a, deals)
	}
	return m
}

// visit goes through the faces of a screen, and once more in the past.
func (m *monkey) visit(name string) {
	s := m.sh.session
	m.does("going there", func() { s.enter(name) })
	m.actions()
	m.buttons(name)
	for i := range kittest.FindAll[*kit.Segmented](m.sh.window.Content()) {
		m.does(fmt.Sprintf("the %d. choice", i+1), func() { m.choose(i) })
	}
	m.does("the past", func() { s.setView(kit.View{Period: s.view.Period, AsOf: data.NewDay(2026, 3, 2), Today: s.view.Today}) })
	m.actions()
}

// does fails the test where a step panics.
func (m *monkey) does(what string, step func()) {
	m.Helper()
	defer func() {
		if r := recover(); r != nil {
			m.Errorf("%s: %v\n%s", what, r, debug.Stack())
		}
	}()
	step()
}

// actions runs all that the menu and the keys offer.
func (m *monkey) actions() {
	m.Helper()
	for i, n := 0, 1; i < n; i++ {
		m.does("the menu", func() {
			all := m.sh.screenActions()
			if n = len(all); i < n {
				m.does(all[i].Text, all[i].Do)
			}
		})
		m.clear()
	}
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn, fyne.KeySpace, fyne.KeyRight, fyne.KeyLeft, fyne.KeyUp, fyne.KeyDelete, fyne.KeyF2, fyne.KeyN, fyne.KeyEscape} {
		m.does("the key "+string(key), func() { (&kittest.Hand{Window: m.sh.window}).Key(key) })
		m.clear()
	}
}

// buttons presses every button and link of a screen, each on the screen as the
// one before left it.
func (m *monkey) buttons(name string) {
	m.Helper()
	s := m.sh.session
	for i := 0; ; i++ {
		root := s.screens[name].Content()
		buttons, links := kittest.FindAll[*kit.Button](root), kittest.FindAll[*kit.Link](root)
		switch n := i - len(buttons); {
		case n < 0:
			m.does(fmt.Sprintf("the %d. button", i+1), func() {
				if !buttons[i].Disabled() {
					buttons[i].Tapped(nil)
				}
			})
		case n < len(links):
			m.does(fmt.Sprintf("the %d. link", n+1), func() { links[n].Tapped(nil) })
		default:
			return
		}
		m.clear()
		m.does("coming back", func() { s.show(name) })
	}
}

// choose goes through the segments of the n-th choice on the screen.
func (m *monkey) choose(n int) {
	m.Helper()
	for i := 0; ; i++ {
		all := kittest.FindAll[*kit.Segmented](m.sh.window.Content())
		if n >= len(all) {
			return
		}
		buttons := kittest.FindAll[*kit.Button](all[n])
		if i >= len(buttons) {
			return
		}
		buttons[i].Tapped(nil)
		m.actions()
	}
}

// clear takes away what has opened.
func (m *monkey) clear() {
	over := m.sh.window.Canvas().Overlays()
	for top := over.Top(); top != nil; top = over.Top() {
		over.Remove(top)
	}
}
