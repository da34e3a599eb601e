package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fieldbook/data"
)

// carrier is what brings files from one computer's copy of the folder to the others'.
type carrier interface {
	// Pause keeps a computer away from the others until Resume.
	pause(i int) error
	resume(i int) error
	// Kill ends what carries on a computer without warning, and begins it anew.
	kill(i int) error
}

// travel shares one book between three computers: files are sent through pauses
// and kills of the carrier while others are taken in as they come. In the end
// all books are equal and no file is there that no replica wrote.
type travel struct {
	t      *testing.T
	rand   *rand.Rand
	by     carrier
	dirs   []string // the copies of the folder
	mates  []*mate
	paused []bool
	sent   int
	pauses int
	kills  int
}

func newTravel(t *testing.T, dirs []string, seed uint64) *travel {
	t.Helper()
	tr := &travel{t: t, rand: rand.New(rand.NewPCG(seed, 0)), dirs: dirs, paused: make([]bool, len(dirs))}
	for i, dir := range dirs {
		cfg := Config{Device: fmt.Sprintf("laptop %d", i), Now: time.Now}
		path := filepath.Join(t.TempDir(), "sales.book")
		var a *App
		var err error
		if i == 0 {
			a, err = Create(context.Background(), path, NewBook{Name: "Sales", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, cfg)
		} else {
			a, err = CreateReplica(context.Background(), path, tr.mates[0].app.Book().ID, cfg)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
		m := &mate{&sharer{t, a, filepath.Dir(path)}, a.Sharing.Folder, dir}
		if err := m.folder.Choose(context.Background(), dir); err != nil {
			t.Fatal(err)
		}
		tr.mates = append(tr.mates, m)
	}
	return tr
}

// watch lets every computer take in by itself until the returned function is called.
func (tr *travel) watch() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	for i, m := range tr.mates {
		all.Go(func() {
			err := m.folder.Watch(ctx, FolderWatch{Tell: func(n FolderNews) {
				if n.Failed != nil || len(n.Refused) > 0 {
					tr.t.Errorf("laptop %d is told %v %+v", i, n.Failed, n.Refused)
				}
			}})
			if err != nil {
				tr.t.Errorf("laptop %d: %v", i, err)
			}
		})
	}
	return func() { cancel(); all.Wait() }
}

// run sends files from computers drawn at random.
func (tr *travel) run(files int, pause time.Duration) {
	for tr.sent < files {
		i := tr.rand.IntN(len(tr.mates))
		tr.edit(tr.mates[i])
		if tr.mates[i].send().Files > 0 {
			tr.sent++
		}
		tr.disturb()
		time.Sleep(time.Duration(tr.rand.Int64N(int64(2 * pause))))
	}
	for i := range tr.paused {
		tr.must(tr.by.resume(i))
	}
}

// disturb pauses, resumes or kills what carries, now and then.
func (tr *travel) disturb() {
	i := tr.rand.IntN(len(tr.mates))
	switch tr.rand.IntN(8) {
	case 0:
		if tr.kills++; tr.kills*6 > tr.sent+6 {
			tr.kills-- // a start takes seconds
			return
		}
		tr.must(tr.by.kill(i))
	case 1, 2:
		tr.pauses++
		tr.paused[i] = true
		tr.must(tr.by.pause(i))
	case 3, 4:
		tr.paused[i] = false
		tr.must(tr.by.resume(i))
	}
}

// edit changes some of a few accounts, so that computers often touch the same cell.
func (tr *travel) edit(m *mate) {
	cities := []string{"Oslo", "Rome", "Bergen", "Dallas"}
	c := &carried{App: m.app}
	for range 1 + tr.rand.IntN(3) {
		id := data.ImportedID("account", "travel", fmt.Sprint(tr.rand.IntN(12)))
		tr.must(c.edit(id, cities[tr.rand.IntN(len(cities))]))
	}
}

func (tr *travel) must(err error) {
	tr.t.Helper()
	if err != nil {
		tr.t.Fatal(err)
	}
}

// arrive waits until everybody has everything.
func (tr *travel) arrive(wait time.Duration) {
	tr.t.Helper()
	end := time.Now().Add(wait)
	for {
		why := tr.missing()
		if why == "" {
			return
		}
		if time.Now().After(end) {
			tr.t.Fatalf("after %v %s", wait, why)
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// missing says what somebody still lacks.
func (tr *travel) missing() string {
	first := tr.mates[0].dump()
	for i, m := range tr.mates {
		s := m.status()
		switch {
		case s.Fault != "":
			return s.Fault
		case s.Waits > 0:
			m.send()
			return fmt.Sprintf("laptop %d had %d edits to send", i, s.Waits)
		case len(s.People) != len(tr.mates)-1:
			return fmt.Sprintf("laptop %d knows %d others", i, len(s.People))
		case !slices.Equal(first, m.dump()):
			return fmt.Sprintf("laptop %d has another book", i)
		}
		for _, p := range s.People {
			if p.Waiting+p.Arriving+p.Unseen+len(p.Refused) > 0 {
				return fmt.Sprintf("laptop %d says of %s: %d to take in, %d arriving, %d not seen, refused %v", i, p.Device, p.Waiting, p.Arriving, p.Unseen, p.Refused)
			}
		}
	}
	return ""
}

// clean finds files that no replica wrote, such as conflict copies. What the
// carrier itself began and gave up, since the author took it away, is its own.
func (tr *travel) clean() {
	tr.t.Helper()
	for i, dir := range tr.dirs {
		err := filepath.WalkDir(filepath.Join(dir, folderName(tr.mates[0].app.Book().ID)), func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() && !memberName.MatchString(e.Name()) && !strings.HasPrefix(e.Name(), ".syncthing.") {
				tr.t.Errorf("laptop %d: nobody wrote %s", i, path)
			}
			return err
		})
		tr.must(err)
	}
	for _, m := range tr.mates {
		m.sound()
	}
}

// copier carries by plain copying, file by file, each first in part.
type copier struct {
	dirs []string
	mu   sync.Mutex
	away []bool
	errs []error
}

func newCopier(t *testing.T, dirs []string) *copier {
	t.Helper()
	c := &copier{dirs: dirs, away: make([]bool, len(dirs))}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			c.round(ctx)
			time.Sleep(2 * time.Millisecond)
		}
	}()
	t.Cleanup(func() {
		cancel()
		<-done
		if err := errors.Join(c.errs...); err != nil {
			t.Error(err)
		}
	})
	return c
}

func (c *copier) set(i int, away bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.away[i] = away
	return nil
}

func (c *copier) pause(i int) error  { return c.set(i, true) }
func (c *copier) resume(i int) error { return c.set(i, false) }
func (c *copier) kill(int) error     { return nil }

func (c *copier) round(ctx context.Context) {
	for from := range c.dirs {
		for to := range c.dirs {
			c.mu.Lock()
			if from != to && !c.away[from] && !c.away[to] {
				c.errs = append(c.errs, c.mirror(ctx, from, to))
			}
			c.mu.Unlock()
		}
	}
}

// mirror copies what is missing in a copy of the folder, and takes away what
// vanished from its author's: the one who has the sub-folder as own has files
// that are being written there, too.
func (c *copier) mirror(ctx context.Context, from, to int) error {
	roots, err := filepath.Glob(filepath.Join(c.dirs[from], "fieldbook-*", "*"))
	if err != nil {
		return err
	}
	for _, sub := range roots {
		rel, err := filepath.Rel(c.dirs[from], sub)
		if err != nil {
			return err
		}
		if !c.owns(from, filepath.Base(sub)) {
			continue
		}
		if err := mirrorOne(ctx, sub, filepath.Join(c.dirs[to], rel)); err != nil {
			return err
		}
	}
	return nil
}

// owns reports whose sub-folder it is: a mark beside the copy tells.
func (c *copier) owns(i int, replica string) bool {
	_, err := os.Stat(filepath.Join(c.dirs[i], "own "+replica))
	return err == nil
}

func mirrorOne(ctx context.Context, from, to string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	there := map[string]bool{}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if there[e.Name()] = true; strings.HasPrefix(e.Name(), "~") || ctx.Err() != nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(to, e.Name())); err == nil {
			continue
		}
		b, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			continue // its author took it away meanwhile
		}
		for _, part := range [][]byte{b[:len(b)/2], b} {
			if err := os.WriteFile(filepath.Join(to, e.Name()), part, 0o644); err != nil {
				return err
			}
		}
	}
	copies, err := os.ReadDir(to)
	for _, e := range copies {
		if !there[e.Name()] {
			err = errors.Join(err, ignoreMissing(os.Remove(filepath.Join(to, e.Name()))))
		}
	}
	return err
}

// TestFolderTravels is TestSoakSyncthing in seconds, carried by plain copying.
func TestFolderTravels(t *testing.T) {
	var dirs []string
	for range 3 {
		dirs = append(dirs, t.TempDir())
	}
	tr := newTravel(t, dirs, 1)
	for i, m := range tr.mates {
		tr.must(os.WriteFile(filepath.Join(dirs[i], "own "+m.app.store.ReplicaID().String()), nil, 0o600))
	}
	tr.by = newCopier(t, dirs)
	stop := tr.watch()
	defer stop()
	tr.run(12, 20*time.Millisecond)
	tr.arrive(time.Minute)
	tr.clean()
	t.Logf("%d files, %d pauses", tr.sent, tr.pauses)
}
