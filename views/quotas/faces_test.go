package quotas

import (
	"context"
	"strings"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// do runs a command of the screen by its words.
func (b *bench) do(s *Screen, text string) {
	b.t.Helper()
	for _, a := range s.Commands() {
		if a.Text == text {
			a.Do()
			return
		}
	}
	b.t.Fatalf("no command %q", text)
}

// TestRampLeaveAndSignature puts somebody on a ramp by the form, signs, raises the
// quota, takes the ramp away, and finds all of it again after the book was closed.
func TestRampLeaveAndSignature(t *testing.T) {
	ctx := context.Background()
	b := newBench(t, false)
	b.planned()
	s := b.show()
	b.do(s, "Ramp, leave and signatures")
	if !kittest.Shows(b.Root(), "What stands on each quota") || !kittest.Shows(b.Root(), "not signed") {
		t.Fatalf("%q", kittest.Texts(b.Root()))
	}
	must(t, b.app.SetMe(ctx, b.ids["Ben Okafor"]))
	b.do(s, "New ramp profile")
	b.Type("Slow")
	b.Window.Canvas().FocusNext()
	b.Type("0; 50")
	b.Press("Save")
	profiles, err := b.app.Records.List(ctx, data.Query{Kind: data.KindRampProfile})
	must(t, err)
	if len(profiles) != 1 || profiles[0].Text("shares") != "0; 50" {
		t.Fatalf("profiles %v, failed %v, shown %q", profiles, b.Failed, kittest.Texts(b.Root()))
	}
	ramp, err := b.app.Records.Add(ctx, data.KindRamp, data.Values{"person": b.ids["Ben Okafor"], "profile": profiles[0].ID, "start_day": data.NewDay(2026, 3, 1)})
	must(t, err)
	s.Reload(s.host.View())
	b.do(s, "Sign my quota for 2026")
	signed := func() app.QuotaTerm {
		terms, err := b.app.Quotas.Terms(ctx, thisYear, b.app.Today(), data.Scope{Person: b.ids["Ben Okafor"]})
		must(t, err)
		return terms.People[0]
	}
	before := signed()
	if before.Signed == nil || before.Effective >= before.Set || before.Differs {
		t.Fatalf("%+v, failed %v", before, b.Failed)
	}
	if !strings.Contains(strings.Join(kittest.Texts(b.Root()), "|"), "signed for") || !kittest.Shows(b.Root(), "Slow from Mar 1") {
		t.Fatalf("%q", kittest.Texts(b.Root()))
	}
	must(t, b.app.Records.Remove(ctx, data.KindRamp, []data.ID{ramp}))
	if after := signed(); !after.Differs || after.SignedFor != before.Effective {
		t.Fatalf("%+v", after)
	}
	must(t, b.app.Close())
	b.app, err = app.Open(ctx, b.path, config)
	must(t, err)
	if again := signed(); again.Signed == nil || !again.Differs {
		t.Fatalf("after opening again %+v", again)
	}
}

func TestStressFaceSaysThatHistoryIsShort(t *testing.T) {
	b := newBench(t, false)
	b.planned()
	s := b.show()
	s.turn(faceStress)
	if !b.Press("Try the quotas") {
		t.Fatalf("%q", kittest.Texts(b.Root()))
	}
	if !kittest.Shows(b.Root(), "Too little history to tell: it takes 30 closed deals") {
		t.Fatalf("%q", kittest.Texts(b.Root()))
	}
}

// TestStressFace tries the quotas of the sample company.
func TestStressFace(t *testing.T) {
	kittest.App(t, false)
	b := &bench{t: t}
	a, err := app.Create(context.Background(), t.TempDir()+"/s.book", app.NewBook{Name: "S", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, config)
	must(t, err)
	b.app = a
	t.Cleanup(func() { must(t, a.Close()) })
	must(t, a.Sample(context.Background(), app.SampleOptions{Seed: 1}, func(int64, int64) {}))
	s := b.show()
	var _ kit.Screen = s
	s.turn(faceStress)
	b.Press("Try the quotas")
	shown := strings.Join(kittest.Texts(b.Root()), "|")
	if !strings.Contains(shown, "of 100 cases") || !strings.Contains(shown, "→") || !strings.Contains(shown, "Together") {
		t.Fatalf("%q", shown)
	}
}
