package sharing

import (
	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// filesHigh is the height of the list of files, head and total included.
const filesHigh = 4 * kit.HeightRow

// previewPage shows what share files would bring, before anything is kept.
func (s *Screen) previewPage() fyne.CanvasObject {
	rows := []fyne.CanvasObject{s.filesPanel()}
	for _, f := range s.preview.Files {
		for _, w := range f.Warnings {
			rows = append(rows, warning(w))
		}
	}
	return kit.Page(append(rows, kit.Grow(s.recordsPanel()))...)
}

func warning(text string) fyne.CanvasObject {
	return kit.HBox(8, kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon("clock", kit.ColorWarn)), kit.Grow(kit.NewText(text, kit.TextStyle{Cut: true})))
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
			Empty: kit.NewEmpty(kit.EmptyOptions{Icon: "check", Title: s.nothingWord(), Text: lang.T("Every edit in these files is in this book already.")}),
		}),
	})
}

func (s *Screen) nothingWord() string {
	if brought(s.preview).Refused > 0 {
		return lang.T("Nothing that may come in")
	}
	return lang.T("Nothing new")
}
