package forecast

import (
	"context"
	"math"

	"fieldbook/data"
)

// Book is what a forecast is made from.
type Book struct {
	AsOf   data.Day
	Deals  []Deal
	Groups int   // Deal.Group is below
	Lines  int   // pipelines
	Rows   []Row // what has a line of its own; the total comes by itself

	cuts [ageBands - 1]int
}

// Row is a line of the forecast: the groups From up to, not including, To, and
// those Of that stand elsewhere, and the quota that the odds are of, with HasQuota.
type Row struct {
	From, To int32
	Of       []int32
	Quota    int64
	HasQuota bool
}

// groups gives each group of the row once.
func (r *Row) groups(yield func(int32) bool) {
	for g := r.From; g < r.To; g++ {
		if !yield(g) {
			return
		}
	}
	for _, g := range r.Of {
		if !yield(g) {
			return
		}
	}
}

// Query asks for a forecast.
type Query struct {
	Period   data.Period
	Runs     int // 0 is 10,000
	Seed     uint64
	Quota    int64 // of the whole, with HasQuota
	HasQuota bool
}

// Band is what is exceeded in 90, 50 and 10 of 100 cases, in minor units.
type Band struct{ P10, P50, P90 int64 }

// Line is the forecast of one row.
type Line struct {
	Closed       int64 // won in the period by the as-of day
	Whole        Band  // of the period: closed, from open deals and from new ones
	FromOpen     Band
	FromNew      Band
	Odds         float64 // of reaching the quota, with HasOdds
	HasOdds      bool
	Open         int     // open deals
	ExpectedOpen float64 // mean of what they bring before errors are known
	ExpectedNew  float64
}

// Result is a period's forecast. Known is false where too few deals have closed
// to tell anything beyond what has.
type Result struct {
	Known    bool
	Verdict  string
	Learned  int // closed deals with a known start
	Rows     []Line
	Total    Line
	Accuracy Accuracy
}

const usualRuns = 10_000

// Predict makes the forecast of a period as of the book's day. It ends early
// with ctx's error; a period without an end is Invalid.
func Predict(ctx context.Context, b *Book, q Query) (*Result, error) {
	if !q.Period.From.Valid() || !q.Period.To.Valid() {
		return nil, data.Errorf(data.Invalid, "A forecast needs a period with an end, such as a quarter.")
	}
	r := &Result{Rows: make([]Line, len(b.Rows))}
	closed, counts := b.closedIn(q.Period)
	for i := range b.Rows {
		for g := range b.Rows[i].groups {
			r.Rows[i].Closed += closed[g]
			r.Rows[i].Open += counts[g]
		}
	}
	for g := range closed {
		r.Total.Closed += closed[g]
		r.Total.Open += counts[g]
	}
	w, ahead := windowOf(b.AsOf, q.Period)
	if !ahead {
		r.Known, r.Verdict = true, "The period is over: the forecast is what was won."
		r.over(b, q)
		return r, ctx.Err()
	}
	b.cutAges()
	e, ok := b.expect(w, true)
	if !ok {
		r.Verdict = "Too few deals with a known beginning have closed to tell what a period brings."
		return r, ctx.Err()
	}
	r.Known, r.Learned = true, e.n
	origins := b.lookBack(w)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	days := int(w.to - w.day)
	miss := judge(origins, days)
	r.Accuracy = accuracy(origins, days)
	r.Verdict = r.Accuracy.words()
	return r, simulate(ctx, b, q, simulation{e: e, miss: miss, closed: closed, into: r})
}

// over fills a forecast of a period that has passed.
func (r *Result) over(b *Book, q Query) {
	fill := func(l *Line, quota int64, has bool) {
		l.Whole = Band{l.Closed, l.Closed, l.Closed}
		if l.HasOdds = has; has && l.Closed >= quota {
			l.Odds = 1
		}
	}
	for i := range r.Rows {
		fill(&r.Rows[i], b.Rows[i].Quota, b.Rows[i].HasQuota)
	}
	fill(&r.Total, q.Quota, q.HasQuota)
}

// closedIn is what each group won in a period by the as-of day, and how many
// deals it has open.
func (b *Book) closedIn(p data.Period) (won []int64, open []int) {
	won, open = make([]int64, b.Groups), make([]int, b.Groups)
	for i := range b.Deals {
		d := &b.Deals[i]
		switch {
		case d.Outcome == StillOpen:
			open[d.Group]++
		case d.Outcome == Won && p.Contains(d.Close) && d.Close <= b.AsOf:
			won[d.Group] += d.Value
		}
	}
	return won, open
}

func (a *Accuracy) words() string {
	if !a.Defined {
		return "No earlier day has passed as far as this forecast looks ahead, so its bands are a guess of their width."
	}
	share := func(x float64) string { return percent(math.Abs(x)) }
	side := "above"
	if a.Bias < 0 {
		side = "below"
	}
	better := "better than"
	if a.WAPE >= a.NaiveWAPE {
		better = "no better than"
	}
	return "From earlier days it erred by " + share(a.WAPE) + " (" + share(a.Bias) + " " + side + " what came), " + better + " open deals × share won, which erred by " + share(a.NaiveWAPE) + "."
}
