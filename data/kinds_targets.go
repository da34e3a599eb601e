package data

// Names of the kinds that tell what is to be reached and how it is paid.
const (
	KindTarget         = "target"
	KindRampProfile    = "ramp_profile"
	KindRamp           = "ramp"
	KindAbsence        = "absence"
	KindDealSplit      = "deal_split"
	KindSignOff        = "sign_off"
	KindCommissionPlan = "commission_plan"
	KindWhatIf         = "what_if"
	KindRevenuePlan    = "revenue_plan"
	KindRevenueTarget  = "revenue_target"
)

// Values of choice fields of these kinds.
const (
	SplitRevenue = "revenue" // shares the value of a deal; all shares of it are counted once in a roll-up
	SplitOverlay = "overlay" // counts for the person beside the owner, never in a roll-up

	RevenueDraft    = "draft"
	RevenueProposed = "proposed"
	RevenueApproved = "approved"
	RevenueArchived = "archived"
)

// targetKinds are what people are to reach, and what it stands on.
var targetKinds = []*Kind{
	// A target is a quota by count or by activity; quotas hold the amounts.
	kind(Kind{Name: KindTarget, Plural: "targets", Label: "Target", Title: "measure", Audience: AudienceOwn, Of: []string{"person"}},
		ref("person", "Person", KindPerson), ref("territory", "Territory", KindTerritory), choice("measure", "Figure", WatchedMetrics...).required(),
		day("month", "Month").required(), number("target", "Target").required()),
	// The shares are percents of the quota by months in role, with semicolons between them; later months count in full.
	kind(Kind{Name: KindRampProfile, Plural: "ramp_profiles", Label: "Ramp profile", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), choice("role", "Role", RoleRep, RoleManager, RoleLead), text("shares", "Share of quota by month").required()),
	kind(Kind{Name: KindRamp, Plural: "ramps", Label: "Ramp", Title: "person", Audience: AudienceOwn, Of: []string{"person"}},
		ref("person", "Person", KindPerson).required(), ref("profile", "Profile", KindRampProfile).required(), day("start_day", "In role from").required()),
	kind(Kind{Name: KindAbsence, Plural: "absences", Label: "Absence", Title: "person", Audience: AudienceOwn, Of: []string{"person"}},
		ref("person", "Person", KindPerson).required(), day("start_day", "From").within("span"), day("end_day", "Until").within("span"),
		percent("relief", "Quota taken off"), notes("note", "Note")),
	kind(Kind{Name: KindDealSplit, Plural: "deal_splits", Label: "Split of a deal", Title: "person", Audience: AudienceOwn, Of: []string{"person"}, Along: []string{"deal"}},
		ref("deal", "Deal", KindDeal).required(), ref("person", "Person", KindPerson).required(), percent("share", "Share"), choice("type", "Type", SplitRevenue, SplitOverlay).required()),
	kind(Kind{Name: KindSignOff, Plural: "sign_offs", Label: "Signed quota", Title: "period", Audience: AudienceOwn, Of: []string{"person"}},
		ref("person", "Person", KindPerson).required(), text("period", "Period").required(), day("day", "Signed"),
		money("amount", "Quota").within("amount"), text("currency", "Currency").within("amount"), notes("note", "Note")),
	// The rates are "from attainment: percent of won value", with semicolons between them.
	kind(Kind{Name: KindCommissionPlan, Plural: "commission_plans", Label: "Commission plan", Title: "name", Audience: AudienceEveryone},
		text("name", "Name").required(), choice("role", "Role", RoleRep, RoleManager, RoleLead), text("rates", "Rates").required(), day("start_day", "From"), notes("note", "Note")),
	kind(Kind{Name: KindWhatIf, Plural: "what_ifs", Label: "What-if", Title: "name", Audience: AudienceOwn, Of: []string{"person"}},
		text("name", "Name").required(), ref("person", "Person", KindPerson).required(), text("period", "Period").required(), notes("changes", "Changes"), notes("note", "Note")),
	// The season is the share of each month of the fiscal year, in percent with semicolons between them.
	kind(Kind{Name: KindRevenuePlan, Plural: "revenue_plans", Label: "Revenue plan", Title: "name", Audience: AudiencePlanners},
		text("name", "Name").required(), whole("year", "Fiscal year").required(), choice("status", "Status", RevenueDraft, RevenueProposed, RevenueApproved, RevenueArchived).within("status"),
		ref("approved_by", "Approved by", KindPerson).within("status"), day("approved_day", "Approved").within("status"),
		ref("source", "Copied from", KindRevenuePlan), whole("revision", "Revision"), percent("stretch", "Stretch"), text("season", "Season"), notes("note", "Note")),
	kind(Kind{Name: KindRevenueTarget, Plural: "revenue_targets", Label: "Target of a revenue plan", Title: "month", Audience: AudiencePlanners},
		ref("plan", "Plan", KindRevenuePlan).required(), ref("territory", "Territory", KindTerritory), ref("person", "Person", KindPerson), ref("segment", "Segment", KindSegment),
		text("family", "Product line"), day("month", "Month").required(), money("amount", "Amount").within("amount"), text("currency", "Currency").within("amount")),
}
