// Package job runs work that takes longer than a moment: it has a name, tells
// how far it is and can be stopped. What it writes it writes in one
// transaction at its end, so a stopped job leaves nothing behind.
package job

import (
	"context"
	"sync"

	"fieldbook/data"
)

// reportEvery bounds how often progress is passed on, in milliseconds.
const reportEvery data.Instant = 50

// Progress is how far a job is. Total is 0 while nobody knows.
type Progress struct {
	Done, Total int64
}

// Share is the part that is done, 0 to 1.
func (p Progress) Share() float64 {
	if p.Total <= 0 {
		return 0
	}
	return min(1, float64(p.Done)/float64(p.Total))
}

// Job is running work.
type Job struct {
	Name   string
	cancel context.CancelFunc

	mu   sync.Mutex
	last data.Instant
}

// Start makes a job of work and gives the function that runs it to its end.
// report is called with its progress, not too often, on the job's goroutine;
// now is the clock that says how often.
func Start(ctx context.Context, name string, now func() data.Instant, report func(Progress)) (j *Job, run func(work func(context.Context, func(done, total int64)) error) error) {
	ctx, cancel := context.WithCancel(ctx)
	j = &Job{Name: name, cancel: cancel}
	return j, func(work func(context.Context, func(done, total int64)) error) error {
		defer cancel()
		return work(ctx, func(done, total int64) {
			if j.due(now()) {
				report(Progress{done, total})
			}
		})
	}
}

// Cancel stops the job; its work ends with the context's error.
func (j *Job) Cancel() { j.cancel() }

func (j *Job) due(now data.Instant) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if now-j.last < reportEvery {
		return false
	}
	j.last = now
	return true
}
