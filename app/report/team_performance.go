package report

import (
	"slices"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// TeamPerformance is what the report of that name is made from: the figures by
// person and by manager of one period and of the period before.
type TeamPerformance struct {
	Cover
	People, Teams             metrics.Result
	PeopleBefore, TeamsBefore metrics.Result  // of as much of the period before; unused of all time
	ManagerOf                 map[int32]int32 // place of a person → place of the manager on the as-of day
	Share                     float64         // part of the period's sales expected by the as-of day
	Against                   string          // what the period before is called, empty where there is none
}

// Doc lays the report out: the figures of all, everyone's result as bars, what
// was won against the period before and how it was won.
func (p TeamPerformance) Doc() Doc {
	d := p.doc(lang.T("Team performance"), len(p.People.Rows))
	d.Sections = []Section{{Blocks: []Block{Figures{Cards: p.cards()}}}}
	if len(p.People.Rows) == 0 {
		d.say(lang.T("Nobody in this scope has a deal or a quota in this period."))
	} else {
		d.Sections = append(d.Sections, p.bars(),
			Section{Heading: lang.T("What was won"), Caption: p.caption(), Blocks: []Block{p.results()}},
			Section{
				Heading: lang.T("How it was won"), Caption: lang.T("win rate by count with its 95%% interval, n = won and lost; sizes in %s", string(p.People.Currency)),
				Blocks: []Block{p.ways()},
			})
	}
	d.say(leftOut(p.People.Total.LeftOut))
	d.Definitions = p.definitions()
	return d
}

func (p TeamPerformance) caption() string {
	if p.Against == "" {
		return string(p.People.Currency)
	}
	return lang.T("%s, before is %s", string(p.People.Currency), p.Against)
}

func (p TeamPerformance) cards() []Card {
	t, was, n := p.People.Total, p.PeopleBefore.Total, p.Numbers
	attained := n.attainedCard(t)
	attained.Change, attained.Tone = paceText(t, n), Quiet
	against, _, _ := strings.Cut(p.Against, ",")
	rate, _ := t.WinRate.Value()
	rateWas, hadRate := was.WinRate.Value()
	size, _ := t.AvgWon.Value()
	sizeWas, _ := was.AvgWon.Value()
	winRate := n.winRateCard(t)
	if hadRate && t.WinRate.Den > 0 {
		winRate = winRate.grown(n.Points(rate, rateWas, against))
	}
	return []Card{
		n.wonCard(t).grown(n.Grown(float64(t.WonValue.Minor), float64(was.WonValue.Minor), against)),
		attained,
		winRate,
		n.averageCard(t).grown(n.Grown(size, sizeWas, against)),
		n.cycleCard(t),
	}
}

// mostBars is how many people a chart shows; where there are more it shows their teams.
const mostBars = 36

// bars shows attainment where anyone has a quota, else what each won.
func (p TeamPerformance) bars() Section {
	shown, heading, won := p.People, lang.T("Attainment by person"), lang.T("Won by person")
	if len(shown.Rows) > mostBars && len(p.Teams.Rows) > 1 {
		shown, heading, won = p.Teams, lang.T("Attainment by team"), lang.T("Won by team")
		shown.Rows = slices.Clone(shown.Rows)
		for i, r := range shown.Rows {
			shown.Rows[i].Key = TeamName(r)
		}
	}
	if p.People.Total.Quota.Set {
		spec := QuotaAttainment{Cover: p.Cover, People: shown, Share: p.Share}.bars()
		spec.Title = heading
		return Section{Heading: heading, Caption: lang.T("won as percent of quota, bar ends at quota, highest first"), Blocks: []Block{Chart{Spec: spec}}}
	}
	caption := lang.T("%s, nobody has a quota in this period, highest first", string(p.People.Currency))
	return Section{Heading: won, Caption: caption, Blocks: []Block{Chart{Spec: p.wonBars(won, shown.Rows)}}}
}

// wonBars measures everyone against who won most.
func (p TeamPerformance) wonBars(title string, rows []metrics.Row) AttainmentBars {
	out := AttainmentBars{Head: Head{Title: title, Empty: lang.T("Nothing was won in this period"), More: lang.T("and %d more")}, Zero: "0"}
	ranked := teams{people: rows}.ranked()
	var most int64
	for _, r := range ranked {
		most = max(most, r.WonValue.Minor)
	}
	if most == 0 {
		return out
	}
	for _, r := range ranked {
		out.Rows = append(out.Rows, Attainment{
			Mark: Mark{Label: r.Key, Text: p.Numbers.Short(r.WonValue.Minor), Value: p.Numbers.major(r.WonValue.Minor), Key: r.ID.String()},
			Full: p.Numbers.major(most), Sub: lang.N("%d deal", "%d deals", r.Won), Tone: Quiet,
		})
	}
	out.Full = p.Numbers.Short(most)
	return out
}

func (p TeamPerformance) team() teams {
	return teams{people: p.People.Rows, heads: p.Teams.Rows, managerOf: p.ManagerOf}
}

// table makes a row of every team and person, with the row of the period before.
func (p TeamPerformance) table(columns []Column, cells func(name string, now, before metrics.Row) []Cell) Table {
	t := Table{Columns: columns}
	people, heads := byPlace(p.PeopleBefore.Rows), byPlace(p.TeamsBefore.Rows)
	p.team().each(func(l teamLine) {
		was := people[l.row.Place]
		if l.head {
			was = heads[l.row.Place]
		}
		t.Rows = append(t.Rows, Row{Cells: cells(l.name, l.row, was), Level: l.level, Strong: l.head, Key: l.row.ID.String()})
	})
	t.Totals = []Row{{Cells: cells(p.total(), p.People.Total, p.PeopleBefore.Total)}}
	return t
}

func byPlace(rows []metrics.Row) map[int32]metrics.Row {
	out := make(map[int32]metrics.Row, len(rows))
	for _, r := range rows {
		out[r.Place] = r
	}
	return out
}

func (p TeamPerformance) results() Table {
	n := p.Numbers
	columns := []Column{
		{Title: lang.T("Person")},
		{Title: lang.T("Won"), Right: true, Bold: true},
		{Title: lang.T("Deals"), Right: true},
		{Title: lang.T("Before"), Right: true},
		{Title: lang.T("Open, due"), Right: true},
	}
	targets := p.People.Total.Quota.Set
	if targets {
		columns = append(columns, Column{Title: lang.T("Coverage"), Right: true}, Column{Title: lang.T("Quota"), Right: true},
			Column{Title: lang.T("Attained"), Right: true}, Column{Title: lang.T("Of pace"), Right: true})
	}
	return p.table(columns, func(name string, now, was metrics.Row) []Cell {
		quota, before := n.notAvailable(), n.notAvailable()
		if now.Quota.Set {
			quota = n.Whole(now.Quota.Minor)
		}
		if p.Against != "" {
			before = n.Whole(was.WonValue.Minor)
		}
		cells := []Cell{{Text: name}, {Text: n.Whole(now.WonValue.Minor)}, {Text: n.Count(now.Won)}, {Text: before}, {Text: n.Whole(now.OpenValue.Minor)}}
		if targets {
			cells = append(cells, Cell{Text: n.coverage(now)}, Cell{Text: quota}, Cell{Text: n.share(now.Attainment.Value())}, Cell{Text: n.share(now.Pace.Value())})
		}
		return cells
	})
}

func (p TeamPerformance) ways() Table {
	n := p.Numbers
	columns := []Column{
		{Title: lang.T("Person")},
		{Title: lang.T("Won of closed"), Right: true},
		{Title: lang.T("Win rate"), Right: true, Bold: true},
		{Title: lang.T("Interval"), Right: true},
		{Title: lang.T("Before"), Right: true},
		{Title: lang.T("By value"), Right: true},
		{Title: lang.T("Average"), Right: true},
		{Title: lang.T("Median"), Right: true},
		{Title: lang.T("Days"), Right: true},
	}
	return p.table(columns, func(name string, now, was metrics.Row) []Cell {
		return []Cell{
			{Text: name},
			{Text: n.Ratio(now.Won, now.Won+now.Lost)},
			{Text: n.share(now.WinRate.Value())},
			{Text: n.interval(now.WinRate)},
			{Text: n.share(was.WinRate.Value())},
			{Text: n.share(now.WinRateValue.Value())},
			{Text: n.money(now.AvgWon.Value())},
			{Text: n.money(now.MedianWon.Value())},
			{Text: n.days(now.CycleWonMedian.Value())},
		}
	})
}

func (p TeamPerformance) definitions() []Fact {
	before := lang.T("the same figure of the period before; all time has none")
	if p.Against != "" {
		before = lang.T("the same figure of %s", p.Against)
	}
	return []Fact{
		{Name: lang.T("Won"), Text: lang.T("amount of deals closed as won in the period, by close date, credited to the owner and the owner’s manager on that day")},
		{Name: lang.T("Before"), Text: before},
		{Name: lang.T("Attained"), Text: lang.T("won divided by quota; a team's is the sum of won divided by the sum of quotas")},
		{Name: lang.T("Of pace"), Text: lang.T("attained divided by the share of the period's sales that is expected by the as-of day")},
		{Name: lang.T("Coverage"), Text: lang.T("value of open deals due in the period divided by what is left to quota; met when nothing is left")},
		{Name: lang.T("Win rate"), Text: lang.T("won deals divided by won and lost deals closed in the period; the interval is Wilson’s at 95%")},
		{Name: lang.T("By value"), Text: lang.T("won value divided by won and lost value; a lost deal counts its last open amount, else its list price")},
		{Name: lang.T("Average"), Text: lang.T("mean amount of won deals; median is the one in the middle")},
		{Name: lang.T("Days"), Text: lang.T("median days from engaged, else created, to close of won deals; deals still open are in none")},
	}
}
