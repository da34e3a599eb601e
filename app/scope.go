package app

import (
	"context"
	"slices"

	"fieldbook/data"
)

// ScopeFilters says by filters on an owner field whose deals or accounts are
// meant: a person's, a team's however deep, or those of the people who own a
// territory or one below it today. Everyone has none.
func (a *App) ScopeFilters(ctx context.Context, scope data.Scope) ([]data.Filter, error) {
	people, err := a.ScopePeople(ctx, scope)
	return ofPeople("owner", people), err
}

// ofPeople says by filters that a field names one of the people; nil, which is
// everybody, has none.
func ofPeople(field string, people []data.ID) []data.Filter {
	if people == nil {
		return nil
	}
	return []data.Filter{{Field: field, Test: data.Is, Values: idValues(people)}}
}

// idValues are ids as a filter takes them.
func idValues(ids []data.ID) []data.Value {
	out := make([]data.Value, len(ids))
	for i, id := range ids {
		out[i] = id
	}
	return out
}

// mostIDs is how many ids one query asks for.
const mostIDs = 500

// rowsByID reads records by their ids, however many; those that are gone are left out.
func (a *App) rowsByID(ctx context.Context, kind string, ids []data.ID) ([]data.Row, error) {
	var out []data.Row
	for part := range slices.Chunk(ids, mostIDs) {
		rows, err := a.store.List(ctx, data.Query{Kind: kind, Where: []data.Filter{{Field: "id", Test: data.Is, Values: idValues(part)}}})
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

// ScopePeople lists the people of a scope, the one it is named for first. For
// Everyone it is nil, which is not nobody.
func (a *App) ScopePeople(ctx context.Context, scope data.Scope) ([]data.ID, error) {
	switch {
	case !scope.Territory.IsZero():
		return a.territoryOwners(ctx, scope.Territory)
	case scope.Person.IsZero():
		return nil, nil
	case !scope.Team:
		return []data.ID{scope.Person}, nil
	}
	return a.below(ctx, data.KindPerson, "manager", scope.Person)
}

// below is a row of a tree and all under it. A circle, which a merge may leave,
// ends where it was met.
func (a *App) below(ctx context.Context, kind, parent string, top data.ID) ([]data.ID, error) {
	children, err := a.children(ctx, kind, parent)
	if err != nil {
		return nil, err
	}
	return withBelow(children, top), nil
}

// children lists the rows of a kind right below each.
func (a *App) children(ctx context.Context, kind, parent string) (map[data.ID][]data.ID, error) {
	out := map[data.ID][]data.ID{}
	q := data.Query{Kind: kind, Where: []data.Filter{{Field: parent, Test: data.Filled}}}
	return out, a.store.Each(ctx, q, func(r data.Row) error {
		out[r.Ref(parent)] = append(out[r.Ref(parent)], r.ID)
		return nil
	})
}

// withBelow is a row and all below it.
func withBelow(children map[data.ID][]data.ID, top data.ID) []data.ID {
	out, seen := []data.ID{top}, map[data.ID]bool{top: true}
	for i := 0; i < len(out); i++ {
		for _, id := range children[out[i]] {
			if !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}

// territoryOwners are the people who own a territory or one below it today.
func (a *App) territoryOwners(ctx context.Context, top data.ID) ([]data.ID, error) {
	tree, err := a.below(ctx, data.KindTerritory, "parent", top)
	if err != nil {
		return nil, err
	}
	rows, err := a.store.List(ctx, data.Query{Kind: data.KindAssignment, Where: []data.Filter{
		{Field: "territory", Test: data.Is, Values: idValues(tree)}, {Field: "role", Test: data.Is, Values: []data.Value{data.AssignOwner}},
	}})
	if err != nil {
		return nil, err
	}
	today := a.Today()
	out, seen := []data.ID{}, map[data.ID]bool{}
	for _, r := range rows {
		from, until := r.Day("start_day"), r.Day("end_day")
		person := r.Ref("person")
		if from > today || until.Valid() && until < today || seen[person] {
			continue
		}
		seen[person] = true
		out = append(out, person)
	}
	return out, nil
}
