//go:build unix

package store

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// filePlace tells one file from its copies: absolute path and inode.
func filePlace(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	if info, err := os.Stat(path); err == nil {
		if st, ok := info.Sys().(*syscall.Stat_t); ok {
			return fmt.Sprintf("%s#%d", abs, st.Ino)
		}
	}
	return abs
}
