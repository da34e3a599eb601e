package app

import (
	"context"

	"fieldbook/app/report"
	"fieldbook/data"
)

// PrintSkills sets the matrix of skills of whom the user looks after on paper.
func (h *Hiring) PrintSkills(ctx context.Context, path string) error {
	people, _, err := h.app.Coaching.People(ctx)
	if err != nil {
		return err
	}
	m, err := h.Matrix(ctx, data.RoleRep, people)
	if err != nil {
		return err
	}
	var paper report.SkillsPaper
	for _, s := range m.Skills {
		paper.Skills = append(paper.Skills, report.SkillColumn{Name: s.Title(), Wanted: s.Int("target")})
	}
	for _, p := range m.People {
		row := report.SkillRow{Person: p.Title(), Levels: make([]int64, len(m.Skills))}
		for i, s := range m.Skills {
			row.Levels[i] = m.Level[SkillCell{p.ID, s.ID}].Int("level")
		}
		paper.People = append(paper.People, row)
	}
	if paper.Cover, err = h.app.Coaching.cover(ctx, data.AllTime); err != nil {
		return err
	}
	return writePDF(paper.Doc(), path)
}

// PrintOnboarding sets the plan of somebody's first months on paper.
func (h *Hiring) PrintOnboarding(ctx context.Context, id data.ID, path string) error {
	lines, err := h.Onboardings(ctx, h.app.Today())
	if err != nil {
		return err
	}
	n := h.app.Coaching.numbers()
	for _, l := range lines {
		if l.Row.ID != id {
			continue
		}
		paper := report.OnboardingPaper{Person: l.Row.Labels["person"], Mentor: l.Row.Labels["mentor"], Start: n.DayYear(l.Row.Day("start_day")), Ramp: l.Ramp, Done: l.Done}
		for _, t := range l.Tasks {
			task := report.PlannedTask{What: t.Title(), Who: t.Labels["person"], Due: n.DayYear(t.Day("due_day")), Late: !t.Has("done_day") && IsLate(t.Day("due_day"), h.app.Today())}
			if t.Has("done_day") {
				task.Done = n.DayYear(t.Day("done_day"))
			}
			paper.Tasks = append(paper.Tasks, task)
		}
		if paper.Cover, err = h.app.Coaching.cover(ctx, data.AllTime); err != nil {
			return err
		}
		return writePDF(paper.Doc(), path)
	}
	return data.Errorf(data.NotFound, "that onboarding is not in this book")
}

// PrintCandidate sets a candidate's scorecard on paper.
func (h *Hiring) PrintCandidate(ctx context.Context, id data.ID, path string) error {
	page, err := h.Candidate(ctx, id)
	if err != nil {
		return err
	}
	n, r := h.app.Coaching.numbers(), page.Row
	score, _ := data.KindByName(data.KindScorecard)
	field, _ := score.Field("score")
	paper := report.CandidatePaper{
		Name: r.Title(), Opening: r.Labels["opening"], Stage: r.Text("stage"), Applied: n.DayYear(r.Day("day")), Source: r.Text("source"), Decision: r.Text("decision"), Note: r.Text("note"),
	}
	for _, s := range page.Strengths {
		paper.Strengths = append(paper.Strengths, report.StrengthLine{Name: s.Name, Mean: s.Mean, N: s.N})
	}
	for _, s := range page.Scores {
		paper.Scores = append(paper.Scores, report.ScoreLine{Strength: s.Title(), By: s.Labels["person"], Day: n.DayYear(s.Day("day")), Score: field.Format(s.Values["score"], 0), Evidence: s.Text("evidence")})
	}
	if paper.Cover, err = h.app.Coaching.cover(ctx, data.AllTime); err != nil {
		return err
	}
	return writePDF(paper.Doc(), path)
}
