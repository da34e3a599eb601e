package app

import (
	"errors"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// ownMounts tells a test that it runs in a process with mounts of its own.
const ownMounts = "FIELDBOOK_OWN_MOUNTS"

// inOwnMounts runs the test once more in a process where it may mount disks
// that end with it, and reports that it did. Where the system lets nobody do
// that the error says so, and the test goes on in this process.
func inOwnMounts(t *testing.T) (done bool, err error) {
	t.Helper()
	if os.Getenv(ownMounts) != "" {
		return false, syscall.Mount("none", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, "")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) ([]byte, error) {
		cmd := exec.Command(self, args...)
		cmd.Env = append(os.Environ(), ownMounts+"=1")
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
		if uid := os.Getuid(); uid != 0 {
			cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
			cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: uid, Size: 1}}
			cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
		}
		return cmd.CombinedOutput()
	}
	if out, err := run("-test.run=^TestMountsDisk$", "-test.count=1"); err != nil {
		return false, errors.Join(err, errors.New(string(out)))
	}
	out, err := run("-test.run=^"+t.Name()+"$", "-test.v", "-test.count=1", "-test.timeout=0")
	t.Logf("in a process with mounts of its own:\n%s", out)
	if err != nil {
		t.Fatal(err)
	}
	return true, nil
}

// TestMountsDisk shows in a process with mounts of its own whether a disk can
// be mounted; in others there is nothing to show.
func TestMountsDisk(t *testing.T) {
	if os.Getenv(ownMounts) == "" {
		return
	}
	if _, err := inOwnMounts(t); err != nil {
		t.Fatal(err)
	}
	mountDisk(t, 1<<20)
}

// mountDisk mounts a disk in memory and gives its folder.
func mountDisk(t *testing.T, size int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+strconv.Itoa(size)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }) // gone already, or with the process
	return dir
}

// narrow is a disk that a test can fill.
type narrow interface {
	dir() string
	fill(t *testing.T, left int) // but for so many bytes
	free(t *testing.T)
}

// mounted is a disk in memory, filled by a file outside the book's folder.
type mounted struct{ at string }

func (m mounted) dir() string { return filepath.Join(m.at, "books") }

func (m mounted) filler() string { return filepath.Join(m.at, "filler") }

func (m mounted) fill(t *testing.T, left int) {
	t.Helper()
	var st syscall.Statfs_t
	if err := syscall.Statfs(m.at, &st); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(m.filler(), make([]byte, max(0, int(st.Bavail)*int(st.Bsize)-left)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (m mounted) free(t *testing.T) {
	t.Helper()
	if err := os.Remove(m.filler()); err != nil {
		t.Fatal(err)
	}
}

// limited lets no file grow beyond a size, which is what can be had without a
// disk of one's own.
type limited struct{ at string }

func (l limited) dir() string { return l.at }

func (l limited) fill(t *testing.T, left int) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	l.set(t, uint64(left))
}

func (l limited) free(t *testing.T) {
	t.Helper()
	l.set(t, math.MaxUint64)
}

func (l limited) set(t *testing.T, most uint64) {
	t.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	limit.Cur = min(most, limit.Max)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
}
