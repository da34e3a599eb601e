package alignment

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"fieldbook/data/datatest"
)

// counties are those of the United States with their population: neighbours
// share a piece of border, and a county stands at the middle of its border.
func counties(t testing.TB, territories int) *Problem {
	t.Helper()
	dir := datatest.Real(t, "geo")
	raw, err := os.ReadFile(filepath.Join(dir, "us-atlas", "counties-10m.json"))
	if err != nil {
		t.Fatal(err)
	}
	var topo struct {
		Transform struct{ Scale, Translate [2]float64 }
		Arcs      [][][2]float64
		Objects   struct {
			Counties struct {
				Geometries []struct {
					ID   string
					Type string
					Arcs json.RawMessage
				}
			}
		}
	}
	if err := json.Unmarshal(raw, &topo); err != nil {
		t.Fatal(err)
	}
	people := population(t, dir)
	p := &Problem{Territories: territories, Metric: Haversine, Tolerance: 0.10}
	byArc := map[int][]int{}
	for _, g := range topo.Objects.Counties.Geometries {
		count, ok := people[g.ID]
		if !ok {
			continue
		}
		var x, y, n float64
		for _, arc := range arcsOf(t, g.Type, g.Arcs) {
			if arc < 0 {
				arc = ^arc
			}
			byArc[arc] = append(byArc[arc], len(p.Units))
			at := [2]float64{}
			for _, step := range topo.Arcs[arc] {
				at[0], at[1] = at[0]+step[0], at[1]+step[1]
				x += at[0]*topo.Transform.Scale[0] + topo.Transform.Translate[0]
				y += at[1]*topo.Transform.Scale[1] + topo.Transform.Translate[1]
				n++
			}
		}
		p.Units = append(p.Units, Unit{X: x / n, Y: y / n, Weights: []float64{count}, Current: Anywhere, Locked: Anywhere})
	}
	for _, sides := range byArc {
		for i := range sides {
			for _, other := range sides[i+1:] {
				p.Edges = append(p.Edges, [2]int{sides[i], other})
			}
		}
	}
	return p
}

func arcsOf(t testing.TB, kind string, raw json.RawMessage) (out []int) {
	t.Helper()
	var shapes [][][]int
	if kind == "Polygon" {
		shapes = make([][][]int, 1)
		if err := json.Unmarshal(raw, &shapes[0]); err != nil {
			t.Fatal(err)
		}
	} else if err := json.Unmarshal(raw, &shapes); err != nil {
		t.Fatal(err)
	}
	for _, rings := range shapes {
		for _, ring := range rings {
			out = append(out, ring...)
		}
	}
	return out
}

func population(t testing.TB, dir string) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	for _, row := range datatest.Lines(t, dir, "us-county", "co-est2019-pop.csv")[1:] {
		state, errState := strconv.Atoi(row[3])
		county, errCounty := strconv.Atoi(row[4])
		people, errPeople := strconv.ParseFloat(row[7], 64)
		if errState == nil && errCounty == nil && errPeople == nil && county > 0 {
			out[fmt.Sprintf("%02d%03d", state, county)] = people
		}
	}
	return out
}
