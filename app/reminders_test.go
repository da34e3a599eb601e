package app

import (
	"context"
	"testing"
	"time"

	"fieldbook/app/reminder"
	"fieldbook/data"
)

// TestRemindersTellOnce: a visit and a talk are told at their time, once, and the
// visit again once it is moved to another time; of others' things nothing is told.
func TestRemindersTellOnce(t *testing.T) {
	ctx := context.Background()
	w := newWeeks(t)
	today := w.Today()
	visit := w.add(data.KindActivity, data.Values{"type": "visit", "subject": "See the floor", "person": w.me, "day": today, "time": "14:00"})
	w.add(data.KindActivity, data.Values{"type": "visit", "subject": "Somebody else's", "person": w.reps[0], "day": today})
	w.add(data.KindActivity, data.Values{"type": "visit", "subject": "Done", "person": w.me, "day": today, "done": true})
	w.add(data.KindOneOnOne, data.Values{"person": w.reps[0], "manager": w.me, "day": today, "status": data.OneOnOnePlanned})
	tells := func(want ...string) Reminded {
		t.Helper()
		got, err := w.Reminders.Due(ctx)
		w.must(err)
		var titles []string
		for _, e := range got.Entries {
			titles = append(titles, e.Title)
		}
		if len(titles) != len(want) {
			t.Fatalf("tells %q, not %q", titles, want)
		}
		for i := range want {
			if titles[i] != want[i] {
				t.Fatalf("tells %q, not %q", titles, want)
			}
		}
		w.must(w.Reminders.Told(ctx, got.Entries))
		return got
	}
	got := tells("Ann Ek") // at half past eight
	if !got.Later || got.Wait > 5*time.Hour || got.Wait < 4*time.Hour {
		t.Errorf("the next is in %v, %v", got.Wait, got.Later)
	}
	tells()
	w.now = w.now.Add(5 * time.Hour)
	tells("See the floor")
	tells()
	w.must(w.Records.Set(ctx, data.KindActivity, []data.ID{visit}, data.Values{"time": "14:15"}))
	tells("See the floor")
	w.must(w.Reminders.SetSetting(ctx, reminder.Setting{Off: true}))
	w.must(w.Records.Set(ctx, data.KindActivity, []data.ID{visit}, data.Values{"time": "14:20"}))
	tells()
	if err := w.Reminders.SetSetting(ctx, reminder.Setting{Minutes: -1}); data.KindOf(err) != data.Invalid {
		t.Errorf("after its time: %v", err)
	}
}
