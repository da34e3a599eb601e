package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"fieldbook/data"
)

// List reads all rows that a query asks for, with their references' names.
func (s *Store) List(ctx context.Context, q data.Query) ([]data.Row, error) {
	var out []data.Row
	err := s.Each(ctx, q, func(r data.Row) error {
		out = append(out, r)
		return nil
	})
	return out, err
}

// Each calls fn for every row of a query, in order, without holding them all.
func (s *Store) Each(ctx context.Context, q data.Query, fn func(data.Row) error) error {
	k, err := s.Kind(q.Kind)
	if err != nil {
		return err
	}
	b := builder{store: s, kind: k, joined: map[string]string{}}
	tail, err := b.build(q)
	if err != nil {
		return err
	}
	cols, joins := rowColumns(k)
	return s.each(ctx, k, fmt.Sprintf("SELECT %s FROM %s t %s %s", cols, k.Name, joins, tail), b.args, fn)
}

// Keys gives the keys of a query's rows in order: eight bytes a row, so that a
// table of a million rows can be scrolled to any place and read page by page.
func (s *Store) Keys(ctx context.Context, q data.Query) ([]data.Key, error) {
	k, err := s.Kind(q.Kind)
	if err != nil {
		return nil, err
	}
	b := builder{store: s, kind: k, joined: map[string]string{}}
	tail, err := b.build(q)
	if err != nil {
		return nil, err
	}
	// One blob with all keys: a million lines cost the driver more than SQLite.
	var out []data.Key
	err = s.packs(ctx, func(p packed) error {
		out = make([]data.Key, 0, len(p)/3)
		for len(p) > 0 {
			out = append(out, p.key())
		}
		return nil
	}, fmt.Sprintf("SELECT pack(key) FROM (SELECT t.key AS key FROM %s t %s)", k.Name, tail), b.args...)
	return out, err
}

// Count is the number of rows of a query.
func (s *Store) Count(ctx context.Context, q data.Query) (int, error) {
	k, err := s.Kind(q.Kind)
	if err != nil {
		return 0, err
	}
	b := builder{store: s, kind: k, joined: map[string]string{}}
	q.Sort = nil
	tail, err := b.build(q)
	if err != nil {
		return 0, err
	}
	tail, _, _ = strings.Cut(tail, " ORDER BY")
	var n int
	err = s.read.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM %s t %s", k.Name, tail), b.args...).Scan(&n)
	return n, dbError(err)
}

// CountEach counts the rows of a kind that each list of filters lets through, in
// one pass through its table by several connections.
func (s *Store) CountEach(ctx context.Context, kind string, wheres [][]data.Filter) ([]int, error) {
	k, err := s.Kind(kind)
	if err != nil || len(wheres) == 0 {
		return nil, err
	}
	b := builder{store: s, kind: k, joined: map[string]string{}}
	counts := make([]string, len(wheres))
	for i, where := range wheres {
		b.where = []string{"1"}
		for _, f := range where {
			if err := b.filter(f); err != nil {
				return nil, err
			}
		}
		counts[i] = "count(CASE WHEN " + strings.Join(b.where, " AND ") + " THEN 1 END)"
	}
	query := fmt.Sprintf("SELECT %s FROM %s t %s WHERE t.key BETWEEN ? AND ?", strings.Join(counts, ", "), k.Name, strings.Join(b.joins, " "))
	return s.countRanges(ctx, k.Name, len(wheres), query, b.args)
}

// countRange is how many keys one query of countRanges looks at.
const countRange = 1 << 16

