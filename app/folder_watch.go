package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"fieldbook/data"
)

// FolderWatch says how the shared folder is looked after.
type FolderWatch struct {
	Tell func(FolderNews) // called with what happened; never at the same time as itself

	// After gives the time once d has passed; nil is time.After.
	After func(d time.Duration) <-chan time.Time
	// Notify gives a signal when something changes in this book's part of the
	// folder, until ctx ends; nil asks the operating system.
	Notify func(ctx context.Context, root string) <-chan struct{}
}

// FolderNews is what happened in the background.
type FolderNews struct {
	Came    []MergedFile // files that brought something
	Refused []FolderRefusal
	Sent    *FolderSent // nil where nothing was sent
	Failed  error       // told once until it changes
}

// The pace of looking after the folder.
const (
	pollEvery = 30 * time.Second // network folders and some sticks tell nothing
	settle    = 2 * time.Second  // a copy mostly comes in several strokes
	sendMost  = 10 * time.Minute // somebody who never pauses is sent at least so often
	sendLast  = 3 * time.Second  // once the watch ends, what waits is sent if it takes no longer
)

// Watch takes in what others write and, if the setup says so, sends what is
// done here, until ctx ends or no folder is chosen any more. What waits to be
// sent when ctx ends still goes out, so that nobody is left without what was
// done last; Watch returns some seconds later at the latest.
func (f *Folder) Watch(ctx context.Context, w FolderWatch) error {
	if w.After == nil {
		w.After = time.After
	}
	if w.Notify == nil {
		w.Notify = notifyOf
	}
	g := &guard{f: f, w: w, edited: make(chan struct{}, 1), set: make(chan struct{}, 1)}
	defer f.app.Subscribe(g.heard)()
	for ctx.Err() == nil {
		setup, err := f.Setup(ctx)
		if err != nil || setup.Dir == "" {
			return err
		}
		g.keep(ctx, setup)
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendLast)
	defer cancel()
	if err := f.sendWaiting(last); err != nil {
		slog.Info("the last edits were not sent to the shared folder", "err", err) // they wait for the next time
	}
	return nil
}

// guard looks after the folder for Watch.
type guard struct {
	f      *Folder
	w      FolderWatch
	edited chan struct{} // the book changed
	set    chan struct{} // the setup may have changed
	failed string        // what was told last

	quiet, latest <-chan time.Time // when to send; nil while nothing waits
	events        <-chan struct{}  // from the folder; nil where it tells nothing
	settled       <-chan time.Time // when to look after an event
	poll          <-chan time.Time
}

// heard takes note of a commit.
func (g *guard) heard(c data.Change) {
	to := g.edited
	if c.Touches(TopicFolder) {
		to = g.set
	}
	select {
	case to <- struct{}{}:
	default: // it is known already
	}
}

// keep looks after the folder as setup says until that changes or ctx ends.
func (g *guard) keep(ctx context.Context, setup FolderSetup) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	g.events = g.w.Notify(ctx, filepath.Join(setup.Dir, folderName(g.f.app.store.BookID())))
	g.quiet, g.latest, g.settled = nil, nil, nil
	g.receive(ctx, true)
	g.soon(setup) // what was done since the last time may not be sent yet
	g.poll = g.w.After(pollEvery)
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-g.set:
			if now, err := g.f.Setup(ctx); err != nil || now != setup {
				return
			}
		case <-g.edited:
			g.soon(setup)
		case _, more := <-g.events:
			g.stirred(more)
		case <-g.settled:
			g.settled = nil
			g.receive(ctx, false)
		case <-g.poll:
			g.look(ctx, setup)
		case <-g.quiet:
			g.send(ctx)
		case <-g.latest:
			g.send(ctx)
		}
	}
}

// stirred takes note that something happened in the folder, or that from now on
// polling alone tells.
func (g *guard) stirred(more bool) {
	if !more {
		g.events = nil
	} else if g.settled == nil {
		g.settled = g.w.After(settle)
	}
}

// look is what is done every now and then.
func (g *guard) look(ctx context.Context, setup FolderSetup) {
	g.receive(ctx, false)
	if setup.Auto && g.quiet == nil {
		g.send(ctx) // what could not be sent when it was due
	}
	g.poll = g.w.After(pollEvery)
}

// soon sends once nothing changes for a while.
func (g *guard) soon(setup FolderSetup) {
	if !setup.Auto {
		return
	}
	g.quiet = g.w.After(setup.Quiet)
	if g.latest == nil {
		g.latest = g.w.After(max(sendMost, setup.Quiet))
	}
}

func (g *guard) send(ctx context.Context) {
	g.quiet, g.latest = nil, nil
	sent, err := g.f.Send(ctx)
	if g.fails(ctx, err) || sent.Files == 0 {
		return
	}
	g.w.Tell(FolderNews{Sent: &sent})
}

func (g *guard) receive(ctx context.Context, again bool) {
	got, err := g.f.receive(ctx, again)
	var news FolderNews
	for _, f := range got.Came {
		if f.Ops > f.Already {
			news.Came = append(news.Came, f)
		}
	}
	for _, r := range got.Refused {
		if r.New {
			news.Refused = append(news.Refused, r)
		}
	}
	if len(news.Came)+len(news.Refused) > 0 {
		g.w.Tell(news)
	}
	g.fails(ctx, err)
}

// fails tells a failure, once until it is another one or none.
func (g *guard) fails(ctx context.Context, err error) bool {
	if ctx.Err() != nil {
		return true
	}
	text := ""
	if err != nil {
		text = err.Error()
	}
	if text == g.failed {
		return err != nil
	}
	g.failed = text
	if err != nil {
		g.w.Tell(FolderNews{Failed: err})
	}
	g.f.announce() // the folder went away or came back
	return err != nil
}

// notifyOf asks the operating system to tell what changes below root. Where it
// cannot, the channel is closed and polling goes on alone.
func notifyOf(ctx context.Context, root string) <-chan struct{} {
	out := make(chan struct{}, 1)
	w, err := fsnotify.NewWatcher()
	if err != nil {
		slog.Info("the shared folder is polled only", "err", err)
		close(out)
		return out
	}
	go func() {
		defer close(out)
		err := watchTree(ctx, w, root, out)
		if err = errors.Join(err, w.Close()); err != nil {
			slog.Info("the shared folder is polled only", "err", err)
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
