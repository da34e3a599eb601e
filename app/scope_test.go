package app

import (
	"context"
	"slices"
	"testing"

	"fieldbook/data"
)

func TestScopeFilters(t *testing.T) {
	b := newPipelineBook(t)
	ctx := context.Background()
	lead := b.add(data.KindPerson, data.Values{"name": "Lee"})
	boss := b.add(data.KindPerson, data.Values{"name": "Bo", "manager": lead})
	rep := b.add(data.KindPerson, data.Values{"name": "Ray", "manager": boss})
	other := b.add(data.KindPerson, data.Values{"name": "Oz"})
	west := b.add(data.KindTerritory, data.Values{"name": "West"})
	coast := b.add(data.KindTerritory, data.Values{"name": "Coast", "parent": west})
	assign := func(person, territory data.ID, role string, until data.Value) {
		b.add(data.KindAssignment, data.Values{"person": person, "territory": territory, "role": role, "end_day": until})
	}
	assign(rep, coast, data.AssignOwner, nil)
	assign(other, coast, data.AssignOverlay, nil)
	assign(boss, west, data.AssignOwner, b.Today()-1)
	for _, id := range []data.ID{lead, boss, rep, other} {
		b.add(data.KindDeal, data.Values{"owner": id, "stage": b.stages["Close"].ID})
	}
	for name, tt := range map[string]struct {
		scope data.Scope
		want  []string
	}{
		"everyone":   {data.Everyone, []string{"Bo", "Lee", "Oz", "Ray"}},
		"person":     {data.Scope{Person: boss}, []string{"Bo"}},
		"team":       {data.Scope{Person: boss, Team: true}, []string{"Bo", "Ray"}},
		"whole team": {data.Scope{Person: lead, Team: true}, []string{"Bo", "Lee", "Ray"}},
		"territory":  {data.Scope{Territory: west}, []string{"Ray"}},
		"nobody":     {data.Scope{Territory: data.NewID()}, nil},
	} {
		where, err := b.ScopeFilters(ctx, tt.scope)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := b.Records.List(ctx, data.Query{Kind: data.KindDeal, Where: where})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range rows {
			got = append(got, r.Labels["owner"])
		}
		slices.Sort(got)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}
