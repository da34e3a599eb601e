package chart

import (
	"fmt"
	"math"

	"fieldbook/app/report"
)

func dollars() report.Format { return report.Numbers{Symbol: "$"}.Axis() }

func waterfallSample() report.Waterfall {
	s := report.Waterfall{
		Head: report.Head{Title: "How the forecast changed", Unit: "USD", Period: "Nov 10 to Nov 17"},
		Axis: dollars(),
	}
	for _, st := range []struct {
		name  string
		v     float64
		total bool
		tone  report.Tone
	}{
		{"Nov 10", 671_300, true, 0},
		{"New", 31_200, false, 0},
		{"Pulled in", 18_600, false, 0},
		{"Up", 6_400, false, 0},
		{"Down", -27_300, false, 0},
		{"Pushed", -62_500, false, 0},
		{"Lost", -37_000, false, 0},
		{"Won", -48_000, false, report.Quiet},
		{"Nov 17", 552_700, true, 0},
	} {
		text := dollars()(st.v)
		if !st.total {
			text = signed(dollars(), st.v)
		}
		s.Steps = append(s.Steps, report.Change{Mark: report.Mark{Label: st.name, Text: text, Value: st.v, Key: "step:" + st.name}, Total: st.total, Tone: st.tone})
	}
	return s
}

func bandSample() report.Lines {
	s := report.Lines{
		Head: report.Head{Title: "Range to Dec 31", Unit: "USD", Note: "won, then P10–P50–P90"},
		MinX: 0, MaxX: 91, Axis: dollars(),
		Ticks: []report.Tick{{At: 0, Label: "Oct 1"}, {At: 31, Label: "Nov 1"}, {At: 61, Label: "Dec 1"}, {At: 91, Label: "Dec 31"}},
		Level: &report.Level{Value: 734_000, Label: "Quota $734K", Key: "quota"},
		Range: &report.Range{Low: "P10 $599K", High: "P90 $755K", Key: "forecast"},
		Series: []report.Line{
			{Label: "", Style: report.Main, Points: curve(48, 681_000, 6_000), Key: "won"},
			{Label: "P50 $681K", Style: report.Likely, Key: "forecast"},
		},
	}
	from := s.Series[0].Points[len(s.Series[0].Points)-1]
	for x := from.X; x <= 91; x++ {
		part := (x - from.X) / (91 - from.X)
		y := from.Y + (681_000-from.Y)*part
		s.Series[1].Points = append(s.Series[1].Points, report.Point{X: x, Y: y})
		s.Range.Points = append(s.Range.Points, report.RangePoint{X: x, Low: y - 82_000*math.Sqrt(part), High: y + 74_000*math.Sqrt(part), Hint: fmt.Sprint("day ", x)})
	}
	return s
}

func areaSample() report.Lines {
	s := linesSample()
	s.Title, s.Level = "Won against last quarter", nil
	s.Series = []report.Line{s.Series[0], s.Series[1]}
	s.Series[0].Area = true
	return s
}

func stacksSample(grouped bool) report.Stacks {
	s := report.Stacks{
		Head:    report.Head{Title: "Won by product and quarter", Unit: "USD"},
		Series:  []report.Series{{Label: "GTX Pro", Key: "product:gtxpro"}, {Label: "GTX Plus Basic"}, {Label: "MG Advanced"}, {Label: "Returns"}},
		Grouped: grouped, Time: true, Axis: dollars(),
	}
	for i, q := range []string{"Q1 2017", "Q2", "Q3", "Q4 to date"} {
		b := report.Stack{Mark: report.Mark{Label: q, Key: "quarter:" + q}}
		sum := 0.0
		for j, v := range []float64{120, 80, 45, -30} {
			v *= float64(3+(i*j+i)%4) / 4 * 1000
			sum += v
			b.Parts = append(b.Parts, report.Mark{Value: v, Text: dollars()(v), Key: fmt.Sprintf("%s:%d", q, j)})
		}
		b.Text = dollars()(sum)
		s.Bars = append(s.Bars, b)
	}
	return s
}
