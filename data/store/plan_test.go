package store

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fieldbook/data"
)

// TestCalendarReadsOnlyItsDays asks for a span of days as the calendar does of
// everyone.
func TestCalendarReadsOnlyItsDays(t *testing.T) {
	s := create(t, BookInfo{})
	k, err := s.Kind(data.KindActivity)
	if err != nil {
		t.Fatal(err)
	}
	q := data.Query{Kind: k.Name, Where: []data.Filter{{Field: "day", Test: data.Between, Values: []data.Value{data.Day(17000), data.Day(17030)}}}}
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
	if !strings.Contains(strings.Join(plan, "\n"), "SEARCH t USING INDEX activity_day (day>? AND day<?)") {
		t.Errorf("a month of activities is found by\n%s", strings.Join(plan, "\n"))
	}
}
