package chart

import (
	"fmt"
	"maps"
	"math"
	"strings"

	"fieldbook/app/report"
)

// sample is one golden picture.
type sample struct {
	name string
	spec report.Spec
	w, h int
}

func samples() []sample {
	return append(samplesMore(), []sample{
		{"attainment", attainmentSample(), 632, 262},
		{"attainment-paper", attainmentPaper(), 722, 300},
		{"gauge", gaugeSample(0.27), 352, 240},
		{"funnel", funnelSample(), 632, 252},
		{"columns-trend", wonByMonth(), 1096, 158},
		{"columns-quota", wonByQuarter(), 432, 212},
		{"bands", bandsSample(), 452, 262},
		{"intervals", intervalsSample(), 452, 252},
		{"stagebars", stageSample(), 272, 328},
		{"lines", linesSample(), 484, 328},
		{"waterfall", waterfallSample(), 632, 328},
		{"lines-band", bandSample(), 592, 328},
		{"lines-area", areaSample(), 484, 240},
		{"stacks", stacksSample(false), 632, 300},
		{"stacks-grouped", stacksSample(true), 632, 300},
		{"sparkline", report.Sparkline{Values: []float64{3, 4, 6, 5, 8, 7, 9.5}}, 72, 28},
	}...)
}

func attainmentSample() report.AttainmentBars {
	row := func(name string, done, full float64, pct, sub string) report.Attainment {
		return report.Attainment{
			Mark:     report.Mark{Label: name, Text: pct, Value: done, Key: "person:" + name},
			Expected: full * 0.43, Full: full, Sub: sub,
		}
	}
	return report.AttainmentBars{
		Head: report.Head{Title: "Attainment against quota", Unit: "USD", Period: "Oct 1 – Nov 17"},
		Zero: "0", Pace: report.Tick{At: 0.43, Label: "pace 43%"}, Full: "quota",
		Rows: []report.Attainment{
			row("Anna Lindqvist", 67_330, 90_000, "75%", "67,330 of 90,000"),
			row("Bram de Vries", 192_941, 360_000, "54%", "192,941 of 360,000"),
			row("Chiara Rossi", 36_572, 96_000, "38%", "36,572 of 96,000"),
			row("Dieter Vogel", 28_844, 108_000, "27%", "28,844 of 108,000"),
			row("Erin Walsh", 3_856, 60_000, "6%", "3,856 of 60,000"),
			row("Fumiko Ota", 0, 20_000, "0%", "0 of 20,000"),
		},
	}
}

func attainmentPaper() report.AttainmentBars {
	s := attainmentSample()
	s.Rows = append(s.Rows, s.Rows...)
	tones := []report.Tone{report.Good, report.Good, report.Bad, report.Bad, report.Bad, report.Quiet}
	for i := range s.Rows {
		s.Rows[i].Sub, s.Rows[i].Tone = fmt.Sprintf("%d%% of pace", 174-20*i), tones[i%6]
	}
	s.Grid = []report.Tick{{At: 0.25, Label: "25%"}, {At: 0.5, Label: "50%"}, {At: 0.75, Label: "75%"}, {At: 1, Label: "100%"}}
	s.Full = ""
	return s
}

func gaugeSample(done float64) report.Gauge {
	return report.Gauge{
		Head: report.Head{Title: "My quarter", Unit: "USD", Period: "Oct 1 – Nov 17"},
		Done: report.Mark{Label: "Won", Text: fmt.Sprintf("%.0f%%", done*100), Value: done * 108_000, Key: "won"},
		Full: 108_000, Expected: 46_500, Sub: "28,844 of 108,000", Pace: "pace 43%", Quota: "quota",
		Zero: "0", Max: report.Tick{At: 1.2, Label: "120%"},
	}
}

func funnelSample() report.Funnel {
	s := report.Funnel{Head: report.Head{Title: "Funnel", N: "233 closed deals by stage reached", Note: "conversion from stage before"}}
	counts := []float64{233, 200, 172, 149, 126, 109}
	for i, name := range []string{"Qualification", "Discovery", "Proposal", "Negotiation", "Close", "Won"} {
		step := report.Step{Mark: report.Mark{Label: name, Text: fmt.Sprint(counts[i]), Value: counts[i], Key: name}}
		if i > 0 {
			step.Rate = fmt.Sprintf("%.0f%%", counts[i]/counts[i-1]*100)
			step.Dropped, step.LostKey = fmt.Sprintf("%.0f dropped", counts[i-1]-counts[i]), "lost:"+name
		}
		s.Steps = append(s.Steps, step)
	}
	return s
}

