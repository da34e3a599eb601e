package app

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"

	"fieldbook/data"
)

// FolderStatus is how the shared folder stands.
type FolderStatus struct {
	Setup  FolderSetup
	Team   bool   // the book has members
	Alone  bool   // and oneself is the only one
	Fault  string // why nothing can be sent or received now; "" nothing
	Last   FolderSent
	Waits  int // own changes and others' by file that the folder does not hold yet
	Files  int // own files that stand there
	Bytes  int64
	People []FolderPerson
}

// FolderPerson is another computer that uses the folder.
type FolderPerson struct {
	Replica  string
	Name     string // "" where nothing of it could be read yet
	Device   string
	Heard    data.Instant // when the newest that was taken in was made, by his clock; 0 never
	Waiting  int          // his files that were not taken in yet
	Arriving int          // his files that are not whole yet
	Refused  []FolderRefusal
	Unseen   int          // own files that he did not take in
	Since    data.Instant // when the first of them was sent
}

// Status tells how the shared folder stands, without taking anything in.
func (f *Folder) Status(ctx context.Context) (FolderStatus, error) {
	var out FolderStatus
	var err error
	if out.Setup, err = f.Setup(ctx); err != nil || out.Setup.Dir == "" {
		return out, err
	}
	if out.Team = f.app.store.Founded(); out.Team {
		others, err := f.recipients(ctx)
		if err != nil {
			return out, err
		}
		out.Alone = len(others) == 0
	}
	st, err := f.loadState(ctx)
	if err != nil {
		return out, err
	}
	held, err := f.app.store.Held(ctx)
	if err != nil {
		return out, err
	}
	out.Waits = int(opsOf(st.rest(held)))
	out.Last = st.lastSent(filepath.Join(out.Setup.Dir, folderName(f.app.store.BookID()), st.Replica))
	root, err := f.root(out.Setup.Dir)
	var shelf map[string][]member
	if err == nil {
		shelf, err = readShelf(ctx, root)
	}
	if err != nil {
		if data.KindOf(err) == data.Canceled {
			return out, err
		}
		var told *data.Error
		if !errors.As(err, &told) {
			return out, err
		}
		out.Fault = told.Msg
		return out, nil
	}
	f.ownStatus(root, st, shelf[st.Replica], &out)
	out.Waits = int(opsOf(st.rest(held)))
	delete(shelf, st.Replica)
	if out.People, err = f.people(ctx, st, shelf); err != nil {
		return out, err
	}
	slices.SortFunc(out.People, func(x, y FolderPerson) int {
		return cmp.Or(cmp.Compare(y.Heard, x.Heard), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Replica, y.Replica))
	})
	return out, nil
}

// ownStatus tells what of ours stands in the folder.
func (f *Folder) ownStatus(root string, st *folderState, members []member, out *FolderStatus) {
	lies := map[string]member{}
	for _, m := range members {
		if m.counter > 0 && m.why == "" && !m.note {
			lies[m.name] = m
		}
	}
	st.own(lies)
	for _, s := range st.Sent {
		out.Files++
		out.Bytes += s.Bytes
	}
	out.Last = st.lastSent(filepath.Join(root, st.Replica))
}

// people tells of all other computers. Who was never heard of in the folder
// may be known from files that came another way.
func (f *Folder) people(ctx context.Context, st *folderState, shelf map[string][]member) ([]FolderPerson, error) {
	mine, err := f.myTag(ctx)
	if err != nil {
		return nil, err
	}
	heard, err := f.app.store.Peers(ctx)
	if err != nil {
		return nil, err
	}
	var out []FolderPerson
	for replica, members := range shelf {
		p := st.person(replica, members, mine)
		for _, h := range heard {
			if h.Replica.String() == replica && p.Name+p.Device == "" {
				p.Name, p.Device = PlainName(h.Name), PlainName(h.Device)
			}
		}
		out = append(out, p)
	}
	return out, nil
}

func (st *folderState) person(replica string, members []member, mine string) FolderPerson {
	known := st.peer(replica)
	p := FolderPerson{Replica: replica, Name: known.Name, Device: known.Device, Heard: known.Heard}
	for _, m := range members {
		file := known.Files[m.key()]
		switch tag := tagOf(m.name); {
		case m.note || tag != "" && tag != mine:
		case file == nil || file.Size != m.size || file.Mod != m.mod:
			p.Waiting++
		case file.Tried:
			p.Arriving++
		case file.Why != "":
			p.Refused = append(p.Refused, FolderRefusal{From: known.Name, File: m.shown(), Why: file.Why})
		}
	}
	lacks := st.lackedBy(known)
	if p.Unseen = len(lacks); p.Unseen > 0 {
		p.Since = lacks[0].At
	}
	return p
}

// lackedBy lists the own files that another replica can read and did not take
// in, as far as it needs them.
func (st *folderState) lackedBy(p *peerState) (out []sentFile) {
	for _, s := range st.Sent {
		switch tag := tagOf(s.Name); {
		case tag != "" && tag != p.Tag:
		case !p.has(s):
			out = append(out, s)
		case s.Full:
			out = nil // it holds all that the ones before it do
		}
	}
	return out
}
