package app

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"fieldbook/data"
)

// Folder is the shared folder of a book: one that Syncthing, OneDrive, Dropbox
// or a stick carries from person to person. Each replica writes only files that
// never change into a sub-folder of its own, so there is nothing to conflict
// on. README.md describes what lies there.
type Folder struct {
	app  *App
	turn chan struct{} // full while somebody sends, receives or changes the setup
}

func newFolder(a *App) *Folder { return &Folder{app: a, turn: make(chan struct{}, 1)} }

// TopicFolder is announced when there is something new to show of the shared
// folder: another setup, a file sent, received or refused.
const TopicFolder = "shared folder"

// FolderSetup says which folder is shared and how.
type FolderSetup struct {
	Dir   string        // "" is none
	Auto  bool          // send by itself
	Quiet time.Duration // how long nothing must change before that
}

// How long nothing must change before what was done is sent by itself.
const (
	QuietUsual = 20 * time.Second
	QuietLeast = 5 * time.Second
	QuietMost  = time.Hour
)

// prefFolder remembers the setup on this device.
const prefFolder = "folder.setup"

// savedSetup is how the setup is remembered.
type savedSetup struct {
	Dir     string `json:"dir"`
	Auto    bool   `json:"auto"`
	Seconds int    `json:"quiet"`
}

// Setup is the folder that was chosen and how it is used.
func (f *Folder) Setup(ctx context.Context) (FolderSetup, error) {
	text, err := f.app.store.Pref(ctx, prefFolder)
	var saved savedSetup
	if err != nil || text == "" || json.Unmarshal([]byte(text), &saved) != nil { // a damaged memory is the same as none
		return FolderSetup{Quiet: QuietUsual}, err
	}
	return FolderSetup{saved.Dir, saved.Auto, clampQuiet(time.Duration(saved.Seconds) * time.Second)}, nil
}

func clampQuiet(d time.Duration) time.Duration {
	if d <= 0 {
		return QuietUsual
	}
	return min(max(d, QuietLeast), QuietMost)
}

func (f *Folder) setSetup(ctx context.Context, s FolderSetup) error {
	b, err := json.Marshal(savedSetup{s.Dir, s.Auto, int(s.Quiet.Seconds())})
	if err != nil {
		return data.Wrap(data.Internal, err, "the shared folder could not be remembered; nothing was changed")
	}
	if err := f.app.store.SetPref(ctx, prefFolder, string(b)); err != nil {
		return err
	}
	f.announce()
	return nil
}

func (f *Folder) announce() {
	f.app.hub.publish(data.Change{Topics: []data.Topic{{Kind: TopicFolder}}})
}

// begin waits until nobody else works on the folder; the returned function lets
// the next one in. It is Refused in a book that is open read-only.
func (f *Folder) begin(ctx context.Context) (end func(), err error) {
	if f.app.store.ReadOnly() {
		return nil, data.Errorf(data.Refused, "the book is open read-only, so nothing is sent or received. Close it where else it is open, then open it here again")
	}
	select {
	case f.turn <- struct{}{}:
		return func() { <-f.turn }, nil
	case <-ctx.Done():
		return nil, data.Wrap(data.Canceled, ctx.Err(), "stopped; nothing was changed")
	}
}

// Choose takes dir as the shared folder and makes this book's sub-folder in it.
// It is Refused where the book itself lies in dir and where nothing can be
// written, NotFound where there is no such folder.
func (f *Folder) Choose(ctx context.Context, dir string) error {
	end, err := f.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	abs, err := filepath.Abs(dir)
	if dir == "" || err != nil {
		return data.Wrap(data.Invalid, errors.Join(err, os.ErrInvalid), "%q is not a folder; nothing was changed", dir)
	}
	if filepath.Base(abs) == folderName(f.app.store.BookID()) {
		abs = filepath.Dir(abs) // our own part of it was picked
	}
	if err := f.acceptable(abs); err != nil {
		return err
	}
	own := filepath.Join(abs, folderName(f.app.store.BookID()), f.app.store.ReplicaID().String())
	if err := makeReal(abs, own); err != nil {
		return err
	}
	if err := tryWriting(own); err != nil {
		return data.Wrap(data.Refused, err, "%s cannot be written to, so it cannot be the shared folder; nothing was changed. Choose another one", abs)
	}
	setup, err := f.Setup(ctx)
	if err != nil {
		return err
	}
	if setup.Dir != abs {
		if err := f.saveState(ctx, &folderState{}); err != nil {
			return err
		}
	}
	setup.Dir = abs
	return f.setSetup(ctx, setup)
}

