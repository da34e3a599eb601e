package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// The pace of looking at a folder.
const (
	pollEvery = 30 * time.Second // network folders and some sticks tell nothing
	settle    = 2 * time.Second  // a copy mostly comes in several strokes
)

// looker tells when to look at a folder: once what stirred in it has settled,
// and every now and then.
type looker struct {
	after   func(d time.Duration) <-chan time.Time
	events  <-chan struct{}  // from the folder; nil where it tells nothing
	settled <-chan time.Time // when to look after an event
	poll    <-chan time.Time
}

// wait sets when to look in any case.
func (l *looker) wait() { l.poll = l.after(pollEvery) }

// stirred takes note that something happened in the folder, or that from now on
// polling alone tells.
func (l *looker) stirred(more bool) {
	if !more {
		l.events = nil
	} else if l.settled == nil {
		l.settled = l.after(settle)
	}
}

// notifyOf asks the operating system to tell what changes below root. Where it
// cannot, the channel is closed and polling goes on alone.
func notifyOf(ctx context.Context, root string) <-chan struct{} {
	out := make(chan struct{}, 1)
	w, err := fsnotify.NewWatcher()
	if err != nil {
		slog.Info("a folder is polled only", "err", err)
		close(out)
		return out
	}
	go func() {
		defer close(out)
		err := watchTree(ctx, w, root, out)
		if err = errors.Join(err, w.Close()); err != nil {
			slog.Info("a folder is polled only", "err", err)
		}
	}()
	return out
}

// watchTree watches root and the sub-folders in it, also those that come later.
func watchTree(ctx context.Context, w *fsnotify.Watcher, root string, out chan<- struct{}) error {
	err := w.Add(root)
	entries, _ := readNames(root, mostReplicas) // what is missed, polling finds
	for _, e := range entries {
		watchFolder(w, filepath.Join(root, e.Name()))
	}
	for err == nil {
		select {
		case <-ctx.Done():
			return nil
		case err = <-w.Errors:
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				err = nil // there was a lot: look
			}
		case e := <-w.Events:
			if e.Has(fsnotify.Create) && filepath.Dir(e.Name) == root {
				watchFolder(w, e.Name)
			}
		}
		select {
		case out <- struct{}{}:
		default: // it is known already
		}
	}
	return err
}

// watchFolder watches a sub-folder; without it, polling finds what comes there.
func watchFolder(w *fsnotify.Watcher, path string) {
	if info, err := os.Lstat(path); err == nil && info.IsDir() {
		_ = w.Add(path)
	}
}
