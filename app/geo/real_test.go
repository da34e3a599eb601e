package geo

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fieldbook/data/datatest"
)

// firm is an address and where it is in truth.
type firm struct {
	Address
	at Point
}

// firms reads a file of firms. Their addresses are one text: British and
// American ones end in city, county or none, and postal code.
func firms(t *testing.T, dir, country string) []firm {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, country+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(raw))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []firm
	for _, row := range rows {
		lat, err1 := strconv.ParseFloat(row[3], 64)
		lon, err2 := strconv.ParseFloat(row[4], 64)
		if err1 != nil || err2 != nil {
			t.Fatalf("%v", row)
		}
		f := firm{Address{Country: country}, Point{lon, lat}}
		parts := strings.Split(row[2], ",")
		last := len(parts) - 1
		switch {
		case country == "USA" && last >= 2:
			f.City, f.PostalCode = parts[last-1], parts[last]
		case country == "United Kingdom" && last >= 2:
			f.City, f.State, f.PostalCode = parts[last-2], parts[last-1], parts[last]
		}
		list = append(list, f)
	}
	return list
}

func kilometres(a, b Point) float64 {
	p, q := space(a), space(b)
	return 2 * math.Asin(apart(&p, &q)/2) * 6371
}

func TestRealFirmsArePlaced(t *testing.T) {
	dir := datatest.Real(t, "territory-customers")
	read := func(file string) *Gazetteer {
		from, err := os.Open(filepath.Join(datatest.Real(t, "geo"), file))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = from.Close() }()
		own, err := ReadGazetteer(from)
		if err != nil {
			t.Fatal(err)
		}
		return own
	}
	tests := []struct {
		country, own string
		precision    []string
		least        float64 // share that is placed so
		off          float64 // median distance from the truth, in kilometres, at most
	}{
		{"USA", "", []string{ByPostalCode}, 0.99, 2.5},
		{"USA", "us-zip/geonames_US.txt", []string{ByPostalCode}, 0.999, 2.5},
		{"United Kingdom", "", []string{ByCity}, 0.1, 12},
		{"United Kingdom", "", []string{ByCity, ByState}, 0.65, 18},
		{"United Kingdom", "cities15000/cities15000.txt", []string{ByCity}, 0.35, 4},
		{"United Kingdom", "cities15000/cities15000.txt", []string{ByCity, ByState}, 0.8, 12},
		{"France", "", []string{ByCountry}, 0.999, 400}, // nothing but streets
	}
	for _, tt := range tests {
		a := atlas(t)
		if tt.own != "" {
			a = a.With(read(tt.own))
		}
		list := firms(t, dir, tt.country)
		share, off := 0.0, []float64(nil)
		for _, f := range list {
			if spot, _ := a.Place(f.Address); slices.Contains(tt.precision, spot.Precision) {
				share += 1 / float64(len(list))
				off = append(off, kilometres(Point{spot.Lon, spot.Lat}, f.at))
			}
		}
		slices.Sort(off)
		if share < tt.least || off[len(off)/2] > tt.off {
			t.Errorf("%s with %q: %.1f %% placed by %v, want %.1f; half within %.1f km, want %.1f",
				tt.country, tt.own, share*100, tt.precision, tt.least*100, off[len(off)/2], tt.off)
		}
		t.Logf("%s with %q: %.1f %% placed by %v, half within %.1f km, nine tenths within %.1f",
			tt.country, tt.own, share*100, tt.precision, off[len(off)/2], off[len(off)*9/10])
	}
}

func BenchmarkReadGazetteer(b *testing.B) {
	for _, file := range []string{"cities15000/cities15000.txt", "us-zip/geonames_US.txt"} {
		raw, err := os.ReadFile(filepath.Join(datatest.Real(b, "geo"), file))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(filepath.Base(file), func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				if _, err := ReadGazetteer(bytes.NewReader(raw)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
