package app

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/data/oplog"
)

// TestSoakMembersConverge lets the members of a book drift apart and together
// again, and looks whether all that was promised them holds.
func TestSoakMembersConverge(t *testing.T) {
	datatest.Cases(t, datatest.Share(4, 2000))
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp("", "fieldbook-members-")
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { _ = os.RemoveAll(dir) }() // a temporary folder
		w := drawnCrew(rt, dir)
		defer w.close()
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			w.step()
		}
		w.gather()
		w.equal()
		w.rightful()
		w.inbox()
		for _, m := range w.mates {
			w.discreet(m)
		}
		w.whole()
	})
}

// gather lets everything arrive: from everybody to the leads, between the leads,
// and back to everybody.
func (w *crew) gather() {
	for _, f := range slices.Clone(w.files) {
		w.take(f.to, f)
	}
	for range 2 {
		for _, m := range w.mates {
			for _, lead := range w.mates[:crewLeads] {
				w.hand(m, lead, ShareOptions{Everything: true})
			}
		}
		for _, m := range w.mates[crewLeads:] {
			w.hand(w.mates[0], m, ShareOptions{To: w.people[m.name], Since: true})
		}
	}
}

func (w *crew) hand(from, to *colleague, o ShareOptions) {
	if from == to {
		return
	}
	if f, sent := w.send(from, to, o); sent {
		w.take(to, f)
	}
}

// equal: leads who heard everything have the same book and decide alike.
func (w *crew) equal() {
	for _, m := range w.mates {
		r, err := m.Journal.Verify(context.Background())
		if err != nil || r.Faults > 0 {
			w.f.Fatalf("verify of %s: %v %v", m.name, err, r.Findings)
		}
	}
	lea, lin := w.mates[0], w.mates[1]
	if x, y := w.dump(lea), w.dump(lin); !slices.Equal(x, y) {
		w.f.Fatalf("the leads' books differ:\n%s", strings.Join(datatest.Differing(x, y), "\n"))
	}
	if x, y := w.log(lea), w.log(lin); !slices.Equal(x, y) {
		w.f.Fatalf("the leads' logs differ:\n%s", strings.Join(datatest.Differing(x, y), "\n"))
	}
	theirs := w.verdicts(lin)
	for d, x := range w.verdicts(lea) {
		if y, also := theirs[d]; also && x != y {
			w.f.Fatalf("of %v Lea says %s and Lin %s", d, x, y)
		}
	}
	before := w.dump(lea)
	for _, f := range w.files {
		if f.to == lea {
			w.take(lea, f)
		}
	}
	if x := w.dump(lea); !slices.Equal(before, x) {
		w.f.Fatalf("old files changed the book:\n%s", strings.Join(datatest.Differing(before, x), "\n"))
	}
}

func (w *crew) dump(m *colleague) (out []string) {
	w.must(m.Journal.Dump(context.Background(), func(l string) error { out = append(out, l); return nil }))
	return out
}

// log is every op of a book as text.
func (w *crew) log(m *colleague) (out []string) {
	w.must(m.store.EachOp(context.Background(), nil, func(op *oplog.Op) error {
		out = append(out, fmt.Sprintf("%v %s %s %s hidden %d", op.Dot, op.Kind, op.Row, cellsText(op), len(op.Hidden)))
		return nil
	}))
	slices.Sort(out)
	return out
}

