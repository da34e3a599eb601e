package app_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

func sampleBook(t *testing.T, deals int) *app.App {
	t.Helper()
	return sampleBookAt(t, deals, func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) })
}

func sampleBookAt(t *testing.T, deals int, now func() time.Time) *app.App {
	t.Helper()
	a, err := app.Create(context.Background(), filepath.Join(t.TempDir(), "s.book"),
		app.NewBook{Name: "Sample", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, app.Config{Now: now, Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := a.Sample(context.Background(), app.SampleOptions{Deals: deals, Seed: 7}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestSampleHoldsSomeOfEveryKind(t *testing.T) {
	a := sampleBook(t, 600)
	for _, k := range data.Kinds() {
		n, err := a.Records.Count(context.Background(), data.Query{Kind: k.Name})
		if err != nil {
			t.Fatal(err)
		}
		// A made-up company has no members, nobody whose data was erased and nothing twice.
		if none := k.Name == data.KindDevice || k.Name == data.KindRedaction || k.Name == data.KindAlias; n == 0 != none {
			t.Errorf("the sample has no %s", k.Plural)
		}
	}
	if n, err := a.Records.Count(context.Background(), data.Query{Kind: data.KindDeal}); err != nil || n != 600 {
		t.Errorf("%d deals, %v", n, err)
	}
	if !a.Book().Sample {
		t.Error("the sample is not labelled")
	}
	report, err := a.Journal.Verify(context.Background())
	if err != nil || report.Faults > 0 {
		t.Errorf("verify: %v %v", report.Findings, err)
	}
}

func TestSampleIsRepeatable(t *testing.T) {
	dump := func(a *app.App) (lines []string) {
		for _, kind := range []string{data.KindDeal, data.KindAccount, data.KindPerson} {
			rows, err := a.Records.List(context.Background(), data.Query{Kind: kind})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				lines = append(lines, r.ID.String()+r.Title()+r.Day("close_day").String())
			}
		}
		return lines
	}
	x, y := dump(sampleBook(t, 300)), dump(sampleBook(t, 300))
	if len(x) != len(y) {
		t.Fatalf("%d and %d rows", len(x), len(y))
	}
	for i := range x {
		if x[i] != y[i] {
			t.Fatalf("row %d differs: %s, %s", i, x[i], y[i])
		}
	}
}

func TestSampleRefusesAFilledBook(t *testing.T) {
	a := sampleBook(t, 50)
	err := a.Sample(context.Background(), app.SampleOptions{Deals: 10}, func(int64, int64) {})
	if data.KindOf(err) != data.Refused {
		t.Errorf("filling it twice: %v", err)
	}
}

func TestSampleUndoneIsGone(t *testing.T) {
	a := sampleBook(t, 100)
	if _, err := a.Journal.Undo(context.Background(), data.NoID); err != nil {
		t.Fatal(err)
	}
	if n, err := a.Records.Count(context.Background(), data.Query{Kind: data.KindDeal}); err != nil || n != 0 {
		t.Errorf("%d deals left, %v", n, err)
	}
}
