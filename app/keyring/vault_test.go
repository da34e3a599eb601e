package keyring

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fieldbook/data"
)

// TestMain lets the test binary be another process that keeps devices: the
// variable holds a folder, a book and how many.
func TestMain(m *testing.M) {
	if words := strings.Split(os.Getenv("KEYRING_KEEPS"), "|"); len(words) == 3 {
		book, err := data.ParseID(words[1])
		n, convErr := strconv.Atoi(words[2])
		vault := Open(Options{Folder: words[0], NoSystem: true})
		for range n {
			d, newErr := New()
			err = errors.Join(err, convErr, newErr, vault.Keep(book, d))
		}
		if err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

// ringFake is a store of the system in memory.
type ringFake struct {
	mu      sync.Mutex
	entries map[string]string
	locked  bool
	fails   error         // of every call
	hangs   chan struct{} // where set, no call returns before it is closed
	hung    atomic.Int32  // calls that did
	tight   bool          // takes nothing new
}

func newRing() *ringFake { return &ringFake{entries: map[string]string{}} }

func (r *ringFake) enter() error {
	if r.hangs != nil {
		r.hung.Add(1)
		<-r.hangs
	}
	return r.fails
}

func (r *ringFake) isLocked() (bool, error) { return r.locked, r.enter() }

func (r *ringFake) get(entry string) (string, error) {
	if err := r.enter(); err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.entries[entry], nil
}

func (r *ringFake) set(entry, text string) error {
	if err := r.enter(); err != nil {
		return err
	}
	if r.tight || len(text) > 2560 {
		return errors.New("too big")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.entries[entry] = text
	return nil
}

func (r *ringFake) remove(entry string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.entries, entry)
	return r.enter()
}

// open starts a program anew on the same computer.
func (r *ringFake) open(folder string) *Keyring {
	s := newSystem(r)
	if r.hangs != nil {
		s.probe, s.ask = 50*time.Millisecond, 50*time.Millisecond
	}
	return &Keyring{files: files{folder}, system: s}
}

func mustKeep(t *testing.T, v Vault, book data.ID) Device {
	t.Helper()
	d := newDevice(t)
	if err := v.Keep(book, d); err != nil {
		t.Fatal(err)
	}
	return d
}

func same(got, want []Device) bool { return encodeAll(got) == encodeAll(want) }

func wantDevices(t *testing.T, v Vault, book data.ID, want ...Device) {
	t.Helper()
	if got, err := v.Devices(book); err != nil || !same(got, want) {
		t.Fatalf("devices %v, %v; want %v", got, err, want)
	}
}

// Every kind of vault keeps the same promises; again is the program started anew.
func TestVaultKeepsDevices(t *testing.T) {
	for name, start := range map[string]func(t *testing.T) (v Vault, again func() Vault){
		"memory": func(*testing.T) (Vault, func() Vault) {
			v := Memory()
			return v, func() Vault { return v }
		},
		"files": func(t *testing.T) (Vault, func() Vault) {
			t.Helper()
			again := func(folder string) func() Vault {
				return func() Vault { return Open(Options{Folder: folder, NoSystem: true}) }
			}(filepath.Join(t.TempDir(), "state", "keys"))
			return again(), again
		},
		"system": func(t *testing.T) (Vault, func() Vault) {
			t.Helper()
			ring, folder := newRing(), t.TempDir()
			again := func() Vault { return ring.open(folder) }
			return again(), again
		},
	} {
		t.Run(name, func(t *testing.T) {
			v, again := start(t)
			book, other, none := data.NewID(), data.NewID(), data.NewID()
			if got, err := v.All(); err != nil || len(got) > 0 {
				t.Fatalf("a new vault has %v, %v", got, err)
			}
			wantDevices(t, v, book)
			a := mustKeep(t, v, book)
			b := mustKeep(t, v, other)
			c := mustKeep(t, v, book)
			if err := v.Keep(book, a); err != nil {
				t.Fatal(err)
			}
			v = again()
			wantDevices(t, v, book, a, c)
			wantDevices(t, v, other, b)
			wantDevices(t, v, none)
			if got, err := v.All(); err != nil || len(got) != 3 {
				t.Errorf("all: %v, %v", got, err)
			}
			if err := errors.Join(v.Forget(book), v.Forget(none)); err != nil {
				t.Fatal(err)
			}
			v = again()
			wantDevices(t, v, book)
			wantDevices(t, v, other, b)
			if v.Keep(data.NoID, a) == nil || v.Keep(book, Device{}) == nil {
				t.Error("what is nobody's is kept")
			}
		})
	}
}

func TestKeysAreTheOwnersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // the profile's folder is the owner's, and modes say nothing
	}
	folder, book := filepath.Join(t.TempDir(), "keys"), data.NewID()
	v := Open(Options{Folder: folder, NoSystem: true})
	d := mustKeep(t, v, book)
	file := filepath.Join(folder, book.String()+".key")
	check := func() {
		t.Helper()
		for path, want := range map[string]os.FileMode{folder: 0o700, file: 0o600} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v, %v", path, info.Mode(), err)
			}
		}
	}
	check()
	if err := errors.Join(os.Chmod(file, 0o644), os.Chmod(folder, 0o755)); err != nil {
		t.Fatal(err)
	}
	wantDevices(t, v, book, d)
	mustKeep(t, v, data.NewID())
	check()
}

