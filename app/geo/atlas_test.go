package geo

import (
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"fieldbook/assets"
)

func atlas(t testing.TB) *Atlas {
	t.Helper()
	a, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTheMapIsWhole(t *testing.T) {
	a := atlas(t)
	tests := []struct {
		level    Level
		within   string
		low, top int
	}{
		{Country, "", 238, 252},
		{State, "", 4800, 4900},
		{State, "US", 56, 56},
		{County, "", 3231, 3231},
		{County, "US-TX", 254, 254},
		{ZIP, "", 33000, 34000},
		{ZIP3, "", 880, 900},
		{ZIP, "US/z787", 30, 80},
		{ZIP, "US/c48201", 100, 160},
		{ZIP3, "US-TX", 40, 60},
		{State, "PR", 1, 1},
		{County, "PR", 78, 78},
	}
	for _, tt := range tests {
		if n := len(a.Units(tt.level, tt.within)); n < tt.low || n > tt.top {
			t.Errorf("%d of level %s in %q, want %d to %d", n, tt.level, tt.within, tt.low, tt.top)
		}
	}
}

func TestUnitsHangTogether(t *testing.T) {
	a := atlas(t)
	for _, level := range []Level{Country, State, County, ZIP3, ZIP} {
		units := a.Units(level, "")
		for i, u := range units {
			if u.Code == "" || u.Name == "" || u.Level != level || !onGlobe(u.Lon, u.Lat) {
				t.Fatalf("%+v", u)
			}
			if i > 0 && units[i-1].Code >= u.Code {
				t.Errorf("%s after %s", u.Code, units[i-1].Code)
			}
			if again, ok := a.Unit(u.Code); !ok || again != u {
				t.Errorf("%s is found as %+v", u.Code, again)
			}
			above, ok := a.Unit(u.In)
			if want := map[Level]Level{State: Country, County: State, ZIP3: State, ZIP: State}[level]; level != Country && (!ok || above.Level != want) {
				t.Errorf("%s lies in %q", u.Code, u.In)
			}
			if level != Country && !a.Within(u.Code, u.In) {
				t.Errorf("%s is not within %s", u.Code, u.In)
			}
		}
	}
}

func TestPopulation(t *testing.T) {
	a := atlas(t)
	for code, want := range map[string]int64{"US": 328_239_523, "US-TX": 28_995_881, "US/c48201": 4_713_325, "US/c35013": 218_195, "US/z78701": 0} {
		if u, _ := a.Unit(code); u.Population != want {
			t.Errorf("%s: %d, want %d", code, u.Population, want)
		}
	}
	if u, _ := a.Unit("US/c35013"); u.Name != "Doña Ana County" {
		t.Errorf("the county is called %q", u.Name)
	}
}

func TestAt(t *testing.T) {
	a := atlas(t)
	tests := []struct {
		place    string
		level    Level
		lon, lat float64
		want     string
	}{
		{"Houston", County, -95.37, 29.76, "US/c48201"},
		{"Houston", State, -95.37, 29.76, "US-TX"},
		{"Houston", Country, -95.37, 29.76, "US"},
		{"Austin", ZIP, -97.742, 30.271, "US/z78701"},
		{"Austin", ZIP3, -97.742, 30.271, "US/z787"},
		{"Oslo", State, 10.75, 59.92, "NO-03"},
		{"Paris", State, 2.35, 48.86, "FR-75"},
		{"Fiji west", Country, 177.9, -17.8, "FJ"},
		{"Fiji east", Country, -179.95, -16.83, "FJ"}, // Taveuni
		{"Chukotka", Country, -175, 66.5, "RU"},
		{"Chukotka", State, -175, 66.5, "RU-CHU"},
		{"Moscow", Country, 37.6, 55.75, "RU"},
		{"Maseru inland", Country, 28.2, -29.5, "LS"},
		{"Bloemfontein", Country, 26.2, -29.1, "ZA"},
		{"San Juan", Country, -66.06, 18.41, "PR"},
		{"San Juan", State, -66.06, 18.41, "US-PR"},
		{"South Pole", Country, 40, -89, "AQ"},
		{"Attu", State, 173.1, 52.88, "US-AK"},
		{"Atlantic", Country, -40, 40, ""},
		{"Paris", County, 2.35, 48.86, ""},
		{"Oslo", ZIP, 10.75, 59.92, ""},
		{"nowhere", Country, math.NaN(), 0, ""},
		{"nowhere", Country, 1e9, -1e9, ""},
	}
	for _, tt := range tests {
		if u, ok := a.At(tt.level, tt.lon, tt.lat); u.Code != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %s %q, want %q", tt.place, tt.level, u.Code, tt.want)
		}
	}
}

func TestNearest(t *testing.T) {
	a := atlas(t)
	tests := []struct {
		place    string
		level    Level
		lon, lat float64
		want     string
		low, top float64 // kilometres
	}{
		{"Houston", County, -95.37, 29.76, "US/c48201", 0, 0},
		{"off Galveston", County, -94.6, 29.2, "US/c48167", 1, 25},
		{"off Galveston", ZIP3, -94.6, 29.2, "US/z775", 1, 25},
		{"off Galveston", ZIP, -94.78, 29.23, "US/z77551", 0, 12},
		{"off Bergen", State, 4.7, 60.4, "NO-12", 1, 25},
		{"off Fiji, west of 180", Country, 179.9, -17.3, "FJ", 0, 100},
		{"Atlantic", Country, -40, 40, "", 0, 0},
		{"Oslo", ZIP, 10.75, 59.92, "", 0, 0},
	}
	for _, tt := range tests {
		u, away, ok := a.Nearest(tt.level, tt.lon, tt.lat)
		if u.Code != tt.want || ok != (tt.want != "") || away < tt.low || away > tt.top {
			t.Errorf("%s: %s %q, %.1f km off, want %q", tt.place, tt.level, u.Code, away, tt.want)
		}
	}
}

