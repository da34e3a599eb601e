package pipeline

import (
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/data"
	"fieldbook/views/kit/kittest"
)

// TestLossOffersWhatIsKnown marks deals as lost: competitors of the book and
// reasons given before are offered, and another text can be typed.
func TestLossOffersWhatIsKnown(t *testing.T) {
	kittest.App(t, false)
	a, path := newBook(t)
	stages, err := a.Pipeline.Stages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	add(t, a, data.KindCompetitor, data.Values{"name": "Brix"})
	add(t, a, data.KindCompetitor, data.Values{"name": "Crown"})
	for _, name := range []string{"Northwind", "Southwind"} {
		add(t, a, data.KindDeal, data.Values{"name": name, "stage": stages[0].ID})
	}
	d := sit(t, a, path, fyne.NewSize(deskWide, deskHigh))
	defer d.leave()

	lose := func(name string, choose func()) data.Row {
		t.Helper()
		d.hand.Drag(d.at(name), d.at("Lost").AddXY(0, 100))
		d.sees(name + " is lost")
		choose()
		d.press("Mark as lost")
		rows, err := a.Records.List(t.Context(), data.Query{Kind: data.KindDeal, Where: []data.Filter{{Field: "name", Test: data.Is, Values: []data.Value{name}}}})
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		return rows[0]
	}
	first := lose("Northwind", func() {
		typeInto(d, "Why was it lost?", "Too dear for them")
		d.hand.Click(d.at("Who won it?").AddXY(0, 24))
		d.hand.Key(fyne.KeyDown)
		d.sees("Brix")
		d.hand.Type("cro")
		d.hand.Key(fyne.KeyReturn)
	})
	if first.Text("loss_reason") != "Too dear for them" || first.Text("competitor") != "Crown" {
		t.Errorf("chosen from the list: %v", first.Values)
	}
	second := lose("Southwind", func() {
		d.hand.Key(fyne.KeyDown)
		d.sees("Too dear for them")
		d.hand.Key(fyne.KeyReturn)
		typeInto(d, "Who won it?", "Somebody new")
	})
	if second.Text("loss_reason") != "Too dear for them" || second.Text("competitor") != "Somebody new" {
		t.Errorf("a reason given before, and a name of no competitor: %v", second.Values)
	}
	if len(d.failed) > 0 {
		t.Error(d.failed)
	}
}
