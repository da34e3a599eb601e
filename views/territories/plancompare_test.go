package territories_test

import (
	"context"
	"strings"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// TestPlansAreComparedWithEachOther shows what a draft changes against what is in
// force, and then against the draft that it is a copy of: nothing.
func TestPlansAreComparedWithEachOther(t *testing.T) {
	d := newDrive(t)
	d.company()
	ctx := context.Background()
	first, err := d.app.Plans.Create(ctx, app.NewPlan{Name: "One", Frame: "NO", Level: "state", Mix: app.ParseMix("accounts"), Tolerance: 10})
	d.must(err)
	book, err := d.app.Plans.Book(ctx, first)
	d.must(err)
	alder := d.row(data.KindAccount, "Alder Marine").ID
	var to data.ID // somebody else's than today
	for _, territory := range book.Plan.Territories {
		if territory.Name == "Inland" {
			to = territory.ID
		}
	}
	_, err = d.app.Plans.Give(ctx, app.Giving{Plan: first, Accounts: []data.ID{alder}, Territory: to})
	d.must(err)
	second, err := d.app.Plans.Copy(ctx, first, "Two")
	d.must(err)
	d.show()
	d.screen.Open(kitPlan(second))
	for _, c := range d.screen.Commands() {
		if c.Text == "Compare with what is in force or another plan" {
			c.Do()
		}
	}
	d.must(d.failed)
	says := func(what string) {
		t.Helper()
		if text := strings.Join(kittest.Texts(d.overlay()), "\n"); !strings.Contains(text, what) {
			t.Errorf("no %q in %s", what, text)
		}
	}
	says("What Two changes")
	says("1 of 5 accounts get another owner")
	against := func(plan string) {
		t.Helper()
		picker, ok := kittest.Find[*kit.Picker](d.overlay())
		if !ok {
			t.Fatal("there is nothing to choose another plan with")
		}
		picker.Open()
		at, ok := kittest.At(d.overlay(), plan)
		if !ok {
			t.Fatalf("no %q among %q", plan, kittest.Texts(d.overlay()))
		}
		d.hand.Click(at)
		d.must(d.failed)
	}
	against("One")
	says("Compared with")
	says("0 of 5 accounts get another owner")
	against("In force")
	says("1 of 5 accounts get another owner")
}
