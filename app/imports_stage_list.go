package app

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// listStages lists the stages of a deals file, each in each of the pipelines
// that the file has it in, as they appear.
func (f *FilePlan) listStages(c *ColumnPlan) {
	pipe := f.pipelineColumn()
	together, known := f.combos(c, pipe)
	if pipe == nil || !known {
		for _, name := range c.order {
			in, bare := f.splitStage("", name)
			f.addStage(in, bare, c.values[name])
		}
	}
	if pipe == nil {
		f.addEntered()
		return
	}
	if !known { // the column was chosen by hand
		first := f.Stages
		f.Stages = nil
		for _, in := range pipe.order {
			for _, s := range first {
				f.addStage(in, s.Name, s.Rows)
			}
		}
		f.addEntered()
		return
	}
	slices.SortStableFunc(together, func(a, b combo) int {
		return cmp.Or(slices.Index(pipe.order, a.values[1])-slices.Index(pipe.order, b.values[1]), slices.Index(c.order, a.values[0])-slices.Index(c.order, b.values[0]))
	})
	for _, t := range together {
		if t.values[0] != "" {
			in, name := f.splitStage(t.values[1], t.values[0])
			f.addStage(in, name, t.rows)
		}
	}
	f.addEntered()
}

// pipelineColumn is the column of pipelines, unless its values are too many.
func (f *FilePlan) pipelineColumn() *ColumnPlan {
	if pipe := f.ColumnOf(FieldPipeline); pipe != nil && pipe.values != nil && len(pipe.order) > 0 {
		return pipe
	}
	return nil
}

// addStage enters rows of a stage in a pipeline of the file.
func (f *FilePlan) addStage(in, name string, rows int) *StagePlan {
	key := stageKey(in, name)
	for _, s := range f.Stages {
		if stageKey(s.In, s.Name) == key {
			s.Rows += rows
			return s
		}
	}
	s := &StagePlan{Name: name, In: in, Rows: rows, Type: importStageType(stageLabel(name))}
	f.Stages = append(f.Stages, s)
	return s
}

// stageKey tells the stages of a file apart.
func stageKey(in, name string) string { return sheet.Fold(in) + "\x00" + sheet.Fold(name) }

// splitStage takes the pipeline off the name of a stage that bears it, as in
// "Proposal (Renewals)".
func (f *FilePlan) splitStage(in, name string) (pipeline, stage string) {
	if in != "" {
		if rest, ok := strings.CutSuffix(name, "("+in+")"); ok && strings.TrimSpace(rest) != "" {
			return in, strings.TrimSpace(rest)
		}
		return in, name
	}
	if f.pipelineColumn() == nil && f.stagesBearPipelines() {
		at := strings.LastIndex(name, " (")
		return strings.TrimSuffix(name[at+2:], ")"), name[:at]
	}
	return in, name
}

// stagesBearPipelines reports whether every stage's name ends with a pipeline
// in brackets.
func (f *FilePlan) stagesBearPipelines() bool {
	c := f.ColumnOf("stage")
	if c == nil {
		return false
	}
	ends := map[string]int{}
	for _, v := range c.order {
		at := strings.LastIndex(v, " (")
		if at <= 0 || !strings.HasSuffix(v, ")") {
			return false
		}
		ends[v[at:]]++
	}
	return len(c.order) >= 2 && len(ends)*2 <= len(c.order)
}

// addEntered enters the stages that columns such as Date entered "Proposal"
// name, though no deal may stand in them now.
func (f *FilePlan) addEntered() {
	for _, c := range f.Columns {
		if c.Field != FieldEntered || c.Filled == 0 {
			continue
		}
		name, in := enteredStage(c.Name)
		if f.pipelineColumn() == nil && !slices.ContainsFunc(f.Stages, func(s *StagePlan) bool { return s.In == in }) {
			in = ""
		}
		f.addStage(in, name, 0)
	}
}

// enteredNames are how programs name a column of the days on which deals came
// to a stage.
var enteredNames = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(?:date|day|time) entered[ :]+["'“„«]?\s*(.+?)\s*["'”“»]?$`),
	regexp.MustCompile(`(?i)^(?:property_)?hs_(?:v2_)?date_entered_(.+)$`),
	regexp.MustCompile(`(?i)^(?:eingetreten in|entrée dans|entered stage|stage entered)[ :]+["'“„«]?\s*(.+?)\s*["'”“»]?$`),
}

// enteredStage is the stage, and its pipeline, that such a column is for; ""
// where the column is none.
func enteredStage(column string) (stage, pipeline string) {
	for _, named := range enteredNames {
		m := named.FindStringSubmatch(strings.TrimSpace(column))
		if m == nil {
			continue
		}
		stage = m[1]
		if at := strings.LastIndex(stage, " ("); at > 0 && strings.HasSuffix(stage, ")") {
			return strings.TrimSpace(stage[:at]), stage[at+2 : len(stage)-1]
		}
		return stage, ""
	}
	return "", ""
}

