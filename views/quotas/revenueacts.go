package quotas

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// choices are the scenario, the cut and how fine the year is shown.
func (r *revenue) choices() fyne.CanvasObject {
	var plans []kit.Option
	for i := range r.sheet.Plans {
		plans = append(plans, kit.Option{Key: r.sheet.Plans[i].ID.String(), Text: r.sheet.Plans[i].Name})
	}
	plan := kit.NewPicker(kit.PickerOptions{Options: plans, OnPick: func(keys []string) {
		if id, err := data.ParseID(keys[0]); err == nil {
			r.pick(id)
		}
	}}, r.sheet.Plan.ID.String())
	by := kit.NewPicker(kit.PickerOptions{Icon: "layers", Options: []kit.Option{
		{Key: app.RevenueRegion, Text: lang.T("By region")}, {Key: app.RevenueSegment, Text: lang.T("By segment")}, {Key: app.RevenueFamily, Text: lang.T("By product line")},
	}, OnPick: func(keys []string) { r.cut(keys[0]) }}, r.by)
	fine := "quarters"
	if r.months {
		fine = "months"
	}
	in := kit.NewPicker(kit.PickerOptions{Options: []kit.Option{{Key: "quarters", Text: lang.T("Quarters")}, {Key: "months", Text: lang.T("Months")}}, OnPick: func(keys []string) { r.fine(keys[0] == "months") }}, fine)
	return kit.HBox(8, plan, by, in, kit.Space())
}

func (r *revenue) cut(by string) {
	r.by = by
	r.load(r.screen.host.View())
}

func (r *revenue) fine(months bool) {
	r.months = months
	if r.sheet != nil {
		r.show()
	}
	r.screen.host.Changed()
}

// primary is the next step of the plan.
func (r *revenue) primary() *kit.Action {
	if r.sheet == nil || r.screen.host.App.Book().ReadOnly {
		return nil
	}
	p := r.sheet.Plan
	switch {
	case p == nil:
		return &kit.Action{Text: lang.T("New plan"), Icon: "plus", Do: r.begin}
	case p.Status == data.RevenueApproved:
		return &kit.Action{Text: lang.T("Make quotas"), Icon: "quotas", Do: r.askQuotas}
	case p.Status == data.RevenueProposed:
		return &kit.Action{Text: lang.T("Approve"), Icon: "check", Do: func() { r.status(data.RevenueApproved, lang.T("Approve %s", p.Name)) }}
	case !p.Fixed() && !r.sheet.Divided():
		return &kit.Action{Text: lang.T("Divide"), Icon: "spread", Do: r.askSplit}
	case !p.Fixed():
		return &kit.Action{Text: lang.T("Propose"), Icon: "check", Do: func() { r.status(data.RevenueProposed, lang.T("Propose %s", p.Name)) }}
	}
	return nil
}

// commands are those of the face.
func (r *revenue) commands() []kit.Action {
	if r.sheet == nil {
		return nil
	}
	out := []kit.Action{
		{Text: lang.T("Plan by region"), Icon: "layers", Do: func() { r.cut(app.RevenueRegion) }},
		{Text: lang.T("Plan by segment"), Icon: "layers", Do: func() { r.cut(app.RevenueSegment) }},
		{Text: lang.T("Plan by product line"), Icon: "layers", Do: func() { r.cut(app.RevenueFamily) }},
		{Text: lang.T("Plan by months"), Icon: "cal", Do: func() { r.fine(true) }},
		{Text: lang.T("Plan by quarters"), Icon: "cal", Do: func() { r.fine(false) }},
	}
	p := r.sheet.Plan
	if r.screen.host.App.Book().ReadOnly {
		return out
	}
	out = append(out, kit.Action{Text: lang.T("New revenue plan"), Icon: "plus", Do: r.begin})
	if p == nil {
		return out
	}
	out = append(out,
		kit.Action{Text: lang.T("Copy the plan %s", p.Name), Icon: "copy", Do: r.askCopy},
		kit.Action{Text: lang.T("Name, stretch and note of %s", p.Name), Icon: "edit", Do: r.edit},
		kit.Action{Text: lang.T("History of %s", p.Name), Icon: "clock", Do: r.history},
		kit.Action{Text: lang.T("Remove the plan %s", p.Name), Icon: "x", Do: r.remove})
	if !p.Fixed() {
		out = append(out,
			kit.Action{Text: lang.T("Divide the plan"), Icon: "spread", Do: r.askSplit},
			kit.Action{Text: lang.T("Type the season"), Icon: "edit", Do: r.typeSeason},
			kit.Action{Text: lang.T("Season from history"), Icon: "clock", Do: r.seasonFromHistory},
			kit.Action{Text: lang.T("Approve the plan"), Icon: "check", Do: func() { r.status(data.RevenueApproved, lang.T("Approve %s", p.Name)) }})
	}
	if p.Status != data.RevenueDraft {
		out = append(out, kit.Action{Text: lang.T("Take the plan back to a draft"), Icon: "undo", Do: func() { r.status(data.RevenueDraft, lang.T("Take %s back to a draft", p.Name)) }})
	}
	if p.Status != data.RevenueArchived {
		out = append(out, kit.Action{Text: lang.T("Put the plan away"), Icon: "x", Do: func() { r.status(data.RevenueArchived, lang.T("Put %s away", p.Name)) }})
	}
	if p.Status == data.RevenueApproved {
		out = append(out, kit.Action{Text: lang.T("Make quotas from the plan"), Icon: "quotas", Do: r.askQuotas})
	}
	return out
}

