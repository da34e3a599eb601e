package alignment

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// patch is a grid of units in four territories that are uneven today.
func patch() *Problem {
	const wide, high, territories = 9, 6, 4
	rng := rand.New(rand.NewPCG(4, 2))
	p := &Problem{Territories: territories, Metric: Euclid, Tolerance: 0.1, Edges: [][2]int{}}
	for y := range high {
		for x := range wide {
			i := len(p.Units)
			t := min(territories-1, x*x*territories/(wide*wide))
			p.Units = append(p.Units, Unit{X: float64(x) + rng.Float64()/2, Y: float64(y) + rng.Float64()/2, Weights: []float64{float64(1 + rng.IntN(9))}, Current: t, Locked: Anywhere})
			if x > 0 {
				p.Edges = append(p.Edges, [2]int{i, i - 1})
			}
			if y > 0 {
				p.Edges = append(p.Edges, [2]int{i, i - wide})
			}
		}
	}
	return p
}

// TestNoOtherNamesMoveLess: where changes cost nothing, territories that are
// alike are named so that as few units as can be change hands.
func TestNoOtherNamesMoveLess(t *testing.T) {
	p := patch()
	rng := rand.New(rand.NewPCG(8, 9))
	for i := range p.Units {
		p.Units[i].Current = rng.IntN(p.Territories) // as good as nothing to begin with
	}
	options, err := Frontier(context.Background(), p, FrontierOptions{Seed: 3, Tolerances: []float64{0.1, 0.3}, Changes: []float64{0}})
	if err != nil || len(options) < 2 {
		t.Fatal(options, err)
	}
	found := []*Solution{solved(t, p, Options{Seed: 3, Runs: 2, Unproven: true})}
	for _, o := range options[1:] {
		found = append(found, o.Solution)
	}
	for _, s := range found {
		eachOrder(p.Territories, func(name []int) {
			moved := 0
			for i, u := range p.Units {
				if name[s.Of[i]] != u.Current {
					moved++
				}
			}
			if moved < s.Changed {
				t.Errorf("%d units move, %d where territories are named %v", s.Changed, moved, name)
			}
		})
	}
}

// eachOrder calls fn with every order of the first n numbers.
func eachOrder(n int, fn func([]int)) {
	order := make([]int, 0, n)
	var place func()
	place = func() {
		if len(order) == n {
			fn(order)
			return
		}
		for x := range n {
			if !slices.Contains(order, x) {
				order = append(order, x)
				place()
				order = order[:len(order)-1]
			}
		}
	}
	place()
}

func TestPlansAreAsGoodAsCanBe(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := drawnPlan(r, 6)
		options, err := Frontier(context.Background(), p, FrontierOptions{Tolerances: []float64{0.2, 0.5}, Changes: []float64{0, 50, 1}})
		if err != nil {
			r.Fatal(err)
		}
		complete := !slices.ContainsFunc(p.Units, func(u Unit) bool { return u.Current == Anywhere })
		if complete != (len(options) > 0 && options[0].Today) {
			r.Fatalf("today's division is complete: %t; %+v", complete, options)
		}
		for n, o := range options {
			if n > 0 {
				checkOption(r, p, o)
			}
			for m, x := range options {
				if n > 0 && m > 0 && x.beats(o) {
					r.Fatalf("option %d %+v beats %d %+v", m, x, n, o)
				}
			}
		}
		for _, tolerance := range []float64{0.2, 0.5} {
			goal := *p
			goal.Tolerance, goal.Change, goal.Units = tolerance, 0, slices.Clone(p.Units)
			if p.Tolerances != nil && p.Mix == nil {
				goal.Tolerances = slices.Clone(p.Tolerances)
				for m := range goal.Tolerances {
					goal.Tolerances[m] *= tolerance / max(1e-9, slices.Max(p.Tolerances))
				}
			}
			for i := range goal.Units {
				goal.Units[i].Change = 0
			}
			least, found := byHand(&goal), math.Inf(1)
			for n, o := range options {
				if cost, ok := worth(&goal, o.Solution.Of); (ok || p.AsToday) && (n > 0 || !o.Today || followsLocks(p, o)) {
					found = min(found, cost)
				}
			}
			if !math.IsInf(least, 1) && found > least+1e-6 {
				r.Fatalf("within %g the least travel is %g, that of the options %g\n%+v\n%+v", tolerance, least, found, p, options)
			}
		}
	})
}

func followsLocks(p *Problem, o Option) bool {
	for i, t := range o.Solution.Of {
		if l := p.Units[i].Locked; l != Anywhere && l != t {
			return false
		}
	}
	return true
}

