package app

import (
	"context"
	"slices"
	"testing"

	"fieldbook/data"
)

// TestPeopleTravelToWhomTheyAreOf carries talks, promises and reviews to a rep
// and back: he gets his own and nobody else's, no candidates, no openings and no
// drafts, and what he may not say is refused in words.
func TestPeopleTravelToWhomTheyAreOf(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	for _, name := range []string{"Ada", "Bob"} {
		lea.add(data.KindOneOnOne, map[string]string{"person": name, "day": "2026-03-02", "status": "planned", "agenda": "For " + name})
		lea.add(data.KindCommitment, map[string]string{"person": name, "what": name + " calls", "status": "open"})
		lea.add(data.KindGoal, map[string]string{"person": name, "name": name + " wins", "status": "open"})
		lea.add(data.KindReview, map[string]string{"person": name, "period": "2026-Q1", "status": "draft", "manager_text": "Draft on " + name})
		lea.add(data.KindReview, map[string]string{"person": name, "period": "2025-Q4", "status": "final", "manager_text": "Final on " + name})
		lea.add(data.KindReview, map[string]string{"person": name, "period": "2025-Q3", "status": "draft", "manager_text": "Thrown away on " + name})
	}
	opening := lea.add(data.KindOpening, map[string]string{"title": "Field sales", "status": "open"})
	lea.add(data.KindCandidate, map[string]string{"name": "Cem", "opening": opening.String(), "person": "Max", "stage": "applied"})
	thrown, err := lea.app.Records.List(ctx, data.Query{Kind: data.KindReview, Where: []data.Filter{{Field: "period", Test: data.Is, Values: []data.Value{"2025-Q3"}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range thrown {
		if err := lea.app.Records.Remove(ctx, data.KindReview, []data.ID{r.ID}); err != nil {
			t.Fatal(err)
		}
	}
	ada := lea.joined("Ada")
	for kind, want := range map[string][]string{
		data.KindCommitment: {"Ada calls"}, data.KindGoal: {"Ada wins"}, data.KindReview: {"2025-Q4"}, data.KindOneOnOne: {"2026-03-02"}, data.KindCandidate: nil, data.KindOpening: nil,
	} {
		if got := ada.titles(kind); !slices.Equal(got, want) {
			t.Errorf("Ada holds the %ss %q, want %q", kind, got, want)
		}
	}
	log, err := ada.app.Journal.Log(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range log {
		if e.What == "Add 2026-Q1" && e.Rows > 0 {
			t.Errorf("Ada holds a draft: %+v", e)
		}
	}

	if err := ada.set(data.KindCommitment, "Ada calls", map[string]string{"status": "kept"}); err != nil {
		t.Errorf("her own promise: %v", err)
	}
	if err := ada.set(data.KindReview, "2025-Q4", map[string]string{"self_text": "I agree"}); err != nil {
		t.Errorf("her own words: %v", err)
	}
	for kind, values := range map[string]data.Values{
		data.KindReview: {"rating": int64(5)}, data.KindOneOnOne: {"notes": "All is well"},
	} {
		rows, err := ada.app.Records.List(ctx, data.Query{Kind: kind})
		if err != nil || len(rows) != 1 {
			t.Fatal(kind, len(rows), err)
		}
		if err := ada.app.Records.Set(ctx, kind, []data.ID{rows[0].ID}, values); data.KindOf(err) != data.Refused {
			t.Errorf("Ada writes %v: %v", values, err)
		}
	}
	if _, err := ada.app.Records.Add(ctx, data.KindCandidate, data.Values{"name": "Her cousin"}); data.KindOf(err) != data.Refused {
		t.Errorf("Ada adds a candidate: %v", err)
	}
	lea.merge(ada.share("Lea", ""))
	if got := lea.find(data.KindCommitment, "Ada calls").Text("status"); got != data.PromiseKept {
		t.Errorf("what Ada kept is %q with Lea", got)
	}

	rows, err := lea.app.Records.List(ctx, data.Query{Kind: data.KindReview, Where: []data.Filter{{Field: "person.name", Test: data.Is, Values: []data.Value{"Ada"}}, {Field: "status", Test: data.Is, Values: []data.Value{data.ReviewDraft}}}})
	if err != nil || len(rows) != 1 {
		t.Fatal(len(rows), err)
	}
	if err := lea.app.Coaching.FinishReview(ctx, rows[0].ID); err != nil {
		t.Fatal(err)
	}
	ada.merge(lea.share("Ada", ""))
	if got := ada.titles(data.KindReview); !slices.Equal(got, []string{"2025-Q4", "2026-Q1"}) {
		t.Errorf("once it is final Ada holds %q", got)
	}
	if got := ada.find(data.KindReview, "2026-Q1").Text("manager_text"); got != "Draft on Ada" {
		t.Errorf("with all it says: %q", got)
	}
	ada.sound()
	lea.sound()
}

// TestCandidatesCanBeForgotten tells and erases what a book holds of somebody
// who applied, scorecards and all, and of a person what was written of him.
func TestCandidatesCanBeForgotten(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	cem := lea.add(data.KindCandidate, map[string]string{"name": "Cem", "email": "cem@example.com", "person": "Max", "decision": "Asks well"})
	lea.add(data.KindScorecard, map[string]string{"candidate": cem.String(), "strength": "Asks", "score": "4", "evidence": "Cem asked about margins"})
	about, err := lea.app.Privacy.About(ctx, data.KindCandidate, cem)
	if err != nil || len(about.Links) != 1 || len(about.Mentions) != 1 || about.Name != "Cem" {
		t.Fatalf("%+v %v", about, err)
	}
	bob := lea.find(data.KindPerson, "Bob")
	lea.add(data.KindOneOnOne, map[string]string{"person": "Bob", "day": "2026-03-02", "notes": "Worried about his health"})
	for kind, id := range map[string]data.ID{data.KindCandidate: cem, data.KindPerson: bob.ID} {
		if _, err := lea.app.Privacy.Erase(ctx, kind, id, "asked to"); err != nil {
			t.Fatal(err)
		}
	}
	row, err := lea.app.Records.Get(ctx, data.KindCandidate, cem)
	if err != nil || row.Title() != data.ErasedName(data.KindCandidate, cem) || row.Has("email") || row.Has("decision") {
		t.Errorf("%v %v", row.Values, err)
	}
	for kind, field := range map[string]string{data.KindScorecard: "evidence", data.KindOneOnOne: "notes"} {
		rows, err := lea.app.Records.List(ctx, data.Query{Kind: kind})
		if err != nil || len(rows) != 1 || rows[0].Has(field) {
			t.Errorf("%s: %v %v", kind, rows, err)
		}
	}
	lea.sound()
}
