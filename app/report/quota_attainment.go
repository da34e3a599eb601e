package report

import (
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
)

// QuotaAttainment is what the report of that name is made from: the figures by
// person and by manager of one view and period.
type QuotaAttainment struct {
	Cover
	People    metrics.Result  // by person
	Teams     metrics.Result  // by manager
	ManagerOf map[int32]int32 // place of a person → place of the manager on the as-of day
	Share     float64         // part of the period's sales expected by the as-of day
}

// Doc lays the report out: the figures of the whole, everyone's attainment
// against pace, and the table of all people under their managers.
func (q QuotaAttainment) Doc() Doc {
	d := q.doc(lang.T("Quota and attainment"), len(q.People.Rows))
	d.Sections = []Section{{Blocks: []Block{Figures{Cards: q.cards()}}}}
	if q.People.Total.Quota.Set {
		d.Sections = append(d.Sections, Section{
			Heading: lang.T("Attainment by person"), Caption: lang.T("won as percent of quota, bar ends at quota, highest first"),
			Blocks: []Block{Chart{Spec: q.bars()}},
		})
	} else {
		d.say(lang.T("Nobody has a quota in this period, so nothing is held against one here. Quotas are set on the screen of that name."))
	}
	d.Sections = append(d.Sections, Section{Heading: lang.T("Figures"), Caption: q.caption(), Blocks: []Block{q.table()}})
	d.say(leftOut(q.People.Total.LeftOut))
	d.Definitions = q.definitions()
	return d
}

func (q QuotaAttainment) caption() string {
	t := q.People.Total
	return lang.T("%s, n = %s closed deals", string(q.People.Currency), q.Numbers.Count(t.Won+t.Lost))
}

func (q QuotaAttainment) cards() []Card {
	t, n := q.People.Total, q.Numbers
	rate := Card{Name: lang.T("Win rate, count"), Text: n.share(t.WinRate.Value()), Sub: n.Ratio(t.Won, t.Won+t.Lost)}
	if !t.Quota.Set {
		return []Card{n.wonCard(t), rate, n.averageCard(t)}
	}
	return []Card{
		{Name: lang.T("Attainment"), Text: n.share(t.Attainment.Value()), Sub: paceText(t, n)},
		n.wonCard(t),
		{Name: lang.T("Quota"), Text: n.Short(t.Quota.Minor)},
		{Name: lang.T("Left to quota"), Text: n.Short(max(0, t.Quota.Minor-t.Credited.Minor))},
		rate,
	}
}

// paceText is "96% of pace", empty where there is no pace.
func paceText(r metrics.Row, n Numbers) string {
	if v, ok := r.Pace.Value(); ok {
		return lang.T("%s of pace", n.Percent(v))
	}
	return ""
}

