//go:build unix

package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// lives reports whether a process of this computer runs.
func lives(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

// filePlace tells one file from its copies: absolute path and inode. The file at
// now is to stand at path.
func filePlace(path, now string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	if info, err := os.Stat(now); err == nil {
		if st, ok := info.Sys().(*syscall.Stat_t); ok {
			return fmt.Sprintf("%s#%d", abs, st.Ino)
		}
	}
	return abs
}
