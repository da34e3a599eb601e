package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// aboutPage says which program this is and on what it stands.
type aboutPage struct{ root fyne.CanvasObject }

func newAboutPage() *aboutPage {
	version := lang.T("built from source")
	if m := fyne.CurrentApp().Metadata(); m.Version != "" {
		version = m.Version
	}
	lines := []fyne.CanvasObject{
		fact(lang.T("Version"), version),
		fact(lang.T("Licence"), lang.T("see LICENSE beside the program")),
		fact(lang.T("Network"), lang.T("none: Fieldbook never connects to anything; work is shared by files")),
	}
	libraries := make([]fyne.CanvasObject, len(parts))
	for i, p := range parts {
		libraries[i] = fact(p.licence, lang.T("%s, for %s", p.name, lang.T(p.use)))
	}
	return &aboutPage{kit.VBox(kit.GapPanel,
		kit.NewPanel(kit.PanelOptions{Title: "Fieldbook", Caption: lang.T("territories, pipeline and quotas in one file"), Body: kit.VBox(0, lines...)}),
		kit.NewPanel(kit.PanelOptions{Title: lang.T("What it stands on"), Caption: lang.T("with thanks"), Body: kit.VBox(0, libraries...)}),
	)}
}

func (p *aboutPage) content() fyne.CanvasObject { return p.root }

func (p *aboutPage) load(context.Context) (func(), error) { return func() {}, nil }

func (p *aboutPage) commands() []kit.Action { return nil }
