package shell

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// session is one open book in the window: its screens, what the title row has
// chosen, and which screens are out of date.
type session struct {
	app          *app.App
	host         *kit.Host
	frame        *frame
	entries      []entry
	screens      map[string]kit.Screen
	stale        map[string]bool
	current      string
	view         kit.View
	scopes       []kit.Option
	years        [2]int
	pending      data.Change // commits that wait to be shown
	kept         place       // what the book remembers
	end          func()      // stops listening to the book
	cancel       func()      // stops what still reads it
	closed       bool
	hooks        sessionHooks
	idle         func()   // calls off the count of what is to fix
	past         *app.App // the book as of a past day, nil in the present
	wanted       data.Day // the day that is looked at, or is being opened
	planned      data.Day // the day for which plans were put in force
	watch, inbox watcher
	asleep       func()              // calls off the next look at what is due
	due          []app.CalendarEntry // told, and not closed yet
	jobs         []*kit.StatusJob    // that run, the newest last
}

// sessionHooks are what the window does for a session.
type sessionHooks struct {
	menuChanged func()
	palette     func()
	replace     func(*app.Ready)
}

// prefPlace remembers where the person was.
const prefPlace = "place"

// place is what is remembered of a session.
type place struct {
	Screen string `json:"screen"`
	Period string `json:"period"`
}

// newSession builds the screens' host for a book and listens to its commits.
func newSession(ctx context.Context, a *app.App, w fyne.Window, runner kit.Runner, hooks sessionHooks) *session {
	ctx, cancel := context.WithCancel(ctx)
	s := &session{app: a, cancel: cancel, entries: entries(), screens: map[string]kit.Screen{}, stale: map[string]bool{}, hooks: hooks, idle: func() {}, asleep: func() {}}
	s.watch, s.inbox = s.watchers()
	s.host = &kit.Host{
		Context: ctx, App: a, Runner: runner, Window: w,
		Go: s.open, Say: func(text string) { s.frame.status.Say(text) }, Hint: func(text string) { s.frame.status.Hint(text) },
		View: func() kit.View { return s.view }, SetView: s.setView, Changed: s.renewTitle,
	}
	s.host.Act = s.act
	s.host.Job = s.job
	s.host.Replace = hooks.replace
	s.frame = newFrame(s)
	s.frame.status.OnJobs = s.listJobs
	today := a.Today()
	s.view = kit.View{Period: a.Book().Calendar.QuarterOf(today), AsOf: today, Today: today}
	s.end = a.Subscribe(func(c data.Change) { runner.Do(func() { s.changed(c) }) })
	return s
}

// beginning is what a session needs to know before its first screen.
type beginning struct {
	place place
	found surroundings
	me    app.Me
}

// readBeginning reads where the person was; it runs off the screen.
func readBeginning(ctx context.Context, a *app.App) (beginning, error) {
	var b beginning
	text, err := a.Pref(ctx, prefPlace)
	if err != nil {
		return b, err
	}
	if text != "" && json.Unmarshal([]byte(text), &b.place) != nil {
		b.place = place{} // a damaged memory is the same as none
	}
	if b.found, err = lookAround(ctx, a); err != nil {
		return b, err
	}
	b.me, err = a.Me(ctx)
	return b, err
}

// begin shows the place where the person was.
func (s *session) begin(b beginning) {
	s.settle(b.place, b.found)
	s.frame.showStatus(s, statusFacts{me: b.me})
	s.countSoon()
	s.watchSoon(&s.watch)
	s.watchSoon(&s.inbox)
	s.heedPlans()
	s.remindSoon()
}

// settle takes up the remembered place.
func (s *session) settle(p place, found surroundings) {
	s.kept = p
	s.scopes, s.years = found.scopes, found.years
	s.view.Part, s.view.Holder, s.view.Role = found.part, found.holder, found.role
	cal := s.app.Book().Calendar
	s.view.Period = cal.QuarterOf(found.latest)
	if p.Period != "" {
		if period, err := cal.Parse(p.Period); err == nil {
			s.view.Period = period
		}
	}
	s.view.Scope, s.view.Whose = found.scope, found.whose
	if _, ok := s.entry(p.Screen); !ok {
		p.Screen = s.entries[0].name
	}
	s.show(p.Screen)
}

func (s *session) entry(name string) (entry, bool) {
	i := slices.IndexFunc(s.entries, func(e entry) bool { return e.name == name })
	if i < 0 {
		return entry{}, false
	}
	return s.entries[i], true
}

// screen gives a screen, made when it is first needed.
func (s *session) screen(name string) kit.Screen {
	if sc, ok := s.screens[name]; ok {
		return sc
	}
	e, ok := s.entry(name)
	if !ok {
		return nil
	}
	sc := e.make(s.host)
	s.screens[name] = sc
	s.stale[name] = true
	return sc
}

// show brings a screen to the front and reloads it if it is out of date.
func (s *session) show(name string) {
	sc := s.screen(name)
	if sc == nil {
		return
	}
	s.current = name
	s.frame.show(s, name, sc)
	if s.stale[name] {
		s.stale[name] = false
		sc.Reload(s.view)
	}
	s.hooks.menuChanged()
	s.remember()
}

