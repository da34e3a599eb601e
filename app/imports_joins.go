package app

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// Join is what a name in a file means where nothing is called so: a record by
// its name or id, nothing, or a record to make.
type Join struct {
	To  string // name or id; "" is nothing
	New bool
}

// Joins says what names in files mean, by the kind of what they name.
type Joins map[string]map[string]Join

// UnmarshalJSON reads a name, null for nothing, or {"new": true}.
func (j *Join) UnmarshalJSON(raw []byte) error {
	if bytes.Equal(raw, []byte("null")) {
		*j = Join{}
		return nil
	}
	if raw[0] == '"' {
		return json.Unmarshal(raw, &j.To)
	}
	var long struct {
		New bool `json:"new"`
	}
	err := json.Unmarshal(raw, &long)
	j.New = long.New
	return err
}

// MarshalJSON writes what UnmarshalJSON reads.
func (j Join) MarshalJSON() ([]byte, error) {
	switch {
	case j.New:
		return []byte(`{"new":true}`), nil
	case j.To == "":
		return []byte("null"), nil
	}
	return json.Marshal(j.To)
}

func (j Joins) clone() Joins {
	if len(j) == 0 {
		return nil
	}
	out := Joins{}
	for kind, m := range j {
		out[kind] = maps.Clone(m)
	}
	return out
}

// SetJoin says what a name in the file means.
func (f *FilePlan) SetJoin(kind, name string, to Join) error {
	k, err := data.KindByName(kind)
	if err != nil {
		return err
	}
	if !importNamed(k.Name) {
		return data.FieldErrorf("joins", "%s are not joined by their names", k.Plural)
	}
	if f.joins == nil {
		f.joins = Joins{}
	}
	if f.joins[k.Name] == nil {
		f.joins[k.Name] = map[string]Join{}
	}
	for old := range f.joins[k.Name] {
		if sheet.Fold(old) == sheet.Fold(name) {
			delete(f.joins[k.Name], old)
		}
	}
	f.joins[k.Name][name] = to
	f.edited = true
	return nil
}

// join finds what the plan says of a name.
func (f *FilePlan) join(kind, name string) (Join, bool) {
	m := f.joins[kind]
	if to, ok := m[name]; ok || len(m) == 0 {
		return to, ok
	}
	fold := sheet.Fold(name)
	for old, to := range m {
		if sheet.Fold(old) == fold {
			return to, true
		}
	}
	return Join{}, false
}

// StrangeName is a name in a file that neither the book nor the files before
// knew.
type StrangeName struct {
	Kind      string `json:"kind"` // of what it names
	Column    string `json:"column"`
	Name      string `json:"name"`
	Rows      int    `json:"rows"`
	Resembles string `json:"resembles,omitempty"` // what it may be a slip of
	Settled   bool   `json:"settled"`             // the plan says what it means
	To        Join   `json:"means"`
	Aside     bool   `json:"set_aside,omitempty"` // rows that name it are set aside until the plan says what it means
}

// mostNames bounds what a result lists.
const mostNames = 500

// unknownName is a name that a file brought, until it is known what it resembles.
type unknownName struct {
	result *FileResult
	names  *importNames
	entry  *importName // nil where the plan says what the name means, and where nothing is made of it
	line   int
	StrangeName
}

// joined finds what the plan says that a name means. settled with nil leaves
// the reference blank.
func (w *importWriter) joined(names *importNames, text string) (e *importName, settled bool) {
	to, ok := w.plan.join(names.kind.Name, text)
	if !ok || to.New {
		return nil, false
	}
	if to.To != "" {
		if id, err := data.ParseID(to.To); err == nil {
			e = names.known[id]
		}
		if e == nil {
			e = names.find(to.To)
		}
		if e == nil {
			return nil, false // what it was joined with is gone
		}
	}
	w.settledName(names.kind.Name, text, to)
	return e, true
}

// strange takes note of a name that nothing has.
func (w *importWriter) strange(names *importNames, column, text string, e *importName) {
	if importIsID(column) || !importNamed(names.kind.Name) {
		return
	}
	to, settled := w.plan.join(names.kind.Name, text)
	w.unknown = append(w.unknown, &unknownName{
		result: w.FileResult, names: names, entry: e, line: w.line,
		StrangeName: StrangeName{Kind: names.kind.Name, Column: column, Name: strings.Clone(text), Settled: settled, To: to},
	})
}

// suggest finds out which of the unknown names resemble one that is known, and
// says so. Nothing is joined by it.
func (run *importRun) suggest() error {
	slices.SortStableFunc(run.unknown, func(a, b *unknownName) int { return cmp.Compare(b.rows(), a.rows()) })
	byKind := map[*importNames]*resembler{}
	for _, u := range run.unknown {
		if err := run.ctx.Err(); err != nil {
			return err
		}
		u.Rows = u.rows()
		r := byKind[u.names]
		if r == nil {
			r = newResembler(u.names, run.unknown)
			byKind[u.names] = r
		}
		if !u.Settled {
			u.Resembles = r.like(u.Name)
		}
		if !u.Aside {
			r.add(u.Name) // what more rows have is what fewer rows resemble
		}
		u.enter()
	}
	return nil
}

// rows is how many rows of the import have the name.
func (u *unknownName) rows() int {
	if u.entry == nil {
		return u.Rows
	}
	return u.entry.uses
}

// enter lists the name with its file; one that resembles another is a problem
// too, which a person may settle.
func (u *unknownName) enter() {
	r := u.result
	if u.Resembles != "" && !u.Aside {
		i := r.problem(ImportProblem{Line: u.line, Column: u.Column, Value: u.Name, Why: "resembles " + u.Resembles + " but was made new; say what it means", CameIn: true})
		if i >= 0 {
			r.Problems[i].Rows = u.Rows
		}
	}
	if len(r.Names) < mostNames {
		r.Names = append(r.Names, u.StrangeName)
		return
	}
	if u.Resembles == "" && !u.Aside {
		return
	}
	for i := range slices.Backward(r.Names) {
		if r.Names[i].Resembles == "" && !r.Names[i].Settled && !r.Names[i].Aside {
			r.Names[i] = u.StrangeName // what needs a decision goes before what needs none
			return
		}
	}
}
