package planning

import (
	"cmp"
	"math"
	"slices"

	"fieldbook/data"
)

// Gini is how unevenly something is spread: 0 where all hold the same, near 1
// where one holds all. Negative figures count as none; 0 for fewer than two.
// Half the mean absolute difference over the mean (Gini 1912).
func Gini(values []float64) float64 {
	n := len(values)
	list := make([]float64, n)
	var sum float64
	for i, v := range values {
		list[i] = math.Max(0, v)
		sum += list[i]
	}
	if n < 2 || sum == 0 {
		return 0
	}
	slices.Sort(list)
	var ranked float64
	for i, v := range list {
		ranked += float64(2*(i+1)-n-1) * v
	}
	return ranked / (float64(n) * sum)
}

// Spread says how even a plan is.
type Spread struct {
	Gini      float64
	Variation float64 // coefficient of variation: the indices' standard deviation over their mean; 0 for fewer than two
	Largest   float64 // the largest deviation of an index from 100, in points
	Worst     int     // whose it is; Nobody without territories
	Outside   int     // territories further than the tolerance from 100
	Of        int     // territories
}

// Within is how many territories are no further than the tolerance from 100.
func (s Spread) Within() int { return s.Of - s.Outside }

// variation is the standard deviation of all values over their mean.
func variation(values []float64) float64 {
	var sum, squares float64
	for _, v := range values {
		sum += v
	}
	mean := sum / float64(len(values))
	if len(values) < 2 || mean == 0 {
		return 0
	}
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	return math.Sqrt(squares/float64(len(values))) / mean
}

// SpreadOf judges balance indices; tolerance is in points.
func SpreadOf(index []float64, tolerance float64) Spread {
	s := Spread{Gini: Gini(index), Variation: variation(index), Worst: Nobody, Of: len(index)}
	for i, x := range index {
		off := math.Abs(x - 100)
		if s.Worst == Nobody || off > s.Largest {
			s.Largest, s.Worst = off, i
		}
		if off > tolerance+1e-9 {
			s.Outside++
		}
	}
	return s
}

// Holding is what a person has to work with.
type Holding struct {
	Values Values
	Drive  float64 // kilometres from home to the accounts, one way each, summed
	Quota  float64
}

// Passing is one account that comes or goes.
type Passing struct {
	Account int // place among the accounts
	Person  data.ID
}

// Effect is what a plan changes for one person.
type Effect struct {
	Person        data.ID
	Before, After Holding
	Comes         []Passing // from whom
	Goes          []Passing // to whom
	Quota         float64   // what the quota would be if it went with the measure asked for; 0 where nothing can be said
}

// Effects compares who has each account before and after; data.NoID is nobody.
// People are listed in the order of their ids. drive gives the kilometres from
// a person's home to an account, quota what a person is to sell; by is the
// measure that a quota would go with.
func Effects(accounts []Account, before, after []data.ID, drive func(person data.ID, account int) float64, quota map[data.ID]float64, by Measure) []Effect {
	of := map[data.ID]*Effect{}
	at := func(id data.ID) *Effect {
		e := of[id]
		if e == nil {
			e = &Effect{Person: id}
			e.Before.Quota = quota[id]
			of[id] = e
		}
		return e
	}
	for i := range accounts {
		from, to := before[i], after[i]
		if !from.IsZero() {
			e := at(from)
			e.Before.Values.Add(accounts[i].Values)
			e.Before.Drive += drive(from, i)
			if from != to {
				e.Goes = append(e.Goes, Passing{i, to})
			}
		}
		if !to.IsZero() {
			e := at(to)
			e.After.Values.Add(accounts[i].Values)
			e.After.Drive += drive(to, i)
			if from != to {
				e.Comes = append(e.Comes, Passing{i, from})
			}
		}
	}
	out := make([]Effect, 0, len(of))
	var sold, asked float64 // of all together, so that the sum of quotas stays what it is
	for _, e := range of {
		asked += e.Before.Quota
		sold += e.After.Values.Of(by)
	}
	for _, e := range of {
		if sold > 0 {
			e.Quota = asked * e.After.Values.Of(by) / sold
		}
		e.After.Quota = e.Quota
		out = append(out, *e)
	}
	slices.SortFunc(out, func(a, b Effect) int { return cmp.Compare(a.Person.String(), b.Person.String()) })
	return out
}
