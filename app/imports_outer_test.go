package app

import (
	"testing"

	"fieldbook/data"
)

// A report gives ids of 15 signs, the interface the same with 18: one deal, one
// account, one history.
func TestIDsWrittenInTwoWays(t *testing.T) {
	for id, key := range map[string]string{
		"0065g00000AbCdEAAV": "0065g00000AbCdE", "0065g00000AbCdE": "0065g00000AbCdE", "0065g00000AbCdEXXX": "0065g00000AbCdEXXX",
		"zcrm_554023000000527001": "554023000000527001", "zcrm_": "zcrm_", "eighteen signs it!": "eighteen signs it!", "": "",
	} {
		if got := outerKey(id); got != key {
			t.Errorf("%q becomes %q, want %q (check %q)", id, got, key, idCheck("0065g00000AbCdE"))
		}
	}
	a := importBook(t)
	importText(t, a, PlanOptions{}, "Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Close Date,Opportunity ID\nAnn Lee,Northgate,Looms,Bid,5,3/31/2026,0065g00000AbCdE\n")
	f := importText(t, a, PlanOptions{}, "Id,Name,StageName,Amount,CloseDate,Probability,OwnerId,AccountId\n0065g00000AbCdEAAV,Looms,Bid,7,2026-04-30,50,,\n").Files[0]
	if f.New != 0 || f.Changed != 1 || importCount(t, a, "deal") != 1 {
		t.Errorf("%+v", *f)
	}
	h := importText(t, a, PlanOptions{}, "Id,OpportunityId,StageName,CreatedDate\nx,0065g00000AbCdE,Bid,2026-01-02T10:00:00Z\n").Files[0]
	if h.Kind != data.KindStageEntry || h.New != 1 {
		t.Errorf("%+v", *h)
	}
}
