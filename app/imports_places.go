package app

import (
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// placeFields are the fields of an account that tell firms of one name apart.
var placeFields = []string{"address", "postal_code", "city"}

// placeKey is a name with a place, under which an account is found that shares
// its name with others; "" without a place.
func placeKey(name string, place []string) string {
	where := sheet.Fold(strings.Join(place, " "))
	if where == "" {
		return ""
	}
	return sheet.Fold(name) + "\x01" + where
}

// placeTexts is where a row of the book or of a file says that an account is.
func placeTexts(text func(field string) string) []string {
	place := make([]string, len(placeFields))
	for i, f := range placeFields {
		place[i] = text(f)
	}
	return place
}

// rowPlace is where a row of the file says that its account is.
func (w *importWriter) rowPlace(row *importRow) []string {
	return placeTexts(func(field string) string { return textAt(row, w.shape.index(field)) })
}

// findPlurals finds the names that accounts of the file share while they are at
// different places: they are different firms, such as the shops of a chain.
func (w *importWriter) findPlurals() error {
	w.plural = map[string]bool{}
	located := false
	for _, f := range placeFields {
		located = located || w.shape.index(f) >= 0
	}
	if w.Kind != data.KindAccount || w.keys != nil || !located {
		return nil
	}
	first := map[string]string{}
	return w.plan.stream(w.ctx, w.shape, func(row *importRow) error {
		if row.problem != nil || w.outer(row) != "" {
			return nil
		}
		key := placeKey(w.name(row), w.rowPlace(row))
		if key == "" {
			return nil
		}
		fold := sheet.Fold(w.name(row))
		if before, ok := first[fold]; ok && before != key {
			w.plural[fold] = true
		} else {
			first[fold] = key
		}
		return nil
	})
}

// placed finds the account of a name that several of the file share, by its
// place, or gives it an id of its own; nil for any other row.
func (w *importWriter) placed(row *importRow, outer, name string) *importName {
	if len(w.plural) == 0 || outer != "" || !w.plural[sheet.Fold(name)] {
		return nil
	}
	key := placeKey(name, w.rowPlace(row))
	if key == "" {
		return nil
	}
	if e, ok := w.own.byName[key]; ok {
		return e
	}
	e := w.own.add(data.ImportedID(w.Kind, w.Source, key), name, "", data.NoID)
	w.own.byName[key] = e
	return e
}
