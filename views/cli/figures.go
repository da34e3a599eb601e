package cli

import (
	"context"
	"strconv"

	"fieldbook/app"
	"fieldbook/app/metrics"
)

type metricsCmd struct {
	By     string     `enum:",person,manager,region,territory,product,family,sector,account,stage,month,quarter,year" default:"" placeholder:"GROUP" help:"What has a row: person, manager, region, territory, product, family, sector, account, stage, month, quarter or year; the total alone by default."`
	Period periodWord `placeholder:"PERIOD" help:"Such as 2017-Q3; all time by default."`
	AsOf   dayWord    `placeholder:"DAY" help:"Day on which to look; today by default."`
	For    string     `placeholder:"WHO" help:"Only the team of this person, or this territory."`
	JSON   bool       `name:"json" help:"Print one JSON document."`
}

func (c metricsCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		period, err := c.Period.in(a.Book().Calendar)
		if err != nil {
			return err
		}
		scope, err := a.FindScope(ctx, c.For)
		if err != nil {
			return err
		}
		r, err := a.Performance.Compute(ctx, app.ComputeQuery{By: metrics.By(c.By), Period: period, AsOf: c.AsOf.or(a.Today()), Scope: scope})
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, r)
		}
		rows := [][]string{}
		for _, row := range append(r.Rows, r.Total) {
			rows = append(rows, figures(row))
		}
		first := c.By
		if first == "" {
			first = "all"
		}
		columns := []column{{title: first, keep: true}}
		for _, title := range []string{"total", "won", "lost", "open", "won value", "open value", "win rate", "quota", "attained", "coverage"} {
			columns = append(columns, column{title: title, right: true})
		}
		return table{columns: columns, rows: fixed(rows)}.print(s.Out)
	})
}

// figures are the cells of one row of the plain table.
func figures(r metrics.Row) []string {
	quota, coverage := "n/a", times(r.Coverage.Value())
	if r.Quota.Set {
		quota = r.Quota.Decimal()
	}
	if r.Met {
		coverage = "met"
	}
	return []string{
		r.Key, strconv.Itoa(r.Total), strconv.Itoa(r.Won), strconv.Itoa(r.Lost), strconv.Itoa(r.Open), r.WonValue.Decimal(), r.OpenValue.Decimal(),
		percent(r.WinRate.Value()), quota, percent(r.Attainment.Value()), coverage,
	}
}

func percent(v float64, ok bool) string {
	if !ok {
		return "n/a"
	}
	return strconv.FormatFloat(v*100, 'f', 1, 64) + "%"
}

func times(v float64, ok bool) string {
	if !ok {
		return "n/a"
	}
	return strconv.FormatFloat(v, 'f', 1, 64) + "x"
}
