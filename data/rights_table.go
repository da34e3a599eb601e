package data

import "slices"

func reaches(rep, manager Reach) map[string]Reach {
	return map[string]Reach{RoleRep: rep, RoleManager: manager, RoleLead: ReachAll}
}

// rights is what each role may change in a book with members. The person who
// founded the book has a lead's rights. Kinds that are not named here may be
// changed by every member: they go with a deal, and only to who gets it.
var rights = slices.Concat(baseRights, playbookRights, targetRights, peopleRights, meetingRights)

// baseRights are those to the company, its customers, deals and plans.
var baseRights = []Right{
	{Kind: KindDeal, Cells: []string{"owner"}, Owner: "owner", Reach: reaches(ReachNone, ReachTeam), New: true},
	{Kind: KindDeal, Cells: nil, Owner: "owner", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindAccount, Cells: []string{"owner", "territory"}, Owner: "owner", Reach: reaches(ReachNone, ReachTeam), New: true},
	{Kind: KindAccount, Cells: nil, Owner: "owner", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindActivity, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindQuota, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam), Others: true},
	{Kind: KindPerson, Cells: []string{"phone", "email", "home"}, Owner: selfCell, Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindPerson, Cells: []string{"role"}, Owner: selfCell, Reach: reaches(ReachNone, ReachNone)},
	{Kind: KindPerson, Cells: nil, Owner: selfCell, Reach: reaches(ReachNone, ReachTeam)},
	{Kind: KindDevice, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindTerritory, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindAssignment, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindRule, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindForecastCall, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindAdjustment, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam)},
	{Kind: KindPlan, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindPlanTerritory, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindPlanPart, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindProduct, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindRate, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindCustomField, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindPipeline, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindStage, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindSetting, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachNone)},
	{Kind: KindRedaction, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachNone)},
	{Kind: KindAlias, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
}

// playbookRights are those to how deals are to be worked and to the market.
var playbookRights = []Right{
	{Kind: KindCriterion, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindFramework, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindFrameworkElement, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindDiscoveryGuide, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindDiscoveryQuestion, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindSequence, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindSequenceStep, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindSegment, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindCompetitor, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindJourney, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindJourneyStep, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindFitRule, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
}

// targetRights are those to what people are to reach. Nobody settles that for himself.
var targetRights = []Right{
	{Kind: KindTarget, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam), Others: true},
	{Kind: KindRampProfile, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindRamp, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam), Others: true},
	{Kind: KindAbsence, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam), Others: true},
	{Kind: KindDealSplit, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam)},
	{Kind: KindSignOff, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachOwn)},
	{Kind: KindCommissionPlan, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachNone)},
	{Kind: KindWhatIf, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindRevenuePlan, Cells: []string{"status"}, Owner: "", Reach: reaches(ReachNone, ReachNone)},
	{Kind: KindRevenuePlan, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindRevenueTarget, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
}

// peopleRights are those to the work on the team.
var peopleRights = []Right{
	{Kind: KindOpening, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindCandidate, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam)},
	{Kind: KindScorecard, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindOnboardingTemplate, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindOnboardingStep, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindSkill, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindModule, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindRecognitionRule, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindReviewTemplate, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindOnboarding, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam)},
	{Kind: KindOnboardingTask, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindSkillLevel, Cells: []string{"self_level"}, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindSkillLevel, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam), Others: true},
	{Kind: KindTraining, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindOneOnOne, Cells: []string{"notes", "figures"}, Owner: "person", Reach: reaches(ReachNone, ReachTeam)},
	{Kind: KindOneOnOne, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindCommitment, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindMentoring, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam)},
	{Kind: KindRecognition, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam)},
	{Kind: KindGoal, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindReview, Cells: []string{"self_text"}, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindReview, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam), Others: true},
	{Kind: KindDispute, Cells: []string{"verdict"}, Owner: "person", Reach: reaches(ReachNone, ReachTeam), Others: true},
	{Kind: KindDispute, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
}

// meetingRights are those to meetings and pages.
var meetingRights = []Right{
	{Kind: KindMeeting, Cells: nil, Owner: "person", Reach: reaches(ReachNone, ReachTeam)},
	{Kind: KindMeetingItem, Cells: nil, Owner: "", Reach: reaches(ReachNone, ReachAll)},
	{Kind: KindAction, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindDashboard, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
	{Kind: KindReportSetting, Cells: nil, Owner: "person", Reach: reaches(ReachOwn, ReachTeam)},
}
