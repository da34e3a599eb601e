package oplog

import (
	"fmt"
	"testing"

	"fieldbook/data"
)

// become is an act by which somebody makes himself a lead.
func (o *office) become(who byte, name string, basis ...data.ID) *Txn {
	return o.act(who, basis, &Op{Kind: data.KindPerson, Row: pid(name), Cells: map[string]Cell{"role": quoted(data.RoleLead)}})
}

// outcome is what becomes of the first op of an act, in whatever order all acts came.
func (o *office) outcome(t *testing.T, x *Txn) Outcome {
	t.Helper()
	dot := Dot{x.Replica, x.First}
	order := o.inOrder()
	out := o.judged(order)[dot]
	for range order {
		order = append(order[1:], order[0])
		if got := o.judged(order)[dot]; got != out {
			t.Errorf("%v in one order, %v in another", out, got)
		}
	}
	return out
}

// Whoever enters a founder's or a colleague's key as his own device's is not
// taken for them, nor they for him.
func TestNobodySpeaksForAnothersKey(t *testing.T) {
	for n := range 20 {
		for _, key := range []byte{'L', 'M'} {
			o, members := newOffice()
			claim := deviceOp(key, "Bob")
			claim.Row = data.ImportedID("office", "claim", fmt.Sprint(n))
			c := o.act('B', []data.ID{members.ID}, claim)
			if got := o.outcome(t, o.become('B', "Bob", c.ID)); got != Refused {
				t.Fatalf("with the key of %c in a row of his own Bob makes himself a lead: %v", key, got)
			}
			honest := o.act(key, []data.ID{c.ID}, deal("one", map[string]Cell{"owner": pointing(pid("Max"))}))
			if got := o.outcome(t, honest); got != Counts {
				t.Fatalf("%c, whose key Bob entered as his own, is refused", key)
			}
		}
	}
}

// A change that does not count gives nobody a right, whichever is looked at first.
func TestRefusedChangesGiveNoRight(t *testing.T) {
	for n := range 20 {
		o, members := newOffice()
		o.n += 100 * n // other numbers of acts
		mine := &Op{Kind: data.KindDevice, Row: deviceID('M'), Cells: map[string]Cell{"person": pointing(pid("Bob"))}}
		first := o.act('B', []data.ID{members.ID}, mine)
		revoke := &Op{Kind: data.KindDevice, Row: deviceID('M'), Cells: map[string]Cell{"revoked": quoted("{}")}, Under: []Dot{mine.Dot}}
		if got := o.outcome(t, o.act('B', []data.ID{members.ID}, revoke)); got != Refused {
			t.Fatalf("Bob revokes the device of Max, which he says is his: %v", got)
		}
		if got := o.outcome(t, first); got != Refused {
			t.Fatalf("Bob makes the device of Max his own: %v", got)
		}
	}
}

// What says that it is older than the book's members, and is not accepted, does
// not count for anybody's judging, whichever is looked at first.
func TestForgedEarlyActsCountForNobody(t *testing.T) {
	for n := range 20 {
		o, members := newOffice()
		o.n += 100 * n // other numbers of acts
		forged := &Op{Kind: data.KindDevice, Row: deviceID('L'), Cells: map[string]Cell{"revoked": quoted("{}")}}
		if got := o.outcome(t, o.act('B', nil, forged)); got != Refused {
			t.Fatalf("Bob revokes the founder, before there were members: %v", got)
		}
		role := &Op{Kind: data.KindPerson, Row: pid("Eve"), Cells: map[string]Cell{"role": quoted(data.RoleManager)}}
		if got := o.outcome(t, o.act('L', []data.ID{members.ID}, role)); got != Counts {
			t.Fatalf("the founder is refused after a forged revocation: %v", got)
		}
	}
}

