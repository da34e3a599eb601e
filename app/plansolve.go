package app

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"

	"fieldbook/app/alignment"
	"fieldbook/app/planning"
	"fieldbook/data"
	"fieldbook/data/store"
)

// PlanOption is one way to divide a plan anew.
type PlanOption struct {
	Transfers []planning.Transfer
	Index     []float64 // by territory of the plan
	Spread    planning.Spread
	Travel    float64 // mean kilometres from an account to its territory's home or middle
	Moved     int     // accounts that get another territory
	Today     bool    // the plan as it stands
	Proof     alignment.Proof
	Gap       float64 // with alignment.Bounded: how much better another might be, as a part
	Broken    bool    // not every territory hangs together
}

// PlanFrontier are the ways between which balance, travel and disruption can be
// traded: none is better than another in all three.
type PlanFrontier struct {
	Options []PlanOption
	Travel  float64 // mean kilometres as the plan stands
	found   []alignment.Option
}

// Choose finds the option that serves best for weights of balance, travel and
// disruption; -1 without options.
func (f *PlanFrontier) Choose(balance, travel, disruption float64) int {
	return alignment.Choose(f.found, balance, travel, disruption)
}

// task lays out the plan to be divided anew.
func (b *PlanBook) task(plan *planning.Plan) *planning.Task {
	t := &planning.Task{Plan: plan, Accounts: b.Accounts, Areas: b.Areas, Mix: b.Info.Mix, Homes: map[int]alignment.Home{}}
	for i, territory := range plan.Territories {
		if home, ok := b.homes[territory.Person]; ok {
			t.Homes[i] = alignment.Home{X: home.Lon, Y: home.Lat, Set: true}
		}
	}
	if len(b.Areas) > 0 {
		codes := make([]string, len(b.Areas))
		for i, a := range b.Areas {
			codes[i] = a.Code
		}
		t.Edges = b.atlas.Neighbours(codes)
	}
	return t
}

// PlanSearch says how long ways to divide a plan are looked for, and who hears of
// them meanwhile.
type PlanSearch struct {
	Progress func(done, total int64)
	Found    func(*PlanFrontier) // what is there so far: first within a moment, then ever better
	Passes   int                 // how often all goals are gone through at most; 0 is once
}

// PlanPasses is for a search that a person watches and stops.
const PlanPasses = 12

// Frontier looks for the ways to divide the plan anew. Cancel gives those found
// by then.
func (b *PlanBook) Frontier(ctx context.Context, search PlanSearch) (*PlanFrontier, error) {
	task := b.task(&b.Plan)
	pieces := task.Pieces()
	if err := b.divisible(pieces); err != nil {
		return nil, err
	}
	w := &frontierReader{book: b, task: task, pieces: pieces, was: b.Divide()}
	opt := alignment.FrontierOptions{Seed: 1, Passes: search.Passes, Progress: counted(search.Progress)}
	if search.Found != nil {
		opt.Found = func(found []alignment.Option) { search.Found(w.frontier(found)) }
	}
	found, err := alignment.Frontier(ctx, pieces.Problem, opt)
	if err != nil {
		return nil, err
	}
	return w.frontier(found), nil
}

// frontierReader tells of divisions what they come to in the plan. What it told of
// already it does not count again.
type frontierReader struct {
	book   *PlanBook
	task   *planning.Task
	pieces *planning.Pieces
	was    *planning.Division
	solved []*alignment.Solution
	told   []PlanOption
}

func (w *frontierReader) frontier(found []alignment.Option) *PlanFrontier {
	out := &PlanFrontier{Travel: w.book.travel(w.was)}
	for _, o := range found {
		option := w.option(o.Solution)
		option.Today = o.Today
		if !slices.ContainsFunc(out.Options, option.alike) {
			out.Options, out.found = append(out.Options, option), append(out.found, o)
		}
	}
	return out
}

