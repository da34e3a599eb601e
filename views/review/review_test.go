package review_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
	"fieldbook/views/review"
)

// bench is the screen over a book of a manager and two people, a week after some
// of their deals were entered.
type bench struct {
	*kittest.Desk
	t    *testing.T
	path string
	now  time.Time
	app  *app.App
	reps []data.ID
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) config() app.Config {
	return app.Config{Now: func() time.Time { return b.now }, Device: "desk"}
}

func (b *bench) add(kind string, v data.Values) data.ID {
	b.t.Helper()
	id, err := b.app.Records.Add(context.Background(), kind, v)
	b.must(err)
	return id
}

func newBench(t *testing.T, dark bool) *bench {
	t.Helper()
	kittest.App(t, dark)
	b := &bench{t: t, path: filepath.Join(t.TempDir(), "desk.book"), now: time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)}
	a, err := app.Create(context.Background(), b.path, app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Mia Stone", Role: data.RoleManager}, b.config())
	b.must(err)
	b.app = a
	t.Cleanup(func() { b.must(b.app.Close()) })
	me, err := a.Me(context.Background())
	b.must(err)
	stage := map[string]data.ID{}
	stages, err := a.Records.List(context.Background(), data.Query{Kind: data.KindStage})
	b.must(err)
	for _, s := range stages {
		stage[s.Title()] = s.ID
	}
	for _, name := range []string{"Ann Ek", "Bo Lund"} {
		b.reps = append(b.reps, b.add(data.KindPerson, data.Values{"name": name, "role": data.RoleRep, "manager": me.ID}))
	}
	deal := func(name string, rep int, amount int64, more data.Values) data.ID {
		v := data.Values{
			"name": name, "owner": b.reps[rep], "stage": stage["Proposal"], "amount": amount, "currency": "USD", "created_day": a.Today(),
			"close_day": a.Today().AddDays(30), "next_step": "Call the buyer", "next_step_day": a.Today().AddDays(20),
		}
		for field, value := range more {
			v[field] = value
		}
		return b.add(data.KindDeal, v)
	}
	pushed := deal("Granite Mills", 0, 12_400_00, data.Values{"category": data.CategoryCommit})
	moved := deal("Alder Labs", 1, 8_100_00, nil)
	deal("Quiet Farms", 0, 3_300_00, data.Values{"next_step": nil, "next_step_day": nil})
	deal("Steady Works", 1, 2_000_00, nil)
	b.now = b.now.AddDate(0, 0, 7)
	b.must(a.Records.Set(context.Background(), data.KindDeal, []data.ID{pushed}, data.Values{"close_day": a.Today().AddDays(38)}))
	b.must(a.Records.Set(context.Background(), data.KindDeal, []data.ID{moved}, data.Values{"stage": stage["Negotiation"]}))
	for day := range 5 {
		b.add(data.KindActivity, data.Values{"type": "visit", "person": b.reps[day%2], "day": a.Today().AddDays(-day - 8), "done": true, "deal": pushed})
	}
	b.add(data.KindTarget, data.Values{"person": b.reps[0], "measure": "visits", "month": data.NewDay(2026, 5, 1), "target": 10.0})
	b.show()
	return b
}

func (b *bench) show() {
	b.Desk = kittest.NewDesk(b.t, b.app, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return review.New(h) })
}

// reopen closes the book and opens it again.
func (b *bench) reopen() {
	b.t.Helper()
	b.must(b.app.Close())
	a, err := app.Open(context.Background(), b.path, b.config())
	b.must(err)
	b.app = a
	b.show()
}

func (b *bench) sees(texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		if !kittest.Shows(b.Root(), text) {
			b.t.Errorf("no %q among %q", text, kittest.Texts(b.Root()))
		}
	}
}

func (b *bench) hides(texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		if kittest.Shows(b.Root(), text) {
			b.t.Errorf("%q is shown", text)
		}
	}
}

func (b *bench) does(text string) {
	b.t.Helper()
	if !b.Do(text) {
		b.t.Fatalf("nothing is called %q", text)
	}
}

func (b *bench) presses(text string) {
	b.t.Helper()
	if !b.Press(text) {
		b.t.Fatalf("no button %q among %q", text, kittest.Texts(b.Root()))
	}
}

// fill types into the n-th field that is visible.
func (b *bench) fill(n int, text string) {
	b.t.Helper()
	fields := kittest.FindAll[interface {
		fyne.Focusable
		fyne.Shortcutable
	}](b.Root())
	if n >= len(fields) {
		b.t.Fatalf("there are %d fields", len(fields))
	}
	b.Window.Canvas().Focus(fields[n])
	b.Shortcut(&fyne.ShortcutSelectAll{})
	b.Type(text)
}

// note types into the field on the screen.
func (b *bench) note(text string) {
	b.t.Helper()
	field, ok := kittest.Find[*kit.NoteEntry](b.Root())
	if !ok {
		b.t.Fatal("there is no field for notes")
	}
	field.SetText(text)
}

