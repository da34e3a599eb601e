package store

import (
	"database/sql"
	"encoding/json"
	"slices"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// appendOp writes an own op into the log and gives its dot.
func (tx *Tx) appendOp(key data.Key, cells []cell, overwrites map[string][]dbDot) (dbDot, error) {
	if err := tx.begin(); err != nil {
		return dbDot{}, err
	}
	if err := checkOwn(cells); err != nil {
		return dbDot{}, err
	}
	under, err := tx.under(key)
	if err != nil {
		return dbDot{}, err
	}
	d := dbDot{tx.s.replica, tx.next}
	tx.next++
	return d, tx.insertOp(opLine{d: d, stamp: tx.stamp, txn: tx.key, entity: key, cells: encodeCells(cells), overwrites: encodeOverwrites(overwrites), under: encodeDots(under)})
}

// checkOwn refuses what no share file could carry to other books.
func checkOwn(cells []cell) error {
	size := 0
	for _, c := range cells {
		if len(c.name) > oplog.MaxCellName {
			return data.Errorf(data.Invalid, "the name of the field %.40s… is too long; nothing was changed. Give it a shorter one", c.name)
		}
		size += len(c.value)
	}
	if size > oplog.MaxOpBytes {
		return data.Errorf(data.Invalid, "the record holds more than %d KB of text; nothing was changed. Shorten its notes", oplog.MaxOpBytes>>10)
	}
	return nil
}

// opLine is an op as the log's table holds it.
type opLine struct {
	d           dbDot
	stamp       oplog.Stamp
	txn, entity data.Key
	cells       []byte
	overwrites  any
	under       any
	hidden      any
}

func (tx *Tx) insertOp(l opLine) error {
	_, err := tx.s.exec(tx.ctx, `INSERT INTO op (replica, seq, stamp, txn, entity, cells, overwrites, under, hidden) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		l.d.replica, l.d.seq, int64(l.stamp), l.txn, l.entity, string(l.cells), l.overwrites, l.under, l.hidden)
	return err
}

func encodeCells(cells []cell) []byte {
	b := make([]byte, 0, 256)
	b = append(b, '{')
	for i, c := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		b = data.AppendJSON(b, c.name)
		b = append(b, ':')
		b = append(b, c.value...)
	}
	return append(b, '}')
}

func decodeCells(text string) (map[string]json.RawMessage, error) {
	var out map[string]json.RawMessage
	err := json.Unmarshal([]byte(text), &out)
	return out, data.Wrap(data.Internal, err, "the log holds an entry that cannot be read")
}

// encodeOverwrites writes {cell: [[replica, seq]]}, nil where nothing is overwritten.
func encodeOverwrites(overwrites map[string][]dbDot) any {
	out := map[string][][2]uint64{}
	for name, dots := range overwrites {
		for _, d := range dots {
			out[name] = append(out[name], [2]uint64{uint64(d.replica), d.seq})
		}
	}
	if len(out) == 0 {
		return nil
	}
	b, err := json.Marshal(out)
	if err != nil {
		return nil
	}
	return string(b)
}

func decodeOverwrites(text sql.NullString) (map[string][]dbDot, error) {
	if !text.Valid {
		return nil, nil
	}
	var raw map[string][][2]uint64
	if err := json.Unmarshal([]byte(text.String), &raw); err != nil {
		return nil, data.Wrap(data.Internal, err, "the log holds an entry that cannot be read")
	}
	out := map[string][]dbDot{}
	for name, dots := range raw {
		for _, d := range dots {
			out[name] = append(out[name], dbDot{data.Key(d[0]), d[1]})
		}
	}
	return out, nil
}

// liveRow is a line of the table of live values.
type liveRow struct {
	cell  string
	dot   dbDot
	stamp oplog.Stamp
	value []byte
}

// none reports the line of a cell whose every value is overwritten, which only
// ops that overwrite each other in a circle bring about. It keeps the cell from
// falling back to the value that the row was born with.
func (l liveRow) none() bool { return l.dot.replica == 0 }

// livingOf leaves out the line that stands for no value.
func livingOf(rows []liveRow) []liveRow { return slices.DeleteFunc(rows, liveRow.none) }

func (tx *Tx) live(entity data.Key, name string) ([]liveRow, error) {
	var out []liveRow
	err := tx.rows(`SELECT replica, seq, stamp, value FROM live WHERE entity = ? AND cell = ?`, []any{entity, name}, func(r *sql.Rows) error {
		l := liveRow{cell: name}
		var value string
		err := r.Scan(&l.dot.replica, &l.dot.seq, &l.stamp, &value)
		l.value = []byte(value)
		out = append(out, l)
		return err
	})
	return out, err
}

func (tx *Tx) allLive(entity data.Key) ([]liveRow, error) {
	var out []liveRow
	err := tx.rows(`SELECT cell, replica, seq, stamp, value FROM live WHERE entity = ?`, []any{entity}, func(r *sql.Rows) error {
		var l liveRow
		var value string
		err := r.Scan(&l.cell, &l.dot.replica, &l.dot.seq, &l.stamp, &value)
		l.value = []byte(value)
		out = append(out, l)
		return err
	})
	return out, err
}

// liveDots are the dots that a new value of the cell replaces. A cell without
// live lines has the born op's value; naming that dot is right even where the
// born op did not write the cell.
func (tx *Tx) liveDots(e entity, name string) ([]dbDot, error) {
	rows, err := tx.live(e.key, name)
	if err != nil || len(rows) == 0 {
		return []dbDot{e.born}, err
	}
	var out []dbDot
	for _, l := range livingOf(rows) {
		out = append(out, l.dot)
	}
	return out, nil
}

// allLiveDots are the dots of every live value of the row, for a delete.
func (tx *Tx) allLiveDots(e entity) ([]dbDot, error) {
	rows, err := tx.allLive(e.key)
	out := []dbDot{e.born}
	for _, l := range livingOf(rows) {
		if l.dot != e.born {
			out = append(out, l.dot)
		}
	}
	return out, err
}

// setLive makes an own value the only live one of its cell: it has overwritten
// all others.
func (tx *Tx) setLive(entity data.Key, c cell, d dbDot) error {
	if _, err := tx.s.exec(tx.ctx, `DELETE FROM live WHERE entity = ? AND cell = ?`, entity, c.name); err != nil {
		return err
	}
	if _, err := tx.s.exec(tx.ctx, `DELETE FROM conflict WHERE entity = ? AND cell = ?`, entity, c.name); err != nil {
		return err
	}
	return tx.insertLive(entity, liveRow{c.name, d, tx.stamp, c.value})
}

func (tx *Tx) insertLive(entity data.Key, l liveRow) error {
	_, err := tx.s.exec(tx.ctx, `INSERT INTO live (entity, cell, replica, seq, stamp, value) VALUES (?, ?, ?, ?, ?, ?)`,
		entity, l.cell, l.dot.replica, l.dot.seq, int64(l.stamp), string(l.value))
	return err
}

// bornOp reads the op that a row was born with; values that it does not tell are null.
func (tx *Tx) bornOp(e entity) (cells map[string]json.RawMessage, stamp oplog.Stamp, err error) {
	var text string
	var hide sql.NullString
	found, err := tx.s.scanOne(tx.ctx, `SELECT cells, stamp, hidden FROM op WHERE replica = ? AND seq = ?`, []any{e.born.replica, e.born.seq}, &text, &stamp, &hide)
	if err != nil {
		return nil, 0, err
	}
	if !found {
		return nil, 0, data.Errorf(data.Internal, "the log lacks entry %d; run `fieldbook verify`", e.born.seq)
	}
	cells, err = decodeCells(text)
	if err != nil || !hide.Valid {
		return cells, stamp, err
	}
	hidden, err := decodeHidden(hide.String)
	for name := range hidden {
		cells[name] = json.RawMessage("null")
	}
	return cells, stamp, err
}

// winners are the shown values of all cells of a row: the born op's, then the
// greatest live one of each cell that changed.
func (tx *Tx) winners(e entity) (map[string][]byte, error) {
	born, _, err := tx.bornOp(e)
	if err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for name, v := range born {
		out[name] = v
	}
	rows, err := tx.allLive(e.key)
	if err != nil {
		return nil, err
	}
	best := map[string]oplog.Entry{}
	for _, l := range rows {
		if l.none() {
			out[l.cell] = l.value
			continue
		}
		dot, err := tx.shared(l.dot)
		if err != nil {
			return nil, err
		}
		entry := oplog.Entry{Dot: dot, Stamp: l.stamp, Value: l.value}
		if b, ok := best[l.cell]; !ok || entry.Compare(b) > 0 {
			best[l.cell] = entry
			out[l.cell] = l.value
		}
	}
	delete(out, oplog.DeletedCell)
	return out, nil
}

// shared gives a dot its replica's id, by which all books order values.
func (tx *Tx) shared(d dbDot) (oplog.Dot, error) {
	id, err := tx.s.replicaID(tx.ctx, d.replica)
	return oplog.Dot{Replica: id, Seq: d.seq}, err
}
