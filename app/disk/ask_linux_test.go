package disk

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// fake is a system in a folder.
type fake struct {
	t    *testing.T
	root string
	st   unix.Statx_t
}

// device makes a block device of a number, its files and what it is made of;
// at is its place below /sys/devices.
func (f *fake) device(number, at string, files map[string]string, slaves ...string) {
	f.t.Helper()
	dir := filepath.Join(f.root, "sys/devices", at)
	f.make(filepath.Join(dir, "slaves"))
	for name, text := range files {
		f.write(filepath.Join("sys/devices", at, name), text)
	}
	for _, s := range slaves {
		f.link(filepath.Join(f.root, "sys/devices", s), filepath.Join(dir, "slaves", filepath.Base(s)))
	}
	f.link(dir, filepath.Join(f.root, "sys/dev/block", number))
	f.link(dir, filepath.Join(f.root, "sys/class/block", filepath.Base(at)))
}

func (f *fake) make(dir string) {
	f.t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fake) write(path, text string) {
	f.t.Helper()
	path = filepath.Join(f.root, path)
	f.make(filepath.Dir(path))
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fake) link(to, at string) {
	f.t.Helper()
	f.make(filepath.Dir(at))
	if err := os.Symlink(to, at); err != nil {
		f.t.Fatal(err)
	}
}

// on puts the book on a numbered device.
func (f *fake) on(major, minor uint32) { f.st.Dev_major, f.st.Dev_minor = major, minor }

// mounted puts the book, at /home/ann/sales.book, on a file system without a
// number of its own.
func (f *fake) mounted(kind, source string) {
	f.write("proc/self/mountinfo", "25 1 253:1 / / rw shared:1 - ext4 /dev/vda1 rw\nnonsense\n"+
		"40 25 0:30 /@home /home/ann rw,noatime - "+kind+" "+source+" rw\n41 25 0:31 / /home/an rw - tmpfs none rw\n")
}

