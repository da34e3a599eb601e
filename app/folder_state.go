package app

import (
	"context"
	"encoding/json"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// prefFolderState remembers what was sent and taken in.
const prefFolderState = "folder.state"

// folderState is what this replica knows of the shared folder. It is a memory
// only: without it files are read and sent again, and nothing is lost.
type folderState struct {
	Replica string                  `json:"replica"` // whose all of this is, Peers aside
	Counter uint64                  `json:"counter"` // of the last file written
	Sent    []sentFile              `json:"sent,omitempty"`
	Covered map[string]oplog.Ranges `json:"covered"`           // what of the log the folder holds, by replica; nil is nothing
	Founded bool                    `json:"founded,omitempty"` // files were for members one by one
	For     []string                `json:"for,omitempty"`     // whom, by tag
	Served  map[string]string       `json:"served,omitempty"`  // by tag: how the log and what is known of him stood when it was last seen to
	Noted   string                  `json:"noted,omitempty"`
	Peers   map[string]*peerState   `json:"peers,omitempty"`
}

// sentFile is an own file that stands in the folder.
type sentFile struct {
	Name  string       `json:"name"`
	Bytes int64        `json:"bytes"`
	At    data.Instant `json:"at"`
	Full  bool         `json:"full"` // holds all that the ones before it for the same do

	// What it tells a member: a digest, whose part it is, and which ops where those are few.
	Digest string                  `json:"digest,omitempty"`
	Whose  string                  `json:"whose,omitempty"`
	Told   map[string]oplog.Ranges `json:"told,omitempty"`
}

// peerState is what is known of another replica.
type peerState struct {
	Tag    string                `json:"tag,omitempty"` // of his person, in a book with members
	Name   string                `json:"name,omitempty"`
	Device string                `json:"device,omitempty"`
	Heard  data.Instant          `json:"heard,omitempty"` // when his newest file was made
	Files  map[string]*fileState `json:"files,omitempty"` // that lie there, by name
	Note   string                `json:"note,omitempty"`  // the file that Seen was read from
	Seen   oplog.Ranges          `json:"seen,omitempty"`  // the counters of our files that he took in
}

// fileState is what became of another replica's file.
type fileState struct {
	Size  int64        `json:"size"`
	Mod   int64        `json:"mod"`
	Since data.Instant `json:"since"`           // when size and time were first seen so
	Done  bool         `json:"done,omitempty"`  // taken in
	Tried bool         `json:"tried,omitempty"` // and it was not whole
	Why   string       `json:"why,omitempty"`   // it was refused
	Mends bool         `json:"mends,omitempty"` // what the book learns may lift the refusal
}

// taken are the counters of his files that lie there and were taken in.
func (p *peerState) taken() (out oplog.Ranges) {
	for name, file := range p.Files {
		if n := counterOf(name); file.Done && n > 0 {
			out = out.Add(n, n)
		}
	}
	return out
}

// has reports whether he took in an own file.
func (p *peerState) has(s sentFile) bool { return p.Seen.Has(counterOf(s.Name)) }

func (f *Folder) loadState(ctx context.Context) (*folderState, error) {
	text, err := f.app.store.Pref(ctx, prefFolderState)
	if err != nil {
		return nil, err
	}
	st := &folderState{}
	if text == "" || json.Unmarshal([]byte(text), st) != nil { // a damaged memory is the same as none
		st = &folderState{}
	}
	if st.Peers == nil {
		st.Peers = map[string]*peerState{}
	}
	st.become(f.app.store.ReplicaID().String())
	return st, nil
}

// become begins anew what belongs to one replica, where the book is another one
// now: it was restored or copied.
func (st *folderState) become(me string) {
	if st.Replica == me {
		return
	}
	*st = folderState{Replica: me, Peers: st.Peers}
	for _, p := range st.Peers { // what they have seen was of another's files
		p.Seen, p.Note = nil, ""
	}
}

func (f *Folder) saveState(ctx context.Context, st *folderState) error {
	return f.app.store.SetPref(context.WithoutCancel(ctx), prefFolderState, st.text())
}

// text is the state as it is remembered.
func (st *folderState) text() string {
	b, err := json.Marshal(st)
	if err != nil {
		return "" // not with these types
	}
	return string(b)
}

func (st *folderState) peer(replica string) *peerState {
	p := st.Peers[replica]
	if p == nil {
		p = &peerState{}
		st.Peers[replica] = p
	}
	if p.Files == nil {
		p.Files = map[string]*fileState{}
	}
	return p
}

// rest is what the log holds and the folder does not, as far as is known.
func (st *folderState) rest(held map[data.ID]oplog.Ranges) map[data.ID]oplog.Ranges {
	out := map[data.ID]oplog.Ranges{}
	for id, runs := range held {
		if r := runs.Without(st.Covered[id.String()]); len(r) > 0 {
			out[id] = r
		}
	}
	return out
}

// cover notes that the folder holds all that the log does.
func (st *folderState) cover(held map[data.ID]oplog.Ranges) {
	st.Covered = map[string]oplog.Ranges{}
	for id, runs := range held {
		st.Covered[id.String()] = runs
	}
}

// cameIn notes that what the log holds now and did not before came out of the
// folder, where that is all of it: count is how much did.
func (st *folderState) cameIn(before, now map[data.ID]oplog.Ranges, count int) {
	if st.Covered == nil && opsOf(before) == 0 {
		st.Covered = map[string]oplog.Ranges{}
	}
	if st.Covered == nil {
		return // all is to be sent anyway
	}
	added := map[string]oplog.Ranges{}
	n := uint64(0)
	for id, runs := range now {
		if r := runs.Without(before[id]); len(r) > 0 {
			added[id.String()] = r
			n += r.Count()
		}
	}
	if n != uint64(count) {
		return // somebody wrote meanwhile: it is sent, and some of it twice
	}
	for id, r := range added {
		st.Covered[id] = st.Covered[id].Union(r)
	}
}

func opsOf(runs map[data.ID]oplog.Ranges) (n uint64) {
	for _, r := range runs {
		n += r.Count()
	}
	return n
}
