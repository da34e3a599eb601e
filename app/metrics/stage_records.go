package metrics

import "fieldbook/data"

// StageRecord is what became of the deals that stood in an open stage.
type StageRecord struct {
	Stage int32
	Was   WinRate // of the closed deals that stood in it
	Stay  Spread  // days, of all who left it
	After float64 // more days than these are too many (Stalls.After)
	// The closed deals that stood in it longer than After at a time, and the
	// others; both without any where After is 0.
	Long, Short   WinRate
	Open, Stalled int
}

// recordSums are per stage.
type recordSums struct {
	stay                         histogram
	won, lost, longWon, longLost int
	open, stalled                int
}

// StageRecords tells what became of the deals of the view by the open stages
// that they stood in. stalls are those of the whole book on the view's day. What
// it gives is shared and not to be changed.
func (v *View) StageRecords(stalls *Stalls) []StageRecord {
	out, _ := v.records.get(struct{}{}, func() ([]StageRecord, error) { return v.stageRecords(stalls), nil })
	return out
}

func (v *View) stageRecords(stalls *Stalls) []StageRecord {
	sums := tally(v, func() []recordSums { return make([]recordSums, len(v.f.Stages)) }, func(into []recordSums, p *part) {
		var entries []Move
		longest := make([]int, len(v.f.Stages))
		for i := range p.closed {
			c := &p.closed[i]
			if c.stage >= 0 {
				entries = v.reader.entries(entries[:0], &v.f.Deals[c.deal], c)
				recordClosed(into, entries, c, longest, stalls.After)
			}
		}
		for i := range p.open {
			c := &p.open[i]
			if c.stage < 0 {
				continue
			}
			into[c.stage].open++
			if stalls.Days(int(c.deal)) > 0 {
				into[c.stage].stalled++
			}
			entries = v.reader.entries(entries[:0], &v.f.Deals[c.deal], c)
			eachStay(entries, c, func(s stay) { into[s.in].stay.add(s.days) })
		}
	}, func(into, from []recordSums) {
		for i := range from {
			a, b := &into[i], &from[i]
			a.stay.merge(b.stay)
			a.won, a.lost, a.longWon, a.longLost = a.won+b.won, a.lost+b.lost, a.longWon+b.longWon, a.longLost+b.longLost
			a.open, a.stalled = a.open+b.open, a.stalled+b.stalled
		}
	})
	var out []StageRecord
	for p := range v.f.Pipelines {
		for _, stage := range v.f.openStages(int32(p)) {
			s := &sums[stage]
			r := StageRecord{Stage: stage, Was: NewWinRate(s.won, s.lost), Stay: s.stay.spread(), After: stalls.After[stage], Open: s.open, Stalled: s.stalled}
			if r.After > 0 {
				r.Long, r.Short = NewWinRate(s.longWon, s.longLost), NewWinRate(s.won-s.longWon, s.lost-s.longLost)
			}
			out = append(out, r)
		}
	}
	return out
}

// recordClosed counts a closed deal once in each stage that it stood in.
// longest is room, all 0 before and after: a day more than the longest stay.
func recordClosed(into []recordSums, entries []Move, c *cell, longest []int, after []float64) {
	eachStay(entries, c, func(s stay) {
		into[s.in].stay.add(s.days)
		longest[s.in] = max(longest[s.in], s.days+1)
	})
	for _, e := range entries {
		days := longest[e.Stage] - 1
		if days < 0 {
			continue
		}
		longest[e.Stage] = 0
		s := &into[e.Stage]
		long := after[e.Stage] > 0 && float64(days) > after[e.Stage]
		switch {
		case c.kind == Won && long:
			s.won, s.longWon = s.won+1, s.longWon+1
		case c.kind == Won:
			s.won++
		case long:
			s.lost, s.longLost = s.lost+1, s.longLost+1
		default:
			s.lost++
		}
	}
}

// StallCell is how many open deals of a person stand in a stage and how many of
// them have stalled.
type StallCell struct{ Open, Stalled int }

// StallsBy counts open and stalled deals by owner and stage; None is nobody.
func (v *View) StallsBy(stalls *Stalls) map[int32]map[int32]StallCell {
	out := map[int32]map[int32]StallCell{}
	v.EachOpen(func(s Standing) {
		if s.Stage == None {
			return
		}
		row := out[s.Deal.Owner]
		if row == nil {
			row = map[int32]StallCell{}
			out[s.Deal.Owner] = row
		}
		c := row[s.Stage]
		c.Open++
		if stalls.Days(s.Place) > 0 {
			c.Stalled++
		}
		row[s.Stage] = c
	})
	return out
}

// SnoozedOn reports whether a deal is not to be reported as stalled on a day.
func (d *Deal) SnoozedOn(day data.Day) bool { return d.Snoozed.Valid() && day < d.Snoozed }
