package assets

import (
	"bytes"
	"encoding/xml"
	"image/color"
	"image/png"
	"io/fs"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
)

func TestEveryIconFollowsTheGrid(t *testing.T) {
	files, err := fs.Glob(icons, "icons/*.svg")
	if err != nil || len(files) == 0 {
		t.Fatalf("icons: %d files, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "icons/"), ".svg")
		var svg struct {
			XMLName xml.Name `xml:"svg"`
			ViewBox string   `xml:"viewBox,attr"`
			Stroke  string   `xml:"stroke,attr"`
			Fill    string   `xml:"fill,attr"`
		}
		if err := xml.Unmarshal(Icon(name), &svg); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		// Views recolour an icon by replacing this one stroke colour.
		if svg.ViewBox != "0 0 16 16" || svg.Stroke != "#1A2223" || svg.Fill != "none" {
			t.Errorf("%s: viewBox %q, stroke %q, fill %q", name, svg.ViewBox, svg.Stroke, svg.Fill)
		}
	}
}

func TestUnknownIcon(t *testing.T) {
	for _, name := range []string{"", "no-such-icon", "../icon", "home.svg"} {
		if svg := Icon(name); svg != nil {
			t.Errorf("Icon(%q) = %d bytes, want nil", name, len(svg))
		}
	}
}

func TestAppIcon(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(AppIcon))
	if err != nil {
		t.Fatal(err)
	}
	if size := img.Bounds().Size(); size.X != 512 || size.Y != 512 {
		t.Errorf("size %v, want 512 × 512", size)
	}
	teal := color.NRGBA{0x0b, 0x64, 0x66, 0xff}
	white := color.NRGBA{0xff, 0xff, 0xff, 0xff}
	for _, at := range []struct {
		x, y int
		want color.NRGBA
	}{
		{0, 0, color.NRGBA{}},
		{511, 511, color.NRGBA{}}, // rounded corners
		{256, 20, teal},
		{192, 256, teal},
		{128, 300, white},
		{256, 200, white},
		{384, 300, white},
		{128, 200, teal},
		{384, 150, teal}, // the middle bar is the tallest, the left one the shortest
	} {
		if got := color.NRGBAModel.Convert(img.At(at.x, at.y)); got != at.want {
			t.Errorf("pixel %d,%d is %v, want %v", at.x, at.y, got, at.want)
		}
	}
}

// Columns of figures stand straight only where all digits are equally wide.
func TestFontsHaveTabularDigits(t *testing.T) {
	for name, ttf := range map[string][]byte{"regular": FontRegular, "bold": FontBold} {
		font, err := sfnt.Parse(ttf)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var buf sfnt.Buffer
		widths := map[int]bool{}
		for digit := '0'; digit <= '9'; digit++ {
			glyph, err := font.GlyphIndex(&buf, digit)
			if err != nil || glyph == 0 {
				t.Fatalf("%s: no digit %c, %v", name, digit, err)
			}
			width, err := font.GlyphAdvance(&buf, glyph, 1000<<6, 0)
			if err != nil {
				t.Fatal(err)
			}
			widths[width.Round()] = true
		}
		if len(widths) != 1 {
			t.Errorf("%s: digits of %d widths", name, len(widths))
		}
	}
}
