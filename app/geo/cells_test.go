package geo

import (
	"math"
	"testing"
)

// The cells of a state's ZIPs fill it, and do not overlap.
func TestCellsFillTheirState(t *testing.T) {
	a := atlas(t)
	for _, state := range a.Units(State, "US") {
		whole := extent(a.Shape(state.Code))
		zips := a.Units(ZIP, state.Code)
		if len(zips) == 0 {
			continue
		}
		sum, specks := 0.0, 0
		for _, zip := range zips {
			s := a.Shape(zip.Code)
			if len(s.Rings) == 0 {
				t.Errorf("%s has no shape", zip.Code)
			}
			if size := extent(s); size == extent(shapeOf([][]Point{speckAt(Point{zip.Lon, zip.Lat})})) {
				specks++
			} else {
				sum += size
			}
		}
		if math.Abs(sum/whole-1) > 0.001 {
			t.Errorf("%s: cells of %.4f square degrees in %.4f", state.Name, sum, whole)
		}
		if specks > 4 {
			t.Errorf("%s: %d of %d ZIPs have no cell", state.Name, specks, len(zips))
		}
	}
}

// A ZIP3 covers what its ZIPs cover.
func TestAreasCoverTheirZIPs(t *testing.T) {
	a := atlas(t)
	for _, area := range a.Units(ZIP3, "") {
		sum := 0.0
		for _, zip := range a.Children(area.Code) {
			sum += extent(a.Shape(zip))
		}
		if size := extent(a.Shape(area.Code)); math.Abs(size-sum) > 0.002*sum+0.002 {
			t.Errorf("%s covers %.4f square degrees, its ZIPs %.4f", area.Code, size, sum)
		}
	}
}

func TestBordersHaveTheirUnitsOnTheirSides(t *testing.T) {
	a := atlas(t)
	for _, tt := range []struct {
		level  Level
		within string
		step   float64 // to the side, in degrees
		most   float64 // share of borders that may be unclear
	}{
		{Country, "", 1e-3, 0.05},
		{State, "", 5e-3, 0.06},
		{State, "CA", 5e-3, 0.06},
		{County, "", 1e-3, 0.02},
		{ZIP3, "US-TX", 1e-3, 0.02},
		{ZIP, "US-CO", 1e-4, 0.02},
		{ZIP, "US-AK", 1e-4, 0.04},
		{ZIP, "US/c48201", 1e-4, 0.02},
	} {
		lines := a.Borders(tt.level, tt.within)
		wrong := 0
		for _, line := range lines {
			if line.Left == line.Right {
				t.Errorf("%s: a border of %q with itself", tt.level, line.Left)
			}
			if tt.within != "" && !a.Within(line.Left, tt.within) && !a.Within(line.Right, tt.within) {
				t.Errorf("%s: the border of %q and %q is not in %s", tt.level, line.Left, line.Right, tt.within)
			}
			p, q := line.Points[0], line.Points[1]
			long := math.Hypot(q[0]-p[0], q[1]-p[1])
			dx, dy := (q[0]-p[0])/long*tt.step, (q[1]-p[1])/long*tt.step
			x, y := (p[0]+q[0])/2, (p[1]+q[1])/2
			left, _ := a.At(tt.level, x-dy, y+dx)
			right, _ := a.At(tt.level, x+dy, y-dx)
			if left.Code != line.Left || right.Code != line.Right {
				wrong++
			}
		}
		if len(lines) == 0 || float64(wrong) > tt.most*float64(len(lines)) {
			t.Errorf("%s in %q: %d of %d borders have other units at their sides", tt.level, tt.within, wrong, len(lines))
		}
	}
}
