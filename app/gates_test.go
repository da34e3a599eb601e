package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/app/process"
	"fieldbook/data"
)

// gated is a book in which Qualification may be left with a ticked need and an
// amount, Discovery with two points of BANT.
type gated struct {
	pipelineBook
	need, amount, bant, budget data.ID
	deal1                      data.ID
}

func newGated(t *testing.T) gated {
	t.Helper()
	b := gated{pipelineBook: newPipelineBook(t)}
	qualification := b.stages["Qualification"].ID
	framework := b.add(data.KindFramework, data.Values{"name": "BANT"})
	b.budget = b.add(data.KindFrameworkElement, data.Values{"framework": framework, "name": "Budget"})
	b.need = b.add(data.KindCriterion, data.Values{"stage": qualification, "gate": data.GateExit, "name": "Need confirmed", "type": data.CriterionChecklist, "position": int64(1)})
	b.amount = b.add(data.KindCriterion, data.Values{"stage": qualification, "gate": data.GateExit, "name": "Amount known", "type": data.CriterionField, "field": "amount", "position": int64(2)})
	b.bant = b.add(data.KindCriterion, data.Values{"stage": b.stages["Discovery"].ID, "gate": data.GateExit, "name": "Two points", "type": data.CriterionFramework, "framework": framework, "points": int64(2), "position": int64(3)})
	b.deal1 = b.add(data.KindDeal, data.Values{"name": "Rangreen", "external_id": "R1", "stage": qualification})
	return b
}

func (b gated) stage() string { b.Helper(); return b.deal(b.deal1).Labels["stage"] }

func (b gated) overrides() []data.Row {
	b.Helper()
	rows, err := b.Records.List(context.Background(), data.Query{Kind: data.KindGateOverride})
	if err != nil {
		b.Fatal(err)
	}
	return rows
}

// refused checks that gates refused a move and gives what it lacked.
func (b gated) refused(err error) []string {
	b.Helper()
	var gate *GateError
	if !errors.As(err, &gate) || data.KindOf(err) != data.Refused {
		b.Fatalf("not refused by a gate: %v", err)
	}
	var out []string
	for _, it := range process.Missing(gate.Items) {
		out = append(out, it.Name)
	}
	return out
}

// TestEveryWayOfMovingObeysTheGates moves a deal in each way that there is.
func TestEveryWayOfMovingObeysTheGates(t *testing.T) {
	ctx := context.Background()
	for name, move := range map[string]func(gated, Passage) error{
		"drag": func(b gated, p Passage) error {
			return b.Pipeline.MoveDeal(ctx, MoveDeal{Deal: b.deal1, Stage: b.stages["Discovery"].ID, Passage: p})
		},
		"form": func(b gated, p Passage) error {
			_, err := b.Pipeline.SaveDeal(ctx, SaveDeal{Deal: b.deal1, Values: data.Values{"stage": b.stages["Discovery"].ID}, Passage: p})
			return err
		},
		"set": func(b gated, p Passage) error {
			return b.Records.SetOver(ctx, RecordChange{Kind: data.KindDeal, IDs: []data.ID{b.deal1}, Values: data.Values{"stage": b.stages["Discovery"].ID}, Override: p.Override})
		},
		"win": func(b gated, p Passage) error {
			return b.Pipeline.MoveDeal(ctx, MoveDeal{Deal: b.deal1, Stage: b.stages["Won"].ID, Passage: p})
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newGated(t)
			lacks := b.refused(move(b, Passage{}))
			if len(lacks) < 2 || lacks[0] != "Need confirmed" || lacks[1] != "Amount known" || b.stage() != "Qualification" {
				t.Fatalf("refused for %q, stands in %s", lacks, b.stage())
			}
			if err := move(b, Passage{Override: "Signed at the fair"}); err != nil {
				t.Fatal(err)
			}
			rows := b.overrides()
			if len(rows) != 1 || rows[0].Text("reason") != "Signed at the fair" || !strings.HasPrefix(rows[0].Text("missing"), "Need confirmed\nAmount known") || rows[0].Labels["from_stage"] != "Qualification" || rows[0].Labels["person"] != "Mel Marsh" {
				t.Fatalf("logged %+v", rows)
			}
			if _, err := b.Journal.Undo(ctx, data.NoID); err != nil {
				t.Fatal(err)
			}
			if b.stage() != "Qualification" || len(b.overrides()) != 0 {
				t.Error("undo does not take the override back with the move")
			}
		})
	}
}

