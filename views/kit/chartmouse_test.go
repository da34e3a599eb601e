package kit_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/app/report"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// yearOfMonths is a chart of twelve columns with a line over them.
func yearOfMonths() report.Columns {
	out := report.Columns{Head: report.Head{Title: "Won by month"}, Trend: &report.Trend{Label: "mean"}, Axis: report.Numbers{}.Axis()}
	for i, name := range report.English().Months {
		out.Bars = append(out.Bars, report.Bar{Mark: report.Mark{Label: name, Text: name, Value: float64(i + 1), Key: name}})
		out.Trend.Values = append(out.Trend.Values, float64(i+1))
	}
	return out
}

func shownBars(v *kit.ChartView) []string {
	var out []string
	for _, b := range v.Shown().(report.Columns).Bars {
		out = append(out, b.Label)
	}
	return out
}

// Dragging across a chart along time looks closer; one click shows all again.
func TestChartViewZoomsOnTime(t *testing.T) {
	kittest.App(t, false)
	v := kit.NewChartView(yearOfMonths(), kit.ChartOptions{Bare: true})
	h := desk(t, v, 640, 260)
	h.Drag(fyne.NewPos(40, 120), fyne.NewPos(200, 120))
	got := shownBars(v)
	if len(got) < 3 || len(got) > 5 || got[0] != "Jan" {
		t.Fatalf("shows %v", got)
	}
	at, ok := kittest.At(v, "Show all")
	if !ok {
		t.Fatal(kittest.Texts(v))
	}
	h.Click(at)
	if got := shownBars(v); len(got) != 12 {
		t.Errorf("shows %v", got)
	}
}

// The keyboard walks the marks, opens them, zooms and goes along time.
func TestChartViewByKeyboard(t *testing.T) {
	kittest.App(t, false)
	var opened []string
	v := kit.NewChartView(yearOfMonths(), kit.ChartOptions{Bare: true, OnOpen: func(key string) { opened = append(opened, key) }})
	h := desk(t, v, 640, 260)
	h.Window.Canvas().Focus(v)
	h.Key(fyne.KeyRight)
	h.Key(fyne.KeyReturn)
	h.Key(fyne.KeyRight)
	h.Key(fyne.KeyReturn)
	if !slices.Equal(opened, []string{"Jan", "Feb"}) {
		t.Errorf("opened %v", opened)
	}
	h.Type("+")
	if got := shownBars(v); !slices.Equal(got, []string{"Apr", "May", "Jun", "Jul", "Aug", "Sep"}) {
		t.Errorf("closer: %v", got)
	}
	h.Key(fyne.KeyPageDown)
	if got := shownBars(v); got[len(got)-1] != "Dec" {
		t.Errorf("later: %v", got)
	}
	h.Type("0")
	if got := shownBars(v); len(got) != 12 {
		t.Errorf("all: %v", got)
	}
}

// A click on the name of a series leaves it out and brings it back; the last one
// of several stays.
func TestChartViewLeavesSeriesOut(t *testing.T) {
	kittest.App(t, false)
	spec := report.Stacks{Head: report.Head{Title: "S"}, Series: []report.Series{{Label: "North"}, {Label: "South"}}, Bars: []report.Stack{
		{Mark: report.Mark{Label: "a"}, Parts: []report.Mark{{Value: 1}, {Value: 2}}}, {Mark: report.Mark{Label: "b"}, Parts: []report.Mark{{Value: 2}, {Value: 1}}},
	}}
	v := kit.NewChartView(spec, kit.ChartOptions{Bare: true})
	h := desk(t, v, 400, 260)
	off := func() []bool {
		s := v.Shown().(report.Stacks)
		return []bool{s.Series[0].Off, s.Series[1].Off}
	}
	north, south := fyne.NewPos(20, 6), fyne.NewPos(75, 6)
	h.Click(north)
	if !slices.Equal(off(), []bool{true, false}) {
		t.Fatalf("%v", off())
	}
	h.Click(south)
	if !slices.Equal(off(), []bool{true, false}) {
		t.Errorf("the last series went: %v", off())
	}
	h.Click(north)
	if !slices.Equal(off(), []bool{false, false}) {
		t.Errorf("%v", off())
	}
}

// The menu compares, and copies what is seen.
func TestChartViewMenuCompares(t *testing.T) {
	kittest.App(t, false)
	chosen := ""
	var copied report.Spec
	v := kit.NewChartView(yearOfMonths(), kit.ChartOptions{
		Bare: true, Compare: []kit.Option{{Text: "Nothing"}, {Key: "year", Text: "Last year"}},
		OnCompare: func(key string) { chosen = key }, OnCopyFigures: func(s report.Spec) { copied = s },
	})
	h := desk(t, v, 640, 260)
	h.Window.Canvas().Focus(v)
	h.Type("+")
	h.Key(fyne.KeyF10)
	top := h.Window.Canvas().Overlays().Top()
	at, ok := kittest.At(top, "Copy figures")
	if !ok {
		t.Fatal(kittest.Texts(top))
	}
	h.Click(at)
	if copied == nil || len(report.Tabulate(copied)) != 7 {
		t.Errorf("copied %v", copied)
	}
	h.RightClick(fyne.NewPos(100, 100))
	top = h.Window.Canvas().Overlays().Top()
	at, _ = kittest.At(top, "Compare with")
	h.Move(at)
	at, ok = kittest.At(h.Window.Canvas().Overlays().Top(), "Last year")
	if !ok {
		t.Fatal(kittest.Texts(h.Window.Canvas().Overlays().Top()))
	}
	h.Click(at)
	if chosen != "year" {
		t.Errorf("chose %q", chosen)
	}
}