// countRanges adds up what a query of n counts, which takes a range of keys
// last, gives for all of a table.
func (s *Store) countRanges(ctx context.Context, kind string, n int, query string, args []any) ([]int, error) {
	out := make([]int, n)
	var first, last sql.NullInt64
	ends := fmt.Sprintf("SELECT (SELECT min(key) FROM %[1]s), (SELECT max(key) FROM %[1]s)", kind)
	if err := s.read.QueryRowContext(ctx, ends).Scan(&first, &last); err != nil || !first.Valid {
		return out, dbError(err)
	}
	ranges := int(last.Int64-first.Int64)/countRange + 1
	return out, inOrder(ctx, ranges, func(ctx context.Context, i int) ([]int, error) {
		part, into := make([]int, n), make([]any, n)
		for i := range part {
			into[i] = &part[i]
		}
		from := first.Int64 + int64(i)*countRange
		err := s.read.QueryRowContext(ctx, query, append(slices.Clone(args), from, from+countRange-1)...).Scan(into...)
		return part, dbError(err)
	}, func(part []int) error {
		for i, count := range part {
			out[i] += count
		}
		return nil
	})
}

// builder turns a query into joins, conditions and an order. Names of fields
// come from the schema, never from the caller's text; values are arguments.
type builder struct {
	store  *Store
	kind   *data.Kind
	joins  []string
	joined map[string]string // path → alias
	where  []string
	args   []any

	weights map[data.Key]float64
}

func (b *builder) build(q data.Query) (string, error) {
	b.weights = q.Weights
	for _, f := range q.Where {
		if err := b.filter(f); err != nil {
			return "", err
		}
	}
	b.search(q.Search)
	var order []string
	for _, sort := range q.Sort {
		expr, err := b.sortExpr(sort.Field)
		if err != nil {
			return "", err
		}
		if sort.Desc {
			expr += " DESC"
		}
		order = append(order, expr)
	}
	key := "t.key"
	if len(order) > 0 {
		key = "+t.key" // else SQLite may walk an index for its sake and fetch each row from afar
	}
	order = append(order, key)
	var sb strings.Builder
	sb.WriteString(strings.Join(b.joins, " "))
	if len(b.where) > 0 {
		sb.WriteString(" WHERE " + strings.Join(b.where, " AND "))
	}
	sb.WriteString(" ORDER BY " + strings.Join(order, ", "))
	if q.Limit > 0 {
		fmt.Fprintf(&sb, " LIMIT %d", q.Limit)
	}
	return sb.String(), nil
}

// resolve follows a dotted path to a column of a joined table.
func (b *builder) resolve(path string) (column string, f data.Field, err error) {
	if column, f, ok := b.computed(path); ok {
		return column, f, nil
	}
	kind, alias := b.kind, "t"
	parts := strings.Split(path, ".")
	for i, name := range parts {
		if name == "id" && i == len(parts)-1 {
			return b.entityID(alias), data.Field{Name: "id", Label: "ID", Type: data.TypeRef}, nil
		}
		f, ok := kind.Field(name)
		if !ok {
			return "", f, data.Errorf(data.Invalid, "a %s has no field %q; its fields are %s", strings.ToLower(kind.Label), name, fieldNames(kind))
		}
		if i == len(parts)-1 {
			return columnOf(alias, f), f, nil
		}
		if f.Type != data.TypeRef {
			return "", f, data.Errorf(data.Invalid, "%s is not a reference, so %q means nothing", f.Label, path)
		}
		if kind, err = b.store.Kind(f.Ref); err != nil {
			return "", f, err
		}
		alias = b.join(strings.Join(parts[:i+1], "."), alias, f)
	}
	return "", f, data.Errorf(data.Invalid, "no field was named")
}

func (b *builder) entityID(alias string) string {
	path := alias + ".id"
	if a, ok := b.joined[path]; ok {
		return a + ".id"
	}
	a := fmt.Sprintf("q%d", len(b.joins))
	b.joins = append(b.joins, fmt.Sprintf("LEFT JOIN entity %s ON %s.key = %s.key", a, a, alias))
	b.joined[path] = a
	return a + ".id"
}

func (b *builder) join(path, from string, f data.Field) string {
	if alias, ok := b.joined[path]; ok {
		return alias
	}
	alias := fmt.Sprintf("q%d", len(b.joins))
	b.joins = append(b.joins, fmt.Sprintf("LEFT JOIN %s %s ON %s.key = %s.%s", f.Ref, alias, alias, from, f.Name))
	b.joined[path] = alias
	return alias
}

