package report

import (
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// Doc lays the page of a goal out: where the period ends, what closes the gap,
// where the gap is, and which deals and people it hangs on.
func (g Goal) Doc() Doc {
	n := g.Numbers
	d := g.doc(lang.T("What needs to happen to hit the goal"), 0)
	currency := string(n.Currency)
	d.Sections = []Section{
		{Blocks: []Block{Figures{Cards: g.cards()}}},
		{Heading: lang.T("From won to the goal"), Caption: currency, Blocks: []Block{Chart{Spec: n.GoalBridge(g.Forecast, g.period()), Height: 210}}},
	}
	if steps := g.Steps(); len(steps) > 0 {
		t := Table{Columns: []Column{{Title: lang.T("What has to happen"), Share: 1}, {Title: lang.T("Why"), Share: 1.3}, {Title: currency, Right: true, Bold: true}}}
		for _, s := range steps {
			t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: s.Title}, {Text: s.Does}, {Text: s.Figure}}})
		}
		d.Sections = append(d.Sections, Section{Heading: lang.T("What has to happen"), Blocks: []Block{t}})
	}
	if len(g.Risks) > 0 {
		d.Sections = append(d.Sections, Section{
			Heading: lang.T("Save what is at risk"), Caption: lang.T("the largest %d of %s, %s", len(g.Risks), n.deals(g.AtRisk.N), n.Short(g.AtRisk.Value)), Blocks: []Block{g.riskTable()},
		})
	}
	if len(g.Help) > 0 {
		d.Sections = append(d.Sections, Section{Heading: lang.T("Help these people"), Caption: lang.T("behind pace, and too little open"), Blocks: []Block{g.helpTable()}})
	}
	for _, groups := range g.Groups {
		if groups.By == metrics.ByTerritory {
			groups.Rows = short(groups.Rows)
		}
		if len(groups.Rows) > 0 {
			d.Sections = append(d.Sections, Section{Heading: goalHeading(groups.By), Caption: lang.T("%s, the widest gap first", currency), Blocks: []Block{g.groupTable(groups)}})
		}
	}
	if len(g.Stages) > 0 {
		d.Sections = append(d.Sections, Section{Heading: lang.T("Where it is decided"), Caption: lang.T("%s, open deals due in the period, in the order of the stages", currency), Blocks: []Block{g.stageTable()}})
	}
	d.Definitions = GoalDefinitions()
	return d
}

// mostTerritories is how many territories with a gap stand on paper: the screen has
// all of them.
const mostTerritories = 10

// short are the territories whose forecast is short of their goal.
func short(rows []GoalGroup) []GoalGroup {
	var out []GoalGroup
	for _, r := range rows {
		if r.Gap > 0 && len(out) < mostTerritories {
			out = append(out, r)
		}
	}
	return out
}

func goalHeading(by metrics.By) string {
	switch by {
	case metrics.ByRegion:
		return lang.T("Gap by region")
	case metrics.ByTerritory:
		return lang.T("Territories that are short")
	default:
		return lang.T("Gap by team")
	}
}

func (g Goal) cards() []Card {
	n, f, r := g.Numbers, g.Forecast, g.Total
	attained := Card{Name: lang.T("Attainment"), Text: n.share(r.Attainment.Value()), Sub: paceText(r, n)}
	forecast := Card{Name: lang.T("Forecast"), Text: n.Short(f.Forecast), Sub: lang.T("%s won", n.Short(f.Won))}
	gap := Card{Name: lang.T("Gap to the goal"), Text: n.notAvailable(), Sub: lang.T("no quota")}
	if f.HasGoal {
		gap.Text, gap.Sub = lang.T("none"), lang.T("of %s", n.Short(f.Goal))
		if f.Gap() > 0 {
			gap.Text = n.Short(f.Gap())
		}
	}
	coverage := Card{Name: lang.T("Coverage"), Text: n.coverage(r)}
	if need, known := r.CoverageNeeded.Value(); known && !r.Met {
		coverage.Sub = lang.T("needed %s", n.Times(need))
	}
	wins := Card{Name: lang.T("Wins that close it"), Text: n.notAvailable(), Sub: lang.T("too few to tell, n = %s", n.Count(g.Wins.Rate.N))}
	if g.Wins.Known {
		wins.Text, wins.Sub = n.Count(g.Wins.Won), lang.T("at %s each", n.Short(g.Wins.Average))
	}
	return []Card{attained, forecast, gap, coverage, wins}
}

