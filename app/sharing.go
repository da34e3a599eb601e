package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fieldbook/data"
	"fieldbook/data/bundle"
	"fieldbook/data/oplog"
	"fieldbook/data/store"
)

// Sharing swaps work with other people by share files.
type Sharing struct {
	app    *App
	Folder *Folder
}

// ShareOptions say what goes into a share file.
type ShareOptions struct {
	Everything bool    // all that this book holds
	To         data.ID // the person it is for; NoID is anyone
}

// Shared says what a share file was filled with.
type Shared struct {
	File  string       `json:"file"`
	Ops   int          `json:"ops"`
	Acts  int          `json:"acts"`
	Rows  int          `json:"rows"`
	Bytes int64        `json:"bytes"`
	At    data.Instant `json:"-"`
	Full  bool         `json:"-"` // it holds all that the book holds
}

// prefLastShare remembers the last share for the status bar.
const prefLastShare = "share.last"

// Share writes a share file. The file is whole or not there: it is written
// under another name, synced and renamed. It is Unsupported for a part of the book.
func (s *Sharing) Share(ctx context.Context, path string, o ShareOptions) (Shared, error) {
	if !o.Everything {
		return Shared{}, data.Errorf(data.Unsupported, "this Fieldbook shares a whole book only; nothing was written. Ask for everything")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return Shared{}, data.Wrap(data.Invalid, err, "%s is not a path", path)
	}
	out := Shared{File: abs, At: s.app.Now(), Full: o.Everything}
	out.Bytes, err = writeWhole(abs, func(f *os.File) error { return s.write(ctx, f, o, &out) })
	if err != nil {
		return Shared{}, err
	}
	return out, s.remember(ctx, out)
}

func (s *Sharing) manifest(ctx context.Context, o ShareOptions) (bundle.Manifest, error) {
	me, err := s.app.Me(ctx)
	if err != nil {
		return bundle.Manifest{}, err
	}
	return bundle.Manifest{
		Book:  s.app.store.BookID(),
		From:  bundle.Sender{Person: me.ID, Name: me.Name, Device: s.app.cfg.Device, Replica: s.app.store.ReplicaID()},
		To:    o.To,
		Scope: bundle.ScopeEverything,
		Made:  s.app.Now(),
	}, nil
}

func (s *Sharing) write(ctx context.Context, f *os.File, o ShareOptions, out *Shared) error {
	m, err := s.manifest(ctx, o)
	if err != nil {
		return err
	}
	var w *bundle.Writer
	rows := map[data.ID]struct{}{}
	err = s.app.store.ReadLog(ctx, store.LogReader{
		Replicas: func(ids []data.ID) error {
			m.Replicas = ids
			w, err = bundle.NewWriter(f, m, bundle.WriteOptions{})
			return err
		},
		Txn: func(t oplog.Txn) error {
			out.Acts++
			return w.Txn(t, nil)
		},
		Op: func(op *oplog.Op) error {
			out.Ops++
			rows[op.Row] = struct{}{}
			return w.Op(op)
		},
	})
	if err != nil {
		return err
	}
	out.Rows = len(rows)
	return w.Close()
}

// writeWhole fills a file under a temporary name, then gives it its own.
func writeWhole(path string, fill func(*os.File) error) (size int64, err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, partPattern)
	if err != nil {
		return 0, data.Wrap(data.Refused, err, "%s cannot be written; the book is safe. Choose another folder", path)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreMissing(os.Remove(f.Name())))
		}
	}()
	if err := fill(f); err != nil {
		return 0, errors.Join(err, f.Close())
	}
	info, err := f.Stat()
	if err := errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return 0, data.Wrap(data.Refused, err, "%s could not be finished; the book is safe. Check that the disk has room", path)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return 0, data.Wrap(data.Refused, err, "%s could not be put in its place; the book is safe", path)
	}
	if d, err := os.Open(dir); err == nil {
		// Some file systems cannot sync a folder; the file itself is synced already.
		_ = d.Sync()
		return info.Size(), d.Close()
	}
	return info.Size(), nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// lastShare is how the last share is remembered.
type lastShare struct {
	File string       `json:"file"`
	Ops  int          `json:"ops"`
	At   data.Instant `json:"at"`
}

func (s *Sharing) remember(ctx context.Context, out Shared) error {
	b, err := json.Marshal(lastShare{out.File, out.Ops, out.At})
	if err != nil {
		return data.Wrap(data.Internal, err, "the share could not be remembered; the file is whole")
	}
	return s.app.store.SetPref(ctx, prefLastShare, string(b))
}

// Last is the last share file made from this book here; ok is false before the first.
func (s *Sharing) Last(ctx context.Context) (last Shared, ok bool, err error) {
	text, err := s.app.store.Pref(ctx, prefLastShare)
	if err != nil || text == "" {
		return Shared{}, false, err
	}
	var l lastShare
	if json.Unmarshal([]byte(text), &l) != nil {
		return Shared{}, false, nil // a damaged note is the same as none
	}
	return Shared{File: l.File, Ops: l.Ops, At: l.At}, true, nil
}

// SuggestName is a file name for a share made now: the book's name and the day.
func (s *Sharing) SuggestName() string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, s.app.Book().Name)
	return fmt.Sprintf("%s %s.fieldbook", strings.TrimSpace(name), s.app.Today())
}
