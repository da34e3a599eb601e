package kit

import (
	"context"
	"path/filepath"
	"strings"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// ExportRecords asks for a file and writes the records of a query to it, as CSV
// or XLSX by its ending.
func (h *Host) ExportRecords(q data.Query) {
	k, err := data.KindByName(q.Kind)
	if err != nil {
		return // screens name kinds that there are
	}
	h.AskFile(lang.T("Export"), k.Plural+".xlsx", func(path string) {
		n := 0
		h.Job(lang.T("Export to %s", filepath.Base(path)), func(ctx context.Context, _ func(done, total int64)) error {
			var err error
			n, err = h.App.Records.Export(ctx, q, path)
			return err
		}, func() {
			h.Say(lang.N("%s record written to %s", "%s records written to %s", n, Thousands(n), filepath.Base(path)))
		})
	})
}

// ExportRows is ExportRecords of rows that a table shows; of none it says so.
func (h *Host) ExportRows(kind string, keys []data.Key) {
	if len(keys) == 0 {
		h.Say(lang.T("There is nothing to export here"))
		return
	}
	h.ExportRecords(data.Query{Kind: kind, Where: []data.Filter{app.KeyFilter(keys)}})
}

// The choices of Export beside kinds.
const (
	exportBook   = "xlsx"
	exportZip    = "zip"
	exportFolder = "folder"
)

// Export asks what of the book is to be written to files, and writes it.
func (h *Host) Export() {
	options := []Option{
		{Key: exportBook, Text: lang.T("Everything as one workbook"), Detail: ".xlsx", Group: lang.T("Everything")},
		{Key: exportZip, Text: lang.T("Everything as packed CSV files"), Detail: ".zip", Group: lang.T("Everything")},
		{Key: exportFolder, Text: lang.T("Everything as a folder of CSV files"), Detail: ".csv", Group: lang.T("Everything")},
	}
	for _, k := range app.EveryKind() {
		options = append(options, Option{Key: k.Name, Text: KindWord(k), Group: lang.T("One kind of record")})
	}
	form := NewForm(FormOptions{
		Save:   lang.T("Choose the file"),
		Fields: []Field{{Key: "what", Label: lang.T("What to export"), Kind: FieldChoice, Required: true, Options: options, Value: exportBook}},
		Then:   func(v Values) { h.exportWhat(v["what"]) },
	})
	ShowForm(h.Window, lang.T("Export"), form)
}

func (h *Host) exportWhat(what string) {
	switch what {
	case exportBook, exportZip:
		h.AskFile(lang.T("Export everything"), h.App.Book().Name+"."+what, h.exportAll)
	case exportFolder:
		OpenFolder(h.Window, FileAsk{Title: lang.T("Export everything"), Then: h.exportAll})
	default:
		h.ExportRecords(data.Query{Kind: what})
	}
}

func (h *Host) exportAll(path string) {
	n := 0
	h.Job(lang.T("Export everything to %s", filepath.Base(path)), func(ctx context.Context, progress func(done, total int64)) error {
		var err error
		n, err = h.App.Records.ExportAll(ctx, path, progress)
		return err
	}, func() {
		h.Say(lang.N("%s record written to %s", "%s records written to %s", n, Thousands(n), filepath.Base(path)))
	})
}

// KindWord is the plural of a kind as a heading: "Stage entries".
func KindWord(k *data.Kind) string {
	plural := strings.ReplaceAll(k.Plural, "_", " ")
	return lang.T(lang.Capital(plural))
}