func TestAskLinux(t *testing.T) {
	part := map[string]string{"partition": "2\n"}
	luks, lvm := map[string]string{"dm/uuid": "CRYPT-LUKS2-0123-home\n"}, map[string]string{"dm/uuid": "LVM-abcdef\n"}
	const sda, sda2, sdb, dm0, dm1, md0 = "pci/sda", "pci/sda/sda2", "pci/sdb", "virtual/block/dm-0", "virtual/block/dm-1", "virtual/block/md0"
	for name, tt := range map[string]struct {
		build func(f *fake)
		want  Finding
	}{
		"a part of a plain disk": {func(f *fake) {
			f.device("8:0", sda, nil)
			f.device("8:2", sda2, part)
			f.on(8, 2)
		}, Finding{Plain, ""}},
		"LUKS": {func(f *fake) {
			f.device("8:0", sda, nil)
			f.device("8:2", sda2, part)
			f.device("253:0", dm0, luks, sda2)
			f.on(253, 0)
		}, Finding{Encrypted, "LUKS"}},
		"a volume on LUKS": {func(f *fake) {
			f.device("8:2", sda2, part)
			f.device("253:0", dm0, luks, sda2)
			f.device("253:1", dm1, lvm, dm0)
			f.on(253, 1)
		}, Finding{Encrypted, "LUKS"}},
		"a part of an array on LUKS": {func(f *fake) {
			f.device("253:0", dm0, luks, sda2)
			f.device("8:2", sda2, part)
			f.device("9:0", md0, nil, dm0)
			f.device("259:0", md0+"/md0p1", part)
			f.on(259, 0)
		}, Finding{Encrypted, "LUKS"}},
		"a volume half on LUKS": {func(f *fake) {
			f.device("253:0", dm0, luks)
			f.device("8:16", sdb, nil)
			f.device("253:1", dm1, lvm, dm0, sdb)
			f.on(253, 1)
		}, Finding{Plain, ""}},
		"a mapping that only checks": {func(f *fake) {
			f.device("8:16", sdb, nil)
			f.device("253:0", dm0, map[string]string{"dm/uuid": "CRYPT-VERITY-0123-root"}, sdb)
			f.on(253, 0)
		}, Finding{Plain, ""}},
		"VeraCrypt": {func(f *fake) {
			f.device("253:0", dm0, map[string]string{"dm/uuid": "CRYPT-TCRYPT-0123-x"})
			f.on(253, 0)
		}, Finding{Encrypted, "VeraCrypt"}},
		"a file mounted as a disk": {func(f *fake) {
			f.device("7:0", "virtual/block/loop0", nil)
			f.on(7, 0)
		}, Finding{Unknown, "loop0"}},
		"devices in a circle": {func(f *fake) {
			f.device("253:0", dm0, lvm, dm1)
			f.device("253:1", dm1, lvm, dm0)
			f.on(253, 0)
		}, Finding{}},
		"a device that /sys does not have": {func(f *fake) { f.on(8, 7) }, Finding{}},
		"Btrfs on LUKS": {func(f *fake) {
			f.device("8:2", sda2, part)
			f.device("253:0", dm0, luks, sda2)
			f.write("dev/dm-0", "")
			f.link("../dm-0", filepath.Join(f.root, "dev/mapper/luks-home"))
			f.mounted("btrfs", "/dev/mapper/luks-home")
		}, Finding{Encrypted, "LUKS"}},
		"Btrfs on a plain disk": {func(f *fake) {
			f.device("8:16", sdb, nil)
			f.write("dev/sdb", "")
			f.mounted("btrfs", "/dev/sdb")
		}, Finding{Plain, ""}},
		"a network folder": {func(f *fake) { f.mounted("nfs4", "server:/home") }, Finding{Unknown, "nfs4"}},
		"ZFS":              {func(f *fake) { f.mounted("zfs", "tank/home") }, Finding{Unknown, "zfs"}},
		"eCryptfs":         {func(f *fake) { f.mounted("ecryptfs", "/home/.ann") }, Finding{Encrypted, "eCryptfs"}},
		"gocryptfs":        {func(f *fake) { f.mounted("fuse.gocryptfs", "/home/ann/.locked") }, Finding{Encrypted, "gocryptfs"}},
		"fscrypt": {func(f *fake) {
			f.device("8:16", sdb, nil)
			f.on(8, 16)
			f.st.Attributes = unix.STATX_ATTR_ENCRYPTED
		}, Finding{Encrypted, "fscrypt"}},
		"a system that tells nothing": {func(*fake) {}, Finding{}},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fake{t: t, root: t.TempDir()}
			tt.build(f)
			h := host{root: f.root, stat: func(string) (unix.Statx_t, error) { return f.st, nil }}
			if got := h.ask(t.Context(), "/home/ann/sales.book"); got != tt.want {
				t.Errorf("found %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestAskStops(t *testing.T) {
	f := &fake{t: t, root: t.TempDir()}
	f.device("8:16", "pci/sdb", nil)
	f.on(8, 16)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	h := host{root: f.root, stat: func(string) (unix.Statx_t, error) { return f.st, nil }}
	if got := h.ask(ctx, "/home/ann/sales.book"); got != (Finding{}) {
		t.Errorf("stopped, it found %+v", got)
	}
}

// On the real system it answers at all, and of no file it knows nothing.
func TestAskReally(t *testing.T) {
	dir := t.TempDir()
	got := Ask(t.Context(), dir)
	if got.Encryption == Encrypted && got.By == "" {
		t.Errorf("encrypted by nothing: %+v", got)
	}
	if got := Ask(t.Context(), filepath.Join(dir, "none")); got != (Finding{}) {
		t.Errorf("no file: %+v", got)
	}
	if Free(dir) <= 0 {
		t.Error("no room")
	}
}
