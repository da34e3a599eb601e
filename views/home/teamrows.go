package home

import (
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// name is a person's, in words for deals without an owner.
func (s *sheet) name(r *metrics.Row) string {
	if r.ID.IsZero() {
		return lang.T("nobody")
	}
	return r.Key
}

// barEnd is the share of quota at the right end of the bars.
const barEnd = 1.04

// againstRows are people with their attainment.
func (s *sheet) againstRows(rows []metrics.Row) kit.SliceRows {
	out := make(kit.SliceRows, len(rows))
	for i := range rows {
		out[i] = s.againstRow(&rows[i], s.name(&rows[i]))
		out[i].ID = rows[i].ID.String()
	}
	return out
}

func (s *sheet) againstTotal() kit.Row {
	name := lang.T("Everyone")
	if s.Scope.Team {
		name = lang.T("Team")
	}
	row := s.againstRow(&s.Team.Total, name)
	row.Bold = true
	return row
}

func (s *sheet) againstRow(r *metrics.Row, name string) kit.Row {
	cells := []kit.Cell{
		{Text: name},
		{},
		{Text: kit.EnDash, Color: kit.ColorFg2},
		{Text: kit.EnDash, Color: kit.ColorFg2},
		{Text: s.num.Whole(r.WonValue.Minor)},
		{Text: kit.EnDash, Color: kit.ColorFg2},
		{Text: kit.EnDash, Color: kit.ColorFg2},
		{Text: kit.EnDash, Color: kit.ColorFg2},
	}
	if !r.Quota.Set {
		return kit.Row{Cells: cells}
	}
	attained, _ := r.Attainment.Value()
	expected := s.Share
	if expected >= 1 {
		expected = 0
	}
	cells[1].Bar = &kit.Bar{Done: min(1, attained/barEnd), Expected: expected / barEnd, Full: 1 / barEnd}
	cells[2] = kit.Cell{Text: s.share(r.Attainment), Bold: true}
	if pace, ok := r.Pace.Value(); ok {
		cells[3] = signed(s.num.Percent(pace), pace-1)
	}
	cells[5].Text, cells[5].Color = s.num.Whole(r.Quota.Minor), ""
	cells[6].Text, cells[6].Color = s.num.Whole(max(0, r.Quota.Minor-r.Credited.Minor)), ""
	cells[7] = s.covered(r)
	return kit.Row{Cells: cells}
}

// covered is the coverage, marked where it is below what the win rate of all
// in scope asks for.
func (s *sheet) covered(r *metrics.Row) kit.Cell {
	v, ok := r.Coverage.Value()
	switch {
	case r.Met:
		return kit.Cell{Text: lang.T("met"), Color: kit.ColorFg2}
	case !ok:
		return kit.Cell{Text: kit.EnDash, Color: kit.ColorFg2}
	case r.Open == 0:
		return kit.Cell{Text: lang.T("none"), Color: kit.ColorFg2}
	}
	if need, known := s.Team.Total.CoverageNeeded.Value(); known && v < need {
		return signed(s.num.Times(v), -1)
	}
	return kit.Cell{Text: s.num.Times(v)}
}

// signed is a figure with the mark and colour of its direction.
func signed(text string, change float64) kit.Cell {
	token := kit.ColorGood
	if change < 0 {
		token = kit.ColorBad
	}
	return kit.Cell{Text: text, Color: token, Icon: kit.Direction(change), Ink: token}
}

// resultRows are people with what they won, where nobody has a quota.
func (s *sheet) resultRows(rows []metrics.Row) kit.SliceRows {
	out := make(kit.SliceRows, len(rows))
	var most int64
	for i := range rows {
		most = max(most, rows[i].WonValue.Minor)
	}
	for i := range rows {
		r := &rows[i]
		out[i] = s.resultRow(r, s.name(r))
		out[i].ID = r.ID.String()
		if most > 0 {
			out[i].Cells[1].Bar = &kit.Bar{Done: float64(r.WonValue.Minor) / float64(most)}
		}
	}
	return out
}

func (s *sheet) resultTotal() kit.Row {
	row := s.resultRow(&s.Team.Total, lang.T("Total"))
	row.Bold = true
	return row
}

func (s *sheet) resultRow(r *metrics.Row, name string) kit.Row {
	return kit.Row{Cells: []kit.Cell{
		{Text: name}, {}, {Text: s.num.Whole(r.WonValue.Minor), Bold: true}, {Text: s.num.Count(r.Won)}, {Text: s.share(r.WinRate.Ratio)}, {Text: s.num.Whole(r.OpenValue.Minor)},
	}}
}
