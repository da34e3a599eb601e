package cli

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/data"
)

type forecastCmd struct {
	Period   periodWord `placeholder:"PERIOD" help:"Such as 2017-Q4; by default the quarter of the day."`
	AsOf     dayWord    `placeholder:"DAY" help:"Know only what was known on this day; today by default."`
	By       string     `enum:",person,manager,region,territory,product,family,sector" default:"" placeholder:"GROUP" help:"What has a row: person, manager, region, territory, product, family or sector; the total alone by default."`
	For      string     `placeholder:"WHO" help:"Only the team of this person, or this territory."`
	Accuracy bool       `help:"Score what was foretold of a period that is over: calls, simulation, weighted and a naive guess."`
	JSON     bool       `name:"json" help:"Print one JSON document."`
}

func (c forecastCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		q := app.ForecastQuery{AsOf: c.AsOf.or(a.Today()), By: metrics.By(c.By)}
		q.Period = a.Book().Calendar.QuarterOf(q.AsOf)
		var err error
		if strings.TrimSpace(string(c.Period)) != "" {
			if q.Period, err = c.Period.in(a.Book().Calendar); err != nil {
				return err
			}
		}
		if q.Scope, err = a.FindScope(ctx, c.For); err != nil {
			return err
		}
		if c.Accuracy {
			return c.score(ctx, s, a, q)
		}
		f, err := a.Forecasts.Period(ctx, q)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, f)
		}
		return printForecast(s, f)
	})
}

// score prints how predictions did, by default of the quarter before the day's.
func (c forecastCmd) score(ctx context.Context, s *session, a *app.App, q app.ForecastQuery) error {
	if strings.TrimSpace(string(c.Period)) == "" {
		q.Period = a.Book().Calendar.Before(q.Period)
	}
	f, err := a.Forecasts.Accuracy(ctx, app.AccuracyQuery{Period: q.Period, Scope: q.Scope}, func(int64, int64) {})
	switch {
	case err != nil:
		return err
	case c.JSON:
		return writeJSON(s.Out, f)
	}
	return printAccuracy(s, f)
}

func printForecast(s *session, f *app.PeriodForecast) error {
	first := string(f.By)
	if first == "" {
		first = "all"
	}
	columns := []column{{title: first, keep: true}}
	for _, title := range []string{"closed", "p10", "p50", "p90", "from open", "from new", "quota", "odds", "commit", "best case", "pipeline", "weighted"} {
		columns = append(columns, column{title: title, right: true})
	}
	rows := [][]string{}
	for _, r := range append(f.Rows, f.Total) {
		rows = append(rows, forecastCells(f, &r))
	}
	if err := (table{columns: columns, rows: fixed(rows)}).print(s.Out); err != nil {
		return err
	}
	lines := []string{
		"", "P10, P50 and P90 are exceeded in 90, 50 and 10 of 100 cases; from open and from new are P50.", f.Verdict,
		"Learned from " + strconv.Itoa(f.Model.Learned) + " closed deals. " + f.Model.Verdict,
	}
	for _, r := range f.Model.Refused {
		lines = append(lines, "Not used: "+r.Label+" ("+r.Reason+").")
	}
	for _, line := range lines {
		if err := s.say("%s", line); err != nil {
			return err
		}
	}
	return nil
}

func forecastCells(f *app.PeriodForecast, r *app.ForecastRow) []string {
	money := func(minor int64) string { return data.Money{Minor: minor, Currency: f.Currency}.Decimal() }
	band := func(minor int64) string {
		if !f.Known {
			return "n/a"
		}
		return money(minor)
	}
	quota := "n/a"
	if r.Quota.Set {
		quota = r.Quota.Decimal()
	}
	return []string{
		r.Key, money(r.Closed), band(r.Whole.P10), band(r.Whole.P50), band(r.Whole.P90), band(r.FromOpen.P50), band(r.FromNew.P50),
		quota, percent(r.Odds, f.Known && r.HasOdds), r.Commit.Decimal(), r.BestCase.Decimal(), r.Pipeline.Decimal(), r.Weighted.Decimal(),
	}
}

// oddsJSON is an open deal's row with its win probability.
type oddsJSON struct {
	rowJSON
	chances *app.Chances
}

func (r oddsJSON) MarshalJSON() ([]byte, error) {
	b, err := r.rowJSON.MarshalJSON()
	if err != nil || !r.chances.Open(r.row.Key) {
		return b, err
	}
	b = appendKey(b[:len(b)-1], "win_probability")
	if p, ok := r.chances.Of(r.row.Key); ok {
		b = strconv.AppendFloat(b, p, 'f', 6, 64)
	} else {
		b = append(b, "null"...)
	}
	b = strconv.AppendInt(appendKey(b, "learned_from"), int64(r.chances.Model.Learned), 10)
	return append(b, '}'), nil
}

// listed gives how the rows of a kind are written, open deals with their win
// probability, and what stands behind them: of deals the model.
func listed(ctx context.Context, a *app.App, kind string) (row func(data.Row) json.Marshaler, tail []byte, err error) {
	currency := a.Book().Currency
	if kind != data.KindDeal {
		return func(row data.Row) json.Marshaler { return rowJSON{row, currency} }, nil, nil
	}
	chances, err := a.Forecasts.Chances(ctx, a.Today())
	if err != nil {
		return nil, nil, err
	}
	model, err := chances.EncodeModel()
	tail = append(appendKey(nil, "model"), model...)
	return func(row data.Row) json.Marshaler { return oddsJSON{rowJSON{row, currency}, chances} }, tail, err
}
