package store

import (
	"database/sql"
	"slices"
	"strconv"

	"fieldbook/data"
)

// putBack is what a transaction did, to be put back.
type putBack struct {
	txn     data.Key
	rows    []data.Key       // the newest first, each once
	part    func(dbDot) bool // whether it wrote or, being a merge, brought an op
	merged  bool
	members map[data.ID]bool // people with devices
	logs    *logBook         // of rows that go one after another
	out     *Undone
}

// way is how a row is put back.
type way int

// The ways: one row after another where somebody edited it; sets of rows where
// all that happened to them is that they came, went or came back.
const (
	rowByRow    way = iota
	bury            // part bore it: delete it
	revive          // part deleted it: as it was born
	reviveAgain     // the same, of a row that had been brought back before
	buryAgain       // part brought it back: delete it again
)

// plainRow is a row that goes by sets.
type plainRow struct {
	way   way
	key   data.Key
	id    data.ID
	kind  data.Key
	cells []byte // those it was born with, to revive it
}

// reverseChunk is how many rows are looked at together.
const reverseChunk = 4096

// reverseAll puts rows back in their order: the same ops and tables as
// reverseRow for each of them, by a few statements for all that are plain.
func (tx *Tx) reverseAll(r putBack) error {
	s := setReversal{tx: tx, putBack: r, kinds: map[data.Key]*data.Kind{}, buried: map[string][]data.Key{}, revivers: map[string]*reviver{}}
	rights, err := tx.rights()
	if err != nil {
		return err
	}
	s.single = rights.Founded() && !tx.reachesAll(rights)
	for chunk := range slices.Chunk(r.rows, reverseChunk) {
		if err := tx.check(); err != nil {
			return err
		}
		rows, err := s.look(chunk)
		if err != nil {
			return err
		}
		for len(rows) > 0 {
			n := slices.IndexFunc(rows, func(p plainRow) bool { return p.way != rows[0].way || p.kind != rows[0].kind })
			if n < 0 {
				n = len(rows)
			}
			if err := s.apply(rows[:n]); err != nil {
				return err
			}
			rows = rows[n:]
		}
	}
	if s.sets {
		clear(tx.s.dicts.entities) // some are deleted or not any more
	}
	return s.emptyTables()
}

// setReversal is a reversal under way.
type setReversal struct {
	tx *Tx
	putBack
	kinds    map[data.Key]*data.Kind // nil for one of a newer Fieldbook
	buried   map[string][]data.Key   // rows whose lines must leave the tables, by kind
	revivers map[string]*reviver
	sets     bool // some rows went by sets
	single   bool // each op must say whose its row was: row by row
}

// lookSQL tells rows by how they can be put back; the numbers are those of way.
// A plain row has at most one live line, of the deleted cell: l, written by o,
// which overwrote p last, if not the op b that the row was born with. A row born
// deleted is none, and of a row with more live lines each comes here.
const lookSQL = `SELECT e.key, e.kind, e.id, e.born_replica, e.born_seq, coalesce(l.replica, 0), coalesce(l.seq, 0), b.cells, CASE
	WHEN l.entity IS NULL THEN iif(e.deleted, 0, 1)
	WHEN l.cell <> '_deleted' OR instr(b.cells, '"_deleted":') THEN 0
	WHEN e.deleted AND l.value = 'true' AND o.overwrites = '{"_deleted":[[' || e.born_replica || ',' || e.born_seq || ']]}' THEN 2
	WHEN e.deleted AND l.value = 'true' AND p.cells = '{"_deleted":null}'
		AND o.overwrites = '{"_deleted":[[' || e.born_replica || ',' || e.born_seq || '],[' || p.replica || ',' || p.seq || ']]}' THEN 3
	WHEN NOT e.deleted AND l.value = 'null' AND p.cells = '{"_deleted":true}' AND o.overwrites = '{"_deleted":[[' || p.replica || ',' || p.seq || ']]}'
		AND instr(p.overwrites, '{"_deleted":[[' || e.born_replica || ',' || e.born_seq || ']') = 1 THEN 4
	ELSE 0 END
	FROM json_each(?) j CROSS JOIN entity e ON e.key = j.value
	LEFT JOIN live l ON l.entity = e.key
	LEFT JOIN op o ON o.replica = l.replica AND o.seq = l.seq
	LEFT JOIN op p ON p.replica = iif(o.overwrites = '{"_deleted":[[' || e.born_replica || ',' || e.born_seq || ']]}', NULL,
		json_extract(o.overwrites, '$._deleted[#-1][0]')) AND p.seq = json_extract(o.overwrites, '$._deleted[#-1][1]')
	LEFT JOIN op b ON l.entity IS NOT NULL AND b.replica = e.born_replica AND b.seq = e.born_seq
	ORDER BY j.key`

