package app

import (
	"cmp"
	"context"
	"slices"

	"fieldbook/data"
)

// DealStory is all that a deal's page shows.
type DealStory struct {
	Deal       Deal
	Account    data.Row // without a Kind where the deal has none
	Contacts   []data.Row
	Activities []data.Row // newest first
	Visits     []Visit    // the stages it went through, in order
	Edits      []DealEdit // newest first
	Stages     []Stage    // of its pipeline
	Splits     []data.Row // who shares in it
}

// Visit is one stay of a deal in a stage. To is NoDay where it still stands
// there; a deal that was closed stays in won or lost from its close day on.
type Visit struct {
	Stage    data.ID
	From, To data.Day
}

// Days is how long the visit took, up to today where it goes on.
func (v Visit) Days(today data.Day) int {
	to := v.To
	if !to.Valid() {
		to = today
	}
	return max(0, int(to-v.From))
}

// DealEdit is one change of one field, in words; one without a Field is the
// deal's first entry, which What names.
type DealEdit struct {
	At       data.Instant
	Name     string // who
	What     string // the step it was part of
	Field    data.Field
	Old, New data.Value
	From, To string // of references: the names
}

// Story reads a deal with its account, people, activities and history.
func (p *Pipeline) Story(ctx context.Context, id data.ID) (DealStory, error) {
	row, err := p.app.store.Get(ctx, data.KindDeal, id)
	if err != nil {
		return DealStory{}, err
	}
	var s DealStory
	deals, err := p.Deals(ctx, []data.Key{row.Key})
	if err != nil {
		return s, err
	}
	if len(deals) == 0 {
		return s, data.Errorf(data.NotFound, "there is no such deal in this book")
	}
	s.Deal = deals[0]
	stages, err := p.Stages(ctx)
	if err != nil {
		return s, err
	}
	s.Stages = pipelineOf(stages, row.Ref("stage"))
	if err := p.surround(ctx, &s); err != nil {
		return s, err
	}
	return s, p.follow(ctx, &s)
}

// pipelineOf are the stages of the pipeline that a stage belongs to.
func pipelineOf(stages []Stage, stage data.ID) []Stage {
	i := slices.IndexFunc(stages, func(s Stage) bool { return s.ID == stage })
	if i < 0 {
		return nil
	}
	var out []Stage
	for _, s := range stages {
		if s.Pipeline == stages[i].Pipeline {
			out = append(out, s)
		}
	}
	return out
}

// surround reads the account, its contacts and the deal's activities.
func (p *Pipeline) surround(ctx context.Context, s *DealStory) error {
	var err error
	is := func(field string, id data.ID) []data.Filter {
		return []data.Filter{{Field: field, Test: data.Is, Values: []data.Value{id}}}
	}
	if account := s.Deal.Ref("account"); !account.IsZero() {
		if s.Account, err = p.app.store.Get(ctx, data.KindAccount, account); err != nil && data.KindOf(err) != data.NotFound {
			return err
		}
		s.Contacts, err = p.app.store.List(ctx, data.Query{Kind: data.KindContact, Where: is("account", account), Sort: []data.Sort{{Field: "name"}}})
		if err != nil {
			return err
		}
	}
	s.Activities, err = p.app.store.List(ctx, data.Query{
		Kind: data.KindActivity, Where: is("deal", s.Deal.ID), Sort: []data.Sort{{Field: "day", Desc: true}},
	})
	if err != nil {
		return err
	}
	s.Splits, err = p.app.store.List(ctx, data.Query{Kind: data.KindDealSplit, Where: is("deal", s.Deal.ID), Sort: []data.Sort{{Field: "person"}}})
	return err
}