func (w *frontierReader) option(s *alignment.Solution) PlanOption {
	for i, x := range w.solved {
		if x.Proven == s.Proven && x.Bound == s.Bound && slices.Equal(x.Of, s.Of) {
			return w.told[i]
		}
	}
	o := w.book.option(w.task, w.pieces, s, w.was)
	w.solved, w.told = append(w.solved, s), append(w.told, o)
	return o
}

// counted tells a job how far a search is.
func counted(progress func(done, total int64)) func(done, all int) {
	if progress == nil {
		return nil
	}
	return func(done, all int) { progress(int64(done), int64(all)) }
}

// alike reports whether two options differ in nothing that a person would weigh,
// such as in who gets empty land.
func (o PlanOption) alike(x PlanOption) bool {
	return o.Moved == x.Moved && math.Abs(o.Travel-x.Travel) < 0.5 && math.Abs(o.Spread.Gini-x.Spread.Gini) < 5e-4 && math.Abs(o.Spread.Largest-x.Spread.Largest) < 0.5
}

// divisible says in words what keeps a plan from being divided.
func (b *PlanBook) divisible(p *planning.Pieces) error {
	switch n := len(p.Problem.Units); {
	case len(p.Territories) < 2:
		return data.Errorf(data.Refused, "%s has fewer than two territories that are not locked, so there is nothing to divide; nothing was changed", b.Info.Name)
	case n < len(p.Territories):
		return data.Errorf(data.Refused, "%s has %d areas or accounts that can move and %d territories; nothing was changed. Unlock some, or place accounts on the map", b.Info.Name, n, len(p.Territories))
	}
	return nil
}

// option tells what a division comes to.
func (b *PlanBook) option(task *planning.Task, pieces *planning.Pieces, s *alignment.Solution, before *planning.Division) PlanOption {
	o := PlanOption{Transfers: pieces.Transfers(s.Of), Proof: s.Proven, Broken: !s.Contiguous}
	if s.Proven == alignment.Bounded {
		o.Gap = s.Gap()
	}
	tried := b.with(task.Apply(o.Transfers))
	after := tried.Balance()
	o.Index, o.Spread = after.Index, after.Spread
	for i, t := range after.Division.Of {
		if t != before.Of[i] {
			o.Moved++
		}
	}
	o.Travel = tried.travel(after.Division)
	return o
}

// with is the same book with another plan.
func (b *PlanBook) with(plan *planning.Plan) *PlanBook {
	out := *b
	out.Plan, out.tally = *plan, nil
	return &out
}

// travel is how far accounts are from their territory's home on average, or
// from its middle where no home is known.
func (b *PlanBook) travel(d *planning.Division) float64 {
	from := b.middles(d.Of)
	for t, territory := range b.Plan.Territories {
		if home := b.home(territory.Person); home.Placed {
			from[t] = home
		}
	}
	var km, n float64
	for i, t := range d.Of {
		a := &b.Accounts[i]
		if t == planning.Nobody || !a.Placed {
			continue
		}
		km += kilometres(from[t].Lon, from[t].Lat, a.Lon, a.Lat)
		n++
	}
	return km / max(1, n)
}

// Show gives the book as an option would make it.
func (b *PlanBook) Show(o PlanOption) *PlanBook {
	return b.with((&planning.Task{Plan: &b.Plan, Accounts: b.Accounts, Areas: b.Areas}).Apply(o.Transfers))
}

// Adopt writes an option into the draft that it was found for. The draft as it
// was is kept as an archived copy.
func (p *Plans) Adopt(ctx context.Context, b *PlanBook, o PlanOption) error {
	return p.rewrite(ctx, b, rewriting{transfers: o.Transfers, what: fmt.Sprintf("Rebalance %s", b.Info.Name)})
}

// rewriting is a large step of a plan: what moves, and territories that come and go.
type rewriting struct {
	what      string
	added     []planning.Territory // their ids are set
	removed   []data.ID
	unlisted  []data.ID      // accounts that go by their area from now on
	plan      *planning.Plan // with those added; nil is the book's
	transfers []planning.Transfer
}

