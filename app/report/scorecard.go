package report

import (
	"math"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// Scorecard is what the report "person-scorecard" is made from: one person's
// figures of a period beside those of the team.
type Scorecard struct {
	Cover
	Row        metrics.Row // the person's
	Months     metrics.Result
	Team       metrics.Row // of all who report to the same manager, the person too
	TeamName   string
	Stages     []metrics.StageShape // every open deal
	Activities []Activity
	Before     metrics.Row // as much of the period before
	Against    string      // what that is called, empty where there is none
}

// Activity counts what a person did of one type in the period.
type Activity struct {
	Type string // as the book keeps it
	Done int
}

// Doc lays the report out on about one page.
func (s Scorecard) Doc() Doc {
	d := s.doc(lang.T("Scorecard"), 0)
	d.Title = lang.T("Scorecard, %s", s.Scope)
	currency := string(s.Numbers.Currency)
	d.Sections = []Section{{Blocks: []Block{Figures{Cards: s.cards()}}}}
	if len(s.Months.Rows) > 3 { // fewer are read as well from the table
		caption := lang.T("%s, the line is the month’s quota", currency)
		d.Sections = append(d.Sections, Section{Heading: lang.T("Won by month"), Caption: caption, Blocks: []Block{Chart{Spec: s.columns(), Height: 170}}})
	}
	if len(s.Months.Rows) > 0 {
		d.Sections = append(d.Sections, Section{Heading: lang.T("Attainment by month"), Caption: currency, Blocks: []Block{s.months()}})
	}
	d.Sections = append(d.Sections, Section{
		Heading: lang.T("Beside the team"), Caption: lang.T("%s, %s", s.TeamName, currency), Blocks: []Block{s.beside()},
	})
	if t := s.stages(); len(t.Rows) > 0 {
		d.Sections = append(d.Sections, Section{Heading: lang.T("Open pipeline by stage"), Caption: lang.T("every open deal, %s", currency), Blocks: []Block{t}})
	}
	if len(s.Activities) > 0 {
		d.Sections = append(d.Sections, Section{Heading: lang.T("Activities done"), Caption: lang.T("in the period, by type"), Blocks: []Block{s.activities()}})
	}
	d.say(leftOut(s.Row.LeftOut))
	d.Definitions = []Fact{
		{Name: lang.T("Attained"), Text: lang.T("won divided by quota; the quota is less while ramping up and for days outside the role")},
		{Name: lang.T("Win rate"), Text: lang.T("won deals divided by won and lost deals closed in the period; the interval is Wilson’s at 95%")},
		{Name: lang.T("A day"), Text: lang.T("open deals past qualification × win rate × average won deal ÷ days of the cycle, over the 365 days up to the as-of day")},
		{Name: lang.T("Cycle"), Text: lang.T("median days from engaged, else created, to close of won deals; deals still open are in none")},
		{Name: lang.T("To tell"), Text: lang.T("the win rate is told apart from that of the others in the team only where the 95%% interval of the difference leaves out 0; "+
			"with fewer than %d deals on either side nothing is said", leastToTell)},
		{Name: lang.T("Weighted"), Text: lang.T("sum of open value times the share won of closed deals that were in the stage, or the stage’s own probability while those are few")},
	}
	return d
}

func (s Scorecard) cards() []Card {
	n, r := s.Numbers, s.Row
	attained := n.attainedCard(r)
	if r.Quota.Set {
		attained.Change, attained.Tone = paceText(r, n), Quiet
	}
	against, _, _ := strings.Cut(s.Against, ",")
	return []Card{
		attained, n.wonCard(r).grown(n.Grown(float64(r.WonValue.Minor), float64(s.Before.WonValue.Minor), against)),
		n.winRateCard(r),
		{Name: lang.T("Velocity"), Text: n.shortMoney(r.VelocityPerDay.Value()), Sub: lang.T("a day")},
		n.cycleCard(r),
	}
}

func (s Scorecard) columns() Columns {
	out := Columns{Head: Head{Title: lang.T("Won by month"), Unit: string(s.Numbers.Currency), Empty: lang.T("Nothing was won in this period"), More: lang.T("and %d more")}, Axis: s.Numbers.Axis()}
	for _, r := range s.Months.Rows {
		bar := Bar{Mark: Mark{Label: r.Key, Text: s.Numbers.Short(r.WonValue.Minor), Value: s.Numbers.major(r.WonValue.Minor), Key: r.Key}}
		if r.Quota.Set {
			bar.Quota = s.Numbers.major(r.Quota.Minor)
		}
		out.Bars = append(out.Bars, bar)
	}
	return out
}

func (s Scorecard) months() Table {
	n := s.Numbers
	t := Table{Columns: []Column{
		{Title: lang.T("Month")},
		{Title: lang.T("Won"), Right: true},
		{Title: lang.T("Quota"), Right: true},
		{Title: lang.T("Attained"), Right: true, Bold: true},
		{Title: lang.T("Won of closed"), Right: true},
		{Title: lang.T("Win rate"), Right: true},
		{Title: lang.T("Average"), Right: true},
	}}
	cells := func(name string, r metrics.Row) []Cell {
		quota := n.notAvailable()
		if r.Quota.Set {
			quota = n.Whole(r.Quota.Minor)
		}
		return []Cell{
			{Text: name},
			{Text: n.Whole(r.WonValue.Minor)},
			{Text: quota},
			{Text: n.share(r.Attainment.Value())},
			{Text: n.Ratio(r.Won, r.Won+r.Lost)},
			{Text: n.share(r.WinRate.Value())},
			{Text: n.money(r.AvgWon.Value())},
		}
	}
	for _, r := range s.Months.Rows {
		t.Rows = append(t.Rows, Row{Cells: cells(r.Key, r)})
	}
	t.Totals = []Row{{Cells: cells(lang.T("Period"), s.Row)}}
	return t
}

// beside sets the person's figures against the team's.
func (s Scorecard) beside() Table {
	n, r, team := s.Numbers, s.Row, s.Team
	t := Table{Columns: []Column{
		{Title: lang.T("Figure")}, {Title: s.Scope, Right: true, Bold: true}, {Title: lang.T("Team"), Right: true}, {Title: lang.T("Deals, own and team"), Right: true}, {Title: lang.T("To tell")},
	}}
	row := func(name, own, all string, counts [2]int, verdict string) {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: name}, {Text: own}, {Text: all}, {Text: lang.T("%s and %s", n.Count(counts[0]), n.Count(counts[1]))}, {Text: verdict}}})
	}
	others := metrics.NewWinRate(max(0, team.Won-r.Won), max(0, team.Lost-r.Lost))
	row(lang.T("Win rate, count"), n.share(r.WinRate.Value()), n.share(team.WinRate.Value()), [2]int{r.WinRate.N, team.WinRate.N}, Apart(r.WinRate, others))
	size, sized := r.MedianWon.Value()
	teamSize, teamSized := team.MedianWon.Value()
	row(lang.T("Deal size, median"), n.money(size, sized), n.money(teamSize, teamSized), [2]int{r.MedianWon.N, team.MedianWon.N},
		n.beside([2]float64{size, teamSize}, [2]int{r.MedianWon.N, team.MedianWon.N}, lang.T("larger"), lang.T("smaller")))
	days, timed := r.CycleWonMedian.Value()
	teamDays, teamTimed := team.CycleWonMedian.Value()
	row(lang.T("Cycle, median days"), n.days(days, timed), n.days(teamDays, teamTimed), [2]int{r.CycleWonMedian.N, team.CycleWonMedian.N},
		n.beside([2]float64{days, teamDays}, [2]int{r.CycleWonMedian.N, team.CycleWonMedian.N}, lang.T("longer"), lang.T("shorter")))
	return t
}

