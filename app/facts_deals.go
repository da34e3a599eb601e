package app

import (
	"cmp"
	"context"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// stageEntry is a line of the stage history that came with an import.
type stageEntry struct {
	deal  data.Key
	day   data.Day
	stage int32
	step  int64 // its order on the day
}

// journey is what the log tells of a deal whose stage changed in the book.
type journey struct {
	steps    []step
	amount   int64 // in hand while reading
	lastOpen int64
}

// step is one stage that a deal was put in. The first is that of its creation.
type step struct {
	day   data.Day
	stage int32
	txn   data.ID
}

var entryFields = []string{"deal", "stage", "day", "step"}

func (b *factBook) loadEntries(ctx context.Context, src *source) error {
	b.entries = nil
	if len(src.past[data.KindStageEntry]) > 0 {
		return b.readEntries(ctx, src, store.Narrow{Kind: data.KindStageEntry, Fields: entryFields})
	}
	err := src.store.EachStageEntryFact(ctx, func(batch []store.StageEntryFact) error {
		for _, f := range batch {
			b.putEntry(f)
		}
		return nil
	})
	b.sortEntries()
	return err
}

// putEntry enters a line of the stage history unless it says too little.
func (b *factBook) putEntry(f store.StageEntryFact) {
	if e := (stageEntry{f.Deal, f.Day, b.stages.get(f.Stage), f.Step}); e.deal != 0 && e.day.Valid() && e.stage != metrics.None {
		b.entries = append(b.entries, e)
	}
}

func (b *factBook) sortEntries() {
	order := func(x, y stageEntry) int {
		if x.deal != y.deal {
			return cmp.Compare(x.deal, y.deal)
		}
		return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(x.step, y.step), cmp.Compare(b.Stages[x.stage].Position, b.Stages[y.stage].Position))
	}
	if !slices.IsSortedFunc(b.entries, order) {
		slices.SortStableFunc(b.entries, order)
	}
}

// reloadEntries reads the histories of some deals again.
func (b *factBook) reloadEntries(ctx context.Context, src *source, deals []data.Key) error {
	b.entries = slices.DeleteFunc(b.entries, func(e stageEntry) bool { return slices.Contains(deals, e.deal) })
	return b.readEntries(ctx, src, store.Narrow{Kind: data.KindStageEntry, Fields: entryFields, Ref: "deal", Keys: deals})
}

func (b *factBook) readEntries(ctx context.Context, src *source, q store.Narrow) error {
	err := src.each(ctx, q, func(l line) error {
		b.putEntry(store.StageEntryFact{Deal: l.ref(0), Stage: l.ref(1), Day: l.day(2), Step: l.int(3)})
		return nil
	})
	b.sortEntries()
	return err
}

// imported is the history that came with an import, oldest first. A load asks
// deal by deal, so the next one's is mostly where the last one's ended.
func (b *factBook) imported(deal data.Key) []stageEntry {
	from := b.sought
	if from > len(b.entries) || from > 0 && b.entries[from-1].deal >= deal || from < len(b.entries) && b.entries[from].deal < deal {
		from, _ = slices.BinarySearchFunc(b.entries, deal, func(e stageEntry, deal data.Key) int { return cmp.Compare(e.deal, deal) })
	}
	to := from
	for to < len(b.entries) && b.entries[to].deal == deal {
		to++
	}
	b.sought = to
	return b.entries[from:to]
}

var activityFields = []string{"deal", "done", "type"}

func (b *factBook) loadPlanned(ctx context.Context, src *source) error {
	b.planned = map[data.Key]bool{}
	if len(src.past) > 0 {
		return b.readPlanned(ctx, src, store.Narrow{Kind: data.KindActivity, Fields: activityFields})
	}
	keys, err := src.store.PlannedDeals(ctx)
	for _, key := range keys {
		b.planned[key] = true
	}
	return err
}

// reloadPlanned asks again which of some deals have something planned.
func (b *factBook) reloadPlanned(ctx context.Context, src *source, deals []data.Key) error {
	for _, key := range deals {
		delete(b.planned, key)
	}
	return b.readPlanned(ctx, src, store.Narrow{Kind: data.KindActivity, Fields: activityFields, Ref: "deal", Keys: deals})
}

