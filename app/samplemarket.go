package app

import "fieldbook/data"

// market says whom the sample company sells to, and against whom.
func (g *sampler) market() error {
	segments := make([]data.ID, 0, 4)
	for i, s := range []struct {
		name, rule string
		size       int64
		potential  int64
		priority   string
	}{
		{"Food and farming", "industry is food", 4200, 38_000_000_00, data.PriorityHigh},
		{"Manufacturing", "industry is manufacturing", 6100, 52_000_000_00, data.PriorityHigh},
		{"Transport fleets", "industry is transport and employees at least 200", 1900, 21_000_000_00, data.PriorityMedium},
		{"Public services", "industry is health; education", 3300, 17_000_000_00, data.PriorityLow},
	} {
		id, err := g.put(data.KindSegment, data.Values{
			"name": s.name, "rule": s.rule, "size": s.size, "potential": s.potential, "currency": g.currency, "share_goal": float64(12 - 2*i), "priority": s.priority,
		})
		if err != nil {
			return err
		}
		segments = append(segments, id)
	}
	g.segments = segments
	for i, name := range sampleRivals {
		words := [][3]string{
			{"Low price, large sales force", "Slow service, no fleet product", "Ask what an hour of standing still costs, then show the service figures."},
			{"Strong in food, good references", "Closed system", "Bring the customer who changed over last year."},
			{"Modern product, quick delivery", "Young firm, few people in the field", "Offer a visit within the week, and name the technician."},
		}[i]
		if _, err := g.put(data.KindCompetitor, data.Values{"name": name, "strengths": words[0], "weaknesses": words[1], "answers": words[2]}); err != nil {
			return err
		}
	}
	return g.journeys()
}

func (g *sampler) journeys() error {
	journey, err := g.put(data.KindJourney, data.Values{"name": "A plant buys its first machine", "segment": g.segments[1]})
	if err != nil {
		return err
	}
	for i, s := range []struct{ name, stage, customer, us, proof string }{
		{"Notices the problem", "Prospecting", "Counts what goes wrong", "Shows what others lose by it", "They name a number"},
		{"Looks around", "Qualification", "Asks colleagues, reads", "Visits, asks the guide's questions", "They show us the floor"},
		{"Compares", "Proposal", "Asks for two or three quotes", "Talks the quote through on site", "They say what they compare by"},
		{"Decides", "Negotiation", "Takes it to the board", "Gives the champion the figures", "A day is named"},
		{"Begins", "Close", "Plans the start", "Hands over to service", "Order and start day signed"},
	} {
		values := data.Values{"journey": journey, "name": s.name, "position": int64(i + 1), "stage": g.stage(s.stage), "customer": s.customer, "us": s.us, "proof": s.proof}
		if _, err := g.put(data.KindJourneyStep, values); err != nil {
			return err
		}
	}
	for i, r := range []struct {
		name, rule string
		points     float64
	}{{"Large enough for a fleet", "employees at least 400", 40}, {"An industry we know", "industry is food; manufacturing; transport", 35}, {"Has vehicles of its own", "fleet_size at least 50", 25}} {
		if _, err := g.put(data.KindFitRule, data.Values{"name": r.name, "rule": r.rule, "points": r.points, "position": int64(i + 1)}); err != nil {
			return err
		}
	}
	return nil
}

// meetings holds last week's pipeline review of the first team, and leaves the
// actions that were agreed on.
func (g *sampler) meetings() error {
	lead := g.managers[0]
	day := g.today.AddDays(-7)
	meeting, err := g.put(data.KindMeeting, data.Values{
		"subject": "Pipeline review", "type": data.MeetingPipeline, "day": day, "person": lead.id, "about": lead.id, "status": data.MeetingHeld, "since": day.AddDays(-7),
	})
	if err != nil {
		return err
	}
	for i, n := range g.open[:min(6, len(g.open))] {
		values := data.Values{
			"meeting": meeting, "deal": n.id, "position": int64(i + 1), "day": day, "seen": true,
			"reason": []string{"large", "close day pushed", "no next step"}[i%3], "decision": []string{"Go on; ask for the signature.", "Meet finance before a new day is set.", "Set a next step today."}[i%3],
		}
		if _, err := g.put(data.KindMeetingItem, values); err != nil {
			return err
		}
		action := data.Values{"what": g.pick(sampleSteps), "person": n.rep, "due_day": day.AddDays(4 + i), "deal": n.id, "meeting": meeting, "status": data.ActionOpen}
		if i%2 == 0 {
			action["status"], action["done_day"] = data.ActionDone, day.AddDays(3)
		}
		if _, err := g.put(data.KindAction, action); err != nil {
			return err
		}
	}
	if _, err := g.put(data.KindDashboard, data.Values{"name": "Monday", "role": data.RoleManager, "person": lead.id, "layout": DefaultLayout(data.RoleManager).String()}); err != nil {
		return err
	}
	_, err = g.put(data.KindReportSetting, data.Values{"name": "Monthly meeting", "report": "team-performance", "person": lead.id})
	return err
}