// beside says how a median stands to the team's, or that deals are too few.
func (n Numbers) beside(v [2]float64, counts [2]int, more, less string) string {
	switch {
	case counts[0] < leastToTell || counts[1] < leastToTell:
		return lang.T("too few deals to tell")
	case v[0] == v[1] || v[1] == 0:
		return lang.T("the same")
	case v[0] > v[1]:
		return lang.T("%s %s", n.Percent(math.Abs(v[0]/v[1]-1)), more)
	}
	return lang.T("%s %s", n.Percent(math.Abs(v[0]/v[1]-1)), less)
}

func (s Scorecard) stages() Table {
	n := s.Numbers
	t := Table{Columns: []Column{
		{Title: lang.T("Stage")}, {Title: lang.T("Deals"), Right: true}, {Title: lang.T("Value"), Right: true, Bold: true}, {Title: lang.T("Weighted"), Right: true},
	}}
	count, value, weighted := 0, int64(0), int64(0)
	for _, x := range s.Stages {
		if x.Count == 0 {
			continue
		}
		count, value, weighted = count+x.Count, value+x.Value.Minor, weighted+x.Weighted.Minor
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: x.Name}, {Text: n.Count(x.Count)}, {Text: n.Whole(x.Value.Minor)}, {Text: n.Whole(x.Weighted.Minor)}}})
	}
	t.Totals = []Row{{Cells: []Cell{{Text: lang.T("Open")}, {Text: n.Count(count)}, {Text: n.Whole(value)}, {Text: n.Whole(weighted)}}}}
	return t
}

func (s Scorecard) activities() Table {
	t := Table{Columns: []Column{{Title: lang.T("Type")}, {Title: lang.T("Done"), Right: true}}}
	sum := 0
	for _, a := range s.Activities {
		sum += a.Done
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: lang.T(a.Type)}, {Text: s.Numbers.Count(a.Done)}}})
	}
	t.Totals = []Row{{Cells: []Cell{{Text: lang.T("All")}, {Text: s.Numbers.Count(sum)}}}}
	return t
}
