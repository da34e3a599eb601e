//go:build unix

package disk

import (
	"math"
	"syscall"
)

// Free is the room left on the disk of a folder; where it cannot be told,
// as much as there can be.
func Free(dir string) int64 {
	var st syscall.Statfs_t
	if syscall.Statfs(dir, &st) != nil {
		return math.MaxInt64
	}
	return int64(st.Bavail) * int64(st.Bsize) //nolint:unconvert // 32 bits wide on some systems
}
