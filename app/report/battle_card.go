package report

import (
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// BattleCard is what is known of a competitor, on a page to carry along.
type BattleCard struct {
	Cover
	Name, Website, Strengths, Weaknesses, Answers, Pricing, Note string
	All                                                          RivalDeals
	Segments                                                     []RivalDeals
	Reasons                                                      []Fact // why deals were lost to it, with how often
}

// RivalDeals is what came of deals against a competitor.
type RivalDeals struct {
	Name            string
	Rate            metrics.WinRate
	TooFew          bool
	Won, Lost, Open int
	OpenValue       int64
}

// RateText writes a win rate with its interval, or that too few deals ended.
func (n Numbers) RateText(r metrics.WinRate, tooFew bool) string {
	v, known := r.Value()
	switch {
	case !known:
		return lang.T("n/a")
	case tooFew:
		return lang.T("too few to tell, n = %s", n.Count(r.N))
	}
	return lang.T("%s (%s to %s)", n.Percent(v), n.Percent(r.Low), n.Percent(r.High))
}

// Doc lays the card out.
func (c BattleCard) Doc() Doc {
	d := c.doc(lang.T("Against %s", c.Name), 0)
	d.Note = lang.T("Fieldbook battle card, internal")
	d.Meta = facts(lang.T("Win rate"), c.Numbers.RateText(c.All.Rate, c.All.TooFew), lang.T("Open against it"), c.Numbers.Count(c.All.Open)+", "+c.Numbers.Short(c.All.OpenValue), lang.T("Website"), c.Website)
	for _, part := range facts(
		lang.T("How we answer"), c.Answers, lang.T("Where they are strong"), c.Strengths, lang.T("Where they are weak"), c.Weaknesses, lang.T("Pricing"), c.Pricing, lang.T("Note"), c.Note,
	) {
		d.Sections = append(d.Sections, Section{Heading: part.Name, Blocks: []Block{Text{Paragraphs: []string{part.Text}}}})
	}
	if len(c.Segments) > 0 {
		t := Table{Columns: []Column{{Title: lang.T("Segment"), Share: 1}, {Title: lang.T("Win rate"), Right: true, Bold: true}, {Title: lang.T("Won"), Right: true}, {Title: lang.T("Lost"), Right: true}, {Title: lang.T("Open"), Right: true}}}
		for _, s := range c.Segments {
			t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: s.Name}, {Text: c.Numbers.RateText(s.Rate, s.TooFew)}, {Text: c.Numbers.Count(s.Won)}, {Text: c.Numbers.Count(s.Lost)}, {Text: c.Numbers.Count(s.Open)}}})
		}
		d.Sections = append(d.Sections, Section{Heading: lang.T("By segment"), Caption: lang.T("deals closed in twelve months"), Blocks: []Block{t}})
	}
	if len(c.Reasons) > 0 {
		t := Table{Columns: []Column{{Title: lang.T("Lost because"), Share: 1}, {Title: lang.T("Deals"), Right: true}}}
		for _, r := range c.Reasons {
			t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: r.Name}, {Text: r.Text}}})
		}
		d.Sections = append(d.Sections, Section{Heading: lang.T("Why we lost to them"), Blocks: []Block{t}})
	}
	d.Definitions = []Fact{{Name: lang.T("Win rate"), Text: lang.T("won ÷ (won + lost) of deals closed in twelve months, with a 95% interval (Wilson)")}}
	return d
}
