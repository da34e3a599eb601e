package home

import (
	"strings"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// teamLines is how many deals of a group a team's list shows, so that the next
// group is in sight.
const teamLines = 4

// steps are the next steps by their day, with who and why for a team.
func (s *sheet) steps() []kit.ListRow {
	n := &s.Needs
	var rows []kit.ListRow
	rows = s.group(rows, lang.T("Overdue"), kit.ToneBad, n.Overdue)
	rows = s.group(rows, lang.T("Today"), kit.TonePlain, n.Today)
	return s.group(rows, lang.T("To the end of next week"), kit.TonePlain, n.NextWeek)
}

// past are a person's quarters that are over: attainment, what was won of the
// quota, and what was said that it would come to.
func (s *sheet) past() []kit.ListRow {
	var rows []kit.ListRow
	for _, q := range s.Past {
		won := q.Row.Credited.Minor
		r := kit.ListRow{Key: s.opens(lang.T("Won in %s", kit.PeriodText(q.Period)), q.Period, metrics.WonDeals), Title: kit.PeriodText(q.Period), Right: s.num.Short(won), RightDetail: s.deals(q.Row.Won)}
		if v, ok := q.Row.Attainment.Value(); ok {
			r.Right, r.RightDetail = s.num.Percent(v), lang.T("%s of %s", s.num.Short(won), s.num.Short(q.Row.Quota.Minor))
			r.Bold = v >= 1
		}
		if q.HasSaid {
			r.Detail = lang.T("said %s", s.num.Short(q.Said))
		}
		rows = append(rows, r)
	}
	return rows
}

func (s *sheet) group(rows []kit.ListRow, title string, tone kit.Tone, g app.DealGroup) []kit.ListRow {
	if len(g.Keys) == 0 {
		return rows
	}
	rows = append(rows, kit.ListRow{Header: true, Title: title, Detail: s.num.Count(len(g.Keys)), Tone: tone})
	if s.Person == "" {
		g.Lines = g.Lines[:min(len(g.Lines), teamLines)]
	}
	for _, l := range g.Lines {
		row := s.deal(l)
		row.Detail = join(" · ", s.first(l.Owner), l.Step)
		row.RightDetail = kit.DayText(s.num, l.StepOn, s.AsOf)
		rows = append(rows, row)
	}
	return s.rest(rows, title, g)
}

// rest is a line that opens what is not listed.
func (s *sheet) rest(rows []kit.ListRow, title string, g app.DealGroup) []kit.ListRow {
	if len(g.Keys) > len(g.Lines) {
		rows = append(rows, kit.ListRow{
			Key: s.links.Keys(title, data.KindDeal, g.Keys), Icon: "arrow", Title: lang.N("All %s deal", "All %s deals", len(g.Keys), s.num.Count(len(g.Keys))),
		})
	}
	return rows
}

// deal is a line of one deal.
func (s *sheet) deal(l app.DealLine) kit.ListRow {
	return kit.ListRow{Key: dealPrefix + l.ID.String(), Icon: stepIcon(l.Step), Title: join(" · ", l.Name, l.Product), Right: s.amount(l)}
}

// first is a person's first name; a person's own list names nobody.
func (s *sheet) first(name string) string {
	if s.Person != "" {
		return ""
	}
	first, _, _ := strings.Cut(name, " ")
	return first
}

func join(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}

// stepIcon guesses from its words what a step is.
func stepIcon(step string) string {
	text := strings.ToLower(step)
	for _, guess := range []struct{ word, icon string }{
		{"call", "phone"}, {"phone", "phone"}, {"mail", "mail"}, {"send", "mail"}, {"visit", "pin"}, {"meet", "users"}, {"demo", "play"},
	} {
		if strings.Contains(text, guess.word) {
			return guess.icon
		}
	}
	return "clock"
}

// needs are next steps, what has stalled and what is to be fixed.
func (s *sheet) needs() []kit.ListRow {
	rows := s.stalled(s.steps())
	n := &s.Needs
	fix := []struct {
		text, title string
		g           app.DealGroup
	}{
		{lang.T("Past their close day"), lang.T("Open past their close day"), n.PastClose},
		{lang.T("Without a close day"), lang.T("Open without a close day"), n.NoClose},
		{lang.T("Without a value"), lang.T("Open without a value"), n.NoValue},
	}
	total := 0
	for _, f := range fix {
		total += len(f.g.Keys)
	}
	if total == 0 {
		return rows
	}
	rows = append(rows, kit.ListRow{Header: true, Title: lang.T("Open deals to fix"), Detail: s.num.Count(total), Tone: kit.ToneWarn})
	for _, f := range fix {
		if len(f.g.Keys) > 0 {
			rows = append(rows, kit.ListRow{
				Key: s.links.Keys(f.title, data.KindDeal, f.g.Keys), Icon: "warn", Tone: kit.ToneWarn, Title: f.text,
				Right: s.num.Count(len(f.g.Keys)),
			})
		}
	}
	return rows
}

func (s *sheet) stalled(rows []kit.ListRow) []kit.ListRow {
	g := s.Needs.Stalled
	if len(g.Keys) == 0 {
		return rows
	}
	rows = append(rows, kit.ListRow{Header: true, Title: lang.T("Stalled"), Detail: lang.T("%s, largest first", s.num.Ratio(len(g.Keys), s.Needs.StalledOf))})
	g.Lines = g.Lines[:min(len(g.Lines), teamLines)]
	for _, l := range g.Lines {
		row := s.deal(l)
		row.Icon = "clock"
		row.Detail = join(" · ", s.first(l.Owner), lang.N("%d day in %s", "%d days in %s", l.Days, l.Days, l.Stage))
		row.RightDetail = lang.T("no next step")
		rows = append(rows, row)
	}
	return s.rest(rows, lang.T("Stalled deals"), g)
}
