package app

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"fieldbook/data"
)

// fakePeer is the sub-folder of a computer that does not mean well.
type fakePeer struct {
	*mate // the one who reads
	dir   string
	whole []byte // a share file of the same book, made by the peer
}

func newFakePeer(t *testing.T) *fakePeer {
	t.Helper()
	shared := t.TempDir()
	ann := newMate(t, "Ann's laptop", shared, nil)
	ann.account("Rangreen")
	bob := newMate(t, "Bob's laptop", t.TempDir(), ann)
	bob.account("Bluth")
	whole, err := os.ReadFile(bob.send().File)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(ann.root(), bob.app.store.ReplicaID().String())
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return &fakePeer{ann, dir, whole}
}

func (p *fakePeer) path(name string) string { return filepath.Join(p.dir, name) }

func (p *fakePeer) write(name string, content []byte) {
	p.t.Helper()
	if err := os.WriteFile(p.path(name), content, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// clock lets the test say what time it is for the folder.
func (p *fakePeer) clock() *time.Time {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	p.app.cfg.Now = func() time.Time { return now }
	return &now
}

const aFile = "00000007-20260302T091500Z.fieldbook"

// TestHostileInbox puts into an inbox what is no share file. Each is refused in
// words, at once or once it had time to arrive; nothing hangs and nothing changes.
func TestHostileInbox(t *testing.T) {
	long := strings.Repeat("x", 255-len(shareEnd)) + shareEnd
	for name, tt := range map[string]struct {
		put   func(p *fakePeer)
		waits bool // it may still be arriving
		file  string
		why   string
	}{
		"symlink":           {func(p *fakePeer) { p.symlink(aFile) }, false, aFile, "it is a link to another place, not a file"},
		"symlink to a pipe": {func(p *fakePeer) { p.pipe("pipe"); p.link("pipe", aFile) }, false, aFile, "it is a link"},
		"FIFO":              {func(p *fakePeer) { p.pipe(aFile) }, false, aFile, "it is a pipe, not a file"},
		"directory":         {func(p *fakePeer) { p.must(os.Mkdir(p.path(aFile), 0o755)) }, false, aFile, "it is a folder, not a file"},
		"device or socket":  {func(p *fakePeer) { p.device(aFile) }, false, aFile, ", not a file"},
		"half-copied file":  {func(p *fakePeer) { p.write(aFile, p.whole[:len(p.whole)/2]) }, true, aFile, "cut short"},
		"file with a tail of zeros": {func(p *fakePeer) {
			p.write(aFile, append(slices.Clone(p.whole[:len(p.whole)-9]), make([]byte, 9)...))
		}, true, aFile, "nothing was changed"},
		"file of 0 bytes":         {func(p *fakePeer) { p.write(aFile, nil) }, true, aFile, "nothing was changed"},
		"noise":                   {func(p *fakePeer) { p.write(aFile, []byte("noise, noise, noise")) }, true, aFile, "nothing was changed"},
		"huge file":               {func(p *fakePeer) { p.write(aFile, nil); p.must(os.Truncate(p.path(aFile), 1<<40)) }, false, aFile, "is larger"},
		"255-byte name":           {func(p *fakePeer) { p.write(long, p.whole) }, false, "xxx…xxxxxx.fieldbook", "its name is none that Fieldbook gives"},
		"name with a newline":     {func(p *fakePeer) { p.write("a\nb.fieldbook", p.whole) }, false, `a\nb.fieldbook`, "its name is none that Fieldbook gives"},
		"name that turns letters": {func(p *fakePeer) { p.write("a\u202eb.fieldbook", p.whole) }, false, `a\u202eb.fieldbook`, "its name is none that Fieldbook gives"},
		"name of broken bytes":    {func(p *fakePeer) { p.write("a\xffb.fieldbook", p.whole) }, false, `a\xffb.fieldbook`, "its name is none that Fieldbook gives"},
		"counter beyond counting": {func(p *fakePeer) { p.write("99999999999999999999-20260302T091500Z.fieldbook", p.whole) }, false, "999", "its name is none that Fieldbook gives"},
		"unreadable file":         {func(p *fakePeer) { p.write(aFile, p.whole); p.must(os.Chmod(p.path(aFile), 0)) }, false, aFile, "cannot be read"},
		"unreadable folder":       {func(p *fakePeer) { p.must(os.Chmod(p.dir, 0)) }, false, filepath.Base("-"), "cannot be read"},
		"folder that is a link": {func(p *fakePeer) {
			p.must(os.Remove(p.dir))
			p.must(os.Symlink("/", p.dir))
		}, false, "-", "it is a link to another place where a folder should be"},
		"file of another book": {func(p *fakePeer) {
			other := newSharer(p.t, "x", nil)
			other.account("Foreign")
			b, err := os.ReadFile(other.share())
			p.must(err)
			p.write(aFile, b)
		}, false, aFile, "of another book"},
		"file out of another's folder": {func(p *fakePeer) {
			b, err := os.ReadFile(p.send().File)
			p.must(err)
			p.write(aFile, b)
		}, false, aFile, "made by another computer"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newFakePeer(t)
			p.t = t
			now := p.clock()
			tt.put(p)
			t.Cleanup(func() { _ = os.Chmod(p.dir, 0o755) })
			before := p.dump()
			done := make(chan struct{})
			go func() {
				defer close(done)
				asNobody(t, func() { p.judge(now, tt.waits, tt.file, tt.why) })
			}()
			select {
			case <-done:
			case <-time.After(20 * time.Second):
				t.Fatal("it hangs")
			}
			if !slices.Equal(p.dump(), before) {
				t.Error("the book was changed")
			}
		})
	}
}

// judge receives again and again: the one thing in the inbox is told once with
// its reason, and not before it had time to arrive.
func (p *fakePeer) judge(now *time.Time, waits bool, file, why string) {
	ctx := context.Background()
	for round := range 5 {
		got, err := p.folder.receive(ctx, false)
		if err != nil || len(got.Came) > 0 {
			p.t.Errorf("received %+v, %v", got, err)
			return
		}
		if waits && round < 2 {
			if len(got.Refused) > 0 || got.Arriving != 1 {
				p.t.Errorf("round %d: %+v, while it may still arrive", round, got)
			}
			*now = now.Add(arrivalTime/2 + time.Second)
			continue
		}
		first := round == 0 || waits && round == 2
		if len(got.Refused) != 1 || got.Refused[0].New != first || !strings.Contains(got.Refused[0].Why, why) || !sameName(got.Refused[0].File, file) {
			p.t.Errorf("round %d: %+v, want %q because %q", round, got, file, why)
		}
		*now = now.Add(time.Minute)
	}
	if s, err := p.folder.Status(ctx); err != nil || len(s.People) != 1 || len(s.People[0].Refused) != 1 {
		p.t.Errorf("status %+v, %v", s, err)
	}
}

// sameName compares a shown name; what stands around "…" is its beginning and end.
func sameName(got, want string) bool {
	head, tail, cut := strings.Cut(want, "…")
	if !cut {
		tail = head
	}
	return strings.HasPrefix(got, head) && strings.HasSuffix(got, tail) && len([]rune(got)) <= nameMost || want == "-" || want == "999" && strings.HasPrefix(got, want)
}

func (p *fakePeer) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *fakePeer) pipe(name string) { p.must(syscall.Mkfifo(p.path(name), 0o644)) }

