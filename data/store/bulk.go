package store

import (
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fieldbook/data"
)

// BulkPlan says what a Bulk writes.
type BulkPlan struct {
	Kind     string
	Fields   []string    // what the values of Put mean, in order
	Defaults data.Values // fields that only rows new to the book get, where Put gives none
	Clears   []string    // fields that a nil of Put clears where the book has the row; in all others nil leaves what is there
	Expect   int         // about how many rows will come
}

// Bulk writes many rows of one kind: the same log and tables as Put, with
// everything that does not differ between rows worked out once.
type Bulk struct {
	tx       *Tx
	kind     *data.Kind
	fields   []data.Field
	clears   []bool       // of each field
	place    []int        // of each field among the kind's
	blank    []data.Value // a new row before Put's values
	row      []data.Value // the row in hand, in the kind's order
	cells    []bulkCell
	kindKey  data.Key
	columns  []int // the kind's fields that have an argument in the row statement
	defaults data.Values

	born, op, line bulkStmt
	json           []byte
	question       string // whether a row is as it should be
	asked          []any
	indexes        []string // to build again in the end
	erased         erasures
}

// bulkCell is a log cell with the places of its fields.
type bulkCell struct {
	name   []byte // as JSON, with the colon
	fields []int
	plain  bool // the value of its only field, not an object
	labels [][]byte
}

// manyRows is from where building an index in one go beats keeping it.
const manyRows = 20_000

// Bulk prepares to write many rows of a kind. It is of use until the
// transaction ends, which also ends it.
func (tx *Tx) Bulk(p BulkPlan) (*Bulk, error) {
	k, err := tx.Kind(p.Kind)
	if err != nil {
		return nil, err
	}
	b := &Bulk{tx: tx, kind: k, defaults: p.Defaults, row: make([]data.Value, len(k.Fields)), blank: make([]data.Value, len(k.Fields))}
	if b.kindKey, err = tx.s.kindKey(tx.ctx, k.Name); err != nil {
		return nil, err
	}
	if err := b.arrange(p); err != nil {
		return nil, err
	}
	if b.erased, err = tx.erasures(); err != nil {
		return nil, err
	}
	b.compileCells()
	b.question = b.ask()
	tx.bulks = append(tx.bulks, b)
	if err := b.prepare(); err != nil {
		return nil, err
	}
	if p.Expect >= manyRows {
		return b, b.dropIndexes()
	}
	return b, nil
}

// arrange finds the places of the fields and which columns can be filled.
func (b *Bulk) arrange(p BulkPlan) error {
	used := map[int]bool{}
	at := func(name string) (int, error) {
		i := slices.IndexFunc(b.kind.Fields, func(f data.Field) bool { return f.Name == name })
		if i < 0 {
			return 0, data.FieldErrorf(name, "a %s has no field %q", strings.ToLower(b.kind.Label), name)
		}
		used[i] = true
		return i, nil
	}
	for _, name := range p.Fields {
		i, err := at(name)
		if err != nil {
			return err
		}
		b.place = append(b.place, i)
		b.clears = append(b.clears, slices.Contains(p.Clears, name))
		b.fields = append(b.fields, b.kind.Fields[i])
	}
	for name, v := range p.Defaults {
		i, err := at(name)
		if err != nil {
			return err
		}
		b.blank[i] = v
	}
	for i, f := range b.kind.Fields {
		if used[i] && !f.Custom {
			b.columns = append(b.columns, i)
		}
	}
	return nil
}

// compileCells lists the cells as cellsOf orders them.
func (b *Bulk) compileCells() {
	seen := map[string]int{}
	for i, f := range b.kind.Fields {
		at, ok := seen[f.Cell]
		if !ok {
			at = len(b.cells)
			seen[f.Cell] = at
			b.cells = append(b.cells, bulkCell{name: append(data.AppendJSON(nil, f.Cell), ':')})
		}
		c := &b.cells[at]
		c.fields = append(c.fields, i)
		c.labels = append(c.labels, append(data.AppendJSON(nil, f.Name), ':'))
	}
	for i := range b.cells {
		c := &b.cells[i]
		first := b.kind.Fields[c.fields[0]]
		c.plain = len(c.fields) == 1 && first.Name == first.Cell || first.Custom
	}
}

