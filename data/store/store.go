// Package store keeps a book in one SQLite file: the append-only log of what
// everybody did and, beside it in the same transaction, ordinary tables with
// the current state that answer all queries. It is the only package that knows
// SQL.
package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"fieldbook/data"
	"fieldbook/data/draft"
	"fieldbook/data/oplog"
)

// Options say who opens the book and how.
type Options struct {
	Now      func() time.Time                            // the clock
	Device   string                                      // this device's name, written into the log
	ReadOnly bool                                        // take no lock and write nothing
	Signer   func(context.Context) (oplog.Signer, error) // this book's device, asked for at the first write; nil signs nothing

	// BeforeUpgrade is called before a book of an older Fieldbook is brought up to
	// date, when it can be read and copied; its error leaves the book as it is.
	BeforeUpgrade func(context.Context, *Store) error

	making bool  // an empty file is made a book
	schema fs.FS // migrations other than those of this program
}

// Store is an open book.
type Store struct {
	path    string
	opt     Options
	how     mode        // of the connections that read
	file    os.FileInfo // the one that is open for writing: see Present
	lock    *bookLock   // nil when read-only
	write   *sql.Conn   // the one writer, nil when read-only
	writeDB *sql.DB
	read    reader

	mu      sync.Mutex // held by whoever writes
	stmts   map[string]*sql.Stmt
	clock   *oplog.Clock
	replica data.Key
	held    map[data.Key]oplog.Ranges
	dicts   dictionaries
	settled bool // see settleSigner

	signerMu sync.Mutex
	signer   oplog.Signer // see mySigner

	rightsLog *oplog.Rights // nil until it is asked for

	metaMu sync.RWMutex
	meta   map[string]string
	custom map[string][]data.Field

	settings map[string]string
	zone     *time.Location

	past  data.Day // as of which the book is read; NoDay is the present
	aside *sql.DB  // holds what AsOf copied
}

// BookInfo is what a new book is made with.
type BookInfo struct {
	ID   data.ID            // NoID makes a new one; a merge into nothing brings its own
	Fill func(*Store) error // writes what the book begins with; may be nil
}

// Create makes a new book file, whole or not at all. An existing file is refused.
func Create(ctx context.Context, path string, info BookInfo, opt Options) (*Store, error) {
	if err := absent(path); err != nil {
		return nil, err
	}
	if err := refuseSyncedFolder(path); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, data.Wrap(data.Internal, err, "the folder %s cannot be made", filepath.Dir(path))
	}
	if err := makeBook(ctx, path, info, opt); err != nil {
		return nil, err
	}
	return open(ctx, path, opt)
}

func absent(path string) error {
	if _, err := os.Stat(path); err == nil {
		return data.Errorf(data.Refused, "%s exists already; nothing was changed. Choose another name or open it", path)
	}
	return nil
}

// makeBook makes the file under another name and gives it its own.
func makeBook(ctx context.Context, path string, info BookInfo, opt Options) error {
	lock, err := lockBook(path)
	if err != nil {
		return err
	}
	if err := absent(path); err != nil { // somebody else was faster
		return errors.Join(err, lock.release())
	}
	err = makeLocked(ctx, path, info, opt)
	if err != nil {
		_ = os.Remove(path + ".lock") // of a book that is not there
	}
	return errors.Join(err, ignoreMissing(lock.release()))
}

func makeLocked(ctx context.Context, path string, info BookInfo, opt Options) error {
	f, err := draft.Create(path)
	if err != nil {
		return err
	}
	opt.making = true
	s, err := open(ctx, f.Name(), opt)
	if err != nil {
		return errors.Join(err, f.Discard())
	}
	if err := errors.Join(s.begin(ctx, path, info), s.Close()); err != nil {
		return errors.Join(err, f.Discard())
	}
	if err := ignoreMissing(os.Remove(f.Name() + ".lock")); err != nil {
		return errors.Join(err, f.Discard())
	}
	_, err = f.Commit()
	return err
}

// begin writes what a book is made with that will stand at path.
func (s *Store) begin(ctx context.Context, path string, info BookInfo) error {
	if info.ID.IsZero() {
		info.ID = data.NewID()
	}
	if err := s.setMeta(ctx, "book", info.ID.String()); err != nil {
		return err
	}
	if info.Fill != nil {
		if err := info.Fill(s); err != nil {
			return err
		}
	}
	return s.setMeta(ctx, "place", filePlace(path, s.path)) // it stays the same replica there
}

// Open opens an existing book. It is NotFound where there is none, Busy where
// another process writes to it, Unsupported where a newer Fieldbook made it.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, data.Errorf(data.NotFound, "there is no book at %s; make one there (on the command line `fieldbook init`), or choose another file", path)
	case err != nil:
		return nil, data.Wrap(data.Internal, err, "%s cannot be read; check that the disk is there", path)
	case info.IsDir():
		return nil, data.Errorf(data.Invalid, "%s is a folder, not a book; name the file in it", path)
	}
	if err := refuseSyncedFolder(path); err != nil {
		return nil, err
	}
	return open(ctx, path, opt)
}

