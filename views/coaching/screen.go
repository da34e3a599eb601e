// Package coaching is the screen of what a manager does with the people who
// report to him: talks, commitments, goals, reviews and recognition.
package coaching

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Faces of the screen.
const (
	facePeople = iota
	faceWall
	faceRules
)

// Screen shows the team with one person's page beside it, the wall of
// recognition, or the rules and templates behind them.
type Screen struct {
	host   *kit.Host
	loader *kit.Loader
	root   *fyne.Container
	faces  *kit.Segmented
	table  *kit.Table
	list   *kit.Panel
	page   *fyne.Container
	lists  []*kit.Records // of the face of rules
	words  words

	team   *app.CoachingTeam
	person *app.CoachingPage
	wall   []data.Row
	earned []app.Suggestion // on the wall
	chosen data.ID
	face   int
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Opening    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

const listWidth = 452

// New returns the screen on the team.
func New(h *kit.Host) *Screen {
	s := &Screen{host: h, root: container.NewStack(), page: container.NewStack()}
	s.words = words{kit.Words{Num: h.NumbersOf(), Today: h.App.Today()}}
	s.faces = kit.NewSegmented([]kit.Segment{{Text: lang.T("People")}, {Text: lang.T("Wall")}, {Text: lang.T("Rules")}}, func(i int) {
		s.turn(i)
		s.host.Changed()
	})
	const right = fyne.TextAlignTrailing
	s.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "person", Title: lang.T("Person"), Width: 130, Grow: 1, Fixed: true},
			{Key: "last", Title: lang.T("Last"), Width: 62, Align: right},
			{Key: "next", Title: lang.T("Next"), Width: 62, Align: right},
			{Key: "open", Title: lang.T("Promised"), Width: 72, Align: right},
			{Key: "attained", Title: lang.T("Attained"), Width: 68, Align: right},
		},
		Empty:    kit.NewEmpty(kit.EmptyOptions{Icon: "users", Title: lang.T("Nobody here"), Text: lang.T("Nobody of this scope reports to you. Choose another scope, or put people under you in the roster.")}),
		OnSelect: s.picked,
	})
	s.list = kit.NewPanel(kit.PanelOptions{Title: lang.T("My people"), Flush: true, Body: s.table})
	s.lists = []*kit.Records{s.rules(), s.templates()}
	s.loader = h.Loader(s.root)
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string {
	return append(app.FigureKinds(), data.KindOneOnOne, data.KindCommitment, data.KindGoal, data.KindMentoring, data.KindReview, data.KindReviewTemplate, data.KindRecognition,
		data.KindRecognitionRule, data.KindOnboardingTask, data.KindTraining, data.KindForecastCall)
}

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Period: true, Scope: true, AsOf: true} }

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb { return nil }

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject { return []fyne.CanvasObject{s.faces} }

// loaded is what one reload brings.
type loaded struct {
	team   *app.CoachingTeam
	person *app.CoachingPage
	wall   []data.Row
	earned []app.Suggestion
	show   func() // of the face of rules
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	s.words.Today = v.AsOf
	q := app.FigureQuery{Period: v.Period, AsOf: v.AsOf, Scope: v.Scope}
	face, chosen := s.face, s.chosen
	kit.Load(s.loader, func(ctx context.Context) (loaded, error) { return s.load(ctx, face, chosen, q) }, s.show)
}

func (s *Screen) load(ctx context.Context, face int, chosen data.ID, q app.FigureQuery) (out loaded, err error) {
	c := s.host.App.Coaching
	if face == faceRules {
		out.show, err = kit.LoadRecords(ctx, s.lists...)
		return out, err
	}
	if out.team, err = c.Team(ctx, q); err != nil {
		return out, err
	}
	switch {
	case face == faceWall:
		if out.wall, err = c.Wall(ctx, data.NoDay); err == nil {
			out.earned, err = c.Suggestions(ctx, out.team.People, q.AsOf)
		}
	case len(out.team.People) > 0:
		out.person, err = c.Person(ctx, firstTalk(out.team.People, chosen), q)
	}
	return out, err
}

// firstTalk is the person chosen, else the one whose talk is due first.
func firstTalk(people []app.Coachee, chosen data.ID) data.ID {
	at := 0
	for i, p := range people {
		if p.Row.ID == chosen {
			return chosen
		}
		if next := people[at].Next; p.Next.Valid() && (!next.Valid() || p.Next < next) {
			at = i
		}
	}
	return people[at].Row.ID
}

