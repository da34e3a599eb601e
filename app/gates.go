package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fieldbook/app/process"
	"fieldbook/data"
	"fieldbook/data/store"
)

// Passage is what a move brings along to the gates: what is ticked and scored
// with it, and the reason to go without the rest.
type Passage struct {
	Override string
	Ticks    []Tick
	Scores   []Score
}

// GateError says that gates refused a move, and what the first deal that they
// refused lacks. It is Refused; nothing was changed.
type GateError struct {
	Deal     data.ID
	Name     string // of the deal
	From, To data.ID
	ToName   string
	Items    []process.Item // all that was asked, met or not
	Others   int            // further deals that were refused
}

// Error implements error.
func (e *GateError) Error() string {
	words := make([]string, 0, len(e.Items))
	for _, it := range process.Missing(e.Items) {
		words = append(words, gateWords(it))
	}
	who := e.Name
	if e.Others > 0 {
		who = fmt.Sprintf("%s (and %d more)", e.Name, e.Others)
	}
	return fmt.Sprintf("%s cannot go to %s, which lacks: %s; nothing was changed. Tick, fill or score what is missing, or give a reason to override it",
		who, e.ToName, strings.Join(words, "; "))
}

// UserMessage is the sentence to show.
func (e *GateError) UserMessage() string { return e.Error() }

// Unwrap makes it Refused to all who ask.
func (e *GateError) Unwrap() error { return &data.Error{Kind: data.Refused, Msg: e.Error()} }

func gateWords(it process.Item) string {
	if it.Type == data.CriterionFramework {
		return fmt.Sprintf("%s (%d of %d points)", it.Name, it.Points, it.Criterion.Points)
	}
	return it.Name
}

// rules reads the gates of the book.
func (a *App) rules(ctx context.Context) (*process.Rules, error) {
	rows, err := a.store.List(ctx, data.Query{Kind: data.KindCriterion, Sort: []data.Sort{{Field: "position"}}})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	criteria := make([]process.Criterion, 0, len(rows))
	for _, r := range rows {
		if !r.Bool("retired") {
			criteria = append(criteria, criterionOf(r))
		}
	}
	stages, err := a.store.List(ctx, data.Query{Kind: data.KindStage})
	places := make([]process.Place, len(stages))
	for i, s := range stages {
		places[i] = process.Place{ID: s.ID, Pipeline: s.Ref("pipeline"), Type: s.Text("type"), Position: int(s.Int("position"))}
	}
	return process.NewRules(criteria, places), err
}

func criterionOf(r data.Row) process.Criterion {
	return process.Criterion{
		ID: r.ID, Stage: r.Ref("stage"), Gate: r.Text("gate"), Name: r.Text("name"), Type: r.Text("type"), Field: r.Text("field"),
		Framework: r.Ref("framework"), Points: int(r.Int("points")), Position: int(r.Int("position")), Guidance: r.Text("guidance"),
	}
}

// workOn is what a deal shows to gates.
func workOn(deal data.Row, w store.DealWork) process.Work {
	return process.Work{Met: w.Met, Points: w.Points, Filled: func(field string) bool { return deal.Has(field) }}
}

// gatekeeper stands at the gates of one transaction: it notes where deals stand
// before they are moved and checks them as the transaction leaves them.
type gatekeeper struct {
	app   *App
	tx    *store.Tx
	rules *process.Rules
	from  map[data.ID]data.ID // deal → stage, NoID for a new one
	deals []data.ID
}

// gatekeeper is asked before deals are changed. Where no stage changes or the
// book has no criteria it costs next to nothing.
func (a *App) gatekeeper(ctx context.Context, tx *store.Tx, deals []data.ID, values data.Values) (*gatekeeper, error) {
	g := &gatekeeper{app: a, tx: tx, from: map[data.ID]data.ID{}}
	if _, moves := values["stage"]; !moves {
		return g, nil
	}
	var err error
	if g.rules, err = a.rules(ctx); err != nil || g.rules.None() {
		return g, err
	}
	for _, id := range deals {
		row, err := tx.Row(data.KindDeal, id)
		if err != nil && data.KindOf(err) != data.NotFound {
			return nil, err
		}
		g.from[id] = row.Ref("stage")
	}
	g.deals = deals
	return g, nil
}

// pass lets the deals through, logs what is overridden, or refuses.
func (g *gatekeeper) pass(ctx context.Context, with Passage) error {
	if len(g.deals) == 0 {
		return nil
	}
	refused, err := g.refused()
	if err != nil || len(refused) == 0 {
		return err
	}
	if strings.TrimSpace(with.Override) == "" {
		first := refused[0]
		first.Others = len(refused) - 1
		return &first
	}
	me, err := g.app.Me(ctx)
	if err != nil {
		return err
	}
	for _, r := range refused {
		values := overrideOf(r, g.app.Today(), strings.TrimSpace(with.Override))
		if !me.ID.IsZero() {
			values["person"] = me.ID
		}
		if _, err := g.tx.Put(data.KindGateOverride, data.NewID(), values); err != nil {
			return err
		}
	}
	return nil
}

