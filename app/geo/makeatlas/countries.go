package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// unit is an area as it goes into the file.
type unit struct {
	code, name string
	aliases    []string
	parent     string // code of the unit above
	people     int64
	lon, lat   float64 // inside it
	feature
}

// outside are countries that Natural Earth draws and ISO 3166 does not know,
// by their name on the map.
var outside = map[string]string{
	"Kosovo":                  "XK",
	"Somaliland":              "SOL",
	"N. Cyprus":               "CYN",
	"Indian Ocean Ter.":       "IOA",
	"Siachen Glacier":         "KAS",
	"Ashmore and Cartier Is.": "AU", // Australia's, and under its number
}

// belongs gives a country to divisions whose own has no code.
var belongs = map[string]string{
	"KOS": "XK", "IOA": "IOA", "ATC": "AU", "CSI": "AU", "ESB": "GB", "WSB": "GB", "CLP": "FR", "USG": "CU", "SXM": "SX", "PRI": "US",
}

// parts of the United States that are countries of their own on the map of the
// world, and states on that of the Census Bureau.
var usParts = []string{"AS", "GU", "MP", "PR", "VI"}

func numbered(id string) (string, error) {
	region, err := language.ParseRegion(id)
	if err != nil || len(region.String()) != 2 {
		return "", fmt.Errorf("country number %q is not of ISO 3166", id)
	}
	return region.String(), nil
}

// world is the countries, drawn at 1:50 million, and the states and
// provinces, with the countries that only those show.
func world(dir string) (countries, states *topology, of [2][]unit, err error) {
	if countries, err = readTopology(filepath.Join(dir, "world-atlas", "countries-50m.json")); err != nil {
		return
	}
	if states, err = readTopology(filepath.Join(dir, "admin1-world", "admin1-world.topo.json")); err != nil {
		return
	}
	byCode, err := byCodes(countries.objects["countries"])
	if err != nil {
		return
	}
	drawn := map[string]bool{}
	for code := range byCode {
		drawn[code] = true
	}
	for _, f := range states.objects["admin1"] {
		u, ok := division(f)
		if !ok {
			continue
		}
		of[1] = append(of[1], u)
		addCountry(byCode, u)
		if !drawn[u.parent] && u.parent != "" {
			c := byCode[u.parent]
			c.rings = append(c.rings, states.copyTo(countries, f.rings)...)
		}
	}
	for _, c := range byCode {
		of[0] = append(of[0], *c)
	}
	for i := range of {
		slices.SortFunc(of[i], func(a, b unit) int { return strings.Compare(a.code, b.code) })
	}
	return
}

// byCodes makes units of countries. What shares its number with Australia is
// Australia's.
func byCodes(features []feature) (map[string]*unit, error) {
	units := map[string]*unit{}
	for _, f := range features {
		code := outside[f.name]
		if code == "" {
			var err error
			if code, err = numbered(f.id); err != nil {
				return nil, err
			}
		}
		if known := units[code]; known != nil {
			if f.name != "Australia" {
				known.rings = append(known.rings, f.rings...)
				continue
			}
			f.rings = append(f.rings, known.rings...)
		}
		units[code] = &unit{code: code, name: f.name, feature: f}
		if f.name == "N. Cyprus" { // alone in having no longer name elsewhere
			units[code].name = "Northern Cyprus"
		}
	}
	return units, nil
}

// division makes a unit of a state or province. Of the United States' only
// the shape is used, for what borders on it.
func division(f feature) (unit, bool) {
	if f.id == "" || f.a3 == "PGA" {
		return unit{}, false // lakes, and reefs that several countries claim
	}
	code := strings.TrimSuffix(f.id, "~")
	if rest, ok := strings.CutPrefix(code, "-99"); ok {
		code = f.a3 + rest
	}
	parent := belongs[f.a3]
	if parent == "" {
		parent = f.id[:2]
		if f.a3 == "NLD" {
			parent = "NL"
		}
	}
	u := unit{code: code, name: f.name, parent: parent, feature: f}
	if slices.Contains(usParts, parent) {
		u.code, u.parent = "US-"+parent, "US"
	}
	if u.name == "" {
		u.name = f.admin
	}
	return u, true
}

// addCountry tells the country of a division, by the name it has there, or
// makes it.
func addCountry(byCode map[string]*unit, u unit) {
	code := u.parent
	switch {
	case strings.HasPrefix(u.code, "US-") && u.a3 != "USA":
		code = u.id[:2]
		if u.a3 == "PRI" {
			code = "PR"
		}
	case belongs[u.a3] != "" && !slices.Contains([]string{"KOS", "IOA", "SXM"}, u.a3):
		return
	}
	c := byCode[code]
	if c == nil {
		c = &unit{code: code, name: u.admin}
		byCode[code] = c
	}
	if strings.Contains(c.name, ".") {
		c.aliases = append(c.aliases, c.name)
		c.name = u.admin
	}
	for _, alias := range []string{u.admin, u.a3} {
		if alias != c.name && !slices.Contains(c.aliases, alias) {
			c.aliases = append(c.aliases, alias)
		}
	}
}

// copyTo copies rings onto another grid, as arcs that no other ring shares.
func (t *topology) copyTo(to *topology, rings [][]int) [][]int {
	var copied [][]int
	for _, ring := range rings {
		var arc [][2]int
		for _, p := range t.points(ring) {
			arc = append(arc, [2]int{
				int(math.Round((p[0] - to.translate[0]) / to.scale[0])),
				int(math.Round((p[1] - to.translate[1]) / to.scale[1])),
			})
		}
		copied = append(copied, []int{len(to.arcs)})
		to.arcs = append(to.arcs, arc)
	}
	return copied
}
