package data

// Names of the kinds that tell how people are hired, led and trained.
const (
	KindOpening            = "opening"
	KindCandidate          = "candidate"
	KindScorecard          = "scorecard"
	KindOnboardingTemplate = "onboarding_template"
	KindOnboardingStep     = "onboarding_step"
	KindOnboarding         = "onboarding"
	KindOnboardingTask     = "onboarding_task"
	KindSkill              = "skill"
	KindSkillLevel         = "skill_level"
	KindModule             = "module"
	KindTraining           = "training"
	KindOneOnOne           = "one_on_one"
	KindCommitment         = "commitment"
	KindMentoring          = "mentoring"
	KindRecognitionRule    = "recognition_rule"
	KindRecognition        = "recognition"
	KindGoal               = "goal"
	KindReviewTemplate     = "review_template"
	KindReview             = "review"
	KindDispute            = "dispute"
)

// Values of choice fields of these kinds.
const (
	OpeningOpen   = "open"
	OpeningFilled = "filled"
	OpeningClosed = "closed"

	CandidateApplied   = "applied"
	CandidateScreen    = "screen"
	CandidateInterview = "interview"
	CandidateOffer     = "offer"
	CandidateHired     = "hired"
	CandidateRejected  = "rejected"
	CandidateWithdrew  = "withdrew"

	DoneByNewHire = "new hire"
	DoneByManager = "manager"
	DoneByMentor  = "mentor"

	OneOnOnePlanned = "planned"
	OneOnOneHeld    = "held"
	OneOnOneMissed  = "missed"

	PromiseOpen    = "open"
	PromiseKept    = "kept"
	PromiseMissed  = "missed"
	PromiseDropped = "dropped"

	ReviewQuarterly = "quarterly"
	ReviewYearly    = "yearly"
	ReviewDraft     = "draft"
	ReviewFinal     = "final"

	CaseOpen    = "open"
	CaseDecided = "decided"
)

// WatchedMetrics are the figures of a person that a commitment, goal, target or
// rule of recognition may name.
var WatchedMetrics = []string{
	"attainment", "won value", "won deals", "win rate", "average deal size", "sales cycle", "new pipeline", "new deals", "stage moves",
	"activities", "calls", "meetings", "visits", "next steps set", "forecast error",
}

