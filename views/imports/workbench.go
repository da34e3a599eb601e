package imports

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"fieldbook/app"
	"fieldbook/data"
)

// order names the files that a person wants, and how they were read before.
type order struct {
	number      int
	paths       []string
	mapping     *app.ImportMapping
	mappingName string
}

// edit is one correction of the plan.
type edit func(ctx context.Context, plan *app.ImportPlan) error

// workbench holds the plan. Loads and jobs work on it one after the other, away
// from the screen; corrections wait in a queue until the next of them.
type workbench struct {
	app      *app.App
	applying atomic.Bool

	mu     sync.Mutex // held while the plan is worked on, which may take long
	number int        // of the order that the plan is for
	plan   *app.ImportPlan
	last   *app.ImportPlan // that was applied last

	queueMu sync.Mutex // held for moments only
	queue   []edit
}

// later puts a correction into the queue.
func (w *workbench) later(e edit) {
	w.queueMu.Lock()
	defer w.queueMu.Unlock()
	w.queue = append(w.queue, e)
}

func (w *workbench) waiting() []edit {
	w.queueMu.Lock()
	defer w.queueMu.Unlock()
	out := w.queue
	w.queue = nil
	return out
}

// rehearse plans the files of an order that is new, makes the corrections and
// finds out what would come.
func (w *workbench) rehearse(ctx context.Context, o order) (picture, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.prepare(ctx, o); err != nil {
		return picture{}, err
	}
	res, err := w.app.Imports.Rehearse(ctx, w.plan, func(int, int, string) {})
	if err != nil {
		return picture{}, err
	}
	return draw(w.plan, res), nil
}

// prepare makes sure that the plan is that of the order, corrections included.
// One that is refused leaves the others in force.
func (w *workbench) prepare(ctx context.Context, o order) error {
	if w.plan == nil || w.number != o.number {
		w.waiting() // they were for other files
		plan, err := w.app.Imports.Plan(ctx, o.paths, app.PlanOptions{Mapping: o.mapping})
		if err != nil {
			return err
		}
		w.plan, w.number = plan, o.number
	}
	var refused error
	edits := w.waiting()
	for i, e := range edits {
		err := e(ctx, w.plan)
		if data.KindOf(err) == data.Canceled && err != nil {
			w.again(edits[i:])
			return err
		}
		if refused == nil {
			refused = err
		}
	}
	return refused
}

// again puts corrections that were interrupted back to the head of the queue.
func (w *workbench) again(edits []edit) {
	w.queueMu.Lock()
	defer w.queueMu.Unlock()
	w.queue = append(slices.Clone(edits), w.queue...)
}

// apply imports the files of an order.
func (w *workbench) apply(ctx context.Context, o order, progress func(done, total int64)) (*app.ImportResult, picture, error) {
	w.applying.Store(true)
	defer w.applying.Store(false)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.prepare(ctx, o); err != nil {
		return nil, picture{}, err
	}
	res, err := w.app.Imports.Apply(ctx, w.plan, func(done, total int, _ string) { progress(int64(done), int64(total)) })
	if err != nil {
		return nil, picture{}, err
	}
	p := draw(w.plan, res)
	p.txn = res.Txn
	w.last, w.plan = w.plan, nil // the book is another one now
	return res, p, err
}

// saveMapping writes the plan as a mapping to a file.
func (w *workbench) saveMapping(ctx context.Context, o order, path string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.prepare(ctx, o); err != nil {
		return err
	}
	return w.plan.Mapping().Save(path)
}

// rule makes the plan, or the one that was just applied, a rule for a folder.
func (w *workbench) rule(ctx context.Context, o order, dir string) (app.InboxRule, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.plan == nil && w.last != nil && w.number == o.number {
		return w.last.RuleOf(dir), nil
	}
	if err := w.prepare(ctx, o); err != nil {
		return app.InboxRule{}, err
	}
	return w.plan.RuleOf(dir), nil
}
