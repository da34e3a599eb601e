package report

import (
	"cmp"
	"slices"
	"strings"

	"fieldbook/assets/lang"
	"fieldbook/data"
)

// PipelineReview is what the report of that name is made from: the open deals
// of the scope that are to close in the period.
type PipelineReview struct {
	Cover
	Deals []OpenDeal
	Names map[data.Key]string // of the deals that Shown gives
	NoDay int                 // open deals of the scope without an expected close day
}

// OpenDeal is one deal and what asks for attention in it.
type OpenDeal struct {
	Key     data.Key
	Owner   string
	Stage   string
	Close   data.Day
	Value   int64 // in the book's currency, with Known
	Known   bool
	Planned bool     // a next step or an activity is planned
	StepOn  data.Day // NoDay where the step has none
	Stalled int      // days in the stage, 0 unless stalled
	Pushed  int      // how often its close day moved into a later period
}

// need is a reason to look at a deal, in the order of the report.
type need int

const (
	needStalled need = iota
	needOverdue
	needStep
	needPushed
	needBig
	needNone
	needs
)

// mostReviewed is how many deals of a group are listed; the rest is summed.
const mostReviewed = 12

// reviewed is a deal with all that asks for attention in it.
type reviewed struct {
	OpenDeal
	has [needs]bool
}

// first is the reason under which the deal is listed.
func (d reviewed) first() need { return need(slices.Index(d.has[:], true)) }

// also names the other reasons.
func (d reviewed) also() string {
	var out []string
	for n := d.first() + 1; n < needNone; n++ {
		if d.has[n] && (n != needStep || d.first() != needStalled) { // who is stalled has none
			out = append(out, n.short())
		}
	}
	return strings.Join(out, ", ")
}

func (n need) short() string {
	return [...]string{lang.T("stalled"), lang.T("overdue"), lang.T("no step"), lang.T("pushed"), lang.T("big"), ""}[n]
}

func (n need) heading() string {
	return [...]string{
		lang.T("Stalled"), lang.T("Step overdue"), lang.T("No next step"), lang.T("Pushed before"), lang.T("Big"), lang.T("Due this period"),
	}[n]
}

// look sorts the deals, the largest first, and says what each needs.
func (p PipelineReview) look() []reviewed {
	big := p.bigFrom()
	out := make([]reviewed, len(p.Deals))
	for i, d := range p.Deals {
		r := reviewed{OpenDeal: d}
		r.has[needStep] = !d.Planned
		r.has[needOverdue] = d.StepOn.Valid() && d.StepOn < p.AsOf
		r.has[needStalled] = d.Stalled > 0
		r.has[needPushed] = d.Pushed > 0
		r.has[needBig] = d.Known && d.Value >= big
		r.has[needNone] = true
		out[i] = r
	}
	slices.SortFunc(out, func(a, b reviewed) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Close, b.Close), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// bigFrom is the value from which on a deal is in the top tenth.
func (p PipelineReview) bigFrom() int64 {
	var values []int64
	for _, d := range p.Deals {
		if d.Known {
			values = append(values, d.Value)
		}
	}
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)-(len(values)+9)/10]
}

// grouped puts each deal into the first group that it belongs to.
func grouped(all []reviewed) [needs][]reviewed {
	var out [needs][]reviewed
	for _, d := range all {
		out[d.first()] = append(out[d.first()], d)
	}
	return out
}

// Shown gives the deals that are listed by name.
func (p PipelineReview) Shown() []data.Key {
	var out []data.Key
	for _, g := range grouped(p.look()) {
		for _, d := range g[:listed(len(g))] {
			out = append(out, d.Key)
		}
	}
	return out
}

// listed is how many of n are listed: one more than the limit is no reason to sum.
func listed(n int) int {
	if n <= mostReviewed+1 {
		return n
	}
	return mostReviewed
}

// Doc lays the report out: what there is, what asks for attention, by owner, and
// the deals, each under the first thing that it needs.
func (p PipelineReview) Doc() Doc {
	d := p.doc(lang.T("Pipeline review"), 0)
	all := p.look()
	d.Sections = []Section{{Blocks: []Block{Figures{Cards: p.cards(all)}}}}
	if len(all) == 0 {
		d.say(lang.T("No open deal is expected to close in this period."))
	}
	for n, g := range grouped(all) {
		if len(g) > 0 {
			caption := lang.N("%d deal, values in %s", "%d deals, values in %s", len(g), len(g), string(p.Numbers.Currency))
			d.Sections = append(d.Sections, Section{Heading: need(n).heading(), Caption: caption, Blocks: []Block{p.table(need(n), g)}})
		}
	}
	if len(all) > 0 {
		d.Sections = append(d.Sections, Section{Heading: lang.T("By owner"), Caption: lang.T("deals that need something; one may stand in several columns"), Blocks: []Block{p.owners(all)}})
	}
	if n := unvalued(all); n > 0 {
		d.say(lang.N("The values leave out %d deal without an amount, a list price or an exchange rate.", "The values leave out %d deals without an amount, a list price or an exchange rate.", n))
	}
	if p.NoDay > 0 && !p.Period.IsAll() {
		d.say(lang.N("%d open deal has no expected close day and so stands in no period.", "%d open deals have no expected close day and so stand in no period.", p.NoDay))
	}
	d.Definitions = p.definitions()
	return d
}

