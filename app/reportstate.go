package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fieldbook/data"
	"fieldbook/data/oplog"
	"fieldbook/data/store"
)

// State is what a book holds: which entries of the log, by replica. Books of the
// same state give the same reports.
type State struct{ held map[data.ID]oplog.Ranges }

// State is what this book holds now.
func (a *App) State(ctx context.Context) (State, error) {
	held, err := a.store.Held(ctx)
	return State{held}, err
}

// Fingerprint names the book's state: see State.Fingerprint.
func (a *App) Fingerprint(ctx context.Context) (string, error) {
	s, err := a.State(ctx)
	return s.Fingerprint(), err
}

func (s State) replicas() []data.ID {
	return slices.SortedFunc(maps.Keys(s.held), func(x, y data.ID) int { return bytes.Compare(x[:], y[:]) })
}

// Fingerprint is the short name of a state, 16 hexadecimal digits in four
// groups: books that hold the same entries of the log have the same one.
func (s State) Fingerprint() string {
	hash := sha256.New()
	for _, id := range s.replicas() {
		hash.Write(id[:])
		for _, run := range s.held[id] {
			_, _ = fmt.Fprintf(hash, " %d-%d", run.From, run.To) // a hash takes everything
		}
	}
	digits := hex.EncodeToString(hash.Sum(nil)[:8])
	return strings.Join([]string{digits[:4], digits[4:8], digits[8:12], digits[12:]}, " ")
}

// stateMark begins a state in the keywords of a PDF.
const stateMark = "fieldbook-state:"

// String writes the state in full, as a PDF carries it:
// "fieldbook-state:24425449fef3f501 ID=1-532+540-600 ID=1-9".
func (s State) String() string {
	var b strings.Builder
	b.WriteString(stateMark + strings.ReplaceAll(s.Fingerprint(), " ", ""))
	for _, id := range s.replicas() {
		for i, run := range s.held[id] {
			sign := "+"
			if i == 0 {
				sign = " " + id.String() + "="
			}
			fmt.Fprintf(&b, "%s%d-%d", sign, run.From, run.To)
		}
	}
	return b.String()
}

// ParseState reads what String writes. The error is Invalid where it is cut
// short or is not what its fingerprint says.
func ParseState(text string) (State, error) {
	bad := data.Errorf(data.Invalid, "the file does not say whole which state of the book it was made from")
	rest, ok := strings.CutPrefix(text, stateMark)
	words := strings.Fields(rest)
	if !ok || len(words) == 0 {
		return State{}, bad
	}
	s := State{held: map[data.ID]oplog.Ranges{}}
	for _, word := range words[1:] {
		name, list, _ := strings.Cut(word, "=")
		id, err := data.ParseID(name)
		if err != nil {
			return State{}, bad
		}
		for run := range strings.SplitSeq(list, "+") {
			first, last, _ := strings.Cut(run, "-")
			from, err1 := strconv.ParseUint(first, 10, 64)
			to, err2 := strconv.ParseUint(last, 10, 64)
			if err1 != nil || err2 != nil || from == 0 || to < from {
				return State{}, bad
			}
			s.held[id] = s.held[id].Add(from, to)
		}
	}
	if strings.ReplaceAll(s.Fingerprint(), " ", "") != words[0] {
		return State{}, bad
	}
	return s, nil
}

// FindState finds the state that is meant by a fingerprint or by a PDF that a
// report was saved as. A fingerprint alone is found where this book once was in
// that state; a PDF says it in full. The error is Invalid or NotFound.
func (a *App) FindState(ctx context.Context, text string) (State, error) {
	digits := strings.ToLower(strings.ReplaceAll(strings.TrimSpace(text), " ", ""))
	if raw, err := hex.DecodeString(digits); err == nil && len(raw) == 8 {
		return a.stateOnce(ctx, digits)
	}
	raw, err := os.ReadFile(text)
	if err != nil {
		return State{}, data.Wrap(data.Invalid, err, "%q is neither a fingerprint of 16 digits nor a PDF of a report that can be read", text)
	}
	_, after, found := bytes.Cut(raw, []byte("("+stateMark))
	if !found {
		return State{}, data.Errorf(data.Invalid, "%s is not a report that Fieldbook saved as PDF: it says no state of a book", text)
	}
	line, _, _ := bytes.Cut(after, []byte(")"))
	return ParseState(stateMark + string(line))
}

