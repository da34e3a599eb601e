package app

import (
	"context"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/app/process"
	"fieldbook/data"
	"fieldbook/data/store"
)

// DealProcess is how far a deal is in the playbook.
type DealProcess struct {
	Entry, Exit []CheckedItem // of the stage that it stands in
	Frameworks  []FrameworkScores
	Guides      []GuideAnswers
	Run         *SequenceRun // nil where none runs
	StallAfter  float64      // days that are usual in its stage; 0 is not known
	Overrides   []data.Row   // newest first
}

// CheckedItem is a criterion with who ticked it and when.
type CheckedItem struct {
	process.Item
	Day      data.Day // NoDay unless it was ticked
	By       string
	Evidence string
}

// FrameworkScores are the points of a deal in one framework.
type FrameworkScores struct {
	ID       data.ID
	Name     string
	Asked    bool // a gate of the deal's pipeline asks for its points
	Points   int
	Elements []ElementScore
}

// Most is what the framework's elements can come to.
func (f FrameworkScores) Most() int { return MostPoints * len(f.Elements) }

// ElementScore is one element of a framework. Without Scored nothing was said yet.
type ElementScore struct {
	ID             data.ID
	Name, Guidance string
	Points         int
	Scored         bool
	Evidence, By   string
	Day            data.Day
}

// GuideAnswers are a guide's questions with what the customer said.
type GuideAnswers struct {
	ID            data.ID
	Name, Segment string
	Questions     []QuestionAnswer
}

// QuestionAnswer is one question; Answer is empty until it was asked.
type QuestionAnswer struct {
	ID             data.ID
	Question, Hint string
	Answer, By     string
	Day            data.Day
}

// Deal reads how far a deal is.
func (p *Process) Deal(ctx context.Context, id data.ID) (DealProcess, error) {
	var out DealProcess
	deal, err := p.app.store.Get(ctx, data.KindDeal, id)
	if err != nil {
		return out, err
	}
	rules, err := p.app.rules(ctx)
	if err != nil {
		return out, err
	}
	for _, step := range []func(context.Context, data.Row, *process.Rules, *DealProcess) error{p.checklist, p.scores, p.answers} {
		if err := step(ctx, deal, rules, &out); err != nil {
			return out, err
		}
	}
	if out.Run, err = p.running(ctx, id); err != nil {
		return out, err
	}
	out.Overrides, err = p.of(ctx, data.KindGateOverride, id)
	slices.Reverse(out.Overrides)
	if err != nil {
		return out, err
	}
	err = p.app.Pipeline.stalls(ctx, func(b *factBook, s *metrics.Stalls) {
		if place, ok := b.stageOf[deal.Ref("stage")]; ok && int(place) < len(s.After) {
			out.StallAfter = s.After[place]
		}
	})
	return out, err
}

// of lists what is kept of a kind on a deal, by its day.
func (p *Process) of(ctx context.Context, kind string, deal data.ID) ([]data.Row, error) {
	return p.app.store.List(ctx, data.Query{Kind: kind, Sort: []data.Sort{{Field: "day"}}, Where: []data.Filter{{Field: "deal", Test: data.Is, Values: []data.Value{deal}}}})
}

func (p *Process) checklist(ctx context.Context, deal data.Row, rules *process.Rules, out *DealProcess) error {
	works, err := p.app.store.DealWorks(ctx, []data.Key{deal.Key})
	if err != nil {
		return err
	}
	rows, err := p.of(ctx, data.KindCriterionCheck, deal.ID)
	if err != nil {
		return err
	}
	last := map[data.ID]data.Row{}
	for _, r := range rows {
		last[r.Ref("criterion")] = r
	}
	work, stage := workOn(deal, works[deal.Key]), deal.Ref("stage")
	for _, side := range []struct {
		gate string
		into *[]CheckedItem
	}{{data.GateEntry, &out.Entry}, {data.GateExit, &out.Exit}} {
		for _, it := range process.Judge(rules.Of(stage, side.gate), work) {
			c := CheckedItem{Item: it, Day: data.NoDay}
			if r, ok := last[it.ID]; ok && it.Type == data.CriterionChecklist {
				c.Evidence, c.Day, c.By = r.Text("evidence"), r.Day("day"), r.Labels["person"]
			}
			*side.into = append(*side.into, c)
		}
	}
	return nil
}

