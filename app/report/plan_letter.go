package report

import (
	"cmp"
	"slices"

	"fieldbook/app/planning"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// PlanLetter tells one person, on one page, what a territory plan changes for
// him. Accounts that come and go are told from the most valuable down, as many
// as the page holds, and the rest in one line.
type PlanLetter struct {
	Cover
	Plan      string
	Start     data.Day // from which it is in force; NoDay where that is not decided
	Person    string
	Territory string // his under the plan, "" for none
	Manager   string // who signs with him, "" for Signer
	Signer    string // who makes the letter
	Effect    planning.Effect
	HasHome   bool               // where he starts from is known, so that kilometres mean something
	Accounts  []planning.Account // those that Effect points to by place
	People    map[data.ID]string
	Value     planning.Measure // what accounts are valued by; sales where nothing is said

	Index     [2]float64 // of his territory today and under the plan, 0 for no territory
	Before    planning.Spread
	After     planning.Spread
	Tolerance float64
}

// letterRows is how many accounts the page holds in both lists together.
const letterRows = 7

// Doc lays the letter out.
func (l PlanLetter) Doc() Doc {
	d := l.doc(lang.T("What the territory plan changes for %s", l.Person), 0)
	d.Note = lang.T("Fieldbook letter, confidential")
	territory := l.Territory
	if territory == "" {
		territory = lang.T("none")
	}
	d.Meta = []Fact{
		{Name: lang.T("Plan"), Text: l.Plan},
		{Name: lang.T("In force from"), Text: l.Numbers.startWords(l.Start)},
		{Name: lang.T("Territory"), Text: territory},
		{Name: lang.T("As of"), Text: l.Numbers.DayYear(l.AsOf)},
	}
	come, leave := letterShare(len(l.Effect.Comes), len(l.Effect.Goes))
	d.Sections = []Section{
		{Blocks: []Block{Figures{Cards: l.cards()}}},
		l.passing(lang.T("Accounts that come"), lang.T("From"), l.Effect.Comes, come),
		l.passing(lang.T("Accounts that go"), lang.T("To"), l.Effect.Goes, leave),
		{Heading: lang.T("How even the plan is"), Blocks: []Block{l.balance()}},
		{Blocks: []Block{Text{Paragraphs: []string{"", ""}}, l.signature()}},
	}
	d.Definitions = planDefinitions(planning.Hours)
	return d
}

// letterShare divides the rows of the page between two lists: each gets what it
// needs where both fit, else the shorter one up to half, what comes rounded up.
func letterShare(comes, goes int) (come, leave int) {
	come = min(comes, max((letterRows+1)/2, letterRows-goes))
	return come, min(goes, letterRows-come)
}

// cards compare what the person holds today with what the plan gives him.
func (l PlanLetter) cards() []Card {
	n := l.Numbers
	card := func(name string, before, after float64, write func(float64) string) Card {
		c := Card{Name: name, Text: write(after), Sub: lang.T("today %s", write(before))}
		change := signed(after-before, write)
		switch {
		case change == write(0):
			c.Change = lang.T("as it is")
		case after > before:
			c.Change, c.Sign = change, Up
		default:
			c.Change, c.Sign = change, Down
		}
		return c
	}
	var out []Card
	for _, m := range []planning.Measure{planning.Accounts, orSales(l.Value), planning.Hours} {
		write := func(v float64) string { return n.measure(m, v) }
		if m == planning.Sales || m == planning.Potential || m == planning.Open {
			write = func(v float64) string { return n.Short(n.minor(v)) }
		}
		out = append(out, card(measureWords(m), l.Effect.Before.Values.Of(m), l.Effect.After.Values.Of(m), write))
	}
	if l.HasHome {
		out = append(out, card(lang.T("Kilometres"), l.Effect.Before.Drive, l.Effect.After.Drive, func(v float64) string { return n.Number(v, 0) }))
	}
	if l.Effect.Quota > 0 {
		out = append(out, card(lang.T("Quota, if it followed"), l.Effect.Before.Quota, l.Effect.Quota, func(v float64) string { return n.Short(n.minor(v)) }))
	}
	return out
}

// passing lists accounts that come or go.
func (l PlanLetter) passing(heading, who string, list []planning.Passing, most int) Section {
	if len(list) == 0 {
		return Section{Heading: heading, Caption: lang.T("none")}
	}
	m, n := orSales(l.Value), l.Numbers
	of := func(p planning.Passing) *planning.Account { return &l.Accounts[p.Account] }
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b planning.Passing) int {
		return cmp.Or(cmp.Compare(of(b).Values.Of(m), of(a).Values.Of(m)), cmp.Compare(of(a).Name, of(b).Name), cmp.Compare(a.Account, b.Account))
	})
	t := Table{Columns: []Column{
		{Title: lang.T("Account"), Share: 2},
		{Title: who, Share: 1},
		{Title: measureWords(m), Right: true},
		{Title: measureWords(planning.Hours), Right: true},
	}}
	cells := func(name, person string, v planning.Values) []Cell {
		return []Cell{{Text: name}, {Text: person}, {Text: n.measure(m, v.Of(m))}, {Text: n.measure(planning.Hours, v.Of(planning.Hours))}}
	}
	var all, rest planning.Values
	for i, p := range sorted {
		a := of(p)
		all.Add(a.Values)
		if i < most {
			t.Rows = append(t.Rows, Row{Cells: cells(a.Name, nameOf(l.People, p.Person), a.Values), Key: a.ID.String()})
		} else {
			rest.Add(a.Values)
		}
	}
	if more := len(sorted) - most; more > 0 {
		t.Rows = append(t.Rows, Row{Cells: cells(lang.N("and %d more", "and %d more", more), "", rest)})
	}
	t.Totals = []Row{{Cells: cells(lang.T("Together"), "", all)}}
	return Section{Heading: heading, Caption: lang.N("%d account", "%d accounts", len(list)), Blocks: []Block{t}}
}

// balance is how even the plan is, and where this person's territory stands in it.
func (l PlanLetter) balance() Table {
	t := l.Numbers.balanceTable(l.Before, l.After, l.Tolerance)
	index := func(v float64) string {
		if v <= 0 {
			return l.Numbers.notAvailable()
		}
		return l.Numbers.Number(v, 0)
	}
	t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: lang.T("Balance index of %s", l.Person)}, {Text: index(l.Index[0])}, {Text: index(l.Index[1])}}, Strong: true})
	return t
}

// signature is a line each to sign on, with the names below.
func (l PlanLetter) signature() Table {
	manager := l.Manager
	if manager == "" {
		manager = l.Signer
	}
	return Table{
		Columns: []Column{{Share: 1}, {Share: 1}, {Share: 1}},
		Totals:  []Row{{Cells: []Cell{{Text: lang.T("Place and date")}, {Text: l.Person}, {Text: manager}}}},
	}
}
