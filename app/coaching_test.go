package app_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
)

// asPerson makes the sample book that of somebody with a role and gives him.
func asPerson(t *testing.T, a *app.App, role string, nth int) data.Row {
	t.Helper()
	rows, err := a.Records.List(context.Background(), data.Query{
		Kind: data.KindPerson, Where: []data.Filter{{Field: "role", Test: data.Is, Values: []data.Value{role}}}, Sort: []data.Sort{{Field: "hire_day"}, {Field: "id"}},
	})
	if err != nil || len(rows) <= nth {
		t.Fatal(err, len(rows))
	}
	if err := a.SetMe(context.Background(), rows[nth].ID); err != nil {
		t.Fatal(err)
	}
	return rows[nth]
}

func coachingQuery(a *app.App) app.FigureQuery {
	return app.FigureQuery{Period: a.Book().Calendar.QuarterOf(a.Today()), AsOf: a.Today()}
}

func TestCoachingShowsWhoReportsToMe(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 400)
	names := func() (out []data.ID, own bool) {
		t.Helper()
		team, err := a.Coaching.Team(ctx, coachingQuery(a))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range team.People {
			out = append(out, p.Row.ID)
		}
		return out, team.Own
	}
	all, _ := names()
	manager := asPerson(t, a, data.RoleManager, 0)
	team, own := names()
	if own || len(team) < 2 || len(team) >= len(all) || !slices.Contains(team, manager.ID) {
		t.Errorf("a manager sees %d of %d", len(team), len(all))
	}
	rep := asPerson(t, a, data.RoleRep, 0)
	if self, own := names(); !own || len(self) != 1 || self[0] != rep.ID {
		t.Errorf("a rep sees %v", self)
	}
	for _, id := range all {
		_, err := a.Coaching.Person(ctx, id, coachingQuery(a))
		if id == rep.ID && err != nil || id != rep.ID && data.KindOf(err) != data.Refused {
			t.Errorf("a rep opens %v: %v", id, err)
		}
	}
}

