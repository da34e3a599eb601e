package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// magic opens the file; the number is that of the format.
const magic = "fieldbook atlas 1\n"

// packer writes the file that package geo reads: variable-length whole numbers, texts
// with their length, and points as steps from the one before.
type packer struct{ out []byte }

func (p *packer) count(n int) { p.out = binary.AppendUvarint(p.out, uint64(n)) }
func (p *packer) step(n int)  { p.out = binary.AppendVarint(p.out, int64(n)) }
func (p *packer) float(f float64) {
	p.out = binary.LittleEndian.AppendUint64(p.out, math.Float64bits(f))
}

func (p *packer) text(s string) {
	p.count(len(s))
	p.out = append(p.out, s...)
}

// degrees writes a coordinate to four places, 11 m.
func (p *packer) degrees(d float64) { p.step(int(math.Round(d * 1e4))) }

func (p *packer) topology(t *topology) {
	for axis := range 2 {
		p.float(t.scale[axis])
		p.float(t.translate[axis])
	}
	p.count(len(t.arcs))
	for _, arc := range t.arcs {
		p.count(len(arc))
	}
	for axis := range 2 { // like beside like packs better
		last := 0
		for _, arc := range t.arcs {
			for _, at := range arc {
				p.step(at[axis] - last)
				last = at[axis]
			}
		}
	}
}

func (p *packer) units(units, above []unit) error {
	p.count(len(units))
	for i, u := range units {
		if i > 0 && u.code <= units[i-1].code && !strings.HasPrefix(u.code, "US-") {
			return fmt.Errorf("%s (%s) and %s have one code", u.name, u.code, units[i-1].name)
		}
		parent := slices.IndexFunc(above, func(a unit) bool { return a.code == u.parent })
		if parent < 0 && u.parent != "" {
			return fmt.Errorf("%s (%s) lies in %q, which is not there", u.name, u.code, u.parent)
		}
		p.text(u.code)
		p.text(u.name)
		p.text(strings.Join(u.aliases, "|"))
		p.count(parent + 1)
		p.count(int(u.people))
		p.degrees(u.lon)
		p.degrees(u.lat)
		p.count(len(u.rings))
		for _, ring := range u.rings {
			p.count(len(ring))
			last := 0
			for _, ref := range ring {
				p.step(ref - last)
				last = ref
			}
		}
	}
	return nil
}

func (p *packer) across(sides map[int]int) {
	p.count(len(sides))
	arcs := make([]int, 0, len(sides))
	for arc := range sides {
		arcs = append(arcs, arc)
	}
	slices.Sort(arcs)
	for _, arc := range arcs {
		p.count(arc)
		p.count(sides[arc])
	}
}

func (p *packer) zips(zips []zip) {
	p.count(len(zips))
	last := 0
	for _, z := range zips {
		p.count(z.number - last)
		last = z.number
	}
	last = 0
	for _, z := range zips {
		p.step(z.county - last)
		last = z.county
	}
	for _, z := range zips {
		p.degrees(z.lon)
	}
	for _, z := range zips {
		p.degrees(z.lat)
	}
}

func (p *packer) cities(cities []city) {
	p.count(len(cities))
	for _, c := range cities {
		names := []string{c.Name}
		for _, name := range []string{c.NameASCII, c.NameAlt, c.NamePar} {
			if name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		p.text(strings.Join(names, "|"))
		p.text(c.Country)
		p.degrees(c.Lon)
		p.degrees(c.Lat)
		p.count(int(c.People))
	}
}

func (p *packer) packed() ([]byte, error) {
	to, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	packed := to.EncodeAll(p.out, []byte(magic))
	return packed, to.Close()
}
