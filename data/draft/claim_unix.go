//go:build unix

package draft

import (
	"errors"
	"os"
	"sync"
	"syscall"
)

// renamesOpen tells that an open file can be renamed and deleted.
const renamesOpen = true

// claim takes the lock of a draft, which ends with the process at the latest.
// It is errTaken where somebody else has it, and fails where the file system
// knows no locks.
func claim(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errTaken
	}
	return err
}

// newMode is that of a new file which others may read unless the person wants
// it otherwise.
var newMode = sync.OnceValue(func() os.FileMode {
	mask := syscall.Umask(0o077) // there is no way to ask only
	syscall.Umask(mask)
	return 0o644 &^ os.FileMode(mask) //nolint:gosec // nine bits
})

// Full reports whether an error says that a disk has no more room.
func Full(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}
