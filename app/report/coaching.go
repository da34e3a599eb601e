package report

import (
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// TalkPaper is a one-on-one on paper.
type TalkPaper struct {
	Cover
	Person, Manager, Day string
	Figures              string // as they were frozen, or as they stand for one to come
	Agenda, Notes        string
	Promises             []PromiseLine
}

// PromiseLine is a commitment in words.
type PromiseLine struct{ What, Due, Status, Effect string }

// Doc lays the one-on-one out: what was talked of, what was promised, and the
// figures of the day.
func (p TalkPaper) Doc() Doc {
	d := p.doc(lang.T("One-on-one"), 0)
	d.Title = lang.T("One-on-one, %s", p.Person)
	d.Meta = facts(lang.T("With"), p.Manager, lang.T("On"), p.Day)
	d.paragraphs(lang.T("Agenda"), p.Agenda)
	d.paragraphs(lang.T("Notes"), p.Notes)
	if len(p.Promises) > 0 {
		t := Table{Columns: []Column{{Title: lang.T("Commitment"), Share: 1}, {Title: lang.T("Due")}, {Title: lang.T("Status")}}}
		var since []string // in lines of their own, since a figure with its interval is longer than a column
		for _, l := range p.Promises {
			t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: l.What}, {Text: l.Due}, {Text: l.Status}}})
			if l.Effect != "" {
				since = append(since, lang.T("%s: %s", l.What, l.Effect))
			}
		}
		d.Sections = append(d.Sections, Section{Heading: lang.T("Commitments"), Caption: lang.N("%d in all", "%d in all", len(p.Promises)), Blocks: []Block{t}})
		d.paragraphs(lang.T("What came of it"), strings.Join(since, "\n"))
	}
	d.figures(p.Figures)
	return d
}

// ReviewPaper is a review on paper.
type ReviewPaper struct {
	Cover
	Person, Of, Day, Status, Rating string
	SelfText, ManagerText           string
	Figures                         string
}

// Doc lays the review out, with the figures as they were frozen.
func (p ReviewPaper) Doc() Doc {
	d := p.doc(lang.T("Review"), 0)
	d.Title = lang.T("Review, %s", p.Person)
	d.Meta = facts(lang.T("Period"), p.Of, lang.T("On"), p.Day, lang.T("Status"), p.Status, lang.T("Rating"), p.Rating)
	d.paragraphs(lang.T("In own words"), p.SelfText)
	d.paragraphs(lang.T("The manager’s words"), p.ManagerText)
	d.figures(p.Figures)
	return d
}

// WallPaper is the wall of recognition on paper.
type WallPaper struct {
	Cover
	Entries []WallEntry // the newest first
}

// WallEntry is one recognition.
type WallEntry struct{ Person, Day, Title, Reason, By string }

// Doc lays the wall out, large enough to hang up: a name, what for, in whose words.
func (p WallPaper) Doc() Doc {
	d := p.doc(lang.T("Wall of recognition"), 0)
	d.Note = ""
	if len(p.Entries) == 0 {
		d.say(lang.T("Nobody was recognised in this time."))
	}
	for _, e := range p.Entries {
		var text []string
		if e.Reason != "" {
			text = append(text, e.Reason)
		}
		caption := e.Day
		if e.By != "" {
			caption = lang.T("%s, by %s", e.Day, e.By)
		}
		d.Sections = append(d.Sections, Section{Heading: e.Person, Caption: caption, Blocks: []Block{Text{Paragraphs: append([]string{e.Title}, text...)}}})
	}
	return d
}

// facts pairs names with what they say; an empty text is left out.
func facts(pairs ...string) []Fact {
	var out []Fact
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, Fact{Name: pairs[i], Text: pairs[i+1]})
		}
	}
	return out
}

// paragraphs adds a section of a text's lines, none without a text.
func (d *Doc) paragraphs(heading, text string) {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) > 0 {
		d.Sections = append(d.Sections, Section{Heading: heading, Blocks: []Block{Text{Paragraphs: lines}}})
	}
}

// figures adds frozen figures as a table: their first line says of which day
// they are.
func (d *Doc) figures(frozen string) {
	head, rest, _ := strings.Cut(strings.TrimSpace(frozen), "\n")
	if head == "" {
		return
	}
	t := Table{Columns: []Column{{Title: lang.T("Figure"), Share: 1}, {Title: lang.T("Value"), Right: true}}}
	for line := range strings.Lines(rest) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: name}, {Text: value}}})
	}
	if len(t.Rows) == 0 {
		d.paragraphs(lang.T("Figures of the day"), frozen)
		return
	}
	d.Sections = append(d.Sections, Section{Heading: lang.T("Figures of the day"), Caption: head, Blocks: []Block{t}})
}

// Effect says what a figure did beside the peers', with its interval: shares
// move by points.
func (n Numbers) Effect(w metrics.Watch, e metrics.Effect) string {
	name, before, after := WatchName(w), n.Watched(w, e.Own.Before), n.Watched(w, e.Own.After)
	diff, low, high := n.change(w, e.Diff), n.change(w, e.Low), n.change(w, e.High)
	var text string
	switch {
	case e.Told == metrics.TooEarly:
		text = lang.T("too early to tell: two weeks are needed")
	case e.Told == metrics.TooFew:
		text = lang.T("%s → %s; too few deals to tell", before, after)
	case e.Told == metrics.NoPeers:
		text = lang.T("%s → %s; too few colleagues to compare with", before, after)
	case e.Low <= 0 && e.High >= 0:
		text = lang.T("%s → %s; no more than what happens by itself (%s, %s to %s)", before, after, diff, low, high)
	default:
		text = lang.T("%s → %s; %s against colleagues (%s to %s, %d of them)", before, after, diff, low, high, e.Peers)
	}
	return name + ": " + text
}

// change writes a difference with its sign.
func (n Numbers) change(w metrics.Watch, v float64) string {
	text := n.WatchedValue(w, max(v, -v))
	if v < 0 {
		return "−" + text
	}
	return "+" + text
}
