package alignment

import (
	"context"
	"math"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fieldbook/data"
)

func solved(t testing.TB, p *Problem, opt Options) *Solution {
	t.Helper()
	s, err := Solve(context.Background(), p, opt)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// within solves with a limit in time on a real clock.
func within(t testing.TB, p *Problem, limit time.Duration) *Solution {
	t.Helper()
	begin := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	s, err := Solve(ctx, p, Options{Seed: 1, Workers: 2, Limit: limit, Elapsed: func() time.Duration { return time.Since(begin) }})
	if err != nil {
		t.Fatal(err)
	}
	keeps(t, p, s)
	return s
}

// TestTheLimitIsKept goes by a clock that ticks whenever it is asked.
func TestTheLimitIsKept(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	p := &Problem{Territories: 6, Metric: Euclid, Tolerance: 0.05}
	for range 1300 {
		p.Units = append(p.Units, Unit{X: 100 * rng.Float64(), Y: 100 * rng.Float64(), Weights: []float64{1 + rng.Float64()}, Current: Anywhere, Locked: Anywhere})
	}
	const limit = 2 * time.Second
	var clock atomic.Int64
	elapsed := func() time.Duration { return time.Duration(clock.Add(1)) * time.Millisecond }
	s := solved(t, p, Options{Seed: 1, Workers: 2, Elapsed: elapsed, Limit: limit})
	if took := elapsed(); took > limit {
		t.Errorf("it took %v of %v", took, limit)
	}
	keeps(t, p, s)
}

func TestFewUnitsAreSolvedExactly(t *testing.T) {
	for name, draw := range map[string]func(*rapid.T, int) *Problem{"problem": drawnProblem, "plan": drawnPlan} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				p := draw(r, 7)
				want := byHand(p)
				s, err := Solve(context.Background(), p, Options{Runs: 1})
				if err != nil {
					r.Fatal(err)
				}
				cost, ok := worth(p, s.Of)
				if math.Abs(cost-s.Cost) > 1e-6 || ok != (s.Balanced && s.Contiguous) {
					r.Fatalf("by hand it costs %g and is allowed: %t; %+v", cost, ok, s)
				}
				if math.IsInf(want, 1) {
					if s.Balanced && s.Contiguous {
						r.Fatalf("there is no division, yet %+v", s)
					}
					return
				}
				if math.Abs(s.Cost-want) > 1e-6 || s.Proven != Optimal || !s.Balanced || !s.Contiguous {
					r.Fatalf("cost %g, by hand %g: %+v", s.Cost, want, s)
				}
			})
		})
	}
}

// TestSearchFindsWhatIsOptimal holds the search, which has no proof, to the
// exact answer.
func TestSearchFindsWhatIsOptimal(t *testing.T) {
	for name, draw := range map[string]func(*rapid.T, int) *Problem{"problem": drawnProblem, "plan": drawnPlan} {
		t.Run(name, func(t *testing.T) {
			missed, cases := 0, 0
			rapid.Check(t, func(r *rapid.T) {
				p := draw(r, 11)
				rules := newRules(p)
				of, ok := solveExactly(rules)
				if !ok {
					return
				}
				best := rules.solution(of)
				s := &solver{rules: rules, opt: Options{Seed: 7, Runs: 4}, pool: pools(rules)}
				s.record.excess = math.Inf(1)
				if from := today(rules); from != nil {
					s.hear(judged(rules, from))
				}
				s.hear(judged(rules, start(context.Background(), rules, s.rng(0))))
				s.look(context.Background(), func() {}, 0)
				got := rules.solution(s.record.of)
				cases++
				if !got.Balanced || !got.Contiguous || got.Cost > best.Cost+1e-9 {
					missed++
					t.Logf("missed: %g for %g, %+v\n%+v\n%+v", got.Cost, best.Cost, p, got, best)
				}
				if got.Balanced && got.Contiguous && got.Cost < best.Cost-1e-9 {
					r.Fatalf("the search found %g, better than the best %g\n%+v\n%+v\n%+v", got.Cost, best.Cost, p, got, best)
				}
			})
			if missed*20 > cases {
				t.Errorf("the search missed the best of %d of %d problems", missed, cases)
			}
			t.Logf("missed the best of %d of %d", missed, cases)
		})
	}
}

func TestTheSameSeedGivesTheSame(t *testing.T) {
	p := medians(t, "cpmp03.txt")
	a, b := solved(t, p, Options{Seed: 5, Runs: 2}), solved(t, p, Options{Seed: 5, Runs: 2})
	if a.Objective != b.Objective {
		t.Errorf("%g and %g", a.Objective, b.Objective)
	}
}

