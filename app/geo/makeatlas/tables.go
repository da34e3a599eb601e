package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readTable reads a CSV file with a header line and gives its rows by column.
// A line that is not UTF-8 is ISO-8859-1, as the Census Bureau wrote in 2019.
func readTable(path string) ([]map[string]string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	text := string(raw)
	if !utf8.ValidString(text) {
		runes := make([]rune, len(raw))
		for i, b := range raw {
			runes[i] = rune(b)
		}
		text = string(runes)
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(records) < 2 {
		return nil, fmt.Errorf("%s: no rows", path)
	}
	rows := make([]map[string]string, 0, len(records)-1)
	for _, record := range records[1:] {
		row := make(map[string]string, len(record))
		for i, head := range records[0] {
			row[head] = record[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// census is what the Census Bureau's tables tell of the states and counties.
type census struct {
	postal     map[string]string // "48" → "TX"
	names      map[string]string // "48201" → "Harris County"
	population map[string]int64  // by the code of a state or county
}

func readCensus(dir string) (census, error) {
	c := census{postal: map[string]string{}, names: map[string]string{}, population: map[string]int64{}}
	listed, err := readTable(filepath.Join(dir, "us-county", "fips-counties.csv"))
	if err != nil {
		return c, err
	}
	for _, row := range listed {
		c.postal[row["statefp"]] = row["state"]
		c.names[row["statefp"]+row["countyfp"]] = row["countyname"]
	}
	counted, err := readTable(filepath.Join(dir, "us-county", "co-est2019-pop.csv"))
	if err != nil {
		return c, err
	}
	for _, row := range counted {
		state, err1 := strconv.Atoi(row["state_fips"])
		county, err2 := strconv.Atoi(row["county_num"])
		people, err3 := strconv.ParseInt(row["pop"], 10, 64)
		if err1 != nil || err2 != nil || err3 != nil {
			return c, fmt.Errorf("population of %s, %s: not whole numbers", row["county"], row["state"])
		}
		fips := fmt.Sprintf("%02d", state)
		if county > 0 {
			fips += fmt.Sprintf("%03d", county)
			c.names[fips] = row["county"]
		}
		c.population[fips] = people
	}
	return c, nil
}

// countyName is the full name of a county: that of the tables, save where
// those lack the accents which the map has.
func (c census) countyName(fips, short string) string {
	full := c.names[fips]
	if strings.HasPrefix(fips, "72") {
		return short + " Municipio"
	}
	if full == "" {
		return short
	}
	return full
}

// renamed are counties that got another code or name, or were joined to
// another, between the table of postal areas (2010) and the map (2017).
var renamed = map[string]string{
	"AK/Wade Hampton Census Area": "02158",
	"AK/Petersburg Census Area":   "02195",
	"SD/Shannon County":           "46102",
	"VA/Bedford city":             "51019",
}

type city struct {
	Name, NameAlt, NamePar, NameASCII string
	Country                           string
	Lon, Lat                          float64
	People                            int64
}

func readCities(path string) ([]city, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var file struct {
		Features []struct {
			Properties struct {
				Name      string
				NameAlt   string  `json:"namealt"`
				NamePar   string  `json:"namepar"`
				NameASCII string  `json:"nameascii"`
				ISO       string  `json:"iso_a2"`
				A3        string  `json:"adm0_a3"`
				Lat       float64 `json:"latitude"`
				Lon       float64 `json:"longitude"`
				People    int64   `json:"pop_max"`
			}
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var cities []city
	for _, f := range file.Features {
		p := f.Properties
		at := p.ISO
		if at == "-99" {
			at = p.A3
		}
		cities = append(cities, city{
			Name: p.Name, NameAlt: p.NameAlt, NamePar: p.NamePar, NameASCII: p.NameASCII,
			Country: at, Lon: p.Lon, Lat: p.Lat, People: max(p.People, 0),
		})
	}
	return cities, nil
}
