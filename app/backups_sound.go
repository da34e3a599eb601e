package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fieldbook/data"
	"fieldbook/data/draft"
	"fieldbook/data/store"
)

// Rescue stands behind the error of a book that is damaged, and names what helps.
type Rescue struct {
	Book   string
	Backup Backup // the newest that is sound
	cause  error
}

func (r *Rescue) Error() string { return r.cause.Error() }

func (r *Rescue) Unwrap() error { return r.cause }

// Words say what happened, what is safe and what to do next, for scripts and logs.
func (r *Rescue) words() string {
	return fmt.Sprintf("%s is damaged; it was left as it is. %s", r.Book, RestoreWords(r.Book, r.Backup))
}

// RestoreWords say which backup to restore, and how.
func RestoreWords(book string, b Backup) string {
	return fmt.Sprintf("The newest backup that is sound was made on %s (%s): %q. Put it in the place of the book with: fieldbook --book %q restore %q. What was done since is not in it; the damaged file is kept beside it",
		b.At.Format("2006-01-02 15:04"), b.Why, b.Path, book, b.Path)
}

// rescued adds to the error of a book that does not open which backup helps,
// where one does.
func rescued(ctx context.Context, path string, cfg Config, err error) error {
	if err == nil || !store.Damaged(err) {
		return err
	}
	all, listed := listBackups(backupFolder(path), cfg.Now().Location())
	if listed != nil || len(all) == 0 {
		return err
	}
	b, ok := newestSound(ctx, all, data.NoID)
	if !ok {
		return data.Wrap(data.KindOf(err), err, "%s is damaged; it was left as it is. None of the %d backups in %s is sound, either. Restore one from elsewhere with `fieldbook restore`, or merge a colleague's share file into a new book", path, len(all), backupFolder(path))
	}
	r := &Rescue{Book: path, Backup: b, cause: err}
	return data.Wrap(data.KindOf(err), r, "%s", r.words())
}

// NewestSound is the newest kept backup of this book that can be opened and is
// whole; ok is false where there is none. It reads each until it finds one.
func (b *Backups) NewestSound(ctx context.Context) (found Backup, ok bool, err error) {
	all, err := b.List()
	if err != nil {
		return found, false, err
	}
	found, ok = newestSound(ctx, all, b.app.store.BookID())
	return found, ok, nil
}

// newestSound goes from the newest to the oldest; book is whose they must be,
// NoID where that is not known.
func newestSound(ctx context.Context, all []Backup, book data.ID) (Backup, bool) {
	for _, b := range all {
		found, err := examinePacked(ctx, b.Path)
		if err == nil && (book.IsZero() || found.Book == book) {
			return b, true
		}
		if ctx.Err() != nil {
			break
		}
	}
	return Backup{}, false
}

// examinePacked unpacks a kept backup beside it or, where nothing can be written
// there, among the temporary files, and looks into it.
func examinePacked(ctx context.Context, path string) (found store.Examined, err error) {
	from, err := openBackup(path)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := draft.Create(filepath.Join(filepath.Dir(path), plainCopy))
	if err != nil {
		to, err = draft.Create(filepath.Join(os.TempDir(), plainCopy))
	}
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, to.Discard()) }()
	if err := unpack(ctx, to, from, ""); err != nil {
		return found, err
	}
	return store.Examine(ctx, to.Name())
}
