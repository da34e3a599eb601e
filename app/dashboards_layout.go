package app

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"fieldbook/app/report"
	"fieldbook/data"
)

// GridColumns is how many columns a dashboard has.
const GridColumns = 12

const (
	layoutVersion = 1
	highestCard   = 24
)

// Layout is what stands on a dashboard. What a newer Fieldbook wrote into it stays.
type Layout struct {
	Cards []Placed
	rest  map[string]json.RawMessage
}

// Placed is one pane on the grid, in columns and rows.
type Placed struct {
	PaneAsk
	X, Y, W, H int
	rest       map[string]json.RawMessage
}

// placedJSON is how a card is written.
type placedJSON struct {
	paneJSON
	X int `json:"x"`
	Y int `json:"y"`
	W int `json:"w"`
	H int `json:"h"`
}

// ParseLayout reads what a dashboard's cell holds; nothing is an empty page. Cards
// that lie outside of the grid or on each other are moved. The error is Invalid.
func ParseLayout(text string) (Layout, error) {
	var l Layout
	if text == "" {
		return l, nil
	}
	bad := func(err error) error {
		return data.Wrap(data.Invalid, err, "This dashboard's layout cannot be read. Its history has the one before.")
	}
	if err := json.Unmarshal([]byte(text), &l.rest); err != nil {
		return l, bad(err)
	}
	var cards []json.RawMessage
	if raw, ok := l.rest["cards"]; ok {
		if err := json.Unmarshal(raw, &cards); err != nil {
			return l, bad(err)
		}
	}
	for _, raw := range cards {
		var c placedJSON
		p := Placed{}
		if json.Unmarshal(raw, &c) != nil || json.Unmarshal(raw, &p.rest) != nil {
			continue
		}
		p.PaneAsk = c.ask()
		p.X, p.Y, p.W, p.H = c.X, c.Y, c.W, c.H
		l.Cards = append(l.Cards, p)
	}
	return l.settled(-1), nil
}

// String writes the layout as the cell holds it.
func (l Layout) String() string {
	cards := make([]map[string]json.RawMessage, len(l.Cards))
	for i, p := range l.Cards {
		cards[i] = written(p.rest, placedJSON{p.written(), p.X, p.Y, p.W, p.H})
	}
	out := written(l.rest, struct {
		Version int `json:"version"`
	}{layoutVersion})
	if newer, ok := l.rest["version"]; ok {
		out["version"] = newer
	}
	out["cards"], _ = json.Marshal(cards) // texts and numbers
	text, _ := json.Marshal(out)
	return string(text)
}

// written puts known fields over those that were read.
func written(rest map[string]json.RawMessage, known any) map[string]json.RawMessage {
	out := maps.Clone(rest)
	if out == nil {
		out = map[string]json.RawMessage{}
	}
	for _, name := range []string{"by", "against", "days"} {
		delete(out, name)
	}
	raw, _ := json.Marshal(known)
	_ = json.Unmarshal(raw, &out) // what was just written
	return out
}

// Add puts a pane below the others.
func (l Layout) Add(ask PaneAsk) Layout {
	kind, _ := PaneNamed(ask.Name)
	p := Placed{PaneAsk: ask, W: max(kind.W, 2), H: max(kind.H, 2)}
	for _, c := range l.Cards {
		p.Y = max(p.Y, c.Y+c.H)
	}
	l.Cards = append(slices.Clone(l.Cards), p)
	return l.settled(-1)
}

// Remove takes a card off the page.
func (l Layout) Remove(i int) Layout {
	l.Cards = slices.Delete(slices.Clone(l.Cards), i, i+1)
	return l.settled(-1)
}