func TestPublishedMedians(t *testing.T) {
	for name, want := range map[string]float64{"cpmp01.txt": 713, "cpmp02.txt": 740, "cpmp03.txt": 751, "cpmp05.txt": 664} {
		s := within(t, medians(t, name), 3*time.Second)
		if s.Objective != want || s.Bound > want {
			t.Errorf("%s: %g, bound %g, the optimum is %g", name, s.Objective, s.Bound, want)
		}
	}
}

func TestPublishedDistricts(t *testing.T) {
	p := districts(t, "2DU60-05-1-edited.dat")
	s := within(t, p, 3*time.Second)
	if !s.Balanced || !s.Contiguous || s.Objective > 5305.5663 {
		t.Errorf("%+v", s)
	}
}

func TestCancelGivesTheBestSoFar(t *testing.T) {
	p := districts(t, "DU200-05-1-edited.dat")
	ctx, cancel := context.WithCancel(context.Background())
	heard := 0
	s, err := Solve(ctx, p, Options{Runs: 1000, Better: func(*Solution) {
		if heard++; heard == 2 {
			cancel()
		}
	}})
	if err != nil || s == nil || len(s.Of) != 200 {
		t.Fatalf("%+v, %v", s, err)
	}
	keepsObjective(t, p, s)
}

func keepsObjective(t testing.TB, p *Problem, s *Solution) {
	t.Helper()
	loose := *p
	loose.Tolerance, loose.Capacity = 0, 0
	keeps(t, &loose, s)
}

func TestIslandsGoWithTheNearestCoast(t *testing.T) {
	p := &Problem{Territories: 2, Metric: Euclid, Tolerance: 0.5, Edges: [][2]int{{0, 1}, {1, 2}, {3, 4}, {4, 5}}}
	for _, x := range []float64{0, 1, 2, 8, 9, 10, 11.5} {
		p.Units = append(p.Units, Unit{X: x, Weights: []float64{1}, Current: Anywhere, Locked: Anywhere})
	}
	s := solved(t, p, Options{})
	if !s.Contiguous || s.Proven != Optimal || s.Of[6] != s.Of[5] || s.Of[0] != s.Of[2] || s.Of[0] == s.Of[3] {
		t.Errorf("%+v", s)
	}
}

func TestChangesCost(t *testing.T) {
	p := &Problem{Territories: 2, Metric: Euclid}
	for i, x := range []float64{0, 1, 2, 10, 11, 12} {
		p.Units = append(p.Units, Unit{X: x, Weights: []float64{1}, Current: i % 2, Locked: Anywhere})
	}
	free := solved(t, p, Options{})
	p.Change = 100
	kept := solved(t, p, Options{})
	if free.Changed == 0 || free.Objective != 4 || kept.Changed != 0 || kept.Cost != kept.Objective {
		t.Errorf("free %+v, kept %+v", free, kept)
	}
}

func TestProblemsThatMakeNoSense(t *testing.T) {
	unit := Unit{Weights: []float64{1}, Current: Anywhere, Locked: Anywhere}
	for name, p := range map[string]*Problem{
		"points":      {Territories: 1, Metric: Euclid},
		"territories": {Territories: 3, Metric: Euclid, Units: []Unit{unit, unit}},
		"metric":      {Territories: 1, Metric: "mile", Units: []Unit{unit}},
		"tolerance":   {Territories: 1, Metric: Euclid, Units: []Unit{unit}, Tolerance: -1},
		"capacity":    {Territories: 1, Metric: Euclid, Units: []Unit{{Current: Anywhere, Locked: Anywhere}}, Capacity: 5},
		"edges":       {Territories: 1, Metric: Euclid, Units: []Unit{unit}, Edges: [][2]int{{0, 1}}},
	} {
		_, err := Solve(context.Background(), p, Options{})
		if data.KindOf(err) != data.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, u := range []Unit{{X: math.NaN()}, {Weights: []float64{-1}}, {Weights: []float64{1, 2}}, {Weights: []float64{1}, Locked: 7}} {
		p := &Problem{Territories: 1, Metric: Euclid, Units: []Unit{unit, u}}
		if _, err := Solve(context.Background(), p, Options{}); data.KindOf(err) != data.Invalid {
			t.Errorf("%+v: %v", u, err)
		}
	}
}