// rewrite carries a large step out as one act, with a copy of the draft as it
// was put into the archive. It is Refused where the draft is no longer the one
// that the step was worked out for.
func (p *Plans) rewrite(ctx context.Context, b *PlanBook, r rewriting) error {
	info, err := p.draft(ctx, b.Info.ID)
	if err != nil {
		return err
	}
	is, err := p.Book(ctx, info.ID)
	if err != nil {
		return err
	}
	if !is.Same(b) {
		return data.Errorf(data.Refused, "%s was changed while this was worked out, so it no longer fits; nothing was changed. Do it again", info.Name)
	}
	content, err := p.content(ctx, info.ID)
	if err != nil {
		return err
	}
	if r.plan == nil {
		r.plan = &b.Plan
	}
	edit := planEdit{book: b}
	for _, account := range r.unlisted {
		edit.gone = append(edit.gone, PlanPart{Plan: info.ID, Account: account}.ID())
	}
	for _, t := range r.transfers {
		part := PlanPart{Plan: info.ID, Territory: r.plan.Territories[t.Territory].ID}
		if t.Area != planning.Nobody {
			part.Unit = b.Areas[t.Area].Code
		} else {
			part.Account = b.Accounts[t.Account].ID
		}
		edit.parts = append(edit.parts, part)
	}
	return p.app.write(ctx, store.Act{What: r.what}, func(tx *store.Tx) error {
		kept := info
		kept.Name = info.Name + before + p.app.cfg.Now().In(p.app.store.Zone()).Format("2006-01-02 15:04")
		kept.Status, kept.Source = data.PlanArchived, info.ID
		if _, err := content.copyTo(tx, kept); err != nil {
			return err
		}
		for _, t := range r.added {
			if _, err := tx.Put(data.KindPlanTerritory, t.ID, territoryValues(info.ID, t)); err != nil {
				return err
			}
		}
		if err := edit.write(tx); err != nil {
			return err
		}
		for _, id := range r.removed {
			if err := tx.Delete(data.KindPlanTerritory, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// solveRuns is how often one division is looked for anew. It goes by moves, not
// by the clock, so that the same draft gives the same halves everywhere.
const solveRuns = 2

// solve divides pieces once.
func (p *Plans) solve(ctx context.Context, problem *alignment.Problem) (*alignment.Solution, error) {
	s, err := alignment.Solve(ctx, problem, alignment.Options{Seed: 1, Workers: runtime.NumCPU(), Runs: solveRuns, Unproven: true})
	if err == nil && ctx.Err() != nil {
		err = data.Errorf(data.Canceled, "nothing was changed")
	}
	return s, err
}

// Split makes two territories out of one, alike by the plan's measures.
func (p *Plans) Split(ctx context.Context, b *PlanBook, id data.ID, name string) (data.ID, error) {
	at, err := b.territory(id)
	if err != nil {
		return data.NoID, err
	}
	old := b.Plan.Territories[at]
	if name == "" {
		name = old.Name + " 2"
	}
	color, err := p.nextColor(ctx, b.Info.ID)
	if err != nil {
		return data.NoID, err
	}
	fresh := planning.Territory{ID: data.NewID(), Name: name, Color: color}
	plan := b.Plan
	plan.Territories = nil
	for i, t := range b.Plan.Territories {
		t.Locked = i != at
		plan.Territories = append(plan.Territories, t)
	}
	plan.Territories = append(plan.Territories, fresh)
	task := b.task(&plan)
	delete(task.Homes, at) // both halves are laid out by their own middle
	pieces := task.Pieces()
	if err := b.divisible(pieces); err != nil {
		return data.NoID, err
	}
	pieces.Problem.Tolerance, pieces.Problem.Change = b.Info.Tolerance/100, 0
	for i := range pieces.Problem.Units {
		pieces.Problem.Units[i].Change = 0
	}
	s, err := p.solve(ctx, pieces.Problem)
	if err != nil {
		return data.NoID, err
	}
	return fresh.ID, p.rewrite(ctx, b, rewriting{
		what: fmt.Sprintf("Split %s in %s", old.Name, b.Info.Name), added: []planning.Territory{fresh}, plan: &plan, transfers: pieces.Transfers(s.Of),
	})
}
