package oplog

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data"
)

// office is a small book with members, whose acts tests make by hand.
type office struct {
	acts []officeAct
	seq  map[byte]uint64
	n    int
}

type officeAct struct {
	txn *Txn
	ops []*Op
}

func rid(b byte) data.ID        { return data.ImportedID("office", "replica", string(b)) }
func pid(name string) data.ID   { return data.ImportedID("office", "person", name) }
func quoted(s string) Cell      { return Cell{Value: data.AppendJSON(nil, s)} }
func pointing(id data.ID) Cell  { return quoted(id.String()) }
func keyText(who byte) string   { return hex.EncodeToString(newSigner(who).Public()) }
func deviceID(who byte) data.ID { return DeviceRow(newSigner(who).Public()) }

// act signs ops as the device of a letter, on a basis.
func (o *office) act(who byte, basis []data.ID, ops ...*Op) *Txn {
	o.n++
	t := &Txn{ID: data.ImportedID("office", "txn", fmt.Sprint(o.n)), Replica: rid(who), Stamp: Stamp(o.n), Basis: basis, First: o.seq[who] + 1, Count: uint64(len(ops))}
	tree := &Tree{Count: t.Count, Leaves: map[uint64]Hash{}}
	for i, op := range ops {
		o.seq[who]++
		op.Dot, op.Txn, op.Stamp = Dot{rid(who), o.seq[who]}, t.ID, t.Stamp
		tree.Leaves[uint64(i)] = op.Leaf()
	}
	root, _ := tree.Root()
	t.Sign(newSigner(who), root)
	o.acts = append(o.acts, officeAct{t, ops})
	return t
}

func person(name, role, manager string) *Op {
	return &Op{Kind: data.KindPerson, Row: pid(name), Cells: map[string]Cell{"name": quoted(name), "role": quoted(role), "manager": pointing(pid(manager))}}
}

func deviceOp(who byte, name string) *Op {
	return &Op{Kind: data.KindDevice, Row: deviceID(who), Cells: map[string]Cell{"person": pointing(pid(name)), "signing_key": quoted(keyText(who)), "type": quoted(data.DeviceOwn)}}
}

func founding(who byte, name string, cut Cut) *Op {
	op := deviceOp(who, name)
	op.Cells["founding"] = quoted(cut.String())
	return op
}

func deal(name string, cells map[string]Cell) *Op {
	return &Op{Kind: data.KindDeal, Row: data.ImportedID("office", "deal", name), Cells: cells}
}

// newOffice: the lead Lea founded it on device L; Max manages Ada (device A) and Bob (device B).
func newOffice() (*office, *Txn) {
	o := &office{seq: map[byte]uint64{}}
	o.act('L', nil, founding('L', "Lea", nil), person("Lea", data.RoleLead, ""), person("Max", data.RoleManager, "Lea"),
		person("Ada", data.RoleRep, "Max"), person("Bob", data.RoleRep, "Max"), person("Eve", data.RoleRep, "Lea"))
	t := o.act('L', []data.ID{o.acts[0].txn.ID}, deviceOp('M', "Max"), deviceOp('A', "Ada"), deviceOp('B', "Bob"))
	return o, t
}

// judged feeds acts in an order and gives what became of each op, by dot.
func (o *office) judged(order []int) map[Dot]Outcome {
	r := NewRights(newSigner('L').Public())
	byDot := map[Dot]*Op{}
	for _, i := range order {
		for _, op := range o.acts[i].ops {
			if Governs(op) {
				r.Add(o.acts[i].txn, op)
				r.Heads() // what is worked out half-way must not stay
			}
			byDot[op.Dot] = op
		}
	}
	owner := func(row data.ID, cell string, of Dot) (data.ID, Outcome) {
		op := byDot[of]
		switch {
		case op == nil:
			return data.NoID, Waits
		case op.Row != row:
			return data.NoID, Refused
		}
		return data.RefText(op.Cells[cell].Value), Counts
	}
	out := map[Dot]Outcome{}
	for _, i := range order {
		for _, op := range o.acts[i].ops {
			out[op.Dot] = r.Judge(o.acts[i].txn, op, owner).Outcome
		}
	}
	return out
}

