package home_test

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// asLead makes the sample's lead the one who looks.
func asLead(t *testing.T, a *app.App) {
	t.Helper()
	rows, err := a.Records.List(context.Background(), data.Query{Kind: data.KindPerson, Where: []data.Filter{{Field: "role", Test: data.Is, Values: []data.Value{data.RoleLead}}}})
	if err != nil || len(rows) == 0 {
		t.Fatal(rows, err)
	}
	if err := a.SetMe(context.Background(), rows[0].ID); err != nil {
		t.Fatal(err)
	}
}

// TestALeadSeesWhatClosesTheGap opens on the goal, follows a figure, a team, a
// stage and a person, reads how the figures are counted, and turns to the team.
func TestALeadSeesWhatClosesTheGap(t *testing.T) {
	kittest.App(t, false)
	a := sample(t)
	asLead(t, a)
	d := desk(t, a, window)
	for _, text := range []string{"Attainment, everyone", "Gap to the goal", "Wins that close it", "From won to the goal", "Where the gap is", "What has to happen", "Save what is at risk", "Help these people"} {
		if !kittest.Shows(d.Root(), text) {
			t.Errorf("no %q among %q", text, kittest.Texts(d.Root()))
		}
	}
	if !d.Tap("Gap to the goal") || len(d.Went) != 1 || len(d.Went[0].Keys) == 0 {
		t.Fatalf("the gap leads to %+v", d.Went)
	}
	all := len(d.Went[0].Keys)
	teams, ok := kittest.Find[*kit.Table](d.Root())
	if !ok || teams.Len() < 2 {
		t.Fatal("no teams")
	}
	d.Window.Canvas().Focus(teams)
	d.Key(fyne.KeyReturn)
	if len(d.Went) != 2 || len(d.Went[1].Keys) == 0 || len(d.Went[1].Keys) >= all {
		t.Errorf("a team leads to %+v", d.Went)
	}
	if !d.Press("Stages") || !kittest.Shows(d.Root(), "Where it is decided") || !kittest.Shows(d.Root(), "Will go by") {
		t.Errorf("no stages among %q", kittest.Texts(d.Root()))
	}
	if !d.Tap("How these are counted") || !strings.Contains(strings.Join(kittest.Texts(d.Root()), " "), "goal less forecast") {
		t.Errorf("not told how it is counted: %q", kittest.Texts(d.Root()))
	}
	d.Key(fyne.KeyEscape)
	d.Press("Close")
	lists := kittest.FindAll[*kit.List](d.Root())
	if len(lists) != 1 {
		t.Fatalf("%d lists", len(lists))
	}
	d.Window.Canvas().Focus(lists[0])
	d.Key(fyne.KeyEnd)
	d.Key(fyne.KeyReturn)
	if last := d.Went[len(d.Went)-1]; last.Screen != "coaching" || last.Kind != data.KindPerson {
		t.Errorf("who is to be helped leads to %+v", last)
	}
	if !d.Press("Print") && !d.Tap("Print") {
		t.Fatal("the page cannot be printed")
	}
	if last := d.Went[len(d.Went)-1]; last.Screen != "reports" || last.Report != app.ReportGoal {
		t.Errorf("printing leads to %+v", last)
	}
	if !d.Do("Show the team") || !kittest.Shows(d.Root(), "Team against quota") {
		t.Error("the team is not shown")
	}
	if len(d.Failed) > 0 {
		t.Error(d.Failed)
	}
}

func TestGoalPictures(t *testing.T) {
	for _, dark := range []bool{false, true} {
		kittest.App(t, dark)
		a := sample(t)
		asLead(t, a)
		d := desk(t, a, window)
		name := map[bool]string{false: "light", true: "dark"}[dark]
		kittest.Golden(t, "goal-"+name, d.Screen.Content(), window)
		d.Picture(t, "goal-large-"+name, fyne.NewSize(1768, 1008))
		if w := d.Screen.Content().MinSize().Width; w > 847 {
			t.Errorf("the page wants %v", w)
		}
		if dark {
			continue
		}
		d.Press("Stages")
		d.Picture(t, "goal-stages", window)
		v := d.Host.View()
		v.Period = a.Book().Calendar.YearOf(a.Today())
		d.Host.SetView(v)
		d.Picture(t, "goal-year", window)
		v.Period = data.AllTime
		d.Host.SetView(v)
		d.Picture(t, "goal-all-time", window)
	}
}