func (g Goal) groupTable(groups GoalGroups) Table {
	t := Table{Columns: []Column{
		{Title: lang.T("Name"), Share: 1},
		{Title: lang.T("Goal"), Right: true},
		{Title: lang.T("Won"), Right: true},
		{Title: lang.T("Expected"), Right: true},
		{Title: lang.T("Gap"), Right: true, Bold: true},
		{Title: lang.T("Open, due"), Right: true},
		{Title: lang.T("Coverage"), Right: true},
	}}
	for _, r := range groups.Rows {
		t.Rows = append(t.Rows, g.goalRow(r.name(), r.Row, GoalForecast{Won: r.Row.Credited.Minor, Forecast: r.Expected, Goal: r.Row.Quota.Minor, HasGoal: r.Row.Quota.Set}, r.Due))
	}
	if groups.By == metrics.ByTerritory {
		return t // some of them
	}
	var due int64
	for _, s := range g.Stages {
		due += s.Due.Value
	}
	f, name := g.Forecast, g.total()
	if f.Adjusted != 0 && groups.By != metrics.ByManager {
		name = lang.T("%s, adjusted", name)
	}
	t.Totals = []Row{g.goalRow(name, g.Total, f, due)}
	return t
}

// goalRow is a line of the tables of groups.
func (g Goal) goalRow(name string, r metrics.Row, f GoalForecast, due int64) Row {
	n := g.Numbers
	cells := []Cell{{Text: name}, {Text: n.notAvailable()}, {Text: n.Whole(f.Won)}, {Text: n.Whole(f.Forecast)}, {Text: n.notAvailable()}, {Text: n.Whole(due)}, {Text: n.coverage(r)}}
	if f.HasGoal {
		cells[1].Text, cells[4].Text = n.Whole(f.Goal), lang.T("none")
		if gap := f.Gap(); gap > 0 {
			cells[4].Text = n.Whole(gap)
		}
	}
	return Row{Cells: cells}
}

func (g Goal) stageTable() Table {
	n := g.Numbers
	t := Table{Columns: []Column{
		{Title: lang.T("Stage"), Share: 1},
		{Title: lang.T("Deals due"), Right: true},
		{Title: lang.T("Open, due"), Right: true},
		{Title: lang.T("Chance"), Right: true},
		{Title: lang.T("Expected"), Right: true},
		{Title: lang.T("Will go by"), Right: true, Bold: true},
		{Title: lang.T("Stalled"), Right: true},
	}}
	for _, s := range g.Stages {
		chance := n.Percent(s.Chance.Share())
		if !s.Chance.Learned {
			chance = lang.T("%s set", chance)
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: s.Name}, {Text: n.Count(s.Due.N)}, {Text: n.Whole(s.Due.Value)}, {Text: chance}, {Text: n.Whole(s.Weighted)}, {Text: n.Whole(s.lost())}, {Text: n.Whole(s.Stalled.Value)}}})
	}
	return t
}

func (g Goal) riskTable() Table {
	n := g.Numbers
	t := Table{Columns: []Column{{Title: lang.T("Deal"), Share: 1}, {Title: lang.T("Owner")}, {Title: lang.T("Why"), Share: 1}, {Title: lang.T("Closes")}, {Title: lang.T("Value"), Right: true, Bold: true}}}
	for _, r := range g.Risks {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: r.Name}, {Text: r.Owner}, {Text: ReasonNames(r.Reasons)}, {Text: n.Day(r.Close)}, {Text: n.Exact(r.Value)}}})
	}
	return t
}

func (g Goal) helpTable() Table {
	n := g.Numbers
	t := Table{Columns: []Column{{Title: lang.T("Person"), Share: 1}, {Title: lang.T("Of pace"), Right: true}, {Title: lang.T("Coverage"), Right: true}, {Title: lang.T("Left to quota"), Right: true, Bold: true}}}
	for _, r := range g.Help {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: r.Key}, {Text: n.share(r.Pace.Value())}, {Text: n.coverage(r)}, {Text: n.Whole(max(0, r.Quota.Minor-r.Credited.Minor))}}})
	}
	return t
}
