package app

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fieldbook/data"
)

// weeks is a book of a manager with two reps whose clock is turned on by hand.
type weeks struct {
	*testing.T
	*App
	now    time.Time
	stages map[string]data.ID
	me     data.ID
	reps   [2]data.ID
}

func newWeeks(t *testing.T) *weeks {
	t.Helper()
	w := &weeks{T: t, now: time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC), stages: map[string]data.ID{}}
	cfg := Config{Now: func() time.Time { w.now = w.now.Add(time.Second); return w.now }, Device: "test"}
	a, err := Create(context.Background(), filepath.Join(t.TempDir(), "a.book"),
		NewBook{Name: "Test", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Mel Marsh", Role: data.RoleManager}, cfg)
	w.must(err)
	w.App = a
	t.Cleanup(func() { w.must(a.Close()) })
	stages, err := a.Pipeline.Stages(context.Background())
	w.must(err)
	for _, s := range stages {
		w.stages[s.Name] = s.ID
	}
	me, err := a.Me(context.Background())
	w.must(err)
	w.me = me.ID
	for i, name := range []string{"Ann Ek", "Bo Lund"} {
		w.reps[i] = w.add(data.KindPerson, data.Values{"name": name, "role": data.RoleRep, "manager": w.me})
	}
	return w
}

func (w *weeks) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *weeks) add(kind string, v data.Values) data.ID {
	w.Helper()
	id, err := w.Records.Add(context.Background(), kind, v)
	w.must(err)
	return id
}

// deal adds one of the first rep's that is well.
func (w *weeks) deal(name string, amount int64, more data.Values) data.ID {
	w.Helper()
	v := data.Values{
		"name": name, "owner": w.reps[0], "stage": w.stages["Proposal"], "amount": amount, "currency": "USD",
		"close_day": w.Today().AddDays(30), "next_step": "Call", "next_step_day": w.Today().AddDays(20),
	}
	for field, value := range more {
		v[field] = value
	}
	return w.add(data.KindDeal, v)
}

func (w *weeks) set(id data.ID, v data.Values) {
	w.Helper()
	w.must(w.Records.Set(context.Background(), data.KindDeal, []data.ID{id}, v))
}

func (w *weeks) pass(days int) { w.now = w.now.AddDate(0, 0, days) }

func (w *weeks) agenda() *ReviewAgenda {
	w.Helper()
	a, err := w.Meetings.Agenda(context.Background(), AgendaQuery{Scope: data.Scope{Person: w.me, Team: true}})
	w.must(err)
	return a
}

func (w *weeks) record(id data.ID) *MeetingRecord {
	w.Helper()
	r, err := w.Meetings.Record(context.Background(), id)
	w.must(err)
	return r
}

func (a *ReviewAgenda) words() []string {
	var out []string
	for _, l := range a.Lines {
		out = append(out, l.Name+": "+l.Words())
	}
	return out
}

