package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/app/process"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Playbook is what is set for the work on deals, with what was measured beside it.
type Playbook struct {
	Stages      []StageLine // open stages, pipelines in their order
	Overrides   OverrideReport
	Suggestions []process.Suggestion
	Stalled     []StalledLine // the largest first
	StalledAll  []data.Key
	Snoozed     []data.Key
	Open        int
	Heat        []HeatLine // by person, those with most stalled deals first
	Empty       bool       // the book holds no deal
}

// StageLine is one open stage.
type StageLine struct {
	data.Row
	process.StageFigure
	Pipeline    string
	Entry, Exit []data.Row // criteria in order, retired ones last
}

// StalledLine is one stalled deal with what it lacks to go on.
type StalledLine struct {
	DealLine
	Missing []process.Item
}

// HeatLine is how many open deals of a person stand and have stalled in each of
// the playbook's stages.
type HeatLine struct {
	Person string
	Cells  []metrics.StallCell
}

const mostStalled = 200

// Playbook reads it for a scope. The error is NotFound for a scope that the book
// does not hold on that day.
func (p *Process) Playbook(ctx context.Context, q FigureQuery) (*Playbook, error) {
	out := &Playbook{}
	rows, err := p.app.store.List(ctx, data.Query{Kind: data.KindStage, Sort: []data.Sort{{Field: "pipeline.position"}, {Field: "pipeline"}, {Field: "position"}}})
	if err != nil {
		return nil, err
	}
	if err := p.stageLines(ctx, rows, out); err != nil {
		return nil, err
	}
	var all metrics.WinRate
	err = p.app.Performance.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope}, func(b *factBook, v *metrics.View) error {
		whole, err := b.view(metrics.Query{AsOf: v.AsOf()}, true)
		if err != nil {
			return err
		}
		stalls := whole.Stalls()
		out.measure(b, v, stalls)
		out.stalled(b, v, stalls)
		total, err := v.Compute(metrics.ByNone, data.AllTime)
		all = total.Total.WinRate
		out.Empty = len(b.Deals) == 0
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := p.describeStalled(ctx, out); err != nil {
		return nil, err
	}
	if out.Overrides, err = p.OverrideReport(ctx, q.Scope); err != nil {
		return nil, err
	}
	figures := make([]process.StageFigure, len(out.Stages))
	for i, s := range out.Stages {
		figures[i] = s.StageFigure
	}
	out.Suggestions = process.Suggest(figures, out.Overrides.Criteria, all)
	return out, nil
}

func (p *Process) stageLines(ctx context.Context, rows []data.Row, out *Playbook) error {
	criteria, err := p.app.store.List(ctx, data.Query{Kind: data.KindCriterion, Sort: []data.Sort{{Field: "position"}}})
	if err != nil {
		return err
	}
	retiredLast(criteria)
	for _, r := range rows {
		if r.Text("type") != data.StageOpen {
			continue
		}
		line := StageLine{Row: r, Pipeline: r.Labels["pipeline"]}
		line.Name, line.Probability, line.Expected = r.Title(), r.Float("probability"), int(r.Int("expected_days"))
		for _, c := range criteria {
			switch {
			case c.Ref("stage") != r.ID:
			case c.Text("gate") == data.GateEntry:
				line.Entry = append(line.Entry, c)
			default:
				line.Exit = append(line.Exit, c)
			}
		}
		out.Stages = append(out.Stages, line)
	}
	return nil
}

// measure sets the figures beside the stages.
func (pb *Playbook) measure(b *factBook, v *metrics.View, stalls *metrics.Stalls) {
	records := map[data.ID]metrics.StageRecord{}
	place := map[int32]int{}
	for _, r := range v.StageRecords(stalls) {
		records[b.Stages[r.Stage].ID] = r
	}
	for i := range pb.Stages {
		r, ok := records[pb.Stages[i].ID]
		if !ok {
			continue
		}
		pb.Stages[i].StageRecord = r
		pb.Open += r.Open
		place[r.Stage] = i
	}
	for owner, cells := range v.StallsBy(stalls) {
		line := HeatLine{Cells: make([]metrics.StallCell, len(pb.Stages))}
		if owner != metrics.None {
			line.Person = b.People[owner].Name
		}
		for stage, c := range cells {
			if i, ok := place[stage]; ok {
				line.Cells[i] = c
			}
		}
		pb.Heat = append(pb.Heat, line)
	}
	slices.SortFunc(pb.Heat, func(a, b HeatLine) int { return cmp.Or(b.stalled()-a.stalled(), cmp.Compare(a.Person, b.Person)) })
}

func (h HeatLine) stalled() int {
	n := 0
	for _, c := range h.Cells {
		n += c.Stalled
	}
	return n
}

// stalled lists the stalled deals, the largest first, and those that are snoozed.
func (pb *Playbook) stalled(b *factBook, v *metrics.View, stalls *metrics.Stalls) {
	var group DealGroup
	v.EachOpen(func(s metrics.Standing) {
		if s.Deal.SnoozedOn(v.AsOf()) {
			pb.Snoozed = append(pb.Snoozed, s.Key)
		}
		line := b.dealLine(s)
		if line.Days = stalls.Days(s.Place); line.Days > 0 {
			group.addStalled(line, mostStalled)
		}
	})
	pb.StalledAll = group.Keys
	for _, l := range group.Lines {
		pb.Stalled = append(pb.Stalled, StalledLine{DealLine: l})
	}
}

