package app

import (
	"cmp"
	"context"
	"strings"

	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Start opens a meeting on a scope and puts what its agenda lists on it, in one
// step for undo. A performance discussion has no deals of its own.
func (m *Meetings) Start(ctx context.Context, kind, subject string, agenda *ReviewAgenda) (data.ID, error) {
	if kind != data.MeetingPipeline && kind != data.MeetingPerformance {
		return data.NoID, data.FieldErrorf("type", "%q is not a sort of meeting; choose %s or %s", kind, data.MeetingPipeline, data.MeetingPerformance)
	}
	me, err := m.app.Me(ctx)
	if err != nil {
		return data.NoID, err
	}
	id := data.NewID()
	leader := me.ID
	if leader.IsZero() {
		leader = agenda.Scope.Person
	}
	values := data.Values{
		"subject": cmp.Or(strings.TrimSpace(subject), report.MeetingName(kind)), "type": kind, "day": agenda.Day, "status": data.MeetingPlanned, "since": agenda.Since,
		"person": refOrNil(leader), "about": refOrNil(agenda.Scope.Person), "territory": refOrNil(agenda.Scope.Territory),
	}
	err = m.app.write(ctx, store.Act{What: "Start the " + kind}, func(tx *store.Tx) error {
		if _, err := tx.Put(data.KindMeeting, id, values); err != nil {
			return err
		}
		if kind != data.MeetingPipeline {
			return nil
		}
		for i, line := range agenda.Lines {
			item := data.Values{"meeting": id, "deal": line.ID, "position": int64(i + 1), "reason": line.Words(), "day": agenda.Day}
			if _, err := tx.Put(data.KindMeetingItem, data.NewID(), item); err != nil {
				return err
			}
		}
		return nil
	})
	return id, err
}

// Decide keeps what was decided of a deal of the agenda, and that it was spoken of.
func (m *Meetings) Decide(ctx context.Context, item data.ID, decision string) error {
	row, err := m.app.store.Get(ctx, data.KindMeetingItem, item)
	if err != nil {
		return err
	}
	values := data.Values{}
	if !row.Bool("seen") {
		values["seen"] = true
	}
	if decision = strings.TrimSpace(decision); decision != row.Text("decision") {
		values["decision"] = textOrNil(decision)
	}
	if len(values) == 0 {
		return nil
	}
	what := "Speak of " + row.Labels["deal"]
	if values["decision"] != nil {
		what = "Decide on " + row.Labels["deal"]
	}
	return m.app.write(ctx, store.Act{What: strings.TrimSpace(what)}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindMeetingItem, item, values)
		return err
	})
}

// Raise puts a deal on the agenda that was not on it, as the last item, and gives
// the item; one that is on it already is not put there twice.
func (m *Meetings) Raise(ctx context.Context, meetingID, deal data.ID) (data.ID, error) {
	items, err := m.items(ctx, meetingID)
	if err != nil {
		return data.NoID, err
	}
	last := int64(0)
	for _, r := range items {
		if r.Ref("deal") == deal {
			return r.ID, nil
		}
		last = max(last, r.Int("position"))
	}
	return m.app.Records.Add(ctx, data.KindMeetingItem, data.Values{
		"meeting": meetingID, "deal": deal, "position": last + 1, "reason": "raised in the meeting", "day": m.app.Today(),
	})
}

// NewAction is something that somebody is to do.
type NewAction struct {
	What                    string
	Person                  data.ID
	Due                     data.Day
	Deal, Account, AgreedIn data.ID
	Note                    string
}

// Promise keeps an action. It is Invalid without words, or without somebody who does it.
func (m *Meetings) Promise(ctx context.Context, n NewAction) (data.ID, error) {
	n.What = strings.TrimSpace(n.What)
	switch {
	case n.What == "":
		return data.NoID, data.FieldErrorf("what", "say what is to be done")
	case n.Person.IsZero():
		return data.NoID, data.FieldErrorf("person", "say who does it")
	}
	return m.app.Records.Add(ctx, data.KindAction, data.Values{
		"what": n.What, "person": n.Person, "due_day": dayOrNil(n.Due), "deal": refOrNil(n.Deal), "account": refOrNil(n.Account), "meeting": refOrNil(n.AgreedIn),
		"status": data.ActionOpen, "note": textOrNil(n.Note),
	})
}

// Settle says what became of actions: done, dropped, or open again.
func (m *Meetings) Settle(ctx context.Context, actions []data.ID, status string) error {
	values := data.Values{"status": status, "done_day": nil}
	if status == data.ActionDone {
		values["done_day"] = m.app.Today()
	}
	return m.app.Records.Set(ctx, data.KindAction, actions, values)
}

// End closes a meeting with what is to be remembered of it; started again it is
// open for more.
func (m *Meetings) End(ctx context.Context, id data.ID, note string) error {
	return m.app.Records.Set(ctx, data.KindMeeting, []data.ID{id}, data.Values{"status": data.MeetingHeld, "note": textOrNil(strings.TrimSpace(note))})
}

// Reopen goes on with a meeting that was ended.
func (m *Meetings) Reopen(ctx context.Context, id data.ID) error {
	return m.app.Records.Set(ctx, data.KindMeeting, []data.ID{id}, data.Values{"status": data.MeetingPlanned})
}

// Discard takes a meeting out of the book with the items of its agenda; actions
// that were agreed on stay.
func (m *Meetings) Discard(ctx context.Context, id data.ID) error {
	items, err := m.items(ctx, id)
	if err != nil {
		return err
	}
	row, err := m.app.store.Get(ctx, data.KindMeeting, id)
	if err != nil {
		return err
	}
	return m.app.write(ctx, store.Act{What: "Remove the meeting " + row.Title()}, func(tx *store.Tx) error {
		for _, r := range items {
			if err := tx.Delete(data.KindMeetingItem, r.ID); err != nil {
				return err
			}
		}
		return tx.Delete(data.KindMeeting, id)
	})
}
