package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fieldbook/app/planning"
	"fieldbook/app/report"
	"fieldbook/data"
)

func planned(accounts, potential, sales, hours float64) planning.Values {
	var v planning.Values
	v.Set(planning.Accounts, accounts)
	v.Set(planning.Potential, potential)
	v.Set(planning.Sales, sales)
	v.Set(planning.Hours, hours)
	return v
}

func planID(name string) data.ID { return data.ImportedID("plan", "test", name) }

// letter is one for Bo, to whom comes accounts come and from whom goes go.
func letter(comes, goes int) report.PlanLetter {
	l := report.PlanLetter{
		Cover: cover(), Signer: "Ann Lee", Plan: "Spring", Start: data.NewDay(2018, 1, 1), Person: "Bo Dahl", Territory: "North", HasHome: true,
		People: map[data.ID]string{planID("ann"): "Ann Lee", planID("bo"): "Bo Dahl"},
		Index:  [2]float64{143, 104}, Before: planning.Spread{Gini: 0.21, Variation: 0.31, Largest: 43, Outside: 3, Of: 5}, After: planning.Spread{Gini: 0.034, Variation: 0.06, Largest: 8.4, Of: 5}, Tolerance: 10,
	}
	l.Effect = planning.Effect{
		Person: planID("bo"), Quota: 61_500,
		Before: planning.Holding{Values: planned(20, 9e5, 1_240_000, 41), Drive: 1800, Quota: 75_000}, After: planning.Holding{Values: planned(20+float64(comes-goes), 8e5, 1_017_000, 35.5), Drive: 950},
	}
	for i := range comes + goes {
		l.Accounts = append(l.Accounts, planning.Account{ID: planID(fmt.Sprint(i)), Name: fmt.Sprintf("Account %02d", i), Values: planned(1, 500, float64(1000*(1+i%7)), 0.5)})
		p := planning.Passing{Account: i, Person: planID("ann")}
		switch {
		case i < comes && i%3 == 2:
			p.Person = data.NoID
			l.Effect.Comes = append(l.Effect.Comes, p)
		case i < comes:
			l.Effect.Comes = append(l.Effect.Comes, p)
		default:
			l.Effect.Goes = append(l.Effect.Goes, p)
		}
	}
	return l
}

func cards(d report.Doc) []string {
	var out []string
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if f, ok := b.(report.Figures); ok {
				for _, c := range f.Cards {
					out = append(out, strings.Join([]string{c.Name, c.Text, c.Sub, strings.Repeat("^", int(c.Sign)) + c.Change}, "|"))
				}
			}
		}
	}
	return out
}

func TestPlanLetterTellsWhatComesAndGoes(t *testing.T) {
	d := letter(3, 2).Doc()
	want := []string{
		"Account 02|nobody|3,000|0.5", "Account 01|Ann Lee|2,000|0.5", "Account 00|Ann Lee|1,000|0.5", "Together||6,000|1.5",
		"Account 04|Ann Lee|5,000|0.5", "Account 03|Ann Lee|4,000|0.5", "Together||9,000|1.0",
		"Furthest from an even share|43 points|8 points", "Coefficient of variation|31%|6%", "Territories within 10 points of it|2 of 5, 40%|5 of 5, 100%", "Gini coefficient|0.210|0.034", "Balance index of Bo Dahl|143|104",
		"Place and date|Bo Dahl|Ann Lee",
	}
	if got := lines(d); !slices.Equal(got, want) {
		t.Errorf("rows\n%q", got)
	}
	want = []string{
		"Accounts|21|today 20|^+1", "Sold in 12 months|$1.02M|today $1.24M|^^–$223K", "Hours a week|35.5|today 41.0|^^–5.5",
		"Kilometres|950|today 1,800|^^–850", "Quota, if it followed|$61.5K|today $75.0K|^^–$13.5K",
	}
	if got := cards(d); !slices.Equal(got, want) {
		t.Errorf("cards\n%q", got)
	}
	if d.Title != "What the territory plan changes for Bo Dahl" || !slices.Contains(d.Meta, report.Fact{Name: "In force from", Text: "Jan 1, 2018"}) || d.Sections[1].Caption != "3 accounts" {
		t.Errorf("%q %+v %q", d.Title, d.Meta, d.Sections[1].Caption)
	}
}

