package app

import (
	"context"
	"fmt"

	"fieldbook/data"
	"fieldbook/data/store"
)

// Hire adds a person and, where at names a territory, lets them cover it in its
// role from the day of hire on.
func (r *Roster) Hire(ctx context.Context, values data.Values, at Post) (data.ID, error) {
	k, err := r.app.store.Kind(data.KindPerson)
	if err != nil {
		return data.NoID, err
	}
	values = r.app.Records.defaults(k, values)
	id := data.NewID()
	at = Post{Person: id, Territory: at.Territory, Role: at.Role, From: data.NoDay, To: data.NoDay}
	if hired, ok := values["hire_day"].(data.Day); ok {
		at.From = hired
	}
	err = r.app.write(ctx, store.Act{What: "Add " + title(k, values)}, func(tx *store.Tx) error {
		if err := r.app.check(tx, k, id, values); err != nil {
			return err
		}
		if _, err := tx.Put(k.Name, id, values); err != nil || at.Territory.IsZero() {
			return err
		}
		return r.app.putPost(tx, data.NewID(), at)
	})
	return id, err
}

// Edit changes fields of one person.
func (r *Roster) Edit(ctx context.Context, id data.ID, values data.Values) error {
	return r.app.Records.Set(ctx, data.KindPerson, []data.ID{id}, values)
}

// Move puts people under another manager, NoID for nobody. People who already
// stand there stay as they are. A manager cannot report to somebody below.
func (r *Roster) Move(ctx context.Context, ids []data.ID, manager data.ID) error {
	to := "nobody"
	if !manager.IsZero() {
		row, err := r.app.store.Get(ctx, data.KindPerson, manager)
		if err != nil {
			return err
		}
		to = row.Title()
	}
	return r.set(ctx, ids, data.Values{"manager": refOrNil(manager)}, func(who string) string { return fmt.Sprintf("Move %s to %s", who, to) })
}

// SetRole gives people another role.
func (r *Roster) SetRole(ctx context.Context, ids []data.ID, role string) error {
	return r.set(ctx, ids, data.Values{"role": role}, func(who string) string { return fmt.Sprintf("Make %s %s", who, role) })
}

// SetStatus changes whether people work, are on leave or have left. Leaving
// with all that follows from it is End.
func (r *Roster) SetStatus(ctx context.Context, ids []data.ID, status string) error {
	return r.set(ctx, ids, data.Values{"status": status}, func(who string) string { return fmt.Sprintf("Mark %s as %s", who, status) })
}

func (r *Roster) set(ctx context.Context, ids []data.ID, values data.Values, words func(who string) string) error {
	k, err := r.app.store.Kind(data.KindPerson)
	if err != nil {
		return err
	}
	who, err := r.app.nameOf(ctx, k, ids)
	if err != nil {
		return err
	}
	return r.app.write(ctx, store.Act{What: words(who)}, func(tx *store.Tx) error {
		for _, id := range ids {
			if err := r.app.check(tx, k, id, values); err != nil {
				return err
			}
			if err := putExisting(tx, k, id, values); err != nil {
				return err
			}
		}
		return nil
	})
}

// nameOf words rows: the name of one, the number of several.
func (a *App) nameOf(ctx context.Context, k *data.Kind, ids []data.ID) (string, error) {
	if len(ids) != 1 {
		return fmt.Sprintf("%d %s", len(ids), k.Plural), nil
	}
	row, err := a.store.Get(ctx, k.Name, ids[0])
	return row.Title(), err
}

// Remove takes people out of the book, as after a mistake. Their deals,
// accounts and reports stay and become to-fix items; who leaves is ended.
func (r *Roster) Remove(ctx context.Context, ids []data.ID) error {
	return r.app.Records.Remove(ctx, data.KindPerson, ids)
}

// Leaving says how a person leaves and who takes over what. NoID leaves
// things where they are.
type Leaving struct {
	Person      data.ID
	Day         data.Day // the last one here
	Deals       data.ID  // gets the open deals
	Accounts    data.ID  // gets the accounts
	Territories data.ID  // gets the territories in force, from the day after, in the same roles
	Reports     data.ID  // becomes the manager of the reports
}

// End marks a person as left, ends what he covers on the last day and hands
// over deals, accounts, territories and reports, all in one act.
func (r *Roster) End(ctx context.Context, l Leaving) error {
	row, err := r.app.store.Get(ctx, data.KindPerson, l.Person)
	if err != nil {
		return err
	}
	if err := r.checkLeaving(row, l); err != nil {
		return err
	}
	h, err := r.handover(ctx, l)
	if err != nil {
		return err
	}
	h.manager = row.Ref("manager")
	what := fmt.Sprintf("End %s on %s", row.Title(), l.Day)
	return r.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		if _, err := tx.Put(data.KindPerson, l.Person, data.Values{"status": data.StatusLeft, "end_day": l.Day}); err != nil {
			return err
		}
		return r.app.handOver(tx, l, h)
	})
}

