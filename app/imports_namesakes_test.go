package app

import (
	"testing"

	"fieldbook/data"
)

// TestDealsOfOneNameAllComeIn: a report without ids has two renewals of one firm
// under one name; both come in, a line that stands there twice comes in once,
// and the same file again changes nothing.
func TestDealsOfOneNameAllComeIn(t *testing.T) {
	a := importBook(t)
	path := importFile(t, "Opportunity Name,Account Name,Stage,Amount,Close Date\nRenewal,Acme,Proposal,100,2026-04-01\n"+
		"Renewal,Acme,Proposal,200,2026-10-01\nRenewal,Acme,Discovery,300,2027-04-01\nRenewal,Acme,Proposal,200,2026-10-01\nRenewal,Best,Proposal,400,2026-04-01\n")[0]
	res := importFiles(t, a, path)
	if f := res.Files[0]; f.New != 4 || f.Unchanged != 1 {
		t.Errorf("%+v", *f)
	}
	sum := int64(0)
	for _, row := range listOf(t, a, data.KindDeal) {
		sum += row.Int("amount")
	}
	if sum != 100000 {
		t.Errorf("the deals come to %d", sum)
	}
	if f := importFiles(t, a, path).Files[0]; f.Unchanged != 5 || f.New != 0 {
		t.Errorf("again %+v", *f)
	}
	importVerified(t, a)
}
