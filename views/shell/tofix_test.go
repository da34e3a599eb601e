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

func TestToFixLeadsToDuplicates(t *testing.T) {
	sh := window(t, t.TempDir())
	if err := sh.createBook(kit.Values{"name": "x", "currency": "USD", "fiscal": "1"}, nil); err != nil {
		t.Fatal(err)
	}
	a := book(t, sh)
	twins := func() int {
		items, err := a.ToFix(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			if item.Name == "duplicates" {
				return item.Count
			}
		}
		return 0
	}
	if n := twins(); n != 0 {
		t.Fatalf("%d duplicates in an empty book", n)
	}
	for _, name := range []string{"Northgate Mills", "Northgate Mills Ltd."} {
		if _, err := a.Records.Add(t.Context(), data.KindAccount, data.Values{"name": name, "website": "northgate.example"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := twins(); n != 1 {
		t.Fatalf("%d duplicates", n)
	}
	items, err := a.ToFix(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sh.session.showToFix(items)
	hand := kittest.Hand{Window: sh.window}
	hand.Type("twice")
	hand.Key("Return")
	if sh.session.current != "settings" {
		t.Fatalf("went to %q", sh.session.current)
	}
	mustShow(t, sh, "1 group")
}
