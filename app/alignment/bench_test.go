package alignment

import (
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fieldbook/data/datatest"
)

// BenchmarkMedians reports by how much the published optima are missed, in
// percent, and how long it took in seconds until the search ended.
func BenchmarkMedians(b *testing.B) {
	for _, x := range []struct {
		name  string
		best  float64
		limit time.Duration
	}{
		{"cpmp01.txt", 713, 10 * time.Second},
		{"cpmp02.txt", 740, 10 * time.Second},
		{"cpmp03.txt", 751, 10 * time.Second},
		{"cpmp04.txt", 651, 10 * time.Second},
		{"cpmp05.txt", 664, 10 * time.Second},
		{"cpmp06.txt", 778, 10 * time.Second},
		{"cpmp07.txt", 787, 10 * time.Second},
		{"cpmp08.txt", 820, 10 * time.Second},
		{"cpmp09.txt", 715, 10 * time.Second},
		{"cpmp10.txt", 829, 10 * time.Second},
		{"SJC1.dat", 17288.99, 30 * time.Second},
		{"SJC3a.dat", 45335.16, 30 * time.Second},
	} {
		b.Run(x.name, func(b *testing.B) {
			p := medians(b, x.name)
			for b.Loop() {
				s := within(b, p, x.limit)
				b.ReportMetric(100*(s.Objective-x.best)/x.best, "%over")
				b.ReportMetric(100*s.Gap(), "%gap")
			}
		})
	}
}

// BenchmarkDistricts reports by how much the stored solutions are beaten, in
// percent of theirs, on average of every fifth instance in 10 s each.
// TestSoakDistricts does all of them.
func BenchmarkDistricts(b *testing.B) {
	for b.Loop() {
		b.ReportMetric(beaten(b, 5, 10*time.Second), "%less")
	}
}

// TestSoakDistricts takes 30 s an instance, 25 minutes in all; a share of them
// where fewer cases are asked for, and one for a moment where none are.
func TestSoakDistricts(t *testing.T) {
	every, limit := 50, 3*time.Second
	if n, err := strconv.Atoi(os.Getenv("FIELDBOOK_SOAK")); err == nil && n > 0 {
		every, limit = max(1, 25/n), 30*time.Second
	}
	if less := beaten(t, every, limit); less < 0 {
		t.Errorf("on average %.3f %% worse than the stored solutions", -less)
	}
}

// beaten solves every n-th instance and gives by how much less, in percent, the
// objective is than the stored one, on average.
func beaten(t testing.TB, every int, limit time.Duration) float64 {
	t.Helper()
	dir := datatest.Real(t, "territory-ctdp")
	files, err := filepath.Glob(filepath.Join(dir, "instances", "*.dat"))
	if err != nil {
		t.Fatal(err)
	}
	less, n := 0.0, 0
	for i := 0; i < len(files); i += every {
		name := filepath.Base(files[i])
		s := within(t, districts(t, name), limit)
		stored := storedObjective(t, filepath.Join(dir, "solutions", name[:len(name)-4]+".out"))
		less += 100 * (stored - s.Objective) / stored
		n++
		if !s.Balanced || !s.Contiguous {
			t.Errorf("%s: not feasible", name)
		}
		t.Logf("%s: %.2f, stored %.2f, bound %.2f", name, s.Objective, stored, s.Bound)
	}
	return less / float64(n)
}

func storedObjective(t testing.TB, path string) float64 {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(string(raw)) // BalanceViolation 0 AffinityLoss 0 Compactness 6599.6
	v, err := strconv.ParseFloat(words[5], 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// BenchmarkFirms divides the 9,110 French firms into 40 territories of 5 %.
func BenchmarkFirms(b *testing.B) {
	p := firms(b)
	for b.Loop() {
		s := within(b, p, 5*time.Second)
		b.ReportMetric(s.Objective/float64(len(p.Units)), "km/firm")
	}
}

func firms(t testing.TB) *Problem {
	t.Helper()
	f, err := os.Open(filepath.Join(datatest.Real(t, "territory-customers"), "France.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	p := &Problem{Territories: 40, Tolerance: 0.05, Metric: Haversine}
	rows := csv.NewReader(f)
	rows.LazyQuotes, rows.FieldsPerRecord = true, -1
	for {
		row, err := rows.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		lat, errLat := strconv.ParseFloat(row[len(row)-2], 64)
		lon, errLon := strconv.ParseFloat(row[len(row)-1], 64)
		if errLat != nil || errLon != nil {
			t.Fatal(row)
		}
		p.Units = append(p.Units, Unit{X: lon, Y: lat, Weights: []float64{1}, Current: Anywhere, Locked: Anywhere})
	}
	return p
}

// BenchmarkCounties divides the counties of the United States into 30
// contiguous territories of 10 % by population.
func BenchmarkCounties(b *testing.B) {
	p := counties(b, 30)
	for b.Loop() {
		s := within(b, p, 10*time.Second)
		if !s.Contiguous {
			b.Error("not contiguous")
		}
		b.ReportMetric(s.Objective/float64(len(p.Units)), "km/county")
	}
}
