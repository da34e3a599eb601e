package store

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data"
	"fieldbook/data/bundle"
	"fieldbook/data/oplog"
)

// guild is a book with members: a lead, a manager and his two reps, each with a
// file of his own, who swap share files and sometimes forge one.
type guild struct {
	*team
	files []guildFile
}

type guildFile struct {
	content []byte
	dots    map[oplog.Dot]bool
}

const guildLead, guildManager, guildReps = 0, 1, 2 // the places of the lead, the manager and the first rep

func guildPerson(n int) data.ID { return soakID("person", n) }
func guildDeal(n int) data.ID   { return soakID("deal", n) }

func (w *guild) device(n int) data.ID { return oplog.DeviceRow(w.signer(n).Public()) }

func (w *guild) signer(n int) seedSigner { return newSeedSigner(filepath.Base(w.books[n].path)) }

// newGuild founds the book, makes all members and gives each rep a deal.
func newGuild(t *rapid.T) *guild {
	w := &guild{team: newTeam(t, 4)}
	lead := w.books[guildLead]
	_, err := lead.Write(context.Background(), Act{What: "Found", Author: guildPerson(0)}, func(tx *Tx) error {
		for n := range w.books {
			person := data.Values{"name": fmt.Sprint(n), "role": data.RoleRep, "manager": guildPerson(guildManager)}
			device := data.Values{"person": guildPerson(n), "name": fmt.Sprint(n), "type": data.DeviceOwn, "signing_key": hex.EncodeToString(w.signer(n).Public())}
			switch n {
			case guildLead:
				person = data.Values{"name": fmt.Sprint(n), "role": data.RoleLead}
				device["founding"] = oplog.Cut{}.String()
			case guildManager:
				person = data.Values{"name": fmt.Sprint(n), "role": data.RoleManager}
			}
			if err := errors.Join(putting(data.KindPerson, guildPerson(n), person)(tx), putting(data.KindDevice, w.device(n), device)(tx)); err != nil {
				return err
			}
			if n >= guildReps {
				deal := data.Values{"name": fmt.Sprint(n), "owner": guildPerson(n), "stage": soakID("stage", 0)}
				if err := putting(data.KindDeal, guildDeal(n), deal)(tx); err != nil {
					return err
				}
			}
		}
		return nil
	})
	w.may(err)
	first := w.pack(lead, nil)
	for _, m := range w.books[1:] {
		w.take(m, first)
	}
	return w
}

// may passes over what people are told that they cannot do.
func (w *guild) may(err error) {
	if kind := data.KindOf(err); err != nil && kind != data.Refused && kind != data.NotFound {
		w.t.Fatal(err)
	}
}

