package metrics_test

import (
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/datatest"
)

// TestMavenPlaced: each deal stands in one row of people, those that a file
// brought as closed counted at list price while open.
func TestMavenPlaced(t *testing.T) {
	asOf := datatest.Day(t, "2017-09-30")
	f := maven(t, datatest.Day(t, "2026-01-05"))
	v, err := metrics.NewView(f, metrics.Query{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[int32]int{}
	var open, wonOpen, won int64
	heads, err := v.Placed(metrics.ByPerson, func(p *metrics.Placed) {
		counts[p.Position]++
		switch p.Type {
		case metrics.Open:
			open += p.OpenValue
		case metrics.Won:
			won, wonOpen = won+p.Value, wonOpen+p.OpenValue
		default:
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, row := range heads.Rows {
		for at := row.From; at < row.To; at++ {
			n += counts[at]
		}
	}
	if n != v.Len() || n != 7135 {
		t.Errorf("%d deals in rows, %d in the view", n, v.Len())
	}
	if open != 5_763_490_00 || won != 7_203_038_00 || wonOpen < won*9/10 || wonOpen > won*11/10 {
		t.Errorf("open %d, won %d, open before %d", open, won, wonOpen)
	}
	if _, err := v.Placed(metrics.ByMonth, func(*metrics.Placed) {}); data.KindOf(err) != data.Invalid {
		t.Errorf("by month: %v", err)
	}
}