// A device of a colleague's is neither revoked nor taken over by who does not say
// whose it was, says that he enters it, or says that he knew of nothing.
func TestDevicesAreNotTakenOver(t *testing.T) {
	cells := func(pairs ...string) map[string]Cell {
		out := map[string]Cell{}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = quoted(pairs[i+1])
		}
		return out
	}
	bob, lea := pid("Bob").String(), pid("Lea").String()
	for name, c := range map[string]struct {
		row   byte
		cells map[string]Cell
		under byte // the device whose entry it stands on; 0 for none
		early bool // it says that it knows the founding alone
	}{
		"revoked by the way":          {'M', cells("revoked", "{}"), 0, false},
		"revoked and taken":           {'M', cells("revoked", "{}", "person", bob), 0, false},
		"entered again":               {'M', cells("signing_key", keyText('M'), "person", bob), 0, false},
		"entered before it was":       {'M', cells("signing_key", keyText('M'), "person", bob), 0, true},
		"revoked before it was":       {'M', cells("revoked", "{}"), 0, true},
		"the founder's":               {'L', cells("signing_key", keyText('L'), "person", bob), 0, false},
		"the founder's, and early":    {'L', cells("signing_key", keyText('L'), "person", bob), 0, true},
		"his own made the founder's":  {'B', cells("person", lea), 'B', false},
		"his own with another's key":  {'B', cells("signing_key", keyText('M')), 'B', false},
		"a new one for the founder":   {'X', cells("signing_key", keyText('X'), "person", lea), 0, false},
		"a new one for his manager":   {'X', cells("signing_key", keyText('X'), "person", pid("Max").String()), 0, false},
		"a new one without its owner": {'X', cells("signing_key", keyText('X')), 0, false},
	} {
		o, members := newOffice()
		// Max, whose device it is, did something as a member.
		o.act('M', []data.ID{members.ID}, &Op{Kind: data.KindPerson, Row: pid("Ada"), Cells: map[string]Cell{"manager": pointing(pid("Max"))}})
		op := &Op{Kind: data.KindDevice, Row: deviceID(c.row), Cells: c.cells}
		basis := []data.ID{members.ID}
		if c.under == 'B' {
			op.Under = []Dot{{rid('L'), 9}}
		}
		if c.early {
			basis = []data.ID{o.acts[0].txn.ID}
		}
		x := o.act('B', basis, op)
		if got := o.outcome(t, x); got != Refused {
			t.Errorf("%s: %v", name, got)
		}
		if got := o.outcome(t, o.become('B', "Bob", x.ID, members.ID)); got != Refused {
			t.Errorf("%s, and Bob is a lead: %v", name, got)
		}
		if got := o.outcome(t, o.act('M', []data.ID{members.ID, x.ID}, deal("one", map[string]Cell{"owner": pointing(pid("Ada"))}))); got != Counts {
			t.Errorf("%s, and Max may do nothing: %v", name, got)
		}
	}
}

// A lead is no founder either.
func TestALeadDoesNotBecomeTheFounder(t *testing.T) {
	o, members := newOffice()
	raised := o.act('L', []data.ID{members.ID}, &Op{Kind: data.KindPerson, Row: pid("Bob"), Cells: map[string]Cell{"role": {Value: quoted(data.RoleLead).Value, Overwrites: []Dot{{rid('L'), 5}}}}})
	for name, cells := range map[byte]map[string]Cell{
		'B': {"person": pointing(pid("Lea"))},
		'X': {"person": pointing(pid("Lea")), "signing_key": quoted(keyText('X'))},
	} {
		x := o.act('B', []data.ID{raised.ID}, &Op{Kind: data.KindDevice, Row: deviceID(name), Cells: cells})
		if got := o.outcome(t, x); got != Refused {
			t.Errorf("as a lead Bob gives the founder device %c: %v", name, got)
		}
	}
}

// Whoever is there already is not made anew: a manager can neither demote a lead
// that way nor take on another's people, whatever his clock says.
func TestManagersMakeNobodyAnew(t *testing.T) {
	for name, early := range map[string]bool{"knowing them": false, "knowing nobody": true} {
		o, members := newOffice()
		basis := []data.ID{members.ID}
		late := o.act('L', basis, &Op{Kind: data.KindPerson, Row: pid("Lin"), Cells: map[string]Cell{"role": quoted(data.RoleLead), "manager": pointing(pid("Lea"))}}, deviceOp('N', "Lin"))
		known := []data.ID{late.ID}
		if early {
			known = basis
		}
		o.n += 1000 // his clock runs ahead
		demote := o.act('M', known, &Op{Kind: data.KindPerson, Row: pid("Lin"), Cells: map[string]Cell{"role": quoted(data.RoleRep), "manager": pointing(pid("Max"))}})
		if got := o.outcome(t, demote); got != Refused && !early {
			t.Errorf("%s Max makes a lead a rep: %v", name, got)
		}
		word := o.act('N', []data.ID{late.ID, demote.ID}, &Op{Kind: data.KindPerson, Row: pid("Eve"), Cells: map[string]Cell{"role": {Value: quoted(data.RoleManager).Value, Overwrites: []Dot{{rid('L'), 6}}}}})
		if got := o.outcome(t, word); got != Counts {
			t.Errorf("%s Max unmade a lead: %v", name, got)
		}
	}
}
