package app

import (
	"cmp"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// placeStages gives the stages of one pipeline of the file their places in a
// pipeline of the book: the one of its name, or where the file names none the
// first that has them all; else in a new one.
func (f *FilePlan) placeStages(in string) {
	stages := slices.DeleteFunc(slices.Clone(f.Stages), func(s *StagePlan) bool { return sheet.Fold(s.In) != sheet.Fold(in) })
	defer f.sortStages()
	for _, p := range f.pipelines {
		if in != "" && (sheet.Fold(p.name) == sheet.Fold(in) || p.outer == in) {
			f.Pipelines = append(f.Pipelines, PipelinePlan{ID: p.id, In: in, Name: p.name})
			f.extend(p, stages)
			return
		}
		if in == "" && p.takes(stages) {
			f.Pipelines = append(f.Pipelines, PipelinePlan{ID: p.id, Name: p.name})
			return
		}
	}
	f.newPipeline(in, stages)
}

// sortStages puts the stages of the plan in order, pipeline by pipeline.
func (f *FilePlan) sortStages() {
	at := func(s *StagePlan) int {
		return slices.IndexFunc(f.Pipelines, func(p PipelinePlan) bool { return sheet.Fold(p.In) == sheet.Fold(s.In) })
	}
	slices.SortStableFunc(f.Stages, func(a, b *StagePlan) int { return cmp.Or(at(a)-at(b), a.Position-b.Position) })
}

// finds looks up the stage that one of the file means.
func (p knownPipeline) finds(s *StagePlan) (data.Row, bool) {
	if row, ok := p.stage(s.Name); ok {
		return row, true
	}
	if row, ok := p.stage(stageLabel(s.Name)); ok {
		return row, true
	}
	for _, row := range p.stages {
		if s.Closing && row.Text("type") == s.Type {
			return row, true
		}
	}
	return data.Row{}, false
}

// takes gives the stages of a pipeline to the file's, if it has them all.
func (p knownPipeline) takes(stages []*StagePlan) bool {
	found := make([]data.Row, len(stages))
	for i, s := range stages {
		var ok bool
		if found[i], ok = p.finds(s); !ok {
			return false
		}
	}
	for i, s := range stages {
		s.take(found[i])
	}
	return len(stages) > 0
}

// extend gives the stages of a pipeline to the file's and adds those that it
// lacks behind its open ones.
func (f *FilePlan) extend(p knownPipeline, stages []*StagePlan) {
	var lacking []*StagePlan
	last := 0
	for _, s := range stages {
		if row, ok := p.finds(s); ok {
			s.take(row)
		} else {
			lacking = append(lacking, s)
		}
	}
	for _, row := range p.stages {
		if row.Text("type") == data.StageOpen {
			last = max(last, int(row.Int("position")))
		}
	}
	orderStages(lacking)
	newStages(p.id, lacking)
	for _, s := range lacking {
		s.Position = last
	}
}

// pipelineName is what a new pipeline is called where the file names none.
const pipelineName = "Sales pipeline"

// newPipeline plans a pipeline with stages of the file. Its id and theirs come
// from names, so that every laptop makes the same.
func (f *FilePlan) newPipeline(in string, stages []*StagePlan) {
	name := in
	if name == "" {
		name = pipelineName
	}
	id := data.ImportedID(data.KindPipeline, f.Source, sheet.Fold(name))
	f.Pipelines = append(f.Pipelines, PipelinePlan{ID: id, In: in, Name: name, New: true})
	orderStages(stages)
	newStages(id, stages)
}

// orderStages sorts the stages of a pipeline: by their numbers where all open
// ones have one, else by how likely they are won where the file says that of
// all, else as stages are usually called.
func orderStages(stages []*StagePlan) {
	numbered, likely := true, true
	for _, s := range stages {
		if s.Type == data.StageOpen {
			numbered, likely = numbered && stageNumber(s.Name) >= 0, likely && s.Likely
		}
	}
	slices.SortStableFunc(stages, func(a, b *StagePlan) int {
		x, y := importStageOrder(a.Name, a.Type), importStageOrder(b.Name, b.Type)
		switch {
		case x >= 1000 || y >= 1000:
			return x - y
		case numbered:
			return stageNumber(a.Name) - stageNumber(b.Name)
		case likely:
			return cmp.Or(cmp.Compare(a.Odds, b.Odds), x-y)
		}
		return x - y
	})
}

// newStages plans stages that a pipeline lacks, in order.
func newStages(pipeline data.ID, stages []*StagePlan) {
	open := 0
	for _, s := range stages {
		s.New, s.Label = true, stageLabel(s.Name)
		s.Stage = data.ImportedID(data.KindStage, pipeline.String(), sheet.Fold(s.Name))
		if s.Type == data.StageOpen {
			open++
		}
	}
	at := 0
	for i, s := range stages {
		s.Position = i + 1
		s.Probability, s.Category = 0, data.CategoryOmitted
		switch s.Type {
		case data.StageWon:
			s.Probability, s.Category = 100, data.CategoryClosed
		case data.StageOpen:
			s.Probability, s.Category = importOpenStage(at, open)
			if s.Likely {
				s.Probability = s.Odds
			}
			at++
		}
	}
}

// importOpenStage gives the usual probability and forecast category of the
// at-th of n open stages: 10 to 80 percent in even steps.
func importOpenStage(at, n int) (probability float64, category string) {
	category = data.CategoryPipeline
	if n > 1 && at == n-1 {
		category = data.CategoryBestCase
	}
	if n > 2 && at >= n-2 {
		category = [...]string{data.CategoryBestCase, data.CategoryCommit}[at-(n-2)]
	}
	if n == 1 {
		return 45, category
	}
	return float64(10 + (70*at+(n-1)/2)/(n-1)), category
}

// planEntries finds the stages of a history in the pipelines of the book. Those
// that it lacks may come with the deals of the same import.
func (f *FilePlan) planEntries(c *ColumnPlan) {
	for _, name := range c.order {
		f.planEntry(name, c.values[name])
	}
	slices.SortStableFunc(f.Stages, func(a, b *StagePlan) int { return a.Position - b.Position })
}

func (f *FilePlan) planEntry(name string, rows int) {
	s := f.addStage("", name, rows)
	for _, p := range f.pipelines {
		if row, ok := p.finds(s); ok {
			s.take(row)
			return
		}
	}
}

// planChanges finds the stages of a history that tells of other properties in
// the same column, by reading the file once more.
func (f *FilePlan) planChanges(c *ColumnPlan) error {
	property, rows := f.ColumnOf(FieldProperty).Index, map[string]int{}
	var names []string
	var properties propertyFields
	err := f.eachRecord(func(rec sheet.Record) {
		name := strings.TrimSpace(rec.Cell(c.Index))
		if name == "" || len(names) == scanDistinct || properties.of(rec.Cell(property)) != "stage" {
			return
		}
		if rows[name] == 0 {
			names = append(names, strings.Clone(name))
		}
		rows[name]++
	})
	for _, name := range names {
		f.planEntry(name, rows[name])
	}
	slices.SortStableFunc(f.Stages, func(a, b *StagePlan) int { return a.Position - b.Position })
	return err
}

// makeStages makes the pipelines and stages that the plan asks for.
func (w *importWriter) makeStages() error {
	w.stages, w.spelt = map[string]*StagePlan{}, map[string]*StagePlan{}
	for i, p := range w.plan.Pipelines {
		if !p.New || !slices.ContainsFunc(w.plan.Stages, func(s *StagePlan) bool { return s.New && sheet.Fold(s.In) == sheet.Fold(p.In) }) {
			continue
		}
		values := data.Values{"name": p.Name, "position": int64(2 + i)}
		if err := w.make(data.KindPipeline, p.ID, p.Name, values); err != nil {
			return err
		}
	}
	for _, s := range w.plan.Stages {
		if err := w.makeStage(s); err != nil {
			return err
		}
	}
	return nil
}

func (w *importWriter) makeStage(s *StagePlan) error {
	key, bare := stageKey(s.In, s.Name), stageKey("", s.Name)
	if s.Stage.IsZero() {
		w.stages[key] = w.shared[bare] // made by the deals that come with it, or not there
		return nil
	}
	w.stages[key] = s
	for _, k := range []string{key, bare} {
		if _, ok := w.shared[k]; !ok {
			w.shared[k] = s
		}
	}
	if !s.New {
		return nil
	}
	values := data.Values{"name": s.Label, "pipeline": w.pipelineOf(s), "type": s.Type, "position": int64(s.Position), "probability": s.Probability, "category": s.Category}
	if s.Label != s.Name {
		values["external_id"] = s.Name
	}
	return w.make(data.KindStage, s.Stage, s.Label, values)
}

// pipelineOf is the pipeline that a stage of the plan stands in.
func (w *importWriter) pipelineOf(s *StagePlan) data.ID {
	for _, p := range w.plan.Pipelines {
		if sheet.Fold(p.In) == sheet.Fold(s.In) {
			return p.ID
		}
	}
	return data.NoID
}

// make puts a row that the file is the only source of, and counts it if new.
func (w *importWriter) make(kind string, id data.ID, name string, values data.Values) error {
	out, err := w.tx.Put(kind, id, values)
	if err == nil && out == store.Created {
		w.made(kind, name)
	}
	return err
}
