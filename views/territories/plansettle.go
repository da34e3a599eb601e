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

// openSettle shows what stands behind a line of what is to be settled.
func (p *planner) openSettle(key string) {
	g := p.book.Gaps()
	switch key {
	case settleMisplaced:
		p.listAccounts(lang.T("Accounts without a known place"), g.Misplaced)
	case settleAccounts:
		p.catch(kit.MapCatch{Points: p.dots(g.Accounts)})
	case settleAreas:
		p.catch(kit.MapCatch{Codes: p.codes(g.Areas)})
	case settleOverlaps:
		var list []int
		for _, o := range g.Overlaps {
			list = append(list, o.Account)
		}
		p.listAccounts(lang.T("Accounts that two rules claim"), list)
	case settleSeats:
		p.mend(p.book.Plan.Territories[g.Ownerless[0]].ID)
	case settleFaults:
		p.mend(p.book.Faults[0].Territory)
	case settleLocks:
		p.catch(p.locked())
	}
}

// mend opens a territory of a draft to be put right; else it is shown.
func (p *planner) mend(id data.ID) {
	for _, t := range p.book.Plan.Territories {
		if t.ID == id && p.draft() {
			p.askTerritory(t)
			return
		}
	}
	p.aim(id.String())
	p.list.Select(id.String())
}

// locked is every area and account that is locked.
func (p *planner) locked() kit.MapCatch {
	var c kit.MapCatch
	for code, h := range p.book.Plan.Areas {
		if h.Locked {
			c.Codes = append(c.Codes, code)
		}
	}
	for i := range p.book.Accounts {
		id := p.book.Accounts[i].ID
		if h, ok := p.book.Plan.Named[id]; ok && h.Locked {
			c.Points = append(c.Points, id.String())
		}
	}
	return c
}

func (p *planner) codes(list []int) []string {
	var out []string
	for _, i := range list {
		out = append(out, p.book.Areas[i].Code)
	}
	return out
}

func (p *planner) dots(list []int) []string {
	var out []string
	for _, i := range list {
		out = append(out, p.book.Accounts[i].ID.String())
	}
	return out
}

// catch selects areas and accounts as if they had been caught on the map.
func (p *planner) catch(c kit.MapCatch) {
	p.view.ClearLasso()
	p.caught = c
	p.view.Select(c)
	p.card.at = fyne.NewPos(8, 8)
	p.card.show()
}

// listAccounts shows accounts in a dialog; one that is chosen opens on its own
// page, where its place and territory are put right.
func (p *planner) listAccounts(title string, list []int) {
	var dialog *kit.Dialog
	rowsOf := kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: func(key string) {
		dialog.Close()
		if id, err := data.ParseID(key); err == nil {
			p.s.Open(kit.Target{Kind: data.KindAccount, ID: id})
		}
	}})
	var rows []kit.ListRow
	for _, i := range list {
		a := &p.book.Accounts[i]
		rows = append(rows, kit.ListRow{Key: a.ID.String(), Title: a.Name, Detail: p.words.place(p.book, a), Right: p.words.value(planning.Open, a.Values.Of(planning.Open)), Icon: "building"})
	}
	rowsOf.SetRows(rows)
	dialog = kit.ShowDialog(p.s.host.Window, kit.DialogOptions{
		Title: title, Width: 520, Body: kit.MinBox(fyne.NewSize(480, 360), rowsOf),
		Buttons: []*kit.Button{kit.NewButton(kit.ButtonOptions{Text: lang.T("Close"), OnTap: func() { dialog.Close() }})},
	})
}

// place says in a few words where an account stands and why.
func (w planWords) place(b *app.PlanBook, a *planning.Account) string {
	t, why := b.Plan.Place(a)
	switch {
	case why == planning.Misplaced:
		return lang.T("no city, postal code or coordinates that the map knows")
	case t == planning.Nobody:
		return lang.T("in no territory's area")
	case why == planning.Pinned:
		return lang.T("%s, pinned by name", b.Plan.Territories[t].Name)
	case why == planning.Named:
		return lang.T("%s, by name", b.Plan.Territories[t].Name)
	case why == planning.ByRule:
		return lang.T("%s, by rule", b.Plan.Territories[t].Name)
	}
	return lang.T("%s, by area", b.Plan.Territories[t].Name)
}

func (p *planner) split(t planning.Territory) {
	book := p.book
	var id data.ID
	p.s.host.Job(lang.T("Split %s", t.Name), func(ctx context.Context, _ func(done, total int64)) (err error) {
		id, err = p.s.host.App.Plans.Split(ctx, book, t.ID, lang.T("%s, second half", t.Name))
		return err
	}, func() { p.target = id })
}

func (p *planner) closeTerritory(t planning.Territory) {
	book := p.book
	p.s.host.Job(lang.T("Close %s", t.Name), func(ctx context.Context, _ func(done, total int64)) error {
		return p.s.host.App.Plans.Close(ctx, book, t.ID)
	}, nil)
}

