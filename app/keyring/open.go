package keyring

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"fieldbook/data"
)

// Options say where devices are kept.
type Options struct {
	Folder   string // of this program alone; made at the first key
	NoSystem bool   // in files only, as scripts want it
}

// Keyring keeps devices in the system's key store where one answers, else in
// files of Folder. It reads both, so that a store that comes or goes loses
// nothing. Of a book whose keys the store has there is a mark in Folder; without
// the mark a locked store is left alone rather than have the person asked.
type Keyring struct {
	files  files
	system *system // nil with NoSystem

	mu sync.Mutex // one call at a time
}

// Open opens the keyring of this computer. It touches nothing before the first call.
func Open(o Options) *Keyring {
	k := &Keyring{files: files{o.Folder}}
	if !o.NoSystem {
		k.system = newSystem(platform{})
	}
	return k
}

// Place is where the next device will be kept.
type Place struct {
	System bool   // in the system's key store
	Folder string // else in files here that only the owner may read
}

// Place tells where devices are kept.
func (k *Keyring) Place() Place {
	k.mu.Lock()
	defer k.mu.Unlock()
	return Place{System: k.system != nil && k.system.state() == open, Folder: k.files.folder}
}

// asks reports whether the system's store is to be asked for a book.
func (k *Keyring) asks(book data.ID) bool {
	if k.system == nil {
		return false
	}
	s := k.system.state()
	return s == open || s == locked && k.marked(book)
}

// Devices gives those of a book.
func (k *Keyring) Devices(book data.ID) ([]Device, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	out, err := k.files.devices(book)
	if err != nil {
		return nil, err
	}
	if k.asks(book) {
		found, err := k.system.devices(book)
		if err == nil {
			return join(out, found), nil
		}
		if k.marked(book) || data.KindOf(err) == data.Invalid {
			return nil, err
		}
		return out, nil
	}
	if k.system != nil && k.marked(book) {
		return nil, errSilent(nil)
	}
	return out, nil
}

// All gives those of every book.
func (k *Keyring) All() ([]Device, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	out, err := k.files.all()
	marks, _ := filepath.Glob(filepath.Join(k.files.folder, "*"+markEnd))
	switch {
	case k.system == nil:
	case k.system.state() == open, k.system.state() == locked && len(marks) > 0:
		found, failed := k.system.all()
		out, err = join(out, found), errors.Join(err, failed)
	case len(marks) > 0:
		err = errors.Join(err, errSilent(nil))
	}
	if len(out) > 0 {
		return out, nil
	}
	return nil, err
}

// Keep adds a device to those of a book. What the system's store does not take
// goes into the file.
func (k *Keyring) Keep(book data.ID, d Device) error {
	if err := checkKeep(book, d); err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.files.locked(func() error {
		if k.asks(book) && k.system.keep(book, d) == nil {
			return k.files.write(k.mark(book), "The keys of this book are in the key store of this computer's system.\n")
		}
		return k.files.keep(book, d)
	})
}

// Forget lets go of all devices of a book.
func (k *Keyring) Forget(book data.ID) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.files.locked(func() error {
		if k.asks(book) {
			if err := k.system.forget(book); err != nil {
				return err
			}
		} else if k.system != nil && k.marked(book) {
			return errSilent(nil)
		}
		return errors.Join(k.files.forget(book), missingIsFine(os.Remove(k.mark(book))))
	})
}

const markEnd = ".system"

func (k *Keyring) mark(book data.ID) string {
	return filepath.Join(k.files.folder, book.String()+markEnd)
}

func (k *Keyring) marked(book data.ID) bool {
	_, err := os.Stat(k.mark(book))
	return !errors.Is(err, fs.ErrNotExist)
}