func (o *office) inOrder() []int {
	out := make([]int, len(o.acts))
	for i := range out {
		out[i] = i
	}
	return out
}

func TestRightsAreJudgedByWhatTheAuthorHadSeen(t *testing.T) {
	o, members := newOffice()
	now := []data.ID{members.ID}
	own := o.act('A', now, deal("one", map[string]Cell{"name": quoted("One"), "owner": pointing(pid("Ada"))}))
	born := Dot{rid('A'), own.First}
	edit := func(who byte, basis []data.ID, under []Dot) *Txn {
		op := deal("one", map[string]Cell{"amount": {Value: json.RawMessage(`1`), Overwrites: []Dot{born}}})
		op.Under = under
		return o.act(who, basis, op)
	}
	cases := map[string]struct {
		txn  *Txn
		want Outcome
	}{
		"her own deal":                {own, Counts},
		"her own deal, changed":       {edit('A', now, []Dot{born}), Counts},
		"another rep's deal":          {edit('B', now, []Dot{born}), Refused},
		"without saying whose it was": {edit('B', now, nil), Refused},
		"saying it of another row":    {edit('B', now, []Dot{{rid('L'), 1}}), Refused},
		"on what has not come":        {edit('B', now, []Dot{{rid('B'), 999}}), Refused},
		"her manager":                 {edit('M', now, []Dot{born}), Counts},
		"on an act not here":          {edit('A', []data.ID{data.ImportedID("office", "txn", "x")}, []Dot{born}), Waits},
		"before she was a member":     {edit('A', []data.ID{o.acts[0].txn.ID}, []Dot{born}), Refused},
		"a device nobody knows":       {edit('X', now, []Dot{born}), Refused},
		"without any basis":           {edit('B', nil, []Dot{born}), Refused},
	}
	delete(cases, "on what has not come") // its dot would be its own future: refused before it is judged
	promoted := o.act('B', now, &Op{Kind: data.KindPerson, Row: pid("Bob"), Cells: map[string]Cell{"role": {Value: json.RawMessage(`"lead"`), Overwrites: []Dot{{rid('L'), 5}}}}})
	cases["a rep makes himself a lead"] = struct {
		txn  *Txn
		want Outcome
	}{promoted, Refused}
	cases["and acts as one"] = struct {
		txn  *Txn
		want Outcome
	}{edit('B', []data.ID{promoted.ID}, []Dot{born}), Refused}
	raised := o.act('L', now, &Op{Kind: data.KindPerson, Row: pid("Bob"), Cells: map[string]Cell{"role": {Value: json.RawMessage(`"lead"`), Overwrites: []Dot{{rid('L'), 5}}}}})
	cases["a lead makes him one"] = struct {
		txn  *Txn
		want Outcome
	}{raised, Counts}
	cases["and he acts as one"] = struct {
		txn  *Txn
		want Outcome
	}{edit('B', []data.ID{raised.ID}, []Dot{born}), Counts}
	cases["or had not heard of it"] = struct {
		txn  *Txn
		want Outcome
	}{edit('B', now, []Dot{born}), Refused}
	got := o.judged(o.inOrder())
	for name, c := range cases {
		if g := got[Dot{c.txn.Replica, c.txn.First}]; g != c.want {
			t.Errorf("%s: outcome %d, want %d", name, g, c.want)
		}
	}
}