func open(ctx context.Context, path string, opt Options) (*Store, error) {
	s := &Store{path: path, how: reading, opt: opt, past: data.NoDay, stmts: map[string]*sql.Stmt{}, held: map[data.Key]oplog.Ranges{}}
	s.dicts.reset()
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) start(ctx context.Context) error {
	var err error
	if !s.opt.ReadOnly {
		if s.lock, err = lockBook(s.path); err != nil {
			return err
		}
		draft.Sweep(filepath.Dir(s.path)) // a plain copy may lie there, of a process that was killed
		if s.writeDB, err = openDB(s.path, writing); err != nil {
			return err
		}
		if s.write, err = s.writeDB.Conn(ctx); err != nil {
			return openError(err, s.path)
		}
		if err := s.tryWriting(ctx); err != nil {
			return err
		}
	}
	if err := s.openReader(ctx); err != nil {
		return err
	}
	if !s.opt.ReadOnly {
		if err := s.migrate(ctx); err != nil {
			return err
		}
	}
	if err := s.checkVersion(ctx); err != nil {
		return err
	}
	if err := s.loadMeta(ctx); err != nil {
		return err
	}
	if !s.opt.ReadOnly {
		if err := s.startWriter(ctx); err != nil {
			return err
		}
	}
	is, err := loadShared(ctx, s.read)
	if err == nil {
		s.use(is)
	}
	return err
}

// startWriter finds out who this replica is, what is held and where the clock
// stands.
func (s *Store) startWriter(ctx context.Context) error {
	if err := s.noteFile(); err != nil {
		return err
	}
	if err := s.loadHeld(ctx); err != nil {
		return err
	}
	if err := s.identify(ctx); err != nil {
		return err
	}
	var last sql.NullInt64
	err := s.write.QueryRowContext(ctx, `SELECT max(stamp) FROM txn WHERE replica = ?`, s.replica).Scan(&last)
	if err != nil {
		return dbError(err)
	}
	s.clock = oplog.NewClock(oplog.Stamp(last.Int64))
	return nil
}

// identify gives this book file its replica. A file that was copied, moved or
// restored becomes a new replica, so that two files never sign the same dots.
func (s *Store) identify(ctx context.Context) error {
	place := filePlace(s.path, s.path)
	if id, err := data.ParseID(s.meta["replica"]); err == nil && s.meta["place"] == place {
		s.replica, err = s.replicaKey(ctx, id)
		return err
	}
	if err := s.newReplica(ctx, nil); err != nil {
		return err
	}
	return s.setMeta(ctx, "place", place)
}

// newReplica makes this file a new replica of a device; nil where it is not known
// yet, which settleSigner makes up for.
func (s *Store) newReplica(ctx context.Context, signer oplog.Signer) error {
	id := replicaFor(signer)
	key, err := s.replicaKey(ctx, id)
	if err != nil {
		return err
	}
	s.replica = key
	return s.setMeta(ctx, "replica", id.String())
}

// Renew makes this file a new replica, as after a restore.
func (s *Store) Renew(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.metaMu.Lock()
	delete(s.meta, "replica")
	s.metaMu.Unlock()
	s.settled = false
	return s.identify(ctx)
}

func (s *Store) loadHeld(ctx context.Context) error {
	rows, err := s.write.QueryContext(ctx, `SELECT replica, from_seq, to_seq FROM held ORDER BY replica, from_seq`)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	clear(s.held)
	for rows.Next() {
		var r data.Key
		var from, to uint64
		if err := rows.Scan(&r, &from, &to); err != nil {
			return dbError(err)
		}
		s.held[r] = s.held[r].Add(from, to)
	}
	return dbError(rows.Err())
}

// Close lets go of the file and its lock. Everything acknowledged is on disk already.
func (s *Store) Close() error {
	var errs []error
	for _, st := range s.stmts {
		errs = append(errs, st.Close())
	}
	// The readers first: only a writer that leaves last folds the WAL into the book.
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.aside != nil {
		errs = append(errs, s.aside.Close())
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	if s.writeDB != nil {
		errs = append(errs, s.writeDB.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.release())
	}
	return errors.Join(errs...)
}

// Path is the book's file.
func (s *Store) Path() string { return s.path }

// ReadOnly reports whether nothing can be written.
func (s *Store) ReadOnly() bool { return s.opt.ReadOnly }

// BookID names the book; every replica of it has the same.
func (s *Store) BookID() data.ID {
	id, err := data.ParseID(s.metaValue("book"))
	if err != nil {
		return data.NoID
	}
	return id
}

func (s *Store) metaValue(name string) string {
	s.metaMu.RLock()
	defer s.metaMu.RUnlock()
	return s.meta[name]
}

func (s *Store) loadMeta(ctx context.Context) error {
	rows, err := s.read.QueryContext(ctx, `SELECT name, value FROM meta`)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	meta := map[string]string{}
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return dbError(err)
		}
		meta[name] = value
	}
	s.metaMu.Lock()
	s.meta = meta
	s.metaMu.Unlock()
	return dbError(rows.Err())
}

func (s *Store) setMeta(ctx context.Context, name, value string) error {
	_, err := s.write.ExecContext(ctx, `INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)`, name, value)
	if err != nil {
		return dbError(err)
	}
	s.metaMu.Lock()
	s.meta[name] = value
	s.metaMu.Unlock()
	return nil
}

// Pref is a remembered wish of this book's user, such as a table's columns.
func (s *Store) Pref(ctx context.Context, name string) (string, error) {
	var v string
	err := s.read.QueryRowContext(ctx, `SELECT value FROM pref WHERE name = ?`, name).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, dbError(err)
}

// SetPref remembers a wish. A read-only book forgets it.
func (s *Store) SetPref(ctx context.Context, name, value string) error {
	if s.opt.ReadOnly {
		return nil
	}
	if err := s.Present(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.write.ExecContext(ctx, `INSERT OR REPLACE INTO pref (name, value) VALUES (?, ?)`, name, value)
	return dbError(err)
}

func itoa(k data.Key) string { return strconv.FormatInt(int64(k), 10) }
