package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/store"
)

func TestDayInName(t *testing.T) {
	today := data.NewDay(2026, time.March, 2)
	for name, want := range map[string]data.Day{
		"deals_2026-02-16.csv": data.NewDay(2026, 2, 16), "20260216 export.xlsx": data.NewDay(2026, 2, 16), "report1771250000000.csv": data.NewDay(2026, 2, 16),
		"deals.csv": data.NoDay, "deals_2026-13-01.csv": data.NoDay, "deals_2027-01-01.csv": data.NoDay, "order 120260216.csv": data.NoDay,
	} {
		if got := dayInName(name, today); got != want {
			t.Errorf("%s tells %s, want %s", name, got, want)
		}
	}
}

const (
	week1 = "Opportunity ID,Opportunity Name,Stage,Amount,Close Date\n1,Boats,Discovery,100,2026-03-31\n2,Oars,Proposal,200,2026-03-15\n3,Sails,Proposal,300,2026-03-20\n"
	week2 = "Opportunity ID,Opportunity Name,Stage,Amount,Close Date\n1,Boats,Proposal,100,2026-03-31\n2,Oars,Proposal,150,2026-06-15\n4,Ropes,Discovery,50,2026-04-01\n"
	week3 = "Opportunity ID,Opportunity Name,Stage,Amount,Close Date\n1,Boats,Won,90,2026-02-26\n2,Oars,Proposal,150,2026-06-15\n4,Ropes,Discovery,50,2026-04-01\n"
)

