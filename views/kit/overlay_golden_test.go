package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// overlaid compares a window with something open above it with its golden, in
// both themes.
func overlaid(t *testing.T, name string, size fyne.Size, open func(h *kittest.Hand)) {
	t.Helper()
	for theme, dark := range map[string]bool{"light": false, "dark": true} {
		t.Run(theme, func(t *testing.T) {
			kittest.App(t, dark)
			h := desk(t, kit.MinBox(size, kit.Fill(kit.ColorBg), kit.Page(kit.Body("behind"))), size.Width, size.Height)
			open(h)
			kittest.GoldenImage(t, name+"-"+theme, h.Window.Canvas().Capture())
		})
	}
}

func TestPaletteGolden(t *testing.T) {
	overlaid(t, "palette", fyne.NewSize(760, 520), func(h *kittest.Hand) {
		kit.ShowPalette(h.Window, kit.PaletteOptions{
			Hint:  "Search or run a command",
			Items: []kit.PaletteItem{{Key: "1", Group: "Commands", Text: "Receive a file", Icon: "download", Short: "Ctrl+O"}, {Key: "2", Group: "Commands", Text: "Review", Icon: "play"}},
			Search: func(string) []kit.PaletteItem {
				return []kit.PaletteItem{
					{Key: "r", Group: "Accounts", Text: "Rangreen", Detail: "Panama", Icon: "building"},
					{Key: "d", Group: "Deals", Text: "Rangreen · GTX Pro", Detail: "Negotiation, 4,821", Icon: "pipeline"},
					{Key: "p", Group: "People", Text: "Irene Paz", Detail: "Rangreen", Icon: "user"},
				}
			},
		})
		h.Type("r")
		h.Key(fyne.KeyDown)
	})
}

func TestDialogsGolden(t *testing.T) {
	overlaid(t, "confirm", fyne.NewSize(600, 320), func(h *kittest.Hand) {
		kit.Confirm(h.Window, kit.ConfirmOptions{
			Title: "Delete 3 deals?", Yes: "Delete 3 deals", Danger: true,
			Text: "They leave the board and every figure. Undo brings them back, also tomorrow.",
		})
	})
	overlaid(t, "failure", fyne.NewSize(600, 320), func(h *kittest.Hand) {
		kit.Failure(h.Window, "The file was not shared", data.Errorf(data.Busy, "The disk is full. Your book is safe. Free some space and try again, or choose another folder."), func() {})
	})
	overlaid(t, "form-dialog", fyne.NewSize(760, 560), func(h *kittest.Hand) {
		kit.ShowForm(h.Window, "New deal", sampleForm(kit.FormOptions{}))
	})
	overlaid(t, "form-sheet", fyne.NewSize(760, 560), func(h *kittest.Hand) {
		kit.ShowSheet(h.Window, "Edit deal", sampleForm(kit.FormOptions{}))
	})
}

func TestOptionsGolden(t *testing.T) {
	overlaid(t, "options", fyne.NewSize(420, 420), func(h *kittest.Hand) {
		cal := data.Calendar{Start: 1}
		p := kit.NewPeriodPicker(cal, kit.PeriodOptions(cal, 2017, 2017), func(data.Period) {})
		p.SetKeys("2017-Q3")
		h.Window.SetContent(kit.MinBox(fyne.NewSize(420, 420), kit.Fill(kit.ColorBg), kit.Page(kit.HBox(8, p))))
		p.Open()
	})
}
