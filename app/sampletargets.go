package app

import "fieldbook/data"

// targets says what the sample company plans to sell, and what stands beside the quotas.
func (g *sampler) targets() error {
	for _, step := range []func() error{g.revenuePlan, g.ramps, g.besides} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// revenuePlan is next fiscal year's, by region and quarter.
func (g *sampler) revenuePlan() error {
	ends := g.calendar.YearOf(g.today).To
	year, _, _ := g.calendar.YearOf(ends).To.AddDays(-1).Date()
	plan, err := g.put(data.KindRevenuePlan, data.Values{
		"name": "Steady growth", "year": int64(year), "status": data.RevenueProposed, "revision": int64(1), "stretch": 10.0, "note": "A tenth more than this year, by region.",
	})
	if err != nil {
		return err
	}
	monthly := g.expectedMonthly() * float64(len(g.reps)) / float64(len(sampleRegions)) * 1.1
	for i, name := range sampleRegions {
		for month := range 12 {
			amount := int64(monthly*(0.9+0.05*float64(i))/100_00) * 100_00
			_, err := g.put(data.KindRevenueTarget, data.Values{"plan": plan, "territory": g.regionOf(name), "month": ends.AddMonths(month), "amount": amount, "currency": g.currency})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *sampler) ramps() error {
	profile, err := g.put(data.KindRampProfile, data.Values{"name": "Field sales, five months", "role": data.RoleRep, "shares": "0; 25; 50; 75; 90"})
	if err != nil {
		return err
	}
	rep := g.reps[len(g.reps)-1]
	if _, err := g.put(data.KindRamp, data.Values{"person": rep.id, "profile": profile, "start_day": g.today.AddDays(-60)}); err != nil {
		return err
	}
	_, err = g.put(data.KindAbsence, data.Values{"person": g.reps[1].id, "start_day": g.today.AddDays(20), "end_day": g.today.AddDays(48), "relief": 100.0, "note": "Parental leave."})
	return err
}

// besides are targets by activity, a split, a signature, a what-if and how
// commission is paid.
func (g *sampler) besides() error {
	month, quarter := g.calendar.MonthOf(g.today).From, g.calendar.QuarterOf(g.today)
	for _, r := range g.reps[:min(8, len(g.reps))] {
		for _, t := range []struct {
			measure string
			target  float64
		}{{"visits", 12}, {"calls", 30}, {"new deals", 6}} {
			if _, err := g.put(data.KindTarget, data.Values{"person": r.id, "measure": t.measure, "month": month, "target": t.target}); err != nil {
				return err
			}
		}
	}
	rep := g.reps[0]
	rows := []sampleRow{
		{data.KindSignOff, data.Values{"person": rep.id, "period": quarter.Name, "day": quarter.From, "amount": int64(90_000_00), "currency": g.currency}},
		{data.KindCommissionPlan, data.Values{"name": "Field sales", "role": data.RoleRep, "rates": "0: 3; 80: 5; 100: 8; 120: 10", "start_day": g.today.AddDays(-sampleDays)}},
		{data.KindWhatIf, data.Values{"name": "If the two large ones come", "person": rep.id, "period": quarter.Name}},
	}
	if len(g.open) > 0 {
		rows = append(rows, sampleRow{data.KindDealSplit, data.Values{"deal": g.open[0].id, "person": g.reps[len(g.reps)-1].id, "share": 30.0, "type": data.SplitRevenue}})
	}
	return g.rows(nil, rows...)
}
