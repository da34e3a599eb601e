package app

import (
	"fmt"

	"fieldbook/data/sheet"
)

// agree lets columns that leave open how their days or decimals are written
// follow those of the same file that do not.
func (f *FilePlan) agree() {
	f.agreeOnDays()
	f.agreeOnMarks()
}

func (f *FilePlan) agreeOnDays() {
	var sure *ColumnPlan
	for _, c := range f.Columns {
		if c.Days.Ambiguous || len(c.Days.Possible) != 1 || 2*c.Days.Days < c.Days.Values || c.Days.Order != sheet.DayFirst && c.Days.Order != sheet.MonthFirst {
			continue
		}
		if sure != nil && sure.Days.Order != c.Days.Order {
			return // the file writes days in two ways
		}
		if sure == nil {
			sure = c
		}
	}
	if sure == nil {
		return
	}
	for _, c := range f.Columns {
		for _, order := range c.Days.Possible {
			if c.Days.Ambiguous && order == sure.Days.Order {
				c.Days.Order, c.Days.Ambiguous = order, false
				c.Days.Why = fmt.Sprintf("as in %s: %s", sure.Name, sure.Days.Why)
				c.DayOrder, c.Days.Possible = order, []sheet.DayOrder{order}
			}
		}
	}
}

func (f *FilePlan) agreeOnMarks() {
	var sure *ColumnPlan
	for _, c := range f.Columns {
		if c.Numbers.Ambiguous || !c.Numbers.Decided || 2*c.Numbers.Numbers < c.Numbers.Values {
			continue
		}
		if sure != nil && sure.Numbers.Mark != c.Numbers.Mark {
			return
		}
		if sure == nil {
			sure = c
		}
	}
	if sure == nil {
		return
	}
	for _, c := range f.Columns {
		if c.Numbers.Ambiguous && !c.Numbers.Mixed {
			c.Numbers.Mark, c.Numbers.Ambiguous = sure.Numbers.Mark, false
			c.Numbers.Why = fmt.Sprintf("as in %s: %s", sure.Name, sure.Numbers.Why)
			c.Mark = c.Numbers.Mark
		}
	}
}
