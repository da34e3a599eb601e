package app

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/store"
)

// JoinPlan is how records become one. Whoever joins the same records on another
// laptop keeps the same row, so that neither join takes away what the other kept.
type JoinPlan struct {
	Kind   *data.Kind
	Rows   []data.Row  // as asked for; the first one's values go before the others'
	Fields []JoinField // what differs, to choose from
	Moves  []JoinMove  // records that point to those that go

	into int // of Rows: the one that stays
}

// JoinField is one field, or several that only make sense together, in which
// the records differ.
type JoinField struct {
	Cell    string
	Label   string
	Choices []string // one a row of the plan, as people read it; "" is blank
	Chosen  int      // of Rows; JoinAll puts texts one below the other
	All     bool     // a note, of which all can be kept
}

// JoinAll is the choice of a note to keep what every record says.
const JoinAll = -1

// JoinMove counts the records of a kind that will point to the one that stays.
type JoinMove struct {
	Kind  string
	Label string // in the plural
	Count int
}

// Joined is what a join came to.
type Joined struct {
	ID    data.ID // the record that stays
	Moved int     // records that now point to it
	Gone  int     // records that said the same of both, so that one of each went
}

// Plan looks at two or more records of one kind and says what joining them
// would do. It is Refused for people who both are members of the book: devices
// and signatures belong to each of them.
func (d *Duplicates) Plan(ctx context.Context, kind string, ids []data.ID) (*JoinPlan, error) {
	k, err := d.app.store.Kind(kind)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(DuplicateKinds(), k.Name) {
		return nil, data.Errorf(data.Invalid, "%s cannot be joined", strings.ReplaceAll(k.Plural, "_", " "))
	}
	p := &JoinPlan{Kind: k}
	for _, id := range ids {
		row, err := d.app.store.Get(ctx, k.Name, id)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(p.Rows, func(r data.Row) bool { return r.ID == id }) {
			p.Rows = append(p.Rows, row)
		}
	}
	if len(p.Rows) < 2 {
		return nil, data.Errorf(data.Invalid, "joining takes two records or more")
	}
	if p.into, err = d.stays(ctx, p.Rows); err != nil {
		return nil, err
	}
	p.compare(d.app.Book().Currency)
	return p, d.count(ctx, p)
}

// stays chooses the row that stays: the member of the book, else the one with
// the smallest id, which is the same on every laptop.
func (d *Duplicates) stays(ctx context.Context, rows []data.Row) (int, error) {
	least, member := 0, -1
	for i, r := range rows {
		if bytes.Compare(r.ID[:], rows[least].ID[:]) < 0 {
			least = i
		}
		if r.Kind.Name != data.KindPerson {
			continue
		}
		n, err := d.app.store.Count(ctx, data.Query{Kind: data.KindDevice, Where: pointsTo("person", r.ID)})
		if err != nil {
			return 0, err
		}
		if n > 0 && member >= 0 {
			return 0, data.Errorf(data.Refused, "%s and %s both are members of the book with devices of their own, so they cannot be joined; nothing was changed", rows[member].Title(), r.Title())
		}
		if n > 0 {
			member = i
		}
	}
	if member >= 0 {
		return member, nil
	}
	return least, nil
}

func pointsTo(field string, id data.ID) []data.Filter {
	return []data.Filter{{Field: field, Test: data.Is, Values: []data.Value{id}}}
}

// compare lists the fields in which the rows differ, and chooses of each the
// first row's that says something.
func (p *JoinPlan) compare(usual data.Currency) {
	for _, f := range p.Kind.Fields {
		if slices.ContainsFunc(p.Fields, func(x JoinField) bool { return x.Cell == f.Cell }) {
			continue
		}
		form := p.Kind.CellFields(f.Cell)
		x := JoinField{Cell: f.Cell, Label: f.Label, All: f.Type == data.TypeLongText}
		filled := 0
		for _, row := range p.Rows {
			x.Choices = append(x.Choices, cellWords(row, form, usual))
		}
		for i, words := range slices.Backward(x.Choices) {
			if words != "" {
				x.Chosen = i
				filled++
			}
		}
		if x.All && filled > 1 {
			x.Chosen = JoinAll
		}
		distinct := slices.Clone(x.Choices)
		slices.Sort(distinct)
		if len(slices.Compact(distinct)) > 1 {
			p.Fields = append(p.Fields, x)
		}
	}
}

