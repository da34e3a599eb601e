package store

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// LogReader takes in the log. Fields that are nil are passed over.
type LogReader struct {
	Only     map[data.ID]oplog.Ranges                   // the ops to tell; nil is all
	Hide     func(op *oplog.Op) []string                // cells whose values are kept back
	Aside    bool                                       // tell what is said about rights and does not count, too: others' acts may stand on it
	Replicas func([]data.ID) error                      // first: every replica that ops or overwritten dots name
	Txn      func(t oplog.Txn, rest []oplog.Hash) error // before the first of the transaction's ops, with the hashes of those left out
	Op       func(op *oplog.Op) error                   // in the order of replicas and seqs
}

// ReadLog streams the log as it stands at one moment, whatever is written meanwhile.
func (s *Store) ReadLog(ctx context.Context, to LogReader) (err error) {
	conn, err := s.read.Conn(ctx)
	if err != nil {
		return dbError(err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "BEGIN DEFERRED"); err != nil {
		return dbError(err)
	}
	defer func() {
		_, end := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		err = errors.Join(err, dbError(end))
	}()
	ids, err := replicaIDs(ctx, conn)
	if err != nil {
		return err
	}
	if to.Replicas != nil {
		if err := to.Replicas(slices.SortedFunc(maps.Values(ids), func(a, b data.ID) int { return bytes.Compare(a[:], b[:]) })); err != nil {
			return err
		}
	}
	return (&logStream{ctx: ctx, q: conn, ids: ids, to: to}).run()
}

// EachOp streams the whole log.
func (s *Store) EachOp(ctx context.Context, txn func(oplog.Txn, []oplog.Hash) error, op func(*oplog.Op) error) error {
	return s.ReadLog(ctx, LogReader{Txn: txn, Op: op})
}

// logStream reads the ops in the order of replicas and seqs, so that those of an
// act come one behind the other.
type logStream struct {
	ctx  context.Context //nolint:containedctx // of one reading
	q    querier
	ids  map[data.Key]data.ID
	to   LogReader
	txns map[data.Key]oplog.Txn // those around the one in hand
	told data.Key               // the act whose ops come now

	keys  map[data.ID]data.Key
	aside []quarantineLine // ops about rights that do not count and are not told yet: others' acts may stand on them
	all   []quarantineLine // told or not
}

func (l *logStream) run() error {
	l.keys = map[data.ID]data.Key{}
	for key, id := range l.ids {
		l.keys[id] = key
	}
	err := quarantined(l.ctx, l.q, l.ids, `q.kind IN ('device', 'person')`, func(x quarantineLine) error {
		if l.to.Aside && oplog.Governs(x.op) {
			l.all = append(l.all, x)
		}
		return nil
	})
	if err != nil {
		return err
	}
	l.aside = l.all
	if err := l.readAll(); err != nil {
		return err
	}
	return l.tellAside(nil)
}

func (l *logStream) readAll() error {
	if l.to.Only == nil {
		return l.read(`1`, nil)
	}
	for _, key := range slices.Sorted(maps.Keys(l.ids)) {
		for _, run := range l.to.Only[l.ids[key]] {
			if err := l.read(`o.replica = ? AND o.seq BETWEEN ? AND ?`, []any{key, run.From, run.To}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *logStream) read(where string, args []any) error {
	rows, err := l.q.QueryContext(l.ctx, `SELECT `+opColumns+` FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind
		WHERE `+where+` ORDER BY o.replica, o.seq`, args...)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		op, t, err := scanOp(rows, l.ids)
		if err != nil {
			return err
		}
		if err := l.tellAside(&dbDot{l.keys[op.Replica], op.Seq}); err != nil {
			return err
		}
		if err := l.tell(t, op); err != nil {
			return err
		}
	}
	return dbError(rows.Err())
}

// tellAside tells what is in quarantine and comes before a dot; nil is the end.
func (l *logStream) tellAside(next *dbDot) error {
	for len(l.aside) > 0 {
		x := l.aside[0]
		if next != nil && (x.d.replica > next.replica || x.d.replica == next.replica && x.d.seq > next.seq) {
			return nil
		}
		l.aside = l.aside[1:]
		if err := l.tell(x.txn, x.op); err != nil {
			return err
		}
	}
	return nil
}

func (l *logStream) tell(t data.Key, op *oplog.Op) error {
	act, err := l.act(t)
	if err != nil {
		return err
	}
	op.Txn = act.ID
	if t != l.told {
		l.told = t
		if err := l.tellAct(t, act); err != nil {
			return err
		}
	}
	if l.to.Hide != nil {
		hide(op, l.to.Hide(op))
	}
	return l.to.Op(op)
}

func (l *logStream) tellAct(t data.Key, act oplog.Txn) error {
	if l.to.Txn == nil {
		return nil
	}
	rest, err := l.rest(t, act)
	if err != nil {
		return err
	}
	return l.to.Txn(act, rest)
}

// actsAhead is how many acts are read together: those of a replica were mostly
// written one after another.
const actsAhead = 512

// act reads an act. Only few are in memory at a time, however many the log has.
func (l *logStream) act(key data.Key) (oplog.Txn, error) {
	if t, ok := l.txns[key]; ok {
		return t, nil
	}
	var err error
	l.txns, err = transactions(l.ctx, l.q, l.ids, `t.key >= ? AND t.key < ?`, key, key+actsAhead)
	return l.txns[key], err
}

// hide takes the values of cells out of an op.
func hide(op *oplog.Op, cells []string) {
	for _, name := range cells {
		c, told := op.Cells[name]
		if !told {
			continue
		}
		if op.Hidden == nil {
			op.Hidden = map[string]oplog.HiddenCell{}
		}
		op.Hidden[name] = oplog.HiddenCell{Value: oplog.HashValue(c.Value), Overwrites: c.Overwrites}
		delete(op.Cells, name)
	}
}

// rest are the hashes of the parts of an act that are left out.
func (l *logStream) rest(key data.Key, t oplog.Txn) ([]oplog.Hash, error) {
	if !t.Signed() {
		return nil, nil
	}
	told, err := l.places(key, t)
	if err != nil || uint64(len(told)) == t.Count {
		return nil, err
	}
	var out []oplog.Hash
	spans, err := l.spans(key)
	if err != nil {
		return nil, err
	}
	replica, err := l.replicaOf(t.Replica)
	if err != nil {
		return nil, err
	}
	for _, gap := range oplog.Gaps(t.Count, told) {
		h, err := l.root(spanOf{txn: t, replica: replica, spans: spans}, gap)
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}

func (l *logStream) replicaOf(id data.ID) (data.Key, error) {
	for key, x := range l.ids {
		if x == id {
			return key, nil
		}
	}
	return 0, data.Errorf(data.Internal, "the log names an unknown device; run `fieldbook verify`")
}

// places are the places within an act of the ops that are told: those that are
// here and asked for.
func (l *logStream) places(key data.Key, t oplog.Txn) ([]uint64, error) {
	var out []uint64
	only, some := l.to.Only[t.Replica], l.to.Only != nil
	rows, err := l.q.QueryContext(l.ctx, `SELECT seq FROM op WHERE replica = (SELECT replica FROM txn WHERE key = ?1) AND seq BETWEEN ?2 AND ?3 AND txn = ?1 ORDER BY seq`,
		key, int64(t.First), int64(t.First+t.Count-1))
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var seq uint64
		if err := rows.Scan(&seq); err != nil {
			return nil, dbError(err)
		}
		if !some || only.Has(seq) {
			out = append(out, seq-t.First)
		}
	}
	for _, x := range l.all {
		if x.txn == key {
			out = append(out, x.d.seq-t.First)
		}
	}
	slices.Sort(out)
	return out, dbError(rows.Err())
}

// spans are the hashes that are kept of parts of an act that are not here.
func (l *logStream) spans(key data.Key) (map[oplog.Span]oplog.Hash, error) {
	rows, err := l.q.QueryContext(l.ctx, `SELECT from_op, ops, hash FROM act_span WHERE txn = ?`, key)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	out := map[oplog.Span]oplog.Hash{}
	for rows.Next() {
		var s oplog.Span
		var h []byte
		if err := rows.Scan(&s.From, &s.Count, &h); err != nil {
			return nil, dbError(err)
		}
		if len(h) != len(oplog.Hash{}) {
			return nil, unreadable(nil)
		}
		out[s] = oplog.Hash(h)
	}
	return out, dbError(rows.Err())
}

// spanOf is what a span's hash is worked out from.
type spanOf struct {
	txn     oplog.Txn
	replica data.Key
	spans   map[oplog.Span]oplog.Hash
}

// spanOps is how many ops are hashed at a time.
const spanOps = 4096

// root is the hash over a span of an act.
func (l *logStream) root(x spanOf, s oplog.Span) (oplog.Hash, error) {
	if h, ok := x.spans[s]; ok {
		return h, nil
	}
	if s.Count > spanOps {
		left, right := s.Split()
		a, err := l.root(x, left)
		if err != nil {
			return a, err
		}
		b, err := l.root(x, right)
		return oplog.Node(a, b), err
	}
	tree := oplog.Tree{Count: x.txn.Count, Spans: x.spans, Leaves: map[uint64]oplog.Hash{}}
	hash := hasher{ids: l.ids, replica: x.txn.Replica}
	rows, err := l.q.QueryContext(l.ctx, hash.query(`o.seq BETWEEN ? AND ?`), x.replica, int64(x.txn.First+s.From), int64(x.txn.First+s.From+s.Count-1))
	if err != nil {
		return oplog.Hash{}, dbError(err)
	}
	defer rows.Close()
	for rows.Next() {
		seq, leaf, err := hash.scan(rows)
		if err != nil {
			return oplog.Hash{}, err
		}
		tree.Leaves[seq-x.txn.First] = leaf
	}
	if err := rows.Err(); err != nil {
		return oplog.Hash{}, dbError(err)
	}
	err = quarantined(l.ctx, l.q, l.ids, `q.replica = ? AND q.seq BETWEEN ? AND ?`, func(q quarantineLine) error {
		tree.Leaves[q.d.seq-x.txn.First] = q.op.Leaf()
		return nil
	}, x.replica, int64(x.txn.First+s.From), int64(x.txn.First+s.From+s.Count-1))
	if err != nil {
		return oplog.Hash{}, err
	}
	h, ok := tree.Of(s)
	if !ok {
		return h, data.Errorf(data.Internal, "the log lacks a part of “%.80s”; run `fieldbook verify`", x.txn.What)
	}
	return h, nil
}
