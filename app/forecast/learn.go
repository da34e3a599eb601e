package forecast

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
)

const (
	fewClosed  = 100 // closed deals below which nothing but their share is told
	fewOfEach  = 20
	testShare  = 0.2
	leastGain  = 0.002 // log loss that a model must save
	gainErrors = 2.5   // standard errors that the saving must be from none
	timeBlocks = 10
	mostTried  = 8_000 // deals that penalties are tried on: more of them choose no other one
)

var ridges = []float64{1, 4, 16, 64, 256}

// Model gives open deals their probability of being won.
type Model struct {
	Learned int     // closed deals that the book has told
	Sampled int     // those that it was learned from
	Base    float64 // share of them that was won
	Used    bool    // false: every deal has Base
	Verdict string  // in words
	InTime  bool    // tested on the newest deals; false: days are not known, so on deals held back by chance
	Test    Score   // of the model on deals that it had not seen
	TestOf  Score   // of the base rate on the same
	Bins    []Bin   // calibration on the same deals
	Refused []Refusal
	Inputs  []string // names of the columns that are used

	enc     *encoder
	weights []float64
}

// Learn makes a model of examples. It ends early with ctx's error.
func Learn(ctx context.Context, e *Examples) (*Model, error) {
	closed := e.rows(Won, Lost)
	m := &Model{Learned: max(e.Seen, len(closed)), Sampled: len(closed)}
	wins := len(e.rows(Won))
	m.Base = float64(wins) / float64(max(1, len(closed)))
	order, inTime := ordered(e, closed)
	m.InTime = inTime
	inRow := order
	if !inTime {
		inRow = closed
	}
	usable, refused := newGuard(e, inRow).sift()
	m.Refused = refused
	switch {
	case len(closed) == 0:
		m.Verdict = "No deal has closed yet, so nothing can be said of the open ones."
		return m, ctx.Err()
	case len(closed) < fewClosed || min(wins, len(closed)-wins) < fewOfEach:
		m.Verdict = fmt.Sprintf("%d closed deals are too few to tell deals apart: every open deal has the share won, %s.", len(closed), percent(m.Base))
		return m, ctx.Err()
	case len(usable) == 0:
		m.Verdict = fmt.Sprintf("Nothing that is known of open deals can be used: every one has the share won, %s.", percent(m.Base))
		return m, ctx.Err()
	}
	return m, m.learn(ctx, e, usable, order)
}

// learn chooses the penalty on the older deals, tests on the newest, and keeps
// the model where it did better than the share won.
func (m *Model) learn(ctx context.Context, e *Examples, usable, order []int) error {
	cut := len(order) - int(testShare*float64(len(order)))
	ridge, err := m.choose(ctx, e, usable, order[:cut])
	if err != nil {
		return err
	}
	t := newTrial(e, usable, order[:cut], order[cut:])
	p, won := t.told(ridge), t.ends
	constant := make([]float64, len(won))
	for i := range constant {
		constant[i] = t.base
	}
	m.Test, m.TestOf = scored(p, won), scored(constant, won)
	gain, far := gained(p, constant, won)
	m.Bins = calibrate(p, won)
	how := "the newest"
	if !m.InTime {
		how = "by chance"
	}
	tested := fmt.Sprintf("on %d deals held back (%s) it has a log loss of %.4f, the share won %.4f", len(won), how, m.Test.LogLoss, m.TestOf.LogLoss)
	if gain < leastGain || far < gainErrors {
		m.Verdict = fmt.Sprintf("What is known of open deals does not tell which are won: %s. Every open deal has the share won, %s.", tested, percent(m.Base))
		m.Bins = calibrate(constant, won)
		return nil
	}
	m.Used = true
	m.Verdict = fmt.Sprintf("The model tells deals apart: %s.", tested)
	m.enc = newEncoder(e, usable, order)
	m.weights = fit(m.enc.encode(e, order), outcomes(e, order), m.enc.n, ridge, nil)
	for _, place := range usable {
		m.Inputs = append(m.Inputs, e.Columns[place].Name)
	}
	if m.weights == nil {
		m.Used, m.Inputs = false, nil
	}
	return ctx.Err()
}

// choose gives the penalty that does best on two later parts, each told by all
// before it.
func (m *Model) choose(ctx context.Context, e *Examples, usable, order []int) (float64, error) {
	order = thinned(order, mostTried)
	sums := make([]float64, len(ridges))
	cuts := []int{len(order) * 5 / 8, len(order) * 13 / 16, len(order)}
	for i := range cuts[:2] {
		t := newTrial(e, usable, order[:cuts[i]], order[cuts[i]:cuts[i+1]])
		for k, ridge := range ridges {
			if err := ctx.Err(); err != nil {
				return 0, err
			}
			sums[k] += scored(t.told(ridge), t.ends).LogLoss
		}
	}
	best := 0
	for k := range ridges {
		if sums[k] < sums[best] {
			best = k
		}
	}
	return ridges[best], nil
}

