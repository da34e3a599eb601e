package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Calls is what people say that a period will come to: the roll-up of their open
// deals, what managers make of it, and what was said week by week.
type Calls struct{ app *App }

// RollupRow is one line of the roll-up: a person, or a team with all below it.
// Amounts are minor units of the book's currency.
type RollupRow struct {
	Person  data.ID // NoID for deals of nobody and for everybody together
	Name    string
	Depth   int  // 0 at the top
	Team    bool // sums up the person and all who report to him
	Reports int  // people in it, the person himself not counted

	metrics.Categories
	Adjusted int64 // by managers: of a team, that of its people and of itself
	Note     string
	Forecast int64 // closed + weighted + adjusted
	Quota    int64
	HasQuota bool
	Figures  metrics.Row   // of the period; of a team those that add up, and coverage
	Call     *ForecastCall // the newest one said for the period until the day
}

// Rollup is the forecast of a period along the reporting lines.
type Rollup struct {
	Period data.Period
	AsOf   data.Day
	Rows   []RollupRow // teams before their people
	Total  RollupRow
}

// ForecastCall is one submission. It never changes.
type ForecastCall struct {
	ID       data.ID
	Person   data.ID
	Period   string
	Day      data.Day
	Amount   int64 // what the person says
	Closed   int64 // and what stood beside it on that day
	Commit   int64
	BestCase int64
	Pipeline int64
	Adjusted int64
	Quota    int64
	Note     string
}

// Rollup reads the roll-up of a period. The error is NotFound for a scope that the
// book does not hold.
func (c *Calls) Rollup(ctx context.Context, q FigureQuery) (*Rollup, error) {
	if !q.AsOf.Valid() {
		q.AsOf = c.app.Today()
	}
	r := &rollup{out: &Rollup{Period: q.Period, AsOf: q.AsOf}, reports: map[int32][]int32{}}
	var err error
	if r.adjustments, err = c.adjustments(ctx, q.Period.Name); err != nil {
		return nil, err
	}
	if r.calls, err = c.newest(ctx, q.Period.Name, q.AsOf); err != nil {
		return nil, err
	}
	err = c.app.Performance.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope}, func(b *factBook, v *metrics.View) error {
		people, err := v.Compute(metrics.ByPerson, q.Period)
		if err != nil {
			return err
		}
		r.people, r.own = b.People, v.CategoriesByOwner(q.Period)
		r.figures = map[int32]metrics.Row{}
		for _, row := range people.Rows {
			r.figures[row.Place] = row
		}
		r.arrange(b.managersOn(q.AsOf))
		r.out.Total.Figures = people.Total
		return nil
	})
	return r.out, err
}

// adjustment is what a manager makes of a person's forecast.
type adjustment struct {
	amount int64
	note   string
}

func (c *Calls) adjustments(ctx context.Context, period string) (map[data.ID]adjustment, error) {
	out := map[data.ID]adjustment{}
	q := data.Query{Kind: data.KindAdjustment, Where: []data.Filter{{Field: "period", Test: data.Is, Values: []data.Value{period}}}}
	return out, c.app.store.Each(ctx, q, func(r data.Row) error {
		out[r.Ref("person")] = adjustment{r.Int("amount"), r.Text("note")}
		return nil
	})
}

func (c *Calls) newest(ctx context.Context, period string, day data.Day) (map[data.ID]*ForecastCall, error) {
	out := map[data.ID]*ForecastCall{}
	calls, err := c.History(ctx, data.NoID, period)
	for i := range calls {
		if calls[i].Day <= day {
			out[calls[i].Person] = &calls[i]
		}
	}
	return out, err
}

// History lists what was said for a period, the oldest first: of one person, or
// of everybody for NoID.
func (c *Calls) History(ctx context.Context, person data.ID, period string) ([]ForecastCall, error) {
	where := []data.Filter{{Field: "period", Test: data.Is, Values: []data.Value{period}}}
	if !person.IsZero() {
		where = append(where, data.Filter{Field: "person", Test: data.Is, Values: []data.Value{person}})
	}
	return c.said(ctx, where...)
}

// said lists the calls that meet filters, the oldest first.
func (c *Calls) said(ctx context.Context, where ...data.Filter) ([]ForecastCall, error) {
	var out []ForecastCall
	err := c.app.store.Each(ctx, data.Query{Kind: data.KindForecastCall, Where: where, Sort: []data.Sort{{Field: "day"}, {Field: "id"}}}, func(r data.Row) error {
		out = append(out, ForecastCall{
			ID: r.ID, Person: r.Ref("person"), Period: r.Text("period"), Day: r.Day("day"), Amount: r.Int("amount"), Closed: r.Int("closed"), Commit: r.Int("commit_value"),
			BestCase: r.Int("best_case"), Pipeline: r.Int("pipeline"), Adjusted: r.Int("adjusted"), Quota: r.Int("quota"), Note: r.Text("note"),
		})
		return nil
	})
	return out, err
}

// rollup arranges people under their managers.
type rollup struct {
	out         *Rollup
	people      []metrics.Person
	own         map[int32]metrics.Categories
	figures     map[int32]metrics.Row // by person
	adjustments map[data.ID]adjustment
	calls       map[data.ID]*ForecastCall
	reports     map[int32][]int32
	seen        map[int32]bool
}

func (r *rollup) arrange(managerOf map[int32]int32) {
	shown := r.shown()
	for place := range maps.Clone(shown) {
		r.climb(place, managerOf, shown)
	}
	below := map[int32]bool{}
	for _, list := range r.reports {
		for _, p := range list {
			below[p] = true
		}
	}
	var tops []int32
	for place := range shown {
		if !below[place] {
			tops = append(tops, place)
		}
	}
	r.seen = map[int32]bool{}
	for _, place := range r.byName(tops) {
		r.out.Total.add(r.put(place, 0))
	}
	if c, ok := r.own[metrics.None]; ok {
		row := RollupRow{Categories: c, Figures: r.figures[metrics.None]}
		row.settle()
		r.out.Rows = append(r.out.Rows, row)
		r.out.Total.add(row)
	}
	r.out.Total.Team = true
}

