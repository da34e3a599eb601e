package shell

import (
	"context"
	"strings"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// foundPerKind bounds what the palette lists of one kind.
const foundPerKind = 8

// findable are the kinds that the palette finds and where they open.
var findable = []struct{ kind, group, icon, screen string }{
	{data.KindPerson, "People", "user", "roster"},
	{data.KindAccount, "Accounts", "building", "territories"},
	{data.KindDeal, "Deals", "pipeline", "pipeline"},
	{data.KindTerritory, "Territories", "territories", "territories"},
}

// showPalette opens the command palette over the window.
func (sh *shell) showPalette() {
	actions := sh.allActions()
	items := make([]kit.PaletteItem, len(actions))
	for i, a := range actions {
		items[i] = kit.PaletteItem{Key: "do:" + a.Text, Group: lang.T("Commands"), Icon: a.Icon, Text: a.Text, Short: shortcutText(a.Shortcut)}
	}
	opts := kit.PaletteOptions{Items: items, Runner: sh.runner, Hint: lang.T("Search or run a command")}
	if sh.session != nil {
		opts.Search = sh.session.find
	}
	opts.OnPick = func(item kit.PaletteItem) {
		for _, a := range actions {
			if item.Key == "do:"+a.Text {
				a.Do()
				return
			}
		}
		sh.session.goTo(item.Key)
	}
	kit.ShowPalette(sh.window, opts)
}

// find searches people, accounts, deals and territories; it runs off the screen.
func (s *session) find(query string) []kit.PaletteItem {
	if strings.TrimSpace(query) == "" {
		return nil
	}
	var out []kit.PaletteItem
	for _, f := range findable {
		rows, err := s.app.Records.List(s.host.Context, data.Query{Kind: f.kind, Search: query, Limit: foundPerKind})
		if err != nil {
			continue // the palette shows what it can; the screens say what is wrong
		}
		for _, r := range rows {
			out = append(out, kit.PaletteItem{
				Key: f.screen + "|" + f.kind + "|" + r.ID.String(), Group: lang.T(f.group), Icon: f.icon,
				Text: foundText(r), Detail: foundDetail(r),
			})
		}
	}
	return out
}

func foundText(r data.Row) string {
	if r.Kind.Name == data.KindDeal && r.Text("name") == "" {
		return strings.Trim(r.Labels["account"]+" · "+r.Labels["product"], " ·")
	}
	return r.Title()
}

func foundDetail(r data.Row) string {
	parts := []string{}
	for _, name := range []string{"stage", "owner", "manager", "parent", "industry", "external_id"} {
		if label := r.Labels[name]; label != "" {
			parts = append(parts, label)
		} else if text := r.Text(name); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " · ")
}

func (s *session) goTo(key string) {
	parts := strings.Split(key, "|")
	if len(parts) != 3 {
		return
	}
	id, err := data.ParseID(parts[2])
	if err != nil {
		return
	}
	s.open(kit.Target{Screen: parts[0], Kind: parts[1], ID: id})
}

// pickScope turns a picked key into the view's scope.
func (s *session) pickScope(key string) {
	v := s.view
	kind, rest, _ := strings.Cut(key, ":")
	id, err := data.ParseID(rest)
	switch {
	case key == scopeAll:
		v.Scope = data.Everyone
	case key == scopeMe || key == scopeTeam:
		s.pickMine(key == scopeTeam)
		return
	case err != nil:
		return
	case kind == "territory":
		v.Scope = data.Scope{Territory: id}
	default:
		v.Scope = data.Scope{Person: id, Team: kind == "team"}
	}
	v.Whose = s.scopeText(key)
	s.setView(v)
}

func (s *session) scopeText(key string) string {
	for _, o := range s.scopes {
		if o.Key == key {
			return o.Text
		}
	}
	return ""
}

// pickMine looks at one's own records, or those of one's team.
func (s *session) pickMine(team bool) {
	s.act(lang.T("Look at my own"), func(ctx context.Context) error {
		me, err := s.app.Me(ctx)
		if err != nil {
			return err
		}
		s.host.Runner.Do(func() {
			v := s.view
			v.Scope = data.Scope{Person: me.ID, Team: team}
			v.Whose = s.scopeText(map[bool]string{false: scopeMe, true: scopeTeam}[team])
			s.setView(v)
		})
		return nil
	}, nil)
}
