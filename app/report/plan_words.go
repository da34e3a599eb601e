package report

import (
	"math"
	"slices"
	"strings"

	"fieldbook/app/planning"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// minor turns what planning counts in whole units of the currency into minor
// ones, the largest there is where it is larger.
func (n Numbers) minor(units float64) int64 {
	v := math.Round(units * float64(n.Currency.Unit()))
	if math.IsNaN(v) {
		return 0
	}
	return int64(math.Max(math.Min(v, math.MaxInt64/2), math.MinInt64/2))
}

// measure writes a figure as its measure is counted.
func (n Numbers) measure(m planning.Measure, v float64) string {
	switch m {
	case planning.Potential, planning.Sales, planning.Open:
		return n.Whole(n.minor(v))
	case planning.Hours:
		return n.Number(v, 1)
	default:
		return n.Number(v, 0)
	}
}

// measureWords is what a measure is called.
func measureWords(m planning.Measure) string {
	switch m {
	case planning.Accounts:
		return lang.T("Accounts")
	case planning.Potential:
		return lang.T("Potential")
	case planning.Sales:
		return lang.T("Sold in 12 months")
	case planning.Open:
		return lang.T("Open deals")
	case planning.Hours:
		return lang.T("Hours a week")
	default:
		return lang.T("People")
	}
}

// orSales is the measure that accounts are valued by where none is named.
func orSales(m planning.Measure) planning.Measure {
	if m == "" {
		return planning.Sales
	}
	return m
}

// startWords says from when a plan is in force.
func (n Numbers) startWords(start data.Day) string {
	if !start.Valid() {
		return lang.T("not decided")
	}
	return n.DayYear(start)
}

// mixWords says what a plan is balanced by: "Potential 60%, Hours a week 40%".
func (n Numbers) mixWords(mix planning.Mix) string {
	var sum float64
	for _, m := range planning.Measures {
		sum += max(0, mix[m])
	}
	var out []string
	for _, m := range planning.Measures {
		if w := mix[m]; w > 0 {
			text := measureWords(m)
			if w < sum {
				text += " " + n.Percent(w/sum)
			}
			out = append(out, text)
		}
	}
	return strings.Join(out, ", ")
}

// signed writes a change with its sign: "+3", "–3", "0".
func signed(v float64, write func(float64) string) string {
	text := write(v)
	if v > 0 && strings.ContainsAny(text, "123456789") {
		return "+" + text
	}
	return text
}

// balanceTable compares how even two plans are.
func (n Numbers) balanceTable(before, after planning.Spread, tolerance float64) Table {
	row := func(name, was, is string) Row { return Row{Cells: []Cell{{Text: name}, {Text: was}, {Text: is}}} }
	points := func(s planning.Spread) string { return lang.T("%s points", n.Number(s.Largest, 0)) }
	return Table{
		Columns: []Column{{Title: lang.T("All territories")}, {Title: lang.T("Today"), Right: true}, {Title: lang.T("Under the plan"), Right: true, Bold: true}},
		Rows: []Row{
			row(lang.T("Furthest from an even share"), points(before), points(after)),
			row(lang.T("Coefficient of variation"), n.Percent(before.Variation), n.Percent(after.Variation)),
			row(lang.T("Territories within %s points of it", n.Number(tolerance, 0)), n.shareWithin(before), n.shareWithin(after)),
			row(lang.T("Gini coefficient"), n.Number(before.Gini, 3), n.Number(after.Gini, 3)),
		},
	}
}

// shareWithin is how many territories are within the tolerance, as a share too.
func (n Numbers) shareWithin(s planning.Spread) string {
	if s.Of == 0 {
		return n.notAvailable()
	}
	return lang.T("%s, %s", n.Ratio(s.Within(), s.Of), n.Percent(float64(s.Within())/float64(s.Of)))
}

// planDefinitions say what the words of plans mean.
func planDefinitions(measures ...planning.Measure) []Fact {
	out := []Fact{
		{Name: lang.T("Even share"), Text: lang.T("index 100: what a territory is to carry of what the plan is balanced by, as full as it is meant to be")},
		{Name: lang.T("Coefficient of variation"), Text: lang.T("the standard deviation of the territories' indices over their mean")},
		{Name: lang.T("Gini coefficient"), Text: lang.T("0 where all territories hold the same, near 1 where one holds everything")},
		{Name: lang.T("Kilometres"), Text: lang.T("straight lines from home to each account, one way, added up")},
		{Name: lang.T("Quota"), Text: lang.T("all quotas of today, shared by what each person will hold; a quota changes only by a decision of its own")},
	}
	if slices.Contains(measures, planning.Hours) {
		out = append(out, Fact{Name: lang.T("Hours a week"), Text: lang.T("visits by class of account and the drive to them, in rounds of a day")})
	}
	return out
}

// nameOf is a person's name, "nobody" for none.
func nameOf(people map[data.ID]string, id data.ID) string {
	if id.IsZero() {
		return lang.T("nobody")
	}
	if name := people[id]; name != "" {
		return name
	}
	return lang.T("somebody who left")
}
