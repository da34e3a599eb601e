package app

import (
	"context"
	"fmt"

	"fieldbook/app/planning"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Publishing says how a plan takes force.
type Publishing struct {
	Plan      data.ID
	From      data.Day // the first day; one to come leaves accounts where they are until then
	HandOver  bool     // accounts that change hands get the territory's person as owner
	OpenDeals bool     // their open deals too
}

// Published says what it did.
type Published struct {
	Territories int // made or changed
	Posts       int // people who took over a territory
	Left        int // territories out of the plan that nobody covers from its first day on, since no account stays in them
	Accounts    int // that came into another territory
	Owners      int // accounts that got another owner
	Deals       int
	Waits       bool // accounts move on the first day
}

// Publish puts a draft in force from a day on, as one act. Who covered a
// territory until then does so to the day before, also in those that the plan
// empties. The plan that was in force is archived.
func (p *Plans) Publish(ctx context.Context, o Publishing) (Published, error) {
	b, err := p.changing(ctx, o.Plan)
	if err != nil {
		return Published{}, err
	}
	if len(b.Plan.Territories) == 0 {
		return Published{}, data.Errorf(data.Refused, "%s has no territories; nothing was changed. Add one first", b.Info.Name)
	}
	if !o.From.Valid() {
		o.From = p.app.Today()
	}
	c, err := p.app.coverage(ctx)
	if err != nil {
		return Published{}, err
	}
	plans, err := p.List(ctx)
	if err != nil {
		return Published{}, err
	}
	deals, err := p.openDeals(ctx, o)
	if err != nil {
		return Published{}, err
	}
	w := &publisher{app: p.app, book: b, coverage: c, opt: o, deals: deals}
	w.out.Waits = o.From > p.app.Today()
	what := fmt.Sprintf("Put the plan %s in force from %s", b.Info.Name, o.From)
	err = p.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		if err := w.cover(tx); err != nil {
			return err
		}
		return w.activate(tx, plans)
	})
	return w.out, err
}

// cover brings territories and posts, and accounts unless they wait, to what the
// plan says.
func (w *publisher) cover(tx *store.Tx) error {
	if err := w.territories(tx); err != nil {
		return err
	}
	if err := w.posts(tx); err != nil {
		return err
	}
	if err := w.leave(tx); err != nil {
		return err
	}
	if w.out.Waits {
		return nil
	}
	return w.accounts(tx)
}

// activate marks the plan as the one in force and archives the one that was.
func (w *publisher) activate(tx *store.Tx, plans []PlanInfo) error {
	for _, other := range plans {
		if other.Status != data.PlanActive || other.ID == w.opt.Plan {
			continue
		}
		if _, err := tx.Put(data.KindPlan, other.ID, data.Values{"status": data.PlanArchived}); err != nil {
			return err
		}
	}
	_, err := tx.Put(data.KindPlan, w.opt.Plan, data.Values{
		"status": data.PlanActive, "start_day": w.opt.From, "hand_over": handOver(w.opt), "carried_out": trueOrNil(!w.out.Waits),
	})
	return err
}

func handOver(o Publishing) string {
	switch {
	case o.OpenDeals:
		return data.HandOverDeals
	case o.HandOver:
		return data.HandOverAccounts
	}
	return data.HandOverNothing
}

