package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/app/planning"
	"fieldbook/data"
)

// Revenue is what can be done with revenue plans: what a fiscal year is to
// bring, in scenarios of which one is approved, by region, segment and product line.
type Revenue struct{ app *App }

// RevenuePlan is one scenario of a year.
type RevenuePlan struct {
	ID         data.ID
	Name       string
	Year       data.Period
	Status     string // data.RevenueDraft and so on
	ApprovedBy string
	Approved   data.Day
	Revision   int64 // of approved ones: the first, the second …
	Stretch    float64
	Season     [QuotaMonths]float64 // of the fiscal year; all 0 is even
	Source     string               // the plan that it was copied from
	Note       string
	Total      int64 // of the year
	Row        data.Row
}

// Fixed reports whether the plan's amounts stand: it was approved or put away.
func (p *RevenuePlan) Fixed() bool {
	return p.Status == data.RevenueApproved || p.Status == data.RevenueArchived
}

// StretchGoal is the plan and its stretch.
func (p *RevenuePlan) StretchGoal() int64 {
	return p.Total + int64(float64(p.Total)*p.Stretch/100+0.5)
}

// RevenueLine is one line of a cut, or the whole.
type RevenueLine struct {
	ID        data.ID // of a territory or segment; NoID for the whole and for product lines
	Name      string
	Months    RevenueMonths
	Won       int64 // in the twelve months before
	Potential int64 // a year, 0 where nobody knows it
	Capacity  planning.Capacity
	Quota     int64 // of the people there, as it counts
	HasQuota  bool
}

// Gap is what the plan asks for beyond what people can sell: above 0 the plan is
// the higher one.
func (l *RevenueLine) Gap() int64 { return l.Months.Year() - l.Capacity.Amount }

// OverAssigned is by which part people's quotas exceed the plan.
func (l *RevenueLine) OverAssigned() (float64, bool) {
	year := l.Months.Year()
	return float64(l.Quota-year) / float64(max(1, year)), l.HasQuota && year > 0
}

// RevenueSheet is a plan in one of its cuts, and what stands beside it.
type RevenueSheet struct {
	Plan     *RevenuePlan // nil where the year has none
	Plans    []RevenuePlan
	Year     data.Period
	Months   []data.Period
	Past     data.Period // the twelve months that Won is of
	Currency data.Currency
	By       string
	Lines    []RevenueLine
	Whole    RevenueLine
	NoRate   int // targets in currencies without a rate, which count nowhere

	table *revenueTable // of Plan
	rows  []data.Row    // of Plan: its targets of the year
}

// Loose is what the lines leave of the whole in some months; below 0 they
// exceed it.
func (s *RevenueSheet) Loose(months ...int) int64 {
	out := s.Whole.Months.Sum(months...)
	for i := range s.Lines {
		out -= s.Lines[i].Months.Sum(months...)
	}
	return out
}

// Divided reports whether the cut has any amount.
func (s *RevenueSheet) Divided() bool {
	return slices.ContainsFunc(s.Lines, func(l RevenueLine) bool { return l.Months != RevenueMonths{} })
}

// revenuePlace is a line of a cut; a zero one is the whole.
type revenuePlace struct {
	by  string
	key revenueKey
}

// RevenueQuery asks for a plan.
type RevenueQuery struct {
	Year data.Period
	Plan data.ID  // NoID is the approved one, else the first
	By   string   // "" is by region
	AsOf data.Day // NoDay is today
}

// Sheet reads a plan of a year with history, potential, capacity and quotas.
func (r *Revenue) Sheet(ctx context.Context, q RevenueQuery) (*RevenueSheet, error) {
	q.By = cmp.Or(q.By, RevenueRegion)
	if !slices.Contains(RevenueCuts, q.By) {
		return nil, data.Errorf(data.Invalid, "a revenue plan is cut by region, segment or family, not by %q", q.By)
	}
	b := r.reader(q)
	for _, step := range []func(context.Context) error{b.plans, b.frame, b.market, b.hires} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	b.put()
	return b.s, nil
}

