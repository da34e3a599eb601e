package store

import (
	"context"
	"slices"
	"strings"

	"fieldbook/data"
)

// Told is what one act says of a row: the fields of the cells that it wrote.
type Told struct {
	Day    data.Day // the author's
	Values data.Values
}

// Told lists what was said of each of some rows, in the order in which the later
// one counts; the first made it. It has none of a row that the book does not hold.
func (s *Store) Told(ctx context.Context, kind string, of []data.ID) (map[data.ID][]Told, error) {
	k, err := s.Kind(kind)
	if err != nil {
		return nil, err
	}
	ops, txns, err := opsOf(ctx, s.read, of...)
	if err != nil {
		return nil, err
	}
	out := make(map[data.ID][]Told, len(of))
	for _, op := range ops {
		t := Told{Day: txns[op.Txn].Day, Values: data.Values{}}
		for name, c := range op.Cells {
			if fields := k.CellFields(name); len(fields) > 0 {
				for _, f := range fields {
					t.Values[f.Name] = nil
				}
				decodeCell(fields, c.Value, t.Values)
			}
		}
		out[op.Row] = append(out[op.Row], t)
	}
	return out, nil
}

// dated is an edit that was read from the log with its act's day.
type dated interface {
	when() (day data.Day, told bool)
}

func (e StageEdit) when() (data.Day, bool) { return e.Day, e.told }
func (e FieldEdit) when() (data.Day, bool) { return e.Day, e.told }

// tellsOf reports whether an act's words say that it tells of an earlier day.
func tellsOf(what string, day data.Day) bool { return strings.HasSuffix(what, asOfWords(day)) }

// inTime puts the edits of one row, which came in the order of the log, in that
// of their days where an act told of a day before one that the book knew already,
// as an imported history does. until leaves out a first entry of a later day.
func inTime[E dated](edits []E, until data.Day) []E {
	back := false
	last := data.NoDay
	for i, e := range edits {
		day, told := e.when()
		back = back || i > 0 && told && day < last
		if i == 0 || day > last {
			last = day
		}
	}
	if !back {
		return edits
	}
	slices.SortStableFunc(edits, func(a, b E) int {
		x, _ := a.when()
		y, _ := b.when()
		return int(x - y)
	})
	if n := len(edits) - 1; until.Valid() {
		if day, _ := edits[n].when(); day > until {
			edits = edits[:n]
		}
	}
	return edits
}

// inTurn hands out the edits of one row after the other, each in order of time.
type inTurn[E dated] struct {
	row   data.Key
	edits []E
	until data.Day
	fn    func(E) error
}

func (t *inTurn[E]) take(row data.Key, e E) error {
	if row != t.row {
		if err := t.tell(); err != nil {
			return err
		}
		t.row = row
	}
	t.edits = append(t.edits, e)
	return nil
}

func (t *inTurn[E]) tell() error {
	for _, e := range inTime(t.edits, t.until) {
		if err := t.fn(e); err != nil {
			return err
		}
	}
	t.edits = t.edits[:0]
	return nil
}
