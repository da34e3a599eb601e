package quotas

import (
	"cmp"
	"slices"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Ways to arrange the lines.
const (
	byTeam      = "team"      // region, manager, person
	byTerritory = "territory" // the tree of territories with those who own them
)

// The columns: a name, three months and their quarter four times, the year.
const (
	nameColumn = 0
	yearColumn = 17
	perQuarter = 4
)

// columnMonths lists the months of the year that a column stands for: the name
// stands for the whole line.
func columnMonths(col int) []int {
	if col == nameColumn || col >= yearColumn {
		return []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
	}
	q, n := (col-1)/perQuarter, (col-1)%perQuarter
	if n < 3 {
		return []int{3*q + n}
	}
	return []int{3 * q, 3*q + 1, 3*q + 2}
}

// isMonth reports whether a column is of a single month.
func isMonth(col int) bool { return col != nameColumn && col != yearColumn && col%perQuarter != 0 }

// amount is a sum of quotas in the book's currency.
type amount struct {
	minor   int64
	set     bool
	foreign data.Money // of a single quota set in another currency
	others  int        // quotas set in other currencies
	noRate  int        // those of them that count in no sum
}

func (a *amount) add(b amount) {
	a.minor += b.minor
	a.set = a.set || b.set
	a.others += b.others
	a.noRate += b.noRate
	a.foreign = b.foreign
}

func amountOf(q app.QuotaAmount) amount {
	a := amount{minor: q.Minor, set: q.Set, foreign: q.Foreign}
	if q.IsForeign() {
		a.others++
	}
	if q.NoRate {
		a.noRate++
	}
	return a
}

// counts is what of people's quotas counts in some months, and whether that is
// other than what was set.
func (m *model) counts(lines, months []int) (minor int64, differs bool) {
	var set int64
	for _, l := range lines {
		for _, month := range months {
			minor += m.lines[l].Counts[month]
			set += m.lines[l].Months[month].Minor
		}
	}
	return minor, minor != set
}

// row is one line that is shown: a quota of its own, or a sum of others.
type row struct {
	id, name  string
	count     int    // people of a sum, 0 for none to tell
	tag       string // beside the name
	level     int
	tree      kit.TreeState
	line      int   // its own quotas, -1 for a sum
	parts     []int // the lines that change when the row is set
	months    [app.QuotaMonths]amount
	own       [app.QuotaMonths]bool // of a territory: set for it, not a sum of what is below
	territory bool
}

// model is what the grid shows.
type model struct {
	grid  *app.QuotaGrid
	lines []app.QuotaLine // people, then territories
	by    string
	open  map[string]bool // what a person opened or closed
	rows  []row
}

// newModel arranges the lines. open holds the rows that a person opened (true)
// or closed; the rest is open where all fits on a screen.
func newModel(grid *app.QuotaGrid, by string, open map[string]bool) *model {
	m := &model{grid: grid, lines: slices.Concat(grid.People, grid.Territories), by: by, open: open}
	if by == byTerritory {
		m.byTerritory()
	} else {
		m.byTeam()
	}
	return m
}

const fitsScreen = 40 // people whose lines may all be open at first

// tree says whether a row that has others below shows them.
func (m *model) tree(id string, level int) kit.TreeState {
	open, said := m.open[id]
	if !said {
		open = len(m.grid.People) <= fitsScreen || level == 0 && m.by == byTeam
	}
	if open {
		return kit.TreeOpen
	}
	return kit.TreeClosed
}

func (m *model) amount(line, month int) amount { return amountOf(m.lines[line].Months[month]) }

// sum adds up lines over months.
func (m *model) sum(lines, months []int) amount {
	var out amount
	for _, l := range lines {
		for _, month := range months {
			out.add(m.amount(l, month))
		}
	}
	return out
}

func (m *model) total(lines []int) (out [app.QuotaMonths]amount) {
	for month := range out {
		out[month] = m.sum(lines, []int{month})
	}
	return out
}

// people are the lines of people; top are those of what is asked from above.
func (m *model) people() []int {
	out := make([]int, len(m.grid.People))
	for i := range out {
		out[i] = i
	}
	return out
}

func (m *model) top() []int {
	out := make([]int, len(m.grid.Top))
	for i, t := range m.grid.Top {
		out[i] = len(m.grid.People) + t
	}
	return out
}

func (m *model) leaf(line, level int) {
	l := &m.lines[line]
	r := row{id: l.Person.String(), name: l.Name, level: level, line: line, parts: []int{line}, months: m.total([]int{line})}
	if l.Left {
		r.tag = lang.T("left")
	}
	m.rows = append(m.rows, r)
}

// group adds a row that sums up lines and reports whether it is open.
func (m *model) group(id, name string, level int, lines []int) bool {
	r := row{id: id, name: name, level: level, line: -1, parts: lines, count: len(lines), months: m.total(lines), tree: m.tree(id, level)}
	m.rows = append(m.rows, r)
	return r.tree == kit.TreeOpen
}

// byTeam arranges people below their manager, managers below their region.
func (m *model) byTeam() {
	regions := groupLines(m.lines, m.people(), func(l *app.QuotaLine) (string, string) { return l.Place, l.Region.String() })
	for _, region := range regions {
		level := 0
		if len(regions) > 1 || region.name != "" {
			if !m.group("region:"+region.key, cmp.Or(region.name, lang.T("No region")), 0, region.lines) {
				continue
			}
			level = 1
		}
		for _, boss := range groupLines(m.lines, region.lines, func(l *app.QuotaLine) (string, string) { return l.Boss, l.Manager.String() }) {
			below := level
			if boss.name != "" {
				if !m.group("boss:"+region.key+":"+boss.key, boss.name, level, boss.lines) {
					continue
				}
				below++
			}
			for _, line := range boss.lines {
				m.leaf(line, below)
			}
		}
	}
}

// lineGroup is lines that share something, by name.
type lineGroup struct {
	name, key string
	lines     []int
}

// groupLines groups lines by name and key, those without a name last.
func groupLines(all []app.QuotaLine, lines []int, of func(*app.QuotaLine) (name, key string)) []lineGroup {
	var out []lineGroup
	at := map[string]int{}
	for _, l := range lines {
		name, key := of(&all[l])
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, lineGroup{name: name, key: key})
		}
		out[i].lines = append(out[i].lines, l)
	}
	slices.SortStableFunc(out, func(a, b lineGroup) int {
		if (a.name == "") != (b.name == "") {
			return cmp.Compare(b.name, a.name)
		}
		return cmp.Compare(a.name, b.name)
	})
	return out
}

