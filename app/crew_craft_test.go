package app

import (
	"context"
	"slices"

	"pgregory.net/rapid"

	"fieldbook/data"
)

// craft writes something of the work on the team: for whom and by whom it may be
// is for the program to say.
func (w *crew) craft(m *colleague) {
	text := rapid.SampledFrom([]string{"x", "y", "z"}).Draw(w.t, "text")
	person := w.people[rapid.SampledFrom(crewNames).Draw(w.t, "of")]
	add := func(kind string, v data.Values) {
		_, err := m.Records.Add(context.Background(), kind, v)
		w.may(err)
	}
	switch rapid.SampledFrom([]string{"talk", "notes", "promise", "kept", "case", "decided", "verdict", "candidate", "review", "own words"}).Draw(w.t, "craft") {
	case "talk":
		add(data.KindOneOnOne, data.Values{"person": person, "manager": w.people[m.name], "day": m.Today(), "status": data.OneOnOnePlanned, "agenda": text})
	case "notes":
		w.set(m, data.KindOneOnOne, data.Values{"notes": text})
	case "promise":
		add(data.KindCommitment, data.Values{"person": person, "what": text, "status": data.PromiseOpen})
	case "kept":
		w.set(m, data.KindCommitment, data.Values{"status": data.PromiseKept})
	case "case":
		add(data.KindDispute, data.Values{"subject": text, "person": person, "other": w.people["Ada"], "status": data.CaseOpen})
	case "decided":
		add(data.KindDispute, data.Values{"subject": text, "person": person, "status": data.CaseDecided, "decision": text})
	case "verdict":
		w.set(m, data.KindDispute, data.Values{"status": data.CaseDecided, "decision": text})
	case "candidate":
		add(data.KindCandidate, data.Values{"name": text, "person": person})
	case "review":
		add(data.KindReview, data.Values{"person": person, "period": "2026", "manager_text": text})
	case "own words":
		w.set(m, data.KindReview, data.Values{"self_text": text})
	}
}

// personal are the kinds of which nobody gets another's.
func personal(kind string) bool {
	k, err := data.KindByName(kind)
	return err == nil && (k.Audience == data.AudienceOwn || k.Audience == data.AudienceOwnPlanners)
}

// ofCells are the cells that say whose a record is, as far as seeing it goes.
func ofCells(kind string) []string {
	k, err := data.KindByName(kind)
	if err != nil {
		return nil
	}
	return k.Of
}

// goesWithDeal: whose the deal is gets the record with it.
func goesWithDeal(kind string) bool {
	k, err := data.KindByName(kind)
	return err == nil && slices.Contains(k.Along, "deal")
}