// Place moves a card and gives it a size. One of its size that it is put on
// changes places with it; others make room downwards.
func (l Layout) Place(i, x, y, w, h int) Layout {
	l.Cards = slices.Clone(l.Cards)
	was, c := l.Cards[i], &l.Cards[i]
	c.X, c.Y, c.W, c.H = x, y, w, h
	var under []int
	for k := range l.Cards {
		if k != i && l.Cards[k].meets(*c) {
			under = append(under, k)
		}
	}
	if len(under) == 1 {
		if o := &l.Cards[under[0]]; w == was.W && h == was.H && o.W == w && o.H == h {
			o.X, o.Y = was.X, was.Y
		}
	}
	return l.settled(i)
}

// Charts are the panes of the page for a report, from the top down and from left to
// right.
func (l Layout) Charts() []ReportChart {
	cards := slices.Clone(l.Cards)
	slices.SortStableFunc(cards, func(a, b Placed) int { return cmp.Or(a.Y-b.Y, a.X-b.X) })
	out := make([]ReportChart, len(cards))
	for i, c := range cards {
		out[i] = ReportChart{PaneAsk: c.PaneAsk}
	}
	return out
}

// Ask changes what a card asks for.
func (l Layout) Ask(i int, ask PaneAsk) Layout {
	l.Cards = slices.Clone(l.Cards)
	l.Cards[i].PaneAsk = ask
	return l
}

func (p Placed) meets(o Placed) bool {
	return p.X < o.X+o.W && o.X < p.X+p.W && p.Y < o.Y+o.H && o.Y < p.Y+p.H
}

// settled moves cards into the grid and up as far as they go, so that none lie on
// each other; the one that was moved, if any, goes first where two want a place.
func (l Layout) settled(moved int) Layout {
	l.Cards = slices.Clone(l.Cards)
	order := make([]int, len(l.Cards))
	for i := range l.Cards {
		order[i] = i
		c := &l.Cards[i]
		c.W, c.H = min(max(c.W, 2), GridColumns), min(max(c.H, 2), highestCard)
		c.X, c.Y = min(max(c.X, 0), GridColumns-c.W), max(c.Y, 0)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := l.Cards[a], l.Cards[b]
		switch {
		case x.Y != y.Y:
			return x.Y - y.Y
		case (a == moved) != (b == moved):
			if a == moved {
				return -1
			}
			return 1
		}
		return x.X - y.X
	})
	var put []Placed
	for _, i := range order {
		c := l.Cards[i]
		free := func() bool { return !slices.ContainsFunc(put, c.meets) }
		for !free() {
			c.Y++
		}
		for c.Y > 0 {
			if c.Y--; !free() {
				c.Y++
				break
			}
		}
		put = append(put, c)
		l.Cards[i] = c
	}
	return l
}

// DefaultLayout is the page of a role for which the book has none.
func DefaultLayout(role string) Layout {
	var l Layout
	put := func(name string, x, y, w, h int) {
		l.Cards = append(l.Cards, Placed{PaneAsk: PaneAsk{Name: name}, X: x, Y: y, W: w, H: h})
	}
	for i, name := range []string{report.CardAttainment, report.CardWon, report.CardCoverage, report.CardWinRate, report.CardDealSize, report.CardCycle} {
		put(name, 2*i, 0, 2, 2)
	}
	switch role {
	case data.RoleRep:
		put(PaneGauge, 0, 2, 4, 6)
		put(PaneRunning, 4, 2, 8, 6)
		put(PaneStages, 0, 8, 4, 6)
		put(PaneActivity, 4, 8, 8, 6)
	case data.RoleLead:
		put(PaneAttainment, 0, 2, 6, 7)
		put(PaneRunning, 6, 2, 6, 7)
		put(PaneMix, 0, 9, 6, 6)
		put(PaneBands, 6, 9, 6, 6)
		put(PaneCustomers, 0, 15, 12, 5)
	default:
		put(PaneAttainment, 0, 2, 7, 7)
		put(PaneLeaders, 7, 2, 5, 7)
		put(PaneRunning, 0, 9, 7, 6)
		put(PaneLoad, 7, 9, 5, 6)
		put(PaneFlow, 0, 15, 6, 6)
		put(PaneSizes, 6, 15, 6, 6)
	}
	return l
}
