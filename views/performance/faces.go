package performance

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// The faces of the screen.
const (
	faceResults = iota
	facePeople
	faceMakings
	faceEnds
	faceCount
)

func faces() [faceCount]string {
	return [faceCount]string{lang.T("Results"), lang.T("People"), lang.T("Customers"), lang.T("Wins and losses")}
}

// page is one face: its panes, in the order in which they are asked for.
type page struct {
	object fyne.CanvasObject
	panes  []*kit.PaneView
}

func (p *page) asks() []app.PaneAsk {
	out := make([]app.PaneAsk, len(p.panes))
	for i, v := range p.panes {
		out[i] = v.Ask()
	}
	return out
}

// add puts a pane onto the page and gives what it stands in.
func (p *page) add(s *Screen, opts kit.PaneOptions) fyne.CanvasObject {
	if opts.Min.IsZero() {
		opts.Min = fyne.NewSize(200, 130)
	}
	opts.Change = func(app.PaneAsk) { s.Reload(s.view) }
	v := s.host.Pane(opts)
	p.panes = append(p.panes, v)
	return v.Object()
}

// results are attainment, the funnel, win rates, months and cards.
func (s *Screen) results() *page {
	p := &page{}
	for i := range cardCount {
		s.cards = append(s.cards, kit.NewCard(kit.CardData{}, func() { s.open(s.keys[i]) }))
	}
	cards := kit.VBox(kit.GapPanel,
		kit.Columns(kit.GapPanel, nil, s.cards[0], s.cards[1]),
		kit.Columns(kit.GapPanel, nil, s.cards[2], s.cards[3]))
	s.noQuota = kit.NewEmpty(kit.EmptyOptions{
		Icon: "quotas", Title: lang.T("No quotas in this period"), Text: lang.T("With quotas, this shows how many people are near theirs."),
		Step: lang.T("Open quotas"), OnTap: func() { s.host.Go(kit.Target{Screen: "quotas"}) },
	})
	s.funnel = s.host.ChartWith(kit.ChartOptions{Min: fyne.NewSize(200, 130), OnOpen: s.open, More: func() []*fyne.MenuItem {
		return s.host.AddTo(func() app.PaneAsk { return app.PaneAsk{Name: app.PaneFunnel} })
	}})
	s.funnelPanel = kit.NewPanel(kit.PanelOptions{Title: " ", Body: s.funnel})
	bars := p.add(s, kit.PaneOptions{Ask: app.PaneAsk{Name: app.PaneAttainment}, Body: func(chart fyne.CanvasObject) fyne.CanvasObject {
		s.barsHigh = newTall(chart)
		return kit.Scroll(s.barsHigh.box)
	}})
	bands := p.add(s, kit.PaneOptions{Ask: app.PaneAsk{Name: app.PaneBands}, Body: func(chart fyne.CanvasObject) fyne.CanvasObject {
		s.bandsBody = container.NewStack(chart)
		return s.bandsBody
	}})
	rates := p.add(s, kit.PaneOptions{Ask: app.PaneAsk{Name: app.PaneRates}})
	months := p.add(s, kit.PaneOptions{Ask: app.PaneAsk{Name: app.PaneMonths}})
	wide, narrow := []float32{632, 452}, []float32{452, 632}
	p.object = kit.Scroll(kit.Page(
		kit.Grow(kit.Columns(kit.GapPanel, wide, bars, bands)),
		kit.Grow(kit.Columns(kit.GapPanel, wide, s.funnelPanel, rates)),
		kit.Columns(kit.GapPanel, narrow, cards, months),
	))
	s.pages[faceResults] = p
	s.group()
	return p
}

// people are who won how much, how and how long it took.
func (s *Screen) people() *page {
	p := &page{}
	pane := func(name string) fyne.CanvasObject {
		return p.add(s, kit.PaneOptions{Ask: app.PaneAsk{Name: name}, Min: fyne.NewSize(200, 240)})
	}
	p.object = kit.Scroll(kit.Page(
		kit.Grow(kit.Columns(kit.GapPanel, []float32{452, 632}, pane(app.PaneLeaders), pane(app.PaneSizes))),
		kit.Grow(kit.Columns(kit.GapPanel, nil, pane(app.PaneCycles), pane(app.PaneLoad))),
		kit.Grow(pane(app.PaneEach)),
	))
	return p
}

// makings are what the won value was made of and what became of open deals.
func (s *Screen) makings() *page {
	p := &page{}
	pane := func(name string, high float32) fyne.CanvasObject {
		return p.add(s, kit.PaneOptions{Ask: app.PaneAsk{Name: name}, Min: fyne.NewSize(200, high)})
	}
	p.object = kit.Scroll(kit.Page(
		kit.Grow(pane(app.PaneCustomers, 180)),
		kit.Grow(kit.Columns(kit.GapPanel, nil, pane(app.PaneProducts, 180), pane(app.PaneMix, 180))),
		kit.Grow(kit.Columns(kit.GapPanel, nil, pane(app.PaneFlow, 200), pane(app.PaneRunning, 200))),
	))
	return p
}

// ends are why and against whom deals were won and lost.
func (s *Screen) ends() *page {
	p := &page{}
	pane := func(name string) fyne.CanvasObject {
		return p.add(s, kit.PaneOptions{Ask: app.PaneAsk{Name: name}, Min: fyne.NewSize(200, 220)})
	}
	p.object = kit.Scroll(kit.Page(
		kit.Grow(kit.Columns(kit.GapPanel, nil, pane(app.PaneReasons), pane(app.PaneRivals))),
		kit.Grow(kit.Columns(kit.GapPanel, nil, pane(app.PaneMarkets), pane(app.PaneBySize))),
	))
	return p
}

// turn shows another face.
func (s *Screen) turn(face int) {
	s.face = face
	s.Reload(s.view)
	s.host.Changed()
}

// group asks the panes of the results for the grouping that was picked.
func (s *Screen) group() {
	for _, v := range s.pages[faceResults].panes {
		ask := v.Ask()
		ask.By = s.by
		if ask.Name == app.PaneRates && (s.by == metrics.ByPerson || s.by == metrics.ByManager) {
			ask.By = metrics.ByRegion // rates of few deals say little
		}
		v.SetAsk(ask)
	}
}

// charts are those of the face that is shown.
func (s *Screen) charts() []*kit.ChartView {
	var out []*kit.ChartView
	for _, v := range s.pages[s.face].panes {
		out = append(out, v.Chart())
	}
	if s.face == faceResults {
		out = append(out, s.funnel)
	}
	return out
}

// showResults draws what the face of results has besides its panes.
func (s *Screen) showResults() {
	if s.face != faceResults {
		return
	}
	panes := s.pages[faceResults].panes
	if bars, ok := panes[0].Spec().(report.AttainmentBars); ok {
		s.barsHigh.set(len(bars.Rows))
	}
	shown := fyne.CanvasObject(panes[1].Chart())
	if bands, ok := panes[1].Spec().(report.Bands); ok && len(bands.Bars) == 0 {
		shown = s.noQuota
	}
	s.bandsBody.Objects = []fyne.CanvasObject{shown}
	s.bandsBody.Refresh()
	funnel := s.sheet.funnel()
	s.funnelPanel.SetTitle(funnel.Title)
	s.funnelPanel.SetCaption(funnel.Caption())
	s.funnel.SetSpec(funnel)
}
