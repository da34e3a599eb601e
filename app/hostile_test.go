package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/data/datatest"
)

// receives gives a book files by path, as the command line does: the book is
// closed, takes them in and is opened again.
func (w *crew) receives(name string, paths ...string) (*Merged, error) {
	m := w.at(name)
	w.must(m.Close())
	out, err := Receive(context.Background(), Received{Book: m.path(), Paths: paths}, m.cfg)
	w.open(m)
	return out, err
}

// all is everything that a book holds: what it shows, its log, what it keeps in
// quarantine and what it knows of others.
func (w *crew) all(m *colleague) []string {
	out := slices.Concat(w.dump(m), w.log(m))
	for d, v := range w.verdicts(m) {
		out = append(out, fmt.Sprint("aside ", d, v))
	}
	peers, err := m.store.Peers(context.Background())
	w.must(err)
	for _, p := range peers {
		out = append(out, fmt.Sprint("peer ", p))
	}
	slices.Sort(out)
	return out
}

// refuses: Lea's book turns a file down in plain words, at once, and is as before.
func (w *crew) refuses(t *testing.T, path string, kind data.ErrorKind, words string) {
	t.Helper()
	before, start := w.all(w.at("Lea")), time.Now()
	_, err := w.receives("Lea", path)
	var told *data.Error
	if !errors.As(err, &told) || told.Kind != kind || !strings.Contains(told.Msg, words) || !strings.Contains(told.Msg, "nothing was changed") {
		t.Errorf("refused with %v (kind %v), not with “%s”", err, data.KindOf(err), words)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	w.unchanged(t, before)
}

func (w *crew) unchanged(t *testing.T, before []string) {
	t.Helper()
	if after := w.all(w.at("Lea")); !slices.Equal(before, after) {
		t.Errorf("the book changed:\n%s", strings.Join(datatest.Differing(before, after), "\n"))
	}
	w.agree("Lea")
}

// keepsAside: Lea's book takes a file in and what its author had no right to is kept in
// quarantine, with the reason in words; what the book shows is as before.
func (w *crew) keepsAside(t *testing.T, path, reason string) {
	t.Helper()
	m := w.at("Lea")
	before, log, aside := w.dump(m), w.log(m), w.verdicts(m)
	out, err := w.receives("Lea", path)
	if err != nil {
		t.Fatal(err)
	}
	if f := out.Files[0]; f.Refused != 1 || f.New+f.Changed != 0 {
		t.Errorf("%+v", f)
	}
	if !slices.Equal(before, w.dump(m)) || !slices.Equal(log, w.log(m)) {
		t.Errorf("the book changed:\n%s", strings.Join(datatest.Differing(before, w.dump(m)), "\n"))
	}
	said := ""
	for d, v := range w.verdicts(m) {
		if _, known := aside[d]; !known {
			said += v
		}
	}
	if !strings.Contains(said, reason) || said == "" {
		t.Errorf("the reason is %q, not “%s”", said, reason)
	}
	w.agree("Lea")
}

// file names a new file of the run.
func (w *crew) file() string {
	w.count++
	return filepath.Join(w.dir, fmt.Sprintf("%d.fieldbook", w.count))
}

func (w *crew) written(content []byte) string {
	path := w.file()
	w.must(os.WriteFile(path, content, 0o600))
	return path
}

// plainLines are the lines of a file that somebody shares unencrypted, its
// trailer left out.
func (w *crew) plainLines(name string) []string {
	path := w.file()
	_, err := w.at(name).Sharing.Share(context.Background(), path, ShareOptions{Everything: true, Plain: true})
	w.must(err)
	return w.linesOf(path)
}

func (w *crew) linesOf(path string) []string {
	b, err := os.ReadFile(path)
	w.must(err)
	zip, err := zstd.NewReader(bytes.NewReader(b))
	w.must(err)
	defer zip.Close()
	plain, err := io.ReadAll(zip)
	w.must(err)
	lines := strings.Split(strings.TrimSuffix(string(plain), "\n"), "\n")
	return lines[:len(lines)-1]
}

func (w *crew) keyOf(name string) keyring.Device {
	d, err := w.at(name).id.device(context.Background())
	w.must(err)
	return d
}

// trailer ends lines with the signature of a device.
func trailer(lines []string, d keyring.Device) string {
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n") + "\n"))
	sign := ""
	if !d.IsZero() {
		sign = hex.EncodeToString(d.Sign(append([]byte("fieldbook file 2\x00"), sum[:]...)))
	}
	return fmt.Sprintf(`{"trailer":{"count":%d,"sha256":"%x","signature":"%s"}}`, len(lines)-1, sum, sign)
}

// packed is a whole file of lines, each with its end.
func packed(lines ...string) []byte {
	var b bytes.Buffer
	zip, err := zstd.NewWriter(&b)
	if err == nil {
		_, err = zip.Write([]byte(strings.Join(lines, "\n") + "\n"))
	}
	if err = errors.Join(err, zip.Close()); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// sent is a file of lines that a member's device signs.
func (w *crew) sent(name string, lines []string) string {
	return w.written(packed(append(slices.Clone(lines), trailer(lines, w.keyOf(name)))...))
}

// swapped puts text in the place of another in the first line that has it.
func swapped(lines []string, old, now string) []string {
	out := slices.Clone(lines)
	i := slices.IndexFunc(out, func(l string) bool { return strings.Contains(l, old) })
	if i < 0 {
		panic("no line has " + old)
	}
	out[i] = strings.Replace(out[i], old, now, 1)
	return out
}

// edits lets Ada change a deal of hers, so that her file brings Lea something,
// and gives its lines.
func (w *crew) edits() []string {
	w.changes("Ada", data.KindDeal, "Ada's deal", data.Values{"next_step": "call them"})
	return w.plainLines("Ada")
}

// TestHostileShapes: files that are not what a share file is.
func TestHostileShapes(t *testing.T) {
	w := testCrew(t)
	lines := w.edits()
	whole := slices.Concat(lines, []string{trailer(lines, w.keyOf("Ada"))})
	good := packed(whole...)
	other := w.plainLines("Max")
	var bomb, wide bytes.Buffer
	zip, err := zstd.NewWriter(&bomb)
	w.must(err)
	_, err = zip.Write([]byte(lines[0] + "\n"))
	w.must(err)
	for range 200 {
		_, err = zip.Write(bytes.Repeat([]byte(strings.Repeat(" ", 999)+"\n"), 1000))
		w.must(err)
	}
	w.must(zip.Close())
	zip, err = zstd.NewWriter(&wide, zstd.WithWindowSize(128<<20))
	w.must(err)
	for range 3 << 10 {
		_, err = zip.Write(make([]byte, 64<<10))
		w.must(err)
	}
	w.must(zip.Close())
	for name, c := range map[string]struct {
		content []byte
		kind    data.ErrorKind
		words   string
	}{
		"a bomb":                     {bomb.Bytes(), data.Refused, "unpacks to more"},
		"an oversized window":        {wide.Bytes(), data.Refused, "needs more memory"},
		"two frames":                 {slices.Concat(good, good), data.Invalid, "behind its end"},
		"a skippable frame behind":   {slices.Concat(good, []byte{0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 'x'}), data.Invalid, "behind its end"},
		"data after the trailer":     {packed(slices.Concat(whole, lines[1:2])...), data.Invalid, "behind its end"},
		"the trailer of another":     {packed(slices.Concat(lines, []string{trailer(other, w.keyOf("Ada"))})...), data.Invalid, "damaged"},
		"a line left out":            {packed(slices.Concat(lines[:len(lines)-1], whole[len(lines):])...), data.Invalid, "damaged"},
		"no trailer":                 {packed(lines...), data.Invalid, "cut short"},
		"cut within":                 {good[:len(good)/2], data.Invalid, "cut short"},
		"cut by its last byte":       {good[:len(good)-1], data.Invalid, "cut short"},
		"nothing":                    {nil, data.Invalid, "cut short"},
		"cut where it says its work": {[]byte("age-encryption.org/v1\n-> scrypt rF0/NwblUHHTpgQgRpe5CQ 22\n"), data.Invalid, "damaged"},
	} {
		t.Run(name, func(t *testing.T) { w.refuses(t, w.written(c.content), c.kind, c.words) })
	}
	if out, err := w.receives("Lea", w.written(good)); err != nil || out.Files[0].Changed != 1 {
		t.Fatalf("the file itself: %+v, %v", out, err)
	}
}
