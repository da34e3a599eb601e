package report

import (
	"cmp"
	"slices"
	"strconv"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Behind names the deals of a figure: of a table's row, or of a step of a funnel.
type Behind struct {
	metrics.Mark
	Funnel bool  // Mark.Measure is of the step's; Mark.Period the funnel's
	Stage  int32 // of the step
	Owned  bool  // of them, those that Owner has
	Owner  int32 // place of a person, metrics.None for nobody
}

// Panes makes the charts and cards that stand on screens and dashboards from the
// figures of one view and period. Open and Keys say what a mark opens; the text
// that they return becomes its key.
type Panes struct {
	Numbers
	Calendar data.Calendar
	Period   data.Period
	AsOf     data.Day
	Share    float64 // part of the period's sales that is expected by now
	Open     func(title string, behind ...Behind) string
	Keys     func(title, kind string, keys []data.Key) string
}

// Span writes what has passed of the period: "Oct 1 – Nov 17".
func (p Panes) Span() string {
	if p.Period.IsAll() {
		return lang.T("all time")
	}
	return p.Day(p.Period.From) + " – " + p.DayYear(max(p.Period.From, min(p.Period.To-1, p.AsOf)))
}

// RowName is a row's key, in words where it has none.
func RowName(r *metrics.Row) string {
	if r.Place == metrics.None && r.ID.IsZero() {
		return lang.T("None")
	}
	return r.Key
}

func (p Panes) mark(by metrics.By, r *metrics.Row, m metrics.Measure) Behind {
	return Behind{Mark: metrics.Mark{By: by, Place: r.Place, Period: p.Period, Measure: m}}
}

func (p Panes) ofRatio(r metrics.Ratio) string { return p.share(r.Value()) }

// head begins the head of a chart of money in the period.
func (p Panes) head(title string) Head {
	return Head{Title: title, Unit: string(p.Currency), Period: p.Span(), More: lang.T("and %d more")}
}

func (p Panes) closed(n int) string {
	return lang.N("n = %s closed deal", "n = %s closed deals", n, p.Count(n))
}

func (p Panes) won(n int) string { return lang.N("n = %s won deal", "n = %s won deals", n, p.Count(n)) }

// Attainment shows attainment where there are quotas to compare with, else what
// was won. With figures of another period, the tick of a bar is what was won then.
func (p Panes) Attainment(by metrics.By, t metrics.Result, then *Compared) AttainmentBars {
	out := AttainmentBars{Head: p.head(lang.T("Attainment against quota")), Zero: "0"}
	out.Empty = lang.T("Nothing was won or planned in this period")
	rows := slices.Clone(t.Rows)
	if !slices.ContainsFunc(rows, func(r metrics.Row) bool { return r.Quota.Set }) {
		return p.wonBars(out, by, rows)
	}
	rows = slices.DeleteFunc(rows, func(r metrics.Row) bool { return !r.Quota.Set && r.Won == 0 })
	slices.SortStableFunc(rows, metrics.ByAttainment)
	if p.Share > 0 && p.Share < 1 && then == nil {
		out.Pace = Tick{At: p.Share, Label: lang.T("pace %s", p.Percent(p.Share))}
	}
	out.Full = lang.T("quota")
	before := map[int32]metrics.Row{}
	if then != nil {
		before, out.Note = byPlace(then.Table.Rows), lang.T("tick is won in %s", then.Name)
	}
	for i := range rows {
		r := &rows[i]
		bar := Attainment{Mark: Mark{
			Label: RowName(r), Text: p.ofRatio(r.Attainment), Value: p.major(r.Credited.Minor),
			Key: p.Open(lang.T("Won by %s, %s", RowName(r), p.Span()), p.mark(by, r, metrics.WonDeals)),
		}, Sub: lang.T("no quota"), Tone: Quiet}
		if r.Quota.Set {
			bar.Full = p.major(r.Quota.Minor)
			bar.Expected = bar.Full * p.Share
			bar.Sub = lang.T("%s of %s", p.Whole(r.Credited.Minor), p.Whole(r.Quota.Minor))
		}
		if then != nil {
			was := before[r.Place].Credited.Minor
			bar.Expected = p.major(was)
			bar.Hint = lang.T("%s: %s won, %s in %s", RowName(r), p.Short(r.Credited.Minor), p.Short(was), then.Name)
		}
		out.Rows = append(out.Rows, bar)
	}
	return out
}

// Compared is a table of another period with that period's name.
type Compared struct {
	Name  string
	Table metrics.Result
}

func (p Panes) wonBars(out AttainmentBars, by metrics.By, rows []metrics.Row) AttainmentBars {
	out.Title, out.Note = lang.T("Won"), lang.T("no quotas to compare with")
	rows = rankedByWon(rows)
	for i := range rows {
		r := &rows[i]
		out.Rows = append(out.Rows, Attainment{
			Mark: Mark{
				Label: RowName(r), Text: p.Short(r.WonValue.Minor), Value: p.major(r.WonValue.Minor),
				Key: p.Open(lang.T("Won by %s, %s", RowName(r), p.Span()), p.mark(by, r, metrics.WonDeals)),
			},
			Full: p.major(rows[0].WonValue.Minor), Sub: lang.N("%s deal", "%s deals", r.Won, p.Count(r.Won)), Tone: Quiet,
		})
	}
	return out
}

// Bands counts people by attainment.
func (p Panes) Bands(b metrics.Bands, people []metrics.Row) Bands {
	out := Bands{Head: Head{Title: lang.T("Attainment bands"), Period: p.Span(), Empty: lang.T("Nobody has a quota in this period")}, Accent: -1}
	if b.N == 0 {
		return out
	}
	out.N = lang.N("%d person", "%d people", b.N)
	out.Note = lang.T("median %s, %s at quota", p.Percent(b.Median), p.ofRatio(b.AtQuota))
	labels := []string{lang.T("below 50%"), "50–79%", "80–99%", "100–120%", lang.T("over 120%")}
	behind := make([][]Behind, len(labels))
	for i := range people {
		r := &people[i]
		if v, ok := r.Attainment.Value(); ok {
			at := metrics.BandOf(v)
			behind[at] = append(behind[at], p.mark(metrics.ByPerson, r, metrics.WonDeals))
		}
	}
	for i, label := range labels {
		m := Mark{Label: label, Text: p.Count(b.Counts[i]), Value: float64(b.Counts[i])}
		if len(behind[i]) > 0 {
			m.Key = p.Open(lang.T("Won by people at %s of quota", label), behind[i]...)
		}
		out.Bars = append(out.Bars, m)
	}
	out.Accent = metrics.BandOf(b.Median)
	return out
}

// Gauge is the attainment of the whole with what is expected by now.
func (p Panes) Gauge(t *metrics.Row) Gauge {
	out := Gauge{Head: p.head(lang.T("Against quota")), Zero: "0"}
	out.Empty = lang.T("No quota in this period")
	out.Done = Mark{
		Label: lang.T("Won"), Text: p.ofRatio(t.Attainment), Value: p.major(t.Credited.Minor),
		Key: p.Open(lang.T("Won, %s", p.Span()), p.total(metrics.WonDeals)),
	}
	if !t.Quota.Set {
		out.Done.Text, out.Sub = p.Short(t.WonValue.Minor), lang.T("won, no quota to compare with")
		return out
	}
	out.Full = p.major(t.Quota.Minor)
	out.Sub = lang.T("%s of %s", p.Whole(t.Credited.Minor), p.Whole(t.Quota.Minor))
	out.Quota, out.Max = lang.T("quota"), Tick{At: 1.2, Label: "120%"}
	if p.Share > 0 && p.Share < 1 {
		out.Expected, out.Pace = out.Full*p.Share, lang.T("pace %s", p.Percent(p.Share))
	}
	return out
}

func (p Panes) total(m metrics.Measure) Behind {
	return Behind{Mark: metrics.Mark{Period: p.Period, Measure: m}}
}

// Leaders ranks by what was won; places gained are against the period before.
func (p Panes) Leaders(by metrics.By, t metrics.Result, then *Compared) Leaderboard {
	out := Leaderboard{Head: p.head(lang.T("Leaderboard"))}
	out.Empty = lang.T("Nothing was won in this period")
	before := map[int32]int{}
	if then != nil {
		for i, r := range rankedByWon(then.Table.Rows) {
			before[r.Place] = i + 1
		}
		out.Note = lang.T("places against %s", then.Name)
	}
	n, place := 0, 0
	var last int64 = -1
	for i, r := range rankedByWon(t.Rows) {
		if r.WonValue.Minor != last {
			place, last = i+1, r.WonValue.Minor
		}
		n += r.Won
		row := Leader{Mark: Mark{
			Label: RowName(&r), Text: p.Short(r.WonValue.Minor), Value: p.major(r.WonValue.Minor),
			Key: p.Open(lang.T("Won by %s, %s", RowName(&r), p.Span()), p.mark(by, &r, metrics.WonDeals)),
		}, Place: place, Sub: lang.N("%s deal", "%s deals", r.Won, p.Count(r.Won))}
		if v, ok := r.Attainment.Value(); ok {
			row.Sub = lang.T("%s of quota", p.Percent(v))
		}
		if was := before[r.Place]; was > 0 {
			row.Moved = was - place
		}
		out.Rows = append(out.Rows, row)
	}
	out.N = p.won(n)
	return out
}

// rankedByWon are the rows that won something, the most first.
func rankedByWon(rows []metrics.Row) []metrics.Row {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r metrics.Row) bool { return r.Won == 0 })
	slices.SortStableFunc(rows, func(x, y metrics.Row) int { return cmp.Compare(y.WonValue.Minor, x.WonValue.Minor) })
	return rows
}

