package report

import (
	"slices"

	"fieldbook/assets/lang"
)

// ChartsReport is what a report of charts and cards of somebody's choosing is made
// from, in their order.
type ChartsReport struct {
	Cover
	Title string // "" for what such a report is called by itself
	Parts []ChartPart
}

// ChartPart is one card or chart with what is said to it.
type ChartPart struct {
	Name string // of the pane, as Definition knows it
	Card *Card
	Spec Spec // nil for a card
	Note string
	All  bool // the report's filters do not reach it
}

// Doc lays the report out: cards that follow each other stand on one line, each
// chart under its own heading.
func (c ChartsReport) Doc() Doc {
	title := c.Title
	if title == "" {
		title = lang.T("Charts")
	}
	d := c.doc(title, 0)
	var cards []Card
	var notes []string
	flush := func() {
		if len(cards) == 0 {
			return
		}
		blocks := []Block{Figures{Cards: cards}}
		if len(notes) > 0 {
			blocks = append(blocks, Text{Paragraphs: notes})
		}
		d.Sections = append(d.Sections, Section{Blocks: blocks})
		cards, notes = nil, nil
	}
	for _, p := range c.Parts {
		d.define(p.Name)
		if p.Card != nil {
			cards = append(cards, *p.Card)
			if p.Note != "" {
				notes = append(notes, p.Card.Name+": "+p.Note)
			}
			continue
		}
		flush()
		d.Sections = append(d.Sections, p.section())
	}
	flush()
	return d
}

func (p ChartPart) section() Section {
	if p.Spec == nil {
		return Section{Heading: p.Name, Blocks: []Block{Text{Paragraphs: []string{lang.T("A newer Fieldbook draws this")}}}}
	}
	head := p.Spec.Describe()
	s := Section{Heading: head.Title, Caption: head.Caption(), Blocks: []Block{Chart{Spec: p.Spec}}}
	if p.All {
		s.Caption = join(s.Caption, lang.T("of all deals, without the filters"))
	}
	if head.Right != "" {
		s.Caption = join(s.Caption, head.Right)
	}
	if p.Note != "" {
		s.Blocks = append(s.Blocks, Text{Paragraphs: []string{p.Note}})
	}
	return s
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

// define adds what the figures of a pane mean, each once.
func (d *Doc) define(pane string) {
	for _, f := range Definition(pane) {
		if !slices.Contains(d.Definitions, f) {
			d.Definitions = append(d.Definitions, f)
		}
	}
}

// Definition says what the figures of a card or chart of Panes mean.
func Definition(pane string) []Fact {
	won := Fact{Name: lang.T("Won"), Text: lang.T("amount of deals closed as won in the period, by close date, credited to the owner")}
	attained := Fact{Name: lang.T("Attained"), Text: lang.T("won divided by quota; a team's is the sum of won divided by the sum of quotas")}
	quota := Fact{Name: lang.T("Quota"), Text: lang.T("quota of each month of the period, less while ramping up and for days outside the role")}
	rate := Fact{Name: lang.T("Win rate"), Text: lang.T("won deals divided by won and lost deals closed in the period; the interval is Wilson’s at 95%")}
	cycle := Fact{Name: lang.T("Sales cycle"), Text: lang.T("days from engaged, else created, to close of won deals; deals still open are in none")}
	average := Fact{Name: lang.T("Average"), Text: lang.T("mean amount of won deals; median is the one in the middle")}
	coverage := Fact{Name: lang.T("Coverage"), Text: lang.T("value of open deals due in the period divided by what is left to quota; met when nothing is left")}
	open := Fact{Name: lang.T("Open"), Text: lang.T("deals not closed on the as-of day, at their amount, else the list price")}
	return map[string][]Fact{
		CardWon: {won}, CardAttainment: {quota, attained}, CardLeft: {quota}, CardCoverage: {coverage}, CardWinRate: {rate}, CardDealSize: {average}, CardCycle: {cycle}, CardOpen: {open},
		CardVelocity: {{Name: lang.T("Velocity"), Text: lang.T("open deals past qualification × win rate × average won deal ÷ sales cycle, all of the last 365 days")}},
		"gauge":      {quota, attained}, "attainment": {quota, attained}, "bands": {attained}, "measures": {quota, coverage, rate, cycle}, "leaders": {won}, "running": {won, quota}, "months": {won},
		"mix": {won}, "each": {won}, "quarters": {won, quota}, "customers": {won}, "products": {won}, "rates": {rate}, "sizes": {rate, average}, "stages": {open}, "load": {open}, "cycles": {cycle},
		"funnel":   {{Name: lang.T("Conversion"), Text: lang.T("deals that reached the next stage divided by those and the lost ones; a stage that was skipped counts as passed")}},
		"flow":     {{Name: lang.T("Flow"), Text: lang.T("each deal that was open on the first day or came since, from where it stood to where it stands; a band is as wide as its deals are many")}},
		"course":   {won, quota, {Name: lang.T("Forecast"), Text: lang.T("won + open deals × the probability of their stage + what managers adjusted")}},
		"changes":  {{Name: lang.T("Changes"), Text: lang.T("start + what came in − what went out = end, to the cent")}},
		"activity": {{Name: lang.T("Activity"), Text: lang.T("calls, visits, meetings and the like that were done, on their day")}},
	}[pane]
}
