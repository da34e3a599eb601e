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

// Progress is done, expected by now and full on one scale. An Expected of 0
// or less draws no tick; End is the value at the right edge, Full if 0.
type Progress struct{ Done, Expected, Full, End float64 }

// share is a value's place on the bar, 0 to 1.
func (p Progress) share(v float64) float32 {
	end := p.End
	if end <= 0 {
		end = p.Full
	}
	if end <= 0 {
		return 0
	}
	return float32(min(1, max(0, v/end)))
}

// ProgressMark shows three things: done as a bar in the accent, expected by
// now as a black tick, full as a thin tick.
type ProgressMark struct {
	widget.BaseWidget
	value Progress
}

// NewProgressMark returns a mark that takes the width it is given.
func NewProgressMark(value Progress) *ProgressMark {
	m := &ProgressMark{value: value}
	m.ExtendBaseWidget(m)
	return m
}

// Set shows other values.
func (m *ProgressMark) Set(value Progress) {
	if m.value != value {
		m.value = value
		m.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (m *ProgressMark) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: m, min: fixed(60, HeightBadge+2), draw: func(s *scene, size fyne.Size) {
		s.progress(area{0, 0, size.Width, size.Height}, m.value)
	}}
}

// progress draws the bar 10 high in the middle of its area.
func (s *scene) progress(at area, p Progress) {
	const thick = 10
	bar := area{at.x, at.y + (at.h-thick)/2, at.w, thick}
	if p.Full > 0 {
		bar.w = at.w * p.share(p.Full)
		s.box(bar, BoxStyle{Fill: ColorTrack})
	}
	if done := at.w * p.share(p.Done); done > 0 {
		s.box(area{at.x, bar.y, done, thick}, BoxStyle{Fill: ColorAccent})
	}
	if p.Full > 0 {
		s.box(area{at.x + bar.w - 1, bar.y - 4, 1, thick + 8}, BoxStyle{Fill: ColorFg2})
	}
	if p.Expected > 0 {
		s.box(area{at.x + at.w*p.share(p.Expected) - 1, bar.y - 4, 2, thick + 8}, BoxStyle{Fill: ColorFg})
	}
}

// StageDots shows a score or a place in a row of steps: the first Filled of
// Of marks are full.
type StageDots struct {
	widget.BaseWidget
	filled, of int
	tone       Tone
}

// NewStageDots returns the row of marks in a tone.
func NewStageDots(filled, of int, tone Tone) *StageDots {
	d := &StageDots{filled: filled, of: of, tone: tone}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer implements fyne.Widget.
func (d *StageDots) CreateRenderer() fyne.WidgetRenderer {
	const wide, high, gap = 14, 7, 3
	min := fixed(float32(d.of)*(wide+gap)-gap, LineHeight(SizeBody))
	return &sketch{of: d, min: min, draw: func(s *scene, size fyne.Size) {
		ink := d.tone.Ink()
		if d.tone == TonePlain {
			ink = ColorAccent
		}
		for i := range d.of {
			fill := ColorTrack
			if i < d.filled {
				fill = ink
			}
			s.box(area{float32(i) * (wide + gap), (size.Height - high) / 2, wide, high}, BoxStyle{Fill: fill, Radius: 2})
		}
	}}
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
