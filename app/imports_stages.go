package app

import (
	"context"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// PipelinePlan is the pipeline that a file's deals go into.
type PipelinePlan struct {
	ID   data.ID
	In   string // in the file; "" where it names none
	Name string
	New  bool // made by the import
}

// StagePlan is what becomes of a stage's name in the file.
type StagePlan struct {
	Name    string // in the file
	In      string // its pipeline in the file; "" where it names none
	Rows    int    // deals in it
	Closing bool   // no row has it by name; it takes deals of which the file says that they are won or lost
	Odds    float64
	Likely  bool    // Odds is what most rows say
	Stage   data.ID // the stage of the book
	Label   string  // its name in the book
	New     bool    // made by the import, with what follows

	Type        string // open, won or lost
	Position    int
	Probability float64 // percent
	Category    string
}

// Key names a stage of the file, with its pipeline where the file names one.
func (s *StagePlan) Key() string {
	if s.In == "" {
		return s.Name
	}
	return s.Name + " (" + s.In + ")"
}

// knownPipeline is a pipeline of the book, or of another file of the plan, with
// its stages.
type knownPipeline struct {
	id     data.ID
	name   string
	outer  string // the id that another program gave it
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
		k := knownPipeline{id: p.ID, name: p.Title(), outer: p.Text("external_id")}
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

// planStages finds the pipelines of the book that have the stages of the file,
// else plans new ones.
func (f *FilePlan) planStages() error {
	f.Stages, f.Pipelines, f.outranked, f.stageless.rows = nil, nil, 0, 0
	c := f.ColumnOf("stage")
	if f.own || f.Kind != data.KindDeal && f.Kind != data.KindStageEntry || c == nil {
		if c == nil && f.Kind == data.KindDeal && !f.own {
			f.planEndings()
		}
		return nil
	}
	if f.Kind == data.KindStageEntry && f.ColumnOf(FieldProperty) != nil {
		return f.planChanges(c)
	}
	if c.values == nil {
		f.Why = "The column " + c.Name + " has too many different values to be the stage. Choose another column."
		return nil
	}
	if f.Kind == data.KindStageEntry {
		f.planEntries(c)
		return nil
	}
	f.countStageless(c)
	f.listStages(c)
	f.typeStages(c)
	f.addClosings(c)
	for _, in := range f.stageGroups() {
		f.placeStages(in)
	}
	return nil
}

// planEndings plans the stages of deals whose file has no column of stages: those
// in which they are won or lost, where another column tells that.
func (f *FilePlan) planEndings() {
	f.stageless.rows = f.Rows - f.Unreadable
	status, pipe := f.ColumnOf(FieldStatus), f.pipelineColumn()
	ends := map[string]int{}
	switch {
	case status != nil:
		for v, n := range status.values {
			ends[importOutcome(v)] += n
		}
	case f.endsByFlags():
		ends = f.flaggedEnds()
	}
	delete(ends, "")
	groups := []string{""}
	if pipe != nil {
		groups = pipe.order
	}
	for _, end := range []string{data.StageWon, data.StageLost} {
		if f.stageless.rows -= ends[end]; ends[end] == 0 && f.ColumnOf(endDays[end]) == nil {
			continue
		}
		for _, in := range groups {
			f.addClosing(in, end)
		}
	}
	if len(f.Stages) == 0 {
		return
	}
	for _, in := range groups {
		f.placeStages(in)
	}
}

// endDays are the fields for the day on which a deal ended so.
var endDays = map[string]string{data.StageWon: FieldWonDay, data.StageLost: FieldLostDay}

// flaggedEnds counts how columns of yes and no say that deals ended.
func (f *FilePlan) flaggedEnds() map[string]int {
	ends := map[string]int{}
	yes, no := f.ColumnOf(FieldIsWon).yesAndNo()
	ends[data.StageWon] = yes
	if closed := f.ColumnOf(FieldIsClosed); closed != nil {
		all, _ := closed.yesAndNo()
		no = max(0, all-yes)
	}
	ends[data.StageLost] = no
	return ends
}

// yesAndNo counts the cells of a column that say yes and those that say no.
func (c *ColumnPlan) yesAndNo() (yes, no int) {
	if c == nil {
		return 0, 0
	}
	for v, n := range c.values {
		switch is, err := sheet.ParseBool(v); {
		case err != nil:
		case is:
			yes += n
		default:
			no += n
		}
	}
	return yes, no
}

func (s *StagePlan) take(row data.Row) {
	s.Stage, s.Label, s.New = row.ID, row.Text("name"), false
	s.Type, s.Position = row.Text("type"), int(row.Int("position"))
	s.Probability, s.Category = row.Float("probability"), row.Text("category")
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
	f.edited = true
	if s.Type == t {
		return nil // its own probability stays
	}
	s.Type = t
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
	for _, called := range []func(*StagePlan) string{(*StagePlan).Key, func(s *StagePlan) string { return s.Name }} {
		for _, s := range f.Stages {
			if sheet.Fold(called(s)) == sheet.Fold(name) {
				return s, nil
			}
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
