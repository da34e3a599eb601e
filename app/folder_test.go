package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
)

func TestFolderCarriesWorkBothWays(t *testing.T) {
	shared := t.TempDir()
	ann := newMate(t, "Ann's laptop", shared, nil)
	bob := newMate(t, "Bob's laptop", shared, ann)
	rangreen := ann.account("Rangreen")

	sent := ann.send()
	if sent.Files == 0 || filepath.Dir(sent.File) != ann.own() || !memberName.MatchString(filepath.Base(sent.File)) {
		t.Fatalf("sent %+v", sent)
	}
	if again := ann.send(); again.Files > 0 || again.File != sent.File {
		t.Errorf("nothing changed, and it sent %+v", again)
	}
	if s := ann.status(); len(s.People) != 1 || s.People[0].Unseen != 1 || s.People[0].Heard != 0 || s.Files != 1 || s.Waits != 0 {
		t.Errorf("before Bob looked: %+v", s)
	}
	if s := bob.status(); len(s.People) != 1 || s.People[0].Waiting != 1 {
		t.Errorf("Bob sees %+v", s)
	}

	got := bob.receive()
	if len(got.Came) != 1 || got.Came[0].New == 0 || got.Came[0].From != "Ann's laptop" || len(got.Refused) != 0 {
		t.Fatalf("received %+v", got)
	}
	if again := bob.receive(); len(again.Came) != 0 {
		t.Errorf("the same file again: %+v", again)
	}
	if s := bob.status(); s.People[0].Waiting != 0 || s.People[0].Device != "Ann's laptop" || s.People[0].Heard == 0 || s.Waits != 0 {
		t.Errorf("after it came Bob sees %+v", s)
	}
	if relayed := bob.send(); relayed.Files > 0 {
		t.Error("what came out of the folder went back into it")
	}
	if notes := names(t, bob.own(), noteEnd); len(notes) != 1 {
		t.Errorf("Bob's notes: %v", notes)
	}
	ann.receive()
	if s := ann.status(); s.People[0].Unseen != 0 || s.People[0].Device != "Bob's laptop" {
		t.Errorf("Ann is not told that Bob has it: %+v", s)
	}

	bob.set(rangreen, data.Values{"city": "Oslo"})
	if s := bob.status(); s.Waits == 0 {
		t.Errorf("an edit waits for nothing: %+v", s)
	}
	if sent := bob.send(); sent.Files == 0 {
		t.Error("an edit was not sent")
	}
	ann.receive()
	if !slices.Equal(ann.dump(), bob.dump()) {
		t.Error("the books differ")
	}
	ann.sound()
	bob.sound()
}

// What comes by itself must not be what Ctrl+Z takes back.
func TestUndoTakesOwnWorkNotWhatCame(t *testing.T) {
	shared := t.TempDir()
	ann := newMate(t, "a", shared, nil)
	bob := newMate(t, "b", shared, ann)
	ann.account("Rangreen")
	ann.send()
	bob.receive()
	bob.account("Bluth")
	ann.account("Isdom")
	ann.send()
	bob.receive()
	u, err := bob.app.Journal.Undo(context.Background(), data.NoID)
	if err != nil || !strings.Contains(u.What, "Bluth") {
		t.Errorf("undo took back %q, %v", u.What, err)
	}
}

