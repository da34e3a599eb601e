package app

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

// fullDisk is a book on a disk that is filled.
type fullDisk struct {
	*sharer
	disk  narrow
	cfg   Config
	table string // a table to import, elsewhere
	file  string // a share file to merge, elsewhere
	whole string // the book as each run begins, elsewhere
	kept  string // a packed backup of it, elsewhere
}

func (f *fullDisk) book() string { return filepath.Join(f.disk.dir(), "sales.book") }

func (f *fullDisk) out(name string) string { return filepath.Join(f.disk.dir(), "out."+name) }

// fullActs are what a person does when the disk is full. An act gives its error.
var fullActs = map[string]func(*fullDisk) error{
	"import": func(f *fullDisk) error {
		plan, err := f.app.Imports.Plan(context.Background(), []string{f.table}, PlanOptions{})
		if err == nil {
			_, err = f.app.Backups.BeforeChange(context.Background(), "import")
		}
		if err == nil {
			_, err = f.app.Imports.Apply(context.Background(), plan, nil)
		}
		return err
	},
	"edit": func(f *fullDisk) error {
		rows, err := f.app.Records.List(context.Background(), data.Query{Kind: data.KindAccount})
		var ids []data.ID
		for _, r := range rows {
			ids = append(ids, r.ID)
		}
		return errors.Join(err, f.app.Records.Set(context.Background(), data.KindAccount, ids, data.Values{"note": strings.Repeat("long ", 200)}))
	},
	"merge": func(f *fullDisk) error {
		_, err := f.app.Sharing.Merge(context.Background(), []string{f.file}, MergeOptions{})
		return err
	},
	"share": func(f *fullDisk) error {
		_, err := f.app.Sharing.Share(context.Background(), f.out("fieldbook"), ShareOptions{Everything: true})
		return err
	},
	"table": func(f *fullDisk) error {
		_, err := f.app.Records.Export(context.Background(), data.Query{Kind: data.KindAccount}, f.out("csv"))
		return err
	},
	"workbook": func(f *fullDisk) error {
		_, err := f.app.Records.Export(context.Background(), data.Query{Kind: data.KindAccount}, f.out("xlsx"))
		return err
	},
	"backup": func(f *fullDisk) error { return f.app.Journal.Backup(context.Background(), f.out("book")) },
	"keep": func(f *fullDisk) error {
		_, err := f.app.Backups.BeforeChange(context.Background(), "going on")
		return err
	},
	"undo": func(f *fullDisk) error {
		_, err := f.app.Journal.Undo(context.Background(), data.NoID)
		return err
	},
	"erase": func(f *fullDisk) error {
		row, err := f.app.Records.Find(context.Background(), data.KindContact, "Gone")
		if err == nil {
			_, err = f.app.Privacy.Erase(context.Background(), data.KindContact, row.ID, "")
		}
		return err
	},
	"restore": func(f *fullDisk) error {
		err := f.app.Close()
		if err == nil {
			err = Restore(context.Background(), Restoring{Backup: f.kept, Book: f.book()}, f.cfg)
		}
		return errors.Join(err, f.open())
	},
}

func (f *fullDisk) open() (err error) {
	f.app, err = Open(context.Background(), f.book(), f.cfg)
	return err
}

// fullRows is how much the book holds.
const fullRows = 400

// fullRooms are how much room there may be: next to none, enough for a file, for
// an act with its backup, for all.
var fullRooms = []int{16 << 10, 200 << 10, 1 << 20, 6 << 20}

