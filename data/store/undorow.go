package store

import (
	"bytes"
	"database/sql"
	"maps"
	"slices"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// restore is a row that an undo or redo gives another state.
type restore struct {
	k         *data.Kind
	id        data.ID
	e         entity
	now, then *oplog.Book // the row as it is, and as it shall be
	mine      func(oplog.Dot) bool
}

// reverseRow puts one row back; one that was edited since so that nothing of
// the act is left in it stays and is listed.
func (p *putBack) reverseRow(tx *Tx, key data.Key) error {
	e, id, k, err := tx.entityByKey(key)
	if err != nil {
		return err
	}
	if p.stays(k) {
		p.out.Kept = append(p.out.Kept, id)
		return nil
	}
	log, err := p.logs.row(key)
	if err != nil {
		return err
	}
	born, err := tx.shared(e.born)
	if err != nil {
		return err
	}
	r := restore{k: k, id: id, e: e, now: log.fold(), then: log.without(p.txn), mine: log.wrote(p.txn)}
	unborn := !r.then.Has(born)
	cells, gone := r.changes(), r.gone(unborn)
	switch {
	case unborn && !gone:
		p.out.Kept = append(p.out.Kept, id)
		return nil
	case unborn && e.deleted:
		return nil // came and went
	case unborn && p.expels(k, id):
		p.out.Kept = append(p.out.Kept, id)
		return nil
	case unborn:
		cells = nil // it goes as it is
	case len(cells) == 0 && gone == e.deleted && !r.touches(oplog.DeletedCell):
		p.out.Kept = append(p.out.Kept, id)
		return nil
	}
	p.out.Rows++
	return tx.restoreRow(r, cells, gone)
}

// stays reports whether undo leaves rows of a kind alone: what was erased is
// gone for good, and undoing a merge must not expel those whose computers it brought.
func (p *putBack) stays(k *data.Kind) bool {
	return k.Name == data.KindRedaction || p.merged && k.Name == data.KindDevice
}

// expels reports whether to delete a row would expel a member: who has a device
// and is no person of the book has no role, and nobody can seal a file for him.
func (p *putBack) expels(k *data.Kind, id data.ID) bool {
	return k.Name == data.KindPerson && p.members[id]
}

// apart reports whether a row must be looked at by itself.
func (p *putBack) apart(k *data.Kind, id data.ID) bool { return p.stays(k) || p.expels(k, id) }

// gone reports whether the row shall be deleted: because it was or, where the
// op that it was born with shall not have been, because nobody wrote anything
// else into it.
func (r restore) gone(unborn bool) bool {
	row := r.then.Row(r.id)
	return row == nil || unborn && len(row.Content()) == 0 || r.then.Deletion(r.id) == oplog.Deleted
}

// changes are the cells to be written: those whose value is not what it shall
// be and those in which a value of the act lives on as one of several.
func (r restore) changes() []cell {
	names := map[string]bool{}
	for _, b := range []*oplog.Book{r.now, r.then} {
		if row := b.Row(r.id); row != nil {
			for name := range row.Cells {
				names[name] = name != oplog.DeletedCell
			}
		}
	}
	var out []cell
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if !names[name] {
			continue
		}
		v := shown(r.then, r.id, name)
		if r.touches(name) || !bytes.Equal(shown(r.now, r.id, name), v) {
			out = append(out, cell{name, v})
		}
	}
	return out
}

// touches reports whether a value of the act lives in a cell.
func (r restore) touches(name string) bool {
	reg := r.now.Row(r.id).Cells[name]
	return reg != nil && slices.ContainsFunc(reg.Live, func(e oplog.Entry) bool { return r.mine(e.Dot) })
}

// shown is the value that a book shows in a cell, null for none.
func shown(b *oplog.Book, id data.ID, name string) []byte {
	if row := b.Row(id); row != nil && row.Cells[name] != nil {
		if e, ok := row.Cells[name].Winner(); ok {
			return e.Value
		}
	}
	return []byte("null")
}

func (tx *Tx) restoreRow(r restore, cells []cell, gone bool) error {
	plain, open := r.apart(cells)
	undelete := !gone && (r.e.deleted || r.touches(oplog.DeletedCell))
	contested := undelete && r.contested()
	if undelete && !contested {
		plain = sortedCells(append(plain, cell{oplog.DeletedCell, []byte("null")}))
	}
	if len(plain) > 0 {
		if err := tx.writeCells(r.k, r.id, r.e, plain); err != nil {
			return err
		}
	}
	if err := tx.reopenAll(r, cells, open); err != nil {
		return err
	}
	switch {
	case contested:
		return tx.redelete(r)
	case !gone:
		return nil
	}
	// A delete must see what it deletes, so it comes last.
	e, err := tx.s.entityOf(tx.ctx, r.id)
	if err != nil {
		return err
	}
	return tx.deleteSeen(r.k, r.id, e)
}

func (tx *Tx) entityByKey(key data.Key) (e entity, id data.ID, k *data.Kind, err error) {
	var raw []byte
	var replica, seq sql.NullInt64
	var kind string
	_, err = tx.s.scanOne(tx.ctx, `SELECT e.kind, e.id, e.born_replica, e.born_seq, e.deleted, k.name FROM entity e JOIN kind k ON k.key = e.kind WHERE e.key = ?`,
		[]any{key}, &e.kind, &raw, &replica, &seq, &e.deleted, &kind)
	if err != nil {
		return e, id, nil, err
	}
	e.key = key
	e.born = dbDot{data.Key(replica.Int64), uint64(seq.Int64)}
	copy(id[:], raw)
	if k, err = tx.s.Kind(kind); err != nil || k.Name != kind {
		k = foreignKind(kind)
	}
	return e, id, k, nil
}
