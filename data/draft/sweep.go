package draft

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Names of drafts: "~fieldbook-" + this computer + chance + ".tmp". Dropbox,
// OneDrive and Nextcloud leave such names alone; a program that does not brings
// them to computers where nobody knows whether their maker lives, so each clears
// its own alone.
const (
	start = "~fieldbook-"
	end   = ".tmp"
)

// tails are what SQLite puts beside a draft that is opened as a book.
var tails = []string{"-journal", "-wal", "-shm", ".lock"}

var host = sync.OnceValue(func() string {
	name, err := os.Hostname()
	if err != nil {
		name = "unknown"
	}
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:4]) + "-"
})

func pattern() string { return start + host() + "*" + end }

// Sweep deletes the drafts that dead processes of this computer left in a
// folder. One whose maker lives stays: he holds a lock on it or, where a system
// has no such locks, keeps it open so that it cannot be deleted. What cannot be
// told or deleted stays, too.
func Sweep(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	own := start + host()
	for _, e := range entries {
		name, tail, _ := strings.Cut(e.Name(), end)
		if !strings.HasPrefix(name, own) || !e.Type().IsRegular() || !strings.Contains(e.Name(), end) {
			continue
		}
		base := filepath.Join(dir, name+end)
		if tail == "" {
			sweepOne(base)
		}
		if _, err := os.Lstat(base); os.IsNotExist(err) && slices.Contains(tails, tail) {
			_ = os.Remove(base + tail) // of a draft that is gone
		}
	}
}

// sweepOne deletes a draft that nobody claims.
func sweepOne(path string) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return
	}
	dead := claim(f) == nil && stands(f)
	if dead && renamesOpen {
		_ = os.Remove(path) // under the claim: who has just made it sees that it is gone
	}
	_ = f.Close()
	if dead && !renamesOpen {
		_ = os.Remove(path)
	}
}