// A crash leaves a temporary file at most; it harms nothing, open as it may be.
func TestCrashWhileKeeping(t *testing.T) {
	folder, book := t.TempDir(), data.NewID()
	v := Open(Options{Folder: folder, NoSystem: true})
	a := mustKeep(t, v, book)
	part := filepath.Join(folder, book.String()+".key.part")
	if err := os.WriteFile(part, []byte("fieldbook-dev"), 0o666); err != nil {
		t.Fatal(err)
	}
	wantDevices(t, v, book, a)
	b := mustKeep(t, v, book)
	wantDevices(t, v, book, a, b)
	if _, err := os.Stat(part); err == nil {
		t.Error("the temporary file stays")
	}
}

func TestDamagedKeyFile(t *testing.T) {
	for name, damage := range map[string]func(text string) string{
		"cut short": func(text string) string { return text[:len(text)-3] },
		"emptied":   func(string) string { return "" },
		"a flip": func(text string) string {
			return strings.Replace(text, "AGE-SECRET-KEY-1Q", "AGE-SECRET-KEY-1P", 1) + "x"
		},
		"zeros": func(text string) string { return strings.Repeat("\x00", len(text)) },
	} {
		t.Run(name, func(t *testing.T) {
			folder, book, other := t.TempDir(), data.NewID(), data.NewID()
			v := Open(Options{Folder: folder, NoSystem: true})
			mustKeep(t, v, book)
			b := mustKeep(t, v, other)
			file := filepath.Join(folder, book.String()+".key")
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			hurt := damage(string(text))
			if err := os.WriteFile(file, []byte(hurt), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err = v.Devices(book)
			if data.KindOf(err) != data.Invalid || !strings.Contains(err.Error(), "The book itself is safe") || !strings.Contains(err.Error(), "new invite") || strings.Contains(err.Error(), "SECRET") {
				t.Errorf("told: %v", err)
			}
			if err := v.Keep(book, newDevice(t)); err == nil {
				t.Error("a key is kept over what may be mended")
			}
			if got, err := os.ReadFile(file); err != nil || string(got) != hurt {
				t.Error("the damaged file is changed")
			}
			wantDevices(t, v, other, b)
			if got, err := v.All(); err != nil || !same(got, []Device{b}) {
				t.Errorf("all: %v, %v", got, err)
			}
			if err := v.Forget(other); err != nil {
				t.Fatal(err)
			}
			if _, err := v.All(); data.KindOf(err) != data.Invalid {
				t.Errorf("where nothing is left: %v", err)
			}
		})
	}
}

func TestKeysInAFolderThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	v := Open(Options{Folder: filepath.Join(file, "keys"), NoSystem: true})
	err := v.Keep(data.NewID(), newDevice(t))
	if data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("told: %v", err)
	}
	if _, err := v.Devices(data.NewID()); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("of keys that cannot be looked for: %v", err)
	}
}

