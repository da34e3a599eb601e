package kit_test

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// sheet is a grid of figures that can be edited, as a quota plan is.
type sheetBench struct {
	*kittest.Hand
	table   *kit.Table
	figures [][]string
	pasted  string
	cleared kit.CellRange
}

func newSheet(t *testing.T) *sheetBench {
	t.Helper()
	kittest.App(t, false)
	s := &sheetBench{}
	columns := []kit.Column{{Key: "name", Title: "Name", Width: 100}}
	for i := range 3 {
		columns = append(columns, kit.Column{Key: strconv.Itoa(i), Title: "M" + strconv.Itoa(i), Width: 60, Edit: true})
	}
	for i := range 5 {
		s.figures = append(s.figures, []string{"P" + strconv.Itoa(i), strconv.Itoa(10 * i), strconv.Itoa(10*i + 1), strconv.Itoa(10*i + 2)})
	}
	s.table = kit.NewTable(kit.TableOptions{
		Columns: columns, Select: kit.SelectCells, Rows: s.rows(),
		OnPaste: func(row, col int, text string) { s.pasted = strconv.Itoa(row) + "," + strconv.Itoa(col) + ":" + text },
		OnClear: func(r kit.CellRange) { s.cleared = r },
		OnEdit: func(e *kit.Edit) fyne.CanvasObject {
			return kit.NewCellEntry(e, s.figures[e.Row][e.Col], func(text string) error {
				if _, err := strconv.Atoi(text); err != nil {
					return errors.New("not a figure")
				}
				s.figures[e.Row][e.Col] = text
				s.table.SetRows(s.rows())
				return nil
			})
		},
	})
	s.Hand = &kittest.Hand{Window: kittest.Window(t, s.table, 320, 220)}
	return s
}

func (s *sheetBench) rows() kit.SliceRows {
	var rows kit.SliceRows
	for _, line := range s.figures {
		row := kit.Row{ID: line[0]}
		for _, f := range line {
			row.Cells = append(row.Cells, kit.Cell{Text: f})
		}
		rows = append(rows, row)
	}
	return rows
}

func cellPos(row, col int) fyne.Position {
	return fyne.NewPos(104+60*float32(col-1)+30, firstRowY+28*float32(row))
}

func (s *sheetBench) editor() *kit.CellEntry {
	e, _ := kittest.Find[*kit.CellEntry](s.table)
	return e
}

func TestEditByTyping(t *testing.T) {
	s := newSheet(t)
	s.Click(cellPos(1, 1))
	s.Type("7") // opens the editor
	s.Type("7")
	s.Key(fyne.KeyTab)
	if s.figures[1][1] != "77" {
		t.Fatalf("the cell holds %q, want 77", s.figures[1][1])
	}
	if e := s.editor(); e == nil || e.Text != "11" {
		t.Fatal("Tab does not open the next cell with its value")
	}
	s.Key(fyne.KeyEscape)
	if s.editor() != nil || s.figures[1][2] != "11" {
		t.Error("Escape does not drop the edit")
	}
	s.Key(fyne.KeyF2)
	s.Key(fyne.KeyReturn)
	if r := s.table.Range(); r.FromRow != 2 || !slices.Equal(r.Columns, []int{2}) {
		t.Errorf("Enter goes to %+v, want the cell below", r)
	}
	s.Key(fyne.KeyLeft)
	s.Key(fyne.KeyLeft)
	s.Key(fyne.KeyF2)
	if s.editor() != nil {
		t.Error("a column that cannot be edited has an editor")
	}
}

func TestEditKeepsWhatIsWrong(t *testing.T) {
	s := newSheet(t)
	s.DoubleClick(cellPos(2, 2))
	s.Type("x")
	s.Key(fyne.KeyReturn)
	if e := s.editor(); e == nil || e.Text != "21x" {
		t.Fatal("a refused value closes the editor or is lost")
	}
	s.Key(fyne.KeyBackspace)
	s.Key(fyne.KeyReturn)
	if s.editor() != nil || s.figures[2][2] != "21" {
		t.Error("the mended value is not taken")
	}
}

func TestClickElsewhereKeepsTheEdit(t *testing.T) {
	s := newSheet(t)
	s.DoubleClick(cellPos(2, 2))
	s.Type("5")
	s.Click(cellPos(4, 1))
	if s.editor() != nil || s.figures[2][2] != "215" {
		t.Errorf("the cell holds %q, want 215", s.figures[2][2])
	}
}

func TestCellRange(t *testing.T) {
	s := newSheet(t)
	s.Drag(cellPos(1, 1), cellPos(3, 2))
	if r := s.table.Range(); r.FromRow != 1 || r.ToRow != 3 || !slices.Equal(r.Columns, []int{1, 2}) {
		t.Fatalf("dragged over %+v", r)
	}
	s.Shortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "10\t11\n20\t21\n30\t31\n" {
		t.Errorf("copied %q", got)
	}
	s.Key(fyne.KeyRight, fyne.KeyModifierShift)
	if r := s.table.Range(); !slices.Equal(r.Columns, []int{1, 2, 3}) {
		t.Errorf("Shift and right give %+v", r)
	}
	fyne.CurrentApp().Clipboard().SetContent("1\t2")
	s.Shortcut(&fyne.ShortcutPaste{})
	if s.pasted != "1,1:1\t2" {
		t.Errorf("pasted %q", s.pasted)
	}
	s.Key(fyne.KeyDelete)
	if s.cleared.ToRow != 3 || len(s.cleared.Columns) != 3 {
		t.Errorf("cleared %+v", s.cleared)
	}
	s.Key(fyne.KeyEscape)
	if r := s.table.Range(); r.FromRow != r.ToRow {
		t.Errorf("Escape leaves %+v selected", r)
	}
}
