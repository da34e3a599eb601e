// Command makeatlas makes assets/geo/atlas.bin, the map inside the program,
// from public-domain files of Natural Earth and the US Census Bureau. The same
// files give the same bytes.
//
//	makeatlas GEO-FOLDER FILE
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: makeatlas GEO-FOLDER FILE")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "makeatlas:", err)
		os.Exit(1)
	}
}

func run(dir, file string) error {
	p, err := pack(dir)
	if err != nil {
		return err
	}
	packed, err := p.packed()
	if err != nil {
		return err
	}
	return os.WriteFile(file, packed, 0o644)
}

// pack reads the sources and lays out the file, not yet compressed.
func pack(dir string) (*packer, error) {
	countries, divisions, of, err := world(dir)
	if err != nil {
		return nil, err
	}
	c, err := readCensus(dir)
	if err != nil {
		return nil, err
	}
	usMap, states, counties, err := unitedStates(dir, c)
	if err != nil {
		return nil, err
	}
	prune(countries, of[0])
	prune(divisions, of[1])
	prune(usMap, states, counties)
	zips, err := readZips(dir, usMap, counties)
	if err != nil {
		return nil, err
	}
	cities, err := readCities(filepath.Join(dir, "ne-50m", "ne_50m_populated_places_simple.json"))
	if err != nil {
		return nil, err
	}
	for i, u := range of[0] {
		if u.code == "US" {
			for _, s := range states {
				of[0][i].people += s.people
			}
		}
	}
	p := &packer{}
	for _, layer := range []struct {
		t     *topology
		units [][]unit
		above []unit
	}{
		{countries, [][]unit{of[0]}, nil},
		{divisions, [][]unit{of[1]}, of[0]},
		{usMap, [][]unit{states, counties}, of[0]},
	} {
		p.topology(layer.t)
		above := layer.above
		for _, units := range layer.units {
			if err := p.units(units, above); err != nil {
				return nil, err
			}
			above = units
		}
	}
	p.across(abroad(usMap, counties, divisions, of[1]))
	p.zips(zips)
	p.cities(cities)
	return p, nil
}
