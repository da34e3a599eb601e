package metrics

import (
	"cmp"
	"slices"

	"fieldbook/data"
)

// grouping puts every cell at a position; each group is a range of positions,
// so that a territory holds what is below it and the total holds everything.
type grouping struct {
	n      int
	at     func(c *cell) int32
	groups []group // in the order of the rows
}

type group struct {
	key    string
	id     data.ID
	place  int32 // in its table, None for the group without; a month number for periods
	lo, hi int32
}

// noKey names the group of deals that have no entry in the dimension.
const noKey = "(none)"

// group makes the grouping of a view; in is the period that counts.
func (v *View) group(by By, in data.Period) (grouping, error) {
	f, asOf := v.f, v.query.AsOf
	deal := func(c *cell) *Deal { return &f.Deals[c.deal] }
	switch by {
	case ByNone:
		return grouping{n: 1, at: func(*cell) int32 { return 0 }}, nil
	case ByPerson:
		return v.people(func(c *cell) int32 { return c.owner + 1 }), nil
	case ByManager:
		return v.people(func(c *cell) int32 { return v.roster.managerOf(c.owner, c.day(asOf)) + 1 }), nil
	case ByRegion:
		g := named(f.Territories, func(t *Territory) (string, data.ID) { return t.Name, t.ID })
		g.at = func(c *cell) int32 { return v.roster.regionOf(c.owner, c.day(asOf)) + 1 }
		return g, nil
	case ByTerritory:
		return v.territories(), nil
	case ByProduct:
		g := named(f.Products, func(p *Product) (string, data.ID) { return p.Name, p.ID })
		g.at = func(c *cell) int32 { return deal(c).Product + 1 }
		return g, nil
	case ByFamily:
		g := named(f.Families, func(s *string) (string, data.ID) { return *s, data.NoID })
		of := table(f.Products, func(p *Product) int32 { return p.Family })
		g.at = func(c *cell) int32 { return of[deal(c).Product+1] }
		return g, nil
	case BySector:
		g := named(f.Industries, func(s *string) (string, data.ID) { return *s, data.NoID })
		of := table(f.Accounts, func(a *Account) int32 { return a.Industry })
		g.at = func(c *cell) int32 { return of[deal(c).Account+1] }
		return g, nil
	case ByAccount:
		g := named(f.Accounts, func(a *Account) (string, data.ID) { return a.Name, a.ID })
		g.at = func(c *cell) int32 { return deal(c).Account + 1 }
		return g, nil
	case ByStage:
		return v.stages(), nil
	case ByMonth, ByQuarter, ByYear:
		return v.calendar(by, in), nil
	}
	return grouping{}, data.Errorf(data.Invalid, "%q is not something to group by; choose person, manager, region, territory, product, sector, stage, month, quarter or year.", string(by))
}

// named makes one group an entry of a table, sorted by name with the group
// without entry last. Positions are place + 1.
func named[T any](entries []T, of func(*T) (string, data.ID)) grouping {
	g := grouping{n: len(entries) + 1, groups: make([]group, 0, len(entries)+1)}
	for i := range entries {
		name, id := of(&entries[i])
		g.groups = append(g.groups, group{key: name, id: id, place: int32(i), lo: int32(i) + 1, hi: int32(i) + 2})
	}
	slices.SortStableFunc(g.groups, func(a, b group) int { return cmp.Compare(a.key, b.key) })
	g.groups = append(g.groups, group{key: noKey, place: None, lo: 0, hi: 1})
	return g
}

// table maps place + 1 to the position of what the entry points to.
func table[T any](entries []T, of func(*T) int32) []int32 {
	out := make([]int32, len(entries)+1)
	for i := range entries {
		out[i+1] = of(&entries[i]) + 1
	}
	return out
}

func (v *View) people(at func(c *cell) int32) grouping {
	g := named(v.f.People, func(p *Person) (string, data.ID) { return p.Name, p.ID })
	g.at = at
	return g
}

func (v *View) stages() grouping {
	f := v.f
	g := named(f.Stages, func(s *Stage) (string, data.ID) { return s.Name, s.ID })
	g.at = func(c *cell) int32 { return int32(c.stage) + 1 }
	slices.SortStableFunc(g.groups[:len(f.Stages)], func(a, b group) int {
		s, t := &f.Stages[a.place], &f.Stages[b.place]
		if s.Pipeline != t.Pipeline && s.Pipeline != None && t.Pipeline != None {
			return cmp.Or(cmp.Compare(f.Pipelines[s.Pipeline].Position, f.Pipelines[t.Pipeline].Position), cmp.Compare(s.Pipeline, t.Pipeline))
		}
		return cmp.Or(cmp.Compare(s.Type, t.Type), cmp.Compare(s.Position, t.Position))
	})
	return g
}

