package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fieldbook/data"
	"fieldbook/data/bundle"
	"fieldbook/data/draft"
	"fieldbook/data/oplog"
	"fieldbook/data/seal"
	"fieldbook/data/store"
)

// Sharing swaps work with other people by share files.
type Sharing struct {
	app    *App
	Folder *Folder
}

// ShareOptions say what goes into a share file and who can open it.
type ShareOptions struct {
	Everything bool        // all that this book holds
	To         data.ID     // the person it is for; NoID is anyone
	Scope      *data.Scope // instead of what is To's, a scope picked by hand
	Passphrase string      // locks the file with it; else it is for the devices of who gets it
	Since      bool        // leave out what To said that he holds
	Plain      bool        // do not encrypt, also in a book with members
	Invite     bool        // make another computer of To's a member, though he has one
}

// Shared says what a share file was filled with.
type Shared struct {
	File      string       `json:"file"`
	Scope     string       `json:"scope"`
	Ops       int          `json:"ops"`
	Acts      int          `json:"acts"`
	Rows      int          `json:"rows"`
	Bytes     int64        `json:"bytes"`
	Encrypted bool         `json:"encrypted"`
	Invites   string       `json:"invites,omitempty"` // the name of the person whom the file makes a member
	Words     string       `json:"words,omitempty"`   // with Invites: the founder's fingerprint, to be read out
	At        data.Instant `json:"-"`
}

// prefLastShare remembers the last share for the status bar.
const prefLastShare = "share.last"

// Share writes a share file. The file is whole or not there: it is written
// under another name, synced and renamed. To a person who has no device in a
// book with members it is an invitation and needs a passphrase.
func (s *Sharing) Share(ctx context.Context, path string, o ShareOptions) (Shared, error) {
	var prepared *seal.Prepared
	if o.Passphrase != "" && !o.Plain { // while the book is not read yet: see seal.Prepared
		var err error
		if prepared, err = bundle.Prepare(seal.Lock{Passphrase: o.Passphrase}); err != nil {
			return Shared{}, err
		}
	}
	plan, err := s.plan(ctx, o)
	if err != nil {
		return Shared{}, err
	}
	plan.options.Prepared = prepared
	out, err := s.fill(ctx, path, plan)
	if err != nil {
		return Shared{}, err
	}
	if err := s.remember(ctx, out); err != nil && s.app.cfg.Logger != nil {
		// The file is whole, and that it was written is what was asked for.
		s.app.cfg.Logger.Warn("the share was not remembered", "err", err)
	}
	return out, nil
}

// fill writes a planned share file.
func (s *Sharing) fill(ctx context.Context, path string, plan *sharePlan) (Shared, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return Shared{}, data.Wrap(data.Invalid, err, "%s is not a path", path)
	}
	plan.out.File = abs
	plan.out.Bytes, err = writeWhole(abs, func(f *os.File) error { return s.write(ctx, f, plan) })
	return *plan.out, err
}

// sharePlan is a share file before it is written.
type sharePlan struct {
	manifest bundle.Manifest
	part     sharePart
	only     map[data.ID]oplog.Ranges // nil is all
	held     map[data.ID]oplog.Ranges
	options  bundle.WriteOptions
	out      *Shared
}

func (s *Sharing) plan(ctx context.Context, o ShareOptions) (*sharePlan, error) {
	part, err := s.partOf(ctx, o)
	if err != nil {
		return nil, err
	}
	if part.sel.All {
		// All that a part of the book holds is still a part.
		own, err := s.Part(ctx)
		if err != nil {
			return nil, err
		}
		part.word = cmp.Or(own, part.word)
	}
	p := &sharePlan{part: part, out: &Shared{Scope: part.word, At: s.app.Now()}}
	if err := s.lock(ctx, o, p); err != nil {
		return nil, err
	}
	picked, err := s.app.store.Select(ctx, part.sel)
	if err != nil {
		return nil, err
	}
	if p.held, err = s.app.store.Held(ctx); err != nil {
		return nil, err
	}
	p.only, p.out.Rows = picked.Only, picked.Rows
	if o.Since && p.manifest.Invite == nil {
		known, err := s.known(ctx, o.To)
		if err != nil {
			return nil, err
		}
		if known != nil {
			private, err := s.app.store.Telling(ctx, data.KindPerson, privateCells, part.sel.People)
			if err != nil {
				return nil, err
			}
			p.only = part.without(picked.Only, known, p.held)
			for id, runs := range private {
				p.only[id] = p.only[id].Union(runs)
			}
		}
	}
	return p, s.address(ctx, o, p)
}

// address fills in who sends what to whom.
func (s *Sharing) address(ctx context.Context, o ShareOptions, p *sharePlan) error {
	me, err := s.app.Me(ctx)
	if err != nil {
		return err
	}
	rights, err := s.app.store.Rights(ctx)
	if err != nil {
		return err
	}
	m := &p.manifest
	m.Book, m.To, m.Scope, m.Made, m.Founder = s.app.store.BookID(), o.To, p.part.word, s.app.Now(), rights.Root()
	m.From = bundle.Sender{Person: me.ID, Name: me.Name, Device: s.app.cfg.Device, Replica: s.app.store.ReplicaID()}
	if p.part.word != bundle.ScopeEverything && o.Scope == nil {
		m.ScopeOf = o.To
	}
	signer, err := s.app.id.signer(ctx)
	p.options.Signer = signer
	return err
}

func (s *Sharing) write(ctx context.Context, f io.Writer, p *sharePlan) error {
	var w *bundle.Writer
	out := p.out
	err := s.app.store.ReadLog(ctx, store.LogReader{
		Only:  p.only,
		Hide:  p.part.hide(),
		Aside: true,
		Replicas: func(ids []data.ID) (err error) {
			p.manifest.Replicas = ids
			if w, err = bundle.NewWriter(f, p.manifest, p.options); err != nil {
				return err
			}
			for _, id := range ids {
				if runs := p.held[id]; len(runs) > 0 {
					if err := w.Held(id, runs); err != nil {
						return err
					}
				}
			}
			return nil
		},
		Txn: func(t oplog.Txn, rest []oplog.Hash) error {
			out.Acts++
			return w.Txn(t, rest)
		},
		Op: func(op *oplog.Op) error {
			out.Ops++
			return w.Op(op)
		},
	})
	if err != nil {
		return err
	}
	return w.Close()
}

// Estimate says how large a share file would be, without writing it: exactly,
// by writing it nowhere.
func (s *Sharing) Estimate(ctx context.Context, o ShareOptions) (Shared, error) {
	o.Passphrase, o.Plain = "", true // what locks a file adds next to nothing
	plan, err := s.plan(ctx, o)
	if err != nil {
		return Shared{}, err
	}
	var n counter
	err = s.write(ctx, &n, plan)
	plan.out.Bytes = int64(n)
	return *plan.out, err
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// writeWhole fills a file that appears whole or not at all.
func writeWhole(path string, fill func(*os.File) error) (size int64, err error) {
	return draft.Write(path, fill)
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
