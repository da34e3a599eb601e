package app

import (
	"fieldbook/data"
	"fieldbook/data/sheet"
)

// entryStages finds the stages of a history in the pipelines of its deals, where
// several pipelines have a stage of one name.
type entryStages struct {
	deal, stage int                            // places in the shape
	named       map[string]map[data.ID]data.ID // by folded name and pipeline
	of          map[data.ID]entryStage         // what is known of each stage
	last        data.ID                        // the deal that was asked for last
	pipeline    data.ID                        // its pipeline
}

type entryStage struct {
	name     string // folded
	pipeline data.ID
}

// openEntries reads the stages of the book for a history of stages.
func (w *importWriter) openEntries() error {
	if w.Kind != data.KindStageEntry || w.plan.own {
		return nil
	}
	e := entryStages{deal: w.shape.index("deal"), stage: w.shape.index("stage"), named: map[string]map[data.ID]data.ID{}, of: map[data.ID]entryStage{}}
	if e.deal < 0 || e.stage < 0 {
		return nil
	}
	several := false
	err := w.app.store.Each(w.ctx, data.Query{Kind: data.KindStage}, func(row data.Row) error {
		s := entryStage{sheet.Fold(row.Text("name")), row.Ref("pipeline")}
		e.of[row.ID] = s
		if e.named[s.name] == nil {
			e.named[s.name] = map[data.ID]data.ID{}
		}
		e.named[s.name][s.pipeline] = row.ID
		several = several || len(e.named[s.name]) > 1
		return nil
	})
	if several {
		w.entries = &e
	}
	return err
}

// ownStage takes the stage of the deal's own pipeline for one of its name in another.
func (w *importWriter) ownStage(row *importRow) error {
	e := w.entries
	if e == nil {
		return nil
	}
	deal, _ := row.values[e.deal].(data.ID)
	stage, _ := row.values[e.stage].(data.ID)
	choices := e.named[e.of[stage].name]
	if deal.IsZero() || len(choices) < 2 {
		return nil
	}
	if deal != e.last {
		held, err := w.tx.Row(data.KindDeal, deal)
		if err != nil {
			return err
		}
		e.last, e.pipeline = deal, e.of[held.Ref("stage")].pipeline
	}
	if own, ok := choices[e.pipeline]; ok {
		row.values[e.stage] = own
	}
	return nil
}
