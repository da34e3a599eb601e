package app

import (
	"cmp"
	"hash/maphash"

	"fieldbook/data"
)

// entrySteps puts what deals came to on one day in order: by the time of day where
// the file tells it, else as its lines stand, which may begin with the newest.
type entrySteps struct {
	shape            *importShape
	deal, stage, day int // places in the shape
	to               int // where it goes in a row for the bulk
	seed             maphash.Seed
	days             map[uint64]*entryDay // of a deal, with more than one line
	timed, newest    bool
	step             int64 // of the row in hand; 0 where its day has no other
	again            bool  // the deal came to the stage once more on that day
}

// entryDay is a day on which a deal has several lines.
type entryDay struct {
	lines, seen int64
	stage       string // of the line before
	step        int64
	again       bool
	first       map[string]int64 // by stage, the step of its first line
}

// stepField is that of the stage history in which the order is kept.
const stepField = "step"

// openSteps reads a history of stages through for the days with several lines.
func (w *importWriter) openSteps() error {
	s := w.shape
	e := &entrySteps{shape: s, deal: s.index("deal"), stage: s.index("stage"), day: s.index("day"), to: -1, seed: maphash.MakeSeed(), days: map[uint64]*entryDay{}}
	if w.Kind != data.KindStageEntry || w.plan.links || e.deal < 0 || e.stage < 0 || e.day < 0 || s.index(stepField) >= 0 {
		return nil
	}
	var way entryWay
	lines := map[uint64]int32{}
	err := w.plan.stream(w.ctx, s, func(row *importRow) error {
		day, ok := e.dayOf(row)
		if !ok || w.past != nil && w.past.takes(row) {
			return nil
		}
		e.timed = e.timed || row.clocks[e.day] > 0
		key := e.key(row)
		lines[key]++
		if lines[key] == 2 {
			e.days[key] = &entryDay{first: map[string]int64{}}
		}
		if d := e.days[key]; d != nil {
			d.lines = int64(lines[key])
		}
		way.add(textAt(row, e.deal), day)
		return nil
	})
	e.newest = way.newest()
	if err == nil && len(e.days) > 0 {
		w.steps = e
	}
	return err
}

func (e *entrySteps) dayOf(row *importRow) (data.Day, bool) {
	day, ok := row.values[e.day].(data.Day)
	return day, ok && row.problem == nil
}

// key is that of a deal's day, of a row whose references are still text.
func (e *entrySteps) key(row *importRow) uint64 {
	day, _ := e.dayOf(row)
	return maphash.Comparable(e.seed, struct {
		deal string
		day  data.Day
	}{textAt(row, e.deal), day})
}

// take finds the order of a row whose references are still text. Lines of one
// stage that follow each other are one stay.
func (e *entrySteps) take(row *importRow) {
	e.step, e.again = 0, false
	day := e.days[e.key(row)]
	if _, ok := e.dayOf(row); !ok || day == nil {
		return
	}
	day.seen++
	stage := textAt(row, e.stage)
	if day.seen > 1 && day.stage == stage {
		e.step, e.again = day.step, day.again
		return
	}
	switch {
	case e.timed:
		e.step = row.clocks[e.day]
	case e.newest:
		e.step = day.lines - day.seen + 1
	default:
		e.step = day.seen
	}
	first, had := day.first[stage]
	if e.again = had && first != e.step; !had {
		day.first[stage] = e.step
	}
	day.stage, day.step, day.again = stage, e.step, e.again
}

// lay puts the order of the row in hand into a row for the bulk writer.
func (e *entrySteps) lay(out []data.Value) {
	if e == nil {
		return
	}
	if out[e.to] = nil; e.step != 0 {
		out[e.to] = e.step
	}
}

// entryWay finds out whether a history begins with the newest: by lines of one deal
// that follow each other, else by all.
type entryWay struct {
	deal     string
	day      data.Day
	any      bool
	own, all int // days that go up, less those that go down
}

func (w *entryWay) add(deal string, day data.Day) {
	if w.any {
		step := cmp.Compare(day, w.day)
		w.all += step
		if deal == w.deal {
			w.own += step
		}
	}
	w.deal, w.day, w.any = deal, day, true
}

func (w *entryWay) newest() bool { return cmp.Or(w.own, w.all) < 0 }
