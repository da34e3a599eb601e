package app

import (
	"context"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// PipelinePlan is the pipeline that a file's deals go into.
type PipelinePlan struct {
	ID   data.ID
	Name string
	New  bool // made by the import
}

// StagePlan is what becomes of a stage's name in the file.
type StagePlan struct {
	Name  string  // in the file
	Rows  int     // deals in it
	Stage data.ID // the stage of the book
	Label string  // its name in the book
	New   bool    // made by the import, with what follows

	Type        string // open, won or lost
	Position    int
	Probability float64 // percent
	Category    string
}

// knownPipeline is a pipeline of the book with its stages.
type knownPipeline struct {
	id     data.ID
	name   string
	stages []data.Row
}

func (im *Imports) pipelines(ctx context.Context) ([]knownPipeline, error) {
	rows, err := im.app.store.List(ctx, data.Query{Kind: data.KindPipeline, Sort: []data.Sort{{Field: "position"}, {Field: "name"}}})
	if err != nil {
		return nil, err
	}
	stages, err := im.app.store.List(ctx, data.Query{Kind: data.KindStage, Sort: []data.Sort{{Field: "position"}, {Field: "name"}}})
	if err != nil {
		return nil, err
	}
	var out []knownPipeline
	for _, p := range rows {
		k := knownPipeline{id: p.ID, name: p.Title()}
		for _, s := range stages {
			if s.Ref("pipeline") == p.ID {
				k.stages = append(k.stages, s)
			}
		}
		out = append(out, k)
	}
	return out, nil
}

// stage finds a stage by its folded name, or by the id that another program
// gave it.
func (p knownPipeline) stage(name string) (data.Row, bool) {
	for _, s := range p.stages {
		if sheet.Fold(s.Text("name")) == sheet.Fold(name) || s.Text("external_id") == name {
			return s, true
		}
	}
	return data.Row{}, false
}

// planStages finds a pipeline of the book that has every stage of the file,
// else plans a new one.
func (f *FilePlan) planStages() error {
	f.Stages, f.Pipeline = nil, PipelinePlan{}
	c := f.ColumnOf("stage")
	if f.own || f.Kind != data.KindDeal && f.Kind != data.KindStageEntry || c == nil {
		return nil
	}
	if c.values == nil {
		f.Why = "The column " + c.Name + " has too many different values to be the stage. Choose another column."
		return nil
	}
	seen := map[string]*StagePlan{}
	for _, name := range c.order {
		fold := sheet.Fold(name)
		if s, ok := seen[fold]; ok {
			s.Rows += c.values[name]
			continue
		}
		seen[fold] = &StagePlan{Name: name, Rows: c.values[name]}
		f.Stages = append(f.Stages, seen[fold])
	}
	for _, p := range f.pipelines {
		if f.fits(p) {
			f.Pipeline = PipelinePlan{ID: p.id, Name: p.name}
			return nil
		}
	}
	if f.Kind == data.KindDeal { // entries of a history follow the deals of the same import
		f.newPipeline()
	}
	return nil
}

// fits gives the stages of a pipeline to the file's, if it has them all.
func (f *FilePlan) fits(p knownPipeline) bool {
	found := make([]data.Row, len(f.Stages))
	for i, s := range f.Stages {
		var ok bool
		if found[i], ok = p.stage(s.Name); !ok {
			return false
		}
	}
	if len(f.Stages) == 0 {
		return false
	}
	for i, s := range f.Stages {
		s.take(found[i])
	}
	slices.SortStableFunc(f.Stages, func(a, b *StagePlan) int { return a.Position - b.Position })
	return true
}

func (s *StagePlan) take(row data.Row) {
	s.Stage, s.Label, s.New = row.ID, row.Text("name"), false
	s.Type, s.Position = row.Text("type"), int(row.Int("position"))
	s.Probability, s.Category = row.Float("probability"), row.Text("category")
}

// pipelineName is what a new pipeline is called.
const pipelineName = "Sales pipeline"

// newPipeline plans a pipeline with the stages of the file. Its id and theirs
// come from names, so that every laptop makes the same.
func (f *FilePlan) newPipeline() {
	id := data.ImportedID(data.KindPipeline, f.Source, sheet.Fold(pipelineName))
	f.Pipeline = PipelinePlan{ID: id, Name: pipelineName, New: true}
	slices.SortStableFunc(f.Stages, func(a, b *StagePlan) int { return importStageOrder(a.Name) - importStageOrder(b.Name) })
	open := 0
	for _, s := range f.Stages {
		s.New, s.Label, s.Type = true, s.Name, importStageType(s.Name)
		s.Stage = data.ImportedID(data.KindStage, id.String(), sheet.Fold(s.Name))
		if s.Type == data.StageOpen {
			open++
		}
	}
	at := 0
	for i, s := range f.Stages {
		s.Position = i + 1
		s.Probability, s.Category = 0, data.CategoryOmitted
		switch s.Type {
		case data.StageWon:
			s.Probability, s.Category = 100, data.CategoryClosed
		case data.StageOpen:
			s.Probability, s.Category = importOpenStage(at, open)
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

// importStageWords order the usual stages of selling.
var importStageWords = strings.Fields("lead new prospect prospecting qualif needs appoint engag discover analysis demo present value decision trial poc proposal quote perception contract negotiat commit verbal close signature")

// importStageOrder sorts stages: open ones in the usual order, those of other
// names after them as they appear, then won, then lost.
func importStageOrder(name string) int {
	switch importStageType(name) {
	case data.StageWon:
		return 1000
	case data.StageLost:
		return 1001
	}
	fold := sheet.Fold(name)
	for i, w := range importStageWords {
		if strings.Contains(fold, w) {
			return i
		}
	}
	return 500
}

// importStageType tells won and lost stages by their names.
func importStageType(name string) string {
	fold := sheet.Fold(name)
	switch {
	case slices.Contains([]string{"won", "closedwon", "closewon", "win", "dealwon", "closedsuccess", "gewonnen"}, fold), strings.HasSuffix(fold, "closedwon"):
		return data.StageWon
	case slices.Contains([]string{"lost", "closedlost", "closelost", "loss", "deallost", "dead", "abandoned", "verloren", "disqualified"}, fold), strings.HasSuffix(fold, "closedlost"):
		return data.StageLost
	}
	return data.StageOpen
}

// SetStage says which stage of the book a name in the file means.
func (f *FilePlan) SetStage(name string, stage data.ID) error {
	s, err := f.stagePlan(name)
	if err != nil {
		return err
	}
	for _, p := range f.pipelines {
		for _, row := range p.stages {
			if row.ID == stage {
				s.take(row)
				f.edited = true
				return nil
			}
		}
	}
	return data.FieldErrorf("stage", "there is no such stage in this book")
}

// SetStageType says whether deals in a stage that the import makes are open,
// won or lost.
func (f *FilePlan) SetStageType(name, t string) error {
	s, err := f.stagePlan(name)
	if err != nil {
		return err
	}
	if t != data.StageOpen && t != data.StageWon && t != data.StageLost {
		return data.FieldErrorf("type", "a stage is open, won or lost")
	}
	if !s.New {
		return data.FieldErrorf("type", "the stage %s is in the book; change it there", s.Label)
	}
	s.Type, f.edited = t, true
	switch t {
	case data.StageWon:
		s.Probability, s.Category = 100, data.CategoryClosed
	case data.StageLost:
		s.Probability, s.Category = 0, data.CategoryOmitted
	case data.StageOpen:
		s.Probability, s.Category = 50, data.CategoryPipeline
	}
	return nil
}

func (f *FilePlan) stagePlan(name string) (*StagePlan, error) {
	for _, s := range f.Stages {
		if sheet.Fold(s.Name) == sheet.Fold(name) {
			return s, nil
		}
	}
	return nil, data.FieldErrorf("stage", "%s has no stage %q", f.Name, name)
}

// KnownStages lists the stages that a name in the file can mean.
func (f *FilePlan) KnownStages() []data.Row {
	var out []data.Row
	for _, p := range f.pipelines {
		out = append(out, p.stages...)
	}
	return out
}

// makeStages makes the pipeline and stages that the plan asks for.
func (w *importWriter) makeStages() error {
	w.stages, w.spelt = map[string]*StagePlan{}, map[string]*StagePlan{}
	p := w.plan.Pipeline
	if p.New && slices.ContainsFunc(w.plan.Stages, func(s *StagePlan) bool { return s.New }) {
		values := data.Values{"name": p.Name, "position": int64(2)}
		if err := w.make(data.KindPipeline, p.ID, p.Name, values); err != nil {
			return err
		}
	}
	for _, s := range w.plan.Stages {
		fold := sheet.Fold(s.Name)
		if s.Stage.IsZero() {
			s = w.shared[fold]
		}
		w.stages[fold] = s
		if _, ok := w.shared[fold]; !ok {
			w.shared[fold] = s
		}
		if s == nil || !s.New {
			continue
		}
		values := data.Values{"name": s.Label, "pipeline": p.ID, "type": s.Type, "position": int64(s.Position), "probability": s.Probability, "category": s.Category}
		if err := w.make(data.KindStage, s.Stage, s.Label, values); err != nil {
			return err
		}
	}
	return nil
}

// make puts a row that the file is the only source of, and counts it if new.
func (w *importWriter) make(kind string, id data.ID, name string, values data.Values) error {
	out, err := w.tx.Put(kind, id, values)
	if err == nil && out == store.Created {
		w.made(kind, name)
	}
	return err
}
