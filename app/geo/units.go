package geo

import (
	"slices"
	"strings"
)

// home is the country that has levels below the state.
const home = "US"

// Unit gives the unit of a code.
func (a *Atlas) Unit(code string) (Unit, bool) {
	if at, ok := a.byCode[code]; ok {
		return a.units[at], true
	}
	digits, ok := strings.CutPrefix(code, "US/z")
	if !ok {
		return Unit{}, false
	}
	if i, ok := a.zips.find(digits); ok {
		return a.zipUnit(i), true
	}
	if i, ok := a.zips.findArea(digits); ok {
		return a.areaUnit(i), true
	}
	return Unit{}, false
}

// Units lists the units of a level that lie within a unit, by code; all of the
// level where within is "". ZIPs lie in a state, a county and a ZIP3.
func (a *Atlas) Units(level Level, within string) []Unit {
	var units []Unit
	switch level {
	case ZIP:
		for _, r := range a.regionsOf(within) {
			for _, i := range r.zips {
				if within == "" || a.zipWithin(int(i), within) {
					units = append(units, a.zipUnit(int(i)))
				}
			}
		}
	case ZIP3:
		for i := range a.zips.areas {
			if u := a.areaUnit(i); within == "" || a.Within(u.Code, within) {
				units = append(units, u)
			}
		}
	default:
		for _, u := range a.units {
			if u.Level == level && (within == "" || a.Within(u.Code, within)) {
				units = append(units, u)
			}
		}
	}
	slices.SortFunc(units, func(x, y Unit) int { return strings.Compare(x.Code, y.Code) })
	return units
}

// Children gives the codes of the units one step down, in order: of a country
// its states, of a state of the United States its counties, of a county or a
// ZIP3 its ZIPs.
func (a *Atlas) Children(code string) []string {
	u, ok := a.Unit(code)
	below, known := map[Level]Level{Country: State, State: County, County: ZIP, ZIP3: ZIP}[u.Level]
	if !ok || !known {
		return nil
	}
	var codes []string
	for _, child := range a.Units(below, code) {
		codes = append(codes, child.Code)
	}
	return codes
}

// Within tells whether a unit is another one or lies in it. Puerto Rico and
// the four others that are a country on the map of the world and a state on
// that of the United States lie within both.
func (a *Atlas) Within(code, outer string) bool {
	if code == outer {
		_, ok := a.Unit(code)
		return ok
	}
	if at, ok := a.byCode[code]; ok {
		return a.unitWithin(a.units[at], outer)
	}
	digits, ok := strings.CutPrefix(code, "US/z")
	if !ok {
		return false
	}
	if i, ok := a.zips.find(digits); ok {
		return a.zipWithin(i, outer)
	}
	if i, ok := a.zips.findArea(digits); ok {
		return a.unitWithin(a.areaUnit(i), outer)
	}
	return false
}

func (a *Atlas) unitWithin(u Unit, outer string) bool {
	for u.In != "" {
		if u.In == outer || partOf(u.Code, outer) {
			return true
		}
		u = a.units[a.byCode[u.In]]
	}
	return false
}

// partOf tells that a state of the United States is the country outer too.
func partOf(state, outer string) bool {
	return len(outer) == 2 && len(state) == 5 && state[:3] == "US-" && state[3:] == outer && isPart(outer)
}

func isPart(country string) bool {
	switch country {
	case "AS", "GU", "MP", "PR", "VI":
		return true
	}
	return false
}

// CountyOf gives the county that holds a ZIP (with or without ZIP+4) or most
// of its people, as the Census Bureau has it.
func (a *Atlas) CountyOf(zip string) (string, bool) {
	i, ok := a.zips.find(fiveDigits(strings.TrimPrefix(zip, "US/z")))
	if !ok {
		return "", false
	}
	return a.countyUnit(a.zips.counties[i]).Code, true
}

func (a *Atlas) countyUnit(place int32) Unit { return a.units[a.counties.units[place]] }

// At gives the unit of a level that a point lies in. A ZIP is the one whose
// centre is nearest among those of the point's state.
func (a *Atlas) At(level Level, lon, lat float64) (Unit, bool) {
	p := Point{lon, lat}
	switch level {
	case Country:
		return a.unitAt(a.countries, p)
	case State:
		if u, ok := a.unitAt(a.counties, p); ok {
			return a.units[a.byCode[u.In]], true
		}
		return a.unitAt(a.states, p)
	case County:
		return a.unitAt(a.counties, p)
	case ZIP, ZIP3:
		county, ok := a.unitAt(a.counties, p)
		if !ok {
			return Unit{}, false
		}
		i := a.zips.nearest(county.In, p)
		if i < 0 {
			return Unit{}, false
		}
		if level == ZIP3 {
			return a.areaUnit(int(a.zips.areaOf[i])), true
		}
		return a.zipUnit(i), true
	}
	return Unit{}, false
}

func (a *Atlas) unitAt(l *layer, p Point) (Unit, bool) {
	place := l.at(p)
	if place < 0 {
		return Unit{}, false
	}
	return a.units[l.units[place]], true
}

// Shape gives the outline of a unit, empty for a code that is not there. That
// of a ZIP is the cell round its centre, that of a ZIP3 the cells of its ZIPs.
func (a *Atlas) Shape(code string) Shape {
	if at, ok := a.byCode[code]; ok {
		return a.drawn[at].layer.shape(int(a.drawn[at].place))
	}
	return a.cellShape(code)
}
