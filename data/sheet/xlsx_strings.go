package sheet

import (
	"errors"
	"io"
	"math"
	"os"
)

// Bounds of the table of strings of a workbook. What of it is not held in
// memory is unpacked to the system's temporary folder.
const (
	stringsInMemory = 64 << 20
	stringBlock     = 1 << 20
	mostStrings     = 32 << 20
)

// textTable is the strings that the cells of a workbook share. They stand one
// behind the other in blocks, so that each costs four bytes beside its own.
type textTable struct {
	ends   []uint32 // where each string ends, counted from the first
	blocks []string // no string is cut
	starts []uint32 // of the blocks
	block  []byte   // being filled
	room   uint32   // what is held in memory
	filed  uint32   // where those in the file begin
	file   *os.File
	temp   unpacked
}

var errStrings = errors.New("more or longer strings than a workbook holds")

// readStrings reads a part of shared strings, and holds room bytes of it in memory.
func readStrings(src io.Reader, room uint32) (*textTable, error) {
	t, x := &textTable{filed: math.MaxUint32, room: room}, newXMLScanner(src)
	text := stringText{}
	for {
		m, err := x.next()
		if errors.Is(err, io.EOF) {
			if err := t.flush(); err != nil {
				return nil, errors.Join(err, t.close())
			}
			return t, nil
		}
		if err != nil {
			return nil, errors.Join(err, t.close())
		}
		if m.kind == markStart && string(m.name) == "si" {
			text.reset()
			continue
		}
		if m.kind == markEnd && string(m.name) == "si" {
			if err := t.add(officeText(text.got)); err != nil {
				return nil, errors.Join(err, t.close())
			}
			continue
		}
		text.take(m)
	}
}

// add keeps the next string.
func (t *textTable) add(text []byte) error {
	end := uint64(len(text))
	if n := len(t.ends); n > 0 {
		end += uint64(t.ends[n-1])
	}
	if end >= math.MaxUint32 || len(t.ends) >= mostStrings {
		return errStrings
	}
	t.block = append(t.block, text...)
	t.ends = append(t.ends, uint32(end)) //nolint:gosec // less than MaxUint32, as was just asked
	if len(t.block) >= stringBlock {
		return t.flush()
	}
	return nil
}

// flush puts the block away: into memory, or into a file once there are many.
func (t *textTable) flush() error {
	if len(t.block) == 0 {
		return nil
	}
	end := t.ends[len(t.ends)-1]
	start := end - uint32(len(t.block)) //nolint:gosec // a block is no longer than all strings
	if start < t.room {
		t.blocks, t.starts = append(t.blocks, string(t.block)), append(t.starts, start)
		t.block = t.block[:0]
		return nil
	}
	if t.file == nil {
		file, err := os.CreateTemp("", "fieldbook-strings-")
		if err != nil {
			return err
		}
		t.file, t.temp, t.filed = file, unpacked{file}, start
	}
	_, err := t.file.Write(t.block)
	t.block = t.block[:0]
	return err
}

// at gives string i; false where there is none.
func (t *textTable) at(i int) (string, bool, error) {
	if i < 0 || i >= len(t.ends) {
		return "", false, nil
	}
	start, end := uint32(0), t.ends[i]
	if i > 0 {
		start = t.ends[i-1]
	}
	if start == end {
		return "", true, nil
	}
	if start >= t.filed {
		text := make([]byte, end-start)
		_, err := t.file.ReadAt(text, int64(start-t.filed))
		return string(text), true, err
	}
	lo, hi := 0, len(t.starts)
	for lo+1 < hi {
		if mid := (lo + hi) / 2; t.starts[mid] <= start {
			lo = mid
		} else {
			hi = mid
		}
	}
	return t.blocks[lo][start-t.starts[lo] : end-t.starts[lo]], true, nil
}

func (t *textTable) close() error {
	if t == nil || t.file == nil {
		return nil
	}
	t.file = nil
	return t.temp.Close()
}

// stringText gathers the text of a string, its runs one behind the other and
// how it is read aloud left out. Beyond a cell's limit it stops one byte later.
type stringText struct {
	got    []byte
	inside int // of a text element
	aloud  int
}

func (s *stringText) reset() { s.got, s.inside, s.aloud = s.got[:0], 0, 0 }

func (s *stringText) take(m mark) {
	switch {
	case m.kind == markText:
		if s.inside > 0 && s.aloud == 0 {
			s.got = append(s.got, m.text[:min(len(m.text), MaxCell+1-len(s.got))]...)
		}
	case string(m.name) == "t":
		s.inside += step(m)
	case string(m.name) == "rPh":
		s.aloud += step(m)
	}
}

func step(m mark) int {
	if m.kind == markStart {
		return 1
	}
	return -1
}
