package bundle

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"

	"github.com/klauspost/compress/zstd"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Handler takes in what a share file holds, in its order. An error ends the
// reading and is passed on.
type Handler struct {
	Manifest func(*Manifest) error
	Txn      func(oplog.Txn) error
	Op       func(*oplog.Op) error
}

// File is a share file that was read to its trailer and found whole.
type File struct {
	Manifest *Manifest
	Count    int64 // transactions and ops

	r   io.ReadSeeker
	lim Limits
	sum [sha256.Size]byte
}

// Read reads a share file within limits: once to its trailer, so that a damaged
// file is refused before anything of it is used, and once more for h. Every
// refusal is a *data.Error: Unsupported where a newer Fieldbook made the file,
// Refused beyond a limit, else Invalid.
func Read(ctx context.Context, r io.ReadSeeker, lim Limits, h Handler) error {
	f, err := Open(ctx, r, lim)
	if err != nil {
		return err
	}
	return f.Each(ctx, h)
}

// Open reads a share file to its trailer and checks that it is whole.
func Open(ctx context.Context, r io.ReadSeeker, lim Limits) (*File, error) {
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, data.Wrap(data.Internal, err, "the share file cannot be read; nothing was changed")
	}
	if size > lim.File {
		return nil, tooLarge("is larger")
	}
	lim.Plain = lim.plain(size)
	f := &File{r: r, lim: lim}
	if err := f.rewind(); err != nil {
		return nil, err
	}
	if err := checkFrame(r, lim.Window); err != nil {
		return nil, err
	}
	return f, f.scan(ctx, func(l *lines) error {
		m, err := readManifest(l)
		f.Manifest = m
		if err != nil {
			return err
		}
		for l.next() && !l.trailer() {
			f.Count++
		}
		f.sum = l.before
		return l.end(f.Count)
	})
}

// Each gives h everything in the file. It is Invalid where the file is no
// longer what Open read.
func (f *File) Each(ctx context.Context, h Handler) error {
	return f.scan(ctx, func(l *lines) error {
		m, err := readManifest(l)
		if err != nil {
			return err
		}
		if h.Manifest != nil {
			if err := h.Manifest(m); err != nil {
				return err
			}
		}
		d := decoder{h: h, depth: f.lim.Depth, replicas: m.Replicas, last: make([]uint64, len(m.Replicas))}
		for l.next() && !l.trailer() {
			if err := d.line(l); err != nil {
				return err
			}
		}
		if l.err == nil && l.before != f.sum {
			return damaged(errors.New("the file changed while it was read"))
		}
		return l.end(f.Count)
	})
}

func (f *File) rewind() error {
	_, err := f.r.Seek(0, io.SeekStart)
	return data.Wrap(data.Internal, err, "the share file cannot be read; nothing was changed")
}

// scan unpacks the file from its start and hands its lines to fn.
func (f *File) scan(ctx context.Context, fn func(*lines) error) error {
	if err := f.rewind(); err != nil {
		return err
	}
	zip, err := zstd.NewReader(f.r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(f.lim.Window), zstd.WithDecoderMaxMemory(uint64(f.lim.Plain)))
	if err != nil {
		return damaged(err)
	}
	defer zip.Close()
	return fn(&lines{ctx: ctx, r: bufio.NewReaderSize(zip, 64<<10), lim: f.lim, sum: sha256.New()})
}

// lines reads the lines of the unpacked file and hashes those behind it.
type lines struct {
	ctx    context.Context
	r      *bufio.Reader
	lim    Limits
	line   []byte // the current one, without its end
	number int64
	plain  int64
	sum    hash.Hash
	before [sha256.Size]byte // of all lines before the current one, once it is the trailer
	err    error
}

// next reads a line; false is the end or an error in l.err.
func (l *lines) next() bool {
	if l.err != nil {
		return false
	}
	l.line = l.line[:0]
	for {
		part, err := l.r.ReadSlice('\n')
		l.plain += int64(len(part))
		l.line = append(l.line, part...)
		switch {
		case l.plain > l.lim.Plain:
			l.err = tooLarge("unpacks to more")
		case len(l.line) > l.lim.Line:
			l.err = tooLarge("has a longer line")
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil:
			l.err = unpackError(err)
		default:
			return l.take()
		}
		return false
	}
}