// cellWords is what a row says in the fields of one cell.
func cellWords(row data.Row, form []data.Field, usual data.Currency) string {
	var out []string
	digits := row.Money("amount", usual).Currency.Digits()
	for _, f := range form {
		if !row.Has(f.Name) {
			continue
		}
		text := row.Labels[f.Name]
		if text == "" {
			text = f.Format(row.Values[f.Name], digits)
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

// count finds what points to the rows that go.
func (d *Duplicates) count(ctx context.Context, p *JoinPlan) error {
	for _, k := range data.Kinds() {
		n := 0
		for _, f := range k.Fields {
			if f.Type != data.TypeRef || f.Ref != p.Kind.Name {
				continue
			}
			for i, row := range p.Rows {
				if i == p.into {
					continue
				}
				there, err := d.app.store.Count(ctx, data.Query{Kind: k.Name, Where: pointsTo(f.Name, row.ID)})
				if err != nil {
					return err
				}
				n += there
			}
		}
		if n > 0 {
			p.Moves = append(p.Moves, JoinMove{Kind: k.Name, Label: strings.ReplaceAll(k.Plural, "_", " "), Count: n})
		}
	}
	return nil
}

// Choose says of which row a field's value is kept; JoinAll keeps what all say.
func (p *JoinPlan) Choose(cell string, row int) error {
	for i := range p.Fields {
		f := &p.Fields[i]
		if f.Cell != cell {
			continue
		}
		if all := row == JoinAll && f.All; !all && (row < 0 || row >= len(p.Rows)) {
			return data.FieldErrorf(cell, "there is no such choice for %s", f.Label)
		}
		f.Chosen = row
		return nil
	}
	return data.FieldErrorf(cell, "the records do not differ in %q", cell)
}

// Join makes the records one: what pointed to any points to the one that stays,
// which gets the chosen values; the others go, and imports that name them by id
// or name find the one that stays. It is one step for undo.
func (d *Duplicates) Join(ctx context.Context, p *JoinPlan) (Joined, error) {
	into := p.Rows[p.into]
	out := Joined{ID: into.ID}
	what := fmt.Sprintf("Join %s with %s", RecordName(p.Rows[1]), RecordName(p.Rows[0]))
	if len(p.Rows) > 2 {
		what = fmt.Sprintf("Join %d %s as %s", len(p.Rows), strings.ReplaceAll(p.Kind.Plural, "_", " "), RecordName(p.Rows[0]))
	}
	err := d.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		j := joiner{app: d.app, ctx: ctx, tx: tx, plan: p, into: into.ID, out: &out}
		return j.run()
	})
	return out, err
}

// joiner is one join inside its transaction.
type joiner struct {
	app  *App
	ctx  context.Context //nolint:containedctx // of one transaction
	tx   *store.Tx
	plan *JoinPlan
	into data.ID
	out  *Joined
}

func (j *joiner) run() error {
	p := j.plan
	for i, row := range p.Rows {
		if i == p.into {
			continue
		}
		if err := j.move(row.ID); err != nil {
			return err
		}
	}
	for i, row := range p.Rows {
		if i == p.into {
			continue
		}
		if err := putAlias(j.tx, data.ImportedID(data.KindAlias, p.Kind.Name, row.ID.String()), p.Kind.Name, data.AliasSame, row.ID, j.into); err != nil {
			return err
		}
		if err := j.tx.Delete(p.Kind.Name, row.ID); err != nil {
			return err
		}
	}
	values := p.values()
	if err := j.app.check(j.tx, p.Kind, j.into, values); err != nil {
		return err
	}
	if len(values) == 0 {
		return nil
	}
	_, err := j.tx.Put(p.Kind.Name, j.into, values)
	return err
}

// values are what the row that stays gets. One that refers to a row that goes
// refers to nothing: it would be itself.
func (p *JoinPlan) values() data.Values {
	out := data.Values{}
	for _, x := range p.Fields {
		if x.Chosen == p.into {
			continue
		}
		for _, f := range p.Kind.CellFields(x.Cell) {
			if x.Chosen == JoinAll {
				out[f.Name] = p.together(f.Name)
				continue
			}
			out[f.Name] = p.Rows[x.Chosen].Values[f.Name]
		}
	}
	for name, v := range out {
		id, ok := v.(data.ID)
		if ok && slices.ContainsFunc(p.Rows, func(r data.Row) bool { return r.ID == id }) {
			out[name] = nil
		}
	}
	return out
}

// together is what all rows say in a text, each once, one below the other.
func (p *JoinPlan) together(field string) data.Value {
	var texts []string
	for _, row := range p.Rows {
		if text := strings.TrimSpace(row.Text(field)); text != "" && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return strings.Join(texts, "\n")
}

// move lets everything that points to a row point to the one that stays.
func (j *joiner) move(from data.ID) error {
	for _, known := range data.Kinds() {
		for _, f := range known.Fields {
			if f.Type != data.TypeRef || f.Ref != j.plan.Kind.Name {
				continue
			}
			rows, err := j.app.store.List(j.ctx, data.Query{Kind: known.Name, Where: pointsTo(f.Name, from)})
			if err != nil {
				return err
			}
			for _, row := range rows {
				if slices.ContainsFunc(j.plan.Rows, func(r data.Row) bool { return r.ID == row.ID }) && row.ID != j.into {
					continue // it goes itself
				}
				if err := j.moveRow(row, f); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (j *joiner) moveRow(row data.Row, f data.Field) error {
	k := row.Kind
	values := data.Values{f.Name: j.into}
	if f.Ref == k.Name {
		circle, err := j.tx.Leads(k.Name, f.Name, j.into, row.ID)
		if err != nil {
			return err
		}
		if circle || row.ID == j.into {
			values[f.Name] = nil
		}
	}
	there, id, err := j.alike(row, f)
	switch {
	case err != nil:
		return err
	case there:
		j.out.Gone++
		return j.tx.Delete(k.Name, row.ID)
	case id != row.ID:
		values = row.Values
		values[f.Name] = j.into
		if err := j.tx.Delete(k.Name, row.ID); err != nil {
			return err
		}
	}
	j.out.Moved++
	_, err = j.tx.Put(k.Name, id, values)
	return err
}

// alike reports whether the row that stays has what a moved row says: the quota
// of the month, the same post, the same step. A quota's id says whose it is, so
// it moves under another one.
func (j *joiner) alike(row data.Row, f data.Field) (there bool, id data.ID, err error) {
	var same []data.Filter
	is := func(field string) {
		if v := row.Values[field]; v != nil {
			same = append(same, data.Filter{Field: field, Test: data.Is, Values: []data.Value{v}})
		} else {
			same = append(same, data.Filter{Field: field, Test: data.Blank})
		}
	}
	switch row.Kind.Name {
	case data.KindQuota:
		person, territory := row.Ref("person"), row.Ref("territory")
		if f.Name == "person" {
			person = j.into
		} else {
			territory = j.into
		}
		id := QuotaID(person, territory, row.Day("month"))
		return j.tx.Exists(id), id, nil
	case data.KindAssignment:
		for _, field := range []string{"person", "territory", "role", "start_day", "end_day"} {
			if field != f.Name {
				is(field)
			}
		}
	case data.KindStageEntry:
		is("stage")
		is("day")
	default:
		return false, row.ID, nil
	}
	n, err := j.app.store.Count(j.ctx, data.Query{Kind: row.Kind.Name, Where: append(same, pointsTo(f.Name, j.into)...)})
	return n > 0, row.ID, err
}
