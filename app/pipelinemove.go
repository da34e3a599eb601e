package app

import (
	"context"
	"fmt"

	"fieldbook/data"
	"fieldbook/data/store"
)

// MoveDeal says where a deal goes.
type MoveDeal struct {
	Deal       data.ID
	Stage      data.ID
	Day        data.Day    // into won or lost: the close day; 0 or NoDay is today
	LossReason string      // into lost: needed
	Competitor string      // who won it, where that is known
	Amount     *data.Money // into won: what it was won for, where that changed
	WinReason  string
	Evidence   string      // of the outcome
	Values     data.Values // further fields that are filled in with the move
	Passage
}

// MoveDeal moves a deal to a stage in one step for undo. Won and lost set the
// close day; back to an open stage clears the loss reason. It is Invalid
// without a reason for a loss, NotFound where deal or stage is gone, a GateError
// where criteria are missing.
func (p *Pipeline) MoveDeal(ctx context.Context, m MoveDeal) error {
	return p.MoveDeals(ctx, []data.ID{m.Deal}, m)
}

// MoveDeals moves several deals as MoveDeal does one, all or none, in one step.
func (p *Pipeline) MoveDeals(ctx context.Context, deals []data.ID, m MoveDeal) error {
	stage, err := p.app.store.Get(ctx, data.KindStage, m.Stage)
	if err != nil {
		return err
	}
	values, err := p.moveValues(stage, m)
	if err != nil {
		return err
	}
	whose, err := p.name(ctx, deals)
	if err != nil {
		return err
	}
	return p.change(ctx, dealChange{fmt.Sprintf("Move %s to %s", whose, stage.Title()), deals, values, m.Passage})
}

func (p *Pipeline) moveValues(stage data.Row, m MoveDeal) (data.Values, error) {
	values := data.Values{}
	for name, v := range m.Values {
		values[name] = v
	}
	values["stage"], values["loss_reason"] = stage.ID, nil
	day := m.Day
	if day == 0 || !day.Valid() {
		day = p.app.Today()
	}
	switch stage.Text("type") {
	case data.StageWon:
		values["close_day"] = day
		setText(values, "win_reason", m.WinReason)
		setText(values, "competitor", m.Competitor)
		setText(values, "evidence", m.Evidence)
		if m.Amount != nil {
			values["amount"], values["currency"] = m.Amount.Minor, string(m.Amount.Currency)
		}
	case data.StageLost:
		if m.LossReason == "" {
			return nil, data.FieldErrorf("loss_reason", "say why it was lost; win and loss figures are counted by reason")
		}
		values["close_day"], values["loss_reason"] = day, m.LossReason
		setText(values, "competitor", m.Competitor)
		setText(values, "evidence", m.Evidence)
	}
	return values, nil
}

// setText sets a field where there is something to say.
func setText(values data.Values, name, text string) {
	if text != "" {
		values[name] = text
	}
}

// SetDeals changes fields of deals in one step for undo, named by what changes:
// "Change owner of 6 deals".
func (p *Pipeline) SetDeals(ctx context.Context, deals []data.ID, values data.Values) error {
	whose, err := p.name(ctx, deals)
	if err != nil {
		return err
	}
	return p.change(ctx, dealChange{what: fmt.Sprintf("Change %s of %s", p.fieldWords(values), whose), deals: deals, values: values})
}

// fieldWords names the one thing that changes, else "fields".
func (p *Pipeline) fieldWords(values data.Values) string {
	k, err := p.app.store.Kind(data.KindDeal)
	if err != nil {
		return "fields"
	}
	cells, word := map[string]bool{}, "fields"
	for _, f := range k.Fields {
		if _, ok := values[f.Name]; ok && !cells[f.Cell] {
			cells[f.Cell] = true
			word = lowerFirst(f.Label)
		}
	}
	if len(cells) != 1 {
		return "fields"
	}
	return word
}

// dealChange is one change of several deals.
type dealChange struct {
	what   string
	deals  []data.ID
	values data.Values
	with   Passage
}

func (p *Pipeline) change(ctx context.Context, c dealChange) error {
	k, err := p.app.store.Kind(data.KindDeal)
	if err != nil {
		return err
	}
	return p.app.write(ctx, store.Act{What: c.what}, func(tx *store.Tx) error {
		gates, err := p.app.gatekeeper(ctx, tx, c.deals, c.values)
		if err != nil {
			return err
		}
		if err := p.app.bring(ctx, tx, c.deals, c.with); err != nil {
			return err
		}
		for _, id := range c.deals {
			if err := p.app.check(tx, k, id, c.values); err != nil {
				return err
			}
			if err := putExisting(tx, k, id, c.values); err != nil {
				return err
			}
		}
		return gates.pass(ctx, c.with)
	})
}

// RemoveDeals deletes deals in one step for undo; their activities stay.
func (p *Pipeline) RemoveDeals(ctx context.Context, deals []data.ID) error {
	whose, err := p.name(ctx, deals)
	if err != nil {
		return err
	}
	return p.app.write(ctx, store.Act{What: "Remove " + whose}, func(tx *store.Tx) error {
		for _, id := range deals {
			if err := tx.Delete(data.KindDeal, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// name words deals for an act: "Rangreen", "12 deals".
func (p *Pipeline) name(ctx context.Context, deals []data.ID) (string, error) {
	switch len(deals) {
	case 0:
		return "", data.Errorf(data.Invalid, "no deal was chosen; nothing was changed")
	case 1:
		row, err := p.app.store.Get(ctx, data.KindDeal, deals[0])
		return DealName(row), err
	}
	return fmt.Sprintf("%d deals", len(deals)), nil
}

// DealName is what people call a deal: its account, else its own name, else
// its external id.
func DealName(row data.Row) string {
	for _, s := range []string{row.Labels["account"], row.Text("name"), row.Text("external_id"), row.Labels["product"]} {
		if s != "" {
			return s
		}
	}
	return "a deal"
}
