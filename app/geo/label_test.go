package geo

import (
	"testing"

	"pgregory.net/rapid"
)

func TestLabelsDoNotOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		frame := box{0, 0, rapid.Float64Range(50, 900).Draw(t, "w"), rapid.Float64Range(50, 700).Draw(t, "h")}
		number := func(name string, from, to float64) float64 { return rapid.Float64Range(from, to).Draw(t, name) }
		var labels []wanted
		for range rapid.IntRange(0, 40).Draw(t, "labels") {
			l := wanted{w: number("wide", 1, 200), h: number("high", 1, 40)}
			for range rapid.IntRange(0, 6).Draw(t, "places") {
				l.at = append(l.at, [2]float64{number("x", -100, 1000), number("y", -100, 800)})
			}
			labels = append(labels, l)
		}
		full := []box{{10, 10, 60, 30}, {200, 100, 210, 400}}
		gap := number("gap", 0, 8)
		boxes, ok := placeLabels(labels, frame, full, gap)
		set := append([]box{}, full...)
		for i, b := range boxes {
			if !ok[i] {
				continue
			}
			if b.x0 < frame.x0 || b.y0 < frame.y0 || b.x1 > frame.x1 || b.y1 > frame.y1 {
				t.Fatalf("label %d at %v leaves the frame %v", i, b, frame)
			}
			for _, o := range set {
				if b.meets(o) {
					t.Fatalf("label %d at %v meets %v", i, b, o)
				}
			}
			set = append(set, b)
		}
	})
}

func TestLabelTakesItsFirstFreePlace(t *testing.T) {
	labels := []wanted{
		{20, 10, [][2]float64{{50, 50}}},
		{20, 10, [][2]float64{{55, 52}, {-5, 50}, {50, 80}, {20, 20}}},
		{20, 10, [][2]float64{{50, 81}}},
	}
	boxes, ok := placeLabels(labels, box{0, 0, 100, 100}, nil, 1)
	if !ok[0] || !ok[1] || ok[2] {
		t.Errorf("placed %v, want the first two", ok)
	}
	if want := (box{40, 75, 60, 85}); boxes[1] != want {
		t.Errorf("the second stands at %v, want %v", boxes[1], want)
	}
}