func TestWhatIsFilledInWithAMoveCounts(t *testing.T) {
	ctx := context.Background()
	b := newGated(t)
	err := b.Pipeline.MoveDeal(ctx, MoveDeal{
		Deal: b.deal1, Stage: b.stages["Proposal"].ID, Values: data.Values{"amount": int64(100), "currency": "USD"},
		Passage: Passage{Ticks: []Tick{{Criterion: b.need, Evidence: "Said so"}}, Scores: []Score{{Element: b.budget, Points: 2}}},
	})
	if err != nil || b.stage() != "Proposal" || len(b.overrides()) != 0 {
		t.Fatalf("%v, in %s, %d overrides", err, b.stage(), len(b.overrides()))
	}
	if err := b.Pipeline.MoveDeal(ctx, MoveDeal{Deal: b.deal1, Stage: b.stages["Qualification"].ID}); err != nil {
		t.Errorf("going back is refused: %v", err)
	}
	if err := b.Process.Tick(ctx, Tick{Deal: b.deal1, Criterion: b.need, Off: true}); err != nil {
		t.Fatal(err)
	}
	if lacks := b.refused(b.Pipeline.SetDeals(ctx, []data.ID{b.deal1}, data.Values{"stage": b.stages["Discovery"].ID})); len(lacks) != 1 {
		t.Errorf("bulk edit lacks %q", lacks)
	}
	if err := b.Process.Score(ctx, Score{Deal: b.deal1, Element: b.budget, Points: 4}); data.KindOf(err) != data.Invalid {
		t.Errorf("four points are taken: %v", err)
	}
}

func TestBulkMovesAreRefusedAsOne(t *testing.T) {
	ctx := context.Background()
	b := newGated(t)
	second := b.add(data.KindDeal, data.Values{"name": "Inity", "stage": b.stages["Qualification"].ID})
	err := b.Pipeline.MoveDeals(ctx, []data.ID{b.deal1, second}, MoveDeal{Stage: b.stages["Discovery"].ID})
	if b.refused(err); !strings.Contains(err.Error(), "Rangreen (and 1 more) cannot go to Discovery, which lacks: Need confirmed; Amount known; nothing was changed") {
		t.Error(err)
	}
	if err := b.Records.Remove(ctx, data.KindCriterion, []data.ID{b.amount}); err != nil {
		t.Fatal(err)
	}
	if err := b.Records.Set(ctx, data.KindCriterion, []data.ID{b.need}, data.Values{"retired": true}); err != nil {
		t.Fatal(err)
	}
	if err := b.Pipeline.MoveDeals(ctx, []data.ID{b.deal1, second}, MoveDeal{Stage: b.stages["Discovery"].ID}); err != nil {
		t.Errorf("retired criteria refuse: %v", err)
	}
}

// TestImportsMoveAndRecord brings deals forward by a file: it is not refused,
// and what is missing is recorded once.
func TestImportsMoveAndRecord(t *testing.T) {
	ctx := context.Background()
	b := newGated(t)
	path := filepath.Join(t.TempDir(), "crm.csv")
	if err := os.WriteFile(path, []byte("External ID,Name,Stage\nR1,Rangreen,Discovery\nR2,New one,Discovery\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		plan, err := b.Imports.Plan(ctx, []string{path}, PlanOptions{Kind: data.KindDeal})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Imports.Apply(ctx, plan, nil); err != nil {
			t.Fatal(err)
		}
	}
	rows := b.overrides()
	if b.stage() != "Discovery" || len(rows) != 1 || rows[0].Text("reason") != "came by import crm.csv" || rows[0].Ref("deal") != b.deal1 {
		t.Fatalf("in %s, logged %+v", b.stage(), rows)
	}
}

