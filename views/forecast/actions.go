package forecast

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

func (s *Screen) writable() bool {
	return !s.host.App.Book().ReadOnly && s.sheet != nil && !s.sheet.Period.IsAll() && s.sheet.Period.Name != ""
}

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	if s.scoring || !s.writable() {
		return nil
	}
	return &kit.Action{Text: lang.T("Submit forecast"), Icon: "check", Do: func() { s.submit(data.NoID, "") }}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	if s.scoring {
		return []kit.Action{{Text: lang.T("Show the roll-up"), Icon: "forecast", Do: func() { s.turn(false) }}}
	}
	charts := append(s.host.ChartActions(s.course.Chart(), s.shownChange().Chart()), s.flowAction(), kit.Action{Text: lang.T("Show the accuracy of forecasts"), Icon: "forecast", Do: func() { s.turn(true) }})
	charts = append(charts, s.learnedAction())
	if !s.writable() {
		return charts
	}
	out := append([]kit.Action{*s.Primary()}, charts...)
	if i := s.chosen(); i >= 0 {
		out = append(out, s.about(s.rows[i].at)...)
	}
	return out
}

// flowAction turns between what changed and what became of the deals.
func (s *Screen) flowAction() kit.Action {
	text := lang.T("Show what became of open deals")
	if s.flowing {
		text = lang.T("Show what changed in the open value")
	}
	return kit.Action{Text: text, Icon: "forecast", Do: func() { s.showFlow(!s.flowing) }}
}

// chosen is the row that is selected, -1 for none.
func (s *Screen) chosen() int {
	ids := s.table.SelectedIDs()
	if len(ids) != 1 {
		return -1
	}
	return slices.IndexFunc(s.rows, func(l line) bool { return l.row.ID == ids[0] })
}

// about is what can be done with a person or team.
func (s *Screen) about(r app.RollupRow) []kit.Action {
	if r.Person.IsZero() {
		return nil
	}
	out := []kit.Action{
		{Text: lang.T("Adjust the forecast of %s", r.Name), Icon: "edit", Do: func() { s.askAdjust(r) }},
		{Text: lang.T("Submit for %s", r.Name), Icon: "check", Do: func() { s.submit(r.Person, r.Name) }},
		{Text: lang.T("What %s said before", r.Name), Icon: "clock", Do: func() { s.history(r) }},
		{Text: lang.T("Open the deals of %s", r.Name), Icon: "pipeline", Do: func() { s.deals(r) }},
	}
	if r.Adjusted != 0 {
		out = append(out, kit.Action{Text: lang.T("Take the adjustment back"), Icon: "undo", Do: func() { s.reset(r) }})
	}
	return out
}

func (s *Screen) menu(row int, at fyne.Position) {
	if s.writable() {
		s.host.ShowActions(at, s.about(s.rows[row].at))
	}
}

// adjust is a double click or Enter on a row.
func (s *Screen) adjust(row int) {
	if r := s.rows[row].at; s.writable() && !r.Person.IsZero() {
		s.askAdjust(r)
	}
}

// ask shows a form of fields that belong to no record.
func (s *Screen) ask(title, save string, fields []kit.Field, keep func(ctx context.Context, v kit.Values) error) {
	s.host.Ask(kit.Question{Title: title, Save: save, Fields: fields, Keep: keep})
}

func (s *Screen) askAdjust(r app.RollupRow) {
	period, digits := s.sheet.Period, s.sheet.num.Currency.Digits()
	s.ask(lang.T("Adjust the forecast of %s", r.Name), lang.T("Save"), []kit.Field{
		{
			Key: "amount", Label: lang.T("By how much, in %s", string(s.sheet.num.Currency)), Kind: kit.FieldNumber, Required: true,
			Help: lang.T("Less with a minus; 0 takes the adjustment back. Of a team it stands beside those of its people."),
		},
		{Key: "note", Label: lang.T("Why"), Value: r.Note, Wide: true, Help: lang.T("Those above see it, the person does not")},
	}, func(ctx context.Context, v kit.Values) error {
		amount, err := v.Number("amount", digits)
		if err != nil {
			return err
		}
		return s.host.App.Calls.Adjust(ctx, r.Person, period, amount, v["note"])
	})
}

