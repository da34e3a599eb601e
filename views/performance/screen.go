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

// Screen shows the figures of the view that the title row has chosen.
type Screen struct {
	host   *kit.Host
	loader *kit.Loader
	root   *fyne.Container
	page   fyne.CanvasObject

	grouping *kit.Picker
	pipeline *kit.Picker
	several  bool // pipelines to choose from

	bars, bands, funnel, rates, months *kit.ChartView
	panels                             map[*kit.ChartView]*kit.Panel
	barsHigh                           *tall
	bandsBody                          *fyne.Container
	noQuota                            fyne.CanvasObject
	cards                              []*kit.Card
	keys                               [cardCount]string // what they open

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
	s := &Screen{host: h, by: metrics.ByPerson, panels: map[*kit.ChartView]*kit.Panel{}}
	var options []kit.Option
	for _, by := range groupings {
		options = append(options, kit.Option{Key: string(by), Text: groupingText(by)})
	}
	s.grouping = kit.NewPicker(kit.PickerOptions{Icon: "layers", Options: options, OnPick: func(keys []string) {
		if len(keys) > 0 {
			s.groupBy(metrics.By(keys[0]))
		}
	}}, string(s.by))
	s.pipeline = kit.NewPicker(kit.PickerOptions{Icon: "pipeline", Text: lang.T("Any pipeline"), OnPick: func([]string) { s.show() }})
	s.page = s.build()
	s.root = container.NewStack()
	s.loader = h.Loader(s.root)
	return s
}

// build lays the page out: three rows of panels.
func (s *Screen) build() fyne.CanvasObject {
	chart := func() *kit.ChartView { return s.host.Chart(fyne.NewSize(200, 130), s.open) }
	s.bars, s.bands, s.funnel, s.rates, s.months = chart(), chart(), chart(), chart(), chart()
	s.barsHigh = newTall(s.bars)
	for i := range cardCount {
		s.cards = append(s.cards, kit.NewCard(kit.CardData{}, func() { s.open(s.keys[i]) }))
	}
	cards := kit.VBox(kit.GapPanel,
		kit.Columns(kit.GapPanel, nil, s.cards[0], s.cards[1]),
		kit.Columns(kit.GapPanel, nil, s.cards[2], s.cards[3]))
	s.bandsBody = container.NewStack(s.bands)
	s.noQuota = kit.NewEmpty(kit.EmptyOptions{
		Icon: "quotas", Title: lang.T("No quotas in this period"), Text: lang.T("With quotas, this shows how many people are near theirs."),
		Step: lang.T("Open quotas"), OnTap: func() { s.host.Go(kit.Target{Screen: "quotas"}) },
	})
	wide, narrow := []float32{632, 452}, []float32{452, 632}
	return kit.Scroll(kit.Page(
		kit.Grow(kit.Columns(kit.GapPanel, wide, s.panel(s.bars, kit.Scroll(s.barsHigh.box)), s.panel(s.bands, s.bandsBody))),
		kit.Grow(kit.Columns(kit.GapPanel, wide, s.panel(s.funnel, s.funnel), s.panel(s.rates, s.rates))),
		kit.Columns(kit.GapPanel, narrow, cards, s.panel(s.months, s.months)),
	))
}

func (s *Screen) panel(chart *kit.ChartView, body fyne.CanvasObject) fyne.CanvasObject {
	p := kit.NewPanel(kit.PanelOptions{Title: " ", Body: body})
	s.panels[chart] = p
	return p
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string { return app.FigureKinds() }

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Period: true, Scope: true, AsOf: true} }

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb { return nil }

// Tools implements kit.Titled: by what to group and, of several, which
// pipeline's funnel to show.
func (s *Screen) Tools() []fyne.CanvasObject {
	if s.several {
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
	for _, by := range groupings {
		out = append(out, kit.Action{Text: lang.T("Performance, %s", lower(groupingText(by))), Icon: "layers", Do: func() {
			s.grouping.SetKeys(string(by))
			s.groupBy(by)
		}})
	}
	return append(out, s.host.ChartActions(s.bars, s.bands, s.funnel, s.rates, s.months)...)
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	s.view = v
	q, by := query(v), s.by
	kit.Load(s.loader, func(ctx context.Context) (*app.PerformanceFigures, error) {
		return s.host.App.Performance.Figures(ctx, q, by)
	}, func(f *app.PerformanceFigures) {
		s.sheet = &sheet{PerformanceFigures: f, num: s.host.NumbersOf(), by: by}
		s.offerPipelines()
		s.show()
	})
}

func query(v kit.View) app.FigureQuery {
	return app.FigureQuery{Period: v.Period, AsOf: v.AsOf, Scope: v.Scope}
}

func (s *Screen) groupBy(by metrics.By) {
	s.by = by
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
	s.sheet.links, s.sheet.pipeline = links{}, -1
	if n, err := strconv.Atoi(s.pipeline.Key()); err == nil {
		s.sheet.pipeline = int32(n)
	}
	for i, c := range s.sheet.cards() {
		s.keys[i] = c.Key
		s.cards[i].Set(kit.CardData{Name: c.Name, Figure: c.Text, Caption: c.Sub, Change: c.Change, Trend: c.trend, Tone: tones[c.Tone]})
	}
	bars := s.sheet.bars()
	s.barsHigh.set(len(bars.Rows))
	s.set(s.bars, bars)
	s.panels[s.bars].SetCaption(s.host.View().Holds(bars.Describe().Caption()))
	bands := s.sheet.bands()
	s.bandsBody.Objects = []fyne.CanvasObject{s.bands}
	if len(bands.Bars) == 0 {
		s.bandsBody.Objects = []fyne.CanvasObject{s.noQuota}
	}
	s.bandsBody.Refresh()
	s.set(s.bands, bands)
	s.set(s.funnel, s.sheet.funnel())
	s.set(s.rates, s.sheet.rates())
	s.set(s.months, s.sheet.months())
	s.root.Objects = []fyne.CanvasObject{s.page}
	s.root.Refresh()
}

var tones = map[report.Tone]kit.Tone{report.Good: kit.ToneGood, report.Bad: kit.ToneBad, report.Warn: kit.ToneWarn}

// set shows a chart in its panel, which has the title.
func (s *Screen) set(chart *kit.ChartView, spec report.Spec) {
	head := spec.Describe()
	s.panels[chart].SetTitle(head.Title)
	s.panels[chart].SetCaption(head.Caption())
	chart.SetSpec(spec)
}

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
