package metrics

import "fieldbook/data"

// Standing is one open deal as a view has it.
type Standing struct {
	Place int // in Facts.Deals
	Key   data.Key
	Deal  *Deal // not to be changed or kept
	Stage int32
	Close data.Day // when it is expected to close
	Value int64    // in the book's currency, with Known
	Known bool
}

func (v *View) standing(c *cell) Standing {
	return Standing{
		Place: int(c.deal), Key: v.f.Keys[c.deal], Deal: &v.f.Deals[c.deal], Stage: int32(c.stage), Close: c.close, Value: c.value, Known: c.worth == known,
	}
}

// EachOpen calls fn with every open deal of the view, in no order that means
// anything.
func (v *View) EachOpen(fn func(Standing)) {
	for i := range v.parts {
		for j := range v.parts[i].open {
			fn(v.standing(&v.parts[i].open[j]))
		}
	}
}

// EachWon calls fn with every deal of the view that was won in a period, in no
// order that means anything.
func (v *View) EachWon(in data.Period, fn func(Standing)) {
	for i := range v.parts {
		p := &v.parts[i]
		if !p.meets(in) {
			continue
		}
		for j := range p.closed {
			if c := &p.closed[j]; c.kind == Won && in.Contains(c.close) {
				fn(v.standing(c))
			}
		}
	}
}
