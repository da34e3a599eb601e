package oplog

import (
	"bytes"
	"maps"
	"reflect"
	"slices"

	"fieldbook/data"
)

// Rights is the history of who may do what: the acts on members, their roles
// and reporting lines, and their devices. Each act names the newest of these
// that its author had seen, its basis; what an author may do is judged by what
// stands behind that basis. What counts follows from the set of acts that are
// here alone, so that all books decide alike whatever came when.
type Rights struct {
	root     []byte // the founding device's key; nil in an open book
	acts     map[data.ID]*rightsAct
	founding *Op
	ops      map[Dot]*Op
	verdicts map[Dot]Verdict // of all ops about rights; nil once an act came
	leads    map[Dot]bool    // those by the founder or a lead
	known    map[string]*Standing
	now      *Standing
	cuts     map[string]Cut // of devices that are revoked now
	cut      Cut            // of the founding
}

type rightsAct struct {
	txn *Txn
	ops []*Op
}

// NewRights is the history of an open book, where everybody may do everything,
// or, with the key of the device that founded it, of a book with members.
func NewRights(root []byte) *Rights {
	return &Rights{root: bytes.Clone(root), acts: map[data.ID]*rightsAct{}, ops: map[Dot]*Op{}}
}

// Founded reports whether the book has members.
func (r *Rights) Founded() bool { return len(r.root) > 0 }

// Root is the key of the founding device, nil in an open book.
func (r *Rights) Root() []byte { return r.root }

// GoverningKinds are the kinds whose ops can change what anybody may do.
func GoverningKinds() []string { return []string{data.KindDevice, data.KindPerson} }

// Governs reports whether an op changes what anybody may do: later acts stand on it.
func Governs(op *Op) bool {
	switch op.Kind {
	case data.KindDevice:
		return true
	case data.KindPerson:
		for name := range op.All() {
			if name == "role" || name == "manager" || name == DeletedCell {
				return true
			}
		}
	}
	return false
}

// founds reports whether an op, of an act, founds the book of this root.
func (r *Rights) founds(t *Txn, op *Op) bool {
	_, key, ok := FoundingCut(op)
	return ok && r.Founded() && len(t.Basis) == 0 && bytes.Equal(t.Key, r.root) && bytes.Equal(key, r.root)
}

// Add takes in an op that governs rights, of an act whose signature is sound,
// whether or not it will count. An op that is here already changes nothing.
func (r *Rights) Add(t *Txn, op *Op) {
	if r.ops[op.Dot] != nil {
		return
	}
	r.ops[op.Dot] = op
	r.verdicts, r.now = nil, nil
	if r.founds(t, op) && (r.founding == nil || op.Compare(r.founding.Dot) < 0) {
		r.founding = op
		r.cut, _, _ = FoundingCut(op)
	}
	a := r.acts[t.ID]
	if a == nil {
		a = &rightsAct{txn: t}
		r.acts[t.ID] = a
	}
	a.ops = append(a.ops, op)
}

// isFounding reports whether an act is the one that founds the book.
func (r *Rights) isFounding(t *Txn) bool { return r.founding != nil && r.founding.Txn == t.ID }

// isEarly reports whether an act is of before the founding, or says that it is.
func (r *Rights) isEarly(t *Txn) bool { return len(t.Basis) == 0 && !r.isFounding(t) }

// rounds bounds how often what counts is worked out anew because devices proved
// to be revoked.
const rounds = 8

// resolve works out which of the ops about rights count. A revoked device's ops
// beyond its cut do not, and what stood on them may fall in turn; so it goes in
// rounds, each with the revocations that the one before left standing.
func (r *Rights) resolve() {
	if r.verdicts != nil {
		return
	}
	order := r.order()
	r.cuts = nil
	for range rounds {
		r.verdicts, r.leads, r.known = map[Dot]Verdict{}, map[Dot]bool{}, map[string]*Standing{}
		for _, id := range order {
			a := r.acts[id]
			for _, op := range a.ops {
				r.verdicts[op.Dot] = r.judge(a.txn, op, r.deviceOwner)
				r.leads[op.Dot] = r.byLead(a.txn)
			}
		}
		r.now, _ = r.at(r.heads())
		if r.now == nil {
			r.now = r.standing(NewBook())
		}
		next := r.now.cuts()
		if reflect.DeepEqual(next, r.cuts) {
			return
		}
		r.cuts = next
	}
}

// counts reports whether an op about rights was judged and counts.
func (r *Rights) counts(d Dot) bool {
	v, judged := r.verdicts[d]
	return judged && v.Outcome == Counts
}

