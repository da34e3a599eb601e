package app

import (
	"context"
	"fmt"
	"slices"

	"fieldbook/data"
	"fieldbook/data/store"
)

// Sequence is a follow-up sequence with its steps, in order.
type Sequence struct {
	data.Row
	Steps   []data.Row
	Running int
}

// Sequences lists all sequences, retired ones last, with how many deals each runs for.
func (p *Process) Sequences(ctx context.Context) ([]Sequence, error) {
	rows, parts, err := p.withParts(ctx, data.KindSequence, data.KindSequenceStep, "sequence")
	if err != nil {
		return nil, err
	}
	out := make([]Sequence, len(rows))
	for i, r := range rows {
		n, err := p.app.store.Count(ctx, data.Query{Kind: data.KindSequenceRun, Where: []data.Filter{
			{Field: "sequence", Test: data.Is, Values: []data.Value{r.ID}}, {Field: "status", Test: data.Is, Values: []data.Value{data.RunRunning}},
		}})
		if err != nil {
			return nil, err
		}
		steps := parts[r.ID]
		slices.SortStableFunc(steps, func(a, b data.Row) int { return int(a.Int("after_days") - b.Int("after_days")) })
		out[i] = Sequence{r, steps, n}
	}
	return out, nil
}

// SequenceRun is a sequence at work on a deal.
type SequenceRun struct {
	data.Row
	Steps []data.Row // its activities, by day
}

// Left counts the steps that are still to do.
func (r *SequenceRun) Left() int {
	n := 0
	for _, s := range r.Steps {
		n += boolInt(!s.Bool("done"))
	}
	return n
}

// running finds the sequence that runs on a deal, with its activities; nil where
// none does.
func (p *Process) running(ctx context.Context, deal data.ID) (*SequenceRun, error) {
	rows, err := p.app.store.List(ctx, data.Query{Kind: data.KindSequenceRun, Sort: []data.Sort{{Field: "start_day", Desc: true}}, Where: []data.Filter{
		{Field: "deal", Test: data.Is, Values: []data.Value{deal}}, {Field: "status", Test: data.Is, Values: []data.Value{data.RunRunning}},
	}})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	run := &SequenceRun{Row: rows[0]}
	run.Steps, err = p.stepsOf(ctx, run.ID)
	return run, err
}

func (p *Process) stepsOf(ctx context.Context, run data.ID) ([]data.Row, error) {
	return p.app.store.List(ctx, data.Query{Kind: data.KindActivity, Sort: []data.Sort{{Field: "day"}}, Where: []data.Filter{{Field: "sequence_run", Test: data.Is, Values: []data.Value{run}}}})
}

// Start lets a sequence run on a deal from a day on: an activity to do is made
// for each step, and the first one becomes the next step where the deal has
// none. It is Invalid where another runs already or the sequence has no steps.
func (p *Process) Start(ctx context.Context, deal, sequence data.ID, from data.Day) error {
	d, err := p.app.store.Get(ctx, data.KindDeal, deal)
	if err != nil {
		return err
	}
	all, err := p.Sequences(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(s Sequence) bool { return s.ID == sequence })
	switch {
	case i < 0:
		return data.Errorf(data.NotFound, "there is no such sequence; nothing was changed")
	case len(all[i].Steps) == 0:
		return data.Errorf(data.Invalid, "%s has no steps yet; add some in the Playbook first", all[i].Title())
	}
	run, err := p.running(ctx, deal)
	if err != nil {
		return err
	}
	if run != nil {
		return data.Errorf(data.Invalid, "%s runs on this deal already; stop it first", run.Labels["sequence"])
	}
	what := fmt.Sprintf("Start %s for %s", all[i].Title(), DealName(d))
	return p.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error { return p.putRun(ctx, tx, d, all[i], from) })
}

func (p *Process) putRun(ctx context.Context, tx *store.Tx, deal data.Row, s Sequence, from data.Day) error {
	person := deal.Ref("owner")
	if person.IsZero() {
		me, err := p.app.Me(ctx)
		if err != nil {
			return err
		}
		person = me.ID
	}
	run := data.Values{"deal": deal.ID, "sequence": s.ID, "start_day": from, "status": data.RunRunning}
	if !person.IsZero() {
		run["person"] = person
	}
	id := data.NewID()
	if _, err := tx.Put(data.KindSequenceRun, id, run); err != nil {
		return err
	}
	for _, step := range s.Steps {
		values := data.Values{"type": step.Text("type"), "deal": deal.ID, "day": from.AddDays(int(step.Int("after_days"))), "sequence_run": id}
		for name, v := range map[string]data.Value{"subject": step.Values["subject"], "note": step.Values["note"], "account": deal.Values["account"], "contact": deal.Values["contact"]} {
			if v != nil {
				values[name] = v
			}
		}
		if !person.IsZero() {
			values["person"] = person
		}
		if _, err := tx.Put(data.KindActivity, data.NewID(), values); err != nil {
			return err
		}
	}
	if deal.Has("next_step") || deal.Day("next_step_day").Valid() {
		return nil
	}
	first := s.Steps[0]
	_, err := tx.Put(data.KindDeal, deal.ID, nextStep(first.Title(), from.AddDays(int(first.Int("after_days")))))
	return err
}

// Stop ends a run: steps that are not done go away, those that are done stay.
func (p *Process) Stop(ctx context.Context, run data.ID) error {
	row, err := p.app.store.Get(ctx, data.KindSequenceRun, run)
	if err != nil {
		return err
	}
	steps, err := p.stepsOf(ctx, run)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("Stop %s for %s", row.Labels["sequence"], row.Labels["deal"])
	return p.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		for _, s := range steps {
			if s.Bool("done") {
				continue
			}
			if err := tx.Delete(data.KindActivity, s.ID); err != nil {
				return err
			}
		}
		_, err := tx.Put(data.KindSequenceRun, run, data.Values{"status": data.RunStopped})
		return err
	})
}

// Finish marks a planned activity as done today. The last step of a sequence
// ends it; a next step that came of the sequence becomes the step after it.
func (p *Process) Finish(ctx context.Context, activity data.ID) error {
	row, err := p.app.store.Get(ctx, data.KindActivity, activity)
	if err != nil {
		return err
	}
	run := row.Ref("sequence_run")
	var left []data.Row
	if !run.IsZero() {
		steps, err := p.stepsOf(ctx, run)
		if err != nil {
			return err
		}
		left = slices.DeleteFunc(steps, func(s data.Row) bool { return s.Bool("done") || s.ID == activity })
	}
	var deal data.Row
	if id := row.Ref("deal"); !id.IsZero() {
		if deal, err = p.app.store.Get(ctx, data.KindDeal, id); err != nil && data.KindOf(err) != data.NotFound {
			return err
		}
	}
	return p.app.write(ctx, store.Act{What: "Finish " + row.Title()}, func(tx *store.Tx) error {
		if _, err := tx.Put(data.KindActivity, activity, data.Values{"done": true, "day": p.app.Today()}); err != nil {
			return err
		}
		if run.IsZero() {
			return nil
		}
		if len(left) == 0 {
			if _, err := tx.Put(data.KindSequenceRun, run, data.Values{"status": data.RunDone}); err != nil {
				return err
			}
		}
		if deal.Kind == nil || deal.Text("next_step") != row.Text("subject") {
			return nil
		}
		next := nextStep("", data.NoDay)
		if len(left) > 0 {
			next = nextStep(left[0].Title(), left[0].Day("day"))
		}
		_, err := tx.Put(data.KindDeal, deal.ID, next)
		return err
	})
}