// thinned takes at most n of a list, evenly.
func thinned(list []int, n int) []int {
	if len(list) <= n {
		return list
	}
	out := make([]int, n)
	for i := range out {
		out[i] = list[i*len(list)/n]
	}
	return out
}

// trial tells of some deals by others, with any penalty.
type trial struct {
	enc      *encoder
	from, of [][]feature
	won      []float64 // how those learned from ended
	ends     []float64 // how those told of ended
	base     float64   // share won of the former
	weights  []float64 // of the penalty that was tried last
}

func newTrial(e *Examples, usable, from, of []int) *trial {
	t := &trial{enc: newEncoder(e, usable, from), won: outcomes(e, from), ends: outcomes(e, of)}
	t.from, t.of, t.base = t.enc.encode(e, from), t.enc.encode(e, of), mean(t.won)
	return t
}

func (t *trial) told(ridge float64) []float64 {
	w := fit(t.from, t.won, t.enc.n, ridge, t.weights)
	t.weights = w
	p := make([]float64, len(t.of))
	for i, row := range t.of {
		p[i] = t.base
		if w != nil {
			p[i] = logistic(score(w, row))
		}
	}
	return p
}

func outcomes(e *Examples, rows []int) []float64 {
	out := make([]float64, len(rows))
	for i, r := range rows {
		out[i] = e.won(r)
	}
	return out
}

// gained is the log loss that p saves, and how many standard errors that is:
// the larger of those over deals and over blocks of them, since deals of one
// time share their luck.
func gained(p, base, won []float64) (gain, far float64) {
	d := make([]float64, len(p))
	for i := range p {
		d[i] = loss(base[i], won[i]) - loss(p[i], won[i])
	}
	gain = mean(d)
	var blocks []float64
	for i := range timeBlocks {
		blocks = append(blocks, mean(d[len(d)*i/timeBlocks:len(d)*(i+1)/timeBlocks]))
	}
	se := max(standardError(d), standardError(blocks))
	if se == 0 {
		return gain, 0
	}
	return gain, gain / se
}

func standardError(x []float64) float64 {
	if len(x) < 2 {
		return math.Inf(1)
	}
	m, sq := mean(x), 0.0
	for _, v := range x {
		sq += (v - m) * (v - m)
	}
	return math.Sqrt(sq / float64(len(x)-1) / float64(len(x)))
}

// ordered puts closed deals in the order of their close days. Where most have
// none, they stand in an order that has nothing to do with that of the file,
// which may be sorted by anything.
func ordered(e *Examples, closed []int) (order []int, inTime bool) {
	order = slices.Clone(closed)
	dated := 0
	for _, i := range closed {
		if e.Closed[i].Valid() {
			dated++
		}
	}
	first, last := span(e, closed)
	inTime = dated*10 >= len(closed)*9 && last > first
	shuffled := make(map[int]uint64, len(order))
	for _, i := range order {
		shuffled[i] = mix(uint64(i))
	}
	slices.SortFunc(order, func(a, b int) int {
		if inTime {
			return cmp.Or(cmp.Compare(e.Closed[a], e.Closed[b]), cmp.Compare(a, b))
		}
		return cmp.Compare(shuffled[a], shuffled[b])
	})
	return order, inTime
}

func span(e *Examples, rows []int) (first, last int) {
	first, last = math.MaxInt, math.MinInt
	for _, i := range rows {
		if d := e.Closed[i]; d.Valid() {
			first, last = min(first, int(d)), max(last, int(d))
		}
	}
	return first, last
}

// mix spreads numbers evenly, always alike.
func mix(x uint64) uint64 {
	h := fnv.New64a()
	var b [8]byte
	for i := range b {
		b[i] = byte(x >> (8 * i))
	}
	_, _ = h.Write(b[:]) // never fails
	x = h.Sum64()
	x ^= x >> 32
	x *= 0x9e3779b97f4a7c15
	return x ^ x>>29
}

// surest is how near to 0 and 1 probabilities come in Lift.
const surest = 1e-4

// Lift is how far the log odds of a probability lie from those of Base, as Deal
// has it.
func (m *Model) Lift(p float64) float64 {
	held := func(p float64) float64 { return max(surest, min(1-surest, p)) }
	return logit(held(p)) - logit(held(m.Base))
}

// Probability is that of a deal by its columns, numbered as those of the
// examples: number gives NaN and text the empty string where one is absent.
func (m *Model) Probability(number func(column int) float64, text func(column int) string) float64 {
	if !m.Used {
		return m.Base
	}
	var room [64]feature
	return logistic(score(m.weights, m.enc.row(room[:0], number, text)))
}