// look finds out the way of each row.
func (s *setReversal) look(keys []data.Key) ([]plainRow, error) {
	out := make([]plainRow, 0, len(keys))
	var p plainRow
	var born, live dbDot
	var bornReplica, bornSeq sql.NullInt64
	var id, cells sql.RawBytes
	into := []any{&p.key, &p.kind, &id, &bornReplica, &bornSeq, &live.replica, &live.seq, &cells, &p.way}
	err := s.tx.rows(lookSQL, []any{jsonKeys(keys)}, func(r *sql.Rows) error {
		if err := r.Scan(into...); err != nil {
			return err
		}
		copy(p.id[:], id)
		born = dbDot{data.Key(bornReplica.Int64), uint64(bornSeq.Int64)}
		if s.single || !s.plain(p.way, born, live) {
			p.way = rowByRow
		}
		p.cells = nil
		if p.way == revive || p.way == reviveAgain {
			p.cells = slices.Clone(cells)
		}
		if n := len(out); n > 0 && out[n-1].key == p.key {
			out[n-1].way = rowByRow // has several live lines
			return nil
		}
		out = append(out, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	erased, err := s.tx.erasures()
	if err != nil {
		return nil, err
	}
	for i := range out {
		k, err := s.kind(out[i].kind)
		if err != nil {
			return nil, err
		}
		if k == nil || s.apart(k, out[i].id) || erased[out[i].id] != nil {
			out[i].way = rowByRow
		}
	}
	return out, nil
}

// plain reports whether a way holds for the part that is put back. What an op
// replaced is older than all of a transaction, so it is none of part; of a merge
// that cannot be said.
func (s *setReversal) plain(w way, born, live dbDot) bool {
	switch w {
	case rowByRow:
		return false
	case bury:
		return s.part(born)
	default:
		return !s.merged && !s.part(born) && s.part(live)
	}
}

func (s *setReversal) kind(key data.Key) (*data.Kind, error) {
	k, known := s.kinds[key]
	if known {
		return k, nil
	}
	var name string
	if _, err := s.tx.s.scanOne(s.tx.ctx, `SELECT name FROM kind WHERE key = ?`, []any{key}, &name); err != nil {
		return nil, err
	}
	k, err := s.tx.s.Kind(name)
	if err != nil || k.Name != name {
		k = nil // of a newer Fieldbook: it has no table
	}
	s.kinds[key] = k
	return k, nil
}

// apply puts back rows of one kind by one way.
func (s *setReversal) apply(rows []plainRow) error {
	tx := s.tx
	if rows[0].way == rowByRow {
		for _, p := range rows {
			if err := tx.check(); err != nil {
				return err
			}
			if err := s.reverseOne(p); err != nil {
				return err
			}
		}
		return nil
	}
	s.sets = true
	if err := tx.begin(); err != nil {
		return err
	}
	keys := make([]data.Key, len(rows))
	kind := s.kinds[rows[0].kind].Name
	for i, p := range rows {
		keys[i] = p.key
		tx.change.Mark(kind, p.id)
	}
	s.out.Rows += len(rows)
	if err := s.log(rows[0].way, jsonKeys(keys)); err != nil {
		return err
	}
	tx.next += uint64(len(rows))
	if w := rows[0].way; w == bury || w == buryAgain {
		s.buried[kind] = append(s.buried[kind], keys...)
		return nil
	}
	return s.reenter(kind, rows)
}

// reverseOne puts one row back, or keeps and lists it where only others have the
// right to.
func (s *setReversal) reverseOne(p plainRow) error {
	if !s.single {
		return s.reverseRow(s.tx, p.key)
	}
	rows, kept := s.out.Rows, len(s.out.Kept)
	err := s.tx.Try(func() error { return s.reverseRow(s.tx, p.key) })
	if err != nil && data.KindOf(err) == data.Refused {
		s.out.Rows, s.out.Kept = rows, append(s.out.Kept[:kept], p.id)
		return nil
	}
	return err
}

// The ops of a set, from the keys of its rows in order, the replica, the first
// seq, the stamp and the txn.
const (
	buryOpsSQL = `INSERT INTO op (replica, seq, stamp, txn, entity, cells, overwrites)
		SELECT ?2, ?3 + j.key, ?4, ?5, e.key, '{"_deleted":true}',
			'{"_deleted":[[' || e.born_replica || ',' || e.born_seq || ']' || coalesce(',[' || l.replica || ',' || l.seq || ']', '') || ']}'
		FROM json_each(?1) j CROSS JOIN entity e ON e.key = j.value LEFT JOIN live l ON l.entity = e.key`
	reviveOpsSQL = `INSERT INTO op (replica, seq, stamp, txn, entity, cells, overwrites)
		SELECT ?2, ?3 + j.key, ?4, ?5, l.entity, '{"_deleted":null}', '{"_deleted":[[' || l.replica || ',' || l.seq || ']]}'
		FROM json_each(?1) j CROSS JOIN live l ON l.entity = j.value`
)

// log writes the ops of a set of rows and the live lines that come of them.
func (s *setReversal) log(w way, keys string) error {
	tx := s.tx
	me, first, stamp := int64(tx.s.replica), int64(tx.next), int64(tx.stamp)
	ops, value := buryOpsSQL, "true"
	if w == revive || w == reviveAgain {
		ops, value = reviveOpsSQL, "null"
	}
	if _, err := tx.s.exec(tx.ctx, ops, keys, me, first, stamp, int64(tx.key)); err != nil {
		return err
	}
	if w != bury {
		if _, err := tx.s.exec(tx.ctx, `DELETE FROM live WHERE entity IN (SELECT value FROM json_each(?))`, keys); err != nil {
			return err
		}
	}
	_, err := tx.s.exec(tx.ctx, `INSERT INTO live (entity, cell, replica, seq, stamp, value)
		SELECT j.value, '_deleted', ?2, ?3 + j.key, ?4, ?5 FROM json_each(?1) j ORDER BY j.value`, keys, me, first, stamp, value)
	if err != nil {
		return err
	}
	_, err = tx.s.exec(tx.ctx, `UPDATE entity SET deleted = ?2 WHERE key IN (SELECT value FROM json_each(?1))`, keys, value == "true")
	return err
}

// reenter writes the table lines of revived rows.
func (s *setReversal) reenter(kind string, rows []plainRow) error {
	r, ok := s.revivers[kind]
	if !ok {
		var err error
		if r, err = s.tx.reviver(kind, len(s.rows)); err != nil {
			return err
		}
		s.revivers[kind] = r
	}
	for _, p := range rows {
		if err := r.enter(p.key, p.cells); err != nil {
			return err
		}
	}
	return nil
}

// emptyTables takes the lines of buried rows out of the tables.
func (s *setReversal) emptyTables() error {
	for kind, keys := range s.buried {
		if err := s.emptyTable(kind, keys); err != nil {
			return err
		}
	}
	return nil
}

// emptyTable deletes the whole table at once where no other row is left in it,
// and builds its indexes anew where few are.
func (s *setReversal) emptyTable(kind string, keys []data.Key) error {
	tx := s.tx
	var again []string
	if len(keys) >= manyRows {
		var left bool
		var lines int
		_, err := tx.s.scanOne(tx.ctx, `SELECT (SELECT count(*) FROM `+kind+`), exists (SELECT 1 FROM entity e CROSS JOIN `+kind+` t ON t.key = e.key
			WHERE e.kind = (SELECT key FROM kind WHERE name = ?) AND NOT e.deleted)`, []any{kind}, &lines, &left)
		if err != nil {
			return err
		}
		if !left {
			_, err := tx.s.exec(tx.ctx, "DELETE FROM "+kind)
			return err
		}
		if lines <= 4*len(keys) {
			if again, err = tx.dropIndexes(kind); err != nil {
				return err
			}
		}
	}
	for chunk := range slices.Chunk(keys, reverseChunk) {
		if err := tx.check(); err != nil {
			return err
		}
		if _, err := tx.s.exec(tx.ctx, "DELETE FROM "+kind+" WHERE key IN (SELECT value FROM json_each(?))", jsonKeys(chunk)); err != nil {
			return err
		}
	}
	return tx.makeIndexes(again)
}

// jsonKeys writes keys as a list for json_each, which gives each its place too.
func jsonKeys(keys []data.Key) string {
	list := make([]byte, 0, 8*len(keys)+2)
	list = append(list, '[')
	for i, k := range keys {
		if i > 0 {
			list = append(list, ',')
		}
		list = strconv.AppendInt(list, int64(k), 10)
	}
	return string(append(list, ']'))
}
