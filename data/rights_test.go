package data

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestJudge(t *testing.T) {
	me, colleague, stranger := ImportedID("t", "", "me"), ImportedID("t", "", "colleague"), ImportedID("t", "", "stranger")
	author := func(role string) Author {
		return Author{Person: me, Role: role, Leads: func(p ID) bool { return role == RoleManager && p == colleague }}
	}
	only := func(name string) func(string) bool { return func(cell string) bool { return cell == name } }
	for _, c := range []struct {
		name string
		role string
		deed Deed
		want string // a part of the reason; "" where he may
	}{
		{"rep's own deal", RoleRep, Deed{Kind: KindDeal, Cells: []string{"stage"}, Before: []ID{me}}, ""},
		{"nobody's deal", RoleRep, Deed{Kind: KindDeal, Cells: []string{"stage"}}, ""},
		{"another rep's deal", RoleRep, Deed{Kind: KindDeal, Cells: []string{"stage"}, Before: []ID{colleague}}, "not the author's"},
		{"another rep's deal, deleted", RoleRep, Deed{Kind: KindDeal, Cells: []string{RightsDeleted}, Before: []ID{colleague}}, "not the author's"},
		{"a deal in conflict, one side his", RoleRep, Deed{Kind: KindDeal, Cells: []string{"amount"}, Before: []ID{colleague, me}}, ""},
		{"taking a deal", RoleRep, Deed{Kind: KindDeal, Cells: []string{"owner"}, Before: []ID{colleague}, After: me}, "role does not let"},
		{"a new deal of his own", RoleRep, Deed{Kind: KindDeal, Cells: []string{"name", "owner"}, Creates: true, After: me}, ""},
		{"a new deal for another", RoleRep, Deed{Kind: KindDeal, Cells: []string{"name", "owner"}, Creates: true, After: stranger}, "not the author's"},
		{"manager, his team's deal", RoleManager, Deed{Kind: KindDeal, Cells: []string{"owner"}, Before: []ID{colleague}, After: stranger}, ""},
		{"manager, another team's deal", RoleManager, Deed{Kind: KindDeal, Cells: []string{"stage"}, Before: []ID{stranger}}, "not of the author's team"},
		{"lead, anybody's deal", RoleLead, Deed{Kind: KindDeal, Cells: []string{"owner"}, Before: []ID{stranger}}, ""},
		{"rep's quota", RoleRep, Deed{Kind: KindQuota, Cells: []string{"amount"}, Before: []ID{me}}, "role does not let"},
		{"manager's own quota", RoleManager, Deed{Kind: KindQuota, Cells: []string{"amount"}, Before: []ID{me}}, "own quota"},
		{"manager's new own quota", RoleManager, Deed{Kind: KindQuota, Cells: []string{"person", "amount"}, Creates: true, After: me}, "own quota"},
		{"manager, quota of his team", RoleManager, Deed{Kind: KindQuota, Cells: []string{"amount"}, Before: []ID{colleague}}, ""},
		{"manager, quota of others", RoleManager, Deed{Kind: KindQuota, Cells: []string{"amount"}, Before: []ID{stranger}}, "not of the author's team"},
		{"rep's own telephone", RoleRep, Deed{Kind: KindPerson, Cells: []string{"phone"}, Row: me}, ""},
		{"rep's own role", RoleRep, Deed{Kind: KindPerson, Cells: []string{"role"}, Row: me, Role: RoleLead}, "role does not let"},
		{"manager's own role", RoleManager, Deed{Kind: KindPerson, Cells: []string{"role"}, Row: me, Role: RoleLead}, "role does not let"},
		{"lead gives a role", RoleLead, Deed{Kind: KindPerson, Cells: []string{"role"}, Row: stranger, Role: RoleLead}, ""},
		{"manager takes on a rep", RoleManager, Deed{Kind: KindPerson, Cells: []string{"name", "role"}, Row: stranger, Role: RoleRep, Creates: true}, ""},
		{"manager takes on a lead", RoleManager, Deed{Kind: KindPerson, Cells: []string{"name", "role"}, Row: stranger, Role: RoleLead, Creates: true}, "role does not let"},
		{"rep takes on a rep", RoleRep, Deed{Kind: KindPerson, Cells: []string{"name"}, Row: stranger, Creates: true}, "role does not let"},
		{"a second device of his own", RoleRep, Deed{Kind: KindDevice, Cells: []string{"person", "signing_key"}, Creates: true, After: me}, ""},
		{"a device for another", RoleRep, Deed{Kind: KindDevice, Cells: []string{"person", "signing_key"}, Creates: true, After: colleague}, "not the author's"},
		{"rep raises a case", RoleRep, Deed{Kind: KindDispute, Cells: []string{"person", "subject", "verdict"}, Opens: only("verdict"), Creates: true, After: me}, ""},
		{"rep raises a case already decided", RoleRep, Deed{Kind: KindDispute, Cells: []string{"person", "subject", "verdict"}, Creates: true, After: me}, "does not let"},
		{"manager drafts a revenue plan", RoleManager, Deed{Kind: KindRevenuePlan, Cells: []string{"name", "status"}, Opens: only("status"), Creates: true}, ""},
		{"manager approves a revenue plan as he makes it", RoleManager, Deed{Kind: KindRevenuePlan, Cells: []string{"name", "status"}, Creates: true}, "does not let"},
		{"rep writes the notes of a talk that he makes", RoleRep, Deed{Kind: KindOneOnOne, Cells: []string{"notes", "person"}, Creates: true, After: me}, "does not let"},
		{"rep's setting", RoleRep, Deed{Kind: KindSetting, Cells: []string{"value"}}, "role does not let"},
		{"a kind without a line", RoleRep, Deed{Kind: "pledge", Cells: []string{"value"}}, ""},
		{"nobody's role is a rep's", "", Deed{Kind: KindSetting, Cells: []string{"value"}}, "role does not let"},
	} {
		no := Judge(author(c.role), c.deed)
		switch {
		case no == nil && c.want != "":
			t.Errorf("%s: allowed", c.name)
		case no != nil && (c.want == "" || !strings.Contains(no.Reason(), c.want)):
			t.Errorf("%s: %s", c.name, no.Reason())
		case no != nil && KindOf(no.Err()) != Refused:
			t.Errorf("%s: %v", c.name, no.Err())
		}
	}
	founder := author(RoleRep)
	founder.Founder = true
	if no := Judge(founder, Deed{Kind: KindSetting, Cells: []string{"value"}}); no != nil {
		t.Errorf("the founder: %s", no.Reason())
	}
}

