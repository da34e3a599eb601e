package app

import (
	"strconv"
	"strings"

	"fieldbook/app/geo"
	"fieldbook/app/planning"
	"fieldbook/data"
)

// byPoint is how exactly a place is known that somebody gave coordinates for.
const byPoint = "point"

// placer finds out where accounts are.
type placer struct {
	atlas     *geo.Atlas
	level     geo.Level      // of the plan's areas
	countries map[string]int // accounts by country
	placed    int
}

func newPlacer(atlas *geo.Atlas, level geo.Level) *placer {
	return &placer{atlas: atlas, level: level, countries: map[string]int{}}
}

// place puts an account where its coordinates say, else where its address says,
// as exactly as the atlas can.
func (p *placer) place(a *planning.Account, row data.Row) {
	spot, ok := placeOfAccount(p.atlas, row)
	if !ok {
		return
	}
	a.Lon, a.Lat, a.Placed = spot.Lon, spot.Lat, true
	a.Rough = spot.Precision == geo.ByState || spot.Precision == geo.ByCountry
	enough := p.level == geo.Country || p.level == geo.State && spot.Precision == geo.ByState
	a.Vague = a.Rough && !enough
	a.Codes = codesOf(p.atlas, spot)
	p.placed++
	if n := len(a.Codes); n > 0 {
		p.countries[a.Codes[n-1]]++
	}
}

// frame is the country that nearly all accounts are in, else the world.
func (p *placer) frame() string {
	for code, n := range p.countries {
		if 10*n >= 9*p.placed {
			return code
		}
	}
	return "world"
}

// placeOfAccount is where an account is: by its coordinates, its postal code or
// its city, else no better than by state or country.
func placeOfAccount(atlas *geo.Atlas, row data.Row) (geo.Spot, bool) {
	if row.Has("latitude") && row.Has("longitude") {
		lat, lon := row.Float("latitude"), row.Float("longitude")
		if onEarth(lat, lon) {
			spot := geo.Spot{Lon: lon, Lat: lat, Precision: byPoint}
			if zip, ok := atlas.Place(geo.Address{PostalCode: row.Text("postal_code"), Country: row.Text("country")}); ok && zip.Precision == geo.ByPostalCode {
				spot.Unit = zip.Unit
			}
			return spot, true
		}
	}
	return atlas.Place(geo.Address{City: row.Text("city"), State: row.Text("state"), PostalCode: row.Text("postal_code"), Country: row.Text("country")})
}

func onEarth(lat, lon float64) bool {
	return lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 && (lat != 0 || lon != 0)
}

// placeOfText reads "59.91, 10.75", a US ZIP, or "city, state, country" with as
// many of them as there are.
func placeOfText(atlas *geo.Atlas, text string) (geo.Spot, bool) {
	parts := strings.Split(text, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if spot, ok := coordinates(parts); ok {
		return spot, true
	}
	n := len(parts)
	zip := ""
	if words := strings.Fields(parts[n-1]); len(words) > 0 && strings.Trim(words[len(words)-1], "0123456789-") == "" {
		zip = words[len(words)-1]
		parts[n-1] = strings.Join(words[:len(words)-1], " ")
	}
	tries := []geo.Address{{City: parts[0], PostalCode: zip}, {Country: parts[0]}, {PostalCode: zip, Country: "US"}}
	switch {
	case n == 2:
		tries = []geo.Address{
			{City: parts[0], State: parts[1], PostalCode: zip, Country: "US"}, {City: parts[0], Country: parts[1], PostalCode: zip}, {State: parts[0], Country: parts[1]},
		}
	case n > 2:
		tries = []geo.Address{{City: parts[n-3], State: parts[n-2], Country: parts[n-1], PostalCode: zip}}
	}
	var rough geo.Spot // the best that is no city
	var found bool
	for _, try := range tries {
		spot, ok := atlas.Place(try)
		if ok && (spot.Precision == geo.ByCity || spot.Precision == geo.ByPostalCode) {
			return spot, true
		}
		if ok && !found {
			rough, found = spot, true
		}
	}
	return rough, found
}

// coordinates reads latitude and longitude.
func coordinates(parts []string) (geo.Spot, bool) {
	if len(parts) != 2 {
		return geo.Spot{}, false
	}
	lat, err1 := strconv.ParseFloat(parts[0], 64)
	lon, err2 := strconv.ParseFloat(parts[1], 64)
	if err1 != nil || err2 != nil || !onEarth(lat, lon) {
		return geo.Spot{}, false
	}
	return geo.Spot{Lon: lon, Lat: lat, Precision: byPoint}, true
}

// codesOf lists the areas that a place lies in, the smallest first, as far as it
// is known well enough.
func codesOf(atlas *geo.Atlas, spot geo.Spot) []string {
	var out []string
	add := func(level geo.Level) {
		if u, ok := unitNear(atlas, level, spot); ok {
			out = append(out, u.Code)
		}
	}
	county, american := unitNear(atlas, geo.County, spot)
	if u, ok := atlas.Unit(spot.Unit); ok && u.Level == geo.ZIP {
		out = append(out, u.Code, "US/z"+u.Name[:3])
	} else if american && spot.Precision == byPoint {
		add(geo.ZIP)
		add(geo.ZIP3)
	}
	switch spot.Precision {
	case byPoint, geo.ByPostalCode, geo.ByCity:
		if american {
			out = append(out, county.Code)
		}
		add(geo.State)
		add(geo.Country)
	default:
		u, ok := atlas.Unit(spot.Unit)
		for ok {
			out = append(out, u.Code)
			u, ok = atlas.Unit(u.In)
		}
	}
	return out
}

// ashore is how far, in kilometres, a place may be from an area to count as in
// it: coasts are drawn simpler than they are, and addresses of ports lie beyond.
const ashore = 25

func unitNear(atlas *geo.Atlas, level geo.Level, spot geo.Spot) (geo.Unit, bool) {
	if u, ok := atlas.At(level, spot.Lon, spot.Lat); ok {
		return u, true
	}
	u, km, ok := atlas.Nearest(level, spot.Lon, spot.Lat)
	if !ok || km > ashore {
		return u, false
	}
	land, inland := atlas.At(geo.Country, spot.Lon, spot.Lat)
	return u, !inland || atlas.Within(u.Code, land.Code) // not across a border
}
