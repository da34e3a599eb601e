package app

import (
	"fmt"
	"strings"
	"testing"

	"fieldbook/data"
)

// Tables that only link deals fill in the accounts and contacts that deals lack,
// with the deals or after them.
func TestTablesThatLinkDeals(t *testing.T) {
	const (
		companies = "id,is_deleted,createdate,annual_revenue,industry,name\n71,false,2026-01-01,1,x,Harbour Foods\n72,false,2026-01-01,1,x,Northgate Mills\n"
		contacts  = "Contact ID,Name,Company,Email\n81,Cy Moe,Harbour Foods,cy@example.com\n"
		deals     = "Deal ID,Deal name,Stage,Amount,Account\n1,Loom,Talk,5,\n2,Kiln,Talk,5,Elsewhere\n3,Oil,Talk,5,\n"
		toCompany = "company_id,deal_id,type_id,category\n71,1,5,HUBSPOT_DEFINED\n72,2,5,HUBSPOT_DEFINED\n99,3,5,HUBSPOT_DEFINED\n72,1,5,HUBSPOT_DEFINED\n71,404,5,HUBSPOT_DEFINED\n"
		toContact = "Deal ID,Contact ID\n3,81\n"
	)
	for _, apart := range []bool{false, true} {
		a := importBook(t)
		var links []*FileResult
		if apart {
			importText(t, a, PlanOptions{}, companies, contacts, deals)
			links = importText(t, a, PlanOptions{}, toCompany, toContact).Files
		} else {
			links = importText(t, a, PlanOptions{}, toCompany, toContact, companies, contacts, deals).Files[:2]
		}
		if f := links[0]; f.Kind != data.KindDeal || f.Changed != 1 || f.Unchanged != 2 || f.SetAside != 2 || f.New != 0 || f.Absent != nil {
			t.Errorf("apart %v: %+v", apart, f)
		}
		var got []string
		for _, id := range []string{"1", "2", "3"} {
			row := importRow1(t, a, data.KindDeal, id)
			got = append(got, fmt.Sprintf("%s/%s", row.Labels["account"], row.Labels["contact"]))
		}
		if strings.Join(got, " ") != "Harbour Foods/ Elsewhere/ /Cy Moe" {
			t.Errorf("apart %v: %v; %+v", apart, got, links[1])
		}
		importVerified(t, a)
		if again := importText(t, a, PlanOptions{}, toCompany, toContact); again.Txn != "" {
			t.Errorf("again: %+v", again.Files[0])
		}
	}
}
