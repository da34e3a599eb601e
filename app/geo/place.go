package geo

import (
	"strings"
)

// How exactly an address was placed, from fine to coarse.
const (
	ByPostalCode = "postal code"
	ByCity       = "city"
	ByPostalArea = "postal area" // the first three digits of a ZIP that has no area of its own
	ByState      = "state"
	ByCountry    = "country"
)

// Address is what is known of where something is. Any field may be empty.
type Address struct{ City, State, PostalCode, Country string }

// Spot is where an address was placed: a point, how exactly that is it (one of
// the By constants), and the smallest unit that it is known to lie in.
type Spot struct {
	Lon, Lat  float64
	Precision string
	Unit      string
}

// Place finds an address as exactly as the map and the person's own gazetteer
// can, and no more exactly: an unknown city in a known state is placed at the
// state. It tells nothing where country and state are unknown, or where the
// country is not one that it knows. Callers give the country that a book is
// at home in where an address has none: digits alone are a ZIP in the United
// States only.
func (a *Atlas) Place(addr Address) (Spot, bool) {
	n := a.lookups()
	q := query{city: strings.TrimSpace(addr.City), postal: strings.TrimSpace(addr.PostalCode)}
	if named := strings.TrimSpace(addr.Country); named != "" {
		if q.country = n.country(named); q.country == "" {
			return Spot{}, false
		}
	}
	if isPart(q.country) {
		q.country, q.state = home, home+"-"+q.country
	}
	if named := strings.TrimSpace(addr.State); named != "" && q.state == "" {
		q.state = n.state(q.country, named)
		if q.state != "" {
			q.country = a.units[a.byCode[q.state]].In
		} else if q.country == "" {
			q.guess = n.state(home, named)
		} else {
			q.town = named
		}
	}
	for _, try := range []func(query) (Spot, bool){a.placeZIP, a.placePostal, a.placeCity, a.placeArea} {
		if spot, ok := try(q); ok {
			return spot, true
		}
	}
	return a.placeUnit(q)
}

// query is an address with country and state found.
type query struct {
	city, postal   string
	country, state string // codes, "" where not known
	guess          string // the state, if the address is in the United States
	town           string // what stands for the state and is none: in Britain often the post town
}

// american tells whether digits can be taken for a ZIP.
func (q query) american() bool {
	return q.country == home || q.country == "" && (q.guess != "" || strings.Contains(q.postal, "-"))
}

// agrees tells whether a ZIP of that state can belong to the address.
func (q query) agrees(state string) bool {
	wanted := q.state
	if wanted == "" {
		wanted = q.guess
	}
	return wanted == "" || wanted == state
}

func (a *Atlas) placeZIP(q query) (Spot, bool) {
	if !q.american() {
		return Spot{}, false
	}
	i, ok := a.zips.find(fiveDigits(q.postal))
	if !ok {
		return Spot{}, false
	}
	u := a.zipUnit(i)
	if !q.agrees(u.In) {
		return Spot{}, false
	}
	return Spot{u.Lon, u.Lat, ByPostalCode, u.Code}, true
}

// placeArea places a ZIP that has no area of its own, such as a post office
// box, where the ZIPs with the same first digits are.
func (a *Atlas) placeArea(q query) (Spot, bool) {
	digits := fiveDigits(q.postal)
	if digits == "" || !q.american() {
		return Spot{}, false
	}
	if _, own := a.zips.find(digits); own {
		return Spot{}, false // and is at odds with the state
	}
	i, ok := a.zips.findArea(digits[:3])
	if !ok || !q.agrees(a.zips.areas[i].state) {
		return Spot{}, false
	}
	u := a.areaUnit(i)
	return Spot{u.Lon, u.Lat, ByPostalArea, u.Code}, true
}

// placePostal looks the code up in the person's own gazetteer.
func (a *Atlas) placePostal(q query) (Spot, bool) {
	if a.own == nil || q.country == "" || q.postal == "" {
		return Spot{}, false
	}
	at, ok := a.own.postalCode(q.country, q.postal)
	if !ok {
		return Spot{}, false
	}
	unit, state := a.smallest(at, q.country)
	if state != "" && !q.agrees(state) {
		return Spot{}, false
	}
	return Spot{at[0], at[1], ByPostalCode, unit}, true
}

func (a *Atlas) placeUnit(q query) (Spot, bool) {
	code, precision := q.state, ByState
	if code == "" {
		code, precision = q.country, ByCountry
		// Where a province is named after its city, that is the better answer.
		for _, city := range []string{q.city, q.town} {
			if same := a.lookups().named(q.country, city); same != "" && precision == ByCountry {
				code, precision = same, ByState
			}
		}
	}
	u, ok := a.Unit(code)
	if !ok {
		return Spot{}, false
	}
	return Spot{u.Lon, u.Lat, precision, u.Code}, true
}

// coast is how far off the coarse map, in kilometres, a place may lie and
// still be counted to the state next to it.
const coast = 30

// smallest gives the smallest unit of a country that is sure to hold a point,
// and its state, "" where that is not known.
func (a *Atlas) smallest(at Point, country string) (unit, state string) {
	if county, ok := a.At(County, at[0], at[1]); ok && country == home {
		return county.Code, county.In
	}
	u, ok := a.At(State, at[0], at[1])
	if !ok || u.In != country {
		var away float64
		u, away, ok = a.Nearest(State, at[0], at[1])
		ok = ok && away <= coast && u.In == country
	}
	if ok {
		return u.Code, u.Code
	}
	return country, ""
}
