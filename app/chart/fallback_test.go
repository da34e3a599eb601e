package chart

import (
	"bytes"
	"image/color"
	"strings"
	"sync"
	"testing"

	"fieldbook/app/report"
	"fieldbook/assets"

	"github.com/go-text/typesetting/font"
)

// disguise is a character map that gives foreign letters the shapes of Latin
// ones, so that tests need no font of this computer.
type disguise map[rune]font.GID

func (d disguise) Lookup(r rune) (font.GID, bool) { g, ok := d[r]; return g, ok }
func (d disguise) Iter() font.CmapIter            { return nil }

// borrow lends foreign letters for the length of a test.
func borrow(t *testing.T, letters map[rune]rune) {
	t.Helper()
	face, err := font.ParseTTF(bytes.NewReader(assets.FontRegular))
	if err != nil {
		t.Fatal(err)
	}
	as := disguise{}
	for foreign, latin := range letters {
		as[foreign], _ = face.NominalGlyph(latin)
	}
	face.Cmap = as
	UseFonts(func(rune) *font.Face { return face })
	t.Cleanup(func() { UseFonts(nil) })
}

func TestBorrowedLettersAreMeasuredAndWritten(t *testing.T) {
	borrow(t, map[rune]rune{'東': 'A', '京': 'B', ' ': ' '})
	for text, like := range map[string]string{"東京": "AB", "Anna 東京 GmbH": "Anna AB GmbH", "東 京": "A B", "東語京": "A…B", "語 語": "…"} {
		got, want := TextWidth(clean(text), 13, Regular), TextWidth(like, 13, Regular)
		if max(got-want, want-got) > 0.05 {
			t.Errorf("%q is %v wide, want %v", text, got, want)
		}
	}
	if got := Fit("東京東京東京", 40, 13, Regular); !strings.HasPrefix(got, "東京") || !strings.HasSuffix(got, "…") || TextWidth(got, 13, Regular) > 40 {
		t.Errorf("cut to %q", got)
	}
	c := NewCanvas(Options{Width: 60, Height: 20, Scale: 2})
	c.Text("東京", 10, 15, Body())
	p := c.Picture("x")
	img, err := p.Image()
	if err != nil {
		t.Fatal(err)
	}
	inked := map[bool]int{}
	for y := range 40 {
		for x := range 120 {
			if img.RGBAAt(x, y) != (color.RGBA{255, 255, 255, 255}) {
				inked[x >= 20 && x < 56 && y > 8 && y <= 31]++
			}
		}
	}
	if inked[true] < 60 || inked[false] > 0 {
		t.Errorf("%d pixels within the text, %d beyond", inked[true], inked[false])
	}
	if out, err := p.SVG(); err != nil || !bytes.Contains(out, []byte(">東京</text>")) {
		t.Errorf("svg does not keep the text: %v", err)
	}
}

// TestRightToLeft: the first letter of Hebrew stands at the right.
func TestRightToLeft(t *testing.T) {
	borrow(t, map[rune]rune{'ש': 'W', 'ל': 'i'})
	s := shape("של")
	first := 0.0 // where the wide letter begins
	for _, seg := range s.outline[len(s.outline)/2:] {
		first = max(first, seg.at[0].X)
	}
	if wide := TextWidth("W", 1, Regular); first < wide {
		t.Errorf("the shape ends at %v, the wide letter does not stand at the right", first)
	}
	narrow, wide := s.outline[0].at[0].X, TextWidth("i", 1, Regular)
	if narrow > wide {
		t.Errorf("the left letter begins at %v, beyond the narrow one's %v", narrow, wide)
	}
}

func TestWithoutFontsThereAreNoBoxes(t *testing.T) {
	UseFonts(nil)
	for text, want := range map[string]string{"東京": "…", "Anna 東京": "Anna …", "東 京 x": "… x", "a\u0301\U0001f600": "á…", "x\u200d": "x", "👩\u200d💻 a": "… a", "so\u00adft": "soft", "\u202ereverse": "reverse", "नमस्ते": "…"} {
		if got := clean(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestBorrowingTogether draws at the same time from many goroutines.
func TestBorrowingTogether(t *testing.T) {
	borrow(t, map[rune]rune{'東': 'A', '京': 'B'})
	s := report.Leaderboard{Head: report.Head{Title: "東京"}, Rows: []report.Leader{{Mark: report.Mark{Label: "京東", Text: "5", Value: 5}}}}
	want, err := Draw(s, Options{Width: 300, Height: 100}).PNG()
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got, err := Draw(s, Options{Width: 300, Height: 100}).PNG(); err != nil || !bytes.Equal(got, want) {
				t.Errorf("another picture: %v", err)
			}
		})
	}
	wg.Wait()
}