// take ends the reading of a line: the trailer is not hashed, all others are.
func (l *lines) take() bool {
	if l.number++; l.number%1024 == 0 {
		if l.err = l.ctx.Err(); l.err != nil {
			l.err = data.Wrap(data.Canceled, l.err, "stopped; nothing was changed")
			return false
		}
	}
	if l.trailer() {
		l.sum.Sum(l.before[:0])
	} else {
		l.sum.Write(l.line)
	}
	l.line = l.line[:len(l.line)-1]
	return true
}

func unpackError(err error) error {
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return cutShort()
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return tooLarge("needs more memory to unpack")
	}
	return damaged(err)
}

var trailerStart = []byte(`{"trailer":`)

func (l *lines) trailer() bool { return bytes.HasPrefix(l.line, trailerStart) }

// end checks the trailer, the current line, and that nothing follows it.
func (l *lines) end(count int64) error {
	if l.err != nil {
		return l.err
	}
	var said int64
	var sum string
	err := l.members("trailer", func(key string, raw []byte) error {
		switch key {
		case "count":
			return readNumber(raw, &said)
		case "sha256":
			return readText(raw, &sum)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if said != count || sum != hex.EncodeToString(l.before[:]) {
		return damaged(errors.New("the trailer is of another file"))
	}
	if _, err := l.r.ReadByte(); err == nil {
		return data.Errorf(data.Invalid, "the share file has something behind its end, so nothing was changed here; ask for it again")
	} else if !errors.Is(err, io.EOF) {
		return unpackError(err)
	}
	return nil
}

// members validates the current line, which must be an object with the one
// member name, and reads that member's own members.
func (l *lines) members(name string, fn func(key string, raw []byte) error) error {
	if err := validate(l.line, l.lim.Depth); err != nil {
		return malformed(l.number, err.Error())
	}
	err := fields(l.line, l.lim.Depth, func(key string, raw []byte) error {
		if key != name {
			return errors.New("is not what belongs there")
		}
		return fields(raw, l.lim.Depth, fn)
	})
	return l.explain(err)
}

// explain puts an error of the parser into words; others pass.
func (l *lines) explain(err error) error {
	var told *data.Error
	if err == nil || errors.As(err, &told) {
		return err
	}
	return malformed(l.number, err.Error())
}

func readManifest(l *lines) (*Manifest, error) {
	if !l.next() {
		return nil, l.err
	}
	m := &Manifest{}
	var version int64
	err := l.members("manifest", func(key string, raw []byte) error {
		if key == "fieldbook" {
			if err := readNumber(raw, &version); err != nil {
				return err
			}
			m.Version = int(version)
		}
		if version > Version {
			return nil // what a newer format means by its members is not ours to judge
		}
		return m.read(key, raw, l.lim.Depth)
	})
	switch {
	case version > Version:
		return nil, data.Errorf(data.Unsupported, "the share file was made by a newer Fieldbook, so nothing was changed here; update Fieldbook to read it")
	case err != nil:
		return nil, err
	case version < 1 || m.Book.IsZero() || m.From.Replica.IsZero():
		return nil, malformed(1, "does not say what the file is")
	case m.Encrypted:
		return nil, data.Errorf(data.Unsupported, "the share file is encrypted, which this Fieldbook cannot open; nothing was changed")
	}
	return m, nil
}

// instantField reads instants as they stand in the log.
var instantField = data.Field{Name: "made", Label: "The time of making", Type: data.TypeInstant}

func (m *Manifest) read(key string, raw []byte, depth int) error {
	switch key {
	case "book":
		return readID(raw, &m.Book)
	case "from":
		return fields(raw, depth, m.From.read)
	case "to":
		return readID(raw, &m.To)
	case "scope":
		return readText(raw, &m.Scope)
	case "encrypted":
		m.Encrypted = string(raw) != "false"
	case "made":
		v, err := instantField.DecodeJSON(raw)
		if err != nil {
			return err
		}
		m.Made, _ = v.(data.Instant)
	case "replicas":
		seen := map[data.ID]bool{}
		return elements(raw, depth, func(raw []byte) error {
			var id data.ID
			if err := readID(raw, &id); err != nil {
				return err
			}
			if id.IsZero() || seen[id] {
				return errReplica
			}
			seen[id] = true
			m.Replicas = append(m.Replicas, id)
			return nil
		})
	}
	return nil
}

func (s *Sender) read(key string, raw []byte) error {
	switch key {
	case "person":
		return readID(raw, &s.Person)
	case "name":
		return readText(raw, &s.Name)
	case "device":
		return readText(raw, &s.Device)
	case "replica":
		return readID(raw, &s.Replica)
	}
	return nil
}
