package app

import (
	"context"
	"math/big"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Sums are the figures of a person or a territory. Values are in minor units
// of the book's currency; a deal without an amount counts at list price, one
// in a currency without a rate is counted and left out of the value.
type Sums struct {
	Accounts  int
	Open      int // open deals, whenever they may close
	OpenValue int64
	Won       int // deals won in the period asked for
	WonValue  int64
	Quota     int64 // of the fiscal year asked for
	LeftOut   int   // deals of any kind whose value is not known
}

// Add adds the figures of another to s.
func (s *Sums) Add(o Sums) {
	s.Accounts += o.Accounts
	s.Open += o.Open
	s.OpenValue += o.OpenValue
	s.Won += o.Won
	s.WonValue += o.WonValue
	s.Quota += o.Quota
	s.LeftOut += o.LeftOut
}

// subtractDeals takes the deals of another out of s.
func (s *Sums) subtractDeals(o Sums) {
	s.Open -= o.Open
	s.OpenValue -= o.OpenValue
	s.Won -= o.Won
	s.WonValue -= o.WonValue
	s.LeftOut -= o.LeftOut
}

// Post says that a person covers a territory in a role during a span of days,
// both ends included; NoDay leaves an end open.
type Post struct {
	ID        data.ID // of the assignment
	Person    data.ID
	Name      string // the person's
	Territory data.ID
	Place     string // the territory's name
	Role      string // data.AssignOwner, AssignManager or AssignOverlay
	From, To  data.Day
}

// On reports whether the post is held on a day.
func (p Post) On(day data.Day) bool {
	return (!p.From.Valid() || p.From <= day) && (!p.To.Valid() || p.To >= day)
}

// coverage is who covers what: people, territories and posts as they stand.
// Posts of people or territories that are gone are left out.
type coverage struct {
	people      []data.Row // by name
	territories []data.Row // by name
	posts       []Post     // by start

	person, place       map[data.ID]int // places in people and territories
	personKey, placeKey map[data.Key]int
	roots               []int // of each territory
}

func (a *App) coverage(ctx context.Context) (*coverage, error) {
	c := &coverage{person: map[data.ID]int{}, place: map[data.ID]int{}, personKey: map[data.Key]int{}, placeKey: map[data.Key]int{}}
	var err error
	if c.people, err = a.store.List(ctx, data.Query{Kind: data.KindPerson, Sort: []data.Sort{{Field: "name"}}}); err != nil {
		return nil, err
	}
	if c.territories, err = a.store.List(ctx, data.Query{Kind: data.KindTerritory, Sort: []data.Sort{{Field: "name"}}}); err != nil {
		return nil, err
	}
	for i, p := range c.people {
		c.person[p.ID], c.personKey[p.Key] = i, i
	}
	for i, t := range c.territories {
		c.place[t.ID], c.placeKey[t.Key] = i, i
	}
	c.roots = make([]int, len(c.territories))
	for i := range c.territories {
		c.roots[i] = c.rootOf(i)
	}
	err = a.store.Each(ctx, data.Query{Kind: data.KindAssignment, Sort: []data.Sort{{Field: "start_day"}}}, func(r data.Row) error {
		if p, ok := c.postOf(r); ok {
			c.posts = append(c.posts, p)
		}
		return nil
	})
	return c, err
}

func (c *coverage) postOf(r data.Row) (Post, bool) {
	person, ok1 := c.person[r.Ref("person")]
	place, ok2 := c.place[r.Ref("territory")]
	if !ok1 || !ok2 {
		return Post{}, false
	}
	return Post{
		ID: r.ID, Person: r.Ref("person"), Name: c.people[person].Title(), Territory: r.Ref("territory"), Place: c.territories[place].Title(),
		Role: r.Text("role"), From: r.Day("start_day"), To: r.Day("end_day"),
	}, true
}

// parentOf gives the place of a territory's parent, -1 where it has none or
// the parent is gone.
func (c *coverage) parentOf(i int) int {
	if p, ok := c.place[c.territories[i].Ref("parent")]; ok {
		return p
	}
	return -1
}

// rootOf follows parents to the top; a loop, as a merge may leave, ends where it
// was entered.
func (c *coverage) rootOf(i int) int {
	at := i
	for range c.territories {
		p := c.parentOf(at)
		if p < 0 || p == i {
			break
		}
		at = p
	}
	return at
}

// held lists the posts of a person on a day, owned ones first.
func (c *coverage) held(person data.ID, day data.Day) []Post {
	var out []Post
	for _, role := range []string{data.AssignOwner, data.AssignManager, data.AssignOverlay} {
		for _, p := range c.posts {
			if p.Person == person && p.Role == role && p.On(day) {
				out = append(out, p)
			}
		}
	}
	return out
}

// owned is the place of the territory that a person owns on a day, that taken
// up last where there are several; -1 for none.
func (c *coverage) owned(person data.ID, day data.Day) int {
	out := -1
	for _, p := range c.posts {
		if p.Person == person && p.Role == data.AssignOwner && p.On(day) {
			out = c.place[p.Territory]
		}
	}
	return out
}

// placeOf is the territory that a deal counts in: its account's, else the one
// that the deal's owner owned on the day; -1 for none.
func (c *coverage) placeOf(territory, owner data.Key, day data.Day) int {
	if i, ok := c.placeKey[territory]; ok {
		return i
	}
	if i, ok := c.personKey[owner]; ok {
		return c.owned(c.people[i].ID, day)
	}
	return -1
}

// exchange turns amounts into the book's currency.
type exchange struct {
	own   data.Currency
	rates map[data.Currency][]datedRate // ascending by day
}

type datedRate struct {
	from data.Day
	rate data.Rate
}

func (a *App) exchange(ctx context.Context) (*exchange, error) {
	x := &exchange{own: a.Book().Currency, rates: map[data.Currency][]datedRate{}}
	err := a.store.Each(ctx, data.Query{Kind: data.KindRate, Sort: []data.Sort{{Field: "day"}}}, func(r data.Row) error {
		rat, ok := new(big.Rat).SetString(r.Text("rate"))
		if !ok || rat.Sign() <= 0 || !rat.Num().IsInt64() || !rat.Denom().IsInt64() {
			return nil // no rate: what needs it is counted as left out
		}
		c := data.Currency(r.Text("currency"))
		x.rates[c] = append(x.rates[c], datedRate{r.Day("day"), data.Rate{Num: rat.Num().Int64(), Den: rat.Denom().Int64()}})
		return nil
	})
	return x, err
}

// value is an amount in the book's currency at the newest rate not after day.
func (x *exchange) value(minor int64, c data.Currency, day data.Day) (int64, bool) {
	if c == "" || c == x.own {
		return minor, true
	}
	rates := x.rates[c]
	i, _ := slices.BinarySearchFunc(rates, day, func(r datedRate, d data.Day) int {
		if r.from > d {
			return 1
		}
		return -1
	})
	if i == 0 {
		return 0, false
	}
	return rates[i-1].rate.Convert(minor, c, x.own)
}

// Span says what the figures of roster and territories cover.
type Span struct {
	Period data.Period // of what was won
	Today  data.Day
}

// Year is the fiscal year whose quota stands beside the period: the one the
// period ends in, today's for all time.
func (s Span) Year(c data.Calendar) data.Period {
	if s.Period.To.Valid() {
		return c.YearOf(s.Period.To.AddDays(-1))
	}
	return c.YearOf(s.Today)
}

// dealSums gives the figures of deals by person or territory, a territory's
// with all below it; NoID stands for deals without. They are those of the
// performance figures: open whenever they may close, won in the period.
func (a *App) dealSums(ctx context.Context, by metrics.By, span Span) (map[data.ID]Sums, error) {
	all, err := a.Performance.Compute(ctx, ComputeQuery{By: by, Period: data.AllTime, AsOf: span.Today})
	if err != nil {
		return nil, err
	}
	won := all
	if !span.Period.IsAll() {
		if won, err = a.Performance.Compute(ctx, ComputeQuery{By: by, Period: span.Period, AsOf: span.Today}); err != nil {
			return nil, err
		}
	}
	out := map[data.ID]Sums{}
	for _, r := range all.Rows {
		out[r.ID] = Sums{Open: r.Open, OpenValue: r.OpenValue.Minor, LeftOut: r.LeftOut.NoRate + r.LeftOut.NoAmount}
	}
	for _, r := range won.Rows {
		s := out[r.ID]
		s.Won, s.WonValue = r.Won, r.WonValue.Minor
		out[r.ID] = s
	}
	return out, nil
}

// quotas tells of each quota of the span's year in the book's currency.
func (a *App) quotas(ctx context.Context, span Span, fn func(q store.QuotaSum, minor int64)) error {
	x, err := a.exchange(ctx)
	if err != nil {
		return err
	}
	sums, err := a.store.SumQuotas(ctx, span.Year(a.Book().Calendar), x.own)
	if err != nil {
		return err
	}
	for _, q := range sums {
		if minor, ok := x.value(q.Minor, q.Currency, q.Month); ok {
			fn(q, minor)
		}
	}
	return nil
}
