package alignment

import (
	"bufio"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fieldbook/data/datatest"
)

// numbers reads all numbers of a file.
func numbers(t testing.TB, path string) (out []float64) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	words := bufio.NewScanner(f)
	words.Split(bufio.ScanWords)
	for words.Scan() {
		v, err := strconv.ParseFloat(words.Text(), 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// medians reads an instance of the capacitated p-median problem.
func medians(t testing.TB, name string) *Problem {
	t.Helper()
	list := numbers(t, filepath.Join(datatest.Real(t, "territory-cpmp/instances"), name))
	p := &Problem{Territories: int(list[1]), Metric: Euclid}
	if strings.HasPrefix(name, "cpmp") {
		p.Metric = EuclidFloor
	}
	for i, v := 0, list[2:]; i < int(list[0]); i, v = i+1, v[4:] {
		p.Units = append(p.Units, Unit{X: v[0], Y: v[1], Weights: []float64{v[3]}, Current: Anywhere, Locked: Anywhere})
		p.Capacity = v[2]
	}
	return p
}

// districts reads an instance of the districting problem.
func districts(t testing.TB, name string) *Problem {
	t.Helper()
	list := numbers(t, filepath.Join(datatest.Real(t, "territory-ctdp/instances"), name))
	n := int(list[0])
	p := &Problem{Metric: Euclid}
	v := list[1:]
	for range n {
		p.Units = append(p.Units, Unit{X: v[1], Y: v[2], Weights: []float64{v[3], v[4], v[5]}, Current: Anywhere, Locked: Anywhere})
		v = v[7:]
	}
	m := int(v[0])
	v = v[1:]
	for range m {
		p.Edges = append(p.Edges, [2]int{int(v[0]), int(v[1])})
		v = v[2:]
	}
	p.Territories, p.Tolerance = int(v[0]), v[2]
	return p
}

// keeps checks a solution against the problem, without what Solve believes.
func keeps(t testing.TB, p *Problem, s *Solution) {
	t.Helper()
	load := make([][]float64, p.Territories)
	total := make([]float64, len(p.Units[0].Weights))
	for i := range load {
		load[i] = make([]float64, len(total))
	}
	for i, u := range p.Units {
		for m, w := range u.Weights {
			load[s.Of[i]][m] += w
			total[m] += w
		}
		if u.Locked != Anywhere && u.Locked != s.Of[i] {
			t.Errorf("unit %d is in %d, not where it is locked", i, s.Of[i])
		}
	}
	for k, l := range load {
		for m, v := range l {
			mean := total[m] / float64(p.Territories)
			if p.Tolerance > 0 && math.Abs(v-mean) > (p.Tolerance+1e-6)*mean || m == 0 && p.Capacity > 0 && v > p.Capacity+1e-6 {
				t.Errorf("territory %d has %g of measure %d, the mean is %g", k, v, m, mean)
			}
		}
	}
	d := newDistances(p)
	sum := 0.0
	for i, k := range s.Of {
		if s.Of[s.Centres[k]] != k {
			t.Errorf("the centre of %d is elsewhere", k)
		}
		sum += d.measure(i, s.Centres[k])
	}
	if math.Abs(sum-s.Objective) > 1e-6*math.Max(1, sum) {
		t.Errorf("the objective is %g, told is %g", sum, s.Objective)
	}
}
