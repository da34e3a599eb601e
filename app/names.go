package app

import (
	"context"

	"fieldbook/data"
)

// RecordName is what people call a record: a deal as DealName does with its
// product, any other by its title or, without one, by what it points to. An
// external id serves only where there is nothing else; "" is nothing at all.
func RecordName(r data.Row) string {
	switch {
	case r.Kind == nil:
		return ""
	case r.Kind.Name == data.KindDeal:
		name := DealName(r)
		if product := r.Labels["product"]; product != "" && product != name {
			name += " · " + product
		}
		return name
	case r.Text(r.Kind.Title) != "" && r.Kind.Name != data.KindQuota:
		return r.Title()
	}
	name := ""
	for _, field := range []string{"account", "product", "person", "territory", "deal", "stage"} {
		switch label := r.Labels[field]; {
		case label == "":
		case name == "":
			name = label
		default:
			return name + " · " + label
		}
	}
	if title := r.Title(); title != name && title != "" {
		if name == "" {
			return title
		}
		return name + " · " + title
	}
	return name
}

// lastName is RecordName of a record that may be gone; "" where the book never
// held it.
func (a *App) lastName(ctx context.Context, kind string, id data.ID) (name string, gone bool, err error) {
	row, gone, err := a.store.Remains(ctx, kind, id)
	if err != nil {
		if kind := data.KindOf(err); kind == data.NotFound || kind == data.Invalid {
			return "", true, nil
		}
		return "", gone, err
	}
	return RecordName(row), gone, nil
}
