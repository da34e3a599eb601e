package app

import (
	"context"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// Quotas is what can be done with quotas: monthly targets of people, and of
// territories as what is asked of them from above.
type Quotas struct{ app *App }

// QuotaMonths is how many months a line of the grid has.
const QuotaMonths = 12

// QuotaAmount is the quota of one line for one month.
type QuotaAmount struct {
	Set     bool
	Minor   int64      // in the book's currency, converted where it was set in another; 0 with NoRate
	Foreign data.Money // as it was set, where that is in another currency
	NoRate  bool       // Foreign cannot be converted and counts in no sum
}

// IsForeign reports whether the quota was set in another currency than the book's.
func (a QuotaAmount) IsForeign() bool { return a.Foreign.Currency != "" }

// QuotaLine is the quotas of a person or of a territory itself.
type QuotaLine struct {
	Person, Territory data.ID // one of them
	Name              string
	Months            [QuotaMonths]QuotaAmount
	Last              [QuotaMonths]int64 // of the year before, in the book's currency
	Counts            [QuotaMonths]int64 // of a person: what counts after ramp, leave and days in role

	Manager data.ID // of a person, NoID where none
	Boss    string  // the manager's name
	Region  data.ID // of a person: the root territory of his own, else of the manager
	Place   string  // the region's name
	Owns    data.ID // of a person: the territory owned today
	Left    bool    // the person no longer works here

	Parent data.ID // of a territory, NoID at the top
	Depth  int
}

// IsSet reports whether any month has a quota.
func (l QuotaLine) IsSet() bool {
	return slices.ContainsFunc(l.Months[:], func(a QuotaAmount) bool { return a.Set })
}

// QuotaGrid is the quotas of a scope in one fiscal year.
type QuotaGrid struct {
	Year        data.Period
	Months      []data.Period
	Currency    data.Currency // the book's
	People      []QuotaLine   // who sell, and whoever has a quota; by name
	Territories []QuotaLine   // parents before children
	// Top are the places in Territories whose own quotas together are what is
	// asked of the whole scope: the roots, for a territory itself, for a person
	// what he manages, else owns.
	Top []int
	Any bool // some line has a quota in the year
	Old bool // some line has a quota in the year before
}

// Grid reads the quotas of a fiscal year. A person's quotas for several
// territories are one amount in the grid. Quotas in other currencies count at
// the rate of their month's last day, of today for months to come.
func (q *Quotas) Grid(ctx context.Context, year data.Period, scope data.Scope) (*QuotaGrid, error) {
	c, err := q.app.coverage(ctx)
	if err != nil {
		return nil, err
	}
	cal := q.app.Book().Calendar
	year = cal.YearOf(year.From)
	b := &gridBuilder{app: q.app, c: c, today: q.app.Today(), tree: c.tree(q.app.Today())}
	b.grid = &QuotaGrid{Year: year, Months: cal.Months(year), Currency: q.app.Book().Currency}
	if err := b.read(ctx); err != nil {
		return nil, err
	}
	people, err := q.app.ScopePeople(ctx, scope)
	if err != nil {
		return nil, err
	}
	b.people(people)
	b.territories(scope)
	return b.grid, b.counts(ctx)
}

// counts fills in what of the people's quotas counts.
func (b *gridBuilder) counts(ctx context.Context) error {
	if len(b.grid.People) == 0 || !b.grid.Any {
		return nil
	}
	return b.app.Performance.view(ctx, viewQuery{AsOf: b.today}, func(f *factBook, v *metrics.View) error {
		at := make(map[data.ID]int, len(f.People))
		for i := range f.People {
			at[f.People[i].ID] = i
		}
		for m, month := range b.grid.Months {
			effective := v.Effective(month)
			for i := range b.grid.People {
				if place, ok := at[b.grid.People[i].Person]; ok {
					b.grid.People[i].Counts[m] = effective[place]
				}
			}
		}
		return nil
	})
}

// gridBuilder puts a grid together.
type gridBuilder struct {
	app   *App
	c     *coverage
	tree  *TerritoryTree
	today data.Day
	grid  *QuotaGrid

	person, place []quotaMonths // of each person and territory of the coverage
}

// quotaMonths are the quotas of one line, this year and the last.
type quotaMonths struct {
	now  [QuotaMonths]QuotaAmount
	last [QuotaMonths]int64
	any  bool
}

// read adds up all quotas of the year and the one before.
func (b *gridBuilder) read(ctx context.Context) error {
	x, err := b.app.exchange(ctx)
	if err != nil {
		return err
	}
	b.person, b.place = make([]quotaMonths, len(b.c.people)), make([]quotaMonths, len(b.c.territories))
	year := b.grid.Year
	both := data.Period{From: year.From.AddMonths(-QuotaMonths), To: year.To}
	sums, err := b.app.store.SumQuotas(ctx, both, x.own)
	if err != nil {
		return err
	}
	for _, s := range sums {
		line := b.lineOf(s.Person, s.Territory)
		if line == nil {
			continue
		}
		month := s.Month.Month() - year.From.Month()
		last := b.app.Book().Calendar.MonthOf(s.Month).To - 1
		minor, ok := x.value(s.Minor, s.Currency, min(last, b.today))
		line.any = true
		if month < 0 {
			line.last[month+QuotaMonths] += minor
			continue
		}
		a := &line.now[month]
		a.Set = true
		a.Minor += minor
		a.NoRate = a.NoRate || !ok
		if s.Currency != "" {
			a.Foreign = data.Money{Minor: s.Minor, Currency: s.Currency}
		}
	}
	return nil
}

func (b *gridBuilder) lineOf(person, territory data.Key) *quotaMonths {
	if i, ok := b.c.personKey[person]; ok {
		return &b.person[i]
	}
	if i, ok := b.c.placeKey[territory]; ok && person == 0 {
		return &b.place[i]
	}
	return nil
}

// people adds the lines of those who sell; scope nil is everybody. Whoever only
// leads others has a line where a quota or a territory of his own says so.
func (b *gridBuilder) people(scope []data.ID) {
	members := make([]Member, len(b.c.people))
	for i, p := range b.c.people {
		members[i] = Member{Row: p, Posts: b.c.held(p.ID, b.today)}
		if _, ok := b.c.person[p.Ref("manager")]; ok {
			members[i].Manager = p.Ref("manager")
		}
	}
	b.c.regions(members)
	b.c.mend(members)
	wanted := map[data.ID]bool{}
	for _, id := range scope {
		wanted[id] = true
	}
	for i, m := range members {
		if scope != nil && !wanted[m.Row.ID] || !b.sells(i, m) {
			continue
		}
		line := QuotaLine{
			Person: m.Row.ID, Name: m.Row.Title(), Months: b.person[i].now, Last: b.person[i].last,
			Manager: m.Manager, Region: m.Region, Place: m.Place, Left: m.Left(),
		}
		if boss, ok := b.c.person[m.Manager]; ok {
			line.Boss = b.c.people[boss].Title()
			if line.Region.IsZero() {
				line.Region, line.Place = members[boss].Region, members[boss].Place
			}
		}
		if at := b.c.owned(m.Row.ID, b.today); at >= 0 {
			line.Owns = b.c.territories[at].ID
		}
		b.add(&b.grid.People, line)
	}
}

func (b *gridBuilder) sells(i int, m Member) bool {
	role := m.Row.Text("role")
	owns := slices.ContainsFunc(m.Posts, func(p Post) bool { return p.Role == data.AssignOwner })
	switch {
	case b.person[i].any:
		return true
	case m.Left():
		return false
	case role == data.RoleRep:
		return true
	}
	return owns || m.Reports == 0 && role != data.RoleLead && role != data.RoleManager
}

func (b *gridBuilder) add(list *[]QuotaLine, line QuotaLine) {
	*list = append(*list, line)
	b.grid.Any = b.grid.Any || line.IsSet()
	b.grid.Old = b.grid.Old || line.Last != [QuotaMonths]int64{}
}

// territories adds the lines of a scope's territories.
func (b *gridBuilder) territories(scope data.Scope) {
	top := b.tops(scope)
	in, isTop := map[data.ID]bool{}, map[data.ID]bool{}
	for _, id := range top {
		isTop[id] = true
		for _, below := range b.tree.Under(id) {
			in[below] = true
		}
	}
	for _, t := range b.tree.List {
		if !in[t.Row.ID] {
			continue
		}
		months := b.place[b.c.place[t.Row.ID]]
		line := QuotaLine{Territory: t.Row.ID, Name: t.Row.Title(), Months: months.now, Last: months.last, Parent: t.Parent, Depth: t.Depth}
		if isTop[t.Row.ID] && !slices.ContainsFunc(b.tree.Path(t.Parent), func(p *Territory) bool { return isTop[p.Row.ID] }) {
			b.grid.Top = append(b.grid.Top, len(b.grid.Territories))
		}
		b.add(&b.grid.Territories, line)
	}
}

// tops are the territories that stand for a scope.
func (b *gridBuilder) tops(scope data.Scope) []data.ID {
	var out []data.ID
	switch {
	case !scope.Territory.IsZero():
		return []data.ID{scope.Territory}
	case scope.Person.IsZero():
		for _, t := range b.tree.List {
			if t.Parent.IsZero() {
				out = append(out, t.Row.ID)
			}
		}
		return out
	}
	for _, role := range []string{data.AssignManager, data.AssignOwner} {
		for _, p := range b.c.held(scope.Person, b.today) {
			if p.Role == role {
				out = append(out, p.Territory)
			}
		}
		if len(out) > 0 {
			break
		}
	}
	return out
}

// Years gives the first and the last fiscal year that has quotas or a revenue
// plan; ok is false where the book has none.
func (q *Quotas) Years(ctx context.Context) (first, last data.Period, ok bool, err error) {
	cal := q.app.Book().Calendar
	for _, of := range []struct {
		kind, field string
		year        func(data.Row) data.Period
	}{
		{data.KindQuota, "month", func(r data.Row) data.Period { return cal.YearOf(r.Day("month")) }},
		{data.KindRevenuePlan, "year", func(r data.Row) data.Period { return cal.Year(int(r.Int("year"))) }},
	} {
		for _, desc := range []bool{false, true} {
			rows, err := q.app.store.List(ctx, data.Query{
				Kind: of.kind, Where: []data.Filter{{Field: of.field, Test: data.Filled}}, Sort: []data.Sort{{Field: of.field, Desc: desc}}, Limit: 1,
			})
			if err != nil {
				return first, last, false, err
			}
			for _, row := range rows {
				year := of.year(row)
				if !ok || year.From < first.From {
					first = year
				}
				if !ok || year.From > last.From {
					last = year
				}
				ok = true
			}
		}
	}
	return first, last, ok, nil
}

// Season weighs the months of a fiscal year, its first month first, by the
// value ever won in them in a scope. All 0 says that nothing was won.
func (q *Quotas) Season(ctx context.Context, scope data.Scope) ([QuotaMonths]int64, error) {
	var out [QuotaMonths]int64
	result, err := q.app.Performance.Compute(ctx, ComputeQuery{By: metrics.ByMonth, Period: data.AllTime, AsOf: q.app.Today(), Scope: scope})
	if err != nil {
		return out, err
	}
	cal := q.app.Book().Calendar
	for _, row := range result.Rows {
		if month, err := cal.Parse(row.Key); err == nil && !month.IsAll() {
			out[month.From.Month()-cal.YearOf(month.From).From.Month()] += max(row.WonValue.Minor, 0)
		}
	}
	return out, nil
}
