package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/assets/lang"
)

// SelectMode says what a person may select in a table.
type SelectMode int

// Cells is the mode of a spreadsheet: one rectangle of cells.
const (
	SelectOne SelectMode = iota
	SelectMany
	SelectCells
)

// TableOptions describes a table. Columns are fixed once given; callbacks may
// be nil. Rows and columns in callbacks are numbers into Rows and Columns.
type TableOptions struct {
	Columns   []Column
	Rows      Rows // nil while nothing is loaded: placeholders are drawn
	Select    SelectMode
	Check     bool              // a check box before each row (SelectMany)
	Ticks     bool              // the boxes mean something by themselves: nothing but a box or the space bar changes them
	NoHeader  bool              // as in a list
	NoSideBar bool              // a table below that scrolls along shows the lying scroll bar
	Shy       bool              // SelectCells: the selection shows only while the table has the keyboard
	RowHeight float32           // HeightRow if zero; HeightTwoLine puts Sub below Text
	Empty     fyne.CanvasObject // shown when there is no row: what would be here, and the first step
	State     TableState

	OnOpen     func(row int)                      // Enter or double click
	OnSide     func(left float32)                 // scrolled sideways; another table's ScrollSide follows
	OnSelect   func()                             // ask Selection or Range
	OnSort     func(keys []SortKey)               // load in that order, then SetRows
	OnFilter   func(key string, at fyne.Position) // at: on the canvas, below the header
	OnState    func(TableState)                   // keep it
	OnMenu     func(row int, at fyne.Position)    // right click, the row is selected by then
	OnExpand   func(row int)                      // a chevron, or left and right
	OnCopy     func() string                      // the default copies what is loaded as TSV
	OnPaste    func(row, col int, text string)    // SelectCells; row, col: the top left cell
	OnCut      func()                             // rows: the selected ones are to be moved
	OnPasteRow func(row int)                      // rows: what was cut is to come under the row
	OnClear    func(r CellRange)                  // SelectCells, Delete
	OnKey      func(name fyne.KeyName)            // rows: a key that the table has no use for
	OnEdit     func(edit *Edit) fyne.CanvasObject // an editor such as NewCellEntry, nil for none
}

// Table shows rows under sortable headers. It draws on one renderer and keeps
// as many text objects as fit the screen, so a million rows scroll as ten do.
type Table struct {
	widget.BaseWidget
	opts     TableOptions
	renderer *tableRenderer

	order    []int // columns as a person ordered them
	shown    []int // those of order that are not hidden
	hidden   []bool
	widths   []float32
	filtered map[string]bool
	sort     []SortKey
	totals   []Row

	top   float64 // pixels scrolled; float32 is too coarse for a million rows
	left  float32
	stamp uint64 // of what rows are drawn from; a row drawn under another is redrawn

	selection Selection
	cursor    cellAt // the row and place that keys move
	anchor    cellAt // where a range began

	focused, shift bool
	hover          hoverAt
	drag           dragState
	edit           *Edit
}

// cellAt is a row and a place among the shown columns.
type cellAt struct{ row, place int }

var (
	_ fyne.Focusable         = (*Table)(nil)
	_ fyne.Scrollable        = (*Table)(nil)
	_ fyne.Draggable         = (*Table)(nil)
	_ fyne.DoubleTappable    = (*Table)(nil)
	_ fyne.SecondaryTappable = (*Table)(nil)
	_ fyne.Shortcutable      = (*Table)(nil)
	_ desktop.Mouseable      = (*Table)(nil)
	_ desktop.Hoverable      = (*Table)(nil)
	_ desktop.Cursorable     = (*Table)(nil)
	_ desktop.Keyable        = (*Table)(nil)
)

// NewTable returns a table.
func NewTable(opts TableOptions) *Table {
	if opts.RowHeight == 0 {
		opts.RowHeight = HeightRow
	}
	if opts.Empty == nil {
		opts.Empty = NewText(lang.T("Nothing to show"), TextStyle{Color: ColorFg2, Align: fyne.TextAlignCenter})
	}
	n := len(opts.Columns)
	t := &Table{opts: opts, hidden: make([]bool, n), widths: make([]float32, n), filtered: map[string]bool{}}
	t.ExtendBaseWidget(t)
	t.clearHover()
	t.SetState(opts.State)
	return t
}

// Len returns the number of rows.
func (t *Table) Len() int {
	if t.opts.Rows == nil {
		return 0
	}
	return t.opts.Rows.Len()
}

