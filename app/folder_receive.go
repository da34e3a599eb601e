package app

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"fieldbook/data"
)

// FolderReceipt is what Receive found.
type FolderReceipt struct {
	Came     []MergedFile    `json:"files"`    // what was taken in now, oldest first
	Refused  []FolderRefusal `json:"refused"`  // what lies there and cannot be taken in
	Arriving int             `json:"arriving"` // files that are not whole yet
}

// FolderRefusal is a file that was left alone, and why.
type FolderRefusal struct {
	From string `json:"from"` // whose sub-folder it lies in, as far as that is known
	File string `json:"file"` // its name, fit to be shown
	Why  string `json:"why"`
	New  bool   `json:"-"` // it was not told before
}

// arrivalTime is how long a file that is not whole may stay as it is before it
// counts as damaged: programs that copy write it piece by piece.
const arrivalTime = 2 * time.Minute

// Receive takes in what others wrote, oldest first, each file as one step. A
// file that cannot be taken in is left alone and told. What was refused before
// is tried again, since the person asks.
func (f *Folder) Receive(ctx context.Context) (FolderReceipt, error) { return f.receive(ctx, true) }

func (f *Folder) receive(ctx context.Context, again bool) (FolderReceipt, error) {
	end, err := f.begin(ctx)
	if err != nil {
		return FolderReceipt{}, err
	}
	defer end()
	setup, err := f.Setup(ctx)
	if err != nil {
		return FolderReceipt{}, err
	}
	root, err := f.root(setup.Dir)
	if err != nil {
		return FolderReceipt{}, err
	}
	st, err := f.loadState(ctx)
	if err != nil {
		return FolderReceipt{}, err
	}
	before := st.text()
	p := &postman{f: f, st: st, again: again, told: map[string]bool{}}
	err = p.round(ctx, root)
	if st.text() != before {
		err = errors.Join(err, f.saveState(ctx, st))
		f.announce()
	}
	return p.out, err
}

// postman goes once through the folder.
type postman struct {
	f       *Folder
	st      *folderState
	again   bool            // also what was refused before
	learned bool            // the book took something in, which may lift a refusal
	told    map[string]bool // paths refused for the first time in this round
	out     FolderReceipt
}

func (p *postman) round(ctx context.Context, root string) error {
	shelf, err := readShelf(ctx, root)
	if err != nil {
		return err
	}
	delete(shelf, p.st.Replica)
	p.st.forget(shelf)
	for replica, members := range shelf {
		p.readNotes(replica, members)
	}
	mine, err := p.f.myTag(ctx)
	if err != nil {
		return err
	}
	shares := sharesOf(shelf, mine)
	for {
		came := len(p.out.Came)
		p.out.Refused, p.out.Arriving = nil, 0
		for _, m := range shares {
			if err := p.deliver(ctx, m); err != nil {
				return err
			}
		}
		if len(p.out.Came) == came {
			return errors.Join(p.f.note(ctx, root, p.st), p.f.tidy(root, p.st))
		}
		p.again, p.learned = false, true
	}
}

// sharesOf lists the share files by when their names say that they were made;
// those of one replica stand in the order of their counters. What is for one
// person alone, and not for mine, is left out.
func sharesOf(shelf map[string][]member, mine string) []member {
	var out []member
	for _, members := range shelf {
		var last time.Time
		for _, m := range members {
			if tag := tagOf(m.name); m.note || tag != "" && tag != mine {
				continue
			}
			if m.at.Before(last) {
				m.at = last // his clock went back
			}
			last = m.at
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(x, y member) int {
		return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.replica, y.replica), cmp.Compare(x.counter, y.counter), cmp.Compare(x.name, y.name))
	})
	return out
}

// forget drops what is remembered of files that lie there no longer. Where all
// of a replica's are gone, the folder may no longer hold what they brought.
func (st *folderState) forget(shelf map[string][]member) {
	for replica, p := range st.Peers {
		members, there := shelf[replica]
		lies, shares := map[string]bool{}, false
		for _, m := range members {
			lies[m.key()] = true
			shares = shares || !m.note
		}
		if !shares && len(p.taken()) > 0 {
			st.Covered, st.Served = nil, nil
		}
		maps.DeleteFunc(p.Files, func(name string, _ *fileState) bool { return !lies[name] })
		if !there {
			delete(st.Peers, replica)
		}
	}
}

// deliver takes in one file where it is time to.
func (p *postman) deliver(ctx context.Context, m member) error {
	file, fresh := p.remembered(m)
	due := fresh || p.again || file.Tried && p.settled(file) || file.Mends && p.learned
	switch {
	case file.Done:
		return nil
	case m.why != "":
		p.refuse(m, file, m.why)
		return nil
	case due:
		return p.try(ctx, m, file)
	case file.Tried:
		p.out.Arriving++
		return nil
	}
	p.refuse(m, file, file.Why)
	return nil
}

