package quotas

import (
	"context"
	"strings"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

func (r *revenue) form(title, save string, fields []kit.Field, keep func(kit.Values) error) {
	h := r.screen.host
	kit.ShowForm(h.Window, title, kit.NewForm(kit.FormOptions{Fields: fields, Today: h.View().Today, Runner: h.Runner, Save: save, OnSave: keep}))
}

// checkAmount says what is wrong with a typed amount.
func (r *revenue) checkAmount(text string) string {
	_, err := r.typed(text)
	if err != nil {
		return kit.Message(err, lang.T("Write an amount such as 4000000, 4m or 4,000,000"))
	}
	return ""
}

func (r *revenue) typed(text string) (int64, error) {
	return app.ParseOwnAmount(text, r.screen.host.App.Book().Currency)
}

// begin asks for the first number of a scenario.
func (r *revenue) begin() {
	total, help := "", lang.T("In %s; 4m is 4,000,000", string(r.screen.host.App.Book().Currency))
	if won := r.sheet.Whole.Won; won > 0 {
		total = unit{currency: r.sheet.Currency}.typed(won)
		help += "; " + lang.T("the last 12 months brought %s", r.screen.host.NumbersOf().Short(won))
	}
	season := []kit.Option{{Key: "history", Text: lang.T("As in the years before")}, {Key: "even", Text: lang.T("Every month alike")}}
	r.form(lang.T("New revenue plan for %s", r.sheet.Year.Name), lang.T("Begin the plan"), []kit.Field{
		{Key: "name", Label: lang.T("Name"), Required: true, Hint: lang.T("Steady growth")},
		{Key: "total", Label: lang.T("The year is to bring"), Required: true, Value: total, Help: help, Check: r.checkAmount},
		{Key: "stretch", Label: lang.T("Stretch, in percent above it"), Kind: kit.FieldNumber, Value: "10"},
		{Key: "season", Label: lang.T("Season"), Kind: kit.FieldChoice, Required: true, Value: season[0].Key, Options: season},
	}, func(v kit.Values) error {
		n := app.NewRevenue{Name: v["name"], Year: r.sheet.Year}
		var err error
		if n.Total, err = r.typed(v["total"]); err != nil {
			return err
		}
		if n.Stretch, err = percentOf(v, "stretch"); err != nil {
			return err
		}
		if v["season"] == "history" {
			n.Season = r.past.Shares()
		}
		var made data.ID
		h := r.screen.host
		h.Act(lang.T("Begin the revenue plan %s", n.Name), func(ctx context.Context) (err error) {
			made, err = h.App.Revenue.Add(ctx, n)
			return err
		}, func() { r.pick(made) })
		return nil
	})
}

// askSplit asks how the whole is divided among the lines of the cut.
func (r *revenue) askSplit() {
	ways := []kit.Option{{Key: app.RevenueByHistory, Text: lang.T("By what was won in the last 12 months")}, {Key: app.RevenueEqually, Text: lang.T("In equal parts")}}
	if r.by != app.RevenueFamily {
		ways = append(ways, kit.Option{Key: app.RevenueByPotential, Text: lang.T("By potential")})
	}
	if r.by == app.RevenueRegion {
		ways = append(ways, kit.Option{Key: app.RevenueByCapacity, Text: lang.T("By what people there can sell")})
	}
	cuts := []kit.Option{{Key: app.RevenueRegion, Text: lang.T("Regions")}, {Key: app.RevenueSegment, Text: lang.T("Segments")}, {Key: app.RevenueFamily, Text: lang.T("Product lines")}}
	plan, by := r.sheet.Plan.ID, r.by
	for _, c := range cuts {
		if c.Key == by {
			cuts[0] = c
		}
	}
	r.form(lang.T("Divide %s among %s", r.sheet.Plan.Name, strings.ToLower(cuts[0].Text)), lang.T("Divide"), []kit.Field{
		{Key: "how", Label: lang.T("How"), Kind: kit.FieldChoice, Required: true, Value: ways[0].Key, Options: ways, Wide: true, Help: lang.T("What stands there now is overwritten; every month adds up to the plan")},
	}, func(v kit.Values) error {
		r.act(lang.T("Divide the plan"), func(ctx context.Context, rev *app.Revenue) error { return rev.Split(ctx, plan, by, v["how"]) })
		return nil
	})
}

// askCopy asks what the copy is called and how much more it asks for.
func (r *revenue) askCopy() {
	plan := r.sheet.Plan
	r.form(lang.T("Copy %s", plan.Name), lang.T("Copy the plan"), []kit.Field{
		{Key: "name", Label: lang.T("Name"), Required: true, Value: lang.T("%s, copy", plan.Name)},
		{Key: "change", Label: lang.T("Change in percent"), Kind: kit.FieldNumber, Value: "0", Help: lang.T("5 makes it 5% higher, –5 lower"), Check: checkChange},
	}, func(v kit.Values) error {
		change, err := v.Number("change", 2)
		if err != nil {
			return err
		}
		var made data.ID
		h := r.screen.host
		h.Act(lang.T("Copy %s", plan.Name), func(ctx context.Context) (err error) {
			made, err = h.App.Revenue.Copy(ctx, app.CopyRevenue{Plan: plan.ID, Name: v["name"], Change: change})
			return err
		}, func() { r.pick(made) })
		return nil
	})
}

// askQuotas asks how people share what their region is asked for.
func (r *revenue) askQuotas() {
	plan := r.sheet.Plan
	r.form(lang.T("Make the quotas of %s", plan.Year.Name), lang.T("Make quotas"), []kit.Field{
		{Key: "how", Label: lang.T("People of a region share it"), Kind: kit.FieldChoice, Required: true, Value: app.RevenueEqually, Options: []kit.Option{
			{Key: app.RevenueEqually, Text: lang.T("In equal parts")}, {Key: app.RevenueByHistory, Text: lang.T("By what was won in the last 12 months")}, {Key: app.RevenueByPotential, Text: lang.T("By potential")},
		}},
		{Key: "over", Label: lang.T("Above the plan, in percent"), Kind: kit.FieldNumber, Value: "0", Help: lang.T("So much more than the plan people are asked for together")},
	}, func(v kit.Values) error {
		over, err := v.Number("over", 2)
		if err != nil {
			return err
		}
		h := r.screen.host
		var made *app.RevenueQuotasMade
		h.Act(lang.T("Make the quotas of %s", plan.Year.Name), func(ctx context.Context) (err error) {
			made, err = h.App.Revenue.MakeQuotas(ctx, app.RevenueQuotas{Plan: plan.ID, Over: over, How: v["how"]})
			return err
		}, func() { h.Say(r.quotasMade(made)) })
		return nil
	})
}

func (r *revenue) quotasMade(m *app.RevenueQuotasMade) string {
	n := r.screen.host.NumbersOf()
	out := lang.T("%s quotas for %s people in %s regions", n.Count(m.Quotas), n.Count(m.People), n.Count(m.Regions))
	if len(m.Nobody) > 0 {
		out += "; " + lang.T("nobody sells in %s", strings.Join(m.Nobody, ", "))
	}
	return out
}

// seasonForm asks for the shares of twelve months.
type seasonForm struct {
	title  string
	months []data.Period
	now    []float64
	keep   func([app.QuotaMonths]float64) error
}

// askSeason shows the form; what is typed is made to add up to 100.
func askSeason(h *kit.Host, f seasonForm) {
	var fields []kit.Field
	for i, m := range f.months {
		fields = append(fields, kit.Field{Key: monthKey(i), Label: columnTitle(m), Kind: kit.FieldNumber, Value: h.NumbersOf().Number(f.now[i], 2)})
	}
	fields[len(fields)-1].Help = lang.T("Percent of the year; they are made to add up to 100")
	kit.ShowForm(h.Window, f.title, kit.NewForm(kit.FormOptions{Fields: fields, Today: h.View().Today, Runner: h.Runner, Save: lang.T("Keep the season"), OnSave: func(v kit.Values) error {
		var season [app.QuotaMonths]float64
		sum := 0.0
		for i := range season {
			x, err := percentOf(v, monthKey(i))
			if err != nil {
				return err
			}
			if x < 0 {
				return data.FieldErrorf(monthKey(i), "%s", lang.T("A share cannot be below 0"))
			}
			season[i] = x
			sum += x
		}
		if sum == 0 {
			return data.Errorf(data.Invalid, "%s", lang.T("Some month must bring something"))
		}
		for i := range season {
			season[i] *= 100 / sum
		}
		return f.keep(season)
	}}))
}
