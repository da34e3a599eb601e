package report

import (
	"fieldbook/app/meeting"
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// GoalForecast is where a period ends as things are, in minor units.
type GoalForecast struct {
	Won, Weighted, Adjusted, Forecast int64
	Goal                              int64
	HasGoal                           bool
}

// Gap is what the forecast is short of the goal, 0 where it is not.
func (f GoalForecast) Gap() int64 {
	if !f.HasGoal {
		return 0
	}
	return max(0, f.Goal-f.Forecast)
}

// WinsNeeded is the gap in deals: how many more have to be won, and how many
// have to come to a decision for that, at what a year taught.
type WinsNeeded struct {
	Won, Decided int
	Average      int64 // of a won deal
	Rate         metrics.WinRate
	Known        bool // enough deals were won in the year
}

// Goal is what needs to happen to hit the goal of a period, on paper.
type Goal struct {
	Cover
	Forecast GoalForecast
	Wins     WinsNeeded
	Total    metrics.Row
	Groups   []GoalGroups
	Stages   []GoalStage
	Risks    []GoalRisk
	AtRisk   GoalDeals
	Help     []metrics.Row
}

// GoalGroups are the teams, regions or territories, the widest gap first.
type GoalGroups struct {
	By   metrics.By
	Rows []GoalGroup
}

// GoalGroup is one of them; amounts are minor units.
type GoalGroup struct {
	Row           metrics.Row
	Expected, Gap int64
	Due           int64
}

// GoalDeals is a number of deals and what they come to.
type GoalDeals struct {
	N     int
	Value int64
}

// GoalStage is a stage with the deals due in the period that stand there.
type GoalStage struct {
	Name     string
	Chance   metrics.Chance
	Due      GoalDeals
	Weighted int64
	Stalled  GoalDeals
}

// GoalRisk is a deal due in the period with what speaks against it.
type GoalRisk struct {
	Name, Owner string
	Reasons     []meeting.Reason
	Close       data.Day
	Value       int64
}

// What a step of GoalSteps is about.
const (
	GoalWin     = iota // deals due, to be won
	GoalAtStage        // those that stand in the stage At
	GoalStalled        // those that have stalled
	GoalTeam           // those of the group At of the teams
)

// GoalStep is one thing that closes the gap, in words.
type GoalStep struct {
	What, At     int
	Title, Does  string
	Figure, Icon string
}

// Steps says what closes the gap: the wins that it takes, the stage where most
// goes by, what has stalled, and with which team to begin.
func (g Goal) Steps() []GoalStep {
	n, gap := g.Numbers, g.Forecast.Gap()
	var out []GoalStep
	var stalled GoalDeals
	best := -1
	for i, s := range g.Stages {
		stalled.N, stalled.Value = stalled.N+s.Stalled.N, stalled.Value+s.Stalled.Value
		if best < 0 || s.lost() > g.Stages[best].lost() {
			best = i
		}
	}
	if gap > 0 && g.Wins.Known {
		out = append(out, GoalStep{
			What: GoalWin, Icon: "check", Title: lang.N("Win %d more deal", "Win %d more deals", g.Wins.Won, g.Wins.Won),
			Does: lang.T("%s decided, at the rate and size of the last year, n = %s", n.deals(g.Wins.Decided), n.Count(g.Wins.Rate.N)), Figure: n.Short(gap),
		})
	}
	if best >= 0 {
		s := g.Stages[best]
		out = append(out, GoalStep{
			What: GoalAtStage, At: best, Icon: "pipeline", Title: lang.T("Win more of what is in %s", s.Name),
			Does: lang.T("%s due, a chance of %s; this goes by", n.deals(s.Due.N), n.Percent(s.Chance.Share())), Figure: n.Short(s.lost()),
		})
	}
	if stalled.N > 0 {
		out = append(out, GoalStep{What: GoalStalled, Icon: "clock", Title: lang.T("Move what has stalled"), Does: lang.T("%s due in the period", n.deals(stalled.N)), Figure: n.Short(stalled.Value)})
	}
	for _, groups := range g.Groups {
		if groups.By != metrics.ByManager || len(groups.Rows) < 2 || groups.Rows[0].Gap == 0 {
			continue
		}
		r := groups.Rows[0]
		out = append(out, GoalStep{
			What: GoalTeam, Icon: "users", Title: lang.T("Begin with the team of %s", r.name()),
			Does: lang.T("%s of its goal, coverage %s", n.share(r.Row.Attainment.Value()), n.coverage(r.Row)), Figure: n.Short(r.Gap),
		})
	}
	return out
}

// lost is what will go by at the chance that the stage has.
func (s GoalStage) lost() int64 { return s.Due.Value - s.Weighted }

func (g GoalGroup) name() string {
	if g.Row.ID.IsZero() {
		return lang.T("nobody")
	}
	return g.Row.Key
}

// deals counts deals in words.
func (n Numbers) deals(count int) string { return lang.N("%s deal", "%s deals", count, n.Count(count)) }

// Goal is the bridge of a goal, its marks leading to what was won and to the
// deals that are due.
func (p Panes) Goal(f GoalForecast, due []data.Key) Waterfall {
	out := p.GoalBridge(f, p.Span())
	for i := range out.Steps {
		switch m := &out.Steps[i].Mark; m.Key {
		case BridgeWon:
			m.Key = p.Open(lang.T("Won, %s", p.Span()), p.total(metrics.WonDeals))
		case BridgeOpen:
			m.Key = p.Keys(lang.T("Open deals, %s", p.Span()), data.KindDeal, due)
		}
	}
	return out
}

// Marks of GoalBridge that lead to records.
const (
	BridgeWon  = "won"
	BridgeOpen = "open"
)

// GoalBridge goes from what was won to the goal.
func (n Numbers) GoalBridge(f GoalForecast, span string) Waterfall {
	out := Waterfall{Head: Head{
		Title: lang.T("From won to the goal"), Unit: string(n.Currency), Period: span, Empty: lang.T("Nothing was won or is due in this period"),
	}, Axis: n.Axis()}
	if f.Won == 0 && f.Weighted == 0 && !f.HasGoal {
		return out
	}
	add := func(label string, minor int64, c Change) {
		c.Mark = Mark{Label: label, Text: n.Short(minor), Value: n.major(minor), Key: c.Key}
		out.Steps = append(out.Steps, c)
	}
	add(lang.T("Won"), f.Won, Change{Total: true, Mark: Mark{Key: BridgeWon}})
	add(lang.T("Open, weighted"), f.Weighted, Change{Tone: Good, Mark: Mark{Key: BridgeOpen}})
	if f.Adjusted != 0 {
		add(lang.T("Adjusted"), f.Adjusted, Change{})
	}
	add(lang.T("Forecast"), f.Forecast, Change{Total: true})
	if !f.HasGoal {
		return out
	}
	if gap := f.Gap(); gap > 0 {
		add(lang.T("Gap"), gap, Change{Tone: Warn})
	} else {
		add(lang.T("Above"), f.Goal-f.Forecast, Change{Tone: Quiet})
	}
	add(lang.T("Goal"), f.Goal, Change{Total: true})
	return out
}

// GoalDefinitions say how the figures of the page are counted.
func GoalDefinitions() []Fact {
	return []Fact{
		{Name: lang.T("Goal"), Text: lang.T("the sum of the effective quotas of the period: quota × ramp × days in role ÷ days in the month")},
		{Name: lang.T("Attainment"), Text: lang.T("won value of the period ÷ goal; a team's is Σ ÷ Σ")},
		{Name: lang.T("Pace"), Text: lang.T("won ÷ (goal × the share of the period's sales expected by now)")},
		{Name: lang.T("Expected, forecast"), Text: lang.T("won + Σ open value due in the period × chance; of teams and the whole also what managers adjusted. An open deal without a close day counts in the period under way")},
		{Name: lang.T("Chance"), Text: lang.T("the share won of the closed deals that were in the stage; while fewer than 30 were, the probability that is set")},
		{Name: lang.T("Gap"), Text: lang.T("goal less forecast, where that is above 0")},
		{Name: lang.T("Coverage"), Text: lang.T("open value due in the period ÷ (goal − won); needed is 1 ÷ win rate by value")},
		{Name: lang.T("Wins that close it"), Text: lang.T("gap ÷ average won deal of the last twelve months; decided are these ÷ win rate. Below 10 won deals there are too few to tell")},
		{Name: lang.T("Will go by"), Text: lang.T("open value due less what is expected of it")},
		{Name: lang.T("Stalled"), Text: lang.T("longer in the stage than three quarters of the deals that went on from it, with nothing planned")},
		{Name: lang.T("At risk"), Text: lang.T("due in the period, and stalled, without a next step, with an overdue one, or past the close day")},
		{Name: lang.T("People to help"), Text: lang.T("behind pace, and with less coverage than the win rate by value asks for; the widest shortfall first")},
	}
}