// enter goes to a screen from the rail: the one in front steps back from a
// record to its beginning.
func (s *session) enter(name string) {
	if t, ok := s.screens[name].(kit.Titled); ok && name == s.current {
		if steps := t.Crumbs(); len(steps) > 0 && steps[0].OnTap != nil {
			steps[0].OnTap()
			return
		}
	}
	s.show(name)
}

// open goes to a target.
func (s *session) open(t kit.Target) {
	if t.Screen == "" {
		t.Screen = s.current
	}
	sc := s.screen(t.Screen)
	if sc == nil {
		return
	}
	if o, ok := sc.(kit.Opening); ok && (t.Kind != "" || t.New || t.Paths != nil || t.Query != nil || t.Keys != nil || t.Report != "") {
		o.Open(t)
	}
	s.show(t.Screen)
}

func (s *session) setView(v kit.View) {
	if v.AsOf != s.view.AsOf {
		s.travel(v)
		return
	}
	s.choose(v)
}

// choose takes over what the title row has chosen.
func (s *session) choose(v kit.View) {
	s.view = v
	s.outdate(slices.Collect(maps.Keys(s.screens)))
	s.renewTitle()
	s.remember()
}

// outdate marks screens as out of date and reloads the one in front.
func (s *session) outdate(names []string) {
	for _, n := range names {
		s.stale[n] = true
	}
	if s.stale[s.current] {
		s.stale[s.current] = false
		s.screens[s.current].Reload(s.view)
	}
}

// changed takes note of a commit. Commits that come together are shown once.
func (s *session) changed(c data.Change) {
	if s.closed {
		return
	}
	if c.Touches(app.TopicFolder) {
		s.watchSoon(&s.watch)
	}
	if c.Touches(app.TopicInbox) {
		s.watchSoon(&s.inbox)
	}
	first := len(s.pending.Topics) == 0
	for _, t := range c.Topics {
		if t.IDs == nil {
			s.pending.MarkAll(t.Kind)
			continue
		}
		for _, id := range t.IDs {
			s.pending.Mark(t.Kind, id)
		}
	}
	if first {
		s.host.Runner.Go(func() { s.host.Runner.Do(s.catchUp) })
	}
}

// catchUp reloads what the pending commits touch.
func (s *session) catchUp() {
	if s.closed {
		return
	}
	c := s.pending
	s.pending = data.Change{}
	var names []string
	for name, sc := range s.screens {
		if c.Touches(sc.Topics()...) {
			names = append(names, name)
		}
	}
	if s.past != nil {
		s.travel(s.view) // the day may have got more edits
	} else {
		s.outdate(names)
	}
	if c.Touches(app.CalendarKinds()...) {
		s.remindSoon()
	}
	if c.Touches(data.KindPerson, data.KindTerritory, data.KindSetting, data.KindDeal, data.KindAccount) {
		s.refreshSurroundings()
	}
}

// refreshSurroundings renews what stands around every screen: the scopes to
// choose from and the status bar.
func (s *session) refreshSurroundings() {
	s.host.Runner.Go(func() {
		found, err := lookAround(s.host.Context, s.app)
		if err != nil {
			return // the screen that failed to load says why
		}
		s.host.Runner.Do(func() {
			if s.closed {
				return
			}
			s.scopes, s.years = found.scopes, found.years
			s.view.Part, s.view.Holder, s.view.Role = found.part, found.holder, found.role
			s.renewTitle()
		})
	})
	s.countSoon()
}

// countPause is how long nothing must change before what is to fix is counted
// again: it reads all deals.
const countPause = 2 * time.Second

func (s *session) countSoon() {
	s.idle()
	s.idle = s.host.Runner.After(countPause, s.count)
}

// count renews the status bar.
func (s *session) count() {
	s.host.Runner.Go(func() {
		status, err := readStatus(s.host.Context, s.app)
		s.host.Runner.Do(func() {
			if err == nil && !s.closed {
				s.frame.showStatus(s, status)
			}
		})
	})
}

func (s *session) renewTitle() {
	if sc := s.screens[s.current]; sc != nil {
		s.frame.showTitle(s, sc)
		s.hooks.menuChanged()
	}
}

// remember keeps the place for the next start.
func (s *session) remember() {
	now := place{Screen: s.current, Period: s.view.Period.Name}
	if now != s.kept {
		s.kept = now
		s.host.Remember(prefPlace, now)
	}
}

// act runs one call of app and says how it went.
func (s *session) act(what string, call func(ctx context.Context) error, then func()) {
	s.host.Runner.Go(func() {
		err := call(s.host.Context)
		s.host.Runner.Do(func() {
			if err != nil {
				kit.Failure(s.host.Window, what, err, nil)
				return
			}
			s.host.Say(what)
			if then != nil {
				then()
			}
		})
	})
}

// close lets the book go.
func (s *session) close() error {
	s.closed = true
	s.idle()
	s.asleep()
	s.cancel()
	s.watch.end()
	s.inbox.end()
	s.end()
	if s.past != nil {
		return errors.Join(s.past.Close(), s.app.Close())
	}
	return s.app.Close()
}
