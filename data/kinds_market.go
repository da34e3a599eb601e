package data

// Names of the kinds that tell of the market and of meetings.
const (
	KindSegment       = "segment"
	KindCompetitor    = "competitor"
	KindJourney       = "journey"
	KindJourneyStep   = "journey_step"
	KindFitRule       = "fit_rule"
	KindMeeting       = "meeting"
	KindMeetingItem   = "meeting_item"
	KindAction        = "action"
	KindDashboard     = "dashboard"
	KindReportSetting = "report_setting"
)

// Values of choice fields of these kinds.
const (
	PriorityHigh   = "high"
	PriorityMedium = "medium"
	PriorityLow    = "low"

	MeetingPipeline    = "pipeline review"
	MeetingPerformance = "performance discussion"
	MeetingPlanned     = "planned"
	MeetingHeld        = "held"

	ActionOpen    = "open"
	ActionDone    = "done"
	ActionDropped = "dropped"
)

// marketKinds are whom the company sells to and against whom.
var marketKinds = []*Kind{
	// The rule of a segment says which accounts are in it, as a rule of a plan's territory does.
	kind(Kind{Name: KindSegment, Plural: "segments", Label: "Segment", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), text("rule", "Accounts in it"), whole("size", "Companies in the market"),
		money("potential", "Potential a year").within("potential"), text("currency", "Currency").within("potential"),
		percent("share_goal", "Share wanted"), choice("priority", "Priority", PriorityHigh, PriorityMedium, PriorityLow), notes("note", "Note")),
	kind(Kind{Name: KindCompetitor, Plural: "competitors", Label: "Competitor", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), text("website", "Website"), notes("strengths", "Strengths"), notes("weaknesses", "Weaknesses"),
		notes("answers", "How we answer"), text("pricing", "Pricing"), notes("note", "Note")),
	kind(Kind{Name: KindJourney, Plural: "journeys", Label: "Customer journey", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), ref("segment", "Segment", KindSegment), notes("note", "Note")),
	kind(Kind{Name: KindJourneyStep, Plural: "journey_steps", Label: "Step of a journey", Title: "name", Audience: AudienceEveryone},
		ref("journey", "Journey", KindJourney).required(), text("name", "Step").required(), whole("position", "Order"), ref("stage", "Stage", KindStage),
		notes("customer", "What the customer does"), notes("us", "What we do"), notes("proof", "How we know")),
	// The fit of an account is the sum of the points of the rules that it meets.
	kind(Kind{Name: KindFitRule, Plural: "fit_rules", Label: "Rule of fit", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), text("rule", "Accounts that meet it").required(), number("points", "Points").required(), whole("position", "Order")),
}

// meetingKinds are meetings, what was decided in them, and the pages that people
// lay out for them.
var meetingKinds = []*Kind{
	kind(Kind{Name: KindMeeting, Plural: "meetings", Label: "Meeting", Title: "subject", Audience: AudienceOwn, Of: []string{"person", "about"}},
		text("subject", "Subject").required(), choice("type", "Type", MeetingPipeline, MeetingPerformance).required(), day("day", "Day").required(), ref("person", "Led by", KindPerson),
		ref("about", "About", KindPerson), ref("territory", "Territory", KindTerritory), choice("status", "Status", MeetingPlanned, MeetingHeld), day("since", "Changes since"), notes("note", "Note")),
	// An item of a meeting is a deal that was spoken of. It goes with the deal, so that its owner has what was decided.
	kind(Kind{Name: KindMeetingItem, Plural: "meeting_items", Label: "Item of a meeting", Title: "reason", Audience: AudienceAlong, Along: []string{"deal", "meeting"}},
		ref("meeting", "Meeting", KindMeeting).required(), ref("deal", "Deal", KindDeal), whole("position", "Order"), text("reason", "On the agenda for"),
		notes("decision", "Decision"), yesNo("seen", "Spoken of"), day("day", "Day")),
	kind(Kind{Name: KindAction, Plural: "actions", Label: "Action", Title: "what", Audience: AudienceOwn, Of: []string{"person"}, Along: []string{"deal", "meeting"}},
		text("what", "What").required(), ref("person", "Who", KindPerson), day("due_day", "Due"), ref("deal", "Deal", KindDeal), ref("account", "Account", KindAccount),
		ref("meeting", "Agreed in", KindMeeting), choice("status", "Status", ActionOpen, ActionDone, ActionDropped).within("status"), day("done_day", "Done").within("status"), notes("note", "Note")),
	kind(Kind{Name: KindDashboard, Plural: "dashboards", Label: "Dashboard", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), choice("role", "For", RoleRep, RoleManager, RoleLead), ref("person", "Owner", KindPerson), whole("position", "Order"), notes("layout", "Layout")),
	kind(Kind{Name: KindReportSetting, Plural: "report_settings", Label: "Saved report", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), text("report", "Report").required(), ref("person", "Owner", KindPerson), notes("options", "Options")),
}
