package shell

import (
	"context"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/views/kit/kittest"
)

// TestWhatIsDueIsToldOnce: a quiet line below the title row, closed or followed
// to the day, and not there again.
func TestWhatIsDueIsToldOnce(t *testing.T) {
	now := time.Date(2026, 5, 20, 8, 0, 0, 0, time.UTC)
	sh := ticking(t, &now)
	ctx := context.Background()
	a := book(t, sh)
	me, err := a.Me(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []data.Values{{"subject": "See the floor"}, {"subject": "Call the miller", "time": "14:00"}, {"subject": "Send the quote", "time": "14:15"}} {
		v["type"], v["person"], v["day"] = "call", me.ID, a.Today()
		if _, err := a.Records.Add(ctx, data.KindActivity, v); err != nil {
			t.Fatal(err)
		}
	}
	tells := func(want string) {
		t.Helper()
		sh.session.remind()
		if want != "" {
			mustShow(t, sh, want)
		}
	}
	sh.session.remind()
	if len(sh.session.due) > 0 {
		t.Fatalf("told at eight: %v", sh.session.due)
	}
	now = now.Add(time.Hour)
	tells("Due: See the floor")
	if b := kittest.Button(sh.window.Content(), "Close"); b == nil {
		t.Fatal("the line cannot be closed")
	} else {
		b.Tapped(nil)
	}
	if sh.shows("Due: See the floor") {
		t.Error("the line stays")
	}
	now = now.Add(5 * time.Hour)
	tells("Due: Call the miller, 14:00, and 1 more")
	kittest.Button(sh.window.Content(), "Open the day").Tapped(nil)
	mustShow(t, sh, "On this day")
	mustShow(t, sh, "Send the quote")
	tells("")
	if len(sh.session.due) > 0 {
		t.Errorf("told again: %v", sh.session.due)
	}
}
