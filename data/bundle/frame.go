package bundle

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"

	"github.com/klauspost/compress/zstd"

	"fieldbook/data"
)

const zstdMagic = 0xFD2FB528

// frame passes on the one zstd frame that a share file is (RFC 8878, section
// 3.1.1). It walks the blocks without unpacking them and fails where there is
// what the format has no use for: another frame behind the first, a dictionary,
// a window beyond the limit.
type frame struct {
	r      *bufio.Reader
	window uint64 // the limit

	head     []byte // of the frame or a block, read and yet to pass on
	buf      [24]byte
	left     int // bytes of the block's body to pass on as they are
	started  bool
	checksum bool
	last     bool // the block is the last one
	err      error
}

func newFrame(r io.Reader, window uint64) *frame {
	return &frame{r: bufio.NewReaderSize(r, 64<<10), window: window}
}

// Read keeps the error in f.err, since the unpacker may put it in words of its own.
func (f *frame) Read(p []byte) (int, error) {
	for len(f.head) == 0 && f.left == 0 && f.err == nil {
		f.step()
	}
	if f.err != nil {
		return 0, f.err
	}
	if len(f.head) > 0 {
		n := copy(p, f.head)
		f.head = f.head[n:]
		return n, nil
	}
	n, err := f.r.Read(p[:min(len(p), f.left)])
	f.left -= n
	if n == 0 && err != nil {
		f.err = readError(err)
		return 0, f.err
	}
	return n, nil
}

// step reads the next head, or makes sure that the file ends behind the last block.
func (f *frame) step() {
	f.head = f.buf[:0]
	switch {
	case !f.started:
		f.started = true
		f.header()
	case !f.last:
		f.block()
	case f.checksum:
		f.checksum = false
		f.left = 4
	default:
		_, err := f.r.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			f.err = io.EOF
		case err != nil:
			f.err = readError(err)
		default:
			f.err = behindEnd()
		}
	}
}

// number reads a little-endian number of the head.
func (f *frame) number(size int) uint64 {
	var b [8]byte
	if f.err == nil {
		if _, err := io.ReadFull(f.r, b[:size]); err != nil {
			f.err = readError(err)
		}
	}
	f.head = append(f.head, b[:size]...)
	return binary.LittleEndian.Uint64(b[:])
}

func (f *frame) header() {
	if magic := f.number(4); f.err == nil && magic != zstdMagic {
		f.err = data.Errorf(data.Invalid, "the file is not a share file of Fieldbook; nothing was changed")
		return
	}
	desc := f.number(1)
	single := desc&0x20 != 0
	var window uint64
	if !single {
		w := f.number(1)
		base := uint64(1) << (10 + w>>3)
		window = base + base/8*(w&7)
	}
	f.number([4]int{0, 1, 2, 4}[desc&3])
	size := [4]int{0, 2, 4, 8}[desc>>6]
	if size == 0 && single {
		size = 1
	}
	content := f.number(size)
	if size == 2 {
		content += 256
	}
	if single {
		window = content
	}
	switch {
	case f.err != nil:
	case window > f.window:
		f.err = tooLarge("needs more memory to unpack")
	case desc&3 != 0 || desc&0x08 != 0:
		f.err = damaged(nil)
	}
	f.checksum = desc&0x04 != 0
}

func (f *frame) block() {
	head := f.number(3)
	f.last = head&1 != 0
	f.left = int(head >> 3)
	switch head >> 1 & 3 {
	case 1: // one byte, repeated that often
		f.left = 1
	case 3:
		if f.err == nil {
			f.err = damaged(nil)
		}
	}
}

// readError is what went wrong below the frame, in words.
func readError(err error) error {
	var told *data.Error
	switch {
	case errors.As(err, &told):
		return err
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return cutShort()
	}
	return data.Wrap(data.Internal, err, "the share file cannot be read; nothing was changed")
}

// explain puts an error of the unpacker into words; what f found itself goes first.
func (f *frame) explain(err error) error {
	switch {
	case f.err != nil && !errors.Is(f.err, io.EOF):
		return f.err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return cutShort()
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return tooLarge("needs more memory to unpack")
	}
	return damaged(err)
}
