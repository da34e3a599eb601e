package sheet

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
)

// Bounds of what is looked at for merged cells. Their list stands behind the rows,
// so a sheet is read through for it before its first row is given.
const (
	mergeLimit  = 256 << 20 // bytes of a sheet; a larger one is an export, not a page that somebody laid out
	mostMerged  = 100_000   // ranges
	mostCovered = 4 << 20   // cells that they fill
)

// mergedRange is a cell that runs down several rows, each of which it is the value
// of. What a merged cell covers to its right belongs to no column but its own.
type mergedRange struct {
	column    int // from 0
	from, to  int // rows, from 1
	reference string
}

// merged lists the merged cells of a sheet that run down several rows, in the
// order of their rows; none where there are absurdly many.
func (b *workbookParts) merged(sheet string) ([]mergedRange, error) {
	s, _ := b.sheet(sheet)
	if f := b.parts[partName("", s.part)]; f == nil || f.UncompressedSize64 > mergeLimit {
		return nil, nil
	}
	part, err := b.open(s.part)
	if err != nil {
		return nil, err
	}
	out, err := mergedIn(part)
	if err = errors.Join(err, part.Close()); err != nil {
		return nil, nil //nolint:nilerr // what is damaged is told when its rows are read
	}
	covered := 0
	for _, m := range out {
		covered += m.to - m.from
	}
	if len(out) == mostMerged || covered > mostCovered {
		return nil, nil
	}
	slices.SortStableFunc(out, func(x, y mergedRange) int { return cmp.Or(x.from-y.from, x.column-y.column) })
	return out, nil
}

// mergedIn finds the marks of merged cells in a sheet. It looks for nothing else, so
// it takes a small part of the time that reading the cells does.
func mergedIn(part io.Reader) (out []mergedRange, err error) {
	const (
		overlap = 256 // bytes that a mark may take from its name on
		before  = 20  // bytes of the prefix of its name
	)
	mark := []byte("mergeCell ")
	buf, n := make([]byte, 256<<10), 0
	for err == nil && len(out) < mostMerged {
		var got int
		got, err = part.Read(buf[n:])
		n += got
		at := 0
		for {
			i := bytes.Index(buf[at:n], mark)
			if i < 0 {
				break
			}
			i += at
			if n-i < overlap && err == nil {
				break // the rest of it is still to come
			}
			at = i + len(mark)
			if m, ok := parseMerged(buf[max(0, i-before):i], buf[at:min(n, at+overlap)]); ok && len(out) < mostMerged {
				out = append(out, m)
			}
		}
		keep := min(n-at, before+overlap)
		n = copy(buf, buf[n-keep:n])
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return out, err
}

// parseMerged reads a mark of which the text before its name and that behind it are given.
func parseMerged(before, behind []byte) (m mergedRange, ok bool) {
	open := bytes.LastIndexByte(before, '<')
	if open < 0 || bytes.ContainsAny(before[open:], " />\"") {
		return m, false
	}
	tag, _, ok := bytes.Cut(behind, []byte(">"))
	if !ok {
		return m, false
	}
	ref := mark{attrs: tag}.attr("ref")
	first, last, ok := bytes.Cut(ref, []byte(":"))
	m = mergedRange{column: columnOf(first), from: rowOf(first), to: rowOf(last), reference: string(ref)}
	return m, ok && m.column >= 0 && m.column < MaxColumns && m.from > 0 && m.to > m.from && m.to <= mostRows
}

// mostRows is the last row of a sheet.
const mostRows = 1 << 20

// rowOf takes the row out of a cell's name; 0 without one.
func rowOf(name []byte) int {
	n, err := strconv.Atoi(string(bytes.TrimLeft(name, "$ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")))
	if err != nil {
		return 0
	}
	return n
}

// mergeFiller gives the rows that a merged cell covers its value.
type mergeFiller struct {
	ranges []mergedRange // those that begin below the rows that were given
	open   []openMerge
}

type openMerge struct {
	mergedRange
	value string
}

// below leaves out the cells that begin in the header or above.
func (f *mergeFiller) below(line int) {
	f.ranges = slices.DeleteFunc(f.ranges, func(m mergedRange) bool { return m.from <= line })
}

// fill puts values into the blank cells of a row that merged cells above it cover.
func (f *mergeFiller) fill(line int, cells []string) []string {
	f.open = slices.DeleteFunc(f.open, func(m openMerge) bool { return m.to < line })
	for _, m := range f.open {
		for len(cells) <= m.column {
			cells = append(cells, "")
		}
		if cells[m.column] == "" {
			cells[m.column] = m.value
		}
	}
	for len(f.ranges) > 0 && f.ranges[0].from <= line {
		m := f.ranges[0]
		f.ranges = f.ranges[1:]
		if m.from == line && m.column < len(cells) && cells[m.column] != "" {
			f.open = append(f.open, openMerge{m, cells[m.column]})
		}
	}
	return cells
}

// Merged tells of a column of a workbook which cells are merged down several rows,
// as in A2:A5. Each of those rows has their value.
func (r *Reader) Merged(column int) []string {
	var out []string
	for _, m := range r.merged {
		if m.column == column {
			out = append(out, m.reference)
		}
	}
	return out
}
