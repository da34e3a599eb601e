package kittest

import (
	"time"

	"fieldbook/views/kit"
)

// Sync is a kit.Runner that does everything at once. Delays never pass, as if
// all work were done before them.
type Sync struct{}

var _ kit.Runner = Sync{}

// Go implements kit.Runner.
func (Sync) Go(work func()) { work() }

// Do implements kit.Runner.
func (Sync) Do(apply func()) { apply() }

// After implements kit.Runner.
func (Sync) After(time.Duration, func()) func() { return func() {} }

// Queue is a kit.Runner that holds work back until the test runs it, in any
// order. The zero value is ready.
type Queue struct {
	works  []func()
	delays []*delay
}

type delay struct {
	apply func()
}

var _ kit.Runner = (*Queue)(nil)

// Go implements kit.Runner.
func (q *Queue) Go(work func()) { q.works = append(q.works, work) }

// Do implements kit.Runner.
func (q *Queue) Do(apply func()) { apply() }

// After implements kit.Runner.
func (q *Queue) After(_ time.Duration, apply func()) func() {
	d := &delay{apply}
	q.delays = append(q.delays, d)
	return func() { d.apply = func() {} }
}

// Waiting returns how many works are held back.
func (q *Queue) Waiting() int { return len(q.works) }

// Run runs the n-th work that waits, the oldest being 0.
func (q *Queue) Run(n int) {
	work := q.works[n]
	q.works = append(q.works[:n:n], q.works[n+1:]...)
	work()
}

// RunAll runs the waiting works in order, and those that they start.
func (q *Queue) RunAll() {
	for len(q.works) > 0 {
		q.Run(0)
	}
}

// Pass lets every delay pass that was not stopped.
func (q *Queue) Pass() {
	delays := q.delays
	q.delays = nil
	for _, d := range delays {
		d.apply()
	}
}
