package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/app/planning"
	"fieldbook/data"
)

// stressMonths is how far back the history goes that a plan is tried against.
const stressMonths = 24

// StressQuery asks how likely the quotas of a period are.
type StressQuery struct {
	Period data.Period // with an end
	AsOf   data.Day    // NoDay is today
	Scope  data.Scope
	Runs   int // 0 is 10,000
	Seed   uint64
}

// StressLine is one seller, region or the company in a trial.
type StressLine struct {
	ID       data.ID
	Name     string
	Quota    int64
	HasQuota bool
	planning.Trial
}

// StressTest is what trials of a period's quotas came to.
type StressTest struct {
	StressQuery
	Currency data.Currency
	Runs     int
	Learned  int // closed deals of the last two years
	Known    bool
	People   []StressLine // by odds, the least likely first
	Regions  []StressLine
	Total    StressLine
}

// Stress tries the quotas of a period thousands of times against what its people
// did in the two years before the day. It is Invalid for a period without an end.
func (q *Quotas) Stress(ctx context.Context, ask StressQuery, progress func(done, total int64)) (*StressTest, error) {
	if !ask.AsOf.Valid() {
		ask.AsOf = q.app.Today()
	}
	if !ask.Period.From.Valid() || !ask.Period.To.Valid() {
		return nil, data.Errorf(data.Invalid, "quotas are tried for a period with an end, such as a year or a quarter")
	}
	g := stressing{ask: ask}
	err := q.app.Performance.view(ctx, viewQuery{AsOf: ask.AsOf, Scope: ask.Scope}, g.gather)
	if err != nil {
		return nil, err
	}
	out, err := planning.Try(ctx, g.stress, progress)
	if err != nil {
		return nil, data.Wrap(data.Canceled, err, "stopped; nothing was changed")
	}
	return g.result(out), nil
}

// stressing turns a view into what is tried.
type stressing struct {
	ask      StressQuery
	currency data.Currency
	stress   planning.Stress
	at       map[int32]int // of people, in Sellers
}

func (g *stressing) gather(b *factBook, v *metrics.View) error {
	g.currency = b.Currency()
	g.stress.Runs, g.stress.Seed = g.ask.Runs, g.ask.Seed
	to := b.Calendar.MonthOf(g.ask.AsOf + 1).From // whole months that are over
	past := b.Calendar.Range(to.AddMonths(-stressMonths), to)
	if err := g.people(b, v, past); err != nil {
		return err
	}
	const stretch = 3
	totals, wins := make([]float64, stressMonths/stretch), make([]int, stressMonths/stretch)
	var sizes []int64
	v.EachWon(past, func(s metrics.Standing) {
		at, ok := g.at[s.Deal.Owner]
		if !ok || !s.Known {
			return
		}
		g.stress.Sellers[at].Sizes = append(g.stress.Sellers[at].Sizes, s.Value)
		sizes = append(sizes, s.Value)
		i := (s.Close.Month() - past.From.Month()) / stretch
		totals[i], wins[i] = totals[i]+float64(s.Value), wins[i]+1
	})
	for i := range g.stress.Sellers {
		slices.Sort(g.stress.Sellers[i].Sizes) // views have no order
	}
	slices.Sort(sizes)
	for len(totals) > 0 && wins[0] == 0 { // the book may be younger
		totals, wins = totals[1:], wins[1:]
	}
	g.stress.Swing = planning.Swing(totals, wins, sizes)
	return g.crews(b, v)
}

// people makes the sellers: who has a quota in the period, or room for one.
func (g *stressing) people(b *factBook, v *metrics.View, past data.Period) error {
	quotas, err := v.Compute(metrics.ByPerson, g.ask.Period)
	if err != nil {
		return err
	}
	before, err := v.Compute(metrics.ByPerson, past)
	if err != nil {
		return err
	}
	capacity, worked := v.Capacity(g.ask.Period), v.Capacity(past)
	first := data.NoDay
	v.EachWon(past, func(s metrics.Standing) { first = first.Min(s.Close) })
	history := map[int32]metrics.Row{}
	for _, row := range before.Rows {
		history[row.Place] = row
	}
	g.at = map[int32]int{}
	for _, row := range quotas.Rows {
		if row.Place == metrics.None || !row.Quota.Set {
			continue
		}
		p, h := &b.People[row.Place], history[row.Place]
		s := planning.Seller{ID: p.ID, Name: p.Name, Quota: row.Quota.Minor, HasQuota: true, Capacity: capacity[row.Place], Won: h.Won, Lost: h.Lost}
		if s.Capacity == 0 { // who leads sells in full
			s.Capacity = float64(len(b.Calendar.Months(g.ask.Period)))
		}
		s.Months = min(cmp.Or(worked[row.Place], stressMonths), float64(past.To.Month()-max(first, past.From).Month()))
		if h.Won+h.Lost == 0 {
			s.Months = 0
		}
		g.at[row.Place] = len(g.stress.Sellers)
		g.stress.Sellers = append(g.stress.Sellers, s)
	}
	g.stress.Crews = []planning.Crew{{Name: "total", Quota: quotas.Total.Quota.Minor, HasQuota: quotas.Total.Quota.Set}}
	return nil
}

