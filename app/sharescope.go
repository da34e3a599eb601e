package app

import (
	"context"
	"slices"

	"fieldbook/data"
	"fieldbook/data/bundle"
	"fieldbook/data/oplog"
	"fieldbook/data/store"
)

// sharePart is a part of the book for somebody.
type sharePart struct {
	word string // of the manifest: "rep", "manager", "lead", "everything"
	sel  store.Selection
}

// partFor is what a person gets: a rep what is his, a manager what is his
// team's, a lead what is his region's; the founder, and a lead without a region,
// everything.
func (s *Sharing) partFor(ctx context.Context, person data.ID) (sharePart, error) {
	row, err := s.app.store.Get(ctx, data.KindPerson, person)
	if err != nil {
		return sharePart{}, err
	}
	team, err := s.app.below(ctx, data.KindPerson, "manager", person)
	if err != nil {
		return sharePart{}, err
	}
	founder, err := s.isFounder(ctx, person)
	switch {
	case err != nil:
		return sharePart{}, err
	case founder:
		return sharePart{bundle.ScopeEverything, store.Selection{All: true}}, nil
	case row.Text("role") == data.RoleLead:
		return s.leadsPart(ctx, person, team)
	case row.Text("role") == data.RoleManager, row.Text("role") == "" && len(team) > 1:
		return sharePart{bundle.ScopeManager, store.Selection{People: team, Plans: true}}, nil
	}
	return sharePart{bundle.ScopeRep, store.Selection{People: []data.ID{person}}}, nil
}

// leadsPart is a region: the people below the lead, and those who own a
// territory in or below one that is his.
func (s *Sharing) leadsPart(ctx context.Context, lead data.ID, team []data.ID) (sharePart, error) {
	rows, err := s.app.store.List(ctx, data.Query{Kind: data.KindAssignment, Where: []data.Filter{{Field: "person", Test: data.Is, Values: []data.Value{lead}}}})
	if err != nil {
		return sharePart{}, err
	}
	if len(rows) == 0 {
		return sharePart{bundle.ScopeEverything, store.Selection{All: true}}, nil
	}
	people := slices.Clone(team)
	for _, r := range rows {
		owners, err := s.app.territoryOwners(ctx, r.Ref("territory"))
		if err != nil {
			return sharePart{}, err
		}
		people = append(people, owners...)
	}
	return sharePart{bundle.ScopeLead, store.Selection{People: uniqueIDs(people), Plans: true}}, nil
}

func uniqueIDs(ids []data.ID) []data.ID {
	seen := map[data.ID]bool{}
	return slices.DeleteFunc(slices.Clone(ids), func(id data.ID) bool {
		twice := seen[id]
		seen[id] = true
		return twice
	})
}

func (s *Sharing) isFounder(ctx context.Context, person data.ID) (bool, error) {
	members, err := s.app.Members.List(ctx)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(members, func(m Participant) bool { return m.Founder && m.Person.ID == person }), nil
}

// partOf is what share options ask for.
func (s *Sharing) partOf(ctx context.Context, o ShareOptions) (sharePart, error) {
	switch {
	case o.Everything:
		return sharePart{bundle.ScopeEverything, store.Selection{All: true}}, nil
	case o.Scope != nil:
		people, err := s.app.ScopePeople(ctx, *o.Scope)
		if people == nil && err == nil {
			return sharePart{bundle.ScopeEverything, store.Selection{All: true}}, nil
		}
		return sharePart{bundle.ScopeCustom, store.Selection{People: people}}, err
	case !o.To.IsZero():
		return s.partFor(ctx, o.To)
	}
	return sharePart{}, data.Errorf(data.Invalid, "whom the file is for, or that it is for everybody, was not said; nothing was written")
}

// privateCells are what only a person's own managers see of him.
var privateCells = []string{"note", "phone", "email", "home"}

// hide keeps back what colleagues need not know of people outside the part.
func (p sharePart) hide() func(*oplog.Op) []string {
	if p.sel.All {
		return nil
	}
	inside := map[data.ID]bool{}
	for _, id := range p.sel.People {
		inside[id] = true
	}
	return func(op *oplog.Op) []string {
		if op.Kind != data.KindPerson || inside[op.Row] {
			return nil
		}
		return privateCells
	}
}

// known is what all of a person's replicas said that they hold: that much need
// not be told again. It is empty while one of his devices has never been heard of.
func (s *Sharing) known(ctx context.Context, person data.ID) (map[data.ID]oplog.Ranges, error) {
	if person.IsZero() {
		return nil, nil
	}
	peers, err := s.app.store.Peers(ctx)
	if err != nil {
		return nil, err
	}
	var out map[data.ID]oplog.Ranges
	for _, p := range peers {
		if p.Person != person {
			continue
		}
		if out == nil {
			out = p.Held
			continue
		}
		for id, runs := range out {
			out[id] = runs.Without(runs.Without(p.Held[id]))
		}
	}
	return out, nil
}

// without leaves out what the receiver holds. What is private is told again: it
// may have been kept back from him before and be his to see now.
func (p sharePart) without(only, held map[data.ID]oplog.Ranges, all map[data.ID]oplog.Ranges) map[data.ID]oplog.Ranges {
	if only == nil {
		only = all
	}
	out := map[data.ID]oplog.Ranges{}
	for id, runs := range only {
		if rest := runs.Without(held[id]); len(rest) > 0 {
			out[id] = rest
		}
	}
	return out
}
