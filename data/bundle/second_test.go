package bundle_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"
)

// This file reads share files by README.md alone: it uses nothing of Fieldbook.

type secondFile struct {
	manifest secondManifest
	held     []secondHeld
	txns     []*secondTxn
	ops      []*secondOp
}

type secondManifest struct {
	Fieldbook    int
	Book         string
	From         struct{ Person, Name, Device, Replica string }
	To           string
	Scope        string
	ScopeOf      string `json:"scope_of"`
	Encrypted    bool
	Made         string
	Key, Founder string
	Invite       *struct{ Person, Name, Role, Sees, Secret string }
	Replicas     []string
}

type secondHeld struct {
	Replica int
	Runs    [][2]uint64
}

type secondTxn struct {
	ID             string
	Replica        int
	Stamp          uint64
	Day            *string
	Author, Name   string
	Device, What   string
	UndoOf         string `json:"undo_of"`
	First, Count   uint64
	Basis          []string
	Key, Signature string
	Erased         map[string]string
	Rest           []string
}

type secondOp struct {
	Replica    int
	Seq        uint64
	Txn        int
	Kind, Row  string
	Cells      map[string]json.RawMessage
	Overwrites map[string][][2]uint64
	Under      [][2]uint64
	Hidden     map[string]secondHidden
}

type secondHidden struct {
	Hash       string
	Overwrites [][2]uint64
}

// readSecond reads a file, decrypting it where it is encrypted.
func readSecond(file []byte, keys ...age.Identity) (*secondFile, error) {
	in := io.Reader(bytes.NewReader(file))
	encrypted := bytes.HasPrefix(file, []byte("age-encryption.org/v1\n"))
	if encrypted {
		var err error
		if in, err = age.Decrypt(in, keys...); err != nil {
			return nil, err
		}
	}
	zip, err := zstd.NewReader(in)
	if err != nil {
		return nil, err
	}
	defer zip.Close()
	plain, err := io.ReadAll(zip)
	if err != nil {
		return nil, err
	}
	out := &secondFile{}
	if err := out.lines(plain); err != nil {
		return nil, err
	}
	if out.manifest.Encrypted != encrypted {
		return nil, errors.New("the manifest says otherwise")
	}
	return out, nil
}

func (f *secondFile) lines(plain []byte) error {
	lines := bytes.SplitAfter(plain, []byte("\n"))
	lines = lines[:len(lines)-1] // nothing stands behind the last line's end
	last := len(lines) - 1
	for i, line := range lines[:last] {
		var in struct {
			Manifest *secondManifest
			Held     *secondHeld
			Txn      *secondTxn
			Rest     []string
			Op       *secondOp
		}
		if err := json.Unmarshal(line, &in); err != nil {
			return err
		}
		switch {
		case i == 0:
			f.manifest = *in.Manifest
		case in.Held != nil:
			f.held = append(f.held, *in.Held)
		case in.Txn != nil:
			f.txns = append(f.txns, in.Txn)
		case in.Rest != nil:
			t := f.txns[len(f.txns)-1]
			t.Rest = append(t.Rest, in.Rest...)
		default:
			f.ops = append(f.ops, in.Op)
		}
	}
	return f.trailer(plain[:len(plain)-len(lines[last])], lines[last], last-1)
}

func (f *secondFile) trailer(before, line []byte, count int) error {
	var in struct {
		Trailer struct {
			Count     int
			SHA256    string
			Signature string
		}
	}
	if err := json.Unmarshal(line, &in); err != nil {
		return err
	}
	sum := sha256.Sum256(before)
	if in.Trailer.SHA256 != hex.EncodeToString(sum[:]) || in.Trailer.Count != count {
		return fmt.Errorf("trailer %+v of %d lines", in, count)
	}
	if f.manifest.Key == "" {
		if in.Trailer.Signature != "" {
			return errors.New("a signature of nobody")
		}
		return nil
	}
	if !ed25519.Verify(unhex(f.manifest.Key), slices.Concat([]byte("fieldbook file 2\x00"), sum[:]), unhex(in.Trailer.Signature)) {
		return errors.New("the file's signature is wrong")
	}
	return nil
}

