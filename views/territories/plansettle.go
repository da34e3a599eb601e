package territories

import (
	"context"

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
		p.listMisplaced(g.Misplaced)
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
	case settleNote:
		p.askNote()
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
	rows := kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: func(key string) {
		dialog.Close()
		if id, err := data.ParseID(key); err == nil {
			p.s.Open(kit.Target{Kind: data.KindAccount, ID: id})
		}
	}})
	rows.SetRows(p.accountRows(list))
	shut := kit.NewButton(kit.ButtonOptions{Text: lang.T("Close"), OnTap: func() { dialog.Close() }})
	dialog = kit.ShowDialog(p.s.host.Window, kit.DialogOptions{Title: title, Width: 520, Body: kit.MinBox(fyne.NewSize(480, 360), rows), Buttons: []*kit.Button{shut}})
}

// accountRows are accounts as lists show them.
func (p *planner) accountRows(list []int) []kit.ListRow {
	var rows []kit.ListRow
	for _, i := range list {
		a := &p.book.Accounts[i]
		rows = append(rows, kit.ListRow{Key: a.ID.String(), Title: a.Name, Detail: p.words.place(p.book, a), Right: p.words.value(planning.Open, a.Values.Of(planning.Open)), Icon: "building"})
	}
	return rows
}

// listMisplaced shows accounts whose place is not known, to be put on the map
// by who may.
func (p *planner) listMisplaced(list []int) {
	if !p.s.writable() {
		p.listAccounts(lang.T("Accounts without a known place"), list)
		return
	}
	p.unplaced.begin()
}

// place says in a few words where an account stands and why.
func (w planWords) place(b *app.PlanBook, a *planning.Account) string {
	t, why := b.Plan.Place(a)
	switch {
	case why == planning.Misplaced && a.Where != "":
		return lang.T("%s, which the map does not know", a.Where)
	case why == planning.Misplaced:
		return lang.T("it has no address")
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
	if p.solver.previewing() {
		return
	}
	book := p.book.Snapshot()
	var id data.ID
	p.s.host.Job(lang.T("Split %s", t.Name), func(ctx context.Context, _ func(done, total int64)) (err error) {
		id, err = p.s.host.App.Plans.Split(ctx, book, t.ID, lang.T("%s, second half", t.Name))
		return err
	}, func() { p.target = id })
}

func (p *planner) closeTerritory(t planning.Territory) {
	if p.solver.previewing() {
		return
	}
	book := p.book.Snapshot()
	p.s.host.Job(lang.T("Close %s", t.Name), func(ctx context.Context, _ func(done, total int64)) error {
		return p.s.host.App.Plans.Close(ctx, book, t.ID)
	}, nil)
}

// askHire asks whom to make room for.
func (p *planner) askHire() {
	if p.solver.previewing() {
		return
	}
	book := p.book.Snapshot()
	var n app.Newcomer
	person := p.s.reference("person", lang.T("Person"), data.KindPerson, lang.T("The territory lies round the home base, where one is known"))
	p.s.host.Ask(kit.Question{
		Title: lang.T("Place a new hire"), Save: lang.T("Make room"),
		Fields: []kit.Field{
			person,
			{Key: "name", Label: lang.T("Name of the territory"), Hint: lang.T("the person's")},
			{Key: "share", Label: lang.T("Share of a full territory, in percent"), Kind: kit.FieldPercent, Value: "100", Help: lang.T("Less while new in the role")},
		},
		Keep: func(_ context.Context, v kit.Values) error {
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
		Then: func() {
			var id data.ID
			p.s.host.Job(lang.T("Make room in %s", book.Info.Name), func(ctx context.Context, progress func(done, total int64)) (err error) {
				id, err = p.s.host.App.Plans.Hire(ctx, book, n, progress)
				return err
			}, func() { p.target = id })
		},
	})
}
