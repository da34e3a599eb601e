package report

import (
	"fieldbook/app/planning"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// PlanSummary is a territory plan as a whole: what each territory holds, how even
// that is, and who gains and loses.
type PlanSummary struct {
	Cover
	Plan        string
	Status      string   // as people call it
	Start       data.Day // NoDay where it is not decided
	Note        string
	Mix         planning.Mix
	Tolerance   float64
	Territories []PlanTerritory
	Loose       planning.Values // of accounts in no territory
	Before      planning.Spread
	After       planning.Spread
	Effects     []planning.Effect
	People      map[data.ID]string
	Value       planning.Measure // what people's gains are told in; sales where nothing is said
	Map         *MapSpec         // nil leaves it out
}

// PlanTerritory is one territory of it.
type PlanTerritory struct {
	ID     data.ID
	Name   string
	Owner  string // "" for nobody
	Values planning.Values
	Quota  float64
	Index  float64
}

// Doc lays the summary out.
func (p PlanSummary) Doc() Doc {
	d := p.doc(lang.T("Territory plan %s", p.Plan), 0)
	d.Meta = []Fact{
		{Name: lang.T("In force from"), Text: p.Numbers.startWords(p.Start)},
		{Name: lang.T("Status"), Text: p.Status},
		{Name: lang.T("Balanced by"), Text: p.Numbers.mixWords(p.Mix)},
		{Name: lang.T("As of"), Text: p.Numbers.DayYear(p.AsOf)},
	}
	d.Sections = []Section{{Blocks: []Block{Figures{Cards: p.cards()}}}}
	d.say(p.Note)
	if p.Map != nil {
		d.Sections = append(d.Sections, Section{Heading: lang.T("On the map"), Caption: p.Map.Note, Blocks: []Block{Map{Spec: *p.Map, Height: 360}}})
	}
	d.Sections = append(
		d.Sections,
		Section{Heading: lang.T("Territories"), Caption: p.caption(), Blocks: []Block{p.territories()}},
		Section{Heading: lang.T("How even they are"), Blocks: []Block{p.Numbers.balanceTable(p.Before, p.After, p.Tolerance)}},
		p.effects(),
	)
	d.Definitions = planDefinitions(planning.Hours)
	return d
}

func (p PlanSummary) caption() string {
	return lang.T("%s, n = %s accounts", string(p.Numbers.Currency), p.Numbers.Number(p.total().Of(planning.Accounts), 0))
}

// total is what all territories hold.
func (p PlanSummary) total() planning.Values {
	var sum planning.Values
	for _, t := range p.Territories {
		sum.Add(t.Values)
	}
	return sum
}

func (p PlanSummary) cards() []Card {
	n := p.Numbers
	moved := 0
	for _, e := range p.Effects {
		moved += len(e.Comes)
	}
	out := []Card{
		{Name: lang.T("Territories"), Text: n.Count(len(p.Territories)), Sub: lang.T("%s within %s points of 100", n.Ratio(p.After.Within(), p.After.Of), n.Number(p.Tolerance, 0))},
		{Name: lang.T("Furthest from even"), Text: lang.T("%s points", n.Number(p.After.Largest, 0)), Sub: lang.T("today %s", n.Number(p.Before.Largest, 0))},
		{Name: lang.T("Coefficient of variation"), Text: n.Percent(p.After.Variation), Sub: lang.T("today %s", n.Percent(p.Before.Variation))},
		{Name: lang.T("Accounts that change hands"), Text: n.Count(moved)},
	}
	if loose := p.Loose.Of(planning.Accounts); loose > 0 {
		out = append(out, Card{Name: lang.T("Accounts in no territory"), Text: n.Number(loose, 0)})
	}
	return out
}

func (p PlanSummary) territories() Table {
	n := p.Numbers
	t := Table{Columns: []Column{
		{Title: lang.T("Territory")},
		{Title: lang.T("Owner")},
		{Title: lang.T("Accounts"), Right: true},
		{Title: measureWords(planning.Potential), Right: true},
		{Title: lang.T("Hours"), Right: true},
		{Title: lang.T("Sold, 12 mo"), Right: true},
		{Title: lang.T("Quota"), Right: true},
		{Title: lang.T("Index"), Right: true, Bold: true},
	}}
	cells := func(name, owner string, v planning.Values, quota float64) []Cell {
		return []Cell{
			{Text: name},
			{Text: owner},
			{Text: n.measure(planning.Accounts, v.Of(planning.Accounts))},
			{Text: n.measure(planning.Potential, v.Of(planning.Potential))},
			{Text: n.measure(planning.Hours, v.Of(planning.Hours))},
			{Text: n.measure(planning.Sales, v.Of(planning.Sales))},
			{Text: n.Whole(n.minor(quota))},
			{},
		}
	}
	var quota float64
	for _, x := range p.Territories {
		owner := x.Owner
		if owner == "" {
			owner = lang.T("nobody")
		}
		row := Row{Cells: cells(x.Name, owner, x.Values, x.Quota), Key: x.ID.String()}
		row.Cells[7] = p.index(x.Index)
		t.Rows = append(t.Rows, row)
		quota += x.Quota
	}
	t.Totals = []Row{{Cells: cells(lang.T("Together"), "", p.total(), quota)}}
	if p.Loose.Of(planning.Accounts) > 0 {
		t.Totals = append(t.Totals, Row{Cells: cells(lang.T("In no territory"), "", p.Loose, 0)})
		t.Totals[1].Cells[6] = Cell{}
	}
	return t
}

// index carries a sign where it is out of tolerance.
func (p PlanSummary) index(v float64) Cell {
	c := Cell{Text: p.Numbers.Number(v, 0)}
	switch {
	case v > 100+p.Tolerance:
		c.Sign, c.Tone = Up, Warn
	case v < 100-p.Tolerance:
		c.Sign, c.Tone = Down, Warn
	}
	return c
}

// effects tells who gains and who loses.
func (p PlanSummary) effects() Section {
	n, m := p.Numbers, orSales(p.Value)
	t := Table{Columns: []Column{
		{Title: lang.T("Person")},
		{Title: lang.T("Come"), Right: true},
		{Title: lang.T("Go"), Right: true},
		{Title: lang.T("Accounts"), Right: true},
		{Title: measureWords(m), Right: true},
		{Title: measureWords(planning.Hours), Right: true},
		{Title: lang.T("Kilometres"), Right: true},
		{Title: lang.T("Quota, if it followed"), Right: true},
	}}
	changed := func(before, after float64, write func(float64) string) Cell {
		return Cell{Text: signed(after-before, write)}
	}
	for _, e := range p.Effects {
		of := func(m planning.Measure) Cell {
			return changed(e.Before.Values.Of(m), e.After.Values.Of(m), func(v float64) string { return n.measure(m, v) })
		}
		quota := Cell{Text: n.notAvailable()}
		if e.Quota > 0 {
			quota = changed(e.Before.Quota, e.Quota, func(v float64) string { return n.Whole(n.minor(v)) })
		}
		t.Rows = append(t.Rows, Row{Key: e.Person.String(), Cells: []Cell{
			{Text: nameOf(p.People, e.Person)},
			{Text: n.Count(len(e.Comes))},
			{Text: n.Count(len(e.Goes))},
			of(planning.Accounts),
			of(m),
			of(planning.Hours),
			changed(e.Before.Drive, e.After.Drive, func(v float64) string { return n.Number(v, 0) }),
			quota,
		}})
	}
	s := Section{Heading: lang.T("Who gains and who loses"), Caption: lang.T("under the plan, less today"), Blocks: []Block{t}}
	if len(p.Effects) == 0 {
		s.Blocks = []Block{Text{Paragraphs: []string{lang.T("Nobody has any accounts, today or under the plan.")}}}
	}
	return s
}
