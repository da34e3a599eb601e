package kit

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// PersonalData names the person or contact whose data is told or erased.
type PersonalData struct {
	Kind string
	ID   data.ID
	Name string
	Then func() // after it was erased
}

// PrivacyActions are what a person or contact can ask of a book.
func (h *Host) PrivacyActions(p PersonalData) []Action {
	out := []Action{{Text: lang.T("What the book holds of %s…", p.Name), Icon: "download", Do: func() { h.AskAbout(p) }}}
	if !h.App.Book().ReadOnly {
		out = append(out, Action{Text: lang.T("Erase the data of %s…", p.Name), Icon: "x", Do: func() { h.AskErase(p) }})
	}
	return out
}

// AskAbout asks for a file and writes into it all that the book holds.
func (h *Host) AskAbout(p PersonalData) {
	h.AskFile(lang.T("What the book holds of %s", p.Name), lang.T("About %s", p.Name)+".json", func(path string) {
		h.Act(lang.T("Wrote what the book holds of %s", p.Name), func(ctx context.Context) error {
			_, err := h.App.Privacy.Export(ctx, p.Kind, p.ID, path)
			return err
		}, nil)
	})
}

// AskErase shows what erasing takes and leaves, and erases once the name is
// typed: nothing brings the data back.
func (h *Host) AskErase(p PersonalData) {
	title := lang.T("Erase the data of %s", p.Name)
	h.Runner.Go(func() {
		what, err := h.App.Privacy.EraseWhat(h.Context, p.Kind, p.ID)
		h.Runner.Do(func() {
			if err != nil {
				Failure(h.Window, title, err, nil)
				return
			}
			h.showErase(p, what)
		})
	})
}

// Sizes of the dialog.
const (
	eraseWide = 640
	eraseHigh = 620
	eraseText = eraseWide - 2*PadPage - 16 // beside the scroll bar
)

func (h *Host) showErase(p PersonalData, what *app.Erasure) {
	var over *overlay
	reason, name := newEntry(lang.T("such as: asked for it on May 20")), newEntry(p.Name)
	title := lang.T("Erase the data of %s", p.Name)
	erase := NewButton(ButtonOptions{Text: lang.T("Erase for good"), Kind: ButtonDanger, OnTap: func() {
		why := reason.Text
		over.Close()
		h.Job(title, func(ctx context.Context, _ func(done, total int64)) error {
			_, err := h.App.Privacy.Erase(ctx, p.Kind, p.ID, why)
			return err
		}, p.Then)
	}})
	erase.Disable()
	told := func(string) {
		if strings.TrimSpace(name.Text) == p.Name && strings.TrimSpace(reason.Text) != "" {
			erase.Enable()
		} else {
			erase.Disable()
		}
	}
	reason.OnChanged, name.OnChanged = told, told
	labelled := func(label string, e *entry) fyne.CanvasObject {
		return VBox(2, Caption(label), MinBox(fyne.NewSize(0, HeightControl), e))
	}
	foot := VBox(10,
		HLine(ColorLine),
		labelled(lang.T("Why; this stays in every book, so it must not say the name"), reason),
		labelled(lang.T("Type %s to go on. Nothing brings the data back, undo neither", p.Name), name),
		HBox(8, Space(), NewButton(ButtonOptions{Text: lang.T("Cancel"), OnTap: func() { over.Close() }}), erase))
	inset := Insets{Right: PadPage, Left: PadPage}
	body := container.NewBorder(nil, Pad(Insets{10, PadPage, PadPage, PadPage}, foot), nil, nil, Scroll(Pad(inset, h.erasureList(what))))
	over = showOverlay(h.Window.Canvas(), titled(title, body), overlayOptions{dim: true, size: func(w fyne.Size) fyne.Size {
		return fyne.NewSize(min(eraseWide, w.Width-2*PadPage), min(eraseHigh, w.Height-2*PadPage))
	}})
	h.Window.Canvas().Focus(reason)
}

// erasureList is what goes, what stays and what somebody should look at.
func (h *Host) erasureList(what *app.Erasure) fyne.CanvasObject {
	if len(what.Goes) == 0 {
		return eraseProse(lang.T("This data was erased before. Erasing once more rewrites the file, so that no trace is left in it."))
	}
	parts := []fyne.CanvasObject{
		eraseProse(lang.T("Every value of these fields goes, from this book and its whole history, and from every other book once it merges a file of this one. The record stays and is called “%s”.", what.Becomes)),
		Gap(1, 6), HeadRow(lang.T("Goes"), lang.N("%d field", "%d fields", len(what.Goes), len(what.Goes))),
	}
	var facts []Fact
	for _, g := range what.Goes {
		label, value := lang.T(g.Label), g.Value
		if g.Kind != what.Kind {
			label = lang.T("Device")
		}
		if value == "" {
			value = EnDash
		}
		facts = append(facts, Fact{Label: label, Value: value})
	}
	parts = append(parts, NewFacts(facts), Gap(1, 6), HeadRow(lang.T("Stays"), lang.T("and why")))
	for _, s := range what.Stays {
		head := lang.T(s.What)
		if s.Count > 0 {
			head += " · " + h.NumbersOf().Count(s.Count)
		}
		parts = append(parts, HLine(ColorLine), Gap(1, 4), NewText(head, TextStyle{Bold: true, Cut: true}), eraseProse(lang.T(s.Why)))
		if s.Place != "" {
			parts = append(parts, NewText(s.Place, TextStyle{Size: SizeCaption, Color: ColorFg2, Cut: true}))
		}
		parts = append(parts, Gap(1, 4))
	}
	if len(what.Mentions) > 0 {
		parts = append(parts, HeadRow(lang.T("To look at"), lang.T("texts that say the name")))
		var rows []Fact
		for _, m := range what.Mentions {
			rows = append(rows, Fact{Label: h.mentionLabel(m), Value: m.Name})
		}
		parts = append(parts, NewFacts(rows))
	}
	return VBox(2, parts...)
}

func (h *Host) mentionLabel(m app.AboutMention) string {
	k, err := h.App.Records.Kind(m.Kind)
	if err != nil {
		return m.Kind
	}
	f, _ := k.Field(m.Field)
	return lang.T(k.Label) + " · " + lang.T(f.Label)
}

func eraseProse(text string) fyne.CanvasObject {
	return NewProse(text, len(wrapText(text, eraseText, SizeBody)), TextStyle{Color: ColorFg2})
}
