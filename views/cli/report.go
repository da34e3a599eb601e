package cli

import (
	"context"
	"os"
	"strings"

	"fieldbook/app"
	"fieldbook/app/logo"
	"fieldbook/data"
)

type reportCmd struct {
	Name   string     `arg:"" optional:"" enum:",${reports}" default:"" help:"Which: ${listed}. The last is PDF only."`
	List   bool       `help:"Print the names of the reports."`
	Saved  string     `placeholder:"NAME" help:"Begin with the saved report of this name; what else is said goes before it."`
	Period periodWord `placeholder:"PERIOD" help:"Such as 2017-Q3 or all; by default the quarter of the day where results are held against quotas, the year for win-loss and person-scorecard, else all time."`
	AsOf   dayWord    `placeholder:"DAY" help:"Day on which to look; today by default."`
	For    string     `placeholder:"WHO" help:"Only the team of this person, or this territory."`
	Where  []string   `sep:"none" placeholder:"FIELD=VALUE" help:"Only such deals: product, family, account, sector, country, stage, pipeline or owner. Several of one field mean any of them."`

	Chart []string `sep:"none" placeholder:"NAME[:BY[:AGAINST]]" help:"With charts: a card or chart, by person, manager, region, product or sector, and compared with before, year or quota; as often as there are to be charts."`

	Paper         string `enum:",a4,letter" default:"" placeholder:"SIZE" help:"a4 or letter; a4 by default."`
	Landscape     bool   `help:"Set it on paper lying on its side."`
	BlackAndWhite bool   `help:"Greys only, for a printer without colour."`
	Logo          string `type:"existingfile" placeholder:"FILE" help:"A PNG, JPEG or SVG for the head of the report."`
	Notes         string `placeholder:"TEXT|FILE" help:"What to say to it, on its last page: the text, or a file that has it."`
	State         string `placeholder:"FINGERPRINT|FILE.pdf" help:"Make it from what the book held in the state whose fingerprint a report bears, or from that of a report saved as PDF."`

	Out     string `type:"path" placeholder:"FILE" help:"The file to write, ending in .pdf, .png or .svg."`
	Print   bool   `help:"Send it to a printer."`
	Printer string `placeholder:"NAME" help:"With --print: to this printer; to the default one by default."`
	Copies  int    `default:"1" help:"With --print: how many."`
	Pages   string `placeholder:"PAGES" help:"With --print: such as 1-3,5; all by default."`
}

// Validate refuses other endings, and a command that would make nothing.
func (c reportCmd) Validate() error {
	switch {
	case c.List:
		return nil
	case c.Name == "" && c.Saved == "":
		return data.FieldErrorf("name", "name a report, or a saved one with --saved")
	case c.Out == "" && !c.Print:
		return data.FieldErrorf("out", "name a file with --out, or --print it")
	case c.Out == "":
		return nil
	}
	return endsIn(c.Out, ".pdf", ".png", ".svg")
}

func (c reportCmd) Run(ctx context.Context, s *session) error {
	if c.List {
		return s.lines(app.ReportNames())
	}
	return s.read(ctx, func(a *app.App) error {
		if c.State != "" {
			state, err := a.FindState(ctx, c.State)
			if err != nil {
				return err
			}
			then, done, err := a.At(ctx, state)
			if err != nil {
				return err
			}
			defer done()
			a = then
		}
		q, err := c.query(ctx, a)
		if err != nil {
			return err
		}
		if c.Out != "" {
			if err := a.Reports.Write(ctx, q, c.Out); err != nil {
				return err
			}
			if err := s.say("report written to %s", c.Out); err != nil {
				return err
			}
		}
		if !c.Print {
			return nil
		}
		paper, err := a.Reports.Paper(ctx, q)
		if err != nil {
			return err
		}
		id, err := a.Printing.Print(ctx, paper, app.PrintOrder{Printer: c.Printer, Copies: c.Copies, Pages: c.Pages})
		if err != nil {
			return err
		}
		return s.say("report sent to the printer %s", id)
	})
}

// query is the saved report, if any, with what the line says instead.
func (c reportCmd) query(ctx context.Context, a *app.App) (app.ReportQuery, error) {
	name, title, o, err := c.saved(ctx, a)
	if err != nil {
		return app.ReportQuery{}, err
	}
	if o, err = c.instead(o); err != nil {
		return app.ReportQuery{}, err
	}
	q, err := a.Reports.Query(name, o)
	if err != nil {
		return q, err
	}
	q.Title = title
	if c.For != "" {
		if q.Scope, err = a.FindScope(ctx, c.For); err != nil {
			return q, err
		}
	}
	if c.Logo != "" {
		raw, err := os.ReadFile(c.Logo)
		if err != nil {
			return q, data.Wrap(data.Refused, err, "The logo %s cannot be read.", c.Logo)
		}
		if q.Logo, err = logo.Read(raw); err != nil {
			return q, err
		}
	}
	return q, nil
}

// saved is what to begin with: the saved report, if any, under the name that the
// line says, and what a report of charts is called.
func (c reportCmd) saved(ctx context.Context, a *app.App) (name, title string, o app.ReportOptions, err error) {
	if c.Saved == "" {
		return c.Name, "", o, nil
	}
	saved, err := a.Reports.FindSaved(ctx, c.Saved)
	if err != nil {
		return "", "", o, err
	}
	if c.Name != "" {
		return c.Name, saved.Name, saved.Options, nil
	}
	return saved.Report, saved.Name, saved.Options, nil
}

// instead puts what the line says in the place of options.
func (c reportCmd) instead(o app.ReportOptions) (app.ReportOptions, error) {
	if strings.TrimSpace(string(c.Period)) != "" {
		o.Period = string(c.Period)
	}
	o.Letter = c.Paper == "letter" || c.Paper == "" && o.Letter
	o.Landscape, o.Mono = o.Landscape || c.Landscape, o.Mono || c.BlackAndWhite
	if len(c.Where) > 0 {
		filters, err := filtersOf(c.Where)
		if err != nil {
			return o, err
		}
		o.Filters = filters
	}
	if len(c.Chart) > 0 {
		o.Charts = nil
	}
	for _, text := range c.Chart {
		chart, err := app.ParseReportChart(text)
		if err != nil {
			return o, err
		}
		o.Charts = append(o.Charts, chart)
	}
	if c.Notes != "" {
		o.Notes = c.Notes
		if raw, err := os.ReadFile(c.Notes); err == nil {
			o.Notes = string(raw)
		}
	}
	if c.AsOf != (dayWord{}) {
		o.AsOf = c.AsOf.day.String()
	}
	return o, nil
}

func filtersOf(words []string) ([]app.ReportFilter, error) {
	var out []app.ReportFilter
	for _, w := range words {
		field, value, ok := strings.Cut(w, "=")
		if !ok || strings.TrimSpace(value) == "" {
			return nil, data.FieldErrorf("where", "%q is not FIELD=VALUE", w)
		}
		out = append(out, app.ReportFilter{Field: strings.ToLower(strings.TrimSpace(field)), Value: strings.TrimSpace(value)})
	}
	return out, nil
}
