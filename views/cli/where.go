package cli

import (
	"context"
	"strings"

	"fieldbook/app"
	"fieldbook/data"
)

// query asks for the rows of a kind that meet all conditions.
func query(ctx context.Context, a *app.App, kind string, conditions []condition) (data.Query, error) {
	k, err := a.Records.Kind(kind)
	if err != nil {
		return data.Query{}, err
	}
	q := data.Query{Kind: k.Name}
	for _, c := range conditions {
		f, err := c.filter(ctx, a, k)
		if err != nil {
			return q, err
		}
		q.Where = append(q.Where, f)
	}
	return q, nil
}

var tests = map[string]data.Test{"=": data.Is, "!=": data.IsNot, ">=": data.AtLeast, "<=": data.AtMost, "~": data.Contains}

// filter turns a condition on a kind into a filter. Nothing behind the sign
// means blank.
func (c condition) filter(ctx context.Context, a *app.App, k *data.Kind) (data.Filter, error) {
	f, err := fieldAt(a, k, c.field)
	if err != nil {
		return data.Filter{}, err
	}
	out := data.Filter{Field: c.field, Test: tests[c.sign]}
	switch {
	case c.value == "" && c.sign == "=":
		out.Test = data.Blank
	case c.value == "" && c.sign == "!=":
		out.Test = data.Filled
	case c.value == "":
		return out, data.FieldErrorf(c.field, "%s%s needs a value behind it", c.field, c.sign)
	case c.sign == "~":
		return c.contains(f)
	case f.Type == data.TypeRef:
		if out.Test != data.Is && out.Test != data.IsNot {
			return out, data.FieldErrorf(c.field, "%s names a record; compare it by = or !=", c.field)
		}
		out.Values, err = named(ctx, a, f, c.value)
	default:
		var v data.Value
		v, err = f.Parse(c.value, a.Book().Currency.Digits())
		out.Values = []data.Value{v}
	}
	return out, err
}

// contains looks for a part of a text, or of the name that a reference shows.
func (c condition) contains(f data.Field) (data.Filter, error) {
	out := data.Filter{Field: c.field, Test: data.Contains, Values: []data.Value{c.value}}
	if f.Ref != "" {
		k, err := data.KindByName(f.Ref)
		if err != nil {
			return out, err
		}
		out.Field += "." + k.Title
		f, _ = k.Field(k.Title)
	}
	switch f.Type {
	case data.TypeText, data.TypeLongText, data.TypeChoice:
		return out, nil
	default:
		return out, data.FieldErrorf(c.field, "%s is not a text; compare it by =, >= or <=", c.field)
	}
}

// named lists the rows that a reference may mean: the one with that id, or all
// with that name.
func named(ctx context.Context, a *app.App, f data.Field, text string) ([]data.Value, error) {
	if id, err := data.ParseID(text); err == nil {
		return []data.Value{id}, nil
	}
	row, err := a.Records.Find(ctx, f.Ref, text)
	if err == nil {
		return []data.Value{row.ID}, nil
	}
	if data.KindOf(err) != data.Ambiguous {
		return nil, err
	}
	k, err := a.Records.Kind(f.Ref)
	if err != nil {
		return nil, err
	}
	var ids []data.Value
	q := data.Query{Kind: k.Name, Where: []data.Filter{{Field: k.Title, Test: data.Is, Values: []data.Value{text}}}}
	err = a.Records.Each(ctx, q, func(row data.Row) error {
		ids = append(ids, row.ID)
		return nil
	})
	return ids, err
}

// fieldAt follows a path such as stage.type to its field.
func fieldAt(a *app.App, k *data.Kind, path string) (data.Field, error) {
	parts := strings.Split(path, ".")
	for i, name := range parts {
		last := i == len(parts)-1
		if name == "id" && last {
			return data.Field{Name: "id", Label: "ID", Type: data.TypeRef, Ref: ""}, nil
		}
		f, ok := k.Field(name)
		switch {
		case !ok:
			return f, data.FieldErrorf(name, "a %s has no field %q; its fields are %s", strings.ToLower(k.Label), name, fieldNames(k))
		case last:
			return f, nil
		case f.Type != data.TypeRef:
			return f, data.FieldErrorf(name, "%s is not a reference, so %q means nothing", f.Label, path)
		}
		var err error
		if k, err = a.Records.Kind(f.Ref); err != nil {
			return f, err
		}
	}
	return data.Field{}, data.Errorf(data.Invalid, "no field was named")
}

func fieldNames(k *data.Kind) string {
	names := make([]string, len(k.Fields))
	for i, f := range k.Fields {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}
