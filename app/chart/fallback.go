package chart

import (
	"slices"
	"sync"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// Faces finds a face with a glyph for a rune that Noto Sans lacks, nil where
// there is none. It is called by one goroutine at a time.
type Faces func(r rune) *font.Face

// UseFonts says where letters that Noto Sans lacks come from. Without it, and
// where find knows none, they are written as "…".
func UseFonts(find Faces) {
	fallback.Lock()
	defer fallback.Unlock()
	fallback.find, fallback.faces, fallback.shaped = find, map[rune]*font.Face{}, map[string]shaped{}
}

// fallback is the one place where fonts of this computer are kept. Faces are
// not safe for concurrent use, so shaping holds the lock.
var fallback struct {
	sync.Mutex
	find   Faces
	faces  map[rune]*font.Face
	shaped map[string]shaped
}

// shaped is a text in ems, its baseline at y 0, y down.
type shaped struct {
	width   float64
	outline []segment
}

// segment is one part of an outline.
type segment struct {
	op opentype.SegmentOp
	at [3]XY
}

// lacks reports whether Noto Sans has no glyph for a rune.
func lacks(r rune) bool { return r > 0xffff || FontFor(Regular).Index(r) == 0 }

// faceOf is the face of a rune that Noto Sans lacks. The lock is held.
func faceOf(r rune) *font.Face {
	if fallback.find == nil {
		return nil
	}
	face, known := fallback.faces[r]
	if !known {
		face = fallback.find(r)
		if face != nil && !hasOutline(face, r) {
			face = nil
		}
		fallback.faces[r] = face
	}
	return face
}

// hasOutline leaves out pictures: colour glyphs cannot be drawn in an ink.
func hasOutline(face *font.Face, r rune) bool {
	gid, ok := face.NominalGlyph(r)
	if !ok {
		return false
	}
	_, ok = face.GlyphData(gid).(font.GlyphOutline)
	return ok
}

// drawable reports whether a rune that Noto Sans lacks can be drawn.
func drawable(r rune) bool {
	fallback.Lock()
	defer fallback.Unlock()
	return faceOf(r) != nil
}

// face finds faces for shaping, which wants one for every rune.
type faceFinder struct{ last *font.Face }

// ResolveFace implements shaping.Fontmap.
func (f *faceFinder) ResolveFace(r rune) *font.Face {
	if face := faceOf(r); face != nil {
		f.last = face
	}
	return f.last
}

// shape sets a borrowed run: letters joined and ordered as their script wants.
func shape(text string) shaped {
	fallback.Lock()
	defer fallback.Unlock()
	if s, ok := fallback.shaped[text]; ok {
		return s
	}
	letters := []rune(text)
	faces := &faceFinder{}
	for _, r := range letters {
		if faces.last = faceOf(r); faces.last != nil {
			break
		}
	}
	var s shaped
	if faces.last == nil {
		return s
	}
	const em = 1000
	var parts shaping.Segmenter
	inputs := slices.Clone(parts.Split(shaping.Input{Text: letters, RunEnd: len(letters), Direction: di.DirectionLTR, Size: fixed.I(em)}, faces))
	var shaper shaping.HarfbuzzShaper
	for _, in := range visual(inputs) {
		out := shaper.Shape(in)
		for _, g := range out.Glyphs {
			at := XY{s.width + ems(g.XOffset, em), -ems(g.YOffset, em)}
			s.outline = append(s.outline, outline(out.Face, g.GlyphID, at)...)
			s.width += ems(g.XAdvance, em)
		}
	}
	const most = 4096 // names of a book; more begin anew
	if len(fallback.shaped) >= most {
		clear(fallback.shaped)
	}
	fallback.shaped[text] = s
	return s
}

func ems(v fixed.Int26_6, em float64) float64 { return float64(v) / 64 / em }

// visual brings parts into the order of sight in a line from left to right:
// those that follow each other from right to left change places.
func visual(inputs []shaping.Input) []shaping.Input {
	from := 0
	for i := 0; i <= len(inputs); i++ {
		if i < len(inputs) && inputs[i].Direction == di.DirectionRTL {
			continue
		}
		slices.Reverse(inputs[from:i])
		from = i + 1
	}
	return inputs
}

// outline is a glyph's shape in ems, moved to a place.
func outline(face *font.Face, gid font.GID, at XY) []segment {
	glyph, ok := face.GlyphData(gid).(font.GlyphOutline)
	if !ok {
		return nil
	}
	em := float64(face.Upem())
	out := make([]segment, len(glyph.Segments))
	for i, s := range glyph.Segments {
		out[i].op = s.Op
		for j, p := range s.Args {
			out[i].at[j] = XY{at.X + float64(p.X)/em, at.Y - float64(p.Y)/em}
		}
	}
	return out
}