// crews makes the regions and puts them before the whole.
func (g *stressing) crews(b *factBook, v *metrics.View) error {
	regions, err := v.Compute(metrics.ByRegion, g.ask.Period)
	if err != nil {
		return err
	}
	members := map[int32][]int{}
	var everybody []int
	for i := range b.People {
		if at, ok := g.at[int32(i)]; ok {
			region := v.RegionOf(int32(i), min(g.ask.AsOf, g.ask.Period.To-1))
			members[region] = append(members[region], at)
			everybody = append(everybody, at)
		}
	}
	whole := g.stress.Crews[0]
	whole.Members = everybody
	g.stress.Crews = nil
	for _, row := range regions.Rows {
		if list := members[row.Place]; row.Place != metrics.None && len(list) > 0 {
			g.stress.Crews = append(g.stress.Crews, planning.Crew{ID: row.ID, Name: row.Key, Members: list, Quota: row.Quota.Minor, HasQuota: row.Quota.Set})
		}
	}
	g.stress.Crews = append(g.stress.Crews, whole)
	return nil
}

func (g *stressing) result(o *planning.Outcome) *StressTest {
	out := &StressTest{StressQuery: g.ask, Currency: g.currency, Runs: o.Runs, Learned: o.Learned}
	for i, s := range g.stress.Sellers {
		out.People = append(out.People, StressLine{s.ID, s.Name, s.Quota, s.HasQuota, o.Sellers[i]})
	}
	last := len(g.stress.Crews) - 1
	for i, c := range g.stress.Crews {
		line := StressLine{c.ID, c.Name, c.Quota, c.HasQuota, o.Crews[i]}
		if i == last {
			out.Total = line
		} else {
			out.Regions = append(out.Regions, line)
		}
	}
	out.Known = out.Total.Known && len(out.People) > 0
	slices.SortStableFunc(out.People, func(a, b StressLine) int { return cmp.Or(cmp.Compare(a.Odds, b.Odds), cmp.Compare(a.Name, b.Name)) })
	return out
}

// Verdict says in words what the trial came to.
func (t *StressTest) Verdict() string {
	switch {
	case len(t.People) == 0:
		return "Nobody has a quota in this period."
	case !t.Known:
		return "Too little history to tell: it takes 30 deals closed in the two years before."
	}
	return ""
}

// MarshalJSON writes the trial as scripts read it.
func (t *StressTest) MarshalJSON() ([]byte, error) {
	out := stressJSON{
		Period: t.Period.Name, AsOf: t.AsOf.String(), Currency: string(t.Currency), Runs: t.Runs, Seed: t.Seed, Learned: t.Learned,
		Known: t.Known, Verdict: t.Verdict(), Total: t.encode(t.Total), People: []stressLineJSON{}, Regions: []stressLineJSON{},
	}
	for _, l := range t.People {
		out.People = append(out.People, t.encode(l))
	}
	for _, l := range t.Regions {
		out.Regions = append(out.Regions, t.encode(l))
	}
	return json.Marshal(out)
}

type stressJSON struct {
	Period   string           `json:"period"`
	AsOf     string           `json:"as_of"`
	Currency string           `json:"currency"`
	Runs     int              `json:"runs"`
	Seed     uint64           `json:"seed"`
	Learned  int              `json:"learned_from"`
	Known    bool             `json:"known"`
	Verdict  string           `json:"verdict"`
	Total    stressLineJSON   `json:"total"`
	Regions  []stressLineJSON `json:"regions"`
	People   []stressLineJSON `json:"people"`
}

type stressLineJSON struct {
	Key     string          `json:"key"`
	ID      *string         `json:"id"`
	Quota   *string         `json:"quota"`
	Odds    json.RawMessage `json:"odds_of_quota"`
	P10     *string         `json:"p10"`
	P50     *string         `json:"p50"`
	P90     *string         `json:"p90"`
	Learned int             `json:"learned_from"`
	Own     bool            `json:"own_history"`
	Deals   json.RawMessage `json:"deals"`
	NeedDe  json.RawMessage `json:"needed_deals"`
	WinRate json.RawMessage `json:"win_rate"`
	NeedWin json.RawMessage `json:"needed_win_rate"`
	Size    *string         `json:"average_won"`
	NeedSz  *string         `json:"needed_average_won"`
}

func (t *StressTest) encode(l StressLine) stressLineJSON {
	money := func(minor int64, ok bool) *string {
		if !ok {
			return nil
		}
		s := data.Money{Minor: minor, Currency: t.Currency}.Decimal()
		return &s
	}
	n, asked := l.Needs, l.Known && l.HasQuota
	out := stressLineJSON{
		Key: l.Name, Quota: money(l.Quota, l.HasQuota), Odds: metrics.SixDecimals(l.Odds, asked), P10: money(l.P10, l.Known), P50: money(l.P50, l.Known), P90: money(l.P90, l.Known),
		Learned: l.Learned, Own: l.Own, Deals: metrics.SixDecimals(n.Deals, l.Known), NeedDe: metrics.SixDecimals(n.NeedDeals, asked),
		WinRate: metrics.SixDecimals(n.WinRate, l.Known), NeedWin: metrics.SixDecimals(n.NeedWinRate, asked),
		Size: money(int64(n.Size+0.5), l.Known), NeedSz: money(int64(n.NeedSize+0.5), asked),
	}
	if !l.ID.IsZero() {
		id := l.ID.String()
		out.ID = &id
	}
	return out
}
