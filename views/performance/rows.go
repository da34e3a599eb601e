package performance

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
)

// sheet turns the figures of a view into charts and cards. It is pure: the
// same figures make the same pictures.
type sheet struct {
	*app.PerformanceFigures
	num      report.Numbers
	by       metrics.By
	pipeline int32 // whose funnel is shown
	links    links
}

// link is what a mark opens.
type link struct {
	behind []app.Behind
	title  string
}

// links number what the marks of a sheet open.
type links struct{ list []link }

func (l *links) add(title string, behind ...app.Behind) string {
	l.list = append(l.list, link{behind, title})
	return strconv.Itoa(len(l.list) - 1)
}

func (l *links) find(key string) (link, bool) {
	i, err := strconv.Atoi(key)
	if err != nil || i < 0 || i >= len(l.list) {
		return link{}, false
	}
	return l.list[i], true
}

// groupings are those that the picker offers, in order.
var groupings = []metrics.By{metrics.ByPerson, metrics.ByManager, metrics.ByRegion, metrics.ByProduct, metrics.BySector}

func groupingText(by metrics.By) string {
	return map[metrics.By]string{
		metrics.ByPerson: lang.T("By person"), metrics.ByManager: lang.T("By manager"), metrics.ByRegion: lang.T("By region"),
		metrics.ByProduct: lang.T("By product"), metrics.BySector: lang.T("By sector"),
	}[by]
}

// rowName is a row's key, in words where it has none.
func rowName(r *metrics.Row) string {
	if r.Place == metrics.None && r.ID.IsZero() {
		return lang.T("None")
	}
	return r.Key
}

// major is an amount in major units, as charts place it.
func (s *sheet) major(minor int64) float64 {
	return float64(minor) / math.Pow10(s.num.Currency.Digits())
}

func (s *sheet) share(r metrics.Ratio) string {
	if v, ok := r.Value(); ok {
		return s.num.Percent(v)
	}
	return lang.T("n/a")
}

// span writes what has passed of the period: "Oct 1 – Nov 17".
func (s *sheet) span() string {
	if s.Period.IsAll() {
		return lang.T("all time")
	}
	return s.num.Day(s.Period.From) + " – " + s.num.DayYear(max(s.Period.From, min(s.Period.To-1, s.AsOf)))
}

func (s *sheet) mark(by metrics.By, r *metrics.Row, m metrics.Measure) app.Behind {
	return app.Behind{Mark: metrics.Mark{By: by, Place: r.Place, Period: s.Period, Measure: m}}
}

// bars shows attainment where there are quotas to compare with, else what was won.
func (s *sheet) bars() report.AttainmentBars {
	out := report.AttainmentBars{Head: report.Head{
		Title: lang.T("Attainment against quota"), Unit: string(s.num.Currency), Period: s.span(), Empty: lang.T("Nothing was won or planned in this period"),
	}, Zero: "0"}
	rows := slices.Clone(s.Table.Rows)
	if !slices.ContainsFunc(rows, func(r metrics.Row) bool { return r.Quota.Set }) {
		return s.wonBars(out, rows)
	}
	rows = slices.DeleteFunc(rows, func(r metrics.Row) bool { return !r.Quota.Set && r.Won == 0 })
	slices.SortStableFunc(rows, func(x, y metrics.Row) int {
		a, hasA := x.Attainment.Value()
		b, hasB := y.Attainment.Value()
		if !hasA || !hasB {
			return cmp.Or(cmp.Compare(btoi(hasB), btoi(hasA)), cmp.Compare(y.WonValue.Minor, x.WonValue.Minor))
		}
		return cmp.Compare(b, a)
	})
	if s.Share > 0 && s.Share < 1 {
		out.Pace = report.Tick{At: s.Share, Label: lang.T("pace %s", s.num.Percent(s.Share))}
	}
	out.Full = lang.T("quota")
	for i := range rows {
		r := &rows[i]
		bar := report.Attainment{Mark: report.Mark{
			Label: rowName(r), Text: s.share(r.Attainment), Value: s.major(r.Credited.Minor),
			Key: s.links.add(lang.T("Won by %s, %s", rowName(r), s.span()), s.mark(s.by, r, metrics.WonDeals)),
		}, Sub: lang.T("no quota"), Tone: report.Quiet}
		if r.Quota.Set {
			bar.Full = s.major(r.Quota.Minor)
			bar.Expected = bar.Full * s.Share
			bar.Sub = lang.T("%s of %s", s.num.Whole(r.Credited.Minor), s.num.Whole(r.Quota.Minor))
		}
		out.Rows = append(out.Rows, bar)
	}
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *sheet) wonBars(out report.AttainmentBars, rows []metrics.Row) report.AttainmentBars {
	out.Title, out.Note = lang.T("Won"), lang.T("no quotas to compare with")
	rows = slices.DeleteFunc(rows, func(r metrics.Row) bool { return r.Won == 0 })
	slices.SortStableFunc(rows, func(x, y metrics.Row) int { return cmp.Compare(y.WonValue.Minor, x.WonValue.Minor) })
	for i := range rows {
		r := &rows[i]
		out.Rows = append(out.Rows, report.Attainment{
			Mark: report.Mark{
				Label: rowName(r), Text: s.num.Short(r.WonValue.Minor), Value: s.major(r.WonValue.Minor),
				Key: s.links.add(lang.T("Won by %s, %s", rowName(r), s.span()), s.mark(s.by, r, metrics.WonDeals)),
			},
			Full: s.major(rows[0].WonValue.Minor), Sub: lang.N("%s deal", "%s deals", r.Won, s.num.Count(r.Won)), Tone: report.Quiet,
		})
	}
	return out
}

