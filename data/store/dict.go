package store

import (
	"context"
	"database/sql"
	"errors"

	"fieldbook/data"
)

// dictionaries translate between the ids that books share and this file's
// integer keys. They belong to the writer and hold what was looked up lately;
// a rolled-back transaction forgets them.
type dictionaries struct {
	replicas map[data.ID]data.Key
	ids      map[data.Key]data.ID // the replicas, the other way round
	kinds    map[string]data.Key
	entities map[data.ID]entity
}

// entity is a row of any kind, as the log knows it.
type entity struct {
	key     data.Key
	kind    data.Key
	born    dbDot // zero while only referred to
	deleted bool
}

// dbDot is a dot with this file's replica key.
type dbDot struct {
	replica data.Key
	seq     uint64
}

// maxEntities bounds the memory that looked-up rows take during an import.
const maxEntities = 100_000

func (d *dictionaries) reset() {
	d.replicas = map[data.ID]data.Key{}
	d.ids = map[data.Key]data.ID{}
	d.kinds = map[string]data.Key{}
	d.entities = map[data.ID]entity{}
}

func (d *dictionaries) keep(id data.ID, e entity) {
	if len(d.entities) >= maxEntities {
		clear(d.entities)
	}
	d.entities[id] = e
}

// stmt is a statement of the writer, prepared once.
func (s *Store) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if st, ok := s.stmts[query]; ok {
		return st, nil
	}
	st, err := s.write.PrepareContext(ctx, query)
	if err != nil {
		return nil, dbError(err)
	}
	s.stmts[query] = st
	return st, nil
}

func (s *Store) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	st, err := s.stmt(ctx, query) //nolint:sqlclosecheck // kept; closed with the store
	if err != nil {
		return nil, err
	}
	res, err := st.ExecContext(ctx, args...)
	return res, dbError(err)
}

func (s *Store) scanOne(ctx context.Context, query string, args []any, into ...any) (found bool, err error) {
	st, err := s.stmt(ctx, query) //nolint:sqlclosecheck // kept; closed with the store
	if err != nil {
		return false, err
	}
	err = st.QueryRowContext(ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, dbError(err)
}

func (s *Store) replicaKey(ctx context.Context, id data.ID) (data.Key, error) {
	if k, ok := s.dicts.replicas[id]; ok {
		return k, nil
	}
	if _, err := s.exec(ctx, `INSERT OR IGNORE INTO replica (id) VALUES (?)`, id[:]); err != nil {
		return 0, err
	}
	var k data.Key
	if _, err := s.scanOne(ctx, `SELECT key FROM replica WHERE id = ?`, []any{id[:]}, &k); err != nil {
		return 0, err
	}
	s.dicts.replicas[id] = k
	return k, nil
}

func (s *Store) replicaID(ctx context.Context, key data.Key) (data.ID, error) {
	if id, ok := s.dicts.ids[key]; ok {
		return id, nil
	}
	var raw []byte
	found, err := s.scanOne(ctx, `SELECT id FROM replica WHERE key = ?`, []any{key}, &raw)
	if err != nil {
		return data.NoID, err
	}
	if !found || len(raw) != len(data.ID{}) {
		return data.NoID, data.Errorf(data.Internal, "the log names an unknown device; run `fieldbook verify`")
	}
	id := readID(raw)
	s.dicts.ids[key] = id
	return id, nil
}

func (s *Store) kindKey(ctx context.Context, name string) (data.Key, error) {
	if k, ok := s.dicts.kinds[name]; ok {
		return k, nil
	}
	if _, err := s.exec(ctx, `INSERT OR IGNORE INTO kind (name) VALUES (?)`, name); err != nil {
		return 0, err
	}
	var k data.Key
	if _, err := s.scanOne(ctx, `SELECT key FROM kind WHERE name = ?`, []any{name}, &k); err != nil {
		return 0, err
	}
	s.dicts.kinds[name] = k
	return k, nil
}

// entityOf finds what the log knows of a row; key is 0 where it knows nothing.
func (s *Store) entityOf(ctx context.Context, id data.ID) (entity, error) {
	if e, ok := s.dicts.entities[id]; ok {
		return e, nil
	}
	var e entity
	var replica, seq sql.NullInt64
	found, err := s.scanOne(ctx, `SELECT key, kind, born_replica, born_seq, deleted FROM entity WHERE id = ?`,
		[]any{id[:]}, &e.key, &e.kind, &replica, &seq, &e.deleted)
	if err != nil || !found {
		return entity{}, err
	}
	e.born = dbDot{data.Key(replica.Int64), uint64(seq.Int64)}
	s.dicts.keep(id, e)
	return e, nil
}

// entityKey is the key of a row, made if need be: a reference may arrive before
// the row that it points to.
func (s *Store) entityKey(ctx context.Context, kind string, id data.ID) (data.Key, error) {
	e, err := s.entityOf(ctx, id)
	if err != nil || e.key != 0 {
		return e.key, err
	}
	k, err := s.kindKey(ctx, kind)
	if err != nil {
		return 0, err
	}
	res, err := s.exec(ctx, `INSERT INTO entity (kind, id) VALUES (?, ?)`, k, id[:])
	if err != nil {
		return 0, err
	}
	n, err := res.LastInsertId()
	if err != nil {
		return 0, dbError(err)
	}
	s.dicts.keep(id, entity{key: data.Key(n), kind: k})
	return data.Key(n), nil
}
