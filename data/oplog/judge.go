package oplog

import (
	"encoding/json"
	"slices"

	"fieldbook/data"
)

// Outcome is what becomes of an op.
type Outcome int

// The outcomes.
const (
	Counts  Outcome = iota
	Waits           // what its right stands on is not here yet
	Refused         // its author had no right to it
)

// Verdict is an outcome with its reason, in words about the author.
type Verdict struct {
	Outcome Outcome
	Reason  string
	Refusal *data.Refusal // where it is the table of rights that refuses
}

func refuse(reason string) Verdict { return Verdict{Outcome: Refused, Reason: reason} }

func wait() Verdict {
	return Verdict{Outcome: Waits, Reason: "what it stands on has not come yet"}
}

// Owner gives the person whom an op's value in the owner's cell of a row names.
// It Waits where the op is not here, and is Refused where it is of another row.
type Owner func(row data.ID, cell string, of Dot) (data.ID, Outcome)

// Judge says what becomes of an op of an act whose signature is sound. An op
// that governs rights is added, if it was not.
func (r *Rights) Judge(t *Txn, op *Op, owner Owner) Verdict {
	if !r.Founded() {
		return Verdict{}
	}
	if Governs(op) {
		r.Add(t, op)
		r.resolve()
		return r.verdicts[op.Dot]
	}
	r.resolve()
	return r.judge(t, op, owner)
}

func (r *Rights) judge(t *Txn, op *Op, owner Owner) Verdict {
	if cut, revoked := r.cuts[string(t.Key)]; revoked && op.Seq > cut[op.Replica].To && !revokes(op) {
		return refuse("it was made after its device was revoked")
	}
	switch {
	case r.isFounding(t):
		return Verdict{}
	case len(t.Basis) == 0 && r.cut == nil:
		return wait()
	case len(t.Basis) == 0:
		if r.cut.accepts(t, op) {
			return Verdict{}
		}
		return refuse("it was made without knowing the book's members")
	}
	s, ok := r.at(t.Basis)
	if !ok {
		return wait()
	}
	if v := r.judgeKey(t, op); v.Outcome != Counts {
		return v
	}
	return s.judge(t, op, owner)
}

// judge judges an op by who may do what behind its basis.
func (s *Standing) judge(t *Txn, op *Op, owner Owner) Verdict {
	d, ok := s.Device(t.Key)
	switch {
	case !ok:
		return refuse("it was made on a device that the book did not know")
	case d.Revoked:
		return refuse("it was made on a revoked device")
	case !t.Author.IsZero() && t.Author != d.Person:
		return refuse("it was signed by the device of another person")
	}
	author := s.Author(d)
	if author.Founder {
		return Verdict{}
	}
	if op.Kind == data.KindDevice {
		if v := s.judgeDevice(op); v.Outcome != Counts {
			return v
		}
	}
	if author.Role == data.RoleLead {
		return Verdict{} // a lead reaches all; no owner need be known
	}
	return s.judgeDeed(author, op, owner)
}

// revokes reports whether an op does nothing but revoke a device. Such an op
// counts beyond its own device's cut: else two who revoke each other would be
// judged by who came first, and each book would see another one first.
func revokes(op *Op) bool {
	_, ok := parseCut(op.Cells["revoked"].Value)
	return op.Kind == data.KindDevice && ok && len(op.Cells)+len(op.Hidden) == 1
}

func (s *Standing) judgeDeed(author data.Author, op *Op, owner Owner) Verdict {
	_, known := s.people[op.Row]
	deed, outcome := deedOf(op, owner, known || s.knowsRow(op.Row))
	switch outcome {
	case Waits:
		return wait()
	case Refused:
		return refuse("it does not say whose the record was")
	case Counts:
	}
	if no := data.Judge(author, deed); no != nil {
		return Verdict{Outcome: Refused, Reason: no.Reason(), Refusal: no}
	}
	return Verdict{}
}

// opens: a cell whose value is not told here is for those to judge who see it.
func opens(op *Op, cell string) bool {
	c, told := op.Cells[cell]
	return !told || data.Opens(op.Kind, cell, c.Value)
}

// roleIn is the role that an op gives a person.
func roleIn(op *Op) (role string) {
	if c, says := op.Cells["role"]; says && op.Kind == data.KindPerson && json.Unmarshal(c.Value, &role) != nil {
		return ""
	}
	return role
}

// deedOf puts an op in the words of rights. Who is known already is not made.
func deedOf(op *Op, owner Owner, known bool) (d data.Deed, outcome Outcome) {
	d = data.Deed{Kind: op.Kind, Row: op.Row, Creates: !known && len(op.Under) == 0}
	for name, c := range op.All() {
		d.Cells = append(d.Cells, name)
		d.Creates = d.Creates && len(c.Overwrites) == 0
	}
	slices.Sort(d.Cells) // the reason names the first that is refused, in every book the same
	d.Role = roleIn(op)
	d.Opens = func(cell string) bool { return opens(op, cell) }
	cell, owned := data.OwnerCell(op.Kind)
	if !owned {
		return d, Counts
	}
	if c, says := op.Cells[cell]; says {
		d.After = data.RefText(c.Value)
	}
	if !d.Creates && len(op.Under) == 0 {
		return d, Refused
	}
	for _, dot := range op.Under {
		id, outcome := owner(op.Row, cell, dot)
		if outcome != Counts {
			return d, outcome
		}
		if !id.IsZero() {
			d.Before = append(d.Before, id)
		}
	}
	return d, Counts
}
