package chart

import (
	"fmt"
	"math"

	"fieldbook/app/report"
	"fieldbook/data"
)

func samplesMore() []sample {
	many := scatterSample()
	for i := range 60 {
		x := math.Mod(float64(i)*0.618, 1)
		many.Dots = append(many.Dots, report.Dot{X: 0.35 + x*0.3, Mark: report.Mark{Label: fmt.Sprintf("Person %d", i), Value: 40_000 + 180_000*math.Mod(float64(i)*0.377, 1)}})
	}
	return []sample{
		{"pareto", paretoSample(), 632, 300},
		{"bullets", bulletsSample(), 592, 262},
		{"scatter", scatterSample(), 592, 400},
		{"scatter-many", many, 592, 400},
		{"heat", heatSample(), 632, 262},
		{"heat-change", heatChange(), 480, 220},
		{"calendar", calendarSample(), 752, 220},
		{"boxes", boxesSample(), 592, 252},
		{"leaders", leadersSample(), 592, 262},
		{"multiples", multiplesSample(), 632, 262},
		{"flow", flowSample(), 752, 360},
	}
}

func paretoSample() report.Pareto {
	s := report.Pareto{
		Head: report.Head{Title: "Why deals were lost", Unit: "USD", Period: "2017", N: "n = 248"},
		Most: report.Tick{At: 0.8, Label: "80%"}, Axis: dollars(),
	}
	v := []float64{412_000, 251_000, 148_000, 61_000, 33_000, 21_000, 9_000}
	for i, name := range []string{"Price", "No decision", "Competitor", "Missing feature", "Timing", "Lost contact", "Other"} {
		s.Bars = append(s.Bars, report.Mark{Label: name, Value: v[i], Text: dollars()(v[i]), Key: "reason:" + name})
	}
	return s
}

func bulletsSample() report.Bullets {
	percent, plain := report.Format(report.Numbers{}.Percent), report.Numbers{}.Axis()
	row := func(name, sub, text, aim string, v, target float64, shades ...float64) report.Bullet {
		return report.Bullet{Mark: report.Mark{Label: name, Text: text, Value: v, Key: "measure:" + name}, Sub: sub, Aim: aim, Target: target, Shades: shades, Axis: plain}
	}
	s := report.Bullets{Head: report.Head{Title: "My measures", Period: "Oct 1 – Nov 17", Note: "tick is the target"}}
	won := row("Won", "USD", "$67.3K", "of $90K", 67_330, 90_000, 45_000, 72_000, 110_000)
	won.Axis = dollars()
	rate := row("Win rate", "n 41", "58%", "aim 50%", 0.58, 0.5, 0.3, 0.45, 0.8)
	rate.Axis = percent
	s.Rows = []report.Bullet{won, rate, row("Visits", "planned and done", "31", "of 60", 31, 60, 30, 50, 80), row("New accounts", "", "0", "of 5", 0, 5)}
	return s
}

func scatterSample() report.Scatter {
	s := report.Scatter{
		Head:  report.Head{Title: "Win rate and deal size", Period: "2017", N: "n = 12 people"},
		XName: "win rate", YName: "won, USD", AxisX: report.Numbers{}.Percent, AxisY: dollars(),
		SplitX: 0.5, SplitY: 120_000, Quadrants: [4]string{"large, seldom", "large, often", "small, seldom", "small, often"},
	}
	for i, p := range []struct {
		name string
		x, y float64
	}{
		{"Anna Lindqvist", 0.61, 220_000},
		{"Bram de Vries", 0.58, 212_000},
		{"Chiara Rossi", 0.44, 96_000},
		{"Dieter Vogel", 0.41, 101_000},
		{"Erin Walsh", 0.52, 60_000},
		{"Fumiko Ota", 0.66, 48_000},
		{"Gábor Kiss", 0.50, 121_000},
		{"Ελένη Παππά", 0.505, 126_000},
		{"Иван Петров", 0.39, 186_000},
		{"Jón Þórsson", 0.72, 143_000},
		{"Katarzyna Wiśniewska", 0.495, 117_000},
		{"Léa Brûlé", 0.36, 31_000},
	} {
		s.Dots = append(s.Dots, report.Dot{Mark: report.Mark{Label: p.name, Value: p.y, Text: dollars()(p.y), Key: "person:" + p.name}, X: p.x, Mine: i == 1})
	}
	return s
}

