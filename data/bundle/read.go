package bundle

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"io"

	"github.com/klauspost/compress/zstd"

	"fieldbook/data"
	"fieldbook/data/oplog"
	"fieldbook/data/seal"
)

// OpenOptions say how a share file is read.
type OpenOptions struct {
	Limits Limits   // none are Standard
	Key    seal.Key // what opens an encrypted file
}

// Handler takes in what a share file holds, in its order. An error ends the
// reading and is passed on; what no function is given for is passed over.
type Handler struct {
	Manifest func(*Manifest) error

	// Held tells what the sender holds of a replica, before the first act. It
	// may be called several times for one, each time with later runs.
	Held func(replica data.ID, runs oplog.Ranges) error

	// Txn gets an act before its ops, with the hashes of those parts of it that
	// the file does not tell, in the order of oplog.Tree.Rest. Its signature is
	// not verified here: that takes all ops of it that the book holds.
	Txn func(t oplog.Txn, rest []oplog.Hash) error
	Op  func(*oplog.Op) error

	// Kinds, where there are any, are those whose ops Op gets. The others are
	// passed over without being read, so this is no reading to rely on alone.
	Kinds []string
}

// File is a share file that was read to its trailer and found whole. Where its
// manifest names a key, the signature is that key's; whether its holder is a
// member of the book is for the caller to judge.
type File struct {
	Manifest *Manifest
	Count    int64 // lines between manifest and trailer

	r   io.ReadSeeker
	opt OpenOptions
	sum [sha256.Size]byte
}

// Read reads a share file within limits: once to its trailer, so that a damaged
// file is refused before anything of it is used, and once more for h. Every
// refusal is a *data.Error: Unsupported where a newer Fieldbook made the file,
// Refused beyond a limit or without the key, else Invalid.
func Read(ctx context.Context, r io.ReadSeeker, o OpenOptions, h Handler) error {
	f, err := Open(ctx, r, o)
	if err != nil {
		return err
	}
	return f.Each(ctx, h)
}

// Open reads a share file to its trailer and checks that it is whole.
func Open(ctx context.Context, r io.ReadSeeker, o OpenOptions) (*File, error) {
	if o.Limits == (Limits{}) {
		o.Limits = Standard()
	}
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, data.Wrap(data.Internal, err, "the share file cannot be read; nothing was changed")
	}
	if size > o.Limits.File {
		return nil, tooLarge("is larger")
	}
	o.Limits.Plain = o.Limits.plain(size)
	o.Key = o.Key.Remembering()
	f := &File{r: r, opt: o}
	return f, f.scan(ctx, func(l *lines) error {
		m, err := readManifest(l)
		if err != nil {
			return err
		}
		for l.next() && !l.trailer() {
			f.Count++
		}
		f.Manifest, f.sum = m, l.before
		return l.end(f)
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
		d := newDecoder(h, m, f.opt.Limits.Depth)
		for l.next() && !l.trailer() {
			if err := d.line(l); err != nil {
				return err
			}
		}
		if l.err == nil && l.before != f.sum {
			return damaged(errors.New("the file changed while it was read"))
		}
		if err := l.end(f); err != nil {
			return err
		}
		return d.close()
	})
}

// headSize is how much of a file tells whether and how it is encrypted.
const headSize = 512

// Peek tells from a file's start whether it is encrypted, and whether a
// passphrase is what opens it. It reads no further than that start.
func Peek(r io.Reader) (sealed, needsPassphrase bool, err error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, false, data.Wrap(data.Internal, err, "the share file cannot be read; nothing was changed")
	}
	return seal.Sealed(head[:n]), seal.NeedsPassphrase(head[:n]), nil
}

// source is the zstd frame of the file, decrypted on the way where it is sealed.
func (f *File) source() (r io.Reader, sealed bool, err error) {
	if _, err := f.r.Seek(0, io.SeekStart); err != nil {
		return nil, false, data.Wrap(data.Internal, err, "the share file cannot be read; nothing was changed")
	}
	in := bufio.NewReaderSize(f.r, 64<<10)
	head, _ := in.Peek(headSize) // a failure shows up below
	if !seal.Sealed(head) {
		return in, false, nil
	}
	r, err = seal.Reader(in, f.opt.Key)
	if seal.NeedsPassphrase(head) {
		freeWork()
	}
	return r, true, err
}

// scan unpacks the file from its start and hands its lines to fn.
func (f *File) scan(ctx context.Context, fn func(*lines) error) error {
	source, sealed, err := f.source()
	if err != nil {
		return err
	}
	lim := f.opt.Limits
	fr := newFrame(source, lim.Window)
	zip, err := zstd.NewReader(fr, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(lim.Window), zstd.WithDecoderMaxMemory(uint64(lim.Plain)))
	if err != nil {
		return fr.explain(err)
	}
	defer zip.Close()
	return fn(&lines{ctx: ctx, frame: fr, sealed: sealed, r: bufio.NewReaderSize(zip, 64<<10), lim: lim, sum: sha256.New()})
}