func TestPlanLetterOfNoChange(t *testing.T) {
	l := letter(0, 0)
	l.Effect.After, l.Effect.Quota = l.Effect.Before, 0
	l.HasHome, l.Territory, l.Start, l.Index, l.Value, l.Manager = false, "", data.NoDay, [2]float64{0, 100}, planning.Potential, "Dee Ruiz"
	d := l.Doc()
	if got := cards(d); !slices.Equal(got, []string{"Accounts|20|today 20|as it is", "Potential|$900K|today $900K|as it is", "Hours a week|41.0|today 41.0|as it is"}) {
		t.Errorf("cards %q", got)
	}
	got := lines(d)
	if !slices.Contains(got, "Balance index of Bo Dahl|n/a|100") || !slices.Contains(got, "Place and date|Bo Dahl|Dee Ruiz") || d.Sections[1].Caption != "none" || d.Sections[1].Blocks != nil ||
		!slices.Contains(d.Meta, report.Fact{Name: "In force from", Text: "not decided"}) || !slices.Contains(d.Meta, report.Fact{Name: "Territory", Text: "none"}) {
		t.Errorf("%q\n%+v", got, d.Meta)
	}
}

// Whatever is left out is told with its sum.
func TestPlanLetterShortensLongLists(t *testing.T) {
	for _, c := range []struct{ comes, goes, come, leave int }{{7, 0, 7, 0}, {60, 0, 7, 0}, {60, 80, 4, 3}, {2, 60, 2, 5}, {60, 2, 5, 2}} {
		l := letter(c.comes, c.goes)
		d := l.Doc()
		come, leave := 0, 0
		for _, b := range d.Sections[1].Blocks {
			come = len(b.(report.Table).Rows)
		}
		for _, b := range d.Sections[2].Blocks {
			leave = len(b.(report.Table).Rows)
		}
		if c.comes > c.come {
			c.come++ // the line of the rest
		}
		if c.goes > c.leave {
			c.leave++
		}
		if come != c.come || leave != c.leave {
			t.Errorf("%+v: %d rows come and %d go", c, come, leave)
		}
	}
	got := lines(letter(60, 0).Doc())
	if !slices.Contains(got, "and 53 more||185,000|26.5") || !slices.Contains(got, "Together||234,000|30.0") {
		t.Errorf("rows %q", got)
	}
}

func TestPlanSummaryTellsWhoGains(t *testing.T) {
	l := letter(3, 2)
	other := planning.Effect{Person: planID("ann"), Before: planning.Holding{Values: planned(9, 0, 100, 8), Quota: 1000}, After: planning.Holding{Values: planned(8, 0, 100, 9)}, Goes: l.Effect.Comes}
	p := report.PlanSummary{
		Cover: cover(), Plan: "Spring", Status: "planning", Start: data.NoDay, Note: "Two heads less.", Mix: planning.Mix{planning.Potential: 60, planning.Hours: 40}, Tolerance: 10,
		Territories: []report.PlanTerritory{
			{Name: "North", Owner: "Bo Dahl", Values: planned(21, 8e5, 1_017_000.4, 35.5), Quota: 75_000, Index: 104},
			{Name: "South", Values: planned(8, 2e5, 100, 9), Index: 80},
		},
		Loose: planned(2, 100, 0, 1), Before: l.Before, After: planning.Spread{Gini: 0.1, Variation: 0.13, Largest: 20, Worst: 1, Outside: 1, Of: 2},
		Effects: []planning.Effect{l.Effect, other}, People: l.People,
	}
	d := p.Doc()
	want := []string{
		"North|Bo Dahl|21|800,000|35.5|1,017,000|75,000|104", "South|nobody|8|200,000|9.0|100|0|80", "Together||29|1,000,000|44.5|1,017,100|75,000|", "In no territory||2|100|1.0|0||",
		"Furthest from an even share|43 points|20 points", "Coefficient of variation|31%|13%", "Territories within 10 points of it|2 of 5, 40%|1 of 2, 50%", "Gini coefficient|0.210|0.100",
		"Bo Dahl|3|2|+1|–223,000|–5.5|–850|–13,500", "Ann Lee|0|3|–1|0|+1.0|0|n/a",
	}
	if got := lines(d); !slices.Equal(got, want) {
		t.Errorf("rows\n%q", got)
	}
	want = []string{"Territories|2|1 of 2 within 10 points of 100|", "Furthest from even|20 points|today 43|", "Coefficient of variation|13%|today 31%|", "Accounts that change hands|3||", "Accounts in no territory|2||"}
	if got := cards(d); !slices.Equal(got, want) {
		t.Errorf("cards %q", got)
	}
	if !slices.Contains(d.Meta, report.Fact{Name: "Balanced by", Text: "Potential 60%, Hours a week 40%"}) || d.Sections[2].Caption != "USD, n = 29 accounts" {
		t.Errorf("%+v %q", d.Meta, d.Sections[2].Caption)
	}
	south := d.Sections[2].Blocks[0].(report.Table).Rows[1].Cells[7]
	if south.Sign != report.Down || south.Tone != report.Warn {
		t.Errorf("too light and not said: %+v", south)
	}
}
