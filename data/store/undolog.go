package store

import (
	"cmp"
	"database/sql"
	"slices"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// arrival is what one act here did to a row: the ops of an edit, of an undo or
// redo or, of a merge, all that it brought.
type arrival struct {
	txn data.Key
	act int         // the arrival itself or, of an undo or redo, that which it takes back or brings back
	ops []*oplog.Op // none where an undo or redo found the row as it shall be
}

// rowLog is all that happened to a row, in the order in which it came here.
// Undo and redo go by it: they give a row the state in which the acts that
// stand left it.
type rowLog []arrival

// without folds the row's log with the act of txn taken back or, where txn is
// an undo, brought back. It starts from the last moment at which the acts up to then stood as they shall,
// so that what was shown at that moment is shown again, and adds the acts that
// came since as if those that shall not stand had not been.
func (l rowLog) without(txn data.Key) *oplog.Book {
	want := l.standing()
	for _, a := range l {
		if a.txn == txn {
			want[a.act] = !want[a.act]
		}
	}
	base := l.last(want)
	var before, later []*oplog.Op
	omitted := map[oplog.Dot]bool{}
	for i, a := range l {
		if i < base {
			before = append(before, a.ops...)
			continue
		}
		later = append(later, a.ops...)
		for _, op := range a.ops {
			omitted[op.Dot] = a.act != i || !want[i]
		}
	}
	return oplog.Without(before, later, func(d oplog.Dot) bool { return omitted[d] })
}

// standing tells the acts that are not taken back.
func (l rowLog) standing() []bool {
	out := make([]bool, len(l))
	for i, a := range l {
		out[a.act] = a.act == i || !out[a.act]
	}
	return out
}

// last is how many arrivals there were when, of the acts up to then, those
// stood that want names, and no others.
func (l rowLog) last(want []bool) int {
	stands := make([]bool, len(l))
	last, differ := 0, 0
	for i, a := range l {
		if a.act != i && stands[a.act] != want[a.act] {
			differ--
		}
		stands[a.act] = a.act == i || !stands[a.act]
		if stands[a.act] != want[a.act] {
			differ++
		}
		if differ == 0 {
			last = i + 1
		}
	}
	return last
}

// fold is the row as it stands.
func (l rowLog) fold() *oplog.Book {
	book := oplog.NewBook()
	for _, a := range l {
		for _, op := range a.ops {
			book.Apply(op)
		}
	}
	return book
}

// wrote reports whether an act wrote an op or, being a merge, brought it.
func (l rowLog) wrote(txn data.Key) func(oplog.Dot) bool {
	dots := map[oplog.Dot]bool{}
	for _, a := range l {
		if a.txn == txn {
			for _, op := range a.ops {
				dots[op.Dot] = true
			}
		}
	}
	return func(d oplog.Dot) bool { return dots[d] }
}

// logBook reads the logs of rows within one transaction.
type logBook struct {
	tx       *Tx
	replicas map[data.Key]data.ID
	merges   map[data.Key][]mergedRun // by replica
	turns    map[data.Key][]data.Key  // the undos and redos of an act, in order
	acts     map[data.Key]data.Key    // the other way round
}

// mergedRun is a run of ops that a merge brought.
type mergedRun struct {
	oplog.Range
	txn data.Key
}

func (tx *Tx) logBook() (*logBook, error) {
	ids, err := replicaIDs(tx.ctx, tx.s.write)
	if err != nil {
		return nil, err
	}
	b := &logBook{tx: tx, replicas: ids, merges: map[data.Key][]mergedRun{}, turns: map[data.Key][]data.Key{}, acts: map[data.Key]data.Key{}}
	err = tx.rows(`SELECT replica, from_seq, to_seq, txn FROM merged ORDER BY replica, from_seq`, nil, func(r *sql.Rows) error {
		var replica data.Key
		var run mergedRun
		err := r.Scan(&replica, &run.From, &run.To, &run.txn)
		b.merges[replica] = append(b.merges[replica], run)
		return err
	})
	if err != nil {
		return nil, err
	}
	return b, b.readTurns()
}

// readTurns finds the undos and redos that were done here. One elsewhere is an
// edit like others.
func (b *logBook) readTurns() error {
	return b.tx.rows(`SELECT t.key, was.key, coalesce((SELECT replica FROM op WHERE txn = t.key ORDER BY replica, seq LIMIT 1), 0),
		coalesce((SELECT seq FROM op WHERE txn = t.key ORDER BY replica, seq LIMIT 1), 0)
		FROM txn t JOIN txn was ON was.id = t.undo_of WHERE t.undo_of IS NOT NULL ORDER BY +t.key`, nil, func(r *sql.Rows) error {
		var txn, act data.Key
		var first dbDot
		if err := r.Scan(&txn, &act, &first.replica, &first.seq); err != nil || b.mergeOf(first) != 0 {
			return err
		}
		if root, found := b.acts[act]; found {
			act = root
		}
		b.acts[txn] = act
		b.turns[act] = append(b.turns[act], txn)
		return nil
	})
}

// mergeOf is the merge that brought an op, 0 for one that was written here.
func (b *logBook) mergeOf(d dbDot) data.Key {
	runs := b.merges[d.replica]
	i, found := slices.BinarySearchFunc(runs, d.seq, func(r mergedRun, seq uint64) int {
		switch {
		case r.To < seq:
			return -1
		case r.From > seq:
			return 1
		}
		return 0
	})
	if !found {
		return 0
	}
	return runs[i].txn
}

// row reads the log of a row.
func (b *logBook) row(entity data.Key) (rowLog, error) {
	var out rowLog
	places := map[data.Key]int{}
	place := func(txn data.Key) int {
		i, found := places[txn]
		if !found {
			i = len(out)
			places[txn] = i
			out = append(out, arrival{txn: txn})
		}
		return i
	}
	err := b.tx.rows(`SELECT `+opColumns+`, o.replica
		FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind WHERE o.entity = ?`, []any{entity}, func(r *sql.Rows) error {
		var replica data.Key
		op, txn, err := scanOp(scanWith{r, []any{&replica}}, b.replicas)
		if err != nil {
			return err
		}
		if merge := b.mergeOf(dbDot{replica, op.Seq}); merge != 0 {
			txn = merge
		}
		i := place(txn)
		out[i].ops = append(out[i].ops, op)
		return nil
	})
	for _, a := range out {
		for _, turn := range b.turns[a.txn] {
			place(turn)
		}
	}
	slices.SortFunc(out, func(x, y arrival) int { return cmp.Compare(x.txn, y.txn) })
	clear(places)
	for i, a := range out {
		places[a.txn] = i
		out[i].act = i
		if at, found := places[b.acts[a.txn]]; found {
			out[i].act = at
		}
	}
	return out, err
}
