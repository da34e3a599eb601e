package territories

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	if s.account != nil {
		return s.account.primary()
	}
	if s.week != nil {
		return s.week.primary()
	}
	if s.asMap && s.tree != nil && len(s.tree.List) > 0 {
		return s.plan.primary()
	}
	return &kit.Action{Text: lang.T("Add a territory"), Icon: "plus", Do: s.add}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	export := []kit.Action{
		{Text: lang.T("Export territories"), Icon: "upload", Do: func() { s.host.ExportRecords(data.Query{Kind: data.KindTerritory}) }},
		{Text: lang.T("Export accounts"), Icon: "upload", Do: s.exportAccounts},
	}
	switch {
	case s.account != nil && !s.writable():
		return nil
	case s.account != nil:
		return s.account.commands()
	case s.week != nil:
		return s.week.commands()
	case !s.writable():
		return export
	}
	visits := kit.Action{Text: lang.T("Plan a week of visits"), Icon: "cal", Do: s.askWeek}
	export = append([]kit.Action{{Text: lang.T("How visits are reckoned"), Icon: "settings", Do: s.askModel}}, export...)
	if s.asMap {
		return append(append(s.plan.commands(), visits), export...)
	}
	out := []kit.Action{
		*s.Primary(),
		{Text: lang.T("Add an account"), Icon: "building", Do: s.addAccount},
		{Text: lang.T("Apply the territory rules"), Icon: "play", Do: s.askApply},
		visits,
	}
	if t := s.current(); t != nil {
		out = append(out, s.about(t)...)
	}
	return append(out, export...)
}

// exportAccounts writes the chosen accounts to a file, or all that are listed
// beside the tree; where none are, all that there are.
func (s *Screen) exportAccounts() {
	a := s.side.accounts
	keys := a.keys
	if chosen := a.table.Selection(); chosen.Count() > 0 {
		keys = nil
		for i := range chosen.Rows() {
			keys = append(keys, a.keys[i])
		}
	}
	if len(keys) == 0 {
		s.host.ExportRecords(data.Query{Kind: data.KindAccount})
		return
	}
	s.host.ExportRows(data.KindAccount, keys)
}

// about is what can be done with a territory.
func (s *Screen) about(t *app.Territory) []kit.Action {
	return []kit.Action{
		{Text: lang.T("Edit the territory"), Icon: "edit", Do: func() { s.edit(t) }},
		{Text: lang.T("Add a territory below"), Icon: "plus", Do: func() { s.addBelow(t) }},
		{Text: lang.T("Assign somebody"), Icon: "user", Do: func() { s.askPost(t, freshPost(t)) }},
		{Text: lang.T("Move the territory"), Icon: "arrow", Do: func() { s.askParent(t) }},
		{Text: lang.T("Merge into another"), Icon: "merge", Do: func() { s.askMerge(t) }},
		{Text: lang.T("Remove the territory"), Icon: "x", Do: func() { s.askRemove(t) }},
	}
}

// menu is the right click on a row.
func (s *Screen) menu(row int, at fyne.Position) {
	if t := s.lines[row].at; t != nil && s.writable() {
		s.host.ShowActions(at, s.about(t))
	}
}

// more is the menu of the panel's last button.
func (s *Screen) more(t *app.Territory, under *kit.Button) {
	s.host.ShowUnder(under, kit.MenuItems(s.about(t)[1:])...)
}

// cutChosen marks the territory to be put under another one.
func (s *Screen) cutChosen() {
	if t := s.current(); t != nil && s.writable() {
		s.cut = []data.ID{t.Row.ID}
		s.host.Say(lang.T("Choose what it becomes part of and paste"))
		s.show()
	}
}

func (s *Screen) pasteUnder(row int) {
	ids, to := s.cut, s.lines[row].at
	s.cut = nil
	if len(ids) == 0 || to == nil || slices.Contains(ids, to.Row.ID) {
		s.show()
		return
	}
	s.host.Act(lang.T("Move to %s", to.Row.Title()), func(ctx context.Context) error {
		return s.host.App.Territories.Move(ctx, ids, to.Row.ID)
	}, nil)
}

// openDeals shows the deals behind a figure.
func (s *Screen) openDeals(id data.ID, stage, title string) {
	span := s.span()
	var keys []data.Key
	s.host.Act(title, func(ctx context.Context) (err error) {
		keys, err = s.host.App.Territories.Deals(ctx, id, stage, span)
		return err
	}, func() {
		s.host.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, Keys: keys, Title: title})
	})
}

func (s *Screen) kind(name string) *data.Kind {
	k, err := s.host.App.Records.Kind(name)
	if err != nil {
		return &data.Kind{} // the kind is built in; it cannot be missing
	}
	return k
}

func (s *Screen) accountKind() *data.Kind { return s.kind(data.KindAccount) }

// add asks for a new region; addBelow for a territory that is part of one.
func (s *Screen) add() { s.addBelow(nil) }

