package shell

import (
	"testing"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

func TestTitleRowLeavesRoomInANarrowWindow(t *testing.T) {
	sh := window(t, t.TempDir())
	if err := sh.createBook(kit.Values{"name": "x", "currency": "USD", "fiscal": "1"}, nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range Screens() {
		sh.session.show(name)
		if wide := sh.session.frame.title.MinSize().Width; wide > 848 {
			t.Errorf("%s: the title row needs %v of the 848 beside the rail in a window of 1000", name, wide)
		}
	}
}

func TestTitleRowLeavesRoomBesideARevenuePlan(t *testing.T) {
	sh := window(t, t.TempDir())
	if err := sh.createBook(kit.Values{"name": "x", "currency": "USD", "fiscal": "1"}, nil); err != nil {
		t.Fatal(err)
	}
	a := book(t, sh)
	sh.session.show("quotas")
	quotas := sh.session.screens["quotas"]
	for _, c := range quotas.(kit.Commanding).Commands() {
		if c.Text == "Revenue plan" {
			c.Do()
		}
	}
	if _, err := a.Revenue.Add(t.Context(), app.NewRevenue{Name: "Steady growth in all regions", Year: a.Book().Calendar.YearOf(a.Today()), Total: 400_000_000}); err != nil {
		t.Fatal(err)
	}
	quotas.Reload(sh.session.view)
	if !kittest.Shows(sh.window.Content(), "Steady growth in all regions") {
		t.Fatalf("shows %q", kittest.Texts(sh.window.Content()))
	}
	if wide := sh.session.frame.title.MinSize().Width; wide > 848 {
		t.Errorf("the title row needs %v of the 848 beside the rail in a window of 1000", wide)
	}
}

func TestRailStepsBackFromARecord(t *testing.T) {
	sh := window(t, t.TempDir())
	if err := sh.createBook(kit.Values{"name": "x", "currency": "USD", "fiscal": "1"}, nil); err != nil {
		t.Fatal(err)
	}
	stages, err := book(t, sh).Records.List(t.Context(), data.Query{Kind: data.KindStage, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	id, err := book(t, sh).Records.Add(t.Context(), data.KindDeal, data.Values{"name": "Harbour cranes", "stage": stages[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	sh.session.open(kit.Target{Screen: "pipeline", Kind: data.KindDeal, ID: id})
	crumbs := func() []kit.Crumb { return sh.session.screens["pipeline"].(kit.Titled).Crumbs() }
	if len(crumbs()) != 2 {
		t.Fatalf("the deal stands at %v", crumbs())
	}
	sh.session.enter("pipeline")
	if len(crumbs()) != 0 {
		t.Errorf("the rail left the deal open: %v", crumbs())
	}
}
