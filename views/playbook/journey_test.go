package playbook

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

func config() app.Config {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	return app.Config{Now: func() time.Time { now = now.Add(time.Second); return now }, Device: "test"}
}

func sit(t *testing.T, a *app.App) *kittest.Desk {
	t.Helper()
	return kittest.NewDesk(t, a, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return New(h) })
}

func sees(t *testing.T, d *kittest.Desk, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !kittest.Shows(d.Root(), text) {
			t.Fatalf("%q is not to be seen; there is %q", text, kittest.Texts(d.Root()))
		}
	}
}

func count(t *testing.T, a *app.App, kind string) int {
	t.Helper()
	n, err := a.Records.Count(context.Background(), data.Query{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestJourney fills a playbook: a criterion, a framework to begin with and a
// sequence of one's own; it changes and removes, and all is there again when
// the book is opened.
func TestJourney(t *testing.T) {
	kittest.App(t, false)
	path := filepath.Join(t.TempDir(), "a.book")
	a, err := app.Create(t.Context(), path, app.NewBook{Name: "Test", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Mel Marsh", Role: data.RoleManager}, config())
	if err != nil {
		t.Fatal(err)
	}
	d := sit(t, a)
	s := d.Screen.(*Screen)
	sees(t, d, "Prospecting", "Prospecting asks for nothing", "Nothing to change")

	d.Do("Add criterion")
	d.Type("Need confirmed")
	d.Press("Save")
	sees(t, d, "Need confirmed", "To go on from Prospecting", "0 in, 1 out")

	s.turn(faceFrameworks)
	if !d.Press("Begin with MEDDICC") {
		t.Fatalf("nothing to begin with among %q", kittest.Texts(d.Root()))
	}
	sees(t, d, "MEDDICC", "Economic buyer", "7 elements")
	if !d.Press("Begin with BANT") {
		t.Fatal("a second framework cannot be begun")
	}

	s.turn(faceSequences)
	d.Do("New sequence")
	d.Type("After the quote")
	d.Press("Save")
	sees(t, d, "After the quote", "Nothing in it yet")
	s.editPart(s.wholes()[0], nil)
	sees(t, d, "Days after the start")
	d.Key(fyne.KeyEscape)

	s.turn(faceStalls)
	sees(t, d, "No open deals")
	s.turn(faceOverrides)
	sees(t, d, "No gate was overridden")
	if len(d.Failed) > 0 {
		t.Fatal(d.Failed)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}

	again, err := app.Open(t.Context(), path, config())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	}()
	if count(t, again, data.KindCriterion) != 1 || count(t, again, data.KindFramework) != 2 || count(t, again, data.KindFrameworkElement) != 11 || count(t, again, data.KindSequence) != 1 {
		t.Error("not all is there again")
	}
}

// TestSampleShowsEveryFace draws each face of the sample company.
func TestSampleShowsEveryFace(t *testing.T) {
	kittest.App(t, false)
	path := filepath.Join(t.TempDir(), "a.book")
	a, err := app.Create(t.Context(), path, app.NewBook{Name: "Test", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := a.Sample(t.Context(), app.SampleOptions{Deals: 600, Seed: 1}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	d := sit(t, a)
	s := d.Screen.(*Screen)
	for f, want := range map[face]string{
		faceStages: "Need confirmed by the customer", faceFrameworks: "Authority", faceGuides: "First visit", faceSequences: "After the quote",
		faceStalls: "Missing to go on", faceOverrides: "By criterion",
	} {
		s.turn(f)
		if f == faceStages {
			s.stage = s.book.Stages[1].ID
			s.draw()
		}
		sees(t, d, want)
	}
}