func (p *Process) scores(ctx context.Context, deal data.Row, rules *process.Rules, out *DealProcess) error {
	frameworks, err := p.Frameworks(ctx)
	if err != nil {
		return err
	}
	rows, err := p.of(ctx, data.KindQualification, deal.ID)
	if err != nil {
		return err
	}
	scored := map[data.ID]data.Row{}
	for _, r := range rows {
		scored[r.Ref("element")] = r
	}
	asked, err := p.askedFrameworks(ctx, deal.Ref("stage"), rules)
	if err != nil {
		return err
	}
	for _, f := range frameworks {
		s := FrameworkScores{ID: f.ID, Name: f.Title(), Asked: asked[f.ID]}
		known := false
		for _, e := range f.Elements {
			x := ElementScore{ID: e.ID, Name: e.Title(), Guidance: e.Text("guidance"), Day: data.NoDay}
			if r, ok := scored[e.ID]; ok {
				known, x.Scored = true, true
				x.Points, x.Evidence, x.Day, x.By = int(r.Int("score")), r.Text("evidence"), r.Day("day"), r.Labels["person"]
				s.Points += x.Points
			}
			s.Elements = append(s.Elements, x)
		}
		if known || !f.Bool("retired") {
			out.Frameworks = append(out.Frameworks, s)
		}
	}
	slices.SortStableFunc(out.Frameworks, func(a, b FrameworkScores) int { return rankOf(a) - rankOf(b) })
	return nil
}

// rankOf puts first what gates ask for, then what was begun.
func rankOf(f FrameworkScores) int {
	switch {
	case f.Asked:
		return 0
	case f.Points > 0:
		return 1
	}
	return 2
}

// askedFrameworks are those that a gate of the stage's pipeline asks for.
func (p *Process) askedFrameworks(ctx context.Context, stage data.ID, rules *process.Rules) (map[data.ID]bool, error) {
	out := map[data.ID]bool{}
	if rules.None() {
		return out, nil
	}
	stages, err := p.app.Pipeline.Stages(ctx)
	for _, s := range pipelineOf(stages, stage) {
		for _, c := range append(slices.Clone(rules.Of(s.ID, data.GateEntry)), rules.Of(s.ID, data.GateExit)...) {
			if c.Type == data.CriterionFramework {
				out[c.Framework] = true
			}
		}
	}
	return out, err
}

// answers lists the guides for the deal's stage and its account's segments, those
// for any of them, and those that were begun.
func (p *Process) answers(ctx context.Context, deal data.Row, _ *process.Rules, out *DealProcess) error {
	guides, err := p.Guides(ctx)
	if err != nil {
		return err
	}
	rows, err := p.of(ctx, data.KindDiscoveryAnswer, deal.ID)
	if err != nil {
		return err
	}
	said := map[data.ID]data.Row{}
	for _, r := range rows {
		said[r.Ref("question")] = r
	}
	segments, err := p.guidedSegments(ctx, deal, guides)
	if err != nil {
		return err
	}
	for _, g := range guides {
		a := GuideAnswers{ID: g.ID, Name: g.Title(), Segment: g.Labels["segment"]}
		begun := false
		for _, q := range g.Questions {
			x := QuestionAnswer{ID: q.ID, Question: q.Title(), Hint: q.Text("hint"), Day: data.NoDay}
			if r, ok := said[q.ID]; ok && r.Text("answer") != "" {
				begun = true
				x.Answer, x.Day, x.By = r.Text("answer"), r.Day("day"), r.Labels["person"]
			}
			a.Questions = append(a.Questions, x)
		}
		here := (g.Ref("stage").IsZero() || g.Ref("stage") == deal.Ref("stage")) && (g.Ref("segment").IsZero() || segments[g.Ref("segment")])
		if begun || here && !g.Bool("retired") {
			out.Guides = append(out.Guides, a)
		}
	}
	return nil
}

// guidedSegments tells which segments a deal's account is in, where a guide asks.
func (p *Process) guidedSegments(ctx context.Context, deal data.Row, guides []Guide) (map[data.ID]bool, error) {
	account := deal.Ref("account")
	if account.IsZero() || !slices.ContainsFunc(guides, func(g Guide) bool { return !g.Ref("segment").IsZero() }) {
		return map[data.ID]bool{}, nil
	}
	return p.app.Market.inSegments(ctx, account)
}

