package app

import (
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// byContent gives columns whose names say nothing known, or less than they hold,
// the fields that their values speak for.
func (m *matching) byContent(f *FilePlan, kind string) {
	switch kind {
	case data.KindDeal:
		m.expected(f)
		m.fillFrom(f, FieldStatus, (*ColumnPlan).holdsOutcomes, FieldIsWon, FieldIsClosed)
		m.fillFrom(f, "stage", f.holdsStages, FieldStatus)
		m.described(f)
	default: // names alone decide
	}
}

// fillFrom lets a column without a field fill one that no column fills, nor any
// of those that say the same.
func (m *matching) fillFrom(f *FilePlan, field string, holds func(*ColumnPlan) bool, instead ...string) {
	if slices.ContainsFunc(append(instead, field), func(name string) bool { _, filled := m.taken[name]; return filled }) {
		return
	}
	for i, c := range f.Columns {
		if m.out[i] == "" && c.Filled > 0 && holds(c) {
			m.out[i], m.taken[field] = field, match{i, 0, true}
			return
		}
	}
}

// holdsOutcomes tells a column that says of deals how they stand: every value is
// open, won or lost in some program's words, and some are won.
func (c *ColumnPlan) holdsOutcomes() bool {
	if c.values == nil || len(c.order) < 2 || len(c.order) > 12 {
		return false
	}
	won := false
	for _, v := range c.order {
		if strings.Trim(v, "0123456789.,") == "" {
			return false
		}
		end := importOutcome(v)
		if end == "" {
			return false
		}
		won = won || end == data.StageWon
	}
	return won
}

// described lets a description that all rows have name them in a file without
// another name.
func (m *matching) described(f *FilePlan) {
	note, ok := m.taken["note"]
	if _, named := m.taken["name"]; !ok || named || f.Columns[note.column].Filled < f.Rows {
		return
	}
	fold := sheet.Fold(f.Columns[note.column].Name)
	if !slices.ContainsFunc(describedStems, func(stem string) bool { return strings.Contains(fold, stem) }) {
		return
	}
	m.out[note.column], m.taken["name"] = "name", note
	delete(m.taken, "note")
}

// describedStems are in the names of columns that describe a record in a few words.
var describedStems = strings.Fields("descri beschreib omschrijv beskriv opis popis kuvaus aciklama leiras 説明 описание 描述 설명")

// expectedStems are in the names of columns of days that are only expected.
var expectedStems = strings.Fields("expect estim forecast project target planned anticipat erwart voraussicht geplant prevu prevision previst previs previsao estimad verwacht ocekav planowan oczekiw przewidyw forvant forvent odott tahmin varhat 予定 预计 예상 ожида планир предпол")

func saysExpected(name string) bool {
	fold := sheet.Fold(name)
	return slices.ContainsFunc(expectedStems, func(stem string) bool { return strings.Contains(fold, sheet.Fold(stem)) })
}

// expected tells the two days of a deal apart that both are called those of its
// close: one is expected, the other is that of what was closed.
func (m *matching) expected(f *FilePlan) {
	one, ok := m.taken["close_day"]
	if _, closed := m.taken[FieldClosedDay]; !ok || closed {
		return
	}
	for i, c := range f.Columns {
		if m.out[i] != "" || c.Filled == 0 || !c.holdsDays() || !m.closes(c) || saysExpected(c.Name) == saysExpected(f.Columns[one.column].Name) {
			continue
		}
		other := match{i, 0, true}
		if saysExpected(c.Name) {
			one, other = other, one
		}
		m.out[one.column], m.out[other.column] = "close_day", FieldClosedDay
		m.taken["close_day"], m.taken[FieldClosedDay] = one, other
		return
	}
}

// closes reports whether a column's name is one of those for the close day.
func (m *matching) closes(c *ColumnPlan) bool {
	return fieldNamedBy(m.words, c.Name, data.KindDeal) == "close_day"
}
