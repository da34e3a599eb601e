package planning

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"

	"gonum.org/v1/gonum/stat/distuv"

	"fieldbook/data"
)

// Seller is a person under stress: what he is asked for, what he can put in, and
// his own history. Values are minor units.
type Seller struct {
	ID       data.ID
	Name     string
	Quota    int64
	HasQuota bool
	Capacity float64 // months of full work in the period: less while ramping up or away
	Months   float64 // months of full work that the history is of
	Won      int
	Lost     int
	Sizes    []int64 // of the deals won
}

// Crew are sellers who carry a number together.
type Crew struct {
	ID       data.ID
	Name     string
	Members  []int // places in Sellers
	Quota    int64
	HasQuota bool
}

// Stress is a plan to be tried.
type Stress struct {
	Sellers []Seller
	Crews   []Crew // the company last
	Swing   float64
	Runs    int // 0 is 10,000
	Seed    uint64
}

// Trial is what became of one seller or crew.
type Trial struct {
	Known         bool // false: too little history to tell
	Own           bool // the history is mostly his own, not the team's
	Learned       int  // closed deals of his own
	Odds          float64
	P10, P50, P90 int64
	Needs         Needs
}

// Needs says what would have to be true for the quota to be as likely as not,
// one thing at a time and all else as it was. A win rate above 1 cannot be.
type Needs struct {
	Deals, NeedDeals     float64 // to be decided in the period
	WinRate, NeedWinRate float64
	Size, NeedSize       float64 // of a won deal
}

// Outcome is what trials of a plan came to, in the order of sellers and crews.
type Outcome struct {
	Runs    int
	Learned int // closed deals of all
	Sellers []Trial
	Crews   []Trial
}

const (
	stressRuns   = 10_000
	fewestClosed = 30 // deals of all sellers, below which nothing is told
	teamMonths   = 3  // months and deals of the team that stand beside everybody's own
	teamDeals    = 8
	drawnOne     = 24 // up to so many wins each one's size is drawn
	runsAtOnce   = 250
)

// Try runs a plan against what its people did before: how many deals they decide
// a month, which share they win and how large those are, each as uncertain as
// the history leaves it, and a swing that all of them share. Who has little
// history of his own is taken for like the team. It ends early with ctx's error.
func Try(ctx context.Context, s Stress, progress func(done, total int64)) (*Outcome, error) {
	if s.Runs <= 0 {
		s.Runs = stressRuns
	}
	out := &Outcome{Runs: s.Runs, Sellers: make([]Trial, len(s.Sellers)), Crews: make([]Trial, len(s.Crews))}
	team := together(s.Sellers)
	out.Learned = team.won + team.lost
	for i := range s.Sellers {
		out.Sellers[i].Learned = s.Sellers[i].Won + s.Sellers[i].Lost
	}
	if out.Learned < fewestClosed || team.won == 0 || team.months <= 0 {
		return out, ctx.Err()
	}
	habits := make([]habit, len(s.Sellers))
	for i := range habits {
		habits[i] = team.habitOf(&s.Sellers[i])
	}
	brought, err := trials(ctx, &s, habits, progress)
	if err != nil {
		return nil, err
	}
	for i := range s.Sellers {
		p := &s.Sellers[i]
		t := tried(brought[i], p.Quota, p.HasQuota)
		t.Learned, t.Own = out.Sellers[i].Learned, out.Sellers[i].Learned >= fewestClosed
		t.Needs = needs(habits[i:i+1], p.Quota)
		out.Sellers[i] = t
	}
	sums := make([]float64, s.Runs)
	for i, c := range s.Crews {
		clear(sums)
		var of []habit
		learned := 0
		for _, m := range c.Members {
			of = append(of, habits[m])
			learned += out.Sellers[m].Learned
			for r, x := range brought[m] {
				sums[r] += x
			}
		}
		out.Crews[i] = tried(sums, c.Quota, c.HasQuota)
		out.Crews[i].Learned, out.Crews[i].Own, out.Crews[i].Needs = learned, learned >= fewestClosed, needs(of, c.Quota)
	}
	return out, nil
}

// all is the history of everybody.
type all struct {
	months    float64
	won, lost int
	sizes     []int64
}

func together(sellers []Seller) all {
	var t all
	for _, s := range sellers {
		t.months += s.Months
		t.won += s.Won
		t.lost += s.Lost
		t.sizes = append(t.sizes, s.Sizes...)
	}
	return t
}

// habit is how somebody sells: gamma of deals decided a month, beta of the share
// won, and sizes.
type habit struct {
	shape, rate float64
	won, lost   float64
	sizes       []int64
	mean, sd    float64
	capacity    float64
}

func (t *all) habitOf(s *Seller) habit {
	decided := float64(t.won + t.lost)
	share := float64(t.won) / decided
	h := habit{
		shape: float64(s.Won+s.Lost) + teamMonths*decided/t.months, rate: s.Months + teamMonths,
		won: float64(s.Won) + teamDeals*share, lost: float64(s.Lost) + teamDeals*(1-share), capacity: s.Capacity,
	}
	h.sizes = s.Sizes
	if len(h.sizes) < teamDeals {
		h.sizes = slices.Concat(h.sizes, t.sizes)
	}
	h.mean, h.sd = spread(h.sizes)
	return h
}