func (p *fakePeer) link(to, name string) { p.must(os.Symlink(p.path(to), p.path(name))) }

// symlink puts a whole file elsewhere and a link to it into the inbox.
func (p *fakePeer) symlink(name string) {
	path := filepath.Join(p.t.TempDir(), "whole.fieldbook")
	p.must(os.WriteFile(path, p.whole, 0o644))
	p.must(os.Symlink(path, p.path(name)))
}

// device makes an endless device, or a socket where only root may make devices.
func (p *fakePeer) device(name string) {
	const zero = 1<<8 | 5 // /dev/zero
	if runtime.GOOS == "linux" && syscall.Mknod(p.path(name), syscall.S_IFCHR|0o644, zero) == nil {
		return
	}
	p.t.Chdir(p.dir) // a socket's path may not be long
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "unix", name)
	p.must(err)
	p.t.Cleanup(func() { _ = l.Close() })
}

func TestFileIsTakenInOnceItIsWhole(t *testing.T) {
	p := newFakePeer(t)
	now := p.clock()
	receive := func(what string, came, arriving int) {
		t.Helper()
		got, err := p.folder.receive(context.Background(), false)
		if err != nil || len(got.Came) != came || got.Arriving != arriving || len(got.Refused) != 0 {
			t.Fatalf("%s: %+v, %v", what, got, err)
		}
		*now = now.Add(arrivalTime - time.Second)
	}
	p.write(aFile, p.whole[:100])
	receive("the beginning", 0, 1)
	p.write(aFile, p.whole[:200])
	receive("more of it", 0, 1)
	receive("a pause", 0, 1)
	p.write(aFile, p.whole)
	receive("all of it", 1, 0)
	receive("again", 0, 0)
}

