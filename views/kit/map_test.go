package kit_test

import (
	"image"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fieldbook/app/geo"
	"fieldbook/app/report"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// westAndEast are the American states in two groups, with an account in each
// of three cities.
func westAndEast(t testing.TB) report.MapSpec {
	t.Helper()
	atlas, err := geo.Load()
	if err != nil {
		t.Fatal(err)
	}
	spec := report.MapSpec{
		Frame: "US", Level: string(geo.State), Note: "States, Albers",
		Groups: []report.MapGroup{{Name: "West", Colour: "#0072B2", Note: "104"}, {Name: "East", Colour: "#E69F00", Note: "96"}},
		Points: []report.MapPoint{
			{ID: "denver", Name: "Denver", Lon: -104.99, Lat: 39.74, Size: 9},
			{ID: "reno", Name: "Reno", Lon: -119.81, Lat: 39.53, Size: 4},
			{ID: "atlanta", Name: "Atlanta", Lon: -84.39, Lat: 33.75, Size: 25, Group: 1},
		},
	}
	for _, u := range atlas.Units(geo.State, "US") {
		group := 0
		if u.Lon > -96 {
			group = 1
		}
		spec.Areas = append(spec.Areas, report.MapArea{Code: u.Code, Group: group})
	}
	return spec
}

// mapDesk shows the states at 800 × 520.
func mapDesk(t *testing.T, opts kit.MapOptions) (*kittest.Hand, *kit.MapView) {
	t.Helper()
	kittest.App(t, false)
	m := kit.NewMapView(opts)
	h := desk(t, m, 800, 520)
	m.SetSpec(westAndEast(t))
	h.Window.Canvas().Capture()
	return h, m
}

// under are the degrees under a place of the widget. The driver of the tests
// holds that the widget stands elsewhere in the window.
func under(m *kit.MapView, at fyne.Position) (lon, lat float64, ok bool) {
	return m.PlaceAt(at.Add(fyne.CurrentApp().Driver().AbsolutePositionForObject(m)))
}

// on is where a place lies on the screen.
func on(t *testing.T, m *kit.MapView, lon, lat float64) fyne.Position {
	t.Helper()
	var best fyne.Position
	nearest := 1e9
	size := m.Size()
	for x := float32(0); x < size.Width; x += 2 {
		for y := float32(0); y < size.Height; y += 2 {
			if lo, la, ok := under(m, fyne.NewPos(x, y)); ok {
				if d := (lo-lon)*(lo-lon) + (la-lat)*(la-lat); d < nearest {
					nearest, best = d, fyne.NewPos(x, y)
				}
			}
		}
	}
	if nearest > 0.5 {
		t.Fatalf("%v, %v is not on the screen", lon, lat)
	}
	return best
}

func TestMapTapCatchesDotsBeforeUnits(t *testing.T) {
	var got kit.MapCatch
	var added bool
	taps := 0
	h, m := mapDesk(t, kit.MapOptions{OnTap: func(c kit.MapCatch, add bool) { got, added = c, add; taps++ }})
	h.Click(on(t, m, -104.99, 39.74))
	if !slices.Equal(got.Points, []string{"denver"}) || got.Codes != nil || added {
		t.Errorf("on Denver: %+v, added %v", got, added)
	}
	h.Click(on(t, m, -99, 31.5), fyne.KeyModifierControl)
	if !slices.Equal(got.Codes, []string{"US-TX"}) || got.Points != nil || !added {
		t.Errorf("on Texas with Ctrl: %+v, added %v", got, added)
	}
	m.Focus(0)
	h.Window.Canvas().Capture()
	h.Click(fyne.NewPos(400, 516))
	if !got.Empty() {
		t.Errorf("on the note below the map: %+v", got)
	}
	m.Fit()
	h.Click(fyne.NewPos(6, 6))
	if !got.Empty() || taps != 4 {
		t.Errorf("beside the map: %+v after %d taps", got, taps)
	}
	m.SetTargets(true, false)
	h.Click(on(t, m, -104.99, 39.74))
	if !slices.Equal(got.Codes, []string{"US-CO"}) {
		t.Errorf("on Denver, units only: %+v", got)
	}
	m.SetTargets(false, true)
	h.Click(on(t, m, -99, 31.5))
	if !got.Empty() {
		t.Errorf("on Texas, points only: %+v", got)
	}
}

func TestMapMenuSaysWhatLiesThere(t *testing.T) {
	var got kit.MapCatch
	var at fyne.Position
	h, m := mapDesk(t, kit.MapOptions{OnMenu: func(c kit.MapCatch, p fyne.Position) { got, at = c, p }})
	where := on(t, m, -99, 31.5)
	h.RightClick(where)
	if !slices.Equal(got.Codes, []string{"US-TX"}) || at != where {
		t.Errorf("the menu of %+v at %v, want Texas at %v", got, at, where)
	}
}

// stroke presses at the first place, drags to the others and lets go.
func stroke(m *kit.MapView, places ...fyne.Position) {
	down := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	down.Position, down.AbsolutePosition = places[0], places[0]
	m.MouseDown(down)
	for _, at := range places[1:] {
		m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at, AbsolutePosition: at}})
	}
	m.MouseUp(down)
	m.DragEnd()
}

