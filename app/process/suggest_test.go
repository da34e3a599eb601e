package process_test

import (
	"slices"
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/app/process"
)

func TestFiguresSuggest(t *testing.T) {
	all := metrics.NewWinRate(50, 50)
	stage := func(change func(*process.StageFigure)) []process.StageFigure {
		s := process.StageFigure{Name: "Proposal", Probability: 50, Expected: 20}
		s.Was, s.Stay = metrics.NewWinRate(50, 50), metrics.Spread{Median: 14, P75: 20, N: 100}
		change(&s)
		return []process.StageFigure{s}
	}
	for name, c := range map[string]struct {
		stages   []process.StageFigure
		criteria []process.CriterionFigure
		want     []process.Advice
	}{
		"as it should be":   {stages: stage(func(*process.StageFigure) {})},
		"set too high":      {stages: stage(func(s *process.StageFigure) { s.Probability = 80 }), want: []process.Advice{process.ProbabilityTooHigh}},
		"set too low":       {stages: stage(func(s *process.StageFigure) { s.Probability = 10 }), want: []process.Advice{process.ProbabilityTooLow}},
		"too few to tell":   {stages: stage(func(s *process.StageFigure) { s.Probability, s.Was = 80, metrics.NewWinRate(5, 5) })},
		"no days":           {stages: stage(func(s *process.StageFigure) { s.Expected = 0 }), want: []process.Advice{process.ExpectNothing}},
		"days too few":      {stages: stage(func(s *process.StageFigure) { s.Expected = 5 }), want: []process.Advice{process.ExpectTooFew}},
		"days too many":     {stages: stage(func(s *process.StageFigure) { s.Expected = 60 }), want: []process.Advice{process.ExpectTooMany}},
		"long ones lose":    {stages: stage(func(s *process.StageFigure) { s.Long, s.Short = metrics.NewWinRate(1, 24), metrics.NewWinRate(49, 26) }), want: []process.Advice{process.LongOnesLose}},
		"criterion to drop": {criteria: []process.CriterionFigure{{Name: "Fax", Overridden: 40, Won: 30, Lost: 10}}, want: []process.Advice{process.DropCriterion}},
		"criterion to hold": {criteria: []process.CriterionFigure{{Name: "Need", Overridden: 40, Won: 4, Lost: 36}}, want: []process.Advice{process.HoldCriterion}},
		"rarely overridden": {criteria: []process.CriterionFigure{{Name: "Need", Overridden: 2, Lost: 2}}},
	} {
		var got []process.Advice
		for _, s := range process.Suggest(c.stages, c.criteria, all) {
			got = append(got, s.Advice)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
