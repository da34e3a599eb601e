package app

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"

	"fieldbook/data"
	"fieldbook/data/seal"
)

var zstdMagic = []byte{0x28, 0xB5, 0x2F, 0xFD}

// A packed copy is not believed beyond this when it is unpacked; books pack to
// a quarter or less, never to a two-hundredth.
const (
	unpackFree  = 64 << 20 // bytes that any copy may unpack to
	unpackRatio = 200      // above that, bytes for each byte packed
)

// pack compresses the file at plain.
func pack(ctx context.Context, to io.Writer, plain string) error {
	from, err := os.Open(plain)
	if err != nil {
		return data.Wrap(data.Internal, err, "the backup could not be packed; nothing was changed")
	}
	zip, err := zstd.NewWriter(to, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err == nil {
		_, err = io.Copy(zip, stoppable{ctx, from})
		err = errors.Join(err, zip.Close())
	}
	return backupFault(data.Refused, errors.Join(err, from.Close()), "the backup could not be written; nothing was changed. Check that the disk has room")
}

// unpack writes the plain book that a copy holds, which is packed, locked or
// both, or neither.
func unpack(ctx context.Context, to io.Writer, from *os.File, passphrase string) error {
	info, err := from.Stat()
	if err != nil {
		return data.Wrap(data.Internal, err, "the backup cannot be read; the book is as it was")
	}
	in := bufio.NewReader(stoppable{ctx, from})
	if head, _ := in.Peek(64); seal.Sealed(head) {
		opened, err := seal.Reader(in, seal.Key{Passphrase: passphrase})
		if err != nil {
			return err
		}
		in = bufio.NewReader(opened)
	}
	head, _ := in.Peek(len(zstdMagic)) // what is wrong with it shows up below
	plain := io.Reader(in)
	if bytes.Equal(head, zstdMagic) {
		zip, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(64<<20))
		if err != nil {
			return data.Wrap(data.Invalid, err, "the backup is damaged; the book is as it was. Choose another one")
		}
		defer zip.Close()
		plain = zip
	}
	most := max(unpackFree, info.Size()*unpackRatio)
	out := &sink{to: to}
	n, err := io.Copy(out, io.LimitReader(plain, most+1))
	switch {
	case out.err != nil:
		return data.Wrap(data.Refused, err, "the backup could not be unpacked; the book is as it was. Check that the disk has room")
	case n > most:
		return data.Errorf(data.Refused, "the backup unpacks to more than any book of its size; the book is as it was. Choose another one")
	}
	return backupFault(data.Invalid, err, "the backup is damaged; the book is as it was. Choose another one")
}

// backupFault puts an error in words unless it comes in words of its own.
func backupFault(kind data.ErrorKind, err error, words string) error {
	var told *data.Error
	if errors.As(err, &told) {
		return err
	}
	return data.Wrap(kind, err, "%s", words)
}

// stoppable ends reading once its context is done.
type stoppable struct {
	ctx  context.Context //nolint:containedctx // of the one call that reads
	from io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, data.Wrap(data.Canceled, err, "stopped; nothing was changed")
	}
	return s.from.Read(p)
}

// sink remembers that writing failed, so that a full disk is not taken for a
// damaged copy.
type sink struct {
	to  io.Writer
	err error
}

func (s *sink) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	s.err = err
	return n, err
}