// SetRows shows other rows and stays where it was scrolled to. Selected rows,
// and the corners of selected cells, stay selected if the new rows can find
// them by their id; an open editor stays open, so that a reload does not take a
// person's typing.
func (t *Table) SetRows(rows Rows) {
	if finder, ok := rows.(interface{ Index(id string) (int, bool) }); ok {
		t.follow(finder.Index)
	} else {
		t.selection.Clear()
	}
	t.opts.Rows = rows
	t.cursor.row = max(0, min(t.cursor.row, t.Len()-1))
	if t.opts.Select == SelectCells {
		t.anchor.row = max(0, min(t.anchor.row, t.Len()-1))
	} else {
		t.anchor = t.cursor
	}
	if t.edit != nil && t.edit.Row >= t.Len() {
		t.CancelEdit()
	}
	t.restamp()
	t.redraw()
}

// follow moves selection and cursor to where the rows' ids stand now.
func (t *Table) follow(index func(id string) (int, bool)) {
	ids, cursor, anchor := t.SelectedIDs(), t.rowID(t.cursor.row), t.rowID(t.anchor.row)
	t.selection.Clear()
	for _, id := range ids {
		if i, found := index(id); found {
			t.selection.Add(i, i+1)
		}
	}
	if i, found := index(cursor); found && cursor != "" {
		t.cursor.row = i
	}
	if i, found := index(anchor); found && anchor != "" {
		t.anchor.row = i
	}
}

// RowsChanged draws the rows [from, to) again, as when they have been loaded.
func (t *Table) RowsChanged(from, to int) {
	if t.renderer != nil {
		t.renderer.forget(from, to)
	}
	t.redraw()
}

// SetTotals shows rows that stay at the foot of the table.
func (t *Table) SetTotals(rows ...Row) {
	t.totals = rows
	t.restamp()
	t.redraw()
}

// SetFiltered marks the headers of the columns that are filtered.
func (t *Table) SetFiltered(keys ...string) {
	clear(t.filtered)
	for _, key := range keys {
		t.filtered[key] = true
	}
	t.redraw()
}

// Selection returns the selected rows. Do not change it.
func (t *Table) Selection() *Selection { return &t.selection }

// SelectedIDs returns the ids of the selected rows that are loaded. It asks
// for each row, so for rows fetched in pages use Selection.
func (t *Table) SelectedIDs() []string {
	var ids []string
	for i := range t.selection.Rows() {
		if id := t.rowID(i); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

func (t *Table) rowID(i int) string {
	if i < 0 || i >= t.Len() {
		return ""
	}
	row, _ := t.opts.Rows.Row(i)
	return row.ID
}

// Select makes one row the only selected one and shows it.
func (t *Table) Select(row int) {
	t.selection.Clear()
	t.selection.Add(row, row+1)
	t.cursor.row = row
	t.anchor = t.cursor
	t.ScrollTo(row)
	t.selected()
}

// SelectAll selects every row, or every cell.
func (t *Table) SelectAll() {
	switch t.opts.Select {
	case SelectMany:
		t.selection.Add(0, t.Len())
	case SelectCells:
		t.anchor = cellAt{0, 0}
		t.cursor = cellAt{max(0, t.Len()-1), max(0, len(t.shown)-1)}
	case SelectOne:
		return
	}
	t.selected()
}

// ClearSelection selects nothing.
func (t *Table) ClearSelection() {
	t.selection.Clear()
	t.selected()
}

func (t *Table) selected() {
	t.redraw()
	if t.opts.OnSelect != nil {
		t.opts.OnSelect()
	}
}

// CellRange is a rectangle of cells; To is inside. Columns are in the order shown.
type CellRange struct {
	FromRow, ToRow int
	Columns        []int
}

// Range returns the selected rectangle in the mode SelectCells.
func (t *Table) Range() CellRange {
	from, to := t.corners()
	if len(t.shown) == 0 {
		return CellRange{FromRow: from.row, ToRow: to.row}
	}
	return CellRange{from.row, to.row, t.shown[from.place : to.place+1]}
}

// showsCells reports whether a rectangle of cells is drawn as selected.
func (t *Table) showsCells() bool {
	return t.opts.Select == SelectCells && (!t.opts.Shy || t.focused || t.edit != nil)
}

// corners returns the selected rectangle's top left and bottom right, both inside.
func (t *Table) corners() (from, to cellAt) {
	last := max(0, len(t.shown)-1)
	from = cellAt{min(t.cursor.row, t.anchor.row), min(t.cursor.place, t.anchor.place, last)}
	to = cellAt{max(t.cursor.row, t.anchor.row), min(max(t.cursor.place, t.anchor.place), last)}
	return from, to
}

// Refresh draws everything again, as after a switch of the theme.
func (t *Table) Refresh() {
	t.restamp()
	t.BaseWidget.Refresh()
}

// restamp has every row drawn anew and settles which columns are shown.
func (t *Table) restamp() {
	t.stamp++
	t.layoutColumns()
}

func (t *Table) redraw() {
	if t.renderer != nil {
		t.renderer.draw()
	}
}
