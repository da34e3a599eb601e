package shell

import (
	"context"
	"log/slog"
	"time"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/imports"
	"fieldbook/views/sharing"
)

// How folders are looked after while the book is open.
const (
	watchPause = 2 * time.Second // the first screen comes before it
	watchEnd   = 5 * time.Second // what runs when the book is closed may end by itself
)

// watcher is one of the session's watches over folders. It ends at once where
// no folder is chosen.
type watcher struct {
	what  string
	run   func(ctx context.Context) error
	ended chan struct{} // nil while none runs
	again bool          // the setup changed while one ran
	off   func()        // calls off one that is to begin
}

// watchers are the shared folder and the one whose files are imported.
func (s *session) watchers() (shared, inbox watcher) {
	shared = watcher{what: "the shared folder", off: func() {}, run: func(ctx context.Context) error {
		return s.app.Sharing.Folder.Watch(ctx, app.FolderWatch{Tell: s.tell})
	}}
	inbox = watcher{what: "the folder of files to import", off: func() {}, run: func(ctx context.Context) error {
		return s.app.Imports.WatchInbox(ctx, app.Inbox{Tell: s.tellLanded})
	}}
	return shared, inbox
}

// watchSoon begins to look after a folder, unless that is done already.
func (s *session) watchSoon(w *watcher) {
	if s.closed || s.app.Book().ReadOnly {
		return
	}
	if w.ended != nil {
		w.again = true
		return
	}
	w.off()
	w.off = s.host.Runner.After(watchPause, func() { s.beginWatch(w) })
}

func (s *session) beginWatch(w *watcher) {
	if s.closed || w.ended != nil {
		return
	}
	ended := make(chan struct{})
	w.ended, w.again = ended, false
	s.host.Runner.Go(func() {
		if err := w.run(s.host.Context); err != nil {
			slog.Error("watching "+w.what, "err", err)
		}
		close(ended)
		s.host.Runner.Do(func() {
			w.ended = nil
			if w.again {
				s.watchSoon(w)
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

// tellLanded says quietly what became of files that landed.
func (s *session) tellLanded(n app.InboxNews) {
	words, bad := imports.LandedWords(n)
	s.host.Runner.Do(func() {
		switch {
		case s.closed || words == "":
		case bad:
			s.frame.status.Hint(lang.T("Watched folder: %s", words))
		default:
			s.host.Say(lang.T("Watched folder: %s", words))
		}
	})
}

// end waits for a watch, whose context has ended: it finishes what it is at.
func (w *watcher) end() {
	w.off()
	if w.ended != nil {
		select {
		case <-w.ended:
		case <-time.After(watchEnd):
		}
	}
}
