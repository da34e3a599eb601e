// Package draft makes files that nobody ever sees half of: a file is written
// under a name of its own, synced, and renamed. What a process leaves that was
// killed meanwhile is cleared away when the next file is written into that
// folder.
package draft

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"fieldbook/data"
)

// File is a file in the making. End it with Commit or Discard; whoever forgets
// finds it gone after the next Sweep by another process.
type File struct {
	*os.File
	path string
	done bool
}

// Create starts a file that will stand at path, in place of any that stands
// there. It clears the folder first: see Sweep.
func Create(path string) (*File, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, data.Errorf(data.Refused, "%s is not a file and cannot be written over; nothing was changed. Choose another name", path)
	}
	Sweep(filepath.Dir(path))
	f, err := begin(filepath.Dir(path))
	if err != nil {
		return nil, Fault(err, path)
	}
	return &File{File: f, path: path}, nil
}

// triesToBegin bounds how often a draft may be taken for a dead one's in the
// moment between its making and its claim.
const triesToBegin = 100

// begin makes a claimed file in a folder.
func begin(dir string) (*os.File, error) {
	for range triesToBegin {
		f, err := os.CreateTemp(dir, pattern())
		if err != nil {
			return nil, err
		}
		switch err := claim(f); {
		case errors.Is(err, errTaken), err == nil && !stands(f):
			if err := f.Close(); err != nil { // a sweep took it for a dead one's
				return nil, err
			}
		default:
			return f, nil // claimed or, where there are no locks, left alone by all
		}
	}
	return nil, fs.ErrExist
}

// errTaken is what claim gives where somebody else holds the lock.
var errTaken = errors.New("somebody else's")

// stands reports whether an open file is still the one of its name.
func stands(f *os.File) bool {
	own, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(f.Name())
	return err == nil && os.SameFile(own, there)
}

// Path is where the file will stand.
func (f *File) Path() string { return f.path }

// Done reports whether Commit or Discard ended the file.
func (f *File) Done() bool { return f.done }

// Commit syncs the file, gives it its name and syncs the folder; size is what
// was written. Where it fails, no trace of the new file is left and the old one
// is untouched. A second Commit does nothing.
func (f *File) Commit() (size int64, err error) {
	if f.done {
		return 0, nil
	}
	f.done = true
	info, err := f.Stat()
	if err == nil {
		err = errors.Join(f.Chmod(modeFor(f.path)), f.Sync())
	}
	if err == nil {
		err = f.rename()
	}
	if err != nil {
		return 0, Fault(errors.Join(err, f.drop()), f.path)
	}
	return info.Size(), SyncFolder(filepath.Dir(f.path))
}

// modeFor says who may read a file: as before where there is one.
func modeFor(path string) os.FileMode {
	if old, err := os.Stat(path); err == nil {
		return old.Mode().Perm()
	}
	return newMode()
}

// rename gives the file its name under its claim, where that lasts so long.
func (f *File) rename() error {
	if !renamesOpen {
		if err := f.Close(); err != nil {
			return err
		}
		return os.Rename(f.Name(), f.path)
	}
	if err := os.Rename(f.Name(), f.path); err != nil {
		return err
	}
	return f.Close()
}

// Discard leaves no trace of the file. After Commit it does nothing.
func (f *File) Discard() error {
	if f.done {
		return nil
	}
	f.done = true
	err := f.drop()
	for _, tail := range tails {
		err = errors.Join(err, remove(f.Name()+tail))
	}
	return data.Wrap(data.Internal, err, "the unfinished file %s cannot be deleted; delete it by hand", f.Name())
}

// drop closes and deletes the file, under its claim where open files can be.
func (f *File) drop() error {
	if renamesOpen {
		return errors.Join(remove(f.Name()), ignoreClosed(f.Close()))
	}
	return errors.Join(ignoreClosed(f.Close()), remove(f.Name()))
}

// Write fills a file that appears at path whole or not at all.
func Write(path string, fill func(*os.File) error) (size int64, err error) {
	f, err := Create(path)
	if err != nil {
		return 0, err
	}
	if err := fill(f.File); err != nil {
		return 0, errors.Join(Fault(err, path), f.Discard())
	}
	return f.Commit()
}

// Fault puts an error of writing a file in words: what happened, what is safe,
// what to do next. One that has words already keeps them.
func Fault(err error, path string) error {
	var told *data.Error
	switch {
	case err == nil || errors.As(err, &told):
		return err
	case Full(err):
		return data.Wrap(data.Refused, err, "the disk is full, so %s was not written; the book is safe and no half-written file is left. Free some space, or choose another folder", path)
	case errors.Is(err, fs.ErrNotExist):
		return data.Wrap(data.Refused, err, "%s cannot be written, since the folder is not there; the book is safe. Choose another folder", path)
	case errors.Is(err, fs.ErrPermission):
		return data.Wrap(data.Refused, err, "%s cannot be written, since the folder takes no files; the book is safe. Choose another folder", path)
	}
	return data.Wrap(data.Refused, err, "%s cannot be written; the book is safe and no half-written file is left. Check that the disk is there, or choose another folder", path)
}

// SyncFolder makes a new name in a folder last. Systems that cannot sync a
// folder keep names safe in other ways.
func SyncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil //nolint:nilerr // what may be written to and not listed
	}
	_ = d.Sync()
	return d.Close()
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func ignoreClosed(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}
