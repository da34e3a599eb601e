package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/data/bundle"
	"fieldbook/data/oplog"
	"fieldbook/data/seal"
	"fieldbook/data/store"
)

// Merged says what share files brought or, in a preview, would bring.
type Merged struct {
	Files []MergedFile `json:"files"`
	Txn   *string      `json:"txn"` // null where nothing was new, and in a preview

	Differences []Difference `json:"differences,omitempty"` // of a preview, the first of them
	Backup      string       `json:"backup,omitempty"`      // the copy of the book as it was before
}

// MergedFile is the account of one share file.
type MergedFile struct {
	File        string   `json:"file"`
	From        string   `json:"from"`
	Ops         int      `json:"ops"`
	New         int      `json:"new"`
	Changed     int      `json:"changed"`
	Conflicting int      `json:"conflicting"`
	Refused     int      `json:"refused"`
	Waiting     int      `json:"waiting"` // may count once more comes
	Unknown     int      `json:"unknown"`
	Already     int      `json:"already"`
	Warnings    []string `json:"warnings,omitempty"` // such as a clock that runs ahead
	Invite      *Invited `json:"invite,omitempty"`   // the file makes this computer a member
}

// MergeOptions say how share files are opened.
type MergeOptions struct {
	Passphrase string // of files that are locked with one
}

// Preview says what merging files would do. The book stays as it is.
func (s *Sharing) Preview(ctx context.Context, paths []string, o MergeOptions) (*Merged, error) {
	files, err := openShares(ctx, s.app.id.vault, paths, o)
	if err != nil {
		return nil, err
	}
	defer files.close()
	return s.preview(ctx, files)
}

func (s *Sharing) preview(ctx context.Context, files shareFiles) (*Merged, error) {
	if err := s.admitAll(ctx, files); err != nil {
		return nil, err
	}
	out := &Merged{}
	return out, s.app.store.Rehearse(ctx, store.Act{What: files.what()}, func(tx *store.Tx) error {
		touched, err := s.merge(ctx, tx, files, out)
		if err != nil {
			return err
		}
		out.Differences, err = s.differences(ctx, tx, touched)
		return err
	})
}

// Merge takes files in: all of them in one transaction or none. The book is
// backed up first. The same file again changes nothing. It is Refused for a
// file of another book or for somebody else.
func (s *Sharing) Merge(ctx context.Context, paths []string, o MergeOptions) (*Merged, error) {
	files, err := openShares(ctx, s.app.id.vault, paths, o)
	if err != nil {
		return nil, err
	}
	defer files.close()
	return s.take(ctx, files, s.asked())
}

// asked is how files are taken in that somebody chose.
func (s *Sharing) asked() taking {
	return taking{backup: func(ctx context.Context) (string, error) { return s.app.Backups.BeforeChange(ctx, "merge") }}
}

// taking says how open files are taken in.
type taking struct {
	backup  func(ctx context.Context) (path string, err error)
	unasked bool // they came by themselves: see store.Act
}

// take merges open files in one transaction.
func (s *Sharing) take(ctx context.Context, files shareFiles, how taking) (*Merged, error) {
	if err := s.admitAll(ctx, files); err != nil {
		return nil, err
	}
	out := &Merged{}
	var err error
	if out.Backup, err = how.backup(ctx); err != nil {
		return nil, err
	}
	before, err := s.app.store.Held(ctx)
	if err != nil {
		return nil, err
	}
	joins := len(before) == 0 && len(files[0].Manifest.Founder) > 0
	txn, err := s.app.writeTxn(ctx, store.Act{What: files.what(), Unasked: how.unasked || joins}, func(tx *store.Tx) error {
		_, err := s.merge(ctx, tx, files, out)
		return err
	})
	if err != nil {
		return nil, err
	}
	if !txn.IsZero() {
		text := txn.String()
		out.Txn = &text
	}
	return out, s.settleIn(ctx, files, len(before) == 0)
}

func (s *Sharing) merge(ctx context.Context, tx *store.Tx, files shareFiles, out *Merged) ([]store.Touched, error) {
	var touched []store.Touched
	for _, f := range files {
		m := tx.Merger()
		if err := s.foresee(ctx, f, m); err != nil {
			return nil, aboutFile(f.path, err)
		}
		held := map[data.ID]oplog.Ranges{}
		h := bundle.Handler{Txn: m.Txn, Op: m.Op, Held: func(id data.ID, runs oplog.Ranges) error {
			held[id] = held[id].Union(runs)
			return nil
		}}
		if err := f.Each(ctx, h); err != nil {
			return nil, aboutFile(f.path, err)
		}
		if err := m.Finish(); err != nil {
			return nil, err
		}
		if err := s.hear(tx, f, held); err != nil {
			return nil, err
		}
		out.Files = append(out.Files, account(f, m))
		touched = append(touched, m.Touched()...)
	}
	return touched, nil
}