// TestSnoozedDealsAreNotStalled lets a stalled deal wait: it leaves the list
// until the day, and needs a reason for it.
func TestSnoozedDealsAreNotStalled(t *testing.T) {
	ctx := context.Background()
	b := newPipelineBook(t)
	old := b.Today().AddDays(-90)
	id := b.add(data.KindDeal, data.Values{"name": "Old", "stage": b.stages["Prospecting"].ID, "created_day": old, "engaged_day": old})
	b.add(data.KindStageEntry, data.Values{"deal": id, "stage": b.stages["Prospecting"].ID, "day": old})
	stalled := func() int {
		t.Helper()
		keys, err := b.Pipeline.Stalled(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return len(keys)
	}
	if stalled() != 1 {
		t.Fatalf("%d stalled before", stalled())
	}
	for _, bad := range []struct {
		day    data.Day
		reason string
	}{{b.Today(), "Budget in May"}, {b.Today() + 30, ""}} {
		if err := b.Process.Snooze(ctx, []data.ID{id}, bad.day, bad.reason); data.KindOf(err) != data.Invalid {
			t.Errorf("until %s for %q: %v", bad.day, bad.reason, err)
		}
	}
	if err := b.Process.Snooze(ctx, []data.ID{id}, b.Today()+30, "Budget in May"); err != nil || stalled() != 0 {
		t.Fatalf("%v, %d stalled while it waits", err, stalled())
	}
	book, err := b.Process.Playbook(ctx, FigureQuery{AsOf: b.Today(), Period: data.AllTime})
	if err != nil || len(book.Snoozed) != 1 || book.Open != 1 {
		t.Errorf("%v: %+v", err, book)
	}
	if err := b.Process.Snooze(ctx, []data.ID{id}, data.NoDay, ""); err != nil || stalled() != 1 {
		t.Errorf("%v, %d stalled once it waits no longer", err, stalled())
	}
}

// TestSequencesRun starts a sequence, does its steps and ends with it.
func TestSequencesRun(t *testing.T) {
	ctx := context.Background()
	b := newGated(t)
	sequence := b.add(data.KindSequence, data.Values{"name": "After the quote"})
	if err := b.Process.Start(ctx, b.deal1, sequence, b.Today()); data.KindOf(err) != data.Invalid {
		t.Errorf("a sequence without steps starts: %v", err)
	}
	for i, subject := range []string{"Call", "Mail", "Visit"} {
		b.add(data.KindSequenceStep, data.Values{"sequence": sequence, "after_days": int64(2 + 3*i), "type": "call", "subject": subject})
	}
	if err := b.Process.Start(ctx, b.deal1, sequence, b.Today()); err != nil {
		t.Fatal(err)
	}
	if err := b.Process.Start(ctx, b.deal1, sequence, b.Today()); data.KindOf(err) != data.Invalid {
		t.Errorf("it starts twice: %v", err)
	}
	read := func() DealProcess {
		t.Helper()
		p, err := b.Process.Deal(ctx, b.deal1)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	run := read().Run
	if run == nil || run.Left() != 3 || run.Steps[2].Day("day") != b.Today()+8 || b.deal(b.deal1).Text("next_step") != "Call" {
		t.Fatalf("%+v", run)
	}
	if err := b.Process.Finish(ctx, run.Steps[0].ID); err != nil || b.deal(b.deal1).Text("next_step") != "Mail" || read().Run.Left() != 2 {
		t.Fatalf("%v, next is %q", err, b.deal(b.deal1).Text("next_step"))
	}
	if err := b.Process.Stop(ctx, run.ID); err != nil || read().Run != nil {
		t.Fatalf("%v, still runs", err)
	}
	n, err := b.Records.Count(ctx, data.Query{Kind: data.KindActivity})
	if err != nil || n != 1 {
		t.Errorf("%d activities are left, %v", n, err)
	}
}

// TestOverridesAreCounted tells who overrode what and what became of it.
func TestOverridesAreCounted(t *testing.T) {
	ctx := context.Background()
	b := newGated(t)
	if err := b.Pipeline.MoveDeal(ctx, MoveDeal{Deal: b.deal1, Stage: b.stages["Won"].ID, Passage: Passage{Override: "Signed at the fair"}}); err != nil {
		t.Fatal(err)
	}
	r, err := b.Process.OverrideReport(ctx, data.Scope{})
	if err != nil || r.Total != 1 || r.Newest[0].State != data.StageWon || r.People[0].Name != "Mel Marsh" || r.People[0].Won != 1 || r.Gates[0].Name != "Qualification to Won" || len(r.Criteria) != 3 {
		t.Errorf("%v: %+v", err, r)
	}
}

// TestGuidesAreForAStageAndASegment: of three guides a deal of a mill has the one
// for mills, that of a farm does not; one that was begun stays.
func TestGuidesAreForAStageAndASegment(t *testing.T) {
	ctx := context.Background()
	w := newWeeks(t)
	mills := w.add(data.KindSegment, data.Values{"name": "Mills", "rule": "industry is food"})
	mill, farm := w.add(data.KindAccount, data.Values{"name": "Mill", "industry": "food"}), w.add(data.KindAccount, data.Values{"name": "Farm", "industry": "farms"})
	var asked data.ID
	for _, g := range []data.Values{{"name": "Anybody"}, {"name": "For mills", "segment": mills}, {"name": "For closing mills", "segment": mills, "stage": w.stages["Close"]}} {
		id := w.add(data.KindDiscoveryGuide, g)
		asked = w.add(data.KindDiscoveryQuestion, data.Values{"guide": id, "question": "Why?"})
	}
	names := func(deal data.ID) string {
		t.Helper()
		p, err := w.Process.Deal(ctx, deal)
		w.must(err)
		var out []string
		for _, g := range p.Guides {
			out = append(out, g.Name)
		}
		slices.Sort(out)
		return strings.Join(out, "|")
	}
	of, other := w.deal("Mill", 1_000_00, data.Values{"account": mill}), w.deal("Farm", 1_000_00, data.Values{"account": farm})
	if got := names(of); got != "Anybody|For mills" {
		t.Errorf("the mill's deal has %q", got)
	}
	if got := names(other); got != "Anybody" {
		t.Errorf("the farm's deal has %q", got)
	}
	w.add(data.KindDiscoveryAnswer, data.Values{"deal": other, "question": asked, "answer": "Because"})
	if got := names(other); got != "Anybody|For closing mills" {
		t.Errorf("with an answer it has %q", got)
	}
}
