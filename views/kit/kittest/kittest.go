// Package kittest drives and draws widgets in tests: an application without a
// screen, golden pictures, finders, a hand for mouse and keys, and runners
// that make the order of background work certain.
package kittest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fieldbook/views/kit"
)

// App starts an application without a screen in the light or the dark theme;
// it ends with the test. Call it before making widgets.
func App(t testing.TB, dark bool) fyne.App {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(kit.Theme{Dark: dark})
	return app
}

// Window shows content in a window of a size, closed with the test.
func Window(t testing.TB, content fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}
