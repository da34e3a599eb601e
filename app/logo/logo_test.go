package logo_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"

	"fieldbook/app/logo"
	"fieldbook/data"
)

func picture(w, h int, at func(x, y int) color.Color) []byte {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, at(x, y))
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

func red(int, int) color.Color { return color.RGBA{200, 0, 0, 255} }

func TestRead(t *testing.T) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewRGBA(image.Rect(0, 0, 300, 100)), nil); err != nil {
		t.Fatal(err)
	}
	const svg = `<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#c80000"/>`
	for name, c := range map[string]struct {
		raw  []byte
		w, h int
	}{
		"small PNG stays":   {picture(30, 10, red), 30, 10},
		"large PNG shrinks": {picture(1440, 720, red), 288, 144},
		"JPEG":              {photo.Bytes(), 300, 100},
		"SVG":               {[]byte(svg + `</svg>`), 288, 144},
	} {
		img, err := logo.Read(c.raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if img.Rect.Dx() != c.w || img.Rect.Dy() != c.h {
			t.Errorf("%s: %v", name, img.Rect)
		}
		if r, _, _, a := img.At(c.w/2, c.h/2).RGBA(); name != "JPEG" && (r>>8 < 195 || a>>8 != 255) {
			t.Errorf("%s: colour in the middle %v", name, img.At(c.w/2, c.h/2))
		}
	}
	for name, raw := range map[string][]byte{
		"nothing": nil, "a text": []byte("logo"), "half a PNG": picture(30, 10, red)[:50], "letters": []byte(svg + `<text>Acme</text></svg>`),
		"pixels": []byte(svg + `<image href="file:///etc/passwd"/></svg>`), "no size": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`),
		"too large": append(picture(2, 2, red), make([]byte, logo.MaxFile)...), "endless": []byte(`<svg viewBox="0 0 1 1e300"><path d="M0 0L1 1"/></svg>`),
		"broken path": []byte(`<svg viewBox="0 0 9 9"><path d="M"/><use href="#a" id="a"/></svg` + strings.Repeat("<g>", 10)),
	} {
		if img, err := logo.Read(raw); data.KindOf(err) != data.Invalid && (name != "broken path" || img == nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPackKeepsWithinItsLimit(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	noise := func(int, int) color.Color {
		return color.RGBA{uint8(rng.Uint32()), uint8(rng.Uint32()), uint8(rng.Uint32()), 255}
	}
	img, err := logo.Read(picture(700, 140, noise))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := logo.Pack(img)
	if err != nil || len(raw) > logo.MaxPacked {
		t.Fatalf("%d bytes, %v", len(raw), err)
	}
	again, err := logo.Read(raw)
	if err != nil || again.Rect.Dy() < 30 {
		t.Errorf("%v, %v", again, err)
	}
}
