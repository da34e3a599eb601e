package store

import (
	"database/sql"
	"slices"

	"fieldbook/data/oplog"
)

func (tx *Tx) saveOrigins(d dbDot, origins map[string]dbDot) error {
	for name, from := range origins {
		_, err := tx.s.exec(tx.ctx, `INSERT INTO restored (replica, seq, cell, from_replica, from_seq) VALUES (?, ?, ?, ?, ?)`,
			d.replica, d.seq, name, from.replica, from.seq)
		if err != nil {
			return err
		}
	}
	return nil
}

// origins follows a value that an undo put back to the op that first wrote it:
// the dot itself, then each one that it was restored from. The zero dot at the
// end says that the cell had been blank.
func (tx *Tx) origins(name string, d dbDot) ([]dbDot, error) {
	out := []dbDot{d}
	for {
		var from dbDot
		found, err := tx.s.scanOne(tx.ctx, `SELECT from_replica, from_seq FROM restored WHERE replica = ? AND seq = ? AND cell = ?`,
			[]any{d.replica, d.seq, name}, &from.replica, &from.seq)
		if err != nil || !found {
			return out, err
		}
		out = append(out, from)
		d = from
	}
}

// stems reports whether a live value comes from part, and whether it is a
// blank that an undo put back.
func (tx *Tx) stems(name string, d dbDot, part func(dbDot) bool) (mine, blank bool, err error) {
	chain, err := tx.origins(name, d)
	return slices.ContainsFunc(chain, part), chain[len(chain)-1] == dbDot{}, err
}

func (tx *Tx) anyStems(rows []liveRow, part func(dbDot) bool) (bool, error) {
	for _, l := range rows {
		if mine, _, err := tx.stems(l.cell, l.dot, part); err != nil || mine {
			return mine, err
		}
	}
	return false, nil
}

// before is the value that a cell would have without the ops of part, and the
// op that wrote it: the greatest of the other live values and of those that
// part's values replaced. It is null, and the zero dot, where there is none.
// all are those values, the greatest and the others.
func (tx *Tx) before(name string, rows []liveRow, part func(dbDot) bool) (value []byte, from dbDot, all []liveRow, err error) {
	var best oplog.Entry
	visited := map[dbDot]bool{}
	for queue := slices.Clone(rows); len(queue) > 0; {
		l := queue[0]
		queue = queue[1:]
		if visited[l.dot] {
			continue
		}
		visited[l.dot] = true
		chain, err := tx.origins(name, l.dot)
		if err != nil {
			return nil, dbDot{}, nil, err
		}
		if i := slices.IndexFunc(chain, part); i >= 0 {
			replaced, err := tx.replacedBy(name, chain[i])
			if err != nil {
				return nil, dbDot{}, nil, err
			}
			queue = append(queue, replaced...)
			for _, d := range chain[:i] {
				beside, err := tx.besides(name, d)
				if err != nil {
					return nil, dbDot{}, nil, err
				}
				queue = append(queue, beside...)
			}
			continue
		}
		d, err := tx.shared(l.dot)
		if err != nil {
			return nil, dbDot{}, nil, err
		}
		all = append(all, l)
		entry := oplog.Entry{Dot: d, Stamp: l.stamp, Value: l.value}
		if value == nil || entry.Compare(best) > 0 {
			best, value, from = entry, l.value, l.dot
		}
	}
	if value == nil {
		value = []byte("null")
	}
	return value, from, all, nil
}

// replacedBy are the values of a cell that an op overwrote, where it wrote them.
func (tx *Tx) replacedBy(name string, d dbDot) ([]liveRow, error) {
	var text sql.NullString
	if _, err := tx.s.scanOne(tx.ctx, `SELECT overwrites FROM op WHERE replica = ? AND seq = ?`, []any{d.replica, d.seq}, &text); err != nil {
		return nil, err
	}
	over, err := decodeOverwrites(text)
	if err != nil {
		return nil, err
	}
	var out []liveRow
	for _, o := range over[name] {
		var cells string
		l := liveRow{cell: name, dot: o}
		found, err := tx.s.scanOne(tx.ctx, `SELECT cells, stamp FROM op WHERE replica = ? AND seq = ?`, []any{o.replica, o.seq}, &cells, &l.stamp)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		values, err := decodeCells(cells)
		if err != nil {
			return nil, err
		}
		if v, ok := values[name]; ok {
			l.value = v
			out = append(out, l)
		}
	}
	return out, nil
}

// deleteBehind is the delete that a live line of the deleted cell stands for:
// the line itself, or the delete in whose stead an undo showed the row because
// somebody had edited it without knowing.
func (tx *Tx) deleteBehind(l liveRow) (d dbDot, found bool, err error) {
	chain, err := tx.origins(l.cell, l.dot)
	if err != nil {
		return dbDot{}, false, err
	}
	for _, d := range chain {
		if d == (dbDot{}) {
			break
		}
		var text string
		if _, err := tx.s.scanOne(tx.ctx, `SELECT cells FROM op WHERE replica = ? AND seq = ?`, []any{d.replica, d.seq}, &text); err != nil {
			return dbDot{}, false, err
		}
		cells, err := decodeCells(text)
		if err != nil {
			return dbDot{}, false, err
		}
		if string(cells[l.cell]) == "true" {
			return d, true, nil
		}
	}
	return dbDot{}, false, nil
}

// allSeen reports whether deletes saw all of the dots.
func (tx *Tx) allSeen(deletes []dbDot, content []liveRow) (bool, error) {
	seen := map[oplog.Dot]bool{}
	for _, d := range deletes {
		list, err := tx.overwrittenBy(d)
		if err != nil {
			return false, err
		}
		for _, x := range list {
			seen[x] = true
		}
	}
	for _, l := range content {
		ok, err := tx.knownTo(seen, l)
		if err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// knownTo reports whether a delete saw a value, or the one that an undo put
// back by it; a blank that was put back is nothing to see.
func (tx *Tx) knownTo(seen map[oplog.Dot]bool, l liveRow) (bool, error) {
	chain, err := tx.origins(l.cell, l.dot)
	if err != nil {
		return false, err
	}
	for _, d := range chain {
		if d == (dbDot{}) {
			return true, nil
		}
		dot, err := tx.shared(d)
		if err != nil {
			return false, err
		}
		if seen[dot] {
			return true, nil
		}
	}
	return false, nil
}
