package app

import (
	"context"

	"fieldbook/data"
)

// importKeys are the fields that tell rows of a kind apart where a file has no ids.
var importKeys = map[string][]string{
	data.KindDeal:       {"name", "account"},
	data.KindStageEntry: {"deal", "stage", "day"},
	data.KindActivity:   {"type", "subject", "day", "person", "deal", "account", "contact"},
	data.KindAssignment: {"person", "territory", "role", "start_day"},
	data.KindRule:       {"territory", "field", "test", "value"},
	data.KindStage:      {"pipeline", "name"},

	data.KindForecastCall:  {"person", "period", "day"},
	data.KindAdjustment:    {"person", "period"},
	data.KindPlan:          {"name"},
	data.KindPlanTerritory: {"plan", "name"},
	data.KindPlanPart:      {"plan", "unit", "account"},

	data.KindTarget:         {"person", "territory", "measure", "month"},
	data.KindRampProfile:    {"name"},
	data.KindRamp:           {"person", "start_day"},
	data.KindAbsence:        {"person", "start_day"},
	data.KindDealSplit:      {"deal", "person", "type"},
	data.KindSignOff:        {"person", "period"},
	data.KindCommissionPlan: {"name"},
	data.KindWhatIf:         {"person", "name", "period"},
	data.KindRevenuePlan:    {"year", "name"},
	data.KindRevenueTarget:  {"plan", "territory", "person", "segment", "family", "month"},

	data.KindFramework:         {"name"},
	data.KindFrameworkElement:  {"framework", "name"},
	data.KindCriterion:         {"stage", "gate", "name"},
	data.KindCriterionCheck:    {"deal", "criterion"},
	data.KindGateOverride:      {"deal", "to_stage", "day", "reason"},
	data.KindQualification:     {"deal", "element"},
	data.KindDiscoveryGuide:    {"name", "segment", "stage"},
	data.KindDiscoveryQuestion: {"guide", "question"},
	data.KindDiscoveryAnswer:   {"deal", "question"},
	data.KindSequence:          {"name"},
	data.KindSequenceStep:      {"sequence", "after_days", "type", "subject"},
	data.KindSequenceRun:       {"deal", "sequence", "start_day"},

	data.KindOpening:            {"title", "territory", "open_day"},
	data.KindCandidate:          {"name", "opening"},
	data.KindScorecard:          {"candidate", "person", "strength"},
	data.KindOnboardingTemplate: {"name"},
	data.KindOnboardingStep:     {"template", "name"},
	data.KindOnboarding:         {"person", "start_day"},
	data.KindOnboardingTask:     {"onboarding", "name"},
	data.KindSkill:              {"name", "role"},
	data.KindSkillLevel:         {"person", "skill", "day"},
	data.KindModule:             {"name"},
	data.KindTraining:           {"person", "module", "due_day"},
	data.KindOneOnOne:           {"person", "manager", "day"},
	data.KindCommitment:         {"person", "what", "day"},
	data.KindMentoring:          {"person", "mentor", "start_day"},
	data.KindRecognitionRule:    {"name"},
	data.KindRecognition:        {"person", "day", "title"},
	data.KindGoal:               {"person", "name", "start_day"},
	data.KindReviewTemplate:     {"name"},
	data.KindReview:             {"person", "period", "type"},
	data.KindDispute:            {"subject", "person", "day"},

	data.KindSegment:       {"name"},
	data.KindCompetitor:    {"name"},
	data.KindJourney:       {"name"},
	data.KindJourneyStep:   {"journey", "name"},
	data.KindFitRule:       {"name"},
	data.KindMeeting:       {"subject", "day"},
	data.KindMeetingItem:   {"meeting", "deal"},
	data.KindAction:        {"what", "person", "deal", "meeting", "due_day"},
	data.KindDashboard:     {"name", "person"},
	data.KindReportSetting: {"name", "person"},
}

// importMany are kinds of which a book has too many rows, or too old ones, to find
// those that were entered by hand: their rows are found by the id of their import.
var importMany = map[string]bool{
	data.KindDeal: true, data.KindStageEntry: true, data.KindActivity: true, data.KindAssignment: true, data.KindRule: true, data.KindStage: true,
}

// importFound gives the rows of the book by what tells them apart, so that a line
// without an id finds what somebody entered by hand.
type importFound map[string]data.ID

func (a *App) importFound(ctx context.Context, kind string) (importFound, error) {
	fields, told := importKeys[kind]
	if !told || importMany[kind] {
		return nil, nil
	}
	out := importFound{}
	return out, a.store.Each(ctx, data.Query{Kind: kind}, func(row data.Row) error {
		parts := make([]data.Value, len(fields))
		for i, name := range fields {
			parts[i] = row.Values[name]
		}
		if key := importKey(parts...); out[key].IsZero() {
			out[key] = row.ID
		}
		return nil
	})
}
