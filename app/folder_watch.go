package app

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

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
	sendMost = 10 * time.Minute // somebody who never pauses is sent at least so often
	sendLast = 3 * time.Second  // once the watch ends, what waits is sent if it takes no longer
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
	looker
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
	g.looker = looker{after: g.w.After, events: g.w.Notify(ctx, filepath.Join(setup.Dir, folderName(g.f.app.store.BookID())))}
	g.quiet, g.latest = nil, nil
	g.receive(ctx, true)
	g.soon(setup) // what was done since the last time may not be sent yet
	g.wait()
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

// look is what is done every now and then.
func (g *guard) look(ctx context.Context, setup FolderSetup) {
	g.receive(ctx, false)
	if setup.Auto && g.quiet == nil {
		g.send(ctx) // what could not be sent when it was due
	}
	g.wait()
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
