package geo

import (
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app/report"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// golden compares a picture with testdata/golden/NAME.png. A few edge pixels
// may differ: floating point is not the same on every processor.
func golden(t *testing.T, name string, got *image.RGBA) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".png")
	if *update {
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(file, got); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		return
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatalf("no golden picture %s; run with -update to write it", name)
	}
	want, err := png.Decode(file)
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if n := unlike(got, want, 24); n*500 > got.Rect.Dx()*got.Rect.Dy() {
		t.Errorf("%s: %d pixels differ; look at it, then run with -update", name, n)
	}
}

// unlike counts the pixels of two pictures that are more than a shade apart.
func unlike(a, b image.Image, shade uint32) int {
	if a.Bounds() != b.Bounds() {
		return math.MaxInt32
	}
	far := func(x, y uint32) bool { return max(x, y)-min(x, y) > shade<<8 }
	n := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			if far(r1, r2) || far(g1, g2) || far(b1, b2) {
				n++
			}
		}
	}
	return n
}

// territories are the seven of the example company, of whole states.
func territories(a *Atlas) report.MapSpec {
	spec := report.MapSpec{
		Title: "Territories", Frame: "US", Level: string(County), Note: "Counties, Albers",
		Sizes: report.MapSizes{Title: "Account dot, open value", Dots: []report.MapSize{
			{Value: 10_000, Text: "$10K"}, {Value: 28_000, Text: "$28K"}, {Value: 50_000, Text: "$50K"},
		}},
	}
	of := map[string]int{}
	for i, g := range []struct {
		name, colour, note string
		states             []string
	}{
		{"Pacific", "#0072B2", "104", []string{"CA", "NV", "OR", "AK", "HI"}},
		{"Mountain", "#E69F00", "79", []string{"WA", "ID", "MT", "WY", "ND", "SD", "MN", "IA", "NE", "CO", "UT", "AZ", "NM"}},
		{"Texas and Plains", "#009E73", "112", []string{"TX", "OK", "KS", "MO", "AR", "LA", "MS"}},
		{"Great Lakes", "#CC79A7", "103", []string{"WI", "IL", "MI", "IN", "OH"}},
		{"Southeast", "#D55E00", "113", []string{"TN", "KY", "SC", "NC", "AL", "GA", "FL", "PR"}},
		{"Mid-Atlantic", "#F0E442", "97", []string{"PA", "MD", "DE", "DC", "WV", "VA", "NJ"}},
		{"Northeast", "#56B4E9", "92", []string{"NY", "CT", "MA", "NH", "VT", "ME", "RI"}},
	} {
		spec.Groups = append(spec.Groups, report.MapGroup{Name: g.name, Colour: g.colour, Note: g.note, Warn: g.note == "79" || g.note == "112" || g.note == "113"})
		for _, state := range g.states {
			of["US-"+state] = i
		}
	}
	for n, u := range a.Units(County, "US") {
		group, ok := of[u.In]
		if !ok {
			group = -1
		}
		spec.Areas = append(spec.Areas, report.MapArea{Code: u.Code, Group: group, Value: math.NaN(), Dim: group == 3})
		if n%31 == 0 {
			spec.Points = append(spec.Points, report.MapPoint{
				ID: u.Code, Name: u.Name, Lon: u.Lon, Lat: u.Lat, Group: group,
				Size: float64(n*7919%50_000) + 500, Hollow: n%5 == 0, Locked: n%7 == 0,
			})
		}
		for k := range 3 {
			if u.In == "US-NJ" {
				spec.Points = append(spec.Points, report.MapPoint{ID: u.Code + string(rune('a'+k)), Lon: u.Lon, Lat: u.Lat + 0.02*float64(k), Group: group, Size: 900})
			}
		}
	}
	return spec
}

func worldMap(a *Atlas) report.MapSpec {
	spec := report.MapSpec{Title: "Sales by country", Frame: "world", Ramp: true, Note: "Equal Earth"}
	for i, u := range a.Units(Country, "") {
		if i%4 != 0 {
			spec.Areas = append(spec.Areas, report.MapArea{Code: u.Code, Group: -1, Value: float64(i * 7919 % 100)})
		}
	}
	for _, least := range []float64{0, 25, 50, 75} {
		text := map[float64]string{0: "under $25K", 25: "$25K", 50: "$50K", 75: "$75K and over"}[least]
		spec.Classes = append(spec.Classes, report.MapClass{Least: least, Text: text})
	}
	return spec
}

