package quotas

import (
	"context"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// stressSeed makes a trial repeat.
const stressSeed = 1

// stress is the face on which quotas are tried against the team's history.
type stress struct {
	screen *Screen
	loader *kit.Loader
	root   *fyne.Container
	table  *kit.Table
	panel  *kit.Panel
	page   fyne.CanvasObject
	test   *app.StressTest
	rows   []app.StressLine
}

func newStress(s *Screen) *stress {
	t := &stress{screen: s}
	const right = fyne.TextAlignTrailing
	t.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "name", Title: lang.T("Person"), Width: 170, Grow: 1, Fixed: true},
			{Key: "quota", Title: lang.T("Quota"), Width: 92, Align: right},
			{Key: "odds", Title: lang.T("Odds"), Width: 60, Align: right},
			{Key: "band", Title: lang.T("Likely, P10 – P90"), Width: 150, Align: right},
			{Key: "rate", Title: lang.T("Win rate"), Width: 130, Align: right},
			{Key: "deals", Title: lang.T("Deals decided"), Width: 124, Align: right},
			{Key: "size", Title: lang.T("Average won"), Width: 140, Align: right},
			{Key: "learned", Title: lang.T("Learned from"), Width: 140, Grow: 1},
		},
		OnOpen: t.open,
	})
	t.panel = kit.NewPanel(kit.PanelOptions{Title: " ", Flush: true, Body: t.table, Action: lang.T("Try again"), OnTap: t.try})
	t.page = kit.Page(kit.Grow(t.panel))
	t.root = container.NewStack()
	t.loader = s.host.Loader(t.root)
	t.blank()
	return t
}

// blank stands where nothing was tried yet.
func (t *stress) blank() {
	t.test = nil
	t.root.Objects = []fyne.CanvasObject{kit.NewEmpty(kit.EmptyOptions{
		Icon: "quotas", Title: lang.T("Try the quotas before anybody signs"),
		Text: lang.T("Ten thousand simulated years of this team: how many deals it decided, won and how large they were in the last two years. It gives the odds of each quota, and what would have to be true to reach it."),
		Step: lang.T("Try the quotas"), OnTap: t.try,
	})}
	t.root.Refresh()
}

// try runs the trial as a job.
func (t *stress) try() {
	s, q := t.screen, t.query()
	var out *app.StressTest
	s.host.Job(lang.T("Try the quotas of %s", s.year.Name), func(ctx context.Context, progress func(done, total int64)) (err error) {
		out, err = s.host.App.Quotas.Stress(ctx, q, progress)
		return err
	}, func() { t.show(out) })
}

func (t *stress) query() app.StressQuery {
	v := t.screen.host.View()
	return app.StressQuery{Period: t.screen.year, AsOf: v.AsOf, Scope: v.Scope, Seed: stressSeed}
}

// stale forgets a trial of other quotas, and repeats one since which the book or
// the day looked at has changed.
func (t *stress) stale() {
	q, a := t.query(), t.screen.host.App
	again := t.test != nil && t.test.Period == q.Period && t.test.Scope == q.Scope
	kit.Load(t.loader, func(ctx context.Context) (*app.StressTest, error) {
		if !again {
			return nil, ctx.Err()
		}
		return a.Quotas.Stress(ctx, q, func(int64, int64) {})
	}, func(test *app.StressTest) {
		if test == nil {
			t.blank()
			return
		}
		t.show(test)
	})
}

func (t *stress) show(test *app.StressTest) {
	t.test = test
	n := t.screen.host.NumbersOf()
	t.rows = nil
	var rows kit.SliceRows
	add := func(l app.StressLine, level int, bold bool) {
		t.rows = append(t.rows, l)
		rows = append(rows, t.row(l, level, bold))
	}
	if test.Known {
		for _, r := range test.Regions {
			add(r, 0, true)
		}
		for _, p := range test.People {
			add(p, 0, false)
		}
		t.table.SetTotals(t.row(test.Total, 0, true))
	}
	t.table.SetRows(rows)
	t.panel.SetTitle(t.title())
	t.panel.SetCaption(lang.T("%s runs, learned from %s closed deals; right of each arrow what would have to be true, one thing at a time, for the quota to be as likely as not", n.Count(test.Runs), n.Count(test.Learned)))
	t.root.Objects = []fyne.CanvasObject{t.page}
	t.root.Refresh()
}

// title says what the trial came to.
func (t *stress) title() string {
	n, total := t.screen.host.NumbersOf(), t.test.Total
	switch {
	case len(t.test.People) == 0:
		return lang.T("Nobody has a quota in %s", t.test.Period.Name)
	case !t.test.Known:
		return lang.T("Too little history to tell: it takes 30 closed deals")
	}
	return lang.T("%s: the team makes its %s in %s of 100 cases", t.test.Period.Name, n.Short(total.Quota), n.Count(int(math.Round(total.Odds*100))))
}

func (t *stress) row(l app.StressLine, level int, bold bool) kit.Row {
	n := t.screen.host.NumbersOf()
	name := l.Name
	if l.ID.IsZero() {
		name = lang.T("Together")
	}
	odds := kit.Cell{Text: kit.EnDash}
	if l.HasQuota {
		odds = kit.Cell{Text: n.Percent(l.Odds)}
		if l.Odds < 0.25 {
			odds.Color = kit.ColorBad
		}
	}
	x := l.Needs
	rate := n.Percent(x.NeedWinRate)
	if x.NeedWinRate > 1 {
		rate = lang.T("never")
	}
	learned := lang.N("%s closed deal", "%s closed deals", l.Learned, n.Count(l.Learned))
	if !l.Own {
		learned = lang.T("mostly the team (%s)", n.Count(l.Learned))
	}
	cells := []kit.Cell{
		{Text: name, Level: level},
		{Text: n.Whole(l.Quota)},
		odds,
		{Text: n.Short(l.P10) + " – " + n.Short(l.P90)},
		{Text: n.Percent(x.WinRate) + " → " + rate},
		{Text: n.Count(int(x.Deals+0.5)) + " → " + n.Count(int(x.NeedDeals+0.5))},
		{Text: n.Short(int64(x.Size)) + " → " + n.Short(int64(x.NeedSize))},
		{Text: learned, Color: kit.ColorFg2},
	}
	for i := range cells {
		cells[i].Bold = bold && cells[i].Color == ""
	}
	return kit.Row{ID: name + l.ID.String(), Cells: cells}
}

func (t *stress) open(row int) {
	if l := t.rows[row]; !l.ID.IsZero() && row >= len(t.test.Regions) {
		t.screen.host.Go(kit.Target{Screen: "roster", Kind: data.KindPerson, ID: l.ID})
	}
}
