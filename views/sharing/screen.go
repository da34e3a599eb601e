// Package sharing is the screen on which work is swapped with other people by
// share files: give a file, look at what one would bring, merge it, and settle
// what two people changed at the same time.
package sharing

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// logLimit is how far back the history of sharing looks.
const logLimit = 2000

// Screen shows the conflict inbox and the history of sharing, or the preview
// of files that are about to be merged.
type Screen struct {
	host   *kit.Host
	loader *kit.Loader
	root   *fyne.Container

	paths   []string    // files to look at
	preview *app.Merged // what they would bring; nil while there are none
	last    *app.Merged // what came last in this session

	state   state
	filter  filter // which conflicts are shown
	current string // the chosen conflict's row, or the step that settled one
	history *kit.Table
	undoer  *kit.Button
	tab     int // which part of the screen is in front
	members *membersPage
	refused *refusedPage
	folder  *folderPage
	opening opening
}

// The parts of the screen, in the order of their tabs.
const (
	tabInbox = iota
	tabMembers
	tabRefused
	tabFolder
)

// state is what the inbox and the history are drawn from.
type state struct {
	clashes []app.Clash
	events  []event
	shared  app.Shared
	ever    bool // something was shared from here
	members memberState
	held    []app.Held // in quarantine
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Opening    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

// New returns the screen.
func New(h *kit.Host) *Screen {
	s := &Screen{host: h, root: container.NewStack()}
	s.loader = h.Loader(s.root)
	s.members, s.refused, s.folder = &membersPage{screen: s}, &refusedPage{screen: s}, &folderPage{screen: s}
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen: a conflict may stand on any record.
func (s *Screen) Topics() []string { return nil }

// Open implements kit.Opening: share files are looked at before they are merged.
func (s *Screen) Open(t kit.Target) {
	if len(t.Paths) > 0 {
		s.tab = tabInbox
		s.look(t.Paths)
	}
}

// Reload implements kit.Screen.
func (s *Screen) Reload(kit.View) {
	if s.tab == tabFolder {
		s.folder.reload()
		return
	}
	if len(s.paths) > 0 {
		s.loadPreview()
		return
	}
	kit.Load(s.loader, s.read, func(st state) {
		s.state = st
		s.show()
	})
}

// read loads the inbox and the history.
func (s *Screen) read(ctx context.Context) (st state, err error) {
	a := s.host.App
	if st.clashes, err = a.Journal.Clashes(ctx); err != nil {
		return st, err
	}
	slices.SortStableFunc(st.clashes, func(x, y app.Clash) int { return int(newest(y) - newest(x)) })
	if st.shared, st.ever, err = a.Sharing.Last(ctx); err != nil {
		return st, err
	}
	if st.members, err = s.members.load(ctx); err != nil {
		return st, err
	}
	if st.held, err = a.Members.Quarantine(ctx); err != nil {
		return st, err
	}
	log, err := a.Journal.Log(ctx, logLimit)
	if err != nil {
		return st, err
	}
	steps, err := a.Journal.Steps(ctx, logLimit)
	if err != nil {
		return st, err
	}
	undone := map[data.ID]bool{}
	for _, x := range steps {
		undone[x.Txn] = x.Undone
	}
	for _, e := range log {
		if sharing, merge := isSharing(e.What); sharing {
			gone, mine := undone[e.ID]
			st.events = append(st.events, event{e.ID, e.Stamp.Instant(), e.Name, e.Device, e.What, e.Rows, merge, mine, gone})
		}
	}
	return st, nil
}

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb { return nil }

// Tools implements kit.Titled: whose conflicts are shown, and the way back from
// a preview.
func (s *Screen) Tools() []fyne.CanvasObject {
	if len(s.paths) > 0 {
		return []fyne.CanvasObject{kit.NewButton(kit.ButtonOptions{Text: lang.T("Cancel"), OnTap: s.leave})}
	}
	out := []fyne.CanvasObject{s.tabs()}
	if s.tab != tabInbox {
		return out
	}
	if names := people(s.state.clashes); len(names) > 1 {
		options := []kit.Option{{Key: everyone, Text: lang.T("Everyone")}}
		for _, n := range names {
			options = append(options, kit.Option{Key: n, Text: n})
		}
		chosen := s.filter.person
		if chosen == "" {
			chosen = everyone
		}
		out = append(out, kit.NewPicker(kit.PickerOptions{Icon: "user", Options: options, OnPick: s.pickPerson}, chosen))
	}
	if fields := fieldsOf(s.state.clashes); len(fields) > 1 {
		out = append(out, s.fieldPicker(fields))
	}
	if !s.readOnly() {
		out = append(out, kit.NewButton(kit.ButtonOptions{Text: lang.T("Receive a file"), Icon: "download", OnTap: s.chooseFile}))
	}
	return out
}

// tabs lead to the parts of the screen.
func (s *Screen) tabs() fyne.CanvasObject {
	refused := lang.T("Refused")
	if n := len(s.state.held); n > 0 {
		refused = lang.T("Refused, %d", n)
	}
	face := kit.NewSegmented([]kit.Segment{{Text: lang.T("Inbox")}, {Text: lang.T("Members")}, {Text: refused}, {Text: lang.T("Shared folder")}}, s.turn)
	face.SetCurrent(s.tab)
	return face
}

// turn brings a part of the screen to the front, and leaves a preview.
func (s *Screen) turn(tab int) {
	s.tab = tab
	s.leave()
}

// everyone is the picker's key for all conflicts.
const everyone = "*"

func (s *Screen) pickPerson(keys []string) {
	if len(keys) != 1 {
		return
	}
	s.filter.person = keys[0]
	if s.filter.person == everyone {
		s.filter.person = ""
	}
	s.show()
}

// fieldPicker chooses of which field the conflicts are shown.
func (s *Screen) fieldPicker(fields []fieldOf) fyne.CanvasObject {
	options := []kit.Option{{Key: everyone, Text: lang.T("All fields")}}
	for _, f := range fields {
		label := f.kind
		if k, err := data.KindByName(f.kind); err == nil {
			label = k.Label
		}
		options = append(options, kit.Option{Key: f.kind + "/" + f.label, Text: lang.T(f.label), Detail: lang.T(label)})
	}
	chosen := everyone
	if f := s.filter.field; f.label != "" {
		chosen = f.kind + "/" + f.label
	}
	return kit.NewPicker(kit.PickerOptions{Icon: "filter", Options: options, OnPick: s.pickField}, chosen)
}

func (s *Screen) pickField(keys []string) {
	if len(keys) != 1 {
		return
	}
	s.filter.field = fieldOf{}
	if kind, label, ok := strings.Cut(keys[0], "/"); ok {
		s.filter.field = fieldOf{kind, label}
	}
	s.show()
}

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	switch {
	case len(s.paths) > 0:
		return s.previewAction()
	case s.tab == tabFolder:
		return s.folder.primary()
	case s.tab == tabMembers:
		if a := s.members.primary(); a != nil {
			return a
		}
	}
	return &kit.Action{Text: lang.T("Share…"), Icon: "upload", Do: s.askShare}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	if s.tab == tabFolder {
		return s.folder.commands()
	}
	out := []kit.Action{
		{Text: lang.T("Share…"), Icon: "upload", Do: s.askShare},
		{Text: lang.T("Share everything"), Icon: "upload", Do: s.share},
		{Text: lang.T("Members of the book"), Icon: "users", Do: func() { s.turn(tabMembers) }},
		{Text: lang.T("Refused changes"), Icon: "x", Do: func() { s.turn(tabRefused) }},
		{Text: lang.T("Shared folder"), Icon: "folder", Do: func() { s.turn(tabFolder) }},
	}
	if s.readOnly() {
		return out
	}
	if a := s.members.primary(); a != nil {
		out = append(out, *a)
	}
	out = append(out, kit.Action{Text: lang.T("Receive a file"), Icon: "download", Do: s.chooseFile})
	if s.filter.person != "" {
		out = append(out, kit.Action{Text: lang.T("Keep everything of %s", s.filter.person), Icon: "user", Do: s.keepPerson})
	}
	if len(s.state.clashes) > 0 {
		out = append(out, kit.Action{Text: lang.T("Keep all mine"), Icon: "check", Do: func() { s.keepAll(app.Choice{Mine: true}) }},
			kit.Action{Text: lang.T("Keep all theirs"), Icon: "check", Do: func() { s.keepAll(app.Choice{}) }})
	}
	if e, ok := s.lastMerge(); ok {
		out = append(out, kit.Action{Text: lang.T("Undo the last merge"), Icon: "undo", Do: func() { s.undo(e) }})
	}
	return out
}

// lastMerge is the newest merge that can be taken back.
func (s *Screen) lastMerge() (event, bool) {
	for _, e := range s.state.events {
		if e.merge && e.mine && !e.undone {
			return e, true
		}
	}
	return event{}, false
}

func (s *Screen) readOnly() bool { return s.host.App.Book().ReadOnly }

// show draws where sharing stands.
func (s *Screen) show() {
	s.members.state, s.refused.list = s.state.members, s.state.held
	content := s.inbox
	switch {
	case s.opening.asks:
		content = s.passphrasePage
	case s.preview != nil:
		content = s.previewPage
	case s.tab == tabMembers:
		content = s.members.content
	case s.tab == tabRefused:
		content = s.refused.content
	case s.tab == tabFolder:
		content = s.folder.content
	case len(s.state.clashes) == 0 && len(s.state.events) == 0 && !s.state.ever:
		content = s.empty
	}
	s.root.Objects = []fyne.CanvasObject{content()}
	s.root.Refresh()
	s.host.Changed()
}

func (s *Screen) empty() fyne.CanvasObject {
	return kit.NewEmpty(kit.EmptyOptions{
		Icon: "sharing", Title: lang.T("Work together by files"),
		Text: lang.T("Share writes one file for a colleague, a stick or a shared folder. Drop a colleague's .fieldbook file on the window to see what it would bring; nothing is lost when both changed the same thing, and a merge is undone in one step."),
		Step: lang.T("Share…"), StepIcon: "upload", OnTap: s.askShare,
	})
}
