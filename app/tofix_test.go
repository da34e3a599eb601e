package app

import (
	"context"
	"testing"

	"fieldbook/data"
	"fieldbook/data/store"
)

func TestToFixOfTheMavenBook(t *testing.T) {
	a := importBook(t)
	if items, err := a.ToFix(context.Background()); err != nil || len(items) > 0 {
		t.Fatalf("a new book has %v to fix, %v", items, err)
	}
	importFiles(t, a, mavenPaths(t, "original")...)
	items, err := a.ToFix(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"open_without_close_day": 2089, "open_without_account": 1425, "open_without_next_step": 2089, "accounts_without_territory": 85}
	for _, item := range items {
		if item.Count != want[item.Name] || item.Label == "" {
			t.Errorf("%s (%s): %d, want %d", item.Name, item.Label, item.Count, want[item.Name])
		}
		delete(want, item.Name)
	}
	if len(want) > 0 {
		t.Errorf("not listed: %v", want)
	}
}

func TestToFixFindsEveryKind(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	open, won := importRow1(t, a, "stage", "Discovery").ID, importRow1(t, a, "stage", "Won").ID
	past := a.Today().AddDays(-1)
	for _, v := range []data.Values{
		{"stage": open, "next_step": "call", "next_step_day": past, "close_day": past, "amount": int64(1)},
		{"stage": open, "next_step": "call", "next_step_day": a.Today(), "close_day": a.Today()},
		{"stage": won},
		{"stage": data.NewID()},
	} {
		err := a.write(ctx, store.Act{What: "Put"}, func(tx *store.Tx) error {
			_, err := tx.Put("deal", data.NewID(), v)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for kind, v := range map[string]data.Values{"account": {"name": "x"}, "person": {"name": "Ann"}, "quota": {"month": past}} {
		if _, err := a.Records.Add(ctx, kind, v); err != nil {
			t.Fatal(err)
		}
	}
	items, err := a.ToFix(ctx)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, item := range items {
		got[item.Name] = item.Count
	}
	want := map[string]int{
		"deals_without_stage": 1, "closed_without_close_day": 1, "won_without_amount": 1, "open_without_amount": 1, "open_past_close_day": 1,
		"deals_without_owner": 4, "open_without_account": 2, "open_next_step_due": 1, "accounts_without_territory": 1, "reps_without_manager": 1, "quotas_without_amount": 1,
	}
	for _, item := range a.fixItems() {
		if got[item.Name] != want[item.Name] {
			t.Errorf("%s: %d, want %d", item.Name, got[item.Name], want[item.Name])
		}
	}
}
