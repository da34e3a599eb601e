package quotas

import (
	"slices"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// picked is a selection: the quotas of lines for months.
type picked struct {
	lines, months []int
	foot          bool // what is asked from above, not the people
}

func (p picked) count() int { return len(p.lines) * len(p.months) }

// monthsOf are the months of several columns, each once.
func monthsOf(cols []int) []int {
	var out []int
	for _, col := range cols {
		if col != nameColumn || len(cols) == 1 {
			out = append(out, columnMonths(col)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// pick turns a rectangle of cells into quotas, each once: a sum stands for its
// parts, a quarter for its months. Among territories and people the kind of
// the first row counts, since one holds the other.
func (m *model) pick(r kit.CellRange) picked {
	var p picked
	for i := r.FromRow; i <= r.ToRow && i < len(m.rows); i++ {
		if m.rows[i].territory == m.rows[r.FromRow].territory {
			p.lines = append(p.lines, m.rows[i].parts...)
		}
	}
	slices.Sort(p.lines)
	p.lines, p.months = slices.Compact(p.lines), monthsOf(r.Columns)
	return p
}

// How a sum is spread.
const (
	spreadEven = iota
	spreadAsNow
	spreadLast
	spreadSeason
)

// spread is a sum to spread.
type spread struct {
	total  int64
	how    int
	step   int64                  // minor units
	season [app.QuotaMonths]int64 // weights, for spreadSeason
}

// cells are the quotas that a spread makes. It is Refused where one of them is
// in another currency.
func (m *model) cells(p picked, s spread) ([]app.QuotaCell, error) {
	if m.sum(p.lines, p.months).others > 0 {
		return nil, data.Errorf(data.Refused, "%s", lang.T("One of these quotas is in another currency, so a sum cannot be spread over them. Nothing was changed; set that one by itself."))
	}
	out := m.blank(p)
	for i, part := range app.SpreadBy(s.total, m.weights(p, s), s.step) {
		out[i].Amount = part
	}
	return out, nil
}

// blank names the quotas of a selection, line by line.
func (m *model) blank(p picked) []app.QuotaCell {
	out := make([]app.QuotaCell, 0, p.count())
	for _, l := range p.lines {
		for _, month := range p.months {
			out = append(out, app.QuotaCell{Person: m.lines[l].Person, Territory: m.lines[l].Territory, Month: m.grid.Months[month].From})
		}
	}
	return out
}

// weights are those of a selection's quotas, line by line. All 0 counts all alike.
func (m *model) weights(p picked, s spread) []int64 {
	out := make([]int64, 0, p.count())
	for _, l := range p.lines {
		now := m.sum([]int{l}, p.months).minor
		for _, month := range p.months {
			var w int64
			switch s.how {
			case spreadAsNow:
				w = m.amount(l, month).minor
			case spreadLast:
				w = m.lines[l].Last[month]
			case spreadSeason:
				w = seasonal(s.season[month], now, m.sum(p.lines, p.months).minor)
			}
			out = append(out, w)
		}
	}
	if s.how == spreadAsNow && p.foot && isNothing(out) {
		return m.belowWeights(p)
	}
	return out
}

func isNothing(weights []int64) bool {
	return !slices.ContainsFunc(weights, func(w int64) bool { return w != 0 })
}

// seasonal weighs a month by the season and a line by what it has now of all.
func seasonal(season, now, all int64) int64 {
	const fine = 1 << 20
	for season > fine {
		season /= 2
	}
	if all <= 0 {
		return season
	}
	return season * int64(float64(now)/float64(all)*fine)
}

// belowWeights weighs territories by the people's quotas in them, where
// nothing is asked of them yet.
func (m *model) belowWeights(p picked) []int64 {
	var out []int64
	for _, l := range p.lines {
		id := m.lines[l].Territory
		var within []int
		for i := range m.grid.People {
			if person := &m.grid.People[i]; person.Region == id || person.Owns == id {
				within = append(within, i)
			}
		}
		for _, month := range p.months {
			out = append(out, m.sum(within, []int{month}).minor)
		}
	}
	return out
}

// monthsText names months: "Oct – Dec", "Oct", "2017".
func (m *model) monthsText(months []int) string {
	short := func(i int) string { return columnTitle(m.grid.Months[i]) }
	switch n := len(months); {
	case n == app.QuotaMonths:
		return m.grid.Year.Name
	case n == 0:
		return ""
	case n == 1:
		return short(months[0])
	case months[n-1]-months[0] == n-1:
		return short(months[0]) + " " + kit.EnDash + " " + short(months[n-1])
	}
	return lang.N("%d month", "%d months", len(months))
}

// linesText names lines: "Gladys Colclough", "3 people".
func (m *model) linesText(p picked) string {
	switch {
	case p.foot:
		return lang.T("Top-down target")
	case len(p.lines) == 1:
		return m.lines[p.lines[0]].Name
	case len(p.lines) > 0 && m.lines[p.lines[0]].Person.IsZero():
		return lang.N("%d territory", "%d territories", len(p.lines))
	}
	return lang.N("%d person", "%d people", len(p.lines))
}

// span is the quarter that all months lie in, else the year.
func (m *model) span(months []int) (name string, all []int) {
	if len(months) > 0 && months[0]/3 == months[len(months)-1]/3 {
		q := months[0] / 3
		return "Q" + string(rune('1'+q)), []int{3 * q, 3*q + 1, 3*q + 2}
	}
	return m.grid.Year.Name, columnMonths(yearColumn)
}

// whose is whose sum a selection of people adds to: their team, their region,
// or all.
func (m *model) whose(p picked) (name string, lines []int) {
	first := &m.lines[p.lines[0]]
	same := func(of func(*app.QuotaLine) data.ID) []int {
		var out []int
		for i := range m.grid.People {
			if of(&m.grid.People[i]) == of(first) {
				out = append(out, i)
			}
		}
		for _, l := range p.lines {
			if of(&m.lines[l]) != of(first) || of(first).IsZero() {
				return nil
			}
		}
		return out
	}
	if team := same(func(l *app.QuotaLine) data.ID { return l.Manager }); team != nil {
		return lang.T("%s's team", first.Boss), team
	}
	if region := same(func(l *app.QuotaLine) data.ID { return l.Region }); region != nil {
		return first.Place, region
	}
	return lang.T("all teams"), m.people()
}

// effect is what a new sum of a selection does, in words: what it adds to whom,
// the gap it leaves, what changes.
type effect struct {
	adds      string
	gapBefore amount // nothing set where no target is
	gapAfter  amount
	gapOf     string
	changes   string
}

// effect works out what setting a selection to total does.
func (m *model) effect(p picked, total int64, u unit) effect {
	now := m.sum(p.lines, p.months)
	diff := total - now.minor
	name, span := m.span(p.months)
	sum, target := m.sum(m.people(), span), m.sum(m.top(), span)
	e := effect{gapBefore: gap(sum, target), gapOf: lang.T("Gap in %s", name)}
	e.gapAfter = e.gapBefore
	switch {
	case p.foot:
		e.gapAfter.minor -= diff
		e.gapAfter.set = true
		e.adds = lang.T("Changes what is asked in %s by %s", name, u.signed(diff))
		if diff == 0 {
			e.adds = lang.T("What is asked from above, against what people's quotas add up to")
		}
	case m.lines[p.lines[0]].Person.IsZero():
		e.gapBefore.set, e.gapAfter.set = false, false
		e.adds = lang.T("A territory's own quota is asked of it as a whole; without one it is the sum of what is below")
	default:
		who, lines := m.whose(p)
		e.gapAfter.minor += diff
		all := m.sum(lines, p.months)
		if diff == 0 {
			e.adds = lang.T("%s of %s of %s in %s", u.figure(now.minor), u.figure(all.minor), who, m.monthsText(p.months))
		} else if diff > 0 {
			e.adds = lang.T("Adds %s to %s", u.figure(diff), who)
		} else {
			e.adds = lang.T("Takes %s from %s", u.figure(-diff), who)
		}
	}
	e.changes = lang.N("%d quota changes", "%d quotas change", p.count())
	if diff == 0 {
		e.changes = lang.N("%d quota", "%d quotas", p.count())
	}
	return e
}
