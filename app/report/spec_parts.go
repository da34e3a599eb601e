package report

import (
	"math"
	"slices"
)

// Parts names what of a chart can be shown or left out, in order: its series where
// it has several, or the line over its bars.
func Parts(s Spec) []string {
	var out []string
	switch s := s.(type) {
	case Lines:
		for _, l := range s.Series {
			out = append(out, l.Label)
		}
	case Stacks:
		for _, x := range s.Series {
			out = append(out, x.Label)
		}
	case Columns:
		if s.Trend != nil {
			return []string{s.Trend.Label}
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// Without is the chart with some of its series left out. They stay named, so that
// they can be brought back, and keep their inks.
func Without(s Spec, off map[string]bool) Spec {
	switch c := s.(type) {
	case Lines:
		c.Series = slices.Clone(c.Series)
		for i, l := range c.Series {
			if off[l.Label] {
				c.Series[i].Off, c.Series[i].Points = true, nil
			}
		}
		return c
	case Stacks:
		return c.without(off)
	case Columns:
		return c.without(off)
	}
	return s
}

func (s Stacks) without(off map[string]bool) Stacks {
	out, none := s, true
	out.Series, out.Bars = slices.Clone(s.Series), slices.Clone(s.Bars)
	for i, x := range s.Series {
		out.Series[i].Off = off[x.Label]
		none = none && !off[x.Label]
	}
	if none {
		return s
	}
	for i, b := range s.Bars {
		out.Bars[i].Text = "" // it spoke of the whole
		out.Bars[i].Parts = slices.Clone(b.Parts)
		for j := range b.Parts {
			if j < len(out.Series) && out.Series[j].Off {
				out.Bars[i].Parts[j] = Mark{}
			}
		}
	}
	return out
}

func (c Columns) without(off map[string]bool) Columns {
	if c.Trend == nil {
		return c
	}
	trend := *c.Trend
	if trend.Off = off[trend.Label]; trend.Off {
		trend.Values = nil
	}
	c.Trend = &trend
	return c
}

// Timed reports whether the chart goes along time from left to right, so that a
// part of it can be looked at closer.
func Timed(s Spec) bool {
	switch s := s.(type) {
	case Lines:
		lo, hi := s.across()
		return hi > lo
	case Columns:
		return len(s.Bars) > 2
	case Stacks:
		return s.Time && len(s.Bars) > 2
	case Calendar:
		return len(s.Days) > 14
	}
	return false
}

// Zoomed is the part of a timed chart between two shares of its width, 0 being
// its beginning and 1 its end. At least two bars or weeks stay.
func Zoomed(s Spec, from, to float64) Spec {
	from, to = max(0, min(from, to)), min(1, max(from, to))
	if from == 0 && to == 1 || !Timed(s) {
		return s
	}
	switch s := s.(type) {
	case Lines:
		lo, hi := s.across()
		s.MinX, s.MaxX = lo+(hi-lo)*from, lo+(hi-lo)*to
		return s
	case Columns:
		i, j := cut(len(s.Bars), 2, from, to)
		s.Bars = s.Bars[i:j]
		if s.Trend != nil {
			trend := *s.Trend
			trend.Values = trend.Values[min(i, len(trend.Values)):min(j, len(trend.Values))]
			s.Trend = &trend
		}
		return s
	case Stacks:
		i, j := cut(len(s.Bars), 2, from, to)
		s.Bars = s.Bars[i:j]
		return s
	case Calendar:
		i, j := cut(len(s.Days), 14, from, to)
		s.First, s.Days = s.First.AddDays(i), s.Days[i:j]
		return s
	}
	return s
}

// cut is the range of n marks between two shares, with at least some of them.
func cut(n, least int, from, to float64) (i, j int) {
	i, j = int(math.Floor(from*float64(n)+1e-9)), int(math.Ceil(to*float64(n)-1e-9))
	i = max(0, min(i, n-least))
	return i, min(n, max(j, i+least))
}

// across is from where to where lines go.
func (l Lines) across() (lo, hi float64) {
	if l.MaxX > l.MinX {
		return l.MinX, l.MaxX
	}
	lo, hi = math.Inf(1), math.Inf(-1)
	see := func(x, y float64) {
		if isNumber(x) && isNumber(y) {
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	for _, s := range l.Series {
		for _, p := range s.Points {
			see(p.X, p.Y)
		}
	}
	if l.Range != nil {
		for _, p := range l.Range.Points {
			see(p.X, p.Low+p.High)
		}
	}
	return lo, hi
}