// stateOnce looks for a state that this book was in, from now back to its
// beginning act by act.
func (a *App) stateOnce(ctx context.Context, digits string) (State, error) {
	is := func(s State) bool { return strings.ReplaceAll(s.Fingerprint(), " ", "") == digits }
	now, err := a.State(ctx)
	if err != nil || is(now) {
		return now, err
	}
	s, act, found := State{held: map[data.ID]oplog.Ranges{}}, data.Key(0), false
	err = a.store.EachArrival(ctx, func(x store.Arrival) bool {
		if x.Act != act && act != 0 && is(s) {
			found = true
			return false
		}
		act = x.Act
		s.held[x.Replica] = s.held[x.Replica].Add(x.Seq, x.Seq)
		return true
	})
	if err != nil {
		return State{}, err
	}
	if !found && !is(s) {
		return State{}, data.Errorf(data.NotFound, "this book was never in the state %s; where the report was made in another book, name its PDF, which says the state in full", digits)
	}
	return s, nil
}

// At opens the book as it was in a state, whatever came since: a book in a
// temporary folder that holds just these entries. done takes it away again. It
// is Refused where this book does not hold all of them.
func (a *App) At(ctx context.Context, s State) (at *App, done func(), err error) {
	held, err := a.store.Held(ctx)
	if err != nil {
		return nil, nil, err
	}
	missing, all := uint64(0), uint64(0)
	for id, runs := range s.held {
		missing, all = missing+runs.Without(held[id]).Count(), all+runs.Count()
	}
	if missing > 0 {
		return nil, nil, data.Errorf(data.Refused, "This book lacks %d of the %d changes that the report was made from. Merge the files of those who made them, then try again.", missing, all)
	}
	if s.Fingerprint() == (State{held}).Fingerprint() {
		return a, func() {}, nil
	}
	folder, err := os.MkdirTemp("", "fieldbook-state-")
	if err != nil {
		return nil, nil, data.Wrap(data.Refused, err, "There is no place for the book as it was. Free some room on the disk; the book is as it was.")
	}
	remove := func() { _ = os.RemoveAll(folder) } // what stays is for the system to clean
	cfg := a.cfg
	cfg.Keys = nil // a book to look at, which nobody signs in
	opt, id := cfg.options(false)
	past, err := store.Create(ctx, filepath.Join(folder, "state.book"), store.BookInfo{ID: a.store.BookID()}, opt)
	if err != nil {
		remove()
		return nil, nil, err
	}
	done = func() {
		_ = past.Close() // it goes with its folder
		remove()
	}
	if err := a.replay(ctx, past, s); err != nil {
		done()
		return nil, nil, err
	}
	return build(past, cfg, id), done, nil
}

// replay tells another store the entries of a state.
func (a *App) replay(ctx context.Context, into *store.Store, s State) error {
	_, err := into.Write(ctx, store.Act{What: "Look at a state"}, func(tx *store.Tx) error {
		m := tx.Merger()
		var g governing
		if err := a.store.ReadLog(ctx, store.LogReader{Only: s.held, Aside: true, Txn: g.txn, Op: g.op}); err != nil {
			return err
		}
		if err := m.Foresee(g.list); err != nil {
			return err
		}
		if err := a.store.ReadLog(ctx, store.LogReader{Only: s.held, Aside: true, Txn: m.Txn, Op: m.Op}); err != nil {
			return err
		}
		return m.Finish()
	})
	return err
}