// bars shows everyone with a quota.
func (q QuotaAttainment) bars() AttainmentBars {
	out := AttainmentBars{
		Head: Head{Title: lang.T("Attainment by person"), Empty: lang.T("Nobody has a quota in this period"), More: lang.T("and %d more")},
		Zero: "0", Grid: []Tick{{At: 0.25, Label: "25%"}, {At: 0.5, Label: "50%"}, {At: 0.75, Label: "75%"}, {At: 1, Label: "100%"}},
	}
	if q.Share > 0 && q.Share < 1 {
		out.Pace = Tick{At: q.Share, Label: lang.T("pace %s", q.Numbers.Percent(q.Share))}
	}
	major := q.Numbers.major
	for _, r := range q.team().ranked() {
		if !r.Quota.Set {
			continue
		}
		row := Attainment{
			Mark: Mark{Label: r.Key, Text: q.Numbers.share(r.Attainment.Value()), Value: major(r.Credited.Minor), Key: r.ID.String()},
			Full: major(r.Quota.Minor), Expected: major(r.Quota.Minor) * q.Share, Sub: paceText(r, q.Numbers), Tone: Quiet,
		}
		if v, ok := r.Pace.Value(); ok {
			if row.Tone = Bad; v >= 1 {
				row.Tone = Good
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func (q QuotaAttainment) team() teams {
	return teams{people: q.People.Rows, heads: q.Teams.Rows, managerOf: q.ManagerOf}
}

func (q QuotaAttainment) table() Table {
	t := Table{Columns: []Column{
		{Title: lang.T("Person")},
		{Title: lang.T("Quota"), Right: true},
		{Title: lang.T("Won"), Right: true},
		{Title: lang.T("Attained"), Right: true, Bold: true},
		{Title: lang.T("Left"), Right: true},
		{Title: lang.T("Won of closed"), Right: true},
		{Title: lang.T("Win rate"), Right: true},
		{Title: lang.T("Coverage"), Right: true},
	}}
	q.team().each(func(l teamLine) {
		t.Rows = append(t.Rows, Row{Cells: q.cells(l.name, l.row), Level: l.level, Strong: l.head, Key: l.row.ID.String()})
	})
	t.Totals = []Row{{Cells: q.cells(q.total(), q.People.Total)}}
	if !q.People.Total.Quota.Set {
		const quota, attained, left, coverage = 1, 3, 4, 7
		return t.without(quota, attained, left, coverage)
	}
	return t
}

func (q QuotaAttainment) cells(name string, r metrics.Row) []Cell {
	n := q.Numbers
	quota, left := n.notAvailable(), n.notAvailable()
	if r.Quota.Set {
		quota, left = n.Whole(r.Quota.Minor), n.Whole(max(0, r.Quota.Minor-r.Credited.Minor))
	}
	return []Cell{
		{Text: name},
		{Text: quota},
		{Text: n.Whole(r.WonValue.Minor)},
		{Text: n.share(r.Attainment.Value())},
		{Text: left},
		{Text: n.Ratio(r.Won, r.Won+r.Lost)},
		{Text: n.share(r.WinRate.Value())},
		{Text: n.coverage(r)},
	}
}

func (q QuotaAttainment) definitions() []Fact {
	rate := Fact{Name: lang.T("Win rate"), Text: lang.T("won deals divided by won and lost deals closed in the period")}
	won := Fact{Name: lang.T("Won"), Text: lang.T("amount of deals closed as won in the period, by close date, credited to the owner")}
	if !q.People.Total.Quota.Set {
		return []Fact{won, rate}
	}
	return []Fact{
		{Name: lang.T("Quota"), Text: lang.T("quota of each month of the period, less while ramping up and for days outside the role")},
		won,
		{Name: lang.T("Attained"), Text: lang.T("won divided by quota; a team's is the sum of won divided by the sum of quotas")},
		{Name: lang.T("Of pace"), Text: lang.T("attained divided by the share of the period's sales that is expected by the as-of day")},
		{Name: lang.T("Left"), Text: lang.T("quota less won")},
		rate,
		{Name: lang.T("Coverage"), Text: lang.T("value of open deals due in the period divided by what is left to quota")},
	}
}

// leftOut says what the sums miss, empty where nothing.
func leftOut(l metrics.LeftOut) string {
	var parts []string
	if l.NoRate > 0 {
		parts = append(parts, lang.N("%d deal without an exchange rate", "%d deals without an exchange rate", l.NoRate))
	}
	if l.NoAmount > 0 {
		parts = append(parts, lang.N("%d deal without an amount or list price", "%d deals without an amount or list price", l.NoAmount))
	}
	if l.Quotas > 0 {
		parts = append(parts, lang.N("%d quota without an exchange rate", "%d quotas without an exchange rate", l.Quotas))
	}
	if len(parts) == 0 {
		return ""
	}
	return lang.T("The values leave out %s.", strings.Join(parts, ", "))
}

// share writes a ratio as a percentage, "n/a" where it is absent.
func (n Numbers) share(v float64, ok bool) string {
	if !ok {
		return n.notAvailable()
	}
	return n.Percent(v)
}

func (Numbers) notAvailable() string { return lang.T(notAvailable) }
