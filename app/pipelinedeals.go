package app

import (
	"context"
	"math"
	"math/big"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Names of fields that are worked out for deals; queries sort and filter by
// them as by fields of the kind. Amounts are in each deal's own currency.
const (
	DealValue    = store.DealValue
	DealWeighted = store.DealWeighted
	DealStageDay = store.DealStageDay
	DealCategory = store.DealCategory
	DealStep     = store.DealStep
	DealStepDay  = store.DealStepDay
)

// KeyFilter keeps exactly the rows with these keys.
func KeyFilter(keys []data.Key) data.Filter {
	values := make([]data.Value, len(keys))
	for i, key := range keys {
		values[i] = int64(key)
	}
	return data.Filter{Field: store.KeyField, Test: data.Is, Values: values}
}

// IDs gives the ids of deals by key; those that are gone are left out.
func (p *Pipeline) IDs(ctx context.Context, keys []data.Key) ([]data.ID, error) {
	return p.app.store.IDsOf(ctx, keys)
}

// Stage is one step of a pipeline.
type Stage struct {
	ID          data.ID
	Pipeline    data.ID
	Name        string
	Type        string // data.StageOpen, StageWon or StageLost
	Place, Of   int    // among the open stages, from 1; 0 for won and lost
	Probability float64
	Category    string // the forecast category of deals that have none of their own
	Expected    int    // days that a deal may stand in it; 0 is no limit

	chance metrics.Chance // by which its deals count in "weighted", once Weigh was asked
}

// Weighted is what a value in the stage counts for (metric definition "weighted").
func (s Stage) Weighted(value int64) int64 {
	if s.chance.Of == 0 {
		return int64(math.Round(float64(value) * s.Probability / 100))
	}
	return s.chance.Weigh(value)
}

// Weight is the probability, in percent, by which deals in the stage count.
func (s Stage) Weight() float64 {
	if s.chance.Of == 0 {
		return s.Probability
	}
	return s.chance.Share() * 100
}

// Weigh fills in by which probability the deals of stages count: the share won of
// those that were in them, as everywhere.
func (p *Pipeline) Weigh(ctx context.Context, stages []Stage) error {
	chances := map[data.ID]metrics.Chance{}
	err := p.eachChance(ctx, func(s *metrics.Stage, c metrics.Chance) { chances[s.ID] = c })
	for i := range stages {
		stages[i].chance = chances[stages[i].ID]
	}
	return err
}

// weighed lets a query that asks for DealWeighted count deals as Weigh does.
func (a *App) weighed(ctx context.Context, q data.Query) (data.Query, error) {
	asks := slices.ContainsFunc(q.Sort, func(s data.Sort) bool { return s.Field == DealWeighted }) ||
		slices.ContainsFunc(q.Where, func(f data.Filter) bool { return f.Field == DealWeighted })
	if !asks {
		return q, nil
	}
	q.Weights = map[data.Key]float64{}
	return q, a.Pipeline.eachChance(ctx, func(s *metrics.Stage, c metrics.Chance) {
		if c.Learned {
			q.Weights[s.Key] = c.Share() * 100
		}
	})
}

func (p *Pipeline) eachChance(ctx context.Context, fn func(*metrics.Stage, metrics.Chance)) error {
	return p.app.Performance.view(ctx, viewQuery{AsOf: p.app.Today()}, func(b *factBook, v *metrics.View) error {
		for i, c := range v.Chances() {
			fn(&b.Stages[i], c)
		}
		return nil
	})
}

// Stages lists every pipeline's stages, pipelines and stages in their order.
func (p *Pipeline) Stages(ctx context.Context) ([]Stage, error) {
	rows, err := p.app.store.List(ctx, data.Query{Kind: data.KindStage, Sort: []data.Sort{{Field: "pipeline.position"}, {Field: "pipeline"}, {Field: "position"}}})
	if err != nil {
		return nil, err
	}
	out := make([]Stage, len(rows))
	open := map[data.ID]int{}
	for i, r := range rows {
		out[i] = Stage{
			ID: r.ID, Pipeline: r.Ref("pipeline"), Name: r.Title(), Type: r.Text("type"),
			Probability: r.Float("probability"), Category: r.Text("category"), Expected: int(r.Int("expected_days")),
		}
		if out[i].Type == data.StageOpen {
			open[out[i].Pipeline]++
			out[i].Place = open[out[i].Pipeline]
		}
	}
	for i := range out {
		out[i].Of = open[out[i].Pipeline]
	}
	return out, nil
}

// Busiest is the pipeline with the most open deals among stages, the first one
// where none has any; NoID where there is no pipeline.
func (p *Pipeline) Busiest(ctx context.Context, stages []Stage) (data.ID, error) {
	open := map[data.ID]int{}
	var best data.ID
	for i, st := range stages {
		if i == 0 {
			best = st.Pipeline
		}
		if st.Type != data.StageOpen {
			continue
		}
		n, err := p.app.store.Count(ctx, data.Query{Kind: data.KindDeal, Where: []data.Filter{{Field: "stage", Test: data.Is, Values: []data.Value{st.ID}}}})
		if err != nil {
			return data.NoID, err
		}
		if open[st.Pipeline] += n; open[st.Pipeline] > open[best] {
			best = st.Pipeline
		}
	}
	return best, nil
}

// Deal is a deal with what is worked out of it. Value is in the book's
// currency, at the newest rate of its own; Valued is false where it has neither
// amount nor list price, or there is no such rate.
type Deal struct {
	data.Row
	Value   int64
	Valued  bool
	Listed  bool // the product's list price counts
	Since   data.Day
	Stalled bool // metric definition "stalled"
}

// Stalled lists the deals that are stalled today (metric definition
// "stalled"), by key, ascending. It is not to be changed.
func (p *Pipeline) Stalled(ctx context.Context) ([]data.Key, error) {
	var keys []data.Key
	err := p.stalls(ctx, func(_ *factBook, s *metrics.Stalls) { keys = s.Keys })
	return keys, err
}

// stalledFor tells of some deals how many days they have stood in their stage,
// of those alone that are stalled.
func (p *Pipeline) stalledFor(ctx context.Context, keys []data.Key) (map[data.Key]int, error) {
	days := map[data.Key]int{}
	err := p.stalls(ctx, func(b *factBook, s *metrics.Stalls) {
		for _, key := range keys {
			if place, ok := b.Place(key); ok {
				days[key] = s.Days(place)
			}
		}
	})
	return days, err
}

func (p *Pipeline) stalls(ctx context.Context, fn func(*factBook, *metrics.Stalls)) error {
	return p.app.Performance.view(ctx, viewQuery{AsOf: p.app.Today()}, func(b *factBook, v *metrics.View) error {
		fn(b, v.Stalls())
		return nil
	})
}

// Deals reads deals by key, in the order of keys; those that are gone are left out.
func (p *Pipeline) Deals(ctx context.Context, keys []data.Key) ([]Deal, error) {
	rows, err := p.app.store.Rows(ctx, data.KindDeal, keys)
	if err != nil {
		return nil, err
	}
	facts, err := p.app.store.DealStandings(ctx, keys)
	if err != nil {
		return nil, err
	}
	stalled, err := p.stalledFor(ctx, keys)
	if err != nil {
		return nil, err
	}
	rates := &dealRates{app: p.app}
	out := make([]Deal, len(rows))
	for i, r := range rows {
		f := facts[r.Key]
		d := Deal{Row: r, Since: f.Since, Listed: f.Valued && r.Int("amount") == 0 && f.Value != 0}
		if days := stalled[r.Key]; days > 0 {
			d.Stalled, d.Since = true, p.app.Today()-data.Day(days)
		}
		if f.Valued {
			if d.Value, d.Valued, err = rates.convert(ctx, f.Value, f.Currency); err != nil {
				return nil, err
			}
		}
		out[i] = d
	}
	return out, nil
}

// StageTotal is what the deals of a query in one stage come to, in the book's
// currency (metric definitions "value" and "weighted").
type StageTotal struct {
	Stage     data.ID
	Type      string
	Count     int
	Value     int64
	Weighted  int64
	Unvalued  int // left out of the sums: no amount, list price or rate
	NoAccount int
	NoClose   int
	PastClose int // open, with a close day before today
	NoStep    int // open, with nothing planned
	LateStep  int // open, with a next step due before today
	Stalled   int // metric definition "stalled"
}

// StageTotals adds up the deals of a query by stage, without reading them.
func (p *Pipeline) StageTotals(ctx context.Context, q data.Query) ([]StageTotal, error) {
	q.Kind = data.KindDeal
	q, err := p.app.weighed(ctx, q)
	if err != nil {
		return nil, err
	}
	stalled, err := p.Stalled(ctx)
	if err != nil {
		return nil, err
	}
	parts, err := p.app.store.DealTotals(ctx, q, store.Lacking{Today: p.app.Today(), Stalled: stalled})
	if err != nil {
		return nil, err
	}
	stages, err := p.Stages(ctx)
	if err == nil {
		err = p.Weigh(ctx, stages)
	}
	if err != nil {
		return nil, err
	}
	rates := &dealRates{app: p.app}
	found := map[data.ID]*StageTotal{}
	for _, part := range parts {
		t := found[part.Stage]
		if t == nil {
			t = &StageTotal{Stage: part.Stage}
			found[part.Stage] = t
		}
		sum, rated, err := rates.convert(ctx, part.Sum, part.Currency)
		if err != nil {
			return nil, err
		}
		if !rated {
			sum, part.Unvalued = 0, part.Count
		}
		t.add(StageTotal{
			Count: part.Count, Value: sum, Unvalued: part.Unvalued, NoAccount: part.NoAccount, NoClose: part.NoClose,
			PastClose: part.PastClose, NoStep: part.NoStep, LateStep: part.LateStep, Stalled: part.Stalled,
		})
	}
	var out []StageTotal
	for _, s := range stages {
		if t := found[s.ID]; t != nil {
			t.Type, t.Weighted = s.Type, s.Weighted(t.Value)
			if s.Type != data.StageOpen {
				t.PastClose, t.NoStep, t.LateStep = 0, 0, 0
			}
			out = append(out, *t)
		}
	}
	return out, nil
}

// Overview is StageTotals of the open stages and, since that is all that is
// asked of the others and much faster, only the Count of those that are closed.
func (p *Pipeline) Overview(ctx context.Context, q data.Query) ([]StageTotal, error) {
	q.Kind = data.KindDeal
	q, err := p.app.weighed(ctx, q)
	if err != nil {
		return nil, err
	}
	counts, err := p.app.store.DealCounts(ctx, q)
	if err != nil {
		return nil, err
	}
	stages, err := p.Stages(ctx)
	if err != nil {
		return nil, err
	}
	var open []data.Value
	for _, s := range stages {
		if s.Type == data.StageOpen && counts[s.ID] > 0 {
			open = append(open, s.ID)
		}
	}
	q.Where = append(append([]data.Filter(nil), q.Where...), data.Filter{Field: "stage", Test: data.Is, Values: open})
	out, err := p.StageTotals(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, s := range stages {
		if n := counts[s.ID]; s.Type != data.StageOpen && n > 0 {
			out = append(out, StageTotal{Stage: s.ID, Type: s.Type, Count: n})
		}
	}
	return out, nil
}

// SumTotals adds up the totals of the stages that keep says yes to; nil is all.
func SumTotals(totals []StageTotal, keep func(StageTotal) bool) StageTotal {
	var sum StageTotal
	for _, t := range totals {
		if keep == nil || keep(t) {
			sum.add(t)
		}
	}
	return sum
}

func (t *StageTotal) add(o StageTotal) {
	t.Count += o.Count
	t.Value = addUp(t.Value, o.Value)
	t.Weighted = addUp(t.Weighted, o.Weighted)
	t.Unvalued += o.Unvalued
	t.NoAccount += o.NoAccount
	t.NoClose += o.NoClose
	t.PastClose += o.PastClose
	t.NoStep += o.NoStep
	t.LateStep += o.LateStep
	t.Stalled += o.Stalled
}

// addUp stays at the largest amount where a sum would not fit.
func addUp(a, b int64) int64 {
	switch {
	case b > 0 && a > math.MaxInt64-b:
		return math.MaxInt64
	case b < 0 && a < math.MinInt64-b:
		return math.MinInt64
	}
	return a + b
}

// dealRates converts open amounts at today's rates, each looked up once.
type dealRates struct {
	app   *App
	known map[data.Currency]*data.Rate // nil: there is none
}

func (r *dealRates) convert(ctx context.Context, minor int64, from data.Currency) (int64, bool, error) {
	book := r.app.Book().Currency
	if from == "" || from == book {
		return minor, true, nil
	}
	rate, ok := r.known[from]
	if !ok {
		var err error
		if rate, err = r.app.rateOn(ctx, from, r.app.Today()); err != nil {
			return 0, false, err
		}
		if r.known == nil {
			r.known = map[data.Currency]*data.Rate{}
		}
		r.known[from] = rate
	}
	if rate == nil {
		return 0, false, nil
	}
	out, fits := rate.Convert(minor, from, book)
	return out, fits, nil
}

// rateOn is the newest rate of a currency that is not after a day, nil for none.
func (a *App) rateOn(ctx context.Context, c data.Currency, day data.Day) (*data.Rate, error) {
	rows, err := a.store.List(ctx, data.Query{
		Kind: data.KindRate, Limit: 1, Sort: []data.Sort{{Field: "day", Desc: true}},
		Where: []data.Filter{{Field: "currency", Test: data.Is, Values: []data.Value{string(c)}}, {Field: "day", Test: data.AtMost, Values: []data.Value{day}}},
	})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	n, ok := new(big.Rat).SetString(strings.TrimSpace(rows[0].Text("rate")))
	if !ok || n.Sign() <= 0 || !n.Num().IsInt64() || !n.Denom().IsInt64() {
		return nil, nil
	}
	return &data.Rate{Num: n.Num().Int64(), Den: n.Denom().Int64()}, nil
}

// lowerFirst starts a label within a sentence.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}
