package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Quarter is the total of a quarter.
type Quarter struct {
	Period data.Period
	Row    metrics.Row
}

// Quarters is what was won in each quarter of a year against its quota.
func (p Panes) Quarters(quarters []Quarter) Columns {
	out := Columns{Head: Head{
		Title: lang.T("Won against quota by quarter"), Unit: string(p.Currency), Note: lang.T("bar is won, line is quota"), Empty: lang.T("Nothing was won this year"),
	}, Axis: p.Axis()}
	for i, q := range quarters {
		number := q.Period.Name[max(0, len(q.Period.Name)-2):] // "Q4" of "2017-Q4"
		label := number
		if i == 0 {
			label = quarterName(q.Period)
		}
		text := p.Short(q.Row.WonValue.Minor)
		if v, ok := q.Row.Attainment.Value(); ok {
			text = p.Percent(v)
		}
		partial := p.AsOf < q.Period.To-1
		if partial {
			label = lang.T("%s to date", label)
		}
		behind := Behind{Mark: metrics.Mark{Period: q.Period, Measure: metrics.WonDeals}}
		out.Bars = append(out.Bars, Bar{
			Mark:  Mark{Label: label, Text: text, Value: p.major(q.Row.WonValue.Minor), Key: p.Open(lang.T("Won in %s", quarterName(q.Period)), behind)},
			Quota: p.major(q.Row.Quota.Minor), Partial: partial,
		})
	}
	return out
}

// quarterName is "Q4 2017".
func quarterName(p data.Period) string {
	year, number, ok := strings.Cut(p.Name, "-")
	if !ok {
		return p.Name
	}
	return number + " " + year
}

// MonthsAgainst is what the months of Panes.Months are held against: nothing for
// their trailing mean, the months of another period, or a quota for each.
type MonthsAgainst struct {
	Name   string
	Values []int64 // minor units, one a month
	Quotas []int64
}

// Months is what was won in each month.
func (p Panes) Months(months []metrics.Month, with MonthsAgainst) Columns {
	out := Columns{Head: Head{
		Title: lang.T("Won by month"), Unit: string(p.Currency), Empty: lang.T("Nothing was won yet"), More: lang.T("and %d more"),
	}}
	if !slices.ContainsFunc(months, func(m metrics.Month) bool { return m.Won > 0 }) {
		return out
	}
	n, year := 0, 0
	mean := make([]float64, len(months))
	for i, m := range months {
		n += m.Won
		bar := Bar{Mark: Mark{
			Label: p.monthLabel(m, &year), Text: p.Short(m.WonValue.Minor), Value: p.major(m.WonValue.Minor),
			Key: p.Open(lang.T("Won in %s", m.Period.Name), Behind{Mark: metrics.Mark{Period: m.Period, Measure: metrics.WonDeals}}),
		}, Partial: m.Partial}
		if i < len(with.Quotas) {
			bar.Quota = p.major(with.Quotas[i])
		}
		out.Bars = append(out.Bars, bar)
		mean[i] = NA()
		if !math.IsNaN(m.Mean) && !m.Partial {
			mean[i] = m.Mean / math.Pow10(p.Currency.Digits())
		}
	}
	out.N = p.won(n)
	switch {
	case with.Quotas != nil:
		out.Note = lang.T("line is the month's quota")
	case with.Values != nil:
		out.Note = lang.T("line is %s", with.Name)
		out.Trend = &Trend{Label: with.Name}
		for _, v := range with.Values {
			out.Trend.Values = append(out.Trend.Values, p.major(v))
		}
	case slices.ContainsFunc(mean, func(v float64) bool { return !math.IsNaN(v) }):
		out.Note = lang.T("line is the trailing 3-month mean")
		out.Trend = &Trend{Label: lang.T("3-month mean"), Values: mean}
	}
	return out
}

// monthLabel is "Mar", with the year where it begins, and the days of a month
// that is not over.
func (p Panes) monthLabel(m metrics.Month, year *int) string {
	y, month, _ := m.Period.From.Date()
	label := p.Locale.filled().Months[month-1]
	if m.Partial {
		_, _, day := p.AsOf.Date()
		label += " 1–" + strconv.Itoa(day)
	} else if *year != 0 && y != *year {
		label += " " + strconv.Itoa(y)
	}
	*year = y
	return label
}

