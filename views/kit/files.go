package kit

import (
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// FileAsk is a question for one file.
type FileAsk struct {
	Title   string   // what the file is for; names a failure
	Name    string   // suggested for a file to be written
	Endings []string // of the files to choose from, such as ".csv"; none is all
	Folder  string   // where the dialog begins; "" is where Fyne begins
	Then    func(path string)
}

// OpenFile asks for a file to read and calls Then with its path, unless the
// person changes their mind.
func OpenFile(w fyne.Window, ask FileAsk) {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			Failure(w, ask.Title, err, nil)
		case f != nil:
			if err := f.Close(); err != nil {
				slog.Warn("closing a picked file", "err", err)
			}
			ask.Then(f.URI().Path())
		}
	}, w)
	if len(ask.Endings) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(ask.Endings))
	}
	ShowFileDialog(w, d, ask.Folder)
}

// SaveFile asks for a file to write and calls Then with its path, unless the
// person changes their mind.
func SaveFile(w fyne.Window, ask FileAsk) {
	d := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
		if err == nil && f == nil {
			return
		}
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			Failure(w, ask.Title, err, nil)
			return
		}
		ask.Then(f.URI().Path())
	}, w)
	d.SetFileName(ask.Name)
	ShowFileDialog(w, d, ask.Folder)
}

// ShowFileDialog shows a file dialog large enough to read, beginning in a
// folder if one is given and there.
func ShowFileDialog(w fyne.Window, d *dialog.FileDialog, folder string) {
	size := w.Canvas().Size()
	d.Resize(fyne.NewSize(min(900, size.Width-80), min(640, size.Height-80)))
	if folder != "" {
		if at, err := storage.ListerForURI(storage.NewFileURI(folder)); err == nil {
			d.SetLocation(at)
		}
	}
	d.Show()
}
