package kit

import (
	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
)

// DialogOptions describes a dialog of a screen's own making.
type DialogOptions struct {
	Title   string
	Body    fyne.CanvasObject
	Width   float32
	Buttons []*Button // at the right of the foot, in order; the last one is Enter; without any there is one that closes
	OnClose func()
}

// Dialog is a box above the window; Escape closes it.
type Dialog struct{ over *overlay }

// ShowDialog shows a dialog and gives it the keyboard.
func ShowDialog(w fyne.Window, opts DialogOptions) *Dialog {
	d := &Dialog{}
	if len(opts.Buttons) == 0 {
		opts.Buttons = []*Button{NewButton(ButtonOptions{Text: lang.T("Close"), OnTap: d.Close})}
	}
	foot := []fyne.CanvasObject{Space()}
	for _, b := range opts.Buttons {
		foot = append(foot, b)
	}
	body := titled(opts.Title, Pad(Insets{4, PadPage, PadPage, PadPage}, VBox(PadPage, opts.Body, HBox(8, foot...))))
	d.over = showOverlay(w.Canvas(), body, overlayOptions{
		dim: true, onClose: opts.OnClose,
		size: func(window fyne.Size) fyne.Size { return fyne.NewSize(min(opts.Width, window.Width-2*PadPage), 0) },
		key: func(e fyne.KeyEvent) bool {
			if n := len(opts.Buttons); n > 0 && (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter) && !opts.Buttons[n-1].Disabled() {
				opts.Buttons[n-1].press()
			}
			return e.Name != fyne.KeyEscape && e.Name != fyne.KeyTab
		},
	})
	return d
}

// Close takes the dialog away; a second call does nothing.
func (d *Dialog) Close() { d.over.Close() }

// Fit gives the dialog the height that its body needs by now.
func (d *Dialog) Fit() {
	d.over.body.Refresh()
	d.over.Refresh()
}