// Running is what was won, day by day, against another period and the pace.
func (p Panes) Running(r metrics.Running, then data.Period, name string) Lines {
	out := Lines{Head: p.head(lang.T("Won, running total")), Axis: p.Axis()}
	out.Empty = lang.T("Choose a quarter or month to see its running total")
	if p.Period.IsAll() || len(r.This)+len(r.Previous) == 0 {
		return out
	}
	if p.Period.Contains(p.AsOf) {
		out.Right = lang.T("day %d of %d", int(p.AsOf-p.Period.From)+1, p.Period.Days())
	}
	out.MinX, out.MaxX = 0, float64(p.Period.Days())
	if n := len(r.Previous); n > 0 && r.Previous[n-1] > 0 {
		out.Series = append(out.Series, p.course(Past, r.Previous, name+" "+p.Short(r.Previous[n-1]), then.From))
	}
	if n := len(r.Pace); n > 0 {
		out.Series = append(out.Series, p.course(Expected, r.Pace, lang.T("Pace"), p.Period.From))
		out.Level = &Level{Value: p.major(r.Quota.Minor), Label: lang.T("Quota %s", p.Short(r.Quota.Minor))}
	}
	if n := len(r.This); n > 0 {
		line := p.course(Main, r.This, lang.T("Won %s", p.Short(r.This[n-1])), p.Period.From)
		line.Area = true
		for i := range line.Points[1:] {
			day := p.Period.From.AddDays(i)
			in := p.Calendar.Range(p.Period.From, day+1)
			line.Points[i+1].Key = p.Open(lang.T("Won until %s", p.DayYear(day)), Behind{Mark: metrics.Mark{Period: in, Measure: metrics.WonDeals}})
		}
		out.Series = append(out.Series, line)
	}
	for _, m := range p.Calendar.Months(p.Period) {
		out.Ticks = append(out.Ticks, Tick{At: float64(m.From - p.Period.From), Label: p.Day(m.From)})
	}
	if n := len(out.Ticks); n > 4 {
		out.Ticks = slices.DeleteFunc(out.Ticks, func(t Tick) bool { return slices.Index(out.Ticks, t)%3 != 0 })
	}
	out.Ticks = append(out.Ticks, Tick{At: float64(p.Period.Days()), Label: p.Day(p.Period.To - 1)})
	return out
}

func (p Panes) course(style LineStyle, values []int64, label string, from data.Day) Line {
	l := Line{Label: label, Style: style, Points: []Point{{X: 0, Y: 0}}}
	for i, v := range values {
		day := from + data.Day(i)
		l.Points = append(l.Points, Point{X: float64(i + 1), Y: p.major(v), Hint: p.Day(day) + ": " + p.Short(v)})
	}
	return l
}

// MonthRow is what somebody or something won in each month.
type MonthRow struct {
	Label  string
	Place  int32
	Values []int64 // minor units, one a month
}

func (m MonthRow) sum() int64 {
	var sum int64
	for _, v := range m.Values {
		sum += v
	}
	return sum
}

// mostFirst sorts rows by what they won together.
func mostFirst(rows []MonthRow) []MonthRow {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r MonthRow) bool { return r.sum() == 0 })
	slices.SortStableFunc(rows, func(x, y MonthRow) int { return cmp.Or(cmp.Compare(y.sum(), x.sum()), cmp.Compare(x.Label, y.Label)) })
	return rows
}

// PersonMonths are small lines of what each won by month, on one scale.
func (p Panes) PersonMonths(by metrics.By, months []data.Period, rows []MonthRow) Multiples {
	out := Multiples{Head: Head{
		Title: lang.T("Won by month, each"), Unit: string(p.Currency), Empty: lang.T("Nothing was won yet"), More: lang.T("and %d more"), Period: monthsSpan(months), N: p.months(len(months)),
	}}
	for _, r := range mostFirst(rows) {
		cell := Multiple{Mark: Mark{
			Label: r.Label, Text: p.Short(r.sum()), Key: p.Open(lang.T("Won by %s, %s", r.Label, out.Period), p.monthsOf(by, r, months)),
			Hint: lang.T("%s: %s in all", r.Label, p.Short(r.sum())),
		}}
		for _, v := range r.Values {
			cell.Values = append(cell.Values, p.major(v))
		}
		cell.Value = cell.Values[len(cell.Values)-1]
		out.Cells = append(out.Cells, cell)
	}
	return out
}

func (p Panes) months(n int) string { return lang.N("%d month", "%d months", n) }

// monthsSpan names the months from the first to the last.
func monthsSpan(months []data.Period) string {
	switch len(months) {
	case 0:
		return ""
	case 1:
		return months[0].Name
	}
	return months[0].Name + " – " + months[len(months)-1].Name
}