func (r *revenue) act(what string, call func(ctx context.Context, rev *app.Revenue) error) {
	h := r.screen.host
	h.Act(what, func(ctx context.Context) error { return call(ctx, h.App.Revenue) }, nil)
}

func (r *revenue) status(to, what string) {
	plan := r.sheet.Plan.ID
	r.act(what, func(ctx context.Context, rev *app.Revenue) error { return rev.SetStatus(ctx, plan, to) })
}

func (r *revenue) draw(values []float64) {
	var season [app.QuotaMonths]float64
	copy(season[:], values)
	r.reseason(season)
}

func (r *revenue) reseason(season [app.QuotaMonths]float64) {
	plan := r.sheet.Plan.ID
	r.act(lang.T("Give the plan another season"), func(ctx context.Context, rev *app.Revenue) error { return rev.Reseason(ctx, plan, season) })
}

func (r *revenue) seasonFromHistory() {
	r.reseason(r.past.Shares())
}

func (r *revenue) typeSeason() {
	if !r.writes() {
		r.screen.host.Say(lang.T("The season of this plan stands; copy the plan to change it"))
		return
	}
	now := r.sheet.Whole.Months.Shares()
	askSeason(r.screen.host, seasonForm{
		title: lang.T("Season of %s", r.sheet.Plan.Name), months: r.sheet.Months, now: now[:],
		keep: func(season [app.QuotaMonths]float64) error { r.reseason(season); return nil },
	})
}

// editor edits an amount of the whole or of a line; what is typed for a quarter
// or the year goes to its months as they are now.
func (r *revenue) editor(e *kit.Edit) fyne.CanvasObject {
	columns := yearColumns(r.months)
	if e.Row >= len(r.rows) || r.rows[e.Row].line == revenueRest || e.Col < 1 || e.Col > len(columns) {
		return nil
	}
	c := app.RevenueCell{Months: columns[e.Col-1]}
	months := r.sheet.Whole.Months
	if l := r.rows[e.Row].line; l >= 0 {
		line := &r.sheet.Lines[l]
		c.By, c.ID, c.Name, months = r.by, line.ID, line.Name, line.Months
	}
	plan, before := r.sheet.Plan.ID, ""
	if sum := months.Sum(c.Months...); sum > 0 {
		before = revenueWords{r.sheet, r.screen.host.NumbersOf()}.exact(sum)
	}
	return kit.NewCellEntry(e, before, func(text string) error {
		if text = strings.TrimSpace(text); text == before {
			return nil
		}
		var err error
		if c.Amount, err = r.typed(cmp.Or(text, "0")); err != nil {
			r.screen.host.Say(kit.Message(err, ""))
			return err
		}
		r.act(lang.T("Plan %s", r.screen.host.NumbersOf().Exact(c.Amount)), func(ctx context.Context, rev *app.Revenue) error { return rev.Set(ctx, plan, c) })
		return nil
	})
}

func (r *revenue) remove() {
	plan := r.sheet.Plan
	kit.Confirm(r.screen.host.Window, kit.ConfirmOptions{
		Title: lang.T("Remove the plan %s?", plan.Name), Text: lang.T("Its amounts go with it. Quotas that were made from it stay. Undo brings all of it back."),
		Yes: lang.T("Remove the plan"), Danger: true,
		OnYes: func() {
			r.act(lang.T("Remove the plan %s", plan.Name), func(ctx context.Context, rev *app.Revenue) error { return rev.Remove(ctx, plan.ID) })
		},
	})
}

// edit changes what a plan is called and how far it stretches.
func (r *revenue) edit() {
	h, row := r.screen.host, r.sheet.Plan.Row
	h.ShowRecordForm(kit.RecordForm{
		Title: r.sheet.Plan.Name, Kind: row.Kind, Fields: []string{"name", "stretch", "note"}, Row: &row,
		Keep: func(ctx context.Context, values data.Values, _ kit.Values) error {
			return h.App.Records.Set(ctx, data.KindRevenuePlan, []data.ID{row.ID}, values)
		},
	})
}

// percentOf reads a percentage of a form.
func percentOf(v kit.Values, key string) (float64, error) {
	n, err := v.Number(key, 2)
	return float64(n) / 100, err
}

func monthKey(i int) string { return "month" + strconv.Itoa(i) }
