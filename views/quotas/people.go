package quotas

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// people is the face that tells what stands on everybody's quota: ramp, leave,
// targets by count and signatures.
type people struct {
	screen *Screen
	loader *kit.Loader
	table  *kit.Table
	panel  *kit.Panel
	terms  *app.QuotaTerms
}

func newPeople(s *Screen) *people {
	p := &people{screen: s}
	const right = fyne.TextAlignTrailing
	p.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "name", Title: lang.T("Person"), Width: 170, Grow: 1, Fixed: true},
			{Key: "set", Title: lang.T("Quota as set"), Width: 100, Align: right},
			{Key: "effective", Title: lang.T("Effective"), Width: 100, Align: right},
			{Key: "why", Title: lang.T("Ramp and leave"), Width: 250, Grow: 2},
			{Key: "targets", Title: lang.T("Targets by count"), Width: 210, Grow: 1},
			{Key: "signed", Title: lang.T("Signed"), Width: 190, Grow: 1},
		},
		OnOpen: p.open, OnMenu: p.menu,
	})
	p.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("What stands on each quota"), Flush: true, Body: p.table})
	p.loader = s.host.Loader(container.NewStack(kit.Page(kit.Grow(p.panel))))
	return p
}

func (p *people) load(v kit.View) {
	year := p.screen.year
	kit.Load(p.loader, func(ctx context.Context) (*app.QuotaTerms, error) {
		return p.screen.host.App.Quotas.Terms(ctx, year, v.AsOf, v.Scope)
	}, func(t *app.QuotaTerms) {
		p.terms = t
		p.show()
		p.screen.host.Changed()
	})
}

func (p *people) show() {
	n := p.screen.host.NumbersOf()
	rows := make(kit.SliceRows, len(p.terms.People))
	for i := range p.terms.People {
		t := &p.terms.People[i]
		set, effective := kit.Cell{Text: kit.EnDash}, kit.Cell{Text: kit.EnDash}
		if t.HasQuota {
			set.Text, effective.Text = n.Whole(t.Set), n.Whole(t.Effective)
			effective.Bold = true
		}
		signed := kit.Cell{Text: lang.T("not signed"), Color: kit.ColorFg2}
		if t.Signed != nil {
			signed = kit.Cell{Text: lang.T("signed for %s, %s", n.Whole(t.SignedFor), n.Day(t.Signed.Day("day")))}
			if t.Differs {
				signed.Color = kit.ColorWarn
			}
		}
		rows[i] = kit.Row{ID: t.Person.String(), Cells: []kit.Cell{{Text: t.Name}, set, effective, {Text: t.Why(n)}, {Text: p.targets(t)}, signed}}
	}
	p.table.SetRows(rows)
	p.panel.SetCaption(lang.T("%s, %s; effective is after ramp, leave and days in role", p.terms.Period.Name, string(p.terms.Currency)))
}

// targets sums up what is to be done and what was.
func (p *people) targets(t *app.QuotaTerm) string {
	n := p.screen.host.NumbersOf()
	var order []string
	sums := map[string][2]float64{}
	for _, l := range t.Targets {
		measure := l.Row.Text("measure")
		if _, ok := sums[measure]; !ok {
			order = append(order, measure)
		}
		done, _ := l.Done.Value()
		sums[measure] = [2]float64{sums[measure][0] + done, sums[measure][1] + l.Target}
	}
	var parts []string
	for _, m := range order {
		parts = append(parts, lang.T("%s %s of %s", m, n.Count(int(sums[m][0]+0.5)), n.Count(int(sums[m][1]+0.5))))
	}
	return strings.Join(parts, ", ")
}

func (p *people) open(row int) {
	p.screen.host.Go(kit.Target{Screen: "roster", Kind: data.KindPerson, ID: p.terms.People[row].Person})
}

func (p *people) menu(row int, at fyne.Position) {
	p.screen.host.ShowActions(at, p.about(&p.terms.People[row]))
}

// about is what can be done with a person's terms.
func (p *people) about(t *app.QuotaTerm) []kit.Action {
	if p.screen.host.App.Book().ReadOnly {
		return nil
	}
	out := []kit.Action{
		{Text: lang.T("Put %s on a ramp", t.Name), Icon: "plus", Do: func() { p.edit(data.KindRamp, t.Person, nil) }},
		{Text: lang.T("Enter leave of %s", t.Name), Icon: "cal", Do: func() { p.edit(data.KindAbsence, t.Person, nil) }},
		{Text: lang.T("Set a target by count for %s", t.Name), Icon: "plus", Do: func() { p.edit(data.KindTarget, t.Person, nil) }},
	}
	for _, list := range [][]data.Row{t.Ramps, t.Absences} {
		for _, row := range list {
			out = append(out, p.change(row)...)
		}
	}
	for _, l := range t.Targets {
		out = append(out, p.change(l.Row)...)
	}
	return out
}

