package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"fieldbook/data"
)

// partPattern names files that are being written. Dropbox, OneDrive and
// Nextcloud leave such names alone, and so does the reader.
const partPattern = "~fieldbook-*.tmp"

// What lies in a sub-folder: share files, and notes of what was taken in.
const (
	shareEnd = ".fieldbook"
	noteEnd  = ".seen"
)

// folderTime is how names tell when a file was made, in UTC.
const folderTime = "20060102T150405Z"

// The most that is looked at, so that a folder full of rubbish comes to an end.
const (
	mostReplicas = 200
	mostMembers  = 1_000
)

// folderName is this book's part of a shared folder: the last twelve digits of
// its id, which are random.
func folderName(book data.ID) string {
	text := book.String()
	return "fieldbook-" + text[len(text)-12:]
}

// memberName reads "00000007-20260302T091500Z.fieldbook" and, for one person
// alone, "00000008-20260302T091500Z-5f1c09e2.fieldbook".
var memberName = regexp.MustCompile(`^(\d{8,15})-(\d{8}T\d{6}Z)(?:-([0-9a-f]{8}))?(\.fieldbook|\.seen)$`)

func nameMember(counter uint64, at time.Time, tag, end string) string {
	if tag != "" {
		tag = "-" + tag
	}
	return fmt.Sprintf("%08d-%s%s%s", counter, at.UTC().Format(folderTime), tag, end)
}

// tagOf reads for whom a file is by its name; "" is everybody.
func tagOf(name string) string {
	parts := memberName.FindStringSubmatch(name)
	if parts == nil {
		return ""
	}
	return parts[3]
}

// personTag stands for a person in the names of files: others need not try to
// open them, and strangers learn nothing.
func personTag(book, person data.ID) string {
	sum := sha256.Sum256([]byte("fieldbook folder " + book.String() + " " + person.String()))
	return hex.EncodeToString(sum[:4])
}

// counterOf reads the counter of a name that Fieldbook gave; 0 of any other.
func counterOf(name string) uint64 {
	parts := memberName.FindStringSubmatch(name)
	if parts == nil {
		return 0
	}
	n, err := strconv.ParseUint(parts[1], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// member is one entry of a replica's sub-folder.
type member struct {
	replica string
	name    string
	path    string
	counter uint64
	at      time.Time
	note    bool // tells what was taken in; else it is a share file
	size    int64
	mod     int64  // nanoseconds
	why     string // what keeps it from being read at all; "" nothing
}

// key is under what the entry is remembered: its name, as text whatever it is.
func (m member) key() string {
	if utf8.ValidString(m.name) {
		return m.name
	}
	return strconv.QuoteToASCII(m.name)
}

// shown is the entry's name, fit to be shown.
func (m member) shown() string {
	if m.name == "" {
		return m.replica // the sub-folder itself
	}
	return PlainName(m.name)
}

// readShelf lists a book's part of a shared folder, each replica's entries in
// the order of their names. Nothing is opened but folders, and no link is followed.
func readShelf(ctx context.Context, root string) (map[string][]member, error) {
	entries, err := readNames(root, mostReplicas)
	if err != nil {
		return nil, data.Wrap(data.Refused, err, "%s cannot be read; the book is safe. Check that the folder is there and try again", root)
	}
	out := map[string][]member{}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return nil, data.Wrap(data.Canceled, err, "stopped; nothing was changed")
		}
		id, err := data.ParseID(e.Name())
		if err == nil && id.String() == e.Name() { // all else is not Fieldbook's
			out[e.Name()] = readReplica(root, e)
		}
	}
	return out, nil
}

