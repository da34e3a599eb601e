package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/app/disk"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// locksPage says what keeps strangers from the book: the disk, no password of
// the program's own, and where the keys of this computer are.
type locksPage struct {
	screen *Screen
	root   *fyne.Container
}

func newLocksPage(s *Screen) *locksPage { return &locksPage{screen: s, root: container.NewStack()} }

func (p *locksPage) content() fyne.CanvasObject { return p.root }

func (p *locksPage) commands() []kit.Action { return nil }

func (p *locksPage) load(ctx context.Context) (func(), error) {
	found := p.screen.host.App.Settings.Protection(ctx)
	return func() {
		p.root.Objects = []fyne.CanvasObject{kit.VBox(kit.GapPanel,
			kit.NewPanel(kit.PanelOptions{Title: lang.T("The disk"), Caption: lang.T("who finds or takes this computer"), Body: diskLines(found.Disk)}),
			kit.NewPanel(kit.PanelOptions{Title: lang.T("A password for the book"), Caption: lang.T("who sits at this computer"), Body: prose(passwordWords())}),
			kit.NewPanel(kit.PanelOptions{Title: lang.T("The keys of this computer"), Caption: lang.T("they sign what you do and open what is sent to you"), Body: prose(keyWords(found))}),
		)}
		p.root.Refresh()
	}, nil
}

// prose is a text of so many sentences, with the lines that they take in the
// narrowest window.
func prose(sentences []string) fyne.CanvasObject {
	return kit.NewProse(strings.Join(sentences, " "), len(sentences)+1, kit.TextStyle{})
}

// diskLines are a mark, what was found, and what to do.
func diskLines(f disk.Finding) fyne.CanvasObject {
	icon, tone := "info", kit.ColorFg2
	switch f.Encryption {
	case disk.Unknown:
	case disk.Encrypted:
		icon, tone = "lock", kit.ColorGood
	case disk.Plain:
		icon, tone = "warn", kit.ColorWarn
	}
	says, next := diskWords(f)
	head := kit.HBox(8, kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon(icon, tone)), kit.Strong(says))
	return kit.VBox(8, head, prose(next))
}

func diskWords(f disk.Finding) (says string, next []string) {
	switch f.Encryption {
	case disk.Unknown:
	case disk.Encrypted:
		return lang.T("The disk with this book is encrypted (%s)", f.By),
			[]string{lang.T("Without your login nobody reads the book from it, not even with the disk in hand."), lang.T("While you are logged in it is open.")}
	case disk.Plain:
		return lang.T("The disk with this book is not encrypted"), []string{
			lang.T("Whoever takes this computer or its disk can read the book."),
			lang.T("Turn encryption on in the system: BitLocker or device encryption on Windows, FileVault on a Mac, LUKS when Linux is installed."),
		}
	}
	return lang.T("Fieldbook cannot tell whether the disk with this book is encrypted"), []string{
		lang.T("Look in the system's settings: BitLocker on Windows, FileVault on a Mac, the disk program on Linux."),
		lang.T("On a network drive it is for whoever runs that to say."),
	}
}

func passwordWords() []string {
	return []string{
		lang.T("A book has no password of its own, since none would hold: the database writes parts of the book beside it as you work, and after a crash they would lie there open."),
		lang.T("Your login and an encrypted disk do hold."),
		lang.T("For a copy that leaves this computer, save a locked backup: only its passphrase opens it."),
	}
}

func keyWords(p app.Protection) []string {
	switch {
	case p.Keys.System:
		return []string{lang.T("They are in the key store of the system, which your login opens. Fieldbook shows and copies them nowhere.")}
	case p.Keys.Folder != "":
		return []string{
			lang.T("They are in files that only you may read, in %s.", p.Keys.Folder),
			lang.T("No key store of the system answers without asking."),
			lang.T("A backup of the book does not hold them; a backup of this computer should."),
		}
	}
	return []string{lang.T("There are none: they last as long as the book is open.")}
}
