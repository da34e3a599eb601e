package app

import (
	"context"
	"slices"
	"strings"
	"sync"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// Market is whom the company sells to and against whom.
type Market struct {
	app *App

	mu    sync.Mutex
	kept  *MarketBook // until something it is made from changes
	turns int         // of changes
}

// marketKinds are what a market book is made from.
var marketKinds = []string{
	data.KindSegment, data.KindCompetitor, data.KindJourney, data.KindJourneyStep, data.KindFitRule, data.KindAccount, data.KindDeal, data.KindStage,
	data.KindPerson, data.KindTerritory, data.KindProduct, data.KindRate, data.KindStageEntry, data.KindSetting, data.KindCustomField,
}

// MarketKinds are the kinds whose change changes what Market shows.
func MarketKinds() []string { return slices.Clone(marketKinds) }

// note lets go of what was worked out when something it is made from changes.
func (m *Market) note(c data.Change) {
	if c.Touches(marketKinds...) {
		m.mu.Lock()
		m.kept, m.turns = nil, m.turns+1
		m.mu.Unlock()
	}
}

// MarketBook is the market as one moment had it. It is shared and not to be changed.
type MarketBook struct {
	AsOf        data.Day
	Year        data.Period // the twelve months up to the day, of which won values and rates are
	Segments    []SegmentFigures
	Rules       []FitRule
	Points      float64         // what all rules with points above 0 come to
	Accounts    []MarketAccount // the highest score first
	Competitors []CompetitorFigures
	Journeys    []Journey
	Unmatched   map[string]int // names of competitors on deals that no competitor has, with their deals
}

// Deals are what the deals of a segment or against a competitor came to: those
// closed in the year, and those that are open.
type Deals struct {
	Won, Lost, Open     int
	WonValue, OpenValue int64
}

// WinRate is W ÷ (W + L) with its interval.
func (d Deals) WinRate() metrics.WinRate { return metrics.NewWinRate(d.Won, d.Lost) }

// TooFew reports whether so few deals ended that a rate would tell nothing.
func (d Deals) TooFew() bool { return d.Won+d.Lost < leastForRate }

// leastForRate is how many deals must have ended before a rate is shown.
const leastForRate = 10

func (d *Deals) add(c metrics.Counted, year data.Period) {
	switch {
	case c.Type == metrics.Open:
		d.Open++
		d.OpenValue += c.Value.Minor
	case !year.Contains(c.Close):
	case c.Type == metrics.Won:
		d.Won++
		d.WonValue += c.Value.Minor
	default:
		d.Lost++
	}
}

// SegmentFigures are a segment with what the book says of it.
type SegmentFigures struct {
	Row          data.Row
	Fault        error // its rule cannot be read: no account is in it
	Accounts     int
	Whitespace   int   // of them without an open deal
	Potential    int64 // a year, minor units of the book's currency, with HasPotential
	HasPotential bool
	Deals
}

// Coverage is accounts in the book ÷ companies in the market.
func (s SegmentFigures) Coverage() (float64, bool) {
	size := s.Row.Int("size")
	return float64(s.Accounts) / float64(max(1, size)), size > 0
}

// Share is what was won in a year ÷ the potential of a year.
func (s SegmentFigures) Share() (float64, bool) {
	return float64(s.WonValue) / float64(max(1, s.Potential)), s.HasPotential && s.Potential > 0
}

// FitRule is a rule of fit with the accounts that meet it.
type FitRule struct {
	Row    data.Row
	Points float64
	Fault  error
	Met    int
}

// MarketAccount is an account with its score: potential × fit.
type MarketAccount struct {
	ID        data.ID
	Name      string
	Owner     string
	OwnerID   data.ID
	Potential float64 // a year, major units of the book's currency; 0 is not known
	Fit       float64 // points met ÷ points of all rules, 0 to 1
	Score     float64 // potential × fit
	Met       []int   // rules met
	Segments  []int
	Deals
}

// CompetitorFigures are a competitor with what came of the deals against it.
type CompetitorFigures struct {
	Row       data.Row
	BySegment []Deals // as MarketBook.Segments
	Reasons   []ReasonCount
	Deals
}

// ReasonCount is how often a reason was given.
type ReasonCount struct {
	Reason string
	Deals  int
}

// Journey is a customer journey with the deals that stand at each step.
type Journey struct {
	Row     data.Row
	Segment int // place, -1 for every customer
	Steps   []JourneyStep
}

// JourneyStep is one step. Deals are the open ones of the segment in its stage.
type JourneyStep struct {
	Row   data.Row
	Stage string
	Deals int
	Value int64
	Keys  []data.Key
}

// Book works the market out, or gives what was worked out before where nothing
// changed since.
func (m *Market) Book(ctx context.Context) (*MarketBook, error) {
	m.mu.Lock()
	kept, turns := m.kept, m.turns
	m.mu.Unlock()
	if kept != nil && kept.AsOf == m.app.Today() {
		return kept, nil
	}
	r := &marketReader{app: m.app, out: &MarketBook{AsOf: m.app.Today(), Unmatched: map[string]int{}}}
	r.out.Year = data.Period{From: r.out.AsOf.AddMonths(-12).AddDays(1), To: r.out.AsOf.AddDays(1)}
	for _, step := range []func(context.Context) error{r.segments, r.rules, r.competitors, r.accounts, r.deals, r.journeys} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	r.rank()
	m.mu.Lock()
	if m.turns == turns {
		m.kept = r.out
	}
	m.mu.Unlock()
	return r.out, nil
}

// marketReader fills a market book.
type marketReader struct {
	app      *App
	out      *MarketBook
	kind     *data.Kind
	inside   []*Condition // by segment, nil where the rule is missing or cannot be read
	fits     []*Condition
	products bool            // a rule asks for them
	place    map[data.ID]int // accounts
	against  map[string]int  // folded name → competitor
	named    map[data.Key]dealWords
	reasons  []map[string]int
}

type dealWords struct{ competitor, reason string }

func (r *marketReader) condition(text string) (*Condition, error) {
	if strings.Contains(strings.ToLower(text), fieldProducts) {
		r.products = true
	}
	return NewCondition(r.kind, text, r.app.Book().Currency.Digits())
}

func (r *marketReader) segments(ctx context.Context) error {
	var err error
	if r.kind, err = r.app.store.Kind(data.KindAccount); err != nil {
		return err
	}
	rows, err := r.app.store.List(ctx, data.Query{Kind: data.KindSegment, Sort: []data.Sort{{Field: "name"}}})
	for _, row := range rows {
		s := SegmentFigures{Row: row}
		s.Potential, s.HasPotential = row.Int("potential"), row.Has("potential") && row.Money("potential", r.app.Book().Currency).Currency == r.app.Book().Currency
		var inside *Condition
		if row.Text("rule") != "" {
			inside, s.Fault = r.condition(row.Text("rule"))
		}
		r.inside = append(r.inside, inside)
		r.out.Segments = append(r.out.Segments, s)
	}
	return err
}

func (r *marketReader) rules(ctx context.Context) error {
	rows, err := r.app.store.List(ctx, data.Query{Kind: data.KindFitRule, Sort: []data.Sort{{Field: "position"}, {Field: "name"}}})
	for _, row := range rows {
		rule := FitRule{Row: row, Points: row.Float("points")}
		var fit *Condition
		fit, rule.Fault = r.condition(row.Text("rule"))
		r.out.Points += max(0, rule.Points)
		r.fits = append(r.fits, fit)
		r.out.Rules = append(r.out.Rules, rule)
	}
	return err
}

func (r *marketReader) competitors(ctx context.Context) error {
	r.against = map[string]int{}
	rows, err := r.app.store.List(ctx, data.Query{Kind: data.KindCompetitor, Sort: []data.Sort{{Field: "name"}}})
	for i, row := range rows {
		if name := sheet.Fold(row.Title()); name != "" {
			r.against[name] = i
		}
		r.reasons = append(r.reasons, map[string]int{})
		r.out.Competitors = append(r.out.Competitors, CompetitorFigures{Row: row, BySegment: make([]Deals, len(r.out.Segments))})
	}
	return err
}

// accounts goes through them once and asks every rule.
func (r *marketReader) accounts(ctx context.Context) error {
	r.place = map[data.ID]int{}
	about, err := r.about(ctx)
	if err != nil {
		return err
	}
	return r.app.store.Each(ctx, data.Query{Kind: data.KindAccount}, func(row data.Row) error {
		if r.products {
			row.Values[fieldProducts] = about[row.ID]
		}
		a := MarketAccount{
			ID: row.ID, Name: row.Title(), Owner: row.Labels["owner"], OwnerID: row.Ref("owner"), Potential: row.Float("potential"),
		}
		for i, c := range r.inside {
			if c != nil && c.Passes(row) {
				a.Segments = append(a.Segments, i)
				r.out.Segments[i].Accounts++
			}
		}
		points := 0.0
		for i, c := range r.fits {
			if c != nil && c.Passes(row) {
				a.Met = append(a.Met, i)
				points += r.out.Rules[i].Points
				r.out.Rules[i].Met++
			}
		}
		if r.out.Points > 0 {
			a.Fit = min(1, max(0, points/r.out.Points))
		}
		a.Score = a.Potential * a.Fit
		r.place[a.ID] = len(r.out.Accounts)
		r.out.Accounts = append(r.out.Accounts, a)
		return nil
	})
}

// about names the products of each account's deals, where a rule asks for them.
func (r *marketReader) about(ctx context.Context) (map[data.ID]string, error) {
	out := map[data.ID]string{}
	if !r.products {
		return out, nil
	}
	return out, r.app.Performance.view(ctx, viewQuery{AsOf: r.out.AsOf}, func(b *factBook, v *metrics.View) error {
		seen := map[[2]int32]bool{}
		for c := range v.All() {
			d := &b.Deals[c.Place]
			pair := [2]int32{d.Account, d.Product}
			if d.Account != metrics.None && d.Product != metrics.None && !seen[pair] {
				seen[pair] = true
				out[b.Accounts[d.Account].ID] += b.Products[d.Product].Name + ";"
			}
		}
		return nil
	})
}

// deals counts every deal under its account, the segments of that, and the
// competitor that it names.
func (r *marketReader) deals(ctx context.Context) error {
	r.named = map[data.Key]dealWords{}
	err := r.app.store.EachNarrow(ctx, store.Narrow{Kind: data.KindDeal, Fields: []string{"competitor", "loss_reason"}}, func(key data.Key, _ data.ID, values []any) error {
		if name, _ := values[0].(string); name != "" {
			reason, _ := values[1].(string)
			r.named[key] = dealWords{name, reason}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.app.Performance.view(ctx, viewQuery{AsOf: r.out.AsOf}, func(b *factBook, v *metrics.View) error {
		for c := range v.All() {
			r.count(b, c)
		}
		return nil
	})
}

func (r *marketReader) count(b *factBook, c metrics.Counted) {
	var segments []int
	if account := b.Deals[c.Place].Account; account != metrics.None {
		if at, ok := r.place[b.Accounts[account].ID]; ok {
			a := &r.out.Accounts[at]
			a.add(c, r.out.Year)
			segments = a.Segments
		}
	}
	for _, s := range segments {
		r.out.Segments[s].add(c, r.out.Year)
	}
	words, ok := r.named[c.Key]
	if !ok {
		return
	}
	at, known := r.against[sheet.Fold(words.competitor)]
	if !known {
		r.out.Unmatched[strings.TrimSpace(words.competitor)]++
		return
	}
	rival := &r.out.Competitors[at]
	rival.add(c, r.out.Year)
	for _, s := range segments {
		rival.BySegment[s].add(c, r.out.Year)
	}
	if c.Type == metrics.Lost && r.out.Year.Contains(c.Close) && words.reason != "" {
		r.reasons[at][words.reason]++
	}
}
