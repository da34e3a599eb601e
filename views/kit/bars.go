package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Tone is the state that a mark shows. It never stands alone: a sign, a shape
// or a word goes with it.
type Tone int

// The tones, and the two of their colours: ink and ground.
const (
	TonePlain Tone = iota
	ToneAccent
	ToneGood
	ToneWarn
	ToneBad
)

// Ink is the colour of text and icons in the tone.
func (t Tone) Ink() Token {
	return [...]Token{ColorFg, ColorAccent, ColorGood, ColorWarn, ColorBad}[t]
}

// Ground is the colour behind a tag in the tone.
func (t Tone) Ground() Token {
	return [...]Token{ColorTrack, ColorSel, ColorGoodBg, ColorWarnBg, ColorBadBg}[t]
}

// TagMark is a word on a ground of its tone, 18 high.
type TagMark struct {
	widget.BaseWidget
	text string
	tone Tone
}

// NewTag returns a tag.
func NewTag(text string, tone Tone) *TagMark {
	t := &TagMark{text: text, tone: tone}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows another word or tone.
func (t *TagMark) Set(text string, tone Tone) {
	if t.text != text || t.tone != tone {
		t.text, t.tone = text, tone
		t.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (t *TagMark) CreateRenderer() fyne.WidgetRenderer {
	min := func() fyne.Size { return fyne.NewSize(tagSpan(t.text), HeightTag) }
	return &sketch{of: t, min: min, draw: func(s *scene, size fyne.Size) {
		s.tag(0, (size.Height-HeightTag)/2, t.text, t.tone)
	}}
}

const tagInset = 6

func tagSpan(text string) float32 { return Measure(text, SizeCaption, false) + 2*tagInset }

// tag draws a tag.
func (s *scene) tag(x, y float32, text string, tone Tone) {
	w := tagSpan(text)
	s.box(area{x, y, w, HeightTag}, BoxStyle{Fill: tone.Ground(), Radius: RadiusBox})
	s.text(area{x + tagInset, y, w, HeightTag}, text, TextStyle{Size: SizeCaption, Color: tone.Ink()})
}

// Badge is a count in a pill, 16 high.
type Badge struct {
	widget.BaseWidget
	text string
}

// NewBadge returns a badge.
func NewBadge(text string) *Badge {
	b := &Badge{text: text}
	b.ExtendBaseWidget(b)
	return b
}

// SetText shows another count.
func (b *Badge) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	min := func() fyne.Size { return fyne.NewSize(badgeWidth(b.text), HeightBadge) }
	return &sketch{of: b, min: min, draw: func(s *scene, size fyne.Size) {
		s.badge(0, (size.Height-HeightBadge)/2, b.text, ColorTrack)
	}}
}

func badgeWidth(text string) float32 {
	return max(HeightBadge, Measure(text, SizeCaption, true)+12)
}

func (s *scene) badge(x, y float32, text string, ground Token) {
	w := badgeWidth(text)
	s.box(area{x, y, w, HeightBadge}, BoxStyle{Fill: ground, Radius: HeightBadge / 2})
	s.text(area{x, y, w, HeightBadge}, text, TextStyle{Size: SizeCaption, Bold: true, Align: fyne.TextAlignCenter})
}

// Avatar is a person's initials in a circle.
type Avatar struct {
	widget.BaseWidget
	initials string
	size     float32
}

// NewAvatar returns the circle for a name, of the given diameter.
func NewAvatar(name string, size float32) *Avatar {
	a := &Avatar{initials: Initials(name), size: size}
	a.ExtendBaseWidget(a)
	return a
}

// CreateRenderer implements fyne.Widget.
func (a *Avatar) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: a, min: fixed(a.size, a.size), draw: func(s *scene, size fyne.Size) {
		s.avatar(0, (size.Height-a.size)/2, a.initials, a.size)
	}}
}

func (s *scene) avatar(x, y float32, initials string, size float32) {
	s.box(area{x, y, size, size}, BoxStyle{Fill: ColorTrack, Radius: size / 2})
	face := TextStyle{Size: SizeCaption, Align: fyne.TextAlignCenter}
	if size < 24 {
		face.Size = 9
	}
	s.text(area{x, y, size, size}, initials, face)
}

// Initials are the first letters of the first and the last word of a name.
func Initials(name string) string {
	first, last := rune(0), rune(0)
	start := true
	for _, r := range name {
		switch {
		case r == ' ' || r == '-':
			start = true
			continue
		case start && first == 0:
			first = r
		case start:
			last = r
		}
		start = false
	}
	switch {
	case first == 0:
		return ""
	case last == 0:
		return string(first)
	}
	return string(first) + string(last)
}
