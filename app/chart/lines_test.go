package chart

import (
	"testing"

	"fieldbook/app/report"
)

// The name of a line that ends near the quota is not struck through by it.
func TestLabelsKeepClearOfTheLevel(t *testing.T) {
	for level := 560_000.0; level < 800_000; level += 5_000 {
		s := linesSample()
		s.Level = &report.Level{Value: level, Label: "Quota"}
		s.Series = s.Series[:1]
		s.Series[0].Points = curve(70, 900_000, 0)
		p := Draw(s, Options{Width: 484, Height: 328})
		var line op
		for _, o := range p.ops {
			if o.kind == opRect && o.h == 1 && o.color == light().fg {
				line = o
			}
		}
		if line.w == 0 {
			t.Fatal("no line of the level")
		}
		for _, o := range p.ops {
			if o.kind == opText && o.text == s.Series[0].Label && o.y-8 < line.y && line.y < o.y+2 {
				t.Errorf("quota %g: its line at %.0f strikes a text at %.0f", level, line.y, o.y)
			}
		}
	}
}