// typeStages tells stages apart by what their rows say: whether they are won or
// closed, and how likely deals in them are won.
func (f *FilePlan) typeStages(c *ColumnPlan) {
	pipe, won, closed := f.pipelineColumn(), f.ColumnOf(FieldIsWon), f.ColumnOf(FieldIsClosed)
	if won != nil || closed != nil {
		together, _ := f.combos(c, pipe, won, closed)
		for _, t := range together {
			s := f.stageOf(t.values[1], t.values[0])
			if s == nil {
				continue
			}
			isWon, _ := sheet.ParseBool(t.values[2])
			isClosed, err := sheet.ParseBool(t.values[3])
			switch {
			case isWon:
				s.Type = data.StageWon
			case isClosed:
				s.Type = data.StageLost
			case err == nil:
				s.Type = data.StageOpen
			}
		}
	}
	f.likelyStages(c, pipe)
	f.loneClosed()
}

// loneClosed takes a stage that is only called Closed for the won one where
// another one is lost and none is won.
func (f *FilePlan) loneClosed() {
	for _, s := range f.Stages {
		if fold := sheet.Fold(s.Name); fold != "closed" && fold != "closeddeal" && fold != "abgeschlossen" {
			continue
		}
		same := func(t string) bool {
			return slices.ContainsFunc(f.Stages, func(o *StagePlan) bool { return o.In == s.In && o.Type == t })
		}
		if same(data.StageLost) && !same(data.StageWon) {
			s.Type = data.StageWon
		}
	}
}

// likelyStages takes the probability that most rows of a stage have.
func (f *FilePlan) likelyStages(c, pipe *ColumnPlan) {
	p := f.ColumnOf(FieldProbability)
	if p == nil || p.values == nil {
		return
	}
	share := sharesOfOne(p.order)
	most := map[*StagePlan]int{}
	together, known := f.combos(c, pipe, p, f.ColumnOf(FieldStatus))
	if !known {
		together, _ = f.combos(c, pipe, p, nil)
	}
	for _, t := range together {
		s := f.stageOf(t.values[1], t.values[0])
		odds, ok := importOdds(t.values[2], share)
		if end := importOutcome(t.values[3]); end == data.StageWon || end == data.StageLost {
			continue // where the deal ended says nothing of how likely that was
		}
		if s != nil && ok && (t.rows > most[s] || t.rows == most[s] && odds > s.Odds) {
			most[s], s.Odds, s.Likely = t.rows, odds, true
		}
	}
}

// stageOf finds the stage of the plan that a row's cells mean.
func (f *FilePlan) stageOf(in, name string) *StagePlan {
	in, name = f.splitStage(in, name)
	key := stageKey(in, name)
	for _, s := range f.Stages {
		if stageKey(s.In, s.Name) == key {
			return s
		}
	}
	return nil
}

// addClosings enters the stages into which deals come whose status says that
// they are won or lost while their stage does not.
func (f *FilePlan) addClosings(c *ColumnPlan) {
	pipe, status := f.pipelineColumn(), f.ColumnOf(FieldStatus)
	if status == nil {
		f.addDayClosings()
		return
	}
	together, known := f.combos(c, pipe, status)
	if !known {
		for _, v := range status.order {
			together = append(together, combo{[]string{"", "", v}, 0})
		}
	}
	for _, t := range together {
		end := importOutcome(t.values[2])
		from := f.stageOf(t.values[1], t.values[0])
		if end != data.StageWon && end != data.StageLost || from != nil && from.Type == end {
			continue
		}
		in, _ := f.splitStage(t.values[1], t.values[0])
		f.addClosing(in, end).Rows += t.rows
		if from != nil {
			from.Rows -= t.rows
			f.outranked += t.rows
		}
	}
}

// addDayClosings does the same where only a day tells that a deal is won or lost.
func (f *FilePlan) addDayClosings() {
	for field, end := range map[string]string{FieldWonDay: data.StageWon, FieldLostDay: data.StageLost} {
		if c := f.ColumnOf(field); c == nil || c.Filled == 0 {
			continue
		}
		for _, in := range f.stageGroups() {
			f.addClosing(in, end)
		}
	}
	reason, odds := f.ColumnOf("loss_reason"), f.ColumnOf(FieldProbability)
	if reason == nil || odds == nil || reason.Filled == 0 || odds.values["0"]+odds.values["0.0"]+odds.values["0%"] == 0 {
		return
	}
	for _, in := range f.stageGroups() {
		f.addClosing(in, data.StageLost)
	}
}

// addClosing is the stage of a pipeline of the file in which deals are won or lost.
func (f *FilePlan) addClosing(in, end string) *StagePlan {
	for _, s := range f.Stages {
		if sheet.Fold(s.In) == sheet.Fold(in) && s.Type == end {
			return s
		}
	}
	s := f.addStage(in, map[string]string{data.StageWon: "Won", data.StageLost: "Lost"}[end], 0)
	s.Closing = true
	return s
}

// stageGroups are the pipelines of the file, as they appear.
func (f *FilePlan) stageGroups() []string {
	var out []string
	for _, s := range f.Stages {
		if !slices.ContainsFunc(out, func(in string) bool { return sheet.Fold(in) == sheet.Fold(s.In) }) {
			out = append(out, s.In)
		}
	}
	return out
}