// overrideOf is the record of a gate that was overridden.
func overrideOf(e GateError, day data.Day, reason string) data.Values {
	names := []string{}
	for _, it := range process.Missing(e.Items) {
		names = append(names, it.Name)
	}
	values := data.Values{"deal": e.Deal, "to_stage": e.To, "day": day, "reason": reason, "missing": strings.Join(names, "\n")}
	if !e.From.IsZero() {
		values["from_stage"] = e.From
	}
	return values
}

func (g *gatekeeper) refused() ([]GateError, error) {
	var out []GateError
	rows := map[data.ID]data.Row{}
	keys := make([]data.Key, 0, len(g.deals))
	for _, id := range g.deals {
		row, err := g.tx.Row(data.KindDeal, id)
		if err != nil {
			return nil, err
		}
		if len(g.rules.Asked(g.from[id], row.Ref("stage"))) > 0 {
			rows[id] = row
			keys = append(keys, row.Key)
		}
	}
	works, err := g.tx.DealWorks(keys)
	if err != nil {
		return nil, err
	}
	for _, id := range g.deals {
		row, ok := rows[id]
		if !ok {
			continue
		}
		items := g.rules.Check(g.from[id], row.Ref("stage"), workOn(row, works[row.Key]))
		if len(process.Missing(items)) > 0 {
			out = append(out, GateError{Deal: id, Name: DealName(row), From: g.from[id], To: row.Ref("stage"), ToName: row.Labels["stage"], Items: items})
		}
	}
	return out, nil
}

// bring writes what a passage brings along for deals.
func (a *App) bring(ctx context.Context, tx *store.Tx, deals []data.ID, with Passage) error {
	for _, id := range deals {
		for _, t := range with.Ticks {
			t.Deal = id
			if err := a.putTick(ctx, tx, t); err != nil {
				return err
			}
		}
		for _, s := range with.Scores {
			s.Deal = id
			if err := a.putScore(ctx, tx, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// importGates stand at the gates of an import: what a file says of a deal holds,
// and what a deal that it moved forward lacks is recorded as overridden.
type importGates struct {
	app    *App
	tx     *store.Tx
	rules  *process.Rules
	stages map[data.Key]data.ID  // ids of stages
	before map[data.Key]data.Key // where deals stood
	day    data.Day
	reason string
}

// gates are nil where no file has deals or no gate asks for anything.
func (run *importRun) gates(res *ImportResult) (*importGates, error) {
	i := slices.IndexFunc(res.Files, func(r *FileResult) bool { return r.Kind == data.KindDeal })
	if i < 0 {
		return nil, nil
	}
	rules, err := run.app.rules(run.ctx)
	if err != nil || rules.None() {
		return nil, err
	}
	g := &importGates{app: run.app, tx: run.tx, rules: rules, stages: map[data.Key]data.ID{}, before: map[data.Key]data.Key{}, reason: "came by import " + res.Files[i].File}
	return g, run.tx.DealStages(func(deal, stage data.Key) { g.before[deal] = stage })
}

// pastGates records what deals lacked that the import moved forward.
func (run *importRun) pastGates(g *importGates, res *ImportResult, day data.Day) error {
	if g == nil {
		return nil
	}
	if g.day = day; day == 0 || !day.Valid() {
		g.day = run.app.Today()
	}
	n, err := g.record(run.ctx)
	if err != nil || n == 0 {
		return err
	}
	for _, r := range res.Files {
		if r.Kind == data.KindDeal {
			r.note("moved on without all that their stages ask for, recorded as overridden", n)
			break
		}
	}
	return nil
}

// record looks at all deals once, and at those closely that moved on.
func (g *importGates) record(ctx context.Context) (int, error) {
	stages, err := g.app.store.List(ctx, data.Query{Kind: data.KindStage})
	if err != nil {
		return 0, err
	}
	for _, s := range stages {
		g.stages[s.Key] = s.ID
	}
	var moved []data.Key
	err = g.tx.DealStages(func(deal, stage data.Key) {
		from, was := g.before[deal]
		if was && from != stage && g.rules.Forward(g.stages[from], g.stages[stage]) && len(g.rules.Asked(g.stages[from], g.stages[stage])) > 0 {
			moved = append(moved, deal)
		}
	})
	if err != nil {
		return 0, err
	}
	n := 0
	for part := range slices.Chunk(moved, 1000) {
		done, err := g.recordSome(part)
		if err != nil {
			return n, err
		}
		n += done
	}
	return n, nil
}

func (g *importGates) recordSome(keys []data.Key) (n int, err error) {
	rows, err := g.tx.RowsOf(data.KindDeal, keys)
	if err != nil {
		return 0, err
	}
	works, err := g.tx.DealWorks(keys)
	if err != nil {
		return 0, err
	}
	for _, key := range keys {
		row := rows[key]
		from, to := g.stages[g.before[key]], row.Ref("stage")
		items := g.rules.Check(from, to, workOn(row, works[key]))
		if len(process.Missing(items)) == 0 {
			continue
		}
		values := overrideOf(GateError{Deal: row.ID, From: from, To: to, Items: items}, g.day, g.reason)
		id := data.ImportedID(data.KindGateOverride, row.ID.String(), from.String()+to.String()+g.day.String())
		if _, err := g.tx.Put(data.KindGateOverride, id, values); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
