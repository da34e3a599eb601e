package metrics

import (
	"cmp"
	"slices"

	"fieldbook/data"
)

// credit is what a split moves: value to a person, or with a minus from the
// owner of the deal. All that splits of type revenue move of one deal adds up to
// zero, so that sums over people hold each deal once.
type credit struct {
	cell
	overlay bool // only for the person, in no sum
	back    bool // what the owner gives; it stands behind what the others get
}

// credited lists what splits move among the deals of the view's scope.
func (v *View) credited() []credit {
	if len(v.f.Splits) == 0 {
		return nil
	}
	out, _ := v.credits.get(struct{}{}, func() ([]credit, error) { return v.readCredits(), nil })
	return out
}

func (v *View) readCredits() []credit {
	splits := slices.Clone(v.f.Splits)
	slices.SortStableFunc(splits, func(a, b Split) int { return cmp.Compare(a.Deal, b.Deal) })
	seg := v.f.segment(v.query.Filter)
	owners := seg.owner
	seg.owner = nil
	var out []credit
	for from := 0; from < len(splits); {
		to := from
		for to < len(splits) && splits[to].Deal == splits[from].Deal {
			to++
		}
		if c, ok := v.cellOf(splits[from].Deal, &seg); ok {
			for _, x := range shared(c, splits[from:to]) {
				if owners.has(x.owner) && v.holds(&x.cell) {
					out = append(out, x)
				}
			}
		}
		from = to
	}
	return out
}

// holds reports whether a cell is of the view's scope.
func (v *View) holds(c *cell) bool {
	return v.query.Scope.Whose == Everyone || v.roster.inScope(v.query.Scope, v.f.Deals[c.deal].Account, c.owner, c.day(v.query.AsOf))
}

// cellOf reads one deal, whoever's it is.
func (v *View) cellOf(key data.Key, seg *segment) (cell, bool) {
	place, ok := v.f.Place(key)
	if !ok || !seg.keeps(&v.f.Deals[place]) {
		return cell{}, false
	}
	d := &v.f.Deals[place]
	s := v.reader.state(d)
	if !s.Exists || !seg.stage.has(s.Stage) {
		return cell{}, false
	}
	c := cell{deal: int32(place), owner: d.Owner, born: d.born(), close: s.Close, stage: int16(s.Stage), kind: s.Type, days: untimed}
	c.value, c.worth = v.pricer.value(d, &s)
	return c, c.worth == known
}

// shared divides the value of a deal. Shares that come to more than the whole
// are taken in proportion; the owner keeps what is not given away.
func shared(c cell, splits []Split) []credit {
	var out []credit
	var whole uint64
	for _, s := range splits {
		if !s.Overlay {
			whole += percent(s.Share)
		}
	}
	whole = max(whole, wholePercent)
	var before, weight uint64
	given := int64(0)
	for _, s := range splits {
		x := credit{cell: c, overlay: s.Overlay}
		x.owner = s.Person
		if s.Overlay {
			x.value, _ = mulDiv(c.value, percent(s.Share), wholePercent)
			out = append(out, x)
			continue
		}
		before, weight = weight, weight+percent(s.Share)
		upTo, _ := mulDiv(c.value, weight, whole)
		since, _ := mulDiv(c.value, before, whole)
		x.value = upTo - since
		if s.Person != c.owner {
			given += x.value
			out = append(out, x)
		}
	}
	if given != 0 {
		c.value = -given
		out = append(out, credit{cell: c, back: true})
	}
	return out
}