// change edits or removes a record that is there.
func (p *people) change(row data.Row) []kit.Action {
	what := map[string]string{
		data.KindRamp: lang.T("the ramp %s", row.Labels["profile"]), data.KindAbsence: lang.T("the leave from %s", p.screen.host.NumbersOf().Day(row.Day("start_day"))),
		data.KindCommissionPlan: lang.T("the commission plan %s", row.Title()),
		data.KindTarget:         lang.T("the target %s of %s", row.Text("measure"), monthText(p.screen.host, row.Day("month"))),
	}[row.Kind.Name]
	h := p.screen.host
	return []kit.Action{
		{Text: lang.T("Change %s", what), Icon: "edit", Do: func() { p.edit(row.Kind.Name, data.NoID, &row) }},
		{Text: lang.T("Remove %s", what), Icon: "x", Do: func() {
			h.Act(lang.T("Remove %s", what), func(ctx context.Context) error { return h.App.Records.Remove(ctx, row.Kind.Name, []data.ID{row.ID}) }, nil)
		}},
	}
}

// edit shows the form of a record: a new one of a person, or one that is there.
func (p *people) edit(name string, person data.ID, row *data.Row) {
	h := p.screen.host
	kind, err := data.KindByName(name)
	if err != nil {
		return // a name of our own
	}
	fields := map[string][]string{
		data.KindRamp: {"person", "profile", "start_day"}, data.KindAbsence: {"person", "start_day", "end_day", "relief", "note"},
		data.KindTarget: {"person", "measure", "month", "target"}, data.KindRampProfile: {"name", "shares", "role"},
		data.KindCommissionPlan: {"name", "role", "rates", "start_day", "note"},
	}[name]
	form := kit.RecordForm{Title: lang.T("New %s", strings.ToLower(kind.Label)), Kind: kind, Fields: fields, Row: row}
	if row != nil {
		form.Title = kind.Label
	} else if name == data.KindCommissionPlan {
		form.Preset = &data.Row{Kind: kind, Values: data.Values{"role": data.RoleRep, "rates": "0: 3; 80: 5; 100: 8; 120: 10", "start_day": h.View().Today}}
	} else if !person.IsZero() {
		form.Preset = &data.Row{Kind: kind, Values: data.Values{"person": person}}
	}
	form.Keep = func(ctx context.Context, values data.Values, _ kit.Values) error {
		if row != nil {
			return h.App.Records.Set(ctx, name, []data.ID{row.ID}, values)
		}
		_, err := h.App.Records.Add(ctx, name, values)
		return err
	}
	h.ShowRecordForm(form)
}

// commands are those of the face.
func (p *people) commands() []kit.Action {
	h := p.screen.host
	if h.App.Book().ReadOnly || p.terms == nil {
		return nil
	}
	year := p.terms.Period
	out := []kit.Action{
		{Text: lang.T("Sign my quota for %s", year.Name), Icon: "check", Do: func() {
			h.Act(lang.T("Sign my quota for %s", year.Name), func(ctx context.Context) error { return h.App.Quotas.Sign(ctx, year) }, nil)
		}},
		{Text: lang.T("New ramp profile"), Icon: "plus", Do: func() { p.edit(data.KindRampProfile, data.NoID, nil) }},
		{Text: lang.T("Put somebody on a ramp"), Icon: "plus", Do: func() { p.edit(data.KindRamp, data.NoID, nil) }},
		{Text: lang.T("Enter leave"), Icon: "cal", Do: func() { p.edit(data.KindAbsence, data.NoID, nil) }},
		{Text: lang.T("Set a target by count"), Icon: "plus", Do: func() { p.edit(data.KindTarget, data.NoID, nil) }},
	}
	out = append(out, kit.Action{Text: lang.T("New commission plan"), Icon: "plus", Do: func() { p.edit(data.KindCommissionPlan, data.NoID, nil) }}, kit.Action{Text: lang.T("Season that pace follows"), Icon: "edit", Do: p.season})
	for _, pay := range p.terms.Pay {
		out = append(out, p.change(pay)...)
	}
	for _, profile := range p.terms.Profiles {
		out = append(out, kit.Action{Text: lang.T("Change the ramp profile %s", profile.Title()), Icon: "edit", Do: func() { p.edit(data.KindRampProfile, data.NoID, &profile) }})
	}
	if ids := p.table.SelectedIDs(); len(ids) == 1 {
		for i := range p.terms.People {
			if p.terms.People[i].Person.String() == ids[0] {
				out = append(out, p.about(&p.terms.People[i])...)
			}
		}
	}
	return out
}

// season asks for the share of each month in a year's sales, which pace follows.
func (p *people) season() {
	h := p.screen.host
	kept := h.App.Settings.Season()
	cal := h.App.Book().Calendar
	months, now := cal.Months(p.terms.Period), make([]float64, app.QuotaMonths)
	place := func(i int) int { return int(months[i].From.Time().Month()) - 1 } // in a calendar year
	for i := range now {
		if now[i] = kept[place(i)]; kept == [app.QuotaMonths]float64{} {
			now[i] = 100.0 / app.QuotaMonths
		}
	}
	askSeason(h, seasonForm{title: lang.T("Season that pace follows"), months: months, now: now, keep: func(season [app.QuotaMonths]float64) error {
		var calendar [app.QuotaMonths]float64
		for i, x := range season {
			calendar[place(i)] = x
		}
		h.Act(lang.T("Change the season that pace follows"), func(ctx context.Context) error { return h.App.Settings.SetSeason(ctx, calendar) }, nil)
		return nil
	}})
}
