package kit

import "slices"

// SortKey is one column that a table is sorted by.
type SortKey struct {
	Key  string `json:"key"`
	Desc bool   `json:"desc,omitempty"`
}

// TableState is what a person made of a table's columns. It is kept as JSON
// with the book's settings; columns it does not know come last.
type TableState struct {
	Order  []string           `json:"order,omitempty"`
	Hidden []string           `json:"hidden,omitempty"`
	Widths map[string]float32 `json:"widths,omitempty"`
	Sort   []SortKey          `json:"sort,omitempty"`
}

// State returns the columns as they stand.
func (t *Table) State() TableState {
	s := TableState{Widths: map[string]float32{}, Sort: slices.Clone(t.sort)}
	for _, c := range t.order {
		col := t.opts.Columns[c]
		s.Order = append(s.Order, col.Key)
		if t.hidden[c] {
			s.Hidden = append(s.Hidden, col.Key)
		}
		if w := t.widths[c]; w != col.width() {
			s.Widths[col.Key] = w
		}
	}
	return s
}

// SetState puts the columns as they stood. The zero state is that of the
// columns as given. It calls neither OnState nor OnSort.
func (t *Table) SetState(s TableState) {
	columns := t.opts.Columns
	t.order, t.sort = t.order[:0], nil
	for _, key := range s.Order {
		if c := t.columnOf(key); c >= 0 && !slices.Contains(t.order, c) {
			t.order = append(t.order, c)
		}
	}
	for c, col := range columns {
		t.hidden[c] = col.Hidden
		if slices.Contains(t.order, c) {
			t.hidden[c] = slices.Contains(s.Hidden, col.Key)
		} else {
			t.order = append(t.order, c)
		}
		t.widths[c] = col.width()
		if w, ok := s.Widths[col.Key]; ok {
			t.widths[c] = max(w, col.min())
		}
	}
	for _, k := range s.Sort {
		if t.columnOf(k.Key) >= 0 {
			t.sort = append(t.sort, k)
		}
	}
	t.restamp()
	t.redraw()
}

// SetTitle names a column anew, as one whose title says a year. An unknown key
// changes nothing.
func (t *Table) SetTitle(key, title string) {
	if c := t.columnOf(key); c >= 0 && t.opts.Columns[c].Title != title {
		t.opts.Columns[c].Title = title
		t.redraw()
	}
}

// columnOf returns the index of a column by its key, or -1.
func (t *Table) columnOf(key string) int {
	return slices.IndexFunc(t.opts.Columns, func(c Column) bool { return c.Key == key })
}

func (t *Table) stateChanged() {
	t.restamp()
	t.redraw()
	if t.opts.OnState != nil {
		t.opts.OnState(t.State())
	}
}

// toggleSort is a click on a header: up, down, off. With add the column
// becomes a further key and the others stay.
func (t *Table) toggleSort(c int, add bool) {
	col := t.opts.Columns[c]
	if !col.Sort {
		return
	}
	at := slices.IndexFunc(t.sort, func(k SortKey) bool { return k.Key == col.Key })
	if !add && (at < 0 || len(t.sort) > 1) {
		t.sort, at = nil, -1
	}
	switch {
	case at < 0:
		t.sort = append(t.sort, SortKey{col.Key, col.DescFirst})
	case t.sort[at].Desc == col.DescFirst:
		t.sort[at].Desc = !col.DescFirst
	default:
		t.sort = slices.Delete(t.sort, at, at+1)
	}
	t.stateChanged()
	if t.opts.OnSort != nil {
		t.opts.OnSort(slices.Clone(t.sort))
	}
}

// hideColumn hides or shows a column, but never the last one.
func (t *Table) hideColumn(c int, hide bool) {
	if t.opts.Columns[c].Fixed || hide && len(t.shown) <= 1 {
		return
	}
	t.hidden[c] = hide
	t.stateChanged()
}

// moveColumn puts the shown column at one place before that at another;
// to may be one past the last.
func (t *Table) moveColumn(from, to int) {
	if to == from || to == from+1 {
		return
	}
	c := t.shown[from]
	at := len(t.order)
	if to < len(t.shown) {
		at = slices.Index(t.order, t.shown[to])
	}
	old := slices.Index(t.order, c)
	t.order = slices.Insert(t.order, at, c)
	if old >= at {
		old++
	}
	t.order = slices.Delete(t.order, old, old+1)
	t.stateChanged()
}

// resizeColumn sets a column's width, which is remembered at the drag's end.
func (t *Table) resizeColumn(c int, width float32) {
	t.widths[c] = max(width, t.opts.Columns[c].min())
	t.restamp()
	t.redraw()
}

// fitColumn makes a column as wide as what it shows now.
func (t *Table) fitColumn(c int) {
	width := Measure(t.opts.Columns[c].Title, SizeCaption, true) + 2*PadCell + IconControl
	first, last := t.visibleRows()
	for i := first; i < last; i++ {
		if row, ok := t.opts.Rows.Row(i); ok && c < len(row.Cells) && !row.Group {
			width = max(width, row.Cells[c].natural(row.Bold))
		}
	}
	t.resizeColumn(c, width)
	t.stateChanged()
}
