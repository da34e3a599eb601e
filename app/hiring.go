package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/store"
)

// Hiring is how people come: openings, candidates, what the interviewers saw,
// and the first months of who was hired.
type Hiring struct{ app *App }

// CandidateStages are those of a candidate in their order; the last three are
// outcomes.
var CandidateStages = []string{
	data.CandidateApplied, data.CandidateScreen, data.CandidateInterview, data.CandidateOffer, data.CandidateHired, data.CandidateRejected, data.CandidateWithdrew,
}

// Opening is a place to be filled.
type Opening struct {
	Row        data.Row
	Candidates int // still in the running
	Late       bool
}

// Applicant is a candidate with how he was scored.
type Applicant struct {
	Row    data.Row
	Stage  string
	Score  float64 // mean of the scorecards' scores
	Scores int     // how many there are
	Days   int     // since he applied
}

// Recruiting is all of hiring.
type Recruiting struct {
	Openings   []Opening // open ones first
	Candidates []Applicant
	Vacant     []data.Row // territories that nobody owns and no opening is for
}

// All reads openings and candidates, of one opening or of all for NoID.
func (h *Hiring) All(ctx context.Context, opening data.ID) (*Recruiting, error) {
	out := &Recruiting{}
	today := h.app.Today()
	rows, err := h.app.store.List(ctx, data.Query{Kind: data.KindOpening, Sort: []data.Sort{{Field: "open_day", Desc: true}, {Field: "id"}}})
	if err != nil {
		return nil, err
	}
	at := map[data.ID]int{}
	for _, r := range rows {
		at[r.ID] = len(out.Openings)
		out.Openings = append(out.Openings, Opening{Row: r, Late: IsOpening(r) && IsLate(r.Day("start_day"), today)})
	}
	scores, err := h.scores(ctx)
	if err != nil {
		return nil, err
	}
	err = h.app.store.Each(ctx, data.Query{Kind: data.KindCandidate, Sort: []data.Sort{{Field: "day"}, {Field: "id"}}}, func(r data.Row) error {
		a := Applicant{Row: r, Stage: cmp.Or(r.Text("stage"), data.CandidateApplied)}
		if s := scores[r.ID]; s.n > 0 {
			a.Score, a.Scores = s.sum/float64(s.n), s.n
		}
		if day := r.Day("day"); day.Valid() {
			a.Days = int(today - day)
		}
		if i, ok := at[r.Ref("opening")]; ok && InTheRunning(a.Stage) {
			out.Openings[i].Candidates++
		}
		if opening.IsZero() || r.Ref("opening") == opening {
			out.Candidates = append(out.Candidates, a)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out.Openings, func(a, b Opening) int { return boolInt(!IsOpening(a.Row)) - boolInt(!IsOpening(b.Row)) })
	out.Vacant, err = h.vacant(ctx, rows)
	return out, err
}

// IsOpening reports whether an opening is still to be filled.
func IsOpening(r data.Row) bool {
	return cmp.Or(r.Text("status"), data.OpeningOpen) == data.OpeningOpen
}

// InTheRunning reports whether a candidate's stage is no outcome.
func InTheRunning(stage string) bool {
	return stage != data.CandidateHired && stage != data.CandidateRejected && stage != data.CandidateWithdrew
}

type scored struct {
	sum float64
	n   int
}

func (h *Hiring) scores(ctx context.Context) (map[data.ID]scored, error) {
	out := map[data.ID]scored{}
	return out, h.app.store.Each(ctx, data.Query{Kind: data.KindScorecard}, func(r data.Row) error {
		if !r.Has("score") {
			return nil
		}
		s := out[r.Ref("candidate")]
		out[r.Ref("candidate")] = scored{s.sum + float64(r.Int("score")), s.n + 1}
		return nil
	})
}

// vacant are the territories without any below them that nobody owns today.
func (h *Hiring) vacant(ctx context.Context, openings []data.Row) ([]data.Row, error) {
	c, err := h.app.coverage(ctx)
	if err != nil {
		return nil, err
	}
	taken, parent := map[data.ID]bool{}, map[data.ID]bool{}
	for _, o := range openings {
		if IsOpening(o) {
			taken[o.Ref("territory")] = true
		}
	}
	for _, p := range c.posts {
		if p.Role == data.AssignOwner && p.On(h.app.Today()) {
			taken[p.Territory] = true
		}
	}
	for _, t := range c.territories {
		parent[t.Ref("parent")] = true
	}
	var out []data.Row
	for _, t := range c.territories {
		if !taken[t.ID] && !parent[t.ID] {
			out = append(out, t)
		}
	}
	return out, nil
}

// OpenVacant makes an opening for each of some territories, reporting to the user.
func (h *Hiring) OpenVacant(ctx context.Context, territories []data.ID, needed data.Day) error {
	if len(territories) == 0 {
		return data.FieldErrorf("territories", "Choose at least one territory")
	}
	me, err := h.app.Me(ctx)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("Open %d places", len(territories))
	if len(territories) == 1 {
		what = "Open a place"
	}
	rows := make([]data.Row, len(territories))
	for i, id := range territories {
		if rows[i], err = h.app.store.Get(ctx, data.KindTerritory, id); err != nil {
			return err
		}
	}
	return h.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		for _, t := range rows {
			values := openingFor(t, h.app.Today(), needed)
			values["manager"] = refOrNil(me.ID)
			if err := h.app.put(tx, data.KindOpening, data.NewID(), values); err != nil {
				return err
			}
		}
		return nil
	})
}

