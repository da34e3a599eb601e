package pipeline

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/data"
	"fieldbook/views/kit/kittest"
)

// TestGateRefusesAndLetsThrough drags a deal past a gate: refused with what is
// missing, let through once it is ticked in place, and another by a reason.
func TestGateRefusesAndLetsThrough(t *testing.T) {
	kittest.App(t, false)
	a, path := newBook(t)
	ctx := context.Background()
	stages, err := a.Pipeline.Stages(ctx)
	if err != nil {
		t.Fatal(err)
	}
	add(t, a, data.KindCriterion, data.Values{"stage": stages[0].ID, "gate": data.GateExit, "name": "Need confirmed", "type": data.CriterionChecklist})
	add(t, a, data.KindCriterion, data.Values{"stage": stages[1].ID, "gate": data.GateEntry, "name": "Source known", "type": data.CriterionField, "field": "source"})
	add(t, a, data.KindDeal, data.Values{"name": "Northwind", "stage": stages[0].ID})
	d := sit(t, a, path, fyne.NewSize(deskWide, deskHigh))
	defer d.leave()

	d.hand.Drag(d.at("Northwind"), d.at("Qualification").AddXY(0, 200))
	d.sees("Northwind lacks something to go to Qualification")
	d.hand.Type(" ") // ticks the first field, which has the keyboard
	d.press("Move to Qualification")
	d.sees("Tick or fill in what is missing, or say why it goes on without")
	if got := d.only().Labels["stage"]; got != "Prospecting" {
		t.Fatalf("moved to %s past the gate", got)
	}
	typeInto(d, "Source", "Fair")
	d.press("Move to Qualification")
	if deal := d.only(); deal.Labels["stage"] != "Qualification" || deal.Text("source") != "Fair" {
		t.Fatalf("after ticking and filling in: %v %v", deal.Labels, deal.Values)
	}
	if n, err := a.Records.Count(ctx, data.Query{Kind: data.KindGateOverride}); err != nil || n != 0 {
		t.Errorf("%d overrides, %v", n, err)
	}

	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	d.hand.Drag(d.at("Northwind"), d.at("Qualification").AddXY(0, 200))
	typeInto(d, "Or why it goes on without", "They called us")
	d.press("Move to Qualification")
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindGateOverride})
	if err != nil || len(rows) != 1 || rows[0].Text("reason") != "They called us" || d.only().Labels["stage"] != "Qualification" {
		t.Fatalf("%v %v", rows, err)
	}
	if len(d.failed) > 0 {
		t.Error(d.failed)
	}
}

// TestACardSaysWhatIsMissingWhileItIsDragged: over a column with a gate, and not
// over one without.
func TestACardSaysWhatIsMissingWhileItIsDragged(t *testing.T) {
	kittest.App(t, false)
	a, path := newBook(t)
	stages, err := a.Pipeline.Stages(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	add(t, a, data.KindCriterion, data.Values{"stage": stages[0].ID, "gate": data.GateExit, "name": "Need confirmed", "type": data.CriterionChecklist})
	add(t, a, data.KindCriterion, data.Values{"stage": stages[1].ID, "gate": data.GateEntry, "name": "Amount known", "type": data.CriterionField, "field": "amount"})
	add(t, a, data.KindDeal, data.Values{"name": "Northwind", "stage": stages[0].ID, "amount": int64(100), "currency": "USD"})
	d := sit(t, a, path, fyne.NewSize(deskWide, deskHigh))
	defer d.leave()
	f := d.screen.board
	f.board.FocusGained()
	key := f.board.Selected()
	hint := f.hint(key, stages[1].ID.String())
	if hint == nil || hint.Badge != "1 of 2" || len(hint.Checks) != 2 || hint.Checks[0].Met || !hint.Checks[1].Met {
		t.Fatalf("over Qualification: %+v", hint)
	}
	if back := f.hint(key, stages[0].ID.String()); back != nil {
		t.Errorf("over its own: %+v", back)
	}
}
