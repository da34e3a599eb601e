package chart

import (
	"slices"
	"testing"

	"fieldbook/app/report"
)

// The name of a corner gives way to a dot.
func TestCornersGiveWayToDots(t *testing.T) {
	s := report.Scatter{SplitX: 5, SplitY: 5, Quadrants: [4]string{"few, large", "many, large", "few, small", "many, small"}}
	for _, d := range [][2]float64{{0, 0}, {10, 10}, {0.4, 9.7}} {
		s.Dots = append(s.Dots, report.Dot{Mark: report.Mark{Value: d[1]}, X: d[0]})
	}
	texts := Draw(s, Options{Width: 592, Height: 400, Bare: true}).Texts()
	if slices.Contains(texts, "few, large") || !slices.Contains(texts, "many, small") {
		t.Errorf("%q", texts)
	}
}