func TestDamagedFileIsTriedAgainWhenItChanges(t *testing.T) {
	p := newFakePeer(t)
	now := p.clock()
	p.write(aFile, p.whole[:200])
	p.receive()
	*now = now.Add(time.Hour)
	if got, err := p.folder.receive(context.Background(), false); err != nil || len(got.Refused) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	p.write(aFile, p.whole)
	if got := p.receive(); len(got.Came) != 1 || len(got.Refused) != 0 {
		t.Errorf("mended: %+v", got)
	}
}

// A refusal that the book's own knowledge caused may fall once the book learns
// more; here a file that could not be read at first.
func TestRefusedFileIsTriedAgainWhenAsked(t *testing.T) {
	p := newFakePeer(t)
	p.clock()
	p.write(aFile, p.whole)
	p.must(os.Chmod(p.path(aFile), 0))
	asNobody(t, func() {
		if got, err := p.folder.receive(context.Background(), false); err != nil || len(got.Refused) != 1 {
			t.Errorf("%+v, %v", got, err)
		}
	})
	p.must(os.Chmod(p.path(aFile), 0o644))
	if got, err := p.folder.receive(context.Background(), false); err != nil || len(got.Came) != 0 || len(got.Refused) != 1 || got.Refused[0].New {
		t.Errorf("nothing changed, and it is tried or told again: %+v, %v", got, err)
	}
	if got := p.receive(); len(got.Came) != 1 {
		t.Errorf("asked for: %+v", got)
	}
}

func TestOwnFolderThatIsALinkIsNotWrittenThrough(t *testing.T) {
	p := newFakePeer(t)
	elsewhere := t.TempDir()
	p.must(os.Remove(p.own()))
	p.must(os.Symlink(elsewhere, p.own()))
	if _, err := p.folder.Send(context.Background()); data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "is not a folder") {
		t.Errorf("send: %v", err)
	}
	if left := names(t, elsewhere, ""); len(left) != 0 {
		t.Errorf("written through the link: %v", left)
	}
}

func TestHostileNotes(t *testing.T) {
	p := newFakePeer(t)
	p.send()
	from := filepath.Base(p.dir)
	me := p.app.store.ReplicaID().String()
	book := p.app.Book().ID.String()
	note := func(book, from, of string) string {
		return `{"seen":1,"book":"` + book + `","from":{"name":"B\u202eob","device":"x","replica":"` + from + `"},"made":0,"of":{"` + me + `":` + of + `}}`
	}
	for name, text := range map[string]string{
		"not JSON":            "noise",
		"of another book":     note(data.NewID().String(), from, `[[1,9]]`),
		"of another computer": note(book, me, `[[1,9]]`),
		"backwards":           note(book, from, `[[9,1]]`),
		"beyond counting":     note(book, from, `[[1,18446744073709551615]]`),
		"negative":            note(book, from, `[[-1,9]]`),
		"too long":            note(book, from, `[[1,9]]`) + strings.Repeat(" ", noteMost),
		"of a newer version":  strings.Replace(note(book, from, `[[1,9]]`), `"seen":1`, `"seen":2`, 1),
	} {
		p.write("00000003-20260302T091500Z.seen", []byte(text))
		if got := p.receive(); len(got.Came)+len(got.Refused) > 0 {
			t.Errorf("%s: %+v", name, got)
		}
		if s := p.status(); len(s.People) != 1 || s.People[0].Unseen != 1 {
			t.Errorf("%s: it counts: %+v", name, s.People)
		}
		p.must(os.Remove(p.path("00000003-20260302T091500Z.seen")))
	}
	p.write("00000004-20260302T091500Z.seen", []byte(note(book, from, `[[1,9]]`)))
	p.receive()
	if s := p.status(); s.People[0].Unseen != 0 || s.People[0].Name != `B\u202eob` {
		t.Errorf("a good one: %+v", s.People)
	}
}

// A folder full of rubbish comes to an end, and says so.
func TestFloodedInbox(t *testing.T) {
	p := newFakePeer(t)
	for i := range mostMembers + 50 {
		p.write(nameMember(uint64(i+1), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), "", shareEnd), nil)
	}
	p.receive()
	s := p.status()
	if got := s.People[0]; got.Waiting+got.Arriving+len(got.Refused) > mostMembers+1 || !strings.Contains(got.Refused[0].Why, "first") {
		t.Errorf("%d waiting, %d arriving, refused %.200v", got.Waiting, got.Arriving, got.Refused)
	}
}
