package app

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"

	"fieldbook/data"
)

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
			st.Covered, st.Served = nil, nil
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

// tidy deletes own share files that nobody needs: see superseded. Those for
// somebody, or for everybody, stand apart from all others.
func (f *Folder) tidy(root string, st *folderState) error {
	var gone []sentFile
	for _, tag := range st.tags() {
		var sent []sentFile
		for _, s := range st.Sent {
			if tagOf(s.Name) == tag {
				sent = append(sent, s)
			}
		}
		if st.Founded && !slices.Contains(st.For, tag) {
			gone = append(gone, sent...) // nobody may read them any more
			continue
		}
		var readers []func(sentFile) bool
		for _, p := range st.Peers {
			if tag == "" || p.Tag == tag {
				readers = append(readers, p.has)
			}
		}
		gone = append(gone, superseded(sent, readers)...)
	}
	if len(gone) == 0 {
		return nil
	}
	own, err := f.openOwn(root, st)
	if err != nil {
		return err
	}
	for _, s := range gone {
		if err := ignoreMissing(os.Remove(filepath.Join(own, s.Name))); err != nil {
			return data.Wrap(data.Refused, err, "an old file in %s cannot be deleted; what was sent is whole. Check that the folder can be written to", own)
		}
		st.Sent = slices.DeleteFunc(st.Sent, func(x sentFile) bool { return x.Name == s.Name })
	}
	return nil
}

// tags lists for whom own files stand there; "" is everybody.
func (st *folderState) tags() []string {
	var out []string
	for _, s := range st.Sent {
		if t := tagOf(s.Name); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// fullsKept is how many whole files stay although a newer one stands beside
// them: should the newest arrive damaged, the one before it does.
const fullsKept = 2

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