// Gate asks beforehand whether deals may move to a stage: nil where they may.
func (p *Process) Gate(ctx context.Context, deals []data.ID, to data.ID) (*GateError, error) {
	rules, err := p.app.rules(ctx)
	if err != nil || rules.None() {
		return nil, err
	}
	rows, err := p.app.rowsByID(ctx, data.KindDeal, deals)
	if err != nil {
		return nil, err
	}
	stage, err := p.app.store.Get(ctx, data.KindStage, to)
	if err != nil {
		return nil, err
	}
	works, err := p.app.store.DealWorks(ctx, rowKeys(rows))
	if err != nil {
		return nil, err
	}
	var first *GateError
	for _, r := range rows {
		items := rules.Check(r.Ref("stage"), to, workOn(r, works[r.Key]))
		switch {
		case len(process.Missing(items)) == 0:
		case first == nil:
			first = &GateError{Deal: r.ID, Name: DealName(r), From: r.Ref("stage"), To: to, ToName: stage.Title(), Items: items}
		default:
			first.Others++
		}
	}
	return first, nil
}

// GatePreview knows of some deals what gates ask for, without asking the book
// again: what was done since it was read, it has not seen.
type GatePreview struct {
	rules *process.Rules
	works map[data.Key]store.DealWork
}

// Preview reads what a preview of some deals needs, by two queries.
func (p *Process) Preview(ctx context.Context, deals []data.Row) (*GatePreview, error) {
	rules, err := p.app.rules(ctx)
	if err != nil || rules.None() {
		return &GatePreview{}, err
	}
	works, err := p.app.store.DealWorks(ctx, rowKeys(deals))
	return &GatePreview{rules, works}, err
}

// Items are what the gates on a deal's way to a stage ask for, met or not.
func (g *GatePreview) Items(deal data.Row, to data.ID) []process.Item {
	if g == nil || g.rules.None() {
		return nil
	}
	return g.rules.Check(deal.Ref("stage"), to, workOn(deal, g.works[deal.Key]))
}

func rowKeys(rows []data.Row) []data.Key {
	out := make([]data.Key, len(rows))
	for i, r := range rows {
		out[i] = r.Key
	}
	return out
}

// Lacking counts, of some deals, the criteria that each misses of those at the
// exit of its stage: two queries whatever the number of deals, none where the
// book has no criteria.
func (p *Process) Lacking(ctx context.Context, deals []data.Row) (map[data.Key][]process.Item, error) {
	gates, err := p.Preview(ctx, deals)
	if err != nil || gates.rules.None() {
		return nil, err
	}
	out := map[data.Key][]process.Item{}
	for _, d := range deals {
		items := process.Judge(gates.rules.Of(d.Ref("stage"), data.GateExit), workOn(d, gates.works[d.Key]))
		if missing := process.Missing(items); len(missing) > 0 {
			out[d.Key] = missing
		}
	}
	return out, nil
}

// Framework is a framework with its elements, in order.
type Framework struct {
	data.Row
	Elements []data.Row
}

// Frameworks lists all frameworks, retired ones last.
func (p *Process) Frameworks(ctx context.Context) ([]Framework, error) {
	rows, parts, err := p.withParts(ctx, data.KindFramework, data.KindFrameworkElement, "framework")
	out := make([]Framework, len(rows))
	for i, r := range rows {
		out[i] = Framework{r, parts[r.ID]}
	}
	return out, err
}

// Guide is a discovery guide with its questions, in order.
type Guide struct {
	data.Row
	Questions []data.Row
}

// Guides lists all guides, retired ones last.
func (p *Process) Guides(ctx context.Context) ([]Guide, error) {
	rows, parts, err := p.withParts(ctx, data.KindDiscoveryGuide, data.KindDiscoveryQuestion, "guide")
	out := make([]Guide, len(rows))
	for i, r := range rows {
		out[i] = Guide{r, parts[r.ID]}
	}
	return out, err
}

// withParts lists the rows of a kind with those of another that belong to each.
func (p *Process) withParts(ctx context.Context, kind, part, field string) ([]data.Row, map[data.ID][]data.Row, error) {
	k, err := p.app.store.Kind(kind)
	if err != nil {
		return nil, nil, err
	}
	sort := []data.Sort{{Field: k.Title}}
	if _, ok := k.Field("position"); ok {
		sort = []data.Sort{{Field: "position"}, {Field: k.Title}}
	}
	rows, err := p.app.store.List(ctx, data.Query{Kind: kind, Sort: sort})
	if err != nil {
		return nil, nil, err
	}
	retiredLast(rows)
	all, err := p.app.store.List(ctx, data.Query{Kind: part, Sort: []data.Sort{{Field: "position"}}})
	parts := map[data.ID][]data.Row{}
	for _, r := range all {
		parts[r.Ref(field)] = append(parts[r.Ref(field)], r)
	}
	return rows, parts, err
}

func retiredLast(rows []data.Row) {
	slices.SortStableFunc(rows, func(a, b data.Row) int { return boolInt(a.Bool("retired")) - boolInt(b.Bool("retired")) })
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
