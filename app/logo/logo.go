// Package logo makes a picture for the head of a report out of the file that
// somebody has of it.
package logo

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/draw"
	_ "image/jpeg" // a logo may be one
	"image/png"
	"math"

	"fieldbook/data"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
	xdraw "golang.org/x/image/draw"
)

const (
	// MaxFile is how large a file may be, in bytes.
	MaxFile = 4 << 20
	// MaxPacked is how large a packed logo is at most: it goes with the settings
	// of a report, which are one text.
	MaxPacked = 40 << 10

	mostPixels = 40e6
	wide, high = 720, 144 // px, as sharp as a printer needs at 36 px high
)

// Read makes the picture of a PNG, JPEG or SVG file, no larger than paper
// needs. The error is Invalid for anything else.
func Read(raw []byte) (*image.RGBA, error) {
	if len(raw) > MaxFile {
		return nil, data.FieldErrorf("logo", "the logo is larger than 4 MB; save it smaller and choose it again")
	}
	if isSVG(raw) {
		return drawing(raw)
	}
	info, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, data.FieldErrorf("logo", "the logo is not a PNG, JPEG or SVG picture")
	}
	if info.Width <= 0 || info.Height <= 0 || float64(info.Width)*float64(info.Height) > mostPixels {
		return nil, data.FieldErrorf("logo", "the logo has %d × %d pixels; save it smaller and choose it again", info.Width, info.Height)
	}
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, data.FieldErrorf("logo", "the logo's file is damaged; save it again from where it came")
	}
	return shrunk(img, wide, high), nil
}

// Pack writes a logo as PNG of at most MaxPacked bytes, smaller where it must be.
func Pack(img *image.RGBA) ([]byte, error) {
	for w, h := wide, high; h >= high/4; w, h = w*3/4, h*3/4 {
		var buf bytes.Buffer
		if err := png.Encode(&buf, shrunk(img, w, h)); err != nil {
			return nil, data.Wrap(data.Internal, err, "The logo could not be kept. Choose it again, or go on without one.")
		}
		if buf.Len() <= MaxPacked {
			return buf.Bytes(), nil
		}
	}
	return nil, data.FieldErrorf("logo", "the logo has too many colours to be kept with the book; choose a plainer one")
}

// shrunk fits a picture into w × h px. It never grows.
func shrunk(img image.Image, w, h int) *image.RGBA {
	b := img.Bounds()
	k := min(1, float64(w)/float64(b.Dx()), float64(h)/float64(b.Dy()))
	out := image.NewRGBA(image.Rect(0, 0, max(1, int(math.Round(float64(b.Dx())*k))), max(1, int(math.Round(float64(b.Dy())*k)))))
	if k == 1 {
		draw.Draw(out, out.Rect, img, b.Min, draw.Src)
		return out
	}
	xdraw.CatmullRom.Scale(out, out.Rect, img, b, draw.Src, nil)
	return out
}

// isSVG looks for the first element of the file.
func isSVG(raw []byte) bool {
	name, _ := firstOf(raw, func(string) bool { return true })
	return name == "svg"
}

// firstOf is the name of the first element that is wanted.
func firstOf(raw []byte, wanted func(name string) bool) (string, bool) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Strict = false
	for {
		token, err := d.RawToken()
		if err != nil {
			return "", false
		}
		if e, ok := token.(xml.StartElement); ok && wanted(e.Name.Local) {
			return e.Name.Local, true
		}
	}
}

// drawing draws an SVG. What it has of letters or pixels cannot be drawn, and a
// logo without them would be another one, so such files are Invalid.
func drawing(raw []byte) (out *image.RGBA, err error) {
	if name, has := firstOf(raw, func(name string) bool { return name == "text" || name == "image" || name == "foreignObject" }); has {
		return nil, data.FieldErrorf("logo", "the logo is an SVG with %s in it, which cannot be drawn here; turn it into paths, or save the logo as PNG", name)
	}
	defer func() { // a library on the file of a stranger
		if recover() != nil {
			out, err = nil, data.FieldErrorf("logo", "the logo's SVG cannot be drawn; save it as PNG")
		}
	}()
	icon, err := oksvg.ReadIconStream(bytes.NewReader(raw), oksvg.IgnoreErrorMode)
	if err != nil {
		return nil, data.FieldErrorf("logo", "the logo's SVG cannot be read; save it as PNG")
	}
	vw, vh := icon.ViewBox.W, icon.ViewBox.H
	k := min(wide/vw, high/vh)
	if !(vw > 0 && vh > 0) || math.IsInf(k, 0) || vw*k < 1 || vh*k < 1 {
		return nil, data.FieldErrorf("logo", "the logo's SVG has no size; save it as PNG")
	}
	w, h := int(math.Ceil(vw*k)), int(math.Ceil(vh*k))
	out = image.NewRGBA(image.Rect(0, 0, w, h))
	icon.SetTarget(0, 0, vw*k, vh*k)
	icon.Draw(rasterx.NewDasher(w, h, rasterx.NewScannerGV(w, h, out, out.Rect)), 1)
	return out, nil
}
