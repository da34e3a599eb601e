package app

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/store"
)

// craftBook is a year of a company: 200 people, 500,000 activities and 20,000
// notes of talks beside 20,000 deals.
func craftBook(b *testing.B) (*App, []data.ID) {
	b.Helper()
	ctx := context.Background()
	now := time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)
	a, err := Create(ctx, filepath.Join(b.TempDir(), "craft.book"), NewBook{Name: "Craft", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, Config{Now: func() time.Time { return now }, Device: "bench"})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := a.Close(); err != nil {
			b.Error(err)
		}
	})
	if err := a.Sample(ctx, SampleOptions{Deals: 20_000, Seed: 1}, func(int64, int64) {}); err != nil {
		b.Fatal(err)
	}
	boss, err := a.Records.Add(ctx, data.KindPerson, data.Values{"name": "Boss", "role": data.RoleLead})
	if err != nil {
		b.Fatal(err)
	}
	var people []data.ID
	err = a.write(ctx, store.Act{What: "A year"}, func(tx *store.Tx) error {
		for i := range 200 {
			id := data.NewID()
			people = append(people, id)
			if _, err := tx.Put(data.KindPerson, id, data.Values{"name": fmt.Sprintf("Person %03d", i), "role": data.RoleRep, "manager": boss}); err != nil {
				return err
			}
		}
		bulk, err := tx.Bulk(store.BulkPlan{Kind: data.KindActivity, Fields: []string{"type", "subject", "person", "day", "done"}, Expect: 500_000})
		if err != nil {
			return err
		}
		for i := range 500_000 {
			if _, err := bulk.Put(data.NewID(), []data.Value{"call", "Asked about budget", people[i%200], a.Today().AddDays(-(i / 200) % 365), true}); err != nil {
				return err
			}
		}
		for i := range 20_000 {
			v := data.Values{"person": people[i%200], "manager": boss, "day": a.Today().AddDays(-(i / 200) * 3), "status": data.OneOnOneHeld, "notes": "Spoke of the quarter, of what is open and of what was promised."}
			if _, err := tx.Put(data.KindOneOnOne, data.NewID(), v); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := a.SetMe(ctx, boss); err != nil {
		b.Fatal(err)
	}
	return a, people
}

// BenchmarkCraft times what a manager of that company opens in a week.
func BenchmarkCraft(b *testing.B) {
	ctx := context.Background()
	a, people := craftBook(b)
	today := a.Today()
	q := FigureQuery{Period: a.Book().Calendar.QuarterOf(today), AsOf: today}
	monday := MondayOf(today)
	for _, c := range []struct {
		name string
		do   func() error
	}{
		{"calendar of a week, everyone", func() error {
			_, err := a.Calendar.Entries(ctx, CalendarQuery{Span: data.Period{From: monday, To: monday.AddDays(7)}})
			return err
		}},
		{"calendar of a month, one person", func() error {
			_, err := a.Calendar.Entries(ctx, CalendarQuery{Scope: data.Scope{Person: people[3]}, Span: data.Period{From: today.AddDays(-30), To: today.AddDays(5)}})
			return err
		}},
		{"overdue, everyone", func() error { _, err := a.Calendar.Overdue(ctx, CalendarQuery{}); return err }},
		{"reminders", func() error { _, err := a.Reminders.Due(ctx); return err }},
		{"home", func() error { _, err := a.Performance.Home(ctx, q); return err }},
		{"goal", func() error { _, err := a.Performance.Goal(ctx, q); return err }},
		{"agenda", func() error { _, err := a.Meetings.Agenda(ctx, AgendaQuery{Day: today}); return err }},
		{"coaching of 200", func() error { _, err := a.Coaching.Team(ctx, q); return err }},
		{"coaching of one", func() error { _, err := a.Coaching.Person(ctx, people[3], q); return err }},
		{"playbook", func() error { _, err := a.Process.Playbook(ctx, q); return err }},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if err := c.do(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