func heatSample() report.HeatMap {
	s := report.HeatMap{
		Head:    report.Head{Title: "Open deals by stage and person", Unit: "deals", N: "n = 412"},
		Columns: []string{"Qualification", "Discovery", "Proposal", "Negotiation", "Close"},
		Axis:    report.Numbers{}.Axis(),
	}
	for i, name := range []string{"Anna Lindqvist", "Bram de Vries", "Chiara Rossi", "Dieter Vogel", "Ελένη Παππά", "Иван Петров"} {
		r := report.HeatRow{Label: name}
		for j, stage := range s.Columns {
			v := float64((i*7+j*11)%23) - float64(j*2)
			m := report.Mark{Value: max(v, 0), Text: fmt.Sprint(max(v, 0)), Key: name + ":" + stage}
			if i == 3 && j > 2 {
				m = report.Mark{Value: report.NA()}
			}
			r.Cells = append(r.Cells, m)
		}
		s.Rows = append(s.Rows, r)
	}
	return s
}

func heatChange() report.HeatMap {
	s := heatSample()
	s.Title, s.Rows = "Change on last month", s.Rows[:4]
	for _, r := range s.Rows {
		for j := range r.Cells {
			r.Cells[j].Value -= 8
			r.Cells[j].Text = report.Numbers{}.Number(r.Cells[j].Value, 0)
		}
	}
	return s
}

func calendarSample() report.Calendar {
	s := report.Calendar{Head: report.Head{Title: "Visits by day", Unit: "visits", Period: "2017"}, First: firstDay(2017)}
	for i := range 321 {
		v := float64((i*i + i*5) % 7)
		if d := s.First.AddDays(i).Weekday(); d == 0 || d == 6 {
			v = 0
		}
		s.Days = append(s.Days, report.Mark{Value: v, Text: fmt.Sprint(v), Key: s.First.AddDays(i).String()})
	}
	return s
}

func boxesSample() report.Boxes {
	s := report.Boxes{Head: report.Head{Title: "Days from engaged to won", Unit: "days", Period: "2017", Note: "box is the middle half"}, Zero: true}
	for i, name := range []string{"North", "East", "West", "South"} {
		m := 38 + 9*float64(i)
		s.Rows = append(s.Rows, report.Box{
			Mark: report.Mark{Label: name, Text: fmt.Sprintf("%.0f", m), Value: m, Key: "region:" + name},
			Low:  m - 30, Q1: m - 14, Q3: m + 20, High: m + 48,
			Beyond: []report.Mark{{Label: "Condax", Text: "118", Value: m + 70, Key: "deal:" + name}}, Sub: fmt.Sprintf("%.0f–%.0f, n %d", m-14, m+20, 40+i),
		})
	}
	return s
}

func leadersSample() report.Leaderboard {
	s := report.Leaderboard{Head: report.Head{Title: "Won this quarter", Unit: "USD", Period: "Oct 1 – Nov 17"}}
	v := []float64{192_941, 67_330, 36_572, 36_572, 28_844, 3_856}
	place, moved := []int{1, 2, 3, 3, 5, 6}, []int{0, 3, -1, 2, -2, 0}
	for i, name := range []string{"Bram de Vries", "Anna Lindqvist", "Chiara Rossi", "Ελένη Παππά", "Dieter Vogel", "Erin Walsh"} {
		s.Rows = append(s.Rows, report.Leader{
			Mark:  report.Mark{Label: name, Text: dollars()(v[i]), Value: v[i], Key: "person:" + name},
			Place: place[i], Moved: moved[i], Sub: fmt.Sprintf("%d deals", 30-4*i), Mine: i == 3,
		})
	}
	return s
}

func multiplesSample() report.Multiples {
	s := report.Multiples{Head: report.Head{Title: "Won by month", Unit: "USD", Note: "one scale"}}
	for i, name := range []string{"Anna Lindqvist", "Bram de Vries", "Chiara Rossi", "Dieter Vogel", "Ελένη Παππά", "Иван Петров", "Katarzyna Wiśniewska"} {
		m := report.Multiple{}
		for j := range 12 {
			m.Values = append(m.Values, float64((i+2)*(10+(j*(i+3))%9))*1000)
		}
		last := m.Values[11]
		m.Mark = report.Mark{Label: name, Text: dollars()(last), Value: last, Key: "person:" + name}
		s.Cells = append(s.Cells, m)
	}
	return s
}