func (s *Screen) show(l loaded) {
	in := kit.Insets{Top: kit.PadPage, Right: kit.PadPage, Bottom: kit.PadPage, Left: kit.PadPage}
	var body fyne.CanvasObject
	if l.team != nil {
		s.team = l.team
	}
	switch s.face {
	case faceWall:
		s.wall, s.earned = l.wall, l.earned
		body = s.wallFace()
	case faceRules:
		l.show()
		body = container.NewGridWithRows(len(s.lists), s.lists[0].Content(), kit.Pad(kit.Insets{Top: kit.GapPanel}, s.lists[1].Content()))
	default:
		s.person = l.person
		body = s.peopleFace()
	}
	s.root.Objects = []fyne.CanvasObject{kit.Pad(in, body)}
	s.root.Refresh()
	s.host.Changed()
}

// peopleFace is the team and, beside it, the page of one of them; a rep has his
// own page alone.
func (s *Screen) peopleFace() fyne.CanvasObject {
	if s.person == nil {
		o := kit.EmptyOptions{
			Icon: "coaching", Title: lang.T("Whom you look after"),
			Text: lang.T("Coaching keeps talks with the people who report to you: what was promised, what came of it, goals, reviews and recognition. Add people in the roster to begin."),
			Step: lang.T("Open the roster"), OnTap: func() { s.host.Go(kit.Target{Screen: "roster"}) },
		}
		return kit.NewEmpty(o)
	}
	s.chosen = s.person.Row.ID
	s.page.Objects = []fyne.CanvasObject{s.personPage()}
	s.page.Refresh()
	if s.team.Own {
		return s.page
	}
	rows, at := make(kit.SliceRows, len(s.team.People)), 0
	for i, p := range s.team.People {
		rows[i] = s.words.coachee(p)
		if p.Row.ID == s.chosen {
			at = i
		}
	}
	s.table.SetRows(rows)
	s.table.SetTotals(s.words.teamTotals(s.team))
	if ids := s.table.SelectedIDs(); len(ids) != 1 || ids[0] != s.chosen.String() {
		s.table.Select(at)
	}
	s.list.SetCaption(lang.N("%d person", "%d people", len(rows), len(rows)))
	return container.NewBorder(nil, nil, kit.MinBox(fyne.NewSize(listWidth, 0), s.list), nil, kit.Pad(kit.Insets{Left: kit.GapPanel}, s.page))
}

// picked opens the page of who was selected.
func (s *Screen) picked() {
	ids := s.table.SelectedIDs()
	if len(ids) != 1 || ids[0] == s.chosen.String() {
		return
	}
	if id, err := data.ParseID(ids[0]); err == nil {
		s.chosen = id
		s.Reload(s.host.View())
	}
}

// Open implements kit.Opening: a person, or somebody's record.
func (s *Screen) Open(t kit.Target) {
	if t.Kind == data.KindPerson && !t.ID.IsZero() {
		s.chosen = t.ID
		s.turn(facePeople)
	}
}

func (s *Screen) writable() bool { return !s.host.App.Book().ReadOnly }

// leads reports whether who looks may review and recognise.
func (s *Screen) leads() bool { return s.writable() && s.team != nil && !s.team.Own }

func (s *Screen) rules() *kit.Records {
	return kit.NewRecords(kit.RecordsOptions{
		Host: s.host, Kind: data.KindRecognitionRule, Title: lang.T("Rules of recognition"), Caption: lang.T("who reaches one is suggested on the wall; shares in percent, money in whole units"),
		Add: lang.T("Add a rule"), Columns: []string{"name", "metric", "threshold", "every", "retired", "note"}, Sort: []data.Sort{{Field: "name"}},
		Empty: kit.EmptyOptions{Icon: "star", Title: lang.T("No rules yet"), Text: lang.T("A rule names a figure and how much of it deserves to be recognised, each month, quarter or year.")},
	})
}

func (s *Screen) templates() *kit.Records {
	return kit.NewRecords(kit.RecordsOptions{
		Host: s.host, Kind: data.KindReviewTemplate, Title: lang.T("Review templates"), Caption: lang.T("the questions that a review begins with, one a line"),
		Add: lang.T("Add a template"), Columns: []string{"name", "type", "role", "questions"}, Sort: []data.Sort{{Field: "name"}},
		Empty: kit.EmptyOptions{Icon: "file", Title: lang.T("No templates yet"), Text: lang.T("A template holds the questions of quarterly or yearly reviews.")},
	})
}
