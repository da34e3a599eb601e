package app

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

// testCrew is a crew whose clocks are right.
func testCrew(t *testing.T) *crew {
	t.Helper()
	w := newCrew(t, t.TempDir())
	t.Cleanup(w.close)
	return w
}

// passes hands on what one holds to another: all of it, or the other's part.
func (w *crew) passes(from, to string, everything bool) {
	o := ShareOptions{Everything: true}
	if !everything {
		o = ShareOptions{To: w.people[to], Since: true}
	}
	w.now = w.now.Add(time.Minute)
	f, sent := w.send(w.at(from), w.at(to), o)
	if !sent {
		w.f.Fatalf("%s could not share with %s", from, to)
	}
	_, err := w.at(to).Sharing.Merge(context.Background(), []string{f.path}, MergeOptions{})
	w.must(err)
}

func (w *crew) changes(who, kind, title string, v data.Values) {
	w.now = w.now.Add(time.Minute)
	row, err := w.at(who).Records.Find(context.Background(), kind, title)
	w.must(err)
	w.must(w.at(who).Records.Set(context.Background(), kind, []data.ID{row.ID}, v))
}

func (w *crew) sees(who, kind, title, field string) data.Value {
	row, err := w.at(who).Records.Find(context.Background(), kind, title)
	w.must(err)
	return row.Values[field]
}

// device is the own device of a person as Lea knows it.
func (w *crew) device(of string) Device {
	list, err := w.at("Lea").Members.List(context.Background())
	w.must(err)
	for _, p := range list {
		for _, d := range p.Devices {
			if p.Person.Title() == of && !d.Invitation {
				return d
			}
		}
	}
	w.f.Fatalf("Lea knows no device of %s", of)
	return Device{}
}

func (w *crew) agree(names ...string) {
	for _, name := range names {
		r, err := w.at(name).Journal.Verify(context.Background())
		if err != nil || r.Faults > 0 {
			w.f.Fatalf("verify of %s: %v %v", name, err, r.Findings)
		}
		if x, y := w.dump(w.at(names[0])), w.dump(w.at(name)); !slices.Equal(x, y) {
			w.f.Fatalf("%s and %s differ:\n%s", names[0], name, strings.Join(datatest.Differing(x, y), "\n"))
		}
	}
}

// What stood on an edit falls with it, also where the edit fell later.
func TestWhatStoodOnAFallenEditFalls(t *testing.T) {
	w := testCrew(t)
	w.changes("Max", data.KindDeal, "Ada's deal", data.Values{"owner": w.people["Bob"]})
	w.passes("Max", "Bob", false)
	w.changes("Bob", data.KindDeal, "Ada's deal", data.Values{"next_step": "mine now"})
	w.passes("Max", "Lin", true)
	w.passes("Bob", "Lin", true)
	w.must(w.at("Lea").Members.Revoke(context.Background(), w.device("Max").ID))
	for range 2 {
		w.passes("Lea", "Lin", true)
		w.passes("Lin", "Lea", true)
		w.passes("Bob", "Lea", true)
	}
	w.agree("Lea", "Lin")
}

// An act that does not count is passed on where others stand on it.
func TestActsOnAFallenOneCountEverywhere(t *testing.T) {
	w := testCrew(t)
	w.changes("Max", data.KindPerson, "Bob", data.Values{"manager": w.people["Ada"]})
	w.passes("Max", "Ada", false)
	w.changes("Ada", data.KindDeal, "Ada's deal", data.Values{"next_step": "call"})
	w.passes("Ada", "Lin", true)
	w.must(w.at("Lea").Members.Revoke(context.Background(), w.device("Max").ID))
	for range 2 {
		w.passes("Lea", "Lin", true)
		w.passes("Lin", "Lea", true)
	}
	w.agree("Lea", "Lin")
	if got := w.sees("Lea", data.KindDeal, "Ada's deal", "next_step"); got != "call" {
		t.Errorf("Lea sees %v", got)
	}
}

func TestReadmittedDevicesEditsCountAtOnce(t *testing.T) {
	w := testCrew(t)
	ctx := context.Background()
	ada := w.device("Ada").ID
	w.must(w.at("Lea").Members.Revoke(ctx, ada))
	w.changes("Ada", data.KindDeal, "Ada's deal", data.Values{"next_step": "call <b> & c"})
	w.passes("Ada", "Lea", true)
	if got := w.sees("Lea", data.KindDeal, "Ada's deal", "next_step"); got != nil {
		t.Errorf("of a revoked device Lea sees %v", got)
	}
	w.must(w.at("Lea").Members.Readmit(ctx, ada))
	if got := w.sees("Lea", data.KindDeal, "Ada's deal", "next_step"); got != "call <b> & c" {
		t.Errorf("of a device taken in again Lea sees %v", got)
	}
	if list, err := w.at("Lea").Members.Quarantine(ctx); err != nil || len(list) != 0 {
		t.Errorf("in quarantine: %v (%v)", list, err)
	}
	w.passes("Lea", "Lin", true)
	w.agree("Lea", "Lin")
	if _, err := w.at("Lea").Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if got := w.sees("Lea", data.KindDeal, "Ada's deal", "next_step"); got != nil {
		t.Errorf("once that is undone Lea sees %v", got)
	}
	w.passes("Lea", "Lin", true)
	w.agree("Lea", "Lin")
}

// To discard is a word about what one sees; it keeps nothing from counting that
// counts elsewhere.
func TestDiscardedEditCountsOnceItsDeviceIsTakenInAgain(t *testing.T) {
	w := testCrew(t)
	ctx := context.Background()
	ada := w.device("Ada").ID
	w.must(w.at("Lea").Members.Revoke(ctx, ada))
	w.changes("Ada", data.KindDeal, "Ada's deal", data.Values{"next_step": "call"})
	w.passes("Lea", "Lin", true)
	w.passes("Ada", "Lea", true)
	w.passes("Ada", "Lin", true)
	list, err := w.at("Lea").Members.Quarantine(ctx)
	if err != nil || len(list) != 1 {
		t.Fatalf("in quarantine: %v (%v)", list, err)
	}
	w.must(w.at("Lea").Members.Discard(ctx, list))
	w.must(w.at("Lea").Members.Readmit(ctx, ada))
	w.passes("Lea", "Lin", true)
	w.passes("Lin", "Lea", true)
	w.agree("Lea", "Lin")
}

// What was kept back is told once it is the receiver's to see.
func TestPrivateWordComesOnceAPersonJoinsTheTeam(t *testing.T) {
	w := testCrew(t)
	w.passes("Max", "Lea", true)
	w.passes("Lea", "Max", false)
	w.changes("Lea", data.KindPerson, "Cid", data.Values{"manager": w.people["Max"]})
	w.passes("Lea", "Max", false)
	if got := w.sees("Max", data.KindPerson, "Cid", "note"); got != "private word" {
		t.Errorf("Max reads of Cid %v", got)
	}
	w.agree("Max")
}