func spread(sizes []int64) (mean, sd float64) {
	n := float64(max(1, len(sizes)))
	for _, x := range sizes {
		mean += float64(x) / n
	}
	for _, x := range sizes {
		sd += (float64(x) - mean) * (float64(x) - mean) / n
	}
	return mean, math.Sqrt(sd)
}

func (h *habit) decided() float64 { return h.shape / h.rate * h.capacity }
func (h *habit) share() float64   { return h.won / (h.won + h.lost) }

// trials gives what each seller brought in each run. Runs go in batches, each
// with a source of its own, so that the result does not depend on the machine.
func trials(ctx context.Context, s *Stress, habits []habit, progress func(done, total int64)) ([][]float64, error) {
	out := make([][]float64, len(habits))
	for i := range out {
		out[i] = make([]float64, s.Runs)
	}
	batches := (s.Runs + runsAtOnce - 1) / runsAtOnce
	next := make(chan int, batches)
	for b := range batches {
		next <- b
	}
	close(next)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var done int64
	for range max(1, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for b := range next {
				if ctx.Err() != nil {
					return
				}
				from, to := b*runsAtOnce, min(s.Runs, (b+1)*runsAtOnce)
				batch(rand.NewPCG(s.Seed, uint64(b)), habits, s.Swing, out, from, to)
				mu.Lock()
				done += int64(to - from)
				progress(done, int64(s.Runs))
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return out, ctx.Err()
}

func batch(src rand.Source, habits []habit, swing float64, out [][]float64, from, to int) {
	rng := rand.New(src)
	for r := from; r < to; r++ {
		market := math.Exp(swing*rng.NormFloat64() - swing*swing/2)
		for i := range habits {
			out[i][r] = habits[i].run(rng, src, market)
		}
	}
}

// run is one period of one seller.
func (h *habit) run(rng *rand.Rand, src rand.Source, market float64) float64 {
	if h.capacity <= 0 {
		return 0
	}
	pace := distuv.Gamma{Alpha: h.shape, Beta: h.rate, Src: src}.Rand()
	share := distuv.Beta{Alpha: h.won, Beta: h.lost, Src: src}.Rand()
	wins := distuv.Poisson{Lambda: max(1e-9, pace*share*h.capacity*market), Src: src}.Rand()
	if wins > drawnOne {
		return max(0, wins*h.mean+math.Sqrt(wins)*h.sd*rng.NormFloat64())
	}
	sum := 0.0
	for range int(wins) {
		sum += float64(h.sizes[rng.IntN(len(h.sizes))])
	}
	return sum
}

// tried sums runs up; it reorders nothing.
func tried(runs []float64, quota int64, has bool) Trial {
	t := Trial{Known: true}
	sorted := slices.Clone(runs)
	slices.Sort(sorted)
	at := func(q float64) int64 { return int64(math.Round(sorted[int(q*float64(len(sorted)-1))])) }
	t.P10, t.P50, t.P90 = at(0.1), at(0.5), at(0.9)
	if has {
		below, _ := slices.BinarySearch(sorted, float64(quota))
		t.Odds = 1 - float64(below)/float64(len(sorted))
	}
	return t
}

// needs compares what the quota asks with what habits bring on average.
func needs(of []habit, quota int64) Needs {
	var n Needs
	var wins, brings float64
	for i := range of {
		h := &of[i]
		n.Deals += h.decided()
		wins += h.decided() * h.share()
		brings += h.decided() * h.share() * h.mean
	}
	if brings <= 0 || n.Deals <= 0 {
		return n
	}
	n.WinRate, n.Size = wins/n.Deals, brings/wins
	k := float64(quota) / brings
	n.NeedDeals, n.NeedWinRate, n.NeedSize = n.Deals*k, n.WinRate*k, n.Size*k
	return n
}

// Swing is how much what all sellers bring together goes up and down from one
// stretch to the next beyond chance, as the standard deviation of its logarithm:
// totals are of equal stretches, wins how many deals each had.
func Swing(totals []float64, wins []int, sizes []int64) float64 {
	const least, most, usual = 0.05, 0.5, 0.15
	if len(totals) < 4 {
		return usual
	}
	var mean, deals float64
	for i := range totals {
		mean += totals[i] / float64(len(totals))
		deals += float64(wins[i]) / float64(len(totals))
	}
	if mean <= 0 || deals <= 0 {
		return usual
	}
	var variance float64
	for _, x := range totals {
		variance += (x/mean - 1) * (x/mean - 1) / float64(len(totals)-1)
	}
	size, sd := spread(sizes)
	chance := (1 + sd*sd/(size*size)) / deals
	return min(most, max(least, math.Sqrt(max(0, variance-chance))))
}