// territories numbers the tree from the top down, so that each territory is
// followed by all below it.
func (v *View) territories() grouping {
	f, asOf := v.f, v.query.AsOf
	order := f.treeOrder()
	rank := make([]int32, len(f.Territories)+1)
	g := grouping{n: len(order) + 1}
	for i, node := range order {
		t := &f.Territories[node.place]
		rank[node.place+1] = int32(i) + 1
		g.groups = append(g.groups, group{key: t.Name, id: t.ID, place: node.place, lo: int32(i) + 1, hi: int32(i) + 1 + node.size})
	}
	g.groups = append(g.groups, group{key: noKey, place: None, lo: 0, hi: 1})
	g.at = func(c *cell) int32 {
		return rank[v.roster.territoryOf(f.Deals[c.deal].Account, c.owner, c.day(asOf))+1]
	}
	return g
}

// node is a territory and how many it holds, itself included.
type node struct{ place, size int32 }

// treeOrder lists each territory before those below it, siblings by name.
// Territories in a loop of parents stand at the top.
func (f *Facts) treeOrder() []node {
	children := make([][]int32, len(f.Territories)+1)
	for i, t := range f.Territories {
		children[t.Parent+1] = append(children[t.Parent+1], int32(i))
	}
	for _, c := range children {
		slices.SortStableFunc(c, func(a, b int32) int { return cmp.Compare(f.Territories[a].Name, f.Territories[b].Name) })
	}
	out := make([]node, 0, len(f.Territories))
	seen := make([]bool, len(f.Territories))
	var walk func(t int32)
	walk = func(t int32) {
		if seen[t] {
			return
		}
		seen[t] = true
		at := len(out)
		out = append(out, node{place: t})
		for _, c := range children[t+1] {
			walk(c)
		}
		out[at].size = int32(len(out) - at)
	}
	for _, t := range children[0] {
		walk(t)
	}
	for i := range f.Territories {
		walk(int32(i))
	}
	return out
}

// calendar groups by close day, open deals by their expected one.
func (v *View) calendar(by By, in data.Period) grouping {
	step, shift := 1, 0
	if by != ByMonth {
		step, shift = 12, v.f.Calendar.YearOf(v.query.AsOf).From.Month()%12
	}
	if by == ByQuarter {
		step = 3
	}
	number := func(m int) int { return floorDiv(m-shift, step) }
	first, last := v.months(in)
	base := number(first)
	g := grouping{n: number(last) - base + 2}
	for i := range g.n - 1 {
		month := (base+i)*step + shift
		g.groups = append(g.groups, group{key: v.periodOf(by, month).Name, place: int32(month), lo: int32(i) + 1, hi: int32(i) + 2})
	}
	g.groups = append(g.groups, group{key: noKey, place: None, lo: 0, hi: 1})
	g.at = func(c *cell) int32 {
		if !c.close.Valid() {
			return 0
		}
		return int32(number(monthNumber(c.close))-base) + 1
	}
	return g
}

// periodOf is the month, quarter or year that begins with a month number.
func (v *View) periodOf(by By, month int) data.Period {
	day := data.NewDay(0, 1, 1).AddMonths(month)
	switch by {
	case ByQuarter:
		return v.f.Calendar.QuarterOf(day)
	case ByYear:
		return v.f.Calendar.YearOf(day)
	default:
		return v.f.Calendar.MonthOf(day)
	}
}

// months is the range of months that close days of the view and quotas cover
// within a period, both ends included.
func (v *View) months(in data.Period) (first, last int) {
	span := tally(v, func() *[2]data.Day { return &[2]data.Day{data.NoDay, data.NoDay} },
		func(acc *[2]data.Day, p *part) {
			for _, cells := range [][]cell{p.closed, p.open} {
				for i := range cells {
					if d := cells[i].close; d.Valid() && in.Contains(d) {
						acc[0], acc[1] = acc[0].Min(d), max(acc[1], d)
					}
				}
			}
		},
		func(into, from *[2]data.Day) { into[0], into[1] = into[0].Min(from[0]), max(into[1], from[1]) })
	for _, x := range v.credited() {
		if x.close.Valid() && in.Contains(x.close) {
			span[0], span[1] = span[0].Min(x.close), max(span[1], x.close)
		}
	}
	for _, q := range v.f.Quotas {
		if in.Contains(q.Month) {
			span[0], span[1] = span[0].Min(q.Month), max(span[1], q.Month)
		}
	}
	if !span[0].Valid() {
		return 0, -1
	}
	return monthNumber(span[0]), monthNumber(span[1])
}

// monthNumber is data.Day.Month without a calendar look-up (days to civil
// dates as in Howard Hinnant, "chrono-compatible low-level date algorithms").
func monthNumber(d data.Day) int {
	z := int(d) + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	return (yoe+era*400)*12 + mp + 2
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