// Measures sets what a period comes to against its targets: won, coverage, win
// rate and cycle, the last two against the period before.
func (p Panes) Measures(t *metrics.Row, then *Compared) Bullets {
	out := Bullets{Head: Head{Title: lang.T("Against targets"), Period: p.Span(), N: p.closed(t.Won + t.Lost)}}
	closed := p.Open(lang.T("Closed, %s", p.Span()), p.total(metrics.ClosedDeals))
	if t.Quota.Set && t.Quota.Minor > 0 {
		full := p.major(t.Quota.Minor)
		out.Rows = append(out.Rows, Bullet{
			Mark: Mark{
				Label: lang.T("Won"), Text: p.Short(t.Credited.Minor), Value: p.major(t.Credited.Minor),
				Key: p.Open(lang.T("Won, %s", p.Span()), p.total(metrics.WonDeals)),
			},
			Sub: string(p.Currency), Target: full, Aim: lang.T("of %s", p.Short(t.Quota.Minor)), Shades: []float64{full * 0.5, full * 0.8, full * 1.2}, Axis: p.Axis(),
		})
	}
	if v, ok := t.Coverage.Value(); ok {
		b := Bullet{Mark: Mark{
			Label: lang.T("Coverage"), Text: p.Times(v), Value: v,
			Key: p.Open(lang.T("Open deals, %s", p.Span()), p.total(metrics.OpenDeals)),
		}, Sub: lang.T("open ÷ left to quota"), Target: NA()}
		if need, ok := t.CoverageNeeded.Value(); ok {
			b.Target, b.Aim, b.Shades = need, lang.T("needs %s", p.Times(need)), []float64{need * 0.6, need, need * 2}
		}
		out.Rows = append(out.Rows, b)
	}
	if v, ok := t.WinRate.Value(); ok {
		b := Bullet{Mark: Mark{Label: lang.T("Win rate, count"), Text: p.Percent(v), Value: v, Key: closed}, Sub: p.rateWithN(t.WinRate), Target: NA(), Shades: []float64{1}}
		if then != nil {
			if was, ok := then.Table.Total.WinRate.Value(); ok {
				b.Target, b.Aim = was, lang.T("%s in %s", p.Percent(was), then.Name)
			}
		}
		out.Rows = append(out.Rows, b)
	}
	if v, ok := t.CycleWonMedian.Value(); ok {
		b := Bullet{
			Mark: Mark{Label: lang.T("Sales cycle, won"), Text: lang.T("%s days", p.Number(v, 0)), Value: v, Key: p.Open(lang.T("Won, %s", p.Span()), p.total(metrics.WonDeals))},
			Sub:  lang.T("median, n %s", strconv.Itoa(t.CycleWonMedian.N)), Target: NA(),
		}
		if then != nil {
			if was, ok := then.Table.Total.CycleWonMedian.Value(); ok {
				b.Target, b.Aim = was, lang.T("%s in %s", p.Number(was, 0), then.Name)
			}
		}
		out.Rows = append(out.Rows, b)
	}
	return out
}