// peopleKinds are the work on the team: of each person these go to himself and
// those above him, never to colleagues.
var peopleKinds = []*Kind{
	kind(Kind{Name: KindOpening, Plural: "openings", Label: "Opening", Title: "title", Audience: AudiencePlanners},
		text("title", "Title").required(), externalID(), choice("role", "Role", RoleRep, RoleManager, RoleLead), ref("territory", "Territory", KindTerritory),
		ref("manager", "Reports to", KindPerson), choice("status", "Status", OpeningOpen, OpeningFilled, OpeningClosed), day("open_day", "Opened"), day("start_day", "Needed from"),
		notes("strengths", "Strengths looked for"), ref("hired", "Hired", KindPerson), notes("note", "Note")),
	kind(Kind{Name: KindCandidate, Plural: "candidates", Label: "Candidate", Title: "name", Audience: AudienceOwnPlanners, Of: []string{"person"}},
		text("name", "Name").required(), externalID(), text("email", "Email").unique(), text("phone", "Phone"), ref("opening", "Opening", KindOpening),
		ref("person", "Hiring manager", KindPerson), choice("stage", "Stage", CandidateApplied, CandidateScreen, CandidateInterview, CandidateOffer, CandidateHired, CandidateRejected, CandidateWithdrew),
		day("day", "Applied"), text("source", "Source"), notes("decision", "Why"), day("decision_day", "Decided"), notes("note", "Note")),
	kind(Kind{Name: KindScorecard, Plural: "scorecards", Label: "Scorecard", Title: "strength", Audience: AudienceAlong, Along: []string{"candidate"}},
		ref("candidate", "Candidate", KindCandidate).required(), ref("person", "Interviewer", KindPerson), day("day", "Day"),
		text("strength", "Strength").required(), whole("score", "Score"), notes("evidence", "Evidence")),
	kind(Kind{Name: KindOnboardingTemplate, Plural: "onboarding_templates", Label: "Onboarding template", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), choice("role", "Role", RoleRep, RoleManager, RoleLead), notes("note", "Note")),
	kind(Kind{Name: KindOnboardingStep, Plural: "onboarding_steps", Label: "Step of onboarding", Title: "name", Audience: AudienceEveryone},
		ref("template", "Template", KindOnboardingTemplate).required(), text("name", "What").required(), whole("position", "Order"),
		whole("due_days", "Days after the start"), choice("done_by", "Done by", DoneByNewHire, DoneByManager, DoneByMentor), notes("note", "Note")),
	kind(Kind{Name: KindOnboarding, Plural: "onboardings", Label: "Onboarding", Title: "person", Audience: AudienceOwn, Of: []string{"person", "mentor"}},
		ref("person", "Person", KindPerson).required(), ref("template", "Template", KindOnboardingTemplate), day("start_day", "From").required(),
		ref("mentor", "Mentor", KindPerson), notes("note", "Note")),
	kind(Kind{Name: KindOnboardingTask, Plural: "onboarding_tasks", Label: "Task of onboarding", Title: "name", Audience: AudienceOwn, Of: []string{"person"}, Along: []string{"onboarding"}},
		ref("onboarding", "Onboarding", KindOnboarding).required(), text("name", "What").required(), whole("position", "Order"), ref("person", "Done by", KindPerson),
		day("due_day", "Due"), day("done_day", "Done"), notes("note", "Note")),
	kind(Kind{Name: KindSkill, Plural: "skills", Label: "Skill", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), choice("role", "Role", RoleRep, RoleManager, RoleLead), whole("target", "Level wanted"), notes("guidance", "What each level means")),
	kind(Kind{Name: KindSkillLevel, Plural: "skill_levels", Label: "Level of a skill", Title: "skill", Audience: AudienceOwn, Of: []string{"person"}},
		ref("person", "Person", KindPerson).required(), ref("skill", "Skill", KindSkill).required(),
		whole("level", "Level"), whole("self_level", "Own view"), day("day", "Day"), notes("note", "Note")),
	kind(Kind{Name: KindModule, Plural: "modules", Label: "Training module", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), ref("skill", "Skill", KindSkill), number("hours", "Hours"), text("place", "Where"), notes("note", "Note")),
	kind(Kind{Name: KindTraining, Plural: "trainings", Label: "Training", Title: "module", Audience: AudienceOwn, Of: []string{"person"}},
		ref("person", "Person", KindPerson).required(), ref("module", "Module", KindModule).required(), day("due_day", "Due"), day("done_day", "Done"),
		percent("result", "Result"), notes("note", "Note")),
	kind(Kind{Name: KindOneOnOne, Plural: "one_on_ones", Label: "One-on-one", Title: "day", Audience: AudienceOwn, Of: []string{"person"}},
		ref("person", "Person", KindPerson).required(), ref("manager", "Manager", KindPerson), day("day", "Day").required(),
		choice("status", "Status", OneOnOnePlanned, OneOnOneHeld, OneOnOneMissed), notes("agenda", "Agenda"), notes("notes", "Notes"), notes("figures", "Figures of the day")),
	kind(Kind{Name: KindCommitment, Plural: "commitments", Label: "Commitment", Title: "what", Audience: AudienceOwn, Of: []string{"person"}},
		ref("person", "Who", KindPerson).required(), ref("one_on_one", "Made in", KindOneOnOne), text("what", "What").required(), day("day", "Made"), day("due_day", "Due"),
		choice("status", "Status", PromiseOpen, PromiseKept, PromiseMissed, PromiseDropped), choice("metric", "Figure to move", WatchedMetrics...), notes("note", "Note")),
	kind(Kind{Name: KindMentoring, Plural: "mentorings", Label: "Mentoring pair", Title: "person", Audience: AudienceOwn, Of: []string{"person", "mentor"}},
		ref("person", "Person", KindPerson).required(), ref("mentor", "Mentor", KindPerson).required(),
		day("start_day", "From").within("span"), day("end_day", "Until").within("span"), text("focus", "Focus"), notes("note", "Note")),
	kind(Kind{Name: KindRecognitionRule, Plural: "recognition_rules", Label: "Rule of recognition", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), choice("metric", "Figure", WatchedMetrics...).required().within("test"), number("threshold", "At least").within("test"),
		choice("every", "Each", "month", "quarter", "year").within("test"), yesNo("retired", "Retired"), notes("note", "Note")),
	kind(Kind{Name: KindRecognition, Plural: "recognitions", Label: "Recognition", Title: "title", Audience: AudienceEveryone},
		ref("person", "Person", KindPerson).required(), day("day", "Day").required(), text("title", "For").required(), notes("reason", "Words"),
		ref("rule", "By the rule", KindRecognitionRule), ref("given_by", "Given by", KindPerson)),
	kind(Kind{Name: KindGoal, Plural: "goals", Label: "Goal", Title: "name", Audience: AudienceOwn, Of: []string{"person"}},
		ref("person", "Person", KindPerson).required(), text("name", "Goal").required(), choice("metric", "Figure", WatchedMetrics...).within("test"), number("target", "Target").within("test"),
		day("start_day", "From").within("span"), day("end_day", "Until").within("span"),
		choice("status", "Status", PromiseOpen, PromiseKept, PromiseMissed, PromiseDropped), notes("note", "Note")),
	kind(Kind{Name: KindReviewTemplate, Plural: "review_templates", Label: "Review template", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), choice("type", "Type", ReviewQuarterly, ReviewYearly), choice("role", "Role", RoleRep, RoleManager, RoleLead), notes("questions", "Questions")),
	kind(Kind{Name: KindReview, Plural: "reviews", Label: "Review", Title: "period", Audience: AudienceOwn, Of: []string{"person"}},
		ref("person", "Person", KindPerson).required(), ref("template", "Template", KindReviewTemplate), text("period", "Period").required(),
		choice("type", "Type", ReviewQuarterly, ReviewYearly), day("day", "Day"), choice("status", "Status", ReviewDraft, ReviewFinal),
		notes("self_text", "In own words"), notes("manager_text", "The manager's words"), whole("rating", "Rating"), notes("figures", "Figures of the day")),
	// A case is a conflict of interest between people, over an account or the split of a deal, and how it was decided.
	kind(Kind{Name: KindDispute, Plural: "cases", Also: "case", Label: "Case", Title: "subject", Audience: AudienceOwn, Of: []string{"person", "other"}},
		text("subject", "Subject").required(), choice("type", "About", "account", "split", "territory", "other"), ref("account", "Account", KindAccount), ref("deal", "Deal", KindDeal),
		ref("person", "Raised by", KindPerson).required(), ref("other", "With", KindPerson), day("day", "Raised"), notes("claim", "What is claimed"),
		choice("status", "Status", CaseOpen, CaseDecided).within("verdict"), notes("decision", "Decision").within("verdict"), ref("decided_by", "Decided by", KindPerson).within("verdict"),
		day("decision_day", "Decided").within("verdict"), notes("note", "Note")),
}
