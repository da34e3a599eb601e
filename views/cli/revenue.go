package cli

import (
	"context"
	"math"
	"strconv"

	"fieldbook/app"
	"fieldbook/data"
)

// revenueCmds are what the generic commands do not do with revenue plans.
type revenueCmds struct {
	Show    revenueShowCmd    `cmd:"" help:"A plan in one of its cuts, with what people can sell beside it."`
	Begin   revenueBeginCmd   `cmd:"" help:"Begin a scenario of a year by what the whole is to bring."`
	Divide  revenueDivideCmd  `cmd:"" help:"Divide the whole among regions, segments or product lines."`
	Copy    revenueCopyCmd    `cmd:"" help:"Copy a scenario, with another sum if wanted."`
	Propose revenueProposeCmd `cmd:"" help:"Propose a scenario."`
	Approve revenueApproveCmd `cmd:"" help:"Approve a scenario: the next version of the year, in place of the one before."`
	Quotas  revenueQuotasCmd  `cmd:"" help:"Make the year's quotas from the approved plan."`
}

// revenuePlan finds a scenario by id or name.
func revenuePlan(ctx context.Context, a *app.App, word string) (data.Row, error) {
	return a.Records.Find(ctx, data.KindRevenuePlan, word)
}

type revenueShowCmd struct {
	Plan string  `arg:"" optional:"" help:"An id or a name; the year's approved one by default."`
	Year string  `placeholder:"YEAR" help:"The fiscal year; that of the plan, else the present one."`
	By   string  `default:"region" enum:"region,segment,family" help:"region, segment or family (product lines)."`
	AsOf dayWord `placeholder:"DAY" help:"Know only what was known on this day; today by default."`
	JSON bool    `name:"json" help:"Print one JSON document."`
}

func (c revenueShowCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		q := app.RevenueQuery{By: c.By, AsOf: c.AsOf.or(a.Today())}
		q.Year = a.Book().Calendar.YearOf(q.AsOf)
		if c.Plan != "" {
			row, err := revenuePlan(ctx, a, c.Plan)
			if err != nil {
				return err
			}
			q.Plan, q.Year = row.ID, a.Book().Calendar.Year(int(row.Int("year")))
		} else if c.Year != "" {
			year, err := a.Book().Calendar.Parse(c.Year)
			if err != nil {
				return err
			}
			q.Year = year
		}
		sheet, err := a.Revenue.Sheet(ctx, q)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.Out, sheet)
		}
		return printRevenue(s, sheet)
	})
}

func printRevenue(s *session, sheet *app.RevenueSheet) error {
	if sheet.Plan == nil {
		return s.say("%s has no revenue plan", sheet.Year.Name)
	}
	columns := []column{{title: sheet.Plan.Name, keep: true}}
	for _, title := range []string{"q1", "q2", "q3", "q4", "year", "won", "can sell", "gap", "quotas"} {
		columns = append(columns, column{title: title, right: true})
	}
	money := func(minor int64) string { return data.Money{Minor: minor, Currency: sheet.Currency}.Decimal() }
	var rows [][]string
	for i := range sheet.Lines {
		rows = append(rows, revenueCells(sheet.Lines[i].Name, &sheet.Lines[i], money))
	}
	left := []string{"left to divide"}
	for q := range 4 {
		left = append(left, money(sheet.Loose(3*q, 3*q+1, 3*q+2)))
	}
	rows = append(rows, append(left, money(sheet.Loose(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), "", "", "", ""), revenueCells("total", &sheet.Whole, money))
	if err := (table{columns: columns, rows: fixed(rows)}).print(s.Out); err != nil {
		return err
	}
	return s.say("%s of %s, %s; stretch %s", sheet.Plan.Name, sheet.Year.Name, sheet.Plan.Status, money(sheet.Plan.StretchGoal()))
}

func revenueCells(name string, l *app.RevenueLine, money func(int64) string) []string {
	out := []string{name}
	for q := range 4 {
		out = append(out, money(l.Months.Sum(3*q, 3*q+1, 3*q+2)))
	}
	can, gap, quota := "n/a", "n/a", "n/a"
	if l.Capacity.Known {
		can, gap = money(l.Capacity.Amount), money(l.Gap())
	}
	if l.HasQuota {
		quota = money(l.Quota)
	}
	return append(out, money(l.Months.Year()), money(l.Won), can, gap, quota)
}

type revenueBeginCmd struct {
	Name    string  `arg:"" help:"What the scenario is called."`
	Year    string  `required:"" placeholder:"YEAR" help:"The fiscal year."`
	Total   string  `required:"" placeholder:"AMOUNT" help:"What the whole is to bring, such as 4m."`
	Stretch float64 `default:"0" help:"Percent above it."`
	Season  string  `placeholder:"SHARES" help:"Percents of the fiscal year's months with semicolons between them; as in the years before by default."`
}

func (c revenueBeginCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		year, err := a.Book().Calendar.Parse(c.Year)
		if err != nil {
			return err
		}
		n := app.NewRevenue{Name: c.Name, Year: year, Stretch: c.Stretch}
		if n.Total, err = app.ParseOwnAmount(c.Total, a.Book().Currency); err != nil {
			return err
		}
		if n.Season, err = a.Revenue.SeasonOf(ctx, c.Season); err != nil {
			return err
		}
		id, err := a.Revenue.Add(ctx, n)
		if err != nil {
			return err
		}
		return s.say("%s", id)
	})
}

