package market

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// journeyFace draws how customers of a segment buy, step by step, with the deals
// that stand at each.
type journeyFace struct {
	s    *Screen
	body *fyne.Container
	root fyne.CanvasObject
}

func newJourneyFace(s *Screen) *journeyFace {
	f := &journeyFace{s: s, body: container.NewStack()}
	f.root = f.body
	return f
}

func (f *journeyFace) show() fyne.CanvasObject {
	b := f.s.book
	if len(b.Journeys) == 0 {
		f.body.Objects = []fyne.CanvasObject{f.s.firstStep(onJourneys, kit.EmptyOptions{Icon: "arrow", Title: lang.T("No customer journeys yet"), Text: lang.T("A journey says what a customer does on the way to buying, what you do then, and how you know. Its steps stand with the stages of your deals.")})}
		f.body.Refresh()
		return f.root
	}
	var rows []fyne.CanvasObject
	for _, j := range b.Journeys {
		rows = append(rows, f.panel(j))
	}
	f.body.Objects = []fyne.CanvasObject{kit.Scroll(kit.Page(rows...))}
	f.body.Refresh()
	return f.root
}

func (f *journeyFace) panel(j app.Journey) fyne.CanvasObject {
	segment := lang.T("every customer")
	if j.Segment >= 0 {
		segment = f.s.book.Segments[j.Segment].Row.Title()
	}
	var steps []fyne.CanvasObject
	for i := range j.Steps {
		steps = append(steps, f.step(j, i))
	}
	body := fyne.CanvasObject(kit.Caption(lang.T("No steps yet")))
	if len(steps) > 0 {
		body = kit.Columns(10, nil, steps...)
	}
	opts := kit.PanelOptions{Title: j.Row.Title(), Caption: lang.T("%s, open deals at each step", segment), Body: kit.MinBox(fyne.NewSize(0, 40), body)}
	if f.s.writable() {
		opts.Action, opts.OnTap = lang.T("Add a step"), func() { f.addStep(j) }
	}
	return kit.NewPanel(opts)
}

// step is one step as a box: its deals lead on, a click on the rest edits it.
func (f *journeyFace) step(j app.Journey, i int) fyne.CanvasObject {
	w := f.s.words()
	st := j.Steps[i]
	row := st.Row
	stage := st.Stage
	if stage == "" {
		stage = lang.T("no stage")
	}
	name := kit.NewText(w.Num.Count(i+1)+". "+row.Title(), kit.TextStyle{Bold: true, Cut: true})
	deals := kit.NewLink(lang.N("%d deal, %s", "%d deals, %s", st.Deals, st.Deals, w.Num.Short(st.Value)), func() {
		if st.Deals > 0 {
			f.s.h.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, Keys: st.Keys, Title: row.Title()})
		}
	})
	whole := 1
	for _, o := range j.Steps {
		whole = max(whole, o.Deals)
	}
	parts := []fyne.CanvasObject{name, kit.NewText(stage, kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true}), share(float32(st.Deals) / float32(whole)), deals}
	for _, p := range []struct{ head, text string }{{lang.T("The customer"), row.Text("customer")}, {lang.T("We"), row.Text("us")}, {lang.T("How we know"), row.Text("proof")}} {
		if p.text != "" {
			parts = append(parts, kit.Gap(0, 2), kit.Caption(p.head), kit.NewProse(p.text, 2, kit.TextStyle{}))
		}
	}
	if f.s.writable() {
		parts = append(parts, kit.HBox(10, kit.NewLink(lang.T("Edit"), func() { f.s.edit(data.KindJourneyStep, row) }), kit.NewLink(lang.T("Remove"), func() { f.s.remove(data.KindJourneyStep, row) })))
	}
	box := kit.NewBox(kit.BoxStyle{Fill: kit.ColorHead, Line: kit.ColorLine, Radius: kit.RadiusBox})
	return container.NewStack(box, kit.Pad(kit.Insets{Top: 8, Right: 10, Bottom: 8, Left: 10}, kit.VBox(4, parts...)))
}

// shareBar is a bar of 6 whose filled part is a share.
type shareBar struct {
	widget.BaseWidget
	part float32
}

func share(part float32) fyne.CanvasObject {
	b := &shareBar{part: part}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *shareBar) CreateRenderer() fyne.WidgetRenderer {
	full, done := kit.Fill(kit.ColorTrack), kit.Fill(kit.ColorAccent)
	return widget.NewSimpleRenderer(container.New(shareLayout{b.part}, full, done))
}

type shareLayout struct{ part float32 }

// MinSize implements fyne.Layout.
func (shareLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(20, 6) }

// Layout implements fyne.Layout.
func (l shareLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for i, o := range objects {
		width := size.Width
		if i > 0 {
			width *= l.part
		}
		o.Move(fyne.NewPos(0, 0))
		o.Resize(fyne.NewSize(width, size.Height))
	}
}

func (f *journeyFace) addStep(j app.Journey) {
	f.s.add(data.KindJourneyStep, lang.T("New step of %s", j.Row.Title()), data.Values{"journey": j.Row.ID})
}

func (f *journeyFace) commands() []kit.Action {
	var out []kit.Action
	if !f.s.writable() {
		return nil
	}
	for _, j := range f.s.book.Journeys {
		out = append(out, kit.Action{Text: lang.T("Edit %s", j.Row.Title()), Icon: "edit", Do: func() { f.s.edit(data.KindJourney, j.Row) }},
			kit.Action{Text: lang.T("Add a step to %s", j.Row.Title()), Icon: "plus", Do: func() { f.addStep(j) }},
			kit.Action{Text: lang.T("Remove %s", j.Row.Title()), Icon: "x", Do: func() { f.s.remove(data.KindJourney, j.Row) }})
	}
	return out
}
