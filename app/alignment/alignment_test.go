package alignment

import (
	"context"
	"math"
	"slices"
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

// drawnProblem is a small problem of any kind.
func drawnProblem(r *rapid.T, most int) *Problem {
	n := rapid.IntRange(2, most).Draw(r, "units")
	p := &Problem{Territories: rapid.IntRange(1, min(n, 4)).Draw(r, "territories"), Metric: rapid.SampledFrom([]Metric{Euclid, EuclidFloor, Haversine}).Draw(r, "metric")}
	measures := rapid.IntRange(1, 2).Draw(r, "measures")
	for range n {
		u := Unit{X: float64(rapid.IntRange(0, 30).Draw(r, "x")), Y: float64(rapid.IntRange(0, 30).Draw(r, "y")), Current: Anywhere, Locked: Anywhere}
		for range measures {
			u.Weights = append(u.Weights, float64(rapid.IntRange(1, 5).Draw(r, "weight")))
		}
		if rapid.IntRange(0, 3).Draw(r, "held") > 0 {
			u.Current = rapid.IntRange(0, p.Territories-1).Draw(r, "current")
		}
		if rapid.IntRange(0, 6).Draw(r, "locked") == 0 {
			u.Locked = rapid.IntRange(0, p.Territories-1).Draw(r, "lock")
		}
		p.Units = append(p.Units, u)
	}
	if rapid.Bool().Draw(r, "neighbours") {
		p.Edges = [][2]int{}
		for i := 1; i < n; i++ {
			p.Edges = append(p.Edges, [2]int{i, rapid.IntRange(0, i-1).Draw(r, "beside")})
			p.Edges = append(p.Edges, [2]int{rapid.IntRange(0, n-1).Draw(r, "a"), rapid.IntRange(0, n-1).Draw(r, "b")})
		}
	}
	p.Tolerance = rapid.SampledFrom([]float64{0, 0.3, 0.8}).Draw(r, "tolerance")
	p.Change = rapid.SampledFrom([]float64{0, 1, 5}).Draw(r, "change")
	return p
}

// byHand goes through every division, as simply as can be.
func byHand(p *Problem) float64 {
	r := newRules(p)
	least := math.Inf(1)
	of := make([]int32, r.n)
	var try func(i int)
	try = func(i int) {
		if i < r.n {
			for t := range r.k {
				of[i] = int32(t)
				try(i + 1)
			}
			return
		}
		for t := range r.k {
			if !slices.Contains(of, int32(t)) {
				return
			}
		}
		for j := range of {
			if !r.allowed(j, int(of[j])) {
				return
			}
		}
		if s := newState(r, of); s.excess == 0 && s.pieces() == 0 {
			least = min(least, s.cost())
		}
	}
	try(0)
	return least
}

func TestFewUnitsAreSolvedExactly(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := drawnProblem(r, 6)
		want := byHand(p)
		s, err := Solve(context.Background(), p, Options{Runs: 1})
		if err != nil {
			r.Fatal(err)
		}
		if math.IsInf(want, 1) {
			if s.Balanced && s.Contiguous && s.Proven == Optimal {
				r.Fatalf("there is no division, yet %+v", s)
			}
			return
		}
		if math.Abs(s.Cost-want) > 1e-9 || s.Proven != Optimal || !s.Balanced || !s.Contiguous {
			r.Fatalf("cost %g, by hand %g: %+v", s.Cost, want, s)
		}
	})
}

// TestSearchFindsWhatIsOptimal holds the search, which has no proof, to the
// exact answer, and the bound to the truth.
func TestSearchFindsWhatIsOptimal(t *testing.T) {
	missed, cases := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		p := drawnProblem(r, 11)
		rules := newRules(p)
		of, ok := solveExactly(rules)
		if !ok {
			return
		}
		best := rules.solution(of)
		s := &solver{rules: rules, opt: Options{Seed: 7, Runs: 4}, pool: pools(rules)}
		s.record.excess = math.Inf(1)
		got := s.solve(context.Background())
		cases++
		if !got.Balanced || !got.Contiguous || got.Cost > best.Cost+1e-9 {
			missed++
		}
		if got.Balanced && got.Contiguous && got.Cost < best.Cost-1e-9 {
			r.Fatalf("the search found %g, better than the best %g\n%+v\n%+v\n%+v", got.Cost, best.Cost, p, got, best)
		}
		if got.Bound > best.Cost+1e-6 {
			r.Fatalf("the bound %g is above the best %g", got.Bound, best.Cost)
		}
	})
	if missed*20 > cases {
		t.Errorf("the search missed the best of %d of %d problems", missed, cases)
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
