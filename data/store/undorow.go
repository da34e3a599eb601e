package store

import (
	"fieldbook/data"
	"fieldbook/data/oplog"
)

// restore is a row that an undo sets back to what it would be without a part of
// the log.
type restore struct {
	k    *data.Kind
	id   data.ID
	e    entity
	live []liveRow
	part func(dbDot) bool
}

// restoreCells writes the row without the part and counts it.
func (tx *Tx) restoreCells(r restore, out *Undone) error {
	byCell := map[string][]liveRow{}
	for _, l := range r.live {
		byCell[l.cell] = append(byCell[l.cell], l)
	}
	w := rowWithout{origins: map[string]dbDot{}}
	for name, rows := range byCell {
		mine, err := tx.anyStems(rows, r.part)
		if err != nil {
			return err
		}
		if mine {
			err = tx.revertCell(cellRows{name, rows}, r.part, &w)
		} else {
			err = tx.keepCell(cellRows{name, rows}, &w)
		}
		if err != nil {
			return err
		}
	}
	gone, err := tx.endsGone(r, &w)
	if err != nil {
		return err
	}
	out.Rows++
	if len(w.cells) > 0 {
		if err := tx.writeCells(r.k, r.id, r.e, sortedCells(w.cells)); err != nil {
			return err
		}
		if err := tx.saveOrigins(dbDot{tx.s.replica, tx.next - 1}, w.origins); err != nil {
			return err
		}
	}
	if !gone {
		return nil
	}
	// A delete must see what it deletes, so it comes last.
	e, err := tx.s.entityOf(tx.ctx, r.id)
	if err != nil {
		return err
	}
	if err := tx.deleteSeen(r.k, r.id, e); err != nil {
		return err
	}
	return tx.saveOrigins(dbDot{tx.s.replica, tx.next - 1}, map[string]dbDot{oplog.DeletedCell: w.deletes[0]})
}

// rowWithout is a row as it would be without the part that an undo takes back.
type rowWithout struct {
	cells   []cell           // to be written
	origins map[string]dbDot // whose values these are
	content []liveRow
	deletes []dbDot
	back    bool // the part deleted the row or brought it back
}

type cellRows struct {
	name string
	rows []liveRow
}

// keepCell keeps a cell that the part did not touch.
func (tx *Tx) keepCell(c cellRows, w *rowWithout) error {
	for _, l := range livingOf(c.rows) {
		if c.name != oplog.DeletedCell {
			w.content = append(w.content, l)
			continue
		}
		d, found, err := tx.deleteBehind(l)
		if err != nil {
			return err
		}
		if found {
			w.deletes = append(w.deletes, d)
		}
	}
	return nil
}

// revertCell gives a cell the value that it had before the part.
func (tx *Tx) revertCell(c cellRows, part func(dbDot) bool, w *rowWithout) error {
	value, from, all, err := tx.before(c.name, c.rows, part)
	if err != nil {
		return err
	}
	if c.name != oplog.DeletedCell {
		w.content = append(w.content, all...)
	} else if w.back = true; string(value) == "true" {
		w.deletes = append(w.deletes, from)
		return nil
	}
	w.cells = append(w.cells, cell{c.name, value})
	w.origins[c.name] = from
	return nil
}

// endsGone reports whether the undo deletes the row: without the part it is gone
// where its deletes saw all of it. One that is gone by what came after stays so.
func (tx *Tx) endsGone(r restore, w *rowWithout) (bool, error) {
	if len(w.deletes) == 0 {
		return false, nil
	}
	if r.e.deleted && !w.back {
		return true, nil
	}
	gone, err := tx.allSeen(w.deletes, w.content)
	if err == nil && !gone && w.back {
		w.cells = append(w.cells, cell{oplog.DeletedCell, []byte("null")})
		w.origins[oplog.DeletedCell] = w.deletes[0]
	}
	return gone, err
}