func columnOf(alias string, f data.Field) string {
	if f.Custom {
		return fmt.Sprintf("json_extract(%s.custom, '$.%q')", alias, f.Name)
	}
	return alias + "." + f.Name
}

func fieldNames(k *data.Kind) string {
	names := make([]string, len(k.Fields))
	for i, f := range k.Fields {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}

func (b *builder) sortExpr(path string) (string, error) {
	column, f, err := b.resolve(path)
	if err != nil {
		return "", err
	}
	switch f.Type {
	case data.TypeRef:
		if f.Ref == "" {
			return column, nil
		}
		alias := b.join(path, strings.TrimSuffix(column, "."+f.Name), f)
		if f.Ref == data.KindStage {
			return alias + ".position", nil
		}
		return titleSQL(f.Ref, alias) + " COLLATE NOCASE", nil
	case data.TypeText, data.TypeLongText, data.TypeChoice:
		return column + " COLLATE NOCASE", nil
	default:
		return column, nil
	}
}

func (b *builder) filter(f data.Filter) error {
	if f.Field == KeyField {
		b.keyFilter(f)
		return nil
	}
	column, field, err := b.resolve(f.Field)
	if err != nil {
		return err
	}
	switch f.Test {
	case data.Blank:
		b.where = append(b.where, column+" IS NULL")
		return nil
	case data.Filled:
		b.where = append(b.where, column+" IS NOT NULL")
		return nil
	case data.Contains:
		for _, v := range f.Values {
			b.where = append(b.where, column+` LIKE ? ESCAPE '\'`)
			b.args = append(b.args, "%"+escapeLike(fmt.Sprint(v))+"%")
		}
		return nil
	case data.Is, data.IsNot:
		return b.oneOf(column, field, f)
	default:
		return b.compare(column, field, f)
	}
}

func (b *builder) oneOf(column string, field data.Field, f data.Filter) error {
	var marks []string
	for _, v := range f.Values {
		marks = append(marks, b.argument(field, v))
	}
	list := strings.Join(marks, ", ")
	if f.Test == data.Is {
		b.where = append(b.where, fmt.Sprintf("%s IN (%s)", column, list))
	} else {
		b.where = append(b.where, fmt.Sprintf("(%s IS NULL OR %s NOT IN (%s))", column, column, list))
	}
	return nil
}

func (b *builder) compare(column string, field data.Field, f data.Filter) error {
	ops := map[data.Test][]string{data.AtLeast: {">="}, data.AtMost: {"<="}, data.Between: {">=", "<"}}[f.Test]
	if len(ops) == 0 || len(ops) != len(f.Values) {
		return data.Errorf(data.Invalid, "%q is not a test for %s", f.Test, field.Label)
	}
	for i, op := range ops {
		if f.Values[i] != nil {
			b.where = append(b.where, fmt.Sprintf("%s %s %s", column, op, b.argument(field, f.Values[i])))
		}
	}
	return nil
}

// argument adds a value and gives the SQL that stands for it. A reference is
// turned into the key of the row it names.
func (b *builder) argument(field data.Field, v data.Value) string {
	switch x := v.(type) {
	case data.ID:
		b.args = append(b.args, x[:])
		if field.Name == "id" {
			return "?"
		}
		return "(SELECT key FROM entity WHERE id = ?)"
	case data.Day:
		b.args = append(b.args, int64(x))
	case data.Instant:
		b.args = append(b.args, int64(x))
	default:
		b.args = append(b.args, v)
	}
	return "?"
}

func (b *builder) search(text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	var exprs []string
	for _, name := range []string{b.kind.Title, "name", "external_id", "account", "product", "email"} {
		f, ok := b.kind.Field(name)
		if !ok {
			continue
		}
		column := "t." + name
		if f.Type == data.TypeRef {
			column = titleSQL(f.Ref, b.join(name, "t", f))
		}
		exprs = append(exprs, column+` LIKE ? ESCAPE '\'`)
		b.args = append(b.args, "%"+escapeLike(text)+"%")
	}
	b.where = append(b.where, "("+strings.Join(exprs, " OR ")+")")
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}
