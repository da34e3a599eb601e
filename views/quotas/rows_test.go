package quotas

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
)

func id(n int) data.ID { return data.ImportedID("test", "test", fmt.Sprint(n)) }

// sampleGrid has two regions, one with a part; Ada's two people, one without a
// manager, one without a territory.
func sampleGrid() *app.QuotaGrid {
	cal := data.Calendar{Start: time.January}
	year := cal.Year(2026)
	north, south, coast := id(1), id(2), id(3)
	person := func(n int, name string, boss int, region, owns data.ID, place string, months ...int64) app.QuotaLine {
		l := app.QuotaLine{Person: id(n), Name: name, Region: region, Place: place, Owns: owns}
		if boss > 0 {
			l.Manager, l.Boss = id(boss), "Ada"
		}
		for m, minor := range months {
			l.Months[m] = app.QuotaAmount{Set: minor > 0, Minor: minor * 100}
		}
		return l
	}
	place := func(n data.ID, name string, parent data.ID, depth int, jan int64) app.QuotaLine {
		l := app.QuotaLine{Territory: n, Name: name, Parent: parent, Depth: depth}
		l.Months[0] = app.QuotaAmount{Set: jan > 0, Minor: jan * 100}
		return l
	}
	return &app.QuotaGrid{
		Year: year, Months: cal.Months(year), Currency: "USD", Any: true,
		People: []app.QuotaLine{
			person(10, "Ben", 9, north, coast, "North", 10, 20, 30), person(11, "Dan", 9, north, north, "North", 5),
			person(12, "Eva", 0, south, south, "South", 7), person(13, "Finn", 0, data.NoID, data.NoID, "", 1),
		},
		Territories: []app.QuotaLine{place(north, "North", data.NoID, 0, 40), place(coast, "Coast", north, 1, 0), place(south, "South", data.NoID, 0, 0)},
		Top:         []int{0, 2},
	}
}

// outline writes rows as a tree with January and the first quarter.
func outline(m *model) []string {
	var out []string
	u := unit{currency: "USD"}
	for _, r := range m.tableRows(u) {
		out = append(out, strings.Repeat(" ", r.Cells[0].Level)+r.Cells[0].Text+" "+r.Cells[1].Text+" "+r.Cells[4].Text)
	}
	return out
}

func TestRowsByTeamAndByTerritory(t *testing.T) {
	team := []string{"North 15 65", " Ada 15 65", "  Ben 10 60", "  Dan 5 5", "South 7 7", " Eva 7 7", "No region 1 1", " Finn 1 1"}
	if got := outline(newModel(sampleGrid(), byTeam, nil)); !slices.Equal(got, team) {
		t.Errorf("by team %q", got)
	}
	closed := []string{"North 15 65", "South 7 7", " Eva 7 7", "No region 1 1", " Finn 1 1"}
	if got := outline(newModel(sampleGrid(), byTeam, map[string]bool{"region:" + id(1).String(): false})); !slices.Equal(got, closed) {
		t.Errorf("with the north closed %q", got)
	}
	territory := []string{"North 40 90", " Coast 10 60", "  Ben 10 60", " Dan 5 5", "South 7 7", " Eva 7 7", "No territory 1 1", " Finn 1 1"}
	if got := outline(newModel(sampleGrid(), byTerritory, nil)); !slices.Equal(got, territory) {
		t.Errorf("by territory %q", got)
	}
	grid := sampleGrid()
	grid.Territories, grid.Top = nil, nil
	for i := range grid.People {
		grid.People[i].Region, grid.People[i].Place = data.NoID, ""
	}
	flat := []string{"Ada 15 65", " Ben 10 60", " Dan 5 5", "Eva 7 7", "Finn 1 1"}
	if got := outline(newModel(grid, byTeam, nil)); !slices.Equal(got, flat) {
		t.Errorf("without regions %q", got)
	}
}

func TestTerritoryShowsItsOwnQuotaApart(t *testing.T) {
	rows := newModel(sampleGrid(), byTerritory, nil).tableRows(unit{currency: "USD"})
	if c := rows[4].Cells[1].Color; c != kit.ColorFg2 {
		t.Errorf("a sum of what is below is %q", c)
	}
	if own, sum := rows[0].Cells[1].Color, rows[0].Cells[4].Color; own != "" || sum != kit.ColorFg2 {
		t.Errorf("January's own quota is %q, the mixed quarter %q", own, sum)
	}
}

