package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
)

// amountsOf lists the amounts of deals by their ids.
func amountsOf(t *testing.T, a *App, ids ...string) string {
	t.Helper()
	var out []string
	for _, id := range ids {
		m := importRow1(t, a, data.KindDeal, id).Money("amount", "")
		out = append(out, m.Decimal()+" "+string(m.Currency))
	}
	return strings.Join(out, ", ")
}

// A sign in one cell tells of the cells without one, unless signs differ.
func TestASignTellsOfItsColumn(t *testing.T) {
	const table = "Deal ID,Deal name,Stage,Amount\n1,Loom,Won,\"%s\"\n2,Kiln,Won,\"%s\"\n3,Oil,Won,\"%s\"\n"
	for _, c := range []struct{ a, b, c, head, want, note string }{
		{"100", "€ 200.50", "300", "Amount", "100.00 EUR, 200.50 EUR, 300.00 EUR", `Amounts without a sign are in EUR, as the others: line 3: "€ 200.50"; 1 of 3 amounts have a sign`},
		{"100", "200 GBP", "£300", "Amount", "100.00 GBP, 200.00 GBP, 300.00 GBP", `Amounts without a sign are in GBP, as the others: line 3: "200 GBP"; 2 of 3 amounts have a sign`},
		{"100", "€200", "£300", "Amount", "100.00 USD, 200.00 EUR, 300.00 GBP", `Amounts are in the currency of their sign, without one in USD: line 3: "€200"; 2 of 3 amounts have a sign?`},
		{"100", "€200", "$300", "Amount", "100.00 USD, 200.00 EUR, 300.00 USD", `Amounts are in the currency of their sign, without one in USD: line 3: "€200"; 2 of 3 amounts have a sign?`},
		{"100", "$200", "300", "Amount", "100.00 USD, 200.00 USD, 300.00 USD", ""},
		{"100", "US$200", "300", "Amount", "100.00 USD, 200.00 USD, 300.00 USD", ""},
		{"€100", "€200", "€300", "Amount", "100.00 EUR, 200.00 EUR, 300.00 EUR", ""},
		{"100", "kr 200,50", "300", "Amount", "100.00 SEK, 200.50 SEK, 300.00 SEK", `kr is taken for SEK, which shares the sign with others: line 3: "kr 200,50"?`},
		{"100", "¥200", "¥300", "Amount", "100 JPY, 200 JPY, 300 JPY", `¥ is taken for JPY, which shares the sign with others: line 3: "¥200"?`},
		{"1", "¥200", "300 JPY", "Amount", "1.00 USD, 200.00 USD, 300 JPY", `Amounts are in the currency of their sign, without one in USD: line 4: "300 JPY"; 2 of 3 amounts have a sign?`},
		{"100", "€200", "300", "Amount (GBP)", "100.00 GBP, 200.00 EUR, 300.00 GBP", ""},
	} {
		a := importBook(t)
		f := importText(t, a, PlanOptions{}, strings.Replace(fmt.Sprintf(table, c.a, c.b, c.c), "Amount", c.head, 1)).Files[0]
		note := ""
		for _, r := range f.ReadAs {
			if strings.HasPrefix(r.Text, "Amounts") || strings.Contains(r.Text, "is taken for") {
				note = r.Text + ": " + r.Why + map[bool]string{true: "?"}[r.Doubt]
			}
		}
		if got := amountsOf(t, a, "1", "2", "3"); got != c.want || note != c.note {
			t.Errorf("%s %s %s: %s, want %s; %s, want %s", c.a, c.b, c.c, got, c.want, note, c.note)
		}
		importVerified(t, a)
	}
}

// The currency that a sign suggests can be changed, and a mapping keeps that.
func TestTheCurrencyOfAColumnCanBeChosen(t *testing.T) {
	const table = "Deal ID,Deal name,Stage,Amount\n1,Loom,Won,100\n2,Kiln,Won,€200\n"
	a := importBook(t)
	plan, err := a.Imports.Plan(context.Background(), importFile(t, table), PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	f := plan.Files[0]
	if w := f.Writing(); w.Coin != "EUR" || w.Coins[0] != "USD" || !slices.Contains(w.Coins, "NOK") {
		t.Errorf("%+v", w)
	}
	if err := f.SetCoins("NOK"); err != nil || f.SetCoins("kroner") == nil {
		t.Errorf("%v, and kroner is taken", err)
	}
	mapping := plan.Mapping()
	if got := fmt.Sprint(mapping.Files[0].Coins); got != "map[Amount:NOK]" {
		t.Errorf("%s", got)
	}
	importText(t, a, PlanOptions{Mapping: mapping}, table)
	if got := amountsOf(t, a, "1", "2"); got != "100.00 NOK, 200.00 EUR" {
		t.Errorf("%s", got)
	}
	own, err := ParseMapping([]byte(`{"currencies": {"Amount": "usd"}}`))
	if err != nil {
		t.Fatal(err)
	}
	b := importBook(t)
	importText(t, b, PlanOptions{Mapping: own}, table)
	if got := amountsOf(t, b, "1", "2"); got != "100.00 USD, 200.00 EUR" {
		t.Errorf("%s", got)
	}
}

// A code that is no currency's sets its row aside, wherever it stands; those of the past
// and of today come in.
func TestCodesThatAreNoCurrencies(t *testing.T) {
	a := importBook(t)
	f := importText(t, a, PlanOptions{}, "Deal Name,Stage,Amount,Currency,Close Date\nA,Won,10,XQZ,2026-03-01\nB,Won,10,XXX,2026-03-01\nC,Won,10,nok,2026-03-01\nD,Won,10,DEM,2026-03-01\nE,Won,QQQ 10,,2026-03-01\nF,Won,10,Euro,2026-03-01\n").Files[0]
	var why []string
	for _, p := range f.Problems {
		why = append(why, fmt.Sprint(p.Line, " ", p.Column, " ", p.Why))
	}
	want := []string{"2 Currency is not a currency", "3 Currency is not a currency", `6 Amount is not an amount: "QQQ" is no currency`}
	if f.New != 3 || f.SetAside != 3 || !slices.Equal(why, want) {
		t.Errorf("%d new, %q", f.New, why)
	}
	ctx := context.Background()
	for name, err := range map[string]error{
		"a book": func() error {
			_, err := Create(ctx, filepath.Join(t.TempDir(), "x.book"), NewBook{Name: "X", Currency: "XQZ", FiscalStart: 1, Zone: "UTC"}, importConfig())
			return err
		}(),
		"a rate":   a.Settings.SetRate(ctx, "XQZ", a.Today(), "1.5"),
		"a column": planFiles(t, a, PlanOptions{}, importFile(t, "Deal Name,Stage,Amount\nA,Won,10\n")...).Files[0].SetCoins("XQZ"),
	} {
		if data.KindOf(err) != data.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
