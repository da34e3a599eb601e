package report

import (
	"cmp"
	"math"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Funnel is how the closed deals of a pipeline went through its stages; several
// says that there are more pipelines to tell it from.
func (p Panes) Funnel(f metrics.Funnel, several bool) Funnel {
	out := Funnel{Head: Head{Title: lang.T("Funnel"), Period: p.Span(), Empty: lang.T("No deal was closed in this period")}}
	if f.Deals == 0 {
		return out
	}
	if several {
		out.Title = lang.T("Funnel, %s", f.Name)
	}
	out.N = lang.N("%s closed deal by stage reached", "%s closed deals by stage reached", f.Deals, p.Count(f.Deals))
	out.Note = lang.T("conversion from stage before")
	behind := func(stage int32, m metrics.Measure) Behind {
		return Behind{Mark: metrics.Mark{Period: p.Period, Measure: m}, Funnel: true, Stage: stage}
	}
	// follow says what became of the step before.
	follow := func(bar *Step, before metrics.Step) {
		bar.Rate = p.ofRatio(before.Conversion)
		bar.Dropped = lang.T("%s dropped", p.Count(before.LostHere))
		bar.LostKey = p.Open(lang.T("Lost in %s, %s", before.Name, p.Span()), behind(before.Stage, metrics.LostHere))
	}
	for i, step := range f.Steps {
		bar := Step{Mark: Mark{
			Label: step.Name, Text: p.Count(step.Reached), Value: float64(step.Reached),
			Key: p.Open(lang.T("Closed deals that reached %s, %s", step.Name, p.Span()), behind(step.Stage, metrics.Reached)),
		}}
		if i > 0 {
			follow(&bar, f.Steps[i-1])
		}
		out.Steps = append(out.Steps, bar)
	}
	if n := len(f.Steps); n > 0 {
		last := f.Steps[n-1]
		bar := Step{Mark: Mark{
			Label: lang.T("Won"), Text: p.Count(f.Won), Value: float64(f.Won),
			Key: p.Open(lang.T("Won, %s", p.Span()), behind(last.Stage, metrics.Advanced)),
		}}
		follow(&bar, last)
		out.Steps = append(out.Steps, bar)
	}
	return out
}

// LargestFunnel is the funnel with most deals and how many have any.
func LargestFunnel(funnels []metrics.Funnel) (best metrics.Funnel, several bool) {
	n := 0
	for _, f := range funnels {
		if f.Deals > 0 {
			n++
		}
		if f.Deals > best.Deals {
			best = f
		}
	}
	return best, n > 1
}

// Rates are win rates with their intervals.
func (p Panes) Rates(t metrics.Result) Intervals {
	title := map[metrics.By]string{
		metrics.ByRegion: lang.T("Win rate by region"), metrics.ByProduct: lang.T("Win rate by product"), metrics.BySector: lang.T("Win rate by sector"),
		metrics.ByPerson: lang.T("Win rate by person"), metrics.ByManager: lang.T("Win rate by team"),
	}[t.By]
	out := Intervals{Head: Head{Title: title, Period: p.Span(), Note: lang.T("dot is rate, bar is 95% Wilson interval"), Empty: lang.T("No deal was closed in this period"), More: lang.T("and %d more")}}
	n := 0
	for i := range t.Rows {
		r := &t.Rows[i]
		v, ok := r.WinRate.Value()
		if !ok {
			continue
		}
		n += r.WinRate.N
		out.Rows = append(out.Rows, Interval{
			Mark: Mark{
				Label: RowName(r), Text: p.Percent(v), Value: v,
				Key: p.Open(lang.T("Closed in %s, %s", RowName(r), p.Span()), p.mark(t.By, r, metrics.ClosedDeals)),
			},
			Low: r.WinRate.Low, High: r.WinRate.High,
			Sub: lang.T("%s–%s, n %s", p.Number(r.WinRate.Low*100, 0), p.Percent(r.WinRate.High), p.Count(r.WinRate.N)),
		})
	}
	if n > 0 {
		out.N = p.closed(n)
	}
	return out
}

// Stages shows what is open, stage by stage: a shape, not a conversion.
func (p Panes) Stages(stages []metrics.StageShape) StageBars {
	out := StageBars{
		Head: Head{Title: lang.T("Open deals by stage"), Empty: lang.T("No deal is open"), More: lang.T("and %d more")}, Part: lang.T("weighted"), Whole: lang.T("open value"),
	}
	n := 0
	pipelines := map[int32]bool{}
	for _, st := range stages {
		if n += st.Count; st.Count > 0 {
			pipelines[st.Pipeline] = true
		}
	}
	if n == 0 {
		return out
	}
	out.N = p.deals(n)
	for _, st := range stages {
		if !pipelines[st.Pipeline] {
			continue
		}
		behind := Behind{Mark: metrics.Mark{By: metrics.ByStage, Place: st.Stage, Period: data.AllTime, Measure: metrics.OpenDeals}}
		out.Rows = append(out.Rows, Stage{
			Mark: Mark{
				Label: st.Name, Text: p.Short(st.Value.Minor), Value: p.major(st.Value.Minor),
				Key: p.Open(lang.T("Open in %s", st.Name), behind),
			},
			Part: p.major(st.Weighted.Minor),
			Sub:  p.deals(st.Count) + " · " + lang.T("%s weighted", p.Short(st.Weighted.Minor)),
		})
	}
	return out
}

func (p Panes) deals(n int) string { return lang.N("%s deal", "%s deals", n, p.Count(n)) }

// Sizes places people or teams by what they win at a time and how often they win;
// the quadrants part at the whole's figures.
func (p Panes) Sizes(by metrics.By, t metrics.Result) Scatter {
	out := Scatter{
		Head:  Head{Title: lang.T("Win rate and deal size"), Period: p.Span(), N: p.closed(t.Total.Won + t.Total.Lost), Empty: lang.T("Nobody has won and closed deals in this period")},
		XName: lang.T("average won deal, %s", string(p.Currency)), YName: lang.T("win rate, count"), AxisX: p.Axis(), AxisY: p.Percent, SplitX: NA(), SplitY: NA(),
		Quadrants: [4]string{lang.T("small deals, won often"), lang.T("large deals, won often"), lang.T("small deals, won seldom"), lang.T("large deals, won seldom")},
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		size, sized := r.AvgWon.Value()
		rate, closed := r.WinRate.Value()
		if !sized || !closed {
			continue
		}
		out.Dots = append(out.Dots, Dot{Mark: Mark{
			Label: RowName(r), Text: p.Percent(rate), Value: rate,
			Key:  p.Open(lang.T("Closed by %s, %s", RowName(r), p.Span()), p.mark(by, r, metrics.ClosedDeals)),
			Hint: lang.T("%s: %s of %s, %s a deal", RowName(r), p.Percent(rate), p.deals(r.WinRate.N), p.Short(int64(math.Round(size)))),
		}, X: size / math.Pow10(p.Currency.Digits())})
	}
	if size, ok := t.Total.AvgWon.Value(); ok && len(out.Dots) > 1 {
		out.SplitX = size / math.Pow10(p.Currency.Digits())
		out.SplitY, _ = t.Total.WinRate.Value()
		out.Note = lang.T("lines are the whole's")
	}
	return out
}

// mostOpened is how many marks of a long list can be opened.
const mostOpened = 400

// Largest ranks customers or products by what they brought, with the running share.
func (p Panes) Largest(t metrics.Result) Pareto {
	title, one, many := lang.T("Customers by won value"), "n = %s customer", "n = %s customers"
	if t.By == metrics.ByProduct {
		title, one, many = lang.T("Products by won value"), "n = %s product", "n = %s products"
	}
	out := Pareto{Head: p.head(title), Most: Tick{At: 0.8, Label: "80%"}, Axis: p.Axis()}
	out.Empty = lang.T("Nothing was won in this period")
	ranked := rankedByWon(t.Rows)
	for i := range ranked {
		r := &ranked[i]
		m := Mark{Label: RowName(r), Text: p.Short(r.WonValue.Minor), Value: p.major(r.WonValue.Minor), Hint: lang.T("%s: %s in %s", RowName(r), p.Short(r.WonValue.Minor), p.deals(r.Won))}
		if i < mostOpened {
			m.Key = p.Open(lang.T("Won from %s, %s", RowName(r), p.Span()), p.mark(t.By, r, metrics.WonDeals))
		}
		out.Bars = append(out.Bars, m)
	}
	if n := len(ranked); n > 0 {
		out.N = lang.N(one, many, n, p.Count(n))
	}
	return out
}

// StagePeople are the open deals of each person in each stage.
func (p Panes) StagePeople(stages []metrics.StageShape, people []metrics.Person, cells []metrics.Crossed) HeatMap {
	out := HeatMap{Head: Head{Title: lang.T("Open deals, person by stage"), Unit: lang.T("deals"), Empty: lang.T("No deal is open"), More: lang.T("and %d more")}}
	out.Axis = func(v float64) string { return p.Number(v, 0) }
	n, byStage, byOwner := 0, map[int32]int{}, map[int32]int{}
	at := map[[2]int32]metrics.Crossed{}
	for _, c := range cells {
		n += c.Count
		byStage[c.Stage] += c.Count
		byOwner[c.Owner] += c.Count
		at[[2]int32{c.Stage, c.Owner}] = c
	}
	if n == 0 {
		return out
	}
	out.N = lang.N("n = %s open deal", "n = %s open deals", n, p.Count(n))
	stages = slices.DeleteFunc(slices.Clone(stages), func(s metrics.StageShape) bool { return byStage[s.Stage] == 0 })
	for _, s := range stages {
		out.Columns = append(out.Columns, s.Name)
	}
	owners := make([]int32, 0, len(byOwner))
	for owner := range byOwner {
		owners = append(owners, owner)
	}
	name := func(owner int32) string {
		if owner < 0 || int(owner) >= len(people) {
			return lang.T("Nobody")
		}
		return people[owner].Name
	}
	slices.SortFunc(owners, func(x, y int32) int {
		return cmp.Or(cmp.Compare(byOwner[y], byOwner[x]), cmp.Compare(name(x), name(y)))
	})
	for _, owner := range owners {
		row := HeatRow{Label: name(owner)}
		for _, s := range stages {
			c := at[[2]int32{s.Stage, owner}]
			if c.Count == 0 {
				row.Cells = append(row.Cells, Mark{Value: NA(), Text: " "})
				continue
			}
			row.Cells = append(row.Cells, Mark{
				Label: row.Label + ", " + s.Name, Text: p.Count(c.Count), Value: float64(c.Count), Hint: lang.T("%s, %s: %s, %s", row.Label, s.Name, p.deals(c.Count), p.Short(c.Value)),
				Key: p.Open(lang.T("Open with %s in %s", row.Label, s.Name), Behind{
					Mark: metrics.Mark{By: metrics.ByStage, Place: s.Stage, Period: data.AllTime, Measure: metrics.OpenDeals}, Owned: true, Owner: owner,
				}),
			})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// Cycles shows how long won deals took and how that spreads.
func (p Panes) Cycles(by metrics.By, spreads []metrics.CycleSpread) Boxes {
	out := Boxes{Head: Head{Title: lang.T("Sales cycle, won"), Unit: lang.T("days"), Period: p.Span(), Empty: lang.T("Nothing was won in this period"), More: lang.T("and %d more")}, Zero: true}
	out.Axis = func(v float64) string { return p.Number(v, 0) }
	n := 0
	spreads = slices.Clone(spreads)
	slices.SortStableFunc(spreads, func(x, y metrics.CycleSpread) int { return cmp.Compare(x.Median, y.Median) })
	for _, s := range spreads {
		n += s.N
		name := RowName(&metrics.Row{Key: s.Key, Place: s.Place})
		box := Box{
			Mark: Mark{
				Label: name, Text: lang.T("%s days", p.Number(s.Median, 0)), Value: s.Median,
				Key: p.Open(lang.T("Won by %s, %s", name, p.Span()), Behind{Mark: metrics.Mark{By: by, Place: s.Place, Period: p.Period, Measure: metrics.WonDeals}}),
			},
			Low: s.Low, Q1: s.Q1, Q3: s.Q3, High: s.High, Sub: lang.T("n %s, half in %s–%s", p.Count(s.N), p.Number(s.Q1, 0), p.Number(s.Q3, 0)),
		}
		for _, d := range s.Beyond {
			text := lang.N("%d day", "%d days", d.Days)
			box.Beyond = append(box.Beyond, Mark{Label: name, Text: text, Value: float64(d.Days), Key: p.Keys(lang.T("%s, %s", name, text), data.KindDeal, []data.Key{d.Key})})
		}
		out.Rows = append(out.Rows, box)
	}
	if n > 0 {
		out.N = p.won(n)
		out.Note = lang.T("box is the middle half, line the median")
	}
	return out
}
