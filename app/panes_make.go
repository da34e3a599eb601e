package app

import (
	"context"
	"strconv"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/data/store"
)

// paneMaker makes one pane from a view.
type paneMaker struct {
	ctx   context.Context //nolint:containedctx // of one call
	app   *App
	query PaneQuery
	book  *factBook
	view  *metrics.View
	out   *Pane
}

func (m paneMaker) make() error {
	b := m.out.builder(m.query, m.book.Calendar, m.book.Share(m.query.Period, m.query.AsOf))
	if kind, _ := PaneNamed(m.out.Name); kind.Card {
		return m.card(b)
	}
	for _, try := range []func(report.Panes) (report.Spec, error){m.people, m.time, m.deals} {
		spec, err := try(b)
		if err != nil || spec != nil {
			m.out.Spec = spec
			return err
		}
	}
	return nil
}

// table is that of the period by something.
func (m paneMaker) table(by metrics.By) (metrics.Result, error) {
	return m.view.Compute(by, m.query.Period)
}

// than is the period that the pane is compared with and its name, as much of it as
// has passed of this one; not ok of all time.
func (m paneMaker) than(against string) (in data.Period, name string, ok bool) {
	q := m.query
	if q.Period.IsAll() || !q.Period.From.Valid() || !q.Period.To.Valid() {
		return in, "", false
	}
	if against != AgainstYear {
		return m.book.ToDate(q.Period, q.AsOf), report.Against(m.book.Calendar, q.Period, q.AsOf), true
	}
	end := min(q.Period.To, max(q.Period.From, q.AsOf)+1)
	in = m.book.Calendar.Range(q.Period.From.AddMonths(-12), end.AddMonths(-12))
	return in, report.YearBefore(q.Period), true
}

// compared is the table of the period that the pane is compared with, nil of all
// time.
func (m paneMaker) compared(by metrics.By, against string) (*report.Compared, error) {
	in, name, ok := m.than(against)
	if !ok {
		return nil, nil //nolint:nilnil // there is nothing to compare with
	}
	t, err := m.view.Compute(by, in)
	return &report.Compared{Name: name, Table: t}, err
}

const paneSparkPoints = 7

func (m paneMaker) card(b report.Panes) error {
	t, err := m.table(metrics.ByNone)
	if err != nil {
		return err
	}
	then, err := m.compared(metrics.ByNone, m.out.Against)
	if err != nil {
		return err
	}
	if card, ok := b.Card(m.out.Name, &t.Total, then, m.view.Sparklines(m.query.Period, paneSparkPoints)); ok {
		m.out.Card = &card
	}
	return nil
}

// people makes the panes of who reached what.
func (m paneMaker) people(b report.Panes) (report.Spec, error) {
	by := m.out.By
	switch m.out.Name {
	case PaneAttainment, PaneLeaders, PaneMeasures, PaneGauge, PaneBands, PaneSizes, PaneRates:
	default:
		return nil, nil //nolint:nilnil // not one of these
	}
	if m.out.Name == PaneBands {
		by = metrics.ByPerson
	}
	t, err := m.table(by)
	if err != nil {
		return nil, err
	}
	then, err := m.compared(by, m.out.Against)
	if err != nil {
		return nil, err
	}
	switch m.out.Name {
	case PaneAttainment:
		if m.out.Against == "" {
			then = nil
		}
		return b.Attainment(by, t, then), nil
	case PaneLeaders:
		return b.Leaders(by, t, then), nil
	case PaneMeasures:
		return b.Measures(&t.Total, then), nil
	case PaneGauge:
		return b.Gauge(&t.Total), nil
	case PaneBands:
		return b.Bands(t.Bands(), t.Rows), nil
	case PaneSizes:
		return b.Sizes(by, t), nil
	}
	return b.Rates(t), nil
}

