package shell

import (
	"context"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

func TestToFixLeadsToTheRecordsThatItCounts(t *testing.T) {
	sh := window(t, t.TempDir())
	if err := sh.createBook(kit.Values{"name": "x", "currency": "USD", "fiscal": "1"}, nil); err != nil {
		t.Fatal(err)
	}
	a := book(t, sh)
	for _, v := range []data.Values{{"name": "No day"}, {"name": "With day", "close_day": data.Day(20600)}} {
		stages, err := a.Records.List(t.Context(), data.Query{Kind: data.KindStage, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		v["stage"] = stages[0].ID
		if _, err := a.Records.Add(context.Background(), data.KindDeal, v); err != nil {
			t.Fatal(err)
		}
	}
	items, err := a.ToFix(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var found app.FixItem
	for _, item := range items {
		if item.Name == "open_without_close_day" {
			found = item
		}
	}
	if found.Count != 1 {
		t.Fatalf("to fix: %+v", items)
	}
	sh.session.showToFix(items)
	hand := kittest.Hand{Window: sh.window}
	hand.Type("close day")
	hand.Key("Return")
	if sh.session.current != "pipeline" {
		t.Fatalf("went to %q", sh.session.current)
	}
	mustShow(t, sh, "Open deals without close day")
	mustShow(t, sh, "1 of 1 deals")
}