// follow reads what was changed and works out the visits.
func (p *Pipeline) follow(ctx context.Context, s *DealStory) error {
	edits, err := p.app.store.History(ctx, data.KindDeal, s.Deal.ID)
	if err != nil {
		return err
	}
	entries, err := p.app.store.List(ctx, data.Query{
		Kind: data.KindStageEntry, Where: []data.Filter{{Field: "deal", Test: data.Is, Values: []data.Value{s.Deal.ID}}}, Sort: entryOrder,
	})
	if err != nil {
		return err
	}
	names := refNames{app: p.app, known: map[data.ID]string{}}
	var moves []Visit
	for i, e := range edits {
		if e.Field.Name == "stage" {
			if id, ok := e.New.(data.ID); ok {
				moves = append(moves, Visit{Stage: id, From: e.Day})
			}
		}
		d := DealEdit{At: e.At, Name: e.Name, What: e.What, Field: e.Field, Old: e.Old, New: e.New}
		if d.From, err = names.of(ctx, e.Field, e.Old); err != nil {
			return err
		}
		if d.To, err = names.of(ctx, e.Field, e.New); err != nil {
			return err
		}
		switch {
		case e.Txn != edits[0].Txn:
			s.Edits = append(s.Edits, d)
		case i == 0:
			d.Field, d.Old, d.New, d.From, d.To = data.Field{}, nil, nil, "", ""
			s.Edits = append(s.Edits, d)
		}
	}
	slices.Reverse(s.Edits)
	s.Visits = stageVisits(moves, entries, s.Deal, s.Stages)
	return nil
}

// stageVisits puts together what the log saw (moves, the first being the deal's
// birth) and what an import told of the time before: stage history, engaged,
// created and close day. Up to its last line the history alone counts.
func stageVisits(moves []Visit, entries []data.Row, deal Deal, stages []Stage) []Visit {
	var all []Visit
	told := data.NoDay
	for _, e := range entries {
		told = e.Day("day")
		all = append(all, Visit{Stage: e.Ref("stage"), From: told})
	}
	if len(moves) > 0 {
		if !told.Valid() {
			moves[0].From = firstDay(deal, moves[0].From)
		}
		slices.SortStableFunc(moves, func(a, b Visit) int { return cmp.Compare(a.From, b.From) })
		moves = slices.CompactFunc(moves, func(a, b Visit) bool { return a.Stage == b.Stage })
		last := moves[len(moves)-1]
		last.From = max(closedOn(last, deal, stages), told)
		for _, m := range moves[:len(moves)-1] {
			if m.From > told && m.From <= last.From {
				all = append(all, m)
			}
		}
		all = append(all, last)
	}
	var out []Visit
	for _, v := range all {
		if n := len(out); n > 0 {
			if out[n-1].Stage == v.Stage {
				continue
			}
			out[n-1].To = v.From
		}
		v.To = data.NoDay
		out = append(out, v)
	}
	return out
}

// closedOn is the day of a move: where it closed the deal, the close day.
func closedOn(m Visit, deal Deal, stages []Stage) data.Day {
	closed := slices.ContainsFunc(stages, func(s Stage) bool { return s.ID == m.Stage && s.Type != data.StageOpen })
	if closed && deal.Day("close_day").Valid() {
		return deal.Day("close_day")
	}
	return m.From
}

// firstDay is the earlier of the deal's engaged and created day, else the day
// on which it entered the book.
func firstDay(deal Deal, born data.Day) data.Day {
	if d := deal.Day("engaged_day").Min(deal.Day("created_day")); d.Valid() {
		return d
	}
	return born
}

// refNames remembers what references point to.
type refNames struct {
	app   *App
	known map[data.ID]string
}

func (n refNames) of(ctx context.Context, f data.Field, v data.Value) (string, error) {
	id, ok := v.(data.ID)
	if !ok || id.IsZero() || f.Type != data.TypeRef {
		return "", nil
	}
	if name, ok := n.known[id]; ok {
		return name, nil
	}
	row, err := n.app.store.Get(ctx, f.Ref, id)
	if err != nil && data.KindOf(err) != data.NotFound {
		return "", err
	}
	if err == nil {
		n.known[id] = row.Title()
	}
	return n.known[id], nil
}