func (b *factBook) readPlanned(ctx context.Context, src *source, q store.Narrow) error {
	return src.each(ctx, q, func(l line) error {
		if l.has(0) && l.int(1) == 0 && l.text(2) != "note" {
			b.planned[l.ref(0)] = true
		}
		return nil
	})
}

func (b *factBook) loadDeals(ctx context.Context, src *source) error {
	b.steps = nil
	if err := b.loadJourneys(ctx, src, nil); err != nil {
		return err
	}
	n, err := src.store.Count(ctx, data.Query{Kind: data.KindDeal})
	if err != nil {
		return err
	}
	b.Reserve(n, len(b.entries)+4*len(b.journeys))
	err = src.store.EachDealFact(ctx, b.Currency(), func(batch []store.DealFact) error {
		for i := range batch {
			b.putDeal(&batch[i])
		}
		return nil
	})
	if err != nil {
		return err
	}
	return b.rewindDeals(ctx, src)
}

// rewindDeals puts deals that later days changed back to how they stood.
func (b *factBook) rewindDeals(ctx context.Context, src *source) error {
	for _, p := range src.past[data.KindDeal] {
		if p.Gone {
			b.dropDeal(p.Key)
			continue
		}
		f := store.DealFact{Key: p.Key, Entered: p.Born, Close: data.NoDay, Created: data.NoDay, Engaged: data.NoDay, NextOn: data.NoDay, Snoozed: data.NoDay}
		for field, into := range map[string]*data.Key{"account": &f.Account, "owner": &f.Owner, "product": &f.Product, "stage": &f.Stage} {
			v, err := src.stored(ctx, p.Values[field])
			if err != nil {
				return err
			}
			key, _ := v.(int64)
			*into = data.Key(key)
		}
		for field, into := range map[string]*data.Day{"close_day": &f.Close, "created_day": &f.Created, "engaged_day": &f.Engaged, "next_step_day": &f.NextOn, "snooze_day": &f.Snoozed} {
			if d, ok := p.Values[field].(data.Day); ok {
				*into = d
			}
		}
		f.Amount, f.HasAmount = p.Values["amount"].(int64)
		f.Currency, _ = p.Values["currency"].(string)
		f.Category, _ = p.Values["category"].(string)
		f.HasStep = p.Values["next_step"] != nil || f.NextOn.Valid()
		b.putDeal(&f)
	}
	return nil
}

// loadJourneys reads from the log how deals went through their stages; deals
// nil is all of them.
func (b *factBook) loadJourneys(ctx context.Context, src *source, deals []data.Key) error {
	if deals == nil {
		b.journeys = map[data.Key]*journey{}
	}
	for _, key := range deals {
		delete(b.journeys, key)
	}
	return src.store.EachStageEdit(ctx, store.PastQuery{Deals: deals, Until: src.until}, func(e store.StageEdit) error {
		j := b.journeys[e.Deal]
		if j == nil {
			j = &journey{}
			b.journeys[e.Deal] = j
		}
		b.follow(j, &e)
		return nil
	})
}

// follow takes an edit into a journey. What an undo took back was no step.
func (b *factBook) follow(j *journey, e *store.StageEdit) {
	if e.Staged {
		if !e.UndoOf.IsZero() {
			first := len(j.steps) > 0 && j.steps[0].txn == e.UndoOf
			j.steps = slices.DeleteFunc(j.steps, func(s step) bool { return !first && s.txn == e.UndoOf })
		}
		s := step{day: e.Day, stage: metrics.None, txn: e.Txn}
		if place, ok := b.stageOf[e.Stage]; ok {
			s.stage = place
		}
		n := len(j.steps)
		closing := b.stageType(s.stage) != metrics.Open
		if closing {
			s.day = s.day.Min(e.Close)
		}
		if n > 0 {
			s.day = max(s.day, j.steps[n-1].day)
			if closing && b.stageType(j.steps[n-1].stage) == metrics.Open {
				j.lastOpen = j.amount
			}
		}
		if n == 0 || j.steps[n-1].stage != s.stage {
			j.steps = append(j.steps, s)
		}
	}
	if e.Priced {
		j.amount, _ = e.Amount.(int64)
	}
}