func france(a *Atlas) report.MapSpec {
	spec := report.MapSpec{
		Title: "France", Frame: "FR", Level: string(State),
		Groups: []report.MapGroup{{Name: "Nord", Colour: "#0072B2", Note: "98"}, {Name: "Sud", Colour: "#E69F00", Note: "103"}},
		Routes: []report.MapRoute{{Points: [][2]float64{{2.35, 48.86}, {1.1, 49.44}, {2.3, 49.89}, {3.06, 50.63}, {4.03, 49.26}, {2.35, 48.86}}, Group: 0}},
	}
	for i, u := range a.Units(State, "FR") {
		group := 0
		if u.Lat < 46.5 {
			group = 1
		}
		spec.Areas = append(spec.Areas, report.MapArea{Code: u.Code, Group: group})
		if i%3 == 0 {
			spec.Points = append(spec.Points, report.MapPoint{ID: u.Code, Lon: u.Lon, Lat: u.Lat, Size: float64(i), Group: group})
		}
	}
	return spec
}

// rendered draws one of these.
func rendered(t testing.TB, of func(*Atlas) report.MapSpec) *Renderer {
	t.Helper()
	a := atlas(t)
	spec := of(a)
	return NewRenderer(NewScene(a, spec), spec)
}

func TestGoldenMaps(t *testing.T) {
	a := atlas(t)
	for _, c := range []struct {
		name string
		spec report.MapSpec
		w, h int
	}{
		{"territories", territories(a), 700, 470},
		{"world", worldMap(a), 700, 400},
		{"france", france(a), 420, 400},
	} {
		golden(t, c.name+"-light", Draw(a, c.spec, Sheet{Width: c.w, Height: c.h, Title: true}))
		golden(t, c.name+"-dark", Draw(a, c.spec, Sheet{Width: c.w, Height: c.h, Title: true, Theme: Theme{Dark: true}}))
	}
}

// What is left of the picture before and what is drawn anew must fit together.
func TestChangesDrawTheSamePicture(t *testing.T) {
	a := atlas(t)
	spec := territories(a)
	scene := NewScene(a, spec)
	moving := NewRenderer(scene, spec)
	sheet := Sheet{Width: 400, Height: 300}
	view := moving.Fit(400, 300, false).Zoomed(3, 200, 150, Screen{400, 300})
	moving.Draw(view, sheet)
	codes := rapid.SampledFrom(spec.Areas)
	rapid.Check(t, func(t *rapid.T) {
		dx, dy := float64(rapid.IntRange(-90, 90).Draw(t, "dx")), float64(rapid.IntRange(-90, 90).Draw(t, "dy"))
		next := view.Moved(dx, dy)
		fresh := NewRenderer(scene, spec)
		copy(fresh.group, moving.group)
		group, painted := rapid.IntRange(-1, 6).Draw(t, "group"), codes.Draw(t, "painted").Code
		picked := []string{codes.Draw(t, "picked").Code, codes.Draw(t, "picked").Code}
		for _, r := range []*Renderer{moving, fresh} {
			r.Recolour(group, []string{painted}, nil)
			r.Pick(picked, nil)
			r.Draw(next, sheet)
		}
		if n := unlike(moving.ground.img, fresh.ground.img, 40); n > 40 {
			t.Fatalf("%d pixels of the map differ after a move by %v, %v", n, dx, dy)
		}
		if rapid.Bool().Draw(t, "back") {
			moving.Draw(view, sheet)
		}
	})
}

func TestRecolourChangesThePictureAtOnce(t *testing.T) {
	r := rendered(t, france)
	sheet := Sheet{Width: 400, Height: 400}
	v := r.Fit(400, 400, false)
	x, y := r.scene.proj.Forward(2.3, 48.2)
	s := Screen{400, 400}
	at := image.Pt(int((x-v.X)*v.Scale+s.W/2), int((y-v.Y)*v.Scale+s.H/2))
	code := r.UnitAt(x, y)
	if u, ok := r.Unit(code); !ok || u.In != "FR" {
		t.Fatalf("at 2.3, 48.2 lies %q", code)
	}
	if got, want := r.Draw(v, sheet).RGBAAt(at.X, at.Y), (Theme{}).inks().tint(color.RGBA{0x00, 0x72, 0xB2, 255}); got != want {
		t.Errorf("the unit is %v, want %v", got, want)
	}
	r.Recolour(1, []string{code}, nil)
	if got, want := r.Draw(v, sheet).RGBAAt(at.X, at.Y), (Theme{}).inks().tint(color.RGBA{0xE6, 0x9F, 0x00, 255}); got != want {
		t.Errorf("recoloured, the unit is %v, want %v", got, want)
	}
}

