package app

import (
	"context"
	"fmt"

	"fieldbook/data"
	"fieldbook/data/store"
)

// Process is what can be done with how deals are worked: criteria ticked,
// qualification scored, questions answered, sequences run.
type Process struct{ app *App }

// Tick says that a deal meets a criterion, or that it does not.
type Tick struct {
	Deal, Criterion data.ID
	Off             bool
	Evidence        string
}

// Score is how a deal stands to one element of a framework.
type Score struct {
	Deal, Element data.ID
	Points        int64
	Evidence      string
}

// Answer is what a customer said to a question of a guide.
type Answer struct {
	Deal, Question data.ID
	Answer         string
}

// MostPoints is the most that one element of a framework is given.
const MostPoints = 3

// Tick enters whether a deal meets a criterion.
func (p *Process) Tick(ctx context.Context, t Tick) error {
	what := "Tick a criterion of"
	if t.Off {
		what = "Untick a criterion of"
	}
	return p.on(ctx, what, t.Deal, func(tx *store.Tx) error { return p.app.putTick(ctx, tx, t) })
}

// Score enters the points of an element, from 0 to MostPoints, with what they stand on.
func (p *Process) Score(ctx context.Context, s Score) error {
	return p.on(ctx, "Qualify", s.Deal, func(tx *store.Tx) error { return p.app.putScore(ctx, tx, s) })
}

// Answer keeps an answer; an empty one takes it back.
func (p *Process) Answer(ctx context.Context, a Answer) error {
	return p.on(ctx, "Note an answer of", a.Deal, func(tx *store.Tx) error {
		return p.app.putOn(ctx, tx, onDeal{data.KindDiscoveryAnswer, a.Deal, "question", a.Question}, data.Values{"answer": textOrNil(a.Answer)})
	})
}

// on writes something of one deal in one step for undo.
func (p *Process) on(ctx context.Context, what string, deal data.ID, fn func(*store.Tx) error) error {
	row, err := p.app.store.Get(ctx, data.KindDeal, deal)
	if err != nil {
		return err
	}
	return p.app.write(ctx, store.Act{What: fmt.Sprintf("%s %s", what, DealName(row))}, fn)
}

func (a *App) putTick(ctx context.Context, tx *store.Tx, t Tick) error {
	values := data.Values{"met": !t.Off}
	if t.Evidence != "" {
		values["evidence"] = t.Evidence
	}
	return a.putOn(ctx, tx, onDeal{data.KindCriterionCheck, t.Deal, "criterion", t.Criterion}, values)
}

func (a *App) putScore(ctx context.Context, tx *store.Tx, s Score) error {
	if s.Points < 0 || s.Points > MostPoints {
		return data.FieldErrorf("score", "points go from 0 to %d", MostPoints)
	}
	return a.putOn(ctx, tx, onDeal{data.KindQualification, s.Deal, "element", s.Element}, data.Values{"score": s.Points, "evidence": textOrNil(s.Evidence)})
}

// onDeal names what is kept once for each deal and another record.
type onDeal struct {
	kind  string
	deal  data.ID
	field string
	of    data.ID
}

// id is the same in every book, so that what two people enter meets in one row.
func (o onDeal) id() data.ID { return data.ImportedID(o.kind, o.deal.String(), o.of.String()) }

// putOn writes such a record with who wrote it and when. Where the book has it
// already, by whatever id, that one is changed.
func (a *App) putOn(ctx context.Context, tx *store.Tx, o onDeal, values data.Values) error {
	rows, err := a.store.List(ctx, data.Query{Kind: o.kind, Where: []data.Filter{
		{Field: "deal", Test: data.Is, Values: []data.Value{o.deal}}, {Field: o.field, Test: data.Is, Values: []data.Value{o.of}},
	}})
	if err != nil {
		return err
	}
	if !tx.Exists(o.of) || !tx.Exists(o.deal) {
		return data.Errorf(data.NotFound, "what this belongs to is no longer in the book; nothing was changed")
	}
	me, err := a.Me(ctx)
	if err != nil {
		return err
	}
	values["day"] = a.Today()
	if !me.ID.IsZero() {
		values["person"] = me.ID
	}
	if len(rows) == 0 {
		values["deal"], values[o.field] = o.deal, o.of
		_, err := tx.Put(o.kind, o.id(), values)
		return err
	}
	for _, r := range rows {
		if _, err := tx.Put(o.kind, r.ID, values); err != nil {
			return err
		}
	}
	return nil
}
