package app

import "fieldbook/data"

// forecast lets each manager have said something for the running quarter, and one
// of them take a rep's forecast for less.
func (g *sampler) forecast() error {
	quarter := g.calendar.QuarterOf(g.today)
	for i, m := range g.managers {
		amount := int64(i+3) * 40_000_00
		values := data.Values{
			"person": m.id, "period": quarter.Name, "day": max(quarter.From, g.today.AddDays(-7)), "amount": amount, "currency": g.currency,
			"closed": amount / 4, "commit_value": amount / 4, "best_case": amount / 5, "pipeline": amount / 2, "adjusted": int64(0), "quota": amount, "note": "Said in the weekly call.",
		}
		if _, err := g.put(data.KindForecastCall, values); err != nil {
			return err
		}
	}
	_, err := g.put(data.KindAdjustment, data.Values{
		"person": g.reps[0].id, "period": quarter.Name, "amount": int64(-1_500_00), "currency": g.currency, "note": "One close slips.",
	})
	return err
}
