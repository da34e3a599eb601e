package data

import "slices"

// Names of the kinds that code refers to.
const (
	KindSetting       = "setting"
	KindCustomField   = "custom_field"
	KindRate          = "rate"
	KindPerson        = "person"
	KindTerritory     = "territory"
	KindAssignment    = "assignment"
	KindRule          = "rule"
	KindProduct       = "product"
	KindPipeline      = "pipeline"
	KindStage         = "stage"
	KindAccount       = "account"
	KindContact       = "contact"
	KindDeal          = "deal"
	KindStageEntry    = "stage_entry"
	KindActivity      = "activity"
	KindQuota         = "quota"
	KindDevice        = "device"
	KindRedaction     = "redaction"
	KindAlias         = "alias"
	KindForecastCall  = "forecast_call"
	KindAdjustment    = "forecast_adjustment"
	KindPlan          = "plan"
	KindPlanTerritory = "plan_territory"
	KindPlanPart      = "plan_part"
)

// Values of choice fields that code refers to.
const (
	StageOpen = "open"
	StageWon  = "won"
	StageLost = "lost"

	RoleRep     = "rep"
	RoleManager = "manager"
	RoleLead    = "lead"

	StatusActive = "active"
	StatusLeave  = "on leave"
	StatusLeft   = "left"

	AssignOwner   = "owner"
	AssignManager = "manager"
	AssignOverlay = "overlay"

	PlanDraft    = "planning"
	PlanActive   = "active"
	PlanArchived = "archived"

	HandOverNothing  = "nothing"
	HandOverAccounts = "accounts"
	HandOverDeals    = "accounts and open deals"

	AliasSame  = "same"
	AliasOther = "different"

	DeviceOwn        = "device"
	DeviceInvitation = "invitation"

	CategoryOmitted  = "omitted"
	CategoryPipeline = "pipeline"
	CategoryBestCase = "best case"
	CategoryCommit   = "commit"
	CategoryClosed   = "closed"
)

func text(name, label string) Field  { return Field{Name: name, Label: label, Type: TypeText} }
func notes(name, label string) Field { return Field{Name: name, Label: label, Type: TypeLongText} }
func day(name, label string) Field   { return Field{Name: name, Label: label, Type: TypeDay} }
func whole(name, label string) Field { return Field{Name: name, Label: label, Type: TypeInteger} }
func money(name, label string) Field { return Field{Name: name, Label: label, Type: TypeMoney} }
func yesNo(name, label string) Field { return Field{Name: name, Label: label, Type: TypeBool} }
func number(name, label string) Field {
	return Field{Name: name, Label: label, Type: TypeNumber}
}

func percent(name, label string) Field {
	return Field{Name: name, Label: label, Type: TypePercent}
}

func ref(name, label, kind string) Field {
	return Field{Name: name, Label: label, Type: TypeRef, Ref: kind}
}

func choice(name, label string, choices ...string) Field {
	return Field{Name: name, Label: label, Type: TypeChoice, Choices: choices}
}

func (f Field) required() Field          { f.Required = true; return f }
func (f Field) offers(kind string) Field { f.Offers = kind; return f }
func (f Field) recurs() Field            { f.Recurs = true; return f }
func (f Field) unique() Field            { f.Unique = true; return f }
func (f Field) within(cell string) Field { f.Cell = cell; return f }
func externalID() Field                  { return text("external_id", "External ID").unique() }
func kind(k Kind, fields ...Field) *Kind {
	for i := range fields {
		if fields[i].Cell == "" {
			fields[i].Cell = fields[i].Name
		}
	}
	k.Fields = fields
	return &k
}

// kinds is the schema of the book. It only grows: a field or kind is never
// renamed or removed, since older books and share files hold its cells.
var kinds = slices.Concat(baseKinds, marketKinds, processKinds, workKinds, targetKinds, peopleKinds, meetingKinds, planKinds)

