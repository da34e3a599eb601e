package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"

	"fieldbook/data"
	"fieldbook/data/draft"
)

// Backup writes a copy of the book as it stands to path, through a temporary
// name, so that path is either the whole copy or what it was before.
func (s *Store) Backup(ctx context.Context, path string) error {
	f, err := draft.Create(path)
	if err != nil {
		return err
	}
	if err := s.Copy(ctx, f); err != nil {
		return errors.Join(err, f.Discard())
	}
	_, err = f.Commit()
	return err
}

// Copy fills a draft with the book as it stands.
func (s *Store) Copy(ctx context.Context, f *draft.File) error {
	err := s.copyTo(ctx, f.Name())
	if isFull(err) {
		return data.Wrap(data.Refused, err, "the disk of %s is full, so the book was not copied; nothing was changed and the book is safe. Free some space, or choose another folder", filepath.Dir(f.Path()))
	}
	return data.Wrap(data.KindOf(err), err, "the book could not be copied into %s; nothing was changed and the book is safe. Check that the disk is there, or choose another folder", filepath.Dir(f.Path()))
}

// copyTo copies into an empty file. It goes without a journal: what is not
// finished is thrown away.
func (s *Store) copyTo(ctx context.Context, path string) error {
	target, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_journal_mode=OFF&_sync=OFF")
	if err != nil {
		return err
	}
	to, err := target.Conn(ctx)
	if err != nil {
		return errors.Join(err, target.Close())
	}
	from, err := s.read.Conn(ctx)
	if err != nil {
		return errors.Join(err, to.Close(), target.Close())
	}
	err = to.Raw(func(t any) error {
		return from.Raw(func(f any) error {
			b, err := t.(*sqlite3.SQLiteConn).Backup("main", f.(*sqlite3.SQLiteConn), "main")
			if err != nil {
				return err
			}
			_, err = b.Step(-1)
			return errors.Join(err, b.Finish())
		})
	})
	return errors.Join(err, from.Close(), to.Close(), target.Close())
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// Restore puts a backup in a book's place. The old file is kept beside it as
// FILE.before-restore. The backup is checked first and, where an older Fieldbook
// made it, a copy of it brought up to date; on any failure the book stays.
func Restore(ctx context.Context, backup, path string, opt Options) error {
	if _, err := Examine(ctx, backup); err != nil {
		return err
	}
	lock, err := lockBook(path)
	if err != nil {
		return err
	}
	err = replace(ctx, backup, path, opt)
	return errors.Join(err, lock.release())
}

func replace(ctx context.Context, backup, path string, opt Options) error {
	f, err := draft.Create(path)
	if err != nil {
		return err
	}
	err = copyOf(ctx, backup, f)
	if err == nil {
		err = renewed(ctx, f.Name(), opt)
	}
	if err == nil {
		err = setAside(path)
	}
	if err != nil {
		return errors.Join(err, f.Discard())
	}
	_, err = f.Commit()
	return err
}

func copyOf(ctx context.Context, backup string, f *draft.File) error {
	s := &Store{path: backup, how: frozen}
	if unfolded(backup) {
		s.how = reading
	}
	var err error
	if s.read, err = openForReading(backup, s.how); err != nil {
		return err
	}
	return errors.Join(s.Copy(ctx, f), s.read.Close())
}

// renewed makes of a copy a replica of its own that this Fieldbook can open.
func renewed(ctx context.Context, path string, opt Options) error {
	opt.BeforeUpgrade = nil
	s, err := open(ctx, path, opt)
	if err != nil {
		return err
	}
	return errors.Join(s.Renew(ctx), s.Close(), ignoreMissing(os.Remove(path+".lock")))
}

// setAside keeps the old file under its second name. It stays under the first
// one, too, where the file system can do that: so there is a book there at every moment.
func setAside(path string) error {
	aside := path + ".before-restore"
	fault := func(err error) error {
		return data.Wrap(data.Internal, err, "the book could not be set aside; nothing was changed")
	}
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if unfolded(path) {
		foldIn(path)
	}
	for _, tail := range []string{"", "-wal", "-shm"} {
		if err := ignoreMissing(os.Remove(aside + tail)); err != nil {
			return fault(err)
		}
	}
	if os.Link(path, aside) != nil {
		if err := os.Rename(path, aside); err != nil {
			return fault(err)
		}
	}
	for _, tail := range []string{"-wal", "-shm"} { // only beside one that is damaged
		if err := ignoreMissing(os.Rename(path+tail, aside+tail)); err != nil {
			return fault(err)
		}
	}
	return nil
}

// foldIn brings what lies in the WAL into the old book. One that is too damaged
// for that keeps it beside it.
func foldIn(path string) {
	db, err := openDB(path, writing)
	if err != nil {
		return
	}
	_, _ = db.Exec("PRAGMA wal_checkpoint(TRUNCATE)") //nolint:noctx // a moment, and not to be stopped half way
	_ = db.Close()
}
