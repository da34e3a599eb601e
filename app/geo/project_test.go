package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// there draws a place that the projection shows, clear of the cut and of the
// poles, where longitudes mean little.
func there(t *rapid.T, middle, half float64) (lon, lat float64) {
	lon = wrap(middle + rapid.Float64Range(-half, half).Draw(t, "lon"))
	return lon, rapid.Float64Range(-85, 85).Draw(t, "lat")
}

func roundTrip(t *rapid.T, p Projection, lon, lat float64) {
	x, y := p.Forward(lon, lat)
	lon2, lat2, ok := p.Inverse(x, y)
	if !ok || math.Abs(remainder(lon2-lon)) > 1e-6 || math.Abs(lat2-lat) > 1e-6 {
		t.Fatalf("%v, %v lies at %v, %v, which is %v, %v (%v)", lon, lat, x, y, lon2, lat2, ok)
	}
}

func TestEqualEarthRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := equalEarth{lon0: rapid.Float64Range(-180, 180).Draw(t, "middle")}
		lon, lat := there(t, e.lon0, 179.9)
		roundTrip(t, e, lon, lat)
	})
}

func TestAlbersRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		south := rapid.Float64Range(-80, 79).Draw(t, "south")
		north := rapid.Float64Range(south, 80).Draw(t, "north")
		a := cone(rapid.Float64Range(-180, 180).Draw(t, "middle"), south, north)
		lon, lat := there(t, a.lon0, 179)
		roundTrip(t, a, lon, lat)
	})
}

func TestAlbersUSARoundTrip(t *testing.T) {
	u := newAlbersUSA()
	regions := map[string]box{
		"lower 48": {-124, 33, -67, 49}, "Texas": {-99, 26, -97, 30}, "Florida": {-83, 25, -80, 30}, "Alaska": {-168, 54, -130.5, 71}, "Aleutians": {172, 51, 179.9, 53},
		"Hawaii": {-160.5, 18.9, -154.8, 22.3}, "Puerto Rico": {-67.3, 17.7, -65.2, 18.6},
	}
	for name, b := range regions {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				roundTrip(t, u, rapid.Float64Range(b.x0, b.x1).Draw(t, "lon"), rapid.Float64Range(b.y0, b.y1).Draw(t, "lat"))
			})
		})
	}
	for name, at := range map[string][2]float64{"Guam": {144.8, 13.4}, "London": {0, 51}} {
		if x, _ := u.Forward(at[0], at[1]); !math.IsNaN(x) {
			t.Errorf("%s is on the map of the United States", name)
		}
	}
	if _, _, ok := u.Inverse(2, 2); ok {
		t.Error("a place far off the map has degrees")
	}
}

// Equal areas are what makes a choropleth honest.
func TestProjectionsKeepAreas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom([]Projection{equalEarth{11}, newAlbers(29.5, 45.5, -96, 38), newAlbers(-10, 10, 20, 0), cone(134, -40, -12)}).Draw(t, "projection")
		lon, lat := there(t, p.Middle(), 100)
		lat *= 0.8
		const d = 0.01
		var ring []orb.Point
		for _, q := range [][2]float64{{-d, -d}, {d, -d}, {d, d}, {-d, d}} {
			ring = append(ring, orb.Point{lon + q[0], lat + q[1]})
		}
		var flat [][2]float64
		for _, q := range ring {
			x, y := p.Forward(q[0], q[1])
			flat = append(flat, [2]float64{x, y})
		}
		got := 0.0
		for i, a := range flat {
			b := flat[(i+1)%len(flat)]
			got += a[0]*b[1] - b[0]*a[1]
		}
		got = math.Abs(got) / 2
		want := 2 * d * radians * (math.Sin((lat+d)*radians) - math.Sin((lat-d)*radians))
		if math.Abs(got/want-1) > 1e-3 {
			t.Fatalf("at %v, %v an area of %v takes %v", lon, lat, want, got)
		}
	})
}

