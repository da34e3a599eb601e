package app

import (
	"runtime"
	"syscall"
	"testing"
	"unsafe"
)

// The rights of root to read and write what its modes forbid.
const (
	capDacOverride   = 1 << 1
	capDacReadSearch = 1 << 2
	capVersion       = 0x20080522
)

// asNobody runs fn without the rights of root to read what nobody may read.
func asNobody(t *testing.T, fn func()) {
	t.Helper()
	runtime.LockOSThread() // rights are the thread's alone
	defer runtime.UnlockOSThread()
	head := struct {
		version uint32
		pid     int32
	}{version: capVersion}
	var caps [2]struct{ effective, permitted, inheritable uint32 }
	call := func(what uintptr) {
		if _, _, err := syscall.RawSyscall(what, uintptr(unsafe.Pointer(&head)), uintptr(unsafe.Pointer(&caps[0])), 0); err != 0 {
			t.Error(err)
		}
	}
	call(syscall.SYS_CAPGET)
	was := caps[0].effective
	caps[0].effective &^= capDacOverride | capDacReadSearch
	call(syscall.SYS_CAPSET)
	defer func() {
		caps[0].effective = was
		call(syscall.SYS_CAPSET)
	}()
	fn()
}
