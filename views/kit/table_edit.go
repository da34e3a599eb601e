package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// EditMove is where the cursor goes when an editor closes.
type EditMove int

// Enter goes down, Tab to the next field that can be edited.
const (
	EditStay EditMove = iota
	EditDown
	EditUp
	EditNext
	EditBack
)

// Edit is one cell being edited. Row and Col are numbers into Rows and
// Columns; Typed is what a person typed to begin, "" if they want the old value.
type Edit struct {
	Row, Col int
	Typed    string

	table  *Table
	at     cellAt
	editor fyne.CanvasObject
}

// Close takes the editor away, gives the keys back to the table and moves its
// cursor. Closing twice does nothing.
func (e *Edit) Close(move EditMove) {
	t := e.table
	if t.edit != e {
		return
	}
	t.edit = nil
	focus(t)
	switch move {
	case EditDown:
		t.moveRow(1)
	case EditUp:
		t.moveRow(-1)
	case EditNext:
		t.editBeside(e.at, 1)
	case EditBack:
		t.editBeside(e.at, -1)
	case EditStay:
	}
	t.redraw()
}

// CancelEdit closes the editor, if one is open, as a click elsewhere does:
// the editor keeps or drops its text when it loses the keyboard.
func (t *Table) CancelEdit() {
	if t.edit != nil {
		t.edit.Close(EditStay)
	}
}

// startEdit opens the editor of a cell and reports whether it has one.
func (t *Table) startEdit(at cellAt, typed string) bool {
	if t.opts.OnEdit == nil || t.renderer == nil || at.place < 0 || at.place >= len(t.shown) || t.isGroup(at.row) {
		return false
	}
	col := t.shown[at.place]
	if !t.opts.Columns[col].Edit {
		return false
	}
	t.CancelEdit()
	t.cursor, t.anchor = at, at
	t.ScrollTo(at.row)
	t.showPlace(at.place)
	e := &Edit{Row: at.row, Col: col, Typed: typed, table: t, at: at}
	e.editor = t.opts.OnEdit(e)
	if e.editor == nil {
		return false
	}
	t.edit = e
	t.selected()
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		if f, ok := e.editor.(fyne.Focusable); ok {
			c.Focus(f)
		}
	}
	return true
}

// editBeside opens the next editor to one side, going on in the next row.
func (t *Table) editBeside(at cellAt, by int) {
	for range len(t.shown) * 2 {
		at.place += by
		switch {
		case at.place >= len(t.shown):
			at = cellAt{at.row + 1, 0}
		case at.place < 0:
			at = cellAt{at.row - 1, len(t.shown) - 1}
		}
		if at.row < 0 || at.row >= t.Len() {
			return
		}
		if t.startEdit(at, "") {
			return
		}
	}
}

// drawEdit keeps the editor over its cell.
func (r *tableRenderer) drawEdit() {
	e := r.table.edit
	if e == nil || e.at.place >= len(r.xs) {
		return
	}
	e.editor.Move(fyne.NewPos(r.xs[e.at.place]-r.table.left, r.table.rowY(e.at.row)-sizeHairline))
	e.editor.Resize(fyne.NewSize(r.ws[e.at.place], r.table.opts.RowHeight+sizeHairline))
}

// CellEntry is the usual editor of a cell: Enter, Tab and the arrows keep what
// was typed and move on, Escape drops it, a click elsewhere keeps it.
type CellEntry struct {
	widget.Entry
	edit   *Edit
	commit func(text string) error
	done   bool
	shift  bool
}

// CreateRenderer implements fyne.Widget.
func (c *CellEntry) CreateRenderer() fyne.WidgetRenderer {
	return filledFrame(c.Entry.CreateRenderer())
}

// NewCellEntry returns an editor holding text, or what was typed to begin.
// commit takes the new text; if it returns an error the editor stays open and
// is marked, with all that was typed.
func NewCellEntry(edit *Edit, text string, commit func(text string) error) *CellEntry {
	c := &CellEntry{edit: edit, commit: commit}
	c.ExtendBaseWidget(c)
	c.Scroll = fyne.ScrollNone
	if edit.Typed != "" {
		text = edit.Typed
	}
	c.SetText(text)
	c.CursorColumn = len([]rune(text))
	return c
}

// AcceptsTab implements fyne.Tabbable.
func (c *CellEntry) AcceptsTab() bool { return true }

// KeyDown implements desktop.Keyable.
func (c *CellEntry) KeyDown(e *fyne.KeyEvent) {
	c.Entry.KeyDown(e)
	c.shift = c.shift || isShift(e)
}

// KeyUp implements desktop.Keyable.
func (c *CellEntry) KeyUp(e *fyne.KeyEvent) {
	c.Entry.KeyUp(e)
	if isShift(e) {
		c.shift = false
	}
}

// TypedKey implements fyne.Focusable.
func (c *CellEntry) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		c.finish(EditDown)
	case fyne.KeyUp:
		c.finish(EditUp)
	case fyne.KeyTab:
		if c.shift {
			c.finish(EditBack)
		} else {
			c.finish(EditNext)
		}
	case fyne.KeyEscape:
		c.done = true
		c.edit.Close(EditStay)
	default:
		c.Entry.TypedKey(e)
	}
}

// FocusLost implements fyne.Focusable.
func (c *CellEntry) FocusLost() {
	c.Entry.FocusLost()
	if !c.done {
		c.finish(EditStay)
	}
}

func (c *CellEntry) finish(move EditMove) {
	c.done = true // also while commit reloads the table
	if err := c.commit(c.Text); err != nil {
		c.done = false
		c.SetValidationError(err)
		return
	}
	c.edit.Close(move)
}
