package disk

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

func ask(ctx context.Context, path string) Finding { return host{root: "/"}.ask(ctx, path) }

// host is a system to look at; a test makes one in a folder.
type host struct {
	root string // where its /sys, /proc and /dev stand
	stat func(path string) (unix.Statx_t, error)
}

// sealing are file systems that encrypt what is in them, and the names that
// people know them by.
var sealing = map[string]string{
	"ecryptfs": "eCryptfs", "fuse.gocryptfs": "gocryptfs", "fuse.encfs": "EncFS", "fuse.cryfs": "CryFS", "fuse.securefs": "securefs",
}

func (h host) ask(ctx context.Context, path string) Finding {
	stat := h.stat
	if stat == nil {
		stat = statx
	}
	st, err := stat(path)
	if err != nil || ctx.Err() != nil {
		return Finding{}
	}
	if st.Attributes&unix.STATX_ATTR_ENCRYPTED != 0 {
		return Finding{Encrypted, "fscrypt"}
	}
	at := h.mountOf(path)
	if by := sealing[at.kind]; by != "" {
		return Finding{Encrypted, by}
	}
	device := h.device(st, at)
	if device == "" {
		return Finding{By: at.kind} // of a network, in memory, or over several disks
	}
	return h.walk(ctx, device, 0)
}

func statx(path string) (st unix.Statx_t, err error) {
	if path, err = filepath.EvalSymlinks(path); err == nil {
		err = unix.Statx(unix.AT_FDCWD, path, 0, unix.STATX_BASIC_STATS, &st)
	}
	return st, err
}

// mount is one line of /proc/self/mountinfo.
type mount struct{ point, kind, source string }

var unescape = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)

// mountOf finds what is mounted where path lies; the last that covers it holds.
func (h host) mountOf(path string) (found mount) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	text, err := os.ReadFile(filepath.Join(h.root, "proc/self/mountinfo"))
	if err != nil {
		return mount{}
	}
	for line := range strings.Lines(string(text)) {
		head, tail, ok := strings.Cut(line, " - ")
		words, rest := strings.Fields(head), strings.Fields(tail)
		if !ok || len(words) < 5 || len(rest) < 2 {
			continue
		}
		m := mount{unescape.Replace(words[4]), rest[0], unescape.Replace(rest[1])}
		if len(m.point) >= len(found.point) && (path == m.point || strings.HasPrefix(path, strings.TrimSuffix(m.point, "/")+"/")) {
			found = m
		}
	}
	return found
}

// device is the folder in /sys of the disk or part of one that a file lies on,
// empty where there is none. Btrfs gives numbers of its own, so there what is
// mounted tells.
func (h host) device(st unix.Statx_t, at mount) string {
	entry := filepath.Join(h.root, "sys/dev/block", fmt.Sprintf("%d:%d", st.Dev_major, st.Dev_minor))
	if st.Dev_major == 0 {
		if !strings.HasPrefix(at.source, "/dev/") {
			return ""
		}
		node, err := filepath.EvalSymlinks(filepath.Join(h.root, at.source))
		if err != nil {
			return ""
		}
		entry = filepath.Join(h.root, "sys/class/block", filepath.Base(node))
	}
	device, err := filepath.EvalSymlinks(entry)
	if err != nil {
		return ""
	}
	return device
}

// mostLayers is deeper than any stack of disks.
const mostLayers = 16

// walk goes from a device to those that it is made of. It is encrypted where
// each way down meets a layer that encrypts.
func (h host) walk(ctx context.Context, device string, depth int) Finding {
	if depth > mostLayers || ctx.Err() != nil {
		return Finding{}
	}
	if id, err := os.ReadFile(filepath.Join(device, "dm/uuid")); err == nil {
		if by := crypt(string(id)); by != "" {
			return Finding{Encrypted, by}
		}
	}
	below, err := filepath.Glob(filepath.Join(device, "slaves", "*"))
	if err != nil {
		return Finding{}
	}
	if _, err := os.Stat(filepath.Join(device, "partition")); err == nil {
		below = append(below, filepath.Dir(device)) // the whole of which it is a part
	}
	name := filepath.Base(device)
	switch {
	case len(below) > 0:
	case slices.ContainsFunc(elsewhere, func(start string) bool { return strings.HasPrefix(name, start) }):
		return Finding{By: name}
	default:
		return Finding{Plain, ""}
	}
	found := make([]Finding, len(below))
	for i, link := range below {
		if next, err := filepath.EvalSymlinks(link); err == nil {
			found[i] = h.walk(ctx, next, depth+1)
		}
	}
	// Plain anywhere is plain; unknown anywhere else is unknown.
	return slices.MinFunc(found, func(a, b Finding) int { return rank(a) - rank(b) })
}

func rank(f Finding) int { return []int{Unknown: 1, Plain: 0, Encrypted: 2}[f.Encryption] }

// elsewhere are devices whose content is in a file, in memory or on a network.
var elsewhere = []string{"loop", "ram", "zram", "nbd", "rbd", "drbd"}

// crypt reads the id that cryptsetup gives a mapping, CRYPT-LUKS2-…, and names
// what encrypts it. Some mappings only check what is read.
func crypt(id string) string {
	kind, ours := strings.CutPrefix(id, "CRYPT-")
	kind, _, _ = strings.Cut(kind, "-")
	switch {
	case !ours, kind == "VERITY", kind == "INTEGRITY", kind == "SUBDEV":
		return ""
	case strings.HasPrefix(kind, "LUKS"):
		return "LUKS"
	case kind == "TCRYPT":
		return "VeraCrypt"
	case kind == "BITLK":
		return "BitLocker"
	}
	return "dm-crypt"
}
