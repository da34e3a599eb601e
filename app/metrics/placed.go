package metrics

import "fieldbook/data"

// Heading is a row of a grouping: what counts under it stands at the positions
// From up to, not including, To. A territory holds those below it.
type Heading struct {
	Key      string
	ID       data.ID
	From, To int32
}

// Headings are the rows of a grouping, deals without entry last, and how many
// positions there are.
type Headings struct {
	Rows      []Heading
	Positions int
}

// Placed is one deal of a view with its position in a grouping.
type Placed struct {
	Standing
	Type     StageType
	Position int32
	NoRate   bool     // in a currency without a rate: left out of sums
	Category Category // of an open deal
	Weighted int64    // of an open deal: value × the chance of its stage
	// OpenValue is what the deal counted for while it was open, with OpenKnown:
	// of one that a file brought as closed, its list price.
	OpenValue int64
	OpenKnown bool
}

// Placed sorts the deals of the view by a grouping that does not go by time,
// and calls fn with each, in no order that means anything. An unknown grouping
// or one by time is Invalid.
func (v *View) Placed(by By, fn func(*Placed)) (Headings, error) {
	return v.placed(by, fn, func(p *part) [][]cell { return [][]cell{p.closed, p.open} })
}

// PlacedOpen is Placed of the open deals alone, which are few.
func (v *View) PlacedOpen(by By, fn func(*Placed)) (Headings, error) {
	return v.placed(by, fn, func(p *part) [][]cell { return [][]cell{p.open} })
}

func (v *View) placed(by By, fn func(*Placed), of func(*part) [][]cell) (Headings, error) {
	if by == ByMonth || by == ByQuarter || by == ByYear {
		return Headings{}, data.Errorf(data.Invalid, "Deals that are still open have no %s yet; choose person, manager, region, territory or product.", string(by))
	}
	g, err := v.group(by, data.AllTime)
	if err != nil {
		return Headings{}, err
	}
	out := Headings{Positions: g.n}
	for _, row := range g.groups {
		out.Rows = append(out.Rows, Heading{Key: row.key, ID: row.id, From: row.lo, To: row.hi})
	}
	var p Placed
	chances := v.Chances()
	for i := range v.parts {
		for _, cells := range of(&v.parts[i]) {
			for j := range cells {
				v.place(&p, &cells[j], &g)
				if c := &cells[j]; c.kind == Open && c.stage >= 0 {
					p.Weighted = chances[c.stage].Weigh(c.value)
				}
				fn(&p)
			}
		}
	}
	return out, nil
}

func (v *View) place(p *Placed, c *cell, g *grouping) {
	*p = Placed{Standing: v.standing(c), Type: c.kind, Position: g.at(c), NoRate: c.worth == noRate}
	if c.kind == Open {
		p.Category = v.categoryOf(c)
		p.OpenValue, p.OpenKnown = p.Value, p.Known
		return
	}
	d := p.Deal
	var w worth
	switch {
	case d.LastOpenAmount != 0:
		p.OpenValue, w = rated(v.pricer.factorOn(d.Currency, c.close).convert(d.LastOpenAmount))
	case d.Flags&ClosedByImport != 0 || d.Flags&HasAmount == 0 || d.Amount == 0:
		p.OpenValue, w = v.pricer.listOn(d.Product, c.close)
	default:
		p.OpenValue, w = rated(v.pricer.factorOn(d.Currency, c.close).convert(d.Amount))
	}
	p.OpenKnown = w == known
}