// acceptable refuses what cannot be a shared folder.
func (f *Folder) acceptable(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return data.Wrap(data.NotFound, err, "there is no folder %s; nothing was changed. Make it first, or choose another one", dir)
	case err != nil:
		return data.Wrap(data.Refused, err, "%s cannot be read; nothing was changed. Choose another folder", dir)
	case !info.IsDir():
		return data.Errorf(data.Refused, "%s is not a folder; nothing was changed", dir)
	}
	book := f.app.store.Path()
	if abs, err := filepath.Abs(book); err == nil {
		book = abs
	}
	if real, err := filepath.EvalSymlinks(book); err == nil {
		book = real
	}
	for at := filepath.Dir(book); ; at = filepath.Dir(at) {
		if here, err := os.Stat(at); err == nil && os.SameFile(here, info) {
			return data.Errorf(data.Refused, "the book itself, %s, lies in %s. A program that copies this folder would copy the book while it is written, which can damage it; nothing was changed. Choose a folder without the book, or move the book out of it first", book, dir)
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// tryWriting finds out whether files can be made in a folder.
func tryWriting(dir string) error {
	f, err := os.CreateTemp(dir, partPattern)
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// SendBy says whether what was done is sent by itself, and how long nothing
// must change before that; 0 is the usual time.
func (f *Folder) SendBy(ctx context.Context, auto bool, quiet time.Duration) error {
	end, err := f.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	setup, err := f.Setup(ctx)
	if err != nil {
		return err
	}
	setup.Auto, setup.Quiet = auto, clampQuiet(quiet)
	return f.setSetup(ctx, setup)
}

// Leave ends the sharing through the folder. What lies there stays for the
// others.
func (f *Folder) Leave(ctx context.Context) error {
	end, err := f.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	setup, err := f.Setup(ctx)
	if err != nil {
		return err
	}
	setup.Dir, setup.Auto = "", false
	if err := f.saveState(ctx, &folderState{}); err != nil {
		return err
	}
	return f.setSetup(ctx, setup)
}

// root is this book's part of the chosen folder. It is NotFound where none is
// chosen and while the folder is not there, such as on a stick that is not plugged in.
func (f *Folder) root(dir string) (string, error) {
	if dir == "" {
		return "", data.Errorf(data.NotFound, "no shared folder is chosen; choose one first")
	}
	root := filepath.Join(dir, folderName(f.app.store.BookID()))
	info, err := os.Lstat(root)
	switch {
	case err == nil && info.IsDir():
		return root, nil
	case err == nil:
		return "", data.Errorf(data.Refused, "%s is not a folder but %s, so nothing was sent or received; the book is safe. Move it away and choose the shared folder again", root, whatItIs(info.Mode()))
	}
	_, gone := os.Stat(dir)
	switch {
	case errors.Is(gone, os.ErrPermission) || gone == nil && errors.Is(err, os.ErrPermission):
		return "", data.Wrap(data.Refused, errors.Join(gone, err), "the shared folder %s cannot be read; the book is safe. Check who may read it, or choose another folder", dir)
	case gone != nil:
		return "", data.Wrap(data.NotFound, gone, "the shared folder %s is not there. The book is safe, and what waits is sent once it is back: plug in the stick or connect the drive, or choose another folder", dir)
	}
	// An empty place stands where a drive is not connected: nothing must be made in it.
	return "", data.Wrap(data.NotFound, err, "%s does not hold this book's part of the shared folder. The book is safe. Connect the drive that belongs there, or choose the folder again", dir)
}