// bands counts people by attainment.
func (s *sheet) bands() report.Bands {
	b := s.Bands
	out := report.Bands{Head: report.Head{Title: lang.T("Attainment bands"), Empty: lang.T("Nobody has a quota in this period")}, Accent: -1}
	if b.N == 0 {
		return out
	}
	out.N = lang.N("%d person", "%d people", b.N)
	out.Note = lang.T("median %s, %s at quota", s.num.Percent(b.Median), s.share(b.AtQuota))
	labels := []string{lang.T("below 50%"), "50–79%", "80–99%", "100–120%", lang.T("over 120%")}
	edges := []float64{0.5, 0.8, 1, 1.2}
	behind := make([][]app.Behind, len(labels))
	for i := range s.PeopleRows {
		r := &s.PeopleRows[i]
		if v, ok := r.Attainment.Value(); ok {
			at := bandOf(edges, v)
			behind[at] = append(behind[at], s.mark(metrics.ByPerson, r, metrics.WonDeals))
		}
	}
	for i, label := range labels {
		m := report.Mark{Label: label, Text: s.num.Count(b.Counts[i]), Value: float64(b.Counts[i])}
		if len(behind[i]) > 0 {
			m.Key = s.links.add(lang.T("Won by people at %s of quota", label), behind[i]...)
		}
		out.Bars = append(out.Bars, m)
	}
	out.Accent = bandOf(edges, b.Median)
	return out
}

// bandOf is the band of an attainment; 120 % itself is in the fourth.
func bandOf(edges []float64, v float64) int {
	for i, edge := range edges {
		if v < edge || i == len(edges)-1 && v == edge {
			return i
		}
	}
	return len(edges)
}

// funnels are those that deals went through.
func (s *sheet) funnels() []metrics.Funnel {
	return slices.DeleteFunc(slices.Clone(s.Funnels), func(f metrics.Funnel) bool { return f.Deals == 0 })
}

// chosen is the funnel to show: the one picked, else the one with most deals.
func (s *sheet) chosen() (metrics.Funnel, bool) {
	var best metrics.Funnel
	for _, f := range s.funnels() {
		if f.Pipeline == s.pipeline {
			return f, true
		}
		if f.Deals > best.Deals {
			best = f
		}
	}
	return best, best.Deals > 0
}

