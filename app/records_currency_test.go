package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/data"
)

// TestCurrenciesAreWrittenOneWay: however a code is typed, in a form or in a file that
// the book exported, it is kept in capitals, and one that is no currency's is refused.
func TestCurrenciesAreWrittenOneWay(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	values, err := a.Records.Parse(ctx, data.KindDeal, map[string]string{"name": "A", "amount": "10", "currency": " nok "})
	if err != nil || values["currency"] != "NOK" {
		t.Errorf("typed it is %q, %v", values["currency"], err)
	}
	importText(t, a, PlanOptions{}, "Deal Name,Stage,Amount,Currency,Close Date\nA,Won,10,NOK,2026-03-01\nB,Won,20,NOK,2026-03-01\n")
	path := filepath.Join(t.TempDir(), "deals.csv")
	if _, err := a.Records.Export(ctx, data.Query{Kind: data.KindDeal}, path); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(strings.Replace(string(raw), "NOK", "sek", 1), "NOK", "XQZ", 1)
	f := importText(t, a, PlanOptions{}, text).Files[0]
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindDeal, Sort: []data.Sort{{Field: "name"}}})
	if err != nil || len(rows) != 2 {
		t.Fatal(len(rows), err)
	}
	if got := rows[0].Text("currency") + rows[1].Text("currency"); got != "SEKNOK" && got != "NOKSEK" {
		t.Errorf("the file left %s", got)
	}
	if f.SetAside != 1 || len(f.Problems) != 1 || !strings.Contains(f.Problems[0].Why, "is not a currency") {
		t.Errorf("%d set aside, %+v", f.SetAside, f.Problems)
	}
}
