// Package performance is the screen of results: attainment, funnel, win rates,
// months and the size of deals, each opening the deals behind it.
package performance

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Screen shows the figures of the view that the title row has chosen, on three
// faces: the results, who made them, and what they were made of.
type Screen struct {
	host   *kit.Host
	loader *kit.Loader
	root   *fyne.Container

	face     int
	faces    *kit.Segmented
	pages    [faceCount]*page
	grouping *kit.Picker
	pipeline *kit.Picker
	several  bool // pipelines to choose from

	funnel      *kit.ChartView
	funnelPanel *kit.Panel
	barsHigh    *tall
	bandsBody   *fyne.Container
	noQuota     fyne.CanvasObject
	cards       []*kit.Card
	keys        [cardCount]string // what they open

	by    metrics.By
	view  kit.View
	sheet *sheet
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

const cardCount = 4

// New returns the screen, by person.
func New(h *kit.Host) *Screen {
	s := &Screen{host: h, by: metrics.ByPerson}
	var options []kit.Option
	for _, by := range groupings {
		options = append(options, kit.Option{Key: string(by), Text: kit.ByText(by)})
	}
	s.grouping = kit.NewPicker(kit.PickerOptions{Icon: "layers", Options: options, OnPick: func(keys []string) {
		if len(keys) > 0 {
			s.groupBy(metrics.By(keys[0]))
		}
	}}, string(s.by))
	s.pipeline = kit.NewPicker(kit.PickerOptions{Icon: "pipeline", Text: lang.T("Any pipeline"), OnPick: func([]string) { s.show() }})
	var names []kit.Segment
	for _, text := range faces() {
		names = append(names, kit.Segment{Text: text})
	}
	s.faces = kit.NewSegmented(names, func(face int) { s.turn(face) })
	s.pages = [faceCount]*page{s.results(), s.people(), s.makings(), s.ends()}
	s.root = container.NewStack()
	s.loader = h.Loader(s.root)
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string {
	return append(app.FigureKinds(), data.KindSegment)
}

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Period: true, Scope: true, AsOf: true} }

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb { return nil }

// Tools implements kit.Titled: by what to group the results and, of several, which
// pipeline's funnel to show.
func (s *Screen) Tools() []fyne.CanvasObject {
	switch {
	case s.face != faceResults:
		return nil
	case s.several:
		return []fyne.CanvasObject{s.grouping, s.pipeline}
	}
	return []fyne.CanvasObject{s.grouping}
}

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	return &kit.Action{Text: lang.T("Export"), Icon: "download", Do: s.export}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	var out []kit.Action
	for i, text := range faces() {
		out = append(out, kit.Action{Text: lang.T("Performance: %s", lower(text)), Icon: "performance", Do: func() {
			s.faces.SetCurrent(i)
			s.turn(i)
		}})
	}
	for _, by := range groupings {
		out = append(out, kit.Action{Text: lang.T("Performance, %s", lower(kit.ByText(by))), Icon: "layers", Do: func() {
			s.grouping.SetKeys(string(by))
			s.groupBy(by)
		}})
	}
	return append(out, s.host.ChartActions(s.charts()...)...)
}

// loaded is what one load brings.
type loaded struct {
	figures *app.PerformanceFigures
	panes   []app.Pane
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	s.view = v
	q, by, shown := query(v), s.by, s.pages[s.face]
	num := s.host.NumbersOf()
	asks := shown.asks()
	kit.Load(s.loader, func(ctx context.Context) (loaded, error) {
		figures, err := s.host.App.Performance.Figures(ctx, q, by)
		if err != nil {
			return loaded{}, err
		}
		panes, err := s.host.App.Performance.Panes(ctx, app.PaneQuery{FigureQuery: q, Numbers: num, Panes: asks})
		return loaded{figures, panes}, err
	}, func(l loaded) {
		s.sheet = &sheet{PerformanceFigures: l.figures, num: num, by: by}
		s.offerPipelines()
		for i, p := range l.panes {
			shown.panes[i].Set(p, q)
		}
		s.show()
	})
}

func query(v kit.View) app.FigureQuery {
	return app.FigureQuery{Period: v.Period, AsOf: v.AsOf, Scope: v.Scope}
}

func (s *Screen) groupBy(by metrics.By) {
	s.by = by
	s.group()
	s.Reload(s.view)
}

// offerPipelines fills the picker where deals went through several pipelines.
func (s *Screen) offerPipelines() {
	var options []kit.Option
	for _, f := range s.sheet.funnels() {
		options = append(options, kit.Option{Key: strconv.Itoa(int(f.Pipeline)), Text: f.Name})
	}
	s.pipeline.SetOptions(options)
	if several := len(options) > 1; several != s.several {
		s.several = several
		s.host.Changed()
	}
}

// show draws what was loaded.
func (s *Screen) show() {
	if s.sheet == nil {
		return
	}
	if s.sheet.empty() {
		s.root.Objects = []fyne.CanvasObject{s.nothing()}
		s.root.Refresh()
		return
	}
	s.sheet.links, s.sheet.pipeline = nil, -1
	if n, err := strconv.Atoi(s.pipeline.Key()); err == nil {
		s.sheet.pipeline = int32(n)
	}
	for i, c := range s.sheet.cards() {
		s.keys[i] = c.Key
		s.cards[i].Set(kit.CardData{Name: c.Name, Figure: c.Text, Caption: c.Sub, Change: c.Change, Trend: c.trend, Tone: tones[c.Tone]})
	}
	s.showResults()
	s.root.Objects = []fyne.CanvasObject{kit.VBox(0,
		kit.Pad(kit.Insets{Top: kit.GapPanel, Left: kit.PadPage, Right: kit.PadPage}, kit.HBox(8, s.faces, kit.Space())),
		kit.Grow(s.pages[s.face].object))}
	s.root.Refresh()
}

var tones = map[report.Tone]kit.Tone{report.Good: kit.ToneGood, report.Bad: kit.ToneBad, report.Warn: kit.ToneWarn}

// nothing says what the screen is for.
func (s *Screen) nothing() fyne.CanvasObject {
	opts := kit.EmptyOptions{
		Icon: "performance", Title: lang.T("No deals to measure"),
		Text: lang.T("Here you see attainment, win rates, the funnel and what was won by month. Import deals or add the first one."),
	}
	if !s.host.App.Book().ReadOnly {
		opts.Step, opts.StepIcon = lang.T("Add a deal"), "plus"
		opts.OnTap = func() { s.host.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, New: true}) }
	}
	return kit.NewEmpty(opts)
}

// tall gives a chart of rows the height that its rows need, so that a list of
// many scrolls within its panel.
type tall struct {
	box  *fyne.Container
	high float32
}

const (
	barRow  = 26
	barHead = 30

	scrollBar = 10 // what the figures keep clear of
)

func newTall(chart fyne.CanvasObject) *tall {
	t := &tall{}
	t.box = container.New(t, chart)
	return t
}

func (t *tall) set(rows int) {
	t.high = barHead + barRow*float32(rows)
	t.box.Refresh()
}

// MinSize implements fyne.Layout.
func (t *tall) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, t.high) }

// Layout implements fyne.Layout.
func (t *tall) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size.SubtractWidthHeight(scrollBar, 0))
	}
}
