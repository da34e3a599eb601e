package quotas

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Tools implements kit.Titled: the year, the arrangement, the unit.
func (s *Screen) Tools() []fyne.CanvasObject {
	var years []kit.Option
	for y := s.years[1]; y >= s.years[0] && y > 0; y-- {
		years = append(years, kit.Option{Key: strconv.Itoa(y), Text: strconv.Itoa(y)})
	}
	year := kit.NewPicker(kit.PickerOptions{Icon: "cal", Options: years, OnPick: func(keys []string) {
		if y, err := strconv.Atoi(keys[0]); err == nil {
			s.showYear(s.host.App.Book().Calendar.Year(y))
		}
	}})
	year.SetChosen(kit.Option{Key: s.year.Name, Text: s.year.Name})
	by := kit.NewPicker(kit.PickerOptions{Icon: "layers", Options: []kit.Option{
		{Key: byTeam, Text: lang.T("By team")}, {Key: byTerritory, Text: lang.T("By territory")},
	}, OnPick: func(keys []string) { s.arrange(keys[0]) }}, arrangement(s.wish.By))
	currency := string(s.host.App.Book().Currency)
	shown := unitWhole
	if s.unit.shift == 3 {
		shown = unitThousands
	}
	in := kit.NewPicker(kit.PickerOptions{Options: []kit.Option{
		{Key: unitWhole, Text: currency}, {Key: unitThousands, Text: lang.T("%s thousand", currency)},
	}, OnPick: func(keys []string) { s.showIn(keys[0]) }}, shown)
	if s.face != faceGrid {
		return []fyne.CanvasObject{s.facePicker(), year}
	}
	return []fyne.CanvasObject{s.facePicker(), year, by, in}
}

func arrangement(by string) string {
	if by == byTerritory {
		return byTerritory
	}
	return byTeam
}

// Primary implements kit.Acting: the next step of a revenue plan.
func (s *Screen) Primary() *kit.Action {
	if s.face == faceRevenue {
		return s.revenue.primary()
	}
	return nil
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	out := []kit.Action{
		{Text: lang.T("Export quotas"), Icon: "upload", Do: s.export},
		{Text: lang.T("Quotas by team"), Icon: "users", Do: func() { s.arrange(byTeam) }},
		{Text: lang.T("Quotas by territory"), Icon: "territories", Do: func() { s.arrange(byTerritory) }},
		{Text: lang.T("Show whole amounts"), Icon: "quotas", Do: func() { s.showIn(unitWhole) }},
		{Text: lang.T("Show thousands"), Icon: "quotas", Do: func() { s.showIn(unitThousands) }},
		{Text: lang.T("Open all lines"), Icon: "chev", Do: func() { s.openAll(true) }},
		{Text: lang.T("Close all lines"), Icon: "chevr", Do: func() { s.openAll(false) }},
		{Text: lang.T("The year before"), Icon: "chevl", Do: func() { s.step(-1) }},
		{Text: lang.T("The year after"), Icon: "chevr", Do: func() { s.step(1) }},
	}
	out = append(out,
		kit.Action{Text: lang.T("Ramp, leave and signatures"), Icon: "users", Do: func() { s.turn(facePeople) }},
		kit.Action{Text: lang.T("Stress test of the quotas"), Icon: "quotas", Do: func() { s.turn(faceStress); s.stress.try() }},
		kit.Action{Text: lang.T("Revenue plan"), Icon: "quotas", Do: func() { s.turn(faceRevenue) }},
		kit.Action{Text: lang.T("Quotas by month"), Icon: "quotas", Do: func() { s.turn(faceGrid) }})
	switch s.face {
	case facePeople:
		return append(out, s.people.commands()...)
	case faceRevenue:
		return append(out, s.revenue.commands()...)
	}
	if s.model == nil {
		return out
	}
	out = append(out, kit.Action{Text: lang.T("History of the selected quota"), Icon: "clock", Do: s.showStory})
	if s.host.App.Book().ReadOnly {
		return out
	}
	return append(out,
		kit.Action{Text: lang.T("Copy last year"), Icon: "copy", Do: s.copyYear},
		kit.Action{Text: lang.T("Spread a sum over the selection"), Icon: "spread", Do: s.askTotal},
		kit.Action{Text: lang.T("Clear the selection"), Icon: "x", Do: func() { s.clear(s.picked) }})
}

func (s *Screen) showYear(year data.Period) {
	s.setYear(year)
	s.Reload(s.host.View())
}

func (s *Screen) step(by int) {
	if s.year.Name != "" {
		s.showYear(s.host.App.Book().Calendar.YearOf(s.year.From.AddMonths(by * app.QuotaMonths)))
	}
}

func (s *Screen) arrange(by string) {
	s.wish.By = by
	s.remember()
	s.rearrange()
	s.host.Changed()
}

func (s *Screen) showIn(unit string) {
	s.wish.Unit = unit
	s.remember()
	if s.model != nil {
		s.unit = s.chosenUnit(s.model.grid)
	}
	s.rearrange()
	s.host.Changed()
}

func (s *Screen) remember() { s.host.Remember(prefWish, s.wish) }

func (s *Screen) openAll(open bool) {
	if s.model == nil {
		return
	}
	for range 3 { // what opens may hold more to open
		for _, r := range s.model.rows {
			if r.tree != kit.TreeLeaf {
				s.open[r.id] = open
			}
		}
		s.rearrange()
	}
}

