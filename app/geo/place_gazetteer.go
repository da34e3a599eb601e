package geo

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"

	"fieldbook/data"
)

// Gazetteer is a list of places that a person brought.
type Gazetteer struct {
	cities  []city
	usual   map[string][]int32 // cityKey → places in cities
	other   map[string][]int32
	postal  map[string]Point // "GB NR218LQ"
	Skipped int              // lines that could not be read
}

const (
	longestLine = 1 << 20
	mostLines   = 3_000_000 // all postal codes of the world are half of that
	mostOthers  = 40        // other names of a city that are kept
)

// Columns of GeoNames' files: of places, and of postal codes.
const (
	placeColumns  = 19
	postalColumns = 12
)

// ReadGazetteer reads a file of GeoNames, as UTF-8 with tabs: places in 19
// columns (cities15000.txt) or postal codes in 12 (GB_full.txt). Lines that
// do not fit are counted, not kept; a file without one that fits is an error.
func ReadGazetteer(r io.Reader) (*Gazetteer, error) {
	g := &Gazetteer{usual: map[string][]int32{}, other: map[string][]int32{}, postal: map[string]Point{}}
	towns := towns{of: map[string]int{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 64<<10), longestLine)
	read := 0
	for lines.Scan() {
		line := strings.TrimPrefix(lines.Text(), "\ufeff")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if read++; read > mostLines {
			return nil, data.Errorf(data.Refused, "This list of places has more than %d lines; take the file of one country.", mostLines)
		}
		columns := strings.Split(line, "\t")
		ok := false
		switch len(columns) {
		case placeColumns:
			ok = g.addPlace(columns)
		case postalColumns:
			ok = g.addPostal(columns, &towns)
		}
		if !ok {
			g.Skipped++
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, data.Wrap(data.Invalid, err, "This is no list of places: a line of it is longer than 1 MB.")
	} else if err != nil {
		return nil, data.Wrap(data.Internal, err, "The list of places could not be read to its end. Nothing was taken from it.")
	}
	towns.into(g)
	if len(g.cities) == 0 && len(g.postal) == 0 {
		return nil, data.Errorf(data.Invalid, "This is no list of places. Choose a text file of GeoNames with 19 columns (places) or 12 (postal codes), parted by tabs.")
	}
	return g, nil
}

// Len gives the numbers of cities and of postal codes.
func (g *Gazetteer) Len() (cities, postalCodes int) { return len(g.cities), len(g.postal) }

func coordinates(lon, lat string) (Point, bool) {
	x, err1 := strconv.ParseFloat(lon, 64)
	y, err2 := strconv.ParseFloat(lat, 64)
	return Point{x, y}, err1 == nil && err2 == nil && onGlobe(x, y)
}

func isCountry(code string) bool {
	return len(code) == 2 && strings.IndexFunc(code, func(r rune) bool { return r < 'A' || r > 'Z' }) < 0
}

func (g *Gazetteer) addPlace(columns []string) bool {
	at, ok := coordinates(columns[5], columns[4])
	if !ok || !isCountry(columns[8]) || columns[1] == "" {
		return false
	}
	if columns[6] != "" && columns[6] != "P" {
		return true // mountains and lakes
	}
	people, err := strconv.ParseInt(columns[14], 10, 64)
	if err != nil || people < 0 {
		people = 0
	}
	c := city{names: []string{columns[1]}, country: columns[8], at: at, people: people}
	place := int32(len(g.cities))
	g.cities = append(g.cities, c)
	note(g.usual, columns[1], place)
	note(g.usual, columns[2], place)
	kept := 0
	for name := range strings.SplitSeq(columns[3], ",") {
		if kept == mostOthers {
			break
		}
		if latin(name) {
			kept++
			note(g.other, name, place)
		}
	}
	return true
}

// latin tells whether a name is in the letters that are typed in the West.
func latin(name string) bool {
	return strings.IndexFunc(name, func(r rune) bool { return r > unicode.MaxLatin1 && !unicode.Is(unicode.Latin, r) }) < 0
}

func note(names map[string][]int32, name string, place int32) {
	key := cityKey(name)
	if key == "" {
		return
	}
	if of := names[key]; len(of) == 0 || of[len(of)-1] != place {
		names[key] = append(of, place)
	}
}

func (g *Gazetteer) addPostal(columns []string, t *towns) bool {
	at, ok := coordinates(columns[10], columns[9])
	country := columns[0]
	key := postalKey(columns[1])
	if !ok || !isCountry(country) || key == "" {
		return false
	}
	if _, known := g.postal[country+" "+key]; !known {
		g.postal[country+" "+key] = at
	}
	if columns[2] != "" {
		t.add(country, columns[4], columns[2], at)
	}
	return true
}

// towns gathers the towns that postal codes belong to, each at the mean of its
// codes.
type towns struct {
	of   map[string]int
	list []town
}

type town struct {
	country, name string
	sum           Point
	codes         float64
}

func (t *towns) add(country, state, name string, at Point) {
	key := country + "\t" + state + "\t" + name
	i, ok := t.of[key]
	if !ok {
		i = len(t.list)
		t.of[key] = i
		t.list = append(t.list, town{country: country, name: name})
	}
	here := &t.list[i]
	if here.codes > 0 { // keep to one side of ±180°
		if west := here.sum[0] / here.codes; at[0]-west > 180 {
			at[0] -= 360
		} else if at[0]-west < -180 {
			at[0] += 360
		}
	}
	here.sum[0] += at[0]
	here.sum[1] += at[1]
	here.codes++
}

func (t *towns) into(g *Gazetteer) {
	for _, town := range t.list {
		at := wrapped(Point{town.sum[0] / town.codes, town.sum[1] / town.codes})
		place := int32(len(g.cities))
		g.cities = append(g.cities, city{names: []string{town.name}, country: town.country, at: at})
		note(g.usual, town.name, place)
	}
}

func wrapped(p Point) Point {
	if p[0] > 180 {
		p[0] -= 360
	} else if p[0] < -180 {
		p[0] += 360
	}
	return p
}

func (g *Gazetteer) byName(key string) []city  { return g.pick(g.usual[key]) }
func (g *Gazetteer) byOther(key string) []city { return g.pick(g.other[key]) }

func (g *Gazetteer) pick(places []int32) []city {
	var picked []city
	for _, i := range places {
		picked = append(picked, g.cities[i])
	}
	return picked
}

// postalCode looks a code up; of one that the list has only the beginning of,
// that beginning.
func (g *Gazetteer) postalCode(country, code string) (Point, bool) {
	key := postalKey(code)
	tries := []string{key}
	switch {
	case country == "US":
		tries = []string{fiveDigits(code)}
	case country == "GB" && len(key) > 4:
		tries = append(tries, key[:len(key)-3])
	case country == "CA" && len(key) == 6:
		tries = append(tries, key[:3])
	case country == "NL" && len(key) == 6:
		tries = append(tries, key[:4])
	}
	for _, try := range tries {
		if at, ok := g.postal[country+" "+try]; ok {
			return at, true
		}
	}
	return Point{}, false
}

func postalKey(code string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, code)
}