// take merges a file as the program does: what it says of members first.
func (w *guild) take(m *member, file []byte) {
	_, err := m.Write(context.Background(), Act{What: "Merge"}, func(tx *Tx) error {
		mg := tx.Merger()
		var act oplog.Txn
		var says []Governing
		err := w.read(file, bundle.Handler{
			Kinds: oplog.GoverningKinds(),
			Txn:   func(t oplog.Txn, _ []oplog.Hash) error { act = t; return nil },
			Op: func(op *oplog.Op) error {
				if oplog.Governs(op) {
					says = append(says, Governing{Act: act, Op: op})
				}
				return nil
			},
		})
		if err == nil {
			err = mg.Foresee(says)
		}
		if err == nil {
			err = w.read(file, bundle.Handler{Txn: mg.Txn, Op: mg.Op})
		}
		if err != nil {
			return err
		}
		return mg.Finish()
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *guild) read(file []byte, h bundle.Handler) error {
	return bundle.Read(context.Background(), bytes.NewReader(file), bundle.OpenOptions{}, h)
}

// pass puts a file on its way.
func (w *guild) pass(content []byte) {
	f := guildFile{content, map[oplog.Dot]bool{}}
	if err := w.read(content, bundle.Handler{Op: func(op *oplog.Op) error { f.dots[op.Dot] = true; return nil }}); err != nil {
		w.t.Fatal(err)
	}
	w.files = append(w.files, f)
}

func (w *guild) step() {
	t := w.t
	ctx := context.Background()
	n := rapid.IntRange(0, len(w.books)-1).Draw(t, "who")
	m := w.books[n]
	rep := rapid.IntRange(guildReps, len(w.books)-1).Draw(t, "rep")
	write := func(what string, fn func(*Tx) error) {
		_, err := m.Write(ctx, Act{What: what, Author: guildPerson(n)}, fn)
		w.may(err)
	}
	switch rapid.SampledFrom([]string{"edit", "edit", "edit", "hand over", "role", "revoke", "remove", "share", "share", "merge", "merge", "undo", "redo", "undo one", "forge", "forge", "decide", "decide"}).Draw(t, "do") {
	case "edit":
		write("Edit", putting(data.KindDeal, guildDeal(rep), data.Values{"next_step": rapid.SampledFrom([]data.Value{"x", "y", nil}).Draw(t, "text")}))
	case "hand over":
		to := rapid.IntRange(guildReps, len(w.books)-1).Draw(t, "to")
		write("Hand over", putting(data.KindDeal, guildDeal(rep), data.Values{"owner": guildPerson(to)}))
	case "role":
		change := rapid.SampledFrom([]data.Values{{"role": data.RoleManager}, {"role": data.RoleRep}, {"manager": guildPerson(guildManager)}, {"manager": nil}, {"title": "T"}}).Draw(t, "standing")
		write("Role", putting(data.KindPerson, guildPerson(rapid.IntRange(guildManager, len(w.books)-1).Draw(t, "whose")), change))
	case "revoke":
		w.revoke(m, rapid.IntRange(guildManager, len(w.books)-1).Draw(t, "device"))
	case "remove":
		write("Remove", func(tx *Tx) error {
			if !tx.Exists(guildDeal(rep)) {
				return nil
			}
			return tx.Delete(data.KindDeal, guildDeal(rep))
		})
	case "share":
		w.pass(w.share(m))
	case "merge":
		if len(w.files) > 0 {
			w.take(m, w.files[rapid.IntRange(0, len(w.files)-1).Draw(t, "file")].content)
		}
	case "undo":
		_, err := m.Undo(ctx, data.NoID, Act{Author: guildPerson(n)})
		w.may(err)
	case "redo":
		_, err := m.Redo(ctx, Act{Author: guildPerson(n)})
		w.may(err)
	case "undo one":
		w.may(w.undoOne(m))
	case "forge":
		w.forge(rep)
	case "decide":
		w.decide(m)
	}
}

// revoke ends a device's membership, or takes it in again.
func (w *guild) revoke(m *member, n int) {
	ctx := context.Background()
	all, err := m.Cut(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	cut := oplog.Cut{}
	for id, end := range all {
		if end.Key == hex.EncodeToString(w.signer(n).Public()) {
			cut[id] = oplog.CutEnd{To: end.To}
		}
	}
	var value data.Value = cut.String()
	if rights, err := m.Rights(ctx); err != nil {
		w.t.Fatal(err)
	} else if d, ok := rights.Now().Device(w.signer(n).Public()); ok && d.Revoked {
		value = nil
	}
	_, err = m.Write(ctx, Act{What: "Revoke"}, putting(data.KindDevice, w.device(n), data.Values{"revoked": value}))
	w.may(err)
}

// decide accepts or discards something in quarantine; to accept what is about
// people would make a lead of whoever forged it.
func (w *guild) decide(m *member) {
	list, err := m.Quarantine(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	if len(list) == 0 {
		return
	}
	q := list[rapid.IntRange(0, len(list)-1).Draw(w.t, "held")]
	accept := rapid.Bool().Draw(w.t, "accept") && q.Kind == data.KindDeal
	_, err = m.Write(context.Background(), Act{What: "Decide"}, func(tx *Tx) error {
		if accept {
			return tx.Accept(q)
		}
		return tx.Discard(q)
	})
	w.may(err)
}

// forge puts an act on its way that a rep's program would not let him do, or that
// says less than it would of what he had seen.
func (w *guild) forge(rep int) {
	t := w.t
	m := w.books[rep]
	lead := w.books[guildLead].ReplicaID()
	born := func(n uint64) []oplog.Dot { return []oplog.Dot{{Replica: lead, Seq: n}} }
	other := guildReps + (rep-guildReps+1)%2
	row := func(n int) uint64 { return uint64(n)*2 + 1 + uint64(max(0, n-guildReps)) } // the op that made a person
	op := []*oplog.Op{
		{Kind: data.KindPerson, Row: guildPerson(rep), Cells: map[string]oplog.Cell{"role": value(`"lead"`, born(row(rep))...)}},
		{Kind: data.KindPerson, Row: guildPerson(other), Cells: map[string]oplog.Cell{"manager": value(`"`+guildPerson(rep).String()+`"`, born(row(other))...)}},
		{Kind: data.KindDeal, Row: guildDeal(other), Cells: map[string]oplog.Cell{"next_step": value(`"mine"`, born(row(other)+2)...)}, Under: born(row(other) + 2)},
		{Kind: data.KindDeal, Row: guildDeal(rep), Cells: map[string]oplog.Cell{"next_step": value(`"late"`, born(row(rep)+2)...)}, Under: born(row(rep) + 2)},
		{Kind: data.KindDeal, Row: guildDeal(rep), Cells: map[string]oplog.Cell{"next_step": value(`"bare"`)}},
		{Kind: data.KindDevice, Row: w.device(guildLead), Cells: map[string]oplog.Cell{"revoked": value(`"{}"`)}},
		{Kind: data.KindSetting, Row: soakID("setting", 0), Cells: map[string]oplog.Cell{"name": value(`"mine"`)}},
	}[rapid.IntRange(0, 6).Draw(t, "forged")]
	rights, err := m.Rights(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	w.count++
	act := oplog.Txn{ID: soakID("forged act", w.count), Replica: soakID("forged", w.count), Stamp: oplog.NewStamp(data.InstantOf(w.now)), What: "Forge", First: 1, Count: 1}
	if rapid.IntRange(0, 3).Draw(t, "says nothing") > 0 {
		act.Basis = rights.Heads()
	}
	op.Dot, op.Txn, op.Stamp = oplog.Dot{Replica: act.Replica, Seq: 1}, act.ID, act.Stamp
	act.Sign(w.signer(rep), op.Leaf())
	var b bytes.Buffer
	out, err := bundle.NewWriter(&b, bundle.Manifest{Book: m.BookID(), From: bundle.Sender{Replica: act.Replica}, Replicas: []data.ID{act.Replica, lead}}, bundle.WriteOptions{})
	if err == nil {
		err = errors.Join(out.Txn(act, nil), out.Op(op), out.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	w.pass(b.Bytes())
}

// route is the files in the order in which one book gets them: some doubled, some
// lost of which others hold all.
func (w *guild) route() (out []guildFile) {
	var order []int
	for i := range w.files {
		order = append(order, slices.Repeat([]int{i}, rapid.SampledFrom([]int{1, 1, 1, 2}).Draw(w.t, "times"))...)
	}
	for _, i := range rapid.Permutation(order).Draw(w.t, "order") {
		out = append(out, w.files[i])
	}
	for range rapid.IntRange(0, 5).Draw(w.t, "lost") {
		i := rapid.IntRange(0, len(out)-1).Draw(w.t, "this")
		if rest := slices.Delete(slices.Clone(out), i, i+1); covered(out[i], rest) {
			out = rest
		}
	}
	return out
}

func covered(f guildFile, by []guildFile) bool {
	for d := range f.dots {
		if !slices.ContainsFunc(by, func(o guildFile) bool { return o.dots[d] }) {
			return false
		}
	}
	return true
}

// aside is what a book keeps in quarantine of what files told, by dot; what
// somebody decided on here is his own affair.
func (w *guild) aside(m *member) map[oplog.Dot]string {
	ids, err := m.replicaIDs(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[oplog.Dot]string{}
	err = quarantined(context.Background(), m.read, ids, `1`, func(x quarantineLine) error {
		if !slices.ContainsFunc(w.files, func(f guildFile) bool { return f.dots[x.op.Dot] }) {
			return nil // his own, which he never sent
		}
		out[x.op.Dot] = fmt.Sprintf("%d %s", x.state, x.reason)
		if x.state == quarantineAside {
			out[x.op.Dot] = ""
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// asides: two quarantines hold the same for the same reasons.
func (w *guild) asides(a, b *member) {
	x, y := w.aside(a), w.aside(b)
	for d := range x {
		if v, also := y[d]; !also || v != x[d] && v != "" && x[d] != "" {
			w.t.Fatalf("%v is %q in one quarantine and %q in the other", d, x[d], v)
		}
	}
	if len(x) != len(y) {
		w.t.Fatalf("in quarantine are\n%v\nand\n%v", x, y)
	}
}

// quarantineConverges: the same files, in whatever order, doubled and some of them
// lost, end in the same book and the same quarantine, in the books of those who
// wrote them and in new ones.
func quarantineConverges(t *rapid.T) {
	w := newGuild(t)
	defer w.close()
	for range rapid.IntRange(1, 40).Draw(t, "steps") {
		w.step()
	}
	authors := slices.Clone(w.books)
	for _, m := range authors {
		w.pass(w.pack(m, nil))
	}
	for n := range 2 {
		m := &member{path: filepath.Join(w.dir, fmt.Sprintf("new %d.book", n))}
		o := w.options(m)
		o.Signer = nil
		var err error
		if m.Store, err = Create(context.Background(), m.path, BookInfo{ID: authors[0].BookID()}, o); err != nil {
			t.Fatal(err)
		}
		w.books = append(w.books, m)
	}
	for _, m := range w.books {
		for _, f := range w.route() {
			w.take(m, f.content)
		}
	}
	for _, m := range w.books[1:] {
		w.asides(w.books[0], m)
	}
	w.alike()
}

func TestSoakQuarantineConverges(t *testing.T) { soak(t, 12, 2000, quarantineConverges) }
