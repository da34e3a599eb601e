package geo

import "testing"

// A still frame is to take at most 50 ms, a frame of panning at most 33.

func BenchmarkStillCounties(b *testing.B) {
	a := atlas(b)
	spec := territories(a)
	r := NewRenderer(NewScene(a, spec), spec)
	sheet := Sheet{Width: 1280, Height: 800}
	v := r.Fit(1280, 800, false)
	for b.Loop() {
		r.ground.stale = true
		r.Draw(v, sheet)
	}
}

func BenchmarkPanCounties(b *testing.B) {
	a := atlas(b)
	spec := territories(a)
	r := NewRenderer(NewScene(a, spec), spec)
	sheet := Sheet{Width: 1280, Height: 800}
	v := r.Fit(1280, 800, false)
	for n := 0; b.Loop(); n++ {
		by := 12.0
		if n/20%2 == 1 {
			by = -by
		}
		v = v.Moved(by, by/2)
		r.Draw(v, sheet)
	}
}

func BenchmarkZoomCounties(b *testing.B) {
	a := atlas(b)
	spec := territories(a)
	r := NewRenderer(NewScene(a, spec), spec)
	sheet := Sheet{Width: 1280, Height: 800}
	fit := r.Fit(1280, 800, false)
	for n := 0; b.Loop(); n++ {
		r.Draw(fit.Zoomed(1+float64(n%40)/4, 900, 300, Screen{1280, 800}), sheet)
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
	a := atlas(b)
	spec := territories(a)
	r := NewRenderer(NewScene(a, spec), spec)
	x, y := r.scene.proj.Forward(-87.6, 41.8)
	for b.Loop() {
		r.UnitAt(x, y)
	}
}

// BenchmarkPaintCounties recolours a county a frame, as the brush does.
func BenchmarkPaintCounties(b *testing.B) {
	a := atlas(b)
	spec := territories(a)
	r := NewRenderer(NewScene(a, spec), spec)
	sheet := Sheet{Width: 1280, Height: 800}
	v := r.Fit(1280, 800, false)
	r.Draw(v, sheet)
	for n := 0; b.Loop(); n++ {
		r.Recolour(n%7, []string{spec.Areas[n*31%len(spec.Areas)].Code}, nil)
		r.Draw(v, sheet)
	}
}
