package sheet

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"fieldbook/data"
)

// File is a file in the making: it takes its name only when Commit has put all
// of it on the disk, so that nobody ever sees half of it.
type File struct {
	*os.File
	path string
	done bool
}

// Create starts a file that will stand at path, in place of any that stands
// there. End it with Commit or Discard.
func Create(path string) (*File, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, data.Errorf(data.Refused, "%s is not a file and cannot be written over. Choose another name.", path)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".fieldbook-*.part")
	if err != nil {
		return nil, data.Wrap(data.Refused, err, "No file can be written in the folder %s. Choose another folder.", filepath.Dir(path))
	}
	return &File{File: temp, path: path}, nil
}

// Commit syncs the file, gives it its name and syncs the folder. Where it
// fails, no trace of the new file is left and the old one is untouched.
func (f *File) Commit() error {
	if f.done {
		return nil
	}
	err := errors.Join(f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), f.path)
	}
	f.done = true
	if err != nil {
		return writeFault(errors.Join(err, removeGone(f.Name())), f.path)
	}
	return syncFolder(filepath.Dir(f.path))
}

// Discard leaves no trace of the file. After Commit it does nothing.
func (f *File) Discard() error {
	if f.done {
		return nil
	}
	f.done = true
	return errors.Join(f.Close(), removeGone(f.Name()))
}

func removeGone(name string) error {
	if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncFolder makes a new name last. Systems that cannot sync a folder keep
// names safe in other ways.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return nil
	}
	_ = folder.Sync()
	return folder.Close()
}

func writeFault(err error, path string) error {
	return data.Wrap(data.Internal, err, "%s could not be written; the disk may be full. No half-written file is left; free some space or choose another folder.", path)
}
