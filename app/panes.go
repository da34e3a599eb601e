package app

import (
	"context"
	"slices"
	"strconv"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// Names of the charts that Panes makes, beside the cards of package report.
const (
	PaneAttainment = "attainment"
	PaneGauge      = "gauge"
	PaneMeasures   = "measures"
	PaneBands      = "bands"
	PaneLeaders    = "leaders"
	PaneMonths     = "months"
	PaneRunning    = "running"
	PaneEach       = "each"
	PaneMix        = "mix"
	PaneFunnel     = "funnel"
	PaneRates      = "rates"
	PaneStages     = "stages"
	PaneSizes      = "sizes"
	PaneCustomers  = "customers"
	PaneProducts   = "products"
	PaneLoad       = "load"
	PaneCycles     = "cycles"
	PaneFlow       = "flow"
	PaneActivity   = "activity"
	PaneReasons    = "loss reasons"
	PaneRivals     = "rivals"
	PaneMarkets    = "segments"
	PaneBySize     = "sizes of deals"
	PaneQuarters   = "quarters"
	PaneCourse     = "course"
	PaneChanges    = "changes"
	PaneGoal       = "goal"
)

// What a pane can be compared with; the empty text is nothing, or what the pane
// compares with by itself.
const (
	AgainstBefore = "before"
	AgainstYear   = "year"
	AgainstQuota  = "quota"
)

// PaneKind is one chart or card that can stand on a screen or dashboard.
type PaneKind struct {
	Name    string
	Card    bool
	By      []metrics.By // what it can be grouped by, the first one by itself; none
	Against []string     // what it can be compared with besides
	W, H    int          // columns of twelve and rows that suit it
}

var (
	sellers = []metrics.By{metrics.ByPerson, metrics.ByManager, metrics.ByRegion}
	anyone  = []metrics.By{metrics.ByPerson, metrics.ByManager, metrics.ByRegion, metrics.ByProduct, metrics.BySector}
	periods = []string{AgainstBefore, AgainstYear}
)

// PaneKinds lists all charts and cards.
func PaneKinds() []PaneKind {
	card := func(name string, against ...string) PaneKind {
		return PaneKind{Name: name, Card: true, Against: against, W: 2, H: 2}
	}
	return []PaneKind{
		card(report.CardWon, AgainstYear), card(report.CardAttainment), card(report.CardLeft), card(report.CardCoverage), card(report.CardWinRate, AgainstYear),
		card(report.CardDealSize, AgainstYear), card(report.CardCycle, AgainstYear), card(report.CardOpen), card(report.CardVelocity),
		{Name: PaneGauge, W: 4, H: 5},
		{Name: PaneAttainment, By: anyone, Against: periods, W: 7, H: 6},
		{Name: PaneMeasures, Against: []string{AgainstYear}, W: 5, H: 5},
		{Name: PaneBands, W: 5, H: 5},
		{Name: PaneLeaders, By: sellers, Against: []string{AgainstYear}, W: 5, H: 6},
		{Name: PaneRunning, Against: []string{AgainstYear}, W: 6, H: 6},
		{Name: PaneMonths, Against: []string{AgainstBefore, AgainstYear, AgainstQuota}, W: 7, H: 4},
		{Name: PaneMix, By: []metrics.By{metrics.ByProduct, metrics.BySector, metrics.ByRegion, metrics.ByManager}, W: 7, H: 5},
		{Name: PaneEach, By: sellers, W: 7, H: 6},
		{Name: PaneFunnel, W: 6, H: 5},
		{Name: PaneRates, By: []metrics.By{metrics.ByRegion, metrics.ByProduct, metrics.BySector, metrics.ByPerson, metrics.ByManager}, W: 5, H: 5},
		{Name: PaneStages, W: 4, H: 6},
		{Name: PaneSizes, By: sellers, W: 6, H: 6},
		{Name: PaneCustomers, W: 6, H: 5},
		{Name: PaneProducts, W: 6, H: 5},
		{Name: PaneLoad, W: 6, H: 6},
		{Name: PaneCycles, By: sellers, W: 6, H: 6},
		{Name: PaneFlow, W: 6, H: 6},
		{Name: PaneActivity, W: 7, H: 4},
		{Name: PaneReasons, W: 6, H: 5},
		{Name: PaneRivals, W: 6, H: 5},
		{Name: PaneMarkets, W: 6, H: 5},
		{Name: PaneBySize, W: 6, H: 5},
		{Name: PaneQuarters, W: 6, H: 5},
		{Name: PaneCourse, Against: periods, W: 6, H: 6},
		{Name: PaneChanges, W: 6, H: 6},
		{Name: PaneGoal, W: 6, H: 5},
	}
}

// PaneNamed finds a kind of pane; false for one that a newer Fieldbook made.
func PaneNamed(name string) (PaneKind, bool) {
	kinds := PaneKinds()
	i := slices.IndexFunc(kinds, func(k PaneKind) bool { return k.Name == name })
	if i < 0 {
		return PaneKind{}, false
	}
	return kinds[i], true
}

// Filters reports whether a pane heeds filters of deals.
func (k PaneKind) Filters() bool {
	return k.Name != PaneActivity && k.Name != PaneCourse && k.Name != PaneChanges && k.Name != PaneGoal
}

// PaneAsk asks for one pane. What its kind does not offer is as if it was not said.
type PaneAsk struct {
	Name    string
	By      metrics.By
	Against string
	Days    int // how far back a flow or change begins; 0 is with the period or, where that has no begin, a week ago
}

// Pane is one card or chart with what its marks open.
type Pane struct {
	PaneAsk
	Card  *report.Card
	Spec  report.Spec // nil for a card
	Links PaneLinks
}

// PaneLink is what a mark opens: records of a kind that are known, or the deals
// behind a figure.
type PaneLink struct {
	Title  string
	Kind   string
	Keys   []data.Key
	Behind []Behind
}

// PaneLinks number what the marks of charts and cards open; the number is the key of
// a mark.
type PaneLinks []PaneLink

// Open links to the deals behind a figure.
func (l *PaneLinks) Open(title string, behind ...Behind) string {
	return l.add(PaneLink{Title: title, Kind: data.KindDeal, Behind: behind})
}

// Keys links to records that are known.
func (l *PaneLinks) Keys(title, kind string, keys []data.Key) string {
	return l.add(PaneLink{Title: title, Kind: kind, Keys: keys})
}

func (l *PaneLinks) add(link PaneLink) string {
	*l = append(*l, link)
	return strconv.Itoa(len(*l) - 1)
}

// Find gives what a key opens.
func (l PaneLinks) Find(key string) (PaneLink, bool) {
	i, err := strconv.Atoi(key)
	if err != nil || i < 0 || i >= len(l) {
		return PaneLink{}, false
	}
	return l[i], true
}

// PaneQuery asks for the panes of one view.
type PaneQuery struct {
	FigureQuery
	Numbers report.Numbers
	Panes   []PaneAsk
	Filter  Segment // of panes that are made of single deals, see PaneKind.Filters
	Ahead   bool    // with what takes seconds: where the book's history lets a period end
	Rollup  *Rollup // of the same query, where it was read before; nil reads it
}

// Panes makes cards and charts, in the order asked for; one of an unknown name has
// neither card nor spec. The error is NotFound for a scope that the book does not
// hold on that day.
func (p *Performance) Panes(ctx context.Context, q PaneQuery) ([]Pane, error) {
	if !q.AsOf.Valid() {
		q.AsOf = p.app.Today()
	}
	out := make([]Pane, len(q.Panes))
	var apart, ends []int
	err := p.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope, Filter: q.Filter}, func(b *factBook, v *metrics.View) error {
		for i, ask := range q.Panes {
			kind, _ := PaneNamed(ask.Name)
			out[i].PaneAsk = kind.allowed(ask)
			switch ask.Name {
			case PaneFlow, PaneCourse, PaneChanges, PaneGoal:
				apart = append(apart, i)
				continue
			case PaneReasons, PaneRivals, PaneMarkets, PaneBySize:
				ends = append(ends, i)
				continue
			}
			m := paneMaker{ctx: ctx, app: p.app, query: q, book: b, view: v, out: &out[i]}
			if err := m.make(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, i := range apart { // they look at several days, so not while one is held
		if err := p.apart(ctx, q, &out[i]); err != nil {
			return nil, err
		}
	}
	if len(ends) > 0 { // they look at the market first, for the same reason
		err = p.ends(ctx, q, out, ends)
	}
	return out, err
}

// apart makes a pane that is not made of one view.
func (p *Performance) apart(ctx context.Context, q PaneQuery, out *Pane) (err error) {
	switch out.Name {
	case PaneCourse:
		out.Spec, err = p.app.Calls.course(ctx, q, out.Against)
	case PaneChanges:
		err = p.changesPane(ctx, q, out)
	case PaneGoal:
		goal, failed := p.Goal(ctx, q.FigureQuery)
		if err = failed; err == nil {
			*out = p.GoalPane(goal, q.Numbers)
		}
	default:
		err = p.flow(ctx, q, out)
	}
	return err
}

// allowed is the ask without what its kind does not offer.
func (k PaneKind) allowed(ask PaneAsk) PaneAsk {
	if !slices.Contains(k.By, ask.By) {
		ask.By = metrics.ByNone
		if len(k.By) > 0 {
			ask.By = k.By[0]
		}
	}
	if !slices.Contains(k.Against, ask.Against) {
		ask.Against = ""
	}
	return ask
}

// builder makes the specs of a pane and gathers what their marks open.
func (p *Pane) builder(q PaneQuery, calendar data.Calendar, share float64) report.Panes {
	return report.Panes{
		Numbers: q.Numbers, Calendar: calendar, Period: q.Period, AsOf: q.AsOf, Share: share,
		Open: p.Links.Open, Keys: p.Links.Keys,
	}
}