// TestAPipelineReview walks through one: the agenda, a decision, an action, the
// next deal, the end, the minutes; and finds all of it in the book opened again.
func TestAPipelineReview(t *testing.T) {
	b := newBench(t, false)
	b.sees("Commit at risk", "Granite Mills", "Close day pushed", "No next step", "Quiet Farms", "Changed", "Alder Labs", "from Proposal", "None was held yet")
	b.hides("Steady Works")
	b.does("Start the review")
	b.sees("Granite Mills", "Commit at risk, close day pushed, large", "1 of 3, 0 spoken of", "Close day")
	b.note("Meet finance before a new day is set.")
	b.does("Next deal")
	b.sees("No next step", "2 of 3, 1 spoken of", "Meet finance before a new day is set.")
	b.presses("Add an action")
	b.sees("Action on Quiet Farms", "Ann Ek")
	b.fill(0, "Call the owner")
	b.presses("Save action")
	b.sees("Call the owner")
	kittest.Golden(t, "review-deal-light", b.Root(), fyne.NewSize(1128, 728))
	b.does("Deal before")
	b.sees("1 of 3, 1 spoken of")
	b.does("Next deal")
	b.does("Next deal")
	b.does("Next deal")
	b.does("End the meeting")
	b.fill(0, "Good week")
	b.presses("End the meeting")
	b.sees("3 of 3, 3 spoken of")
	out := filepath.Join(t.TempDir(), "minutes.pdf")
	meetings, err := b.app.Meetings.List(context.Background(), data.Everyone)
	b.must(err)
	b.must(b.app.Meetings.WriteMinutes(context.Background(), meetings[0].ID, out))
	if paper, err := os.ReadFile(out); err != nil || len(paper) < 2000 || string(paper[:4]) != "%PDF" {
		t.Errorf("the minutes hold %d bytes, %v", len(paper), err)
	}

	b.reopen()
	b.sees("Pipeline review", "Call the owner", "1 open")
	b.Screen.(kit.Opening).Open(kit.Target{Kind: data.KindMeeting, ID: meetings[0].ID})
	b.sees("Meet finance before a new day is set.", "Call the owner")
	b.does("Back to all meetings")
	b.now = b.now.AddDate(0, 0, 8)
	b.show()
	b.does("Start the review")
	b.sees("First, what was agreed last time", "Call the owner")
	if !b.Tap("Call the owner") {
		t.Fatal("the action cannot be chosen")
	}
	b.presses("Done")
	b.sees("0 of 1 still open")
	b.does("Remove the meeting")
	b.presses("Remove")
	if n, err := b.app.Records.Count(context.Background(), data.Query{Kind: data.KindMeeting}); err != nil || n != 1 {
		t.Errorf("%d meetings are left, %v", n, err)
	}
	if _, err := b.app.Journal.Undo(context.Background(), data.NoID); err != nil {
		t.Fatal(err)
	}
	if n, err := b.app.Records.Count(context.Background(), data.Query{Kind: data.KindMeeting}); err != nil || n != 2 {
		t.Errorf("undo leaves %d meetings, %v", n, err)
	}
	if len(b.Failed) > 0 {
		t.Error(b.Failed)
	}
}

// TestAPerformanceDiscussion looks at figures against targets, notes and ends it.
func TestAPerformanceDiscussion(t *testing.T) {
	b := newBench(t, true)
	b.does("Show the performance discussion")
	b.sees("What moves the result", "The result", "Visits", "New pipeline", "50%", "Ann Ek")
	kittest.Golden(t, "review-performance-dark", b.Root(), fyne.NewSize(1128, 728))
	b.does("Start the discussion")
	b.sees("Agreed last time", "Agreed today", "Notes")
	b.note("More visits to mills.")
	b.does("New action")
	b.fill(0, "Plan five visits")
	b.presses("Save action")
	if len(b.Failed) != 1 || data.KindOf(b.Failed[0]) != data.Invalid || !strings.Contains(b.Failed[0].Error(), "say who does it") {
		t.Errorf("an action that nobody does: %v", b.Failed)
	}
	if n, err := b.app.Records.Count(context.Background(), data.Query{Kind: data.KindAction}); err != nil || n != 0 {
		t.Errorf("%d actions are kept, %v", n, err)
	}
	b.does("End the meeting")
	b.presses("End the meeting")
	b.reopen()
	meetings, err := b.app.Meetings.List(context.Background(), data.Everyone)
	b.must(err)
	if len(meetings) != 1 || meetings[0].Text("type") != data.MeetingPerformance || meetings[0].Text("status") != data.MeetingHeld || meetings[0].Text("note") != "More visits to mills." {
		t.Fatalf("meetings: %v", meetings)
	}
	doc, err := b.app.Meetings.Minutes(context.Background(), meetings[0].ID)
	b.must(err)
	if len(doc.Sections) < 2 {
		t.Errorf("the minutes have no figures: %+v", doc.Sections)
	}
}

// TestWithoutDeals says what the screen is for.
func TestWithoutDeals(t *testing.T) {
	kittest.App(t, false)
	cfg := app.Config{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }, Device: "desk"}
	a, err := app.Create(context.Background(), filepath.Join(t.TempDir(), "desk.book"), app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	d := kittest.NewDesk(t, a, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return review.New(h) })
	if !kittest.Shows(d.Root(), "No deals to speak of yet") {
		t.Errorf("shows %q", kittest.Texts(d.Root()))
	}
}