// TestHoldCarriesCommitmentsForward holds a talk: what is settled, what is new
// and the next day are one step, which one undo takes back.
func TestHoldCarriesCommitmentsForward(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 400)
	team, err := a.Coaching.Team(ctx, coachingQuery(a))
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(team.People, func(c app.Coachee) bool { return c.Open >= 2 && c.Next.Valid() })
	person := team.People[at].Row.ID
	page := func() *app.CoachingPage {
		t.Helper()
		p, err := a.Coaching.Person(ctx, person, coachingQuery(a))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	before := page()
	if before.Next == nil || len(before.Commitments) < 2 || before.TeamSize < 5 {
		t.Fatalf("%d commitments", len(before.Commitments))
	}
	_, err = a.Coaching.Hold(ctx, app.Talk{
		ID: before.Next.ID, Person: person, Day: a.Today(), Notes: "Two offers go out.", Next: a.Today() + 14,
		Settled: map[data.ID]string{before.Commitments[0].Row.ID: data.PromiseKept}, New: []data.Values{{"what": "Call five fleets", "due_day": a.Today() + 7, "metric": "calls"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	after := page()
	open := 0
	for _, c := range after.Commitments {
		if app.IsOpenPromise(c.Row) {
			open++
		}
	}
	held, err := a.Records.Get(ctx, data.KindOneOnOne, before.Next.ID)
	if err != nil || held.Text("status") != data.OneOnOneHeld || !strings.Contains(held.Text("figures"), "Won deals") {
		t.Errorf("%v %v", held.Values, err)
	}
	if open != team.People[at].Open || after.Next.Day("day") != a.Today()+14 || len(after.Commitments) != len(before.Commitments)+1 {
		t.Errorf("%d open, next %v", open, after.Next.Day("day"))
	}
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if back := page(); back.Next.ID != before.Next.ID || len(back.Commitments) != len(before.Commitments) {
		t.Error("one undo takes the talk back")
	}
}

func TestCommitmentsSayWhatTheirFigureDid(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 400)
	rep := asPerson(t, a, data.RoleRep, 0)
	for _, made := range []data.Day{a.Today() - 60, a.Today() - 3} {
		if _, err := a.Records.Add(ctx, data.KindCommitment, data.Values{"person": rep.ID, "what": "More visits", "day": made, "metric": "activities"}); err != nil {
			t.Fatal(err)
		}
	}
	page, err := a.Coaching.Person(ctx, rep.ID, coachingQuery(a))
	if err != nil {
		t.Fatal(err)
	}
	told := map[data.Day]int{}
	for _, c := range page.Commitments {
		if c.Row.Title() == "More visits" {
			told[c.Row.Day("day")] = int(c.Effect.Told) + 1
			if c.Effect.Told == 0 && (c.Effect.Low > c.Effect.Diff || c.Effect.High < c.Effect.Diff || c.Effect.Span.Days() != 61) {
				t.Errorf("%+v", c.Effect)
			}
		}
	}
	if told[a.Today()-3] != 2 || told[a.Today()-60] == 2 {
		t.Errorf("%v: three days are too early, sixty are not", told)
	}
}

func TestRecognitionIsSuggestedOnce(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 400)
	if _, err := a.Records.Add(ctx, data.KindRecognitionRule, data.Values{"name": "A deal won", "metric": "won deals", "threshold": 1.0, "every": "quarter"}); err != nil {
		t.Fatal(err)
	}
	suggested := func() []app.Suggestion {
		t.Helper()
		team, err := a.Coaching.Team(ctx, coachingQuery(a))
		if err != nil {
			t.Fatal(err)
		}
		out, err := a.Coaching.Suggestions(ctx, team.People, a.Today())
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	before := suggested()
	if len(before) == 0 {
		t.Fatal("nobody won a deal in a quarter")
	}
	if _, err := a.Coaching.Recognise(ctx, before[0], "Well done"); err != nil {
		t.Fatal(err)
	}
	if after := suggested(); len(after) != len(before)-1 {
		t.Errorf("%d suggestions, then %d", len(before), len(after))
	}
	path := filepath.Join(t.TempDir(), "wall.pdf")
	if err := a.Coaching.PrintWall(ctx, a.Book().Calendar.YearOf(a.Today()), path); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(b), "%PDF") {
		t.Error(err)
	}
}

// TestReviewsStayDraftsUntilTheyAreFinal freezes figures and keeps drafts from
// whom they are of.
func TestReviewsStayDraftsUntilTheyAreFinal(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 400)
	rep := asPerson(t, a, data.RoleRep, 0)
	if err := a.SetMe(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	templates, err := a.Records.List(ctx, data.Query{Kind: data.KindReviewTemplate})
	if err != nil || len(templates) == 0 {
		t.Fatal(err)
	}
	in := a.Book().Calendar.QuarterOf(a.Today())
	id, err := a.Coaching.StartReview(ctx, rep.ID, templates[0].ID, in)
	if err != nil {
		t.Fatal(err)
	}
	row, err := a.Records.Get(ctx, data.KindReview, id)
	if err != nil || !strings.Contains(row.Text("figures"), "Attainment") || !strings.Contains(row.Text("manager_text"), "What went well?") {
		t.Fatalf("%v %v", row.Values, err)
	}
	shown := func() bool {
		t.Helper()
		page, err := a.Coaching.Person(ctx, rep.ID, coachingQuery(a))
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(page.Reviews, func(r data.Row) bool { return r.ID == id })
	}
	asPerson(t, a, data.RoleRep, 0)
	if shown() {
		t.Error("a rep sees the draft of his own review")
	}
	if _, err := a.Coaching.StartReview(ctx, rep.ID, templates[0].ID, in); data.KindOf(err) != data.Refused {
		t.Errorf("a rep begins his own review: %v", err)
	}
	path := filepath.Join(t.TempDir(), "review.pdf")
	if err := a.Coaching.PrintReview(ctx, id, path); data.KindOf(err) != data.Refused {
		t.Errorf("a rep prints the draft of his own review: %v", err)
	}
	if err := a.Coaching.FinishReview(ctx, id); err != nil {
		t.Fatal(err)
	}
	if err := a.Coaching.FinishReview(ctx, id); data.KindOf(err) != data.Refused {
		t.Errorf("a final review is finished again: %v", err)
	}
	if !shown() {
		t.Error("a final review is hidden")
	}
	if err := a.Coaching.PrintReview(ctx, id, path); err != nil {
		t.Error(err)
	}
}
