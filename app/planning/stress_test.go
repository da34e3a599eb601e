package planning_test

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app/planning"
)

func noProgress(int64, int64) {}

// steady is somebody who decided four deals a month for two years, won half and
// brings 100.00 with each: 24 wins or 2,400.00 a year.
func steady(name string, quota int64) planning.Seller {
	s := planning.Seller{Name: name, Quota: quota, HasQuota: true, Capacity: 12, Months: 24, Won: 48, Lost: 48}
	for range s.Won {
		s.Sizes = append(s.Sizes, 100_00)
	}
	return s
}

func try(t testing.TB, s planning.Stress) *planning.Outcome {
	t.Helper()
	out, err := planning.Try(context.Background(), s, noProgress)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestStressTellsWhatIsLikely(t *testing.T) {
	s := planning.Stress{Seed: 1, Sellers: []planning.Seller{steady("easy", 1_200_00), steady("even", 2_400_00), steady("hard", 4_800_00), steady("away", 2_400_00)}}
	s.Sellers[3].Capacity = 6
	s.Crews = []planning.Crew{{Name: "all", Members: []int{0, 1, 2, 3}, Quota: 8_400_00, HasQuota: true}}
	out := try(t, s)
	for i, want := range [][2]float64{{0.97, 1}, {0.4, 0.6}, {0, 0.02}, {0, 0.05}} {
		if odds := out.Sellers[i].Odds; odds < want[0] || odds > want[1] || !out.Sellers[i].Known {
			t.Errorf("%s: odds %v, want %v", s.Sellers[i].Name, odds, want)
		}
	}
	n := out.Sellers[2].Needs
	if math.Abs(n.NeedWinRate-1) > 0.01 || math.Abs(n.NeedSize-200_00) > 1 || math.Abs(n.NeedDeals-96) > 0.5 {
		t.Errorf("what would have to be true: %+v", n)
	}
	if c := out.Crews[0]; c.P50 < 8_000_00 || c.P50 > 8_800_00 || c.Odds < 0.35 || c.Odds > 0.65 {
		t.Errorf("together %+v", c)
	}
	if again := try(t, s); !reflect.DeepEqual(out, again) {
		t.Error("the same seed gave another outcome")
	}
}

func TestStressWithoutHistorySaysSo(t *testing.T) {
	few := planning.Seller{Quota: 1, HasQuota: true, Capacity: 12, Months: 3, Won: 4, Lost: 5, Sizes: []int64{1, 2, 3, 4}}
	out := try(t, planning.Stress{Sellers: []planning.Seller{few}, Crews: []planning.Crew{{Members: []int{0}}}})
	if out.Sellers[0].Known || out.Crews[0].Known || out.Learned != 9 {
		t.Errorf("%+v", out)
	}
	fresh := planning.Seller{Name: "fresh", Quota: 2_400_00, HasQuota: true, Capacity: 12}
	out = try(t, planning.Stress{Sellers: []planning.Seller{steady("even", 2_400_00), fresh}})
	if f := out.Sellers[1]; !f.Known || f.Own || f.Odds < 0.3 || f.Odds > 0.7 {
		t.Errorf("somebody new is like the team: %+v", f)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := planning.Try(ctx, planning.Stress{Sellers: []planning.Seller{steady("even", 1)}}, noProgress); err == nil {
		t.Error("it went on after it was stopped")
	}
}

// TestStressIsInOrder: a higher quota is never more likely, and bands are in order.
func TestStressIsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := planning.Stress{Seed: rapid.Uint64().Draw(t, "seed"), Runs: 300, Swing: rapid.Float64Range(0, 0.5).Draw(t, "swing")}
		low := rapid.Int64Range(0, 9_000_00).Draw(t, "quota")
		for i := range 2 {
			s.Sellers = append(s.Sellers, steady(fmt.Sprint(i), low))
		}
		s.Sellers[1].Quota = low + rapid.Int64Range(0, 9_000_00).Draw(t, "more")
		s.Crews = []planning.Crew{{Members: []int{0}, Quota: low, HasQuota: true}, {Members: []int{0}, Quota: s.Sellers[1].Quota, HasQuota: true}}
		out, err := planning.Try(context.Background(), s, noProgress)
		if err != nil {
			t.Fatal(err)
		}
		if out.Crews[0].Odds < out.Crews[1].Odds || out.Crews[0].Odds != out.Sellers[0].Odds {
			t.Fatalf("%+v", out.Crews)
		}
		for _, x := range out.Sellers {
			if x.P10 > x.P50 || x.P50 > x.P90 {
				t.Fatalf("%+v", x)
			}
		}
	})
}

// BenchmarkStress tries a plan of 100 people 10,000 times.
func BenchmarkStress(b *testing.B) {
	s := planning.Stress{Seed: 1, Swing: 0.15}
	whole := planning.Crew{Name: "all", HasQuota: true}
	for i := range 100 {
		s.Sellers = append(s.Sellers, steady(fmt.Sprint(i), 2_400_00))
		whole.Members, whole.Quota = append(whole.Members, i), whole.Quota+2_400_00
	}
	s.Crews = []planning.Crew{whole}
	for b.Loop() {
		if out := try(b, s); out.Crews[0].Odds == 0 {
			b.Fatal("never")
		}
	}
}
