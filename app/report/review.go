package report

import (
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// Review is the cover of the quarterly review: the figures of all and what is
// bound behind it.
type Review struct {
	Cover
	Total  metrics.Row
	People int
	Parts  []Part
}

// Part is one report of the review and the page that it begins on.
type Part struct {
	Title string
	Level int // 1 for one of several of a kind
	Page  int
}

// Doc lays the cover out. It takes as many pages whatever the pages of the parts.
func (r Review) Doc() Doc {
	d := r.doc(lang.T("Quarterly review"), r.People)
	n, t := r.Numbers, r.Total
	cards := []Card{
		n.attainedCard(t), n.wonCard(t), n.winRateCard(t), n.averageCard(t),
		{Name: lang.T("Open, due"), Text: n.Short(t.OpenValue.Minor), Sub: lang.N("%d deal", "%d deals", t.Open)},
	}
	contents := Table{Columns: []Column{{Title: lang.T("Report"), Share: 1}, {Title: lang.T("Page"), Right: true}}}
	for _, p := range r.Parts {
		contents.Rows = append(contents.Rows, Row{Cells: []Cell{{Text: p.Title}, {Text: n.Count(p.Page)}}, Level: p.Level})
	}
	d.Sections = []Section{
		{Blocks: []Block{Figures{Cards: cards}}},
		{Heading: lang.T("Contents"), Blocks: []Block{contents}},
	}
	d.Definitions = []Fact{{Name: lang.T("Figures"), Text: lang.T("what each means stands at the end of each report")}}
	return d
}
