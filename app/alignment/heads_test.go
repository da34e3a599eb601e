package alignment

import (
	"context"
	"math"
	"slices"
	"testing"

	"fieldbook/data"
)

func TestHowManyHeads(t *testing.T) {
	p := patch()
	for i := range p.Units { // hours stand second
		p.Units[i].Weights = []float64{1, 10 * p.Units[i].Weights[0]}
	}
	p.Base, p.Tolerance = [][]float64{{0, 90}, {0, 0}, {0, 60}, {0, 0}}, 0.15
	total := 150.0
	for _, u := range p.Units {
		total += u.Weights[1]
	}
	tried, least, err := Heads(context.Background(), p, HeadsOptions{From: 2, To: 7, Measure: 1, Capacity: total / 4.6})
	if err != nil {
		t.Fatal(err)
	}
	if len(tried) != 6 || least != 5 {
		t.Errorf("%d tried, %d recommended", len(tried), least)
	}
	for n, h := range tried {
		sum, over := 0.0, 0
		for _, load := range h.Solution.Loads {
			sum += load[1]
			if load[1] > total/4.6 {
				over++
			}
		}
		if math.Abs(sum-total) > 1e-6 || over != h.Over || (h.Territories < 5) != (h.Over > 0) || !h.Solution.Contiguous {
			t.Errorf("%d: %g hours of %g, %d over, told %d", h.Territories, sum, total, over, h.Over)
		}
		if n > 0 && h.Travel >= tried[n-1].Travel {
			t.Errorf("%d heads travel %g, one less %g", h.Territories, h.Travel, tried[n-1].Travel)
		}
	}
	if _, _, err := Heads(context.Background(), p, HeadsOptions{From: 2, To: 55}); data.KindOf(err) != data.Invalid {
		t.Errorf("more heads than units: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if tried, _, err := Heads(ctx, p, HeadsOptions{From: 2, To: 7}); err != nil || len(tried) != 1 {
		t.Errorf("cancelled: %d, %v", len(tried), err)
	}
}

// line is ten units in a row, five in each of two territories.
func line() *Problem {
	p := &Problem{Territories: 2, Metric: Euclid}
	for i := range 10 {
		p.Units = append(p.Units, Unit{X: float64(i), Weights: []float64{6}, Current: i / 5, Locked: Anywhere})
		if i > 0 {
			p.Edges = append(p.Edges, [2]int{i, i - 1})
		}
	}
	return p
}

func TestHireTakesNoMoreThanItsShare(t *testing.T) {
	// Half a share is 60/2.5/2 = 12, two units; they are those at the home where
	// the one beside may go down to 24 less 30 %.
	near := line()
	near.Tolerance = 0.3
	p := near.Hire(NewHire{Home: Home{X: 9.4, Set: true}, Share: 0.5})
	s := solved(t, p, Options{})
	if want := []int{0, 0, 0, 0, 0, 1, 1, 1, 2, 2}; !slices.Equal(s.Of, want) || s.Changed != 2 || !s.Balanced || s.Proven != Optimal {
		t.Errorf("%+v", s)
	}
	// A whole share of 20 is within a tenth of three units, and the others keep what they can.
	s = solved(t, line().Hire(NewHire{}), Options{})
	if s.Changed != 3 || !s.Contiguous || !s.Balanced || s.Loads[2][0] != 18 {
		t.Errorf("%+v", s)
	}
}

func TestHireOnAPatch(t *testing.T) {
	p := patch()
	hire := p.Hire(NewHire{Share: 0.5})
	s := solved(t, hire, Options{Runs: 3})
	target := 0.0
	for _, u := range p.Units {
		target += u.Weights[0] / 4.5 / 2
	}
	if !s.Balanced || !s.Contiguous || math.Abs(s.Loads[4][0]-target) > 0.1*target+1e-9 {
		t.Errorf("the new one has %g for %g; %+v", s.Loads[4][0], target, s)
	}
	for i, u := range p.Units {
		if s.Of[i] != u.Current && s.Of[i] != 4 && s.Changed > 25 {
			t.Errorf("unit %d went from %d to %d", i, u.Current, s.Of[i])
		}
	}
}

func TestCloseLeavesOthersWhatTheyHave(t *testing.T) {
	p := patch()
	p.Share, p.Homes = []float64{1, 1, 0.5, 1}, make([]Home, 4)
	p.Homes[3] = Home{X: 8, Y: 3, Set: true}
	closed, err := p.Close(1)
	if err != nil {
		t.Fatal(err)
	}
	s := solved(t, closed, Options{Runs: 2})
	for i, u := range p.Units {
		want := []int{0, -1, 1, 2}[u.Current]
		if want >= 0 && s.Of[i] != want {
			t.Errorf("unit %d of %d is in %d", i, u.Current, s.Of[i])
		}
	}
	if !s.Contiguous || s.Changed != 0 || len(s.Loads) != 3 || s.Centres[2] != -1 || !slices.Equal(closed.Share, []float64{1, 0.5, 1}) {
		t.Errorf("%+v", s)
	}
	if _, err := p.Close(4); data.KindOf(err) != data.Invalid {
		t.Errorf("a territory that there is none of was closed: %v", err)
	}
}
