package metrics

import (
	"slices"
	"time"

	"fieldbook/data"
)

// Target is a sum of effective quotas. Set is false where nobody has one.
type Target struct {
	data.Money
	Set bool
}

func (t *Target) add(minor int64) { t.Minor, t.Set = t.Minor+minor, true }

// slice is a part of one quota during which neither the person's manager nor
// territory changes. The slices of a quota add up to it to the cent.
type slice struct {
	person, manager, owned int32
	month                  int
	minor                  int64
}

// quotas are the effective quotas of a view's scope in a period (metric
// definition "effective quota": Σ over months of quota × ramp % × days in role
// ÷ days in month). A month that the period covers in part counts by its days,
// and a day with relief by what the relief leaves.
type quotas struct {
	view    *View
	slices  []slice
	own     []slice // set on territories: person None
	relief  map[int32][]Relief
	lacking int // quotas in a currency without a rate
}

func (v *View) quotas(in data.Period) *quotas {
	q := &quotas{view: v}
	if !v.query.Filter.ownersOnly() {
		return q
	}
	owners := newPass(len(v.f.People), v.query.Filter.Owners)
	q.relief = map[int32][]Relief{}
	for _, r := range v.f.Relief {
		q.relief[r.Person] = append(q.relief[r.Person], r)
	}
	months := map[data.Day]data.Period{}
	for _, quota := range v.f.Quotas {
		month, ok := months[quota.Month]
		if !ok {
			month = v.f.Calendar.MonthOf(quota.Month)
			months[quota.Month] = month
		}
		from, to := clip(month, in)
		if from >= to {
			continue
		}
		switch {
		case quota.Person != None:
			if owners.has(quota.Person) {
				q.split(quota, month, from, to)
			}
		case quota.Territory != None && owners == nil:
			q.territory(quota, month, from, to)
		}
	}
	return q
}

// clip is the part of a month that lies in a period, half-open.
func clip(month, in data.Period) (from, to data.Day) {
	from, to = month.From, month.To
	if in.From.Valid() {
		from = max(from, in.From)
	}
	if in.To.Valid() {
		to = min(to, in.To)
	}
	return from, to
}

// inBook converts a quota at the rate of its month's last day, of the as-of
// day for months to come.
func (q *quotas) inBook(quota Quota, month data.Period) (int64, bool) {
	day := min(month.To-1, q.view.query.AsOf)
	minor, ok := q.view.pricer.on(quota.Currency, day).convert(quota.Amount)
	if !ok {
		q.lacking++
	}
	return minor, ok
}

// relieved is the share of a person's quota that relief leaves on a day, in the
// units of percent. Of several the largest counts.
func (q *quotas) relieved(person int32, day data.Day) uint64 {
	var off uint64
	for _, r := range q.relief[person] {
		if r.From <= day && day <= r.To {
			off = max(off, percent(r.Share))
		}
	}
	return wholePercent - min(off, wholePercent)
}

// split cuts a person's quota at the days where manager, territory or relief
// change.
func (q *quotas) split(quota Quota, month data.Period, from, to data.Day) {
	v, p := q.view, &q.view.f.People[quota.Person]
	if p.Hired.Valid() {
		from = max(from, p.Hired)
	}
	if p.Left.Valid() {
		to = min(to, p.Left+1)
	}
	minor, ok := q.inBook(quota, month)
	if !ok || from >= to {
		return
	}
	if share, ramping := v.f.Ramp[RampMonth{Person: quota.Person, Month: month.From.Month()}]; ramping {
		minor, _ = mulDiv(minor, percent(share), wholePercent)
	}
	cuts := q.cuts(quota.Person, from, to)
	var before int64
	var weight uint64
	for i, day := range cuts[:len(cuts)-1] {
		weight += uint64(cuts[i+1]-day) * q.relieved(quota.Person, day)
		upTo, _ := mulDiv(minor, weight, uint64(month.Days())*wholePercent)
		s := slice{
			person: quota.Person, month: month.From.Month(), minor: upTo - before,
			manager: v.roster.managerOf(quota.Person, day), owned: v.roster.ownedBy(quota.Person, day),
		}
		before = upTo
		if v.quotaInScope(s, day) {
			q.slices = append(q.slices, s)
		}
	}
}

// cuts are the days from one to another, both with them, where a person's manager,
// territory or relief changes, in order.
func (q *quotas) cuts(person int32, from, to data.Day) []data.Day {
	p := &q.view.f.People[person]
	out := []data.Day{from, to}
	for _, spans := range [][]Span{p.Managers, p.Territories} {
		for _, s := range spans {
			if s.From > from && s.From < to {
				out = append(out, s.From)
			}
		}
	}
	for _, r := range q.relief[person] {
		for _, day := range []data.Day{r.From, r.To + 1} {
			if day > from && day < to {
				out = append(out, day)
			}
		}
	}
	slices.Sort(out)
	return out
}

func (v *View) quotaInScope(s slice, day data.Day) bool {
	scope := v.query.Scope
	if scope.Whose == OfRegion || scope.Whose == OfTerritory {
		return v.roster.below(s.owned, scope.Place)
	}
	return v.roster.inScope(scope, None, s.person, day)
}

