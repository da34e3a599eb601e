package app

import (
	"fmt"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// Readings tell in a sentence each what a person may want to check of how the
// file is read: what was left out below its table, how its days and decimals
// are written and what shows that, which deals their status moved.
func (f *FilePlan) Readings() []string {
	var out []string
	if n := len(f.Dropped); n > 0 {
		var lines []string
		for _, d := range f.Dropped[:min(n, 3)] {
			lines = append(lines, fmt.Sprintf("line %d %q", d.Line, d.Text))
		}
		more := ""
		if n > 3 {
			more = fmt.Sprintf(" and %d more", n-3)
		}
		out = append(out, fmt.Sprintf("Below the table stand sums or remarks, which are left out: %s%s.", strings.Join(lines, ", "), more))
	}
	for _, c := range f.Columns {
		if note := f.writingNote(c); note != "" {
			out = append(out, note)
		}
	}
	for _, c := range f.Columns {
		if f.Format.Kind == sheet.Calendar && c.Name == sheet.RepeatsColumn && c.Filled > 0 {
			out = append(out, fmt.Sprintf("%d events repeat; of each only the first comes in.", c.Filled))
		}
	}
	if f.outranked > 0 {
		out = append(out, fmt.Sprintf("%s says of %d deals that they are won or lost while they stand in another stage; that goes before the stage.", f.endColumn(), f.outranked))
	}
	return out
}

// writingNote says how the days or decimals of a column are written and which
// value shows that; "" where it holds none or a person has chosen.
func (f *FilePlan) writingNote(c *ColumnPlan) string {
	switch t, used := f.typeOf(c); {
	case !used || c.Month.Valid():
	case t == data.TypeDay && c.Days.Values > 0 && len(c.Days.Possible) > 0 && c.DayOrder == c.Days.Order:
		return fmt.Sprintf("%s is read %s: %s.", c.Name, c.DayOrder, c.Days.Why)
	case hasDecimals(t) && (c.Numbers.Decided || c.Numbers.Ambiguous) && c.Mark == c.Numbers.Mark:
		return fmt.Sprintf("%s has its decimals behind %q: %s.", c.Name, string(rune(c.Mark)), c.Numbers.Why)
	}
	return ""
}

// endColumn is the column that says how deals ended.
func (f *FilePlan) endColumn() string {
	if c := f.ColumnOf(FieldStatus); c != nil {
		return c.Name
	}
	return "A column"
}

// leftOut lists the columns that hold something and fill nothing.
func (f *FilePlan) leftOut() []string {
	var out []string
	for _, c := range f.Columns {
		if c.Field == "" && c.Filled > 0 {
			out = append(out, c.Name)
		}
	}
	return out
}
