package kit

import (
	"container/list"
	"context"
	"errors"
)

const (
	pageRows  = 100
	pagesHeld = 20
)

// PagesOptions describes a Pages. Fetch returns the n rows from a position on,
// fewer at the end of the list; it runs away from the screen.
type PagesOptions[R any] struct {
	Context  context.Context //nolint:containedctx // the lifetime of the screen that owns the pages
	Runner   Runner
	Fetch    func(ctx context.Context, from, n int) ([]R, error)
	OnLoaded func(from, to int) // rows [from, to) can be had now
	OnError  func(error)        // the rows asked for stay missing until asked again
}

// Pages holds what a person looks at of a list too long to load: pages of 100
// rows, the 20 used last. Its methods are called where widgets may be changed.
type Pages[R any] struct {
	opts    PagesOptions[R]
	held    map[int]*list.Element // of page[R]
	recent  *list.List            // newest first
	running map[int]context.CancelFunc
	failed  map[int]bool
	epoch   int
}

type page[R any] struct {
	number int
	rows   []R
}

// NewPages returns an empty cache.
func NewPages[R any](opts PagesOptions[R]) *Pages[R] {
	p := &Pages[R]{opts: opts, running: map[int]context.CancelFunc{}}
	p.Reset()
	return p
}

// Reset forgets every row and cancels what is being fetched, as after a
// change of order, filter or data.
func (p *Pages[R]) Reset() {
	for _, cancel := range p.running {
		cancel()
	}
	p.held = map[int]*list.Element{}
	p.recent = list.New()
	p.running = map[int]context.CancelFunc{}
	p.failed = map[int]bool{}
	p.epoch++
}

// At returns row i, or false while it is not here yet; asking has it fetched.
func (p *Pages[R]) At(i int) (R, bool) {
	var none R
	number := i / pageRows
	if p.held[number] == nil && p.running[number] == nil && !p.failed[number] {
		p.fetch(number)
	}
	e := p.held[number]
	if e == nil {
		return none, false
	}
	p.recent.MoveToFront(e)
	rows := e.Value.(page[R]).rows
	if at := i % pageRows; at < len(rows) {
		return rows[at], true
	}
	return none, false
}

// Visible cancels what is being fetched but is no longer looked at; rows
// [from, to) are. Pages that failed may be asked for again.
func (p *Pages[R]) Visible(from, to int) {
	first, last := from/pageRows, max(from, to-1)/pageRows
	for number, cancel := range p.running {
		if number < first || number > last {
			cancel()
			delete(p.running, number)
		}
	}
	for number := range p.failed {
		if number < first || number > last {
			delete(p.failed, number)
		}
	}
}

func (p *Pages[R]) fetch(number int) {
	ctx, cancel := context.WithCancel(p.opts.Context)
	p.running[number] = cancel
	epoch := p.epoch
	p.opts.Runner.Go(func() {
		rows, err := p.opts.Fetch(ctx, number*pageRows, pageRows)
		p.opts.Runner.Do(func() {
			stale := ctx.Err() != nil || epoch != p.epoch
			cancel()
			if stale {
				return // scrolled away or reset meanwhile
			}
			delete(p.running, number)
			p.settle(page[R]{number, rows}, err)
		})
	})
}

func (p *Pages[R]) settle(got page[R], err error) {
	if err != nil {
		p.failed[got.number] = true
		if p.opts.OnError != nil && !errors.Is(err, context.Canceled) {
			p.opts.OnError(err)
		}
		return
	}
	p.held[got.number] = p.recent.PushFront(got)
	for p.recent.Len() > pagesHeld {
		oldest := p.recent.Back()
		delete(p.held, oldest.Value.(page[R]).number)
		p.recent.Remove(oldest)
	}
	if p.opts.OnLoaded != nil {
		from := got.number * pageRows
		p.opts.OnLoaded(from, from+len(got.rows))
	}
}
