package app

import "fieldbook/data"

// lead fills in how the sample company hires, trains and leads its people.
func (g *sampler) lead() error {
	for _, step := range []func() error{g.hiring, g.onboarding, g.training, g.coaching, g.recognition, g.reviews} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// sampleRow is a row of the sample that is to be put.
type sampleRow struct {
	kind   string
	values data.Values
}

// rows puts rows in their order, each with some values in common.
func (g *sampler) rows(common data.Values, rows ...sampleRow) error {
	for _, r := range rows {
		if _, err := g.all(r.kind, common, r.values); err != nil {
			return err
		}
	}
	return nil
}

// all puts rows of one kind, each with some values in common.
func (g *sampler) all(kind string, common data.Values, rows ...data.Values) ([]data.ID, error) {
	out := make([]data.ID, 0, len(rows))
	for _, values := range rows {
		for name, v := range common {
			values[name] = v
		}
		id, err := g.put(kind, values)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}

func (g *sampler) name() string { return g.pick(sampleFirst) + " " + g.pick(sampleLast) }

func (g *sampler) hiring() error {
	m := g.managers[0]
	openings, err := g.all(data.KindOpening, data.Values{"role": data.RoleRep, "manager": m.id, "territory": g.regionOf(m.region), "status": data.OpeningOpen},
		data.Values{"title": "Field sales, " + m.region, "open_day": g.today.AddDays(-40), "start_day": g.today.AddDays(50), "strengths": "Asks before telling\nKeeps promises\nReads figures\nLikes to travel"},
		data.Values{"title": "Field sales, fleets", "open_day": g.today.AddDays(-12), "start_day": g.today.AddDays(90), "strengths": "Knows fleets\nNegotiates with purchasing\nKeeps promises"})
	if err != nil {
		return err
	}
	candidates, err := g.all(data.KindCandidate, data.Values{"opening": openings[0], "person": m.id},
		data.Values{"name": g.name(), "stage": data.CandidateInterview, "day": g.today.AddDays(-30), "source": "referral"},
		data.Values{"name": g.name(), "stage": data.CandidateScreen, "day": g.today.AddDays(-9), "source": "website"},
		data.Values{"name": g.name(), "stage": data.CandidateApplied, "day": g.today.AddDays(-2), "source": "trade fair"},
		data.Values{"name": g.name(), "stage": data.CandidateOffer, "day": g.today.AddDays(-35), "source": "referral"},
		data.Values{"name": g.name(), "stage": data.CandidateRejected, "day": g.today.AddDays(-33), "source": "website", "decision": "No experience in the field.", "decision_day": g.today.AddDays(-21)})
	if err != nil {
		return err
	}
	for i, strength := range []string{"Asks before telling", "Keeps promises", "Reads figures", "Likes to travel"} {
		values := data.Values{"candidate": candidates[0], "person": m.id, "day": g.today.AddDays(-14), "strength": strength, "score": int64(2 + i%3), "evidence": "From the second talk."}
		if _, err := g.put(data.KindScorecard, values); err != nil {
			return err
		}
	}
	return nil
}

func (g *sampler) onboarding() error {
	template, err := g.put(data.KindOnboardingTemplate, data.Values{"name": "First ninety days", "role": data.RoleRep})
	if err != nil {
		return err
	}
	rep, mentor := g.reps[len(g.reps)-1], g.reps[0]
	start := g.today.AddDays(-40)
	onboarding, err := g.put(data.KindOnboarding, data.Values{"person": rep.id, "template": template, "start_day": start, "mentor": mentor.id})
	if err != nil {
		return err
	}
	doers := map[string]data.ID{data.DoneByNewHire: rep.id, data.DoneByManager: g.managers[(len(g.reps)-1)%len(g.managers)].id, data.DoneByMentor: mentor.id}
	for i, s := range []struct {
		name, by string
		after    int
	}{
		{"Laptop, telephone, this book", data.DoneByManager, 1},
		{"Learn the products", data.DoneByNewHire, 10},
		{"Ride along for three days", data.DoneByMentor, 15},
		{"First visits alone", data.DoneByNewHire, 30},
		{"Own pipeline reviewed", data.DoneByManager, 45},
		{"First quote", data.DoneByNewHire, 60},
		{"Talk about the first ninety days", data.DoneByManager, 90},
	} {
		if _, err := g.put(data.KindOnboardingStep, data.Values{"template": template, "name": s.name, "position": int64(i + 1), "due_days": int64(s.after), "done_by": s.by}); err != nil {
			return err
		}
		task := data.Values{"onboarding": onboarding, "name": s.name, "position": int64(i + 1), "person": doers[s.by], "due_day": start.AddDays(s.after)}
		if s.after < 40 && i != 2 {
			task["done_day"] = start.AddDays(s.after - 1)
		}
		if _, err := g.put(data.KindOnboardingTask, task); err != nil {
			return err
		}
	}
	_, err = g.put(data.KindMentoring, data.Values{"person": rep.id, "mentor": mentor.id, "start_day": start, "focus": "First visits and the guide's questions"})
	return err
}

func (g *sampler) training() error {
	skills, err := g.all(data.KindSkill, data.Values{"role": data.RoleRep},
		data.Values{"name": "Discovery", "target": int64(4), "guidance": "1 tells, 3 asks, 5 is told what nobody else hears"},
		data.Values{"name": "Negotiation", "target": int64(3), "guidance": "1 gives way, 3 trades, 5 both sides gain"},
		data.Values{"name": "Product", "target": int64(4), "guidance": "1 reads the sheet, 3 answers, 5 teaches"},
		data.Values{"name": "Forecasting", "target": int64(3), "guidance": "1 hopes, 3 within a fifth, 5 within a tenth"})
	if err != nil {
		return err
	}
	modules, err := g.all(data.KindModule, data.Values{},
		data.Values{"name": "Questions that open", "skill": skills[0], "hours": 4.0, "place": "On site"}, data.Values{"name": "Trading, not giving", "skill": skills[1], "hours": 6.0, "place": "Head office"},
		data.Values{"name": "Scout and Harvest", "skill": skills[2], "hours": 3.0, "place": "Video"})
	if err != nil {
		return err
	}
	for i, r := range g.reps[:min(12, len(g.reps))] {
		for j, skill := range skills {
			level := int64(1 + (i*3+j*2)%5)
			if _, err := g.put(data.KindSkillLevel, data.Values{"person": r.id, "skill": skill, "level": level, "self_level": min(5, level+int64(i%2)), "day": g.today.AddDays(-60)}); err != nil {
				return err
			}
		}
		values := data.Values{"person": r.id, "module": modules[i%len(modules)], "due_day": g.today.AddDays(30 - 5*i)}
		if i%2 == 1 {
			values["done_day"], values["result"] = g.today.AddDays(-10-i), float64(66+2*i)
		}
		if _, err := g.put(data.KindTraining, values); err != nil {
			return err
		}
	}
	return nil
}

// coaching is what the first managers spoke of with their people lately.
func (g *sampler) coaching() error {
	for i, r := range g.reps[:min(12, len(g.reps))] {
		m := g.managers[i%len(g.managers)]
		day := g.today.AddDays(-14 - i%5)
		held, err := g.put(data.KindOneOnOne, data.Values{
			"person": r.id, "manager": m.id, "day": day, "status": data.OneOnOneHeld, "agenda": "Stalled deals\nWhat helps most this month?", "notes": "Two quotes wait for an answer. More visits to fleets.",
		})
		if err != nil {
			return err
		}
		if _, err := g.put(data.KindOneOnOne, data.Values{"person": r.id, "manager": m.id, "day": day.AddDays(14 + i%4), "status": data.OneOnOnePlanned}); err != nil {
			return err
		}
		_, err = g.all(data.KindCommitment, data.Values{"person": r.id, "one_on_one": held, "day": day},
			data.Values{"what": "Three visits to fleets a week", "due_day": day.AddDays(21), "status": data.PromiseOpen, "metric": "visits"},
			data.Values{"what": "Call back every quote within two days", "due_day": day.AddDays(7), "status": []string{data.PromiseKept, data.PromiseMissed, data.PromiseOpen}[i%3], "metric": "win rate"})
		if err != nil {
			return err
		}
		quarter := g.calendar.QuarterOf(g.today)
		_, err = g.put(data.KindGoal, data.Values{
			"person": r.id, "name": "Win a fleet", "metric": "won deals", "target": float64(8 + i%4), "start_day": quarter.From, "end_day": quarter.To - 1, "status": data.PromiseOpen,
		})
		if err != nil {
			return err
		}
	}
	return g.dispute()
}

func (g *sampler) dispute() error {
	acc := g.accounts[0]
	_, err := g.all(data.KindDispute, data.Values{"account": acc.id, "type": "account"},
		data.Values{
			"subject": "Who covers " + acc.name, "person": g.reps[acc.rep].id, "other": g.reps[(acc.rep+1)%len(g.reps)].id, "day": g.today.AddDays(-50), "claim": "First visit was mine, in spring.",
			"status": data.CaseDecided, "decision": "Stays where it is; the other keeps the service contract.", "decided_by": g.managers[0].id, "decision_day": g.today.AddDays(-44),
		},
		data.Values{"subject": "New site of " + acc.name, "person": g.reps[(acc.rep+1)%len(g.reps)].id, "other": g.reps[acc.rep].id, "day": g.today.AddDays(-4), "claim": "The site lies in my territory.", "status": data.CaseOpen})
	return err
}

func (g *sampler) recognition() error {
	rules, err := g.all(data.KindRecognitionRule, data.Values{},
		data.Values{"name": "Quarter over quota", "metric": "attainment", "threshold": 100.0, "every": "quarter"}, data.Values{"name": "Forty visits", "metric": "visits", "threshold": 40.0, "every": "month"})
	if err != nil {
		return err
	}
	_, err = g.all(data.KindRecognition, data.Values{},
		data.Values{"person": g.reps[0].id, "day": g.today.AddDays(-30), "title": "Quarter over quota", "rule": rules[0], "given_by": g.managers[0].id},
		data.Values{"person": g.reps[2].id, "day": g.today.AddDays(-11), "title": "Won back a lost customer", "reason": "Went there four times when everybody had given up.", "given_by": g.managers[0].id})
	return err
}

func (g *sampler) reviews() error {
	template, err := g.put(data.KindReviewTemplate, data.Values{
		"name": "Quarter", "type": data.ReviewQuarterly, "role": data.RoleRep, "questions": "What went well?\nWhat would you do otherwise?\nWhat do you need?",
	})
	if err != nil {
		return err
	}
	last := g.calendar.Before(g.calendar.QuarterOf(g.today))
	for i, r := range g.reps[:min(6, len(g.reps))] {
		values := data.Values{
			"person": r.id, "template": template, "period": last.Name, "type": data.ReviewQuarterly, "day": last.To.AddDays(6), "status": data.ReviewFinal, "rating": int64(2 + i%4),
			"self_text": "Good with farms, slow with fleets.", "manager_text": "Reliable. Next: larger deals.",
		}
		if _, err := g.put(data.KindReview, values); err != nil {
			return err
		}
	}
	return nil
}