// order lists the acts so that each stands behind those it stands on or says
// whose a device was by; those of before the founding, on which all others are
// judged, come first, and those on acts that are not here last.
func (r *Rights) order() []data.ID {
	ids := slices.SortedFunc(maps.Keys(r.acts), func(a, b data.ID) int {
		if x, y := len(r.acts[a].txn.Basis) > 0, len(r.acts[b].txn.Basis) > 0; x != y {
			if y {
				return -1
			}
			return 1
		}
		return bytes.Compare(a[:], b[:])
	})
	var out []data.ID
	state := map[data.ID]bool{}
	for _, id := range ids {
		// Depth first without recursion: a long chain must not exhaust the stack.
		todo := []data.ID{id}
		for len(todo) > 0 {
			top := todo[len(todo)-1]
			if done, met := state[top]; met {
				todo = todo[:len(todo)-1]
				if !done {
					state[top] = true
					out = append(out, top)
				}
				continue
			}
			state[top] = false
			for _, up := range r.standsOn(r.acts[top]) {
				if _, met := state[up]; !met && r.acts[up] != nil {
					todo = append(todo, up)
				}
			}
		}
	}
	return out
}

// standsOn are the acts that an act must be judged after, and brings its ops into
// their order.
func (r *Rights) standsOn(a *rightsAct) []data.ID {
	slices.SortFunc(a.ops, func(x, y *Op) int { return x.Compare(y.Dot) })
	out := slices.Clone(a.txn.Basis)
	for _, op := range a.ops {
		for _, d := range op.Under {
			if up := r.ops[d]; up != nil && up.Txn != a.txn.ID && len(a.txn.Basis) > 0 {
				out = append(out, up.Txn)
			}
		}
	}
	return out
}

// deviceOwner is the Owner for ops about devices.
func (r *Rights) deviceOwner(row data.ID, cell string, of Dot) (data.ID, Outcome) {
	op := r.ops[of]
	switch {
	case op == nil:
		return data.NoID, Waits
	case op.Row != row || !r.counts(of):
		return data.NoID, Refused
	}
	return data.RefText(op.Cells[cell].Value), Counts
}

// Heads are the newest acts that change rights, those that none of the others
// stands on: the basis of what is done next.
func (r *Rights) Heads() []data.ID {
	r.resolve()
	return r.heads()
}

func (r *Rights) heads() []data.ID {
	behind := map[data.ID]bool{}
	var counting []data.ID
	for id, a := range r.acts {
		if !r.isEarly(a.txn) && slices.ContainsFunc(a.ops, func(op *Op) bool { return r.counts(op.Dot) }) {
			counting = append(counting, id)
			r.ancestors(a.txn.Basis, func(up data.ID) { behind[up] = true })
		}
	}
	heads := slices.DeleteFunc(counting, func(id data.ID) bool { return behind[id] })
	slices.SortFunc(heads, func(a, b data.ID) int { return bytes.Compare(a[:], b[:]) })
	return heads[:min(len(heads), MaxBasis)]
}

// ancestors visits acts and all that stand behind them; false where one of them
// is not here.
func (r *Rights) ancestors(from []data.ID, visit func(data.ID)) bool {
	seen := map[data.ID]bool{}
	todo := slices.Clone(from)
	whole := true
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[id] {
			continue
		}
		seen[id] = true
		a := r.acts[id]
		if a == nil {
			whole = false
			continue
		}
		visit(id)
		todo = append(todo, a.txn.Basis...)
	}
	return whole
}

// At is who may do what behind a basis; ok is false where acts that it stands
// on are not here yet.
func (r *Rights) At(basis []data.ID) (s *Standing, ok bool) {
	r.resolve()
	return r.at(basis)
}

func (r *Rights) at(basis []data.ID) (s *Standing, ok bool) {
	name := make([]byte, 0, len(basis)*len(data.ID{}))
	for _, id := range basis {
		name = append(name, id[:]...)
	}
	if s, ok := r.known[string(name)]; ok {
		return s, s != nil
	}
	book := NewBook()
	apply := func(op *Op) {
		if r.counts(op.Dot) {
			book.Apply(op)
		}
	}
	for _, a := range r.acts {
		if r.isEarly(a.txn) {
			for _, op := range a.ops {
				apply(op)
			}
		}
	}
	ok = r.ancestors(basis, func(id data.ID) {
		for _, op := range r.acts[id].ops {
			apply(op)
		}
	})
	if ok {
		s = r.standing(book)
	}
	r.known[string(name)] = s
	return s, ok
}

// Now is who may do what by all that is here.
func (r *Rights) Now() *Standing {
	r.resolve()
	return r.now
}

// RightsMark is what counted at one moment.
type RightsMark struct {
	founded bool
	cuts    map[string]Cut
	counted map[Dot]bool
}

// Mark notes what counts now.
func (r *Rights) Mark() RightsMark {
	r.resolve()
	m := RightsMark{founded: r.Founded(), cuts: r.cuts, counted: map[Dot]bool{}}
	for d := range r.ops {
		if r.counts(d) {
			m.counted[d] = true
		}
	}
	return m
}

// Since lists the keys of the devices that were revoked or cut elsewhere since a
// mark. fell reports that something about rights counted then and does not now,
// or that the book was founded since: then anything may have fallen with it.
func (r *Rights) Since(m RightsMark) (cut []string, fell bool) {
	r.resolve()
	for key, now := range r.cuts {
		if was, known := m.cuts[key]; !known || !maps.Equal(was, now) {
			cut = append(cut, key)
		}
	}
	slices.Sort(cut)
	fell = r.Founded() && !m.founded
	for d := range m.counted {
		fell = fell || !r.counts(d)
	}
	return cut, fell
}
