package planning

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data"
)

func id(n int) data.ID { return data.ImportedID("test", "", string(rune('a'+n))) }

func TestWhatGoesBeforeWhat(t *testing.T) {
	p := &Plan{
		Territories: make([]Territory, 4),
		Areas:       map[string]Hold{"US-TX": {Territory: 0}, "US/c48201": {Territory: 1}, "US-CA": {Territory: Nobody}, "US": {Territory: 3}},
		Named:       map[data.ID]Hold{id(0): {Territory: 2, Locked: true}, id(1): {Territory: 3}, id(9): {Territory: Nobody}},
	}
	houston, dallas := []string{"US/c48201", "US-TX", "US"}, []string{"US/c48113", "US-TX", "US"}
	for _, c := range []struct {
		account Account
		want    int
		why     Cause
	}{
		{Account{ID: id(0), Codes: houston, Rules: []int{0}, Placed: true}, 2, Pinned},
		{Account{ID: id(1), Codes: houston, Rules: []int{0}, Placed: true}, 3, Named},
		{Account{ID: id(9), Codes: houston, Placed: true}, Nobody, Named},
		{Account{ID: id(2), Codes: houston, Rules: []int{3, 0}, Placed: true}, 3, ByRule},
		{Account{ID: id(3), Codes: houston, Placed: true}, 1, ByArea},
		{Account{ID: id(4), Codes: dallas, Placed: true}, 0, ByArea},
		{Account{ID: id(5), Codes: []string{"US-CA", "US"}, Placed: true}, Nobody, NoArea},
		{Account{ID: id(6), Codes: []string{"US-NV", "US"}, Placed: true}, 3, ByArea},
		{Account{ID: id(7), Codes: []string{"FR"}, Placed: true, Rough: true, Vague: true}, Nobody, Misplaced},
		{Account{ID: id(7), Codes: []string{"FR"}, Placed: true, Rough: true}, Nobody, NoArea},
		{Account{ID: id(8)}, Nobody, Misplaced},
	} {
		if got, why := p.Place(&c.account); got != c.want || why != c.why {
			t.Errorf("%v: %d %v, not %d %v", c.account, got, why, c.want, c.why)
		}
	}
	if over := p.Overlaps([]Account{{ID: id(0), Rules: []int{0, 1}}, {ID: id(2), Rules: []int{3, 0}}, {ID: id(3), Rules: []int{1}}}); len(over) != 1 || over[0].Account != 1 {
		t.Errorf("overlaps %v", over)
	}
}

func TestIndexIsAnEvenShareAtHundred(t *testing.T) {
	load := func(accounts, potential float64) Values {
		var v Values
		v.Set(Accounts, accounts)
		v.Set(Potential, potential)
		return v
	}
	territories := []Territory{{}, {}, {Share: 50}}
	d := &Division{Loads: []Values{load(10, 300), load(10, 100), load(5, 100)}}
	for mix, want := range map[Measure][]float64{Accounts: {100, 100, 100}, Potential: {150, 50, 100}, Hours: {100, 100, 100}} {
		got := d.Index(territories, Mix{mix: 1})
		for i := range want {
			if math.Abs(got[i]-want[i]) > 1e-9 {
				t.Errorf("%s: %v, not %v", mix, got, want)
				break
			}
		}
	}
	if got := d.Index(territories, Mix{Accounts: 1, Potential: 3, Hours: 5}); math.Abs(got[0]-137.5) > 1e-9 {
		t.Errorf("mixed: %v", got)
	}
}

func TestGiniAndSpread(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   float64
	}{{nil, 0}, {[]float64{5}, 0}, {[]float64{1, 1, 1}, 0}, {[]float64{0, 0, 0, 8}, 0.75}, {[]float64{1, 3}, 0.25}, {[]float64{0, 0}, 0}, {[]float64{-3, 4}, 0.5}} {
		if got := Gini(c.values); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v: %g, not %g", c.values, got, c.want)
		}
	}
	if s := SpreadOf([]float64{104, 79, 117}, 17); s.Worst != 1 || s.Largest != 21 || s.Outside != 1 || s.Within() != 2 || math.Abs(s.Variation-math.Sqrt(746.0/3)/100) > 1e-12 {
		t.Errorf("spread %+v", s)
	}
	for _, few := range [][]float64{nil, {100}, {0, 0}} {
		if s := SpreadOf(few, 10); s.Variation != 0 {
			t.Errorf("%v vary by %g", few, s.Variation)
		}
	}
}

// What one loses another gains, the quota of all stays what it was, and every
// account is told of twice or not at all.
func TestEffectsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := []data.ID{data.NoID, id(0), id(1), id(2)}
		var accounts []Account
		var before, after []data.ID
		quota := map[data.ID]float64{id(0): 100, id(1): 50}
		for range rapid.IntRange(0, 12).Draw(t, "accounts") {
			var v Values
			v.Set(Accounts, 1)
			v.Set(Sales, float64(rapid.IntRange(0, 9).Draw(t, "sales")))
			accounts = append(accounts, Account{Values: v})
			before = append(before, rapid.SampledFrom(people).Draw(t, "before"))
			after = append(after, rapid.SampledFrom(people).Draw(t, "after"))
		}
		drive := func(data.ID, int) float64 { return 2 }
		effects := Effects(accounts, before, after, drive, quota, Sales)
		var comes, goes int
		var asked, given, sold float64
		for _, e := range effects {
			comes += len(slices.DeleteFunc(slices.Clone(e.Comes), func(p Passing) bool { return p.Person.IsZero() }))
			goes += len(slices.DeleteFunc(slices.Clone(e.Goes), func(p Passing) bool { return p.Person.IsZero() }))
			asked += e.Before.Quota
			given += e.Quota
			sold += e.After.Values.Of(Sales)
			if e.After.Drive != 2*e.After.Values.Of(Accounts) {
				t.Errorf("drive %g for %g accounts", e.After.Drive, e.After.Values.Of(Accounts))
			}
			if got := e.After.Values.Of(Accounts) - e.Before.Values.Of(Accounts); got != float64(len(e.Comes)-len(e.Goes)) {
				t.Errorf("%g accounts more, %d come, %d go", got, len(e.Comes), len(e.Goes))
			}
		}
		if comes != goes || sold > 0 && math.Abs(asked-given) > 1e-6 {
			t.Errorf("%d come, %d go; quotas %g before, %g after", comes, goes, asked, given)
		}
	})
}