// Put writes a row as Tx.Put does. values stand in the order of the plan's
// fields; nil leaves what the row has, or clears it where the plan says so. The
// slice may be used again.
func (b *Bulk) Put(id data.ID, values []data.Value) (Outcome, error) {
	if erased := b.erased[id]; erased != nil {
		return b.putErased(id, values, erased)
	}
	if _, known := b.tx.s.dicts.entities[id]; known {
		return b.putKnown(id, values)
	}
	if err := b.fill(values); err != nil {
		return Unchanged, err
	}
	d := dbDot{b.tx.s.replica, b.tx.next}
	b.born.set(int64(b.kindKey), id[:], int64(d.replica), int64(d.seq))
	res, err := b.born.run(b.tx)
	if err != nil {
		return Unchanged, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		if err != nil {
			return Unchanged, dbError(err)
		}
		return b.putKnown(id, values)
	}
	key, err := res.LastInsertId()
	if err != nil {
		return Unchanged, dbError(err)
	}
	return Created, b.write(id, data.Key(key))
}

// fill checks the values and lays them into the row.
func (b *Bulk) fill(values []data.Value) error {
	copy(b.row, b.blank)
	for i, v := range values {
		if v == nil {
			continue
		}
		if err := b.fields[i].Check(v); err != nil {
			return err
		}
		b.row[b.place[i]] = v
	}
	for i := range b.kind.Fields {
		if f := &b.kind.Fields[i]; f.Required && b.row[i] == nil {
			return data.FieldErrorf(f.Name, "%s must be filled in", f.Label)
		}
	}
	return nil
}

// write logs the row in hand and enters it in its table.
func (b *Bulk) write(id data.ID, key data.Key) error {
	tx := b.tx
	if err := tx.begin(); err != nil {
		return err
	}
	b.encode()
	b.op.set(int64(tx.s.replica), int64(tx.next), int64(tx.stamp), int64(tx.key), int64(key), string(b.json))
	tx.next++
	if _, err := b.op.run(tx); err != nil {
		return err
	}
	tx.change.Mark(b.kind.Name, id)
	extra, err := b.customJSON()
	if err != nil {
		return err
	}
	return b.enter(key, extra)
}

// enter writes the table line of the row in hand.
func (b *Bulk) enter(key data.Key, custom driver.Value) error {
	args := b.line.args
	args[0].Value = int64(key)
	for i, at := range b.columns {
		v, err := b.tx.bulkSQL(&b.kind.Fields[at], b.row[at])
		if err != nil {
			return err
		}
		args[i+1].Value = v
	}
	args[len(args)-1].Value = custom
	_, err := b.line.run(b.tx)
	return err
}

// bulkSQL is toSQL without a detour over the kinds that need none.
func (tx *Tx) bulkSQL(f *data.Field, v data.Value) (driver.Value, error) {
	switch x := v.(type) {
	case nil, string, int64, float64, bool:
		return x, nil
	case data.Day:
		if !x.Valid() {
			return nil, nil
		}
		return int64(x), nil
	}
	return tx.toSQL(*f, v)
}

// encode writes the creation op's cells.
func (b *Bulk) encode() {
	out := append(b.json[:0], '{')
	for i := range b.cells {
		c := &b.cells[i]
		if !slices.ContainsFunc(c.fields, func(at int) bool { return b.row[at] != nil }) {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, c.name...)
		if c.plain {
			out = appendLogged(out, b.row[c.fields[0]])
			continue
		}
		out = append(out, '{')
		first := true
		for j, at := range c.fields {
			if b.row[at] == nil {
				continue
			}
			if !first {
				out = append(out, ',')
			}
			first = false
			out = append(out, c.labels[j]...)
			out = appendLogged(out, b.row[at])
		}
		out = append(out, '}')
	}
	b.json = append(out, '}')
}

// appendLogged is data.AppendJSON with short ways for the commonest types.
func appendLogged(out []byte, v data.Value) []byte {
	switch x := v.(type) {
	case data.ID:
		if x.IsZero() {
			return append(out, "null"...)
		}
		out = append(out, '"')
		for i, part := range [][]byte{x[0:4], x[4:6], x[6:8], x[8:10], x[10:16]} {
			if i > 0 {
				out = append(out, '-')
			}
			out = hex.AppendEncode(out, part)
		}
		return append(out, '"')
	case data.Day:
		if !x.Valid() {
			return append(out, "null"...)
		}
		out = append(out, '"')
		out = x.Time().AppendFormat(out, "2006-01-02")
		return append(out, '"')
	}
	return data.AppendJSON(out, v)
}

func (b *Bulk) customJSON() (driver.Value, error) {
	var custom map[string]json.RawMessage
	for i, f := range b.kind.Fields {
		if f.Custom && b.row[i] != nil {
			if custom == nil {
				custom = map[string]json.RawMessage{}
			}
			custom[f.Name] = data.AppendJSON(nil, b.row[i])
		}
	}
	if custom == nil {
		return nil, nil
	}
	out, err := json.Marshal(custom)
	return string(out), data.Wrap(data.Internal, err, "a custom field cannot be written")
}

