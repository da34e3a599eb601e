package home

import (
	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// goalCards are attainment, forecast, gap, coverage and the deals still needed.
func (s *sheet) goalCards(f *app.GoalFigures) [cardCount]card {
	attained := s.attainment()
	if !s.Scope.Team && s.Scope.Territory.IsZero() {
		attained.Name = lang.T("Attainment, everyone")
	}
	return [cardCount]card{attained, s.expected(f), s.gap(f), s.coverage(), s.winsNeeded(f)}
}

// due links to the open deals that count in the period.
func (s *sheet) due(f *app.GoalFigures) string {
	return s.links.Keys(lang.T("Open deals, %s", s.span()), data.KindDeal, f.DueKeys())
}

func (s *sheet) expected(f *app.GoalFigures) card {
	c := card{Card: report.Card{Name: lang.T("Forecast to %s", s.lastDay()), Text: s.num.Short(f.Forecast.Forecast), Sub: lang.T("%s won", s.num.Short(f.Forecast.Won)), Key: s.due(f)}}
	if s.Period.IsAll() {
		c.Name = lang.T("Forecast")
	}
	if f.Forecast.HasGoal && f.Forecast.Goal > 0 {
		share := float64(f.Forecast.Forecast) / float64(f.Forecast.Goal)
		c.Change, c.trend = lang.T("%s of the goal", s.num.Percent(share)), share-1
		c.Tone = toneOf(c.trend)
	}
	return c
}

func (s *sheet) gap(f *app.GoalFigures) card {
	c := card{Card: report.Card{Name: lang.T("Gap to the goal"), Text: lang.T("n/a"), Sub: lang.T("no quota"), Key: s.due(f)}}
	switch gap := f.Forecast.Gap(); {
	case !f.Forecast.HasGoal:
	case gap == 0:
		c.Text, c.Sub = lang.T("none"), lang.T("of %s", s.num.Short(f.Forecast.Goal))
		c.Change, c.trend, c.Tone = lang.T("the forecast meets the goal"), 1, report.Good
	default:
		c.Text, c.Sub = s.num.Short(gap), lang.T("of %s", s.num.Short(f.Forecast.Goal))
		c.Change, c.trend, c.Tone = lang.T("%s of the goal", s.num.Percent(float64(gap)/float64(f.Forecast.Goal))), -1, report.Bad
	}
	return c
}

func (s *sheet) winsNeeded(f *app.GoalFigures) card {
	w := f.Wins
	c := card{Card: report.Card{Name: lang.T("Wins that close it"), Text: lang.T("n/a"), Key: s.due(f)}}
	switch {
	case !w.Known:
		c.Sub = lang.T("too few to tell, n = %s", s.num.Count(w.Rate.N))
	case w.Won == 0:
		c.Text, c.Sub = lang.T("none"), lang.T("at %s each", s.num.Short(w.Average))
	default:
		c.Text, c.Sub = s.num.Count(w.Won), lang.T("at %s each", s.num.Short(w.Average))
		c.Change = lang.T("%s decided at a win rate of %s", s.deals(w.Decided), s.share(w.Rate.Ratio))
	}
	return c
}

// groupRows are teams, regions or territories, each leading to its open deals.
func (s *sheet) groupRows(g app.GoalGroups) (kit.SliceRows, []app.PaneLink) {
	var rows kit.SliceRows
	var links []app.PaneLink
	for i := range g.Rows {
		r := &g.Rows[i]
		row := s.goalRow(s.name(&r.Row), goalLine{won: r.Credited.Minor, expected: r.Forecast(), goal: r.Quota.Minor, hasGoal: r.Quota.Set, gap: r.Gap(), due: r.Due.Value})
		row.ID = r.ID.String()
		row.Cells[7] = s.covered(&r.Row)
		rows = append(rows, row)
		links = append(links, app.PaneLink{Title: lang.T("Open deals of %s, %s", s.name(&r.Row), s.span()), Kind: data.KindDeal, Keys: r.Due.Keys})
	}
	return rows, links
}

// goalTotal is the whole, with what managers adjusted; the rows of teams have that too.
func (s *sheet) goalTotal(f *app.GoalFigures, by metrics.By) kit.Row {
	var due int64
	for _, st := range f.Stages {
		due += st.Due.Value
	}
	fc := f.Forecast
	name := lang.T("All")
	if fc.Adjusted != 0 && by != metrics.ByManager {
		name = lang.T("All, adjusted")
	}
	row := s.goalRow(name, goalLine{fc.Won, fc.Forecast, fc.Goal, fc.HasGoal, fc.Gap(), due})
	row.Cells[7] = s.covered(&s.Team.Total)
	row.Bold = true
	return row
}

// goalLine is a row of the table of groups, in minor units.
type goalLine struct {
	won, expected, goal int64
	hasGoal             bool
	gap, due            int64
}

func (s *sheet) goalRow(name string, l goalLine) kit.Row {
	none := kit.Cell{Text: kit.EnDash, Color: kit.ColorFg2}
	cells := []kit.Cell{{Text: name}, {}, none, {Text: s.num.Whole(l.won)}, {Text: s.num.Whole(l.expected)}, none, {Text: s.num.Whole(l.due)}, none}
	if l.hasGoal && l.goal > 0 {
		cells[1].Bar = &kit.Bar{
			Done: min(1, float64(l.won)/float64(l.goal)/barEnd), Expected: min(1, float64(l.expected)/float64(l.goal)/barEnd), Full: 1 / barEnd,
		}
		cells[2] = kit.Cell{Text: s.num.Whole(l.goal)}
		cells[5] = kit.Cell{Text: lang.T("none"), Color: kit.ColorFg2}
		if l.gap > 0 {
			cells[5] = kit.Cell{Text: s.num.Whole(l.gap), Bold: true}
		}
	}
	return kit.Row{Cells: cells}
}

// stageRows are the stages of the deals due, each leading to them.
func (s *sheet) stageRows(f *app.GoalFigures) (kit.SliceRows, []app.PaneLink) {
	var rows kit.SliceRows
	var links []app.PaneLink
	var most int64 = 1
	for _, st := range f.Stages {
		most = max(most, st.Due.Value)
	}
	for _, st := range f.Stages {
		chance := kit.Cell{Text: s.num.Percent(st.Chance.Share())}
		if !st.Chance.Learned {
			chance.Text, chance.Color = lang.T("%s set", chance.Text), kit.ColorFg2
		}
		rows = append(rows, kit.Row{ID: st.Name, Cells: []kit.Cell{
			{Text: st.Name},
			{Bar: &kit.Bar{Done: float64(st.Weighted) / float64(most), Full: float64(st.Due.Value) / float64(most)}},
			{Text: s.num.Count(len(st.Due.Keys))},
			{Text: s.num.Whole(st.Due.Value)},
			chance,
			{Text: s.num.Whole(st.Weighted)},
			{Text: s.num.Whole(st.Lost())},
			{Text: s.num.Whole(st.Stalled.Value)},
		}})
		links = append(links, app.PaneLink{Title: lang.T("Due in %s, %s", st.Name, s.span()), Kind: data.KindDeal, Keys: st.Due.Keys})
	}
	return rows, links
}

// toDo is what has to happen: what closes the gap, the deals at risk and the
// people to help.
func (s *sheet) toDo(f *app.GoalFigures) []kit.ListRow {
	rows := s.closers(f)
	if len(f.Risks) > 0 {
		rows = append(rows, kit.ListRow{Header: true, Title: lang.T("Save what is at risk"), Detail: lang.T("%s, %s", s.deals(len(f.AtRisk.Keys)), s.num.Short(f.AtRisk.Value)), Tone: kit.ToneWarn})
		for _, r := range f.Risks {
			row := s.deal(r.DealLine)
			row.Icon, row.Detail = "warn", join(" · ", s.first(r.Owner), report.ReasonNames(r.Reasons))
			row.RightDetail = kit.DayText(s.num, r.Close, s.AsOf)
			rows = append(rows, row)
		}
		if len(f.AtRisk.Keys) > len(f.Risks) {
			rows = append(rows, kit.ListRow{Key: s.links.Keys(lang.T("Deals at risk"), data.KindDeal, f.AtRisk.Keys), Icon: "arrow", Title: lang.N("All %s deal", "All %s deals", len(f.AtRisk.Keys), s.num.Count(len(f.AtRisk.Keys)))})
		}
	}
	if len(f.Help) > 0 {
		rows = append(rows, kit.ListRow{Header: true, Title: lang.T("Help these people"), Detail: lang.T("behind pace, and too little open")})
		for i := range f.Help {
			r := &f.Help[i]
			left := max(0, r.Quota.Minor-r.Credited.Minor)
			rows = append(rows, kit.ListRow{
				Key: personPrefix + r.ID.String(), Icon: "user", Title: s.name(r), Detail: lang.T("%s of pace, coverage %s", s.share(r.Pace), s.covered(r).Text),
				Right: s.num.Whole(left), RightDetail: lang.T("left"),
			})
		}
	}
	return rows
}

// closers are the deals that can close the gap, by what has to be done with them.
func (s *sheet) closers(f *app.GoalFigures) []kit.ListRow {
	gap := f.Forecast.Gap()
	rows := []kit.ListRow{{Header: true, Title: lang.T("Close the gap"), Detail: s.num.Short(gap), Tone: kit.ToneBad}}
	if gap == 0 {
		rows[0] = kit.ListRow{Header: true, Title: lang.T("Keep what is open"), Tone: kit.ToneGood}
	}
	for _, step := range f.Paper(report.Cover{Numbers: s.num}).Steps() {
		rows = append(rows, kit.ListRow{Key: s.behind(f, step), Icon: step.Icon, Title: step.Title, Detail: step.Does, Right: step.Figure})
	}
	return rows
}

// behind links to the deals that a step is about.
func (s *sheet) behind(f *app.GoalFigures, step report.GoalStep) string {
	switch step.What {
	case report.GoalAtStage:
		st := f.Stages[step.At]
		return s.links.Keys(lang.T("Due in %s, %s", st.Name, s.span()), data.KindDeal, st.Due.Keys)
	case report.GoalStalled:
		var keys []data.Key
		for _, st := range f.Stages {
			keys = append(keys, st.Stalled.Keys...)
		}
		return s.links.Keys(lang.T("Stalled, due in the period"), data.KindDeal, keys)
	case report.GoalTeam:
		r := &f.Groups[0].Rows[step.At]
		return s.links.Keys(lang.T("Open deals of %s, %s", s.name(&r.Row), s.span()), data.KindDeal, r.Due.Keys)
	}
	return s.due(f)
}
