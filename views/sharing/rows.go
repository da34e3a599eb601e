package sharing

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// event is a step of sharing: a merge, or a conflict that was settled.
type event struct {
	id     data.ID
	at     data.Instant
	who    string
	device string
	what   string
	rows   int
	merge  bool
	mine   bool // this computer can take it back
	undone bool
}

// isSharing tells the steps of sharing among all others by their words, and
// merges among them.
func isSharing(what string) (sharing, merge bool) {
	what = strings.TrimPrefix(what, "Redo: ")
	merge = strings.HasPrefix(what, "Merge from ")
	return merge || strings.HasPrefix(what, "Settle "), merge
}

// people names those who have a part in conflicts, in order.
func people(clashes []app.Clash) []string {
	var out []string
	for _, c := range clashes {
		for _, f := range c.Fields {
			for _, s := range f.Sides {
				if !slices.Contains(out, s.Name) {
					out = append(out, s.Name)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// filter says which conflicts are shown; the zero value shows all.
type filter struct {
	person string // who has a part in them
	field  fieldOf
}

// fieldOf is a field of a kind of record.
type fieldOf struct{ kind, label string }

func (f filter) lets(c app.Clash, x app.ClashField) bool {
	if f.field.label != "" && f.field != (fieldOf{c.Row.Kind.Name, x.Label}) {
		return false
	}
	return f.person == "" || slices.ContainsFunc(x.Sides, func(s app.ClashSide) bool { return s.Name == f.person })
}

// of keeps the fields that a filter lets through, and the clashes that have any.
func of(clashes []app.Clash, f filter) []app.Clash {
	var out []app.Clash
	for _, c := range clashes {
		var left []app.ClashField
		for _, x := range c.Fields {
			if f.lets(c, x) {
				left = append(left, x)
			}
		}
		if len(left) > 0 {
			c.Fields = left
			out = append(out, c)
		}
	}
	return out
}

// fieldsOf lists the fields that wait, each once.
func fieldsOf(clashes []app.Clash) []fieldOf {
	var out []fieldOf
	for _, c := range clashes {
		for _, f := range c.Fields {
			if x := (fieldOf{c.Row.Kind.Name, f.Label}); !slices.Contains(out, x) && len(f.Form) > 0 {
				out = append(out, x)
			}
		}
	}
	slices.SortFunc(out, func(a, b fieldOf) int { return strings.Compare(a.label+a.kind, b.label+b.kind) })
	return out
}

// settledHere are the conflicts that were settled on this computer and not
// opened again, the newest first.
func settledHere(events []event) []event {
	var out []event
	for _, e := range events {
		if !e.merge && e.mine && !e.undone && len(out) < decidedMax {
			out = append(out, e)
		}
	}
	return out
}

// decidedRows list settled conflicts under a heading.
func decidedRows(events []event, zone *time.Location) []kit.ListRow {
	if len(events) == 0 {
		return nil
	}
	out := []kit.ListRow{{Header: true, Title: lang.T("Decided"), Detail: lang.T("%d, each can be undone", len(events))}}
	for _, e := range events {
		what, how, _ := strings.Cut(decidedWord(e.what), ", ")
		out = append(out, kit.ListRow{Key: e.id.String(), Icon: "check", Tone: kit.ToneGood, Title: what, Detail: how, RightDetail: dayWord(e.at, zone)})
	}
	return out
}

// decidedWord is what was settled, without the word for settling.
func decidedWord(what string) string {
	return kit.Capital(strings.TrimPrefix(strings.TrimPrefix(what, "Redo: "), "Settle "))
}

// offWord says by how much a clock was off; "" for one that was right.
func offWord(by time.Duration) string {
	days := int(by.Abs() / (24 * time.Hour))
	switch {
	case days == 0:
		return ""
	case by > 0:
		return lang.N("clock %d day ahead", "clock %d days ahead", days, days)
	}
	return lang.N("clock %d day behind", "clock %d days behind", days, days)
}

// clashName is what the record of a clash is called.
func clashName(c app.Clash) string {
	if c.Name != "" {
		return c.Name
	}
	return lang.T("%s without a name", lang.T(c.Row.Kind.Label))
}

// newest is when the last side of a clash was made.
func newest(c app.Clash) data.Instant {
	var at data.Instant
	for _, f := range c.Fields {
		for _, s := range f.Sides {
			at = max(at, s.At)
		}
	}
	return at
}

// against names whom a clash is with: those who are not on this computer.
func against(c app.Clash) string {
	var out []string
	for _, f := range c.Fields {
		for _, s := range f.Sides {
			if !s.Mine && !slices.Contains(out, s.Name) {
				out = append(out, s.Name)
			}
		}
	}
	return strings.Join(out, ", ")
}

// inbox lists clashes, the newest first, under a heading.
func inbox(clashes []app.Clash, zone *time.Location) []kit.ListRow {
	if len(clashes) == 0 {
		return nil
	}
	out := []kit.ListRow{{Header: true, Title: lang.T("To decide"), Detail: lang.T("%d, newest first", len(clashes))}}
	for _, c := range clashes {
		labels := make([]string, len(c.Fields))
		for i, f := range c.Fields {
			labels[i] = f.Label
		}
		out = append(out, kit.ListRow{
			Key: c.Row.ID.String(), Icon: kindIcon(c.Row.Kind.Name), Title: clashName(c), Detail: strings.Join(labels, ", "),
			Right: against(c), RightDetail: dayWord(newest(c), zone),
		})
	}
	return out
}

func kindIcon(kind string) string {
	switch kind {
	case data.KindDeal, data.KindStage, data.KindStageEntry, data.KindPipeline:
		return "pipeline"
	case data.KindAccount, data.KindContact:
		return "building"
	case data.KindPerson, data.KindAssignment:
		return "user"
	case data.KindTerritory, data.KindRule:
		return "territories"
	case data.KindQuota:
		return "quotas"
	case data.KindProduct:
		return "layers"
	}
	return "file"
}

func dayWord(i data.Instant, zone *time.Location) string {
	return kit.DateStyle{}.Short(data.DayOf(i.Time(), zone))
}

func clockWord(i data.Instant, zone *time.Location) string {
	return kit.DateStyle{}.Moment(i, zone)
}

// eventRow shows a step of sharing.
func eventRow(e event, zone *time.Location) kit.Row {
	what, state := kit.Cell{Text: e.what, Icon: "check", Ink: kit.ColorFg2}, kit.Cell{}
	if e.merge {
		what.Icon = "merge"
	}
	if e.undone {
		what.Color = kit.ColorFg2
		state = kit.Cell{Text: lang.T("Undone"), Icon: "undo", Color: kit.ColorFg2}
	}
	rows := "" // a merge's records stand in the steps that it brought
	if e.rows > 0 {
		rows = kit.Thousands(e.rows)
	}
	return kit.Row{ID: e.id.String(), Cells: []kit.Cell{
		{Text: clockWord(e.at, zone)}, what, {Text: e.who}, {Text: e.device, Color: kit.ColorFg2}, {Text: rows}, state,
	}}
}

// fileRow shows what one share file would bring.
func fileRow(f app.MergedFile) kit.Row {
	name := f.File[strings.LastIndexAny(f.File, `/\`)+1:]
	return kit.Row{ID: f.File, Cells: []kit.Cell{
		{Text: name, Copy: f.File, Icon: "file", Ink: kit.ColorFg2},
		{Text: f.From},
		{Text: kit.Thousands(f.Ops)},
		{Text: kit.Thousands(f.New)},
		{Text: kit.Thousands(f.Changed)},
		counted(f.Conflicting, kit.ColorWarn), counted(f.Refused, kit.ColorBad), counted(f.Unknown, kit.ColorFg),
		{Text: kit.Thousands(f.Already), Color: kit.ColorFg2},
	}}
}

// counted is a figure that is coloured, and marked, only where it is not zero.
func counted(n int, color kit.Token) kit.Cell {
	c := kit.Cell{Text: kit.Thousands(n)}
	if n > 0 && color != kit.ColorFg {
		c.Color, c.Icon = color, "warn"
	}
	return c
}

// brought sums what files would bring.
func brought(m *app.Merged) (sum app.MergedFile) {
	for _, f := range m.Files {
		sum.Ops += f.Ops
		sum.New += f.New
		sum.Changed += f.Changed
		sum.Conflicting += f.Conflicting
		sum.Refused += f.Refused
		sum.Waiting += f.Waiting
		sum.Unknown += f.Unknown
		sum.Already += f.Already
	}
	return sum
}

// broughtWords says it in one line.
func broughtWords(m *app.Merged) string {
	s := brought(m)
	text := lang.T("%s new, %s changed", kit.Thousands(s.New), kit.Thousands(s.Changed))
	if s.Conflicting > 0 {
		text += lang.T(", %s conflicting", kit.Thousands(s.Conflicting))
	}
	if s.Refused > 0 {
		text += lang.T(", %s refused", kit.Thousands(s.Refused))
	}
	return text
}

// differenceRows list records, each with its fields before and after below it.
func differenceRows(list []app.Difference) kit.SliceRows {
	var out kit.SliceRows
	for _, d := range list {
		word, icon, ink := stateWord(d.State)
		label := d.Kind
		if k, err := data.KindByName(d.Kind); err == nil {
			label = lang.T(k.Label)
		}
		name := d.Title
		if name == "" {
			name = lang.T("%s without a name", label)
		}
		out = append(out, kit.Row{Cells: []kit.Cell{{Text: name, Sub: label, Bold: true}, {}, {}, {Text: word, Icon: icon, Ink: ink}}})
		for _, f := range d.Fields {
			before := kit.Cell{Text: f.Old, Color: kit.ColorFg2}
			if f.Old == "" {
				before.Text = kit.EnDash
			}
			after := kit.Cell{Text: f.New}
			if f.New == "" {
				after = kit.Cell{Text: lang.T("empty"), Color: kit.ColorFg2}
			}
			wait := kit.Cell{}
			if len(f.Waiting) > 0 {
				wait = kit.Cell{Text: waitWord(f), Icon: "clock", Ink: kit.ColorWarn}
			}
			out = append(out, kit.Row{Cells: []kit.Cell{{Text: lang.T(f.Label), Level: 1, Color: kit.ColorFg2}, before, after, wait}})
		}
	}
	return out
}

// waitWord says what of a conflict shows after the merge and what waits.
func waitWord(f app.FieldChange) string {
	waiting := strings.Join(f.Waiting, ", ")
	if f.Old == f.New {
		return lang.T("yours stays; waiting: %s", waiting)
	}
	return lang.T("theirs shows; waiting: %s", waiting)
}

func stateWord(state string) (word, icon string, ink kit.Token) {
	switch state {
	case app.DifferenceNew:
		return lang.T("New"), "plus", kit.ColorGood
	case app.DifferenceConflicting:
		return lang.T("Conflict, to decide"), "warn", kit.ColorWarn
	case app.DifferenceRemoved:
		return lang.T("Removed"), "x", kit.ColorBad
	}
	return lang.T("Changed"), "edit", kit.ColorFg2
}

// bytesWord shortens a size: "640 KB", "4.1 MB".
func bytesWord(n int64) string {
	if n < 1<<20 {
		return lang.T("%d KB", max(1, n>>10))
	}
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
}
