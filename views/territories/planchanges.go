package territories

import (
	"context"
	"fmt"
	"math"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// compare shows for whom the plan changes what, against another one; NoID is
// what is in force.
func (p *planner) compare(with data.ID) {
	book := p.book.Snapshot()
	var c comparison
	p.s.host.Act(lang.T("Compare plans"), func(ctx context.Context) error {
		other, err := p.s.host.App.Plans.Book(ctx, with)
		if err == nil {
			c = comparison{p: p, book: book, with: with, before: other.Balance(), after: book.Balance(), changes: book.Effects(other)}
		}
		return err
	}, func() { c.show() })
}

// comparison is the dialog that says for whom a plan changes what.
type comparison struct {
	p             *planner
	book          *app.PlanBook
	with          data.ID // the other plan, NoID for what is in force
	before, after *app.PlanBalance
	changes       []app.PlanChange
	table         *kit.Table
	list          *kit.List
}

func (c *comparison) show() {
	w := c.p.words
	c.table = kit.NewTable(kit.TableOptions{OnSelect: c.choose, Columns: []kit.Column{
		{Key: "person", Title: lang.T("Person"), Width: 150, Grow: 1, Fixed: true},
		{Key: "accounts", Title: lang.T("Accounts"), Width: 90, Align: fyne.TextAlignTrailing},
		{Key: "comes", Title: lang.T("Come"), Width: 56, Align: fyne.TextAlignTrailing},
		{Key: "goes", Title: lang.T("Go"), Width: 56, Align: fyne.TextAlignTrailing},
		{Key: "potential", Title: lang.T("Potential"), Width: 130, Align: fyne.TextAlignTrailing},
		{Key: "open", Title: lang.T("Open deals"), Width: 130, Align: fyne.TextAlignTrailing},
		{Key: "drive", Title: lang.T("Mean km from home"), Width: 130, Align: fyne.TextAlignTrailing},
		{Key: "quota", Title: lang.T("Quota %s", kit.PeriodText(c.book.Year)), Width: 140, Align: fyne.TextAlignTrailing},
	}})
	var rows kit.SliceRows
	for _, change := range c.changes {
		rows = append(rows, kit.Row{ID: change.Person.String(), Cells: c.cells(change)})
	}
	c.table.SetRows(rows)
	c.list = kit.NewList(kit.ListOptions{})
	head := lang.T("%d of %d accounts get another owner.", app.Moves(c.changes), len(c.book.Accounts)) + " " + w.spreads(c.before.Spread, c.after.Spread, c.book.Info.Tolerance)
	foot := lang.T("The quota shown is what each would have if quotas went with sales won in the last twelve months; none is changed.")
	var dialog *kit.Dialog
	against := kit.NewPicker(kit.PickerOptions{Icon: "layers", Options: c.others(), OnPick: func(keys []string) {
		dialog.Close()
		c.p.compare(planOf(keys[0]))
	}}, planKey(c.with))
	dialog = kit.ShowDialog(c.p.s.host.Window, kit.DialogOptions{
		Title: lang.T("What %s changes", c.book.Info.Name), Width: 1040,
		Body: kit.VBox(8, kit.HBox(8, kit.Caption(lang.T("Compared with")), against), kit.Body(head), kit.MinBox(fyne.NewSize(800, 270), c.table), kit.MinBox(fyne.NewSize(800, 190), c.list), kit.Caption(foot)),
		Buttons: []*kit.Button{
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Save the letters"), Icon: "mail", OnTap: func() {
				dialog.Close()
				c.p.askLetters()
			}}),
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Close"), OnTap: func() { dialog.Close() }}),
		},
	})
	if len(rows) > 0 {
		c.table.Select(0)
	}
	c.choose()
}

// others are the plans to compare with, what is in force first.
func (c *comparison) others() []kit.Option {
	out := []kit.Option{inForce()}
	for _, other := range c.p.plans {
		if other.ID != c.book.Info.ID && other.Status != data.PlanActive {
			out = append(out, c.p.words.planOption(other))
		}
	}
	return out
}

func (c *comparison) cells(change app.PlanChange) []kit.Cell {
	w := c.p.words
	step := func(m planning.Measure) kit.Cell {
		return kit.Cell{Text: arrow(w.value(m, change.Before.Values.Of(m)), w.value(m, change.After.Values.Of(m)))}
	}
	return []kit.Cell{
		{Text: nameOf(change.Name)},
		step(planning.Accounts),
		{Text: w.Count(len(change.Comes))},
		{Text: w.Count(len(change.Goes))},
		step(planning.Potential), step(planning.Open),
		{Text: w.meanDrive(change)},
		{Text: arrow(w.value(planning.Sales, change.Before.Quota), w.value(planning.Sales, change.After.Quota))},
	}
}

func nameOf(person string) string {
	if person == "" {
		return lang.T("Nobody")
	}
	return person
}

// choose lists the accounts that come to the chosen person and go from them.
func (c *comparison) choose() {
	ids := c.table.SelectedIDs()
	for _, change := range c.changes {
		if len(ids) == 1 && change.Person.String() == ids[0] {
			c.list.SetRows(c.p.words.passings(c.book, change))
			return
		}
	}
	c.list.SetRows(nil)
}