// askHire asks whom to make room for.
func (p *planner) askHire() {
	book := p.book
	var n app.Newcomer
	person := p.s.reference("person", lang.T("Person"), data.KindPerson, lang.T("The territory lies round the home base, where one is known"))
	p.s.ask(question{
		title: lang.T("Place a new hire"), save: lang.T("Make room"),
		fields: []kit.Field{
			person,
			{Key: "name", Label: lang.T("Name of the territory"), Hint: lang.T("the person's")},
			{Key: "share", Label: lang.T("Share of a full territory"), Kind: kit.FieldPercent, Value: "100", Help: lang.T("Less while new in the role")},
		},
		keep: func(_ context.Context, v kit.Values) error {
			share, err := v.Number("share", 0)
			if err != nil {
				return err
			}
			if share < 5 || share > 300 {
				return data.FieldErrorf("share", "Write a share between 5 and 300")
			}
			n = app.Newcomer{Person: v.Ref("person"), Name: v["name"], Share: float64(share)}
			if n.Person.IsZero() && n.Name == "" {
				return data.FieldErrorf("person", "Choose the person, or give the territory a name")
			}
			return nil
		},
		then: func() {
			var id data.ID
			p.s.host.Job(lang.T("Make room in %s", book.Info.Name), func(ctx context.Context, progress func(done, total int64)) (err error) {
				id, err = p.s.host.App.Plans.Hire(ctx, book, n, progress)
				return err
			}, func() { p.target = id })
		},
	})
}

// showHeads says how many people the accounts ask for.
func (p *planner) showHeads() {
	book := p.book
	var s app.Staffing
	p.s.host.Act(lang.T("How many territories"), func(ctx context.Context) (err error) {
		s, err = book.Staffing(ctx, p.s.host.App.Plans)
		return err
	}, func() {
		w := p.words
		text := lang.T("Visits and drives ask for %s hours a week. A person has %s hours for customers, so %s people are needed; the plan has seats for %s.",
			w.Num.Number(s.Hours, 0), w.Num.Number(s.Capacity, 0), w.Num.Number(s.Heads, 1), w.Num.Number(s.Seats, 1))
		if len(s.Over) > 0 {
			text += "\n\n" + lang.T("More hours than their person has:")
			for _, i := range s.Over[:min(8, len(s.Over))] {
				text += fmt.Sprintf("\n%s", book.Plan.Territories[i].Name)
			}
			if more := len(s.Over) - 8; more > 0 {
				text += "\n" + lang.N("and %d more", "and %d more", more, more)
			}
		}
		kit.Confirm(p.s.host.Window, kit.ConfirmOptions{Title: lang.T("How many territories"), Text: text, No: lang.T("Close")})
	})
}

// compare shows for whom the plan changes what, against what is in force.
func (p *planner) compare() {
	book := p.book
	var live *app.PlanBook
	p.s.host.Act(lang.T("Compare with what is in force"), func(ctx context.Context) (err error) {
		live, err = p.s.host.App.Plans.Book(ctx, data.NoID)
		return err
	}, func() { p.showChanges(book, live) })
}

func (p *planner) showChanges(book, live *app.PlanBook) {
	w := p.words
	before, after := live.Balance(), book.Balance()
	changes := book.Effects(live)
	table := kit.NewTable(kit.TableOptions{Columns: []kit.Column{
		{Key: "person", Title: lang.T("Person"), Width: 170, Grow: 1, Fixed: true},
		{Key: "accounts", Title: lang.T("Accounts"), Width: 110, Align: fyne.TextAlignTrailing},
		{Key: "comes", Title: lang.T("Come"), Width: 60, Align: fyne.TextAlignTrailing},
		{Key: "goes", Title: lang.T("Go"), Width: 60, Align: fyne.TextAlignTrailing},
		{Key: "potential", Title: lang.T("Potential"), Width: 130, Align: fyne.TextAlignTrailing},
		{Key: "open", Title: lang.T("Open deals"), Width: 130, Align: fyne.TextAlignTrailing},
		{Key: "drive", Title: lang.T("Mean km from home"), Width: 130, Align: fyne.TextAlignTrailing},
		{Key: "quota", Title: lang.T("Quota %s", kit.PeriodText(book.Year)), Width: 140, Align: fyne.TextAlignTrailing},
	}})
	var rows kit.SliceRows
	for _, c := range changes {
		name := c.Name
		if name == "" {
			name = lang.T("Nobody")
		}
		step := func(m planning.Measure) string {
			return arrow(w.value(m, c.Before.Values.Of(m)), w.value(m, c.After.Values.Of(m)))
		}
		cells := []kit.Cell{
			{Text: name},
			{Text: step(planning.Accounts)},
			{Text: w.Count(len(c.Comes))},
			{Text: w.Count(len(c.Goes))},
			{Text: step(planning.Potential)},
			{Text: step(planning.Open)},
			{Text: w.meanDrive(c)},
			{Text: arrow(w.value(planning.Sales, c.Before.Quota), w.value(planning.Sales, c.After.Quota))},
		}
		rows = append(rows, kit.Row{ID: c.Person.String(), Cells: cells})
	}
	table.SetRows(rows)
	head := lang.T("%d of %d accounts get another owner. Unevenness (Gini) %s to %s, largest deviation %s to %s points.",
		app.Moves(changes), len(book.Accounts), w.Num.Number(before.Spread.Gini, 2), w.Num.Number(after.Spread.Gini, 2),
		w.Num.Number(before.Spread.Largest, 0), w.Num.Number(after.Spread.Largest, 0))
	foot := lang.T("The quota shown is what each would have if quotas went with sales won in the last twelve months; none is changed.")
	var dialog *kit.Dialog
	dialog = kit.ShowDialog(p.s.host.Window, kit.DialogOptions{
		Title: lang.T("%s against what is in force", book.Info.Name), Width: 1040,
		Body:    kit.VBox(8, kit.Body(head), kit.MinBox(fyne.NewSize(800, 400), table), kit.Caption(foot)),
		Buttons: []*kit.Button{kit.NewButton(kit.ButtonOptions{Text: lang.T("Close"), OnTap: func() { dialog.Close() }})},
	})
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