func (p Panes) monthsOf(by metrics.By, r MonthRow, months []data.Period) Behind {
	in := data.AllTime
	if len(months) > 0 {
		in = p.Calendar.Range(months[0].From, months[len(months)-1].To)
	}
	return Behind{Mark: metrics.Mark{By: by, Place: r.Place, Period: in, Measure: metrics.WonDeals}}
}

// mostParts is how many series a stack tells apart.
const mostParts = 6

// Mix is what the won value of each month was made of: the largest parts, the rest
// together.
func (p Panes) Mix(by metrics.By, months []data.Period, rows []MonthRow) Stacks {
	out := Stacks{Head: Head{
		Title: lang.T("What was won, by month"), Unit: string(p.Currency), Period: monthsSpan(months), Empty: lang.T("Nothing was won yet"), More: lang.T("and %d more"),
	}, Time: true, Axis: p.Axis()}
	rows = mostFirst(rows)
	if len(rows) == 0 {
		return out
	}
	shown := rows[:min(len(rows), mostParts)]
	for _, r := range shown {
		out.Series = append(out.Series, Series{Label: r.Label})
	}
	rest := rows[len(shown):]
	if len(rest) > 0 {
		out.Series = append(out.Series, Series{Label: lang.N("%d other", "%d others", len(rest))})
	}
	year := 0
	for i, month := range months {
		m := metrics.Month{Period: month, Partial: month.To > p.AsOf+1}
		bar := Stack{Mark: Mark{Label: p.monthLabel(m, &year)}}
		var sum int64
		for _, r := range shown {
			sum += r.Values[i]
			behind := Behind{Mark: metrics.Mark{By: by, Place: r.Place, Period: month, Measure: metrics.WonDeals}}
			bar.Parts = append(bar.Parts, p.part(r.Values[i], p.Open(lang.T("Won, %s, %s", r.Label, month.Name), behind)))
		}
		if len(rest) > 0 {
			var others int64
			var behind []Behind
			for _, r := range rest {
				others += r.Values[i]
				if r.Values[i] != 0 {
					behind = append(behind, Behind{Mark: metrics.Mark{By: by, Place: r.Place, Period: month, Measure: metrics.WonDeals}})
				}
			}
			sum += others
			bar.Parts = append(bar.Parts, p.part(others, p.Open(lang.T("Won, others, %s", month.Name), behind...)))
		}
		bar.Text, bar.Value = p.Short(sum), p.major(sum)
		bar.Key = p.Open(lang.T("Won in %s", month.Name), Behind{Mark: metrics.Mark{Period: month, Measure: metrics.WonDeals}})
		out.Bars = append(out.Bars, bar)
	}
	return out
}

func (p Panes) part(minor int64, key string) Mark {
	return Mark{Text: p.Short(minor), Value: p.major(minor), Key: key}
}

// Activity shades each day by how much was done on it. Records are the keys of a
// day's activities.
func (p Panes) Activity(first data.Day, days [][]data.Key) Calendar {
	out := Calendar{Head: Head{Title: lang.T("Activity"), Unit: lang.T("done a day"), Empty: lang.T("No activity was done yet")}, First: first, Months: p.Locale.filled().Months}
	n := 0
	for i, keys := range days {
		day := first.AddDays(i)
		n += len(keys)
		m := Mark{Label: p.DayYear(day), Text: p.Count(len(keys)), Value: float64(len(keys)), Hint: lang.N("%s: %s activity", "%s: %s activities", len(keys), p.DayYear(day), p.Count(len(keys)))}
		if len(keys) > 0 {
			m.Key = p.Keys(lang.T("Done on %s", p.DayYear(day)), data.KindActivity, keys)
		}
		out.Days = append(out.Days, m)
	}
	if n == 0 {
		out.Days = nil
		return out
	}
	out.Period = p.DayYear(first) + " – " + p.DayYear(first.AddDays(len(days)-1))
	out.N = lang.N("n = %s activity", "n = %s activities", n, p.Count(n))
	return out
}

// YearBefore names the same days a year earlier.
func YearBefore(in data.Period) string {
	y, _, _ := in.From.AddMonths(-12).Date()
	return lang.T("the same days of %d", y)
}

// MonthsBefore names what the months of a chart are held against.
func MonthsBefore(year bool) string {
	if year {
		return lang.T("a year before")
	}
	return lang.T("the period before")
}
