package app

import (
	"context"
	"encoding/json"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// The ways in which a period was foretold.
const (
	ByCall     = "call"     // what the person said
	ByWeighted = "weighted" // won so far + open × the chance of its stage
	ByMiddle   = "p50"      // the middle of the simulation
	ByNaive    = "naive"    // what the period before brought
)

// ForetoldWays lists them as they are shown.
var ForetoldWays = []string{ByCall, ByMiddle, ByWeighted, ByNaive}

// Foretold is one prediction of what a period brings.
type Foretold struct {
	Day    data.Day
	Way    string
	Minor  int64
	Actual int64
}

// Error is forecast − actual: above 0 too much was foretold.
func (f Foretold) Error() int64 { return f.Minor - f.Actual }

// WayScore is how one way did (metric definition "forecast error").
type WayScore struct {
	Way        string
	N          int           // predictions
	WAPE, Bias metrics.Ratio // Σ|e| ÷ Σ|actual|, Σe ÷ Σactual
}

// ForetellerScore is how the predictions for one person, or his team, did.
type ForetellerScore struct {
	ID     data.ID // NoID for all together
	Name   string
	Team   bool
	Actual int64
	Ways   []WayScore // those with predictions
	Told   []Foretold // by day
}

// ForecastAccuracy scores what was foretold of a period that is over, week by week.
type ForecastAccuracy struct {
	Period   data.Period
	Currency data.Currency
	Weeks    []data.Day // the snapshot days
	Total    ForetellerScore
	People   []ForetellerScore
}

// AccuracyQuery asks for the scores of a period.
type AccuracyQuery struct {
	Period data.Period
	Scope  data.Scope
	Quick  bool // leaves out the simulation, which takes long in a large book
}

// Ended is the newest period of in's length that was over on a day: in itself
// or the one before it, and so on; quarters for a period without an end.
func (k *Forecasts) Ended(in data.Period, on data.Day) data.Period {
	cal := k.app.Book().Calendar
	if !in.From.Valid() || !in.To.Valid() {
		in = cal.QuarterOf(on)
	}
	for in.To > on {
		in = cal.Before(in)
	}
	return in
}

// Accuracy scores every prediction of a period. It is Invalid for one that is not
// over: its end is what predictions are held against.
func (k *Forecasts) Accuracy(ctx context.Context, q AccuracyQuery, progress func(done, total int64)) (*ForecastAccuracy, error) {
	in := q.Period
	if !in.From.Valid() || !in.To.Valid() {
		return nil, data.Errorf(data.Invalid, "predictions are scored for a period with an end, such as a quarter")
	}
	if in.To > k.app.Today() {
		return nil, data.Errorf(data.Invalid, "%s is not over; its forecasts are scored once it is", in.Name)
	}
	out := &ForecastAccuracy{Period: in, Currency: k.app.Book().Currency}
	for day := in.From; day < in.To-1; day += 7 {
		out.Weeks = append(out.Weeks, day)
	}
	s := scoring{k: k, query: q, out: out, at: map[data.ID]int{}}
	if err := s.actual(ctx); err != nil {
		return nil, err
	}
	for i, day := range out.Weeks {
		if err := s.week(ctx, day); err != nil {
			return nil, err
		}
		progress(int64(i+1), int64(len(out.Weeks)))
	}
	out.Total.score()
	for i := range out.People {
		out.People[i].score()
	}
	out.People = slices.DeleteFunc(out.People, func(p ForetellerScore) bool { return len(p.Ways) == 0 })
	return out, nil
}

// scoring gathers what was foretold.
type scoring struct {
	k     *Forecasts
	query AccuracyQuery
	out   *ForecastAccuracy
	at    map[data.ID]int // of people, in out.People
	naive map[data.ID]int64
	last  int64 // what the period before brought in all
}

// actual lists people with what the period brought, and the one before.
func (s *scoring) actual(ctx context.Context) error {
	cal := s.k.app.Book().Calendar
	end, err := s.k.app.Calls.Rollup(ctx, FigureQuery{Period: s.query.Period, AsOf: s.query.Period.To - 1, Scope: s.query.Scope})
	if err != nil {
		return err
	}
	for _, r := range end.Rows {
		if _, known := s.at[r.Person]; known || r.Person.IsZero() {
			continue // a team comes before the person's own row
		}
		s.at[r.Person] = len(s.out.People)
		s.out.People = append(s.out.People, ForetellerScore{ID: r.Person, Name: r.Name, Team: r.Team, Actual: r.Closed.Minor})
	}
	s.out.Total = ForetellerScore{Actual: end.Total.Closed.Minor, Team: true}
	before := cal.Before(s.query.Period)
	past, err := s.k.app.Calls.Rollup(ctx, FigureQuery{Period: before, AsOf: before.To - 1, Scope: s.query.Scope})
	if err != nil {
		return err
	}
	s.naive, s.last = map[data.ID]int64{}, past.Total.Closed.Minor
	for _, r := range past.Rows {
		if _, known := s.naive[r.Person]; !known {
			s.naive[r.Person] = r.Closed.Minor
		}
	}
	return nil
}

// week takes down what was foretold on a day.
func (s *scoring) week(ctx context.Context, day data.Day) error {
	roll, err := s.k.app.Calls.Rollup(ctx, FigureQuery{Period: s.query.Period, AsOf: day, Scope: s.query.Scope})
	if err != nil {
		return err
	}
	called, whole := int64(0), true
	seen := map[data.ID]bool{}
	for _, r := range roll.Rows {
		if r.Depth == 0 {
			if whole = whole && r.Call != nil; r.Call != nil {
				called += r.Call.Amount
			}
		}
		p := s.person(r.Person)
		if p == nil || seen[r.Person] {
			continue
		}
		seen[r.Person] = true
		if r.Call != nil {
			p.tell(day, ByCall, r.Call.Amount)
		}
		p.tell(day, ByWeighted, r.Closed.Minor+r.Weighted.Minor)
		p.tell(day, ByNaive, s.naive[r.Person])
	}
	t := &s.out.Total
	if whole && len(roll.Rows) > 0 {
		t.tell(day, ByCall, called)
	}
	t.tell(day, ByWeighted, roll.Total.Closed.Minor+roll.Total.Weighted.Minor)
	t.tell(day, ByNaive, s.last)
	if s.query.Quick {
		return nil
	}
	return s.middle(ctx, day)
}

func (s *scoring) middle(ctx context.Context, day data.Day) error {
	told, err := s.k.Period(ctx, ForecastQuery{Period: s.query.Period, AsOf: day, Scope: s.query.Scope, By: metrics.ByPerson, Runs: 2000})
	if err != nil || !told.Known {
		return err
	}
	s.out.Total.tell(day, ByMiddle, told.Total.Whole.P50)
	for _, r := range told.Rows {
		if p := s.person(r.ID); p != nil && !p.Team {
			p.tell(day, ByMiddle, r.Whole.P50)
		}
	}
	return nil
}

func (s *scoring) person(id data.ID) *ForetellerScore {
	if at, ok := s.at[id]; ok {
		return &s.out.People[at]
	}
	return nil
}

func (f *ForetellerScore) tell(day data.Day, way string, minor int64) {
	f.Told = append(f.Told, Foretold{day, way, minor, f.Actual})
}

// Way is the score of one way; N 0 where nothing was foretold in it.
func (f *ForetellerScore) Way(way string) WayScore {
	for _, w := range f.Ways {
		if w.Way == way {
			return w
		}
	}
	return WayScore{Way: way}
}

// score sums up each way.
func (f *ForetellerScore) score() {
	for _, way := range ForetoldWays {
		w := WayScore{Way: way}
		for _, t := range f.Told {
			if t.Way != way {
				continue
			}
			e, actual := float64(t.Error()), float64(t.Actual)
			w.N++
			w.WAPE.Num, w.WAPE.Den = w.WAPE.Num+max(e, -e), w.WAPE.Den+max(actual, -actual)
			w.Bias.Num, w.Bias.Den = w.Bias.Num+e, w.Bias.Den+actual
		}
		if w.WAPE.N, w.Bias.N = w.N, w.N; w.N > 0 && (way != ByNaive && way != ByWeighted || f.Actual != 0 || w.WAPE.Num != 0) {
			f.Ways = append(f.Ways, w)
		}
	}
}

// MarshalJSON writes the scores as scripts read them.
func (f *ForecastAccuracy) MarshalJSON() ([]byte, error) {
	people := []foretellerJSON{}
	for i := range f.People {
		people = append(people, f.encode(&f.People[i]))
	}
	return json.Marshal(struct {
		Period   string           `json:"period"`
		Currency string           `json:"currency"`
		Total    foretellerJSON   `json:"total"`
		Rows     []foretellerJSON `json:"rows"`
	}{f.Period.Name, string(f.Currency), f.encode(&f.Total), people})
}

type foretellerJSON struct {
	Key    string         `json:"key"`
	ID     *string        `json:"id"`
	Team   bool           `json:"team"`
	Actual string         `json:"actual"`
	Ways   []wayJSON      `json:"scores"`
	Weeks  []foretoldJSON `json:"weeks"`
}

type wayJSON struct {
	Way  string          `json:"by"`
	N    int             `json:"n"`
	WAPE json.RawMessage `json:"wape"`
	Bias json.RawMessage `json:"bias"`
}

type foretoldJSON struct {
	Day      string `json:"day"`
	Way      string `json:"by"`
	Forecast string `json:"forecast"`
	Error    string `json:"error"`
}

func (f *ForecastAccuracy) encode(s *ForetellerScore) foretellerJSON {
	money := func(minor int64) string { return data.Money{Minor: minor, Currency: f.Currency}.Decimal() }
	out := foretellerJSON{Key: s.Name, Team: s.Team, Actual: money(s.Actual), Ways: []wayJSON{}, Weeks: []foretoldJSON{}}
	if s.ID.IsZero() {
		out.Key = "total"
	} else {
		id := s.ID.String()
		out.ID = &id
	}
	for _, w := range s.Ways {
		out.Ways = append(out.Ways, wayJSON{w.Way, w.N, metrics.SixDecimals(w.WAPE.Value()), metrics.SixDecimals(w.Bias.Value())})
	}
	for _, t := range s.Told {
		out.Weeks = append(out.Weeks, foretoldJSON{t.Day.String(), t.Way, money(t.Minor), money(t.Error())})
	}
	return out
}
