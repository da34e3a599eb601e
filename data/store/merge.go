package store

import (
	"errors"
	"slices"
	"time"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// MergeCount says what a merge did or, rehearsed, would do.
type MergeCount struct {
	Ops         int // in the file
	Already     int // held before
	New         int // rows that came
	Changed     int // rows that were here and changed
	Conflicting int // rows with concurrent values that differ
	Refused     int // ops that do not count: their author had no right to them, or they take a row for another kind than it is
	Waiting     int // ops that may count once more comes
	Unknown     int // ops of a newer Fieldbook, kept and passed on
}

// Touched is a row that a merge brought or changed.
type Touched struct {
	Kind        string
	ID          data.ID
	Came        bool // was not here, or was deleted
	Gone        bool // is deleted now
	Conflicting bool

	key data.Key
}

// Ahead is a device whose clock runs more than oplog.MaxAhead before ours.
type Ahead struct {
	Name   string // whose
	Device string
	By     time.Duration
}

// Merger takes in the ops of one share file within one transaction. Several,
// one after another, make one step for undo.
type Merger struct {
	tx      *Tx
	count   MergeCount
	kinds   map[string]*mergedKind
	touched []Touched
	places  map[data.Key]int // in touched
	ahead   []Ahead
	held    heldOps
	act     *mergedAct        // whose ops come now
	founded []byte            // who founded the book, where this merge is the first to say so
	mark    *oplog.RightsMark // what counted before
	filled  []data.Key        // rows of which values came that had been kept back
}

type mergedTxn struct {
	key   data.Key
	stamp oplog.Stamp
	log   *oplog.Txn
	came  bool // was not in the log before
}

// mergedKind is a kind as the merge needs it.
type mergedKind struct {
	k     *data.Kind
	key   data.Key
	cells map[string]bool
}

// Merger starts taking in ops.
func (tx *Tx) Merger() *Merger {
	if tx.clash == nil {
		tx.clash = map[data.Key]bool{}
	}
	m := &Merger{tx: tx, kinds: map[string]*mergedKind{}, places: map[data.Key]int{}, held: heldOps{tx: tx}}
	tx.mergers = append(tx.mergers, m)
	return m
}

// rights is the book's history of rights; what counted before the merge is noted.
func (m *Merger) rights() (*oplog.Rights, error) {
	rights, err := m.tx.rights()
	if err == nil && m.mark == nil {
		mark := rights.Mark()
		m.mark = &mark
	}
	return rights, err
}

// Count is what was done so far.
func (m *Merger) Count() MergeCount {
	c := m.count
	for _, t := range m.Touched() {
		switch {
		case t.Came && t.Gone:
		case t.Came:
			c.New++
		default:
			c.Changed++
		}
		if t.Conflicting {
			c.Conflicting++
		}
	}
	return c
}

// Touched lists the rows that the merge brought or changed, in the order in which it met them.
func (m *Merger) Touched() []Touched {
	for i := range m.touched {
		t := &m.touched[i]
		t.Conflicting = m.tx.clash[t.key] && !t.Gone
	}
	return m.touched
}

// Ahead lists the devices whose clocks run more than a day ahead of this one's.
// What they wrote counts all the same.
func (m *Merger) Ahead() []Ahead { return m.ahead }

// Txn takes in a transaction; its ops follow it. rest are the hashes of those
// that do not. It is Invalid where the log holds another one under its id, or
// where the one before it proves to be forged.
func (m *Merger) Txn(t oplog.Txn, rest []oplog.Hash) error {
	if err := t.Check(); err != nil {
		return err
	}
	if err := m.endAct(); err != nil {
		return err
	}
	replica, err := m.tx.s.replicaKey(m.tx.ctx, t.Replica)
	if err != nil {
		return err
	}
	if err := m.tx.bind(replica, &t); err != nil {
		return err
	}
	held := mergedTxn{stamp: t.Stamp, log: &t}
	known, found, err := m.tx.txnByID(t.ID)
	switch {
	case err != nil:
		return err
	case !found:
		held.came = true
		told := t
		if err := m.tx.stripWords(&told); err != nil {
			return err
		}
		held.key, err = m.tx.insertTxn(told, replica)
	case !known.Equal(&t):
		return data.Errorf(data.Invalid, "the file tells “%.80s” otherwise than this book knows it; nothing was changed", known.What)
	default:
		held.key = known.key
	}
	m.act = &mergedAct{mergedTxn: held, rest: rest}
	m.observe(t)
	return err
}

func (m *Merger) observe(t oplog.Txn) {
	now := data.InstantOf(m.tx.s.opt.Now())
	if m.tx.s.clock.Observe(t.Stamp, now) {
		return
	}
	by := time.Duration(t.Stamp.Instant()-now) * time.Millisecond
	i := slices.IndexFunc(m.ahead, func(a Ahead) bool { return a.Name == t.Name && a.Device == t.Device })
	if i < 0 {
		m.ahead = append(m.ahead, Ahead{Name: t.Name, Device: t.Device, By: by})
		return
	}
	m.ahead[i].By = max(m.ahead[i].By, by)
}

// Op takes in one op. One that is held changes nothing; another one under a
// dot that is held is Invalid, as is an op that no Fieldbook would write. The
// ops of a replica come in the order of their seqs.
func (m *Merger) Op(op *oplog.Op) error {
	if err := op.Check(); err != nil {
		return err
	}
	m.count.Ops++
	tx := m.tx
	replica, err := tx.s.replicaKey(tx.ctx, op.Replica)
	if err != nil {
		return err
	}
	if err := m.act.take(op); err != nil {
		return err
	}
	txn := m.act.mergedTxn
	kind, err := m.kind(op.Kind)
	if err != nil {
		return err
	}
	e, err := tx.s.entityOf(tx.ctx, op.Row)
	if err != nil {
		return err
	}
	in := mergedOp{op: op, kind: kind, e: e, d: dbDot{replica, op.Seq}, txn: txn}
	if tx.holds(in.d) {
		m.count.Already++
		return m.again(in)
	}
	if known, err := m.againAside(in); err != nil || known {
		m.count.Already++
		return err
	}
	if e.born.seq != 0 && e.kind != kind.key {
		m.count.Refused++
		return nil
	}
	return m.judge(in)
}

// judge takes an op in that is new here, if its author had the right to it.
func (m *Merger) judge(in mergedOp) error {
	var err error
	if in.overwrites, err = m.tx.overwrites(in.op); err != nil {
		return err
	}
	if err := m.meetOwn(in); err != nil {
		return err
	}
	rights, err := m.rights()
	if err != nil {
		return err
	}
	if v := rights.Judge(in.txn.log, in.op, m.tx.ownerOf); v.Outcome != oplog.Counts {
		return m.refuse(in, v)
	}
	if in.kind.misses(in.op) {
		m.count.Unknown++
	}
	return m.add(in)
}

// refuse keeps an op that does not count.
func (m *Merger) refuse(in mergedOp, v oplog.Verdict) error {
	if v.Outcome == oplog.Waits {
		m.count.Waiting++
	} else {
		m.count.Refused++
	}
	if err := m.strip(in); err != nil {
		return err
	}
	line, err := m.line(in)
	if err != nil {
		return err
	}
	return m.tx.setAside(line, in.op, v)
}

// strip takes erased values out of an op and notes whom its act names.
func (m *Merger) strip(in mergedOp) error {
	erased, err := m.tx.erasedCells(in.op.Row)
	if err != nil || len(erased) == 0 {
		return err
	}
	if a := m.act; a != nil && erased["name"] && a.key == in.txn.key {
		if a.nameless == nil {
			a.nameless = map[data.ID]bool{}
		}
		a.nameless[in.op.Row] = true
	}
	return m.tx.strip(in.op)
}

// line is an op as the log keeps it.
func (m *Merger) line(in mergedOp) (opLine, error) {
	out := opLine{
		d: in.d, stamp: in.op.Stamp, txn: in.txn.key, entity: in.e.key, cells: rawCells(in.op),
		overwrites: encodeOverwrites(in.overwrites), hidden: encodeHidden(hiddenHashes(in.op)),
	}
	under := make([]dbDot, 0, len(in.op.Under))
	for _, d := range in.op.Under {
		replica, err := m.tx.s.replicaKey(m.tx.ctx, d.Replica)
		if err != nil {
			return out, err
		}
		under = append(under, dbDot{replica, d.Seq})
	}
	out.under = encodeDots(under)
	return out, nil
}

// mergedOp is an op with what the book knows of it.
type mergedOp struct {
	op         *oplog.Op
	kind       *mergedKind
	e          entity
	d          dbDot
	txn        mergedTxn
	overwrites map[string][]dbDot
}

func (m *Merger) kind(name string) (*mergedKind, error) {
	if k, ok := m.kinds[name]; ok {
		return k, nil
	}
	out := &mergedKind{k: foreignKind(name), cells: map[string]bool{oplog.DeletedCell: true}}
	var err error
	if out.key, err = m.tx.s.kindKey(m.tx.ctx, name); err != nil {
		return nil, err
	}
	// Only the name itself will do: people may say "deals", the log says "deal".
	if k, err := m.tx.Kind(name); err == nil && k.Name == name {
		out.k = k
		for _, f := range k.Fields {
			out.cells[f.Cell] = true
		}
	}
	m.kinds[name] = out
	return out, nil
}

// misses reports whether an op says something that only a newer Fieldbook
// understands.
func (k *mergedKind) misses(op *oplog.Op) bool {
	if !hasTable(k.k) {
		return true
	}
	for name := range op.All() {
		if !k.cells[name] && !isCustom(name) {
			return true
		}
	}
	return false
}

func (tx *Tx) overwrites(op *oplog.Op) (map[string][]dbDot, error) {
	var out map[string][]dbDot
	for name, c := range op.All() {
		for _, o := range c.Overwrites {
			r, err := tx.s.replicaKey(tx.ctx, o.Replica)
			if err != nil {
				return nil, err
			}
			if out == nil {
				out = map[string][]dbDot{}
			}
			out[name] = append(out[name], dbDot{r, o.Seq})
		}
	}
	return out, nil
}

// add logs an op that is new here and folds it into its row's state.
func (m *Merger) add(in mergedOp) error {
	tx := m.tx
	first := in.e.born.seq == 0
	if first {
		if _, err := tx.bear(in.op.Kind, in.op.Row, in.e, in.d); err != nil {
			return err
		}
		var err error
		if in.e, err = tx.s.entityOf(tx.ctx, in.op.Row); err != nil {
			return err
		}
	}
	if err := m.strip(in); err != nil {
		return err
	}
	line, err := m.line(in)
	if err != nil {
		return err
	}
	if err := tx.insertOp(line); err != nil {
		return err
	}
	if err := tx.noteRights(in.op); err != nil {
		return err
	}
	tx.added.add(in.d)
	tx.change.Mark(in.op.Kind, in.op.Row)
	place := m.touch(in, first || in.e.deleted)
	fold := m.change
	if first {
		fold = m.begin
	}
	if err := fold(in); err != nil {
		return err
	}
	if in.op.Kind == data.KindRedaction {
		if err := tx.eraseBy(in.op); err != nil {
			return err
		}
	}
	now, err := tx.s.entityOf(tx.ctx, in.op.Row)
	m.touched[place].Gone = now.deleted
	return err
}

func (m *Merger) touch(in mergedOp, came bool) (place int) {
	place, ok := m.places[in.e.key]
	if !ok {
		place = len(m.touched)
		m.places[in.e.key] = place
		m.touched = append(m.touched, Touched{Kind: in.op.Kind, ID: in.op.Row, Came: came, key: in.e.key})
	}
	return place
}

// Finish records what was merged as one step that undo can take back. Each
// Merger of a transaction is finished before the next begins.
func (m *Merger) Finish() error {
	tx := m.tx
	if err := errors.Join(m.endAct(), m.held.close()); err != nil {
		return err
	}
	if err := m.settle(); err != nil {
		return err
	}
	if len(tx.added) == 0 {
		return nil
	}
	if err := tx.begin(); err != nil {
		return err
	}
	if _, err := tx.s.exec(tx.ctx, `DELETE FROM merged WHERE txn = ?`, tx.key); err != nil {
		return err
	}
	for replica, runs := range tx.added {
		for _, r := range runs {
			if _, err := tx.s.exec(tx.ctx, `INSERT INTO merged (txn, replica, from_seq, to_seq) VALUES (?, ?, ?, ?)`, tx.key, replica, r.From, r.To); err != nil {
				return err
			}
		}
	}
	if len(tx.added[tx.s.replica]) > 0 {
		return tx.renew()
	}
	return nil
}