func TestMapLassoStaysUntilCleared(t *testing.T) {
	var got kit.MapCatch
	var at fyne.Position
	loops := 0
	h, m := mapDesk(t, kit.MapOptions{OnLasso: func(c kit.MapCatch, p fyne.Position) { got, at = c, p; loops++ }})
	bare := h.Window.Canvas().Capture()
	m.SetTool(kit.MapLasso)
	loop := []fyne.Position{on(t, m, -109.5, 41.5), on(t, m, -101.5, 41.5), on(t, m, -101.5, 36.5), on(t, m, -109.5, 36.5)}
	stroke(m, loop...)
	if loops != 1 || !slices.Equal(got.Codes, []string{"US-CO"}) || !slices.Equal(got.Points, []string{"denver"}) {
		t.Errorf("a loop around Colorado caught %+v in %d calls", got, loops)
	}
	if at.X < loop[1].X || at.Y < loop[0].Y || at.Y > loop[2].Y {
		t.Errorf("the pop-up stands at %v", at)
	}
	if samePicture(bare, h.Window.Canvas().Capture()) {
		t.Error("the lasso is not drawn once it is closed")
	}
	h.Key(fyne.KeyEscape)
	if !samePicture(bare, h.Window.Canvas().Capture()) {
		t.Error("Escape leaves the lasso")
	}
	stroke(m, loop...)
	m.ClearLasso()
	if !samePicture(bare, h.Window.Canvas().Capture()) {
		t.Error("ClearLasso leaves the lasso")
	}
}

func samePicture(a, b image.Image) bool {
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return a.Bounds() == b.Bounds()
}

func TestMapBrushTellsEachUnitOnce(t *testing.T) {
	var codes, points []string
	ended := 0
	h, m := mapDesk(t, kit.MapOptions{
		OnPaint:   func(c kit.MapCatch) { codes, points = append(codes, c.Codes...), append(points, c.Points...) },
		OnPainted: func() { ended++ },
	})
	m.SetTool(kit.MapBrush)
	kansas, nevada := on(t, m, -98.5, 38.5), on(t, m, -119.7, 39.5)
	stroke(m, kansas, nevada, kansas)
	if want := []string{"US-KS", "US-CO", "US-UT", "US-NV"}; !slices.Equal(codes, want) {
		t.Errorf("painted %v, want %v", codes, want)
	}
	if !slices.Contains(points, "reno") || slices.Contains(points, "atlanta") || ended != 1 {
		t.Errorf("painted points %v, ended %d times", points, ended)
	}
	before := h.Window.Canvas().Capture()
	m.Recolour(1, kit.MapCatch{Codes: codes})
	if samePicture(before, h.Window.Canvas().Capture()) {
		t.Error("recolouring does not show at once")
	}
}

func TestMapDragPans(t *testing.T) {
	h, m := mapDesk(t, kit.MapOptions{OnTap: func(kit.MapCatch, bool) { t.Error("a drag taps") }})
	h.Drag(fyne.NewPos(400, 260), fyne.NewPos(460, 300))
	lon, lat, _ := under(m, fyne.NewPos(460, 300))
	m.Fit()
	wantLon, wantLat, _ := under(m, fyne.NewPos(400, 260))
	if far(lon, wantLon) || far(lat, wantLat) {
		t.Errorf("after a drag the mouse is over %v, %v, want %v, %v", lon, lat, wantLon, wantLat)
	}
}

func far(a, b float64) bool { return max(a, b)-min(a, b) > 0.01 }

func TestMapWheelZoomsAtTheMouse(t *testing.T) {
	h, m := mapDesk(t, kit.MapOptions{})
	at := fyne.NewPos(300, 200)
	lon, lat, _ := under(m, at)
	beside, _, _ := under(m, at.AddXY(50, 0))
	h.Scroll(at, 0, 50)
	lon2, lat2, _ := under(m, at)
	beside2, _, _ := under(m, at.AddXY(50, 0))
	if far(lon, lon2) || far(lat, lat2) {
		t.Errorf("the place under the mouse moved from %v, %v to %v, %v", lon, lat, lon2, lat2)
	}
	if beside2-lon2 > 0.8*(beside-lon) {
		t.Errorf("50 px are %v degrees and were %v", beside2-lon2, beside-lon)
	}
	for range 60 {
		h.Scroll(at, 0, -100)
	}
	if x := on(t, m, -99, 31.5); x.X < 0 {
		t.Error("zoomed out, the map is gone")
	}
}

