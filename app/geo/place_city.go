package geo

import (
	"slices"
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
	if q.city == "" {
		return Spot{}, false
	}
	key := cityKey(q.city)
	for _, cities := range a.candidates(key) {
		if spot, ok := a.choose(cities, q); ok {
			return spot, true
		}
	}
	return Spot{}, false
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

func (a *Atlas) choose(cities []city, q query) (Spot, bool) {
	type found struct {
		city
		unit string
	}
	var fit []found
	for _, c := range cities {
		if q.country != "" && c.country != q.country && !(q.country == home && isPart(c.country)) {
			continue
		}
		country := c.country
		if isPart(country) {
			country = home
		}
		unit, state := a.smallest(c.at, country)
		if q.state != "" && state != q.state || q.guess != "" && state != q.guess {
			continue
		}
		fit = append(fit, found{c, unit})
	}
	if len(fit) == 0 {
		return Spot{}, false
	}
	slices.SortStableFunc(fit, func(x, y found) int { return int(min(1, max(-1, y.people-x.people))) })
	if q.state == "" && q.guess == "" && len(fit) > 1 && fit[0].people < clearly*fit[1].people {
		return Spot{}, false
	}
	if q.state == "" && q.guess == "" && len(fit) > 1 && fit[0].people == 0 {
		return Spot{}, false
	}
	return Spot{fit[0].at[0], fit[0].at[1], ByCity, fit[0].unit}, true
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
