package forecast

import (
	"cmp"
	"math"
	"slices"
)

// Score is how well probabilities told outcomes; smaller is better but for AUC.
type Score struct {
	LogLoss, Brier float64
	AUC            float64 // share of pairs of a won and a lost deal that are ranked right; 0.5 says nothing
	N              int
}

func scored(p, won []float64) Score {
	s := Score{N: len(p), AUC: auc(p, won)}
	for i := range p {
		s.LogLoss += loss(p[i], won[i])
		s.Brier += (p[i] - won[i]) * (p[i] - won[i])
	}
	s.LogLoss /= float64(max(1, s.N))
	s.Brier /= float64(max(1, s.N))
	return s
}

func loss(p, won float64) float64 {
	p = max(1e-9, min(1-1e-9, p))
	return -won*math.Log(p) - (1-won)*math.Log(1-p)
}

// ascending gives the places of values, the lowest first, equal ones in order.
func ascending(p []float64) []int {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(p[a], p[b]), cmp.Compare(a, b)) })
	return order
}

func auc(p, won []float64) float64 {
	order := ascending(p)
	var right, lostBefore, wins float64
	for i := 0; i < len(order); {
		var w, l float64
		j := i
		for ; j < len(order) && p[order[j]] == p[order[i]]; j++ {
			w += won[order[j]]
			l += 1 - won[order[j]]
		}
		right += w * (lostBefore + l/2)
		lostBefore, wins, i = lostBefore+l, wins+w, j
	}
	if wins == 0 || lostBefore == 0 {
		return 0.5
	}
	return right / (wins * lostBefore)
}

// Bin is one line of a calibration table: of N deals with probabilities about
// Predicted, Won were won; Low and High are Wilson's 95 % interval of that share.
type Bin struct {
	From, To, Predicted, Share, Low, High float64
	N, Won                                int
}

// calibrate sorts probabilities into at most ten bins of equal size.
func calibrate(p, won []float64) []Bin {
	order := ascending(p)
	var out []Bin
	for i := 0; i < len(order); {
		j := max(i+1, len(order)*(len(out)+1)/10)
		for j < len(order) && p[order[j]] == p[order[j-1]] {
			j++ // equal ones stay together
		}
		b := Bin{From: p[order[i]], To: p[order[j-1]], N: j - i}
		for _, r := range order[i:j] {
			b.Predicted += p[r] / float64(b.N)
			b.Won += int(won[r])
		}
		b.Share = float64(b.Won) / float64(b.N)
		b.Low, b.High = wilson(b.Won, b.N)
		out, i = append(out, b), j
		for len(out) < 10 && len(order)*(len(out)+1)/10 <= i && i < len(order) { // bins that were swallowed
			out = append(out, Bin{})
		}
	}
	return slices.DeleteFunc(out, func(b Bin) bool { return b.N == 0 })
}

func wilson(won, n int) (low, high float64) {
	const z = 1.959963984540054
	if n == 0 {
		return 0, 1
	}
	p, m := float64(won)/float64(n), float64(n)
	centre := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, centre-half), min(1, centre+half)
}