// Move puts a candidate into another stage. An outcome needs a reason, which is
// the decision; who is hired comes by Hire.
func (h *Hiring) Move(ctx context.Context, id data.ID, stage, why string) error {
	row, err := h.app.store.Get(ctx, data.KindCandidate, id)
	if err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	switch {
	case !slices.Contains(CandidateStages, stage):
		return data.FieldErrorf("stage", "%q is no stage of a candidate; the stages are %s", stage, strings.Join(CandidateStages, ", "))
	case stage == data.CandidateHired:
		return data.FieldErrorf("stage", "Hiring somebody makes the person; use Hire")
	case !InTheRunning(stage) && why == "":
		return data.FieldErrorf("why", "Say why: the decision is kept with the candidate")
	}
	values := data.Values{"stage": stage}
	if why != "" {
		values["decision"], values["decision_day"] = why, h.app.Today()
	}
	what := fmt.Sprintf("Move %s to %s", row.Title(), stage)
	return h.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error { return h.app.put(tx, data.KindCandidate, id, values) })
}

// StrengthScore is what an interviewer saw of one strength: a scorecard.
type StrengthScore struct {
	Strength string
	Score    int64 // 1 to 5; 0 is not asked
	Evidence string
}

// ScoreCandidate keeps the scorecards of one talk.
func (h *Hiring) ScoreCandidate(ctx context.Context, candidate data.ID, scores []StrengthScore) error {
	row, err := h.app.store.Get(ctx, data.KindCandidate, candidate)
	if err != nil {
		return err
	}
	me, err := h.app.Me(ctx)
	if err != nil {
		return err
	}
	kept := 0
	for i, s := range scores {
		if s.Score < 0 || s.Score > 5 {
			return data.FieldErrorf(fmt.Sprintf("score%d", i), "A score goes from 1 to 5")
		}
		if s.Score > 0 {
			kept++
		}
	}
	if kept == 0 {
		return data.FieldErrorf("score0", "Score at least one strength, from 1 to 5")
	}
	return h.app.write(ctx, store.Act{What: "Score " + row.Title()}, func(tx *store.Tx) error {
		for _, s := range scores {
			if s.Score == 0 {
				continue
			}
			values := data.Values{"candidate": candidate, "person": refOrNil(me.ID), "day": h.app.Today(), "strength": s.Strength, "score": s.Score, "evidence": textOrNil(s.Evidence)}
			if err := h.app.put(tx, data.KindScorecard, data.NewID(), values); err != nil {
				return err
			}
		}
		return nil
	})
}

// Strengths are what an opening looks for, a line each.
func Strengths(opening data.Row) []string {
	var out []string
	for line := range strings.Lines(opening.Text("strengths")) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// CandidatePage is all that is known of a candidate.
type CandidatePage struct {
	Row       data.Row
	Opening   data.Row   // without an id where there is none
	Scores    []data.Row // the newest first
	Strengths []Strength
	Story     []Edited // who moved and decided what, the newest first
}

// Strength is one that is looked for, and how it was scored.
type Strength struct {
	Name string
	Mean float64
	N    int
}

// Candidate reads one candidate.
func (h *Hiring) Candidate(ctx context.Context, id data.ID) (*CandidatePage, error) {
	row, err := h.app.store.Get(ctx, data.KindCandidate, id)
	if err != nil {
		return nil, err
	}
	out := &CandidatePage{Row: row}
	if o := row.Ref("opening"); !o.IsZero() {
		if out.Opening, err = h.app.store.Get(ctx, data.KindOpening, o); err != nil && data.KindOf(err) != data.NotFound {
			return nil, err
		}
	}
	out.Scores, err = h.app.store.List(ctx, data.Query{
		Kind: data.KindScorecard, Where: []data.Filter{{Field: "candidate", Test: data.Is, Values: []data.Value{id}}}, Sort: []data.Sort{{Field: "day", Desc: true}, {Field: "id"}},
	})
	if err != nil {
		return nil, err
	}
	out.Strengths = scoredStrengths(Strengths(out.Opening), out.Scores)
	out.Story, err = h.app.story(ctx, data.KindCandidate, id)
	return out, err
}

// scoredStrengths are those looked for, then others that somebody scored.
func scoredStrengths(wanted []string, scores []data.Row) []Strength {
	var out []Strength
	at := map[string]int{}
	place := func(name string) *Strength {
		key := strings.ToLower(strings.TrimSpace(name))
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, Strength{Name: name})
		}
		return &out[i]
	}
	for _, name := range wanted {
		place(name)
	}
	for _, r := range scores {
		if r.Has("score") {
			s := place(r.Text("strength"))
			s.Mean = (s.Mean*float64(s.N) + float64(r.Int("score"))) / float64(s.N+1)
			s.N++
		}
	}
	return out
}
