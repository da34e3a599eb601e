package pipeline

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// golden compares one face of a stocked book with its picture.
func golden(t *testing.T, name string, dark bool, face func(d *desk, ids map[string]data.ID)) {
	t.Helper()
	kittest.App(t, dark)
	a, path, ids := stocked(t)
	d := sit(t, a, path, fyne.NewSize(deskWide, 520))
	defer d.leave()
	face(d, ids)
	kittest.GoldenImage(t, name, d.hand.Window.Canvas().Capture())
}

func TestBoardGolden(t *testing.T) {
	golden(t, "board-light", false, func(d *desk, _ map[string]data.ID) {
		d.screen.board.board.Select(d.screen.board.cards.Card(3, 0).Key)
	})
}

func TestTableGolden(t *testing.T) {
	golden(t, "table-dark", true, func(d *desk, _ map[string]data.ID) {
		d.screen.Open(kit.Target{Query: &data.Query{}, Title: "Deals of this quarter"})
		d.screen.table.table.Select(1)
	})
}

func TestDealGolden(t *testing.T) {
	golden(t, "deal-light", false, func(d *desk, ids map[string]data.ID) {
		ctx := context.Background()
		id := ids["Northwind"]
		add(d.T, d.app, data.KindContact, data.Values{
			"name": "Ana Batista", "title": "Finance director", "influence": "economic buyer",
			"account": d.screen.board.cards.deals[2][0].Ref("account"),
		})
		err := d.app.Pipeline.LogActivity(ctx, app.LogActivity{Deal: id, Type: "call", Subject: "Asked about the budget", Minutes: 12, Note: "Open until June."})
		if err != nil {
			d.Fatal(err)
		}
		if err := d.app.Pipeline.SetDeals(ctx, []data.ID{id}, data.Values{"close_day": d.app.Today() + 30}); err != nil {
			d.Fatal(err)
		}
		d.screen.Open(kit.Target{Kind: data.KindDeal, ID: id})
	})
}