func TestFolderIsRefusedWhereTheBookLies(t *testing.T) {
	ctx := context.Background()
	ann := newSharer(t, "a", nil)
	file := filepath.Join(ann.dir, "plain")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(ann.dir, link); err != nil {
		t.Fatal(err)
	}
	inside := filepath.Join(ann.dir, "team")
	if err := os.Mkdir(inside, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		dir  string
		kind data.ErrorKind
		why  string
	}{
		"the book's own folder":  {ann.dir, data.Refused, "the book itself"},
		"a folder above it":      {filepath.Dir(ann.dir), data.Refused, "the book itself"},
		"a link to its folder":   {link, data.Refused, "the book itself"},
		"a file":                 {file, data.Refused, "is not a folder"},
		"nothing there":          {filepath.Join(ann.dir, "no"), data.NotFound, "there is no folder"},
		"no name":                {"", data.Invalid, "is not a folder"},
		"beside the book, below": {inside, 0, ""},
	} {
		err := ann.app.Sharing.Folder.Choose(ctx, tt.dir)
		if tt.why == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err == nil || data.KindOf(err) != tt.kind || !strings.Contains(err.Error(), tt.why) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s, err := ann.app.Sharing.Folder.Setup(ctx); err != nil || s.Dir != inside {
		t.Errorf("chosen is %+v, %v", s, err)
	}
	if err := ann.app.Sharing.Folder.Choose(ctx, filepath.Join(inside, folderName(ann.app.Book().ID))); err != nil {
		t.Errorf("our own part of it: %v", err)
	}
	if s, _ := ann.app.Sharing.Folder.Setup(ctx); s.Dir != inside {
		t.Errorf("the part of the folder was taken for it: %v", s.Dir)
	}
}

// A stick that is not plugged in, or a drive whose empty place stands there.
func TestFolderThatIsAwayIsNotMadeAnew(t *testing.T) {
	ctx := context.Background()
	stick := filepath.Join(t.TempDir(), "stick")
	if err := os.Mkdir(stick, 0o755); err != nil {
		t.Fatal(err)
	}
	ann := newMate(t, "a", stick, nil)
	ann.account("Rangreen")
	away := stick + " away"
	if err := os.Rename(stick, away); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := ann.folder.Send(ctx); data.KindOf(err) != data.NotFound {
			t.Errorf("send: %v", err)
		}
		if _, err := ann.folder.Receive(ctx); data.KindOf(err) != data.NotFound {
			t.Errorf("receive: %v", err)
		}
		if s := ann.status(); s.Fault == "" || s.Waits == 0 {
			t.Errorf("status %+v", s)
		}
		_ = os.Mkdir(stick, 0o755) // the empty place of the second round
		if left := names(t, stick, ""); len(left) != 0 {
			t.Errorf("something was written where the drive should be: %v", left)
		}
	}
	if err := os.Remove(stick); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(away, stick); err != nil {
		t.Fatal(err)
	}
	sent := ann.send()
	if sent.Files == 0 || ann.status().Fault != "" {
		t.Errorf("back again: %+v", sent)
	}
	if err := os.Rename(stick, away); err != nil {
		t.Fatal(err)
	}
	if s := ann.status(); s.Last.File != sent.File || s.Fault == "" {
		t.Errorf("what was sent is forgotten while it is away: %+v", s)
	}
}

func TestLeavingKeepsWhatLiesThere(t *testing.T) {
	ctx := context.Background()
	shared := t.TempDir()
	ann := newMate(t, "a", shared, nil)
	ann.account("Rangreen")
	if err := ann.folder.SendBy(ctx, true, time.Minute); err != nil {
		t.Fatal(err)
	}
	ann.send()
	if err := ann.folder.Leave(ctx); err != nil {
		t.Fatal(err)
	}
	if s := ann.status(); s.Setup.Dir != "" || s.Setup.Auto || s.Setup.Quiet != time.Minute {
		t.Errorf("left: %+v", s)
	}
	if _, err := ann.folder.Send(ctx); data.KindOf(err) != data.NotFound {
		t.Errorf("send without a folder: %v", err)
	}
	if files := names(t, ann.own(), shareEnd); len(files) != 1 {
		t.Errorf("files %v", files)
	}
	if err := ann.folder.Choose(ctx, shared); err != nil {
		t.Fatal(err)
	}
	if sent := ann.send(); counterOf(filepath.Base(sent.File)) != 2 {
		t.Errorf("a counter was used twice: %v", sent.File)
	}
}

func TestOldFilesGoOnceNobodyNeedsThem(t *testing.T) {
	has := func(names ...string) func(sentFile) bool {
		return func(s sentFile) bool { return slices.Contains(names, s.Name) }
	}
	full := func(n string) sentFile { return sentFile{Name: n, Full: true} }
	part := func(n string) sentFile { return sentFile{Name: n} }
	for name, tt := range map[string]struct {
		sent    []sentFile
		readers []func(sentFile) bool
		goes    int // how many, from the oldest
	}{
		"nothing sent":                              {nil, nil, 0},
		"the only one stays":                        {[]sentFile{full("1")}, []func(sentFile) bool{has("1")}, 0},
		"seen by nobody":                            {[]sentFile{full("1"), full("2")}, []func(sentFile) bool{has()}, 0},
		"nobody else is known":                      {[]sentFile{full("1"), full("2")}, nil, 0},
		"all have the newest":                       {[]sentFile{full("1"), full("2")}, []func(sentFile) bool{has("2"), has("1", "2")}, 1},
		"one lacks the newest":                      {[]sentFile{full("1"), full("2")}, []func(sentFile) bool{has("2"), has("1")}, 0},
		"two newer ones stand":                      {[]sentFile{full("1"), full("2"), full("3")}, []func(sentFile) bool{has()}, 1},
		"parts behind the newest full one stay":     {[]sentFile{full("1"), part("2"), part("3")}, []func(sentFile) bool{has("1", "2", "3")}, 0},
		"parts before it go, once all have it":      {[]sentFile{full("1"), part("2"), full("3"), part("4")}, []func(sentFile) bool{has("3")}, 2},
		"a part alone is no reason to drop another": {[]sentFile{part("1"), part("2")}, []func(sentFile) bool{has("1", "2")}, 0},
	} {
		if got := superseded(tt.sent, tt.readers); len(got) != tt.goes {
			t.Errorf("%s: %v goes, want %d", name, got, tt.goes)
		}
	}
}

