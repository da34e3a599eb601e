package geo

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func someDots(t *rapid.T) []dot {
	var dots []dot
	for i := range rapid.IntRange(0, 200).Draw(t, "dots") {
		at := func(name string) float64 { return float64(rapid.IntRange(0, 1200).Draw(t, name)) / 4 }
		dots = append(dots, dot{at("x"), at("y"), 3, float64(rapid.IntRange(0, 1000).Draw(t, "size")), i})
	}
	return dots
}

func TestClustersKeepCountAndSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dots := someDots(t)
		var seen []int
		sum := 0.0
		for _, m := range clusters(dots, crowd{40, 5, 1}, 0, 0) {
			seen, sum = append(seen, m.dots...), sum+m.sum
			if !slices.IsSorted(m.dots) {
				t.Fatalf("dots %v out of order", m.dots)
			}
		}
		slices.Sort(seen)
		want := 0.0
		for i, d := range dots {
			want += d.size
			if i >= len(seen) || seen[i] != i {
				t.Fatalf("of %d dots these are shown: %v", len(dots), seen)
			}
		}
		if len(seen) != len(dots) || sum != want {
			t.Fatalf("%d dots of %v are shown as %d of %v", len(dots), want, len(seen), sum)
		}
	})
}

func TestClustersDoNotCoverEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var big []cluster
		for _, m := range clusters(someDots(t), crowd{40, 5, 1}, 0, 0) {
			if len(m.dots) == 1 {
				continue
			}
			for _, o := range big {
				if math.Hypot(m.x-o.x, m.y-o.y) < m.r+o.r {
					t.Fatalf("clusters at %v, %v and %v, %v overlap", m.x, m.y, o.x, o.y)
				}
			}
			big = append(big, m)
		}
	})
}

func TestPanningKeepsClusters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dots := someDots(t)
		dx, dy := float64(rapid.IntRange(-500, 500).Draw(t, "dx")), float64(rapid.IntRange(-500, 500).Draw(t, "dy"))
		before := clusters(dots, crowd{40, 5, 1}, 0, 0)
		for i := range dots {
			dots[i].x, dots[i].y = dots[i].x+dx, dots[i].y+dy
		}
		after := clusters(dots, crowd{40, 5, 1}, dx, dy)
		if len(after) != len(before) {
			t.Fatalf("%d marks become %d", len(before), len(after))
		}
		for i := range after {
			if !slices.Equal(after[i].dots, before[i].dots) {
				t.Fatalf("mark %d was %v and is %v", i, before[i].dots, after[i].dots)
			}
		}
	})
}
