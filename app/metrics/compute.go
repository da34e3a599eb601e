package metrics

import (
	"cmp"
	"slices"

	"fieldbook/data"
)

// Result is one table of figures.
type Result struct {
	AsOf     data.Day
	Period   data.Period
	By       By
	Currency data.Currency
	Rows     []Row // in the order to show: by name, by time, down the tree or along the pipeline
	Total    Row
}

// LeftOut counts what sums of value and quota miss.
type LeftOut struct {
	NoRate   int // deals in a currency without a rate on the day that counts
	NoAmount int // deals with neither amount nor list price
	Quotas   int // quotas in a currency without a rate; in the total only
}

// Row holds the figures of one group. WonValue and the like leave out deals
// without a rate or price, which LeftOut counts.
type Row struct {
	Key   string
	ID    data.ID
	Place int32 // in its table of Facts, None for the row without; a month number for periods

	Total, Won, Lost, Open            int
	WonValue, LostValue, OpenValue    data.Money
	Credited                          data.Money // won value after splits: what counts towards the quota
	Overlay                           data.Money // of Credited what the person alone has, which is in no sum
	LeftOut                           LeftOut
	WinRate                           WinRate
	WinRateValue                      Ratio
	AvgWon                            Ratio // Σ won ÷ deals won with a value, minor units
	MedianWon                         Median
	CycleWonMean, CycleClosedMean     Ratio // days
	CycleWonMedian, CycleClosedMedian Median

	Quota          Target
	Attainment     Ratio
	Pace           Ratio // credited ÷ expected by now
	RunRate        Ratio // minor units by the period's end at this pace: credited ÷ elapsed share
	Coverage       Ratio // open value ÷ what is left to the quota; absent once Met
	Met            bool
	CoverageNeeded Ratio // 1 ÷ win rate by value
	VelocityPerDay Ratio // minor units a day
}

// trailing is the window of the velocity, in days.
const trailing = 365

// Compute gives the figures of q.By in q.Period. The error is Invalid: an
// unknown grouping, or a query that NewView refuses.
func Compute(f *Facts, q Query) (Result, error) {
	v, err := NewView(f, q)
	if err != nil {
		return Result{}, err
	}
	return v.Compute(q.By, q.Period)
}

// tableKey names one table of a view.
type tableKey struct {
	by By
	in data.Period
}

// Compute gives the figures of a view in a period. The rows are the caller's.
func (v *View) Compute(by By, in data.Period) (Result, error) {
	r, err := v.tables.get(tableKey{by, in}, func() (Result, error) { return v.compute(by, in) })
	r.Rows = slices.Clone(r.Rows)
	return r, err
}

func (v *View) compute(by By, in data.Period) (Result, error) {
	g, err := v.group(by, in)
	if err != nil {
		return Result{}, err
	}
	c := v.collect(&g, in)
	q := v.quotas(in)
	targets, staffed, middles := v.targets(by, &g, q), v.staffed(by, &g, in), c.medians(&g)
	r := Result{AsOf: v.query.AsOf, Period: in, By: by, Currency: v.f.Currency()}
	for i, group := range g.groups {
		sum := c.sum(group.lo, group.hi)
		if by != ByPerson && v.query.Scope.Whose != OfPerson {
			sum.overlay = 0
		}
		row := v.row(in, sum, targets[i], middles[i])
		row.Key, row.ID, row.Place = group.key, group.id, group.place
		if timed(by) || by == ByStage {
			row.VelocityPerDay = Ratio{} // such a group is not a segment over the trailing window
		}
		if row.Total > 0 || targets[i].Set || staffed[i] || row.Credited.Minor != 0 {
			r.Rows = append(r.Rows, row)
		}
	}
	all := c.sum(0, int32(g.n))
	if v.query.Scope.Whose != OfPerson {
		all.overlay = 0
	}
	r.Total = v.row(in, all, q.total(), middles[len(g.groups)])
	r.Total.Key, r.Total.Place, r.Total.LeftOut.Quotas = "total", None, q.lacking
	return r, nil
}

func timed(by By) bool { return by == ByMonth || by == ByQuarter || by == ByYear }

// row derives the figures of a group from its sums.
func (v *View) row(in data.Period, s sums, quota Target, m middle) Row {
	money := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: v.f.Currency()} }
	won, lost := float64(s.wonValue), float64(s.lostValue)
	credited := float64(s.wonValue + s.credit + s.overlay)
	quota.Currency = v.f.Currency()
	r := Row{
		Total: s.won + s.lost + s.open, Won: s.won, Lost: s.lost, Open: s.open,
		WonValue: money(s.wonValue), LostValue: money(s.lostValue), OpenValue: money(s.openValue),
		LeftOut:           LeftOut{NoRate: s.noRate, NoAmount: s.noAmount},
		WinRate:           NewWinRate(s.won, s.lost),
		WinRateValue:      Ratio{Num: won, Den: won + lost, N: s.won + s.lost},
		AvgWon:            Ratio{Num: won, Den: float64(s.wonValued), N: s.wonValued},
		MedianWon:         m.amount,
		CycleWonMean:      Ratio{Num: float64(s.cycleWon), Den: float64(s.cycleWonN), N: s.cycleWonN},
		CycleClosedMean:   Ratio{Num: float64(s.cycleWon + s.cycleLost), Den: float64(s.cycleWonN + s.cycleLostN), N: s.cycleWonN + s.cycleLostN},
		CycleWonMedian:    m.cycleWon,
		CycleClosedMedian: m.cycleClosed,
		Quota:             quota,
		Credited:          money(s.wonValue + s.credit + s.overlay),
		Overlay:           money(s.overlay),
		RunRate:           Ratio{Num: credited, Den: in.Elapsed(v.query.AsOf), N: s.won},
		VelocityPerDay:    s.trail.velocity(s.qualified),
	}
	if quota.Set {
		target := float64(quota.Minor)
		r.Attainment = Ratio{Num: credited, Den: target, N: s.won}
		r.Pace = Ratio{Num: credited, Den: target * v.f.Share(in, v.query.AsOf), N: s.won}
	}
	r.cover()
	return r
}

