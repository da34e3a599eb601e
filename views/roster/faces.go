package roster

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// face is one of the screen's other sides: hiring, onboarding, skills and cases.
type face interface {
	load(ctx context.Context, v kit.View) (show func(), err error)
	content() fyne.CanvasObject
	commands() []kit.Action
}

// The faces behind tree and table.
const (
	faceTree = iota
	faceTable
	faceHiring
	faceOnboarding
	faceSkills
	faceCases
)

func (s *Screen) newFaces() map[int]face {
	return map[int]face{faceHiring: newHiringFace(s), faceOnboarding: newOnboardingFace(s), faceSkills: newSkillsFace(s), faceCases: newCasesFace(s)}
}

// turn shows another face.
func (s *Screen) turn(i int) {
	s.current = i
	s.tree.SetCurrent(i)
	if i <= faceTable {
		s.layout.tree, s.kept.Table = i == faceTree, i == faceTable
		s.keep()
		s.place()
		s.show()
	}
	s.Reload(s.host.View())
	s.host.Changed()
}

// reloadFace loads the face in front.
func (s *Screen) reloadFace(f face, v kit.View) {
	kit.Load(s.loader, func(ctx context.Context) (func(), error) { return f.load(ctx, v) }, func(show func()) {
		show()
		in := kit.Insets{Top: kit.PadPage, Right: kit.PadPage, Bottom: kit.PadPage, Left: kit.PadPage}
		s.root.Objects = []fyne.CanvasObject{kit.Pad(in, f.content())}
		s.root.Refresh()
	})
}

func (s *Screen) faceActions() []kit.Action {
	return []kit.Action{
		{Text: lang.T("Show the roster as a tree"), Icon: "users", Do: func() { s.turn(faceTree) }},
		{Text: lang.T("Show hiring"), Icon: "plus", Do: func() { s.turn(faceHiring) }},
		{Text: lang.T("Show onboarding and training"), Icon: "check", Do: func() { s.turn(faceOnboarding) }},
		{Text: lang.T("Show skills"), Icon: "star", Do: func() { s.turn(faceSkills) }},
		{Text: lang.T("Show cases"), Icon: "flag", Do: func() { s.turn(faceCases) }},
	}
}

// casesFace is the conflicts of interest between people.
type casesFace struct {
	s    *Screen
	list *kit.Records
}

func newCasesFace(s *Screen) *casesFace {
	f := &casesFace{s: s}
	f.list = kit.NewRecords(kit.RecordsOptions{
		Host: s.host, Kind: data.KindDispute, Title: lang.T("Cases"), Caption: lang.T("conflicts of interest between people, and how they were decided"), Add: lang.T("Raise a case"),
		Columns: []string{"subject", "type", "person", "other", "day", "status", "decision"}, Fields: []string{"subject", "type", "account", "deal", "person", "other", "day", "claim", "note"},
		Sort:   []data.Sort{{Field: "status", Desc: true}, {Field: "day", Desc: true}},
		Preset: func() data.Values { return data.Values{"day": s.host.View().Today, "status": data.CaseOpen} },
		Empty:  kit.EmptyOptions{Icon: "flag", Title: lang.T("No cases"), Text: lang.T("Where two people claim one account, or the split of a deal, the case stands here until it is decided. Both can read how.")},
		More:   []kit.RecordAction{{Text: lang.T("Decide"), Icon: "check", Do: f.decide}},
	})
	return f
}

func (f *casesFace) load(ctx context.Context, _ kit.View) (func(), error) { return f.list.Load(ctx) }

func (f *casesFace) content() fyne.CanvasObject { return f.list.Content() }

func (f *casesFace) commands() []kit.Action {
	return []kit.Action{{Text: lang.T("Raise a case"), Icon: "plus", Do: f.list.Add}, {Text: lang.T("Export cases"), Icon: "upload", Do: f.list.Export}}
}

func (f *casesFace) decide(row data.Row) {
	f.s.ask(lang.T("Decide: %s", row.Title()), lang.T("Decide “%s”", row.Title()), lang.T("Decide"), []kit.Field{
		{Key: "decision", Label: lang.T("Decision"), Kind: kit.FieldLong, Required: true, Value: row.Text("decision"), Help: lang.T("Both people read it")},
	}, func(ctx context.Context, v kit.Values) error {
		return f.s.host.App.Hiring.Decide(ctx, row.ID, v["decision"])
	})
}

// rows stacks panels of a face, each with the same room.
func rows(panels ...fyne.CanvasObject) fyne.CanvasObject {
	for i := 1; i < len(panels); i++ {
		panels[i] = kit.Pad(kit.Insets{Top: kit.GapPanel}, panels[i])
	}
	return container.NewGridWithRows(len(panels), panels...)
}

// print sets a record on paper, as PDF.
func (s *Screen) print(title, name, kind string, id data.ID) {
	s.host.SavePaper(title, name, func(ctx context.Context, path string) error { return s.host.App.WritePaper(ctx, kind, id, path) })
}
