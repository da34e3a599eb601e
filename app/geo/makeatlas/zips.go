package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// zip is a postal area of the Census Bureau (ZCTA): its centre and the place
// of its county in the list of counties.
type zip struct {
	number   int
	lon, lat float64
	county   int
}

func readZips(dir string, t *topology, counties []unit) ([]zip, error) {
	at := map[string]int{} // "tx/harriscounty" and "48201"
	for i, u := range counties {
		at[spelt(strings.TrimPrefix(u.parent, "US-")+"/"+u.name)] = i
		at[strings.TrimPrefix(u.code, "US/c")] = i
	}
	listed, err := readTable(filepath.Join(dir, "us-zip", "zcta_county.csv"))
	if err != nil {
		return nil, err
	}
	of := map[string]int{}
	for _, row := range listed {
		name := row["state"] + "/" + row["county"]
		if fips := renamed[name]; fips != "" {
			name = fips
		}
		i, ok := at[spelt(name)]
		if !ok {
			return nil, fmt.Errorf("postal area %s: no county %s on the map", row["zcta"], name)
		}
		of[row["zcta"]] = i
	}
	centres, err := readTable(filepath.Join(dir, "us-zip", "zcta_2021_centroids.csv"))
	if err != nil {
		return nil, err
	}
	find := countyFinder(t, counties)
	var zips []zip
	for _, row := range centres {
		lat, err1 := strconv.ParseFloat(row["lat"], 64)
		lon, err2 := strconv.ParseFloat(row["lon"], 64)
		number, err3 := strconv.Atoi(row["zcta"])
		if err1 != nil || err2 != nil || err3 != nil {
			return nil, fmt.Errorf("postal area %q: no centre", row["zcta"])
		}
		county, ok := of[row["zcta"]]
		if !ok {
			county = find(lon, lat)
		}
		zips = append(zips, zip{number, lon, lat, county})
	}
	slices.SortFunc(zips, func(a, b zip) int { return a.number - b.number })
	return zips, nil
}

// spelt lets La Salle and LaSalle be one.
func spelt(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, " ", ""))
}

// countyFinder finds the county that a point lies in, else the nearest.
func countyFinder(t *topology, counties []unit) func(lon, lat float64) int {
	rings := make([][][][2]float64, len(counties))
	for i, u := range counties {
		for _, ring := range u.rings {
			rings[i] = append(rings[i], t.points(ring))
		}
	}
	return func(lon, lat float64) int {
		best, clear := 0, math.Inf(-1)
		for i := range rings {
			if len(rings[i]) == 0 || math.Abs(counties[i].lon-lon) > 8 || math.Abs(counties[i].lat-lat) > 8 {
				continue // none is so large
			}
			if d := clearance(rings[i], [2]float64{lon, lat}, math.Cos(lat*math.Pi/180)); d > clear {
				best, clear = i, d
			}
		}
		return best
	}
}
