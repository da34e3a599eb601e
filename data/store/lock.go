package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

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
		return nil, data.Wrap(data.Refused, err, "%s cannot be locked; check that its folder can be written to, or open it read-only", path)
	}
	if !ok {
		return nil, data.Errorf(data.Busy, "%s is open in another Fieldbook (%s). Nothing was changed. Close it there, then try again", path, holder(name))
	}
	host, _ := os.Hostname()
	// Who holds the lock is a courtesy to the next one; the lock itself stands without it.
	_ = os.WriteFile(name, fmt.Appendf(nil, "process %d on %s", os.Getpid(), host), 0o644)
	return &bookLock{file: f}, nil
}

func holder(name string) string {
	b, err := os.ReadFile(name)
	if err != nil || len(b) == 0 || len(b) > 300 {
		return "process unknown"
	}
	return strings.TrimSpace(string(b))
}

func (l *bookLock) release() error { return l.file.Unlock() }

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
