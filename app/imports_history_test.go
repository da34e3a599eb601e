package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
)

const (
	pastDeals = "Id,Name,AccountId,OwnerId,StageName,Amount,CloseDate,CreatedDate,Probability,IsDeleted\n" +
		"006A,Looms,,,Proposal,90,2026-05-31,2026-01-05T09:00:00.000Z,50,false\n006B,Kilns,,,Closed Won,500,2026-02-20,2026-01-10T09:00:00.000Z,100,false\n"
	pastStates = "Id,OpportunityId,StageName,Amount,CloseDate,Probability,CreatedDate\n" +
		"3,006A,Proposal,90,2026-05-31,50,2026-02-10T09:00:00.000Z\n2,006A,Proposal,120,2026-03-31,50,2026-01-20T09:00:00.000Z\n1,006A,Discovery,120,2026-03-31,20,2026-01-05T09:00:00.000Z\n" +
		"6,006B,Closed Won,500,2026-02-20,100,2026-02-20T09:00:00.000Z\n5,006B,Proposal,450,2026-02-28,50,2026-02-15T09:00:00.000Z\n4,006B,Discovery,400,2026-02-28,20,2026-01-10T09:00:00.000Z\n"
	pastFields = "Id,OpportunityId,Field,OldValue,NewValue,CreatedDate\n" +
		"1,006A,Amount,120.0,90.0,2026-02-10T09:00:00.000Z\n2,006A,CloseDate,2026-03-31,2026-05-31,2026-02-10T09:00:00.000Z\n3,006A,Owner,x,y,2026-02-10T09:00:00.000Z\n4,006B,Amount,400,450,2026-02-15T09:00:00.000Z\n"
)

func writeFiles(t *testing.T, files map[string]string) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// dealsOn tells how deals stood at the end of a day.
func dealsOn(t *testing.T, a *App, month time.Month, day int) string {
	t.Helper()
	past, err := a.AsOf(context.Background(), data.NewDay(2026, month, day))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = past.Close() }()
	return strings.Join(dealLines(t, past), "; ")
}

func dealLines(t *testing.T, a *App) (out []string) {
	t.Helper()
	rows, err := a.Records.List(context.Background(), data.Query{Kind: data.KindDeal, Sort: []data.Sort{{Field: "external_id"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		out = append(out, fmt.Sprintf("%s %s %d %s", r.Title(), r.Labels["stage"], r.Int("amount")/100, r.Day("close_day")))
	}
	return out
}

func TestHistoryOfAmountsAndCloseDays(t *testing.T) {
	for name, second := range map[string]map[string]string{
		"states": {"OpportunityHistory.csv": pastStates},
		"both":   {"OpportunityHistory.csv": pastStates, "OpportunityFieldHistory.csv": pastFields},
	} {
		for _, together := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, together %v", name, together), func(t *testing.T) {
				a := importBook(t)
				first := writeFiles(t, map[string]string{"Opportunity.csv": pastDeals})
				later := writeFiles(t, second)
				now := []string{"Looms Proposal 90 2026-05-31", "Kilns Closed Won 500 2026-02-20"}
				if together {
					importFiles(t, a, append(first, later...)...)
				} else {
					importFiles(t, a, first...)
					importFiles(t, a, later...)
				}
				if got := dealLines(t, a); !slices.Equal(got, now) {
					t.Errorf("now %q", got)
				}
				for _, want := range []struct {
					month time.Month
					day   int
					deals string
				}{
					{1, 6, "Looms Discovery 120 2026-03-31"},
					{1, 25, "Looms Proposal 120 2026-03-31; Kilns Discovery 400 2026-02-28"},
					{2, 16, "Looms Proposal 90 2026-05-31; Kilns Proposal 450 2026-02-28"},
					{2, 21, strings.Join(now, "; ")},
				} {
					if got := dealsOn(t, a, want.month, want.day); got != want.deals {
						t.Errorf("on %d-%d %s, want %s", want.month, want.day, got, want.deals)
					}
				}
				if got, want := stagesOf(t, a, "006B"), []string{"2026-01-10 Discovery", "2026-02-15 Proposal", "2026-02-20 Closed Won"}; !slices.Equal(got, want) {
					t.Errorf("stages %v, want %v", got, want)
				}
				quarter := data.Period{Name: "2026-Q1", From: data.NewDay(2026, 1, 1), To: data.NewDay(2026, 4, 1)}
				w, err := a.Performance.Changes(context.Background(), ChangesQuery{Period: quarter, From: data.NewDay(2026, 1, 25), To: data.NewDay(2026, 2, 25)})
				if err != nil || w.Start != 52_000 || w.End != 0 {
					t.Errorf("%+v, %v", w, err)
				}
				importVerified(t, a)
				full := importDump(t, a)
				if again := importFiles(t, a, append(first, later...)...); again.Txn != "" || !slices.Equal(importDump(t, a), full) {
					t.Errorf("the same files changed the book: %+v", again.Files)
				}
			})
		}
	}
}

// TestHistoryOfPropertiesAlone: stages are unknown, and what was edited in the
// book since stands.
func TestHistoryOfPropertiesAlone(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	importFiles(t, a, writeFiles(t, map[string]string{"Opportunity.csv": pastDeals})...)
	before := importDump(t, a)
	if err := a.Records.Set(ctx, data.KindDeal, []data.ID{importRow1(t, a, data.KindDeal, "006A").ID}, data.Values{"amount": int64(7500)}); err != nil {
		t.Fatal(err)
	}
	res := importFiles(t, a, writeFiles(t, map[string]string{"OpportunityFieldHistory.csv": pastFields})...)
	if f := res.Files[0]; f.Changed != 3 || f.SetAside != 1 || f.Rows != 4 {
		t.Errorf("%+v", *f)
	}
	if got := dealLines(t, a)[0]; got != "Looms Proposal 75 2026-05-31" {
		t.Errorf("now %s", got)
	}
	if got, want := dealsOn(t, a, 2, 9), "Looms Proposal 120 2026-03-31"; !strings.HasPrefix(got, want) {
		t.Errorf("before the change %s", got)
	}
	if got, want := dealsOn(t, a, 2, 12), "Looms Proposal 90 2026-05-31"; !strings.HasPrefix(got, want) {
		t.Errorf("after it %s", got)
	}
	importVerified(t, a)
	for range 2 {
		if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(importDump(t, a), before) {
		t.Error("one undo did not take all of the history back")
	}
	if got := dealsOn(t, a, 2, 9); strings.Contains(got, "120") {
		t.Errorf("after undo %s", got)
	}
	importVerified(t, a)
}
