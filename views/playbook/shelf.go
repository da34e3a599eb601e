package playbook

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// shelf says how frameworks, guides and sequences, which are wholes of parts in
// an order, are shown and made.
type shelf struct {
	kind, part, ref       string
	fields, partFields    []string
	title, add, addPart   string
	icon, emptyText       string
	partTitle, noPartText string
}

func shelves() map[face]shelf {
	return map[face]shelf{
		faceFrameworks: {
			kind: data.KindFramework, part: data.KindFrameworkElement, ref: "framework", fields: []string{"name", "note"}, partFields: []string{"name", "guidance"},
			title: lang.T("Qualification frameworks"), add: lang.T("New framework"), addPart: lang.T("Add element"), icon: "layers",
			emptyText: lang.T("A framework is what must be known of a deal, scored from 0 to 3 with evidence. Begin with a well-known one, or with your own."),
			partTitle: "Elements of %s", noPartText: lang.T("What must be known, and how does one find out?"),
		},
		faceGuides: {
			kind: data.KindDiscoveryGuide, part: data.KindDiscoveryQuestion, ref: "guide", fields: []string{"name", "stage", "segment", "note"}, partFields: []string{"question", "hint"},
			title: lang.T("Discovery guides"), add: lang.T("New guide"), addPart: lang.T("Add question"), icon: "book",
			emptyText: lang.T("A guide is a set of questions for a stage or segment. Its answers are kept on the deal."),
			partTitle: "Questions of %s", noPartText: lang.T("What is to be asked, and what is to be listened for?"),
		},
		faceSequences: {
			kind: data.KindSequence, part: data.KindSequenceStep, ref: "sequence", fields: []string{"name", "note"}, partFields: []string{"type", "after_days", "subject", "note"},
			title: lang.T("Follow-up sequences"), add: lang.T("New sequence"), addPart: lang.T("Add step"), icon: "cal",
			emptyText: lang.T("A sequence is a row of calls, mails and visits with days between them: call in 2 days, mail in 5, visit in 10. It is started on a deal’s page."),
			partTitle: "Steps of %s", noPartText: lang.T("What is done, and how many days after the start?"),
		},
	}
}

// whole is one framework, guide or sequence.
type whole struct {
	data.Row
	parts  []data.Row
	detail string
}

func (s *Screen) wholes() []whole {
	var out []whole
	switch s.face {
	case faceFrameworks:
		for _, f := range s.book.frameworks {
			out = append(out, whole{f.Row, f.Elements, lang.N("%d element", "%d elements", len(f.Elements))})
		}
	case faceGuides:
		for _, g := range s.book.guides {
			detail := lang.N("%d question", "%d questions", len(g.Questions))
			for _, name := range []string{"stage", "segment"} {
				if l := g.Labels[name]; l != "" {
					detail += ", " + l
				}
			}
			out = append(out, whole{g.Row, g.Questions, detail})
		}
	default:
		for _, q := range s.book.sequences {
			out = append(out, whole{q.Row, q.Steps, lang.T("%s, runs on %s", lang.N("%d step", "%d steps", len(q.Steps)), lang.N("%d deal", "%d deals", q.Running))})
		}
	}
	return out
}

// shelfFace lists the wholes beside the parts of the chosen one.
func (s *Screen) shelfFace() fyne.CanvasObject {
	sh, all := shelves()[s.face], s.wholes()
	if len(all) == 0 {
		return s.emptyShelf(sh)
	}
	at := 0
	rows := make([]kit.ListRow, len(all))
	for i, x := range all {
		rows[i] = kit.ListRow{Key: x.ID.String(), Icon: sh.icon, Title: x.Title(), Detail: x.detail}
		if x.Bool("retired") {
			rows[i].Right = lang.T("retired")
		}
		if x.ID == s.whole[s.face] {
			at = i
		}
	}
	for i := range rows {
		rows[i].Checked = i == at
	}
	chosen := all[at]
	s.whole[s.face] = chosen.ID
	list := kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: func(key string) {
		if id, err := data.ParseID(key); err == nil {
			if id == s.whole[s.face] {
				s.chooseWhole(chosen)
				return
			}
			s.whole[s.face] = id
			s.draw()
		}
	}})
	list.SetRows(rows)
	left := []fyne.CanvasObject{kit.Grow(kit.NewPanel(kit.PanelOptions{Title: sh.title, Caption: lang.T("a second click changes one"), Flush: true, Body: list}))}
	if starters := s.starters(); s.face == faceFrameworks && s.keeps() && len(starters) > 0 {
		left = append(left, kit.HBox(8, starters...))
	}
	return kit.Page(kit.Grow(kit.Columns(kit.GapPanel, []float32{38, 62}, kit.VBox(kit.GapPanel, left...), s.partsPanel(sh, chosen))))
}

func (s *Screen) emptyShelf(sh shelf) fyne.CanvasObject {
	opts := kit.EmptyOptions{Icon: sh.icon, Title: sh.title, Text: sh.emptyText}
	if !s.keeps() {
		return kit.NewEmpty(opts)
	}
	opts.Step, opts.StepIcon, opts.OnTap = sh.add, "plus", func() { s.editWhole(nil) }
	if s.face != faceFrameworks {
		return kit.NewEmpty(opts)
	}
	starters := append([]fyne.CanvasObject{kit.Space()}, s.starters()...)
	return kit.Page(kit.Grow(kit.NewEmpty(opts)), kit.HBox(8, append(starters, kit.Space())...))
}