func (r *Revenue) reader(q RevenueQuery) *revenueReader {
	if !q.AsOf.Valid() {
		q.AsOf = r.app.Today()
	}
	cal := r.app.Book().Calendar
	q.Year = cal.YearOf(q.Year.From)
	to := cal.MonthOf(q.AsOf + 1).From
	s := &RevenueSheet{Year: q.Year, Months: cal.Months(q.Year), Past: cal.Range(to.AddMonths(-QuotaMonths), to), Currency: r.app.Book().Currency, By: q.By, table: newRevenueTable()}
	return &revenueReader{app: r.app, s: s, q: q}
}

// revenueReader puts a sheet together.
type revenueReader struct {
	app   *App
	s     *RevenueSheet
	q     RevenueQuery
	force []planning.Force // by line of the cut by region; behind them who belongs to none
	roots map[data.ID]int  // lines, of regions

	people map[data.ID]int // line of a seller's region, -1 for none
	ramp   []float64       // of the newest profile
}

func (b *revenueReader) plans(ctx context.Context) error {
	year, _, _ := (b.q.Year.To - 1).Date()
	where := []data.Filter{{Field: "year", Test: data.Is, Values: []data.Value{int64(year)}}}
	rows, err := b.app.store.List(ctx, data.Query{Kind: data.KindRevenuePlan, Where: where, Sort: []data.Sort{{Field: "name"}}})
	if err != nil {
		return err
	}
	x, err := b.app.exchange(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		b.s.Plans = append(b.s.Plans, b.plan(row))
	}
	slices.SortStableFunc(b.s.Plans, func(a, c RevenuePlan) int { return revenueOrder(a.Status) - revenueOrder(c.Status) })
	if len(b.s.Plans) == 0 {
		return nil
	}
	at := slices.IndexFunc(b.s.Plans, func(p RevenuePlan) bool { return p.ID == b.q.Plan })
	b.s.Plan = &b.s.Plans[max(0, at)]
	return b.sum(ctx, x)
}

func revenueOrder(status string) int {
	return slices.Index([]string{data.RevenueApproved, data.RevenueProposed, data.RevenueDraft, "", data.RevenueArchived}, status)
}

func (b *revenueReader) plan(row data.Row) RevenuePlan {
	return RevenuePlan{
		ID: row.ID, Name: row.Title(), Year: b.q.Year, Status: cmp.Or(row.Text("status"), data.RevenueDraft), ApprovedBy: row.Labels["approved_by"], Approved: row.Day("approved_day"),
		Revision: row.Int("revision"), Stretch: row.Float("stretch"), Season: readSeason(row.Text("season")), Source: row.Labels["source"], Note: row.Text("note"), Row: row,
	}
}

// sum reads the targets of all plans of the year; there is one.
func (b *revenueReader) sum(ctx context.Context, x *exchange) error {
	tables, ids := map[data.ID]*revenueTable{}, make([]data.Value, len(b.s.Plans))
	for i := range b.s.Plans {
		ids[i] = b.s.Plans[i].ID
		tables[b.s.Plans[i].ID] = newRevenueTable()
	}
	where := []data.Filter{{Field: "plan", Test: data.Is, Values: ids}}
	err := b.app.store.Each(ctx, data.Query{Kind: data.KindRevenueTarget, Where: where, Sort: []data.Sort{{Field: "month"}}}, func(row data.Row) error {
		month := row.Day("month").Month() - b.q.Year.From.Month()
		if month < 0 || month >= QuotaMonths {
			return nil // of another year than its plan
		}
		money := row.Money("amount", b.s.Currency)
		minor, ok := x.value(money.Minor, money.Currency, min(b.app.Book().Calendar.MonthOf(row.Day("month")).To-1, b.app.Today()))
		if row.Ref("plan") == b.s.Plan.ID {
			b.s.rows = append(b.s.rows, row)
			b.s.NoRate += boolInt(!ok)
		}
		if ok {
			tables[row.Ref("plan")].add(placeOfTarget(row), month, minor)
		}
		return nil
	})
	for i := range b.s.Plans {
		b.s.Plans[i].Total = tables[b.s.Plans[i].ID].total().Year()
	}
	b.s.table = tables[b.s.Plan.ID]
	return err
}

// placeOfTarget is the first that a target names of person, segment, product line
// and territory.
func placeOfTarget(row data.Row) revenuePlace {
	for _, x := range []struct{ by, field string }{{revenuePerson, "person"}, {RevenueSegment, "segment"}, {RevenueRegion, "territory"}} {
		if x.by == RevenueRegion && row.Text("family") != "" {
			return revenuePlace{RevenueFamily, revenueKey{name: row.Text("family")}}
		}
		if row.Has(x.field) {
			return revenuePlace{x.by, revenueKey{row.Ref(x.field), row.Labels[x.field]}}
		}
	}
	return revenuePlace{}
}