func TestLoopsCatchWhatLiesInThem(t *testing.T) {
	r := rendered(t, territories)
	var loop [][2]float64
	for _, q := range [][2]float64{{-121, 32}, {-113, 32}, {-113, 36}, {-121, 36}} {
		x, y := r.scene.proj.Forward(q[0], q[1])
		loop = append(loop, [2]float64{x, y})
	}
	units := r.UnitsIn(loop)
	for _, code := range []string{"US/c06037", "US/c06073"} {
		if !slices.Contains(units, code) {
			t.Errorf("a loop around Los Angeles leaves out %s: %v", code, units)
		}
	}
	if slices.Contains(units, "US/c48201") || len(units) > 20 {
		t.Errorf("it catches %v", units)
	}
	for _, id := range r.PointsIn(loop) {
		p := r.spec.Points[r.pointOf[id]]
		if p.Lon < -122 || p.Lon > -112 {
			t.Errorf("it catches a point at %v, %v", p.Lon, p.Lat)
		}
	}
	if r.UnitsIn(loop[:2]) != nil || r.PointsIn(nil) != nil {
		t.Error("a line catches something")
	}
}

func TestUnitsOfTheInsetsAreFound(t *testing.T) {
	r := rendered(t, territories)
	for _, u := range atlas(t).Units(County, "US") {
		x, y := r.scene.proj.Forward(u.Lon, u.Lat)
		if math.IsNaN(x) {
			continue
		}
		if got := r.UnitAt(x, y); got != u.Code {
			t.Errorf("in the middle of %s (%s) lies %q", u.Code, u.Name, got)
		}
	}
}

// A map that fits what is there stays while what is there does.
func TestScenesHoldWhatTheyWereMadeFor(t *testing.T) {
	a := atlas(t)
	spec := report.MapSpec{
		Level:  string(State),
		Areas:  []report.MapArea{{Code: "FR-75"}, {Code: "nowhere"}},
		Points: []report.MapPoint{{Lon: 2.35, Lat: 48.86}, {Lon: 3.06, Lat: 50.63}, {Lon: math.NaN()}},
	}
	s := NewScene(a, spec)
	if !s.Holds(spec) {
		t.Error("a scene does not hold its own spec")
	}
	for name, change := range map[string]func(*report.MapSpec){
		"a frame": func(m *report.MapSpec) { m.Frame = "FR" },
		"a level": func(m *report.MapSpec) { m.Level = string(Country) },
		"a place": func(m *report.MapSpec) { m.Points = append(m.Points, report.MapPoint{Lon: 10.75, Lat: 59.91}) },
		"an area": func(m *report.MapSpec) { m.Areas = append(m.Areas, report.MapArea{Code: "US-TX"}) },
	} {
		other := spec
		if change(&other); s.Holds(other) {
			t.Errorf("with %s of its own another spec is held", name)
		}
	}
	spec.Points = spec.Points[:1]
	if !s.Holds(spec) {
		t.Error("with a point less the spec is held no longer")
	}
}

// Anything may come from a book: no spec may bring the program down.
func TestOddSpecsAreDrawn(t *testing.T) {
	a := atlas(t)
	nan := math.NaN()
	for name, spec := range map[string]report.MapSpec{
		"nothing":         {},
		"unknown frame":   {Frame: "XX", Level: "state"},
		"unknown level":   {Frame: "US", Level: "village"},
		"unknown codes":   {Level: "county", Areas: []report.MapArea{{Code: "no", Group: 7}}},
		"groups missing":  {Frame: "FR", Level: "state", Areas: []report.MapArea{{Code: "FR-75", Group: 3}}},
		"one point":       {Points: []report.MapPoint{{Lon: 10.75, Lat: 59.91, Size: 4}}},
		"points far off":  {Points: []report.MapPoint{{Lon: 179, Lat: 80}, {Lon: -179, Lat: -80, Size: nan}}},
		"no such place":   {Frame: "US", Points: []report.MapPoint{{Lon: nan, Lat: 5}, {Lon: 400, Lat: 95, Size: -3}}},
		"values missing":  {Frame: "world", Ramp: true, Areas: []report.MapArea{{Code: "FR", Value: nan}, {Code: "DE", Value: math.Inf(1)}}},
		"an odd colour":   {Frame: "FR", Groups: []report.MapGroup{{Name: "A", Colour: "red"}}, Points: []report.MapPoint{{Lon: 2, Lat: 48}}},
		"a route of none": {Frame: "FR", Routes: []report.MapRoute{{}, {Points: [][2]float64{{2, 48}}, Group: 4}}},
	} {
		for _, size := range [][2]int{{300, 200}, {1, 1}, {0, 0}, {40, 400}} {
			if img := Draw(a, spec, Sheet{Width: size[0], Height: size[1], Title: true}); img == nil {
				t.Errorf("%s at %v is not drawn", name, size)
			}
		}
	}
}