func (s *Screen) addBelow(parent *app.Territory) {
	k := s.kind(data.KindTerritory)
	preset := &data.Row{Kind: k, Values: data.Values{}, Labels: map[string]string{}}
	if parent != nil {
		preset.Values["parent"], preset.Labels["parent"] = parent.Row.ID, parent.Row.Title()
	}
	s.host.ShowRecordForm(kit.RecordForm{
		Title: lang.T("Add a territory"), Save: lang.T("Add"), Kind: k, Preset: preset,
		Fields: append([]string{"name", "parent", "external_id", "note"}, k.CustomNames()...),
		Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
			id, err := s.host.App.Territories.Add(ctx, v)
			if err == nil {
				s.host.Runner.Do(func() { s.choose(id.String()) }) //nolint:contextcheck // a screen loads in the context of its window, not in that of what set it off
			}
			return err
		},
	})
}

// choose selects a territory once it is there.
func (s *Screen) choose(id string) {
	s.coming = id
	s.show()
	s.side.reload()
}

func (s *Screen) edit(t *app.Territory) {
	if !s.writable() {
		return
	}
	k := s.kind(data.KindTerritory)
	row := t.Row
	s.host.ShowRecordForm(kit.RecordForm{
		Title: row.Title(), Kind: k, Row: &row, What: lang.T("Change %s", row.Title()),
		Fields: append([]string{"name", "parent", "external_id", "note"}, k.CustomNames()...),
		Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
			return s.host.App.Territories.Edit(ctx, row.ID, v)
		},
	})
}

// reference is a field for a record of a kind.
func (s *Screen) reference(key, label, kind, help string) kit.Field {
	f := s.host.ReferenceField(key, label, kind)
	f.Help = help
	return f
}

func (s *Screen) askParent(t *app.Territory) {
	s.host.Ask(kit.Question{
		Title: lang.T("Move %s", t.Row.Title()), Save: lang.T("Move"),
		Fields: []kit.Field{s.reference("parent", lang.T("Part of"), data.KindTerritory, lang.T("Empty makes it a region of its own"))},
		Keep: func(ctx context.Context, v kit.Values) error {
			return s.host.App.Territories.Move(ctx, []data.ID{t.Row.ID}, v.Ref("parent"))
		},
	})
}

func (s *Screen) askMerge(t *app.Territory) {
	into := s.reference("into", lang.T("Into"), data.KindTerritory, lang.T("It takes over accounts, people, rules, quotas and what is below"))
	into.Required = true
	s.host.Ask(kit.Question{
		Title: lang.T("Merge %s", t.Row.Title()), Save: lang.T("Merge"), Fields: []kit.Field{into},
		Keep: func(ctx context.Context, v kit.Values) error {
			return s.host.App.Territories.Merge(ctx, t.Row.ID, v.Ref("into"))
		},
	})
}

func (s *Screen) askRemove(t *app.Territory) {
	name := t.Row.Title()
	kit.Confirm(s.host.Window, kit.ConfirmOptions{
		Title: lang.T("Remove %s?", name), Yes: lang.T("Remove"), Danger: true,
		Text: lang.T("Territories below it come to the top, its accounts have no territory. Nothing else is removed, and undo brings it back."),
		OnYes: func() {
			s.host.Act(lang.T("Remove %s", name), func(ctx context.Context) error {
				return s.host.App.Territories.Remove(ctx, []data.ID{t.Row.ID})
			}, nil)
		},
	})
}

func freshPost(t *app.Territory) app.Post {
	return app.Post{Territory: t.Row.ID, Role: data.AssignOwner, From: data.NoDay, To: data.NoDay}
}

// askPost asks who covers a territory; a post with an id is changed.
func (s *Screen) askPost(t *app.Territory, p app.Post) {
	person := s.reference("person", lang.T("Person"), data.KindPerson, "")
	person.Required, person.Value, person.Chosen = true, p.Person.String(), kit.Option{Key: p.Person.String(), Text: p.Name}
	s.host.Ask(kit.Question{
		Title: lang.T("Cover %s", t.Row.Title()), Save: lang.T("Save"),
		Fields: []kit.Field{
			person,
			{Key: "role", Label: lang.T("As"), Kind: kit.FieldChoice, Required: true, Value: p.Role, Options: []kit.Option{
				{Key: data.AssignOwner, Text: lang.T("Owner")}, {Key: data.AssignManager, Text: lang.T("Manager")}, {Key: data.AssignOverlay, Text: lang.T("Overlay")},
			}},
			{Key: "from", Label: lang.T("From"), Kind: kit.FieldDay, Value: p.From.String(), Help: lang.T("Empty: from the beginning")},
			{Key: "to", Label: lang.T("Until"), Kind: kit.FieldDay, Value: p.To.String(), Help: lang.T("The last day; empty goes on")},
		},
		Keep: func(ctx context.Context, v kit.Values) (err error) {
			next := app.Post{ID: p.ID, Person: v.Ref("person"), Territory: t.Row.ID, Role: v["role"]}
			if next.From, err = v.Day("from"); err != nil {
				return err
			}
			if next.To, err = v.Day("to"); err != nil {
				return err
			}
			if p.ID.IsZero() {
				_, err = s.host.App.Territories.Assign(ctx, next)
				return err
			}
			return s.host.App.Territories.Reassign(ctx, next)
		},
	})
}