func cellsText(op *oplog.Op) string {
	var out []string
	for name, c := range op.Cells {
		out = append(out, fmt.Sprintf("%s=%s", name, c.Value))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func (w *crew) verdicts(m *colleague) map[oplog.Dot]string {
	list, err := m.store.Quarantine(context.Background())
	w.must(err)
	out := map[oplog.Dot]string{}
	for _, q := range list {
		out[q.Dot] = fmt.Sprintf("waits %t: %s", q.Waits, q.Reason)
	}
	return out
}

// rightful: nothing counts that its author had no right to, and everything
// counts that the program let somebody do while no device was revoked.
func (w *crew) rightful() {
	bob := w.people["Bob"]
	lea := w.mates[0]
	acts := map[data.ID]oplog.Txn{}
	w.must(lea.store.EachOp(context.Background(),
		func(t oplog.Txn, _ []oplog.Hash) error {
			acts[t.ID] = t
			return nil
		},
		func(op *oplog.Op) error {
			if w.forged[op.Replica] {
				w.f.Fatalf("a forged act counts: %+v", op)
			}
			if acts[op.Txn].Author != bob {
				return nil
			}
			for name := range op.All() {
				if !repMay(op, name, bob) && !repLeaves(op, name) {
					w.f.Fatalf("Bob, a rep, changed %s of %s: %q", name, op.Kind, acts[op.Txn].What)
				}
			}
			return nil
		}))
	if w.revoked {
		return
	}
	for _, m := range w.mates[:crewLeads] {
		list, err := m.store.Quarantine(context.Background())
		w.must(err)
		for _, q := range list {
			if !w.forged[q.Dot.Replica] {
				w.f.Fatalf("%s keeps an honest act of %s in quarantine: %q, since %s", m.name, q.Act.Name, q.Act.What, q.Reason)
			}
		}
	}
}

func repMay(op *oplog.Op, cell string, rep data.ID) bool {
	switch op.Kind {
	case data.KindDeal, data.KindAccount:
		return cell != "owner" || len(op.Under) == 0
	case data.KindPerson:
		return op.Row == rep && (cell == "phone" || cell == "email")
	case data.KindActivity, data.KindDevice, data.KindStageEntry, data.KindContact, data.KindCommitment:
		return true
	case data.KindOneOnOne:
		return cell != "notes" && cell != "figures"
	case data.KindReview:
		return cell == "self_text"
	case data.KindDispute:
		return cell != "verdict"
	}
	return false
}

// repLeaves: a case that a rep raises stands open, with nothing decided.
func repLeaves(op *oplog.Op, cell string) bool {
	return op.Kind == data.KindDispute && len(op.Under) == 0 && string(op.Cells[cell].Value) == `{"status":"open"}`
}

// inbox: every concurrent loser that nobody overwrote waits there.
func (w *crew) inbox() {
	for _, m := range w.mates[:crewLeads] {
		book := oplog.NewBook()
		w.must(m.store.EachOp(context.Background(), nil, func(op *oplog.Op) error { book.Apply(op); return nil }))
		var want []string
		for _, id := range book.Rows() {
			for name, reg := range book.Row(id).Cells {
				if name != oplog.DeletedCell && oplog.InConflict(reg.Live) {
					want = append(want, fmt.Sprintf("conflict %x %s", id[:], name))
				}
			}
			if book.Deletion(id) == oplog.Contested {
				want = append(want, fmt.Sprintf("conflict %x %s", id[:], oplog.DeletedCell))
			}
		}
		slices.Sort(want)
		got := slices.DeleteFunc(w.dump(m), func(l string) bool { return !strings.HasPrefix(l, "conflict") })
		slices.Sort(got)
		if !slices.Equal(got, want) {
			w.f.Fatalf("the inbox of %s differs from the log:\n%s", m.name, strings.Join(datatest.Differing(want, got), "\n"))
		}
	}
}

// whole: what is Bob's stands in his book as in the leads'.
func (w *crew) whole() {
	if w.revoked {
		return
	}
	all := w.dump(w.mates[0])
	for _, bob := range w.mates {
		if bob.name != "Bob" {
			continue
		}
		mine := w.dump(bob)
		for _, l := range all {
			owned := strings.HasPrefix(l, "deal") && strings.Contains(l, fmt.Sprintf(` owner="%s"`, w.people["Bob"]))
			if (owned || strings.HasPrefix(l, "device")) && !slices.Contains(mine, l) {
				w.f.Fatalf("Bob's book lacks or has otherwise: %s\n%s", l, strings.Join(mine, "\n"))
			}
		}
	}
}
