package report

import (
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// FunnelReport is what the report "funnel" is made from: how the deals created
// in a period went through the stages of each pipeline.
type FunnelReport struct {
	Cover
	Funnels []metrics.Funnel
	Cohort  metrics.CohortRate // of all of them
}

// Doc lays the report out: one part a pipeline that deals went through, with
// its figures, its funnel and the table of its stages.
func (f FunnelReport) Doc() Doc {
	d := f.doc(lang.T("Funnel"), 0)
	for _, p := range f.Funnels {
		if p.Deals > 0 {
			d.Sections = append(d.Sections, f.sections(p)...)
		}
	}
	if len(d.Sections) == 0 {
		d.say(lang.T("No deal was created in this period."))
	}
	d.Definitions = []Fact{
		{Name: lang.T("Deals"), Text: lang.T("deals created in the period, or engaged where no creation day is known, as they stood on the as-of day")},
		{Name: lang.T("Reached"), Text: lang.T("deals that got to the stage or beyond; a skipped stage counts as passed")},
		{Name: lang.T("Advanced"), Text: lang.T("deals that went on to the next stage, or were won from the last")},
		{Name: lang.T("Conversion"), Text: lang.T("advanced divided by advanced and lost here; deals still here are in neither")},
		{Name: lang.T("Won of created"), Text: lang.T("won divided by all deals; too young to judge while less time has passed than nine of ten won deals took")},
		{Name: lang.T("Days"), Text: lang.T("days in the stage of all deals that left it in the period: median and 75th percentile")},
	}
	return d
}

func (f FunnelReport) sections(p metrics.Funnel) []Section {
	return []Section{
		{Heading: p.Name, Blocks: []Block{Figures{Cards: f.cards(p)}}},
		{
			Heading: lang.T("How far deals came"), Caption: lang.T("n = %s deals by stage reached, conversion from stage before", f.Numbers.Count(p.Deals)),
			Blocks: []Block{Chart{Spec: f.chart(p)}},
		},
		{Heading: lang.T("Stages"), Caption: lang.T("deals and days"), Blocks: []Block{f.table(p)}},
	}
}

func (f FunnelReport) cards(p metrics.Funnel) []Card {
	n := f.Numbers
	rate := metrics.NewWinRate(p.Won, p.Lost)
	interval := ""
	if rate.Den > 0 {
		interval = lang.T("%s–%s, n = %s", n.Percent(rate.Low), n.Percent(rate.High), n.Count(rate.N))
	}
	young := ""
	if f.Cohort.Young {
		young = lang.T("too young to judge")
	}
	return []Card{
		{Name: lang.T("Deals"), Text: n.Count(p.Deals)},
		{Name: lang.T("Won"), Text: n.Count(p.Won)},
		{Name: lang.T("Lost"), Text: n.Count(p.Lost)},
		{Name: lang.T("Still open"), Text: n.Count(p.Deals - p.Won - p.Lost)},
		{Name: lang.T("Won of closed"), Text: n.share(rate.Value()), Sub: interval},
		{Name: lang.T("Won of created"), Text: n.share(metrics.Ratio{Num: float64(p.Won), Den: float64(p.Deals), N: p.Deals}.Value()), Sub: young},
	}
}

func (f FunnelReport) chart(p metrics.Funnel) Funnel {
	out := Funnel{Head: Head{Title: p.Name, More: lang.T("and %d more")}}
	add := func(label string, count int, before *metrics.Step) {
		s := Step{Mark: Mark{Label: label, Text: f.Numbers.Count(count), Value: float64(count), Key: label}}
		if before != nil {
			s.Rate = f.Numbers.share(before.Conversion.Value())
			s.Dropped = lang.T("%s lost", f.Numbers.Count(before.LostHere))
		}
		out.Steps = append(out.Steps, s)
	}
	var before *metrics.Step
	for i := range p.Steps {
		add(p.Steps[i].Name, p.Steps[i].Reached, before)
		before = &p.Steps[i]
	}
	add(lang.T("Won"), p.Won, before)
	return out
}

func (f FunnelReport) table(p metrics.Funnel) Table {
	n := f.Numbers
	t := Table{Columns: []Column{
		{Title: lang.T("Stage")},
		{Title: lang.T("Reached"), Right: true},
		{Title: lang.T("Advanced"), Right: true},
		{Title: lang.T("Lost here"), Right: true},
		{Title: lang.T("Still here"), Right: true},
		{Title: lang.T("Conversion"), Right: true, Bold: true},
		{Title: lang.T("Days, median"), Right: true},
		{Title: lang.T("Days, 75th"), Right: true},
	}}
	for _, s := range p.Steps {
		median, p75 := n.notAvailable(), n.notAvailable()
		if s.Days.N > 0 {
			median, p75 = n.Number(s.Days.Median, 0), n.Number(s.Days.P75, 0)
		}
		t.Rows = append(t.Rows, Row{Key: s.Name, Cells: []Cell{
			{Text: s.Name},
			{Text: n.Count(s.Reached)},
			{Text: n.Count(s.Advanced)},
			{Text: n.Count(s.LostHere)},
			{Text: n.Count(s.StillHere)},
			{Text: n.share(s.Conversion.Value())},
			{Text: median},
			{Text: p75},
		}})
	}
	t.Totals = []Row{{Cells: []Cell{
		{Text: lang.T("All deals")},
		{Text: n.Count(p.Deals)},
		{Text: n.Count(p.Won)},
		{Text: n.Count(p.Lost)},
		{Text: n.Count(p.Deals - p.Won - p.Lost)},
		{Text: n.share(metrics.NewWinRate(p.Won, p.Lost).Value())},
		{},
		{},
	}}}
	return t
}
