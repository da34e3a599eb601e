package app

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// A system that keeps no history gives one week after the other how things
// stand. Such files become history: each is an act of its own day.

var (
	dayDigits  = regexp.MustCompile(`(?:^|[^0-9])(20\d\d)[-_. ]?(\d\d)[-_. ]?(\d\d)(?:[^0-9]|$)`)
	timeDigits = regexp.MustCompile(`(?:^|[^0-9])(1\d{12})(?:[^0-9]|$)`) // milliseconds, as in report1795851940719.csv
)

// dayInName finds the day that a file's name tells; NoDay where it tells none
// or a future one.
func dayInName(name string, today data.Day) data.Day {
	day := data.NoDay
	if m := dayDigits.FindStringSubmatch(name); m != nil {
		if d, err := data.ParseDay(strings.Join(m[1:], "-")); err == nil {
			day = d
		}
	} else if m := timeDigits.FindStringSubmatch(name); m != nil {
		if ms, err := strconv.ParseInt(m[1], 10, 64); err == nil {
			day = data.DayOf(time.UnixMilli(ms), time.UTC)
		}
	}
	if day > today {
		return data.NoDay
	}
	return day
}

// SetAsOf says of which day a file tells; NoDay is today. It is Invalid for a
// day to come.
func (f *FilePlan) SetAsOf(day data.Day) error {
	today := f.app.Today()
	if day.Valid() && day > today {
		return data.FieldErrorf("as_of", "%s is still to come; a file tells of today or of an earlier day", day)
	}
	if day == today {
		day = data.NoDay
	}
	f.AsOf = day
	return nil
}

// date says of which day each file tells: as the caller says, else, where
// several deals files have the same columns, each as its name says.
func (p *ImportPlan) date(day data.Day) error {
	if day != 0 {
		for _, f := range p.Files {
			if err := f.SetAsOf(day); err != nil {
				return err
			}
		}
		return nil
	}
	series := map[string][]*FilePlan{}
	for _, f := range p.Files {
		if f.Kind == data.KindDeal {
			series[f.headings()] = append(series[f.headings()], f)
		}
	}
	for _, files := range series {
		days := map[data.Day]bool{}
		for _, f := range files {
			if f.Dated.Valid() {
				days[f.Dated] = true
			}
		}
		if len(files) < 2 || len(days) < len(files) {
			continue
		}
		for _, f := range files {
			if err := f.SetAsOf(f.Dated); err != nil {
				return err
			}
		}
	}
	return nil
}

// headings are the folded names of the columns, one after the other.
func (f *FilePlan) headings() string {
	var b strings.Builder
	for _, c := range f.Columns {
		b.WriteString(sheet.Fold(c.Name))
		b.WriteByte(0)
	}
	return b.String()
}

// byDay parts a plan into the files of one day each, the oldest first. Files
// that tell of no earlier day come last. There is one part at least.
func (p *ImportPlan) byDay() []*ImportPlan {
	if len(p.Files) == 0 {
		return []*ImportPlan{p}
	}
	var out []*ImportPlan
	for _, f := range p.Files {
		i := slices.IndexFunc(out, func(part *ImportPlan) bool { return part.day() == f.AsOf })
		if i < 0 {
			i = len(out)
			out = append(out, &ImportPlan{})
		}
		out[i].Files = append(out[i].Files, f)
	}
	late := func(d data.Day) int64 {
		if !d.Valid() {
			return int64(1) << 40
		}
		return int64(d)
	}
	slices.SortStableFunc(out, func(a, b *ImportPlan) int { return cmp.Compare(late(a.day()), late(b.day())) })
	return out
}

// day is that of the plan's files, which byDay sorted out.
func (p *ImportPlan) day() data.Day { return p.Files[0].AsOf }

// loadNewer finds the rows that were changed after the day that the file tells
// of: it says nothing new of them.
func (w *importWriter) loadNewer() (err error) {
	if w.plan.AsOf.Valid() {
		w.newer, err = w.app.store.EditedAfter(w.ctx, w.Kind, w.plan.AsOf)
	}
	return err
}

// outdated reports, and notes, that the book knows later of a row than the file.
func (w *importWriter) outdated(row *importRow, id data.ID) bool {
	if _, ok := w.newer[id]; !ok {
		return false
	}
	w.Unchanged++
	w.problem(ImportProblem{Line: row.line, Why: "was changed after " + w.plan.AsOf.String() + " in the book; it stays as it is"})
	return true
}