// add puts a target into a table.
func (t *revenueTable) add(at revenuePlace, month int, minor int64) {
	if at.by == "" {
		t.whole[month], t.set = t.whole[month]+minor, true
		return
	}
	c := t.cut(at.by)
	c.lines[c.at(at.key)][month] += minor
}

// frame reads what the figures know: the lines of regions and product lines, what
// was won, who sells, what the quotas are.
func (b *revenueReader) frame(ctx context.Context) error {
	b.roots, b.people = map[data.ID]int{}, map[data.ID]int{}
	return b.app.Performance.view(ctx, viewQuery{AsOf: b.q.AsOf}, func(f *factBook, v *metrics.View) error {
		b.whole(v)
		b.crew(f, v)
		switch b.s.By {
		case RevenueFamily:
			for _, name := range f.Families {
				b.s.Lines = append(b.s.Lines, RevenueLine{Name: name})
			}
			err := b.won(v, metrics.ByFamily, func(family int32) (int, bool) { return int(family), true })
			slices.SortFunc(b.s.Lines, func(x, y RevenueLine) int { return strings.Compare(x.Name, y.Name) })
			return err
		case RevenueRegion:
			return b.regions(f, v)
		}
		return nil
	})
}

func (b *revenueReader) whole(v *metrics.View) {
	if t := v.Quota(b.s.Year); t.Set {
		b.s.Whole.Quota, b.s.Whole.HasQuota = t.Minor, true
	}
}

// won says what each line won in the past; line finds that of a group's place.
func (b *revenueReader) won(v *metrics.View, by metrics.By, line func(place int32) (int, bool)) error {
	rows, err := v.WonByMonth(by, b.app.Book().Calendar.Months(b.s.Past))
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.Place == metrics.None {
			continue
		}
		if i, ok := line(r.Place); ok {
			for _, x := range r.Values {
				b.s.Lines[i].Won += x
			}
		}
	}
	return nil
}

func (b *revenueReader) regions(f *factBook, v *metrics.View) error {
	err := b.won(v, metrics.ByRegion, func(territory int32) (int, bool) {
		i, ok := b.roots[f.Territories[territory].ID]
		return i, ok
	})
	if err != nil {
		return err
	}
	quotas, err := v.Compute(metrics.ByRegion, b.s.Year)
	if err != nil {
		return err
	}
	for _, row := range quotas.Rows {
		if i, ok := b.roots[row.ID]; ok && row.Quota.Set {
			b.s.Lines[i].Quota, b.s.Lines[i].HasQuota = row.Quota.Minor, true
		}
	}
	return nil
}

// crew finds out who sells in which region, in the year and in the past.
func (b *revenueReader) crew(f *factBook, v *metrics.View) {
	for i := range f.Territories {
		if t := &f.Territories[i]; t.Parent == metrics.None {
			b.roots[t.ID] = len(b.roots)
			if b.s.By == RevenueRegion {
				b.s.Lines = append(b.s.Lines, RevenueLine{ID: t.ID, Name: t.Name})
			}
		}
	}
	b.force = make([]planning.Force, len(b.roots)+1)
	day := min(max(b.q.AsOf, b.q.Year.From), b.q.Year.To-1)
	months, worked := v.Capacity(b.q.Year), v.Capacity(b.s.Past)
	regionOf := make([]int, len(f.People))
	for i := range f.People {
		regionOf[i] = len(b.roots)
		if at := v.RegionOf(int32(i), day); at != metrics.None {
			regionOf[i] = b.roots[f.Territories[at].ID]
		}
		b.people[f.People[i].ID] = regionOf[i]
		b.force[regionOf[i]].Months += months[i]
		b.force[regionOf[i]].Worked += worked[i]
	}
	v.EachWon(b.s.Past, func(s metrics.Standing) {
		at := len(b.roots)
		if s.Deal.Owner != metrics.None {
			at = regionOf[s.Deal.Owner]
		}
		if s.Known {
			b.force[at].Won, b.force[at].Deals = b.force[at].Won+s.Value, b.force[at].Deals+1
			b.s.Whole.Won += s.Value
		}
	})
}