func (s *Screen) reset(r app.RollupRow) {
	period := s.sheet.Period
	s.host.Act(lang.T("Take the adjustment back"), func(ctx context.Context) error { return s.host.App.Calls.Adjust(ctx, r.Person, period, 0, "") }, nil)
}

// submit asks for a call: of the person named, else of who uses the book.
func (s *Screen) submit(person data.ID, name string) {
	var me app.Me
	s.host.Act(lang.T("Submit forecast"), func(ctx context.Context) (err error) {
		me, err = s.host.App.Me(ctx)
		return err
	}, func() {
		if person.IsZero() {
			person, name = me.ID, me.Name
		}
		s.askSubmit(person, name)
	})
}

func (s *Screen) askSubmit(person data.ID, name string) {
	period, digits := s.sheet.Period, s.sheet.num.Currency.Digits()
	forecast := s.sheet.rollup.Total.Forecast
	for _, r := range s.sheet.rollup.Rows {
		if r.Person == person && !person.IsZero() {
			forecast = r.Forecast
			break // a team comes before the person's own row
		}
	}
	fields := []kit.Field{
		{
			Key: "amount", Label: lang.T("My call for %s, in %s", kit.PeriodText(period), string(s.sheet.num.Currency)), Kind: kit.FieldNumber, Required: true,
			Value: data.Money{Minor: forecast, Currency: s.sheet.num.Currency}.Decimal(), Help: lang.T("The roll-up says %s", s.sheet.num.Whole(forecast)),
		},
		{Key: "note", Label: lang.T("Note"), Wide: true},
	}
	if person.IsZero() {
		who := s.host.ReferenceField("person", lang.T("Whose call"), data.KindPerson)
		who.Required = true
		fields = append([]kit.Field{who}, fields...)
	}
	title := lang.T("Submit forecast")
	if name != "" {
		title = lang.T("Submit the forecast of %s", name)
	}
	s.ask(title, lang.T("Submit"), fields, func(ctx context.Context, v kit.Values) error {
		amount, err := v.Number("amount", digits)
		if err != nil {
			return err
		}
		of := person
		if of.IsZero() {
			of = v.Ref("person")
		}
		_, err = s.host.App.Calls.Submit(ctx, of, period, amount, v["note"])
		return err
	})
}

// history lists what a person said for the period.
func (s *Screen) history(r app.RollupRow) {
	period := s.sheet.Period
	var calls []app.ForecastCall
	s.host.Act(lang.T("What %s said before", r.Name), func(ctx context.Context) (err error) {
		calls, err = s.host.App.Calls.History(ctx, r.Person, period.Name)
		return err
	}, func() {
		num := s.sheet.num
		list := kit.NewList(kit.ListOptions{TwoLine: true})
		var rows []kit.ListRow
		for _, c := range slices.Backward(calls) {
			detail := lang.T("won %s, commit %s, best case %s, pipeline %s", num.Short(c.Closed), num.Short(c.Commit), num.Short(c.BestCase), num.Short(c.Pipeline))
			if c.Note != "" {
				detail = c.Note + " · " + detail
			}
			rows = append(rows, kit.ListRow{Key: c.ID.String(), Title: num.DayYear(c.Day), Detail: detail, Right: num.Whole(c.Amount)})
		}
		if len(rows) == 0 {
			rows = []kit.ListRow{{Header: true, Title: lang.T("Nothing was submitted for %s", kit.PeriodText(period))}}
		}
		list.SetRows(rows)
		kit.ShowDialog(s.host.Window, kit.DialogOptions{
			Title: lang.T("What %s said for %s", r.Name, kit.PeriodText(period)), Width: 560, Body: kit.MinBox(fyne.NewSize(520, 300), list),
		})
	})
}

// deals opens the open deals of a person that are to close in the period.
func (s *Screen) deals(r app.RollupRow) {
	q, title := s.sheet.FigureQuery, lang.T("Due in %s, %s", kit.PeriodText(s.sheet.Period), r.Name)
	q.Scope = data.Scope{Person: r.Person, Team: r.Team}
	var keys []data.Key
	s.host.Act(title, func(ctx context.Context) (err error) {
		keys, err = s.host.App.Calls.Due(ctx, q)
		return err
	}, func() { s.host.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, Keys: keys, Title: title}) })
}
