package cli

import (
	"context"
	"strconv"

	"fieldbook/app"
	"fieldbook/data"
)

type stressCmd struct {
	Period periodWord `placeholder:"PERIOD" help:"Whose quotas are tried, such as 2018 or 2018-Q1; the fiscal year of the day by default."`
	AsOf   dayWord    `placeholder:"DAY" help:"Know only what was known on this day; today by default."`
	For    string     `placeholder:"WHO" help:"Only the team of this person, or this territory."`
	Runs   int        `default:"10000" help:"How often the period is run."`
	Seed   uint64     `default:"1" help:"The same seed gives the same result."`
	JSON   bool       `name:"json" help:"Print one JSON document."`
}

func (c stressCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		q := app.StressQuery{AsOf: c.AsOf.or(a.Today()), Runs: c.Runs, Seed: c.Seed}
		q.Period = a.Book().Calendar.YearOf(q.AsOf)
		var err error
		if c.Period != "" {
			if q.Period, err = c.Period.in(a.Book().Calendar); err != nil {
				return err
			}
		}
		if q.Scope, err = a.FindScope(ctx, c.For); err != nil {
			return err
		}
		t, err := a.Quotas.Stress(ctx, q, func(int64, int64) {})
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, t)
		}
		return printStress(s, t)
	})
}

func printStress(s *session, t *app.StressTest) error {
	if words := t.Verdict(); words != "" {
		return s.say("%s", words)
	}
	columns := []column{{title: t.Period.Name, keep: true}}
	for _, title := range []string{"quota", "odds", "p10", "p50", "p90", "win rate", "needed", "deals", "needed", "average won", "needed", "closed deals"} {
		columns = append(columns, column{title: title, right: true})
	}
	money := func(minor int64) string { return data.Money{Minor: minor, Currency: t.Currency}.Decimal() }
	var rows [][]string
	add := func(l app.StressLine) {
		n := l.Needs
		number := func(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
		rows = append(rows, []string{
			l.Name, money(l.Quota), percent(l.Odds, l.HasQuota), money(l.P10), money(l.P50), money(l.P90), percent(n.WinRate, true), percent(n.NeedWinRate, l.HasQuota),
			number(n.Deals), number(n.NeedDeals), money(int64(n.Size)), money(int64(n.NeedSize)), strconv.Itoa(l.Learned),
		})
	}
	for _, list := range [][]app.StressLine{t.People, t.Regions, {t.Total}} {
		for _, l := range list {
			add(l)
		}
	}
	if err := (table{columns: columns, rows: fixed(rows)}).print(s.Out); err != nil {
		return err
	}
	return s.say("%s", "\nNeeded: what would have to be true, one thing at a time, for the quota to be as likely as not. "+strconv.Itoa(t.Runs)+" runs, learned from "+strconv.Itoa(t.Learned)+" closed deals.")
}

func printAccuracy(s *session, f *app.ForecastAccuracy) error {
	columns := []column{{title: f.Period.Name, keep: true}, {title: "won", right: true}}
	for _, way := range app.ForetoldWays {
		columns = append(columns, column{title: way + " wape", right: true}, column{title: "bias", right: true})
	}
	var rows [][]string
	for _, p := range append(f.People, f.Total) {
		name := p.Name
		if p.ID.IsZero() {
			name = "total"
		}
		row := []string{name, data.Money{Minor: p.Actual, Currency: f.Currency}.Decimal()}
		for _, way := range app.ForetoldWays {
			w := p.Way(way)
			wape, ok := w.WAPE.Value()
			bias, also := w.Bias.Value()
			row = append(row, percent(wape, ok), percent(bias, also))
		}
		rows = append(rows, row)
	}
	if err := (table{columns: columns, rows: fixed(rows)}).print(s.Out); err != nil {
		return err
	}
	return s.say("%s", "\nWAPE is the sum of errors over the sum of what came, bias the side: above 0 too much was foretold. One prediction a week.")
}