func TestRingsAreCutWhereTheMapIsCut(t *testing.T) {
	e := equalEarth{lon0: 11} // cut at -169
	across := []orb.Point{{-175, 60}, {-160, 60}, {-160, 70}, {-175, 70}, {-175, 60}}
	pieces := projectRing(e, across)
	if len(pieces) != 2 {
		t.Fatalf("%d pieces, want 2", len(pieces))
	}
	for _, p := range pieces {
		if b := boxOf(p); b.w() > 0.5 {
			t.Errorf("a piece smears over %v", b)
		}
	}
	if whole := projectRing(e, []orb.Point{{175, 60}, {-175, 60}, {-175, 70}, {175, 70}}); len(whole) != 1 {
		t.Errorf("what crosses 180° but not the cut comes in %d pieces", len(whole))
	}
	lines := projectLine(e, []orb.Point{{-172, 60}, {-170, 60}, {-168, 60}, {-166, 60}})
	for _, l := range lines {
		if b := boxOf(l); b.w() > 0.5 {
			t.Errorf("a line smears over %v", b)
		}
	}
	if pole := projectRing(e, []orb.Point{{-180, -70}, {-90, -70}, {0, -70}, {90, -70}, {180, -70}}); len(pole) > 1 {
		t.Errorf("a ring around the pole comes in %d pieces", len(pole))
	}
}

// However a ring lies, its pieces cover as much as it does.
func TestCuttingKeepsAreas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := equalEarth{lon0: 11}
		lon := rapid.Float64Range(-180, 180).Draw(t, "lon")
		lat := rapid.Float64Range(-60, 60).Draw(t, "lat")
		wide := rapid.Float64Range(0.5, 40).Draw(t, "wide")
		ring := []orb.Point{{lon, lat}, {wrap(lon + wide), lat}, {wrap(lon + wide), lat + 10}, {lon, lat + 10}}
		sum := 0.0
		for _, p := range projectRing(e, ring) {
			sum += doubleArea(p) / 2
		}
		want := wide * radians * (math.Sin((lat+10)*radians) - math.Sin(lat*radians))
		if math.Abs(sum/want-1) > 0.01 {
			t.Fatalf("%v covers %v, want %v", ring, sum, want)
		}
	})
}

func TestHolesTurnTheOtherWay(t *testing.T) {
	square := func(r float32) []float32 { return []float32{-r, -r, r, -r, r, r, -r, r} }
	rings := [][]float32{square(1), square(2), square(3)}
	orient(rings)
	for i, inside := range []bool{true, false, true} {
		if (turning(rings[i]) > 0) != inside {
			t.Errorf("ring %d turns the wrong way", i)
		}
	}
	a := patch{rings: rings, box: boxOf(rings[2])}
	for x, want := range map[float64]bool{0.5: true, 1.5: false, 2.5: true, 3.5: false} {
		if a.has(x, 0.1) != want {
			t.Errorf("%v lies inside: %v", x, !want)
		}
	}
}

func TestSpanOfLongitudes(t *testing.T) {
	for _, c := range []struct {
		lons       [][2]float64
		from, wide float64
	}{
		{[][2]float64{{10, 20}}, 10, 10},
		{[][2]float64{{10, 20}, {40, 50}}, 10, 40},
		{[][2]float64{{170, 180}, {-180, -175}}, 170, 15},
		{[][2]float64{{-170, -160}, {160, 170}}, 160, 40},
	} {
		if from, wide := span(c.lons); math.Abs(remainder(from-c.from)) > 1e-9 || math.Abs(wide-c.wide) > 1e-9 {
			t.Errorf("%v spans %v from %v, want %v from %v", c.lons, wide, from, c.wide, c.from)
		}
	}
}

// TestAFrameLeavesFarIslandsOut: Norway is framed without Svalbard and Jan Mayen,
// Portugal without Madeira and the Azores, while islands near the coast stay.
func TestAFrameLeavesFarIslandsOut(t *testing.T) {
	a := atlas(t)
	for frame, lats := range map[string][2]float64{"NO": {57, 72}, "PT": {36, 43}, "DK": {54, 58}, "IT": {35, 48}, "NZ": {-48, -34}} {
		_, b, ok := mainPart(a.Shape(frame).Rings)
		if !ok || b.y0 < lats[0] || b.y1 > lats[1] {
			t.Errorf("%s is framed from %.1f to %.1f degrees", frame, b.y0, b.y1)
		}
	}
}

func TestDarkGreysAreToldFromADarkGround(t *testing.T) {
	grey, blue := rgb(0x555555), rgb(0x0072B2)
	if OnDark(blue) != blue || OnDark(grey).R < 0xA0 {
		t.Errorf("blue %v, grey %v", OnDark(blue), OnDark(grey))
	}
	dark := Theme{Dark: true}.inks()
	if got := dark.tint(grey); got.R-dark.bg.R < 40 {
		t.Errorf("a grey area is %v on %v", got, dark.bg)
	}
}
