package kit

import "fyne.io/fyne/v2"

// Rows is what a Table shows. Row gives false while a row is still being
// loaded; its owner then calls Table.RowsChanged once it is here. Rows may
// also have a method Visible(from, to int), which hears what is looked at, and
// Index(id string) (int, bool), by which a selection survives SetRows.
type Rows interface {
	Len() int
	Row(i int) (Row, bool)
}

// Row is one line of a table. Cells stand in the order of the table's columns
// as they were given, whatever a person made of it since.
type Row struct {
	ID    string // of the record, "" if there is none
	Cells []Cell
	Bold  bool
	Group bool // a heading between rows: its first cell over the whole width, not selectable
}

// Cell is what stands in one field of a table. Every part is optional.
type Cell struct {
	Text  string
	Sub   string // caption beside the text, below it in rows of two lines
	Copy  string // what is copied in place of Text, as an exact figure
	Bold  bool
	Color Token // of the text
	Icon  string
	Ink   Token // of the icon; the text's if empty
	Tag   Pill
	Bar   *Bar
	Dots  Dots
	Mark  Token // a small square before the text, of figures in the corner
	Level int   // of a tree: how far the cell is indented
	Tree  TreeState
}

// Pill is a word on a ground of its own.
type Pill struct {
	Text      string
	Color, Bg Token // ColorFg on ColorTrack if empty
}

// Bar is the progress mark of the project: done, expected by now (a thick
// tick) and full (a thin tick), as fractions of the field's width.
type Bar struct{ Done, Expected, Full float64 }

// Dots are the stages passed of all stages.
type Dots struct{ N, Of int }

// TreeState says whether a row has children and shows them.
type TreeState int

// A leaf shows no chevron but keeps its room if Level is not 0.
const (
	TreeLeaf TreeState = iota
	TreeClosed
	TreeOpen
)

// Column describes one column of a table.
type Column struct {
	Key       string // names the column in TableState and callbacks
	Title     string
	Width     float32 // at first; 120 if zero
	Min       float32 // a person cannot make it narrower; 40 if zero
	Grow      float32 // share of the width that is left over
	Align     fyne.TextAlign
	Sort      bool // the header sorts
	DescFirst bool // the first click sorts from high to low
	Filter    bool // the header offers a filter
	Edit      bool // OnEdit is asked for an editor
	Hidden    bool // until a person shows it
	Fixed     bool // cannot be hidden
	Shade     bool // set apart by ground and lines, as a sum among its parts
}

func (c Column) min() float32 {
	if c.Min == 0 {
		return 40
	}
	return c.Min
}

func (c Column) width() float32 {
	if c.Width == 0 {
		return 120
	}
	return max(c.Width, c.min())
}

// SliceRows are rows that are all in memory.
type SliceRows []Row

// Len implements Rows.
func (s SliceRows) Len() int { return len(s) }

// Row implements Rows.
func (s SliceRows) Row(i int) (Row, bool) { return s[i], true }

// Index finds a row by its id.
func (s SliceRows) Index(id string) (int, bool) {
	for i := range s {
		if s[i].ID == id {
			return i, true
		}
	}
	return 0, false
}

// PagedRows are rows fetched in pages while a person scrolls.
type PagedRows struct {
	Pages *Pages[Row]
	Count int // of the whole list
}

// Len implements Rows.
func (p PagedRows) Len() int { return p.Count }

// Row implements Rows.
func (p PagedRows) Row(i int) (Row, bool) { return p.Pages.At(i) }

// Visible passes on what is looked at.
func (p PagedRows) Visible(from, to int) { p.Pages.Visible(from, to) }
