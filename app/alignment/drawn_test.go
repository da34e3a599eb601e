package alignment

import (
	"math"
	"slices"

	"pgregory.net/rapid"
)

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

// drawnPlan is a small problem as planning has them, with anything that there
// can be.
func drawnPlan(r *rapid.T, most int) *Problem {
	p := drawnProblem(r, most)
	has := func(what string) bool { return rapid.IntRange(0, 2).Draw(r, what) == 0 }
	measures := len(p.Units[0].Weights)
	each := func(what string, from ...float64) (out []float64) {
		for range measures {
			out = append(out, rapid.SampledFrom(from).Draw(r, what))
		}
		return out
	}
	p.Weighted, p.AsToday = has("weighted"), has("as today")
	valued := has("valued")
	for i := range p.Units {
		p.Units[i].Travel = float64(rapid.IntRange(0, 3).Draw(r, "travel"))
		if valued {
			p.Units[i].Change = float64(rapid.IntRange(0, 9).Draw(r, "value"))
		}
	}
	if has("base") {
		for range p.Territories {
			p.Base = append(p.Base, each("held already", 0, 0, 3, 6))
		}
	}
	if has("homes") {
		for range p.Territories {
			p.Homes = append(p.Homes, Home{float64(rapid.IntRange(0, 30).Draw(r, "home x")), float64(rapid.IntRange(0, 30).Draw(r, "home y")), rapid.Bool().Draw(r, "has a home")})
		}
	}
	if has("shares") {
		for range p.Territories {
			p.Share = append(p.Share, rapid.SampledFrom([]float64{0.5, 1, 2}).Draw(r, "share"))
		}
	}
	if has("tolerances") {
		p.Tolerances = each("tolerance of", 0, 0.4, 0.8)
	}
	if has("mix") {
		p.Mix = each("mix", 0.5, 1)
	}
	if has("capacity") {
		p.Capacity = float64(rapid.IntRange(4, 25).Draw(r, "capacity"))
	}
	return p
}

// byHand goes through every division, as simply as can be.
func byHand(p *Problem) float64 {
	least := math.Inf(1)
	of := make([]int, len(p.Units))
	var try func(i int)
	try = func(i int) {
		if i == len(of) {
			if cost, ok := worth(p, of); ok {
				least = min(least, cost)
			}
			return
		}
		for t := range p.Territories {
			if l := p.Units[i].Locked; l == Anywhere || l == t {
				of[i] = t
				try(i + 1)
			}
		}
	}
	try(0)
	return least
}

// worth is what a division costs and whether it keeps the rules, from the
// problem alone and without what the solver makes of it.
func worth(p *Problem, of []int) (cost float64, ok bool) {
	ok = true
	d := newDistances(p)
	for t := range p.Territories {
		var units []int
		for i := range of {
			if of[i] == t {
				units = append(units, i)
			}
		}
		if len(units) == 0 {
			ok = ok && p.Base != nil && slices.Max(p.Base[t]) > 0
			continue
		}
		ok = ok && together(p, units)
		cost += lengthByHand(p, d, t, units)
		for _, i := range units {
			u := p.Units[i]
			if u.Current == Anywhere || u.Current == t {
				continue
			}
			if u.Change > 0 {
				cost += u.Change
			} else {
				cost += p.Change
			}
		}
	}
	return cost, ok && inLimits(p, of)
}

func lengthByHand(p *Problem, d *distances, t int, units []int) float64 {
	sum := func(way func(i int) float64) (out float64) {
		for _, i := range units {
			if p.Weighted {
				out += p.Units[i].Travel * way(i)
			} else {
				out += way(i)
			}
		}
		return out
	}
	if p.Homes != nil && p.Homes[t].Set {
		whole := *p
		whole.Units = append(slices.Clone(p.Units), Unit{X: p.Homes[t].X, Y: p.Homes[t].Y, Weights: p.Units[0].Weights})
		d = newDistances(&whole)
		return sum(func(i int) float64 { return d.measure(i, len(p.Units)) })
	}
	least := math.Inf(1)
	for _, c := range units {
		least = min(least, sum(func(i int) float64 { return d.measure(i, c) }))
	}
	return least
}

func together(p *Problem, units []int) bool {
	if p.Edges == nil {
		return true
	}
	reached := []int{units[0]}
	for n := 0; n < len(reached); n++ {
		for _, e := range p.Edges {
			for _, x := range [][2]int{e, {e[1], e[0]}} {
				if x[0] == reached[n] && slices.Contains(units, x[1]) && !slices.Contains(reached, x[1]) {
					reached = append(reached, x[1])
				}
			}
		}
	}
	return len(reached) == len(units)
}

// inLimits works out the loads of now and of today, and what they may be.
func inLimits(p *Problem, of []int) bool {
	measures := len(p.Units[0].Weights)
	now, today, total := make([][]float64, p.Territories), make([][]float64, p.Territories), make([]float64, measures+1)
	for t := range p.Territories {
		now[t], today[t] = make([]float64, measures+1), make([]float64, measures+1)
		if p.Base != nil {
			copy(now[t], p.Base[t])
			copy(today[t], p.Base[t])
		}
		for i, u := range p.Units {
			for m, w := range u.Weights {
				if of[i] == t {
					now[t][m] += w
				}
				if u.Current == t {
					today[t][m] += w
				}
			}
		}
		for m := range measures {
			total[m] += now[t][m]
		}
	}
	tolerance := append(slices.Repeat([]float64{p.Tolerance}, measures), 0)
	if p.Mix != nil {
		tolerance = append(make([]float64, measures), p.Tolerance)
		for m, part := range p.Mix { // the mix is one more measure
			for t := range p.Territories {
				mean := total[m] / float64(p.Territories)
				now[t][measures] += part * now[t][m] / mean
				today[t][measures] += part * today[t][m] / mean
				total[measures] += part * now[t][m] / mean
			}
		}
	}
	if p.Tolerances != nil {
		copy(tolerance, p.Tolerances)
	}
	shares := 0.0
	for t := range p.Territories {
		shares += share(p, t)
	}
	for t := range p.Territories {
		for m, v := range now[t] {
			target := total[m] * share(p, t) / shares
			low, high := 0.0, math.Inf(1)
			if tolerance[m] > 0 {
				low, high = target*(1-tolerance[m]), target*(1+tolerance[m])
			}
			if m == 0 && p.Capacity > 0 {
				high = min(high, p.Capacity)
			}
			if p.AsToday && today[t][m] > 0 {
				low, high = min(low, today[t][m]), max(high, today[t][m])
			}
			if v < low-1e-7 || v > high+1e-7 {
				return false
			}
		}
	}
	return true
}

func share(p *Problem, t int) float64 {
	if p.Share == nil {
		return 1
	}
	return p.Share[t]
}