// putErased passes over what was erased of a row, and over a row that is not
// here: a list from elsewhere still names who asked to be forgotten.
func (b *Bulk) putErased(id data.ID, values []data.Value, erased map[string]bool) (Outcome, error) {
	e, err := b.tx.s.entityOf(b.tx.ctx, id)
	if err != nil || e.born.seq == 0 {
		return Unchanged, err
	}
	left := slices.Clone(values)
	for i, f := range b.fields {
		if erased[f.Cell] {
			left[i] = nil
		}
	}
	return b.putKnown(id, left)
}

// putKnown writes a row that the log has met before.
func (b *Bulk) putKnown(id data.ID, values []data.Value) (Outcome, error) {
	e, err := b.tx.s.entityOf(b.tx.ctx, id)
	if err != nil {
		return Unchanged, err
	}
	if same, err := b.same(e, values); err != nil || same {
		return Unchanged, err
	}
	out := make(data.Values, len(values))
	if e.born.seq == 0 {
		for name, v := range b.defaults {
			out[name] = v
		}
	}
	for i, v := range values {
		if v != nil || b.clears[i] && e.born.seq != 0 {
			out[b.fields[i].Name] = v
		}
	}
	return b.tx.Put(b.kind.Name, id, out)
}

// same reports whether the book's row holds the values already, by one
// question to its table. Custom fields it leaves to Put.
func (b *Bulk) same(e entity, values []data.Value) (bool, error) {
	if e.deleted || e.born.seq == 0 || e.kind != b.kindKey {
		return false, nil
	}
	b.asked = append(b.asked[:0], int64(e.key))
	for i, v := range values {
		if b.fields[i].Custom {
			if v != nil || b.clears[i] {
				return false, nil
			}
			continue
		}
		arg, err := b.tx.bulkSQL(&b.fields[i], v)
		if err != nil {
			return false, err
		}
		b.asked = append(b.asked, arg)
	}
	var one int
	return b.tx.s.scanOne(b.tx.ctx, b.question, b.asked, &one)
}

// ask words the question whether a row holds the values already.
func (b *Bulk) ask() string {
	sql := "SELECT 1 FROM " + b.kind.Name + " WHERE key = ?1"
	n := 1
	for i, f := range b.fields {
		switch n++; {
		case f.Custom:
			n--
		case b.clears[i]:
			sql += fmt.Sprintf(" AND %s IS ?%d", f.Name, n)
		default:
			sql += fmt.Sprintf(" AND (?%d IS NULL OR %s IS ?%d)", n, f.Name, n)
		}
	}
	return sql
}

// prepare makes the three statements that enter a row.
func (b *Bulk) prepare() error {
	names := make([]string, 0, len(b.columns))
	for _, at := range b.columns {
		names = append(names, b.kind.Fields[at].Name+", ")
	}
	line := fmt.Sprintf("INSERT INTO %s (key, %scustom) VALUES (?%s)", b.kind.Name, strings.Join(names, ""), strings.Repeat(", ?", len(names)+1))
	return errors.Join(
		b.born.prepare(b.tx, 4, `INSERT OR IGNORE INTO entity (kind, id, born_replica, born_seq) VALUES (?, ?, ?, ?)`),
		b.op.prepare(b.tx, 6, `INSERT INTO op (replica, seq, stamp, txn, entity, cells) VALUES (?, ?, ?, ?, ?, ?)`),
		b.line.prepare(b.tx, len(names)+2, line))
}

// BornHere reports whether the act under way made the row.
func (tx *Tx) BornHere(id data.ID) (bool, error) {
	e, err := tx.s.entityOf(tx.ctx, id)
	return e.born.replica == tx.s.replica && e.born.seq >= tx.opened, err
}

// Kind is a kind with the book's custom fields and those that this transaction
// has learnt.
func (tx *Tx) Kind(name string) (*data.Kind, error) {
	k, err := tx.s.Kind(name)
	if err != nil {
		return nil, err
	}
	return k.With(tx.custom[k.Name]), nil
}

// Learn makes a custom field usable before the commit that defines it.
func (tx *Tx) Learn(kind string, f data.Field) error {
	k, err := tx.Kind(kind)
	if err != nil {
		return err
	}
	if _, known := k.Field(f.Name); known {
		return nil
	}
	if tx.custom == nil {
		tx.custom = map[string][]data.Field{}
	}
	tx.custom[k.Name] = append(tx.custom[k.Name], f)
	return nil
}
