//go:build unix

package app

import (
	"os"
	"syscall"
)

// openAtOnce opens a file for reading and never waits, as opening a pipe would
// that nobody writes to.
func openAtOnce(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}
