package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"fieldbook/data"
)

// rowColumns are the columns that rowScan reads: key, id, each field (for a
// reference the id it points to and that row's title), the custom JSON.
func rowColumns(k *data.Kind) (columns, joins string) {
	cols := []string{"t.key", "e.id"}
	var join []string
	for _, f := range k.Fields {
		switch {
		case f.Custom:
		case f.Type == data.TypeRef:
			alias := "r_" + f.Name
			cols = append(cols, alias+"_e.id", titleSQL(f.Ref, alias))
			join = append(join, fmt.Sprintf("LEFT JOIN entity %s_e ON %s_e.key = t.%s LEFT JOIN %s %s ON %s.key = t.%s",
				alias, alias, f.Name, f.Ref, alias, alias, f.Name))
		default:
			cols = append(cols, "t."+f.Name)
		}
	}
	cols = append(cols, "t.custom")
	return strings.Join(cols, ", "), "JOIN entity e ON e.key = t.key " + strings.Join(join, " ")
}

// titleSQL is what people call a row: its title field, else its external id.
func titleSQL(kind, alias string) string {
	k, err := data.KindByName(kind)
	if err != nil {
		return "NULL"
	}
	title, _ := k.Field(k.Title)
	if title.Type != data.TypeText {
		return "NULL"
	}
	if _, ok := k.Field("external_id"); ok {
		return fmt.Sprintf("coalesce(%s.%s, %s.external_id)", alias, k.Title, alias)
	}
	return alias + "." + k.Title
}

func selectRowSQL(k *data.Kind) string {
	cols, joins := rowColumns(k)
	return fmt.Sprintf("SELECT %s FROM %s t %s WHERE t.key = ?", cols, k.Name, joins)
}

func selectRowsSQL(k *data.Kind, keys []data.Key) string {
	cols, joins := rowColumns(k)
	return fmt.Sprintf("SELECT %s FROM %s t %s WHERE t.key IN (%s)", cols, k.Name, joins, keyList(keys))
}

// rowScan reads lines of rowColumns, one after the other into the same room.
type rowScan struct {
	kind   *data.Kind
	key    data.Key
	id     []byte
	custom []byte
	raw    []any // of each field that is a column, of a reference two
	into   []any
	wide   int // values that the widest row so far had
}

func newRowScan(k *data.Kind) *rowScan {
	s := &rowScan{kind: k}
	n := 0
	for _, f := range k.Fields {
		if !f.Custom {
			n++
		}
		if f.Type == data.TypeRef {
			n++
		}
	}
	s.raw, s.into = make([]any, n), append(make([]any, 0, n+3), &s.key, &s.id)
	for i := range s.raw {
		s.into = append(s.into, &s.raw[i])
	}
	s.into = append(s.into, &s.custom)
	return s
}

func (s *rowScan) row(r *sql.Rows) (data.Row, error) {
	row := data.Row{Kind: s.kind, Values: make(data.Values, s.wide), Labels: map[string]string{}}
	if err := r.Scan(s.into...); err != nil {
		return row, err
	}
	row.Key = s.key
	copy(row.ID[:], s.id)
	i := 0
	for _, f := range s.kind.Fields {
		if f.Custom {
			continue
		}
		if v := fromSQL(f, s.raw[i]); v != nil {
			row.Values[f.Name] = v
		}
		i++
		if f.Type == data.TypeRef {
			if label, ok := s.raw[i].(string); ok {
				row.Labels[f.Name] = label
			}
			i++
		}
	}
	err := readCustom(s.kind, s.custom, row.Values)
	s.wide = max(s.wide, len(row.Values))
	return row, err
}

func fromSQL(f data.Field, v any) data.Value {
	switch x := v.(type) {
	case string:
		return x
	case int64:
		switch f.Type {
		case data.TypeBool:
			return x != 0
		case data.TypeDay:
			return data.Day(x)
		case data.TypeInstant:
			return data.Instant(x)
		case data.TypeNumber, data.TypePercent:
			return float64(x)
		default:
			return x
		}
	case float64:
		return x
	case []byte:
		if f.Type == data.TypeRef && len(x) == len(data.ID{}) {
			return readID(x)
		}
		return string(x)
	}
	return nil
}

// Get reads one row. It is NotFound where the book has none or it is deleted.
func (s *Store) Get(ctx context.Context, kind string, id data.ID) (data.Row, error) {
	k, err := s.Kind(kind)
	if err != nil {
		return data.Row{}, err
	}
	cols, joins := rowColumns(k)
	rows, err := s.read.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM %s t %s WHERE e.id = ?", cols, k.Name, joins), id[:])
	if err != nil {
		return data.Row{}, dbError(err)
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return data.Row{}, dbError(err)
		}
		return data.Row{}, data.Errorf(data.NotFound, "there is no such %s in this book", strings.ToLower(k.Label))
	}
	row, err := newRowScan(k).row(rows)
	return row, dbError(err)
}

// Rows reads rows by key, in the order of keys; keys that are gone are left out.
func (s *Store) Rows(ctx context.Context, kind string, keys []data.Key) ([]data.Row, error) {
	k, err := s.Kind(kind)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	found, err := s.collect(ctx, k, selectRowsSQL(k, keys))
	if err != nil {
		return nil, err
	}
	byKey := make(map[data.Key]data.Row, len(found))
	for _, r := range found {
		byKey[r.Key] = r
	}
	out := make([]data.Row, 0, len(keys))
	for _, key := range keys {
		if r, ok := byKey[key]; ok {
			out = append(out, r)
		}
	}
	return out, nil
}

func (s *Store) collect(ctx context.Context, k *data.Kind, query string, args ...any) ([]data.Row, error) {
	var out []data.Row
	err := s.each(ctx, k, query, args, func(r data.Row) error {
		out = append(out, r)
		return nil
	})
	return out, err
}

func (s *Store) each(ctx context.Context, k *data.Kind, query string, args []any, fn func(data.Row) error) error {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	scan := newRowScan(k)
	for rows.Next() {
		r, err := scan.row(rows)
		if err != nil {
			return dbError(err)
		}
		if err := fn(r); err != nil {
			return err
		}
	}
	return dbError(rows.Err())
}
