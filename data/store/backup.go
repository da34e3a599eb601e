package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"

	"fieldbook/data"
)

// Backup writes a copy of the book as it stands to path, through a temporary
// name, so that path is either the whole copy or what it was before.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	tmp := path + ".part"
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreMissing(os.Remove(tmp)))
		}
	}()
	if err := ignoreMissing(os.Remove(tmp)); err != nil {
		return data.Wrap(data.Refused, err, "the backup %s cannot be written; the book is safe. Choose another folder", path)
	}
	if err := s.copyTo(ctx, tmp); err != nil {
		return data.Wrap(data.KindOf(err), err, "the backup %s could not be written; the book is safe", path)
	}
	return settle(tmp, path)
}

func (s *Store) copyTo(ctx context.Context, tmp string) error {
	target, err := sql.Open("sqlite3", "file:"+tmp+"?_sync=FULL")
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

// settle makes a finished temporary file lasting under its name.
func settle(tmp, path string) error {
	f, err := os.OpenFile(tmp, os.O_RDWR, 0)
	if err != nil {
		return data.Wrap(data.Internal, err, "%s could not be finished", path)
	}
	if err := errors.Join(f.Sync(), f.Close(), os.Rename(tmp, path)); err != nil {
		return data.Wrap(data.Internal, err, "%s could not be finished", path)
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return data.Wrap(data.Internal, err, "the folder %s cannot be read", dir)
	}
	// Some file systems cannot sync a folder; the file itself is synced already.
	_ = d.Sync()
	return d.Close()
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// Restore puts a backup in a book's place. The old file is kept beside it as
// FILE.before-restore. The backup is checked first; on any failure the book stays.
func Restore(ctx context.Context, backup, path string, opt Options) error {
	check := opt
	check.ReadOnly = true
	b, err := Open(ctx, backup, check)
	if err != nil {
		return err
	}
	lock, err := lockBook(path)
	if err != nil {
		return errors.Join(err, b.Close())
	}
	tmp := path + ".restoring"
	err = errors.Join(ignoreMissing(os.Remove(tmp)), b.Backup(ctx, tmp), b.Close())
	if err == nil {
		err = swap(tmp, path)
	}
	if err := errors.Join(err, lock.release()); err != nil {
		return err
	}
	s, err := Open(ctx, path, opt)
	if err != nil {
		return err
	}
	return errors.Join(s.Renew(ctx), s.Close())
}

func swap(tmp, path string) error {
	for _, tail := range []string{"-wal", "-shm"} {
		if err := ignoreMissing(os.Rename(path+tail, path+".before-restore"+tail)); err != nil {
			return data.Wrap(data.Internal, err, "the book could not be set aside; nothing was changed")
		}
	}
	if err := ignoreMissing(os.Rename(path, path+".before-restore")); err != nil {
		return data.Wrap(data.Internal, err, "the book could not be set aside; nothing was changed")
	}
	return settle(tmp, path)
}