// starters are buttons for the well-known frameworks that the book lacks.
func (s *Screen) starters() []fyne.CanvasObject {
	has := map[string]bool{}
	for _, f := range s.book.frameworks {
		has[f.Title()] = true
	}
	var out []fyne.CanvasObject
	for _, name := range app.StarterFrameworks() {
		if has[name] {
			continue
		}
		out = append(out, kit.NewButton(kit.ButtonOptions{Text: lang.T("Begin with %s", name), OnTap: func() {
			s.h.Act(lang.T("%s added", name), func(ctx context.Context) error { return s.h.App.Process.Begin(ctx, name) }, nil)
		}}))
	}
	return out
}

func (s *Screen) partsPanel(sh shelf, x whole) fyne.CanvasObject {
	opts := kit.PanelOptions{Title: lang.T(sh.partTitle, x.Title()), Flush: true}
	if s.keeps() {
		opts.Action, opts.OnTap = sh.addPart, func() { s.editPart(x, nil) }
	}
	if len(x.parts) == 0 {
		empty := kit.EmptyOptions{Icon: sh.icon, Title: lang.T("Nothing in it yet"), Text: sh.noPartText}
		if s.keeps() {
			empty.Step, empty.StepIcon, empty.OnTap = sh.addPart, "plus", func() { s.editPart(x, nil) }
		}
		opts.Body = kit.NewEmpty(empty)
		return kit.NewPanel(opts)
	}
	byKey := map[string]data.Row{}
	rows := make([]kit.ListRow, len(x.parts))
	for i, p := range x.parts {
		byKey[p.ID.String()] = p
		rows[i] = partRow(p)
	}
	list := kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: func(key string) { s.choosePart(x, byKey[key]) }})
	list.SetRows(rows)
	opts.Body = list
	return kit.NewPanel(opts)
}

func partRow(p data.Row) kit.ListRow {
	r := kit.ListRow{Key: p.ID.String(), Icon: "check", Title: p.Title()}
	for _, name := range []string{"guidance", "hint", "note"} {
		if t := p.Text(name); t != "" {
			r.Detail = t
		}
	}
	if p.Kind.Name == data.KindSequenceStep {
		icons := map[string]string{"call": "phone", "email": "mail", "meeting": "user", "visit": "pin"}
		if icon, ok := icons[p.Text("type")]; ok {
			r.Icon = icon
		}
		r.Right = lang.N("after %d day", "after %d days", int(p.Int("after_days")))
		if r.Title == "" {
			r.Title = kit.Capital(p.Text("type"))
		}
	}
	return r
}

func (s *Screen) chooseWhole(x whole) {
	sh := shelves()[s.face]
	var ids []data.ID
	for _, o := range s.wholes() {
		ids = append(ids, o.ID)
	}
	retire, retired := lang.T("Retire"), true
	if x.Bool("retired") {
		retire, retired = lang.T("Bring back"), false
	}
	actions := []kit.Action{{Text: lang.T("Change"), Icon: "edit", Do: func() { s.editWhole(&x.Row) }}}
	if _, ordered := x.Kind.Field("position"); ordered {
		actions = append(actions,
			kit.Action{Text: lang.T("Up"), Icon: "chevu", Do: func() { s.reorder(sh.kind, ids, x.ID, -1) }},
			kit.Action{Text: lang.T("Down"), Icon: "chev", Do: func() { s.reorder(sh.kind, ids, x.ID, 1) }})
	}
	s.choose(x.Title(), append(actions,
		kit.Action{Text: retire, Icon: "clock", Do: func() { s.set(sh.kind, x.ID, data.Values{"retired": retired}) }},
		kit.Action{Text: lang.T("Remove"), Icon: "x", Do: func() {
			s.h.Act(lang.T("%s removed", x.Title()), func(ctx context.Context) error { return s.h.App.Process.RemoveWhole(ctx, sh.kind, x.ID) }, nil)
		}}))
}

func (s *Screen) choosePart(x whole, p data.Row) {
	sh := shelves()[s.face]
	ids := make([]data.ID, len(x.parts))
	for i, r := range x.parts {
		ids[i] = r.ID
	}
	s.choose(p.Title(), []kit.Action{
		{Text: lang.T("Change"), Icon: "edit", Do: func() { s.editPart(x, &p) }},
		{Text: lang.T("Up"), Icon: "chevu", Do: func() { s.reorder(sh.part, ids, p.ID, -1) }},
		{Text: lang.T("Down"), Icon: "chev", Do: func() { s.reorder(sh.part, ids, p.ID, 1) }},
		{Text: lang.T("Remove"), Icon: "x", Do: func() { s.remove(sh.part, p) }},
	})
}

// entry is a form of a row that is new or changed.
type entry struct {
	title  string // of a new row
	kind   string
	fields []string
	row    *data.Row
	values data.Values // of a new row, beside what is typed
}

func (s *Screen) edit(e entry) {
	k, err := s.h.App.Records.Kind(e.kind)
	if err != nil || !s.keeps() {
		return
	}
	form := kit.RecordForm{Title: e.title, Kind: k, Fields: e.fields, Row: e.row, With: e.values}
	if e.row != nil {
		form.Title, form.What = lang.T("Change %s", e.row.Title()), lang.T("%s changed", e.row.Title())
	}
	s.h.ShowRecordForm(form)
}

func (s *Screen) editWhole(row *data.Row) {
	sh := shelves()[s.face]
	e := entry{title: sh.add, kind: sh.kind, fields: sh.fields, row: row, values: data.Values{}}
	if s.face != faceSequences && s.book != nil {
		e.values["position"] = int64(len(s.wholes()) + 1)
	}
	s.edit(e)
}

func (s *Screen) editPart(x whole, row *data.Row) {
	sh := shelves()[s.face]
	s.edit(entry{title: sh.addPart, kind: sh.part, fields: sh.partFields, row: row, values: data.Values{sh.ref: x.ID, "position": int64(len(x.parts) + 1)}})
}
