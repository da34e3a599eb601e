package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Fact is a name and what it is, on one line of a panel.
type Fact struct {
	Label string
	Value string
	Tone  Tone
	Tag   bool   // the value is a tag
	OnTap func() // the value leads on
}

const factHeight = 24

// NewFacts puts facts below each other with lines between, names at the left,
// values at the right edge.
func NewFacts(facts []Fact) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for i, f := range facts {
		if i > 0 {
			rows = append(rows, HLine(ColorLine))
		}
		rows = append(rows, MinBox(fyne.NewSize(0, factHeight), factRow(f)))
	}
	return VBox(0, rows...)
}

func factRow(f Fact) fyne.CanvasObject {
	label := NewText(f.Label, TextStyle{Color: ColorFg2})
	switch {
	case f.Tag && f.Value != "":
		return HBox(8, label, Space(), NewTag(f.Value, f.Tone))
	case f.OnTap != nil:
		return HBox(8, label, Space(), newLink(f.Value, SizeBody, f.OnTap))
	}
	style := TextStyle{Align: fyne.TextAlignTrailing, Cut: true}
	if f.Tone != TonePlain {
		style.Color = f.Tone.Ink()
	}
	return HBox(8, label, Grow(NewText(f.Value, style)))
}

// Scroll shows an object that may be taller than its room.
func Scroll(object fyne.CanvasObject) fyne.CanvasObject {
	return flat(container.NewVScroll(object))
}

// NewBodyLink returns a link of the usual text size, as a name in a list.
func NewBodyLink(text string, tap func()) *Link { return newLink(text, SizeBody, tap) }

// HeadRow is the title row of a part of a panel: a bold word, a caption, and
// links at the right.
func HeadRow(title, caption string, links ...fyne.CanvasObject) fyne.CanvasObject {
	row := []fyne.CanvasObject{Strong(title), Grow(NewText(caption, TextStyle{Size: SizeCaption, Color: ColorFg2, Cut: true}))}
	return MinBox(fyne.NewSize(0, HeightControl), HBox(8, append(row, links...)...))
}
