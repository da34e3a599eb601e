// Package report says what a report and a chart contain: plain values that
// package chart draws and package pdf sets on paper. It computes nothing from
// records itself and touches no file, clock or database, so the same input
// always gives the same document.
package report

import (
	"image"
	"slices"
	"time"
)

// Doc is one report, ready to be set on paper. All text is in Language and
// already formatted; a renderer adds none of its own except page numbers.
type Doc struct {
	Title    string
	Subtitle string
	Org      string      // whose report it is, beside the mark at the top left
	Logo     *image.RGBA // stands in the place of the mark; nil for Fieldbook's own
	Note     string      // top right: "Fieldbook report, internal"

	// Meta is the line under the title: period, scope, as of, filters, in the
	// order given.
	Meta []Fact

	Sections []Section

	NotesTitle string // "Notes"
	Notes      string // what who made the report says to it, a paragraph a line

	DefinitionsTitle string // "What the figures mean"
	Definitions      []Fact

	Fingerprint string // the book's state, as the footer prints it
	Known       string // until which day things were known, beside the fingerprint
	PageOf      string // footer pattern with two %d; "Page %d of %d" when empty

	Created  time.Time // stamped into the file instead of the wall clock
	Author   string
	Keywords string // read by programs: the book's state in full
	Language string // BCP 47, such as "en"
}

// Fact is a name and what it says: a line of the meta block or a definition.
type Fact struct{ Name, Text string }

// Section is a heading with blocks below it. A section with a heading becomes
// a bookmark.
type Section struct {
	Heading string
	Caption string // unit, period and n, beside the heading
	Page    bool   // begins a page of its own
	Blocks  []Block
}

// say adds a section of one paragraph, none without a text.
func (d *Doc) say(text string) {
	if text != "" {
		d.Sections = append(d.Sections, Section{Blocks: []Block{Text{Paragraphs: []string{text}}}})
	}
}

// Block is one of Table, Chart, Map, Figures and Text.
type Block interface{ block() }

// Chart is a block that shows a spec. The section's heading replaces the
// spec's own title when the section has one and this is its first block.
type Chart struct {
	Spec   Spec
	Height int // px at 96 per inch; 0 takes what the spec needs
}

// Map is a block that shows a map, which package geo draws.
type Map struct {
	Spec   MapSpec
	Height int // px at 96 per inch; 0 takes what a country needs
}

// Text is a block of paragraphs, wrapped to the width of the page.
type Text struct{ Paragraphs []string }

// Figures is a row of cards.
type Figures struct{ Cards []Card }

// Card is one figure: its name, value, what it is made of and how it compares.
type Card struct {
	Name   string // "Won, quarter to date"
	Text   string // "$330K"
	Sub    string // "109 deals"
	Change string // "7.5% on Q3, day 48"
	Sign   Sign   // drawn before Change
	Tone   Tone   // of Change
	Spark  []float64
	Key    string // what a click opens
	Hint   string
}

// Table is a block of rows under column heads. Totals follow the last row
// under a stronger line and are repeated nowhere else.
type Table struct {
	Columns []Column
	Rows    []Row
	Totals  []Row
}

// without leaves columns out of the table.
func (t Table) without(columns ...int) Table {
	keep := func(i int) bool { return !slices.Contains(columns, i) }
	t.Columns = picked(t.Columns, keep)
	for _, rows := range [][]Row{t.Rows, t.Totals} {
		for i := range rows {
			rows[i].Cells = picked(rows[i].Cells, keep)
		}
	}
	return t
}

// picked are the items whose places are kept.
func picked[T any](items []T, keep func(int) bool) []T {
	var out []T
	for i, item := range items {
		if keep(i) {
			out = append(out, item)
		}
	}
	return out
}

// Column is one column of a table.
type Column struct {
	Title string
	Right bool    // numbers stand right-aligned
	Bold  bool    // the figure that answers the question
	Share float64 // share of the free width, 0 takes the width of its texts
}

// Row is one line of a table.
type Row struct {
	Cells  []Cell // as many as columns; missing ones are empty
	Level  int    // indent of the first cell, 0 for none
	Strong bool   // a subtotal: bold throughout
	Key    string // what a click opens
}

// Cell is a formatted value, or a progress bar where Bar is set.
type Cell struct {
	Text string
	Tone Tone
	Sign Sign
	Bar  *Progress
}

// Progress is done against full, with what is expected by now, in one unit.
type Progress struct{ Done, Expected, Full float64 }

// Tone says what a state means; it never stands without a sign or a word.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Quiet
	Good
	Bad
	Warn
)

// Sign is the little mark before a change.
type Sign int

// The signs.
const (
	NoSign Sign = iota
	Up
	Down
)

func (Table) block()   {}
func (Chart) block()   {}
func (Map) block()     {}
func (Figures) block() {}
func (Text) block()    {}