func wonByMonth() report.Columns {
	s := report.Columns{
		Head:  report.Head{Title: "Won by month", Unit: "USD", Note: "line is the trailing 3-month mean"},
		Trend: &report.Trend{Label: "3-month mean"},
	}
	v := []float64{222, 147, 194, 250, 210, 275, 283, 215, 114}
	for i, m := range []string{"Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov 1–17"} {
		s.Bars = append(s.Bars, report.Bar{Mark: report.Mark{Label: m, Text: fmt.Sprintf("$%.0fK", v[i]), Value: v[i] * 1000, Key: m}, Partial: i == 8})
		mean := report.NA()
		if i >= 2 && i < 8 {
			mean = (v[i] + v[i-1] + v[i-2]) / 3 * 1000
		}
		s.Trend.Values = append(s.Trend.Values, mean)
	}
	return s
}

func wonByQuarter() report.Columns {
	s := report.Columns{
		Head: report.Head{Title: "Won against quota by quarter", Unit: "USD", Note: "bar is won, line is quota"},
		Axis: report.Numbers{Symbol: "$"}.Axis(),
	}
	v, q := []float64{44, 80, 123, 29}, []float64{41, 98, 106, 108}
	for i, name := range []string{"Q1 2017", "Q2", "Q3", "Q4 to date"} {
		s.Bars = append(s.Bars, report.Bar{
			Mark:  report.Mark{Label: name, Text: fmt.Sprintf("%.0f%%", v[i]/q[i]*100), Value: v[i] * 1000, Key: name},
			Quota: q[i] * 1000, Partial: i == 3,
		})
	}
	return s
}

func bandsSample() report.Bands {
	s := report.Bands{Head: report.Head{Title: "Attainment bands", N: "35 people", Note: "pace 43%"}, Accent: 2}
	v := []float64{8, 12, 12, 2, 1}
	for i, name := range []string{"0–20%", "20–40%", "40–60%", "60–80%", "80% up"} {
		s.Bars = append(s.Bars, report.Mark{Label: name, Text: fmt.Sprint(v[i]), Value: v[i], Key: name})
	}
	return s
}

func intervalsSample() report.Intervals {
	row := func(name string, v, lo, hi float64, sub string) report.Interval {
		return report.Interval{Mark: report.Mark{Label: name, Text: fmt.Sprintf("%.0f%%", v*100), Value: v, Key: name}, Low: lo, High: hi, Sub: sub}
	}
	return report.Intervals{
		Head: report.Head{Title: "Win rate by region", Note: "dot is rate, bar is 95% Wilson interval"},
		Rows: []report.Interval{
			row("North", 0.494, 0.446, 0.543, "45–54%, n 411"),
			row("East", 0.525, 0.462, 0.586, "46–59%, n 248"),
			row("West", 0.531, 0.477, 0.586, "48–59%, n 327"),
		},
	}
}

func stageSample() report.StageBars {
	s := report.StageBars{Head: report.Head{Title: "Open deals by stage", N: "684 deals", Note: "list price"}, Part: "weighted", Whole: "open value"}
	whole, part := []float64{771, 373, 250, 179, 114, 72.3}, []float64{77.1, 93.2, 100, 98.7, 79.9, 61.4}
	for i, name := range []string{"Prospecting", "Qualification", "Discovery", "Proposal", "Negotiation", "Close"} {
		s.Rows = append(s.Rows, report.Stage{
			Mark: report.Mark{Label: name, Text: fmt.Sprintf("$%gK", whole[i]), Value: whole[i], Key: name},
			Part: part[i], Sub: fmt.Sprintf("%d deals · $%gK weighted", 296/(i+1), part[i]),
		})
	}
	return s
}

// curve is a running total of n days of 92.
func curve(n int, top, wobble float64) []report.Point {
	var ps []report.Point
	for i := range n {
		x := float64(i) / 91
		ps = append(ps, report.Point{X: float64(i), Y: top*math.Pow(x, 1.15) + wobble*math.Sin(float64(i)*0.9)*math.Sqrt(x)})
	}
	return ps
}

func linesSample() report.Lines {
	return report.Lines{
		Head:  report.Head{Title: "Won, running total", Unit: "USD", Period: "quarter to date", Right: "day 48 of 92"},
		MinX:  0,
		MaxX:  91,
		Axis:  report.Numbers{Symbol: "$"}.Axis(),
		Ticks: []report.Tick{{At: 0, Label: "Oct 1"}, {At: 31, Label: "Nov 1"}, {At: 61, Label: "Dec 1"}, {At: 91, Label: "Dec 31"}},
		Level: &report.Level{Value: 734_000, Label: "Quota $734K", Key: "quota"},
		Series: []report.Line{
			{Label: "Won $330K", Style: report.Main, Points: curve(48, 708_000, 6_000), Key: "won"},
			{Label: "Q3 $768K", Style: report.Past, Points: curve(92, 768_000, 12_000)},
			{Label: "Pace", Style: report.Expected, Points: curve(92, 734_000, 0)},
		},
	}
}

