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

// TestJourney is a deal's life through the screen: entered with a new account,
// dragged, lost with a reason, taken back, brought again, edited, worked on, and
// still there when the book is opened again.
func TestJourney(t *testing.T) {
	kittest.App(t, false)
	a, path := newBook(t)
	add(t, a, data.KindProduct, data.Values{"name": "Pump", "price": int64(480000), "currency": "USD"})
	d := sit(t, a, path, fyne.NewSize(deskWide, deskHigh))
	d.sees("No deals yet")

	d.press("New deal")
	pickNew(d, "Northwind")
	pickExisting(d, 1, "Pump")
	d.press("Save deal")
	deal := d.only()
	if deal.Labels["account"] != "Northwind" || deal.Labels["product"] != "Pump" || deal.Labels["stage"] != "Prospecting" || deal.Labels["owner"] != "Mel Marsh" {
		t.Fatalf("saved as %v %v", deal.Values, deal.Labels)
	}
	d.sees("Northwind")
	d.sees("4,800")

	proposal := d.at("Proposal")
	d.hand.Drag(d.at("Northwind"), proposal.AddXY(0, 200))
	if got := d.only().Labels["stage"]; got != "Proposal" {
		t.Fatalf("dragged to %s", got)
	}

	d.hand.Drag(d.at("Northwind"), d.at("Lost").AddXY(0, 100))
	d.sees("Northwind is lost")
	d.press("Mark as lost")
	d.sees("Fill this in")
	d.hand.Type("Price")
	d.press("Mark as lost")
	deal = d.only()
	if deal.Labels["stage"] != "Lost" || deal.Text("loss_reason") != "Price" || deal.Day("close_day") != a.Today() {
		t.Fatalf("lost as %v", deal.Values)
	}

	ctx := context.Background()
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if got := d.only(); got.Labels["stage"] != "Proposal" || got.Has("loss_reason") {
		t.Fatalf("undone to %v", got.Values)
	}
	d.sees("Northwind")
	if _, err := a.Journal.Redo(ctx); err != nil {
		t.Fatal(err)
	}
	if got := d.only(); got.Labels["stage"] != "Lost" {
		t.Fatalf("redone to %s", got.Labels["stage"])
	}
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	workOnDeal(d)
	d.leave()

	again, err := app.Open(ctx, path, config())
	if err != nil {
		t.Fatal(err)
	}
	d = sit(t, again, path, fyne.NewSize(deskWide, deskHigh))
	defer d.leave()
	d.sees("Northwind")
	if got := d.only(); got.Text("next_step") != "Send the offer" || got.Labels["stage"] != "Proposal" {
		t.Fatalf("opened again: %v", got.Values)
	}
	if len(d.failed) > 0 {
		t.Error(d.failed)
	}
}

// workOnDeal edits the deal on its page and logs what was done.
func workOnDeal(d *desk) {
	d.Helper()
	d.hand.DoubleClick(d.at("Northwind"))
	d.sees("Stage path")
	d.screen.editChosen()
	typeInto(d, "Next step", "Send the offer")
	d.press("Save deal")
	if got := d.only().Text("next_step"); got != "Send the offer" {
		d.Fatalf("next step is %q", got)
	}
	d.sees("Send the offer")
	d.screen.Primary().Do()
	typeInto(d, "Subject", "Asked about the budget")
	d.press("Log activity")
	d.sees("Asked about the budget")
}

// typeInto writes into the field of a form with a label.
func typeInto(d *desk, label, text string) {
	d.Helper()
	at := d.at(label)
	d.hand.Click(at.AddXY(0, 24))
	d.hand.Type(text)
}

// pickNew makes a new account in the first field of the form.
func pickNew(d *desk, name string) {
	d.Helper()
	kittest.FindAll[*kit.Picker](d.content())[0].Open()
	d.hand.Type(name)
	d.hand.Key(fyne.KeyReturn)
}

// pickExisting chooses what is called name in the n-th picker of the form.
func pickExisting(d *desk, n int, name string) {
	d.Helper()
	kittest.FindAll[*kit.Picker](d.content())[n].Open()
	d.hand.Type(name)
	d.hand.Key(fyne.KeyReturn)
}