func TestFolderStaysSmall(t *testing.T) {
	const whole = mostParts + 1 // a file with everything, and the parts behind it
	shared := t.TempDir()
	ann := newMate(t, "a", shared, nil)
	bob := newMate(t, "b", shared, ann)
	many := func(n int) {
		for i := range n {
			ann.account(fmt.Sprint("account ", i))
			ann.send()
		}
	}
	many(3*whole + 5)
	if files := names(t, ann.own(), shareEnd); len(files) != fullsKept*whole-(whole-5) {
		t.Errorf("nobody looked, and there stand %d", len(files))
	}
	bob.receive()
	ann.receive()
	if files := names(t, ann.own(), shareEnd); len(files) != 5 {
		t.Errorf("all have the newest, and there stand %v", files)
	}
	cleo := newMate(t, "c", shared, ann) // known from now on, and has nothing yet
	many(whole)
	bob.receive()
	ann.receive()
	if files := names(t, ann.own(), shareEnd); len(files) != whole+5 {
		t.Errorf("one has nothing yet, and there stand %d", len(files))
	}
	cleo.receive()
	if !slices.Equal(ann.dump(), cleo.dump()) {
		t.Error("who came late misses something")
	}
}

// A crash may leave a file half written; others must not take it for one, and
// its author clears it away.
func TestLeftoversOfACrashAreCleared(t *testing.T) {
	shared := t.TempDir()
	ann := newMate(t, "a", shared, nil)
	bob := newMate(t, "b", shared, ann)
	ann.account("Rangreen")
	left := filepath.Join(ann.own(), strings.Replace(partPattern, "*", "123", 1))
	if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := bob.receive(); len(got.Refused)+got.Arriving != 0 {
		t.Errorf("a leftover was taken for a file: %+v", got)
	}
	ann.send()
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("the leftover stays: %v", err)
	}
}

// Files that vanish from the folder are written again by those who know that
// they were needed.
func TestLostFilesHeal(t *testing.T) {
	shared := t.TempDir()
	ann := newMate(t, "a", shared, nil)
	bob := newMate(t, "b", shared, ann)
	ann.account("Rangreen")
	first := ann.send()
	bob.receive()
	if err := os.Remove(first.File); err != nil {
		t.Fatal(err)
	}
	if sent := ann.send(); sent.Files == 0 {
		t.Error("an own file that vanished was not written again")
	}
	bob.receive()
	if err := os.RemoveAll(ann.own()); err != nil { // Ann is gone for good
		t.Fatal(err)
	}
	bob.receive()
	if sent := bob.send(); sent.Files == 0 {
		t.Error("what only Ann had sent is nowhere any more")
	}
	cleo := newMate(t, "c", shared, ann)
	cleo.receive()
	if !slices.Equal(cleo.dump(), bob.dump()) {
		t.Error("who came later misses what was lost")
	}
}

// A book restored from a backup is another replica, and finds in the folder
// what it had sent before.
func TestRestoredBookTakesItsOwnFilesIn(t *testing.T) {
	ctx := context.Background()
	shared := t.TempDir()
	ann := newMate(t, "a", shared, nil)
	ann.account("Rangreen")
	ann.send()
	backup := filepath.Join(ann.dir, "copy.book")
	if err := ann.app.Journal.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	ann.account("Bluth")
	ann.send()
	want := ann.dump()
	again, err := Open(ctx, backup, Config{Device: "a", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	})
	if again.store.ReplicaID() == ann.app.store.ReplicaID() {
		t.Fatal("a copy has its original's replica")
	}
	m := &mate{&sharer{t, again, ann.dir}, again.Sharing.Folder, shared}
	if got := m.receive(); len(got.Came) == 0 {
		t.Errorf("received %+v", got)
	}
	if !slices.Equal(m.dump(), want) {
		t.Error("what was sent after the backup is missing")
	}
	if sent := m.send(); sent.Files > 0 && filepath.Dir(sent.File) == ann.own() {
		t.Error("it writes into the sub-folder of its original")
	}
}

func TestNamesOfOthersAreShownPlain(t *testing.T) {
	for name, want := range map[string]string{
		"Ann Lee":                 "Ann Lee",
		"Øyvind 李":                "Øyvind 李",
		"a\nb\tc":                 `a\nb\tc`,
		"a\u202eb\u0000":          `a\u202eb\x00`,
		"a\xffb\ufffd":            `a\xffb\ufffd`,
		"":                        "",
		strings.Repeat("x", 60):   strings.Repeat("x", 60),
		strings.Repeat("x", 9000): strings.Repeat("x", 43) + "…" + strings.Repeat("x", 16),
	} {
		if got := PlainName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