type revenueDivideCmd struct {
	Plan string `arg:"" help:"An id or a name."`
	By   string `default:"region" enum:"region,segment,family" help:"region, segment or family (product lines)."`
	How  string `default:"history" enum:"equal,history,potential,capacity" help:"equal, history, potential or capacity."`
}

func (c revenueDivideCmd) Run(ctx context.Context, s *session) error {
	return s.revenueAct(ctx, c.Plan, func(a *app.App, plan data.ID) error { return a.Revenue.Split(ctx, plan, c.By, c.How) })
}

// revenueAct runs what is done to a scenario.
func (s *session) revenueAct(ctx context.Context, plan string, do func(a *app.App, plan data.ID) error) error {
	return s.write(ctx, func(a *app.App) error {
		row, err := revenuePlan(ctx, a, plan)
		if err != nil {
			return err
		}
		return do(a, row.ID)
	})
}

type revenueCopyCmd struct {
	Plan   string  `arg:"" help:"An id or a name."`
	Name   string  `arg:"" help:"What the copy is called."`
	Change float64 `default:"0" help:"Percent more, or less below 0."`
}

func (c revenueCopyCmd) Run(ctx context.Context, s *session) error {
	return s.revenueAct(ctx, c.Plan, func(a *app.App, plan data.ID) error {
		id, err := a.Revenue.Copy(ctx, app.CopyRevenue{Plan: plan, Name: c.Name, Change: hundredths(c.Change)})
		if err != nil {
			return err
		}
		return s.say("%s", id)
	})
}

// hundredths are those of a percentage, such as 435 of 4.35.
func hundredths(percent float64) int64 { return int64(math.Round(percent * 100)) }

type revenueProposeCmd struct {
	Plan string `arg:"" help:"An id or a name."`
}

func (c revenueProposeCmd) Run(ctx context.Context, s *session) error {
	return s.revenueAct(ctx, c.Plan, func(a *app.App, plan data.ID) error { return a.Revenue.SetStatus(ctx, plan, data.RevenueProposed) })
}

type revenueApproveCmd struct {
	Plan string `arg:"" help:"An id or a name."`
}

func (c revenueApproveCmd) Run(ctx context.Context, s *session) error {
	return s.revenueAct(ctx, c.Plan, func(a *app.App, plan data.ID) error { return a.Revenue.SetStatus(ctx, plan, data.RevenueApproved) })
}

type revenueQuotasCmd struct {
	Plan string  `arg:"" help:"An id or a name."`
	Over float64 `default:"0" help:"Percent above the plan that people are asked for."`
	How  string  `default:"equal" enum:"equal,history,potential" help:"How people of a region share it."`
}

func (c revenueQuotasCmd) Run(ctx context.Context, s *session) error {
	return s.revenueAct(ctx, c.Plan, func(a *app.App, plan data.ID) error {
		made, err := a.Revenue.MakeQuotas(ctx, app.RevenueQuotas{Plan: plan, Over: hundredths(c.Over), How: c.How})
		if err != nil {
			return err
		}
		return s.say("%s quotas for %s people in %s regions", strconv.Itoa(made.Quotas), strconv.Itoa(made.People), strconv.Itoa(made.Regions))
	})
}