// nasty returns each kind with no marks, one, and values that break naive
// drawing: n/a, zero, negative, infinite, huge, many, long and foreign names.
func nasty() map[string][]report.Mark {
	name := strings.Repeat("Übergroße Αθήνα Москва 東京 ", 8) + "\n\t𝄞"
	many := make([]report.Mark, 200)
	for i := range many {
		many[i] = report.Mark{Label: fmt.Sprintf("Category %d", i), Text: fmt.Sprint(i * 37 % 100), Value: float64(i * 37 % 100), Key: fmt.Sprint(i)}
	}
	mark := func(v float64, text string) report.Mark {
		return report.Mark{Label: name, Text: text, Value: v, Key: "k"}
	}
	return map[string][]report.Mark{
		"none":     nil,
		"one":      {mark(5, "5")},
		"zero":     {mark(0, "0"), mark(0, "0"), mark(0, "0")},
		"na":       {mark(report.NA(), ""), mark(report.NA(), "")},
		"negative": {mark(-5, "–5"), mark(7, "7"), mark(-2, "–2")},
		"huge":     {mark(math.MaxFloat64, "1.8e308"), mark(-math.MaxFloat64, "–1.8e308"), mark(1, "1")},
		"infinite": {mark(math.Inf(1), "∞"), mark(math.Inf(-1), "–∞"), mark(2, "2")},
		"long":     {mark(3, strings.Repeat("9,", 60)), mark(1, "1")},
		"many":     many,
	}
}

// specsOf makes every kind of chart from the same marks.
func specsOf(marks []report.Mark) map[string]report.Spec {
	head := report.Head{Title: "Nasty", Unit: "USD", N: fmt.Sprintf("n = %d", len(marks))}
	a, f := report.AttainmentBars{Head: head, Zero: "0", Full: "quota", Pace: report.Tick{At: 0.43, Label: "pace 43%"}}, report.Funnel{Head: head}
	col, b := report.Columns{Head: head, Axis: report.Numbers{}.Axis(), Trend: &report.Trend{Label: "mean"}}, report.Bands{Head: head, Accent: -1}
	iv, st, line := report.Intervals{Head: head}, report.StageBars{Head: head, Part: "weighted", Whole: "open"}, report.Line{Label: "Won"}
	spark := report.Sparkline{}
	water, stacks := report.Waterfall{Head: head}, report.Stacks{Head: head, Series: []report.Series{{Label: "First"}, {Label: "Second"}, {Label: "Third"}}}
	band := report.Range{Low: "P10", High: "P90"}
	g := report.Gauge{Head: head, Done: report.Mark{Value: report.NA()}, Pace: "pace", Quota: "quota"}
	for i, m := range marks {
		a.Rows = append(a.Rows, report.Attainment{Mark: m, Full: 10, Expected: m.Value / 2, Sub: m.Text + " of 10"})
		f.Steps = append(f.Steps, report.Step{Mark: m, Rate: m.Text, Dropped: m.Text})
		col.Bars = append(col.Bars, report.Bar{Mark: m, Quota: m.Value / 3})
		col.Trend.Values = append(col.Trend.Values, m.Value)
		b.Bars = append(b.Bars, m)
		iv.Rows = append(iv.Rows, report.Interval{Mark: m, Low: m.Value - 1, High: m.Value + 1, Sub: m.Text})
		st.Rows = append(st.Rows, report.Stage{Mark: m, Part: m.Value / 2, Sub: m.Text})
		line.Points = append(line.Points, report.Point{X: float64(i), Y: m.Value})
		spark.Values = append(spark.Values, m.Value)
		water.Steps = append(water.Steps, report.Change{Mark: m, Total: i == 0 || i == len(marks)-1})
		stacks.Bars = append(stacks.Bars, report.Stack{Mark: m, Parts: []report.Mark{m, {Text: m.Text, Value: m.Value / 2}, {Text: m.Text, Value: -m.Value / 3}}})
		band.Points = append(band.Points, report.RangePoint{X: float64(i), Low: m.Value - 1, High: m.Value + 2})
		g.Done, g.Full, g.Expected, g.Sub = m, 10, m.Value, m.Text
	}
	grouped := stacks
	grouped.Grouped = true
	specs := map[string]report.Spec{
		"waterfall": water, "stacks": stacks, "grouped": grouped,
		"band":       report.Lines{Head: head, Series: []report.Line{{Label: "Likely", Style: report.Likely, Area: true, Points: line.Points}}, Range: &band},
		"attainment": a, "funnel": f, "columns": col, "bands": b, "intervals": iv, "stagebars": st,
		"lines": report.Lines{Head: head, Series: []report.Line{line}, Level: &report.Level{Value: 4, Label: "quota"}}, "sparkline": spark, "gauge": g,
	}
	maps.Copy(specs, specsMore(head, marks))
	return specs
}