func TestFootAndGap(t *testing.T) {
	foot := newModel(sampleGrid(), byTeam, nil).footRows(unit{currency: "USD"})
	for row, want := range map[int][3]string{footSum: {"23", "20", "73"}, footTarget: {"40", kit.EnDash, "40"}, footGap: {kit.EnDash + "17", kit.EnDash, "+33"}} {
		c := foot[row].Cells
		if got := [3]string{c[1].Text, c[2].Text, c[4].Text}; got != want {
			t.Errorf("row %d is %v, want %v", row, got, want)
		}
	}
}

func TestColumnsStandForMonths(t *testing.T) {
	for col, want := range map[int][]int{1: {0}, 3: {2}, 4: {0, 1, 2}, 5: {3}, 16: {9, 10, 11}, 15: {11}} {
		if got := columnMonths(col); !slices.Equal(got, want) || isMonth(col) != (len(want) == 1) {
			t.Errorf("column %d is %v", col, got)
		}
	}
	if len(columnMonths(nameColumn)) != 12 || len(columnMonths(yearColumn)) != 12 || isMonth(nameColumn) || isMonth(yearColumn) {
		t.Error("name and year do not stand for all months")
	}
}

func TestUnits(t *testing.T) {
	for _, c := range []struct {
		shift       int
		minor       int64
		shown, edit string
	}{
		{0, 1_234_00, "1,234", "1234"},
		{0, 1_234_50, "1,234.50", "1234.5"},
		{3, 318_000_00, "318", "318"},
		{3, 32_500_00, "32.5", "32.5"},
		{3, 1_234_567_89, "1,234.6", "1234.56789"},
		{3, -2_049_00, kit.EnDash + "2", "-2.049"},
		{3, 40, "0", "0.0004"},
	} {
		u := unit{currency: "USD", shift: c.shift}
		if u.figure(c.minor) != c.shown || u.typed(c.minor) != c.edit {
			t.Errorf("%d is %q, typed %q; want %q, %q", c.minor, u.figure(c.minor), u.typed(c.minor), c.shown, c.edit)
		}
	}
	if u := fittingUnit(sampleGrid()); u.shift != 0 {
		t.Error("small amounts are shown in thousands")
	}
	large := sampleGrid()
	large.People[0].Months[0].Minor = 1_000_500_00
	if u := fittingUnit(large); u.shift != 3 {
		t.Error("amounts of seven digits are shown whole")
	}
}

func TestForeignQuotaCarriesItsCode(t *testing.T) {
	grid := sampleGrid()
	grid.People[0].Months[0] = app.QuotaAmount{Set: true, Minor: 12_00, Foreign: data.Money{Minor: 10_00, Currency: "EUR"}}
	grid.People[1].Months[0] = app.QuotaAmount{Set: true, NoRate: true, Foreign: data.Money{Minor: 9, Currency: "JPY"}}
	m := newModel(grid, byTeam, nil)
	rows := m.tableRows(unit{currency: "USD"})
	if got := []string{rows[2].Cells[1].Text, rows[3].Cells[1].Text, rows[1].Cells[1].Text}; !slices.Equal(got, []string{"EUR 10", "JPY 9", "12"}) {
		t.Errorf("%q", got)
	}
	if got := m.caption(unit{currency: "USD"}); got != "USD, 4 people, 1 quota in another currency counted at the book's rate, 1 quota left out: no rate for its currency" {
		t.Errorf("%q", got)
	}
	if _, err := m.cells(picked{lines: []int{0}, months: []int{0, 1}}, spread{total: 1}); data.KindOf(err) != data.Refused {
		t.Errorf("a sum goes over another currency: %v", err)
	}
}