// remembered is what is known of a file; fresh where it is new or another one.
func (p *postman) remembered(m member) (file *fileState, fresh bool) {
	files := p.st.peer(m.replica).Files
	file = files[m.key()]
	if file != nil && file.Size == m.size && file.Mod == m.mod {
		return file, false
	}
	file = &fileState{Size: m.size, Mod: m.mod, Since: p.f.app.Now()}
	files[m.key()] = file
	return file, true
}

// settled reports whether a file has been as it is for longer than copying takes.
func (p *postman) settled(file *fileState) bool {
	return p.f.app.Now()-file.Since >= data.Instant(arrivalTime.Milliseconds())
}

func (p *postman) try(ctx context.Context, m member, file *fileState) error {
	came, err := p.take(ctx, m)
	var fault *unreadable
	switch {
	case err == nil:
		file.Done, file.Tried, file.Mends, file.Why = true, false, false, ""
		p.out.Came = append(p.out.Came, came)
		return nil
	case !errors.As(err, &fault):
		return err
	}
	file.Tried, file.Mends = fault.partial && !p.settled(file), !fault.partial
	if file.Tried {
		p.out.Arriving++
		return nil
	}
	p.refuse(m, file, fault.why)
	return nil
}

// refuse notes why a file stays where it is.
func (p *postman) refuse(m member, file *fileState, why string) {
	p.told[m.path] = p.told[m.path] || file.Why != why
	file.Why = why
	p.out.Refused = append(p.out.Refused, FolderRefusal{From: p.st.peer(m.replica).Name, File: m.shown(), Why: why, New: p.told[m.path]})
}

// unreadable is a fault of a file, not of the book or the disk.
type unreadable struct {
	why     string
	partial bool // as a file would look that is still being copied
}

func (u *unreadable) Error() string { return u.why }

// faultOf sorts errors of reading a file; those that are none of the file's pass.
func faultOf(err error, name string) error {
	var e *data.Error
	if !errors.As(err, &e) || e.Kind == data.Canceled || e.Kind == data.Busy {
		return err
	}
	return &unreadable{why: strings.TrimPrefix(e.Msg, name+": "), partial: e.Kind == data.Invalid || e.Kind == data.NotFound}
}

// take merges one file into the book.
func (p *postman) take(ctx context.Context, m member) (MergedFile, error) {
	s := p.f.app.Sharing
	files, err := openShares(ctx, s.app.id.vault, []string{m.path}, MergeOptions{})
	if err != nil {
		return MergedFile{}, faultOf(err, m.name)
	}
	defer files.close()
	if err := s.admitAll(ctx, files); err != nil {
		return MergedFile{}, faultOf(err, m.name)
	}
	manifest := files[0].Manifest
	if manifest.From.Replica.String() != m.replica {
		return MergedFile{}, &unreadable{why: "it was made by another computer than the one whose folder it lies in; nothing was changed. Ask who put it there"}
	}
	before, err := p.f.app.store.Held(ctx)
	if err != nil {
		return MergedFile{}, err
	}
	merged, err := s.take(ctx, files, taking{backup: p.f.backup, unasked: true})
	switch {
	case err != nil && data.KindOf(err) == data.Internal:
		return MergedFile{}, err
	case err != nil:
		return MergedFile{}, faultOf(err, m.name)
	}
	after, err := p.f.app.store.Held(ctx)
	if err != nil {
		return MergedFile{}, err
	}
	came := merged.Files[0]
	// What came out of the folder need not go back into it.
	p.st.cameIn(before, after, came.Ops-came.Already-came.Refused-came.Waiting)
	if !manifest.From.Person.IsZero() {
		p.st.peer(m.replica).Tag = personTag(manifest.Book, manifest.From.Person)
	}
	p.st.peer(m.replica).hear(manifest.From.Name, manifest.From.Device, min(manifest.Made, p.f.app.Now()))
	p.st.become(p.f.app.store.ReplicaID().String()) // own edits that came back from a lost copy make it another one
	return came, nil
}

// backup keeps one copy a day of a book that files go into by themselves: each
// merge can be undone, and copies by the dozen would push out those made before imports.
func (f *Folder) backup(ctx context.Context) (string, error) {
	if held, err := f.app.store.Held(ctx); err != nil || len(held) == 0 {
		return "", err
	}
	return f.app.Backups.Daily(ctx)
}

// hear notes who wrote, unless something newer is known.
func (p *peerState) hear(name, device string, made data.Instant) {
	if made >= p.Heard {
		p.Name, p.Device, p.Heard = PlainName(name), PlainName(device), made
	}
}