// Everything that is computed when it is first asked for is asked for by many
// at a time.
func TestConcurrentUse(t *testing.T) {
	w, err := decode(assets.Atlas)
	if err != nil {
		t.Fatal(err)
	}
	a := &Atlas{world: w}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for _, level := range []Level{Country, State, County} {
				a.At(level, -106.5, 31.8)
				a.Borders(level, "US-NM")
			}
			a.Borders(ZIP, "US-NM")
			a.Shape("US/z880")
			a.Neighbours([]string{"US/z88001", "US/z88002", "US-TX", "MX"})
			a.Place(Address{City: "El Paso", State: "TX", Country: "US"})
		})
	}
	all.Wait()
}

func TestTheCentreOfAUnitLiesInIt(t *testing.T) {
	a := atlas(t)
	for _, tt := range []struct {
		level Level
		most  int // that may fail: specks on one point of the grid
	}{{Country, 1}, {State, 45}, {County, 0}, {ZIP, 120}} {
		var missed []string
		for _, u := range a.Units(tt.level, "") {
			if at, _ := a.At(tt.level, u.Lon, u.Lat); at.Code != u.Code {
				missed = append(missed, u.Code)
			}
		}
		if len(missed) > tt.most {
			t.Errorf("%d centres of level %s lie elsewhere, %d may: %v", len(missed), tt.level, tt.most, missed)
		}
	}
}

func TestNoRingCrossesTheDateLine(t *testing.T) {
	a := atlas(t)
	for _, level := range []Level{Country, State, County} {
		for _, u := range a.Units(level, "") {
			s := a.Shape(u.Code)
			if len(s.Rings) == 0 {
				t.Errorf("%s has no shape", u.Code)
			}
			for _, ring := range s.Rings {
				if ring[0] != ring[len(ring)-1] {
					t.Errorf("a ring of %s is open", u.Code)
				}
				for i, p := range ring {
					if !onGlobe(p[0], p[1]) {
						t.Errorf("%s reaches %v", u.Code, p)
					}
					if i > 0 && math.Abs(p[0]-ring[i-1][0]) > 60 && p[1] > -80 {
						t.Errorf("%s leaps from %v to %v", u.Code, ring[i-1], p)
					}
				}
			}
		}
	}
	for _, line := range slices.Concat(a.Borders(Country, ""), a.Borders(State, "")) {
		for i, p := range line.Points {
			if i > 0 && math.Abs(p[0]-line.Points[i-1][0]) > 60 {
				t.Errorf("the border of %s and %s leaps from %v to %v", line.Left, line.Right, line.Points[i-1], p)
			}
		}
	}
}

func TestUnknownCodes(t *testing.T) {
	a := atlas(t)
	for _, code := range []string{"", "XX", "US-XX", "US/c99999", "US/z", "US/z1", "US/z99999", "US/z000", "US/zabcde", "US/z-1234"} {
		if u, ok := a.Unit(code); ok {
			t.Errorf("%q is %+v", code, u)
		}
		if len(a.Shape(code).Rings) > 0 || a.Children(code) != nil || a.Within(code, code) || a.Within(code, "US") {
			t.Errorf("%q has a shape, children or a place", code)
		}
		if code != "" && (a.Units(State, code) != nil || a.Borders(County, code) != nil || a.Borders(ZIP, code) != nil) {
			t.Errorf("something lies within %q", code)
		}
	}
}

func TestChildren(t *testing.T) {
	a := atlas(t)
	for code, want := range map[string]struct {
		n     int
		first string
	}{
		"US": {56, "US-AK"}, "US-TX": {254, "US/c48001"}, "NO": {0, "NO-01"}, "US/z787": {0, "US/z78701"}, "US/c48453": {0, "US/z78610"},
	} {
		children := a.Children(code)
		if len(children) == 0 || children[0] != want.first || want.n > 0 && len(children) != want.n {
			t.Errorf("%s: %d children, %v", code, len(children), children)
		}
	}
}

func TestCountyOf(t *testing.T) {
	a := atlas(t)
	for zip, want := range map[string]string{
		"78701": "US/c48453", "78701-1234": "US/c48453", "1001": "US/c25013", "US/z77002": "US/c48201",
		"57770": "US/c46102", "99830": "US/c02195", "99999": "", "": "", "7870x": "",
	} {
		if got, ok := a.CountyOf(zip); got != want || ok != (want != "") {
			t.Errorf("%s lies in %q, want %q", zip, got, want)
		}
	}
	for _, u := range a.Units(ZIP, "") {
		county, ok := a.CountyOf(u.Name)
		if !ok || !strings.HasPrefix(county, "US/c") || !a.Within(u.Code, county) {
			t.Errorf("%s lies in %q", u.Name, county)
		}
	}
}
