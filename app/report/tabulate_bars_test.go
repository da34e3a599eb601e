package report

import (
	"slices"
	"testing"
)

func TestTabulateNewForms(t *testing.T) {
	mark := func(label string, v float64) Mark { return Mark{Label: label, Value: v} }
	for _, tc := range []struct {
		spec Spec
		want [][]string
	}{
		{
			Waterfall{Head: Head{Title: "Change"}, Steps: []Change{{Mark: mark("start", 10), Total: true}, {Mark: mark("lost", -4)}, {Mark: mark("end", NA()), Total: true}}},
			[][]string{{"Change", "Change", "Level"}, {"start", "", "10"}, {"lost", "-4", "6"}, {"end", "", "6"}},
		},
		{
			Stacks{Head: Head{Title: "Won"}, Series: []Series{{Label: "A"}, {Label: "B"}}, Bars: []Stack{{Mark: mark("Q1", 0), Parts: []Mark{mark("", 3)}}}},
			[][]string{{"Won", "A", "B"}, {"Q1", "3", ""}},
		},
		{
			Lines{Head: Head{Title: "Day"}, Series: []Line{{Label: "P50", Points: []Point{{X: 1, Y: 5}}}}, Range: &Range{Low: "P10", High: "P90", Points: []RangePoint{{X: 1, Low: 4, High: 7}, {X: 2, Low: 5, High: NA()}}}},
			[][]string{{"Day", "P50", "P10", "P90"}, {"1", "5", "4", "7"}, {"2", "", "5", ""}},
		},
	} {
		if got := Tabulate(tc.spec); !slices.EqualFunc(got, tc.want, slices.Equal) {
			t.Errorf("%T: %q, want %q", tc.spec, got, tc.want)
		}
	}
}