// TestReviewsFollowEachOther holds two pipeline reviews a week apart.
func TestReviewsFollowEachOther(t *testing.T) {
	ctx := context.Background()
	w := newWeeks(t)
	pushed := w.deal("Pushed", 10_000_00, nil)
	moved := w.deal("Moved", 9_000_00, nil)
	won := w.deal("Won one", 8_000_00, nil)
	w.deal("Steady", 7_000_00, nil)
	w.deal("Whale", 90_000_00, nil)
	w.deal("No step", 6_000_00, data.Values{"next_step": nil, "next_step_day": nil, "owner": w.reps[1]})
	w.pass(7)
	w.set(pushed, data.Values{"close_day": w.Today().AddDays(40)})
	w.set(moved, data.Values{"stage": w.stages["Negotiation"]})
	w.set(won, data.Values{"stage": w.stages["Won"], "close_day": w.Today()})
	w.deal("Fresh", 5_000_00, nil)

	first := w.agenda()
	want := []string{"Pushed: close day pushed", "No step: no next step", "Whale: large", "Moved: changed", "Fresh: new", "Won one: won"}
	if got := first.words(); !slices.Equal(got, want) {
		t.Fatalf("got  %q\nwant %q", got, want)
	}
	if l := first.Lines[3]; l.StageBefore != "Proposal" || l.Stage != "Negotiation" || l.Owner != "Ann Ek" {
		t.Errorf("moved from %q to %q, of %q", l.StageBefore, l.Stage, l.Owner)
	}
	id, err := w.Meetings.Start(ctx, data.MeetingPipeline, "", first)
	w.must(err)
	r := w.record(id)
	if len(r.Items) != 6 || r.Seen() != 0 || r.Held() || r.Last.Kind != nil || r.Row.Text("subject") != "Pipeline review" {
		t.Fatalf("the meeting holds %d items, %d seen: %v", len(r.Items), r.Seen(), r.Row.Values)
	}
	w.must(w.Meetings.Decide(ctx, r.Items[0].Item, "Meet finance first."))
	w.must(w.Meetings.Decide(ctx, r.Items[1].Item, ""))
	action, err := w.Meetings.Promise(ctx, NewAction{What: "Call the board", Person: w.reps[0], Due: w.Today().AddDays(3), Deal: pushed, AgreedIn: id})
	w.must(err)
	w.must(w.Meetings.End(ctx, id, "Short week."))
	if r = w.record(id); r.Seen() != 2 || r.Items[0].Decision != "Meet finance first." || len(r.Items[0].Actions) != 1 || !r.Held() {
		t.Errorf("kept: %d seen, %+v", r.Seen(), r.Items[0])
	}

	w.pass(7)
	second := w.agenda()
	if second.Since != first.Day {
		t.Errorf("changes since %s, not since the last review", second.Since)
	}
	if got := second.words(); slices.ContainsFunc(got, func(s string) bool { return s == "Fresh: new" || s == "Moved: changed" || s == "Won one: won" }) {
		t.Errorf("what was spoken of last week is on the agenda: %q", got)
	}
	w.set(pushed, data.Values{"close_day": w.Today().AddDays(60)})
	next, err := w.Meetings.Start(ctx, data.MeetingPipeline, "Monday", w.agenda())
	w.must(err)
	r = w.record(next)
	if len(r.Checked) != 1 || r.Checked[0].ID != action || r.Last.ID != id {
		t.Fatalf("what was agreed is not asked for: %v", r.Checked)
	}
	if it := r.Items[0]; it.Name != "Pushed" || it.Before != "Meet finance first." || it.On != first.Day || it.Decision != "" || it.Was != true {
		t.Errorf("the deal comes again without what was decided: %+v", it)
	}
	w.must(w.Meetings.Settle(ctx, []data.ID{action}, data.ActionDone))
	if row, err := w.Records.Get(ctx, data.KindAction, action); err != nil || row.Day("done_day") != w.Today() {
		t.Errorf("done on %v, %v", row.Values["done_day"], err)
	}
	if open, err := w.Meetings.OpenActions(ctx, data.Everyone); err != nil || len(open) != 0 {
		t.Errorf("still open: %v, %v", open, err)
	}
	if list, err := w.Meetings.List(ctx, data.Scope{Person: w.me, Team: true}); err != nil || len(list) != 2 || list[0].ID != next {
		t.Errorf("meetings: %v, %v", list, err)
	}
}

func TestMeetingsAreUndone(t *testing.T) {
	ctx := context.Background()
	w := newWeeks(t)
	deal := w.deal("Lone", 1_000_00, data.Values{"next_step": nil, "next_step_day": nil})
	id, err := w.Meetings.Start(ctx, data.MeetingPipeline, "", w.agenda())
	w.must(err)
	item, err := w.Meetings.Raise(ctx, id, deal)
	w.must(err)
	if r := w.record(id); len(r.Items) != 1 || r.Items[0].Item != item {
		t.Errorf("raised twice: %v", r.Items)
	}
	w.must(w.Meetings.Discard(ctx, id))
	if n, err := w.Records.Count(ctx, data.Query{Kind: data.KindMeetingItem}); err != nil || n != 0 {
		t.Errorf("%d items stay, %v", n, err)
	}
	if _, err := w.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if r := w.record(id); len(r.Items) != 1 {
		t.Errorf("undo brings back %d items", len(r.Items))
	}
	if _, err := w.Meetings.Promise(ctx, NewAction{What: " ", Person: w.me}); data.KindOf(err) != data.Invalid {
		t.Errorf("an action without words: %v", err)
	}
	if _, err := w.Meetings.Start(ctx, "party", "", w.agenda()); data.KindOf(err) != data.Invalid {
		t.Errorf("an unknown sort of meeting: %v", err)
	}
}
