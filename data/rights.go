package data

import (
	"encoding/json"
	"slices"
	"strings"
)

// Reach says whose records a role may change.
type Reach int

// The reaches, each within the next.
const (
	ReachNone Reach = iota
	ReachOwn        // one's own, and nobody's
	ReachTeam       // those of all who report to one, however deep, and nobody's
	ReachAll
)

// Right is one line of what roles may change: cells of a kind, all that have
// no line of their own where Cells is nil.
type Right struct {
	Kind  string
	Cells []string
	Owner string // the cell that says whose a record is; "" where all are everybody's
	Reach map[string]Reach

	// New: who may make a record settles these cells of it as he makes it. Others
	// he leaves as every new record has them.
	New    bool
	Others bool // nobody below a lead has it to a record of his own
}

// MayMake reports whether a role has a right to make records of a kind, of whomever.
func MayMake(role, kind string) bool {
	r, ok := rightTo(kind, "")
	if ok && r.Owner == selfCell {
		return role != RoleRep
	}
	return !ok || r.Reach[role] != ReachNone
}

// selfCell stands for a record that is its own owner: a person.
const selfCell = "_self"

// Rights lists what each role may change, for people to read.
func Rights() []Right { return slices.Clone(rights) }

// OwnerCell is the cell of a kind that says whose a record is, if any.
func OwnerCell(kind string) (cell string, ok bool) {
	for _, r := range rights {
		if r.Kind == kind && r.Owner != "" && r.Owner != selfCell {
			return r.Owner, true
		}
	}
	return "", false
}

// Author is who acts, as the rights that the act stands on know him.
type Author struct {
	Person  ID
	Role    string
	Founder bool
	Leads   func(person ID) bool // whether the person reports to him, however deep
}

// Deed is a change of one record, as far as rights go.
type Deed struct {
	Kind    string
	Row     ID
	Cells   []string
	Creates bool
	Before  []ID // whose the record was, as the author saw it; nobody's where empty
	After   ID   // whose it becomes, where the deed says so
	Role    string

	// Opens says of a cell of a new record whether it holds what every new record
	// has there.
	Opens func(cell string) bool
}

// Judge gives nil where an author has a right to a deed, else why he has none.
// The same function decides in the window, on the command line and about what
// comes in share files.
func Judge(a Author, d Deed) *Refusal {
	if a.Founder {
		a.Role = RoleLead
	}
	if a.Role == "" {
		a.Role = RoleRep
	}
	for _, cell := range d.Cells {
		if cell == RightsDeleted {
			cell = "" // what deletes a record changes all of it
		}
		r, ok := rightTo(d.Kind, cell)
		if !ok {
			continue
		}
		if no := r.judge(a, d, cell); no != nil {
			return no
		}
	}
	return nil
}

// RightsDeleted is the cell by which a record is deleted.
const RightsDeleted = "_deleted"

func rightTo(kind, cell string) (Right, bool) {
	for _, r := range rights {
		if r.Kind == kind && (r.Cells == nil || slices.Contains(r.Cells, cell)) {
			return r, true
		}
	}
	return Right{}, false
}

func (r Right) judge(a Author, d Deed, cell string) *Refusal {
	if d.Creates && r.Owner == selfCell {
		return r.judgeNewPerson(a, d)
	}
	reach := r.reach(a.Role, d, cell)
	owners := d.Before
	switch {
	case d.Creates && !d.After.IsZero():
		owners = []ID{d.After}
	case r.Owner == selfCell:
		owners = []ID{d.Row}
	}
	within := reach == ReachAll || reach != ReachNone &&
		(len(owners) == 0 || slices.ContainsFunc(owners, func(p ID) bool { return reach.covers(a, p) }))
	switch {
	case !within:
		return &Refusal{Kind: d.Kind, Cell: cell, Reach: reach}
	case r.Others && a.Role == RoleManager && (slices.Contains(owners, a.Person) || d.After == a.Person):
		return &Refusal{Kind: d.Kind, Cell: cell, OfSelf: true}
	}
	return nil
}

