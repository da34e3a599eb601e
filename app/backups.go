package app

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"fieldbook/app/disk"
	"fieldbook/data"
)

// Backups keeps copies of the book in a folder beside it, NAME backups: one
// before each import, merge and upgrade, one a day.
type Backups struct{ app *App }

// How many copies stay.
const (
	keepBefore  = 10 // of those made before a change
	keepDaily   = 14
	keepMonthly = 12 // the last daily copy of a month
	keepAlways  = 3  // however little room there is
	roomPart    = 10 // all copies take at most one part in so many of the free disk
)

const (
	backupEnd   = ".book.zst"
	backupTime  = "2006-01-02 15.04.05"
	backupDaily = "daily"
	restMargin  = 24 * time.Hour // after a restore, no copy is deleted for so long
)

// backupName reads "2026-03-02 09.15.00 before import.book.zst".
var backupName = regexp.MustCompile(`^(\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d) (daily|before [a-z ]+)(?: \(\d+\))?\.book\.zst$`)

// Backup is one kept copy.
type Backup struct {
	Path  string
	At    time.Time // by the clock of the wall where the book's zone is
	Why   string    // "daily" or "before import"
	Bytes int64
}

// Folder is where the copies lie.
func (b *Backups) Folder() string { return backupFolder(b.app.store.Path()) }

func backupFolder(path string) string {
	return strings.TrimSuffix(path, filepath.Ext(path)) + " backups"
}

// BeforeChange copies the book before a change such as "import" and gives the
// copy's path. A book that holds nothing yet needs none.
func (b *Backups) BeforeChange(ctx context.Context, why string) (string, error) {
	held, err := b.app.store.Held(ctx)
	if err != nil || len(held) == 0 {
		return "", err
	}
	return b.make(ctx, "before "+why)
}

// Daily copies the book unless there is a copy of today already; it gives an
// empty path then.
func (b *Backups) Daily(ctx context.Context) (string, error) {
	all, err := b.List()
	if err != nil {
		return "", err
	}
	today := b.now().Format(time.DateOnly)
	for _, x := range all {
		if x.Why == backupDaily && x.At.Format(time.DateOnly) == today {
			return "", nil
		}
	}
	return b.make(ctx, backupDaily)
}

// now is the clock of the wall, so that names and days read as people expect.
func (b *Backups) now() time.Time { return b.app.cfg.Now().In(b.app.store.Zone()) }

func (b *Backups) make(ctx context.Context, why string) (path string, err error) {
	if err := b.app.store.Present(); err != nil {
		return "", err // else the folder would be made where a disk is missing
	}
	if err := os.MkdirAll(b.Folder(), 0o755); err != nil {
		return "", data.Wrap(data.Refused, err, "the folder %s for backups cannot be made; nothing was changed. Check that the disk has room and can be written to", b.Folder())
	}
	path = b.freeName(why)
	err = b.app.withPlainCopy(ctx, b.Folder(), func(plain string) error {
		_, err := writeWhole(path, func(f *os.File) error { return pack(ctx, f, plain) })
		return err
	})
	if err != nil {
		return "", err
	}
	return path, b.prune()
}

func (b *Backups) freeName(why string) string {
	stem := filepath.Join(b.Folder(), b.now().Format(backupTime)+" "+why)
	path := stem + backupEnd
	for i := 2; ; i++ {
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			return path
		}
		path = stem + " (" + data.DecimalString(int64(i), 0) + ")" + backupEnd
	}
}

// List gives the copies, newest first. Other files in the folder are passed over.
func (b *Backups) List() ([]Backup, error) { return listBackups(b.Folder(), b.app.store.Zone()) }

func listBackups(folder string, zone *time.Location) ([]Backup, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, data.Wrap(data.Internal, ignoreMissing(err), "the backups cannot be listed; the book is safe")
	}
	var out []Backup
	for _, e := range entries {
		parts := backupName.FindStringSubmatch(e.Name())
		if parts == nil {
			continue
		}
		at, err := time.ParseInLocation(backupTime, parts[1], zone)
		info, gone := e.Info()
		if err != nil || gone != nil {
			continue
		}
		out = append(out, Backup{Path: filepath.Join(folder, e.Name()), At: at, Why: parts[2], Bytes: info.Size()})
	}
	slices.SortStableFunc(out, func(x, y Backup) int { return cmp.Or(y.At.Compare(x.At), strings.Compare(y.Path, x.Path)) })
	return out, nil
}

// prune deletes what is more than enough.
func (b *Backups) prune() error {
	if info, err := os.Stat(b.app.store.Path() + ".before-restore"); err == nil && b.app.cfg.Now().Sub(info.ModTime()) < restMargin {
		return nil // what is wanted back may be in any of them
	}
	all, err := b.List()
	if err != nil {
		return err
	}
	for _, x := range surplus(all, disk.Free(b.Folder())/roomPart) {
		if err := ignoreMissing(os.Remove(x.Path)); err != nil {
			return data.Wrap(data.Internal, err, "an old backup cannot be deleted; the new one is whole")
		}
	}
	return nil
}

// surplus lists the copies, newest first as given, that may go: beyond the
// numbers that stay, then the oldest beyond room bytes.
func surplus(all []Backup, room int64) []Backup {
	var keep, out []Backup
	before, daily, months := 0, 0, map[string]bool{}
	for _, x := range all {
		var stays bool
		if x.Why == backupDaily {
			daily++
			month := x.At.Format("2006-01")
			stays = daily <= keepDaily || !months[month] && len(months) < keepMonthly
			months[month] = true
		} else {
			before++
			stays = before <= keepBefore
		}
		if stays {
			keep = append(keep, x)
		} else {
			out = append(out, x)
		}
	}
	var size int64
	for i, x := range keep {
		if size += x.Bytes; i >= keepAlways && size > room {
			out = append(out, x)
		}
	}
	return out
}
