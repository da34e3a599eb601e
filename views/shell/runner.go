package shell

import (
	"sync/atomic"
	"time"

	"fieldbook/views/kit"
)

// lifeline is the window's runner: once the window ends, what comes back from
// the background is dropped. Fyne would run it on the wrong thread and could
// wait for ever.
type lifeline struct {
	kit.Runner
	ended atomic.Bool
}

// end drops whatever comes from now on.
func (l *lifeline) end() { l.ended.Store(true) }

func (l *lifeline) unlessEnded(apply func()) func() {
	return func() {
		if !l.ended.Load() {
			apply()
		}
	}
}

// Do implements kit.Runner.
func (l *lifeline) Do(apply func()) {
	if !l.ended.Load() {
		l.Runner.Do(l.unlessEnded(apply))
	}
}

// After implements kit.Runner.
func (l *lifeline) After(delay time.Duration, apply func()) (stop func()) {
	return l.Runner.After(delay, l.unlessEnded(apply))
}
