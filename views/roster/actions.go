package roster

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
	if !s.host.MayMake(data.KindPerson) {
		return nil
	}
	return &kit.Action{Text: lang.T("Add a person"), Icon: "plus", Do: s.hire}
}

// Commands implements kit.Commanding: what can be done with whom is chosen.
func (s *Screen) Commands() []kit.Action {
	if f, other := s.faces[s.current]; other {
		return append(f.commands(), s.faceActions()...)
	}
	return append(s.peopleActions(), s.faceActions()...)
}

// peopleActions are those of tree and table, the primary one first where people
// may be changed.
func (s *Screen) peopleActions() []kit.Action {
	export := kit.Action{Text: lang.T("Export people"), Icon: "upload", Do: s.export}
	if !s.writable() {
		return []kit.Action{export}
	}
	out := []kit.Action{*s.Primary()}
	ids := s.selected()
	if len(ids) == 1 {
		out = append(out,
			kit.Action{Text: lang.T("Edit the person"), Icon: "edit", Do: func() { s.edit(ids[0]) }},
			kit.Action{Text: lang.T("Assign to a territory"), Icon: "territories", Do: func() { s.askPost(ids[0], freshPost(ids[0])) }},
			kit.Action{Text: lang.T("End and hand over"), Icon: "flag", Do: func() { s.askEnd(ids[0]) }})
	}
	if len(ids) > 0 {
		out = append(out,
			kit.Action{Text: lang.T("Change manager"), Icon: "users", Do: func() { s.askManager(ids) }},
			kit.Action{Text: lang.T("Change role"), Icon: "user", Do: func() { s.askRole(ids) }},
			kit.Action{Text: lang.T("Change status"), Icon: "flag", Do: func() { s.askStatus(ids) }},
			kit.Action{Text: lang.T("Remove people"), Icon: "x", Do: func() { s.askRemove(ids) }})
	}
	if len(ids) == 1 {
		if m := s.member(ids[0]); m != nil {
			out = append(out, s.host.PrivacyActions(personalData(m.Row))...)
		}
	}
	return append(out, export)
}

// export writes the chosen people, or all that are shown, to a file.
func (s *Screen) export() {
	ids := s.selected()
	var keys []data.Key
	for _, l := range s.lines {
		if l.member != nil && (len(ids) == 0 || slices.Contains(ids, l.member.Row.ID)) {
			keys = append(keys, l.member.Row.Key)
		}
	}
	s.host.ExportRows(data.KindPerson, keys)
}

func freshPost(person data.ID) app.Post {
	return app.Post{Person: person, Role: data.AssignOwner, From: data.NoDay, To: data.NoDay}
}

// menu is the right click on a row.
func (s *Screen) menu(_ int, at fyne.Position) { s.host.ShowActions(at, s.peopleActions()[1:]) }

// cutChosen marks people to be put under somebody else.
func (s *Screen) cutChosen() {
	if !s.writable() {
		return
	}
	s.cut = s.selected()
	if len(s.cut) > 0 {
		s.host.Say(lang.T("Choose the new manager and paste"))
		s.show()
	}
}

// pasteUnder puts who was cut under the person of a row.
func (s *Screen) pasteUnder(row int) {
	if len(s.cut) == 0 || row < 0 || row >= len(s.lines) {
		return
	}
	ids, to := s.cut, s.lines[row].member
	s.cut = nil
	if slices.Contains(ids, to.Row.ID) {
		s.show()
		return
	}
	s.move(ids, to.Row.ID, to.Row.Title())
}

func (s *Screen) move(ids []data.ID, manager data.ID, name string) {
	s.act(lang.N("Move %d person to %s", "Move %d people to %s", len(ids), len(ids), name), func(ctx context.Context) error {
		return s.host.App.Roster.Move(ctx, ids, manager)
	})
}

func (s *Screen) act(what string, call func(context.Context) error) { s.host.Act(what, call, nil) }

func (s *Screen) askRemove(ids []data.ID) {
	title := lang.N("Remove %d person?", "Remove %d people?", len(ids), len(ids))
	kit.Confirm(s.host.Window, kit.ConfirmOptions{
		Title: title, Yes: lang.T("Remove"), Danger: true,
		Text: lang.T("Deals, accounts and reports of theirs stay and show up as to fix. For somebody who leaves, use End: it hands everything over. Undo brings the people back."),
		OnYes: func() {
			s.act(lang.N("Remove %d person", "Remove %d people", len(ids), len(ids)), func(ctx context.Context) error { return s.host.App.Roster.Remove(ctx, ids) })
		},
	})
}

