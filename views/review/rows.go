package review

import (
	"fmt"
	"strings"
	"time"

	"fieldbook/app"
	"fieldbook/app/meeting"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// agendaRows lists an agenda under its reasons; rest names the rows that stand
// for deals that are not listed.
func agendaRows(a *app.ReviewAgenda, w kit.Words) (rows kit.SliceRows, rest map[string]meeting.Reason) {
	rest = map[string]meeting.Reason{}
	more := func(r meeting.Reason) {
		if n := len(a.Rest[r]); n > 0 {
			id := "more " + string(r)
			rest[id] = r
			rows = append(rows, kit.Row{ID: id, Cells: []kit.Cell{{Text: lang.N("%d more", "%d more", n), Color: kit.ColorAccent}}})
		}
	}
	for i, l := range a.Lines {
		if i == 0 || a.Lines[i-1].Reason() != l.Reason() {
			if i > 0 {
				more(a.Lines[i-1].Reason())
			}
			rows = append(rows, kit.Row{Group: true, Cells: []kit.Cell{{Text: report.ReasonName(l.Reason()), Bold: true}}})
		}
		rows = append(rows, kit.Row{ID: l.ID.String(), Cells: []kit.Cell{
			{Text: l.Name, Sub: l.Product}, {Text: l.Owner}, stageCell(l), valueCell(l, w), closeCell(l, w), whyCell(l),
		}})
	}
	if n := len(a.Lines); n > 0 {
		more(a.Lines[n-1].Reason())
	}
	return rows, rest
}

func stageCell(l app.AgendaLine) kit.Cell { return kit.Cell{Text: l.Stage, Sub: cameFrom(l)} }

// cameFrom names the stage of before where it is another one.
func cameFrom(l app.AgendaLine) string {
	if !l.Was || l.StageBefore == "" || l.StageBefore == l.Stage {
		return ""
	}
	return lang.T("from %s", l.StageBefore)
}

func valueCell(l app.AgendaLine, w kit.Words) kit.Cell {
	if !l.Now.Known {
		return kit.Cell{Text: kit.EnDash}
	}
	return kit.Cell{Text: w.Num.Whole(l.Now.Value), Sub: valueChange(l, w)}
}

// valueChange is by how much the value moved, "" where it did not.
func valueChange(l app.AgendaLine, w kit.Words) string {
	if !l.Was || !l.Before.Known || !l.Now.Known || l.Now.Value == l.Before.Value {
		return ""
	}
	if by := l.Now.Value - l.Before.Value; by > 0 {
		return "+" + w.Num.Short(by)
	}
	return kit.EnDash + w.Num.Short(l.Before.Value-l.Now.Value)
}

func closeCell(l app.AgendaLine, w kit.Words) kit.Cell {
	c := kit.Cell{Text: w.Day(l.Now.Close)}
	if l.Was && l.Before.Close.Valid() && l.Before.Close != l.Now.Close {
		c.Sub = lang.T("was %s", w.Day(l.Before.Close))
	}
	return c
}

// whyCell says the other reasons, and how long where days tell.
func whyCell(l app.AgendaLine) kit.Cell {
	var out []string
	if l.Stalled > 0 {
		out = append(out, lang.N("%d day in the stage", "%d days in the stage", l.Stalled))
	}
	for n, r := range l.Reasons[min(1, len(l.Reasons)):] {
		if name := report.ReasonName(r); n == 0 {
			out = append(out, name)
		} else {
			out = append(out, lang.Small(name))
		}
	}
	if l.State == meeting.IsLost && l.LossReason != "" {
		out = append(out, l.LossReason)
	}
	if l.State == meeting.IsWon && l.WinReason != "" {
		out = append(out, l.WinReason)
	}
	c := kit.Cell{Color: kit.ColorFg2}
	if len(out) > 0 {
		c.Text, c.Sub = out[0], strings.Join(out[1:], " · ")
	}
	return c
}

// The keys of the list of a running review that are no items.
const keyChecked = "checked"

// itemRows lists a running review: what is to be asked first, then the deals.
func itemRows(r *app.MeetingRecord, w kit.Words) []kit.ListRow {
	var out []kit.ListRow
	if len(r.Checked) > 0 {
		open := 0
		for _, a := range r.Checked {
			if app.ActionIsOpen(a) {
				open++
			}
		}
		out = append(out, kit.ListRow{Key: keyChecked, Icon: "check", Title: lang.T("Actions of last time"), Detail: lang.T("%s of %s still open", w.Num.Count(open), w.Num.Count(len(r.Checked))), Checked: open == 0})
	}
	last := meeting.Reason("")
	for n, i := range r.Items {
		first := meeting.Reason("")
		if len(i.Reasons) > 0 {
			first = i.Reasons[0]
		}
		if n == 0 || first != last {
			out = append(out, kit.ListRow{Header: true, Title: report.ReasonName(first)})
		}
		last = first
		detail := i.Owner
		if i.Decision != "" {
			detail = i.Decision
		}
		row := kit.ListRow{Key: i.Item.String(), Title: i.Name, Detail: detail, Right: shortValue(i.AgendaLine, w)}
		switch {
		case i.Decision != "":
			row.RightDetail = lang.T("decided")
		case i.Seen:
			row.RightDetail = lang.T("spoken of")
		}
		out = append(out, row)
	}
	return out
}

func shortValue(l app.AgendaLine, w kit.Words) string {
	if !l.Now.Known {
		return ""
	}
	return w.Num.Short(l.Now.Value)
}

// itemKeys are the keys of the list that can be gone to, in order.
func itemKeys(r *app.MeetingRecord) []string {
	var out []string
	if len(r.Checked) > 0 {
		out = append(out, keyChecked)
	}
	for _, i := range r.Items {
		out = append(out, i.Item.String())
	}
	return out
}

// dealFacts are what is to be known of a deal in a meeting.
func dealFacts(i app.MeetingItem, w kit.Words) []kit.Fact {
	out := []kit.Fact{{Label: lang.T("Owner"), Value: i.Owner}}
	stage := i.Stage
	if from := cameFrom(i.AgendaLine); from != "" {
		stage += " · " + from
	}
	out = append(out, kit.Fact{Label: lang.T("Stage"), Value: stage})
	if i.Now.Known {
		value := w.Num.Whole(i.Now.Value)
		if by := valueChange(i.AgendaLine, w); by != "" {
			value += " · " + by
		}
		out = append(out, kit.Fact{Label: lang.T("Value"), Value: value})
	}
	out = append(out, closeFact(i, w))
	if step := stepFact(i, w); step.Value != "" {
		out = append(out, step)
	}
	for _, f := range []kit.Fact{
		{Label: lang.T("Account"), Value: i.AccountTitle},
		{Label: lang.T("Competitor"), Value: i.Competitor},
		{Label: lang.T("Forecast"), Value: kit.Capital(i.Category)},
		{Label: lang.T("Lost because"), Value: i.LossReason},
		{Label: lang.T("Won because"), Value: i.WinReason},
	} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	if i.Stalled > 0 {
		out = append(out, kit.Fact{Label: lang.T("In the stage"), Value: lang.N("%d day", "%d days", i.Stalled), Tone: kit.ToneWarn})
	}
	return out
}

// closeFact is when a deal is to be closed, or was.
func closeFact(i app.MeetingItem, w kit.Words) kit.Fact {
	day := closeCell(i.AgendaLine, w)
	text, tone := day.Text, kit.TonePlain
	if day.Sub != "" {
		text += " · " + day.Sub
	}
	if i.State == meeting.Open && app.IsLate(i.Now.Close, w.Today) {
		tone = kit.ToneWarn
	}
	return kit.Fact{Label: lang.T("Close day"), Value: text, Tone: tone}
}

// stepFact is what is done next about a deal; without a value where nothing is
// to be done any more.
func stepFact(i app.MeetingItem, w kit.Words) kit.Fact {
	step, tone := i.Step, kit.TonePlain
	switch {
	case i.State != meeting.Open:
		step = ""
	case step == "" && !i.Planned:
		step, tone = lang.T("none"), kit.ToneWarn
	case step == "":
		step = lang.T("an activity is planned")
	}
	if step != "" && i.StepOn.Valid() {
		step += " · " + w.Day(i.StepOn)
		if i.StepOn < w.Today {
			tone = kit.ToneWarn
		}
	}
	return kit.Fact{Label: lang.T("Next step"), Value: step, Tone: tone}
}

// actionRow is one action of a table.
func actionRow(r data.Row, w kit.Words) kit.Row {
	what := kit.Cell{Text: r.Text("what")}
	due := kit.Cell{Text: w.Day(r.Day("due_day"))}
	switch {
	case r.Text("status") == data.ActionDone:
		what.Icon, what.Ink, what.Color = "check", kit.ColorGood, kit.ColorFg2
		due = kit.Cell{Text: lang.T("done %s", w.Day(r.Day("done_day"))), Color: kit.ColorFg2}
	case r.Text("status") == data.ActionDropped:
		what.Icon, what.Color = "x", kit.ColorFg2
		due = kit.Cell{Text: lang.T("dropped"), Color: kit.ColorFg2}
	case app.IsLate(r.Day("due_day"), w.Today):
		due.Icon, due.Ink, due.Color = "warn", kit.ColorWarn, kit.ColorWarn
	}
	about := r.Labels["deal"]
	if about == "" {
		about = r.Labels["account"]
	}
	return kit.Row{ID: r.ID.String(), Cells: []kit.Cell{what, {Text: r.Labels["person"]}, {Text: about, Color: kit.ColorFg2}, due}}
}

// meetingRow is one line of the list of meetings.
func meetingRow(r data.Row, w kit.Words) kit.ListRow {
	detail := []string{report.MeetingName(r.Text("type"))}
	for _, name := range []string{r.Labels["about"], r.Labels["territory"]} {
		if name != "" {
			detail = append(detail, name)
		}
	}
	if who := r.Labels["person"]; who != "" && who != r.Labels["about"] {
		detail = append(detail, lang.T("led by %s", who))
	}
	out := kit.ListRow{Key: r.ID.String(), Title: r.Title(), Detail: strings.Join(detail, " · "), Right: w.Day(r.Day("day"))}
	if r.Text("status") != data.MeetingHeld {
		out.RightDetail = lang.T("not ended")
	}
	return out
}

// figureRow is one figure of a discussion.
func figureRow(l report.WatchLine, n report.Numbers) kit.Row {
	cells := []kit.Cell{{Text: report.WatchName(l.Watch)}, {Text: n.Watched(l.Watch, l.Now), Bold: true}, {Text: n.Watched(l.Watch, l.Before), Color: kit.ColorFg2}, changeCell(l), {}, {}}
	if l.HasTarget {
		cells[4].Text = n.WatchedValue(l.Watch, l.Target)
	}
	if share, ok := l.Reached(); ok {
		cells[5].Text = n.Percent(share)
	}
	return kit.Row{ID: fmt.Sprint(int(l.Watch)), Cells: cells}
}

// changeCell says whether a figure went up or down, and whether that is good.
func changeCell(l report.WatchLine) kit.Cell {
	now, a := l.Now.Value()
	before, b := l.Before.Value()
	if !a || !b || now == before {
		return kit.Cell{}
	}
	c := kit.Cell{Icon: kit.MarkUp, Ink: kit.ColorGood, Text: lang.T("better")}
	if now < before {
		c.Icon = kit.MarkDown
	}
	if now < before != l.Watch.LessIsBetter() {
		c.Ink, c.Text = kit.ColorBad, lang.T("worse")
	}
	return c
}

// peopleFigures are those that a discussion shows of each person.
var peopleFigures = []metrics.Watch{metrics.WatchAttainment, metrics.WatchWonValue, metrics.WatchNewPipeline, metrics.WatchMoves, metrics.WatchActivities}

func personRow(p app.DiscussionPerson, n report.Numbers) kit.Row {
	row := kit.Row{ID: p.ID.String(), Cells: []kit.Cell{{Text: p.Name}}}
	for _, w := range peopleFigures {
		row.Cells = append(row.Cells, kit.Cell{Text: n.Watched(w, p.Figures[w])})
	}
	return row
}

// clock writes how long something took: "2:14".
func clock(d time.Duration) string {
	if d < 0 {
		d = 0
	}
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}
