package territories

import (
	"math"
	"slices"
	"strings"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// planWords writes plans for people.
type planWords struct{ words }

func planHeads() []string {
	return []string{lang.T("Accounts"), lang.T("Potential"), lang.T("Hours")}
}

// measureWord names a measure within a sentence.
func measureWord(m planning.Measure) string {
	switch m {
	case planning.Accounts:
		return lang.T("accounts")
	case planning.Potential:
		return lang.T("potential")
	case planning.Sales:
		return lang.T("sales")
	case planning.Open:
		return lang.T("open deals")
	case planning.Hours:
		return lang.T("hours")
	case planning.People:
		return lang.T("people")
	}
	return string(m)
}

// mixWords names what territories are balanced by.
func mixWords(mix planning.Mix) string {
	var out []string
	for _, m := range planning.Measures {
		if mix[m] > 0 {
			out = append(out, measureWord(m))
		}
	}
	return strings.Join(out, ", ")
}

// areas counts areas of a size.
func (w planWords) areas(level string, n int) string {
	count := w.Num.Count(n)
	switch level {
	case "country":
		return lang.N("%s country", "%s countries", n, count)
	case "state":
		return lang.N("%s state", "%s states", n, count)
	case "county":
		return lang.N("%s county", "%s counties", n, count)
	case "zip3", "zip":
		return lang.N("%s ZIP area", "%s ZIP areas", n, count)
	}
	return lang.N("%s area", "%s areas", n, count)
}

// accounts counts accounts.
func (w planWords) accounts(n int) string {
	return lang.N("%s account", "%s accounts", n, w.Num.Count(n))
}

// value writes a figure of a measure, short; nothing is a dash.
func (w planWords) value(m planning.Measure, v float64) string {
	switch {
	case math.Abs(v) < 0.05:
		return kit.EnDash
	case m == planning.Potential || m == planning.Sales || m == planning.Open:
		return w.Num.Short(int64(math.Round(v * float64(w.Num.Currency.Unit()))))
	case m == planning.Hours:
		return w.Num.Number(v, 1)
	}
	return w.Num.Count(int(math.Round(v)))
}

// planKey is a plan in pickers, NoID being what is in force; planOf reads it.
func planKey(id data.ID) string {
	if id.IsZero() {
		return planInForce // an empty key would be nothing chosen
	}
	return id.String()
}

func planOf(key string) data.ID {
	id, err := data.ParseID(key)
	if err != nil {
		return data.NoID // what is in force
	}
	return id
}

func inForce() kit.Option { return kit.Option{Key: planInForce, Text: lang.T("In force")} }

func (w planWords) planOption(info app.PlanInfo) kit.Option {
	return kit.Option{Key: planKey(info.ID), Text: info.Name, Detail: w.planDetail(info), Group: w.planGroup(info)}
}

func (w planWords) planDetail(info app.PlanInfo) string {
	if info.Status == data.PlanActive && info.Start.Valid() {
		return lang.T("from %s", w.Day(info.Start))
	}
	return ""
}

func (w planWords) planGroup(info app.PlanInfo) string {
	switch info.Status {
	case data.PlanActive:
		return lang.T("Published")
	case data.PlanArchived:
		return lang.T("Archived")
	}
	return lang.T("Drafts")
}

// mapCaption counts what the plan holds.
func (w planWords) mapCaption(b *app.PlanBook) string {
	open := 0
	owners := map[data.ID]bool{}
	for _, t := range b.Plan.Territories {
		if t.Person.IsZero() {
			open++
		} else {
			owners[t.Person] = true
		}
	}
	parts := []string{lang.N("%d territory", "%d territories", len(b.Plan.Territories), len(b.Plan.Territories)), lang.N("%d owner", "%d owners", len(owners), len(owners))}
	if open > 0 {
		parts = append(parts, lang.N("%d open seat", "%d open seats", open, open))
	}
	parts = append(parts, w.accounts(len(b.Accounts)))
	if len(b.Areas) > 0 && !b.Tinted {
		parts = append(parts, w.areas(b.Info.Level, len(b.Areas)))
	}
	return strings.Join(parts, ", ")
}

func (w planWords) balanceCaption(b *app.PlanBook) string {
	return lang.T("by %s, 100 is even", mixWords(b.Info.Mix))
}

func (w planWords) outside(now *app.PlanBalance) string {
	if len(now.Index) < 2 || now.Spread.Outside == 0 {
		return ""
	}
	return lang.T("%d outside the band", now.Spread.Outside)
}

// spread says in a line how even a plan is.
func (w planWords) spread(now *app.PlanBalance, tolerance float64) string {
	s := now.Spread
	switch {
	case s.Of < 2:
		return ""
	case !slices.ContainsFunc(now.Division.Loads, func(v planning.Values) bool { return v.Of(planning.Accounts) > 0 }):
		return lang.T("No territory holds an account yet")
	}
	return lang.T("At most %s points off, variation %s, %d of %d within %s points",
		w.Num.Number(s.Largest, 0), w.Num.Percent(s.Variation), s.Within(), s.Of, w.Num.Number(tolerance, 0))
}

// spreads compares how even two plans are.
func (w planWords) spreads(was, is planning.Spread, tolerance float64) string {
	return lang.T("Largest deviation %s to %s points, coefficient of variation %s to %s, Gini %s to %s, within %s points %d of %d to %d of %d.",
		w.Num.Number(was.Largest, 0), w.Num.Number(is.Largest, 0), w.Num.Percent(was.Variation), w.Num.Percent(is.Variation), w.Num.Number(was.Gini, 2), w.Num.Number(is.Gini, 2),
		w.Num.Number(tolerance, 0), was.Within(), was.Of, is.Within(), is.Of)
}

// balanceRows are the territories with their figures.
func (w planWords) balanceRows(b *app.PlanBook, now *app.PlanBalance) []kit.BalanceRow {
	var out []kit.BalanceRow
	for i, t := range b.Plan.Territories {
		v := now.Division.Loads[i]
		row := kit.BalanceRow{
			Key: t.ID.String(), Name: t.Name, Caption: t.Owner, Colour: t.Color, Locked: t.Locked, Index: now.Index[i],
			Figures: w.figures(v), Values: []float64{v.Of(planning.Accounts), v.Of(planning.Potential), v.Of(planning.Hours)},
		}
		if t.Person.IsZero() {
			row.Caption, row.Warn = lang.T("Open seat"), true
		}
		out = append(out, row)
	}
	return out
}

// figures are those under planHeads.
func (w planWords) figures(v planning.Values) []string {
	return []string{w.value(planning.Accounts, v.Of(planning.Accounts)), w.value(planning.Potential, v.Of(planning.Potential)), w.value(planning.Hours, v.Of(planning.Hours))}
}

// totals is the row below the territories: what they hold together.
func (w planWords) totals(now *app.PlanBalance) (string, []string) {
	var all planning.Values
	for _, v := range now.Division.Loads {
		all.Add(v)
	}
	if len(now.Division.Loads) < 2 {
		return "", nil
	}
	return lang.T("All territories"), w.figures(all)
}

// Keys of what is to be settled.
const (
	settleAreas     = "areas"
	settleAccounts  = "accounts"
	settleMisplaced = "misplaced"
	settleOverlaps  = "overlaps"
	settleSeats     = "seats"
	settleFaults    = "faults"
	settleLocks     = "locks"
	settleNote      = "note"
)

// settleRows lists what a plan leaves open, and what is locked in it.
func (w planWords) settleRows(g app.PlanGaps, b *app.PlanBook) []kit.ListRow {
	var out []kit.ListRow
	add := func(key, title string, n int) {
		if n > 0 {
			out = append(out, kit.ListRow{Key: key, Title: title, Right: w.Num.Count(n), Icon: "warn", Tone: kit.ToneWarn})
		}
	}
	add(settleFaults, lang.T("Rules that cannot be read"), len(b.Faults))
	add(settleMisplaced, lang.T("Accounts without a known place"), len(g.Misplaced))
	add(settleAccounts, lang.T("Accounts in no territory"), len(g.Accounts))
	add(settleAreas, lang.T("Areas of nobody"), len(g.Areas))
	add(settleOverlaps, lang.T("Accounts that two rules claim"), len(g.Overlaps))
	add(settleSeats, lang.T("Territories without an owner"), len(g.Ownerless))
	locked := 0
	for _, h := range b.Plan.Areas {
		if h.Locked {
			locked++
		}
	}
	for _, h := range b.Plan.Named {
		if h.Locked {
			locked++
		}
	}
	for _, t := range b.Plan.Territories {
		if t.Locked {
			locked++
		}
	}
	if locked > 0 {
		out = append(out, kit.ListRow{Key: settleLocks, Title: lang.T("Locked"), Right: w.Num.Count(locked), Icon: "lock"})
	}
	if len(out) == 0 {
		out = []kit.ListRow{{Header: true, Title: lang.T("Every account has one owner"), Tone: kit.ToneGood}}
	}
	if note := strings.Join(strings.Fields(b.Info.Note), " "); note != "" {
		out = append(out, kit.ListRow{Key: settleNote, Title: note, Icon: "file"})
	}
	return out
}

// dress adds the legends to a map.
func (w planWords) dress(spec *report.MapSpec, b *app.PlanBook, by planning.Measure) {
	spec.Empty = lang.T("No account has a place yet. Give accounts a city, a postal code or coordinates.")
	switch {
	case b.Tinted:
		spec.Note = lang.T("tinted by whose most accounts are")
	case len(b.Areas) > 0:
		spec.Note = w.areas(b.Info.Level, len(b.Areas))
	}
	var sizes []float64
	for _, p := range spec.Points {
		if p.Size > 0 {
			sizes = append(sizes, p.Size)
		}
	}
	slices.Sort(sizes)
	if n := len(sizes); n > 0 {
		spec.Sizes.Title = lang.T("Account dot, open deals")
		for _, at := range []int{n / 4, n * 3 / 4, n - 1} {
			v := round2(sizes[at])
			spec.Sizes.Dots = append(spec.Sizes.Dots, report.MapSize{Value: v, Text: w.value(planning.Open, v)})
		}
		spec.Sizes.Dots = slices.CompactFunc(spec.Sizes.Dots, func(a, b report.MapSize) bool { return a.Text == b.Text })
	}
	if by == "" {
		return
	}
	spec.Title = lang.T("Areas by %s", measureWord(by))
	var values []float64
	for i := range spec.Areas {
		if v := spec.Areas[i].Value; v > 0 {
			values = append(values, v)
		} else {
			spec.Areas[i].Value = math.NaN()
		}
	}
	slices.Sort(values)
	spec.Classes = w.classes(values, by)
}

// classes are four steps of a ramp with as many areas each.
func (w planWords) classes(values []float64, by planning.Measure) []report.MapClass {
	var out []report.MapClass
	for i := range 4 {
		if len(values) == 0 {
			break
		}
		least := round2(values[i*len(values)/4])
		if i == 0 {
			least = 0
		}
		if n := len(out); n > 0 && least <= out[n-1].Least {
			continue
		}
		text := lang.T("from %s", w.value(by, least))
		if i == 0 {
			text = lang.T("some")
		}
		out = append(out, report.MapClass{Least: least, Text: text})
	}
	return out
}

// round2 rounds to two figures that count.
func round2(v float64) float64 {
	if v == 0 {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(v)))-1)
	return math.Round(v/unit) * unit
}
