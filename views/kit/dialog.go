package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fieldbook/assets/lang"
)

// ConfirmOptions is a question before something that cannot simply be undone.
type ConfirmOptions struct {
	Title  string
	Text   string // what will happen, what is safe
	Yes    string // the deed: "Delete 3 deals"
	No     string // "Cancel" if empty
	Danger bool   // Yes destroys something; Enter then stays with No
	OnYes  func()
	OnNo   func()
}

// Confirm asks a question. Escape and the second button are No; Enter is Yes,
// except where Yes destroys something.
func Confirm(w fyne.Window, opts ConfirmOptions) { showConfirm(w.Canvas(), opts) }

// Failure says that an action failed: what happened, what is safe and what to
// do next, as the error's message does. What is below it stays as it was.
// A nil retry leaves out "Try again".
func Failure(w fyne.Window, title string, err error, retry func()) {
	opts := ConfirmOptions{Title: title, Text: sentence(Message(err, lang.T("Something went wrong. What was kept before is safe."))), No: lang.T("Close"), Yes: lang.T("Try again"), OnYes: retry}
	if retry == nil {
		opts.Yes = ""
	}
	showMessage(w.Canvas(), opts, "warn")
}

// sentence begins with a capital, unless with the name of a file.
func sentence(text string) string {
	first, _, _ := strings.Cut(text, " ")
	if strings.ContainsFunc(first, func(r rune) bool { return !unicode.IsLetter(r) && r != ',' && r != '’' && r != '\'' }) {
		return text
	}
	return Capital(text)
}

func showConfirm(c fyne.Canvas, opts ConfirmOptions) { showMessage(c, opts, "") }

func showMessage(c fyne.Canvas, opts ConfirmOptions, icon string) {
	if opts.No == "" {
		opts.No = lang.T("Cancel")
	}
	var over *overlay
	answer := func(then func()) func() {
		return func() {
			over.Close()
			if then != nil {
				then()
			}
		}
	}
	no := NewButton(ButtonOptions{Text: opts.No, OnTap: answer(opts.OnNo)})
	buttons := []fyne.CanvasObject{Space(), no}
	first := no
	if opts.Yes != "" {
		kind := ButtonPrimary
		if opts.Danger {
			kind = ButtonDanger
		}
		yes := NewButton(ButtonOptions{Text: opts.Yes, Kind: kind, OnTap: answer(opts.OnYes)})
		buttons = append(buttons, yes)
		if !opts.Danger {
			first = yes
		}
	}
	text := newParagraph(opts.Text, icon)
	body := titled(opts.Title, Pad(Insets{0, PadPage, PadPage, PadPage}, VBox(PadPage, text, HBox(8, buttons...))))
	key := func(e fyne.KeyEvent) bool {
		if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
			first.press()
		}
		return true
	}
	over = showOverlay(c, body, overlayOptions{
		dim: true, key: key, escape: answer(opts.OnNo),
		size: func(window fyne.Size) fyne.Size { return fyne.NewSize(min(440, window.Width-2*PadPage), 0) },
	})
}

// titled puts a body under a bold title.
func titled(title string, body fyne.CanvasObject) fyne.CanvasObject {
	head := Pad(Insets{Top: 12, Right: PadPage, Bottom: 6, Left: PadPage}, Strong(title))
	return container.NewBorder(head, nil, nil, nil, body)
}

// paragraph is body text broken into lines at a width of 408.
type paragraph struct {
	widget.BaseWidget
	lines []string
	icon  string
}

const paragraphWide = 408

func newParagraph(text, icon string) *paragraph {
	p := &paragraph{icon: icon}
	width := float32(paragraphWide)
	if icon != "" {
		width -= 24
	}
	p.lines = wrapText(text, width, SizeBody)
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *paragraph) CreateRenderer() fyne.WidgetRenderer {
	line := LineHeight(SizeBody)
	min := fixed(200, line*float32(max(1, len(p.lines))))
	return &sketch{of: p, min: min, draw: func(s *scene, size fyne.Size) {
		x := float32(0)
		if p.icon != "" {
			s.icon(0, 1, p.icon, ColorBad, IconSize)
			x = 24
		}
		for i, text := range p.lines {
			s.text(area{x, line * float32(i), size.Width - x, line}, text, TextStyle{})
		}
	}}
}
