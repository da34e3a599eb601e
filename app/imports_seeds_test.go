package app

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data/datatest"
)

// toldFiles writes what became of each file, a line each: kind, source, rows,
// new, set aside, and the first reason.
func toldFiles(res *ImportResult) []string {
	var out []string
	for _, f := range res.Files {
		why := ""
		if len(f.Problems) > 0 {
			why = f.Problems[0].Why
		}
		if f.Kind != "" {
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s: %s of %s, %d rows, %d new, %d set aside %s", f.File, f.Kind, f.Source, f.Rows, f.New, f.SetAside, why)))
		}
	}
	return out
}

func filesOf(t testing.TB, dir, pattern string) []string {
	t.Helper()
	out, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(out) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	return out
}

// The tables of an interface say together what a deal's stage, pipeline and
// owner are called, how it came there, and which deals were merged.
func TestTablesOfAnInterfaceComeTogether(t *testing.T) {
	a := importBook(t)
	paths := filesOf(t, filepath.Join("testdata", "hubspot"), "*.csv")
	res := importFiles(t, a, paths...)
	want := []string{
		"deal.csv: deal of hubspot, 5 rows, 3 new, 2 set aside the row is flagged deleted",
		"deal_pipeline.csv: pipeline of hubspot, 2 rows, 2 new, 0 set aside",
		"deal_pipeline_stage.csv: stage of hubspot, 7 rows, 6 new, 1 set aside the row is flagged deleted",
		"deal_property_history.csv: stage_entry of hubspot, 3 rows, 2 new, 0 set aside",
		"deal_stage.csv: stage_entry of hubspot, 3 rows, 3 new, 0 set aside",
		"owner.csv: person of hubspot, 2 rows, 2 new, 0 set aside",
	}
	if got := toldFiles(res); !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if p := res.Files[0].Problems; len(p) != 2 || p[1].Value != "505" || p[1].Why != "was merged into 502" {
		t.Errorf("%+v", p)
	}
	want = []string{
		"Chillers | New business/First talk open 20% | - | Bo Ek | 48000.50 USD | 2026-05-31 | 2026-01-09 | external_id=502 | 2026-01-09 First talk",
		"Looms | New business/Signed won 100% | - | Ann Lee | 12500.00 USD | 2026-03-14 | 2026-02-01 | external_id=501 | 2026-02-01 First talk | 2026-03-14 Signed",
		"Spares | Renewals/Left us lost 0% | - | Bo Ek | 900.00 USD | 2026-02-28 | 2026-01-12 | external_id=503 | 2026-01-12 Due | 2026-02-28 Left us",
	}
	if got := toldDeals(t, a); !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	importVerified(t, a)
	full := importDump(t, a)
	if again := importFiles(t, a, paths...); again.Txn != "" || !slices.Equal(importDump(t, a), full) {
		t.Error("the same files changed the book")
	}
}

func TestSeedsOfTwoInterfaces(t *testing.T) {
	for dir, want := range map[string][]string{
		"crm-hubspot-seeds": {
			"company_data.csv: account of hubspot, 24 rows, 24 new, 0 set aside",
			"contact_data.csv: contact of hubspot, 22 rows, 22 new, 0 set aside",
			"deal_company_data.csv: deal of hubspot, 2 rows, 0 new, 2 set aside there is no such deal in the files or the book",
			"deal_contact_data.csv: deal of hubspot, 11 rows, 0 new, 11 set aside there is no such deal in the files or the book",
			"deal_data.csv: deal of hubspot, 44 rows, 44 new, 0 set aside",
			"deal_pipeline_data.csv: pipeline of hubspot, 6 rows, 6 new, 0 set aside",
			"deal_pipeline_stage_data.csv: stage of hubspot, 71 rows, 69 new, 2 set aside the row is flagged deleted",
			"deal_property_history_data.csv: stage_entry of hubspot, 100 rows, 0 new, 100 set aside is no change of stage, amount or close day",
			"deal_stage_data.csv: stage_entry of hubspot, 14 rows, 0 new, 14 set aside there is no such deal in the files or the book",
			"engagement_meeting_data.csv: activity of hubspot, 100 rows, 100 new, 0 set aside",
			"owner_data.csv: person of hubspot, 100 rows, 100 new, 0 set aside",
			"users_data.csv: person of hubspot, 2 rows, 2 new, 0 set aside",
		},
		"crm-salesforce-seeds": {
			"sf_account_data.csv: account of salesforce, 10 rows, 1 new, 9 set aside the row is flagged deleted",
			"sf_contact_data.csv: contact of salesforce, 4 rows, 3 new, 1 set aside the row has no name",
			"sf_event_data.csv: activity of salesforce, 10 rows, 10 new, 0 set aside",
			"sf_opportunity_data.csv: deal of salesforce, 10 rows, 0 new, 10 set aside the row is flagged deleted",
			"sf_opportunity_history_data.csv: stage_entry of salesforce, 10 rows, 0 new, 10 set aside the row is flagged deleted",
			"sf_product_2_data.csv: product of salesforce, 2 rows, 2 new, 0 set aside",
			"sf_task_data.csv: activity of salesforce, 10 rows, 10 new, 0 set aside",
			"sf_user_data.csv: person of salesforce, 10 rows, 4 new, 6 set aside the row is an older version of the record",
		},
	} {
		paths := filesOf(t, datatest.Real(t, dir), "*.csv")
		a := importBook(t)
		if got := toldFiles(importFiles(t, a, paths...)); !slices.Equal(got, want) {
			t.Errorf("%s:\n%s", dir, strings.Join(got, "\n"))
		}
		importVerified(t, a)
		full := importDump(t, a)
		if again := importFiles(t, a, paths...); again.Txn != "" || !slices.Equal(importDump(t, a), full) {
			t.Errorf("%s: the same files changed the book", dir)
		}
	}
}

// With the flags taken off, the deals of the seeds stand in the stages that
// their columns tell, won, lost or open though the names are scrambled.
func TestSeedsWithoutDeletedFlags(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(datatest.Real(t, "crm-salesforce-seeds"), "sf_opportunity_data.csv"))
	if err != nil {
		t.Fatal(err)
	}
	a := importBook(t)
	header, rows, _ := strings.Cut(string(raw), "\n")
	rows = strings.ReplaceAll(rows, ",true,true,,true,", ",true,false,,true,")
	rows = strings.ReplaceAll(rows, ",true,true,,false,", ",true,false,,false,")
	rows = strings.ReplaceAll(rows, ",false,true,,false,", ",false,false,,false,")
	f := importText(t, a, PlanOptions{}, header+"\n"+rows).Files[0]
	counts := map[string]int{}
	for _, deal := range toldDeals(t, a) {
		for _, end := range []string{" won ", " lost ", " open "} {
			if strings.Contains(deal, end) {
				counts[strings.TrimSpace(end)]++
			}
		}
	}
	if f.New != 8 || f.SetAside != 2 || counts["won"] != 5 || counts["lost"] != 3 || counts["open"] != 0 {
		t.Errorf("%d new, %d set aside, %v: %+v", f.New, f.SetAside, counts, f.Problems)
	}
	if row := importRow1(t, a, "deal", "006q000000HddohAAB"); row.Int("amount") != 2_412_000_000 || row.Day("close_day").String() != "2018-12-19" || row.Day("created_day").String() != "2018-12-19" {
		t.Errorf("%v", row.Values)
	}
}
