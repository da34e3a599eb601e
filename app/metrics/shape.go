package metrics

import (
	"math"
	"slices"

	"fieldbook/data"
)

// StageShape is how much stands in an open stage: a shape, not a conversion
// (metric definition "stage conversion (snapshot)").
type StageShape struct {
	Pipeline, Stage int32
	Name            string
	Count           int
	Value           data.Money
	Weighted        data.Money // Σ value × the chance of the stage
}

// OpenByStage gives the open deals expected to close in a period, AllTime for
// every open deal, by the stage they stand in: pipelines and stages in order.
func (v *View) OpenByStage(in data.Period) []StageShape {
	type sum struct {
		n               int
		value, weighted int64
	}
	chances := v.Chances()
	sums := tally(v, func() []sum { return make([]sum, len(v.f.Stages)) }, func(into []sum, p *part) {
		for i := range p.open {
			if c := &p.open[i]; c.stage >= 0 && in.Contains(c.close) {
				into[c.stage].n++
				into[c.stage].value += c.value
				into[c.stage].weighted += chances[c.stage].Weigh(c.value)
			}
		}
	}, func(into, from []sum) {
		for i := range from {
			into[i].n, into[i].value, into[i].weighted = into[i].n+from[i].n, into[i].value+from[i].value, into[i].weighted+from[i].weighted
		}
	})
	var out []StageShape
	for p := range v.f.Pipelines {
		for _, s := range v.f.openStages(int32(p)) {
			out = append(out, StageShape{
				Pipeline: int32(p), Stage: s, Name: v.f.Stages[s].Name, Count: sums[s].n,
				Value:    data.Money{Minor: sums[s].value, Currency: v.f.Currency()},
				Weighted: data.Money{Minor: sums[s].weighted, Currency: v.f.Currency()},
			})
		}
	}
	return out
}

// wholePercent is 100 % in the units of percent.
const wholePercent = 1e6

// percent turns 0 to 100 into ten-thousandths of a percent, for exact sums.
func percent(p float64) uint64 { return uint64(math.Round(max(0, p) * 1e4)) }

// Bands is the histogram of attainment (metric definition "attainment bands").
type Bands struct {
	Counts  [5]int // < 50, 50–79, 80–99, 100–120, > 120 %
	N       int    // rows with a quota above 0
	Median  float64
	AtQuota Ratio // share at or over 100 %
}

// BandOf is the place in Bands.Counts of an attainment; 120 % itself is in the
// fourth.
func BandOf(attainment float64) int {
	band := 0
	for _, edge := range [3]float64{0.5, 0.8, 1} {
		if attainment >= edge {
			band++
		}
	}
	if attainment > 1.2 {
		band++
	}
	return band
}

// Bands sorts the rows of a result, usually by person, by their attainment.
func (r *Result) Bands() Bands {
	var b Bands
	var all []float64
	for i := range r.Rows {
		a, ok := r.Rows[i].Attainment.Value()
		if !ok {
			continue
		}
		all = append(all, a)
		b.Counts[BandOf(a)]++
	}
	b.N = len(all)
	b.AtQuota = Ratio{Num: float64(b.Counts[3] + b.Counts[4]), Den: float64(b.N), N: b.N}
	if b.N > 0 {
		slices.Sort(all)
		b.Median = (all[(b.N-1)/2] + all[b.N/2]) / 2
	}
	return b
}
