package cli

import (
	"context"
	"strconv"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/data"
)

type changesCmd struct {
	Period periodWord `placeholder:"PERIOD" help:"Whose open value is looked at, such as 2017-Q3 or all; the quarter of the last day by default."`
	From   dayWord    `required:"" placeholder:"DAY" help:"The first day."`
	AsOf   dayWord    `placeholder:"DAY" help:"The last day; today by default."`
	For    string     `placeholder:"WHO" help:"Only the team of this person, or this territory."`
	JSON   bool       `name:"json" help:"Print one JSON document."`
}

func (c changesCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		cal, last := a.Book().Calendar, c.AsOf.or(a.Today())
		period, err := c.Period.in(cal)
		if err != nil {
			return err
		}
		if c.Period == "" {
			period = cal.QuarterOf(last)
		}
		scope, err := a.FindScope(ctx, c.For)
		if err != nil {
			return err
		}
		w, err := a.Performance.Changes(ctx, app.ChangesQuery{Period: period, From: c.From.or(last), To: last, Scope: scope})
		if err != nil {
			return err
		}
		own := a.Book().Currency
		if c.JSON {
			return writeJSON(s.Out, changesDocument(w, own, period, c.From.or(last), last))
		}
		money := func(minor int64) string { return data.Money{Minor: minor, Currency: own}.Decimal() }
		rows := [][]string{{"open on " + c.From.or(last).String(), strconv.Itoa(w.StartDeals), money(w.Start)}}
		for _, step := range w.Steps {
			if len(step.Deals) > 0 {
				rows = append(rows, []string{changeWord(step.Change), strconv.Itoa(len(step.Deals)), money(step.Value)})
			}
		}
		rows = append(rows, []string{"open on " + last.String(), strconv.Itoa(w.EndDeals), money(w.End)})
		t := table{columns: []column{{title: period.Name, keep: true}, {title: "deals", right: true}, {title: "value", right: true}}, rows: fixed(rows)}
		return t.print(s.Out)
	})
}

// changeWord names a change as scripts and people read it.
func changeWord(c metrics.Change) string {
	return map[metrics.Change]string{
		metrics.Created: "created", metrics.PulledIn: "pulled in", metrics.Increased: "increased", metrics.Reopened: "reopened", metrics.Received: "received",
		metrics.Decreased: "decreased", metrics.Pushed: "pushed", metrics.LostOut: "lost", metrics.WonOut: "won", metrics.HandedOver: "handed over",
	}[c]
}

type changesDoc struct {
	Period string      `json:"period"`
	From   string      `json:"from"`
	AsOf   string      `json:"as_of"`
	Start  string      `json:"start"`
	End    string      `json:"end"`
	Steps  []changeDoc `json:"steps"`
}

type changeDoc struct {
	Change string           `json:"change"`
	Value  string           `json:"value"`
	Deals  []changedDealDoc `json:"deals"`
}

type changedDealDoc struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func changesDocument(w *app.PipelineChanges, own data.Currency, period data.Period, from, last data.Day) changesDoc {
	money := func(minor int64) string { return data.Money{Minor: minor, Currency: own}.Decimal() }
	doc := changesDoc{Period: period.Name, From: from.String(), AsOf: last.String(), Start: money(w.Start), End: money(w.End), Steps: []changeDoc{}}
	for _, step := range w.Steps {
		x := changeDoc{Change: changeWord(step.Change), Value: money(step.Value), Deals: []changedDealDoc{}}
		for _, d := range step.Deals {
			x.Deals = append(x.Deals, changedDealDoc{w.IDs[d.Key].String(), w.Names[d.Key], money(d.Before), money(d.After)})
		}
		doc.Steps = append(doc.Steps, x)
	}
	return doc
}
