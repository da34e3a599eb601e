package app

import (
	"fieldbook/data"
	"fieldbook/data/store"
)

// Pipeline is what can be done with deals and their stages.
type Pipeline struct{ app *App }

// firstStages are those of a new book's pipeline.
var firstStages = []struct {
	name        string
	kind        string
	probability float64
	days        int64
	category    string
}{
	{"Prospecting", data.StageOpen, 10, 20, data.CategoryPipeline},
	{"Qualification", data.StageOpen, 25, 20, data.CategoryPipeline},
	{"Discovery", data.StageOpen, 40, 20, data.CategoryPipeline},
	{"Proposal", data.StageOpen, 55, 15, data.CategoryBestCase},
	{"Negotiation", data.StageOpen, 70, 15, data.CategoryCommit},
	{"Close", data.StageOpen, 85, 10, data.CategoryCommit},
	{"Won", data.StageWon, 100, 0, data.CategoryClosed},
	{"Lost", data.StageLost, 0, 0, data.CategoryOmitted},
}

// putFirstPipeline gives a new book its pipeline. The ids are the same in every
// book, so that tables exported from one fit another.
func putFirstPipeline(tx *store.Tx) error {
	pipeline := data.ImportedID(data.KindPipeline, SourceOwn, "first")
	if _, err := tx.Put(data.KindPipeline, pipeline, data.Values{"name": "Sales", "position": int64(1)}); err != nil {
		return err
	}
	for i, s := range firstStages {
		values := data.Values{"name": s.name, "pipeline": pipeline, "type": s.kind, "position": int64(i + 1), "probability": s.probability, "category": s.category}
		if s.days > 0 {
			values["expected_days"] = s.days
		}
		if _, err := tx.Put(data.KindStage, data.ImportedID(data.KindStage, pipeline.String(), s.name), values); err != nil {
			return err
		}
	}
	return nil
}
