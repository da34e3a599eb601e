package app

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"fieldbook/app/planning"
	"fieldbook/app/report"
	"fieldbook/data"
)

// PlanView says what a plan's map is coloured by.
type PlanView struct {
	By    planning.Measure // areas by this measure; "" by territory
	Size  planning.Measure // of the dots; "" makes all alike
	Index []float64        // shown beside the names
}

// Map draws the plan: its areas and accounts by territory, or areas by a measure.
func (b *PlanBook) Map(v PlanView) report.MapSpec {
	spec := report.MapSpec{Frame: b.Info.Frame, Level: b.Info.Level, Ramp: v.By != ""}
	for i, t := range b.Plan.Territories {
		g := report.MapGroup{Name: t.Name, Colour: t.Color}
		if i < len(v.Index) {
			g.Note = strconv.Itoa(int(math.Round(v.Index[i])))
			g.Warn = math.Abs(v.Index[i]-100) > b.Info.Tolerance
		}
		spec.Groups = append(spec.Groups, g)
	}
	for i := range b.Areas {
		h := b.Plan.HolderOf(&b.Areas[i])
		a := report.MapArea{Code: b.Areas[i].Code, Group: h.Territory, Dim: h.Locked}
		if v.By != "" {
			a.Value = b.Areas[i].Values.Of(v.By)
		}
		spec.Areas = append(spec.Areas, a)
	}
	for i := range b.Accounts {
		a := &b.Accounts[i]
		if !a.Placed {
			continue
		}
		t, why := b.Plan.Place(a)
		p := report.MapPoint{ID: a.ID.String(), Name: a.Name, Lon: a.Lon, Lat: a.Lat, Group: t, Hollow: a.Rough, Locked: why == planning.Pinned, Size: 1}
		if v.Size != "" {
			p.Size = math.Max(0, a.Values.Of(v.Size))
		}
		spec.Points = append(spec.Points, p)
	}
	return spec
}

// AccountAt finds an account by the id that its dot on the map has.
func (b *PlanBook) AccountAt(dot string) (int, bool) {
	id, err := data.ParseID(dot)
	if err != nil {
		return 0, false
	}
	i, ok := b.places[id]
	return i, ok
}

// Caught is what a click, a lasso or a brush stroke holds.
type Caught struct {
	Areas    []string
	Accounts []data.ID
	Values   planning.Values // of the accounts named and of those in the areas
	Count    int             // accounts, those in the areas included
}

// Catch adds up areas and dots of the map; an account in a caught area counts once.
func (b *PlanBook) Catch(codes, dots []string) Caught {
	c := Caught{Areas: codes}
	in := map[string]bool{}
	for _, code := range codes {
		in[code] = true
	}
	seen := map[int]bool{}
	add := func(i int) {
		if !seen[i] {
			seen[i] = true
			c.Count++
			c.Values.Add(b.Accounts[i].Values)
		}
	}
	for _, dot := range dots {
		if i, ok := b.AccountAt(dot); ok {
			c.Accounts = append(c.Accounts, b.Accounts[i].ID)
			add(i)
		}
	}
	for i := range b.Accounts {
		for _, code := range b.Accounts[i].Codes {
			if in[code] {
				add(i)
				break
			}
		}
	}
	return c
}

// Try hands areas and accounts over in the picture alone, as while a person is
// painting: what is locked stays. It reports what would move.
func (b *PlanBook) Try(g Giving) Given {
	to := planning.Nobody
	if !g.Territory.IsZero() {
		at, err := b.territory(g.Territory)
		if err != nil {
			return Given{}
		}
		to = at
	}
	edit := planEdit{book: b}
	out := edit.give(g, to)
	for _, part := range edit.parts {
		if part.Account.IsZero() {
			b.Plan.Areas[part.Unit] = planning.Hold{Territory: to}
		} else {
			b.Plan.Named[part.Account] = planning.Hold{Territory: to}
		}
	}
	for _, code := range edit.smaller {
		delete(b.Plan.Areas, code)
	}
	if b.tally != nil {
		b.tally.moved(b, edit.parts)
	}
	return out
}

// IsArea reports whether a code is that of an area of the map.
func (b *PlanBook) IsArea(code string) bool {
	_, ok := b.atlas.Unit(code)
	return ok
}

// AreaName is what an area is called.
func (b *PlanBook) AreaName(code string) string {
	if u, ok := b.atlas.Unit(code); ok {
		return u.Name
	}
	return code
}

// AreaValue is the figure of an area, 0 where it is none of the plan's level.
func (b *PlanBook) AreaValue(code string, m planning.Measure) float64 {
	i, ok := slices.BinarySearchFunc(b.Areas, code, func(a planning.Area, code string) int { return strings.Compare(a.Code, code) })
	if !ok {
		return 0
	}
	return b.Areas[i].Values.Of(m)
}

// HoldersOf names the territories of what was caught, one an area, else one an
// account; "" is nobody.
func (b *PlanBook) HoldersOf(c Caught) []string {
	var out []string
	name := func(t int) string {
		if t == planning.Nobody {
			return ""
		}
		return b.Plan.Territories[t].Name
	}
	for _, code := range c.Areas {
		out = append(out, name(b.Plan.Holder(code, b.around(code)...).Territory))
	}
	if len(c.Areas) > 0 {
		return out
	}
	for _, id := range c.Accounts {
		if i, ok := b.places[id]; ok {
			t, _ := b.Plan.Place(&b.Accounts[i])
			out = append(out, name(t))
		}
	}
	return out
}
