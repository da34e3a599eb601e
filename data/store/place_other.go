//go:build !unix

package store

import (
	"os"
	"path/filepath"
)

// lives reports whether a process of this computer runs; on Windows one that
// does not cannot be found.
func lives(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	_ = p.Release()
	return true
}

// filePlace tells one file from its copies by its absolute path.
func filePlace(path, _ string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return abs
}
