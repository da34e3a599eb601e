package app

import (
	"os"
	"path/filepath"
	"slices"
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

// Of columns with one name each can be told what it fills, under its name and number.
func TestColumnsOfOneName(t *testing.T) {
	a := zonedBook(t)
	mapping, err := ParseMapping([]byte(`{"columns": {"Amount": "", "Amount (2)": "amount", "Name (2)": "account", "Date (2)": "close_day"}}`))
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile(filepath.Join("testdata", "layouts", "names-twice.csv"))
	if err != nil {
		t.Fatal(err)
	}
	f := importText(t, a, PlanOptions{Mapping: mapping}, string(table)).Files[0]
	want := "Looms | Sales/Won won 100% | Northgate Mills | Ann Lee | 15000.00 USD | 2026-03-14 | 2026-02-01"
	if got := toldDeals(t, a)[1]; got != want || !slices.Equal(f.LeftOut, []string{"Amount"}) {
		t.Errorf("got %s, left out %q", got, f.LeftOut)
	}
}
