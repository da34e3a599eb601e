package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/mattn/go-sqlite3"

	"fieldbook/data"
)

// Examined is what a file that is a book says of itself.
type Examined struct {
	Book  data.ID
	Name  string
	Older bool // an older Fieldbook made it; opening it for writing brings it up to date
}

// Examine looks into a file that nobody writes to, such as a backup: is it a
// book, is it whole, and which one? Nothing is left beside it. It is Invalid
// where it is none or damaged, Unsupported where a newer Fieldbook made it.
func Examine(ctx context.Context, path string) (found Examined, err error) {
	s := &Store{path: path, how: frozen, meta: map[string]string{}}
	if unfolded(path) {
		s.how = reading
	}
	if s.read, err = openForReading(path, s.how); err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, s.read.Close()) }()
	version, app, err := fileVersion(ctx, s.read)
	if err != nil {
		return found, openError(err, path)
	}
	names, err := s.opt.migrationNames()
	if err != nil {
		return found, data.Wrap(data.Internal, err, "the program is incomplete")
	}
	if err := acceptable(path, version, app, len(names)); err != nil {
		return found, err
	}
	if version == 0 {
		return found, data.Errorf(data.Invalid, "%s is not a book of Fieldbook; it was left as it is", path)
	}
	found.Older = version < len(names)
	r := &Report{}
	if err := s.checkFile(ctx, r); err != nil {
		return found, openError(err, path)
	}
	if r.Faults > 0 {
		return found, data.Wrap(data.Invalid, errors.New(r.Findings[0]), "%s is damaged; it was left as it is. Choose another backup", path)
	}
	if err := s.loadMeta(ctx); err != nil {
		return found, err
	}
	found.Book = s.BookID()
	settings, err := loadSettings(ctx, s.read)
	found.Name = settings["name"]
	return found, err
}

// Damaged reports whether an error says that a book's file is no sound one, so
// that a backup is what helps.
func Damaged(err error) bool {
	var se sqlite3.Error
	if errors.As(err, &se) {
		switch se.Code {
		case sqlite3.ErrCorrupt, sqlite3.ErrNotADB, sqlite3.ErrError, sqlite3.ErrFormat: // what is asked never changes, so a file without what is asked for lost it
			return true
		}
		return false
	}
	return errors.Is(err, sql.ErrNoRows) || data.KindOf(err) == data.Invalid
}