// shown are the people with deals or a quota.
func (r *rollup) shown() map[int32]bool {
	out := map[int32]bool{}
	for owner := range r.own {
		if owner != metrics.None {
			out[owner] = true
		}
	}
	for place, row := range r.figures {
		if row.Quota.Set && place != metrics.None {
			out[place] = true
		}
	}
	return out
}

// climb puts a person under his manager, that one under his own, and so on. A
// circle, which a merge may leave, ends where it was entered.
func (r *rollup) climb(place int32, managerOf map[int32]int32, shown map[int32]bool) {
	for range r.people {
		m, ok := managerOf[place]
		if !ok || m == metrics.None || shown[m] && slices.Contains(r.reports[m], place) {
			return
		}
		r.reports[m] = append(r.reports[m], place)
		shown[m] = true
		place = m
	}
}

func (r *rollup) byName(list []int32) []int32 {
	slices.SortFunc(list, func(a, b int32) int {
		return cmp.Or(strings.Compare(r.people[a].Name, r.people[b].Name), cmp.Compare(a, b))
	})
	return list
}

// put writes a person's row, or that of his team and everybody in it, and gives it.
func (r *rollup) put(place int32, depth int) RollupRow {
	p := r.people[place]
	r.seen[place] = true
	own := RollupRow{Person: p.ID, Name: p.Name, Depth: depth, Categories: r.own[place], Figures: r.figures[place], Call: r.calls[p.ID]}
	if q := own.Figures.Quota; q.Set {
		own.Quota, own.HasQuota = q.Minor, true
	}
	adjusted := r.adjustments[p.ID]
	reports := slices.DeleteFunc(r.byName(r.reports[place]), func(x int32) bool { return r.seen[x] })
	if len(reports) == 0 {
		own.Adjusted, own.Note = adjusted.amount, adjusted.note
		own.settle()
		r.out.Rows = append(r.out.Rows, own)
		return own
	}
	at := len(r.out.Rows)
	r.out.Rows = append(r.out.Rows, RollupRow{})
	team := RollupRow{Person: p.ID, Name: p.Name, Depth: depth, Team: true, Note: adjusted.note, Call: own.Call, Adjusted: adjusted.amount}
	if _, sells := r.own[place]; sells || own.HasQuota {
		self := own
		self.Depth, self.Call = depth+1, nil
		self.settle()
		r.out.Rows = append(r.out.Rows, self)
		team.add(self)
	}
	for _, x := range reports {
		row := r.put(x, depth+1)
		team.add(row)
		team.Reports += 1 + row.Reports
	}
	team.settle()
	r.out.Rows[at] = team
	return team
}

// add sums another row up.
func (r *RollupRow) add(o RollupRow) {
	r.Categories = metrics.Together(r.Categories, o.Categories)
	r.Figures.Add(&o.Figures)
	r.Adjusted += o.Adjusted
	r.Quota += o.Quota
	r.HasQuota = r.HasQuota || o.HasQuota
	r.settle()
}

func (r *RollupRow) settle() { r.Forecast = r.Closed.Minor + r.Weighted.Minor + r.Adjusted }

// Submit keeps what a person says that a period will come to, with the figures of
// the day beside it.
func (c *Calls) Submit(ctx context.Context, person data.ID, period data.Period, amount int64, note string) (data.ID, error) {
	if amount < 0 {
		return data.NoID, data.FieldErrorf("amount", "The call cannot be below 0")
	}
	name, err := c.app.named(ctx, data.KindPerson, "person", person)
	if err != nil {
		return data.NoID, err
	}
	today := c.app.Today()
	roll, err := c.Rollup(ctx, FigureQuery{Period: period, AsOf: today, Scope: data.Scope{Person: person, Team: true}})
	if err != nil {
		return data.NoID, err
	}
	t := roll.Total
	id := data.NewID()
	values := data.Values{
		"person": person, "period": period.Name, "day": today, "amount": amount, "currency": string(c.app.Book().Currency), "closed": t.Closed.Minor, "commit_value": t.Commit.Minor,
		"best_case": t.BestCase.Minor, "pipeline": t.Pipeline.Minor, "adjusted": t.Adjusted, "quota": t.Quota, "note": textOrNil(strings.TrimSpace(note)),
	}
	return id, c.app.write(ctx, store.Act{What: fmt.Sprintf("Submit the forecast of %s for %s", name, period.Name)}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindForecastCall, id, values)
		return err
	})
}

// Adjust says by how much a manager takes a person's forecast for more or less
// than his deals come to, and why; an amount of 0 takes that back.
func (c *Calls) Adjust(ctx context.Context, person data.ID, period data.Period, amount int64, note string) error {
	name, err := c.app.named(ctx, data.KindPerson, "person", person)
	if err != nil {
		return err
	}
	id := data.ImportedID(data.KindAdjustment, "", person.String()+" "+period.Name)
	what := fmt.Sprintf("Adjust the forecast of %s for %s", name, period.Name)
	return c.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		if amount == 0 {
			return tx.Delete(data.KindAdjustment, id)
		}
		_, err := tx.Put(data.KindAdjustment, id, data.Values{
			"person": person, "period": period.Name, "amount": amount, "currency": string(c.app.Book().Currency), "note": textOrNil(strings.TrimSpace(note)),
		})
		return err
	})
}
