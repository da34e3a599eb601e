package geo

import (
	"bytes"
	"strings"

	"github.com/klauspost/compress/zstd"
)

const (
	magic     = "fieldbook atlas 1\n"
	mostBytes = 32 << 20 // of the map unpacked; it has some two million
)

func decode(file []byte) (*world, error) {
	packed, ok := bytes.CutPrefix(file, []byte(magic))
	if !ok {
		return nil, errDamaged
	}
	from, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(mostBytes), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer from.Close()
	plain, err := from.DecodeAll(packed, nil)
	if err != nil {
		return nil, errDamaged
	}
	return unpack(plain)
}

func unpack(plain []byte) (*world, error) {
	r := &reader{data: plain, text: string(plain), american: map[int]string{}}
	w := &world{byCode: map[string]int32{}}
	w.countries = &layer{arcs: r.arcs()}
	r.units(w, w.countries, Country, nil)
	w.states = &layer{arcs: r.arcs()}
	r.units(w, w.states, State, w.countries)
	w.usStates = &layer{arcs: r.arcs()}
	r.units(w, w.usStates, State, w.countries)
	w.counties = &layer{arcs: w.usStates.arcs}
	r.units(w, w.counties, County, w.usStates)
	w.abroad = map[int32]int32{}
	for range r.count() {
		arc := r.index(len(w.counties.arcs))
		w.abroad[arc] = r.index(len(w.states.units))
	}
	r.zips(w)
	r.cities(w)
	if r.err != nil {
		return nil, r.err
	}
	return w, r.resolve(w)
}

// resolve finds the units of the United States, which the map of the world
// only names, and the areas of three digits.
func (r *reader) resolve(w *world) error {
	w.states.hidden = make([]bool, len(w.states.units))
	for place, code := range r.american {
		at, ok := w.byCode[code]
		if !ok {
			return errDamaged
		}
		w.states.units[place], w.states.hidden[place] = at, true
	}
	w.zips.group(w)
	return nil
}

// units reads the units of a layer. Of the United States the map of the world
// has shapes only; their units come with the map of the Census Bureau.
func (r *reader) units(w *world, l *layer, level Level, above *layer) {
	n := r.count()
	l.units, l.rings = make([]int32, 0, n), make([][][]int32, 0, n)
	for range n {
		u := Unit{Level: level, Code: r.name(), Name: r.name()}
		other := r.name()
		parent := r.number()
		u.Population = int64(r.number())
		u.Lon, u.Lat = r.degrees(), r.degrees()
		rings := make([][]int32, r.count())
		for i := range rings {
			rings[i] = make([]int32, r.count())
			last := 0
			for j := range rings[i] {
				last += r.step()
				if max(last, ^last) >= len(l.arcs) {
					r.fail()
					return
				}
				rings[i][j] = int32(last)
			}
		}
		if parent > 0 && (above == nil || parent > len(above.units)) || !onGlobe(u.Lon, u.Lat) {
			r.fail()
			return
		}
		if parent > 0 {
			u.In = w.units[above.units[parent-1]].Code
		}
		l.rings, l.points = append(l.rings, rings), append(l.points, Point{u.Lon, u.Lat})
		if l == w.states && u.In == "US" {
			r.american[len(l.units)] = u.Code
			l.units = append(l.units, -1)
			continue
		}
		at := int32(len(w.units))
		l.units = append(l.units, at)
		w.units = append(w.units, u)
		w.drawn = append(w.drawn, drawing{l, int32(len(l.units) - 1)})
		w.byCode[u.Code] = at
		if other != "" {
			w.names.other = append(w.names.other, otherNames{at, strings.Split(other, "|")})
		}
	}
}

func onGlobe(lon, lat float64) bool {
	return lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90
}

func (r *reader) zips(w *world) {
	z := &w.zips
	n := r.count()
	z.numbers, z.counties, z.centres = make([]int32, n), make([]int32, n), make([]Point, n)
	last := 0
	for i := range z.numbers {
		last += r.number()
		z.numbers[i] = int32(last)
	}
	if last > 99999 {
		r.fail()
		return
	}
	last = 0
	for i := range z.counties {
		last += r.step()
		if last < 0 || last >= len(w.counties.units) {
			r.fail()
			return
		}
		z.counties[i] = int32(last)
	}
	for axis := range 2 {
		for i := range z.centres {
			z.centres[i][axis] = r.degrees()
		}
	}
	for _, c := range z.centres {
		if !onGlobe(c[0], c[1]) {
			r.fail()
			return
		}
	}
}

func (r *reader) cities(w *world) {
	w.cities = make([]city, r.count())
	for i := range w.cities {
		c := &w.cities[i]
		c.names = strings.Split(r.name(), "|")
		c.country = r.name()
		c.at = Point{r.degrees(), r.degrees()}
		c.people = int64(r.number())
		if !onGlobe(c.at[0], c.at[1]) {
			r.fail()
			return
		}
	}
}
