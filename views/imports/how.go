package imports

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// howShown is what an import does with the rows of a file.
type howShown struct {
	mode, blank, clash string
	own, versions      bool // the book exported the file; its rows carry versions
	key                []string
	keys               []kit.Option // fields by which records can be found
}

func drawHow(f *app.FilePlan) howShown {
	h := howShown{mode: cmp.Or(f.Mode, app.ModeBoth), blank: f.Blank, clash: f.Clash, key: f.Key, own: f.Source == app.SourceOwn}
	h.versions = h.own && f.Versioned()
	if h.blank == "" {
		h.blank = app.BlankLeave
		if h.versions {
			h.blank = keyAsEdited
		}
	}
	for _, x := range f.KeyChoices() {
		h.keys = append(h.keys, kit.Option{Key: x.Name, Text: lang.T(x.Label)})
	}
	return h
}

// keyAsEdited stands for blanks of a file that carries versions: what was
// cleared in it is cleared.
const keyAsEdited = "edited"

// how asks what an import does with the rows of the chosen file.
func (s *Screen) how() fyne.CanvasObject {
	n, h := s.file, s.shown.files[s.file].how
	rows := []fyne.CanvasObject{
		choice(lang.T("Rows and records"), pick([]kit.Option{
			{Key: app.ModeBoth, Text: lang.T("Make new ones and change those there")},
			{Key: app.ModeCreate, Text: lang.T("Only make new ones")},
			{Key: app.ModeUpdate, Text: lang.T("Only change those there")},
		}, h.mode, func(key string) {
			s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetMode(key) }))
		}), lang.T("What is there can be left as it is, and what is new set aside.")),
		choice(lang.T("A blank cell"), pick(blanks(h), h.blank, func(key string) {
			if key == keyAsEdited {
				key = ""
			}
			s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetBlank(key) }))
		}), lang.T("It never takes what the row above has.")),
	}
	if h.own {
		rows = append(rows, choice(lang.T("Changed here and there"), pick([]kit.Option{
			{Key: "list", Text: lang.T("Ask me, and leave the book's until then")},
			{Key: app.ClashSheet, Text: lang.T("Take the file's")},
			{Key: app.ClashBook, Text: lang.T("Keep the book's")},
		}, cmp.Or(h.clash, "list"), func(key string) {
			if key == "list" {
				key = ""
			}
			s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetClash(key) }))
		}), lang.T("The book exported this file: its rows are found by their ids, and edits meet cell by cell.")))
	} else {
		p := kit.NewPicker(kit.PickerOptions{Options: h.keys, Text: lang.T("Their id, else their name"), Wide: true, Multi: true, OnPick: func(keys []string) {
			s.correct(onFile(n, func(_ context.Context, f *app.FilePlan) error { return f.SetKey(keys) }))
		}}, h.key...)
		if len(h.keys) == 0 {
			p.Disable()
		}
		rows = append(rows, choice(lang.T("Find records by"), p, lang.T("Rows whose record several have, or that lack it, are set aside.")))
	}
	return kit.Pad(kit.Insets{Top: 8, Left: kit.PadPanel, Right: kit.PadPanel}, kit.VBox(12, rows...))
}

func blanks(h howShown) []kit.Option {
	out := []kit.Option{{Key: app.BlankLeave, Text: lang.T("leaves what the record has")}, {Key: app.BlankClear, Text: lang.T("clears what the record has")}}
	if h.versions {
		out = append(out, kit.Option{Key: keyAsEdited, Text: lang.T("clears it where somebody cleared it in the file")})
	}
	return out
}

// choice is a line with its name before and what it means below.
func choice(name string, field fyne.CanvasObject, means string) fyne.CanvasObject {
	line := kit.HBox(8, kit.MinBox(fyne.NewSize(150, 0), kit.NewText(name, kit.TextStyle{})), kit.Grow(field))
	return kit.VBox(3, line, kit.HBox(8, kit.MinBox(fyne.NewSize(150, 0)), kit.Grow(quietCaption(means))))
}
