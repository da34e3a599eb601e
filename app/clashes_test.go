package app_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

// twoDesks are two replicas of one book that holds the deal Rangreen, and the
// way from one to the other.
func twoDesks(t *testing.T) (mine, theirs *app.App, deal data.ID, swap func(from, to *app.App)) {
	t.Helper()
	ctx := context.Background()
	dir := t.TempDir()
	now := time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)
	tick := func() time.Time { now = now.Add(time.Minute); return now }
	mine, err := app.Create(ctx, filepath.Join(dir, "mine.book"), app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Mia Moss"}, app.Config{Now: tick, Device: "desk"})
	if err != nil {
		t.Fatal(err)
	}
	stages, err := mine.Records.List(ctx, data.Query{Kind: data.KindStage})
	if err != nil {
		t.Fatal(err)
	}
	if deal, err = mine.Records.Add(ctx, data.KindDeal, data.Values{"name": "Rangreen", "stage": stages[0].ID, "amount": int64(548200), "currency": "USD", "next_step": "Call on price"}); err != nil {
		t.Fatal(err)
	}
	n := 0
	path := func() string { n++; return filepath.Join(dir, data.DecimalString(int64(n), 0)+".fieldbook") }
	first := path()
	if _, err := mine.Sharing.Share(ctx, first, app.ShareOptions{Everything: true}); err != nil {
		t.Fatal(err)
	}
	other := app.Config{Now: tick, Device: "desk"} // computers may have the same name
	if _, err := app.Receive(ctx, app.Received{Book: filepath.Join(dir, "theirs.book"), Paths: []string{first}}, other); err != nil {
		t.Fatal(err)
	}
	if theirs, err = app.Open(ctx, filepath.Join(dir, "theirs.book"), other); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, a := range []*app.App{mine, theirs} {
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return mine, theirs, deal, func(from, to *app.App) {
		t.Helper()
		p := path()
		if _, err := from.Sharing.Share(ctx, p, app.ShareOptions{Everything: true}); err != nil {
			t.Fatal(err)
		}
		if _, err := to.Sharing.Merge(ctx, []string{p}, app.MergeOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

func set(t *testing.T, a *app.App, id data.ID, values data.Values) {
	t.Helper()
	if err := a.Records.Set(context.Background(), data.KindDeal, []data.ID{id}, values); err != nil {
		t.Fatal(err)
	}
}

func TestClashesSayBaseMineAndTheirs(t *testing.T) {
	ctx := context.Background()
	mine, theirs, deal, swap := twoDesks(t)
	set(t, mine, deal, data.Values{"amount": int64(510000), "currency": "USD"})
	set(t, mine, deal, data.Values{"next_step": "Send revised quote"})
	set(t, theirs, deal, data.Values{"amount": int64(490000), "currency": "USD"})
	set(t, theirs, deal, data.Values{"next_step": "Visit in Dallas"})
	swap(theirs, mine)

	clashes, err := mine.Journal.Clashes(ctx)
	if err != nil || len(clashes) != 1 || len(clashes[0].Fields) != 2 {
		t.Fatalf("%+v, %v", clashes, err)
	}
	amount := clashes[0].Fields[0]
	if amount.Label != "Amount" || amount.Base != "5,482 USD" || len(amount.Sides) != 2 {
		t.Errorf("%+v", amount)
	}
	if s := amount.Sides[0]; s.Text != "4,900 USD" || s.Mine {
		t.Errorf("the shown side is %+v", s)
	}
	if s := amount.Sides[1]; s.Text != "5,100 USD" || !s.Mine {
		t.Errorf("the other side is %+v", s)
	}
	if step := clashes[0].Fields[1]; step.Base != "Call on price" {
		t.Errorf("the base of the next step is %q", step.Base)
	}

	if err := mine.Journal.Keep(ctx, clashes[0], amount, amount.Sides[1]); err != nil {
		t.Fatal(err)
	}
	row, err := mine.Records.Get(ctx, data.KindDeal, deal)
	if err != nil || row.Int("amount") != 510000 {
		t.Errorf("kept mine, the amount is %d, %v", row.Int("amount"), err)
	}
	if left, err := mine.Journal.Clashes(ctx); err != nil || len(left) != 1 || len(left[0].Fields) != 1 {
		t.Errorf("%+v, %v", left, err)
	}
}

func TestAllConflictsAreSettledForOnePerson(t *testing.T) {
	ctx := context.Background()
	mine, theirs, deal, swap := twoDesks(t)
	set(t, mine, deal, data.Values{"amount": int64(510000), "note": "a"})
	set(t, theirs, deal, data.Values{"amount": int64(490000), "note": "b"})
	swap(theirs, mine)
	if n, err := mine.Journal.KeepAll(ctx, app.Choice{Name: "Mia Moss"}); n != 2 || err != nil {
		t.Fatalf("%d settled, %v", n, err)
	}
	row, err := mine.Records.Get(ctx, data.KindDeal, deal)
	if err != nil || row.Int("amount") != 510000 || row.Text("note") != "a" {
		t.Errorf("%v, %v", row.Values, err)
	}
	if left, err := mine.Journal.Clashes(ctx); err != nil || len(left) != 0 {
		t.Errorf("%+v, %v", left, err)
	}
	if _, err := mine.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
}

func TestADeletedRowThatWasEditedIsKeptOrGoes(t *testing.T) {
	ctx := context.Background()
	for _, keep := range []bool{true, false} {
		mine, theirs, deal, swap := twoDesks(t)
		set(t, mine, deal, data.Values{"note": "still on"})
		if err := theirs.Records.Remove(ctx, data.KindDeal, []data.ID{deal}); err != nil {
			t.Fatal(err)
		}
		swap(theirs, mine)
		clashes, err := mine.Journal.Clashes(ctx)
		if err != nil || len(clashes) != 1 || len(clashes[0].Fields) != 1 || len(clashes[0].Fields[0].Sides) != 2 {
			t.Fatalf("%+v, %v", clashes, err)
		}
		for _, s := range clashes[0].Fields[0].Sides {
			if (s.Text != "Deleted") == keep {
				if err := mine.Journal.Keep(ctx, clashes[0], clashes[0].Fields[0], s); err != nil {
					t.Fatal(err)
				}
				break
			}
		}
		n, err := mine.Records.Count(ctx, data.Query{Kind: data.KindDeal})
		if err != nil || (n == 1) != keep {
			t.Errorf("keep %v: %d deals, %v", keep, n, err)
		}
		if left, err := mine.Journal.Clashes(ctx); err != nil || len(left) != 0 {
			t.Errorf("keep %v: %+v, %v", keep, left, err)
		}
	}
}