// askTotal puts the keyboard into the sum to spread.
func (s *Screen) askTotal() {
	if s.typing {
		s.host.Window.Canvas().Focus(s.tool.total)
		s.tool.total.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// spread spreads the typed sum over the selection.
func (s *Screen) spread() {
	money, ok := s.tool.amount()
	if !ok || s.picked.count() == 0 {
		return
	}
	sp := spread{total: money.Minor, how: s.tool.how.Current(), step: s.tool.step(money.Minor, s.picked.count())}
	p, m, scope := s.picked, s.model, s.host.View().Scope
	what := lang.T("Spread %s over %s", s.unit.figure(money.Minor), lang.N("%d quota", "%d quotas", p.count()))
	s.host.Act(what, func(ctx context.Context) error {
		if sp.how == spreadSeason {
			season, err := s.host.App.Quotas.Season(ctx, scope)
			if err != nil {
				return err
			}
			sp.season = season
		}
		return s.write(ctx, m, p, sp)
	}, nil)
}

// write spreads a sum over a selection in one act.
func (s *Screen) write(ctx context.Context, m *model, p picked, sp spread) error {
	cells, err := m.cells(p, sp)
	if err != nil {
		return err
	}
	if len(cells) == 1 {
		return s.host.App.Quotas.Set(ctx, cells)
	}
	return s.host.App.Quotas.Spread(ctx, cells)
}

// showStory shows the history of the one quota that is selected.
func (s *Screen) showStory() {
	cells := s.model.blank(s.picked)
	if len(cells) != 1 || !s.model.has(cells[0]) {
		s.host.Say(lang.T("Select one quota to see its history"))
		return
	}
	c := cells[0]
	s.host.ShowHistory(kit.RecordHistory{Kind: data.KindQuota, ID: app.QuotaID(c.Person, c.Territory, c.Month), Name: lang.T("the quota of %s", monthText(s.host, c.Month))})
}

// clear takes the quotas of a selection away.
func (s *Screen) clear(p picked) {
	if s.model == nil {
		return
	}
	cells := slices.DeleteFunc(s.model.blank(p), func(c app.QuotaCell) bool { return !s.model.has(c) })
	if len(cells) == 0 {
		return
	}
	s.host.Act(lang.N("Clear %d quota", "Clear %d quotas", len(cells)), func(ctx context.Context) error {
		return s.host.App.Quotas.Clear(ctx, cells)
	}, nil)
}

func (s *Screen) clearTarget() {
	s.pickFoot()
	if s.picked.foot {
		s.clear(s.picked)
	}
}

// has reports whether the cell has a quota now.
func (m *model) has(c app.QuotaCell) bool {
	month := c.Month.Month() - m.grid.Year.From.Month()
	return slices.ContainsFunc(m.lines, func(l app.QuotaLine) bool {
		return l.Person == c.Person && l.Territory == c.Territory && l.Months[month].Set
	})
}

// copyYear asks how last year's quotas become this year's.
func (s *Screen) copyYear() {
	year, scope := s.year, s.host.View().Scope
	fields := []kit.Field{
		{Key: "change", Label: lang.T("Change in percent"), Kind: kit.FieldNumber, Value: "0", Help: lang.T("5 makes them 5% higher, –5 lower"), Check: checkChange},
		{Key: "step", Label: lang.T("Round to"), Kind: kit.FieldChoice, Value: "1", Options: []kit.Option{
			{Key: "1", Text: "1"}, {Key: "10", Text: "10"}, {Key: "100", Text: "100"}, {Key: "1000", Text: lang.T("1 thousand")},
		}},
		{Key: "missing", Label: lang.T("Keep the quotas that are set already"), Kind: kit.FieldBool, Value: "true", Wide: true},
	}
	form := kit.NewForm(kit.FormOptions{
		Fields: fields, Today: s.host.View().Today, Runner: s.host.Runner, Save: lang.T("Copy last year"),
		OnSave: func(v kit.Values) error {
			change, err := v.Number("change", 2)
			if err != nil {
				return err
			}
			step, err := v.Number("step", s.host.App.Book().Currency.Digits())
			if err != nil {
				return err
			}
			c := app.CopyQuotas{To: year, Scope: scope, Change: change, Step: step, Missing: v.Bool("missing")}
			s.host.Act(lang.T("Copy last year's quotas to %s", year.Name), func(ctx context.Context) error {
				_, err := s.host.App.Quotas.CopyYear(ctx, c)
				return err
			}, nil)
			return nil
		},
	})
	kit.ShowForm(s.host.Window, lang.T("Copy last year's quotas to %s", year.Name), form)
}

func checkChange(value string) string {
	if n, err := data.ParseDecimal(value, 2); err != nil || n < -100_00 || n > 1000_00 {
		return lang.T("Write a percentage between –100 and 1000, with two decimals at most")
	}
	return ""
}

// export asks for a file and writes the grid into it.
func (s *Screen) export() {
	s.host.AskFile(lang.T("Export quotas"), "quotas-"+s.year.Name+".xlsx", s.exportTo)
}

func (s *Screen) exportTo(path string) {
	year, scope := s.year, s.host.View().Scope
	s.host.Job(lang.T("Export to %s", filepath.Base(path)), func(ctx context.Context, _ func(done, total int64)) error {
		_, err := s.host.App.Quotas.Export(ctx, year, scope, path)
		return err
	}, nil)
}
