package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"fieldbook/data"
)

// bookLock keeps other writers away. The operating system lets go of it when
// the process ends, however it ends.
type bookLock struct {
	file *flock.Flock
}

func lockBook(path string) (*bookLock, error) {
	name := path + ".lock"
	f := flock.New(name)
	ok, err := f.TryLock()
	if err != nil {
		return nil, data.Wrap(data.Refused, err, "%s is read-only here, since nothing can be written into its folder; nothing was changed, and it can still be read. To change it, check who may write there, or copy it to a folder of your own", path)
	}
	for wait := 0; !ok; wait++ {
		who, known := holder(name)
		if known || wait == mostWaits {
			return nil, data.Errorf(data.Busy, "%s is open in another Fieldbook (%s). Nothing was changed. Close it there, then try again", path, who)
		}
		time.Sleep(waitForName)
		if ok, err = f.TryLock(); err != nil {
			return nil, data.Wrap(data.Refused, err, "%s is read-only here, since nothing can be written into its folder; nothing was changed, and it can still be read. To change it, check who may write there, or copy it to a folder of your own", path)
		}
	}
	host, _ := os.Hostname()
	// Who holds the lock is a courtesy to the next one; the lock itself stands without it.
	_ = os.WriteFile(name, fmt.Appendf(nil, "process %d on %s", os.Getpid(), host), 0o644)
	return &bookLock{file: f}, nil
}

// Whoever has just got the lock writes his name a moment later; until then the
// file names nobody, or one who was killed.
const (
	waitForName = 5 * time.Millisecond
	mostWaits   = 200
)

// holder tells who holds a lock; known is false where the name in it cannot be
// that of the holder.
func holder(name string) (who string, known bool) {
	b, err := os.ReadFile(name)
	text := strings.TrimSpace(string(b))
	var pid int
	if _, scanned := fmt.Sscanf(text, "process %d on ", &pid); err != nil || scanned != nil || len(b) > 300 {
		return "process unknown", false
	}
	host, _ := os.Hostname()
	return text, !strings.HasSuffix(text, " on "+host) || lives(pid)
}

// release empties the file first: what stands in it names a holder.
func (l *bookLock) release() error {
	_ = os.Truncate(l.file.Path(), 0)
	return l.file.Unlock()
}

// syncedMarks are the folders that sync programs make; SQLite files inside them
// are copied while half written and come back damaged.
var syncedMarks = []struct{ name, program string }{
	{".stfolder", "Syncthing"}, {".dropbox", "Dropbox"}, {".dropbox.cache", "Dropbox"}, {".sync", "Resilio Sync"}, {".owncloudsync.log", "Nextcloud"},
}

var syncedNames = []struct{ prefix, program string }{
	{"OneDrive", "OneDrive"}, {"Dropbox", "Dropbox"}, {"Google Drive", "Google Drive"}, {"iCloud Drive", "iCloud"}, {"com~apple~CloudDocs", "iCloud"},
}

// refuseSyncedFolder keeps a book out of folders that a sync program copies.
func refuseSyncedFolder(path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return data.Wrap(data.Invalid, err, "%s is not a path", path)
	}
	for dir := filepath.Dir(abs); ; dir = filepath.Dir(dir) {
		program := ""
		for _, n := range syncedNames {
			if base := filepath.Base(dir); base == n.prefix || strings.HasPrefix(base, n.prefix+" ") {
				program = n.program
			}
		}
		for _, m := range syncedMarks {
			if _, err := os.Lstat(filepath.Join(dir, m.name)); !errors.Is(err, os.ErrNotExist) && err == nil {
				program = m.program
			}
		}
		if program != "" {
			return data.Errorf(data.Refused,
				"%s lies in a folder that %s copies, which can damage a book while it is written. Keep the book outside it and share files through the folder instead", path, program)
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}
