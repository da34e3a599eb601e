package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/data"
)

// firm is a small book that a test edits at random.
type firm struct {
	t     testing.TB
	app   *app.App
	clock *dayClock
	rng   *rand.Rand
	ids   map[string][]data.ID
	n     int
}

func newFirm(t testing.TB, seed uint64) *firm {
	t.Helper()
	c := &firm{t: t, clock: &dayClock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}, rng: rand.New(rand.NewPCG(seed, 1)), ids: map[string][]data.ID{}}
	c.app = figuresBook(t, c.clock)
	stages, err := c.app.Records.List(context.Background(), data.Query{Kind: data.KindStage, Sort: []data.Sort{{Field: "position"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stages {
		c.ids[data.KindStage] = append(c.ids[data.KindStage], s.ID)
	}
	for _, kind := range []string{data.KindTerritory, data.KindPerson, data.KindProduct, data.KindAccount, data.KindAssignment, data.KindQuota} {
		for range 3 {
			c.add(kind)
		}
	}
	for range 12 {
		c.add(data.KindDeal)
	}
	for _, kind := range []string{data.KindRampProfile, data.KindRamp, data.KindAbsence, data.KindDealSplit} {
		for range 3 {
			c.add(kind)
		}
	}
	return c
}

func (c *firm) any(kind string) data.Value {
	ids := c.ids[kind]
	if len(ids) == 0 || c.rng.IntN(8) == 0 && kind != data.KindStage && kind != data.KindPerson && kind != data.KindTerritory && kind != data.KindDeal {
		return nil
	}
	return ids[c.rng.IntN(len(ids))]
}

func (c *firm) day() data.Value { return data.NewDay(2025, 1, 1+c.rng.IntN(500)) }

// values are fields of a kind, made up.
func (c *firm) values(kind string) data.Values {
	c.n++
	name := fmt.Sprintf("%s %d", kind, c.n)
	money := data.Value(int64(c.rng.IntN(100_000)))
	switch kind {
	case data.KindTerritory:
		return data.Values{"name": name, "parent": c.any(kind)}
	case data.KindPerson:
		return data.Values{"name": name, "role": data.RoleRep, "manager": c.any(kind)}
	case data.KindProduct:
		return data.Values{"name": name, "family": "F", "price": money, "currency": "USD"}
	case data.KindAccount:
		return data.Values{"name": name, "industry": fmt.Sprint(c.rng.IntN(3)), "territory": c.any(data.KindTerritory)}
	case data.KindAssignment:
		return data.Values{"person": c.any(data.KindPerson), "territory": c.any(data.KindTerritory), "role": data.AssignOwner, "start_day": c.day()}
	case data.KindQuota:
		return data.Values{"person": c.any(data.KindPerson), "month": data.NewDay(2026, time.Month(1+c.rng.IntN(6)), 1), "amount": money, "currency": "USD"}
	case data.KindRampProfile:
		return data.Values{"name": name, "shares": fmt.Sprintf("%d; 50; 75", c.rng.IntN(40))}
	case data.KindRamp:
		return data.Values{"person": c.any(data.KindPerson), "profile": c.any(data.KindRampProfile), "start_day": data.NewDay(2026, 1, 1+c.rng.IntN(90))}
	case data.KindAbsence:
		from := data.NewDay(2026, 1, 1+c.rng.IntN(90))
		return data.Values{"person": c.any(data.KindPerson), "start_day": from, "end_day": from.AddDays(c.rng.IntN(40)), "relief": float64(c.rng.IntN(101))}
	case data.KindDealSplit:
		kind := []string{data.SplitRevenue, data.SplitOverlay}[c.rng.IntN(2)]
		return data.Values{"deal": c.any(data.KindDeal), "person": c.any(data.KindPerson), "share": float64(c.rng.IntN(101)), "type": kind}
	case data.KindStageEntry:
		return data.Values{"deal": c.any(data.KindDeal), "stage": c.any(data.KindStage), "day": c.day()}
	case data.KindActivity:
		types := []string{"call", "visit", "note"}
		return data.Values{"type": types[c.rng.IntN(3)], "deal": c.any(data.KindDeal), "person": c.any(data.KindPerson), "day": c.day(), "done": c.rng.IntN(2) == 0}
	}
	return data.Values{
		"name": name, "account": c.any(data.KindAccount), "owner": c.any(data.KindPerson), "product": c.any(data.KindProduct), "stage": c.any(data.KindStage),
		"close_day": c.day(), "amount": money, "currency": "USD", "created_day": c.day(), "next_step": name,
	}
}

func (c *firm) add(kind string) {
	c.t.Helper()
	id, err := c.app.Records.Add(context.Background(), kind, c.values(kind))
	if data.KindOf(err) == data.Invalid && err != nil {
		return // a made-up value that a rule forbids
	}
	if err != nil {
		c.t.Fatal(err)
	}
	c.ids[kind] = append(c.ids[kind], id)
}

// act does one thing at random.
func (c *firm) act() {
	c.t.Helper()
	ctx := context.Background()
	kinds := []string{
		data.KindDeal, data.KindDeal, data.KindDeal, data.KindPerson, data.KindTerritory, data.KindAssignment, data.KindProduct,
		data.KindAccount, data.KindQuota, data.KindStageEntry, data.KindActivity,
		data.KindRampProfile, data.KindRamp, data.KindAbsence, data.KindDealSplit,
	}
	kind := kinds[c.rng.IntN(len(kinds))]
	var err error
	switch c.rng.IntN(8) {
	case 0:
		_, err = c.app.Journal.Undo(ctx, data.NoID)
	case 1:
		_, err = c.app.Journal.Redo(ctx)
	case 2:
		if id, ok := c.any(kind).(data.ID); ok {
			err = c.app.Records.Remove(ctx, kind, []data.ID{id})
		}
	case 3, 4:
		c.add(kind)
	default:
		if id, ok := c.any(kind).(data.ID); ok {
			values := c.values(kind)
			for name := range values {
				if c.rng.IntN(2) == 0 {
					delete(values, name)
				}
			}
			err = c.app.Records.Set(ctx, kind, []data.ID{id}, values)
		}
	}
	switch k := data.KindOf(err); {
	case err == nil, k == data.NotFound, k == data.Invalid, k == data.Refused:
	default:
		c.t.Fatal(err)
	}
}

// figures are all tables of figures of a book on a day.
func figures(t testing.TB, a *app.App, asOf data.Day) string {
	t.Helper()
	var out []byte
	for _, by := range []metrics.By{
		metrics.ByPerson, metrics.ByManager, metrics.ByRegion, metrics.ByTerritory, metrics.ByProduct, metrics.ByFamily, metrics.BySector,
		metrics.ByAccount, metrics.ByStage, metrics.ByMonth,
	} {
		text, err := json.Marshal(computed(t, a, app.ComputeQuery{By: by, Period: data.AllTime, AsOf: asOf}))
		if err != nil {
			t.Fatal(err)
		}
		out = append(append(out, text...), '\n')
	}
	w, err := a.Performance.Watched(context.Background(), app.WatchedQuery{Period: data.AllTime, AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	return string(fmt.Appendln(out, w.People)) // a map prints in the order of its keys
}

// fresh are the figures that a newly opened book gives.
func (c *firm) fresh(asOf data.Day) string {
	c.t.Helper()
	b, err := app.OpenReadOnly(context.Background(), c.app.Book().Path, app.Config{Now: c.clock.Now, Device: "test"})
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() {
		if err := b.Close(); err != nil {
			c.t.Error(err)
		}
	}()
	return figures(c.t, b, asOf)
}

// TestPatchedIsReloaded edits books at random, with undo and redo, and holds
// the facts that were patched against facts read anew.
func TestPatchedIsReloaded(t *testing.T) {
	for seed := range uint64(6) {
		c := newFirm(t, seed)
		for i := range 60 {
			if i%10 == 0 {
				c.clock.next()
			}
			c.act()
			if got, want := figures(t, c.app, data.NoDay), c.fresh(data.NoDay); got != want {
				t.Fatalf("seed %d, act %d\npatched\n%s\nread anew\n%s", seed, i, got, want)
			}
		}
	}
}

// TestAsOfStandsStill notes the figures of each evening and asks for them again
// later, when the book has moved on.
func TestAsOfStandsStill(t *testing.T) {
	for seed := range uint64(6) {
		c := newFirm(t, seed+100)
		evenings := map[data.Day]string{}
		for range 5 {
			for range 12 {
				c.actKnown()
			}
			today := c.app.Today()
			evenings[today] = figures(t, c.app, today)
			c.clock.next()
		}
		for range 12 {
			c.actKnown()
		}
		for day, want := range evenings {
			if got := figures(t, c.app, day); got != want {
				t.Fatalf("seed %d, %s\nthen\n%s\nlater\n%s", seed, day, want, got)
			}
		}
	}
}

// actKnown changes rows that the book has had from the start: one that comes
// later has dates before it came, which count for the time before.
func (c *firm) actKnown() {
	c.t.Helper()
	ctx := context.Background()
	kinds := []string{data.KindDeal, data.KindDeal, data.KindPerson, data.KindAssignment, data.KindProduct, data.KindAccount, data.KindQuota, data.KindRamp, data.KindAbsence, data.KindDealSplit}
	kind := kinds[c.rng.IntN(len(kinds))]
	id, ok := c.any(kind).(data.ID)
	if !ok {
		return
	}
	values := c.values(kind)
	for name := range values {
		if c.rng.IntN(2) == 0 {
			delete(values, name)
		}
	}
	if err := c.app.Records.Set(ctx, kind, []data.ID{id}, values); err != nil && data.KindOf(err) == data.Internal {
		c.t.Fatal(err)
	}
}

// TestPatchedAfterMerge has two books edit the same rows and swap share files.
func TestPatchedAfterMerge(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	c := newFirm(t, 41)
	before := figures(t, c.app, data.NoDay)
	swap := func(from, to *app.App, name string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if _, err := from.Sharing.Share(ctx, path, app.ShareOptions{Everything: true}); err != nil {
			t.Fatal(err)
		}
		if _, err := to.Sharing.Merge(ctx, []string{path}, app.MergeOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	other, err := app.CreateReplica(ctx, filepath.Join(dir, "other.book"), c.app.Book().ID, app.Config{Now: c.clock.Now, Device: "other"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	})
	swap(c.app, other, "there.fieldbook")
	if got := figures(t, other, data.NoDay); got != before {
		t.Fatalf("the other book says\n%s\nfor\n%s", got, before)
	}
	away := &firm{t: t, app: other, clock: c.clock, rng: rand.New(rand.NewPCG(42, 1)), ids: c.ids, n: 1000}
	for round := range 4 {
		for range 10 {
			c.act()
			away.act()
		}
		swap(other, c.app, fmt.Sprintf("back%d.fieldbook", round))
		if got, want := figures(t, c.app, data.NoDay), c.fresh(data.NoDay); got != want {
			t.Fatalf("round %d\npatched\n%s\nread anew\n%s", round, got, want)
		}
	}
}