// checkOption counts a plan anew: it keeps what it must, and its figures are true.
func checkOption(r *rapid.T, p *Problem, o Option) {
	loose := *p
	loose.Tolerance, loose.Change, loose.Units = 0, 0, slices.Clone(p.Units)
	if p.Mix == nil {
		loose.Tolerances = nil
	}
	moved, valued := 0.0, slices.ContainsFunc(p.Units, func(u Unit) bool { return u.Change > 0 })
	for i, u := range p.Units {
		loose.Units[i].Change = 0
		switch {
		case u.Current == Anywhere || u.Current == o.Solution.Of[i]:
		case !valued:
			moved++
		case u.Change > 0:
			moved += u.Change
		default:
			moved += p.Change
		}
	}
	travel, ok := worth(&loose, o.Solution.Of)
	if math.Abs(travel-o.Travel) > 1e-6 || moved != o.Moved || !followsLocks(p, o) {
		r.Fatalf("travel is %g, moved %g, follows locks %t; told %+v", travel, moved, followsLocks(p, o), o)
	}
	if least := byHand(&loose); !ok && !math.IsInf(least, 1) {
		r.Fatalf("a plan breaks rules that could be kept: %+v", o)
	}
}

func TestSlidingAlongTheFrontier(t *testing.T) {
	p := patch()
	var heard []int
	opt := FrontierOptions{Seed: 3, Progress: func(done, all int) { heard = append(heard, done, all) }}
	options, err := Frontier(context.Background(), p, opt)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Frontier(context.Background(), p, opt)
	if err != nil || len(again) != len(options) {
		t.Fatalf("%d options, then %d, %v", len(options), len(again), err)
	}
	for n, o := range options {
		t.Logf("imbalance %.3f travel %.1f moved %g", o.Imbalance, o.Travel, o.Moved)
		if !slices.Equal(o.Solution.Of, again[n].Solution.Of) {
			t.Errorf("option %d differs the second time", n)
		}
		if !o.Solution.Contiguous {
			t.Errorf("option %d does not hang together", n)
		}
	}
	if len(options) < 8 || !options[0].Today || options[0].Moved != 0 || heard[len(heard)-1] != heard[len(heard)-2] {
		t.Errorf("%d options, first %+v, heard %v", len(options), options[0], heard)
	}
	for name, x := range map[string]struct {
		balance, travel, disruption float64
		of                          func(Option) float64
	}{
		"balance":    {1, 0, 0, func(o Option) float64 { return o.Uneven }},
		"travel":     {0, 1, 0, func(o Option) float64 { return o.Travel }},
		"disruption": {0, 0, 1, func(o Option) float64 { return o.Moved }},
	} {
		n := Choose(options, x.balance, x.travel, x.disruption)
		for _, o := range options {
			if x.of(o) < x.of(options[n])-1e-9 {
				t.Errorf("%s: chosen is %+v, better is %+v", name, options[n], o)
			}
		}
	}
	if n := Choose(options, 0.5, 0.25, 0.25); options[n].Uneven > options[0].Uneven/2 {
		t.Errorf("a mixed choice leaves it at %g, today it is %g", options[n].Uneven, options[0].Uneven)
	}
	if n := Choose(nil, 1, 1, 1); n != -1 {
		t.Errorf("of nothing %d was chosen", n)
	}
}

func TestFrontierOnCancel(t *testing.T) {
	p := patch()
	ctx, cancel := context.WithCancel(context.Background())
	options, err := Frontier(ctx, p, FrontierOptions{Progress: func(done, _ int) {
		if done == 3 {
			cancel()
		}
	}})
	if err != nil || len(options) < 2 || !options[0].Today {
		t.Errorf("%d options, %v", len(options), err)
	}
}

// TestPlansGetBetterPassByPass: the first ones are told after the first goal,
// and no pass gives up what an earlier one found.
func TestPlansGetBetterPassByPass(t *testing.T) {
	p := patch()
	var told [][]Option
	first := -1
	opt := FrontierOptions{Seed: 3, Moves: 2000, Passes: 4, Found: func(o []Option) { told = append(told, o) }}
	opt.Progress = func(done, _ int) {
		if first < 0 && len(told) > 0 {
			first = done - 1 // told before this goal was reached
		}
	}
	last, err := Frontier(context.Background(), p, opt)
	if err != nil {
		t.Fatal(err)
	}
	if first != 1 || len(told) < 5 || !slices.EqualFunc(last, told[len(told)-1], Option.equals) {
		t.Errorf("told %d times, first after goal %d", len(told), first)
	}
	once, err := Frontier(context.Background(), p, FrontierOptions{Seed: 3, Moves: 2000})
	if err != nil {
		t.Fatal(err)
	}
	better := false
	for _, o := range once {
		kept := slices.ContainsFunc(last, func(x Option) bool { return x.equals(o) || x.beats(o) })
		better = better || slices.ContainsFunc(last, func(x Option) bool { return x.beats(o) })
		if !kept {
			t.Errorf("%+v was given up", o)
		}
	}
	if !better {
		t.Error("three passes more better nothing")
	}
}