// personKind is the schema of people with the custom fields of the book.
func (s *Screen) personKind() *data.Kind {
	k, err := s.host.App.Records.Kind(data.KindPerson)
	if err != nil {
		return &data.Kind{} // the kind is built in; it cannot be missing
	}
	return k
}

// hire asks for a new person; who is chosen is offered as the manager.
func (s *Screen) hire() {
	k := s.personKind()
	preset := &data.Row{Kind: k, Values: data.Values{"role": data.RoleRep, "status": data.StatusActive, "hire_day": s.host.View().Today}, Labels: map[string]string{}}
	if ids := s.selected(); len(ids) == 1 {
		if m := s.member(ids[0]); m != nil {
			preset.Values["manager"], preset.Labels["manager"] = m.Row.ID, m.Row.Title()
		}
	}
	s.host.ShowRecordForm(kit.RecordForm{
		Title: lang.T("Add a person"), Save: lang.T("Add"), Kind: k, Preset: preset,
		Fields: append([]string{"name", "role", "title", "manager", "hire_day", "email", "phone", "home", "weekly_hours", "note"}, k.CustomNames()...),
		More: []kit.Field{
			s.reference("territory", lang.T("Covers"), data.KindTerritory, lang.T("From the day of hire on; can be left for later")),
			{Key: "as", Label: lang.T("As"), Kind: kit.FieldChoice, Value: data.AssignOwner, Options: postRoles()},
		},
		Keep: func(ctx context.Context, v data.Values, typed kit.Values) error {
			id, err := s.host.App.Roster.Hire(ctx, v, app.Post{Territory: typed.Ref("territory"), Role: typed["as"]})
			if err == nil {
				s.host.Runner.Do(func() { s.goal = id; s.show() }) //nolint:contextcheck // a screen loads in the context of its window, not in that of what set it off
			}
			return err
		},
	})
}

func postRoles() []kit.Option {
	return []kit.Option{
		{Key: data.AssignOwner, Text: lang.T("Owner")}, {Key: data.AssignManager, Text: lang.T("Manager")}, {Key: data.AssignOverlay, Text: lang.T("Overlay")},
	}
}

func (s *Screen) edit(id data.ID) {
	m := s.member(id)
	if m == nil || !s.writable() {
		return
	}
	k := s.personKind()
	row := m.Row
	s.host.ShowRecordForm(kit.RecordForm{
		Title: row.Title(), Kind: k, Row: &row, What: lang.T("Change %s", row.Title()),
		Fields: append([]string{"name", "role", "title", "manager", "hire_day", "end_day", "status", "email", "phone", "home", "weekly_hours", "external_id", "note"}, k.CustomNames()...),
		Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
			return s.host.App.Roster.Edit(ctx, id, v)
		},
	})
}

// ask shows a form of fields that belong to no record.
func (s *Screen) ask(title, what, save string, fields []kit.Field, keep func(ctx context.Context, v kit.Values) error) {
	s.host.Ask(kit.Question{Title: title, What: what, Save: save, Fields: fields, Keep: keep})
}

// reference is a field for a record of a kind.
func (s *Screen) reference(key, label, kind, help string) kit.Field {
	f := s.host.ReferenceField(key, label, kind)
	f.Help = help
	return f
}

func (s *Screen) names(ids []data.ID) string {
	if len(ids) == 1 {
		if m := s.member(ids[0]); m != nil {
			return m.Row.Title()
		}
	}
	return lang.N("%d person", "%d people", len(ids), len(ids))
}

func (s *Screen) askManager(ids []data.ID) {
	if len(ids) == 0 {
		return
	}
	who := s.names(ids)
	field := s.reference("manager", lang.T("Manager"), data.KindPerson, lang.T("Empty for nobody"))
	s.ask(lang.T("Move %s", who), lang.T("Move %s", who), lang.T("Move"), []kit.Field{field}, func(ctx context.Context, v kit.Values) error {
		return s.host.App.Roster.Move(ctx, ids, v.Ref("manager"))
	})
}