func flowSample() report.Flow {
	s := report.Flow{Head: report.Head{Title: "Where the pipeline went", Unit: "USD", Period: "Oct 1 to Nov 17"}, FromName: "Oct 1", ToName: "Nov 17"}
	sums := map[int]float64{}
	into := map[int]float64{}
	add := func(from, to int, v float64, tone report.Tone) {
		s.Links = append(s.Links, report.Link{From: from, To: to, Tone: tone, Mark: report.Mark{Value: v, Text: dollars()(v), Key: fmt.Sprintf("flow:%d-%d", from, to)}})
		sums[from] += v
		into[to] += v
	}
	add(0, 0, 120_000, report.Quiet)
	add(0, 1, 90_000, report.Plain)
	add(0, 5, 60_000, report.Bad)
	add(1, 1, 80_000, report.Quiet)
	add(1, 2, 110_000, report.Plain)
	add(1, 4, 20_000, report.Good)
	add(1, 5, 44_000, report.Bad)
	add(2, 2, 50_000, report.Quiet)
	add(2, 3, 70_000, report.Plain)
	add(2, 4, 60_000, report.Good)
	add(2, 5, 18_000, report.Bad)
	add(3, 3, 12_000, report.Quiet)
	add(3, 4, 130_000, report.Good)
	add(3, 2, 15_000, report.Warn)
	add(4, 0, 140_000, report.Plain)
	add(4, 1, 22_000, report.Plain)
	for i, name := range []string{"Qualification", "Discovery", "Proposal", "Negotiation", "New since"} {
		s.From = append(s.From, report.Mark{Label: name, Text: dollars()(sums[i]), Key: "from:" + name})
	}
	for i, name := range []string{"Qualification", "Discovery", "Proposal", "Negotiation", "Won", "Lost"} {
		s.To = append(s.To, report.Mark{Label: name, Text: dollars()(into[i]), Key: "to:" + name})
	}
	return s
}

func firstDay(year int) data.Day { return data.NewDay(year, 1, 1) }

// specsMore makes the kinds of fields and rows from the same marks.
func specsMore(head report.Head, marks []report.Mark) map[string]report.Spec {
	pareto, bullets := report.Pareto{Head: head, Bars: marks, Most: report.Tick{At: 0.8, Label: "80%"}}, report.Bullets{Head: head}
	scatter := report.Scatter{Head: head, SplitX: 2, SplitY: 3, XName: "across", YName: "up", Quadrants: [4]string{"a", "b", "c", "d"}}
	heat, calendar := report.HeatMap{Head: head}, report.Calendar{Head: head, First: firstDay(2017), Days: marks}
	boxes, leaders, small := report.Boxes{Head: head}, report.Leaderboard{Head: head}, report.Multiples{Head: head}
	flow := report.Flow{Head: head, FromName: "Jan 1", ToName: "Mar 31", From: marks, To: marks}
	for i, m := range marks {
		bullets.Rows = append(bullets.Rows, report.Bullet{Mark: m, Target: m.Value / 2, Aim: m.Text, Sub: m.Label, Shades: []float64{m.Value / 3, m.Value * 2}, Axis: report.Numbers{}.Axis()})
		scatter.Dots = append(scatter.Dots, report.Dot{Mark: m, X: float64(i)})
		heat.Columns = append(heat.Columns, m.Label)
		heat.Rows = append(heat.Rows, report.HeatRow{Label: m.Label, Cells: marks})
		boxes.Rows = append(boxes.Rows, report.Box{Mark: m, Low: m.Value - 3, Q1: m.Value - 1, Q3: m.Value + 1, High: m.Value + 4, Beyond: []report.Mark{{Value: m.Value + 6}}, Sub: m.Text})
		leaders.Rows = append(leaders.Rows, report.Leader{Mark: m, Place: i + 1, Moved: i%5 - 2, Sub: m.Text, Mine: i == len(marks)-1})
		small.Cells = append(small.Cells, report.Multiple{Mark: m, Values: []float64{1, m.Value, m.Value / 2, report.NA(), m.Value}})
		flow.Links = append(flow.Links, report.Link{Mark: m, From: i, To: (i * 7) % len(marks), Tone: report.Tone(i % 5)})
	}
	return map[string]report.Spec{
		"pareto": pareto, "bullets": bullets, "scatter": scatter, "heat": heat, "calendar": calendar, "boxes": boxes, "leaders": leaders,
		"multiples": small, "flow": flow,
	}
}
