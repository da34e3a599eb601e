package app

import (
	"slices"

	"fieldbook/data"
	"fieldbook/data/store"
)

// stageCell and amountCell are the fields of a deal that are told together.
var (
	stageCell  = []string{"stage", "close_day", "loss_reason"}
	amountCell = []string{"amount", "currency"}
)

// stood is how the fields of a cell stood from a day on.
type stood struct {
	day    data.Day
	values data.Values
}

// dealsAtOnce is how many deals are read from the book at once.
const dealsAtOnce = 256

// timelines lays the histories of some deals into days.
func (run *importRun) timelines(ids []data.ID, byDay map[data.Day][]pastEdit) error {
	told, err := run.app.store.Told(run.ctx, data.KindDeal, ids)
	if err != nil {
		return err
	}
	entries := map[data.ID][]data.Row{}
	err = run.app.store.Each(run.ctx, data.Query{
		Kind: data.KindStageEntry, Where: []data.Filter{{Field: "deal", Test: data.Is, Values: idValues(ids)}}, Sort: entryOrder,
	}, func(row data.Row) error {
		entries[row.Ref("deal")] = append(entries[row.Ref("deal")], row)
		return nil
	})
	for _, id := range ids {
		if err == nil && len(told[id]) > 0 {
			err = run.timeline(id, knownDeal{told[id], entries[id]}, byDay)
		}
	}
	return err
}

// entryOrder is that of a deal's stage history: what came on one day is as its
// file had it, else as the stages follow each other.
var entryOrder = []data.Sort{{Field: "day"}, {Field: "step"}, {Field: "stage.position"}}

// timeline finds out what a deal's history tells anew and lays it into days. What
// the book knows of later days stays, and is said again behind it, since of a
// cell the newest entry of the log counts.
func (run *importRun) timeline(id data.ID, book knownDeal, byDay map[data.Day][]pastEdit) error {
	lines, told := run.past[id], book.told
	slices.SortStableFunc(lines, func(a, b then) int { return a.before(&b) })
	wrote := map[string]bool{}
	first := data.NoDay
	for _, cell := range [][]string{stageCell, amountCell} {
		marks, err := run.marks(cell, lines, book)
		if err != nil {
			return err
		}
		for _, m := range book.news(cell, marks) {
			byDay[m.day] = append(byDay[m.day], pastEdit{id, m.values})
			wrote[cell[0]] = true
			first = first.Min(m.day)
		}
	}
	if now := book.at([]string{"created_day", "engaged_day"}, told[len(told)-1].Day); now["created_day"] == nil && now["engaged_day"] == nil && first.Valid() && first < told[0].Day {
		byDay[first] = append(byDay[first], pastEdit{id, data.Values{"created_day": first}}) // else it would not be there on those days
	}
	for i := range lines {
		cell := map[string]string{"amount": "amount", "close_day": "stage"}[lines[i].what]
		switch {
		case cell == "":
		case wrote[cell]:
			lines[i].file.w.count(store.Changed)
		default:
			lines[i].file.w.count(store.Unchanged)
		}
	}
	return nil
}

// marks are the states of a cell that the lines tell, the oldest first, and
// behind them those that the book knows of later days.
func (run *importRun) marks(cell []string, lines []then, book knownDeal) ([]stood, error) {
	tells := func(t then) bool {
		if cell[0] == "amount" {
			return t.what == "amount" || t.what == "" && t.amount != nil
		}
		return t.closes()
	}
	if !slices.ContainsFunc(lines, tells) {
		return nil, nil
	}
	var out []stood
	var err error
	if cell[0] == "amount" {
		out = run.amounts(lines, book)
	} else if out, err = run.closings(lines, book); err != nil || len(out) == 0 {
		return nil, err
	}
	last := out[len(out)-1].day
	for i, t := range book.told {
		if _, has := t.Values[cell[0]]; !has && i > 0 || t.Day < last {
			continue
		}
		out = laid(out, stood{t.Day, book.at(cell, t.Day)})
	}
	slices.SortStableFunc(out, func(a, b stood) int { return int(a.day - b.day) })
	return slices.CompactFunc(out, func(a, b stood) bool { return a.day == b.day }), nil
}

// amounts are the amounts that the lines tell.
func (run *importRun) amounts(lines []then, book knownDeal) []stood {
	now := book.now(amountCell)
	coin, _ := now["currency"].(string)
	if coin == "" {
		coin = string(run.app.Book().Currency)
	}
	state := func(v data.Value, own data.Currency) data.Values {
		if own == "" && v != nil {
			v = rescaled(v.(int64), data.Currency(coin).Digits()-run.app.Book().Currency.Digits())
			own = data.Currency(coin)
		}
		if v == nil {
			return data.Values{"amount": nil, "currency": nil}
		}
		return data.Values{"amount": v, "currency": string(own)}
	}
	var out []stood
	for _, t := range lines {
		if t.what == "close_day" || t.what == "" && t.amount == nil {
			continue
		}
		if created, ok := book.now([]string{"created_day"})["created_day"].(data.Day); len(out) == 0 && t.old != nil && ok && created < t.day {
			out = append(out, stood{created, state(t.old, "")})
		}
		out = laid(out, stood{t.day, state(t.amount, t.coin)})
	}
	return out
}

