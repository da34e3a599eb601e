package process

import "fieldbook/app/metrics"

// Limits below which figures are too few to suggest anything.
const (
	fewestDeals     = 20 // closed deals that stood in a stage
	fewestLong      = 10 // of them those that stood longest
	fewestOverrides = 5
	farDays         = 1.5 // times by which days are off what was expected
)

// StageFigure is what the figures say of a stage and what is set for it.
type StageFigure struct {
	metrics.StageRecord
	Name        string
	Probability float64 // percent
	Expected    int     // days; 0 is not set
}

// CriterionFigure is how often a criterion was overridden, and what became of
// the deals that went on without it.
type CriterionFigure struct {
	Name, Stage string
	Overridden  int // deals
	Won, Lost   int
	Open        int
}

// Advice says what about the process should change.
type Advice int

// The advices.
const (
	ProbabilityTooHigh Advice = iota // the set probability lies above the measured interval
	ProbabilityTooLow
	ExpectTooFew  // deals stand in the stage far longer than expected
	ExpectTooMany // or far shorter
	ExpectNothing // no days are set though enough is known
	LongOnesLose  // deals that stood longest hardly ever win
	DropCriterion // often overridden, and won all the same
	HoldCriterion // often overridden, and mostly lost
)

// Suggestion is one place where figures say that the process should change.
type Suggestion struct {
	Advice    Advice
	Stage     StageFigure     // for advice on a stage
	Criterion CriterionFigure // for advice on a criterion
	Set       float64         // what is set: percent or days
	Better    float64         // what the figures say instead, where they do
}

// Suggest goes through the stages in order, then through the criteria.
func Suggest(stages []StageFigure, criteria []CriterionFigure, all metrics.WinRate) []Suggestion {
	var out []Suggestion
	for _, s := range stages {
		out = append(out, onProbability(s)...)
		out = append(out, onDays(s)...)
		if s.Long.N >= fewestLong && s.Short.N >= fewestDeals && s.Long.High < s.Short.Low {
			out = append(out, Suggestion{Advice: LongOnesLose, Stage: s, Set: s.After})
		}
	}
	rate, known := all.Value()
	for _, c := range criteria {
		if c.Overridden < fewestOverrides || !known || c.Won+c.Lost < fewestOverrides {
			continue
		}
		without := metrics.NewWinRate(c.Won, c.Lost)
		switch {
		case without.High < rate:
			out = append(out, Suggestion{Advice: HoldCriterion, Criterion: c})
		case without.Low > rate*0.75:
			out = append(out, Suggestion{Advice: DropCriterion, Criterion: c})
		}
	}
	return out
}

func onProbability(s StageFigure) []Suggestion {
	rate, known := s.Was.Value()
	if !known || s.Was.N < fewestDeals {
		return nil
	}
	sug := Suggestion{Stage: s, Set: s.Probability, Better: rate * 100}
	switch {
	case s.Probability > s.Was.High*100:
		sug.Advice = ProbabilityTooHigh
	case s.Probability < s.Was.Low*100:
		sug.Advice = ProbabilityTooLow
	default:
		return nil
	}
	return []Suggestion{sug}
}

func onDays(s StageFigure) []Suggestion {
	if s.Stay.N < fewestDeals || s.Stay.P75 < 1 {
		return nil
	}
	sug := Suggestion{Stage: s, Set: float64(s.Expected), Better: s.Stay.P75}
	switch {
	case s.Expected == 0:
		sug.Advice = ExpectNothing
	case s.Stay.Median > farDays*sug.Set:
		sug.Advice = ExpectTooFew
	case farDays*s.Stay.P75 < sug.Set:
		sug.Advice = ExpectTooMany
	default:
		return nil
	}
	return []Suggestion{sug}
}
