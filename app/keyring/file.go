package keyring

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"fieldbook/data"
)

const (
	fileEnd  = ".key"
	fileHead = "# Device keys of one Fieldbook book. Whoever has them can sign as you and open files for you.\n"
	fileMax  = 1 << 20 // bytes; beyond it a file is none of ours
	lockName = "keys.lock"

	lockTries = 500 // as many times as a lock is asked for
	lockPause = 20 * time.Millisecond
)

// files keeps each book's devices in a file of its own, a line each, in a
// folder that only its owner may enter.
type files struct{ folder string }

func (f files) path(book data.ID) string { return filepath.Join(f.folder, book.String()+fileEnd) }

func (f files) devices(book data.ID) ([]Device, error) { return readFile(f.path(book)) }

// all reads every file; damaged joins what could not be read.
func (f files) all() (out []Device, damaged error) {
	entries, err := os.ReadDir(f.folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, data.Wrap(data.Internal, err, "the folder %s with your keys cannot be read; the book is safe. Check who may open that folder", f.folder)
	}
	for _, e := range entries {
		name, isKey := strings.CutSuffix(e.Name(), fileEnd)
		if _, err := data.ParseID(name); err != nil || !isKey {
			continue
		}
		found, err := readFile(filepath.Join(f.folder, e.Name()))
		out, damaged = join(out, found), errors.Join(damaged, err)
	}
	return out, damaged
}

// readFile gives the devices in a file, none where there is no file.
func readFile(path string) ([]Device, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, unreadableFile(path, err)
	}
	if !info.Mode().IsRegular() || info.Size() > fileMax {
		return nil, damagedFile(path, nil)
	}
	// Restored from somewhere or copied by hand, it may be open to others. Where
	// the file system knows no owners there is nothing to close.
	if info.Mode().Perm()&0o077 != 0 {
		_ = os.Chmod(path, 0o600)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadableFile(path, err)
	}
	out, err := decodeAll(string(text))
	if err != nil {
		return nil, damagedFile(path, err)
	}
	return out, nil
}

func unreadableFile(path string, err error) error {
	return data.Wrap(data.Internal, err, "the file %s with your keys cannot be read; the book is safe. Check who may read that file", path)
}

func damagedFile(path string, err error) error {
	return &data.Error{Kind: data.Invalid, Err: err, Msg: "the file " + path + " with your keys is damaged, so Fieldbook cannot sign as you or open files for you. " +
		"The book itself is safe. Put the file back from a copy of this computer; if there is none, move it away and ask for a new invite"}
}

// decodeAll reads encoded devices, one a line; other lines must be comments.
func decodeAll(text string) ([]Device, error) {
	if text == "" {
		return nil, errDamaged() // it is never written so
	}
	var out []Device
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		d, err := Decode(line)
		if err != nil {
			return nil, err
		}
		out = join(out, []Device{d})
	}
	return out, nil
}

func encodeAll(devices []Device) string {
	var b strings.Builder
	for _, d := range devices {
		b.WriteString(d.Encode() + "\n")
	}
	return b.String()
}

// keep adds a device to a book's file. The lock must be held.
func (f files) keep(book data.ID, d Device) error {
	there, err := f.devices(book)
	if err != nil {
		return err
	}
	return f.write(f.path(book), fileHead+encodeAll(join(there, []Device{d})))
}

// write puts text under a temporary name and renames it, so that path is what
// it was or whole, on the disk, and never open to others.
func (f files) write(path, text string) (err error) {
	tmp := path + ".part"
	defer func() {
		if err != nil {
			err = data.Wrap(data.Refused, errors.Join(err, missingIsFine(os.Remove(tmp))),
				"your keys cannot be written to %s; the book and the keys that were there are safe. Check that the disk has room and the folder can be written to", f.folder)
		}
	}()
	if err := missingIsFine(os.Remove(tmp)); err != nil { // left by a crash, with modes of its own
		return err
	}
	to, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = to.WriteString(text)
	if err := errors.Join(err, to.Sync(), to.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	return f.sync()
}

// sync makes names in the folder last. Some file systems cannot; the file
// itself is synced already.
func (f files) sync() error {
	dir, err := os.Open(f.folder)
	if err != nil {
		return err
	}
	_ = dir.Sync()
	return dir.Close()
}

func (f files) forget(book data.ID) error {
	if err := missingIsFine(os.Remove(f.path(book))); err != nil {
		return data.Wrap(data.Refused, err, "the keys in %s cannot be deleted; they are still there", f.path(book))
	}
	return nil
}

// locked runs fn while no other process changes the keys.
func (f files) locked(fn func() error) error {
	if err := f.open(); err != nil {
		return data.Wrap(data.Refused, err, "the folder %s for your keys cannot be made; nothing was changed. Check that your own folder can be written to", f.folder)
	}
	lock := flock.New(filepath.Join(f.folder, lockName), flock.SetPermissions(0o600))
	for range lockTries {
		ok, err := lock.TryLock()
		if err != nil {
			return data.Wrap(data.Refused, err, "the folder %s for your keys cannot be written to; nothing was changed", f.folder)
		}
		if ok {
			return errors.Join(fn(), lock.Unlock())
		}
		time.Sleep(lockPause)
	}
	return data.Errorf(data.Busy, "another Fieldbook is at the keys of this computer and does not end; nothing was changed. Close it, then try again")
}

// open makes the folder, for its owner alone.
func (f files) open() error {
	if err := os.MkdirAll(f.folder, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(f.folder)
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		_ = os.Chmod(f.folder, 0o700) // see readFile
	}
	return err
}

func missingIsFine(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
