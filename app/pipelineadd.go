package app

import (
	"context"
	"fmt"
	"strings"

	"fieldbook/data"
	"fieldbook/data/store"
)

// SaveDeal is a deal as a form gives it.
type SaveDeal struct {
	Deal    data.ID // NoID makes a new one
	Values  data.Values
	Account string // the name of an account to make, in place of one in Values
	Passage
}

// SaveDeal makes or changes a deal, and the account it is with where that is
// new, in one step for undo. A new deal without a stage stands in the first
// open one, belongs to the person who uses the book where it has no owner, and
// was created today. It is Invalid where a value does not fit, a GateError where
// its stage asks for what it lacks.
func (p *Pipeline) SaveDeal(ctx context.Context, s SaveDeal) (data.ID, error) {
	values := data.Values{}
	for name, v := range s.Values {
		values[name] = v
	}
	what := "Add deal"
	if s.Deal.IsZero() {
		s.Deal = data.NewID()
		if err := p.defaults(ctx, values); err != nil {
			return data.NoID, err
		}
	} else {
		what = "Change deal"
	}
	name, err := p.savedName(ctx, s)
	if err != nil {
		return data.NoID, err
	}
	if name != "" {
		what += " " + name
	}
	k, err := p.app.store.Kind(data.KindDeal)
	if err != nil {
		return data.NoID, err
	}
	err = p.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		if account := strings.TrimSpace(s.Account); account != "" {
			id := data.NewID()
			if _, err := tx.Put(data.KindAccount, id, data.Values{"name": account}); err != nil {
				return err
			}
			values["account"] = id
		}
		if err := p.app.check(tx, k, s.Deal, values); err != nil {
			return err
		}
		gates, err := p.app.gatekeeper(ctx, tx, []data.ID{s.Deal}, values)
		if err != nil {
			return err
		}
		if _, err := tx.Put(data.KindDeal, s.Deal, values); err != nil {
			return err
		}
		if err := p.app.bring(ctx, tx, []data.ID{s.Deal}, s.Passage); err != nil {
			return err
		}
		return gates.pass(ctx, s.Passage)
	})
	return s.Deal, err
}

// defaults fills what a new deal always has.
func (p *Pipeline) defaults(ctx context.Context, values data.Values) error {
	if values["created_day"] == nil {
		values["created_day"] = p.app.Today()
	}
	if values["stage"] == nil {
		stages, err := p.Stages(ctx)
		if err != nil {
			return err
		}
		for _, s := range stages {
			if s.Type == data.StageOpen {
				values["stage"] = s.ID
				break
			}
		}
	}
	if values["owner"] == nil {
		me, err := p.app.Me(ctx)
		if err != nil {
			return err
		}
		if !me.ID.IsZero() {
			values["owner"] = me.ID
		}
	}
	return nil
}

func (p *Pipeline) savedName(ctx context.Context, s SaveDeal) (string, error) {
	if s.Account != "" {
		return strings.TrimSpace(s.Account), nil
	}
	if id, ok := s.Values["account"].(data.ID); ok && !id.IsZero() {
		row, err := p.app.store.Get(ctx, data.KindAccount, id)
		return row.Title(), err
	}
	if row, err := p.app.store.Get(ctx, data.KindDeal, s.Deal); err == nil {
		return DealName(row), nil
	}
	name, _ := s.Values["name"].(string)
	return name, nil
}

// LogActivity is something done, or planned, for a deal.
type LogActivity struct {
	Deal    data.ID
	Type    string // as the schema lists them: "call", "email", …
	Subject string
	Day     data.Day // 0 or NoDay is today
	Minutes int64    // 0 is not told
	Contact data.ID
	Note    string

	FinishStep bool     // it was the deal's next step, which is taken off
	Next       string   // with FinishStep: the step after it, if any
	NextDay    data.Day // with Next
}

// LogActivity enters an activity of a deal, done by the person who uses the
// book, in one step for undo with what becomes of the deal's next step.
func (p *Pipeline) LogActivity(ctx context.Context, l LogActivity) error {
	deal, err := p.app.store.Get(ctx, data.KindDeal, l.Deal)
	if err != nil {
		return err
	}
	values, err := p.activityValues(ctx, deal, l)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("Log %s with %s", activityWord(l.Type), DealName(deal))
	if l.FinishStep {
		what = fmt.Sprintf("Finish %s for %s", lowerFirst(l.Subject), DealName(deal))
	}
	k, err := p.app.store.Kind(data.KindActivity)
	if err != nil {
		return err
	}
	return p.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		id := data.NewID()
		if err := p.app.check(tx, k, id, values); err != nil {
			return err
		}
		if _, err := tx.Put(data.KindActivity, id, values); err != nil {
			return err
		}
		if !l.FinishStep {
			return nil
		}
		_, err := tx.Put(data.KindDeal, l.Deal, nextStep(l.Next, l.NextDay))
		return err
	})
}

func (p *Pipeline) activityValues(ctx context.Context, deal data.Row, l LogActivity) (data.Values, error) {
	me, err := p.app.Me(ctx)
	if err != nil {
		return nil, err
	}
	values := data.Values{"type": l.Type, "deal": l.Deal, "done": true, "day": l.Day}
	if l.Day == 0 || !l.Day.Valid() {
		values["day"] = p.app.Today()
	}
	set := func(name string, v data.Value, given bool) {
		if given {
			values[name] = v
		}
	}
	set("subject", l.Subject, l.Subject != "")
	set("note", l.Note, l.Note != "")
	set("minutes", l.Minutes, l.Minutes > 0)
	set("contact", l.Contact, !l.Contact.IsZero())
	set("person", me.ID, !me.ID.IsZero())
	set("account", deal.Ref("account"), !deal.Ref("account").IsZero())
	return values, nil
}

func nextStep(step string, day data.Day) data.Values {
	values := data.Values{"next_step": nil, "next_step_day": nil}
	if step != "" {
		values["next_step"] = step
		if day != 0 && day.Valid() {
			values["next_step_day"] = day
		}
	}
	return values
}

// activityWord is a type with its article.
func activityWord(kind string) string {
	if kind == "email" {
		return "an email"
	}
	return "a " + kind
}
