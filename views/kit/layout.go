package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// HBox puts objects beside each other at their own width, centred in height,
// with a gap between. A Grow among them takes the rest of the width.
func HBox(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(lineLayout{gap: gap}, objects...)
}

// VBox puts objects below each other at their own height, over the whole
// width, with a gap between. A Grow among them takes the rest of the height.
func VBox(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(lineLayout{gap: gap, vertical: true}, objects...)
}

// Grow marks an object that takes the space the others of an HBox or VBox
// leave; several share it equally.
func Grow(object fyne.CanvasObject) fyne.CanvasObject {
	return container.New(growLayout{}, object)
}

// Space is an empty Grow: it pushes what follows to the far edge.
func Space() fyne.CanvasObject { return container.New(growLayout{}) }

// Gap is an empty object of a fixed size.
func Gap(width, height float32) fyne.CanvasObject {
	return MinBox(fyne.NewSize(width, height))
}

// Insets are the distances from a box to what it holds.
type Insets struct{ Top, Right, Bottom, Left float32 }

// Pad holds an object at a distance from its edges.
func Pad(in Insets, object fyne.CanvasObject) *fyne.Container {
	return container.New(padLayout(in), object)
}

// MinBox is a box of at least the given size, filled by each of its objects.
func MinBox(size fyne.Size, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(minLayout{size}, objects...)
}

// Columns puts objects beside each other over the whole height; the n-th gets
// the n-th weight's share of the width. A weight of 0 keeps its own width;
// missing weights count 1.
func Columns(gap float32, weights []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columnsLayout{gap, weights}, objects...)
}

// Page puts rows of panels below each other, 12 apart, in a margin of 16.
// A row wrapped in Grow takes the height the others leave.
func Page(rows ...fyne.CanvasObject) *fyne.Container {
	return Pad(Insets{PadPage, PadPage, PadPage, PadPage}, VBox(GapPanel, rows...))
}

// Fill is a rectangle of a token's colour that follows the theme.
func Fill(token Token) *Box { return NewBox(BoxStyle{Fill: token}) }

// HLine is a horizontal line of one pixel.
func HLine(token Token) fyne.CanvasObject { return MinBox(fyne.NewSize(1, 1), Fill(token)) }

type lineLayout struct {
	gap      float32
	vertical bool
}

func (l lineLayout) along(s fyne.Size) float32 {
	if l.vertical {
		return s.Height
	}
	return s.Width
}

func (l lineLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var long, wide float32
	shown := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		size := o.MinSize()
		long += l.along(size)
		wide = max(wide, size.Width+size.Height-l.along(size))
		shown++
	}
	long += l.gap * float32(max(0, shown-1))
	if l.vertical {
		return fyne.NewSize(wide, long)
	}
	return fyne.NewSize(long, wide)
}

func (l lineLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	growing := 0
	for _, o := range objects {
		if o.Visible() && isGrow(o) {
			growing++
		}
	}
	var share float32
	if growing > 0 {
		share = max(0, (l.along(size)-l.along(l.MinSize(objects)))/float32(growing))
	}
	var at float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		low := o.MinSize()
		long := l.along(low)
		if isGrow(o) {
			long += share
		}
		switch {
		case l.vertical:
			o.Move(fyne.NewPos(0, at))
			o.Resize(fyne.NewSize(size.Width, long))
		case isGrow(o):
			o.Move(fyne.NewPos(at, 0))
			o.Resize(fyne.NewSize(long, size.Height))
		default:
			o.Move(snapped(at, (size.Height-low.Height)/2))
			o.Resize(fyne.NewSize(long, low.Height))
		}
		at += long + l.gap
	}
}

// snapped is a position on whole pixels of an unscaled screen; text between
// two of them is blurred.
func snapped(x, y float32) fyne.Position {
	return fyne.NewPos(float32(math.Floor(float64(x)+0.5)), float32(math.Floor(float64(y)+0.5)))
}

func isGrow(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(growLayout)
	return ok
}

type growLayout struct{}

func (growLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return largest(objects) }
func (growLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	fill(objects, fyne.Position{}, size)
}

type padLayout Insets

func (l padLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return largest(objects).AddWidthHeight(l.Left+l.Right, l.Top+l.Bottom)
}

func (l padLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	fill(objects, fyne.NewPos(l.Left, l.Top), size.SubtractWidthHeight(l.Left+l.Right, l.Top+l.Bottom))
}

type minLayout struct{ size fyne.Size }

func (l minLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return largest(objects).Max(l.size)
}

func (minLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	fill(objects, fyne.Position{}, size)
}

type columnsLayout struct {
	gap     float32
	weights []float32
}

func (l columnsLayout) weight(i int) float32 {
	if i < len(l.weights) {
		return l.weights[i]
	}
	return 1
}

func (l columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return lineLayout{gap: l.gap}.MinSize(objects)
}

func (l columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rest := size.Width - l.gap*float32(max(0, len(objects)-1))
	var sum float32
	for i, o := range objects {
		if w := l.weight(i); w > 0 {
			sum += w
		} else {
			rest -= o.MinSize().Width
		}
	}
	var at float32
	for i, o := range objects {
		width := o.MinSize().Width
		if w := l.weight(i); w > 0 {
			width = max(0, rest*w/sum)
		}
		o.Move(fyne.NewPos(at, 0))
		o.Resize(fyne.NewSize(width, size.Height))
		at += width + l.gap
	}
}

func largest(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if o.Visible() {
			size = size.Max(o.MinSize())
		}
	}
	return size
}

func fill(objects []fyne.CanvasObject, at fyne.Position, size fyne.Size) {
	for _, o := range objects {
		o.Move(at)
		o.Resize(size)
	}
}
