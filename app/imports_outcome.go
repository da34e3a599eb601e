package app

import (
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// dealPlaces are the places in the shape of what says how a deal stands; -1
// where the file has none.
type dealPlaces struct {
	status, pipeline, won, lost, closed, actual, amount, reason int
	isWon, isClosed, odds                                       int
	entered                                                     []int // days on which the deal came to a stage
}

func (w *importWriter) openDeals() {
	w.findFlags()
	s := w.shape
	w.deal = dealPlaces{
		status: s.index(FieldStatus), pipeline: s.index(FieldPipeline), won: s.index(FieldWonDay), lost: s.index(FieldLostDay),
		isWon: s.index(FieldIsWon), isClosed: s.index(FieldIsClosed), odds: s.index(FieldProbability), closed: s.index(FieldClosedDay), actual: s.index(FieldActual), amount: s.index("amount"), reason: s.index("loss_reason"),
	}
	for i, f := range s.fields {
		if f.Name == FieldEntered {
			w.deal.entered = append(w.deal.entered, i)
		}
	}
}

// flagged gives the reason why a row is not to come in though it can be read:
// its own program deleted it, or holds a newer version of it, or the line of a
// history tells of something else than stage, amount or close day.
func (w *importWriter) flagged(row *importRow) *ImportProblem {
	for _, i := range w.flags {
		yes, filled := row.values[i].(bool)
		text, _ := row.values[i].(string)
		p := &ImportProblem{Line: row.line, Column: w.shape.columns[i].Name}
		switch w.shape.fields[i].Name {
		case FieldDeleted:
			p.Value, p.Why = "yes", "the row is flagged deleted"
			if strings.HasPrefix(sheet.Fold(p.Column), "cancel") {
				p.Why = "was cancelled"
			}
			filled = filled && yes
		case FieldCurrent:
			p.Value, p.Why = "no", "the row is an older version of the record"
			filled = filled && !yes
		case FieldProperty:
			p.Value, p.Why = text, "is no change of stage, amount or close day"
			filled = text != "" && w.properties.of(text) == ""
		}
		if filled {
			return p
		}
	}
	return nil
}

// findFlags lists the fields that can set a row aside.
func (w *importWriter) findFlags() {
	for i, f := range w.shape.fields {
		if (f.Name == FieldDeleted || f.Name == FieldCurrent || f.Name == FieldProperty) && !f.Custom {
			w.flags = append(w.flags, i)
		}
	}
}

// settle finds the stage that a deal stands in: the one that its row names, in
// the pipeline that it names, unless its status or a day says that it is won or
// lost. Then the day and the amount of that end count.
func (w *importWriter) settle(row *importRow) *ImportProblem {
	text := textAt(row, w.at.stage)
	end := w.outcome(row)
	if into := w.plan.merged[w.outer(row)]; into != "" {
		return &ImportProblem{Line: row.line, Column: w.keyColumn(), Value: w.outer(row), Why: "was merged into " + into}
	}
	if end == outcomeDeleted {
		return &ImportProblem{Line: row.line, Column: w.shape.columns[w.deal.status].Name, Value: textAt(row, w.deal.status), Why: "the row is flagged deleted"}
	}
	in, name := w.plan.splitStage(textAt(row, w.deal.pipeline), text)
	s := w.stages[stageKey(in, name)]
	if s == nil && text != "" {
		return &ImportProblem{Line: row.line, Column: w.shape.columns[w.at.stage].Name, Value: text, Why: "is a stage that the plan does not know"}
	}
	if end != "" && (s == nil || s.Type != end && end != data.StageOpen) {
		if other := w.ending(in, end); other != nil {
			s = other
		}
	}
	if s == nil {
		return nil // the book asks for a stage
	}
	if s.Label != text && text != "" && s == w.stages[stageKey(in, name)] && s.Label != name {
		w.mend(w.shape.columns[w.at.stage].Name, text, s.Label)
	}
	row.values[w.at.stage] = s.Stage
	w.close(row, s.Type)
	return nil
}

// ending is the stage in which deals of a pipeline of the file end so, or the
// first open one.
func (w *importWriter) ending(in, end string) *StagePlan {
	for _, s := range w.plan.Stages {
		if sheet.Fold(s.In) == sheet.Fold(in) && s.Type == end {
			return s
		}
	}
	return nil
}

// outcome is how the row says that the deal ended; "" where it does not say.
func (w *importWriter) outcome(row *importRow) string {
	if w.deal.status >= 0 {
		return importOutcome(textAt(row, w.deal.status))
	}
	switch {
	case valueAt(row, w.deal.won) != nil && valueAt(row, w.deal.lost) == nil:
		return data.StageWon
	case valueAt(row, w.deal.lost) != nil && valueAt(row, w.deal.won) == nil:
		return data.StageLost
	}
	if w.plan.endsByFlags() {
		return w.flaggedEnd(row)
	}
	if w.lostByReason(row) {
		return data.StageLost
	}
	return ""
}

// lostByReason reports whether a deal without a status has a reason for which it
// was lost and no chance any more, as programs leave it in the stage where it was.
func (w *importWriter) lostByReason(row *importRow) bool {
	if w.deal.reason < 0 || w.deal.odds < 0 || textAt(row, w.deal.reason) == "" || slices.Contains(statusReasons, sheet.Fold(w.shape.columns[w.deal.reason].Name)) {
		return false
	}
	odds, ok := importOdds(textAt(row, w.deal.odds), false)
	return ok && odds == 0
}

// flaggedEnd is how columns of yes and no say that the deal of a row without a
// stage ended. Where none says whether it is closed, not won is lost.
func (w *importWriter) flaggedEnd(row *importRow) string {
	won, told := valueAt(row, w.deal.isWon).(bool)
	closed, known := valueAt(row, w.deal.isClosed).(bool)
	switch {
	case won:
		return data.StageWon
	case known && closed, told && w.deal.isClosed < 0:
		return data.StageLost
	}
	return ""
}

// endsByFlags reports whether nothing but columns of yes and no says how the
// deals of the file stand.
func (f *FilePlan) endsByFlags() bool {
	return f.Kind == data.KindDeal && !f.own && f.ColumnOf("stage") == nil && f.ColumnOf(FieldStatus) == nil && (f.ColumnOf(FieldIsWon) != nil || f.ColumnOf(FieldIsClosed) != nil)
}

// close takes over what a row tells of a deal's end.
func (w *importWriter) close(row *importRow, stage string) {
	day := valueAt(row, w.deal.closed)
	switch stage {
	case data.StageWon:
		if won := valueAt(row, w.deal.won); won != nil {
			day = won
		}
		if actual := valueAt(row, w.deal.actual); actual != nil && w.deal.amount >= 0 {
			row.values[w.deal.amount] = actual
		}
	case data.StageLost:
		if lost := valueAt(row, w.deal.lost); lost != nil {
			day = lost
		}
	default:
		day = nil
	}
	if day != nil && w.at.closeDay >= 0 {
		row.values[w.at.closeDay] = day
	}
	if stage != data.StageLost && w.deal.reason >= 0 && slices.Contains(statusReasons, sheet.Fold(w.shape.columns[w.deal.reason].Name)) {
		row.values[w.deal.reason] = nil
	}
}

// statusReasons are columns that tell of every deal why it stands as it does,
// which is a loss reason only where it is lost.
var statusReasons = []string{"statusreason", "reasonforstatus", "reason", "closereason", "reasonofclose", "reasonwonlostcode", "reasonwonlost", "winlossreason", "outcomereason"}

// arrive writes the days on which a deal came to its stages.
func (w *importWriter) arrive(row *importRow, deal data.ID) error {
	for _, i := range w.deal.entered {
		day, ok := row.values[i].(data.Day)
		if !ok {
			continue
		}
		name, in := enteredStage(w.shape.columns[i].Name)
		s := w.stages[stageKey(in, name)]
		if s == nil {
			s = w.stages[stageKey("", name)]
		}
		if s == nil {
			continue
		}
		values := data.Values{"deal": deal, "stage": s.Stage, "day": day}
		if row.clocks[i] > 0 && w.enteredOthers(row, i) {
			values[stepField] = row.clocks[i]
		}
		id := data.ImportedID(data.KindStageEntry, w.Source, importKey(deal, s.Stage, day))
		if err := w.make(data.KindStageEntry, id, "", values); err != nil {
			return err
		}
	}
	return nil
}

// enteredOthers reports whether the deal came to other stages on the same day.
func (w *importWriter) enteredOthers(row *importRow, i int) bool {
	return slices.ContainsFunc(w.deal.entered, func(j int) bool { return j != i && row.values[j] == row.values[i] })
}

// typeStage says of a stage that a file brings whether deals in it are won or
// lost, by the columns that tell.
func (w *importWriter) typeStage(row *importRow) string {
	won, _ := valueAt(row, w.shape.index(FieldIsWon)).(bool)
	closed, told := valueAt(row, w.shape.index(FieldIsClosed)).(bool)
	switch {
	case won:
		return data.StageWon
	case closed:
		return data.StageLost
	case told:
		return data.StageOpen
	}
	return importStageType(strings.TrimSpace(w.name(row)))
}