func (s *sheet) funnel() report.Funnel {
	out := report.Funnel{Head: report.Head{Title: lang.T("Funnel"), Empty: lang.T("No deal was closed in this period")}}
	f, ok := s.chosen()
	if !ok {
		return out
	}
	if len(s.funnels()) > 1 {
		out.Title = lang.T("Funnel, %s", f.Name)
	}
	out.N = lang.N("%s closed deal by stage reached", "%s closed deals by stage reached", f.Deals, s.num.Count(f.Deals))
	out.Note = lang.T("conversion from stage before")
	behind := func(stage int32, m metrics.Measure) app.Behind {
		return app.Behind{Mark: metrics.Mark{Period: s.Period, Measure: m}, Funnel: true, Stage: stage}
	}
	for i, step := range f.Steps {
		bar := report.Step{Mark: report.Mark{
			Label: step.Name, Text: s.num.Count(step.Reached), Value: float64(step.Reached),
			Key: s.links.add(lang.T("Closed deals that reached %s, %s", step.Name, s.span()), behind(step.Stage, metrics.Reached)),
		}}
		if i > 0 {
			s.follow(&bar, f.Steps[i-1], behind)
		}
		out.Steps = append(out.Steps, bar)
	}
	if n := len(f.Steps); n > 0 {
		last := f.Steps[n-1]
		bar := report.Step{Mark: report.Mark{
			Label: lang.T("Won"), Text: s.num.Count(f.Won), Value: float64(f.Won),
			Key: s.links.add(lang.T("Won, %s", s.span()), behind(last.Stage, metrics.Advanced)),
		}}
		s.follow(&bar, last, behind)
		out.Steps = append(out.Steps, bar)
	}
	return out
}

// follow says what became of the step before.
func (s *sheet) follow(bar *report.Step, before metrics.Step, behind func(int32, metrics.Measure) app.Behind) {
	bar.Rate = s.share(before.Conversion)
	bar.Dropped = lang.T("%s dropped", s.num.Count(before.LostHere))
	bar.LostKey = s.links.add(lang.T("Lost in %s, %s", before.Name, s.span()), behind(before.Stage, metrics.LostHere))
}

func (s *sheet) rates() report.Intervals {
	title := map[metrics.By]string{
		metrics.ByRegion: lang.T("Win rate by region"), metrics.ByProduct: lang.T("Win rate by product"), metrics.BySector: lang.T("Win rate by sector"),
	}[s.Rates.By]
	out := report.Intervals{Head: report.Head{Title: title, Note: lang.T("dot is rate, bar is 95% Wilson interval"), Empty: lang.T("No deal was closed in this period")}}
	for i := range s.Rates.Rows {
		r := &s.Rates.Rows[i]
		v, ok := r.WinRate.Value()
		if !ok {
			continue
		}
		out.Rows = append(out.Rows, report.Interval{
			Mark: report.Mark{
				Label: rowName(r), Text: s.num.Percent(v), Value: v,
				Key: s.links.add(lang.T("Closed in %s, %s", rowName(r), s.span()), s.mark(s.Rates.By, r, metrics.ClosedDeals)),
			},
			Low: r.WinRate.Low, High: r.WinRate.High,
			Sub: lang.T("%s–%s, n %s", s.num.Number(r.WinRate.Low*100, 0), s.num.Percent(r.WinRate.High), s.num.Count(r.WinRate.N)),
		})
	}
	return out
}

// months is what was won in each month with its trailing mean.
func (s *sheet) months() report.Columns {
	out := report.Columns{Head: report.Head{
		Title: lang.T("Won by month"), Unit: string(s.num.Currency), Note: lang.T("line is the trailing 3-month mean"), Empty: lang.T("Nothing was won yet"),
	}}
	months := s.Months[max(0, len(s.Months)-mostMonths):]
	if !slices.ContainsFunc(months, func(m metrics.Month) bool { return m.Won > 0 }) {
		return out
	}
	trend := &report.Trend{Label: lang.T("3-month mean")}
	year := 0
	for _, m := range months {
		bar := report.Bar{Mark: report.Mark{
			Label: s.monthLabel(m, &year), Text: s.num.Short(m.WonValue.Minor), Value: s.major(m.WonValue.Minor),
			Key: s.links.add(lang.T("Won in %s", m.Period.Name), app.Behind{Mark: metrics.Mark{Period: m.Period, Measure: metrics.WonDeals}}),
		}, Partial: m.Partial}
		out.Bars = append(out.Bars, bar)
		mean := report.NA()
		if !math.IsNaN(m.Mean) && !m.Partial {
			mean = m.Mean / math.Pow10(s.num.Currency.Digits())
		}
		trend.Values = append(trend.Values, mean)
	}
	if slices.ContainsFunc(trend.Values, func(v float64) bool { return !math.IsNaN(v) }) {
		out.Trend = trend
	}
	return out
}

