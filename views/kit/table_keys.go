package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained implements fyne.Focusable.
func (t *Table) FocusGained() {
	t.focused = true
	t.redraw()
}

// FocusLost implements fyne.Focusable.
func (t *Table) FocusLost() {
	t.focused, t.shift = false, false
	t.redraw()
}

// KeyDown implements desktop.Keyable: the only place that tells of Shift.
func (t *Table) KeyDown(e *fyne.KeyEvent) {
	t.shift = t.shift || isShift(e)
}

// KeyUp implements desktop.Keyable.
func (t *Table) KeyUp(e *fyne.KeyEvent) {
	if isShift(e) {
		t.shift = false
	}
}

func isShift(e *fyne.KeyEvent) bool {
	return e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight
}

// TypedKey implements fyne.Focusable.
func (t *Table) TypedKey(e *fyne.KeyEvent) {
	if t.Len() == 0 {
		return
	}
	page := max(1, int(t.bodyHeight()/t.opts.RowHeight)-1)
	switch e.Name {
	case fyne.KeyUp:
		t.moveRow(-1)
	case fyne.KeyDown:
		t.moveRow(1)
	case fyne.KeyPageUp:
		t.moveRow(-page)
	case fyne.KeyPageDown:
		t.moveRow(page)
	case fyne.KeyHome:
		t.moveEnd(-1)
	case fyne.KeyEnd:
		t.moveEnd(1)
	case fyne.KeyLeft:
		t.moveSide(-1)
	case fyne.KeyRight:
		t.moveSide(1)
	default:
		t.actKey(e.Name)
	}
}

func (t *Table) actKey(name fyne.KeyName) {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if t.opts.Select != SelectCells || !t.startEdit(t.cursor, "") {
			t.open(t.cursor.row)
		}
	case fyne.KeyF2:
		t.startEdit(t.cursor, "")
	case fyne.KeySpace:
		if t.opts.Select == SelectMany && !t.isGroup(t.cursor.row) {
			t.selection.Toggle(t.cursor.row)
			t.anchor = t.cursor
			t.selected()
		}
	case fyne.KeyEscape:
		if t.opts.Select == SelectCells {
			t.anchor = t.cursor
			t.selected()
		} else if t.selection.Count() > 0 && !t.opts.Ticks {
			t.ClearSelection()
		}
	case fyne.KeyDelete, fyne.KeyBackspace:
		switch {
		case t.opts.Select != SelectCells:
			t.passKey(name)
		case t.opts.OnClear != nil:
			t.opts.OnClear(t.Range())
		}
	default:
		t.passKey(name)
	}
}

// passKey hands on a key that rows have no use for.
func (t *Table) passKey(name fyne.KeyName) {
	if t.opts.OnKey != nil && t.opts.Select != SelectCells {
		t.opts.OnKey(name)
	}
}

// TypedRune implements fyne.Focusable: typing over a cell starts its editor.
func (t *Table) TypedRune(r rune) {
	if t.opts.Select == SelectCells && r != ' ' && t.Len() > 0 {
		t.startEdit(t.cursor, string(r))
	}
}

// moveRow moves the cursor by rows, over headings between them.
func (t *Table) moveRow(by int) {
	row := max(0, min(t.cursor.row+by, t.Len()-1))
	step := 1
	if by < 0 {
		step = -1
	}
	for t.isGroup(row) && row+step >= 0 && row+step < t.Len() {
		row += step
	}
	if !t.isGroup(row) {
		t.moveTo(cellAt{row, t.cursor.place})
	}
}

// moveEnd goes to the first or the last row; among cells to the end of the row.
func (t *Table) moveEnd(side int) {
	if t.opts.Select == SelectCells {
		t.moveTo(cellAt{t.cursor.row, max(0, min(side*len(t.shown), len(t.shown)-1))})
		return
	}
	t.moveRow(side * t.Len())
}

// moveSide goes to the next cell; in rows it opens and closes a tree or scrolls.
func (t *Table) moveSide(by int) {
	if t.opts.Select == SelectCells {
		t.moveTo(cellAt{t.cursor.row, max(0, min(t.cursor.place+by, len(t.shown)-1))})
		return
	}
	if row, ok := t.opts.Rows.Row(t.cursor.row); ok && t.opts.OnExpand != nil {
		for _, c := range row.Cells {
			if by > 0 && c.Tree == TreeClosed || by < 0 && c.Tree == TreeOpen {
				t.opts.OnExpand(t.cursor.row)
				return
			}
		}
	}
	const sideStep = 60
	t.scrollTo(t.top, t.left+float32(by)*sideStep)
}

