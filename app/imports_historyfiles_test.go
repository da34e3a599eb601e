package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
)

// toldVisits writes the stages that each deal went through, and how it stood at the
// end of February.
func toldVisits(t testing.TB, a *App) []string {
	t.Helper()
	ctx := context.Background()
	past, err := a.AsOf(ctx, data.NewDay(2026, time.February, 28))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = past.Close() }()
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindDeal})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		story, err := a.Pipeline.Story(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		names := map[data.ID]string{}
		for _, s := range story.Stages {
			names[s.ID] = s.Name
		}
		line := []string{r.Title()}
		for _, v := range story.Visits {
			line = append(line, v.From.String()+" "+names[v.Stage])
		}
		then, err := past.Records.Get(ctx, data.KindDeal, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		line = append(line, fmt.Sprintf("in February %s %s %s", then.Labels["stage"], then.Money("amount", "").Decimal(), then.Day("close_day")))
		out = append(out, strings.Join(line, " | "))
	}
	slices.Sort(out)
	return out
}

// Reports of what deals were before come in beside the deals, with several moves of
// one day by their times, else as the lines stand, newest first or last.
func TestHistoriesOfOtherSystems(t *testing.T) {
	files, want := expectedOf(t, filepath.Join("testdata", "history"))
	deals := "Deal ID,Deal Name,Account,Stage,Amount,Close Date,Created Date\n1,Looms,Northgate Mills,Won,12500,2026-03-14,2026-02-01\n2,Chillers,Harbour Foods,Proposal,48000,2026-05-31,2026-01-09\n3,Spares,Harbour Foods,Negotiation,10,2026-05-31,2026-01-09\n4,Rest,Harbour Foods,Qualified,10,2026-05-31,2026-01-09\n"
	for _, path := range files {
		a := zonedBook(t)
		importText(t, a, PlanOptions{}, deals)
		f := importFiles(t, a, path).Files[0]
		lines := append([]string{toldFile(f)}, toldVisits(t, a)...)
		if got := strings.Join(lines, "\n"); got != want[filepath.Base(path)] {
			t.Errorf("== %s\n%s\n", filepath.Base(path), got)
		}
		importedAgain(t, a, path, f)
	}
}
