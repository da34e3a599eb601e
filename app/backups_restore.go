package app

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"fieldbook/data"
	"fieldbook/data/draft"
	"fieldbook/data/seal"
	"fieldbook/data/store"
)

// LockedEnd is how the name of a backup ends that a passphrase opens.
const LockedEnd = ".book.age"

// SaveLocked writes a copy of the book to path that only the passphrase opens:
// age (with scrypt) around zstd around the book.
func (b *Backups) SaveLocked(ctx context.Context, path, passphrase string) error {
	path, err := b.app.placeForCopy(path)
	if err != nil {
		return err
	}
	return b.app.withPlainCopy(ctx, filepath.Dir(b.app.store.Path()), func(plain string) error {
		_, err := writeWhole(path, func(f *os.File) error {
			lock, err := seal.Writer(f, seal.Lock{Passphrase: passphrase})
			if err != nil {
				return err
			}
			return errors.Join(pack(ctx, lock, plain), lock.Close())
		})
		return err
	})
}

// placeForCopy is the absolute form of path, which must not be the book itself.
func (a *App) placeForCopy(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", data.Wrap(data.Invalid, err, "%s is not a path", path)
	}
	if there, err := os.Stat(abs); err == nil && a.isBook(there) {
		return "", data.Errorf(data.Refused, "%s is the book itself; nothing was changed. Choose another name for the copy", path)
	}
	return abs, nil
}

func (a *App) isBook(file os.FileInfo) bool {
	book, err := os.Stat(a.store.Path())
	return err == nil && os.SameFile(file, book)
}

// withPlainCopy hands a copy of the book to fn and deletes it. It stands where
// the book does, so that nothing plain gets onto another disk; where that
// folder takes no file, among the temporary files of this computer.
func (a *App) withPlainCopy(ctx context.Context, dir string, fn func(plain string) error) (err error) {
	f, err := draft.Create(filepath.Join(dir, plainCopy))
	if err != nil {
		f, err = draft.Create(filepath.Join(os.TempDir(), plainCopy))
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Discard()) }()
	if err := a.store.Copy(ctx, f); err != nil {
		return err
	}
	return fn(f.Name())
}

// plainCopy is what a copy of a book is called while another is made from it.
const plainCopy = "plain copy"

// PassphraseFile reads a file that holds a passphrase, all of it but the line
// end. Its errors do not name the path: some people write the passphrase there.
func PassphraseFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		var named *os.PathError
		if errors.As(err, &named) {
			err = named.Err
		}
		return "", data.Wrap(data.NotFound, err, "there is no passphrase file of that name that can be read; nothing was changed. Give the name of a file that holds the passphrase")
	}
	text, err := seal.Passphrase(f)
	return text, errors.Join(err, f.Close())
}

// NeedsPassphrase reports whether a backup file is locked with a passphrase.
func NeedsPassphrase(backup string) (bool, error) {
	f, err := openBackup(backup)
	if err != nil {
		return false, err
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil // it is short, which is told when it is opened
	}
	err = data.Wrap(data.Internal, errors.Join(err, f.Close()), "the backup cannot be read; the book is as it was")
	return seal.NeedsPassphrase(head[:n]), err
}

func openBackup(path string) (*os.File, error) {
	f, err := os.Open(path)
	return f, data.Wrap(data.NotFound, err, "there is no backup at %s; the book is as it was", path)
}

// Restoring says which backup goes into the place of which book.
type Restoring struct {
	Backup     string // locked, packed or plain
	Book       string // must not be open when it is replaced
	Passphrase string // where it is locked
}

// Restore puts a backup into a book's place. The old file is kept beside it as
// BOOK.before-restore.
func Restore(ctx context.Context, r Restoring, cfg Config) error {
	ready, err := makeReady(ctx, r, cfg)
	if err != nil {
		return err
	}
	return ready.Put(ctx)
}

// Ready is a backup that was opened, unpacked and found to be a book. Put or
// Drop ends it.
type Ready struct {
	book, plain string
	unpacked    *draft.File // what plain is where it was unpacked for this, else nil
	opt         store.Options
}

// Ready opens a backup that is to replace this book, which may stay open until
// then. A backup of another book is refused, one by an older Fieldbook is not.
func (b *Backups) Ready(ctx context.Context, backup, passphrase string) (*Ready, error) {
	if there, err := os.Stat(backup); err == nil && b.app.isBook(there) {
		return nil, data.Errorf(data.Refused, "%s is the book itself; it is as it was. Choose a backup", backup)
	}
	ready, err := makeReady(ctx, Restoring{Backup: backup, Book: b.app.store.Path(), Passphrase: passphrase}, b.app.cfg)
	if err != nil {
		return nil, err
	}
	found, err := store.Examine(ctx, ready.plain)
	if err == nil && found.Book != b.app.store.BookID() {
		err = data.Errorf(data.Refused, "the backup is of another book, %q; this book is as it was. To have that one, restore it under a name of its own: fieldbook --book NEW.book restore BACKUP", found.Name)
	}
	if err != nil {
		return nil, errors.Join(err, ready.Drop())
	}
	return ready, nil
}

// makeReady unpacks a backup beside the book. A plain one is used where it is.
func makeReady(ctx context.Context, r Restoring, cfg Config) (ready *Ready, err error) {
	f, err := openBackup(r.Backup)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	opt, _ := cfg.options(false)
	ready = &Ready{book: r.Book, plain: r.Backup, opt: opt}
	head := make([]byte, 64)
	if n, _ := io.ReadFull(f, head); !seal.Sealed(head[:n]) && string(head[:min(n, len(zstdMagic))]) != string(zstdMagic) {
		return ready, nil // what is wrong with a plain one is found by opening it
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, data.Wrap(data.Internal, err, "the backup cannot be read; the book is as it was")
	}
	if ready.unpacked, err = draft.Create(r.Book); err != nil {
		return nil, err
	}
	ready.plain = ready.unpacked.Name()
	if err := unpack(ctx, ready.unpacked, f, r.Passphrase); err != nil {
		return nil, errors.Join(err, ready.Drop())
	}
	return ready, nil
}

// Put replaces the book, which must not be open.
func (r *Ready) Put(ctx context.Context) error {
	return errors.Join(store.Restore(ctx, r.plain, r.book, r.opt), r.Drop())
}

// Drop deletes what was unpacked; the book stays.
func (r *Ready) Drop() error {
	if r.unpacked == nil {
		return nil
	}
	return r.unpacked.Discard()
}
