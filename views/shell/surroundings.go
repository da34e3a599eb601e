package shell

import (
	"context"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// surroundings is what the title row offers in this book.
type surroundings struct {
	scopes []kit.Option
	scope  data.Scope // what the person sees at first
	whose  string
	latest data.Day // the newest close day, today at the latest
	years  [2]int   // the first and last year with a close day
	part   string   // which part of the book this file holds, in words
	holder data.ID  // whose, where it is one person's
	role   string   // by which rights are judged, "" where all are there
}

// Keys of the scopes that are not a record.
const (
	scopeAll  = "all"
	scopeMe   = "me"
	scopeTeam = "team"
)

// lookAround reads people, regions and the span of days for the pickers.
func lookAround(ctx context.Context, a *app.App) (surroundings, error) {
	me, err := a.Me(ctx)
	if err != nil {
		return surroundings{}, err
	}
	s := surroundings{whose: lang.T("Everyone")}
	s.scopes = append(s.scopes, kit.Option{Key: scopeAll, Text: s.whose})
	if err := s.mine(ctx, a, me); err != nil {
		return s, err
	}
	if s.part, s.holder, err = partOf(ctx, a, me); err != nil {
		return s, err
	}
	mine, err := a.Members.Mine(ctx)
	if err != nil {
		return s, err
	}
	if !mine.Lead {
		s.role = mine.Role
	}
	more, err := recordScopes(ctx, a)
	if err != nil {
		return s, err
	}
	s.scopes = append(s.scopes, more...)
	return s, s.days(ctx, a)
}

// mine offers one's own records: a rep begins with his, a manager who has
// people with his team's, everybody else with the whole book.
func (s *surroundings) mine(ctx context.Context, a *app.App, me app.Me) error {
	if me.ID.IsZero() {
		return nil
	}
	s.scopes = append(s.scopes, kit.Option{Key: scopeMe, Text: lang.T("Me"), Detail: me.Name})
	team, err := a.Records.Count(ctx, data.Query{Kind: data.KindPerson, Where: []data.Filter{{Field: "manager", Test: data.Is, Values: []data.Value{me.ID}}}})
	switch {
	case err != nil:
		return err
	case team > 0:
		s.scopes = append(s.scopes, kit.Option{Key: scopeTeam, Text: lang.T("My team")})
		s.scope, s.whose = data.Scope{Person: me.ID, Team: true}, lang.T("My team")
	case me.Role == data.RoleRep:
		s.scope, s.whose = data.Scope{Person: me.ID}, lang.T("Me")
	}
	return nil
}

// partOf says which part of the book this file holds; nothing is all of it.
func partOf(ctx context.Context, a *app.App, me app.Me) (words string, holder data.ID, err error) {
	part, err := a.Sharing.Part(ctx)
	switch {
	case err != nil || part == "":
		return "", data.NoID, err
	case me.Name == "":
		return lang.T("a part"), data.NoID, nil
	case part == data.RoleRep:
		return lang.T("%s's part", me.Name), me.ID, nil
	}
	return lang.T("%s's part", me.Name), data.NoID, nil
}

// recordScopes are the regions, the teams and the people of the book.
func recordScopes(ctx context.Context, a *app.App) ([]kit.Option, error) {
	var out []kit.Option
	regions, err := a.Records.List(ctx, data.Query{
		Kind: data.KindTerritory, Where: []data.Filter{{Field: "parent", Test: data.Blank}}, Sort: []data.Sort{{Field: "name"}},
	})
	if err != nil {
		return nil, err
	}
	for _, r := range regions {
		out = append(out, kit.Option{Key: "territory:" + r.ID.String(), Text: r.Title(), Group: lang.T("Regions")})
	}
	people, err := a.Records.List(ctx, data.Query{Kind: data.KindPerson, Sort: []data.Sort{{Field: "name"}}})
	if err != nil {
		return nil, err
	}
	leads := map[data.ID]bool{}
	for _, p := range people {
		leads[p.Ref("manager")] = true
	}
	for _, p := range people {
		if leads[p.ID] {
			out = append(out, kit.Option{Key: "team:" + p.ID.String(), Text: lang.T("Team of %s", p.Title()), Group: lang.T("Teams")})
		}
	}
	for _, p := range people {
		out = append(out, kit.Option{Key: "person:" + p.ID.String(), Text: p.Title(), Group: lang.T("People")})
	}
	return out, nil
}

// days finds the first and the newest close day.
func (s *surroundings) days(ctx context.Context, a *app.App) error {
	first, newest, err := a.CloseSpan(ctx)
	cal := a.Book().Calendar
	s.latest = newest
	s.years = [2]int{yearOf(cal, first), yearOf(cal, a.Today())}
	return err
}

func yearOf(cal data.Calendar, d data.Day) int {
	y, _, _ := cal.YearOf(d).To.AddDays(-1).Date()
	return y
}