// time makes the panes that go along time.
func (m paneMaker) time(b report.Panes) (report.Spec, error) {
	switch m.out.Name {
	case PaneMonths:
		return m.months(b), nil
	case PaneRunning:
		return m.running(b), nil
	case PaneEach, PaneMix:
		months := m.monthsBack()
		groups, err := m.view.WonByMonth(m.out.By, months)
		if err != nil {
			return nil, err
		}
		rows := make([]report.MonthRow, len(groups))
		for i, g := range groups {
			rows[i] = report.MonthRow{Label: report.RowName(&metrics.Row{Key: g.Key, Place: g.Place}), Place: g.Place, Values: g.Values}
		}
		if m.out.Name == PaneEach {
			return b.PersonMonths(m.out.By, months, rows), nil
		}
		return b.Mix(m.out.By, months, rows), nil
	case PaneActivity:
		return m.activity(b)
	case PaneQuarters:
		return m.quarters(b)
	}
	return nil, nil //nolint:nilnil // not one of these
}

const paneMonths = 24

// monthsOf are the months to show, the latest ones where there are many.
func (m paneMaker) monthsOf() []metrics.Month {
	months := m.view.ByMonth(monthsShown(m.book, m.query.FigureQuery))
	return months[max(0, len(months)-paneMonths):]
}

// monthsBack are the periods of those months.
func (m paneMaker) monthsBack() []data.Period {
	var out []data.Period
	for _, month := range m.monthsOf() {
		out = append(out, month.Period)
	}
	return out
}

func (m paneMaker) months(b report.Panes) report.Spec {
	months := m.monthsOf()
	with := report.MonthsAgainst{}
	switch m.out.Against {
	case AgainstQuota:
		with.Quotas = []int64{}
		for _, month := range months {
			with.Quotas = append(with.Quotas, m.view.Quota(month.Period).Minor)
		}
	case AgainstBefore, AgainstYear:
		with.Name = report.MonthsBefore(m.out.Against == AgainstYear)
		back := 12
		if m.out.Against == AgainstBefore {
			back = 1
			if from, to := m.query.Period.From, m.query.Period.To; from.Valid() && to.Valid() {
				back = max(1, (to.Month() - from.Month()))
			}
		}
		if len(months) == 0 {
			break
		}
		first, last := months[0].Period.From.AddMonths(-back), months[len(months)-1].Period.From.AddMonths(-back)
		for _, month := range m.view.ByMonth(m.book.Calendar.Range(first, m.book.Calendar.MonthOf(last).To)) {
			with.Values = append(with.Values, month.WonValue.Minor)
		}
	}
	return b.Months(months, with)
}

func (m paneMaker) running(b report.Panes) report.Spec {
	q := m.query
	r := m.view.RunningTotal(q.Period)
	then, name, ok := wholeBefore(m.book.Calendar, q.Period, m.out.Against)
	if ok && m.out.Against == AgainstYear {
		r.Previous = m.view.RunningTotal(then).This
	}
	return b.Running(r, then, name)
}

// deals makes the panes of what deals did and where they stand.
func (m paneMaker) deals(b report.Panes) (report.Spec, error) {
	switch m.out.Name {
	case PaneFunnel:
		best, several := report.LargestFunnel(m.view.Journey(m.query.Period, metrics.ClosedIn).Funnels)
		return b.Funnel(best, several), nil
	case PaneStages:
		return b.Stages(m.view.OpenByStage(data.AllTime)), nil
	case PaneCustomers, PaneProducts:
		by := metrics.ByAccount
		if m.out.Name == PaneProducts {
			by = metrics.ByProduct
		}
		t, err := m.table(by)
		return b.Largest(t), err
	case PaneLoad:
		return b.StagePeople(m.view.OpenByStage(data.AllTime), m.book.People, m.view.OpenByStageAndOwner(data.AllTime)), nil
	case PaneCycles:
		spreads, err := m.view.Cycles(m.out.By, m.query.Period)
		return b.Cycles(m.out.By, spreads), err
	}
	return nil, nil //nolint:nilnil // not one of these
}

// activityWeeks is how far back the calendar of activity goes.
const activityWeeks = 53

