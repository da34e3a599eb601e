package home

import (
	"math"
	"slices"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// fact is one line below the gauge.
type fact struct {
	name, note, figure string
	tone               report.Tone
	trend              float64
}

// facts say what is left, how it goes and what it takes.
func (s *sheet) facts() []fact {
	t := &s.Team.Total
	if !t.Quota.Set || s.Period.IsAll() {
		return []fact{
			{name: lang.T("Won"), note: s.deals(t.Won), figure: s.num.Whole(t.WonValue.Minor)},
			{name: lang.T("Win rate"), note: lang.T("%s closed", s.num.Ratio(t.Won, t.Won+t.Lost)), figure: s.share(t.WinRate.Ratio)},
			{name: lang.T("Open"), note: lang.N("%d deal due in the period", "%d deals due in the period", t.Open), figure: s.num.Whole(t.OpenValue.Minor)},
		}
	}
	left := max(0, t.Quota.Minor-t.Credited.Minor)
	out := []fact{{
		name: lang.T("Left to quota"), note: lang.N("%d working day", "%d working days", workdays(s.until(), s.Period.To-1)), figure: s.num.Whole(left),
	}}
	if pace, ok := t.Pace.Value(); ok {
		expected := int64(math.Round(float64(t.Quota.Minor) * s.Share))
		out = append(out, fact{
			name: lang.T("Of pace"), note: lang.T("%s expected by now", s.num.Whole(expected)), figure: s.num.Percent(pace), trend: pace - 1, tone: toneOf(pace - 1),
		})
	}
	if rate, ok := t.RunRate.Value(); ok {
		out = append(out, fact{name: lang.T("Run rate"), note: lang.T("at this pace by %s", s.lastDay()), figure: s.num.Whole(int64(math.Round(rate)))})
	}
	return append(out, s.takes(left))
}

// takes is how many deals of the usual size, at the usual win rate, make up
// what is left. A person without wins in the period borrows nothing: it says so.
func (s *sheet) takes(left int64) fact {
	t := &s.Team.Total
	f := fact{name: lang.T("What it takes"), figure: lang.T("n/a"), note: lang.T("no win in the period to go by")}
	size, ok := t.AvgWon.Value()
	rate, closed := t.WinRate.Value()
	switch {
	case left == 0:
		f.figure, f.note = lang.T("done"), lang.T("quota is met")
	case ok && size > 0 && closed && rate > 0:
		wins := int(math.Ceil(float64(left) / size))
		decisions := int(math.Ceil(float64(wins) / rate))
		f.figure = lang.T("%s won", s.num.Count(wins))
		f.note = lang.T("%s decisions at %s", s.num.Count(decisions), s.num.Percent(rate))
	}
	return f
}

// plan is what would come of what is supposed.
type plan struct {
	planning.Supposed
	won, quota int64
	of         int
}

func (s *sheet) plan(changes map[data.ID]planning.Change) plan {
	t := &s.Team.Total
	var open []planning.OpenDeal
	for _, d := range s.offered() {
		open = append(open, openDeal(d))
	}
	return plan{Supposed: planning.Suppose(s.standing(), open, changes), won: t.Credited.Minor, quota: t.Quota.Minor, of: len(s.Due)}
}

// standing is where the person is.
func (s *sheet) standing() planning.Standing {
	t := &s.Team.Total
	return planning.Standing{Period: s.Period, Credited: t.Credited.Minor, Quota: t.Quota.Minor, HasQuota: t.Quota.Set, Rates: s.Paid.Rates}
}

// offered are the deals that can be ticked: those that are due, and behind them
// those that could be pulled in.
func (s *sheet) offered() []app.DealLine { return slices.Concat(s.Due, s.Later) }

func openDeal(d app.DealLine) planning.OpenDeal {
	return planning.OpenDeal{ID: d.ID, Close: d.Close, Value: d.Value, Known: d.Known}
}

// figure is the attainment that would be reached, the amount without a quota.
func (p plan) figure(num report.Numbers) string {
	if !p.HasQuota {
		return num.Short(p.Value)
	}
	return num.Percent(p.Attainment)
}

func dueID(d app.DealLine) string { return d.ID.String() }

// dueRows are the deals to tick, as they are supposed. What is supposed is
// bold.
func (s *sheet) dueRows(moved map[data.ID]planning.Change) []kit.Row {
	deals := s.offered()
	rows := make([]kit.Row, len(deals))
	for i, d := range deals {
		day, value := kit.Cell{}, kit.Cell{}
		if c, ok := moved[d.ID]; ok {
			if c.Close.Valid() {
				d.Close, day.Bold, day.Color = c.Close, true, kit.ColorAccent
			}
			if c.HasAmount {
				d.Value, d.Known, value.Bold, value.Color = c.Amount, true, true, kit.ColorAccent
			}
		}
		if !day.Bold && !s.Period.Contains(d.Close) {
			day.Color = kit.ColorFg2
		}
		day.Text, value.Text = s.num.Day(d.Close), s.amount(d)
		rows[i] = kit.Row{ID: dueID(d), Cells: []kit.Cell{{Text: d.Name, Sub: d.Product}, {Text: d.Stage, Color: kit.ColorFg2}, day, value}}
	}
	return rows
}

func (s *sheet) amount(d app.DealLine) string {
	if !d.Known {
		return kit.EnDash
	}
	return s.num.Whole(d.Value)
}