// moveTo moves the cursor, selecting from the anchor while Shift is held.
func (t *Table) moveTo(at cellAt) {
	t.cursor = at
	extend := t.shift && t.opts.Select != SelectOne
	if !extend {
		t.anchor = at
	}
	if t.opts.Select != SelectCells && !t.opts.Ticks {
		t.selectRange()
	}
	t.ScrollTo(at.row)
	if t.opts.Select == SelectCells {
		t.showPlace(at.place)
	}
	t.selected()
}

// TypedShortcut implements fyne.Shortcutable; what a table does not know goes
// on to the window.
func (t *Table) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutSelectAll:
		t.SelectAll()
	case *fyne.ShortcutCopy:
		fyne.CurrentApp().Clipboard().SetContent(t.CopyText())
	case *fyne.ShortcutCut:
		if t.opts.OnCut != nil {
			t.opts.OnCut()
		}
	case *fyne.ShortcutPaste:
		if t.opts.Select != SelectCells && t.opts.OnPasteRow != nil && t.cursor.row < t.Len() {
			t.opts.OnPasteRow(t.cursor.row)
		}
		if t.opts.Select == SelectCells && t.opts.OnPaste != nil && len(t.shown) > 0 {
			from, _ := t.corners()
			t.opts.OnPaste(from.row, t.shown[from.place], fyne.CurrentApp().Clipboard().Content())
		}
	default:
		if c, ok := fyne.CurrentApp().Driver().CanvasForObject(t).(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
		}
	}
}

// CopyText returns the selection as a spreadsheet takes it: rows of lines,
// cells between tabs, in the columns and the order shown. Whole rows come with
// a line of titles.
func (t *Table) CopyText() string {
	if t.opts.OnCopy != nil {
		return t.opts.OnCopy()
	}
	var out strings.Builder
	if t.opts.Select == SelectCells {
		r := t.Range()
		for i := r.FromRow; i <= r.ToRow && i < t.Len(); i++ {
			t.copyRow(&out, i, r.Columns)
		}
		return out.String()
	}
	for i, c := range t.shown {
		writeField(&out, i, t.opts.Columns[c].Title)
	}
	out.WriteByte('\n')
	for i := range t.selection.Rows() {
		t.copyRow(&out, i, t.shown)
	}
	return out.String()
}

func (t *Table) copyRow(out *strings.Builder, i int, columns []int) {
	row, ok := t.opts.Rows.Row(i)
	if !ok || row.Group {
		return
	}
	for n, c := range columns {
		cell := cellOf(row, c)
		text := cell.Copy
		if text == "" {
			text = cell.Text
		}
		writeField(out, n, text)
	}
	out.WriteByte('\n')
}

// writeField quotes a field that would break a line of tabs.
func writeField(out *strings.Builder, n int, text string) {
	if n > 0 {
		out.WriteByte('\t')
	}
	if strings.ContainsAny(text, "\t\n\r\"") {
		text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	out.WriteString(text)
}

// ParseTSV reads what a spreadsheet puts on the clipboard: rows of fields,
// quoted where they hold a tab, a line end or a quote.
func ParseTSV(text string) [][]string {
	text = strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if text == "" {
		return nil
	}
	rows := [][]string{{}}
	for {
		field, rest := nextField(text)
		last := len(rows) - 1
		rows[last] = append(rows[last], field)
		if rest == "" {
			return rows
		}
		if rest[0] == '\n' {
			rows = append(rows, nil)
		}
		text = rest[1:]
	}
}

// nextField splits off the first field; rest begins with what ended it.
func nextField(text string) (field, rest string) {
	if !strings.HasPrefix(text, `"`) {
		end := strings.IndexAny(text, "\t\n")
		if end < 0 {
			return text, ""
		}
		return text[:end], text[end:]
	}
	var out strings.Builder
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			out.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			out.WriteByte('"')
			i++
			continue
		}
		tail, rest := nextField(text[i+1:])
		return out.String() + tail, rest
	}
	return out.String(), "" // the quote was never closed
}
