package geo

import "testing"

// desk is a usual picture: a still one is to take at most 50 ms, a frame of
// panning at most 33.
var desk = Sheet{Width: 1280, Height: 800}

func BenchmarkStillCounties(b *testing.B) {
	r := rendered(b, territories)
	v := r.Fit(1280, 800, false)
	for b.Loop() {
		r.ground.stale = true
		r.Draw(v, desk)
	}
}

func BenchmarkPanCounties(b *testing.B) {
	r := rendered(b, territories)
	v := r.Fit(1280, 800, false)
	for n := 0; b.Loop(); n++ {
		by := 12.0
		if n/20%2 == 1 {
			by = -by
		}
		v = v.Moved(by, by/2)
		r.Draw(v, desk)
	}
}

func BenchmarkZoomCounties(b *testing.B) {
	r := rendered(b, territories)
	fit := r.Fit(1280, 800, false)
	for n := 0; b.Loop(); n++ {
		r.Draw(fit.Zoomed(1+float64(n%40)/4, 900, 300, Screen{1280, 800}), desk)
	}
}

func BenchmarkProjectCounties(b *testing.B) {
	a := atlas(b)
	spec := territories(a)
	for b.Loop() {
		NewScene(a, spec)
	}
}

func BenchmarkUnitAt(b *testing.B) {
	r := rendered(b, territories)
	x, y := r.scene.proj.Forward(-87.6, 41.8)
	for b.Loop() {
		r.UnitAt(x, y)
	}
}

// BenchmarkPaintCounties recolours a county a frame, as the brush does.
func BenchmarkPaintCounties(b *testing.B) {
	r := rendered(b, territories)
	v := r.Fit(1280, 800, false)
	r.Draw(v, desk)
	for n := 0; b.Loop(); n++ {
		r.Recolour(n%7, []string{r.spec.Areas[n*31%len(r.spec.Areas)].Code}, nil)
		r.Draw(v, desk)
	}
}
