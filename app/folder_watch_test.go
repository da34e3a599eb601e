package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fieldbook/data"
)

// watched is a book whose shared folder is looked after, with a clock that the
// test moves.
type watched struct {
	*mate
	asked  chan timer // timers as they are asked for
	timers []timer
	events chan struct{}
	news   chan FolderNews
	ended  chan error
}

type timer struct {
	d    time.Duration
	fire chan time.Time
}

func newWatched(t *testing.T, shared string) *watched {
	t.Helper()
	w := &watched{
		mate: newMate(t, "Ann's laptop", shared, nil), asked: make(chan timer, 100), events: make(chan struct{}),
		news: make(chan FolderNews, 100), ended: make(chan error, 1),
	}
	return w
}

func (w *watched) start() {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	w.t.Cleanup(func() {
		cancel()
		if err := <-w.ended; err != nil {
			w.t.Error(err)
		}
	})
	go func() {
		err := w.folder.Watch(ctx, FolderWatch{
			Tell: func(n FolderNews) { w.news <- n },
			After: func(d time.Duration) <-chan time.Time {
				a := timer{d, make(chan time.Time, 1)}
				w.asked <- a
				return a.fire
			},
			Notify: func(context.Context, string) <-chan struct{} { return w.events },
		})
		w.ended <- err
		close(w.ended)
	}()
}

// timer waits until one of the duration is asked for.
func (w *watched) timer(d time.Duration) timer {
	w.t.Helper()
	for {
		if i := slices.IndexFunc(w.timers, func(x timer) bool { return x.d == d }); i >= 0 {
			found := w.timers[i]
			w.timers = slices.Delete(w.timers, i, i+1)
			return found
		}
		select {
		case x := <-w.asked:
			w.timers = append(w.timers, x)
		case n := <-w.news:
			w.t.Fatalf("told %+v, while %v is waited for", n, d)
		case <-time.After(20 * time.Second):
			w.t.Fatalf("nobody waits for %v; there are %v", d, w.timers)
		}
	}
}

func (w *watched) pass(d time.Duration) { w.t.Helper(); w.timer(d).fire <- time.Time{} }

func (w *watched) told() FolderNews {
	w.t.Helper()
	select {
	case n := <-w.news:
		return n
	case <-time.After(20 * time.Second):
		w.t.Fatal("nothing is told")
	}
	return FolderNews{}
}

func TestWatchSendsOnceItIsQuiet(t *testing.T) {
	ctx := context.Background()
	ann := newWatched(t, t.TempDir())
	ann.account("Before the start")
	if err := ann.folder.SendBy(ctx, true, 0); err != nil {
		t.Fatal(err)
	}
	ann.start()
	ann.pass(QuietUsual)
	if n := ann.told(); n.Sent == nil || n.Sent.Files == 0 {
		t.Fatalf("what waited at the start: %+v", n)
	}
	ann.account("One")
	first := ann.timer(QuietUsual)
	ann.account("Two")
	second := ann.timer(QuietUsual)
	first.fire <- time.Time{} // the second edit put it off
	ann.pass(pollEvery)
	ann.timer(pollEvery)
	if files := names(t, ann.own(), shareEnd); len(files) != 1 {
		t.Fatalf("it did not wait for quiet: %v", files)
	}
	second.fire <- time.Time{}
	if n := ann.told(); n.Sent == nil {
		t.Fatalf("after the quiet: %+v", n)
	}
	ann.account("Three")
	ann.timer(QuietUsual) // never passes: somebody types without end
	ann.pass(sendMost)    // of the first round, given up when it was sent
	ann.pass(sendMost)
	ann.pass(sendMost)
	if n := ann.told(); n.Sent == nil {
		t.Fatalf("without a pause: %+v", n)
	}
}

