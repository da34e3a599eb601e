package report

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func stacked() Stacks {
	return Stacks{Time: true, Series: []Series{{Label: "a"}, {Label: "b"}}, Bars: []Stack{
		{Mark: Mark{Label: "1", Text: "3"}, Parts: []Mark{{Value: 1}, {Value: 2}}},
		{Mark: Mark{Label: "2", Text: "7"}, Parts: []Mark{{Value: 3}, {Value: 4}}},
		{Mark: Mark{Label: "3", Text: "11"}, Parts: []Mark{{Value: 5}, {Value: 6}}},
	}}
}

func TestWithoutLeavesTheChartAlone(t *testing.T) {
	s := stacked()
	got := Without(s, map[string]bool{"b": true}).(Stacks)
	if got.Bars[0].Parts[1].Value != 0 || got.Bars[0].Parts[0].Value != 1 || got.Bars[0].Text != "" || !got.Series[1].Off {
		t.Errorf("%+v", got)
	}
	if s.Bars[0].Parts[1].Value != 2 || s.Series[1].Off || s.Bars[0].Text != "3" {
		t.Errorf("the chart itself changed: %+v", s)
	}
	c := Columns{Bars: []Bar{{}, {}, {}}, Trend: &Trend{Label: "mean", Values: []float64{1, 2, 3}}}
	if got := Without(c, map[string]bool{"mean": true}).(Columns); !got.Trend.Off || got.Trend.Values != nil || c.Trend.Off {
		t.Errorf("%+v of %+v", got.Trend, c.Trend)
	}
	l := Lines{Series: []Line{{Label: "x", Points: []Point{{0, 1, "", ""}, {1, 2, "", ""}}}, {Label: "y"}}}
	if got := Without(l, map[string]bool{"x": true}).(Lines); got.Series[0].Points != nil || len(l.Series[0].Points) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestPartsNeedAChoice(t *testing.T) {
	for _, c := range []struct {
		spec Spec
		want []string
	}{
		{stacked(), []string{"a", "b"}},
		{Stacks{Series: []Series{{Label: "a"}}}, nil},
		{Lines{Series: []Line{{Label: "x"}, {Label: "y"}}}, []string{"x", "y"}},
		{Columns{}, nil},
		{Columns{Trend: &Trend{Label: "mean"}}, []string{"mean"}},
		{Bands{}, nil},
	} {
		if got := Parts(c.spec); !slices.Equal(got, c.want) {
			t.Errorf("%T has %v, want %v", c.spec, got, c.want)
		}
	}
}

// A part of a chart along time holds some of its bars in their order, and none
// else; what does not go along time stays whole.
func TestZoomedIsAPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 60).Draw(t, "bars")
		c := Columns{Trend: &Trend{}}
		for i := range n {
			c.Bars = append(c.Bars, Bar{Mark: Mark{Value: float64(i)}})
			c.Trend.Values = append(c.Trend.Values, float64(i))
		}
		from, to := rapid.Float64Range(-1, 2).Draw(t, "from"), rapid.Float64Range(-1, 2).Draw(t, "to")
		got := Zoomed(c, from, to).(Columns)
		if len(got.Bars) < 2 || len(got.Bars) != len(got.Trend.Values) {
			t.Fatalf("%d bars, %d of the line", len(got.Bars), len(got.Trend.Values))
		}
		for i, b := range got.Bars {
			if b.Value != got.Bars[0].Value+float64(i) || b.Value != got.Trend.Values[i] {
				t.Fatalf("bar %d is %v", i, b.Value)
			}
		}
	})
	still := Stacks{Bars: stacked().Bars}
	if got := Zoomed(still, 0, 0.3).(Stacks); len(got.Bars) != 3 {
		t.Errorf("%d of 3 bars of a chart without time", len(got.Bars))
	}
	l := Zoomed(Lines{Series: []Line{{Points: []Point{{0, 1, "", ""}, {10, 2, "", ""}}}}}, 0.2, 0.5).(Lines)
	if l.MinX != 2 || l.MaxX != 5 {
		t.Errorf("from %v to %v", l.MinX, l.MaxX)
	}
}
