package report

import (
	"cmp"
	"math"
	"slices"

	"fieldbook/assets/lang"
)

// Waterfall shows how one level became another: totals stand on zero, each
// change between them begins where the one before it ended.
type Waterfall struct {
	Head
	Steps []Change
	Axis  Format // nil writes plain numbers
}

// Change is one step of a waterfall. Mark.Value is what it adds, or, of a
// total, the level reached; a total of NA() stands at what the changes add up
// to. Text should carry the sign of a change.
type Change struct {
	Mark
	Total bool
	Tone  Tone // Plain is good upwards and bad downwards; Quiet is neither
}

// Span is where a bar begins and ends.
type Span struct{ From, To float64 }

// Spans places every step. A change without a value counts as none.
func (w Waterfall) Spans() []Span {
	out := make([]Span, len(w.Steps))
	level := 0.0
	for i, s := range w.Steps {
		switch v := s.Value; {
		case s.Total && isNumber(v):
			out[i], level = Span{0, v}, v
		case s.Total:
			out[i] = Span{0, level}
		default:
			out[i] = Span{level, level + number(v)}
			level = out[i].To
		}
	}
	return out
}

// Off is how far the changes miss the last total that has a value: 0 where the
// waterfall balances, but for the rounding of floating point.
func (w Waterfall) Off() float64 {
	level, off, most := 0.0, 0.0, 0.0
	for i, s := range w.Steps {
		most = max(most, math.Abs(number(s.Value)))
		switch {
		case s.Total && isNumber(s.Value):
			if i > 0 {
				off = s.Value - level
			}
			level = s.Value
		case !s.Total:
			level += number(s.Value)
		}
	}
	const rounding = 1e-12
	if math.Abs(off) <= most*rounding*float64(len(w.Steps)) {
		return 0
	}
	return off
}

func (w Waterfall) table(title string) [][]string {
	spans, i := w.Spans(), -1
	return figures([]string{title, lang.T("Change"), lang.T("Level")}, w.Steps, func(s Change) []string {
		i++
		change := plain(s.Value)
		if s.Total {
			change = ""
		}
		return []string{s.Label, change, plain(spans[i].To)}
	})
}

// Stacks are vertical bars of parts: on each other, or side by side where
// Grouped. Parts below zero go down from the baseline.
type Stacks struct {
	Head
	Series  []Series
	Bars    []Stack
	Grouped bool
	Time    bool   // bars follow each other in time: where not all fit, the latest stay
	Axis    Format // nil writes plain numbers
}

// Series names one part of every bar.
type Series struct {
	Label string
	Key   string
	Off   bool // left out for now, see Without
}

// Stack is one bar or group. Its own Value is not drawn, its Text stands over
// a stack; Parts follow the series.
type Stack struct {
	Mark
	Parts []Mark
}

func (s Stacks) table(title string) [][]string {
	heads := []string{title}
	for _, x := range s.Series {
		heads = append(heads, x.Label)
	}
	return figures(heads, s.Bars, func(b Stack) []string { return append([]string{b.Label}, values(b.Parts, len(s.Series))...) })
}

// values writes n marks as numbers, blanks where there are fewer.
func values(marks []Mark, n int) []string {
	out := make([]string, n)
	for i := range min(n, len(marks)) {
		out[i] = plain(marks[i].Value)
	}
	return out
}

// Pareto shows marks from the largest to the smallest, with the line of their
// running share; the few that make most stand out. Marks of 0 or less have no
// share and stand last.
type Pareto struct {
	Head
	Bars []Mark // in any order
	Most Tick   // share with a line across, 0.8 with "80%"; no label draws none
	Axis Format // nil writes plain numbers
}

// Ranked returns the bars from the largest to the smallest and the running
// share up to each, 1 at the last above 0; NA() where nothing is above 0.
func (p Pareto) Ranked() (bars []Mark, shares []float64) {
	bars = slices.Clone(p.Bars)
	slices.SortStableFunc(bars, func(a, b Mark) int { return cmp.Compare(number(b.Value), number(a.Value)) })
	// Tenths keep the sum of the largest floats finite.
	total, sum := 0.0, 0.0
	for _, b := range bars {
		total += max(number(b.Value), 0) / 10 / float64(len(bars))
	}
	for _, b := range bars {
		sum += max(number(b.Value), 0) / 10 / float64(len(bars))
		shares = append(shares, share(sum, total))
	}
	return bars, shares
}

// share is part of whole, NA() of nothing.
func share(part, whole float64) float64 {
	if whole <= 0 {
		return NA()
	}
	return min(part/whole, 1)
}

func (p Pareto) table(title string) [][]string {
	bars, shares := p.Ranked()
	i := -1
	return figures([]string{title, lang.T("Value"), lang.T("Running share")}, bars, func(b Mark) []string {
		i++
		return []string{b.Label, plain(b.Value), plain(shares[i])}
	})
}

func isNumber(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// number is v, or 0 where there is none.
func number(v float64) float64 {
	if isNumber(v) {
		return v
	}
	return 0
}
