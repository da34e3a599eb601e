package sharing

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// opening is how far the files to look at are opened.
type opening struct {
	asks   bool   // for a passphrase
	phrase string // that opens them
	wrong  string // why the last one did not
}

// loadPreview reads what the files would bring. Where a passphrase is missing
// or wrong it is asked for in place.
func (s *Screen) loadPreview() {
	paths, open := s.paths, s.opening
	type loaded struct {
		preview *app.Merged
		opening opening
	}
	kit.Load(s.loader, func(ctx context.Context) (loaded, error) {
		m, err := s.host.App.Sharing.Preview(ctx, paths, app.MergeOptions{Passphrase: open.phrase})
		var told *data.Error
		if errors.As(err, &told) && told.Field == "passphrase" {
			again := opening{asks: true}
			if open.phrase != "" {
				again.wrong = told.Msg
			}
			return loaded{opening: again}, nil
		}
		return loaded{m, opening{phrase: open.phrase}}, err
	}, func(l loaded) {
		s.preview, s.opening = l.preview, l.opening
		s.show()
	})
}

// passphraseWide is the width of the box that asks for a passphrase.
const passphraseWide = 440

// passphrasePage asks for what opens the files.
func (s *Screen) passphrasePage() fyne.CanvasObject {
	help := lang.T("Six words, as whoever made the file told you; spaces and hyphens count.")
	form := kit.NewForm(kit.FormOptions{
		Fields: []kit.Field{{Key: "passphrase", Label: lang.T("Passphrase"), Kind: kit.FieldText, Required: true, Wide: true, Help: help}},
		Save:   lang.T("Open the file"),
		Then: func(v kit.Values) {
			s.opening = opening{phrase: v["passphrase"]}
			s.Reload(s.host.View())
		},
		OnCancel: s.leave,
	})
	rows := []fyne.CanvasObject{kit.MinBox(fyne.NewSize(0, 124), form)}
	if s.opening.wrong != "" {
		rows = append([]fyne.CanvasObject{kit.HBox(8, kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon("warn", kit.ColorBad)),
			kit.Grow(kit.NewProse(s.opening.wrong, 3, kit.TextStyle{Color: kit.ColorBad})))}, rows...)
	}
	panel := kit.NewPanel(kit.PanelOptions{Title: lang.T("%s is locked with a passphrase", filepath.Base(s.paths[0])), Body: kit.VBox(8, rows...)})
	return container.NewCenter(kit.MinBox(fyne.NewSize(passphraseWide, 0), panel))
}

// previewAction is what can be done with the files that are looked at.
func (s *Screen) previewAction() *kit.Action {
	switch {
	case s.preview == nil:
		return nil
	case invitationIn(s.preview) != nil:
		return &kit.Action{Text: lang.T("Join"), Icon: "users", Do: s.merge}
	case brought(s.preview).Already < brought(s.preview).Ops:
		return &kit.Action{Text: lang.T("Merge"), Icon: "merge", Do: s.merge}
	}
	return nil
}

func invitationIn(m *app.Merged) *app.Invited {
	for _, f := range m.Files {
		if f.Invite != nil {
			return f.Invite
		}
	}
	return nil
}

// filesHigh is the height of the list of files, head and total included.
const filesHigh = 4 * kit.HeightRow

// previewPage shows what share files would bring, before anything is kept.
func (s *Screen) previewPage() fyne.CanvasObject {
	rows := []fyne.CanvasObject{s.filesPanel()}
	if in := invitationIn(s.preview); in != nil {
		rows = append(rows, line("users", kit.ColorAccent, invitedWord(in)))
	}
	for _, f := range s.preview.Files {
		for _, w := range f.Warnings {
			rows = append(rows, line("info", kit.ColorWarn, kit.Capital(w)))
		}
	}
	if sum := brought(s.preview); sum.Refused+sum.Waiting > 0 {
		rows = append(rows, line("x", kit.ColorBad, refusedWord(sum)))
	}
	return kit.Page(append(rows, kit.Grow(s.recordsPanel()))...)
}

func line(icon string, ink kit.Token, text string) fyne.CanvasObject {
	return kit.HBox(8, kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon(icon, ink)), kit.Grow(kit.NewProse(text, 1, kit.TextStyle{})))
}

func (s *Screen) filesPanel() fyne.CanvasObject {
	end := fyne.TextAlignTrailing
	rows := make(kit.SliceRows, len(s.preview.Files))
	for i, f := range s.preview.Files {
		rows[i] = fileRow(f)
	}
	table := kit.NewTable(kit.TableOptions{Rows: rows, Columns: []kit.Column{
		{Key: "file", Title: lang.T("File"), Width: 220, Grow: 1},
		{Key: "from", Title: lang.T("From"), Width: 130},
		{Key: "ops", Title: lang.T("Edits"), Width: 76, Align: end},
		{Key: "new", Title: lang.T("New records"), Width: 92, Align: end},
		{Key: "changed", Title: lang.T("Changed"), Width: 80, Align: end},
		{Key: "conflict", Title: lang.T("Conflicting"), Width: 92, Align: end},
		{Key: "refused", Title: lang.T("Refused"), Width: 80, Align: end},
		{Key: "unknown", Title: lang.T("Unknown"), Width: 80, Align: end},
		{Key: "already", Title: lang.T("Already here"), Width: 96, Align: end},
	}})
	if len(rows) > 1 {
		sum := brought(s.preview)
		sum.File, sum.From = lang.T("Together"), ""
		total := fileRow(sum)
		total.Bold, total.Cells[0] = true, kit.Cell{Text: lang.T("Together")}
		table.SetTotals(total)
	}
	return kit.NewPanel(kit.PanelOptions{
		Title: lang.T("What the files would bring"), Caption: lang.T("nothing is kept until you merge"),
		Note: lang.T("a backup is made first; the merge is undone in one step"), Flush: true, Body: kit.MinBox(fyne.NewSize(0, filesHigh), table),
	})
}

func (s *Screen) recordsPanel() fyne.CanvasObject {
	n := len(s.preview.Differences)
	caption := lang.N("%d record", "%d records", n, n)
	if sum := brought(s.preview); n < sum.New+sum.Changed {
		caption = lang.T("the first %d of %s records", n, kit.Thousands(sum.New+sum.Changed))
	}
	return kit.NewPanel(kit.PanelOptions{
		Title: lang.T("Record by record"), Caption: caption, Flush: true,
		Body: kit.NewTable(kit.TableOptions{
			Rows: differenceRows(s.preview.Differences),
			Columns: []kit.Column{
				{Key: "record", Title: lang.T("Record, field"), Width: 260, Grow: 1},
				{Key: "old", Title: lang.T("Here now"), Width: 200, Grow: 1},
				{Key: "new", Title: lang.T("After the merge"), Width: 200, Grow: 1},
				{Key: "state", Title: lang.T("State"), Width: 240},
			},
			Empty: kit.NewEmpty(kit.EmptyOptions{Icon: "check", Title: s.nothingWord(), Text: s.nothingText()}),
		}),
	})
}

func (s *Screen) nothingWord() string {
	if sum := brought(s.preview); sum.Refused+sum.Waiting > 0 {
		return lang.T("Nothing that may come in")
	}
	return lang.T("Nothing new")
}

func (s *Screen) nothingText() string {
	if sum := brought(s.preview); sum.Refused+sum.Waiting > 0 {
		return lang.T("What is new in these files does not count here.")
	}
	return lang.T("Every edit in these files is in this book already.")
}
