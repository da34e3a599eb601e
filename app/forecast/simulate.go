package forecast

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"fieldbook/data"
)

const (
	singleDeals  = 2400 // deals drawn one by one, shared by the groups: those that matter most
	mostSingle   = 24   // of one group
	leastSingle  = 4
	mostCells    = 8_000_000 // runs × rows kept at once
	leastRuns    = 500
	poissonExact = 12.0 // wins on average up to which each is drawn
)

// simulation is what the runs are made of.
type simulation struct {
	e      *expectation
	miss   errors
	closed []int64
	into   *Result
}

// bundle is a group's open deals made ready: the ones that matter most singly,
// the others by mean and variance.
type bundle struct {
	single []chance
	rest   moments
	most   float64 // all of the rest won
}

// simulate fills the bands and odds. Each run draws the errors common to
// everyone, then each group's own luck.
func simulate(ctx context.Context, b *Book, q Query, s simulation) error {
	runs := q.Runs
	if runs <= 0 {
		runs = usualRuns
	}
	runs = max(leastRuns, min(runs, mostCells/(len(b.Rows)+1)))
	s.share()
	// What the errors of both parts are to each other follows from that of their sum.
	open, fresh := s.e.totals()
	o, n := s.e.recentre(&s.miss), fresh.mean*math.Exp(s.miss.fresh)
	shared := 0.0
	if a := 2 * o * n * s.miss.openSD * s.miss.freshSD; a > 0 {
		t := s.miss.totalSD * (o + n)
		shared = max(-0.95, min(0.95, (t*t-o*o*s.miss.openSD*s.miss.openSD-n*n*s.miss.freshSD*s.miss.freshSD)/a))
	}
	rng := rand.New(rand.NewPCG(q.Seed, 0x6f72656361737400))
	factors := make([][2]float64, runs)
	for i := range factors {
		x, y := rng.NormFloat64(), rng.NormFloat64()
		y = shared*x + math.Sqrt(1-shared*shared)*y
		factors[i] = [2]float64{math.Exp(s.miss.openSD * x), math.Exp(s.miss.fresh + s.miss.freshSD*y)}
	}
	all := newRuns(runs)
	rows := make([]*draws, len(b.Rows))
	into := make([][]*draws, b.Groups)
	for i := range rows {
		rows[i] = newRuns(runs)
		for g := range b.Rows[i].groups {
			into[g] = append(into[g], rows[i])
		}
	}
	bundles := s.e.bundles(b.Groups)
	for g := range b.Groups {
		if err := ctx.Err(); err != nil {
			return data.Wrap(data.Canceled, err, "stopped; nothing was changed")
		}
		if s.e.open[g].mean == 0 && s.e.fresh[g].mean == 0 {
			continue
		}
		s.group(rng, g, &bundles[g], factors, append(into[g], all))
	}
	for i := range rows {
		rows[i].sum(&s.into.Rows[i], b.Rows[i])
	}
	all.sum(&s.into.Total, Row{Quota: q.Quota, HasQuota: q.HasQuota})
	for i := range b.Rows {
		for g := range b.Rows[i].groups {
			s.into.Rows[i].ExpectedOpen += s.e.open[g].mean
			s.into.Rows[i].ExpectedNew += s.e.fresh[g].mean
		}
	}
	s.into.Total.ExpectedOpen, s.into.Total.ExpectedNew = open.mean, fresh.mean
	return nil
}

// share takes from the common errors what the groups' own ones add to the
// whole, so that the whole has the same band whatever it is divided into. A
// single group is the whole and has none of its own.
func (s *simulation) share() {
	var all, squares float64
	groups := 0
	for g := range s.e.open {
		x := s.e.open[g].mean + s.e.fresh[g].mean
		all, squares = all+x, squares+x*x
		if x > 0 {
			groups++
		}
	}
	if groups < 2 {
		s.miss.rowSD = 0
		return
	}
	own := (math.Exp(s.miss.rowSD*s.miss.rowSD) - 1) * squares / (all * all)
	left := math.Sqrt(max(0.25, 1-own/(s.miss.totalSD*s.miss.totalSD)))
	s.miss.openSD, s.miss.freshSD, s.miss.totalSD = left*s.miss.openSD, left*s.miss.freshSD, left*s.miss.totalSD
}

