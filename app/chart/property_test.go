package chart

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"fieldbook/app/report"

	"pgregory.net/rapid"
)

// TestWaterfallEndsWhereItShould: whatever cents are added and taken, the last
// bar stands at the exact end, the figures balance, and one cent off is told.
func TestWaterfallEndsWhereItShould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.SliceOfN(rapid.Int64Range(-1e13, 1e13), 1, 60).Draw(t, "cents")
		var w report.Waterfall
		sum := int64(0)
		for i, v := range cents {
			sum += v
			w.Steps = append(w.Steps, report.Change{Mark: report.Mark{Label: fmt.Sprint(i), Value: float64(v) / 100}, Total: i == 0})
		}
		w.Steps = append(w.Steps, report.Change{Mark: report.Mark{Label: "end", Value: float64(sum) / 100}, Total: true})
		spans := w.Spans()
		if end := spans[len(spans)-1]; end.From != 0 || end.To != float64(sum)/100 || w.Off() != 0 {
			t.Fatalf("ends at %v, off by %v", end, w.Off())
		}
		if last := spans[len(spans)-2].To; math.Abs(last-float64(sum)/100) > 0.005 {
			t.Fatalf("changes end at %v, want %v", last, float64(sum)/100)
		}
		w.Axis = dollars()
		short := shortened(w, 6)
		if off := short.Off(); math.Abs(off) > 0.005 {
			t.Fatalf("added up it is off by %v", off)
		}
		w.Steps[len(w.Steps)-1].Value += 1000
		if w.Off() == 0 {
			t.Fatal("a missing thousand is not told")
		}
	})
}

// TestStackedPartsAddUp: parts touch without a gap, and each takes its share of
// the bar.
func TestStackedPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 1, 7).Draw(t, "values")
		s := report.Stacks{Bars: []report.Stack{{Mark: report.Mark{Label: "a"}}}}
		all := 0.0
		for i, v := range values {
			s.Series = append(s.Series, report.Series{Label: fmt.Sprint(i)})
			s.Bars[0].Parts = append(s.Bars[0].Parts, report.Mark{Value: v, Key: fmt.Sprint(i)})
			all += math.Abs(v)
		}
		high, top, foot := 0.0, math.Inf(1), math.Inf(-1)
		parts := map[string]float64{}
		for _, h := range Draw(s, Options{Width: 400, Height: 900}).Hits {
			if h.Key != "" {
				high, top, foot = high+h.H, min(top, h.Y), max(foot, h.Y+h.H)
				parts[h.Key] = h.H
			}
		}
		if all > 0 && math.Abs(high-(foot-top)) > 1e-6 {
			t.Fatalf("parts are %v high together on a bar of %v", high, foot-top)
		}
		for i, v := range values {
			if want := high * math.Abs(v) / all; all > 0 && math.Abs(parts[fmt.Sprint(i)]-want) > 1e-6 {
				t.Fatalf("part %d is %v high, want %v", i, parts[fmt.Sprint(i)], want)
			}
		}
	})
}

// TestAnythingIsDrawnCleanly draws kinds from values, names and sizes of any
// kind: no text touches another, nothing leaves the picture.
func TestAnythingIsDrawnCleanly(t *testing.T) {
	kinds := slices.Concat(sheets()["change-"], sheets()["fields-"])
	names := []string{"a", "Anna Lindqvist", "Übergröße und Söhne GmbH", "Ελένη Παππά", "Иван Петров", "", "東京", "a name that goes on and on without an end"}
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.Float64Range(-1000, 1000), rapid.Float64Range(-1e15, 1e15), rapid.Float64Range(0, 1e-9), rapid.Just(0.0), rapid.Just(report.NA()))
		marks := make([]report.Mark, rapid.IntRange(0, 30).Draw(t, "marks"))
		for i := range marks {
			v := value.Draw(t, "value")
			marks[i] = report.Mark{Label: rapid.SampledFrom(names).Draw(t, "name"), Text: dollars()(v), Value: v, Key: fmt.Sprint(i)}
		}
		w, h := rapid.IntRange(240, 1200).Draw(t, "w"), rapid.IntRange(150, 700).Draw(t, "h")
		kind := rapid.SampledFrom(kinds).Draw(t, "kind")
		p := Draw(specsOf(marks)[kind], Options{Width: w, Height: h})
		if pairs := touching(p); len(pairs) > 0 {
			t.Errorf("%s: %q touch", kind, pairs)
		}
		for _, o := range p.ops {
			if beyond(o, float64(w), float64(h)) || o.kind == opText && (o.x < -1 || o.x+o.w > float64(w)+1 || o.y > float64(h)+1) {
				t.Errorf("%s: leaves the picture: %+v", kind, o)
			}
		}
	})
}
