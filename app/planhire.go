package app

import (
	"context"
	"fmt"
	"math"
	"slices"

	"fieldbook/app/alignment"
	"fieldbook/app/planning"
	"fieldbook/data"
)

// Newcomer is a person who is to get a territory of their own.
type Newcomer struct {
	Person data.ID
	Name   string  // of the territory
	Share  float64 // of a full one, in percent; 0 is a full one
}

// Hire makes room for a person: a new territory round their home, its due within
// the plan's band, out of what the others have, with as little change and travel
// as that allows. Who is uneven may stay so.
func (p *Plans) Hire(ctx context.Context, b *PlanBook, n Newcomer, progress func(done, total int64)) (data.ID, error) {
	if n.Name == "" {
		n.Name = b.owners[n.Person]
	}
	if n.Name == "" {
		return data.NoID, data.FieldErrorf("name", "The territory needs a name")
	}
	color, err := p.nextColor(ctx, b.Info.ID)
	if err != nil {
		return data.NoID, err
	}
	fresh := planning.Territory{ID: data.NewID(), Name: n.Name, Color: color, Person: n.Person, Share: n.Share}
	plan := b.Plan
	plan.Territories = append(append([]planning.Territory(nil), b.Plan.Territories...), fresh)
	task := b.task(&plan)
	pieces := task.Pieces()
	if err := b.divisible(pieces); err != nil {
		return data.NoID, err
	}
	of, err := p.roomIn(ctx, pieces.Problem, b.Info.Tolerance/100, progress)
	if err != nil {
		return data.NoID, err
	}
	if of == nil || ctx.Err() != nil {
		return data.NoID, data.Errorf(data.Canceled, "no room was made for %s; nothing was changed", n.Name)
	}
	return fresh.ID, p.rewrite(ctx, b, rewriting{
		what: fmt.Sprintf("Place %s in %s", n.Name, b.Info.Name), plan: &plan, added: []planning.Territory{fresh}, transfers: pieces.Transfers(of),
	})
}

// room is a division in which the last territory has something.
type room struct {
	of   []int
	cost float64 // distances, and a usual distance for each change
}

// roomIn looks for room for the last territory: a little of several others, or a
// part of one that has enough for two. nil is none.
func (p *Plans) roomIn(ctx context.Context, problem *alignment.Problem, band float64, progress func(done, total int64)) ([]int, error) {
	problem.AsToday, problem.Tolerance = true, band
	found, err := alignment.Frontier(ctx, problem, alignment.FrontierOptions{
		Seed: 1, Tolerances: []float64{band, 2 * band, 0.35}, Changes: []float64{1, 3, 10}, Progress: counted(progress),
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	worth := 0.0
	for _, u := range problem.Units {
		worth += u.Change
	}
	usual := found[0].Travel / max(worth, 1e-9) // what a change counts
	var rooms []room
	for _, o := range found {
		if off := math.Abs(dueOf(problem.Territories-1, o.Solution.Loads, problem) - 1); off <= band+1e-9 {
			rooms = append(rooms, room{o.Solution.Of, o.Travel + usual*o.Moved})
		}
	}
	if found[0].Today {
		more, err := p.halves(ctx, problem, found[0], usual)
		if err != nil {
			return nil, err
		}
		rooms = append(rooms, more...)
	}
	best := slices.IndexFunc(rooms, func(r room) bool {
		return !slices.ContainsFunc(rooms, func(x room) bool { return x.cost < r.cost })
	})
	if best >= 0 {
		return rooms[best].of, nil
	}
	if n := alignment.Choose(found, 50, 10, 40); n >= 0 { // the band cannot be kept
		return found[n].Solution.Of, nil
	}
	return nil, nil
}

// halves makes room in each territory that has enough for its own due and that of
// the last one, by itself: all others keep what they have.
func (p *Plans) halves(ctx context.Context, problem *alignment.Problem, today alignment.Option, usual float64) (rooms []room, err error) {
	last := problem.Territories - 1
	for t := range last {
		keeps := dueOf(t, today.Solution.Loads, problem)*problem.Share[t] - problem.Share[last]
		if keeps <= 0 || keeps < problem.Share[t]*(1-2*problem.Tolerance) {
			continue
		}
		half, units := halved(problem, t, keeps)
		if len(units) < half.Territories {
			continue
		}
		s, err := p.solve(ctx, half)
		if err != nil {
			return nil, err
		}
		if !s.Balanced || !s.Contiguous {
			continue
		}
		r := room{of: slices.Clone(today.Solution.Of), cost: today.Travel - today.Solution.Distances[t] + s.Objective}
		for n, i := range units {
			if s.Of[n] == 1 {
				r.of[i] = last
				r.cost += usual * problem.Units[i].Change
			}
		}
		rooms = append(rooms, r)
	}
	return rooms, nil
}

// halved is the problem to part one territory, that keeps so large a share, from
// the last one, with the units that it is about.
func halved(problem *alignment.Problem, t int, keeps float64) (half *alignment.Problem, units []int) {
	last := problem.Territories - 1
	at := map[int]int{}
	half = &alignment.Problem{
		Territories: 2, Metric: problem.Metric, Weighted: problem.Weighted, Mix: problem.Mix, Tolerance: problem.Tolerance,
		Share: []float64{keeps, problem.Share[last]}, Base: [][]float64{problem.Base[t], problem.Base[last]}, Homes: []alignment.Home{problem.Homes[t], problem.Homes[last]},
	}
	for i, u := range problem.Units {
		if u.Current != t {
			continue
		}
		u.Current, u.Change = 0, 0
		if u.Locked != alignment.Anywhere {
			u.Locked = 0
		}
		at[i] = len(units)
		units, half.Units = append(units, i), append(half.Units, u)
	}
	if problem.Edges == nil {
		return half, units
	}
	half.Edges = [][2]int{}
	for _, e := range problem.Edges {
		a, inA := at[e[0]]
		b, inB := at[e[1]]
		if inA && inB {
			half.Edges = append(half.Edges, [2]int{a, b})
		}
	}
	return half, units
}

// dueOf is what a territory has of the mix of all measures, 1 being its due.
func dueOf(t int, loads [][]float64, p *alignment.Problem) float64 {
	has, parts, shares := 0.0, 0.0, 0.0
	for m, part := range p.Mix {
		whole := 0.0
		for _, load := range loads {
			whole += load[m]
		}
		if whole > 0 {
			has, parts = has+part*loads[t][m]/whole, parts+part
		}
	}
	for _, share := range p.Share {
		shares += share
	}
	if parts == 0 || shares == 0 {
		return 0
	}
	return has / parts * shares / p.Share[t]
}
