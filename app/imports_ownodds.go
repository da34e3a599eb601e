package app

import (
	"math"

	"fieldbook/data"
)

// ownOddsLabel names the custom field that keeps the probability of a deal where
// it is not that of its stage.
const ownOddsLabel = "Deal probability"

// ownOdds is how the probabilities of single deals are kept.
type ownOdds struct {
	at   int // of the shape; -1 where nothing is kept
	to   int // of the row for the bulk
	had  map[data.ID]bool
	odds map[string]float64 // what was read before
	of   map[data.ID]*StagePlan
	part bool // probabilities are parts of 1
}

func ownOddsField() data.Field { return data.NewCustomField(ownOddsLabel, data.TypeNumber, nil) }

// hasOwnOdds reports whether open deals of the file have other probabilities
// than their stages.
func (f *FilePlan) hasOwnOdds() bool {
	c, p := f.ColumnOf("stage"), f.ColumnOf(FieldProbability)
	if f.own || f.Kind != data.KindDeal || p == nil || p.Filled == 0 {
		return false
	}
	if c == nil {
		return true // all of them go into a stage that is not the file's
	}
	share := p.values != nil && sharesOfOne(p.order)
	together, known := f.combos(c, f.pipelineColumn(), p, f.ColumnOf(FieldStatus))
	if !known {
		return true
	}
	for _, t := range together {
		s := f.stageOf(t.values[1], t.values[0])
		odds, ok := importOdds(t.values[2], share)
		if end := importOutcome(t.values[3]); ok && s != nil && s.Type == data.StageOpen && end != data.StageWon && end != data.StageLost && differ(odds, s.Probability) {
			return true
		}
	}
	return false
}

// differ reports whether two probabilities in percent are not the same.
func differ(a, b float64) bool { return math.Abs(a-b) > 0.005 }

// openOdds prepares for keeping the probabilities of deals.
func (w *importWriter) openOdds() error {
	w.odds = ownOdds{at: -1}
	if !w.plan.hasOwnOdds() {
		return nil
	}
	w.odds = ownOdds{at: w.shape.index(FieldProbability), had: map[data.ID]bool{}, odds: map[string]float64{}, of: map[data.ID]*StagePlan{}}
	if values := w.plan.ColumnOf(FieldProbability).order; values != nil {
		w.odds.part = sharesOfOne(values)
	}
	for _, s := range w.plan.StagelessChoices() {
		w.odds.of[s.Stage] = &s
	}
	field := ownOddsField().Name
	if k, err := w.app.Records.Kind(data.KindDeal); err != nil {
		return err
	} else if _, known := k.Field(field); !known {
		return nil
	}
	q := data.Query{Kind: data.KindDeal, Where: []data.Filter{{Field: field, Test: data.Filled}}}
	return w.app.store.Each(w.ctx, q, func(row data.Row) error {
		w.odds.had[row.ID] = true
		return nil
	})
}

// own gives the probability of an open deal that is not its stage's, or that
// takes the place of such a one; nil for any other.
func (o *ownOdds) own(row *importRow, id data.ID, stage data.Value) data.Value {
	text := textAt(row, o.at)
	in, _ := stage.(data.ID)
	s := o.of[in]
	if text == "" || s == nil || s.Type != data.StageOpen {
		return nil
	}
	odds, seen := o.odds[text]
	if !seen {
		var ok bool
		if odds, ok = importOdds(text, o.part); !ok {
			odds = -1
		}
		if len(o.odds) < mostSeen {
			o.odds[text] = odds
		}
	}
	if odds < 0 || !differ(odds, s.Probability) && !o.had[id] {
		return nil
	}
	return odds
}