// cover derives the coverage of a row from its values and its quota.
func (r *Row) cover() {
	won, lost := float64(r.WonValue.Minor), float64(r.LostValue.Minor)
	r.CoverageNeeded = Ratio{Num: won + lost, Den: won, N: r.Won + r.Lost}
	r.Coverage, r.Met = Ratio{}, r.Quota.Set && r.Quota.Minor > 0 && r.Credited.Minor >= r.Quota.Minor
	if r.Quota.Set && !r.Met {
		r.Coverage = Ratio{Num: float64(r.OpenValue.Minor), Den: float64(r.Quota.Minor - r.Credited.Minor), N: r.Open}
	}
}

// Add makes a row, which begins empty, that of a team: it takes in the counts,
// values and quota of one of its people and settles the coverage of them all.
// What does not add up, such as medians, it leaves alone.
func (r *Row) Add(o *Row) {
	r.Total, r.Won, r.Lost, r.Open = r.Total+o.Total, r.Won+o.Won, r.Lost+o.Lost, r.Open+o.Open
	r.WonValue, r.LostValue, r.OpenValue = plus(r.WonValue, o.WonValue), plus(r.LostValue, o.LostValue), plus(r.OpenValue, o.OpenValue)
	r.Credited = plus(r.Credited, o.Credited)
	r.Credited.Minor -= o.Overlay.Minor
	if o.Quota.Set {
		r.Quota.Money, r.Quota.Set = plus(r.Quota.Money, o.Quota.Money), true
	}
	r.cover()
}

// plus adds up amounts of one currency, which an empty one need not name.
func plus(a, b data.Money) data.Money {
	return data.Money{Minor: a.Minor + b.Minor, Currency: cmp.Or(a.Currency, b.Currency)}
}

// velocity is N × win rate × average won deal ÷ mean cycle of won deals, over
// the trailing window.
func (t *trail) velocity(open int) Ratio {
	return Ratio{
		Num: float64(open) * float64(t.won) * float64(t.wonValue) * float64(t.cycleN),
		Den: float64(t.won+t.lost) * float64(t.wonValued) * float64(t.cycle),
		N:   open,
	}
}

// targets gives each group its quota; groupings that quotas do not follow have none.
func (v *View) targets(rows By, g *grouping, q *quotas) []Target {
	out := make([]Target, len(g.groups))
	var of []Target
	switch rows {
	case ByPerson:
		of = by(q.slices, len(v.f.People), func(s *slice) int { return int(s.person) })
	case ByManager:
		of = by(q.slices, len(v.f.People), func(s *slice) int { return int(s.manager) })
	case ByRegion, ByTerritory:
		of = q.byTerritory()
	case ByMonth, ByQuarter, ByYear:
		return by(q.monthly(), len(g.groups), func(s *slice) int { return int(g.at(&cell{close: data.NewDay(0, 1, 1).AddMonths(s.month)})) - 1 })
	default:
		return out
	}
	for i, group := range g.groups {
		root := rows != ByRegion || group.place == None || v.roster.root[group.place] == group.place
		if group.place != None && root {
			out[i] = of[group.place]
		}
	}
	return out
}

// staffed marks the groups that people in scope belong to, so that someone
// without deals is listed. Leaders without a deal or quota of their own are not
// listed as sellers.
func (v *View) staffed(by By, g *grouping, in data.Period) []bool {
	out := make([]bool, len(g.groups))
	if !by.ofPeople() || !v.query.Filter.ownersOnly() {
		return out
	}
	day := v.query.AsOf
	if in.To.Valid() {
		day = min(day, in.To-1)
	}
	owners := newPass(len(v.f.People), v.query.Filter.Owners)
	at := make([]bool, g.n)
	for i := range v.f.People {
		p, place := &v.f.People[i], int32(i)
		if p.Leads || !p.inRole(day) || !owners.has(place) {
			continue
		}
		if v.quotaInScope(slice{person: place, owned: v.roster.ownedBy(place, day)}, day) {
			at[v.homeOf(by, place, day, g)] = true
		}
	}
	for i, group := range g.groups {
		for p := group.lo; p < group.hi; p++ {
			out[i] = out[i] || at[p] && group.place != None
		}
	}
	return out
}

// ofPeople reports whether the rows stand for people or what they belong to.
func (by By) ofPeople() bool {
	return by == ByPerson || by == ByManager || by == ByRegion || by == ByTerritory
}

func (p *Person) inRole(day data.Day) bool {
	return (!p.Hired.Valid() || p.Hired <= day) && (!p.Left.Valid() || p.Left >= day)
}

// homeOf is the position that a person counts at by themself on a day.
func (v *View) homeOf(by By, person int32, day data.Day, g *grouping) int32 {
	switch by {
	case ByManager:
		return v.roster.managerOf(person, day) + 1
	case ByRegion:
		return v.roster.regionOf(person, day) + 1
	case ByTerritory:
		owned := v.roster.ownedBy(person, day)
		for _, group := range g.groups {
			if group.place == owned {
				return group.lo
			}
		}
		return 0
	default:
		return person + 1
	}
}