func (r *Roster) checkLeaving(row data.Row, l Leaving) error {
	if !l.Day.Valid() {
		return data.FieldErrorf("day", "Say which day is the last one here")
	}
	if hired := row.Day("hire_day"); hired.Valid() && l.Day < hired {
		return data.FieldErrorf("day", "%s was hired on %s; the last day cannot be before it", row.Title(), hired)
	}
	for field, to := range map[string]data.ID{"deals": l.Deals, "accounts": l.Accounts, "territories": l.Territories, "reports": l.Reports} {
		if to == l.Person {
			return data.FieldErrorf(field, "Choose somebody else; %s is leaving", row.Title())
		}
	}
	return nil
}

// handover is what a person who leaves has in hand.
type handover struct {
	deals, accounts, reports []data.ID
	posts                    []Post  // not over by the last day
	manager                  data.ID // the leaver's own
}

func (r *Roster) handover(ctx context.Context, l Leaving) (handover, error) {
	var h handover
	collect := func(into *[]data.ID, want data.ID, q data.Query) error {
		if want.IsZero() {
			return nil
		}
		return r.app.store.Each(ctx, q, func(row data.Row) error {
			*into = append(*into, row.ID)
			return nil
		})
	}
	open := ownedBy(data.KindDeal, l.Person)
	open.Where = append(open.Where, data.Filter{Field: "stage.type", Test: data.Is, Values: []data.Value{data.StageOpen}})
	if err := collect(&h.deals, l.Deals, open); err != nil {
		return h, err
	}
	if err := collect(&h.accounts, l.Accounts, ownedBy(data.KindAccount, l.Person)); err != nil {
		return h, err
	}
	if err := collect(&h.reports, l.Reports, data.Query{Kind: data.KindPerson, Where: []data.Filter{
		{Field: "manager", Test: data.Is, Values: []data.Value{l.Person}},
		{Field: "status", Test: data.IsNot, Values: []data.Value{data.StatusLeft}},
	}}); err != nil {
		return h, err
	}
	c, err := r.app.coverage(ctx)
	if err != nil {
		return h, err
	}
	for _, p := range c.posts {
		if p.Person == l.Person && (!p.To.Valid() || p.To > l.Day) {
			h.posts = append(h.posts, p)
		}
	}
	return h, nil
}

func (a *App) handOver(tx *store.Tx, l Leaving, h handover) error {
	person, err := tx.Kind(data.KindPerson)
	if err != nil {
		return err
	}
	if err := putAll(tx, data.KindDeal, h.deals, data.Values{"owner": l.Deals}); err != nil {
		return err
	}
	if err := putAll(tx, data.KindAccount, h.accounts, data.Values{"owner": l.Accounts}); err != nil {
		return err
	}
	for _, id := range h.reports {
		values := data.Values{"manager": l.Reports}
		if id == l.Reports { // the successor takes the leaver's own place
			values["manager"] = refOrNil(h.manager)
		}
		if err := a.check(tx, person, id, values); err != nil {
			return err
		}
		if _, err := tx.Put(data.KindPerson, id, values); err != nil {
			return err
		}
	}
	for _, p := range h.posts {
		if err := a.passOn(tx, p, l); err != nil {
			return err
		}
	}
	return nil
}

// passOn ends a post on the last day and gives it to whoever takes over. A
// post that would only have begun later passes on as a whole.
func (a *App) passOn(tx *store.Tx, p Post, l Leaving) error {
	next := p
	next.Person = l.Territories
	if p.From.Valid() && p.From > l.Day {
		if err := tx.Delete(data.KindAssignment, p.ID); err != nil {
			return err
		}
	} else {
		next.From = l.Day.AddDays(1)
		if _, err := tx.Put(data.KindAssignment, p.ID, data.Values{"start_day": dayOrNil(p.From), "end_day": l.Day}); err != nil {
			return err
		}
	}
	if l.Territories.IsZero() {
		return nil
	}
	return a.putPost(tx, data.NewID(), next)
}

func putAll(tx *store.Tx, kind string, ids []data.ID, values data.Values) error {
	for _, id := range ids {
		if _, err := tx.Put(kind, id, values); err != nil {
			return err
		}
	}
	return nil
}

// putPost writes an assignment after checking it.
func (a *App) putPost(tx *store.Tx, id data.ID, p Post) error {
	return a.put(tx, data.KindAssignment, id, data.Values{
		"person": refOrNil(p.Person), "territory": refOrNil(p.Territory), "role": p.Role,
		"start_day": dayOrNil(p.From), "end_day": dayOrNil(p.To),
	})
}

func refOrNil(id data.ID) data.Value {
	if id.IsZero() {
		return nil
	}
	return id
}

func dayOrNil(d data.Day) data.Value {
	if !d.Valid() {
		return nil
	}
	return d
}
