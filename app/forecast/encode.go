package forecast

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

const (
	rareLevel  = 30 // closed deals below which a value of a text counts as "another"
	mostLevels = 40
	mostBins   = 10
)

// feature is a place of a row that is not 0.
type feature struct {
	at int32
	x  float64
}

// encoder turns a deal's columns into features: a number as its standardised
// self and the tenth of the deals that it lies in, a text as one of its usual
// values or another, and for both whether it is absent. Feature 0 is 1 in every deal.
type encoder struct {
	columns []encoding
	n       int // features
}

type encoding struct {
	column  int
	name    string
	at      int32 // of absent
	numeric bool
	log     bool
	mean    float64
	scale   float64
	edges   []float64        // of bins behind at + 2
	levels  map[string]int32 // places; a value that is none of them is at + 1
}

func newEncoder(e *Examples, usable, rows []int) *encoder {
	out := &encoder{n: 1}
	for _, place := range usable {
		c := &e.Columns[place]
		enc := encoding{column: place, name: c.Name, at: int32(out.n), numeric: c.numeric()}
		if enc.numeric {
			out.n += enc.number(filledNumbers(c, rows))
		} else {
			out.n += enc.text(c, rows)
		}
		out.columns = append(out.columns, enc)
	}
	return out
}

func (x *encoding) number(sorted []float64) int {
	if len(sorted) == 0 {
		x.scale = 1
		return 2
	}
	middle, high := sorted[len(sorted)/2], sorted[len(sorted)*19/20]
	x.log = sorted[0] >= 0 && high > 5*max(middle, 1)
	var sum, sq float64
	for _, v := range sorted {
		v = x.bent(v)
		sum, sq = sum+v, sq+v*v
	}
	n := float64(len(sorted))
	x.mean = sum / n
	x.scale = math.Sqrt(max(sq/n-x.mean*x.mean, 1e-12))
	for i := 1; i < mostBins; i++ {
		edge := sorted[len(sorted)*i/mostBins]
		if edge > sorted[0] && (len(x.edges) == 0 || edge > x.edges[len(x.edges)-1]) {
			x.edges = append(x.edges, edge)
		}
	}
	return 3 + len(x.edges)
}

func (x *encoding) bent(v float64) float64 {
	if x.log {
		return math.Log1p(max(v, 0))
	}
	return v
}

func (x *encoding) text(c *Column, rows []int) int {
	counts := map[string]int{}
	for _, i := range rows {
		if c.has(i) {
			counts[c.Texts[i]]++
		}
	}
	usual := make([]string, 0, len(counts))
	for level, n := range counts {
		if n >= rareLevel {
			usual = append(usual, level)
		}
	}
	slices.SortFunc(usual, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	usual = usual[:min(len(usual), mostLevels)]
	x.levels = make(map[string]int32, len(usual))
	for i, level := range usual {
		x.levels[level] = x.at + 2 + int32(i)
	}
	return 2 + len(usual)
}

// row appends a deal's features to into.
func (n *encoder) row(into []feature, number func(column int) float64, text func(column int) string) []feature {
	into = append(into, feature{0, 1})
	for i := range n.columns {
		x := &n.columns[i]
		if !x.numeric {
			into = append(into, feature{x.level(text(x.column)), 1})
			continue
		}
		v := number(x.column)
		if math.IsNaN(v) {
			into = append(into, feature{x.at, 1})
			continue
		}
		z := max(-3, min(3, (x.bent(v)-x.mean)/x.scale))
		bin := sort.Search(len(x.edges), func(i int) bool { return x.edges[i] > v })
		into = append(into, feature{x.at + 1, z}, feature{x.at + 2 + int32(bin), 1})
	}
	return into
}

func (x *encoding) level(text string) int32 {
	if text == "" {
		return x.at
	}
	if at, ok := x.levels[text]; ok {
		return at
	}
	return x.at + 1
}

func (n *encoder) encode(e *Examples, rows []int) [][]feature {
	out := make([][]feature, len(rows))
	wide := 1 + 2*len(n.columns)
	room := make([]feature, len(rows)*wide)
	for i, r := range rows {
		out[i] = n.row(room[i*wide:i*wide:(i+1)*wide], func(c int) float64 { return e.Columns[c].Numbers[r] }, func(c int) string { return e.Columns[c].Texts[r] })
	}
	return out
}