// reach is how far a role goes with a cell. The right to make a record goes for
// those of its cells that its maker settles, or leaves as they start.
func (r Right) reach(role string, d Deed, cell string) Reach {
	reach := r.Reach[role]
	if !d.Creates || r.Cells == nil {
		return reach // which is that to the whole record
	}
	whole, _ := rightTo(d.Kind, "")
	if whole.Reach[role] > reach && (r.New || d.Opens != nil && d.Opens(cell)) {
		return whole.Reach[role]
	}
	return reach
}

// Opens reports whether a cell holds what every new record has there: nothing,
// or the first of a field's choices.
func Opens(kind, cell string, value json.RawMessage) bool {
	k, err := KindByName(kind)
	if err != nil {
		return false
	}
	fields := k.CellFields(cell)
	if len(fields) == 1 && fields[0].Name == cell {
		return fields[0].opens(value)
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(value, &object) != nil {
		return false
	}
	for name, v := range object {
		if f, ok := k.Field(name); !ok || f.Cell != cell || !f.opens(v) {
			return false
		}
	}
	return true
}

func (f Field) opens(value json.RawMessage) bool {
	var text *string
	if json.Unmarshal(value, &text) != nil {
		return false
	}
	return text == nil || len(f.Choices) > 0 && *text == f.Choices[0]
}

// judgeNewPerson: a manager takes on reps; whoever may change roles hands out
// the others.
func (r Right) judgeNewPerson(a Author, d Deed) *Refusal {
	switch {
	case a.Role == RoleLead, a.Role == RoleManager && (d.Role == "" || d.Role == RoleRep):
		return nil
	case a.Role == RoleManager:
		return &Refusal{Kind: KindPerson, Cell: "role"}
	}
	return &Refusal{Kind: KindPerson}
}

func (reach Reach) covers(a Author, person ID) bool {
	return person.IsZero() || person == a.Person || reach >= ReachTeam && a.Leads != nil && a.Leads(person)
}

// Refusal says why an author has no right to a deed.
type Refusal struct {
	Kind, Cell string
	Reach      Reach // how far he may go instead
	OfSelf     bool  // of what nobody settles about himself
}

func (r *Refusal) what() string {
	k, err := KindByName(r.Kind)
	if err != nil {
		return "this " + r.Kind
	}
	label := strings.ToLower(k.Label)
	if fields := k.CellFields(r.Cell); len(fields) > 0 {
		return "the " + strings.ToLower(fields[0].Label) + " of this " + label
	}
	return "this " + label
}

func (r *Refusal) ofSelf() string {
	if k, err := KindByName(r.Kind); err == nil {
		return "nobody sets their own " + strings.ToLower(k.Label)
	}
	return "nobody sets their own " + r.Kind
}

// Err tells the author himself.
func (r *Refusal) Err() error {
	switch {
	case r.OfSelf:
		return Errorf(Refused, "%s; nothing was changed. Ask your lead", r.ofSelf())
	case r.Reach == ReachOwn:
		return Errorf(Refused, "%s is not yours to change; nothing was changed. Ask its owner or a manager", r.what())
	case r.Reach == ReachTeam:
		return Errorf(Refused, "%s is not your team's to change; nothing was changed. Ask the team's manager or a lead", r.what())
	}
	return Errorf(Refused, "your role does not let you change %s; nothing was changed. Ask a manager or a lead", r.what())
}

// Reason tells others about the author.
func (r *Refusal) Reason() string {
	switch {
	case r.OfSelf:
		return r.ofSelf()
	case r.Reach == ReachOwn:
		return r.what() + " was not the author's"
	case r.Reach == ReachTeam:
		return r.what() + " was not of the author's team"
	}
	return "the author's role does not let them change " + r.what()
}

// RefText reads the id that a reference cell holds; NoID where it is blank.
func RefText(value json.RawMessage) ID {
	var text string
	if json.Unmarshal(value, &text) != nil {
		return NoID
	}
	id, err := ParseID(text)
	if err != nil {
		return NoID
	}
	return id
}