// draws are what each run brings to a row.
type draws struct{ open, fresh []float64 }

func newRuns(n int) *draws { return &draws{make([]float64, n), make([]float64, n)} }

// recentre moves the chances of open deals by the errors of deals of their age,
// and gives what they bring on average.
func (e *expectation) recentre(miss *errors) float64 {
	total := 0.0
	for i := range e.deals {
		c := &e.deals[i]
		if factor := math.Exp(miss.open[c.age]); c.p*factor < 1 {
			c.p *= factor
		} else {
			c.p = 1
		}
		total += c.p * c.value
	}
	return total
}

// bundles sorts the chances by group.
func (e *expectation) bundles(groups int) []bundle {
	out := make([]bundle, groups)
	spread := func(c *chance) float64 { return c.p * (1 - c.p) * c.value * c.value }
	for _, c := range e.deals {
		out[c.group].single = append(out[c.group].single, c)
	}
	for g := range out {
		b := &out[g]
		slices.SortStableFunc(b.single, func(x, y chance) int { return cmp.Compare(spread(&y), spread(&x)) })
		cut := min(len(b.single), max(leastSingle, min(mostSingle, singleDeals/groups)))
		for _, c := range b.single[cut:] {
			b.rest.add(c.moments(e.noise))
			b.most += c.value
		}
		b.single = b.single[:cut]
	}
	return out
}

// group draws all runs of one group and adds them to the rows that it is in.
func (s *simulation) group(rng *rand.Rand, g int, b *bundle, factors [][2]float64, into []*draws) {
	noise, sd := math.Sqrt(s.e.noise), math.Sqrt(b.rest.variance)
	news := s.e.news[g]
	rowSD := s.miss.rowSD
	for i, f := range factors {
		own := 1.0
		if rowSD > 0 {
			own = math.Exp(rowSD*rng.NormFloat64() - rowSD*rowSD/2) // 1 on average, so that rows add up to the whole
		}
		open := 0.0
		for j := range b.single {
			if c := &b.single[j]; rng.Float64() < c.p {
				open += c.value * max(0, 1+noise*rng.NormFloat64())
			}
		}
		if b.most > 0 {
			open += max(0, min(b.most, b.rest.mean+sd*rng.NormFloat64()))
		}
		open *= f[0] * own
		fresh := news.draw(rng) * f[1] * own
		for _, d := range into {
			d.open[i] += open
			d.fresh[i] += fresh
		}
	}
}

// draw is the value of the deals that come and are won: a Poisson number of
// skewed values, each drawn where they are few, else together.
func (s stream) draw(rng *rand.Rand) float64 {
	if s.wins <= 0 || s.mean <= 0 {
		return 0
	}
	if s.wins > poissonExact {
		return max(0, s.wins*s.mean+math.Sqrt(s.wins*s.square)*rng.NormFloat64())
	}
	n, limit, product := 0, math.Exp(-s.wins), rng.Float64()
	for product > limit {
		n++
		product *= rng.Float64()
	}
	// Log-normal with the mean and square that the won deals have.
	bend := math.Log(s.square / (s.mean * s.mean))
	total := 0.0
	for range n {
		total += s.mean * math.Exp(math.Sqrt(bend)*rng.NormFloat64()-bend/2)
	}
	return total
}

// sum turns the runs into bands and odds.
func (d *draws) sum(l *Line, row Row) {
	whole := make([]float64, len(d.open))
	reached := 0
	for i := range whole {
		whole[i] = float64(l.Closed) + d.open[i] + d.fresh[i]
		if row.HasQuota && whole[i] >= float64(row.Quota) {
			reached++
		}
	}
	l.Whole, l.FromOpen, l.FromNew = bandOf(whole), bandOf(d.open), bandOf(d.fresh)
	if l.HasOdds = row.HasQuota; l.HasOdds {
		l.Odds = float64(reached) / float64(len(whole))
	}
}

// bandOf sorts x.
func bandOf(x []float64) Band {
	slices.Sort(x)
	at := func(p float64) int64 { return int64(math.Round(finite(x[int(p*float64(len(x)-1))]))) }
	return Band{at(0.1), at(0.5), at(0.9)}
}