// baseKinds are the company, its customers and its deals.
var baseKinds = []*Kind{
	kind(Kind{Name: KindSetting, Plural: "settings", Label: "Setting", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), text("value", "Value")),
	kind(Kind{Name: KindCustomField, Plural: "custom_fields", Label: "Custom field", Title: "label", Audience: AudienceEveryone},
		text("kind", "Kind").required(), text("label", "Label").required(),
		choice("type", "Type", "text", "number", "money", "day", "choice").required(), notes("choices", "Choices")),
	kind(Kind{Name: KindRate, Plural: "rates", Label: "Exchange rate", Title: "currency", Audience: AudienceEveryone},
		text("currency", "Currency").required(), day("day", "From day").required(), text("rate", "Rate").required()),
	kind(Kind{Name: KindPerson, Plural: "people", Label: "Person", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), text("email", "Email").unique(), text("phone", "Phone"),
		choice("role", "Role", RoleRep, RoleManager, RoleLead), text("title", "Title"),
		ref("manager", "Manager", KindPerson), day("hire_day", "Hired").within("employment"), day("end_day", "Left").within("employment"),
		choice("status", "Status", StatusActive, StatusLeave, StatusLeft), notes("note", "Note"),
		text("home", "Home base"), number("weekly_hours", "Hours a week for customers")),
	kind(Kind{Name: KindTerritory, Plural: "territories", Label: "Territory", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), ref("parent", "Part of", KindTerritory), text("color", "Colour"), notes("note", "Note")),
	kind(Kind{Name: KindAssignment, Plural: "assignments", Label: "Assignment", Title: "person", Audience: AudienceEveryone},
		ref("person", "Person", KindPerson).required(), ref("territory", "Territory", KindTerritory).required(),
		choice("role", "Role", AssignOwner, AssignManager, AssignOverlay).required(),
		day("start_day", "From").within("span"), day("end_day", "Until").within("span")),
	kind(Kind{Name: KindRule, Plural: "rules", Label: "Territory rule", Title: "field", Audience: AudienceEveryone},
		ref("territory", "Territory", KindTerritory).required(), whole("position", "Order"), text("field", "Account field").required(),
		choice("test", "Test", "is", "is not", "contains", "at least", "at most").required(), text("value", "Value")),
	kind(Kind{Name: KindProduct, Plural: "products", Label: "Product", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), text("family", "Family"),
		money("price", "List price").within("price"), text("currency", "Currency").within("price"), yesNo("retired", "Retired")),
	kind(Kind{Name: KindPipeline, Plural: "pipelines", Label: "Pipeline", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), whole("position", "Order")),
	kind(Kind{Name: KindStage, Plural: "stages", Label: "Stage", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), externalID(), ref("pipeline", "Pipeline", KindPipeline).required(),
		choice("type", "Type", StageOpen, StageWon, StageLost).required(), whole("position", "Order"),
		percent("probability", "Probability"), whole("expected_days", "Expected days"),
		choice("category", "Forecast category", CategoryOmitted, CategoryPipeline, CategoryBestCase, CategoryCommit, CategoryClosed)),
	kind(Kind{Name: KindAccount, Plural: "accounts", Label: "Account", Title: "name", Audience: AudienceOwn, Of: []string{"owner"}},
		text("name", "Name").required(), externalID(), text("industry", "Industry"), ref("parent", "Part of", KindAccount),
		ref("territory", "Territory", KindTerritory), ref("owner", "Owner", KindPerson),
		text("address", "Address"), text("city", "City"), text("state", "State"), text("postal_code", "Postal code"), text("country", "Country"),
		number("latitude", "Latitude").within("place"), number("longitude", "Longitude").within("place"),
		whole("employees", "Employees"), number("revenue", "Revenue"), whole("founded", "Founded"),
		text("website", "Website"), text("phone", "Phone"), notes("note", "Note"),
		text("visit_class", "Visit class"), number("potential", "Potential")),
	kind(Kind{Name: KindContact, Plural: "contacts", Label: "Contact", Title: "name", Audience: AudienceAlong, Along: []string{"account"}},
		text("name", "Name").required(), externalID(), ref("account", "Account", KindAccount), text("title", "Title"),
		text("email", "Email").unique(), text("phone", "Phone"),
		choice("influence", "Influence", "economic buyer", "champion", "influencer", "user", "blocker"), notes("note", "Note")),
	kind(Kind{Name: KindDeal, Plural: "deals", Label: "Deal", Title: "name", Audience: AudienceOwn, Of: []string{"owner"}},
		text("name", "Name"), externalID(), ref("account", "Account", KindAccount), ref("owner", "Owner", KindPerson),
		ref("product", "Product", KindProduct), ref("contact", "Main contact", KindContact),
		ref("stage", "Stage", KindStage).required().within("stage"), day("close_day", "Close day").within("stage"), text("loss_reason", "Loss reason").within("stage").recurs(),
		money("amount", "Amount").within("amount"), text("currency", "Currency").within("amount"),
		choice("category", "Forecast category", CategoryOmitted, CategoryPipeline, CategoryBestCase, CategoryCommit),
		day("created_day", "Created"), day("engaged_day", "Engaged"),
		text("next_step", "Next step").within("next_step"), day("next_step_day", "Next step due").within("next_step"),
		text("competitor", "Competitor").offers(KindCompetitor), text("source", "Source"), notes("note", "Note"),
		text("win_reason", "Win reason").recurs(), notes("evidence", "Evidence of the outcome"), day("snooze_day", "Not stalled before").within("snooze"), text("snooze_reason", "Why it waits").within("snooze")),
	kind(Kind{Name: KindStageEntry, Plural: "stage_entries", Label: "Stage entry", Title: "stage", Audience: AudienceAlong, Along: []string{"deal"}},
		ref("deal", "Deal", KindDeal).required(), ref("stage", "Stage", KindStage).required(), day("day", "Day").required(),
		whole("step", "Order on the day")),
}