// TakeForce moves the accounts of a plan whose first day has come, as one act.
// It does nothing where that was done already, on any laptop, or was taken back;
// two that do it at once say the same.
func (p *Plans) TakeForce(ctx context.Context) (Published, error) {
	plans, err := p.List(ctx)
	if err != nil || len(plans) == 0 || plans[0].Status != data.PlanActive {
		return Published{}, err
	}
	row, err := p.app.store.Get(ctx, data.KindPlan, plans[0].ID)
	if err != nil {
		return Published{}, err
	}
	if row.Bool("carried_out") || row.Day("start_day") > p.app.Today() {
		return Published{}, nil
	}
	if called, err := p.calledOff(ctx, row.ID); err != nil || called {
		return Published{}, err
	}
	o := Publishing{Plan: plans[0].ID, From: row.Day("start_day")}
	o.OpenDeals = row.Text("hand_over") == data.HandOverDeals
	o.HandOver = o.OpenDeals || row.Text("hand_over") == data.HandOverAccounts
	b, err := p.Book(ctx, o.Plan)
	if err != nil {
		return Published{}, err
	}
	deals, err := p.openDeals(ctx, o)
	if err != nil {
		return Published{}, err
	}
	w := &publisher{app: p.app, book: b, opt: o, deals: deals}
	w.live = map[int]data.ID{}
	for i, t := range b.Plan.Territories {
		w.live[i] = t.Live
	}
	err = p.app.write(ctx, store.Act{What: fmt.Sprintf("%s takes force", b.Info.Name)}, func(tx *store.Tx) error {
		if err := w.accounts(tx); err != nil {
			return err
		}
		_, err := tx.Put(data.KindPlan, o.Plan, data.Values{"carried_out": true})
		return err
	})
	return w.out, err
}

// calledOff reports whether a plan was carried out since it was published and
// somebody took that back: then it waits for him, not for the next opening.
func (p *Plans) calledOff(ctx context.Context, plan data.ID) (bool, error) {
	edits, err := p.app.store.History(ctx, data.KindPlan, plan)
	called := false
	var published data.ID // the transaction
	for _, e := range edits {
		switch {
		case e.Field.Name == "status" && e.New == data.PlanActive:
			called, published = false, e.Txn
		case e.Field.Name == "carried_out" && e.Txn != published:
			called = e.Old == true
		}
	}
	return called, err
}

// openDeals lists the open deals of each account, where they are to be handed over.
func (p *Plans) openDeals(ctx context.Context, o Publishing) (map[data.ID][]data.Row, error) {
	out := map[data.ID][]data.Row{}
	if !o.OpenDeals {
		return out, nil
	}
	open := map[data.ID]bool{}
	err := p.app.store.Each(ctx, data.Query{Kind: data.KindStage}, func(r data.Row) error {
		open[r.ID] = r.Text("type") == data.StageOpen
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = p.app.store.Each(ctx, data.Query{Kind: data.KindDeal, Where: []data.Filter{{Field: "account", Test: data.Filled}}}, func(r data.Row) error {
		if open[r.Ref("stage")] {
			out[r.Ref("account")] = append(out[r.Ref("account")], r)
		}
		return nil
	})
	return out, err
}

// publisher puts one plan in force.
type publisher struct {
	app      *App
	book     *PlanBook
	coverage *coverage
	opt      Publishing
	deals    map[data.ID][]data.Row
	live     map[int]data.ID // the territory in force of each of the plan's
	to       []int           // the plan's territory of each account, once asked
	parents  map[data.ID]bool
	out      Published
}

// move is what changes for an account; nil for nothing.
func (w *publisher) move(i int) data.Values {
	a, t := &w.book.Accounts[i], w.placed()[i]
	if t == planning.Nobody {
		return nil
	}
	values := data.Values{}
	if a.Territory != w.live[t] {
		values["territory"] = w.live[t]
	}
	if person := w.book.Plan.Territories[t].Person; w.opt.HandOver && !person.IsZero() && a.Owner != person {
		values["owner"] = person
	}
	if len(values) == 0 {
		return nil
	}
	return values
}

func (w *publisher) accounts(tx *store.Tx) error {
	for i := range w.book.Accounts {
		values := w.move(i)
		if values == nil {
			continue
		}
		a := &w.book.Accounts[i]
		if _, err := tx.Put(data.KindAccount, a.ID, values); err != nil {
			return err
		}
		if values["territory"] != nil {
			w.out.Accounts++
		}
		owner := values["owner"]
		if owner == nil {
			continue
		}
		w.out.Owners++
		for _, d := range w.deals[a.ID] {
			if d.Ref("owner") == owner {
				continue
			}
			if _, err := tx.Put(data.KindDeal, d.ID, data.Values{"owner": owner}); err != nil {
				return err
			}
			w.out.Deals++
		}
	}
	return nil
}