func newFullDisk(t *testing.T, disk narrow) *fullDisk {
	t.Helper()
	ctx := context.Background()
	first := newSharer(t, "first", nil)
	var table strings.Builder
	table.WriteString("name,city\n")
	for i := range fullRows {
		fmt.Fprintf(&table, "Company %d,Oslo\n", i)
	}
	f := &fullDisk{sharer: first, disk: disk, table: filepath.Join(t.TempDir(), "accounts.csv"), whole: filepath.Join(t.TempDir(), "whole.book")}
	f.cfg = Config{Device: "second", Now: time.Now}
	if err := os.WriteFile(f.table, []byte(table.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := fullActs["import"](f); err != nil {
		t.Fatal(err)
	}
	if _, err := first.app.Records.Add(ctx, data.KindContact, data.Values{"name": "Gone", "email": "gone@example.org"}); err != nil {
		t.Fatal(err)
	}
	second := newSharer(t, "second", first)
	second.merge(first.share())
	if err := second.app.Journal.Backup(ctx, f.whole); err != nil {
		t.Fatal(err)
	}
	var err error
	if f.kept, err = second.app.Backups.BeforeChange(ctx, "merge"); err != nil {
		t.Fatal(err)
	}
	if err := fullActs["edit"](f); err != nil { // of the first, which the second lacks
		t.Fatal(err)
	}
	f.file = first.share()
	return f
}

// begin puts the book as it was in the beginning on the disk.
func (f *fullDisk) begin(t *testing.T) {
	t.Helper()
	if err := errors.Join(os.RemoveAll(f.disk.dir()), os.Mkdir(f.disk.dir(), 0o755), copyBook(f.whole, f.book()), f.open()); err != nil {
		t.Fatal(err)
	}
}

func (f *fullDisk) lies(t *testing.T) (names []string) {
	t.Helper()
	err := filepath.WalkDir(f.disk.dir(), func(path string, d os.DirEntry, err error) error {
		whole := err == nil && backupName.MatchString(d.Name()) // made before what then failed
		if err == nil && !whole && !strings.HasSuffix(path, "-wal") && !strings.HasSuffix(path, "-shm") && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// A message says what happened, what is safe and what to do next.
var (
	happened = regexp.MustCompile(`is full|could not be|cannot be|no backup`)
	safe     = regexp.MustCompile(`safe|othing was changed|as it was|unchanged|is erased`)
	next     = regexp.MustCompile(`[Ff]ree some|[Cc]heck|[Mm]ake room|another`)
)

// TestSoakFullDisk does this and that on a disk with little room. It is done,
// or refused in one clear message, with the book as it was and nothing left
// behind; and it is done once there is room.
func TestSoakFullDisk(t *testing.T) {
	runs := datatest.Share(11, 300)
	disk := narrow(nil)
	done, err := inOwnMounts(t)
	switch {
	case done:
		return
	case err == nil:
		disk = mounted{mountDisk(t, 16<<20)}
	case os.Getenv("FIELDBOOK_SOAK") != "":
		t.Fatalf("no disk can be mounted here, so the full run was not done; run it as root: %v", err)
	default:
		t.Logf("no disk can be mounted here, so files are limited in size instead: %v", err)
		disk = limited{t.TempDir()}
	}
	f := newFullDisk(t, disk)
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d runs, seed %d", runs, seed)
	r := rand.New(rand.NewPCG(seed, 9))
	var acts []string
	for name := range fullActs {
		acts = append(acts, name)
	}
	slices.Sort(acts)
	full, each := map[string]int{}, runs/len(acts)
	for i := range runs {
		name := acts[i%len(acts)]
		if f.run(t, name, r.IntN(fullRooms[r.IntN(len(fullRooms))])) {
			full[name]++
		}
	}
	t.Logf("of %d runs of each the disk was full in: %v", each, full)
	for _, name := range acts {
		if each > 10 && (full[name] == 0 || full[name] >= each) {
			t.Errorf("%s: the disk was full in %d of %d runs, so one of the two outcomes was not tried", name, full[name], each)
		}
	}
}

// run does one act with so much room and reports whether that was too little.
func (f *fullDisk) run(t *testing.T, name string, room int) (full bool) {
	t.Helper()
	f.begin(t)
	before, lay := f.dump(), f.lies(t)
	f.disk.fill(t, room)
	err := fullActs[name](f)
	if err != nil {
		full = true
		f.refused(t, fmt.Sprintf("%s with %d bytes left", name, room), err)
		if changed := !slices.Equal(f.dump(), before); changed && !strings.Contains(err.Error(), "is erased") {
			t.Fatalf("%s with %d bytes left was refused and changed the book: %v", name, room, err)
		}
		if got := f.lies(t); !slices.Equal(got, lay) {
			t.Fatalf("%s with %d bytes left leaves %q behind: %v", name, room, got, err)
		}
	}
	f.sound()
	f.disk.free(t)
	if full && !strings.Contains(err.Error(), "is erased") {
		if err := fullActs[name](f); err != nil {
			t.Fatalf("%s with room: %v", name, err)
		}
	}
	f.sound()
	if err := f.app.Close(); err != nil {
		t.Fatal(err)
	}
	return full
}

// refused checks the words. A book that could not be opened again on the full
// disk is opened for reading, as the window does.
func (f *fullDisk) refused(t *testing.T, what string, err error) {
	t.Helper()
	var told *data.Error
	if !errors.As(err, &told) || !happened.MatchString(told.Msg) || !safe.MatchString(told.Msg) || !next.MatchString(told.Msg) {
		t.Fatalf("%s: no clear message: %v", what, err)
	}
	if f.app != nil {
		return
	}
	if f.app, err = OpenReadOnly(context.Background(), f.book(), f.cfg); err != nil {
		t.Fatalf("%s: it cannot be read: %v", what, err)
	}
}