func TestRevokedDeviceIsCutOff(t *testing.T) {
	o, members := newOffice()
	now := []data.ID{members.ID}
	make := func(name string, basis []data.ID) *Txn {
		return o.act('A', basis, deal(name, map[string]Cell{"name": quoted(name), "owner": pointing(pid("Ada"))}))
	}
	before := make("before", now)
	seen := Dot{rid('L'), 8} // Ada's device
	revoking := o.act('L', now, &Op{Kind: data.KindDevice, Row: deviceID('A'), Cells: map[string]Cell{
		"revoked": {Value: quoted((Cut{rid('A'): {To: before.First}}).String()).Value, Overwrites: []Dot{seen}},
	}})
	late := make("back-dated", now)
	open := make("knowing", []data.ID{revoking.ID})
	got := o.judged(o.inOrder())
	for _, c := range []struct {
		txn  *Txn
		want Outcome
	}{{before, Counts}, {late, Refused}, {open, Refused}} {
		if g := got[Dot{c.txn.Replica, c.txn.First}]; g != c.want {
			t.Errorf("change %d of the device: outcome %d, want %d", c.txn.First, g, c.want)
		}
	}
}

func TestTimeBeforeTheFoundingCountsUpToItsCut(t *testing.T) {
	o := &office{seq: map[byte]uint64{}}
	early := o.act('A', nil, deal("early", map[string]Cell{"name": quoted("early")}))
	o.act('L', nil, founding('L', "Lea", Cut{rid('A'): {To: 1, Key: keyText('A')}}), person("Lea", data.RoleLead, ""))
	late := o.act('A', nil, deal("late", map[string]Cell{"name": quoted("late")}))
	got := o.judged([]int{2, 0, 1})
	if got[Dot{rid('A'), early.First}] != Counts || got[Dot{rid('A'), late.First}] != Refused {
		t.Errorf("early %d, late %d", got[Dot{rid('A'), early.First}], got[Dot{rid('A'), late.First}])
	}
}

// TestAllBooksJudgeAlike draws acts of four devices on what they had seen, and
// lets books take them in in any order.
func TestAllBooksJudgeAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, members := newOffice()
		heads := map[byte][]data.ID{}
		born := map[string]Dot{}
		for range rapid.IntRange(1, 12).Draw(t, "acts") {
			who := rapid.SampledFrom([]byte("LMAB")).Draw(t, "who")
			basis := heads[who]
			if basis == nil || rapid.IntRange(0, 3).Draw(t, "hears") == 0 {
				basis = []data.ID{members.ID}
				if n := len(o.acts); n > 2 {
					basis = []data.ID{o.acts[rapid.IntRange(1, n-1).Draw(t, "heard")].txn.ID}
				}
			}
			name := rapid.SampledFrom([]string{"one", "two"}).Draw(t, "deal")
			owner := rapid.SampledFrom([]string{"Ada", "Bob", "Eve"}).Draw(t, "owner")
			var op *Op
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				role := rapid.SampledFrom([]string{data.RoleRep, data.RoleManager, data.RoleLead}).Draw(t, "role")
				op = &Op{Kind: data.KindPerson, Row: pid(owner), Cells: map[string]Cell{"role": {Value: data.AppendJSON(nil, role), Overwrites: []Dot{{rid('L'), 4}}}}}
			case 1:
				cut := Cut{rid('A'): {To: uint64(rapid.IntRange(0, 3).Draw(t, "cut"))}}
				op = &Op{Kind: data.KindDevice, Row: deviceID('A'), Cells: map[string]Cell{"revoked": {Value: quoted(cut.String()).Value, Overwrites: []Dot{{rid('L'), 8}}}}}
			default:
				op = deal(name, map[string]Cell{"owner": pointing(pid(owner))})
				if b, ok := born[name]; ok {
					op.Under, op.Cells["owner"] = []Dot{b}, Cell{Value: pointing(pid(owner)).Value, Overwrites: []Dot{b}}
				}
			}
			x := o.act(who, basis, op)
			if op.Kind == data.KindDeal {
				born[name] = op.Dot
			} else {
				heads[who] = []data.ID{x.ID}
			}
		}
		want := o.judged(o.inOrder())
		order := o.inOrder()
		seed := rapid.Uint64().Draw(t, "order")
		rand.New(rand.NewPCG(seed, seed)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		got := o.judged(order)
		for dot, w := range want {
			if got[dot] != w {
				t.Fatalf("change %d of a device: outcome %d in one order, %d in another (%v)", dot.Seq, w, got[dot], order)
			}
		}
	})
}
