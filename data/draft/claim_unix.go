//go:build unix

package draft

import (
	"errors"
	"os"
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

// Full reports whether an error says that a disk has no more room.
func Full(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}