// mostMonths fit beside each other.
const mostMonths = 24

// monthLabel is "Mar", with the year where it begins, and the days of a month
// that is not over.
func (s *sheet) monthLabel(m metrics.Month, year *int) string {
	y, month, _ := m.Period.From.Date()
	months := s.num.Locale.Months
	if len(months) != 12 {
		months = report.English().Months
	}
	label := months[month-1]
	if m.Partial {
		_, _, day := s.AsOf.Date()
		label += " 1–" + strconv.Itoa(day)
	} else if *year != 0 && y != *year {
		label += " " + strconv.Itoa(y)
	}
	*year = y
	return label
}

// card is one figure beside the months.
type card struct {
	report.Card
	trend float64
}

// cards are deal size, cycle, rate and speed.
func (s *sheet) cards() [cardCount]card {
	t, before, against := &s.Table.Total, &s.Before, report.Against(s.Calendar, s.Period, s.AsOf)
	closed := s.links.add(lang.T("Closed, %s", s.span()), app.Behind{Mark: metrics.Mark{Period: s.Period, Measure: metrics.ClosedDeals}})
	won := s.links.add(lang.T("Won, %s", s.span()), app.Behind{Mark: metrics.Mark{Period: s.Period, Measure: metrics.WonDeals}})
	size := card{Card: report.Card{Name: lang.T("Average won deal"), Text: s.short(t.AvgWon), Key: won}}
	if m, ok := t.MedianWon.Minor(); ok {
		size.Sub = lang.T("median %s, n %s", s.num.Short(m), s.num.Count(t.MedianWon.N))
	}
	size.grown(s.num, t.AvgWon, before.AvgWon, against, 1)
	cycle := card{Card: report.Card{Name: lang.T("Sales cycle, won"), Text: s.days(t.CycleWonMean), Key: won}}
	if m, ok := t.CycleWonMedian.Value(); ok {
		cycle.Sub = lang.T("median %s, n %s", s.num.Number(m, 0), s.num.Count(t.CycleWonMedian.N))
	}
	cycle.grown(s.num, t.CycleWonMean, before.CycleWonMean, against, -1)
	rate := card{Card: report.Card{Name: lang.T("Win rate, count"), Text: s.share(t.WinRate.Ratio), Key: closed}}
	if t.WinRate.N > 0 {
		rate.Sub = lang.T("%s closed", s.num.Ratio(t.Won, t.Won+t.Lost))
	}
	now, _ := t.WinRate.Value()
	then, known := before.WinRate.Value()
	if text, change, ok := s.num.Points(now, then, against); ok && known && t.WinRate.N > 0 {
		rate.Change, rate.trend, rate.Tone = text, change, toneOf(change)
	}
	speed := card{Card: report.Card{Name: lang.T("Velocity per day"), Text: s.short(t.VelocityPerDay), Sub: lang.T("365 days")}}
	return [cardCount]card{size, cycle, rate, speed}
}

// grown compares a ratio with the one before; better is 1 where more is good.
func (c *card) grown(num report.Numbers, now, before metrics.Ratio, against string, better float64) {
	a, known := now.Value()
	b, _ := before.Value()
	if text, change, ok := num.Grown(a, b, against); ok && known {
		c.Change, c.trend, c.Tone = text, change, toneOf(change*better)
	}
}

func toneOf(change float64) report.Tone {
	switch {
	case change > 0:
		return report.Good
	case change < 0:
		return report.Bad
	}
	return report.Plain
}

func (s *sheet) short(r metrics.Ratio) string {
	if v, ok := r.Value(); ok {
		return s.num.Short(int64(math.Round(v)))
	}
	return lang.T("n/a")
}

func (s *sheet) days(r metrics.Ratio) string {
	if v, ok := r.Value(); ok {
		return lang.T("%s days", s.num.Number(v, 0))
	}
	return lang.T("n/a")
}

// empty reports whether the book has nothing that figures could be made of.
func (s *sheet) empty() bool {
	return s.Deals == 0 && !s.Table.Total.Quota.Set
}
