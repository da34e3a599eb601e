package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Conflict is a cell with concurrent values that differ, or a row that one
// deleted while another edited it (Cell oplog.DeletedCell).
type Conflict struct {
	Row    data.Row
	Cell   string
	Base   data.Values     // what all sides replaced; empty where there was nothing
	Values []ConflictValue // the shown one first
}

// ConflictValue is one of a conflict's values: whose, from when, and the fields it holds.
type ConflictValue struct {
	Replica data.ID // where it was made
	Name    string
	Device  string
	At      data.Instant
	Off     time.Duration // how far its author's clock was ahead, or behind if below 0, where that is more than a day
	Values  data.Values
}

// Conflicts lists what is waiting in the conflict inbox.
func (s *Store) Conflicts(ctx context.Context) ([]Conflict, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT k.name, e.id, c.cell FROM conflict c JOIN entity e ON e.key = c.entity JOIN kind k ON k.key = e.kind ORDER BY c.entity, c.cell`)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	var places []clashPlace
	for rows.Next() {
		var p clashPlace
		var id []byte
		if err := rows.Scan(&p.kind, &id, &p.cell); err != nil {
			return nil, dbError(err)
		}
		p.id = readID(id)
		places = append(places, p)
	}
	if err := rows.Err(); err != nil {
		return nil, dbError(err)
	}
	var out []Conflict
	var last *clashRow
	for _, p := range places {
		if last == nil || last.row.ID != p.id {
			row, err := s.Get(ctx, p.kind, p.id)
			if data.KindOf(err) == data.NotFound || data.KindOf(err) == data.Invalid {
				continue // deleted since, or of a newer Fieldbook
			}
			if err != nil {
				return nil, err
			}
			if last, err = s.readClash(ctx, s.read, row); err != nil {
				return nil, err
			}
		}
		out = append(out, last.conflict(p.cell))
	}
	return out, nil
}

type clashPlace struct {
	kind, cell string
	id         data.ID
}

// ConflictsOf lists the conflicts of a row as this transaction leaves it.
func (tx *Tx) ConflictsOf(row data.Row) ([]Conflict, error) {
	r, err := tx.s.readClash(tx.ctx, tx.s.write, row)
	if err != nil {
		return nil, err
	}
	var out []Conflict
	for name, reg := range r.state.Cells {
		if name != oplog.DeletedCell && oplog.InConflict(reg.Live) && len(row.Kind.CellFields(name)) > 0 {
			out = append(out, r.conflict(name))
		}
	}
	if r.book.Deletion(row.ID) == oplog.Contested {
		out = append(out, r.conflict(oplog.DeletedCell))
	}
	slices.SortFunc(out, func(a, b Conflict) int {
		return fieldPlace(row.Kind, a.Cell) - fieldPlace(row.Kind, b.Cell)
	})
	return out, nil
}

func fieldPlace(k *data.Kind, cell string) int {
	return slices.IndexFunc(k.Fields, func(f data.Field) bool { return f.Cell == cell })
}

// clashRow is a row whose concurrent values are looked at.
type clashRow struct {
	row      data.Row
	zone     *time.Location
	state    *oplog.RowState
	book     *oplog.Book
	ops      map[oplog.Dot]*oplog.Op
	txns     map[data.ID]oplog.Txn
	received map[oplog.Dot]data.Instant // of ops that a merge brought
	now      data.Instant
}

func (s *Store) readClash(ctx context.Context, q querier, row data.Row) (*clashRow, error) {
	ops, txns, err := opsOf(ctx, q, row.ID)
	if err != nil {
		return nil, err
	}
	r := &clashRow{
		row: row, zone: s.Zone(), book: oplog.NewBook(), ops: map[oplog.Dot]*oplog.Op{}, txns: txns,
		received: map[oplog.Dot]data.Instant{}, now: data.InstantOf(s.opt.Now()),
	}
	for _, op := range ops {
		r.book.Apply(op)
		r.ops[op.Dot] = op
	}
	r.state = r.book.Row(row.ID)
	return r, r.readReceived(ctx, q)
}

// readReceived finds out when the row's ops came here.
func (r *clashRow) readReceived(ctx context.Context, q querier) error {
	rows, err := q.QueryContext(ctx, `SELECT a.id, o.seq, t.stamp FROM entity e JOIN op o ON o.entity = e.key
		JOIN merged m ON m.replica = o.replica AND o.seq BETWEEN m.from_seq AND m.to_seq
		JOIN txn t ON t.key = m.txn JOIN replica a ON a.key = o.replica WHERE e.id = ?`, r.row.ID[:])
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id []byte
		var d oplog.Dot
		var stamp oplog.Stamp
		if err := rows.Scan(&id, &d.Seq, &stamp); err != nil {
			return dbError(err)
		}
		d.Replica = readID(id)
		r.received[d] = stamp.Instant()
	}
	return dbError(rows.Err())
}

func (r *clashRow) conflict(cell string) Conflict {
	c := Conflict{Row: r.row, Cell: cell, Base: data.Values{}}
	if cell == oplog.DeletedCell {
		r.contested(&c)
		return c
	}
	live := slices.Clone(r.state.Cells[cell].Live)
	slices.SortFunc(live, func(a, b oplog.Entry) int { return b.Compare(a) })
	var origins []oplog.Dot
	for _, e := range live {
		origin := r.origin(cell, e, live)
		origins = append(origins, origin)
		v := r.claim(origin)
		decodeCell(r.row.Kind.CellFields(cell), e.Value, v.Values)
		c.Values = append(c.Values, v)
	}
	if base, ok := r.base(cell, origins); ok {
		decodeCell(r.row.Kind.CellFields(cell), base, c.Base)
	}
	return c
}

// contested fills in who edited a row that another deleted: what they wrote
// that no delete had seen, and the deletes.
func (r *clashRow) contested(c *Conflict) {
	seen := map[oplog.Dot]bool{}
	var deletes []oplog.Entry
	for _, e := range r.state.Cells[oplog.DeletedCell].Live {
		if string(e.Value) == "true" {
			for _, d := range r.ops[e.Dot].Cells[oplog.DeletedCell].Overwrites {
				seen[d] = true
			}
		}
		deletes = append(deletes, e)
	}
	edits := map[oplog.Dot]data.Values{}
	var order []oplog.Entry
	for _, name := range sortedNames(r.state.Cells) {
		fields := r.row.Kind.CellFields(name)
		if name == oplog.DeletedCell || len(fields) == 0 {
			continue
		}
		for _, e := range r.state.Cells[name].Live {
			if seen[e.Dot] {
				continue
			}
			if edits[e.Dot] == nil {
				edits[e.Dot] = data.Values{}
				order = append(order, e)
			}
			decodeCell(fields, e.Value, edits[e.Dot])
			if base, ok := r.greatest(r.ops[e.Dot].Cells[name].Overwrites, name); ok {
				decodeCell(fields, base.Value, c.Base)
			}
		}
	}
	newestFirst := func(a, b oplog.Entry) int { return b.Compare(a) }
	slices.SortFunc(order, newestFirst)
	slices.SortFunc(deletes, newestFirst)
	for _, e := range order {
		v := r.claim(e.Dot)
		v.Values = edits[e.Dot]
		c.Values = append(c.Values, v)
	}
	for _, e := range deletes {
		v := r.claim(r.origin(oplog.DeletedCell, e, deletes))
		v.Values[oplog.DeletedCell] = string(e.Value) == "true"
		c.Values = append(c.Values, v)
	}
}

// claim says whose an op is, without its values.
func (r *clashRow) claim(d oplog.Dot) ConflictValue {
	t := r.txns[r.ops[d].Txn]
	return ConflictValue{Replica: d.Replica, Name: t.Name, Device: t.Device, At: t.Stamp.Instant(), Off: r.off(d, t), Values: data.Values{}}
}

const wholeDay = 24 * time.Hour

// off is how far the clock of an op's author was from the truth, where that is
// more than a day. It was ahead where the op is dated after it came here, and
// behind where its author had seen a later stamp, of a clock that was right, than
// his own day could give or than he wrote.
func (r *clashRow) off(d oplog.Dot, t oplog.Txn) time.Duration {
	came, ok := r.received[d]
	if !ok {
		came = r.now
	}
	at := t.Stamp.Instant()
	if by := time.Duration(at-came) * time.Millisecond; by > wholeDay {
		return by
	}
	if days := t.Day - data.DayOf(came.Time(), r.zone); days > 1 {
		return time.Duration(days) * wholeDay
	}
	if days := data.DayOf(at.Time(), r.zone) - t.Day; days > 1 && !strings.HasSuffix(t.What, asOfWords(t.Day)) {
		return -time.Duration(days) * wholeDay
	}
	for _, c := range r.ops[d].Cells {
		for _, o := range c.Overwrites {
			if op := r.ops[o]; op != nil && op.Replica != d.Replica {
				if by := time.Duration(op.Stamp.Instant()-at) * time.Millisecond; by > wholeDay && r.off(o, r.txns[op.Txn]) == 0 {
					return -by
				}
			}
		}
	}
	return 0
}

// origin is the op that a live value stands for. An undo that opens a conflict
// again writes all its sides itself; each stands for the op that it repeats,
// which is none that was taken back itself.
func (r *clashRow) origin(cell string, e oplog.Entry, live []oplog.Entry) oplog.Dot {
	txn := r.txns[r.ops[e.Dot].Txn]
	alone := !slices.ContainsFunc(live, func(o oplog.Entry) bool { return o.Dot != e.Dot && r.ops[o.Dot].Txn == txn.ID })
	if txn.UndoOf.IsZero() || alone && cell != oplog.DeletedCell {
		return e.Dot
	}
	back := map[data.ID]bool{}
	for _, t := range r.txns {
		back[t.UndoOf] = true
	}
	var best oplog.Entry
	for d := range r.ancestors(cell, e.Dot) {
		op := r.ops[d]
		before := oplog.Entry{Dot: d, Stamp: op.Stamp, Value: op.Cells[cell].Value}
		if !back[op.Txn] && r.txns[op.Txn].UndoOf.IsZero() && oplog.Same(before.Value, e.Value) && (best.Seq == 0 || before.Compare(best) > 0) {
			best = before
		}
	}
	if best.Seq == 0 {
		return e.Dot
	}
	return best.Dot
}

// ancestors are the ops that wrote a cell before an op did and that it knew of.
func (r *clashRow) ancestors(cell string, d oplog.Dot) map[oplog.Dot]bool {
	out := map[oplog.Dot]bool{}
	for queue := []oplog.Dot{d}; len(queue) > 0; queue = queue[1:] {
		op := r.ops[queue[0]]
		if op == nil {
			continue
		}
		for _, o := range op.Cells[cell].Overwrites {
			if before := r.ops[o]; before != nil && !out[o] {
				if _, wrote := before.Cells[cell]; wrote {
					out[o] = true
					queue = append(queue, o)
				}
			}
		}
	}
	return out
}

// base is the newest value that all of some ops replaced.
func (r *clashRow) base(cell string, of []oplog.Dot) (value []byte, ok bool) {
	if len(of) == 0 {
		return nil, false
	}
	common := r.ancestors(cell, of[0])
	for _, d := range of[1:] {
		other := r.ancestors(cell, d)
		for c := range common {
			if !other[c] {
				delete(common, c)
			}
		}
	}
	var dots []oplog.Dot
	for d := range common {
		dots = append(dots, d)
	}
	e, ok := r.greatest(dots, cell)
	return e.Value, ok
}

func (r *clashRow) greatest(dots []oplog.Dot, cell string) (oplog.Entry, bool) {
	var all []oplog.Entry
	for _, d := range dots {
		if op := r.ops[d]; op != nil {
			if c, wrote := op.Cells[cell]; wrote {
				all = append(all, oplog.Entry{Dot: d, Stamp: op.Stamp, Value: c.Value})
			}
		}
	}
	return oplog.Winner(all)
}

func sortedNames(cells map[string]*oplog.Register) []string {
	names := make([]string, 0, len(cells))
	for name := range cells {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
