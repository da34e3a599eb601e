package report

import (
	"slices"
	"testing"

	"fieldbook/data"
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
		{
			Pareto{Head: Head{Title: "Reason"}, Bars: []Mark{mark("b", 1), mark("a", 3), mark("c", -2)}},
			[][]string{{"Reason", "Value", "Running share"}, {"a", "3", "0.75"}, {"b", "1", "1"}, {"c", "-2", "1"}},
		},
		{
			Bullets{Head: Head{Title: "Measure"}, Rows: []Bullet{{Mark: mark("won", 5), Target: NA()}}},
			[][]string{{"Measure", "Value", "Target"}, {"won", "5", ""}},
		},
		{
			Boxes{Head: Head{Title: "Days"}, Rows: []Box{{Mark: mark("North", 5), Low: 1, Q1: 3, Q3: 8, High: 9}}},
			[][]string{{"Days", "Low", "Lower quartile", "Median", "Upper quartile", "High"}, {"North", "1", "3", "5", "8", "9"}},
		},
		{
			Leaderboard{Head: Head{Title: "Person"}, Rows: []Leader{{Mark: mark("Anna", 5), Place: 1, Moved: -2}}},
			[][]string{{"Place", "Person", "Value", "Places gained"}, {"1", "Anna", "5", "-2"}},
		},
		{
			Scatter{Head: Head{Title: "Person"}, XName: "rate", YName: "won", Dots: []Dot{{Mark: mark("Anna", 5), X: 0.5}}},
			[][]string{{"Person", "rate", "won"}, {"Anna", "0.5", "5"}},
		},
		{
			HeatMap{Head: Head{Title: "Person"}, Columns: []string{"Early", "Late"}, Rows: []HeatRow{{Label: "Anna", Cells: []Mark{mark("", 5)}}}},
			[][]string{{"Person", "Early", "Late"}, {"Anna", "5", ""}},
		},
		{
			Calendar{Head: Head{Title: "Day"}, First: data.NewDay(2017, 2, 28), Days: []Mark{mark("", 5), mark("", 0)}},
			[][]string{{"Day", "Value"}, {"2017-02-28", "5"}, {"2017-03-01", "0"}},
		},
		{
			Multiples{Head: Head{Title: "Person"}, Cells: []Multiple{{Mark: mark("Anna", 5), Values: []float64{4, 5}}, {Mark: mark("Bram", 1), Values: []float64{1}}}},
			[][]string{{"Person", "1", "2"}, {"Anna", "4", "5"}, {"Bram", "1", ""}},
		},
		{
			Flow{Head: Head{Title: "Stage"}, FromName: "Oct 1", ToName: "Nov 17", From: []Mark{mark("Early", 0)}, To: []Mark{mark("Won", 0)}, Links: []Link{{Mark: mark("", 7)}, {Mark: mark("", 1), To: 9}}},
			[][]string{{"Stage: Oct 1", "Nov 17", "Value"}, {"Early", "Won", "7"}, {"Early", "", "1"}},
		},
	} {
		if got := Tabulate(tc.spec); !slices.EqualFunc(got, tc.want, slices.Equal) {
			t.Errorf("%T: %q, want %q", tc.spec, got, tc.want)
		}
	}
}
