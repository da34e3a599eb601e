package app

import (
	"context"
	"maps"
	"math"
	"slices"

	"fieldbook/app/alignment"
	"fieldbook/app/planning"
	"fieldbook/data"
)

// PlanHeads is what a number of territories comes to.
type PlanHeads struct {
	Territories int
	Imbalance   float64 // points that the farthest is from an even share
	Travel      float64 // mean kilometres from an account to the middle of its territory
	Over        int     // territories that ask for more hours than a person has
}

// headsAround is how many numbers of territories are tried beyond those of the
// plan and of the workload.
const headsAround = 2

// headsMost is how many numbers are tried at most.
const headsMost = 12

// Heads divides the plan anew into some numbers of territories around its own
// and around the heads that its hours ask for. It recommends the least number
// with which nobody has more hours than a week; 0 where none of them is. Locks
// do not count. Cancel gives what was found by then.
func (b *PlanBook) Heads(ctx context.Context, s Staffing, progress func(done, total int64)) (tried []PlanHeads, recommended int, err error) {
	plan := b.Plan
	plan.Territories = slices.Clone(b.Plan.Territories)
	for i := range plan.Territories {
		plan.Territories[i].Locked = false
	}
	task := b.task(&plan)
	task.Mix = maps.Clone(b.Info.Mix)
	if task.Mix[planning.Hours] <= 0 {
		task.Mix[planning.Hours] = 1e-9 // it is counted, and weighs nothing
	}
	pieces := task.Pieces()
	if err := b.divisible(pieces); err != nil {
		return nil, 0, err
	}
	opt := alignment.HeadsOptions{Seed: 1, Capacity: s.Capacity, Measure: pieces.Measure(planning.Hours)}
	opt.From, opt.To = headsSpan(len(plan.Territories), int(math.Ceil(s.Heads)), len(pieces.Problem.Units))
	opt.Progress = counted(progress)
	found, recommended, err := alignment.Heads(ctx, pieces.Problem, opt)
	if err != nil {
		return nil, 0, err
	}
	var weight float64
	for _, u := range pieces.Problem.Units {
		weight += u.Travel
	}
	for _, h := range found {
		tried = append(tried, PlanHeads{Territories: h.Territories, Imbalance: 100 * h.Imbalance, Travel: h.Travel / max(1e-9, weight), Over: h.Over})
	}
	return tried, recommended, nil
}

// headsSpan are the numbers to try: around the plan's own, stretched towards
// what the workload asks for.
func headsSpan(own, needed, most int) (from, to int) {
	from, to = min(own, max(1, needed))-headsAround, max(own, needed)+headsAround
	if to-from >= headsMost {
		from, to = own-headsMost/2, own+headsMost/2-1
	}
	to = min(to, most)
	return max(1, min(from, to)), to
}

// PersonName is what a person is called; "" for nobody and whoever is gone.
func (b *PlanBook) PersonName(id data.ID) string { return b.owners[id] }
