package kittest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"fieldbook/views/kit"
)

// place is an object with where it stands on the canvas.
type place struct {
	object fyne.CanvasObject
	at     fyne.Position
}

// walk visits what is visible of a tree, parents before children.
func walk(o fyne.CanvasObject, parent fyne.Position, visit func(place)) {
	if o == nil || !o.Visible() {
		return
	}
	at := parent.Add(o.Position())
	visit(place{o, at})
	switch x := o.(type) {
	case *fyne.Container:
		for _, child := range x.Objects {
			walk(child, at, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(x).Objects() {
			walk(child, at, visit)
		}
	}
}

// FindAll returns every visible object of a type, in drawing order.
func FindAll[T any](root fyne.CanvasObject) []T {
	var found []T
	walk(root, fyne.Position{}, func(p place) {
		if x, ok := p.object.(T); ok {
			found = append(found, x)
		}
	})
	return found
}

// Find returns the first visible object of a type.
func Find[T any](root fyne.CanvasObject) (T, bool) {
	all := FindAll[T](root)
	if len(all) == 0 {
		var none T
		return none, false
	}
	return all[0], true
}

// Texts returns every visible text that is not empty, in drawing order.
func Texts(root fyne.CanvasObject) []string {
	var texts []string
	for _, t := range FindAll[*canvas.Text](root) {
		if t.Text != "" {
			texts = append(texts, t.Text)
		}
	}
	return texts
}

// Shows reports whether a text is visible, word for word.
func Shows(root fyne.CanvasObject, text string) bool {
	for _, t := range Texts(root) {
		if t == text {
			return true
		}
	}
	return false
}

// Button returns the visible button with a word on it, or nil.
func Button(root fyne.CanvasObject, text string) *kit.Button {
	for _, b := range FindAll[*kit.Button](root) {
		if b.Text() == text {
			return b
		}
	}
	return nil
}

// At returns the middle of the visible text on its canvas.
func At(root fyne.CanvasObject, text string) (fyne.Position, bool) {
	var at fyne.Position
	found := false
	walk(root, fyne.Position{}, func(p place) {
		if t, ok := p.object.(*canvas.Text); ok && t.Text == text && !found {
			at, found = p.at.AddXY(t.Size().Width/2, t.Size().Height/2), true
		}
	})
	return at, found
}

// hit returns the topmost object at a position that matches, and the
// position within it.
func hit(c fyne.Canvas, pos fyne.Position, match func(fyne.CanvasObject) bool) (fyne.CanvasObject, fyne.Position) {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	var found fyne.CanvasObject
	var within fyne.Position
	walk(root, fyne.Position{}, func(p place) {
		size := p.object.Size()
		in := pos.Subtract(p.at)
		if match(p.object) && in.X >= 0 && in.Y >= 0 && in.X < size.Width && in.Y < size.Height {
			found, within = p.object, in
		}
	})
	return found, within
}
