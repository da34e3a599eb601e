package shell

import (
	"sync/atomic"

	"fieldbook/views/kit"
)

// settling is a runner that tells once when the work that the start of the
// window set off has come to rest: the first screen stands.
type settling struct {
	kit.Runner
	shown func()
	busy  atomic.Int64
	told  atomic.Bool
}

// Go implements kit.Runner.
func (s *settling) Go(work func()) {
	s.busy.Add(1)
	s.Runner.Go(func() {
		work()
		// Work that ends has queued what it shows, and what that sets off counts itself before this runs.
		s.Do(func() {
			if s.busy.Add(-1) == 0 && s.told.CompareAndSwap(false, true) {
				s.shown()
			}
		})
	})
}