// A label that was pushed to the edge of the picture comes back with its group,
// and one that has room stays where it is.
func TestLabelsKeepToTheirGroups(t *testing.T) {
	r := rendered(t, territories)
	sheet := Sheet{Width: 700, Height: 470}
	fit := r.Fit(700, 470, false)
	r.Draw(fit, sheet)
	first := r.anchors[2]
	r.Draw(fit.Moved(-30, 20), sheet)
	if r.anchors[2] != first {
		t.Errorf("the label of Texas moved on the map from %v to %v", first, r.anchors[2])
	}
	for by := range 12 {
		r.Draw(fit.Moved(-40*float64(by), 0), sheet)
	}
	for by := range 12 {
		r.Draw(fit.Moved(-40*float64(11-by), 0), sheet)
	}
	for g, at := range r.anchors {
		b := nowhere()
		for i, of := range r.group {
			if int(of) == g {
				b = b.union(r.scene.units[i].main)
			}
		}
		if !b.has(at.x, at.y) {
			t.Errorf("the label of %s stands at %v, the group in %v", r.spec.Groups[g].Name, at, b)
		}
	}
}

// rounds are three days of stops that lie close together, and one farther off.
func rounds(a *Atlas) report.MapSpec {
	spec := report.MapSpec{Level: string(County)}
	for _, u := range a.Units(County, "US-MA") {
		spec.Areas = append(spec.Areas, report.MapArea{Code: u.Code, Group: -1})
	}
	for day, name := range []string{"Monday, Nov 30", "Tuesday, Dec 1", "Wednesday, Dec 2", "Thursday, Dec 3"} {
		spec.Groups = append(spec.Groups, report.MapGroup{Name: name, Colour: "#0072B2"})
		route := report.MapRoute{Group: day, Points: [][2]float64{{-71.06, 42.36}}}
		for n := range 7 {
			lon, lat := -71.4-0.13*float64((n*5+day)%7)-0.5*float64(day/3), 42.2+0.09*float64((n*3+day*2)%5)
			spec.Points = append(spec.Points, report.MapPoint{ID: name + string(rune('a'+n)), Lon: lon, Lat: lat, Group: day, Size: 1})
			route.Points = append(route.Points, [2]float64{lon, lat})
		}
		spec.Routes = append(spec.Routes, route)
	}
	return spec
}

func TestLabelsOfRoundsHideNoStops(t *testing.T) {
	r := rendered(t, rounds)
	for _, size := range [][2]int{{620, 520}, {420, 400}, {900, 700}} {
		w, h := float64(size[0]), float64(size[1])
		v := r.Fit(w, h, false)
		clear(r.anchors)
		r.Draw(v, Sheet{Width: size[0], Height: size[1]})
		if len(r.anchors) != len(r.spec.Groups) {
			t.Errorf("%v: %d of %d days have a label", size, len(r.anchors), len(r.spec.Groups))
		}
		cam := v.camera(size[0], size[1], 1)
		for g, at := range r.anchors {
			x, y := cam.px(at.x, at.y)
			wide := r.letters.width(r.spec.Groups[g].Name, typeface{labelText, true})
			label := box{x - wide/2, y - labelHigh/2, x + wide/2, y + labelHigh/2}
			for _, m := range r.marks {
				if label.grown(m.r).has(m.x, m.y) {
					t.Errorf("%v: the label of %s hides a stop", size, r.spec.Groups[g].Name)
				}
			}
		}
	}
}

// TestLabelsLeaveCountsToBeRead: a label does not stand upon the count of a
// cluster where there is room beside it.
func TestLabelsLeaveCountsToBeRead(t *testing.T) {
	a := atlas(t)
	spec := report.MapSpec{Frame: "US", Level: string(State), Groups: []report.MapGroup{{Name: "Kansas and around", Colour: "#0072B2"}}}
	spec.Areas = []report.MapArea{{Code: "US-KS", Group: 0}}
	for n := range 20 {
		spec.Points = append(spec.Points, report.MapPoint{ID: string(rune('a' + n)), Lon: -98.4 + 0.01*float64(n), Lat: 38.5, Group: 0, Size: 1})
	}
	r := NewRenderer(NewScene(a, spec), spec)
	v := r.Fit(700, 470, false)
	r.Draw(v, Sheet{Width: 700, Height: 470})
	if len(r.marks) != 1 || len(r.marks[0].dots) != 20 || len(r.anchors) != 1 {
		t.Fatalf("%d marks, %d labels", len(r.marks), len(r.anchors))
	}
	_, y := v.camera(700, 470, 1).px(r.anchors[0].x, r.anchors[0].y)
	if off := math.Abs(y - r.marks[0].y); off < labelHigh/2+r.marks[0].r {
		t.Errorf("the label stands %.0f px from the middle of the count", off)
	}
}
