package store

import (
	"context"
	"errors"
	"os"

	"github.com/mattn/go-sqlite3"

	"fieldbook/data"
)

// Present is Refused once the book's file is no longer where it was opened: its
// disk was taken away, or somebody moved or deleted it. The system lets a
// program write on into a file that nobody can find again.
func (s *Store) Present() error {
	if s.file == nil {
		return nil
	}
	if there, err := os.Stat(s.path); err != nil || !os.SameFile(there, s.file) {
		return data.Wrap(data.Refused, errors.Join(err, os.ErrNotExist),
			"%s is no longer there: its disk was taken away, or the file was moved or deleted. What was saved before is in that file; this was not saved. Bring the disk or the file back, then open the book again", s.path)
	}
	return nil
}

// noteFile remembers which file is open.
func (s *Store) noteFile() error {
	var err error
	s.file, err = os.Stat(s.path)
	return data.Wrap(data.Internal, err, "%s cannot be read; check that the disk is there", s.path)
}

// tryWriting is Refused where the file opens and cannot be written to: SQLite
// says so at the first change only.
func (s *Store) tryWriting(ctx context.Context) error {
	if _, err := s.write.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return openError(err, s.path)
	}
	_, err := s.write.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	return openError(err, s.path)
}

// openReader opens the connections that read. A book for reading alone may lie
// where SQLite cannot put its files beside it, such as on a disk that is
// write-protected or full; it is then read as it lies there.
func (s *Store) openReader(ctx context.Context) error {
	var err error
	if s.read, err = openForReading(s.path, s.how); err != nil {
		return err
	}
	if !s.opt.ReadOnly {
		return nil
	}
	err = s.read.PingContext(ctx)
	if err == nil {
		_, _, err = fileVersion(ctx, s.read)
	}
	if err == nil || !cannotPutBeside(err) {
		return nil // what is wrong is found by who reads next
	}
	if s.how = frozen; unfolded(s.path) {
		return data.Wrap(data.Refused, err, "%s was not closed the last time, and nothing can be written beside it to finish that. Nothing was changed. Copy it and %s to a folder that can be written to, and open it there", s.path, s.path+"-wal")
	}
	if err := s.read.Close(); err != nil {
		return dbError(err)
	}
	s.read, err = openForReading(s.path, s.how)
	return err
}

// unfolded reports whether changes lie beside a book that are not in it yet.
func unfolded(path string) bool {
	info, err := os.Stat(path + "-wal")
	return err == nil && info.Size() > 0
}

func cannotPutBeside(err error) bool {
	var se sqlite3.Error
	if !errors.As(err, &se) {
		return false
	}
	switch se.Code {
	case sqlite3.ErrCantOpen, sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrFull, sqlite3.ErrIoErr:
		return true
	}
	return false
}
