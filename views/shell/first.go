package shell

import (
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// settling is a runner that tells when all work under way has come to rest.
type settling struct {
	*lifeline
	rest func()
	busy atomic.Int64
}

// Go implements kit.Runner.
func (s *settling) Go(work func()) {
	s.busy.Add(1)
	s.lifeline.Go(func() {
		work()
		// Work that ends has queued what it shows, and what that sets off counts itself before this runs.
		s.Do(func() {
			if s.busy.Add(-1) == 0 {
				s.rest()
			}
		})
	})
}

// firstWait is how long the window stays empty for its first screen: painting
// it step by step takes longer than painting it once.
const firstWait = 250 * time.Millisecond

// showFirst shows a page as soon as all on it has loaded, or the wait is over.
// Where a page stands already it shows the new one at once.
func (sh *shell) showFirst(page fyne.CanvasObject) {
	if len(sh.stage.Objects) > 0 {
		sh.showPage(page)
		return
	}
	page.Resize(sh.stage.Size()) // charts are drawn in the size that they have
	sh.first = page
	sh.runner.After(firstWait, sh.showAwaited)
}

// showAwaited shows the page that waits for its content, if one does.
func (sh *shell) showAwaited() {
	if page := sh.first; page != nil {
		sh.showPage(page)
		sh.renewMenu()
	}
}

// showPage puts a page into the window.
func (sh *shell) showPage(page fyne.CanvasObject) {
	sh.first = nil
	sh.window.Canvas().Unfocus()
	sh.stage.Objects = []fyne.CanvasObject{page}
	page.Move(fyne.NewPos(0, 0))
	page.Resize(sh.stage.Size())
	canvas.Refresh(sh.stage)
}

// startRoom is memory that nothing uses: with it the collector has nothing to
// collect before the first screen, which a tenth of the start went into.
const startRoom = 64 << 20

// rested is called whenever nothing is under way.
func (sh *shell) rested() {
	sh.showAwaited()
	sh.room = nil
	if shown := sh.opts.Shown; shown != nil && len(sh.stage.Objects) > 0 {
		sh.opts.Shown = nil
		shown()
	}
}
