package app_test

import (
	"context"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
)

func recruiting(t *testing.T, a *app.App) *app.Recruiting {
	t.Helper()
	all, err := a.Hiring.All(context.Background(), data.NoID)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestHireMakesThePersonAtOnce hires a candidate: person, opening, territory,
// onboarding, mentor and ramp are one step.
func TestHireMakesThePersonAtOnce(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 300)
	var offered app.Applicant
	for _, c := range recruiting(t, a).Candidates {
		if c.Stage == data.CandidateOffer {
			offered = c
		}
	}
	one := func(kind string) data.ID {
		t.Helper()
		rows, err := a.Records.List(ctx, data.Query{Kind: kind, Limit: 1})
		if err != nil || len(rows) == 0 {
			t.Fatal(kind, err)
		}
		return rows[0].ID
	}
	mentor := asPerson(t, a, data.RoleRep, 0)
	if err := a.SetMe(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	start := a.Today() + 30
	id, err := a.Hiring.Hire(ctx, offered.Row.ID, app.Start{Day: start, Mentor: mentor.ID, Template: one(data.KindOnboardingTemplate), Profile: one(data.KindRampProfile), Why: "Asks before telling"})
	if err != nil {
		t.Fatal(err)
	}
	person, err := a.Records.Get(ctx, data.KindPerson, id)
	if err != nil || person.Title() != offered.Row.Title() || person.Day("hire_day") != start || person.Ref("manager").IsZero() {
		t.Fatalf("%v %v", person.Values, err)
	}
	page, err := a.Hiring.Candidate(ctx, offered.Row.ID)
	if err != nil || page.Row.Text("stage") != data.CandidateHired || page.Row.Text("decision") != "Asks before telling" || page.Opening.Ref("hired") != id || app.IsOpening(page.Opening) {
		t.Errorf("%+v %v", page, err)
	}
	lines, err := a.Hiring.Onboardings(ctx, a.Today())
	if err != nil || lines[0].Row.Ref("person") != id || len(lines[0].Tasks) != 7 || lines[0].Ramp == "" || lines[0].Late != 0 {
		t.Fatalf("%+v %v", lines[0], err)
	}
	for _, task := range lines[0].Tasks {
		if task.Title() == "Ride along for three days" && (task.Ref("person") != mentor.ID || task.Day("due_day") != start+15) {
			t.Errorf("%v", task.Values)
		}
	}
	if err := a.Hiring.Tick(ctx, data.KindOnboardingTask, lines[0].Tasks[0].ID, a.Today()); err != nil {
		t.Fatal(err)
	}
	if lines, err = a.Hiring.Onboardings(ctx, a.Today()); err != nil || lines[0].Done != 1 {
		t.Errorf("%d done, %v", lines[0].Done, err)
	}
	if _, err := a.Hiring.Hire(ctx, offered.Row.ID, app.Start{Day: start}); data.KindOf(err) != data.Refused {
		t.Errorf("hired twice: %v", err)
	}
	for range 2 {
		if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Records.Get(ctx, data.KindPerson, id); data.KindOf(err) != data.NotFound {
		t.Errorf("one undo takes the hire back: %v", err)
	}
}

func TestCandidatesMoveWithReasons(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 300)
	c := recruiting(t, a).Candidates[0]
	for _, bad := range []struct{ stage, why, field string }{
		{data.CandidateRejected, " ", "why"}, {data.CandidateHired, "", "stage"}, {"elsewhere", "", "stage"},
	} {
		if err := a.Hiring.Move(ctx, c.Row.ID, bad.stage, bad.why); data.KindOf(err) != data.Invalid {
			t.Errorf("%s: %v", bad.stage, err)
		}
	}
	if err := a.Hiring.Move(ctx, c.Row.ID, data.CandidateRejected, "Wants an office"); err != nil {
		t.Fatal(err)
	}
	page, err := a.Hiring.Candidate(ctx, c.Row.ID)
	if err != nil || page.Row.Text("decision") != "Wants an office" || page.Row.Day("decision_day") != a.Today() || len(page.Story) == 0 {
		t.Errorf("%v %v", page.Row.Values, err)
	}
	if err := a.Hiring.ScoreCandidate(ctx, c.Row.ID, []app.StrengthScore{{Strength: "Keeps promises", Score: 6}}); data.KindOf(err) != data.Invalid {
		t.Errorf("a score of 6: %v", err)
	}
	for _, score := range []int64{2, 5} {
		if err := a.Hiring.ScoreCandidate(ctx, c.Row.ID, []app.StrengthScore{{Strength: "Keeps Promises ", Score: score}, {Strength: "Reads figures"}}); err != nil {
			t.Fatal(err)
		}
	}
	if page, err = a.Hiring.Candidate(ctx, c.Row.ID); err != nil {
		t.Fatal(err)
	}
	for _, s := range page.Strengths {
		if s.Name == "Keeps promises" && s.N < 2 || s.Name == "Keeps Promises " {
			t.Errorf("%+v: the same strength however it is written", s)
		}
	}
}

func TestOpeningsComeFromVacantTerritories(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 300)
	before := recruiting(t, a)
	id, err := a.Records.Add(ctx, data.KindTerritory, data.Values{"name": "Harbour"})
	if err != nil {
		t.Fatal(err)
	}
	if now := recruiting(t, a); len(now.Vacant) != len(before.Vacant)+1 {
		t.Fatalf("%d vacant, then %d", len(before.Vacant), len(now.Vacant))
	}
	if err := a.Hiring.OpenVacant(ctx, []data.ID{id}, a.Today()+60); err != nil {
		t.Fatal(err)
	}
	if now := recruiting(t, a); len(now.Vacant) != len(before.Vacant) || len(now.Openings) != len(before.Openings)+1 {
		t.Error("an opening for a territory fills it in the list")
	}
}

func TestSkillsShowGaps(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 300)
	people, _, err := a.Coaching.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	m, err := a.Hiring.Matrix(ctx, data.RoleRep, people)
	if err != nil || len(m.Skills) != 4 || len(m.People) < 5 {
		t.Fatalf("%d skills, %d people, %v", len(m.Skills), len(m.People), err)
	}
	cell := app.SkillCell{Person: m.People[0].ID, Skill: m.Skills[0].ID}
	if err := a.Hiring.Rate(ctx, cell, 0, ""); data.KindOf(err) != data.Invalid {
		t.Error("a level of 0 is none")
	}
	if err := a.Hiring.Rate(ctx, cell, 1, "Tells"); err != nil {
		t.Fatal(err)
	}
	if m, err = a.Hiring.Matrix(ctx, data.RoleRep, people); err != nil {
		t.Fatal(err)
	}
	if gap, known := m.Gap(cell.Person, m.Skills[0]); !known || gap != m.Skills[0].Int("target")-1 {
		t.Errorf("gap %d %v", gap, known)
	}
}
