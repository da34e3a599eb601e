package app

import (
	"context"
	"time"

	"fieldbook/data"
)

// Inbox watches a folder and imports what lands there.
type Inbox struct {
	Rule InboxRule
	Tell func(InboxNews) // called with what happened; never at the same time as itself
	// Open hands over the book for as long as the call takes.
	Open func(ctx context.Context, use func(*App) error) error

	// After and Notify are those of FolderWatch.
	After  func(d time.Duration) <-chan time.Time
	Notify func(ctx context.Context, root string) <-chan struct{}

	waiting map[string]stamp // files that may still grow
	tried   map[string]stamp // files that were dealt with
	failed  string           // what was told last
}

// InboxNews is what happened in the background.
type InboxNews struct {
	Files  []InboxFile
	Failed error // told once until it changes
}

// Watch imports what lies in the folder and what lands there, until ctx ends. A
// file is taken once it has stopped growing.
func (in *Inbox) Watch(ctx context.Context) {
	in.begin()
	l := looker{after: in.After, events: in.Notify(ctx, in.Rule.Dir)}
	in.look(ctx, &l)
	l.wait()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case _, more := <-l.events:
			l.stirred(more)
		case <-l.settled:
			l.settled = nil
			in.look(ctx, &l)
		case <-l.poll:
			in.look(ctx, &l)
			l.wait()
		}
	}
}

// Once imports what lies in the folder and has stopped growing.
func (in *Inbox) Once(ctx context.Context) InboxNews {
	in.begin()
	tell := in.Tell
	defer func() { in.Tell = tell }()
	var all InboxNews
	in.Tell = func(n InboxNews) { all.Files, all.Failed = append(all.Files, n.Files...), n.Failed }
	l := looker{after: in.After}
	in.look(ctx, &l)
	if l.settled != nil {
		select {
		case <-ctx.Done():
		case <-l.settled:
			in.look(ctx, &l)
		}
	}
	return all
}

func (in *Inbox) begin() {
	if in.After == nil {
		in.After = time.After
	}
	if in.Notify == nil {
		in.Notify = notifyOf
	}
	in.waiting, in.tried = map[string]stamp{}, map[string]stamp{}
}

// look deals with the files that have stopped growing, and looks again soon
// where some may not have.
func (in *Inbox) look(ctx context.Context, l *looker) {
	paths, err := landed(in.Rule.Dir)
	var whole []string
	waiting, grows := map[string]stamp{}, false
	for _, path := range paths {
		now, err := stampOf(path)
		if err != nil || in.tried[path] == now {
			continue
		}
		waiting[path] = now
		if in.waiting[path] == now {
			whole = append(whole, path)
		} else {
			grows = true
		}
	}
	in.waiting = waiting
	if grows {
		l.stirred(true)
	}
	if err == nil && len(whole) > 0 {
		err = in.Open(ctx, func(a *App) error { return in.take(ctx, a, whole) })
	}
	in.fails(ctx, err)
}

func (in *Inbox) take(ctx context.Context, a *App, paths []string) error {
	var news InboxNews
	var fault error
	for _, path := range paths {
		before, err := stampOf(path)
		if err != nil {
			continue // it is gone
		}
		f, err := a.Imports.TakeIn(ctx, in.Rule, path)
		if err != nil {
			fault = err
			break
		}
		in.tried[path] = before
		news.Files = append(news.Files, f)
	}
	if len(news.Files) > 0 {
		in.Tell(news)
	}
	return fault
}

// fails tells a failure, once until it is another one or none.
func (in *Inbox) fails(ctx context.Context, err error) {
	text := ""
	if err != nil && ctx.Err() == nil && data.KindOf(err) != data.Canceled {
		text = err.Error()
	}
	if text != in.failed && text != "" {
		in.Tell(InboxNews{Failed: err})
	}
	in.failed = text
}

// WatchInbox watches the folder of the book's rule, if there is one, until ctx
// ends or the rule changes.
func (im *Imports) WatchInbox(ctx context.Context, in Inbox) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer im.app.Subscribe(func(c data.Change) {
		if c.Touches(TopicInbox) {
			cancel()
		}
	})()
	var err error
	if in.Rule, err = im.Rule(ctx); err != nil || in.Rule.Dir == "" {
		return err
	}
	in.Open = func(_ context.Context, use func(*App) error) error { return use(im.app) }
	in.Watch(ctx)
	return nil
}