// rescaled gives minor units of another number of decimals.
func rescaled(minor int64, digits int) int64 {
	for ; digits > 0; digits-- {
		minor *= 10
	}
	for ; digits < 0; digits++ {
		minor /= 10
	}
	return minor
}

// laid adds a state; of one day the later one counts.
func laid(list []stood, m stood) []stood {
	if n := len(list); n > 0 && list[n-1].day == m.day {
		list[n-1] = m
		return list
	}
	return append(list, m)
}

// closings are the close days that the lines tell, each with the stage in which
// the deal stood. Of a closed deal whose stages nobody knows there are none.
func (run *importRun) closings(lines []then, book knownDeal) ([]stood, error) {
	entries := book.entries
	c := closingLines{stage: book.now(stageCell)["stage"], close: closeBefore(lines), entries: entries}
	if len(entries) > 0 {
		c.stage = entries[0].Ref("stage")
	} else if open, err := run.openStage(c.stage); err != nil || !open {
		return nil, err
	}
	if created, ok := book.now([]string{"created_day"})["created_day"].(data.Day); ok && created < lines[0].day && (len(entries) == 0 || created < entries[0].Day("day")) {
		c.add(created)
	}
	for i := range lines {
		c.take(&lines[i])
	}
	return c.out, nil
}

// closingLines lays the lines of a deal's history and its stage history into one.
type closingLines struct {
	stage, close data.Value // in hand
	entries      []data.Row // still to come
	out          []stood
}

func (c *closingLines) add(day data.Day) {
	c.out = laid(c.out, stood{day, data.Values{"stage": c.stage, "close_day": c.close, "loss_reason": nil}})
}

func (c *closingLines) take(t *then) {
	for len(c.entries) > 0 && c.entries[0].Day("day") <= t.day && (t.stage.IsZero() || c.entries[0].Day("day") < t.day) {
		c.stage = c.entries[0].Ref("stage")
		c.add(c.entries[0].Day("day"))
		c.entries = c.entries[1:]
	}
	if !t.stage.IsZero() {
		c.stage = t.stage
	}
	if t.closes() {
		c.close = t.close
	}
	c.add(t.day)
}

// closes reports whether a line tells a close day.
func (t *then) closes() bool { return t.what == "close_day" || t.what == "" && t.close != nil }

// closeBefore is the close day before the first line that tells one, as far as
// the lines know.
func closeBefore(lines []then) data.Value {
	for _, t := range lines {
		switch {
		case t.what == "close_day" && t.old != nil:
			return t.old
		case t.what == "" && t.close != nil:
			return t.close
		}
	}
	return nil
}

func (run *importRun) openStage(id data.Value) (bool, error) {
	stage, ok := id.(data.ID)
	if !ok {
		return false, nil
	}
	if open, known := run.open[stage]; known {
		return open, nil
	}
	row, err := run.app.store.Get(run.ctx, data.KindStage, stage)
	if err != nil && data.KindOf(err) != data.NotFound {
		return false, err
	}
	open := err == nil && row.Text("type") == data.StageOpen
	run.open[stage] = open
	return open, nil
}

// knownDeal is what the log says of a deal, and its stage history.
type knownDeal struct {
	told    []store.Told
	entries []data.Row // of its stage history, the oldest first
}

// at is how fields stood at the end of a day, as far as the book knows: what a
// deal was when it entered the book it was before, too.
func (k knownDeal) at(fields []string, day data.Day) data.Values {
	out := data.Values{}
	for i, t := range k.told {
		for _, f := range fields {
			if v, has := t.Values[f]; has && (i == 0 || t.Day <= day) {
				out[f] = v
			}
		}
	}
	return out
}

func (k knownDeal) now(fields []string) data.Values {
	out := data.Values{}
	for _, t := range k.told {
		for _, f := range fields {
			if v, has := t.Values[f]; has {
				out[f] = v
			}
		}
	}
	return out
}

// news are the marks from the first on that the book knows otherwise. They begin
// earlier where the first says what stands now, which would leave no trace.
func (k knownDeal) news(cell []string, marks []stood) []stood {
	at := slices.IndexFunc(marks, func(m stood) bool { return !agreeing(cell, m.values, k.at(cell, m.day)) })
	if at < 0 {
		return nil
	}
	now := k.now(cell)
	for at > 0 && agreeing(cell, marks[at].values, now) {
		at--
	}
	return marks[at:]
}

func agreeing(fields []string, a, b data.Values) bool {
	for _, f := range fields {
		if f != "loss_reason" && a[f] != b[f] {
			return false
		}
	}
	return true
}
