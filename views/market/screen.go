// Package market is the screen of whom the company sells to and against whom:
// segments, the accounts worth most, competitors and how customers buy.
package market

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// The faces of the screen, in the order of the switch.
const (
	onSegments = iota
	onAccounts
	onCompetitors
	onJourneys
)

// Screen shows one of its faces.
type Screen struct {
	h      *kit.Host
	loader *kit.Loader
	root   *fyne.Container
	tabs   *kit.Segmented
	pick   *kit.Picker // of the segment whose accounts are listed
	white  *kit.Segmented

	segments    *segmentFace
	accounts    *accountFace
	competitors *competitorFace
	journeys    *journeyFace
	book        *app.MarketBook
	owners      map[data.ID]bool // of the scope; nil is everybody
	segment     data.ID          // NoID is every account
	view        kit.View
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
	_ kit.Opening    = (*Screen)(nil)
)

// New returns the screen at its segments.
func New(h *kit.Host) *Screen {
	s := &Screen{h: h, root: container.NewStack()}
	s.tabs = kit.NewSegmented([]kit.Segment{{Text: lang.T("Segments")}, {Text: lang.T("Accounts")}, {Text: lang.T("Competitors")}, {Text: lang.T("Journeys")}}, func(int) { s.show() })
	s.white = kit.NewSegmented([]kit.Segment{{Text: lang.T("All")}, {Text: lang.T("Without open deals")}}, func(int) { s.show() })
	s.pick = kit.NewPicker(kit.PickerOptions{Icon: "market", Text: lang.T("Any segment"), OnPick: func(keys []string) {
		s.segment = data.NoID
		if len(keys) > 0 {
			s.segment, _ = data.ParseID(keys[0]) // "all" is none
		}
		s.show()
	}})
	s.segments, s.accounts, s.competitors, s.journeys = newSegmentFace(s), newAccountFace(s), newCompetitorFace(s), newJourneyFace(s)
	s.loader = h.Loader(s.root)
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string { return app.MarketKinds() }

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Scope: s.tabs.Current() == onAccounts} }

// writable is whether whoever looks keeps the market: one right covers all of it.
func (s *Screen) writable() bool { return s.h.MayMake(data.KindSegment) }

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb { return nil }

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject {
	if s.tabs.Current() == onAccounts {
		return []fyne.CanvasObject{s.tabs, s.pick, s.white}
	}
	return []fyne.CanvasObject{s.tabs}
}

// made is what the primary action of each face makes.
var made = [...]struct{ kind, text string }{
	{data.KindSegment, "New segment"}, {data.KindFitRule, "New rule of fit"}, {data.KindCompetitor, "New competitor"}, {data.KindJourney, "New journey"},
}

// firstStep is a face with nothing on it yet, which offers to make the first.
func (s *Screen) firstStep(face int, o kit.EmptyOptions) *kit.Empty {
	m := made[face]
	o.Step, o.StepIcon, o.OnTap = lang.T(m.text), "plus", func() { s.add(m.kind, lang.T(m.text), nil) }
	return kit.NewEmpty(o)
}

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	if !s.writable() {
		return nil
	}
	m := made[s.tabs.Current()]
	return &kit.Action{Text: lang.T(m.text), Icon: "plus", Do: func() { s.add(m.kind, lang.T(m.text), nil) }}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	var out []kit.Action
	for i, name := range []string{lang.T("Show segments"), lang.T("Show accounts by score"), lang.T("Show competitors"), lang.T("Show customer journeys")} {
		out = append(out, kit.Action{Text: name, Icon: "market", Do: func() { s.turn(i) }})
	}
	if s.writable() {
		for _, m := range made {
			out = append(out, kit.Action{Text: lang.T(m.text), Icon: "plus", Do: func() { s.add(m.kind, lang.T(m.text), nil) }})
		}
	}
	if s.book != nil {
		out = append(out, s.faceCommands()...)
	}
	return append(out, kit.Action{Text: lang.T("Export segments"), Icon: "upload", Do: func() { s.h.ExportRecords(data.Query{Kind: data.KindSegment}) }},
		kit.Action{Text: lang.T("Export competitors"), Icon: "upload", Do: func() { s.h.ExportRecords(data.Query{Kind: data.KindCompetitor}) }})
}

// faceCommands are those of the face that is shown, about what it shows.
func (s *Screen) faceCommands() []kit.Action {
	switch s.tabs.Current() {
	case onSegments:
		return s.segments.commands()
	case onCompetitors:
		return s.competitors.commands()
	case onJourneys:
		return s.journeys.commands()
	}
	return nil
}

// turn shows a face.
func (s *Screen) turn(face int) {
	s.tabs.SetCurrent(face)
	s.show()
}

// Open implements kit.Opening.
func (s *Screen) Open(to kit.Target) {
	switch to.Kind {
	case data.KindCompetitor:
		s.competitors.chosen = to.ID
		s.turn(onCompetitors)
	case data.KindSegment:
		s.segment = to.ID
		s.turn(onAccounts)
	case data.KindJourney:
		s.turn(onJourneys)
	}
}

type found struct {
	book   *app.MarketBook
	owners map[data.ID]bool
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	s.view = v
	kit.Load(s.loader, func(ctx context.Context) (found, error) {
		book, err := s.h.App.Market.Book(ctx)
		if err != nil {
			return found{}, err
		}
		people, err := s.h.App.ScopePeople(ctx, v.Scope)
		out := found{book: book}
		if !v.Scope.IsEveryone() {
			out.owners = map[data.ID]bool{}
			for _, id := range people {
				out.owners[id] = true
			}
		}
		return out, err
	}, func(f found) {
		s.book, s.owners = f.book, f.owners
		s.show()
	})
}

// show draws the face that is chosen.
func (s *Screen) show() {
	if s.book == nil {
		return
	}
	var page fyne.CanvasObject
	switch s.tabs.Current() {
	case onSegments:
		page = s.segments.show()
	case onAccounts:
		page = s.accounts.show()
	case onCompetitors:
		page = s.competitors.show()
	default:
		page = s.journeys.show()
	}
	s.root.Objects = []fyne.CanvasObject{page}
	s.root.Refresh()
	s.h.Changed()
}

func (s *Screen) words() kit.Words { return kit.Words{Num: s.h.NumbersOf(), Today: s.h.App.Today()} }
