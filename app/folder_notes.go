package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// seenNote is a file that tells which files of the others a replica took in, so
// that they see it and need not keep what everybody has. README.md shows one.
type seenNote struct {
	Seen int                    `json:"seen"` // version of the format
	Book string                 `json:"book"`
	From noteSender             `json:"from"`
	For  string                 `json:"for,omitempty"` // in a book with members: the tag of who takes in there
	Made data.Instant           `json:"made"`
	Of   map[string][][2]uint64 `json:"of"` // by replica: runs of counters
}

type noteSender struct {
	Name    string `json:"name"`
	Device  string `json:"device"`
	Replica string `json:"replica"`
}

const (
	noteVersion = 1
	noteMost    = 64 << 10 // bytes
)

// note writes what was taken in, where that changed, and takes the note before
// it away.
func (f *Folder) note(ctx context.Context, root string, st *folderState) error {
	of := map[string][][2]uint64{}
	for replica, p := range st.Peers {
		for _, r := range p.taken() {
			of[replica] = append(of[replica], [2]uint64{r.From, r.To})
		}
	}
	told, err := json.Marshal(of)
	if err != nil || string(told) == st.Noted || len(of) == 0 && st.Noted == "" {
		return err
	}
	own, err := f.openOwn(root, st)
	if err != nil {
		return err
	}
	n := seenNote{Seen: noteVersion, Book: f.app.store.BookID().String(), Made: f.app.Now(), Of: of, From: noteSender{Replica: st.Replica}}
	if f.app.store.Founded() { // what is encrypted must not stand in a note
		n.For, err = f.myTag(ctx)
	} else {
		var me Me
		me, err = f.app.Me(ctx)
		n.From.Name, n.From.Device = me.Name, f.app.cfg.Device
	}
	if err != nil {
		return err
	}
	st.Counter++
	name := nameMember(st.Counter, f.app.cfg.Now(), "", noteEnd)
	text, err := json.Marshal(n)
	if err != nil || len(text) > noteMost {
		return data.Wrap(data.Internal, err, "what was taken in could not be told to the others; nothing is lost")
	}
	_, err = writeWhole(filepath.Join(own, name), func(to *os.File) error {
		_, err := to.Write(text)
		return err
	})
	if err != nil {
		return err
	}
	st.Noted = string(told)
	return dropNotes(own, name)
}

// dropNotes takes own notes but one away.
func dropNotes(own, keep string) error {
	entries, err := readNames(own, mostMembers)
	for _, e := range entries {
		if m, ok := readMember(e); ok && m.note && m.name != keep {
			err = errors.Join(err, ignoreMissing(os.Remove(filepath.Join(own, e.Name()))))
		}
	}
	return data.Wrap(data.Refused, err, "an old note in %s cannot be deleted; nothing is lost. Check that the folder can be written to", own)
}

// readNotes takes up what another replica says that it took in. A note that
// cannot be read is passed over: the next one says it again.
func (p *postman) readNotes(replica string, members []member) {
	peer := p.st.peer(replica)
	for _, m := range slices.Backward(members) {
		if !m.note || m.why != "" {
			continue
		}
		if m.name == peer.Note {
			return
		}
		n, err := readNote(m.path)
		if err == nil && n.Book == p.f.app.store.BookID().String() && n.From.Replica == replica {
			peer.Note, peer.Seen = m.name, runs(n.Of[p.st.Replica])
			if n.For != "" {
				peer.Tag = n.For
			}
			if n.From.Name+n.From.Device != "" {
				peer.hear(n.From.Name, n.From.Device, min(n.Made, p.f.app.Now()))
			}
			return
		}
	}
}

// runs reads runs of counters; what no counter can be is left out.
func runs(pairs [][2]uint64) (out oplog.Ranges) {
	for _, p := range pairs {
		if p[0] > 0 && p[0] <= p[1] && p[1] < 1e15 {
			out = out.Union(oplog.Ranges{{From: p[0], To: p[1]}})
		}
	}
	return out
}

func readNote(path string) (n seenNote, err error) {
	f, err := openAtOnce(path)
	if err != nil {
		return n, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > noteMost {
		return n, errors.Join(err, errors.New("not a note"))
	}
	b, err := io.ReadAll(io.LimitReader(f, noteMost))
	if err != nil {
		return n, err
	}
	if err := json.Unmarshal(b, &n); err != nil {
		return n, err
	}
	if n.Seen < 1 || n.Seen > noteVersion {
		return n, errors.New("a note of another version")
	}
	return n, nil
}