func TestPickAndSpread(t *testing.T) {
	m := newModel(sampleGrid(), byTeam, nil)
	p := m.pick(kit.CellRange{FromRow: 0, ToRow: 2, Columns: []int{2, 3, 4}}) // North, Ada, Ben × Feb, Mar, Q1
	if !slices.Equal(p.lines, []int{0, 1}) || !slices.Equal(p.months, []int{0, 1, 2}) {
		t.Fatalf("picked %+v", p)
	}
	last := m.lines[0].Last
	last[2] = 5
	m.lines[0].Last = last
	for how, want := range map[int][]int64{
		spreadEven:   {11_00, 11_00, 11_00, 11_00, 11_00, 10_00},
		spreadAsNow:  {10_00, 20_00, 30_00, 5_00, 0, 0},
		spreadLast:   {0, 0, 65_00, 0, 0, 0},
		spreadSeason: {60_00, 0, 0, 5_00, 0, 0},
	} {
		cells, err := m.cells(p, spread{total: 65_00, how: how, step: 100, season: [app.QuotaMonths]int64{3, 0, 0}})
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for _, c := range cells {
			got = append(got, c.Amount)
		}
		if !slices.Equal(got, want) {
			t.Errorf("how %d: %v, want %v", how, got, want)
		}
	}
	territories := newModel(sampleGrid(), byTerritory, nil).pick(kit.CellRange{FromRow: 0, ToRow: 3, Columns: []int{nameColumn}})
	if !slices.Equal(territories.lines, []int{4, 5}) || len(territories.months) != 12 {
		t.Errorf("territories with their people: %+v", territories)
	}
}

func TestEffect(t *testing.T) {
	m, u := newModel(sampleGrid(), byTeam, nil), unit{currency: "USD"}
	e := m.effect(picked{lines: []int{0, 1}, months: []int{0}}, 20_00, u)
	if e.adds != "Adds 5 to Ada's team" || e.gapOf != "Gap in Q1" || e.gapBefore.minor != 33_00 || e.gapAfter.minor != 38_00 || e.changes != "2 quotas change" {
		t.Errorf("%+v", e)
	}
	if e = m.effect(picked{lines: []int{0}, months: []int{0}}, 10_00, u); e.adds != "10 of 15 of Ada's team in Jan" || e.changes != "1 quota" {
		t.Errorf("unchanged: %+v", e)
	}
	if e = m.effect(picked{lines: []int{0, 2}, months: []int{0, 11}}, 1_00, u); e.adds != "Takes 16 from all teams" || e.gapOf != "Gap in 2026" {
		t.Errorf("across regions: %+v", e)
	}
	if e = m.effect(picked{lines: m.top(), months: []int{0}, foot: true}, 50_00, u); e.gapAfter.minor != 23_00 {
		t.Errorf("the target: %+v", e)
	}
}

func TestBlockFallsOnQuotas(t *testing.T) {
	m := newModel(sampleGrid(), byTeam, nil)
	count := func(texts []app.PastedQuota) (out []string) {
		for _, p := range texts {
			out = append(out, fmt.Sprintf("%s:%d", p.Text, len(p.Cells)))
		}
		return out
	}
	// Copied with its sums: the months and lines count.
	block := [][]string{{"15", "20", "30", "65"}, {"15", "20", "30", "65"}, {"10", "20", "30", "60"}, {"5", "", "", "5"}}
	if got := count(m.fall(block, 0, 1)); !slices.Equal(got, []string{"10:1", "20:1", "30:1", "5:1", ":1", ":1"}) {
		t.Errorf("%q", got)
	}
	// Quarters alone, over a team alone: each is spread.
	if got := count(m.fall([][]string{{"90"}}, 1, 4)); !slices.Equal(got, []string{"90:6"}) {
		t.Errorf("%q", got)
	}
	if got := count(m.fall([][]string{{"1", "2"}, {"3", "4"}}, len(m.rows)-1, yearColumn)); !slices.Equal(got, []string{"1:12"}) {
		t.Errorf("beyond the grid: %q", got)
	}
}

func TestFittingStep(t *testing.T) {
	for _, c := range []struct {
		total       int64
		parts       int
		shift, want int64
	}{{300_00, 3, 0, 100}, {10_00, 3, 0, 100}, {318_000_00, 9, 3, 1000_00}, {318_500_00, 9, 3, 100_00}, {10_50, 3, 0, 10}, {2, 3, 0, 1}, {20_000_00, 9, 3, 100_00}} {
		if got := fittingStep(c.total, c.parts, 100, int(c.shift)); got != c.want {
			t.Errorf("%d over %d in steps of %d, want %d", c.total, c.parts, got, c.want)
		}
	}
}
