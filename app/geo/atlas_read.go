package geo

import (
	"encoding/binary"
	"errors"
	"math"
)

var errDamaged = errors.New("geo: the map inside the program is damaged")

// reader takes apart what makeatlas packed. After the first fault it gives
// zeros, and err says so. It never makes more than the input can fill.
type reader struct {
	data []byte
	text string // the same bytes; names are slices of it
	at   int
	err  error

	american map[int]string // places in the world's list of states → code
}

func (r *reader) fail() { r.err, r.at = errDamaged, len(r.data) }

// count reads a number of things that take a byte each at least.
func (r *reader) count() int {
	n := r.number()
	if n > len(r.data)-r.at {
		r.fail()
		return 0
	}
	return n
}

// number reads a whole number, not negative, of 31 bits.
func (r *reader) number() int {
	n, size := binary.Uvarint(r.data[r.at:])
	if size <= 0 || n > math.MaxInt32 {
		r.fail()
		return 0
	}
	r.at += size
	return int(n)
}

// index reads the place of something in a list of n.
func (r *reader) index(n int) int32 {
	i := r.number()
	if i >= n {
		r.fail()
		return 0
	}
	return int32(i)
}

func (r *reader) step() int {
	if r.at < len(r.data) && r.data[r.at] < 0x80 { // nearly all are one byte
		b := int(r.data[r.at])
		r.at++
		return b>>1 ^ -(b & 1)
	}
	n, size := binary.Varint(r.data[r.at:])
	if size <= 0 || n > math.MaxInt32 || n < math.MinInt32 {
		r.fail()
		return 0
	}
	r.at += size
	return int(n)
}

func (r *reader) float() float64 {
	if len(r.data)-r.at < 8 {
		r.fail()
		return 0
	}
	f := math.Float64frombits(binary.LittleEndian.Uint64(r.data[r.at:]))
	r.at += 8
	if math.IsNaN(f) || math.Abs(f) > 360 {
		r.fail()
		return 0
	}
	return f
}

func (r *reader) name() string {
	n := r.count()
	s := r.text[r.at : r.at+n]
	r.at += n
	return s
}

func (r *reader) degrees() float64 { return float64(r.step()) / 1e4 }

// arcs reads the lines of a map: all longitudes, then all latitudes, as steps.
func (r *reader) arcs() [][]Point {
	var scale, translate [2]float64
	for axis := range 2 {
		scale[axis], translate[axis] = r.float(), r.float()
	}
	arcs := make([][]Point, r.count())
	sizes, total := make([]int, len(arcs)), 0
	for i := range sizes {
		sizes[i] = r.count()
		total += sizes[i]
	}
	if total > len(r.data)-r.at {
		r.fail()
		return nil
	}
	points := make([]Point, total)
	for axis := range 2 {
		at := 0
		for i := range points {
			at += r.step()
			points[i][axis] = float64(at)*scale[axis] + translate[axis]
		}
	}
	for i, size := range sizes {
		arcs[i], points = points[:size:size], points[size:]
	}
	return arcs
}
