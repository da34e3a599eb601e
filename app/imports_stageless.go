package app

import (
	"fmt"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// StageAside stands in a mapping for setting rows without a stage aside.
const StageAside = "set aside"

// noStage says what becomes of new deals of which the file tells no stage.
type noStage struct {
	rows  int  // of which no column says how the deal stands
	aside bool // they do not come in
	stage data.ID
}

// countStageless counts the rows without a stage that are neither won nor lost
// by another column.
func (f *FilePlan) countStageless(c *ColumnPlan) {
	f.stageless.rows = 0
	together, known := f.combos(c, f.ColumnOf(FieldStatus))
	if !known {
		f.stageless.rows = max(0, f.Rows-f.Unreadable-c.Filled)
		return
	}
	for _, t := range together {
		if t.values[0] == "" && t.values[1] == "" {
			f.stageless.rows += t.rows
		}
	}
}

// Stageless counts the rows without a stage, and says into which stage new deals
// of them go: no id for the first open one of their pipeline, aside for none.
func (f *FilePlan) Stageless() (rows int, stage data.ID, aside bool) {
	return f.stageless.rows, f.stageless.stage, f.stageless.aside
}

// SetStageless puts new deals without a stage into one; no id is the first open
// one of their pipeline.
func (f *FilePlan) SetStageless(stage data.ID) error {
	if !stage.IsZero() && f.stageByID(stage) == nil {
		return data.FieldErrorf("stage", "there is no such stage in this book")
	}
	f.stageless.stage, f.stageless.aside, f.edited = stage, false, true
	return nil
}

// SetStagelessAside sets rows without a stage aside.
func (f *FilePlan) SetStagelessAside() {
	f.stageless.stage, f.stageless.aside, f.edited = data.NoID, true, true
}

// StagelessChoices lists the stages that rows without one can go into, those of
// the file first.
func (f *FilePlan) StagelessChoices() []StagePlan {
	var out []StagePlan
	add := func(s *StagePlan) {
		if !s.Stage.IsZero() && !slices.ContainsFunc(out, func(o StagePlan) bool { return o.Stage == s.Stage }) {
			out = append(out, *s)
		}
	}
	for _, s := range f.Stages {
		add(s)
	}
	for _, p := range f.pipelines {
		for _, row := range p.stages {
			s := &StagePlan{In: p.name}
			s.take(row)
			add(s)
		}
	}
	return out
}

func (f *FilePlan) stageByID(id data.ID) *StagePlan {
	choices := f.StagelessChoices()
	if i := slices.IndexFunc(choices, func(s StagePlan) bool { return s.Stage == id }); i >= 0 {
		return &choices[i]
	}
	return nil
}

// stagelessTo is the stage for rows without one in a pipeline of the file; nil
// where they are set aside.
func (f *FilePlan) stagelessTo(in string) *StagePlan {
	if f.stageless.aside {
		return nil
	}
	if !f.stageless.stage.IsZero() {
		return f.stageByID(f.stageless.stage)
	}
	choices := f.StagelessChoices()
	for _, fits := range []func(StagePlan) bool{
		func(s StagePlan) bool { return sheet.Fold(s.In) == sheet.Fold(in) },
		func(StagePlan) bool { return true },
	} {
		for _, s := range choices {
			if s.Type == data.StageOpen && fits(s) {
				return &s
			}
		}
	}
	return nil
}

// setStagelessNamed puts rows without a stage where a mapping says.
func (f *FilePlan) setStagelessNamed(name string) error {
	if strings.EqualFold(name, StageAside) {
		f.SetStagelessAside()
		return nil
	}
	for _, s := range f.StagelessChoices() {
		if sheet.Fold(s.Label) == sheet.Fold(name) || s.Name != "" && sheet.Fold(s.Key()) == sheet.Fold(name) {
			return f.SetStageless(s.Stage)
		}
	}
	return data.FieldErrorf("no_stage", "there is no stage %q in this book or the file", name)
}

// stagelessName is what a mapping says of rows without a stage; "" for what is usual.
func (f *FilePlan) stagelessName() string {
	if f.stageless.aside {
		return StageAside
	}
	if s := f.stageByID(f.stageless.stage); s != nil {
		return s.Label
	}
	return ""
}

// placeStageless puts a new deal into a stage of which the file tells none.
func (w *importWriter) placeStageless(row *importRow, id data.ID) {
	w.into = ""
	if w.Kind != data.KindDeal || w.at.stage < 0 || row.values[w.at.stage] != nil || w.there(id, nil) {
		return
	}
	in, _ := w.plan.splitStage(textAt(row, w.deal.pipeline), "")
	s := w.plan.stagelessTo(in)
	if s == nil {
		return // the book asks for a stage
	}
	row.values[w.at.stage], w.into = s.Stage, s.Label
	w.close(row, s.Type)
}

// stagelessWord says what a deal lacks that was put into a stage.
func stagelessWord(stage string) string { return fmt.Sprintf("no stage, put into %s", stage) }