func TestWatchTakesInByEventAndByPolling(t *testing.T) {
	shared := t.TempDir()
	ann := newWatched(t, shared)
	ann.account("Rangreen")
	bob := newMate(t, "Bob's laptop", shared, ann.mate)
	ann.start()
	bob.account("Bluth")
	bob.send()
	ann.events <- struct{}{}
	ann.events <- struct{}{}
	ann.pass(settle)
	if n := ann.told(); len(n.Came) != 1 || n.Came[0].From != "Bob's laptop" {
		t.Fatalf("by event: %+v", n)
	}
	bob.account("Isdom")
	bob.send()
	ann.pass(pollEvery)
	if n := ann.told(); len(n.Came) != 1 {
		t.Fatalf("by polling: %+v", n)
	}
	if files := names(t, ann.own(), shareEnd); len(files) != 0 {
		t.Errorf("sent by itself though nobody asked for it: %v", files)
	}
	close(ann.events) // as where the system can tell nothing any more
	bob.account("Cancity")
	bob.send()
	ann.pass(pollEvery)
	if n := ann.told(); len(n.Came) != 1 {
		t.Fatalf("by polling alone: %+v", n)
	}
}

func TestWatchTellsAFailureOnce(t *testing.T) {
	shared := filepath.Join(t.TempDir(), "stick")
	if err := os.Mkdir(shared, 0o755); err != nil {
		t.Fatal(err)
	}
	ann := newWatched(t, shared)
	ann.start()
	ann.timer(pollEvery).fire <- time.Time{}
	poll := ann.timer(pollEvery)
	if err := os.Rename(shared, shared+" away"); err != nil {
		t.Fatal(err)
	}
	poll.fire <- time.Time{}
	if n := ann.told(); data.KindOf(n.Failed) != data.NotFound {
		t.Fatalf("told %+v", n)
	}
	ann.pass(pollEvery)
	poll = ann.timer(pollEvery) // fails if something is told
	if err := os.Rename(shared+" away", shared); err != nil {
		t.Fatal(err)
	}
	poll.fire <- time.Time{}
	poll = ann.timer(pollEvery)
	if err := os.Rename(shared, shared+" away"); err != nil {
		t.Fatal(err)
	}
	poll.fire <- time.Time{}
	if n := ann.told(); n.Failed == nil {
		t.Fatalf("the second time: %+v", n)
	}
}

func TestWatchFollowsTheSetup(t *testing.T) {
	ctx := context.Background()
	shared, other := t.TempDir(), t.TempDir()
	ann := newWatched(t, shared)
	ann.account("Rangreen")
	ann.start()
	ann.timer(pollEvery)
	if err := ann.folder.Choose(ctx, other); err != nil {
		t.Fatal(err)
	}
	ann.timer(pollEvery)
	if err := ann.folder.SendBy(ctx, true, time.Minute); err != nil {
		t.Fatal(err)
	}
	ann.pass(time.Minute)
	if n := ann.told(); n.Sent == nil || filepath.Dir(filepath.Dir(filepath.Dir(n.Sent.File))) != other {
		t.Fatalf("told %+v", n)
	}
	if err := ann.folder.Leave(ctx); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ann.ended:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it watches on without a folder")
	}
}

// The operating system's own events, on folders that come later too.
func TestNotifyOfTheSystem(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	root := t.TempDir()
	old := filepath.Join(root, "old")
	if err := os.Mkdir(old, 0o755); err != nil {
		t.Fatal(err)
	}
	events := notifyOf(ctx, root)
	hear := func(what string, do func() error) {
		t.Helper()
		for range 200 { // until the watching has begun
			if err := do(); err != nil {
				t.Fatal(err)
			}
			select {
			case _, ok := <-events:
				if !ok {
					t.Fatalf("%s: the watching ended", what)
				}
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
		t.Fatalf("%s is not told", what)
	}
	n := 0
	write := func(dir string) func() error {
		return func() error {
			n++
			return os.WriteFile(filepath.Join(dir, nameMember(uint64(n), time.Unix(0, 0), "", shareEnd)), nil, 0o600)
		}
	}
	hear("a file in a folder that was there", write(old))
	fresh := filepath.Join(root, "fresh")
	hear("a new folder", func() error { return os.MkdirAll(fresh, 0o755) })
	hear("a file in it", write(fresh))
	cancel()
	for range events { // until it is closed
		continue
	}
}
