//go:build !unix

package draft

import (
	"errors"
	"os"
	"syscall"
)

// renamesOpen tells that an open file cannot be renamed or deleted: that keeps
// a draft from others, too.
const renamesOpen = false

func claim(*os.File) error { return nil }

func newMode() os.FileMode { return 0o644 }

// What Windows says of a disk without room.
const (
	handleDiskFull = syscall.Errno(39)
	diskFull       = syscall.Errno(112)
)

// Full reports whether an error says that a disk has no more room.
func Full(err error) bool { return errors.Is(err, handleDiskFull) || errors.Is(err, diskFull) }