func (s *Screen) askRole(ids []data.ID) {
	who := s.names(ids)
	field := kit.Field{Key: "role", Label: lang.T("Role"), Kind: kit.FieldChoice, Required: true, Options: []kit.Option{
		{Key: data.RoleRep, Text: lang.T("Rep")}, {Key: data.RoleManager, Text: lang.T("Manager")}, {Key: data.RoleLead, Text: lang.T("Lead")},
	}}
	s.ask(lang.T("Role of %s", who), lang.T("Change the role of %s", who), "", []kit.Field{field}, func(ctx context.Context, v kit.Values) error {
		return s.host.App.Roster.SetRole(ctx, ids, v["role"])
	})
}

func (s *Screen) askStatus(ids []data.ID) {
	who := s.names(ids)
	field := kit.Field{Key: "status", Label: lang.T("Status"), Kind: kit.FieldChoice, Required: true, Options: []kit.Option{
		{Key: data.StatusActive, Text: lang.T("Active")}, {Key: data.StatusLeave, Text: lang.T("On leave")}, {Key: data.StatusLeft, Text: lang.T("Left")},
	}, Help: lang.T("Left alone hands nothing over; End does")}
	s.ask(lang.T("Status of %s", who), lang.T("Change the status of %s", who), "", []kit.Field{field}, func(ctx context.Context, v kit.Values) error {
		return s.host.App.Roster.SetStatus(ctx, ids, v["status"])
	})
}

// askEnd asks when somebody leaves and who takes over what.
func (s *Screen) askEnd(id data.ID) {
	m := s.member(id)
	if m == nil {
		return
	}
	name := m.Row.Title()
	person := func(key, label, help string, chosen kit.Option) kit.Field {
		f := s.reference(key, label, data.KindPerson, help)
		f.Value, f.Chosen = chosen.Key, chosen
		return f
	}
	fields := []kit.Field{{Key: "day", Label: lang.T("Last day"), Kind: kit.FieldDay, Required: true, Value: s.host.View().Today.String()}}
	stay := lang.T("Empty leaves them where they are")
	fields = append(fields,
		person("deals", lang.N("%d open deal goes to", "%d open deals go to", m.Sums.Open, m.Sums.Open), stay, kit.Option{}),
		person("accounts", lang.T("Accounts go to"), stay, kit.Option{}),
		person("territories", lang.N("%d territory goes to", "%d territories go to", len(m.Posts), len(m.Posts)), lang.T("From the day after; empty only ends them"), kit.Option{}))
	if m.Reports > 0 {
		boss := kit.Option{}
		if !m.Manager.IsZero() {
			boss = kit.Option{Key: m.Manager.String(), Text: managerName(m)}
		}
		fields = append(fields, person("reports", lang.N("%d report goes to", "%d reports go to", m.Reports, m.Reports), stay, boss))
	}
	s.ask(lang.T("End %s", name), lang.T("End %s", name), lang.T("End and hand over"), fields, func(ctx context.Context, v kit.Values) error {
		day, err := v.Day("day")
		if err != nil {
			return err
		}
		return s.host.App.Roster.End(ctx, app.Leaving{Person: id, Day: day, Deals: v.Ref("deals"), Accounts: v.Ref("accounts"), Territories: v.Ref("territories"), Reports: v.Ref("reports")})
	})
}

// askPost asks how a person covers a territory; a post with an id is changed.
func (s *Screen) askPost(person data.ID, p app.Post) {
	place := s.reference("territory", lang.T("Territory"), data.KindTerritory, "")
	place.Required, place.Value, place.Chosen = true, p.Territory.String(), kit.Option{Key: p.Territory.String(), Text: p.Place}
	fields := []kit.Field{
		place,
		{Key: "role", Label: lang.T("As"), Kind: kit.FieldChoice, Required: true, Value: p.Role, Options: postRoles()},
		{Key: "from", Label: lang.T("From"), Kind: kit.FieldDay, Value: p.From.String(), Help: lang.T("Empty: from the beginning")},
		{Key: "to", Label: lang.T("Until"), Kind: kit.FieldDay, Value: p.To.String(), Help: lang.T("The last day; empty goes on")},
	}
	title := lang.T("Assign %s", s.names([]data.ID{person}))
	s.ask(title, title, "", fields, func(ctx context.Context, v kit.Values) error {
		next := app.Post{ID: p.ID, Person: person, Territory: v.Ref("territory"), Role: v["role"]}
		var err error
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
	})
}
