package kit

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
)

// FileAsk is a question for one file or folder.
type FileAsk struct {
	Title   string   // what the file is for
	Name    string   // suggested for a file to be written
	Endings []string // of the files to choose from, such as ".csv"; none is all
	Folder  string   // where to begin; "" is the person's home
	Then    func(path string)
}

// OpenFile asks for a file to read and calls Then with its path, unless the
// person changes their mind.
func OpenFile(w fyne.Window, ask FileAsk) { showFiles(w, ask, toRead) }

// SaveFile asks for a file to write and calls Then with its path, unless the
// person changes their mind. A file of that name is replaced only after a yes.
func SaveFile(w fyne.Window, ask FileAsk) { showFiles(w, ask, toWrite) }

// OpenFolder asks for a folder and calls Then with its path.
func OpenFolder(w fyne.Window, ask FileAsk) { showFiles(w, ask, toEnter) }

// fileUse is what a file is asked for.
type fileUse uint8

const (
	toRead fileUse = iota
	toWrite
	toEnter
)

// fileBox shows one folder: its folders, and its files where one is asked for.
// The path can be typed. Fyne's own dialog hears no Escape.
type fileBox struct {
	window fyne.Window
	ask    FileAsk
	use    fileUse
	folder string
	over   *overlay
	path   *entry
	name   *entry // of a file to be written
	list   *List
	wrong  *Text
}

const (
	filesWide = 640
	filesHigh = 520
	keyUp     = ".." // the row of the folder above
)

func showFiles(w fyne.Window, ask FileAsk, use fileUse) {
	b := &fileBox{window: w, ask: ask, use: use, path: newEntry(""), name: newEntry(lang.T("File name")), wrong: NewText("", TextStyle{Size: SizeCaption, Color: ColorBad})}
	b.list = NewList(ListOptions{Plain: true, OnOpen: b.open, OnRune: b.begin})
	b.path.onKey, b.name.onKey = b.key(b.typed), b.key(b.save)
	if ask.Name != "" {
		b.name.SetText(app.FileName(ask.Name))
	}
	b.over = showOverlay(w.Canvas(), titled(ask.Title, Pad(Insets{0, PadPage, PadPage, PadPage}, b.content())), overlayOptions{
		dim: true,
		size: func(window fyne.Size) fyne.Size {
			return fyne.NewSize(min(filesWide, window.Width-2*PadPage), min(filesHigh, window.Height-2*PadPage))
		},
	})
	b.enter(b.first())
	if use == toWrite {
		w.Canvas().Focus(b.name)
		b.name.TypedShortcut(&fyne.ShortcutSelectAll{})
		return
	}
	w.Canvas().Focus(b.list)
}

func (b *fileBox) content() fyne.CanvasObject {
	buttons := []fyne.CanvasObject{Grow(b.wrong), NewButton(ButtonOptions{Text: lang.T("Cancel"), OnTap: func() { b.over.Close() }})}
	parts := []fyne.CanvasObject{b.places(), b.path, Grow(NewPanel(PanelOptions{Flush: true, Body: b.list}))}
	switch b.use {
	case toWrite:
		parts = append(parts, b.name)
		buttons = append(buttons, NewButton(ButtonOptions{Text: lang.T("Save"), Kind: ButtonPrimary, OnTap: b.save}))
	case toEnter:
		buttons = append(buttons, NewButton(ButtonOptions{Text: lang.T("Choose this folder"), Kind: ButtonPrimary, OnTap: func() { b.done(b.folder) }}))
	case toRead: // a click on the file is the choice
	}
	return VBox(8, append(parts, HBox(8, buttons...))...)
}

// places lead to the folders that people keep files in.
func (b *fileBox) places() fyne.CanvasObject {
	var row []fyne.CanvasObject
	home, err := os.UserHomeDir()
	add := func(text, icon, path string) {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			row = append(row, NewButton(ButtonOptions{Text: text, Icon: icon, OnTap: func() { b.enter(path) }}))
		}
	}
	if b.ask.Folder != "" {
		add(filepath.Base(b.ask.Folder), "book", b.ask.Folder)
	}
	if err == nil {
		add(lang.T("Home"), "home", home)
		for _, name := range []string{"Desktop", "Documents", "Downloads"} {
			add(lang.T(name), "folder", filepath.Join(home, name))
		}
	}
	return HBox(6, append(row, Space())...)
}

// first is where to begin.
func (b *fileBox) first() string {
	if info, err := os.Stat(b.ask.Folder); err == nil && info.IsDir() {
		return b.ask.Folder
	}
	if home, err := os.UserHomeDir(); err == nil {
		return home
	}
	return string(filepath.Separator)
}

// key makes what a field does with Enter and Escape.
func (b *fileBox) key(enter func()) func(*fyne.KeyEvent) bool {
	return func(e *fyne.KeyEvent) bool {
		switch e.Name {
		case fyne.KeyEscape:
			b.over.Close()
		case fyne.KeyReturn, fyne.KeyEnter:
			enter()
		default:
			return false
		}
		return true
	}
}

