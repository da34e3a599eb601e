package shell

import (
	"log/slog"
	"time"

	"fieldbook/app"
	"fieldbook/views/sharing"
)

// How the shared folder is looked after while the book is open.
const (
	watchPause = 2 * time.Second // the first screen comes before it
	watchEnd   = 5 * time.Second // what runs when the book is closed may end by itself
)

// watcher is the session's watch over the shared folder.
type watcher struct {
	ended chan struct{} // nil while none runs
	again bool          // the setup changed while one ran
	off   func()        // calls off one that is to begin
}

// watchSoon begins to look after the shared folder, unless that is done already.
// The watch ends at once where no folder is chosen.
func (s *session) watchSoon() {
	if s.closed || s.app.Book().ReadOnly {
		return
	}
	if s.watch.ended != nil {
		s.watch.again = true
		return
	}
	s.watch.off()
	s.watch.off = s.host.Runner.After(watchPause, s.beginWatch)
}

func (s *session) beginWatch() {
	if s.closed || s.watch.ended != nil {
		return
	}
	ended := make(chan struct{})
	s.watch.ended, s.watch.again = ended, false
	s.host.Runner.Go(func() {
		err := s.app.Sharing.Folder.Watch(s.host.Context, app.FolderWatch{Tell: s.tell})
		if err != nil {
			slog.Error("watching the shared folder", "err", err)
		}
		close(ended)
		s.host.Runner.Do(func() {
			s.watch.ended = nil
			if s.watch.again {
				s.watchSoon()
			}
		})
	})
}

// tell says quietly what came, went or failed.
func (s *session) tell(n app.FolderNews) {
	words := sharing.FolderWords(n)
	s.host.Runner.Do(func() {
		switch {
		case s.closed || words == "":
		case n.Failed != nil || len(n.Came) == 0 && len(n.Refused) > 0:
			s.frame.status.Hint(words)
		default:
			s.host.Say(words)
		}
	})
}

// endWatch waits for the watch, whose context has ended: it sends what waits.
func (s *session) endWatch() {
	s.watch.off()
	if s.watch.ended != nil {
		select {
		case <-s.watch.ended:
		case <-time.After(watchEnd):
		}
	}
}