// Processes that keep devices of one book at once lose none.
func TestKeepRaces(t *testing.T) {
	const processes, each = 4, 8
	folder, book := filepath.Join(t.TempDir(), "keys"), data.NewID()
	var wg sync.WaitGroup
	for range processes {
		wg.Go(func() {
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), "KEYRING_KEEPS="+strings.Join([]string{folder, book.String(), strconv.Itoa(each)}, "|"))
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	wg.Wait()
	got, err := Open(Options{Folder: folder, NoSystem: true}).Devices(book)
	if err != nil || len(got) != processes*each {
		t.Errorf("%d devices, %v; want %d", len(got), err, processes*each)
	}
}

func TestSystemIsUsedWhereItAnswers(t *testing.T) {
	ring, folder := newRing(), t.TempDir()
	v := ring.open(folder)
	if got := v.Place(); !got.System || got.Folder != folder {
		t.Errorf("place %+v", got)
	}
	books := make([]data.ID, 3*pageBooks)
	for i := range books {
		books[i] = data.NewID()
		mustKeep(t, v, books[i])
	}
	if keys, err := filepath.Glob(filepath.Join(folder, "*.key")); err != nil || len(keys) > 0 {
		t.Errorf("keys lie in files too: %v, %v", keys, err)
	}
	if got, err := ring.open(folder).All(); err != nil || len(got) != len(books) {
		t.Errorf("all: %d, %v", len(got), err)
	}
	// More keys than an entry takes go into the file, and all are found.
	for range 40 {
		mustKeep(t, v, books[0])
	}
	if got, err := ring.open(folder).Devices(books[0]); err != nil || len(got) != 41 {
		t.Errorf("devices: %d, %v", len(got), err)
	}
	for entry, text := range ring.entries {
		if len(text) > 2560 {
			t.Errorf("%s has %d bytes", entry, len(text))
		}
	}
	// Without the folder everything that the system has is still there.
	if got, err := ring.open(t.TempDir()).All(); err != nil || len(got) < len(books) {
		t.Errorf("all without the folder: %d, %v", len(got), err)
	}
}

// A store that fails, hangs, is locked or full: keys go into the file, and
// those that the store has are never taken for absent.
func TestSystemThatDoesNotAnswer(t *testing.T) {
	for name, spoil := range map[string]func(*ringFake){
		"fails":  func(r *ringFake) { r.fails = errors.New("no bus") },
		"hangs":  func(r *ringFake) { r.hangs = make(chan struct{}) },
		"locked": func(r *ringFake) { r.locked = true },
		"full":   func(r *ringFake) { r.tight = true },
	} {
		t.Run(name, func(t *testing.T) {
			ring, folder, before, book := newRing(), t.TempDir(), data.NewID(), data.NewID()
			a := mustKeep(t, ring.open(folder), before)
			spoil(ring)
			if ring.hangs != nil {
				defer close(ring.hangs)
			}
			v := ring.open(folder)
			wantDevices(t, v, book)
			b := mustKeep(t, v, book)
			wantDevices(t, v, book, b)
			if name == "full" {
				return
			}
			if v.Place().System {
				t.Error("the store is said to be in use")
			}
			if name == "locked" { // the person opens it
				wantDevices(t, v, before, a)
				return
			}
			for _, err := range []error{second(v.Devices(before)), v.Forget(before)} {
				if data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "the keys are safe") {
					t.Errorf("told: %v", err)
				}
			}
			if got, err := v.All(); err != nil || !same(got, []Device{b}) {
				t.Errorf("all: %v, %v", got, err)
			}
		})
	}
}

func second(_ []Device, err error) error { return err }

// A store that stops answering midway costs one wait, not one for each call.
func TestSystemThatStopsAnswering(t *testing.T) {
	ring, folder, book := newRing(), t.TempDir(), data.NewID()
	v := ring.open(folder)
	mustKeep(t, v, book)
	ring.hangs = make(chan struct{})
	defer close(ring.hangs)
	v.system.ask = 50 * time.Millisecond
	for range 10 {
		if _, err := v.Devices(book); data.KindOf(err) != data.Refused {
			t.Fatalf("told: %v", err)
		}
	}
	if n := ring.hung.Load(); n != 1 {
		t.Errorf("the store was waited for %d times", n)
	}
	d := mustKeep(t, v, data.NewID())
	if got, err := v.All(); err != nil || !same(got, []Device{d}) {
		t.Errorf("all: %v, %v", got, err)
	}
}

func TestDamagedEntry(t *testing.T) {
	ring, folder, book := newRing(), t.TempDir(), data.NewID()
	mustKeep(t, ring.open(folder), book)
	ring.entries[bookEntry(book)] = "fieldbook-device-1 AAAA"
	for _, folder := range []string{folder, t.TempDir()} { // with its mark and without
		_, err := ring.open(folder).Devices(book)
		if data.KindOf(err) != data.Invalid || !strings.Contains(err.Error(), "The book itself is safe") {
			t.Errorf("told: %v", err)
		}
	}
}

// Where nothing of the system answers, or what is there accepts and then says
// nothing, the real probe comes back and keys go into the file.
func TestProbeWithoutASession(t *testing.T) {
	if runtime.GOOS != "linux" {
		return // other systems have one store, which always answers
	}
	dir := t.TempDir()
	dumb, err := new(net.ListenConfig).Listen(t.Context(), "unix", filepath.Join(dir, "dumb"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := dumb.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, socket := range []string{"none", "dumb"} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(dir, socket))
		v := Open(Options{Folder: t.TempDir()})
		v.system.probe = 100 * time.Millisecond
		if v.Place().System {
			t.Errorf("%s: a store is found", socket)
		}
		book := data.NewID()
		wantDevices(t, v, book, mustKeep(t, v, book))
	}
}
