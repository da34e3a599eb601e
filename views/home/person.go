package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// personPage is the page of one person.
type personPage struct {
	screen   *Screen
	root     fyne.CanvasObject
	gauge    *kit.PaneView
	facts    *fyne.Container
	stages   *kit.PaneView
	quarters *kit.PaneView
	plan     *planPanel
	paid     *commissionPart
	steps    *kit.List
	past     *kit.List
}

const (
	stepsWide  = 288 // and, in a narrow window, at least stepsLow
	stepsLow   = 220
	figureWide = 76
	pastHigh   = 226 // four quarters and a half
)

func newPersonPage(s *Screen) *personPage {
	p := &personPage{screen: s}
	p.facts = container.NewVBox()
	p.facts.Layout = stacked{}
	p.gauge = s.pane(kit.PaneOptions{Ask: app.PaneAsk{Name: app.PaneGauge}, Min: fyne.NewSize(200, 150), Flush: true, Body: func(chart fyne.CanvasObject) fyne.CanvasObject {
		return kit.VBox(0, kit.Grow(chart), p.facts)
	}})
	p.stages = s.pane(kit.PaneOptions{Ask: app.PaneAsk{Name: app.PaneStages}, Min: fyne.NewSize(220, 150)})
	p.plan, p.paid = newPlanPanel(s), newCommissionPart(s)
	p.plan.changed = func(what plan) { p.paid.show(p.plan.sheet, what) }
	p.quarters = s.pane(kit.PaneOptions{Ask: app.PaneAsk{Name: app.PaneQuarters}, Min: fyne.NewSize(220, 150), Flush: true, Body: func(chart fyne.CanvasObject) fyne.CanvasObject {
		return kit.VBox(0, kit.Grow(kit.Pad(kit.Insets{Right: kit.PadPanel, Left: kit.PadPanel}, chart)), p.paid.box)
	}})
	p.steps = kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: s.open})
	left := kit.VBox(kit.GapPanel, kit.Grow(p.gauge.Object()), kit.Grow(p.stages.Object()))
	middle := kit.VBox(kit.GapPanel, kit.Grow(p.plan.panel), kit.Grow(p.quarters.Object()))
	p.past = kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: s.open})
	right := kit.VBox(kit.GapPanel, kit.Grow(kit.NewPanel(kit.PanelOptions{Title: lang.T("Next steps"), Flush: true, Body: p.steps})),
		kit.MinBox(fyne.NewSize(0, pastHigh), kit.NewPanel(kit.PanelOptions{Title: lang.T("Quarters before"), Flush: true, Body: p.past})))
	p.root = kit.Pad(kit.Insets{Top: kit.PadPage, Right: kit.PadPage, Bottom: kit.PadPage, Left: kit.PadPage},
		newAside(aside{low: stepsLow, wide: stepsWide}, kit.Columns(kit.GapPanel, []float32{352, 432}, left, middle), right))
	return p
}

func (p *personPage) panes() []*kit.PaneView {
	return []*kit.PaneView{p.gauge, p.stages, p.quarters}
}

func (p *personPage) show(s *sheet) {
	p.facts.Objects = nil
	for _, f := range s.facts() {
		p.facts.Add(factLine(f))
	}
	p.facts.Refresh()
	p.plan.show(s)
	p.steps.SetRows(s.stalled(s.steps()))
	p.past.SetRows(s.past())
}

// factLine is a name, what it is made of and the figure.
func factLine(f fact) fyne.CanvasObject {
	ink := tones[f.tone].Ink()
	figure := []fyne.CanvasObject{kit.Space()}
	if mark := kit.Direction(f.trend); mark != "" {
		figure = append(figure, kit.NewIcon(mark, ink))
	}
	figure = append(figure, kit.NewText(f.figure, kit.TextStyle{Bold: true, Color: ink}))
	parts := []fyne.CanvasObject{
		kit.NewText(f.name, kit.TextStyle{Color: kit.ColorFg2}),
		kit.Grow(kit.NewText(f.note, kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Align: fyne.TextAlignTrailing, Cut: true})),
		kit.MinBox(fyne.NewSize(figureWide, kit.LineHeight(kit.SizeBody)), kit.HBox(2, figure...)),
	}
	row := kit.Pad(kit.Insets{Right: kit.PadPanel, Left: kit.PadPanel}, kit.HBox(4, parts...))
	return kit.VBox(0, kit.HLine(kit.ColorLine), kit.MinBox(fyne.NewSize(10, kit.HeightRow), row))
}

// stacked lays lines under each other without a gap.
type stacked struct{}

// MinSize implements fyne.Layout.
func (stacked) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		size.Width, size.Height = max(size.Width, m.Width), size.Height+m.Height
	}
	return size
}

// Layout implements fyne.Layout.
func (stacked) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var y float32
	for _, o := range objects {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h
	}
}