func (q *quotas) territory(quota Quota, month data.Period, from, to data.Day) {
	v := q.view
	switch v.query.Scope.Whose {
	case OfPerson, OfTeam:
		return
	case OfRegion, OfTerritory:
		if !v.roster.below(quota.Territory, v.query.Scope.Place) {
			return
		}
	default: // everyone's holds every territory
	}
	if minor, ok := q.inBook(quota, month); ok {
		minor, _ = mulDiv(minor, uint64(to-from), uint64(month.Days()))
		q.own = append(q.own, slice{person: None, manager: None, owned: quota.Territory, month: month.From.Month(), minor: minor})
	}
}

// total is the quota of the whole scope.
func (q *quotas) total() Target {
	var sum Target
	for _, m := range q.monthly() {
		sum.add(m.minor)
	}
	return sum
}

// monthly gives the quota of the whole scope month by month: of a territory its
// own or what is below it, else the sum over people, else, where no person has
// one, over regions.
func (q *quotas) monthly() []slice {
	scope := q.view.query.Scope
	area := scope.Whose == OfRegion || scope.Whose == OfTerritory
	if !area && len(q.slices) > 0 {
		return q.slices
	}
	var out []slice
	order := q.view.f.treeOrder()
	for _, m := range q.months() {
		for t, target := range q.tree(m, order) {
			top := q.view.f.Territories[t].Parent == None
			if area {
				top = int32(t) == scope.Place
			}
			if top && target.Set {
				out = append(out, slice{month: m, minor: target.Minor})
			}
		}
	}
	return out
}

// by sums slices per position; at may give -1 to leave one out.
func by(list []slice, n int, at func(s *slice) int) []Target {
	out := make([]Target, n)
	for i := range list {
		if p := at(&list[i]); p >= 0 && p < n {
			out[p].add(list[i].minor)
		}
	}
	return out
}

// byTerritory sums the tree over the months.
func (q *quotas) byTerritory() []Target {
	out := make([]Target, len(q.view.f.Territories))
	order := q.view.f.treeOrder()
	for _, m := range q.months() {
		for t, target := range q.tree(m, order) {
			if target.Set {
				out[t].add(target.Minor)
			}
		}
	}
	return out
}

// tree gives each territory, for one month, its own quota where one is set,
// else the sum of its owners' and of the territories below.
func (q *quotas) tree(month int, order []node) []Target {
	own, out := q.inMonth(q.own, month), q.inMonth(q.slices, month)
	for i := len(order) - 1; i >= 0; i-- {
		t := order[i].place
		if own[t].Set {
			out[t] = own[t]
		}
		if parent := q.view.f.Territories[t].Parent; parent != None && out[t].Set {
			out[parent].add(out[t].Minor)
		}
	}
	return out
}

func (q *quotas) months() []int {
	var out []int
	for _, list := range [][]slice{q.slices, q.own} {
		for _, s := range list {
			out = append(out, s.month)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (q *quotas) inMonth(list []slice, month int) []Target {
	out := make([]Target, len(q.view.f.Territories))
	for _, s := range list {
		if s.month == month && s.owned != None {
			out[s.owned].add(s.minor)
		}
	}
	return out
}

// Share is the part of a period's sales that is expected by the end of a day:
// by the book's seasonality curve, linear where it has none.
func (f *Facts) Share(in data.Period, asOf data.Day) float64 {
	if in.IsAll() || !in.From.Valid() || !in.To.Valid() || f.Season == [12]float64{} {
		return in.Elapsed(asOf)
	}
	var done, all float64
	for _, month := range f.Calendar.Months(in) {
		from, to := clip(month, in)
		_, m, _ := month.From.Date()
		daily := f.Season[m-time.January] / float64(month.Days())
		all += daily * float64(to-from)
		done += daily * float64(max(0, min(to, asOf+1)-from))
	}
	if all == 0 {
		return in.Elapsed(asOf)
	}
	return done / all
}

// Effective is the effective quota of each person of the view's scope in a period, by place.
func (v *View) Effective(in data.Period) []int64 {
	out := make([]int64, len(v.f.People))
	for _, s := range v.quotas(in).slices {
		if s.person != None {
			out[s.person] += s.minor
		}
	}
	return out
}

// Capacity is how many months of full work each person of the view's scope has in
// a period, by place: quota months as the effective quota counts them, so less
// while ramping up, away or not in role. Who only leads has none.
func (v *View) Capacity(in data.Period) []float64 {
	const month = 1e6
	all := v.quotas(data.Period{From: in.From, To: in.From}) // knows relief, holds no quota
	out := make([]float64, len(v.f.People))
	for _, m := range v.f.Calendar.Months(in) {
		from, to := clip(m, in)
		for i := range v.f.People {
			if v.f.People[i].Leads || from >= to {
				continue
			}
			all.slices = all.slices[:0]
			all.split(Quota{Person: int32(i), Territory: None, Month: m.From, Amount: month}, m, from, to)
			for _, s := range all.slices {
				out[i] += float64(s.minor) / month
			}
		}
	}
	return out
}