func TestOpens(t *testing.T) {
	for _, c := range []struct {
		kind, cell, value string
		want              bool
	}{
		{KindDispute, "verdict", `{"status":"open"}`, true},
		{KindDispute, "verdict", `{}`, true},
		{KindDispute, "verdict", `null`, true},
		{KindDispute, "verdict", `{"status":"decided"}`, false},
		{KindDispute, "verdict", `{"status":"open","decision":"mine"}`, false},
		{KindDispute, "verdict", `{"status":"open","more":"mine"}`, false},
		{KindDispute, "verdict", `"open"`, false},
		{KindRevenuePlan, "status", `{"status":"draft","approved_by":null}`, true},
		{KindRevenuePlan, "status", `{"status":"draft","approved_by":"x"}`, false},
		{KindOneOnOne, "notes", `null`, true},
		{KindOneOnOne, "notes", `"good"`, false},
		{KindOneOnOne, "notes", `7`, false},
		{KindOneOnOne, "no such cell", `"x"`, false},
		{"no such kind", "notes", `null`, false},
	} {
		if got := Opens(c.kind, c.cell, json.RawMessage(c.value)); got != c.want {
			t.Errorf("%s %s %s: %t", c.kind, c.cell, c.value, got)
		}
	}
}

func TestEveryKindHasItsRightsOrBelongsToAll(t *testing.T) {
	everybodys := map[string]bool{
		KindContact: true, KindStageEntry: true, KindCriterionCheck: true, KindGateOverride: true, KindQualification: true, KindDiscoveryAnswer: true, KindSequenceRun: true,
	}
	for _, k := range Kinds() {
		if _, ok := rightTo(k.Name, ""); ok == everybodys[k.Name] {
			t.Errorf("%s: named in the table %t", k.Name, ok)
		}
	}
	for _, r := range Rights() {
		k, err := KindByName(r.Kind)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, c := range append([]string{r.Owner}, r.Cells...) {
			if c != "" && c != selfCell && len(k.CellFields(c)) == 0 {
				t.Errorf("%s has no cell %q", r.Kind, c)
			}
		}
	}
}

// What selects a part of the book stands on these.
func TestEveryKindSaysWhoGetsIt(t *testing.T) {
	known := map[string]bool{}
	for _, k := range Kinds() {
		known[k.Name] = true
		own := k.Audience == AudienceOwn || k.Audience == AudienceOwnPlanners
		if own != (len(k.Of) > 0) || k.Audience == AudienceAlong && len(k.Along) == 0 {
			t.Errorf("%s: audience %d of %v along %v", k.Name, k.Audience, k.Of, k.Along)
		}
		for _, name := range k.Of {
			if f, ok := k.Field(name); !ok || f.Type != TypeRef || f.Ref != KindPerson || f.Cell != name {
				t.Errorf("%s: %s does not say whose it is", k.Name, name)
			}
		}
		for _, name := range k.Along {
			if f, ok := k.Field(name); !ok || f.Type != TypeRef || !known[f.Ref] {
				t.Errorf("%s: %s points to nothing that comes before", k.Name, name)
			}
		}
	}
}
