package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"github.com/mattn/go-sqlite3"

	"fieldbook/data"
	"fieldbook/data/draft"
)

// applicationID marks a Fieldbook file ("Fbok"), so that `file` and we ourselves
// can tell it from any other database.
const applicationID = 0x46626f6b

// writeCache and readCache are SQLite's page caches, negative for KiB: enough that the
// unique index of a million rows stays in memory during an import.
const (
	writeCache = -40 << 10
	readCache  = -8 << 10
)

// readConns is how many read-only connections a book has.
const readConns = 4

// mode is how a file is opened.
type mode int

const (
	writing mode = iota
	reading      // others may write to it meanwhile
	frozen       // nobody may: nothing is made beside the file, so it can lie where nothing can be written
)

func openDB(path string, how mode) (*sql.DB, error) {
	q := url.Values{}
	q.Set("_journal_mode", "WAL")
	q.Set("_sync", "FULL")
	q.Set("_busy_timeout", "5000")
	q.Set("_txlock", "immediate")
	q.Set("_cache_size", fmt.Sprint(writeCache))
	if how != writing {
		q.Del("_journal_mode")
		q.Del("_sync")
		q.Set("mode", "ro")
		q.Set("_query_only", "true")
		q.Set("_cache_size", fmt.Sprint(readCache))
	}
	if how == frozen {
		q.Set("immutable", "1")
	}
	if code := registerPack(); code != 0 {
		return nil, data.Wrap(data.Internal, sqlite3.ErrNo(code), "the book could not be read")
	}
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, openError(err, path)
	}
	if how != writing {
		db.SetMaxOpenConns(readConns)
	} else {
		db.SetMaxOpenConns(1)
	}
	return db, nil
}

// reader is what reads a book: connections of their own, or within a transaction
// the one that writes.
type reader interface {
	querier
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	Conn(ctx context.Context) (*sql.Conn, error)
	PingContext(ctx context.Context) error
	Close() error
}

// openForReading opens connections that read.
func openForReading(path string, how mode) (reader, error) {
	db, err := openDB(path, how)
	if err != nil {
		return nil, err
	}
	return db, nil
}

// within reads on the connection that writes. That ctx ends breaks no statement
// off, which would end its transaction: see transact.
type within struct{ conn *sql.Conn }

func (w within) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return w.conn.QueryContext(context.WithoutCancel(ctx), query, args...)
}

func (w within) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return w.conn.QueryRowContext(context.WithoutCancel(ctx), query, args...)
}

// Conn has no other connection to give.
func (within) Conn(context.Context) (*sql.Conn, error) {
	return nil, data.Errorf(data.Internal, "the book is being written to")
}

func (within) PingContext(context.Context) error { return nil }

// Close leaves the connection to its transaction.
func (within) Close() error { return nil }

func openError(err error, path string) error {
	var se sqlite3.Error
	if errors.As(err, &se) {
		switch se.Code {
		case sqlite3.ErrNotADB, sqlite3.ErrCorrupt:
			return data.Wrap(data.Invalid, err, "%s is not a book, or it is damaged. Nothing was changed. Restore a backup with `fieldbook restore`", path)
		case sqlite3.ErrCantOpen, sqlite3.ErrPerm, sqlite3.ErrReadonly, sqlite3.ErrAuth:
			return data.Wrap(data.Refused, err, "%s is read-only here, so nothing was changed; it can still be read. To change it, check who may write to the file and its folder, or copy it to a folder of your own", path)
		}
	}
	return dbError(err)
}

// dbError turns a driver error into one with words for the person, by code.
func dbError(err error) error {
	var se sqlite3.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return data.Wrap(data.Canceled, err, "stopped; nothing was changed")
	case !errors.As(err, &se):
		var own *data.Error
		if errors.As(err, &own) {
			return err
		}
		return data.Wrap(data.Internal, err, "the book could not be read")
	}
	if isFull(err) {
		return data.Wrap(data.Refused, err, "the disk is full. Nothing was changed and the book is safe. Free some space and try again")
	}
	switch se.Code {
	case sqlite3.ErrInterrupt:
		return data.Wrap(data.Canceled, err, "stopped; nothing was changed")
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return data.Wrap(data.Busy, err, "another program is using the book. Nothing was changed. Try again in a moment")
	case sqlite3.ErrReadonly:
		return data.Wrap(data.Refused, err, "the book is read-only here. Nothing was changed. Copy it to a folder you can write to")
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return data.Wrap(data.Internal, err, "the book is damaged; it was left as it is. Restore a backup: Settings, Backups lists them, and `fieldbook restore` does it, too")
	case sqlite3.ErrIoErr:
		return data.Wrap(data.Internal, err, "the disk did not answer, so nothing was changed. What was saved before is safe. Check that the disk is still there")
	}
	return data.Wrap(data.Internal, err, "the book could not be read or written")
}

// isFull reports whether the disk has no more room or takes no larger file.
func isFull(err error) bool {
	var se sqlite3.Error
	return errors.As(err, &se) && (se.Code == sqlite3.ErrFull || draft.Full(se.SystemErrno))
}