func unvalued(all []reviewed) (n int) {
	for _, d := range all {
		if !d.Known {
			n++
		}
	}
	return n
}

func total(list []reviewed) (sum int64) {
	for _, d := range list {
		sum += d.Value
	}
	return sum
}

func (p PipelineReview) cards(all []reviewed) []Card {
	n := p.Numbers
	card := func(name string, list []reviewed) Card {
		return Card{Name: name, Text: n.Count(len(list)), Sub: n.Short(total(list))}
	}
	with := func(which need) (out []reviewed) {
		for _, d := range all {
			if d.has[which] {
				out = append(out, d)
			}
		}
		return out
	}
	return []Card{
		{Name: lang.T("Open, due in period"), Text: n.Short(total(all)), Sub: lang.N("%d deal", "%d deals", len(all))},
		card(needStalled.heading(), with(needStalled)), card(needOverdue.heading(), with(needOverdue)),
		card(needStep.heading(), with(needStep)), card(needPushed.heading(), with(needPushed)),
	}
}

func (p PipelineReview) table(which need, list []reviewed) Table {
	n := p.Numbers
	why := map[need]string{needOverdue: lang.T("Step due"), needStalled: lang.T("Days in stage"), needPushed: lang.T("Times pushed")}[which]
	t := Table{Columns: []Column{
		{Title: lang.T("Deal"), Share: 2}, {Title: lang.T("Owner"), Share: 1}, {Title: lang.T("Stage")}, {Title: lang.T("Closes")}, {Title: lang.T("Value"), Right: true, Bold: true},
	}}
	if why != "" {
		t.Columns = append(t.Columns, Column{Title: why, Right: true})
	}
	if which < needBig {
		t.Columns = append(t.Columns, Column{Title: lang.T("Also")})
	}
	for _, d := range list[:listed(len(list))] {
		value := n.notAvailable()
		if d.Known {
			value = n.Exact(d.Value)
		}
		cells := []Cell{{Text: p.Names[d.Key]}, {Text: d.Owner}, {Text: d.Stage}, {Text: n.Day(d.Close)}, {Text: value}}
		if why != "" {
			cells = append(cells, Cell{Text: n.why(which, d)})
		}
		if which < needBig {
			cells = append(cells, Cell{Text: d.also()})
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	pad := func(name string, sum int64) Row {
		cells := make([]Cell, len(t.Columns))
		cells[0].Text, cells[4].Text = name, n.Exact(sum)
		return Row{Cells: cells}
	}
	if rest := list[listed(len(list)):]; len(rest) > 0 {
		t.Rows = append(t.Rows, pad(lang.T("and %d more", len(rest)), total(rest)))
	}
	t.Totals = []Row{pad(lang.N("%d deal", "%d deals", len(list)), total(list))}
	return t
}

// why says how much a deal needs what it is listed under.
func (n Numbers) why(which need, d reviewed) string {
	if which == needOverdue {
		return n.Day(d.StepOn)
	}
	if which == needStalled {
		return n.Count(d.Stalled)
	}
	return n.Count(d.Pushed)
}

func (p PipelineReview) owners(all []reviewed) Table {
	n := p.Numbers
	t := Table{Columns: []Column{{Title: lang.T("Owner"), Share: 1}, {Title: lang.T("Deals"), Right: true}, {Title: lang.T("Value"), Right: true, Bold: true}}}
	for which := range needNone {
		t.Columns = append(t.Columns, Column{Title: which.heading(), Right: true})
	}
	by := map[string][]reviewed{}
	for _, d := range all {
		by[d.Owner] = append(by[d.Owner], d)
	}
	names := make([]string, 0, len(by))
	for name := range by {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(total(by[b]), total(by[a])), cmp.Compare(a, b)) })
	row := func(name string, list []reviewed) Row {
		cells := []Cell{{Text: name}, {Text: n.Count(len(list))}, {Text: n.Exact(total(list))}}
		for which := range needNone {
			count := 0
			for _, d := range list {
				if d.has[which] {
					count++
				}
			}
			cells = append(cells, Cell{Text: n.Count(count)})
		}
		return Row{Cells: cells}
	}
	for _, name := range names {
		r := row(name, by[name])
		if name == "" {
			r.Cells[0].Text = lang.T("Nobody")
		}
		t.Rows = append(t.Rows, r)
	}
	t.Totals = []Row{row(p.total(), all)}
	return t
}

func (p PipelineReview) definitions() []Fact {
	return []Fact{
		{Name: lang.T("Open, due"), Text: lang.T("open deals expected to close in the period, at their amount, else the list price; each is listed once, under the first of these that it meets, and “also” names the others")},
		{Name: lang.T("Stalled"), Text: lang.T("more days in the stage than three of four deals needed that went on from it, and nothing planned")},
		{Name: lang.T("Step overdue"), Text: lang.T("the day of the next step lies before the as-of day")},
		{Name: lang.T("No next step"), Text: lang.T("neither a next step nor an activity is planned")},
		{Name: lang.T("Pushed"), Text: lang.T("the close day was moved into a later quarter, as often as counted")},
		{Name: lang.T("Big"), Text: lang.T("in the top tenth of these deals by value")},
	}
}
