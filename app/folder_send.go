package app

import (
	"context"
	"errors"
	"path/filepath"

	"fieldbook/data"
)

// FolderSent is what Send did.
type FolderSent struct {
	Files int          `json:"files"` // written now; 0 where nothing had changed since
	File  string       `json:"file"`  // the newest file of ours; "" where none was needed yet
	Bytes int64        `json:"bytes"` // of the files written now, else of the newest
	Ops   int          `json:"ops"`
	At    data.Instant `json:"-"`
	Alone bool         `json:"-"` // the book has members and nobody but oneself is one: there is nobody to write to
}

// Send writes what the folder does not hold yet: in an open book one file for
// everybody, in a book with members one for each of them that there is
// something to tell. Nothing is written where nothing changed since.
func (f *Folder) Send(ctx context.Context) (FolderSent, error) {
	end, err := f.begin(ctx)
	if err != nil {
		return FolderSent{}, err
	}
	defer end()
	setup, err := f.Setup(ctx)
	if err != nil {
		return FolderSent{}, err
	}
	root, err := f.root(setup.Dir)
	if err != nil {
		return FolderSent{}, err
	}
	st, err := f.loadState(ctx)
	if err != nil {
		return FolderSent{}, err
	}
	out, err := f.send(ctx, root, st)
	err = errors.Join(err, f.saveState(ctx, st))
	if out.Files > 0 {
		f.announce()
	}
	return out, err
}

// sendWaiting sends what was done since the last time, where the setup says
// that it is sent by itself.
func (f *Folder) sendWaiting(ctx context.Context) error {
	setup, err := f.Setup(ctx)
	if err != nil || setup.Dir == "" || !setup.Auto {
		return err
	}
	_, err = f.Send(ctx)
	return err
}

func (f *Folder) send(ctx context.Context, root string, st *folderState) (FolderSent, error) {
	own, err := f.openOwn(root, st)
	if err != nil {
		return FolderSent{}, err
	}
	held, err := f.app.store.Held(ctx) // before files are filled: they then hold at least so much
	if err != nil {
		return FolderSent{}, err
	}
	var out FolderSent
	if err := f.parcels(ctx, st, held, func(p parcel) error { return f.post(ctx, own, st, p, &out) }); err != nil {
		return out, err
	}
	st.cover(held)
	err = f.tidy(root, st)
	if out.Files == 0 {
		out = st.lastSent(own)
	}
	out.Alone = f.app.store.Founded() && len(st.For) == 0
	return out, err
}

// post writes one file.
func (f *Folder) post(ctx context.Context, own string, st *folderState, p parcel, out *FolderSent) error {
	st.Counter++
	name := nameMember(st.Counter, f.app.cfg.Now(), p.tag, shareEnd)
	shared, err := f.app.Sharing.fill(ctx, filepath.Join(own, name), p.plan)
	if err != nil {
		return err
	}
	sent := sentFile{Name: name, Bytes: shared.Bytes, At: shared.At, Full: p.full}
	if p.tag != "" {
		for i := range st.Sent {
			if tagOf(st.Sent[i].Name) == p.tag {
				st.Sent[i].Told = nil // only the newest is asked
			}
		}
		sent.Digest, sent.Whose, sent.Told = p.plan.digest(), p.plan.whose(), p.plan.told()
	}
	st.Sent = append(st.Sent, sent)
	out.Files++
	out.File, out.At = shared.File, shared.At
	out.Bytes += shared.Bytes
	out.Ops += shared.Ops
	return nil
}
