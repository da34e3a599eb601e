package bundle

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"

	"fieldbook/data"
)

const (
	zstdMagic = 0xFD2FB528
	ageHeader = "age-encryption.org/"
)

// checkFrame walks the blocks of the one zstd frame that a share file is,
// without unpacking them, and refuses what the format has no use for: another
// frame behind the first, a dictionary, a window beyond the limit.
func checkFrame(r io.Reader, window uint64) error {
	b := bufio.NewReaderSize(r, 64<<10)
	if head, _ := b.Peek(len(ageHeader)); string(head) == ageHeader {
		return data.Errorf(data.Unsupported, "the share file is encrypted, which this Fieldbook cannot open; nothing was changed")
	}
	f := frame{r: b}
	checksum := f.header(window)
	for last := false; !last && f.err == nil; {
		last = f.block()
	}
	if checksum {
		f.skip(4)
	}
	if f.err != nil {
		return f.err
	}
	if _, err := b.ReadByte(); !errors.Is(err, io.EOF) {
		return data.Errorf(data.Invalid, "the share file has something behind its end, so nothing was changed here; ask for it again")
	}
	return nil
}

// frame reads the parts of a zstd frame (RFC 8878, section 3.1.1) up to the
// first error.
type frame struct {
	r   *bufio.Reader
	err error
}

func (f *frame) number(size int) uint64 {
	var b [8]byte
	if f.err == nil {
		if _, err := io.ReadFull(f.r, b[:size]); err != nil {
			f.err = readError(err)
		}
	}
	return binary.LittleEndian.Uint64(b[:])
}

func (f *frame) skip(n int) {
	if f.err == nil {
		if _, err := f.r.Discard(n); err != nil {
			f.err = readError(err)
		}
	}
}

func readError(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return cutShort()
	}
	return data.Wrap(data.Internal, err, "the share file cannot be read; nothing was changed")
}

func (f *frame) header(maxWindow uint64) (checksum bool) {
	if magic := f.number(4); f.err == nil && magic != zstdMagic {
		f.err = data.Errorf(data.Invalid, "the file is not a share file of Fieldbook; nothing was changed")
		return false
	}
	desc := f.number(1)
	single := desc&0x20 != 0
	var window uint64
	if !single {
		w := f.number(1)
		base := uint64(1) << (10 + w>>3)
		window = base + base/8*(w&7)
	}
	f.skip([4]int{0, 1, 2, 4}[desc&3])
	size := [4]int{0, 2, 4, 8}[desc>>6]
	if size == 0 && single {
		size = 1
	}
	content := f.number(size)
	if single {
		window = content
	}
	switch {
	case f.err != nil:
	case window > maxWindow:
		f.err = tooLarge("needs more memory to unpack")
	case desc&3 != 0 || desc&0x08 != 0:
		f.err = damaged(nil)
	}
	return desc&0x04 != 0
}

func (f *frame) block() (last bool) {
	head := f.number(3)
	size := int(head >> 3)
	switch head >> 1 & 3 {
	case 1: // one byte, repeated size times
		f.skip(1)
	case 3:
		if f.err == nil {
			f.err = damaged(nil)
		}
	default:
		f.skip(size)
	}
	return head&1 != 0
}
