package shell

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// live is a runner whose work goes on beside the test, as in the program; what
// is to happen on the screen waits until the test lets it.
type live struct {
	mu     sync.Mutex
	delays []func()
	screen chan func()
	works  sync.WaitGroup
}

func (l *live) Go(work func())  { l.works.Go(work) }
func (l *live) Do(apply func()) { l.screen <- apply }

func (l *live) After(_ time.Duration, apply func()) func() {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := len(l.delays)
	l.delays = append(l.delays, apply)
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if i < len(l.delays) {
			l.delays[i] = func() {}
		}
	}
}

// pass lets all delays pass.
func (l *live) pass() {
	l.mu.Lock()
	delays := l.delays
	l.delays = nil
	l.mu.Unlock()
	for _, d := range delays {
		d()
	}
}

// until shows what comes from the background until something is so.
func (l *live) until(t *testing.T, what string, so func() bool) {
	t.Helper()
	end := time.After(30 * time.Second)
	for !so() {
		select {
		case apply := <-l.screen:
			apply()
		case <-end:
			t.Fatalf("it never happens that %s", what)
		}
	}
}

// partner is a colleague's book that shares through the same folder.
func partner(t *testing.T, a *app.App, shared string) *app.App {
	t.Helper()
	ctx := context.Background()
	first := filepath.Join(t.TempDir(), "first.fieldbook")
	if _, err := a.Sharing.Share(ctx, first, app.ShareOptions{Everything: true}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "theirs.book")
	if _, err := app.Receive(ctx, app.Received{Book: path, Paths: []string{first}}, app.Config{Now: clock, Device: "Bob's laptop"}); err != nil {
		t.Fatal(err)
	}
	b, err := app.Open(ctx, path, app.Config{Now: clock, Device: "Bob's laptop"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := b.Sharing.Folder.Choose(ctx, shared); err != nil {
		t.Fatal(err)
	}
	return b
}

func addAccount(t *testing.T, a *app.App, name string) {
	t.Helper()
	if _, err := a.Records.Add(context.Background(), data.KindAccount, data.Values{"name": name}); err != nil {
		t.Fatal(err)
	}
}

func TestSharedFolderIsLookedAfterWhileTheBookIsOpen(t *testing.T) {
	ctx := context.Background()
	shared := t.TempDir()
	runner := &live{screen: make(chan func(), 1000)}
	sh := newShell(t.Context(), kittest.App(t, false), Options{Config: config(), Folder: t.TempDir(), Zone: "UTC", Runner: runner})
	if err := sh.createBook(kit.Values{"name": "North", "currency": "NOK", "fiscal": "1", "as": "Ann Lee", "role": data.RoleManager}, nil); err != nil {
		t.Fatal(err)
	}
	runner.until(t, "the book is open", func() bool { return sh.session != nil })
	a := sh.session.app
	s := sh.session
	runner.pass()
	runner.until(t, "the watch ends where no folder is chosen", func() bool { return s.watch.ended == nil })

	if err := a.Sharing.Folder.Choose(ctx, shared); err != nil {
		t.Fatal(err)
	}
	runner.until(t, "the watch is asked for", func() bool { runner.pass(); return s.watch.ended != nil })
	bob := partner(t, a, shared)
	addAccount(t, bob, "Bluth")
	if _, err := bob.Sharing.Folder.Send(ctx); err != nil {
		t.Fatal(err)
	}
	runner.until(t, "what came is told", func() bool { return kittest.Shows(s.frame.status, "Came from Bob's laptop: 1 new, 0 changed") })
	if n := count(t, a, data.Query{Kind: data.KindAccount}); n != 1 {
		t.Errorf("%d accounts", n)
	}

	// What was done last goes out when the book is closed.
	if err := a.Sharing.Folder.SendBy(ctx, true, time.Hour); err != nil {
		t.Fatal(err)
	}
	addAccount(t, a, "Rangreen")
	if err := sh.closeSession(); err != nil {
		t.Fatal(err)
	}
	if got, err := bob.Sharing.Folder.Receive(ctx); err != nil || len(got.Came) != 1 || got.Came[0].New != 1 {
		t.Errorf("Bob receives %+v, %v", got, err)
	}
	sh.runner.end()
	go func() {
		for apply := range runner.screen {
			_ = apply // nothing is shown any more
		}
	}()
	runner.works.Wait()
	close(runner.screen)
	if left, err := filepath.Glob(filepath.Join(shared, "*", "*", "~*")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if _, err := os.Stat(shared); err != nil {
		t.Error(err)
	}
}