// workKinds are what was done and is to be done, and how the book itself is kept.
var workKinds = []*Kind{
	kind(Kind{Name: KindActivity, Plural: "activities", Label: "Activity", Title: "subject", Audience: AudienceOwn, Of: []string{"person"}, Along: []string{"deal"}},
		choice("type", "Type", "call", "email", "meeting", "visit", "task", "note").required(), text("subject", "Subject"), externalID(),
		ref("deal", "Deal", KindDeal), ref("account", "Account", KindAccount), ref("contact", "Contact", KindContact),
		ref("person", "Person", KindPerson), day("day", "Day"), whole("minutes", "Minutes"), yesNo("done", "Done"), notes("note", "Note"),
		text("time", "Time of day"), ref("sequence_run", "Of the sequence", KindSequenceRun)),
	kind(Kind{Name: KindQuota, Plural: "quotas", Label: "Quota", Title: "month", Audience: AudienceOwn, Of: []string{"person"}},
		ref("person", "Person", KindPerson), ref("territory", "Territory", KindTerritory), day("month", "Month").required(),
		money("amount", "Amount").within("amount"), text("currency", "Currency").within("amount")),
	kind(Kind{Name: KindDevice, Plural: "devices", Label: "Device", Title: "name", Audience: AudienceEveryone},
		ref("person", "Person", KindPerson).required(), text("name", "Name"), choice("type", "Type", DeviceOwn, DeviceInvitation).required(),
		text("signing_key", "Signing key").required(), text("sealing_key", "Receiving key"),
		notes("founding", "Accepted before members"), notes("revoked", "Accepted before revoking")),
	kind(Kind{Name: KindRedaction, Plural: "redactions", Label: "Erasure", Title: "kind", Audience: AudienceEveryone},
		text("kind", "Kind").required(), text("row", "Record").required(), notes("cells", "Cells").required(), text("reason", "Reason")),
	// An alias names records by their ids alone, so that it tells nobody anything of records that he does not hold.
	kind(Kind{Name: KindAlias, Plural: "aliases", Label: "Joined record", Title: "kind", Audience: AudienceEveryone},
		choice("verdict", "Verdict", AliasSame, AliasOther).required(), text("kind", "Kind").required(),
		text("row", "Record").required(), text("target", "Joined with").required()),
	// A forecast call is what a person said on a day that a period will come to, for himself or for his team, with the figures that stood beside it.
	kind(Kind{Name: KindForecastCall, Plural: "forecast_calls", Label: "Forecast call", Title: "period", Audience: AudienceOwn, Of: []string{"person"}},
		ref("person", "Person", KindPerson).required(), text("period", "Period").required(), day("day", "Day").required(),
		money("amount", "Call").within("amount"), text("currency", "Currency").within("amount"),
		money("closed", "Closed").within("figures"), money("commit_value", "Commit").within("figures"), money("best_case", "Best case").within("figures"),
		money("pipeline", "Pipeline").within("figures"), money("adjusted", "Adjusted").within("figures"), money("quota", "Quota").within("figures"), notes("note", "Note")),
	kind(Kind{Name: KindAdjustment, Plural: "forecast_adjustments", Label: "Forecast adjustment", Title: "period", Audience: AudienceOwnPlanners, Of: []string{"person"}},
		ref("person", "Person", KindPerson).required(), text("period", "Period").required(),
		money("amount", "Amount").within("amount"), text("currency", "Currency").within("amount"), notes("note", "Note")),
}

// planKinds are drafts of who covers what.
var planKinds = []*Kind{
	kind(Kind{Name: KindPlan, Plural: "plans", Label: "Territory plan", Title: "name", Audience: AudiencePlanners},
		text("name", "Name").required(), choice("status", "Status", PlanDraft, PlanActive, PlanArchived).required(),
		day("start_day", "In force from"), text("level", "Areas"), text("frame", "Map"), text("measures", "Balanced by"),
		percent("tolerance", "Tolerance"), ref("source", "Copied from", KindPlan),
		choice("hand_over", "Handed over", HandOverNothing, HandOverAccounts, HandOverDeals), yesNo("carried_out", "Carried out"), notes("note", "Note")),
	kind(Kind{Name: KindPlanTerritory, Plural: "plan_territories", Label: "Territory of a plan", Title: "name", Audience: AudiencePlanners},
		ref("plan", "Plan", KindPlan).required(), text("name", "Name").required(), ref("territory", "Territory", KindTerritory),
		ref("person", "Owner", KindPerson), text("color", "Colour"), yesNo("locked", "Locked"), percent("share", "Share of a full territory"),
		text("rule", "Rule").within("rule"), whole("rule_order", "Order of the rule").within("rule"), notes("note", "Note")),
	// A part gives one area of the map or one account to a territory of its plan; without a territory to none.
	kind(Kind{Name: KindPlanPart, Plural: "plan_parts", Label: "Part of a plan", Title: "unit", Audience: AudiencePlanners},
		ref("plan", "Plan", KindPlan).required(), text("unit", "Area"), ref("account", "Account", KindAccount),
		ref("plan_territory", "Territory", KindPlanTerritory), yesNo("locked", "Locked")),
}