// byTerritory arranges people below the territory they own. A territory shows
// its own quota where one is set, else the sum of what is below.
func (m *model) byTerritory() {
	owners, below := map[data.ID][]int{}, map[data.ID][]int{}
	shown := map[data.ID]bool{}
	for i := range m.grid.Territories {
		shown[m.grid.Territories[i].Territory] = true
	}
	var roots []int
	for i := range m.grid.Territories {
		t, line := &m.grid.Territories[i], len(m.grid.People)+i
		if shown[t.Parent] {
			below[t.Parent] = append(below[t.Parent], line)
		} else {
			roots = append(roots, line)
		}
	}
	var loose []int
	for i := range m.grid.People {
		if owns := m.grid.People[i].Owns; shown[owns] {
			owners[owns] = append(owners[owns], i)
		} else {
			loose = append(loose, i)
		}
	}
	for _, r := range roots {
		m.territory(r, 0, below, owners)
	}
	if len(loose) > 0 && m.group("loose", lang.T("No territory"), 0, loose) {
		for _, l := range loose {
			m.leaf(l, 1)
		}
	}
}

// territory adds a territory with all below and gives its months.
func (m *model) territory(line, level int, below, owners map[data.ID][]int) [app.QuotaMonths]amount {
	l := &m.lines[line]
	id, at := l.Territory.String(), len(m.rows)
	r := row{id: id, name: l.Name, level: level, line: line, parts: []int{line}, territory: true}
	if len(below[l.Territory])+len(owners[l.Territory]) > 0 {
		r.tree = m.tree(id, level)
	}
	m.rows = append(m.rows, r)
	sum := m.total(owners[l.Territory])
	for _, b := range below[l.Territory] {
		part := m.territory(b, level+1, below, owners)
		for month := range sum {
			sum[month].add(part[month])
		}
	}
	for _, o := range owners[l.Territory] {
		m.leaf(o, level+1)
	}
	if r.tree != kit.TreeOpen {
		m.rows = m.rows[:at+1]
	}
	for month, a := range m.total([]int{line}) {
		if r.own[month] = a.set; a.set {
			sum[month] = a
		}
	}
	r.months = sum
	m.rows[at] = r
	return sum
}
