package data

// Names of the kinds that tell how deals are worked.
const (
	KindCriterion         = "criterion"
	KindCriterionCheck    = "criterion_check"
	KindGateOverride      = "gate_override"
	KindFramework         = "framework"
	KindFrameworkElement  = "framework_element"
	KindQualification     = "qualification"
	KindDiscoveryGuide    = "discovery_guide"
	KindDiscoveryQuestion = "discovery_question"
	KindDiscoveryAnswer   = "discovery_answer"
	KindSequence          = "sequence"
	KindSequenceStep      = "sequence_step"
	KindSequenceRun       = "sequence_run"
)

// Values of choice fields of these kinds.
const (
	GateEntry = "entry" // asked of a deal that is to come into the stage
	GateExit  = "exit"  // asked of one that is to go on from it

	CriterionChecklist = "checklist"
	CriterionField     = "field"
	CriterionFramework = "framework"

	RunRunning = "running"
	RunDone    = "done"
	RunStopped = "stopped"
)

// processKinds are what a playbook says of the work on deals, and what was done
// of it on each.
var processKinds = []*Kind{
	kind(Kind{Name: KindFramework, Plural: "frameworks", Label: "Qualification framework", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), whole("position", "Order"), yesNo("retired", "Retired"), notes("note", "Note")),
	kind(Kind{Name: KindFrameworkElement, Plural: "framework_elements", Label: "Element of a framework", Title: "name", Audience: AudienceEveryone},
		ref("framework", "Framework", KindFramework).required(), text("name", "Name").required(), whole("position", "Order"), notes("guidance", "Guidance")),
	// A criterion is met by a tick, by a field of the deal that is filled in, or by so many points in a framework.
	kind(Kind{Name: KindCriterion, Plural: "criteria", Label: "Stage criterion", Title: "name", Audience: AudienceEveryone},
		ref("stage", "Stage", KindStage).required(), choice("gate", "Asked at", GateEntry, GateExit).required(), text("name", "Criterion").required(),
		choice("type", "Met by", CriterionChecklist, CriterionField, CriterionFramework).required().within("test"), text("field", "Deal field").within("test"),
		ref("framework", "Framework", KindFramework).within("test"), whole("points", "Points at least").within("test"),
		whole("position", "Order"), notes("guidance", "Guidance"), yesNo("retired", "Retired")),
	kind(Kind{Name: KindCriterionCheck, Plural: "criterion_checks", Label: "Criterion of a deal", Title: "criterion", Audience: AudienceAlong, Along: []string{"deal"}},
		ref("deal", "Deal", KindDeal).required(), ref("criterion", "Criterion", KindCriterion).required(),
		yesNo("met", "Met").within("met"), day("day", "Day").within("met"), ref("person", "By", KindPerson).within("met"), notes("evidence", "Evidence")),
	// An override is a move that a gate had refused, and why it was made all the same.
	kind(Kind{Name: KindGateOverride, Plural: "gate_overrides", Label: "Overridden gate", Title: "reason", Audience: AudienceAlong, Along: []string{"deal"}},
		ref("deal", "Deal", KindDeal).required(), ref("from_stage", "From", KindStage), ref("to_stage", "To", KindStage).required(),
		day("day", "Day").required(), ref("person", "By", KindPerson), text("reason", "Reason").required(), notes("missing", "What was missing")),
	kind(Kind{Name: KindQualification, Plural: "qualifications", Label: "Qualification of a deal", Title: "element", Audience: AudienceAlong, Along: []string{"deal"}},
		ref("deal", "Deal", KindDeal).required(), ref("element", "Element", KindFrameworkElement).required(),
		whole("score", "Score"), notes("evidence", "Evidence"), day("day", "Day"), ref("person", "By", KindPerson)),
	kind(Kind{Name: KindDiscoveryGuide, Plural: "discovery_guides", Label: "Discovery guide", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), ref("segment", "Segment", KindSegment), ref("stage", "Stage", KindStage),
		whole("position", "Order"), yesNo("retired", "Retired"), notes("note", "Note")),
	kind(Kind{Name: KindDiscoveryQuestion, Plural: "discovery_questions", Label: "Discovery question", Title: "question", Audience: AudienceEveryone},
		ref("guide", "Guide", KindDiscoveryGuide).required(), text("question", "Question").required(), notes("hint", "What to listen for"), whole("position", "Order")),
	kind(Kind{Name: KindDiscoveryAnswer, Plural: "discovery_answers", Label: "Discovery answer", Title: "question", Audience: AudienceAlong, Along: []string{"deal"}},
		ref("deal", "Deal", KindDeal).required(), ref("question", "Question", KindDiscoveryQuestion).required(),
		notes("answer", "Answer"), day("day", "Day"), ref("person", "By", KindPerson)),
	kind(Kind{Name: KindSequence, Plural: "sequences", Label: "Follow-up sequence", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), yesNo("retired", "Retired"), notes("note", "Note")),
	kind(Kind{Name: KindSequenceStep, Plural: "sequence_steps", Label: "Step of a sequence", Title: "subject", Audience: AudienceEveryone},
		ref("sequence", "Sequence", KindSequence).required(), whole("position", "Order"), whole("after_days", "Days after the start").required(),
		choice("type", "Type", "call", "email", "meeting", "visit", "task").required(), text("subject", "Subject"), notes("note", "Note")),
	kind(Kind{Name: KindSequenceRun, Plural: "sequence_runs", Label: "Sequence of a deal", Title: "sequence", Audience: AudienceAlong, Along: []string{"deal"}},
		ref("deal", "Deal", KindDeal).required(), ref("sequence", "Sequence", KindSequence).required(), day("start_day", "Started"),
		ref("person", "For", KindPerson), choice("status", "Status", RunRunning, RunDone, RunStopped)),
}
