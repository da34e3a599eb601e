package store

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fieldbook/data"
)

// TestCalendarReadsOnlyItsDays asks for a span of days as the calendar does, of
// everyone and of a team.
func TestCalendarReadsOnlyItsDays(t *testing.T) {
	s := create(t, BookInfo{})
	days := data.Filter{Field: "day", Test: data.Between, Values: []data.Value{data.Day(17000), data.Day(17030)}}
	team := data.Filter{Field: "person", Test: data.Is}
	for range 200 {
		team.Values = append(team.Values, data.NewID())
	}
	for want, where := range map[string][]data.Filter{
		"SEARCH t USING INDEX activity_day (day>? AND day<?)":                     {days},
		"SEARCH t USING INDEX activity_person_day (person=? AND day>? AND day<?)": {days, team},
	} {
		if got := planOf(t, s, data.Query{Kind: data.KindActivity, Where: where}); !strings.Contains(got, want) {
			t.Errorf("a month of activities is found by\n%s", got)
		}
	}
}

// planOf is how SQLite goes about a query.
func planOf(t *testing.T, s *Store, q data.Query) string {
	t.Helper()
	k, err := s.Kind(q.Kind)
	if err != nil {
		t.Fatal(err)
	}
	b := builder{store: s, kind: k, joined: map[string]string{}}
	tail, err := b.build(q)
	if err != nil {
		t.Fatal(err)
	}
	cols, joins := rowColumns(k)
	var plan []string
	var step string
	query := fmt.Sprintf("EXPLAIN QUERY PLAN SELECT %s FROM %s t %s %s", cols, k.Name, joins, tail)
	err = s.scanAll(context.Background(), query, b.args, []any{new(int), new(int), new(int), &step}, func() error {
		plan = append(plan, step)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(plan, "\n")
}