func (s *Screen) askUnassign(p app.Post) {
	s.host.Ask(kit.Question{
		Title: lang.T("End how %s covers %s", p.Name, p.Place), Save: lang.T("End"),
		Fields: []kit.Field{{Key: "day", Label: lang.T("Last day"), Kind: kit.FieldDay, Value: s.words.Today.AddDays(-1).String(), Help: lang.T("Empty takes it back as if it had never been")}},
		Keep: func(ctx context.Context, v kit.Values) error {
			day, err := v.Day("day")
			if err != nil {
				return err
			}
			return s.host.App.Territories.Unassign(ctx, p, day)
		},
	})
}

func (s *Screen) askTerritory(accounts []data.ID) {
	s.host.Ask(kit.Question{
		Title: lang.N("Put %d account into a territory", "Put %d accounts into a territory", len(accounts), len(accounts)), Save: lang.T("Put"),
		Fields: []kit.Field{s.reference("territory", lang.T("Territory"), data.KindTerritory, lang.T("Empty takes them out of any"))},
		Keep: func(ctx context.Context, v kit.Values) error {
			return s.host.App.Territories.SetTerritory(ctx, accounts, v.Ref("territory"))
		},
		Then: s.side.accounts.table.ClearSelection,
	})
}

func (s *Screen) askOwner(accounts []data.ID) {
	s.host.Ask(kit.Question{
		Title: lang.N("Give %d account to somebody", "Give %d accounts to somebody", len(accounts), len(accounts)), Save: lang.T("Give"),
		Fields: []kit.Field{s.reference("owner", lang.T("Owner"), data.KindPerson, lang.T("Empty leaves them with nobody"))},
		Keep: func(ctx context.Context, v kit.Values) error {
			return s.host.App.Territories.SetOwner(ctx, accounts, v.Ref("owner"))
		},
		Then: s.side.accounts.table.ClearSelection,
	})
}

func (s *Screen) saveRule(r app.Rule, then func()) {
	s.host.Act(lang.T("Save a rule"), func(ctx context.Context) error {
		_, err := s.host.App.Territories.SaveRule(ctx, r)
		return err
	}, then)
}

func (s *Screen) moveRule(r app.Rule, by int) {
	s.host.Act(lang.T("Change the order of the rules"), func(ctx context.Context) error {
		return s.host.App.Territories.MoveRule(ctx, r.ID, by)
	}, nil)
}

func (s *Screen) removeRule(r app.Rule) {
	s.host.Act(lang.T("Remove a rule"), func(ctx context.Context) error {
		return s.host.App.Territories.RemoveRule(ctx, r.ID)
	}, nil)
}

// askApply works out what the rules would do and asks how far they reach.
func (s *Screen) askApply() {
	var free, all *app.Plan
	s.host.Act(lang.T("Try the rules"), func(ctx context.Context) error {
		b, err := s.host.App.Territories.RuleBook(ctx)
		if err != nil {
			return err
		}
		if free, err = b.Plan(app.Unplaced); err != nil {
			return err
		}
		all, err = b.Plan(app.EveryAccount)
		return err
	}, func() { s.askReach(free, all) })
}

// Keys of how far the rules reach.
const (
	reachFree = "free"
	reachAll  = "all"
)

func (s *Screen) askReach(free, all *app.Plan) {
	n := func(p *app.Plan) string { return s.words.Num.Count(len(p.Moves)) }
	if len(all.Moves) == 0 {
		text := lang.T("No account would move: there is no rule for it, or each stands where its rule puts it. Rules are written under Rules of a territory.")
		kit.Confirm(s.host.Window, kit.ConfirmOptions{Title: lang.T("Nothing to do"), Text: text, No: lang.T("Close")})
		return
	}
	help := lang.T("Every account matches a rule")
	if n := free.Unplaced; n > 0 {
		help = lang.N("%s account matches no rule and stays without a territory", "%s accounts match no rule and stay without a territory", n, s.words.Num.Count(n))
	}
	s.host.Ask(kit.Question{
		Title: lang.T("Apply the territory rules"), Save: lang.T("Apply"),
		Fields: []kit.Field{{
			Key: "reach", Label: lang.T("Which accounts"), Kind: kit.FieldChoice, Required: true, Wide: true, Value: reachFree, Help: help,
			Options: []kit.Option{
				{Key: reachFree, Text: lang.T("%s without a territory", n(free))},
				{Key: reachAll, Text: lang.T("%s, also those put elsewhere by hand", n(all))},
			},
		}},
		Keep: func(ctx context.Context, v kit.Values) error {
			reach := app.Unplaced
			if v["reach"] == reachAll {
				reach = app.EveryAccount
			}
			_, err := s.host.App.Territories.ApplyRules(ctx, reach)
			return err
		},
	})
}