// activity reads what was done by whom the scope holds, day by day, up to the as-of
// day. What has no person counts for the owner of its deal.
func (m paneMaker) activity(b report.Panes) (report.Spec, error) {
	src := &source{store: m.app.store, until: data.NoDay}
	if m.query.AsOf < m.app.Today() {
		var err error
		if src, err = sourceAsOf(m.ctx, m.app.store, m.query.AsOf); err != nil {
			return nil, err
		}
	}
	last := m.query.AsOf
	first := last.AddDays(1 - 7*activityWeeks)
	days := make([][]data.Key, int(last-first)+1)
	fields := []string{"person", "day", "done", "deal"}
	err := src.each(m.ctx, store.Narrow{Kind: data.KindActivity, Fields: fields}, func(l line) error {
		day := l.day(1)
		if l.int(2) == 0 || !day.Valid() || day < first || day > last {
			return nil
		}
		who := m.book.people.get(l.ref(0))
		if deal, ok := m.book.Place(l.ref(3)); who == metrics.None && ok {
			who = m.book.Deals[deal].Owner
		}
		if m.view.Looks(who) {
			days[day-first] = append(days[day-first], l.key)
		}
		return nil
	})
	return b.Activity(first, days), err
}

// quarters are those of the year up to the as-of day.
func (m paneMaker) quarters(b report.Panes) (report.Spec, error) {
	var out []report.Quarter
	year := m.book.Calendar.YearOf(m.query.AsOf)
	for day := year.From; day < year.To && day <= m.query.AsOf; {
		quarter := m.book.Calendar.QuarterOf(day)
		t, err := m.view.Compute(metrics.ByNone, quarter)
		if err != nil {
			return nil, err
		}
		out = append(out, report.Quarter{Period: quarter, Row: t.Total})
		day = quarter.To
	}
	return b.Quarters(out), nil
}

// since is the day on which a flow or change begins.
func (q PaneQuery) since(days int) data.Day {
	switch from := q.Period.From; {
	case days > 0:
		return q.AsOf.AddDays(-days)
	case from.Valid() && from <= q.AsOf:
		return from.AddDays(-1) // what was open when it began
	}
	return q.AsOf.AddDays(-weekLong)
}

const weekLong = 7

// changesPane makes the pane of what changed in the open value of the period.
func (p *Performance) changesPane(ctx context.Context, q PaneQuery, out *Pane) error {
	since := q.since(out.Days)
	changes, err := p.Changes(ctx, ChangesQuery{Period: q.Period, From: since, To: q.AsOf, Scope: q.Scope})
	if err != nil {
		return err
	}
	out.Spec = out.builder(q, p.app.Book().Calendar, 0).Changes(changes.Waterfall, since)
	return nil
}

// flow makes the pane of what became of open deals since a day.
func (p *Performance) flow(ctx context.Context, q PaneQuery, out *Pane) error {
	since := q.since(out.Days)
	after, err := p.standing(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope, Filter: q.Filter}, func(c metrics.Counted) bool { return c.Type == metrics.Open || c.Close > since })
	if err != nil {
		return err
	}
	before, err := p.standing(ctx, viewQuery{AsOf: since, Scope: q.Scope, Filter: q.Filter}, func(c metrics.Counted) bool {
		_, asked := after[c.Key]
		return asked || c.Type == metrics.Open
	})
	if err != nil {
		return err
	}
	out.Spec = out.builder(q, p.app.Book().Calendar, 0).StageFlow(since, q.AsOf, before, after)
	return nil
}

// standing tells where some deals of a view stand.
func (p *Performance) standing(ctx context.Context, q viewQuery, which func(metrics.Counted) bool) (map[data.Key]report.StageAt, error) {
	out := map[data.Key]report.StageAt{}
	err := p.view(ctx, q, func(b *factBook, v *metrics.View) error {
		for c := range v.All() {
			if !which(c) {
				continue
			}
			at := report.StageAt{Type: c.Type, Value: c.Value.Minor}
			if c.Stage >= 0 {
				s := &b.Stages[c.Stage]
				at.Name, at.Position = s.Name, s.Position
				if s.Pipeline != metrics.None {
					at.Pipeline = strconv.Itoa(b.Pipelines[s.Pipeline].Position) + b.Pipelines[s.Pipeline].Name
				}
			}
			out[c.Key] = at
		}
		return nil
	})
	return out, err
}
