package forecast

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

const (
	newtonSteps = 25
	newtonDone  = 1e-4 // a step about the square of it is left
)

// fit gives the weights of a logistic regression with penalty ½·ridge·Σ w² on
// all but the first, by Newton's method; nil where it does not settle. It sets
// out from the weights of another penalty, nil for none, which leads to the
// same ones in fewer steps.
func fit(rows [][]feature, won []float64, features int, ridge float64, near []float64) []float64 {
	w := make([]float64, features)
	w[0] = logit(mean(won))
	if near != nil {
		copy(w, near)
	}
	gradient := mat.NewVecDense(features, nil)
	for range newtonSteps {
		hessian := mat.NewSymDense(features, nil)
		raw := hessian.RawSymmetric()
		g := gradient.RawVector().Data
		for i := range g {
			g[i] = -ridge * w[i]
			raw.Data[i*raw.Stride+i] = ridge
		}
		g[0], raw.Data[0] = 0, 1e-9
		for i, row := range rows {
			p := logistic(score(w, row))
			d, v := won[i]-p, p*(1-p)
			for k, a := range row {
				g[a.at] += d * a.x
				line, va := raw.Data[int(a.at)*raw.Stride:], v*a.x
				for _, b := range row[k:] { // places rise, so this fills the upper half
					line[b.at] += va * b.x
				}
			}
		}
		var cholesky mat.Cholesky
		if !cholesky.Factorize(hessian) {
			return nil
		}
		var step mat.VecDense
		if err := cholesky.SolveVecTo(&step, gradient); err != nil && step.Len() == 0 {
			return nil
		}
		largest := 0.0
		for i := range w {
			s := max(-4, min(4, step.AtVec(i)))
			w[i] += s
			largest = max(largest, math.Abs(s))
		}
		if largest < newtonDone {
			return w
		}
	}
	return w
}

func score(w []float64, row []feature) float64 {
	s := 0.0
	for _, f := range row {
		s += w[f.at] * f.x
	}
	return s
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// logit keeps shares of 0 and 1 finite.
func logit(p float64) float64 {
	p = max(1e-6, min(1-1e-6, p))
	return math.Log(p / (1 - p))
}

func mean(x []float64) float64 { return sum(x) / float64(max(1, len(x))) }