// hear notes what the sender of a file says that he holds.
func (s *Sharing) hear(tx *store.Tx, f *shareFile, held map[data.ID]oplog.Ranges) error {
	from := f.Manifest.From
	if from.Replica == s.app.store.ReplicaID() || f.Manifest.Version < 2 {
		return nil
	}
	return tx.Hear(store.Peer{Replica: from.Replica, Person: from.Person, Name: from.Name, Device: from.Device, Heard: f.Manifest.Made, Held: held}, f.Manifest.Key)
}

// foresee reads what a file says about members first: everything else in it is
// judged by that.
func (s *Sharing) foresee(ctx context.Context, f *shareFile, m *store.Merger) error {
	if len(f.Manifest.Founder) == 0 && !s.app.store.Founded() {
		return nil
	}
	var g governing
	if err := f.Each(ctx, bundle.Handler{Kinds: oplog.GoverningKinds(), Txn: g.txn, Op: g.op}); err != nil {
		return err
	}
	return m.Foresee(g.list)
}

// governing gathers what is said about members, to be foreseen.
type governing struct {
	act  oplog.Txn // its ops follow it
	list []store.Governing
}

func (g *governing) txn(t oplog.Txn, _ []oplog.Hash) error {
	g.act = t
	return nil
}

func (g *governing) op(op *oplog.Op) error {
	if oplog.Governs(op) {
		g.list = append(g.list, store.Governing{Act: g.act, Op: op})
	}
	return nil
}

func account(f *shareFile, m *store.Merger) MergedFile {
	c := m.Count()
	out := MergedFile{
		File: f.path, From: f.from(), Ops: c.Ops, New: c.New, Changed: c.Changed,
		Conflicting: c.Conflicting, Refused: c.Refused, Waiting: c.Waiting, Unknown: c.Unknown, Already: c.Already, Invite: invited(f.Manifest),
	}
	if key := m.Founded(); key != nil {
		out.Warnings = append(out.Warnings, "the book has members from now on; its founder's fingerprint is “"+keyring.Words(key)+"”: compare it by telephone")
	}
	for _, a := range m.Ahead() {
		out.Warnings = append(out.Warnings, aheadText(a))
	}
	return out
}

// aheadText says whose clock is off: "Bob's laptop's clock is 3 days ahead".
func aheadText(a store.Ahead) string {
	whose := a.Device + "'s"
	if a.Name != "" && a.Name != a.Device {
		whose = fmt.Sprintf("%s's %s's", a.Name, a.Device)
	}
	days := int(a.By.Hours() / 24)
	by := fmt.Sprintf("%d days", days)
	if days == 1 {
		by = "a day"
	}
	return fmt.Sprintf("%s clock is %s ahead; what was written there counts all the same", whose, by)
}

// shareFile is an open share file that was read to its trailer.
type shareFile struct {
	*bundle.File
	path string
	f    *os.File
}

type shareFiles []*shareFile

// admitAll makes sure that files are of this book and for who uses it.
func (s *Sharing) admitAll(ctx context.Context, files shareFiles) error {
	for _, f := range files {
		if f.Manifest.Book != s.app.store.BookID() {
			return data.Errorf(data.Refused, "%s is of another book than this one; nothing was changed. Open the book that it belongs to, or merge it into a new one", filepath.Base(f.path))
		}
		if err := s.admits(ctx, f.Manifest); err != nil {
			return aboutFile(f.path, err)
		}
	}
	return nil
}

// admits refuses files that are meant for somebody else or come from a book
// that somebody else founded.
func (s *Sharing) admits(ctx context.Context, m *bundle.Manifest) error {
	me, err := s.app.Me(ctx)
	if err != nil {
		return err
	}
	if !m.To.IsZero() && !me.ID.IsZero() && m.To != me.ID && m.Invite == nil {
		who, err := found(s.app.store.Get(ctx, data.KindPerson, m.To))
		if err != nil {
			return err
		}
		name := "somebody else"
		if who.Kind != nil {
			name = who.Title()
		}
		return data.Errorf(data.Refused, "this file is for %s, not for %s; nothing was changed. Ask for one of your own", name, me.Name)
	}
	rights, err := s.app.store.Rights(ctx)
	if err != nil {
		return err
	}
	if rights.Founded() && len(m.Founder) > 0 && !bytes.Equal(rights.Root(), m.Founder) {
		return data.Errorf(data.Refused, "this file is of a copy of the book that somebody else gave members; nothing was changed. Ask for one of this book")
	}
	return nil
}