// describeStalled reads names and what each deal misses.
func (p *Process) describeStalled(ctx context.Context, pb *Playbook) error {
	keys := make([]data.Key, len(pb.Stalled))
	for i, l := range pb.Stalled {
		keys[i] = l.Key
	}
	slices.Sort(keys)
	rows, err := p.app.store.Rows(ctx, data.KindDeal, keys)
	if err != nil {
		return err
	}
	lacking, err := p.Lacking(ctx, rows)
	if err != nil {
		return err
	}
	byKey := map[data.Key]data.Row{}
	for _, r := range rows {
		byKey[r.Key] = r
	}
	for i := range pb.Stalled {
		l := &pb.Stalled[i]
		if r, ok := byKey[l.Key]; ok {
			l.describe(r)
		}
		l.Missing = lacking[l.Key]
	}
	return nil
}

// OverrideReport says which gates were overridden, by whom, and what became of
// those deals.
type OverrideReport struct {
	Newest   []Overridden
	Total    int
	People   []OverrideCount // the most first
	Gates    []OverrideCount
	Criteria []process.CriterionFigure
}

// Overridden is one override with how its deal stands.
type Overridden struct {
	data.Row
	Deal   string
	State  string // data.StageOpen, StageWon or StageLost; empty where the deal is gone
	Reason string
}

// OverrideCount counts overrides of one person or gate, and their deals by what
// became of them.
type OverrideCount struct {
	Name            string
	N               int
	Won, Lost, Open int
}

const newestOverrides = 100

// OverrideReport counts the overrides of deals in a scope.
func (p *Process) OverrideReport(ctx context.Context, scope data.Scope) (OverrideReport, error) {
	var out OverrideReport
	people, err := p.app.ScopePeople(ctx, scope)
	if err != nil {
		return out, err
	}
	rows, err := p.app.store.List(ctx, data.Query{Kind: data.KindGateOverride, Sort: []data.Sort{{Field: "day", Desc: true}}, Where: ofPeople("deal.owner", people)})
	if err != nil {
		return out, err
	}
	states, err := p.dealStates(ctx, rows)
	if err != nil {
		return out, err
	}
	c := overrideCounts{people: map[string]*OverrideCount{}, gates: map[string]*OverrideCount{}, criteria: map[string]*process.CriterionFigure{}, seen: map[string]bool{}}
	for i, r := range rows {
		state := states[r.Ref("deal")]
		c.add(r, state)
		if i < newestOverrides {
			out.Newest = append(out.Newest, Overridden{Row: r, Deal: r.Labels["deal"], State: state, Reason: r.Text("reason")})
		}
	}
	out.Total, out.People, out.Gates, out.Criteria = len(rows), sortedCounts(c.people), sortedCounts(c.gates), c.list()
	return out, nil
}

// dealStates tells of the deals of overrides whether they are open, won or lost.
func (p *Process) dealStates(ctx context.Context, overrides []data.Row) (map[data.ID]string, error) {
	stages, err := p.app.Pipeline.Stages(ctx)
	if err != nil {
		return nil, err
	}
	types := map[data.ID]string{}
	for _, s := range stages {
		types[s.ID] = s.Type
	}
	seen := map[data.ID]bool{}
	var ids []data.ID
	for _, r := range overrides {
		if id := r.Ref("deal"); !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	rows, err := p.app.rowsByID(ctx, data.KindDeal, ids)
	out := map[data.ID]string{}
	for _, d := range rows {
		out[d.ID] = types[d.Ref("stage")]
	}
	return out, err
}

type overrideCounts struct {
	people, gates map[string]*OverrideCount
	criteria      map[string]*process.CriterionFigure
	seen          map[string]bool // deal and criterion: overridden twice is one deal
}

func (c *overrideCounts) add(r data.Row, state string) {
	for _, x := range []struct {
		into map[string]*OverrideCount
		name string
	}{{c.people, r.Labels["person"]}, {c.gates, gateName(r)}} {
		n := x.into[x.name]
		if n == nil {
			n = &OverrideCount{Name: x.name}
			x.into[x.name] = n
		}
		n.N++
		countState(state, &n.Won, &n.Lost, &n.Open)
	}
	for _, name := range strings.Split(r.Text("missing"), "\n") {
		key := r.Ref("deal").String() + name
		if name == "" || c.seen[key] {
			continue
		}
		c.seen[key] = true
		f := c.criteria[name]
		if f == nil {
			f = &process.CriterionFigure{Name: name, Stage: r.Labels["from_stage"]}
			c.criteria[name] = f
		}
		f.Overridden++
		countState(state, &f.Won, &f.Lost, &f.Open)
	}
}

func countState(state string, won, lost, open *int) {
	switch state {
	case data.StageWon:
		*won++
	case data.StageLost:
		*lost++
	case data.StageOpen:
		*open++
	}
}

// gateName is the way that was forced: "Qualification to Discovery".
func gateName(r data.Row) string {
	if from := r.Labels["from_stage"]; from != "" {
		return lang.T("%s to %s", from, r.Labels["to_stage"])
	}
	return r.Labels["to_stage"]
}

func sortedCounts(m map[string]*OverrideCount) []OverrideCount {
	out := make([]OverrideCount, 0, len(m))
	for _, c := range m {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b OverrideCount) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Name, b.Name)) })
	return out
}

func (c *overrideCounts) list() []process.CriterionFigure {
	out := make([]process.CriterionFigure, 0, len(c.criteria))
	for _, f := range c.criteria {
		out = append(out, *f)
	}
	slices.SortFunc(out, func(a, b process.CriterionFigure) int {
		return cmp.Or(b.Overridden-a.Overridden, cmp.Compare(a.Name, b.Name))
	})
	return out
}
