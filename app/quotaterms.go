package app

import (
	"context"
	"fmt"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// QuotaTerm is a person's quota of a period with what stands on it.
type QuotaTerm struct {
	Person     data.ID
	Name       string
	Set        int64 // as it was set
	Effective  int64 // after ramp, relief and days in role
	HasQuota   bool
	Ramps      []data.Row // whose profile reaches into the period
	Absences   []data.Row // that touch the period, with relief
	Targets    []TargetLine
	Signed     *data.Row // the newest signature for the period, nil where there is none
	SignedFor  int64
	Differs    bool // the quota is another one than was signed
	Management bool // only leads others
}

// TargetLine is a quota by count or activity against what was done.
type TargetLine struct {
	Row    data.Row
	Target float64
	Done   metrics.Ratio
}

// QuotaTerms are those of a scope in a period.
type QuotaTerms struct {
	Period   data.Period
	Currency data.Currency
	People   []QuotaTerm // by name
	Profiles []data.Row  // of ramps
	Pay      []data.Row  // commission plans
}

// Terms tells what stands on the quotas of a period: who is ramping up or away,
// what is to be reached by count, and who signed for which number.
func (q *Quotas) Terms(ctx context.Context, in data.Period, asOf data.Day, scope data.Scope) (*QuotaTerms, error) {
	out := &QuotaTerms{Period: in, Currency: q.app.Book().Currency}
	err := q.app.Performance.view(ctx, viewQuery{AsOf: asOf, Scope: scope}, func(b *factBook, v *metrics.View) error {
		people, err := v.Compute(metrics.ByPerson, in)
		if err != nil {
			return err
		}
		for _, row := range people.Rows {
			if row.Place != metrics.None {
				out.People = append(out.People, QuotaTerm{
					Person: row.ID, Name: row.Key, Effective: row.Quota.Minor, HasQuota: row.Quota.Set, Management: b.People[row.Place].Leads,
					Set: b.setQuota(row.Place, in),
				})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	at := map[data.ID]*QuotaTerm{}
	for i := range out.People {
		at[out.People[i].Person] = &out.People[i]
	}
	for _, step := range []func(context.Context, *QuotaTerms, map[data.ID]*QuotaTerm) error{q.rampTerms, q.absenceTerms, q.signTerms} {
		if err := step(ctx, out, at); err != nil {
			return nil, err
		}
	}
	return out, q.targetTerms(ctx, out, asOf, at)
}

// setQuota is what was set for a person in a period, in the book's currency where
// it was set in that one.
func (b *factBook) setQuota(person int32, in data.Period) (sum int64) {
	for _, q := range b.Quotas {
		if q.Person == person && q.Currency == 0 && in.Contains(q.Month) {
			sum += q.Amount
		}
	}
	return sum
}

func (q *Quotas) rampTerms(ctx context.Context, out *QuotaTerms, at map[data.ID]*QuotaTerm) error {
	var err error
	if out.Profiles, err = q.app.store.List(ctx, data.Query{Kind: data.KindRampProfile, Sort: []data.Sort{{Field: "name"}}}); err != nil {
		return err
	}
	if out.Pay, err = q.app.store.List(ctx, data.Query{Kind: data.KindCommissionPlan, Sort: []data.Sort{{Field: "name"}}}); err != nil {
		return err
	}
	months := map[data.ID]int{}
	for _, p := range out.Profiles {
		shares, _ := Shares(p.Text("shares")) // one that nobody can read has none, and counts as such
		months[p.ID] = len(shares)
	}
	return q.app.store.Each(ctx, data.Query{Kind: data.KindRamp, Sort: []data.Sort{{Field: "start_day"}}}, func(r data.Row) error {
		start := r.Day("start_day")
		end := q.app.Book().Calendar.MonthOf(start).From.AddMonths(months[r.Ref("profile")]) // see loadRamps
		if t := at[r.Ref("person")]; t != nil && start < out.Period.To && end > out.Period.From {
			t.Ramps = append(t.Ramps, r)
		}
		return nil
	})
}

func (q *Quotas) absenceTerms(ctx context.Context, out *QuotaTerms, at map[data.ID]*QuotaTerm) error {
	return q.app.store.Each(ctx, data.Query{Kind: data.KindAbsence, Sort: []data.Sort{{Field: "start_day"}}}, func(r data.Row) error {
		if t := at[r.Ref("person")]; t != nil && r.Day("start_day") < out.Period.To && r.Day("end_day") >= out.Period.From {
			t.Absences = append(t.Absences, r)
		}
		return nil
	})
}

func (q *Quotas) signTerms(ctx context.Context, out *QuotaTerms, at map[data.ID]*QuotaTerm) error {
	where := []data.Filter{{Field: "period", Test: data.Is, Values: []data.Value{out.Period.Name}}}
	return q.app.store.Each(ctx, data.Query{Kind: data.KindSignOff, Where: where, Sort: []data.Sort{{Field: "day"}}}, func(r data.Row) error {
		if t := at[r.Ref("person")]; t != nil {
			t.Signed, t.SignedFor = &r, r.Int("amount")
			t.Differs = t.SignedFor != t.Effective
		}
		return nil
	})
}

func (q *Quotas) targetTerms(ctx context.Context, out *QuotaTerms, asOf data.Day, at map[data.ID]*QuotaTerm) error {
	where := []data.Filter{{Field: "month", Test: data.Between, Values: []data.Value{out.Period.From, out.Period.To}}}
	byMonth := map[data.Day][]data.Row{}
	err := q.app.store.Each(ctx, data.Query{Kind: data.KindTarget, Where: where, Sort: []data.Sort{{Field: "month"}, {Field: "measure"}}}, func(r data.Row) error {
		if at[r.Ref("person")] != nil {
			byMonth[r.Day("month")] = append(byMonth[r.Day("month")], r)
		}
		return nil
	})
	if err != nil || len(byMonth) == 0 {
		return err
	}
	var months []data.Period
	for month := range byMonth {
		months = append(months, q.app.Book().Calendar.MonthOf(month))
	}
	slices.SortFunc(months, func(a, b data.Period) int { return int(a.From - b.From) })
	figures, err := q.app.Performance.WatchedIn(ctx, WatchedQuery{AsOf: asOf}, months...)
	if err != nil {
		return err
	}
	for i, month := range months {
		for _, r := range byMonth[month.From] {
			t := at[r.Ref("person")]
			t.Targets = append(t.Targets, TargetLine{Row: r, Target: r.Float("target"), Done: figures[i].Of(t.Person, r.Text("measure"))})
		}
	}
	return nil
}

// Sign notes that the person who uses the book agrees to his quota of a period as
// it is now. It is Refused for who has none, and where nobody says who he is.
func (q *Quotas) Sign(ctx context.Context, in data.Period) error {
	me, err := q.app.Me(ctx)
	if err != nil {
		return err
	}
	if me.ID.IsZero() {
		return data.Errorf(data.Refused, "only the person whose quota it is signs for it; say first who uses this book")
	}
	terms, err := q.Terms(ctx, in, q.app.Today(), data.Scope{Person: me.ID})
	if err != nil {
		return err
	}
	i := slices.IndexFunc(terms.People, func(t QuotaTerm) bool { return t.Person == me.ID && t.HasQuota })
	if i < 0 {
		return data.Errorf(data.Refused, "you have no quota for %s to sign", in.Name)
	}
	values := data.Values{"person": me.ID, "period": in.Name, "day": q.app.Today(), "amount": terms.People[i].Effective, "currency": string(terms.Currency)}
	return q.app.write(ctx, store.Act{What: fmt.Sprintf("Sign the quota of %s for %s", me.Name, in.Name)}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindSignOff, data.NewID(), values)
		return err
	})
}
