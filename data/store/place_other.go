//go:build !unix

package store

import "path/filepath"

// filePlace tells one file from its copies by its absolute path.
func filePlace(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return abs
}
