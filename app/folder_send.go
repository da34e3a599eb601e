package app

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"fieldbook/data"
)

// FolderSent is what Send did.
type FolderSent struct {
	File  string       `json:"file"` // the newest file of ours; "" where none was needed yet
	Bytes int64        `json:"bytes"`
	At    data.Instant `json:"-"`
	Ops   int          `json:"ops"`
	New   bool         `json:"new"` // it was written now; else nothing had changed since
}

// fullsKept is how many whole files stay although a newer one stands beside
// them: should the newest arrive damaged, the one before it does.
const fullsKept = 2

// Send writes a file with what the folder does not hold yet. Nothing is written
// where nothing changed since the last one.
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
	if out.New {
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
	held, err := f.held(ctx) // before the file is filled: it then holds at least so much
	if err != nil || held == 0 {
		return FolderSent{}, err
	}
	if st.Covered == held {
		return st.lastSent(own), nil
	}
	st.Counter++
	name := nameMember(st.Counter, f.app.cfg.Now(), shareEnd)
	shared, err := f.write(ctx, filepath.Join(own, name))
	if err != nil {
		return FolderSent{}, err
	}
	st.Sent = append(st.Sent, sentFile{Name: name, Bytes: shared.Bytes, At: shared.At, Full: shared.Full})
	st.Covered = held
	return FolderSent{File: shared.File, Bytes: shared.Bytes, At: shared.At, Ops: shared.Ops, New: true}, f.tidy(root, st)
}

// openOwn makes this replica's sub-folder, brings the memory of what was sent
// in line with what lies there, and clears away what a crash left.
func (f *Folder) openOwn(root string, st *folderState) (string, error) {
	own := filepath.Join(root, st.Replica)
	if err := makeReal(root, own); err != nil {
		return "", err
	}
	entries, err := readNames(own, mostMembers)
	if err != nil {
		return "", data.Wrap(data.Refused, err, "%s cannot be read, so nothing was sent; the book is safe. Check that the folder is there and try again", own)
	}
	lies := map[string]member{}
	for _, e := range entries {
		if left, _ := filepath.Match(partPattern, e.Name()); left && e.Type().IsRegular() {
			if err := ignoreMissing(os.Remove(filepath.Join(own, e.Name()))); err != nil {
				return "", data.Wrap(data.Refused, err, "%s cannot be cleared, so nothing was sent; the book is safe. Check that the folder can be written to", own)
			}
			continue
		}
		if m, ok := readMember(e); ok && m.counter > 0 {
			st.Counter = max(st.Counter, m.counter)
			if m.why == "" && !m.note {
				lies[m.name] = m
			}
		}
	}
	st.own(lies)
	return own, nil
}

// own takes note of which own share files lie in the folder. One that is not
// remembered counts as one that holds a part; where one is missing, the folder
// no longer holds what it should.
func (st *folderState) own(lies map[string]member) {
	var sent []sentFile
	for _, s := range st.Sent {
		if m, ok := lies[s.Name]; ok && m.size == s.Bytes {
			sent = append(sent, s)
			delete(lies, s.Name)
		} else {
			st.Covered = 0
		}
	}
	for _, m := range lies {
		sent = append(sent, sentFile{Name: m.name, Bytes: m.size, At: data.InstantOf(m.at)})
	}
	slices.SortFunc(sent, func(x, y sentFile) int { return cmp.Compare(counterOf(x.Name), counterOf(y.Name)) })
	st.Sent = sent
}

// lastSent is the newest own file; none where this replica wrote nothing.
func (st *folderState) lastSent(own string) FolderSent {
	if len(st.Sent) == 0 {
		return FolderSent{}
	}
	last := st.Sent[len(st.Sent)-1]
	return FolderSent{File: filepath.Join(own, last.Name), Bytes: last.Bytes, At: last.At}
}

// tidy deletes own share files that nobody needs: see superseded.
func (f *Folder) tidy(root string, st *folderState) error {
	if len(st.Sent) < 2 {
		return nil
	}
	own, err := f.openOwn(root, st)
	if err != nil {
		return err
	}
	var readers []func(sentFile) bool
	for _, p := range st.Peers {
		readers = append(readers, p.has)
	}
	old := superseded(st.Sent, readers)
	for i, s := range old {
		if err := ignoreMissing(os.Remove(filepath.Join(own, s.Name))); err != nil {
			st.Sent = st.Sent[i:]
			return data.Wrap(data.Refused, err, "an old file in %s cannot be deleted; what was sent is whole. Check that the folder can be written to", own)
		}
	}
	st.Sent = st.Sent[len(old):]
	return nil
}

// superseded lists the files, oldest first as given, that may go: those before
// the newest full one once every reader took that in, and those before the
// second newest full one. The newest full one and all behind it always stay, so
// that whoever comes new or comes back from a backup finds everything.
func superseded(sent []sentFile, readers []func(sentFile) bool) []sentFile {
	fulls := 0
	for i, s := range slices.Backward(sent) {
		if !s.Full {
			continue
		}
		fulls++
		all := !slices.ContainsFunc(readers, func(has func(sentFile) bool) bool { return !has(s) })
		if fulls == fullsKept || fulls == 1 && all && len(readers) > 0 {
			return sent[:i]
		}
	}
	return nil
}