func openShares(ctx context.Context, vault keyring.Vault, paths []string, o MergeOptions) (shareFiles, error) {
	if len(paths) == 0 {
		return nil, data.Errorf(data.Invalid, "no share file was named; nothing was changed")
	}
	key, err := openers(vault, o.Passphrase)
	if err != nil {
		return nil, err
	}
	var out shareFiles
	for _, path := range paths {
		f, err := openShare(ctx, path, key)
		if err != nil {
			out.close()
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

func openShare(ctx context.Context, path string, key seal.Key) (*shareFile, error) {
	f, err := openAtOnce(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, data.Wrap(data.NotFound, err, "%s cannot be read; nothing was changed", path)
	case err != nil:
		return nil, data.Wrap(data.Refused, err, "%s cannot be read; nothing was changed", path)
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(data.Errorf(data.Refused, "%s is not a file; nothing was changed", path), err, f.Close())
	}
	b, err := bundle.Open(ctx, io.NewSectionReader(f, 0, info.Size()), bundle.OpenOptions{Key: key})
	if err != nil {
		return nil, aboutFile(path, errors.Join(err, f.Close()))
	}
	return &shareFile{File: b, path: path, f: f}, nil
}

// aboutFile puts a file's name before what is said of it.
func aboutFile(path string, err error) error {
	var e *data.Error
	if !errors.As(err, &e) {
		return err
	}
	return &data.Error{Kind: e.Kind, Msg: filepath.Base(path) + ": " + e.Msg, Field: e.Field, Err: e.Err}
}

func (f *shareFile) from() string {
	if f.Manifest.From.Name != "" {
		return f.Manifest.From.Name
	}
	return f.Manifest.From.Device
}

func (fs shareFiles) close() {
	for _, f := range fs {
		_ = f.f.Close() // it was only read
	}
}

func (fs shareFiles) what() string {
	var from []string
	for _, f := range fs {
		from = append(from, f.from())
	}
	return "Merge from " + strings.Join(from, ", ")
}

// Received is the book that share files are merged into by path.
type Received struct {
	Book    string   // the book's file
	Paths   []string // the share files
	Preview bool     // only say what would happen
	MergeOptions
}

// Receive merges share files into the book at a path. Where there is none it
// makes one of the same id; if the merge fails, that book is taken away again.
func Receive(ctx context.Context, r Received, cfg Config) (*Merged, error) {
	if _, err := os.Stat(r.Book); err == nil || !errors.Is(err, os.ErrNotExist) {
		a, err := Open(ctx, r.Book, cfg)
		if err != nil {
			return nil, err
		}
		out, err := r.into(ctx, a)
		return out, errors.Join(err, a.Close())
	}
	files, err := openShares(ctx, cfg.Keys, r.Paths, r.MergeOptions)
	if err != nil {
		return nil, err
	}
	defer files.close()
	path := r.Book
	if r.Preview {
		dir, err := os.MkdirTemp("", "fieldbook-preview-")
		if err != nil {
			return nil, data.Wrap(data.Internal, err, "there is no room for a preview; nothing was changed")
		}
		defer func() { _ = os.RemoveAll(dir) }() // the system clears what stays of a temporary folder
		path = filepath.Join(dir, "preview.book")
	}
	a, err := CreateReplica(ctx, path, files[0].Manifest.Book, cfg)
	if err != nil {
		return nil, err
	}
	var out *Merged
	if r.Preview {
		out, err = a.Sharing.preview(ctx, files)
	} else {
		out, err = a.Sharing.take(ctx, files, a.Sharing.asked())
	}
	err = errors.Join(err, a.Close())
	if err != nil {
		for _, tail := range []string{"", "-wal", "-shm", ".lock"} {
			err = errors.Join(err, ignoreMissing(os.Remove(path+tail)))
		}
	}
	return out, err
}

func (r Received) into(ctx context.Context, a *App) (*Merged, error) {
	if r.Preview {
		return a.Sharing.Preview(ctx, r.Paths, r.MergeOptions)
	}
	return a.Sharing.Merge(ctx, r.Paths, r.MergeOptions)
}
