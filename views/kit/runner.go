package kit

import (
	"time"

	"fyne.io/fyne/v2"
)

// Runner carries work between the screen and the background. Screens get it
// from the shell; tests use a runner of kittest that makes order certain.
type Runner interface {
	// Go runs work away from the screen.
	Go(work func())
	// Do runs apply where widgets may be changed.
	Do(apply func())
	// After runs apply, where widgets may be changed, once the delay has
	// passed. The returned function prevents that if it is not too late.
	After(delay time.Duration, apply func()) (stop func())
}

// FyneRunner is the Runner of the running application. It holds the only
// goroutines that views start.
type FyneRunner struct{}

var _ Runner = FyneRunner{}

// Go implements Runner.
func (FyneRunner) Go(work func()) { go work() }

// Do implements Runner.
func (FyneRunner) Do(apply func()) { fyne.Do(apply) }

// After implements Runner.
func (FyneRunner) After(delay time.Duration, apply func()) func() {
	timer := time.AfterFunc(delay, func() { fyne.Do(apply) })
	return func() { timer.Stop() }
}
