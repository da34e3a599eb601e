package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/data"
)

func TestCalendarShowsWhatStandsOnEachDay(t *testing.T) {
	ctx := context.Background()
	w := newWeeks(t)
	today := w.Today()
	w.deal("Mill", 1_000_00, data.Values{"next_step": "Call the miller", "next_step_day": today.AddDays(1), "close_day": today.AddDays(2)})
	w.add(data.KindActivity, data.Values{"type": "visit", "subject": "See the floor", "person": w.reps[0], "day": today.AddDays(1), "time": "14:30"})
	w.add(data.KindActivity, data.Values{"type": "call", "subject": "Another week", "person": w.reps[0], "day": today.AddDays(9)})
	late, err := w.Meetings.Promise(ctx, NewAction{What: "Send the quote", Person: w.reps[1], Due: today.AddDays(-3)})
	w.must(err)
	week := data.Period{From: today, To: today.AddDays(7)}
	got, err := w.Calendar.Entries(ctx, CalendarQuery{Span: week})
	w.must(err)
	var words []string
	for _, e := range got {
		words = append(words, e.Sort+" "+e.Title)
	}
	if want := "activity See the floor|next step Call the miller|close day Mill"; strings.Join(words, "|") != want {
		t.Errorf("got %q", words)
	}
	if own, err := w.Calendar.Entries(ctx, CalendarQuery{Scope: data.Scope{Person: w.reps[1]}, Span: week}); err != nil || len(own) != 0 {
		t.Errorf("somebody else's: %v, %v", own, err)
	}
	if steps, err := w.Calendar.Entries(ctx, CalendarQuery{Span: week, Sorts: []string{EntryStep}}); err != nil || len(steps) != 1 || steps[0].Title != "Call the miller" {
		t.Errorf("next steps alone: %v, %v", steps, err)
	}
	overdue, err := w.Calendar.Overdue(ctx, CalendarQuery{})
	w.must(err)
	if len(overdue) != 1 || overdue[0].ID != late {
		t.Errorf("overdue: %v", overdue)
	}
	w.must(w.Calendar.Move(ctx, overdue[0], today.AddDays(4)))
	if row, err := w.Records.Get(ctx, data.KindAction, late); err != nil || row.Day("due_day") != today.AddDays(4) {
		t.Errorf("moved to %v, %v", row.Values["due_day"], err)
	}
	path := filepath.Join(t.TempDir(), "week.ics")
	w.must(w.Calendar.WriteICS(got, path))
	if text, err := os.ReadFile(path); err != nil || strings.Count(string(text), "BEGIN:VEVENT") != 3 {
		t.Errorf("the file holds %q, %v", text, err)
	} else if at := strings.Count(string(text), "T143000"); at != 1 || strings.Count(string(text), "T090000") != 2 {
		t.Errorf("%d begin at their time: %q", at, text)
	}
}

// TestCalendarOfWhoLeadsHasHisTalks: a talk stands in the calendar of both who
// have it, a meeting in that of who leads it, a training in that of who is trained.
func TestCalendarOfWhoLeadsHasHisTalks(t *testing.T) {
	w := newWeeks(t)
	today := w.Today()
	w.add(data.KindOneOnOne, data.Values{"person": w.reps[0], "manager": w.me, "day": today, "status": data.OneOnOnePlanned})
	w.add(data.KindMeeting, data.Values{"subject": "Weekly review", "type": data.MeetingPipeline, "person": w.me, "day": today, "status": data.MeetingPlanned})
	module := w.add(data.KindModule, data.Values{"name": "Trading, not giving"})
	w.add(data.KindTraining, data.Values{"person": w.reps[0], "module": module, "due_day": today})
	for who, want := range map[data.ID]string{
		w.me: "one-on-one Ann Ek|meeting Weekly review", w.reps[0]: "one-on-one Ann Ek|training Trading, not giving", w.reps[1]: "",
	} {
		got, err := w.Calendar.Entries(t.Context(), CalendarQuery{Scope: data.Scope{Person: who}, Span: data.Period{From: today, To: today + 1}})
		w.must(err)
		var words []string
		for _, e := range got {
			words = append(words, e.Sort+" "+e.Title)
		}
		if strings.Join(words, "|") != want {
			t.Errorf("got %q, not %q", words, want)
		}
	}
}
