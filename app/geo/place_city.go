package geo

import (
	"strings"

	"fieldbook/data/sheet"
)

// city is a populated place of a gazetteer.
type city struct {
	names   []string // as written; the first is the usual one
	country string
	at      Point
	people  int64
}

// clearly is how many times more people the largest of some cities of one name
// must have for the name alone to mean it.
const clearly = 10

// placeCity looks for the city in its state; without a state, in its country,
// or everywhere, where the name then has to be clear.
func (a *Atlas) placeCity(q query) (Spot, bool) {
	for _, name := range []string{q.city, q.town} {
		for _, key := range cityKeys(name) {
			for _, cities := range a.candidates(key) {
				if spot, ok := a.choose(cities, q); ok {
					return spot, true
				}
			}
		}
	}
	return Spot{}, false
}

// cityKeys gives the forms of a name to look up: the whole, and its parts
// where it is given in two languages.
func cityKeys(name string) []string {
	var keys []string
	if name = strings.TrimSpace(name); name != "" {
		keys = append(keys, cityKey(name))
	}
	if parts := strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '(' || r == ')' }); len(parts) > 1 {
		for _, part := range parts {
			keys = append(keys, cityKey(part))
		}
	}
	return keys
}

// candidates gives the cities of a name, list by list: those that the person
// brought, by usual name, then by other names, then those of the map.
func (a *Atlas) candidates(key string) [][]city {
	var lists [][]city
	if a.own != nil {
		lists = append(lists, a.own.byName(key), a.own.byOther(key))
	}
	var mapped []city
	for _, i := range a.lookups().cities[key] {
		mapped = append(mapped, a.cities[i])
	}
	return append(lists, mapped)
}

// choose takes the largest of the cities that fit; where only its name speaks
// for it, it has to be clearly the largest.
func (a *Atlas) choose(cities []city, q query) (Spot, bool) {
	best, second, unit, fit := city{people: -1}, int64(-1), "", 0
	for _, c := range cities {
		in, ok := a.fits(c, q)
		if !ok {
			continue
		}
		fit++
		if c.people > best.people {
			best, second, unit = c, best.people, in
		} else {
			second = max(second, c.people)
		}
	}
	clear := fit == 1 || best.people > 0 && best.people >= clearly*second
	if fit == 0 || !clear && q.state == "" && q.guess == "" {
		return Spot{}, false
	}
	return Spot{best.at[0], best.at[1], ByCity, unit}, true
}

// fits tells whether a city can be the one of an address, and the smallest
// unit that it lies in.
func (a *Atlas) fits(c city, q query) (unit string, ok bool) {
	country := c.country
	if isPart(country) {
		country = home
	}
	if q.country != "" && country != q.country {
		return "", false
	}
	unit, state := a.smallest(c.at, country)
	return unit, (q.state == "" || state == q.state) && (q.guess == "" || state == q.guess)
}

// short are words that names of cities are shortened to.
var short = map[string]string{"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}

// cityKey is the form under which spellings of a city's name are the same.
func cityKey(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' })
	for i, word := range words[:max(0, len(words)-1)] {
		if long := short[strings.ToLower(strings.TrimSuffix(word, "."))]; long != "" {
			words[i] = long
		}
	}
	key := sheet.Fold(strings.Join(words, " "))
	if bare, ok := strings.CutSuffix(key, "city"); ok && bare == "newyork" {
		return bare
	}
	return key
}