// enter shows a folder. Where it cannot be read, what was shown stays.
func (b *fileBox) enter(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		b.say(lang.T("The folder cannot be read: %s", causeOf(err)))
		return
	}
	b.say("")
	b.folder = folder
	b.path.SetText(folder)
	rows := b.rows(entries)
	b.list.SetRows(rows)
	b.list.Step(-len(rows))
}

// rows lists folders, then the files that may be chosen.
func (b *fileBox) rows(entries []fs.DirEntry) []ListRow {
	var folders, files []ListRow
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") {
			continue
		}
		row := ListRow{Key: name, Title: name, Icon: "file"}
		if b.isFolder(e) {
			row.Icon = "folder"
			folders = append(folders, row)
		} else if b.use != toEnter && b.fits(name) {
			files = append(files, row)
		}
	}
	byName := func(x, y ListRow) int {
		return cmp.Or(strings.Compare(Fold(x.Title), Fold(y.Title)), strings.Compare(x.Title, y.Title))
	}
	slices.SortFunc(folders, byName)
	slices.SortFunc(files, byName)
	var rows []ListRow
	if up := filepath.Dir(b.folder); up != b.folder {
		rows = append(rows, ListRow{Key: keyUp, Icon: "chevu", Title: lang.T("Up to %s", filepath.Base(up))})
	}
	rows = append(append(rows, folders...), files...)
	if b.use == toRead && len(files) == 0 {
		rows = append(rows, ListRow{Header: true, Title: b.nothing()})
	}
	return rows
}

func (b *fileBox) nothing() string {
	if len(b.ask.Endings) == 0 {
		return lang.T("No file here")
	}
	return lang.T("No file here that ends in %s", strings.Join(b.ask.Endings, ", "))
}

// isFolder follows links.
func (b *fileBox) isFolder(e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.IsDir()
	}
	info, err := os.Stat(filepath.Join(b.folder, e.Name()))
	return err == nil && info.IsDir()
}

func (b *fileBox) fits(name string) bool {
	if len(b.ask.Endings) == 0 {
		return true
	}
	return slices.ContainsFunc(b.ask.Endings, func(ending string) bool { return strings.EqualFold(filepath.Ext(name), ending) })
}

// open goes into the folder of a row or takes its file.
func (b *fileBox) open(key string) {
	if key == keyUp {
		b.enter(filepath.Dir(b.folder))
		return
	}
	b.take(filepath.Join(b.folder, key))
}

// begin starts a path with what is typed while the list has the keyboard.
func (b *fileBox) begin(r rune) {
	if r == ' ' {
		return // it opens the row
	}
	b.path.SetText("")
	b.window.Canvas().Focus(b.path)
	b.path.TypedRune(r)
}

// typed goes to the path in the field, or takes the file that it names.
func (b *fileBox) typed() {
	path := strings.TrimSpace(b.path.Text)
	if home, err := os.UserHomeDir(); err == nil && (path == "~" || strings.HasPrefix(path, "~"+string(filepath.Separator))) {
		path = home + path[1:]
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(b.folder, path)
	}
	b.take(filepath.Clean(path))
}

func (b *fileBox) take(path string) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		b.say(lang.T("There is no file or folder %s", path))
	case info.IsDir() && b.use == toEnter && path == b.folder:
		b.done(path) // Enter once more takes the folder that is shown
	case info.IsDir():
		b.enter(path)
	case b.use == toWrite:
		b.enter(filepath.Dir(path))
		b.name.SetText(filepath.Base(path))
		b.window.Canvas().Focus(b.name)
	case b.use == toEnter:
		b.say(lang.T("%s is a file; a folder is asked for", filepath.Base(path)))
	case !b.fits(path):
		b.say(lang.T("Choose a file that ends in %s", strings.Join(b.ask.Endings, ", ")))
	default:
		b.done(path)
	}
}

// save takes the name in the field, with the ending of the suggested one where
// it has none.
func (b *fileBox) save() {
	name := strings.TrimSpace(b.name.Text)
	if name == "" || name != filepath.Base(name) {
		b.say(lang.T("Type a name for the file"))
		return
	}
	if filepath.Ext(name) == "" {
		name += filepath.Ext(b.ask.Name)
	}
	path := filepath.Join(b.folder, name)
	info, err := os.Stat(path)
	switch {
	case err != nil:
		b.done(path)
	case info.IsDir():
		b.say(lang.T("%s is a folder; type another name", name))
	default:
		Confirm(b.window, ConfirmOptions{
			Title: lang.T("Replace %s?", name), Text: lang.T("A file of this name is there already. What it holds now will be gone."),
			Yes: lang.T("Replace"), Danger: true, OnYes: func() { b.done(path) },
		})
	}
}

func (b *fileBox) done(path string) {
	b.over.Close()
	b.ask.Then(path)
}

func (b *fileBox) say(what string) { b.wrong.SetText(what) }

// causeOf is why a folder cannot be read, in words.
func causeOf(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return lang.T("you have no right to it")
	case errors.Is(err, fs.ErrNotExist):
		return lang.T("it is not there")
	}
	return lang.T("the computer does not let it be read")
}
