package metrics_test

import (
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

func TestStateAt(t *testing.T) {
	imported := closedDeal(won, "2024-01-10", "2024-03-01", 80_00)
	imported.Created, imported.Entered = on("2024-01-05"), on("2024-06-01")
	imported.Flags |= metrics.ClosedByImport
	undated := blank()
	undated.Entered = on("2024-06-01")
	own := closedDeal(won, "2024-01-10", "2024-03-01", 80_00)
	older := openDeal(offer, "2024-01-05", "2024-09-01", 0)
	older.Engaged, older.Entered = on("2024-01-10"), on("2024-06-01")
	history := []metrics.Move{{Day: on("2024-01-05"), Stage: lead}, {Day: on("2024-01-20"), Stage: talk}, {Day: on("2024-03-01"), Stage: won}}
	reopened := []metrics.Move{{Day: on("2024-01-05"), Stage: lead}, {Day: on("2024-02-01"), Stage: lost}, {Day: on("2024-02-10"), Stage: offer}}
	again := openDeal(offer, "2024-01-05", "2024-09-01", 0)
	dateless := blank()
	dateless.Stage = lost

	open := func(stage int32, closes string) metrics.State {
		return metrics.State{Exists: true, Type: metrics.Open, Stage: stage, Close: on(closes)}
	}
	closed := func(kind metrics.StageType, stage int32, day string) metrics.State {
		return metrics.State{Exists: true, Type: kind, Stage: stage, Close: on(day)}
	}
	hidden := func(stage int32) metrics.State {
		return metrics.State{Exists: true, Stage: stage, Close: data.NoDay, Hidden: true}
	}
	absent := metrics.State{Stage: metrics.None, Close: data.NoDay}
	for _, c := range []struct {
		name    string
		deal    metrics.Deal
		history []metrics.Move
		asOf    string
		want    metrics.State
	}{
		{"not there before it was created", imported, nil, "2024-01-04", absent},
		{"created: the first open stage, nothing of the close known", imported, nil, "2024-01-09", hidden(lead)},
		{"engaged: the second open stage", imported, nil, "2024-01-10", hidden(talk)},
		{"open on the eve of its close day", imported, nil, "2024-02-29", hidden(talk)},
		{"closed at the end of its close day", imported, nil, "2024-03-01", closed(metrics.Won, won, "2024-03-01")},
		{"without dates, there from the day it entered", undated, nil, "2024-05-31", absent},
		{"without dates, in its stage once entered", undated, nil, "2024-06-01", open(lead, "")},
		{"a close in the book was expected on its day", own, nil, "2024-02-01", open(talk, "2024-03-01")},
		{"an open import before it entered", older, nil, "2024-01-20", open(talk, "2024-09-01")},
		{"an open import once entered", older, nil, "2024-06-01", open(offer, "2024-09-01")},
		{"history tells the stage", imported, history, "2024-01-15", hidden(lead)},
		{"history tells the next stage", imported, history, "2024-02-01", hidden(talk)},
		{"history ends at the close", imported, history, "2024-03-01", closed(metrics.Won, won, "2024-03-01")},
		{"lost for a while", again, reopened, "2024-02-05", closed(metrics.Lost, lost, "2024-02-01")},
		{"open again", again, reopened, "2024-02-10", open(offer, "2024-09-01")},
		{"closed without any day", dateless, nil, "2024-01-01", closed(metrics.Lost, lost, "")},
	} {
		f := small()
		f.Upsert(1, c.deal, c.history...)
		if got := f.StateAt(0, on(c.asOf)); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestOnePipelineStage(t *testing.T) {
	f := small()
	f.Pipelines = append(f.Pipelines, metrics.Pipeline{Name: "Renewals"})
	f.Stages = append(f.Stages, metrics.Stage{Name: "Due", Pipeline: 1}, metrics.Stage{Name: "Renewed", Pipeline: 1, Type: metrics.Won})
	d := closedDeal(6, "2024-01-10", "2024-03-01", 1)
	fill(f, d)
	if got := f.StateAt(0, on("2024-02-01")).Stage; got != 5 {
		t.Errorf("stage %d, want the only open one", got)
	}
}

func TestValue(t *testing.T) {
	euro := func(d metrics.Deal) metrics.Deal { d.Currency = 1; return d }
	without := func(d metrics.Deal) metrics.Deal { d.Flags, d.Amount = 0, 0; return d }
	of := func(product int32, d metrics.Deal) metrics.Deal { d.Product = product; return d }
	last := func(amount int64, d metrics.Deal) metrics.Deal { d.LastOpenAmount = amount; return d }
	imported := func(d metrics.Deal) metrics.Deal { d.Flags |= metrics.ClosedByImport; return d }
	wonIn := closedDeal(won, "2024-01-10", "2024-03-01", 80_00)
	lostIn := closedDeal(lost, "2024-01-10", "2024-03-01", 0)
	open := openDeal(talk, "2024-01-05", "2024-09-01", 70_00)
	for _, c := range []struct {
		name string
		deal metrics.Deal
		asOf string
		want int64
		left metrics.LeftOut
	}{
		{"won at its amount", wonIn, "2024-12-31", 80_00, metrics.LeftOut{}},
		{"won in euros at the rate of the close day", euro(wonIn), "2024-12-31", 88_00, metrics.LeftOut{}},
		{"won without amount has no value", without(wonIn), "2024-12-31", 0, metrics.LeftOut{NoAmount: 1}},
		{"lost with 0 at list price", lostIn, "2024-12-31", 100_00, metrics.LeftOut{}},
		{"lost without amount at list price", without(lostIn), "2024-12-31", 100_00, metrics.LeftOut{}},
		{"lost at the list price of its close day", of(gadget, lostIn), "2024-12-31", 55_00, metrics.LeftOut{}},
		{"lost at its last open amount", last(60_00, lostIn), "2024-12-31", 60_00, metrics.LeftOut{}},
		{"open at its amount", open, "2024-12-31", 70_00, metrics.LeftOut{}},
		{"open in euros at the rate of the as-of day", euro(open), "2024-12-31", 84_00, metrics.LeftOut{}},
		{"open in euros at an earlier rate", euro(open), "2024-06-30", 77_00, metrics.LeftOut{}},
		{"open without amount at list price", without(open), "2024-12-31", 100_00, metrics.LeftOut{}},
		{"open gadget at list price", of(gadget, without(open)), "2024-12-31", 60_00, metrics.LeftOut{}},
		{"open without amount or product", of(metrics.None, without(open)), "2024-12-31", 0, metrics.LeftOut{NoAmount: 1}},
		{"won later by import: not at the amount it closed for", imported(wonIn), "2024-02-01", 100_00, metrics.LeftOut{}},
		{"no rate of that currency", func() metrics.Deal { d := wonIn; d.Currency = 2; return d }(), "2024-12-31", 0, metrics.LeftOut{NoRate: 1}},
		{"no rate so early", euro(closedDeal(won, "2023-01-10", "2023-03-01", 80_00)), "2024-12-31", 0, metrics.LeftOut{NoRate: 1}},
	} {
		r := compute(t, fill(small(), c.deal), metrics.Query{Period: data.AllTime, AsOf: on(c.asOf)})
		if got := r.Total.WonValue.Minor + r.Total.LostValue.Minor + r.Total.OpenValue.Minor; got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
		if r.Total.LeftOut != c.left {
			t.Errorf("%s: left out %+v", c.name, r.Total.LeftOut)
		}
	}
}

func TestYenHasNoCents(t *testing.T) {
	f := small()
	f.Currencies[1] = "JPY"
	f.Rates[1] = []metrics.DatedRate{{From: on("2024-01-01"), Rate: data.Rate{Num: 67, Den: 10_000}}}
	d := closedDeal(won, "2024-01-10", "2024-03-01", 10_001) // 10,001 yen at 0.0067 = 67.0067 dollars
	d.Currency = 1
	r := compute(t, fill(f, d), metrics.Query{Period: data.AllTime, AsOf: on("2024-12-31")})
	if got := r.Total.WonValue.Decimal(); got != "67.01" {
		t.Errorf("%s", got)
	}
}
