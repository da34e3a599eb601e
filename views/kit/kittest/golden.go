package kittest

import (
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
)

var update = flag.Bool("update", false, "write the golden pictures instead of comparing with them")

// Two pictures are the same if no more than one pixel in two thousand differs
// by more than a shade: text may be drawn a hair differently elsewhere.
const (
	shadeAllowed  = 24
	pixelsAllowed = 1.0 / 2000
)

// Render draws an object at a size in the application's theme.
func Render(object fyne.CanvasObject, size fyne.Size) image.Image {
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(object)
	c.Resize(size)
	return c.Capture()
}

// Golden draws an object and compares it with testdata/golden/NAME.png. Run
// the tests with -update to write the picture; look at it before committing.
// The picture that failed is kept in testdata/failed.
func Golden(t testing.TB, name string, object fyne.CanvasObject, size fyne.Size) {
	t.Helper()
	GoldenImage(t, name, Render(object, size))
}

// GoldenImage compares a picture, such as a window's Canvas().Capture(), with
// testdata/golden/NAME.png as Golden does.
func GoldenImage(t testing.TB, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".png")
	if *update {
		write(t, path, got)
		return
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatalf("no golden picture %s; run with -update to write it", name)
	}
	defer func() { _ = file.Close() }() // it was only read
	want, err := png.Decode(file)
	if err != nil {
		t.Fatalf("golden picture %s: %v", name, err)
	}
	if want.Bounds() != got.Bounds() {
		write(t, filepath.Join("testdata", "failed", name+".png"), got)
		t.Fatalf("%s is %v, its golden picture %v", name, got.Bounds(), want.Bounds())
	}
	if n := different(got, want); float64(n) > pixelsAllowed*float64(got.Bounds().Dx()*got.Bounds().Dy()) {
		write(t, filepath.Join("testdata", "failed", name+".png"), got)
		t.Errorf("%s differs from its golden picture in %d pixels; see testdata/failed", name, n)
	}
}

func different(a, b image.Image) int {
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if !alike(a.At(x, y), b.At(x, y)) {
				n++
			}
		}
	}
	return n
}

func alike(a, b color.Color) bool {
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	near := func(x, y uint32) bool { return max(x, y)-min(x, y) <= shadeAllowed<<8 }
	return near(r1, r2) && near(g1, g2) && near(b1, b2)
}

func write(t testing.TB, path string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(file, img); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}