func TestMapKeys(t *testing.T) {
	h, m := mapDesk(t, kit.MapOptions{})
	h.Click(fyne.NewPos(400, 260))
	middle := fyne.NewPos(400, 260)
	lon, _, _ := under(m, middle)
	h.Key(fyne.KeyRight)
	right, _, _ := under(m, middle)
	if right <= lon {
		t.Errorf("the right arrow looks from %v to %v", lon, right)
	}
	h.Type("0")
	back, _, _ := under(m, middle)
	if far(back, lon) {
		t.Errorf("0 looks at %v, want %v", back, lon)
	}
	side := fyne.NewPos(500, 260)
	before, _, _ := under(m, side)
	h.Type("+")
	near, _, _ := under(m, side)
	h.Type("-")
	again, _, _ := under(m, side)
	if near >= before || far(again, before) {
		t.Errorf("100 px from the middle lies %v, nearer %v, then %v", before, near, again)
	}
	h.DoubleClick(side)
	if lon, _, _ := under(m, fyne.NewPos(600, 260)); lon >= before+(before-back) {
		t.Errorf("a double click does not zoom: %v", lon)
	}
}

func TestMapSaysThatItLoads(t *testing.T) {
	kittest.App(t, false)
	queue := &kittest.Queue{}
	m := kit.NewMapView(kit.MapOptions{Runner: queue})
	h := desk(t, m, 400, 300)
	spec := westAndEast(t)
	m.SetSpec(spec)
	if !kittest.Shows(m, "Loading the map") || m.Ready() {
		t.Error("while it loads, the map does not say so")
	}
	h.Click(fyne.NewPos(200, 150)) // nothing to hit yet
	m.Select(kit.MapCatch{Codes: []string{"US-TX"}})
	spec.Frame, spec.Level, spec.Areas = "FR", string(geo.State), nil
	m.SetSpec(spec)
	queue.RunAll()
	if !m.Ready() || kittest.Shows(m, "Loading the map") {
		t.Error("the map does not come")
	}
	if _, ok := m.Unit("FR-75"); !ok {
		t.Error("the map that was asked for last is not shown")
	}
}

func TestMapOfUnknownPlacesComes(t *testing.T) {
	kittest.App(t, false)
	queue := &kittest.Queue{}
	m := kit.NewMapView(kit.MapOptions{Runner: queue})
	desk(t, m, 400, 300)
	for range 2 {
		m.SetSpec(report.MapSpec{Areas: []report.MapArea{{Code: "nowhere"}}, Points: []report.MapPoint{{ID: "a", Lon: 500, Lat: 91}}})
		for range 3 {
			if queue.Waiting() > 0 {
				queue.Run(0)
			}
		}
	}
	if !m.Ready() || queue.Waiting() > 0 {
		t.Errorf("ready %v, %d works wait", m.Ready(), queue.Waiting())
	}
}

func TestMapKeepsItsPlaceWhileTheFrameIsTheSame(t *testing.T) {
	h, m := mapDesk(t, kit.MapOptions{})
	h.Scroll(fyne.NewPos(300, 200), 0, 100)
	lon, lat, _ := under(m, fyne.NewPos(10, 10))
	spec := westAndEast(t)
	spec.Areas[0].Group = 1
	m.SetSpec(spec)
	spec.Level, spec.Areas = string(geo.County), nil
	m.SetSpec(spec)
	if lon2, lat2, _ := under(m, fyne.NewPos(10, 10)); far(lon, lon2) || far(lat, lat2) {
		t.Errorf("other data look from %v, %v to %v, %v", lon, lat, lon2, lat2)
	}
	m.Focus(1)
	if lon2, _, _ := under(m, fyne.NewPos(10, 260)); lon2 < -100 {
		t.Errorf("the eastern group begins at %v", lon2)
	}
}

func TestMapTip(t *testing.T) {
	h, m := mapDesk(t, kit.MapOptions{Tip: func(c kit.MapCatch) string { return strings.Join(c.Codes, ", ") }})
	h.Move(on(t, m, -99, 31.5))
	if !kittest.Shows(m, "US-TX") {
		t.Errorf("over Texas: %v", kittest.Texts(m))
	}
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if kittest.Shows(m, "US-TX") {
		t.Error("moved by a key, the map leaves the hint")
	}
	m.Fit()
	h.Move(on(t, m, -99, 31.5))
	h.Move(fyne.NewPos(5, 5))
	if kittest.Shows(m, "US-TX") {
		t.Error("beside the map the hint stays")
	}
}

func TestMapGolden(t *testing.T) {
	inBoth(t, "map", fyne.NewSize(560, 380), func() fyne.CanvasObject {
		m := kit.NewMapView(kit.MapOptions{})
		m.SetSpec(westAndEast(t))
		m.Select(kit.MapCatch{Codes: []string{"US-CA", "US-NV"}, Points: []string{"denver"}})
		return m
	})
}
