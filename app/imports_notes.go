package app

import (
	"fmt"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// Reading tells in a sentence how a file is read, where a person may want to
// check that.
type Reading struct {
	Column string `json:"column,omitempty"` // "" for the whole file
	Text   string `json:"text"`
	Why    string `json:"why,omitempty"`   // what shows it, or which lines it is
	Doubt  bool   `json:"doubt,omitempty"` // it is a guess; ask
}

// Readings tell what was left out below the table, how its days and decimals
// are written and what shows that, which deals their status moved.
func (f *FilePlan) Readings() []Reading {
	out := f.tableNotes()
	for _, c := range f.Columns {
		for _, note := range []func(*ColumnPlan) (Reading, bool){mergedNote, f.groupedNote, f.turnedNote, f.writingNote} {
			if r, ok := note(c); ok {
				out = append(out, r)
			}
		}
		if t, used := f.typeOf(c); used && t == data.TypeMoney {
			if r, ok := f.coinNote(c); ok {
				out = append(out, r)
			}
		}
		if f.Format.Kind == sheet.Calendar && c.Name == sheet.RepeatsColumn && c.Filled > 0 {
			out = append(out, f.repeating(c)...)
		}
	}
	if c := f.ColumnOf(FieldStatus); c != nil && f.outranked > 0 {
		out = append(out, Reading{Column: c.Name, Text: "Won or lost by this column, not by the stage", Why: fmt.Sprintf("rows: %d", f.outranked)})
	}
	return out
}

// tableNotes tell how the table as a whole is read.
func (f *FilePlan) tableNotes() (out []Reading) {
	if n := len(f.Dropped); n > 0 {
		var lines []string
		for _, d := range f.Dropped[:min(n, 3)] {
			lines = append(lines, fmt.Sprintf("line %d %q", d.Line, d.Text))
		}
		more := ""
		if n > 3 {
			more = fmt.Sprintf(" and %d more", n-3)
		}
		out = append(out, Reading{Text: "Lines that are no rows of the table are left out", Why: strings.Join(lines, ", ") + more})
	}
	if f.yearless && f.Kind == data.KindQuota {
		out = append(out, Reading{Text: fmt.Sprintf("The months name no year and are read as those of %s", f.app.Book().Calendar.YearOf(f.app.Today()).Name), Doubt: true})
	}
	if f.passed != "" && f.passed != f.Format.Sheet {
		out = append(out, Reading{Text: fmt.Sprintf("Read from the sheet %q; %q fits no kind of record", f.Format.Sheet, f.passed)})
	}
	if f.Format.Groups {
		out = append(out, Reading{Text: "Two rows name the columns: the first one heads groups of them"})
	}
	return out
}

// mergedNote says that the rows which a merged cell covers have its value. A cell
// that is merely blank stays so.
func mergedNote(c *ColumnPlan) (Reading, bool) {
	n := len(c.Merged)
	if n == 0 {
		return Reading{}, false
	}
	why := "cells " + strings.Join(c.Merged[:min(n, 3)], ", ")
	if n > 3 {
		why += fmt.Sprintf(" and %d more", n-3)
	}
	return Reading{Column: c.Name, Text: "Merged cells stand for each row that they cover", Why: why}, true
}

// groupedNote says that a report which is grouped by a column names it once a
// group: what is blank below stays blank.
func (f *FilePlan) groupedNote(c *ColumnPlan) (Reading, bool) {
	rows := f.Rows - f.Unreadable
	if field, ok := f.field(c.Field); !ok || field.Type != data.TypeRef || len(f.Dropped) == 0 || len(c.Merged) > 0 || c.Filled >= rows || c.Filled == 0 || len(f.Preview) == 0 || cellAt(f.Preview[0].Cells, c.Index) == "" {
		return Reading{}, false
	}
	return Reading{c.Name, "Filled in only where it changes; the rows below stay without it", fmt.Sprintf("rows without: %d", rows-c.Filled), true}, true
}

// turnedNote says that names are read with the first name first.
func (f *FilePlan) turnedNote(c *ColumnPlan) (Reading, bool) {
	field, ok := f.field(c.Field)
	if !ok || len(c.Samples) == 0 {
		return Reading{}, false
	}
	written := f.lastFirst(c, field)
	if written == nil {
		return Reading{}, false
	}
	return Reading{Column: c.Name, Text: "The last name stands first; the first name is put before it", Why: fmt.Sprintf("%q is %s", c.Samples[0], firstLast(c.Samples[0], written))}, true
}

// repeating says which times of events that repeat come in.
func (f *FilePlan) repeating(c *ColumnPlan) (out []Reading) {
	times, only, cut := c.Filled, 0, 0
	for value, n := range c.values {
		switch {
		case sheet.OnlyFirst(value):
			only += n
		case sheet.CutShort(value):
			cut += n / sheet.MostTimes
		}
	}
	if times -= only; times > 0 {
		in := f.Format.Horizon
		out = append(out, Reading{Column: c.Name, Text: fmt.Sprintf("Events that repeat come in with each time from %s to %s, %d in all", in.From, in.To, times)})
	}
	if cut > 0 {
		out = append(out, Reading{Column: c.Name, Text: fmt.Sprintf("Of %d events that repeat only the first %d times come in; the later ones are not in the book", cut, sheet.MostTimes), Doubt: true})
	}
	if only > 0 {
		out = append(out, Reading{Column: c.Name, Text: fmt.Sprintf("Of %d that repeat only the first comes in", only)})
	}
	return out
}

// writingNote says how the days or decimals of a column are written and which
// value shows that; false where nothing had to be found out, or a person has
// chosen.
func (f *FilePlan) writingNote(c *ColumnPlan) (Reading, bool) {
	switch t, used := f.typeOf(c); {
	case !used || c.Month.Valid():
	case t == data.TypeDay && c.Field == "close_day" && c.Days.Days == 0 && c.holdsPeriods(f.app.Book().Calendar):
		return Reading{c.Name, "A month, quarter or week stands for its last day", fmt.Sprintf("such as %q", c.Samples[0]), false}, true
	case t == data.TypeDay && c.DayOrder == c.Days.Order && (c.Days.Ambiguous || len(c.Days.Possible) == 1):
		return Reading{c.Name, fmt.Sprintf("Read %s", c.DayOrder), c.Days.Why, c.Days.Ambiguous}, true
	case hasDecimals(t) && c.Mark == c.Numbers.Mark && (c.Numbers.Decided || c.Numbers.Ambiguous):
		return Reading{c.Name, map[sheet.DecimalMark]string{sheet.Point: "Decimal point", sheet.Comma: "Decimal comma"}[c.Mark], c.Numbers.Why, c.Numbers.Ambiguous}, true
	}
	return Reading{}, false
}

// leftOut lists the columns that hold something and fill nothing.
func (f *FilePlan) leftOut() []string {
	var out []string
	for _, c := range f.Columns {
		if f.own {
			break // ids and versions fill nothing and are not left out
		}
		if c.Field == "" && c.Filled > 0 && !c.Month.Valid() {
			out = append(out, c.Name)
		}
	}
	return out
}
