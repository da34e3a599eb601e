package app_test

import (
	"context"
	"strings"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
)

// apart lets both change a deal without knowing of each other; mine then holds
// both.
func apart(t *testing.T, ours, others data.Values) (mine, theirs *app.App, deal data.ID, swap func(from, to *app.App)) {
	t.Helper()
	mine, theirs, deal, swap = twoDesks(t)
	set(t, mine, deal, ours)
	set(t, theirs, deal, others)
	swap(theirs, mine)
	return mine, theirs, deal, swap
}

func inbox(t *testing.T, a *app.App) []app.Clash {
	t.Helper()
	clashes, err := a.Journal.Clashes(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return clashes
}

// onlyField is the one field that waits in the inbox.
func onlyField(t *testing.T, a *app.App) (app.Clash, app.ClashField) {
	t.Helper()
	clashes := inbox(t, a)
	if len(clashes) != 1 || len(clashes[0].Fields) != 1 {
		t.Fatalf("the inbox holds %+v", clashes)
	}
	return clashes[0], clashes[0].Fields[0]
}

func text(t *testing.T, a *app.App, deal data.ID, field string) string {
	t.Helper()
	row, err := a.Records.Get(context.Background(), data.KindDeal, deal)
	if err != nil {
		t.Fatal(err)
	}
	return row.Text(field)
}

func sides(f app.ClashField) string {
	var out []string
	for _, s := range f.Sides {
		whose := "theirs"
		if s.Mine {
			whose = "mine"
		}
		out = append(out, whose+" "+s.Text)
	}
	return strings.Join(out, ", ")
}

func TestUndoOpensASettledConflictAgain(t *testing.T) {
	ctx := context.Background()
	mine, theirs, deal, swap := apart(t, data.Values{"competitor": "Ours"}, data.Values{"competitor": "Others"})
	c, before := onlyField(t, mine)
	for _, side := range before.Sides {
		if err := mine.Journal.Keep(ctx, c, before, side); err != nil {
			t.Fatal(err)
		}
		if left := inbox(t, mine); len(left) != 0 || text(t, mine, deal, "competitor") != side.Text {
			t.Fatalf("kept %q, the inbox holds %+v", side.Text, left)
		}
		if _, err := mine.Journal.Undo(ctx, data.NoID); err != nil {
			t.Fatal(err)
		}
		_, again := onlyField(t, mine)
		if sides(again) != sides(before) || again.Base != before.Base || again.Sides[0].At != before.Sides[0].At {
			t.Fatalf("it comes back as %s on %q, it was %s on %q", sides(again), again.Base, sides(before), before.Base)
		}
		if got := text(t, mine, deal, "competitor"); got != before.Sides[0].Text {
			t.Fatalf("undone, the competitor is %q", got)
		}
		if _, err := mine.Journal.Redo(ctx); err != nil {
			t.Fatal(err)
		}
		if left := inbox(t, mine); len(left) != 0 || text(t, mine, deal, "competitor") != side.Text {
			t.Fatalf("redone, the inbox holds %+v", left)
		}
		if _, err := mine.Journal.Undo(ctx, data.NoID); err != nil {
			t.Fatal(err)
		}
	}

	swap(mine, theirs)
	if _, there := onlyField(t, theirs); len(there.Sides) != 2 || there.Sides[0].Mine == there.Sides[1].Mine {
		t.Errorf("there it came as %s", sides(there))
	}
	for _, a := range []*app.App{mine, theirs} {
		if r, err := a.Journal.Verify(ctx); err != nil || r.Faults > 0 {
			t.Errorf("%+v, %v", r, err)
		}
	}
}

func TestUndoOpensADeletionAgain(t *testing.T) {
	ctx := context.Background()
	for _, keep := range []bool{true, false} {
		mine, theirs, deal, swap := twoDesks(t)
		set(t, mine, deal, data.Values{"note": "still on", "next_step": "Visit"})
		if err := theirs.Records.Remove(ctx, data.KindDeal, []data.ID{deal}); err != nil {
			t.Fatal(err)
		}
		swap(theirs, mine)
		c, before := onlyField(t, mine)
		if before.Sides[0].Deletes || before.Sides[0].Text != "Kept, with Next step: Visit (was Call on price); Note: still on" || !before.Sides[1].Deletes {
			t.Fatalf("%+v", before)
		}
		side := before.Sides[0]
		if !keep {
			side = before.Sides[1]
		}
		if err := mine.Journal.Keep(ctx, c, before, side); err != nil {
			t.Fatal(err)
		}
		if left := inbox(t, mine); len(left) != 0 {
			t.Fatalf("%+v", left)
		}
		if _, err := mine.Journal.Undo(ctx, data.NoID); err != nil {
			t.Fatal(err)
		}
		_, again := onlyField(t, mine)
		if again.Label != before.Label || sides(again) != sides(before) {
			t.Errorf("keep %v: it comes back as %s: %s, it was %s: %s", keep, again.Label, sides(again), before.Label, sides(before))
		}
		swap(mine, theirs)
		if _, there := onlyField(t, theirs); len(there.Sides) != 2 {
			t.Errorf("keep %v: there it came as %s", keep, sides(there))
		}
	}
}

func TestBothNotesAreKeptWithNames(t *testing.T) {
	ctx := context.Background()
	mine, theirs, deal, swap := apart(t, data.Values{"note": "ours"}, data.Values{"note": "theirs"})
	c, f := onlyField(t, mine)
	if err := mine.Journal.KeepBoth(ctx, c, f); err != nil {
		t.Fatal(err)
	}
	want := "Mia Moss: ours\n\ndesk: theirs"
	if got := text(t, mine, deal, "note"); got != want {
		t.Errorf("the note is %q", got)
	}
	swap(mine, theirs)
	if got := text(t, theirs, deal, "note"); got != want || len(inbox(t, theirs)) != 0 {
		t.Errorf("there the note is %q and the inbox holds %+v", got, inbox(t, theirs))
	}
	if err := mine.Journal.KeepBoth(ctx, c, app.ClashField{Label: "Amount"}); data.KindOf(err) != data.Invalid {
		t.Errorf("two amounts are joined: %v", err)
	}
}

func TestAnotherValueSettlesAConflict(t *testing.T) {
	ctx := context.Background()
	mine, theirs, deal, swap := apart(t, data.Values{"amount": int64(510000)}, data.Values{"amount": int64(490000)})
	c, f := onlyField(t, mine)
	for _, wrong := range []data.Values{{"note": "x"}, {"amount": "much"}} {
		if err := mine.Journal.KeepOther(ctx, c, f, wrong); data.KindOf(err) != data.Invalid {
			t.Errorf("%v: %v", wrong, err)
		}
	}
	if err := mine.Journal.KeepOther(ctx, c, f, data.Values{"amount": int64(500000), "currency": "EUR"}); err != nil {
		t.Fatal(err)
	}
	swap(mine, theirs)
	for _, a := range []*app.App{mine, theirs} {
		row, err := a.Records.Get(ctx, data.KindDeal, deal)
		if err != nil || row.Int("amount") != 500000 || row.Text("currency") != "EUR" || len(inbox(t, a)) != 0 {
			t.Errorf("%v, %v, the inbox holds %+v", row.Values, err, inbox(t, a))
		}
	}
}

func TestAReferenceIsNamedThoughItIsGone(t *testing.T) {
	ctx := context.Background()
	mine, theirs, deal, swap := twoDesks(t)
	ada, err := mine.Records.Add(ctx, data.KindPerson, data.Values{"name": "Ada Berg"})
	if err != nil {
		t.Fatal(err)
	}
	bo, err := mine.Records.Add(ctx, data.KindPerson, data.Values{"name": "Bo Dahl", "external_id": "X77"})
	if err != nil {
		t.Fatal(err)
	}
	swap(mine, theirs)
	set(t, mine, deal, data.Values{"owner": ada})
	set(t, theirs, deal, data.Values{"owner": bo})
	if err := theirs.Records.Remove(ctx, data.KindPerson, []data.ID{bo}); err != nil {
		t.Fatal(err)
	}
	swap(theirs, mine)
	c, f := onlyField(t, mine)
	if sides(f) != "theirs Bo Dahl (removed), mine Ada Berg" {
		t.Errorf("%s", sides(f))
	}
	if err := mine.Journal.Keep(ctx, c, f, f.Sides[0]); err != nil {
		t.Errorf("a side that points to what is gone cannot be kept: %v", err)
	}
}

func TestManyConflictsAreSettledByFieldAndSide(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		choice app.Choice
		n      int
		left   int
		note   string
		amount int64
	}{
		{app.Choice{Mine: true}, 2, 0, "ours", 510000},
		{app.Choice{}, 2, 0, "theirs", 490000},
		{app.Choice{Mine: true, Label: "Note"}, 1, 1, "ours", 490000},
		{app.Choice{Mine: true, Kind: data.KindAccount}, 0, 1, "theirs", 490000},
		{app.Choice{Mine: true, Person: "Nobody"}, 0, 1, "theirs", 490000},
		{app.Choice{Mine: true, Person: "Mia Moss"}, 2, 0, "ours", 510000},
	} {
		mine, _, deal, _ := apart(t, data.Values{"note": "ours", "amount": int64(510000)}, data.Values{"note": "theirs", "amount": int64(490000)})
		n, err := mine.Journal.KeepAll(ctx, c.choice)
		row, getErr := mine.Records.Get(ctx, data.KindDeal, deal)
		if err != nil || getErr != nil || n != c.n || len(inbox(t, mine)) != c.left || row.Text("note") != c.note || row.Int("amount") != c.amount {
			t.Errorf("%+v: %d settled, %v, %v", c.choice, n, row.Values, err)
		}
	}
}
