package report

import (
	"fmt"
	"strings"

	"fieldbook/app/meeting"
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Minutes are what a meeting is to be remembered by.
type Minutes struct {
	Cover
	Subject, Kind  string
	Day, Since     data.Day
	Leader, About  string
	Held           bool
	Note           string
	Deals          []MinuteDeal
	Actions        []MinuteAction // agreed in it
	Checked        []MinuteAction // of earlier ones
	Leading        []WatchLine
	Lagging        []WatchLine
	Month, Earlier data.Period // of the figures
}

// MinuteDeal is a deal of the agenda.
type MinuteDeal struct {
	Name, Owner, Stage string
	Value              int64
	Known              bool
	Reasons            []meeting.Reason
	Decision           string
	Seen               bool
	Actions            []MinuteAction
}

// MinuteAction is what somebody is to do.
type MinuteAction struct {
	What, Who, Deal string
	Due, Done       data.Day
	Open, Overdue   bool
}

// WatchLine is a figure of a month beside the month before it and its target.
type WatchLine struct {
	Watch       metrics.Watch
	Now, Before metrics.Ratio
	Target      float64 // in the unit of the figure, minor units for money, with HasTarget
	HasTarget   bool
}

// Reached is the share of the target that was reached; false without a target.
func (l WatchLine) Reached() (float64, bool) {
	now, known := l.Now.Value()
	if !known || !l.HasTarget || l.Target <= 0 {
		return 0, false
	}
	return now / l.Target, true
}

// Doc lays the minutes out.
func (m Minutes) Doc() Doc {
	d := m.doc(m.Subject, 0)
	d.Note = lang.T("Fieldbook minutes, internal")
	d.Meta = facts(lang.T("Day"), m.Numbers.DayYear(m.Day), lang.T("Led by"), m.Leader, lang.T("About"), m.About)
	seen, decided := 0, 0
	for _, x := range m.Deals {
		if x.Seen {
			seen++
		}
		if x.Decision != "" {
			decided++
		}
	}
	if m.Kind == data.MeetingPipeline {
		d.Meta = append(d.Meta, Fact{lang.T("Deals spoken of"), m.Numbers.Ratio(seen, len(m.Deals))}, Fact{lang.T("Decisions"), m.Numbers.Count(decided)})
	}
	d.Meta = append(d.Meta, Fact{lang.T("Actions"), m.Numbers.Count(len(m.Actions))})
	d.say(m.Note)
	m.figures(&d)
	m.actions(&d, lang.T("Checked from before"), m.Checked)
	m.actions(&d, lang.T("Agreed"), m.Actions)
	m.deals(&d)
	if len(d.Sections) == 0 {
		d.say(lang.T("Nothing was decided and nothing agreed."))
	}
	d.Definitions = []Fact{{Name: lang.T("Agenda"), Text: lang.T("made by itself from what changed since %s: deals stand once, under what was most pressing", m.Numbers.DayYear(m.Since))}}
	return d
}

func (m Minutes) actions(d *Doc, heading string, list []MinuteAction) {
	if len(list) == 0 {
		return
	}
	t := Table{Columns: []Column{{Title: lang.T("What"), Share: 3}, {Title: lang.T("Who"), Share: 1}, {Title: lang.T("Deal"), Share: 2}, {Title: lang.T("Due"), Right: true}, {Title: lang.T("State")}}}
	for _, a := range list {
		state, tone := lang.T("open"), Plain
		switch {
		case a.Overdue:
			state, tone = lang.T("overdue"), Warn
		case !a.Open && a.Done.Valid():
			state, tone = lang.T("done %s", m.Numbers.Day(a.Done)), Good
		case !a.Open:
			state, tone = lang.T("dropped"), Quiet
		}
		due := ""
		if a.Due.Valid() {
			due = m.Numbers.Day(a.Due)
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: a.What}, {Text: a.Who}, {Text: a.Deal, Tone: Quiet}, {Text: due}, {Text: state, Tone: tone}}})
	}
	d.Sections = append(d.Sections, Section{Heading: heading, Caption: lang.N("%d action", "%d actions", len(list)), Blocks: []Block{t}})
}

// deals lists what was spoken of; what was not is only named.
func (m Minutes) deals(d *Doc) {
	t := Table{Columns: []Column{{Title: "#"}, {Title: lang.T("Deal"), Share: 2}, {Title: lang.T("Owner"), Share: 1}, {Title: lang.T("Stage")}, {Title: lang.T("Value"), Right: true}, {Title: lang.T("On the agenda for"), Share: 2}}}
	var left []string
	for i, x := range m.Deals {
		if !x.Seen && x.Decision == "" && len(x.Actions) == 0 {
			left = append(left, x.Name)
			continue
		}
		value := lang.T("n/a")
		if x.Known {
			value = m.Numbers.Short(x.Value)
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: fmt.Sprint(i + 1)}, {Text: x.Name}, {Text: x.Owner}, {Text: x.Stage}, {Text: value}, {Text: ReasonNames(x.Reasons), Tone: Quiet}}, Strong: x.Decision != ""})
		if x.Decision != "" {
			t.Rows = append(t.Rows, Row{Cells: []Cell{{}, {Text: x.Decision}}, Level: 1})
		}
	}
	if len(t.Rows) > 0 {
		d.Sections = append(d.Sections, Section{Heading: lang.T("Deals"), Caption: lang.T("decisions stand below their deal"), Blocks: []Block{t}})
	}
	if len(left) > 0 {
		d.Sections = append(d.Sections, Section{Heading: lang.T("Not spoken of"), Caption: lang.N("%d deal", "%d deals", len(left)), Blocks: []Block{Text{Paragraphs: []string{strings.Join(left, ", ")}}}})
	}
}

func (m Minutes) figures(d *Doc) {
	for _, part := range []struct {
		heading string
		list    []WatchLine
	}{{lang.T("What moves the result"), m.Leading}, {lang.T("The result"), m.Lagging}} {
		if len(part.list) == 0 {
			continue
		}
		t := Table{Columns: []Column{{Title: lang.T("Figure"), Share: 2}, {Title: m.Month.Name, Right: true, Bold: true}, {Title: m.Earlier.Name, Right: true}, {Title: lang.T("Target"), Right: true}, {Title: lang.T("Reached"), Right: true}}}
		for _, f := range part.list {
			row := []Cell{{Text: WatchName(f.Watch)}, {Text: m.Numbers.Watched(f.Watch, f.Now)}, {Text: m.Numbers.Watched(f.Watch, f.Before), Tone: Quiet}, {}, {}}
			if f.HasTarget {
				row[3].Text = m.Numbers.WatchedValue(f.Watch, f.Target)
			}
			if share, ok := f.Reached(); ok {
				row[4].Text = m.Numbers.Percent(share)
			}
			t.Rows = append(t.Rows, Row{Cells: row})
		}
		d.Sections = append(d.Sections, Section{Heading: part.heading, Caption: lang.T("%s beside %s", m.Month.Name, m.Earlier.Name), Blocks: []Block{t}})
	}
}
