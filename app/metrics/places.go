package metrics

import "fieldbook/data"

// places finds a row's deal. Keys are the database's row numbers, which are
// dense, so a slice serves nearly all of them; a map takes the rest.
type places struct {
	dense  []int32 // place + 1; 0 is none
	sparse map[data.Key]int32
}

// denseSlack is how far beyond twice its length the slice may grow at once.
const denseSlack = 4096

func (p *places) reserve(n int) { p.dense = append(make([]int32, 0, n+n/8), p.dense...) }

func (p *places) get(k data.Key) (int32, bool) {
	if k >= 0 && k < data.Key(len(p.dense)) && p.dense[k] != 0 {
		return p.dense[k] - 1, true
	}
	i, ok := p.sparse[k]
	return i, ok
}

func (p *places) set(k data.Key, i int32) {
	if k < 0 || k >= data.Key(max(cap(p.dense), 2*len(p.dense)+denseSlack)) {
		if p.sparse == nil {
			p.sparse = map[data.Key]int32{}
		}
		p.sparse[k] = i
		return
	}
	if need := int(k) + 1 - len(p.dense); need > 0 {
		p.dense = append(p.dense, make([]int32, need)...)
	}
	p.dense[k] = i + 1
	delete(p.sparse, k)
}

func (p *places) drop(k data.Key) {
	if k >= 0 && k < data.Key(len(p.dense)) {
		p.dense[k] = 0
	}
	delete(p.sparse, k)
}