// passings are the accounts that come to somebody and go from them.
func (w planWords) passings(b *app.PlanBook, change app.PlanChange) []kit.ListRow {
	name := nameOf(change.Name)
	var out []kit.ListRow
	part := func(title string, list []planning.Passing, other func(string) string) {
		if len(list) == 0 {
			return
		}
		out = append(out, kit.ListRow{Header: true, Title: title, Detail: w.Num.Count(len(list))})
		for _, x := range list {
			a := &b.Accounts[x.Account]
			out = append(out, kit.ListRow{Key: a.ID.String(), Title: a.Name, Detail: other(nameOf(b.PersonName(x.Person))), Right: w.value(planning.Open, a.Values.Of(planning.Open))})
		}
	}
	part(lang.T("Come to %s", name), change.Comes, func(from string) string { return lang.T("from %s", from) })
	part(lang.T("Go from %s", name), change.Goes, func(to string) string { return lang.T("to %s", to) })
	if len(out) == 0 {
		out = []kit.ListRow{{Header: true, Title: lang.T("Nothing comes to %s or goes", name)}}
	}
	return out
}

func arrow(before, after string) string {
	if before == after {
		return after
	}
	return lang.T("%s to %s", before, after)
}

func (w planWords) meanDrive(c app.PlanChange) string {
	if !c.Home {
		return lang.T("no home base")
	}
	mean := func(h planning.Holding) string {
		n := h.Values.Of(planning.Accounts)
		if n == 0 {
			return kit.EnDash
		}
		return w.Num.Count(int(math.Round(h.Drive / n)))
	}
	return arrow(mean(c.Before), mean(c.After))
}

// headsFound is what is known of the number of territories.
type headsFound struct {
	staffing    app.Staffing
	tried       []app.PlanHeads
	recommended int
}

// showHeads says how many people the accounts ask for, and what some numbers of
// territories would come to.
func (p *planner) showHeads() {
	book := p.book.Snapshot()
	var found headsFound
	p.s.host.Job(lang.T("How many territories"), func(ctx context.Context, progress func(done, total int64)) (err error) {
		if found.staffing, err = book.Staffing(ctx, p.s.host.App.Plans); err != nil {
			return err
		}
		found.tried, found.recommended, err = book.Heads(ctx, found.staffing, progress)
		if data.KindOf(err) == data.Refused {
			err = nil // too little to divide: the heads from the workload are told alone
		}
		return err
	}, func() { p.showHeadsFound(book, found) })
}

func (p *planner) showHeadsFound(book *app.PlanBook, found headsFound) {
	rows := []fyne.CanvasObject{kit.Body(p.words.staffing(book, found.staffing))}
	if len(found.tried) > 0 {
		table := kit.NewTable(kit.TableOptions{Columns: []kit.Column{
			{Key: "number", Title: lang.T("Territories"), Width: 170, Grow: 1, Fixed: true},
			{Key: "off", Title: lang.T("Farthest off, points"), Width: 140, Align: fyne.TextAlignTrailing},
			{Key: "travel", Title: lang.T("Mean km to an account"), Width: 150, Align: fyne.TextAlignTrailing},
			{Key: "over", Title: lang.T("Over a week's hours"), Width: 140, Align: fyne.TextAlignTrailing},
		}})
		table.SetRows(p.words.headRows(book, found))
		rows = append(rows, kit.MinBox(fyne.NewSize(600, float32(min(9, len(found.tried))+1)*kit.HeightRow+6), table),
			kit.Caption(lang.T("Each number is divided anew over all areas, whatever is locked; the middle of a territory counts as its home.")))
	}
	kit.ShowDialog(p.s.host.Window, kit.DialogOptions{
		Title: lang.T("How many territories"), Width: 660, Body: kit.VBox(10, rows...),
	})
}

func (w planWords) headRows(b *app.PlanBook, found headsFound) kit.SliceRows {
	var rows kit.SliceRows
	for _, h := range found.tried {
		name := w.Num.Count(h.Territories)
		switch h.Territories {
		case found.recommended:
			name = lang.T("%s, the least that is enough", name)
		case len(b.Plan.Territories):
			name = lang.T("%s, as planned", name)
		}
		rows = append(rows, kit.Row{ID: name, Cells: []kit.Cell{{Text: name, Bold: h.Territories == found.recommended}, {Text: w.Num.Number(h.Imbalance, 0)}, {Text: w.Num.Count(int(math.Round(h.Travel)))}, {Text: w.Num.Count(h.Over)}}})
	}
	return rows
}

// staffing says how many people the accounts ask for.
func (w planWords) staffing(b *app.PlanBook, s app.Staffing) string {
	text := lang.T("Visits and drives ask for %s hours a week. A person has %s hours for customers, so %s people are needed; the plan has seats for %s.",
		w.Num.Number(s.Hours, 0), w.Num.Number(s.Capacity, 0), w.Num.Number(s.Heads, 1), w.Num.Number(s.Seats, 1))
	if len(s.Over) > 0 {
		text += "\n\n" + lang.T("More hours than their person has:")
		for _, i := range s.Over[:min(8, len(s.Over))] {
			text += fmt.Sprintf("\n%s", b.Plan.Territories[i].Name)
		}
		if more := len(s.Over) - 8; more > 0 {
			text += "\n" + lang.N("and %d more", "and %d more", more, more)
		}
	}
	return text
}
