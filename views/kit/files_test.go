package kit_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// fileDesk is a window over a folder with two files and a folder.
type fileDesk struct {
	kittest.Hand
	folder string
	took   string
}

func newFileDesk(t *testing.T) *fileDesk {
	t.Helper()
	kittest.App(t, false)
	d := &fileDesk{folder: t.TempDir()}
	t.Setenv("HOME", d.folder)
	if err := os.Mkdir(filepath.Join(d.folder, "Exports"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"deals.csv", "notes.md", ".hidden.csv", "Exports/people.CSV"} {
		if err := os.WriteFile(filepath.Join(d.folder, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d.Window = kittest.Window(t, kit.Body("below"), 900, 700)
	return d
}

func (d *fileDesk) ask() kit.FileAsk {
	return kit.FileAsk{Title: "A file", Name: "deals.csv", Endings: []string{".csv"}, Folder: d.folder, Then: func(path string) { d.took = path }}
}

func (d *fileDesk) top() fyne.CanvasObject { return d.Window.Canvas().Overlays().Top() }

func (d *fileDesk) see(t *testing.T, text string) bool {
	t.Helper()
	return d.top() != nil && kittest.Shows(d.top(), text)
}

func (d *fileDesk) click(t *testing.T, text string) {
	t.Helper()
	at, ok := kittest.At(d.top(), text)
	if !ok {
		t.Fatalf("%q is not among %v", text, kittest.Texts(d.top()))
	}
	d.Click(at)
}

func TestChooseAFile(t *testing.T) {
	d := newFileDesk(t)
	kit.OpenFile(d.Window, d.ask())
	if !d.see(t, "deals.csv") || d.see(t, "notes.md") || d.see(t, ".hidden.csv") {
		t.Errorf("the folder shows %v", kittest.Texts(d.top()))
	}
	d.click(t, "Exports")
	if d.see(t, "deals.csv") {
		t.Error("a folder does not open")
	}
	d.click(t, "people.CSV")
	if want := filepath.Join(d.folder, "Exports", "people.CSV"); d.took != want || d.top() != nil {
		t.Errorf("took %q, want %q", d.took, want)
	}
}

func TestChooseAFileByKeys(t *testing.T) {
	d := newFileDesk(t)
	kit.OpenFile(d.Window, d.ask())
	d.Key(fyne.KeyDown) // from the folder above to Exports
	d.Key(fyne.KeyReturn)
	d.Key(fyne.KeyEnd)
	d.Key(fyne.KeyReturn)
	if filepath.Base(d.took) != "people.CSV" {
		t.Errorf("took %q", d.took)
	}
}

// TestTypingStartsAPath: who types at once types a path, without a click.
func TestTypingStartsAPath(t *testing.T) {
	d := newFileDesk(t)
	kit.OpenFile(d.Window, d.ask())
	d.Type("~/Exports/people.CSV")
	d.Key(fyne.KeyReturn)
	if want := filepath.Join(d.folder, "Exports", "people.CSV"); d.took != want {
		t.Errorf("took %q, want %q", d.took, want)
	}
}

// field puts the keyboard into the n-th field, all of it selected.
func (d *fileDesk) field(t *testing.T, n int) {
	t.Helper()
	fields := kittest.FindAll[interface {
		fyne.Focusable
		fyne.Shortcutable
	}](d.top())
	if n >= len(fields) {
		t.Fatalf("the dialog has %d fields", len(fields))
	}
	d.Window.Canvas().Focus(fields[n])
	d.Shortcut(&fyne.ShortcutSelectAll{})
}

func TestTypeThePathOfAFile(t *testing.T) {
	for _, c := range []struct{ typed, took, says string }{
		{"deals.csv", "deals.csv", ""},
		{"~/Exports/people.CSV", "Exports/people.CSV", ""},
		{"Exports", "", "people.CSV"},
		{"missing.csv", "", "There is no file or folder"},
		{"notes.md", "", "Choose a file that ends in .csv"},
	} {
		d := newFileDesk(t)
		kit.OpenFile(d.Window, d.ask())
		d.field(t, 0)
		d.Type(c.typed)
		d.Key(fyne.KeyReturn)
		want := ""
		if c.took != "" {
			want = filepath.Join(d.folder, filepath.FromSlash(c.took))
		}
		if d.took != want {
			t.Errorf("%s took %q, want %q", c.typed, d.took, want)
		}
		if c.says != "" && !strings.Contains(strings.Join(kittest.Texts(d.top()), "\n"), c.says) {
			t.Errorf("%s: %q is not among %v", c.typed, c.says, kittest.Texts(d.top()))
		}
	}
}

func TestTheNameOfAFileIsOneThatEverySystemTakes(t *testing.T) {
	d := newFileDesk(t)
	ask := d.ask()
	ask.Name = "East/West: plan.csv"
	kit.SaveFile(d.Window, ask)
	d.Key(fyne.KeyReturn)
	if want := filepath.Join(d.folder, "East-West- plan.csv"); d.took != want {
		t.Errorf("took %q, want %q", d.took, want)
	}
}

func TestSavingAsksBeforeItReplaces(t *testing.T) {
	d := newFileDesk(t)
	kit.SaveFile(d.Window, d.ask())
	d.Key(fyne.KeyReturn) // deals.csv is there
	if d.took != "" || !d.see(t, "Replace deals.csv?") {
		t.Fatalf("took %q without a question", d.took)
	}
	d.Key(fyne.KeyEscape)
	d.field(t, 1)
	d.Type("won")
	d.Key(fyne.KeyReturn)
	if want := filepath.Join(d.folder, "won.csv"); d.took != want || d.top() != nil {
		t.Errorf("took %q, want %q", d.took, want)
	}
	if _, err := os.Stat(d.took); err == nil {
		t.Error("the dialog made the file itself")
	}
}

func TestChooseAFolder(t *testing.T) {
	d := newFileDesk(t)
	kit.OpenFolder(d.Window, kit.FileAsk{Title: "A folder", Folder: d.folder, Then: func(path string) { d.took = path }})
	if d.see(t, "deals.csv") {
		t.Error("a file is offered as a folder")
	}
	d.click(t, "Exports")
	d.click(t, "Choose this folder")
	if filepath.Base(d.took) != "Exports" {
		t.Errorf("took %q", d.took)
	}
	// Typed: Enter goes there, Enter again takes it.
	d.took = ""
	kit.OpenFolder(d.Window, kit.FileAsk{Title: "A folder", Folder: d.folder, Then: func(path string) { d.took = path }})
	d.field(t, 0)
	d.Type("Exports")
	d.Key(fyne.KeyReturn)
	if d.took != "" {
		t.Error("one Enter took the folder before it was shown")
	}
	d.Key(fyne.KeyReturn)
	if filepath.Base(d.took) != "Exports" {
		t.Errorf("took %q by Enter", d.took)
	}
}

// TestEscapeClosesEveryDialog, whatever in it has the keyboard.
func TestEscapeClosesEveryDialog(t *testing.T) {
	d := newFileDesk(t)
	never := func(string) { t.Error("Escape took a file") }
	for name, show := range map[string]func(){
		"open": func() { kit.OpenFile(d.Window, kit.FileAsk{Title: "A file", Folder: d.folder, Then: never}) },
		"save": func() {
			kit.SaveFile(d.Window, kit.FileAsk{Title: "A file", Name: "x.csv", Folder: d.folder, Then: never})
		},
		"folder": func() { kit.OpenFolder(d.Window, kit.FileAsk{Title: "A folder", Folder: d.folder, Then: never}) },
		"confirm": func() {
			kit.Confirm(d.Window, kit.ConfirmOptions{Title: "Sure?", Yes: "Yes", OnYes: func() { t.Error("Escape said yes") }})
		},
		"failure": func() { kit.Failure(d.Window, "Save", os.ErrInvalid, func() { t.Error("Escape tried again") }) },
		"form": func() {
			kit.ShowForm(d.Window, "A form", kit.NewForm(kit.FormOptions{Fields: []kit.Field{{Key: "name", Label: "Name"}, {Key: "is", Label: "Is", Kind: kit.FieldBool}}}))
		},
	} {
		show()
		n := len(kittest.FindAll[fyne.Focusable](d.top()))
		d.Key(fyne.KeyEscape)
		if d.top() != nil {
			t.Fatalf("%s: Escape does not close it", name)
		}
		for i := range n {
			show()
			d.Window.Canvas().Focus(kittest.FindAll[fyne.Focusable](d.top())[i])
			d.Key(fyne.KeyEscape)
			if d.top() != nil {
				t.Fatalf("%s: Escape does not close it with the keyboard in %T", name, kittest.FindAll[fyne.Focusable](d.top())[i])
			}
		}
	}
}
