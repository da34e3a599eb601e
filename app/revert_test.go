package app_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/data/store"

	"pgregory.net/rapid"
)

// travelBook is a book whose clock is set by hand.
type travelBook struct {
	t   rapidOrTest
	a   *app.App
	now time.Time
}

func newTravelBook(t rapidOrTest, dir string) *travelBook {
	b := &travelBook{t: t, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	var err error
	b.a, err = app.Create(context.Background(), filepath.Join(dir, "travel.book"), app.NewBook{Name: "Travel", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Mia Moss"},
		app.Config{Now: func() time.Time { b.now = b.now.Add(time.Second); return b.now }, Device: "desk"})
	b.check(err)
	return b
}

func (b *travelBook) check(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *travelBook) add(name string, values data.Values) data.ID {
	b.t.Helper()
	v := data.Values{"name": name}
	for f, x := range values {
		v[f] = x
	}
	id, err := b.a.Records.Add(context.Background(), data.KindAccount, v)
	b.check(err)
	return id
}

func (b *travelBook) set(id data.ID, values data.Values) {
	b.t.Helper()
	b.check(b.a.Records.Set(context.Background(), data.KindAccount, []data.ID{id}, values))
}

func (b *travelBook) remove(id data.ID) {
	b.t.Helper()
	b.check(b.a.Records.Remove(context.Background(), data.KindAccount, []data.ID{id}))
}

func (b *travelBook) undo() {
	b.t.Helper()
	_, err := b.a.Journal.Undo(context.Background(), data.NoID)
	b.check(err)
}

func (b *travelBook) dump() string {
	b.t.Helper()
	var lines []string
	b.check(b.a.Journal.Dump(context.Background(), func(l string) error { lines = append(lines, l); return nil }))
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func TestARecordIsPutBack(t *testing.T) {
	ctx := context.Background()
	b := newTravelBook(t, t.TempDir())
	defer func() { b.check(b.a.Close()) }()
	id := b.add("Inity", data.Values{"city": "Oslo"})
	day := b.a.Today()
	b.now = b.now.Add(48 * time.Hour)
	b.set(id, data.Values{"city": "Bergen", "note": "moved"})
	story, err := b.a.Journal.Story(ctx, data.KindAccount, id)
	b.check(err)
	moved := story[0].Txn
	b.set(id, data.Values{"city": "Molde"})
	latest := b.dump()
	city := func(want, note string) {
		t.Helper()
		row, err := b.a.Records.Get(ctx, data.KindAccount, id)
		if err != nil || row.Text("city") != want || row.Text("note") != note {
			t.Fatalf("%v, %v", row.Values, err)
		}
	}
	for _, to := range []store.RevertPoint{{Day: day}, {Before: moved}} {
		out, err := b.a.Journal.Revert(ctx, data.KindAccount, id, to)
		if err != nil || len(out.Rows) != 1 || out.Rows[0].How != "changed" || out.Rows[0].Name != "Inity" {
			t.Fatalf("%+v, %v", out, err)
		}
		city("Oslo", "")
		b.undo()
		if b.dump() != latest {
			t.Fatal("undo does not take the putting back away")
		}
	}
	b.remove(id)
	gone, err := b.a.Journal.RemovedRecords(ctx, 10)
	if err != nil || len(gone) != 1 || gone[0].Name != "Inity" || gone[0].Who != "Mia Moss" {
		t.Fatalf("%+v, %v", gone, err)
	}
	b.check(b.a.Journal.BringBack(ctx, gone[0]))
	city("Molde", "moved")
	b.undo()
	b.undo()
	city("Molde", "moved")
	if left, err := b.a.Journal.RemovedRecords(ctx, 10); err != nil || len(left) != 0 {
		t.Errorf("%+v, %v", left, err)
	}
	if _, err := b.a.Journal.Revert(ctx, data.KindAccount, data.NewID(), store.RevertPoint{Day: day}); data.KindOf(err) != data.NotFound {
		t.Errorf("what was never there is put back: %v", err)
	}
}

func TestAWholeDayIsPutBackAndSaysWhatCannotBe(t *testing.T) {
	ctx := context.Background()
	b := newTravelBook(t, t.TempDir())
	defer func() { b.check(b.a.Close()) }()
	kept, dropped := b.add("Kept", data.Values{"city": "Oslo"}), b.add("Dropped", nil)
	day, then := b.a.Today(), b.dump()
	b.now = b.now.Add(48 * time.Hour)
	b.set(kept, data.Values{"city": "Molde"})
	b.remove(dropped)
	b.add("New", nil)
	after := b.dump()
	plan, err := b.a.Journal.RevertDay(ctx, day, true)
	if err != nil || len(plan.Rows) != 3 || len(plan.Failed) != 0 || b.dump() != after {
		t.Fatalf("%+v, %v", plan, err)
	}
	how := map[string]string{}
	for _, r := range plan.Rows {
		how[r.Name] = r.How
	}
	if how["Kept"] != "changed" || how["Dropped"] != "brought back" || how["New"] != "removed" {
		t.Errorf("%v", how)
	}
	if done, err := b.a.Journal.RevertDay(ctx, day, false); err != nil || len(done.Rows) != 3 {
		t.Fatalf("%+v, %v", done, err)
	}
	if b.dump() != then {
		t.Error("the book is not as it was that day")
	}
	b.undo()
	if b.dump() != after {
		t.Error("undo does not take the day away")
	}
	if _, err := b.a.Journal.RevertDay(ctx, b.a.Today(), true); data.KindOf(err) != data.Invalid {
		t.Errorf("today is put back to: %v", err)
	}
}

// Whatever happened since, putting a day back gives what was there at its end,
// and undo what was there before.
func TestPuttingADayBackEqualsTheDay(t *testing.T) {
	few(t, 10)
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		dir, err := os.MkdirTemp("", "fieldbook-travel-")
		if err != nil {
			t.Fatal(err)
		}
		b := newTravelBook(t, dir)
		defer func() {
			b.check(b.a.Close())
			b.check(os.RemoveAll(dir))
		}()
		ids := []data.ID{b.add("a", nil), b.add("b", nil)}
		act := func() {
			id := rapid.SampledFrom(ids).Draw(t, "row")
			_, err := b.a.Records.Get(ctx, data.KindAccount, id)
			switch rapid.SampledFrom([]string{"add", "set", "set", "remove", "undo"}).Draw(t, "act") {
			case "add":
				ids = append(ids, b.add("c", data.Values{"city": "x"}))
			case "set":
				if err == nil {
					b.set(id, data.Values{rapid.SampledFrom([]string{"city", "note"}).Draw(t, "field"): rapid.SampledFrom([]data.Value{"x", "y", nil}).Draw(t, "value")})
				}
			case "remove":
				if err == nil {
					b.remove(id)
				}
			case "undo":
				if _, err := b.a.Journal.Undo(ctx, data.NoID); data.KindOf(err) != data.NotFound {
					b.check(err)
				}
			}
		}
		for range rapid.IntRange(0, 5).Draw(t, "before") {
			act()
		}
		day, then := b.a.Today(), b.dump()
		b.now = b.now.Add(48 * time.Hour)
		for range rapid.IntRange(0, 6).Draw(t, "after") {
			act()
		}
		after := b.dump()
		plan, err := b.a.Journal.RevertDay(ctx, day, true)
		b.check(err)
		done, err := b.a.Journal.RevertDay(ctx, day, false)
		b.check(err)
		if !reflect.DeepEqual(plan, done) || b.dump() != then {
			t.Fatalf("planned %+v, done %+v; there is\n%s\nbut there was\n%s", plan, done, b.dump(), then)
		}
		if len(done.Rows) > 0 {
			b.undo()
		}
		if b.dump() != after {
			t.Fatalf("undone there is\n%s\nbut there was\n%s", b.dump(), after)
		}
	})
}

// few lets rapid try few cases: each is a book on disk.
func few(t *testing.T, n int) {
	t.Helper()
	checks := flag.Lookup("rapid.checks")
	old := checks.Value.String()
	if err := flag.Set("rapid.checks", strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set("rapid.checks", old); err != nil {
			t.Error(err)
		}
	})
}