// verify checks the signature of each act that has one.
func (f *secondFile) verify() error {
	for i, t := range f.txns {
		if t.Signature == "" {
			continue
		}
		told := map[uint64][]byte{}
		for _, op := range f.ops {
			if op.Txn == i {
				told[op.Seq-t.First] = f.opHash(op)
			}
		}
		root, rest := tree(0, t.Count, told, t.Rest)
		if len(rest) > 0 {
			return fmt.Errorf("%s: %d hashes too many", t.What, len(rest))
		}
		if !ed25519.Verify(unhex(t.Key), f.digest(t, root), unhex(t.Signature)) {
			return fmt.Errorf("%s: the signature is wrong", t.What)
		}
	}
	return nil
}

// tree computes the hash of a part of an act and gives what is left of rest.
func tree(from, count uint64, told map[uint64][]byte, rest []string) ([]byte, []string) {
	n := uint64(0)
	for place := range told {
		if place >= from && place < from+count {
			n++
		}
	}
	switch {
	case count == 0:
		return sum(), rest
	case n == 0 && len(rest) > 0:
		return unhex(rest[0]), rest[1:]
	case n == 0:
		return nil, []string{"too few"}
	case count == 1:
		return told[from], rest
	}
	half := uint64(1)
	for half*2 < count {
		half *= 2
	}
	left, rest := tree(from, half, told, rest)
	right, rest := tree(from+half, count-half, told, rest)
	return sum([]byte{1}, left, right), rest
}

func (f *secondFile) opHash(op *secondOp) []byte {
	cells := map[string][]byte{}
	for name, value := range op.Cells {
		cells[name] = slices.Concat(text(name), valueHash(string(value)), f.dots(op.Overwrites[name]))
	}
	for name, c := range op.Hidden {
		cells[name] = slices.Concat(text(name), unhex(c.Hash), f.dots(c.Overwrites))
	}
	var names []string
	for name := range cells {
		names = append(names, name)
	}
	slices.Sort(names)
	b := slices.Concat([]byte("fieldbook op 1\x00"), id(f.manifest.Replicas[op.Replica]), u64(op.Seq), id(op.Row), text(op.Kind), u64(uint64(len(names))))
	for _, name := range names {
		b = append(b, cells[name]...)
	}
	return sum(b, f.dots(op.Under))
}

func (f *secondFile) digest(t *secondTxn, root []byte) []byte {
	word := func(name, text string) []byte {
		if h, erased := t.Erased[name]; erased {
			return unhex(h)
		}
		return valueHash(text)
	}
	day := int64(-1 << 31)
	if t.Day != nil {
		at, err := time.Parse("2006-01-02", *t.Day)
		if err != nil {
			return nil
		}
		day = at.Unix() / (24 * 60 * 60)
	}
	b := slices.Concat([]byte("fieldbook act 1\x00"), id(t.ID), id(f.manifest.Replicas[t.Replica]), u64(t.Stamp), u64(uint64(day)), id(t.Author), id(t.UndoOf),
		word("name", t.Name), word("device", t.Device), word("what", t.What), u64(uint64(len(t.Basis))))
	for _, x := range t.Basis {
		b = append(b, id(x)...)
	}
	return sum(b, u64(t.First), u64(t.Count), u64(32), unhex(t.Key), root)
}

func (f *secondFile) dots(list [][2]uint64) []byte {
	b := u64(uint64(len(list)))
	for _, d := range list {
		b = slices.Concat(b, id(f.manifest.Replicas[d[0]]), u64(d[1]))
	}
	return b
}

func valueHash(value string) []byte { return sum([]byte("fieldbook value 1\x00"), []byte(value)) }

func sum(parts ...[]byte) []byte {
	h := sha256.Sum256(slices.Concat(parts...))
	return h[:]
}

func u64(n uint64) []byte   { return binary.BigEndian.AppendUint64(nil, n) }
func text(s string) []byte  { return append(u64(uint64(len(s))), s...) }
func unhex(s string) []byte { b, _ := hex.DecodeString(s); return b }
func id(s string) []byte {
	if s == "" {
		return make([]byte, 16)
	}
	return unhex(strings.ReplaceAll(s, "-", ""))
}