func (b *factBook) stageType(stage int32) metrics.StageType {
	if stage == metrics.None {
		return metrics.Open
	}
	return b.Stages[stage].Type
}

// putDeal enters a deal as the figures know it.
func (b *factBook) putDeal(f *store.DealFact) {
	d := metrics.Deal{
		Owner: b.people.get(f.Owner), Product: b.products.get(f.Product), Account: b.accounts.get(f.Account), Stage: b.stages.get(f.Stage),
		Created: f.Created, Engaged: f.Engaged, Close: f.Close, Entered: f.Entered, Snoozed: f.Snoozed,
		Amount: f.Amount, Currency: b.currencyAt(f.Currency), Category: categories[f.Category],
	}
	if f.HasAmount {
		d.Flags |= metrics.HasAmount
	}
	if f.HasStep || b.planned[f.Key] {
		d.Flags |= metrics.Planned
	}
	b.steps.set(f.Key, f.NextOn)
	j := b.journeys[f.Key]
	moved := j != nil && len(j.steps) > 1
	if b.stageType(d.Stage) != metrics.Open {
		if moved {
			d.LastOpenAmount = j.lastOpen
		} else {
			d.Flags |= metrics.ClosedByImport
		}
	}
	var entries []stageEntry
	if len(b.entries) > 0 {
		entries = b.imported(f.Key)
	}
	if !moved && len(entries) == 0 {
		b.Upsert(f.Key, d)
		return
	}
	b.Upsert(f.Key, d, b.history(&d, entries, j)...)
}

func (b *factBook) dropDeal(key data.Key) {
	b.steps.set(key, data.NoDay)
	delete(b.journeys, key)
	b.Remove(key)
}

// history joins what an import told of a deal's stages and what the log tells.
// Without imported history, the dates created and engaged stand for it as they
// do for deals that never moved.
func (b *factBook) history(d *metrics.Deal, entries []stageEntry, j *journey) []metrics.Move {
	var m moves
	for _, e := range entries {
		m.add(e.day, e.stage)
	}
	if len(entries) == 0 {
		b.addDates(&m, d)
	}
	if j != nil {
		for i, s := range j.steps {
			if n := len(entries); n > 0 && s.day < entries[n-1].day {
				continue // what came with an import tells of those days
			}
			if sameDay := i+1 < len(j.steps) && j.steps[i+1].day == s.day; !sameDay && s.stage != metrics.None {
				m.add(s.day, s.stage)
			}
		}
	}
	if last := len(m) - 1; d.Stage != metrics.None && (last < 0 || m[last].Stage != d.Stage) {
		day := d.Entered
		if b.stageType(d.Stage) != metrics.Open && d.Close.Valid() {
			day = d.Close
		}
		m.add(day, d.Stage)
	}
	return m
}

// addDates adds the stages that the dates created and engaged tell of, where
// they lie before the deal entered the book.
func (b *factBook) addDates(m *moves, d *metrics.Deal) {
	if d.Stage == metrics.None {
		return
	}
	open, ok := b.openers[b.Stages[d.Stage].Pipeline]
	if !ok {
		return
	}
	if d.Created.Valid() && d.Created < d.Entered && (!d.Engaged.Valid() || d.Created < d.Engaged) {
		m.add(d.Created, open[0])
	}
	if d.Engaged.Valid() && d.Engaged < d.Entered {
		m.add(d.Engaged, open[1])
	}
}

// moves are a deal's moves in the order of time.
type moves []metrics.Move

// add appends a move, not earlier than the one before it; one into the same
// stage is none.
func (m *moves) add(day data.Day, stage int32) {
	if n := len(*m); n > 0 {
		last := (*m)[n-1]
		if last.Stage == stage {
			return
		}
		day = max(day, last.Day)
	}
	*m = append(*m, metrics.Move{Day: day, Stage: stage})
}