func readReplica(root string, e fs.DirEntry) []member {
	dir := filepath.Join(root, e.Name())
	fault := func(why string) []member { return []member{{replica: e.Name(), path: dir, why: why}} }
	if !e.IsDir() {
		return fault(fmt.Sprintf("it is %s where a folder should be; nothing was changed", whatItIs(e.Type())))
	}
	entries, err := readNames(dir, mostMembers)
	if err != nil {
		return fault("the folder cannot be read; nothing was changed. Check who may read it")
	}
	out := []member{}
	if len(entries) == mostMembers {
		out = fault(fmt.Sprintf("it holds very many files; only the first %d were looked at. Ask whose folder it is to clear it", mostMembers))
	}
	for _, e := range entries {
		m, ok := readMember(e)
		if ok {
			m.replica, m.path = filepath.Base(dir), filepath.Join(dir, e.Name())
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(x, y member) int { return cmp.Or(cmp.Compare(x.counter, y.counter), cmp.Compare(x.name, y.name)) })
	return out
}

// readMember judges an entry by its name and kind; ok is false for what other
// programs left there.
func readMember(e fs.DirEntry) (m member, ok bool) {
	m = member{name: e.Name(), counter: counterOf(e.Name()), note: filepath.Ext(e.Name()) == noteEnd}
	if m.counter == 0 {
		m.why = "its name is none that Fieldbook gives; nothing was changed. Drop it on the window to look at it"
		hidden := strings.HasPrefix(m.name, ".") || strings.HasPrefix(m.name, "~")
		return m, strings.EqualFold(filepath.Ext(m.name), shareEnd) && !hidden
	}
	var err error
	if m.at, err = time.Parse(folderTime, memberName.FindStringSubmatch(m.name)[2]); err != nil {
		m.at = time.Time{} // a day that no calendar has: only the order suffers
	}
	if !e.Type().IsRegular() {
		m.why = fmt.Sprintf("it is %s, not a file; nothing was changed", whatItIs(e.Type()))
		return m, true
	}
	info, err := e.Info()
	if err != nil {
		return m, false // gone again
	}
	m.size, m.mod = info.Size(), info.ModTime().UnixNano()
	return m, true
}

// readNames lists a folder up to a number of entries.
func readNames(dir string, most int) ([]fs.DirEntry, error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	entries, err := d.ReadDir(most)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return entries, errors.Join(err, d.Close())
}

// makeReal makes the folders from base down to dir. It is Refused where one of
// them is there as a link or as something else: what is written would land elsewhere.
func makeReal(base, dir string) error {
	rel, err := filepath.Rel(base, dir)
	if err != nil {
		return data.Wrap(data.Internal, err, "%s is not in %s", dir, base)
	}
	at := base
	for _, part := range strings.Split(rel, string(filepath.Separator)) {
		at = filepath.Join(at, part)
		if err := os.Mkdir(at, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
			return data.Wrap(data.Refused, err, "the folder %s cannot be made; the book is safe. Check that the shared folder can be written to, or choose another one", at)
		}
		if info, err := os.Lstat(at); err != nil || !info.IsDir() {
			return data.Wrap(data.Refused, errors.Join(err, errors.New("not a folder")), "%s is not a folder, so nothing is written there; the book is safe. Move it away and try again", at)
		}
	}
	return nil
}

// whatItIs names what lies where a file or folder should.
func whatItIs(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "a link to another place"
	case mode&fs.ModeNamedPipe != 0:
		return "a pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	case mode.IsDir():
		return "a folder"
	case mode.IsRegular():
		return "a file"
	}
	return "something else"
}

// How much of a name is shown.
const (
	nameMost = 60
	nameTail = 16
)

// PlainName writes a name that somebody else gave so that it can be shown in a
// line: what does not print is escaped, what is too long loses its middle.
func PlainName(name string) string {
	var out []string
	for len(name) > 0 {
		r, size := utf8.DecodeRuneInString(name)
		text := name[:size]
		if !strconv.IsPrint(r) || r == utf8.RuneError {
			quoted := strconv.QuoteToASCII(text)
			text = quoted[1 : len(quoted)-1]
		}
		out, name = append(out, text), name[size:]
	}
	if len(out) > nameMost {
		out = slices.Concat(out[:nameMost-nameTail-1], []string{"…"}, out[len(out)-nameTail:])
	}
	return strings.Join(out, "")
}