// weekly writes three exports of a system that keeps no history.
func weekly(t *testing.T) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"deals 2026-02-13.csv": week1, "deals 2026-02-20.csv": week2, "deals 2026-02-27.csv": week3} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// stagesOf tells through which stages a deal went, and on which days.
func stagesOf(t *testing.T, a *App, outer string) (out []string) {
	t.Helper()
	row := importRow1(t, a, data.KindDeal, outer)
	err := a.Performance.facts.read(context.Background(), a.Today(), func(b *factBook) error {
		place, ok := b.Place(row.Key)
		if !ok {
			t.Fatalf("no figures of %s", row.Title())
		}
		for _, m := range b.History(&b.Deals[place]) {
			out = append(out, m.Day.String()+" "+b.Stages[m.Stage].Name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestExportsOfSuccessiveWeeksBecomeHistory(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	paths := weekly(t)
	plan := planFiles(t, a, PlanOptions{}, paths[2], paths[0], paths[1])
	rehearsed, err := a.Imports.Rehearse(ctx, plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := a.Imports.Apply(ctx, plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		asOf                    string
		new, changed, unchanged int
	}{{"2026-02-27", 0, 1, 2}, {"2026-02-13", 3, 0, 0}, {"2026-02-20", 1, 2, 0}} {
		for _, f := range []*FileResult{rehearsed.Files[i], res.Files[i]} {
			if f.AsOf != want.asOf || f.New != want.new || f.Changed != want.changed || f.Unchanged != want.unchanged {
				t.Errorf("file %d: %+v", i, *f)
			}
		}
	}
	if absent := res.Files[2].Absent; absent == nil || absent.Deals != 1 || !slices.Equal(absent.Names, []string{"Sails"}) {
		t.Errorf("absent %+v", absent)
	}
	if len(res.Txns) != 3 || res.Txn != res.Txns[2] {
		t.Errorf("acts %v", res.Txns)
	}
	// The days are those of the files, and the log's words say so.
	edits, err := a.store.History(ctx, data.KindDeal, importRow1(t, a, data.KindDeal, "2").ID)
	if err != nil {
		t.Fatal(err)
	}
	days := map[string]string{}
	for _, e := range edits {
		if e.Old != nil {
			days[e.Field.Name] = e.Day.String() + " " + e.What
		}
	}
	if want := "2026-02-20 Import deals 2026-02-20.csv as of 2026-02-20"; days["amount"] != want || days["close_day"] != want {
		t.Errorf("history %v", days)
	}
	if got, want := stagesOf(t, a, "1"), []string{"2026-02-13 Discovery", "2026-02-20 Proposal", "2026-02-26 Won"}; !slices.Equal(got, want) {
		t.Errorf("stages %v, want %v", got, want)
	}
	past, err := a.AsOf(ctx, data.NewDay(2026, 2, 14))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = past.Close() }()
	row, err := past.Records.Find(ctx, data.KindDeal, "2")
	if err != nil || row.Int("amount") != 20000 || row.Day("close_day") != data.NewDay(2026, 3, 15) {
		t.Errorf("a week before: %+v, %v", row.Values, err)
	}
	importVerified(t, a)

	// An older file says nothing new of what a newer one changed.
	old, err := a.Imports.Apply(ctx, planFiles(t, a, PlanOptions{AsOf: data.NewDay(2026, 2, 14)}, paths[0]), nil)
	if err != nil || old.Files[0].Changed != 0 || old.Files[0].Unchanged != 3 || old.Txn != "" {
		t.Errorf("an older file: %+v, %v", *old.Files[0], err)
	}
	u, err := a.Journal.Undo(ctx, data.NoID)
	if err != nil || u.What != "Import deals 2026-02-27.csv" {
		t.Fatalf("%q, %v", u.What, err)
	}
	if n, err := a.Records.Count(ctx, data.Query{Kind: data.KindDeal}); err != nil || n != 0 {
		t.Errorf("%d deals after undo, %v", n, err)
	}
	importVerified(t, a)
	if _, err := a.Journal.Redo(ctx); err != nil {
		t.Fatal(err)
	}
	if got, want := stagesOf(t, a, "1"), []string{"2026-02-13 Discovery", "2026-02-20 Proposal", "2026-02-26 Won"}; !slices.Equal(got, want) {
		t.Errorf("stages after redo %v, want %v", got, want)
	}
	importVerified(t, a)
	// Any of its acts names the step.
	if err := a.Imports.TakeBack(ctx, res.Txns[0]); err == nil {
		t.Error("the act of before the redo is taken back")
	}
	steps, err := a.Journal.Steps(ctx, 10)
	if err != nil || len(steps) != 1 || steps[0].Undone {
		t.Fatalf("steps %+v, %v", steps, err)
	}
	if err := a.Imports.TakeBack(ctx, steps[0].Txn.String()); err != nil {
		t.Fatal(err)
	}
	// What was undone is no newer knowledge.
	again := importFiles(t, a, paths...)
	if again.Files[0].New != 3 || again.Files[1].Changed != 2 {
		t.Errorf("again %+v %+v", *again.Files[0], *again.Files[1])
	}
	importVerified(t, a)
}

func TestFilesOfOneDayAreOneAct(t *testing.T) {
	a := importBook(t)
	dir := t.TempDir()
	one, two := filepath.Join(dir, "north 2026-02-13.csv"), filepath.Join(dir, "south 2026-02-13.csv")
	for path, text := range map[string]string{one: week1, two: week2} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	res := importFiles(t, a, one, two)
	if len(res.Txns) != 1 || res.Files[0].AsOf != "" {
		t.Errorf("%+v", res)
	}
	plan := planFiles(t, a, PlanOptions{}, one)
	if plan.Files[0].AsOf.Valid() || plan.Files[0].Dated != data.NewDay(2026, 2, 13) {
		t.Errorf("one file alone: as of %s, dated %s", plan.Files[0].AsOf, plan.Files[0].Dated)
	}
	if plan.Files[0].SetAsOf(a.Today().AddDays(1)) == nil {
		t.Error("a file of tomorrow is taken")
	}
}

// TestFailedLaterWeekLeavesNothing: an import is whole or not at all.
func TestFailedLaterWeekLeavesNothing(t *testing.T) {
	a := importBook(t)
	paths := weekly(t)
	before := importDump(t, a)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := a.Imports.Apply(ctx, planFiles(t, a, PlanOptions{}, paths...), func(_, _ int, words string) {
		if words == "Reading deals 2026-02-27.csv" {
			cancel()
		}
	})
	if data.KindOf(err) != data.Canceled {
		t.Fatalf("%v", err)
	}
	if after := importDump(t, a); !slices.Equal(before, after) {
		t.Errorf("left behind: %q", after)
	}
	importVerified(t, a)
}

// TestAnActOfAnEarlierDayIsNoClocksFault: two books change a deal at once, one
// by a file of last week; neither clock is said to be wrong.
func TestAnActOfAnEarlierDayIsNoClocksFault(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	max := lea.joined("Max")
	lea.merge(max.share("Lea", ""))
	deal := lea.find(data.KindDeal, "Ada's deal")
	if err := lea.app.write(ctx, store.Act{What: "Import deals.csv", AsOf: lea.app.Today().AddDays(-9)}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindDeal, deal.ID, data.Values{"next_step": "Call"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := max.set(data.KindDeal, "Ada's deal", map[string]string{"next_step": "Write"}); err != nil {
		t.Fatal(err)
	}
	lea.merge(max.share("Lea", ""))
	clashes, err := lea.app.Journal.Clashes(ctx)
	if err != nil || len(clashes) != 1 {
		t.Fatalf("%+v, %v", clashes, err)
	}
	for _, s := range clashes[0].Fields[0].Sides {
		if s.Off != 0 {
			t.Errorf("%s's clock is said to be off by %s", s.Name, s.Off)
		}
	}
}
