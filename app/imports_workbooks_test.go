package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// importBookOf writes rows of text, numbers and days to a workbook.
func importBookOf(t testing.TB, header []string, rows [][]sheet.Cell) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "export.xlsx")
	w, err := sheet.NewXLSXWriter(path, sheet.XLSXOptions{Sheet: "All Opportunities"})
	if err != nil {
		t.Fatal(err)
	}
	columns := make([]sheet.Column, len(header))
	for i, name := range header {
		columns[i] = sheet.Column{Title: name}
	}
	err = w.WriteHeader(columns)
	for _, row := range rows {
		err = errors.Join(err, w.WriteRow(row))
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func importDayCell(t testing.TB, text string) sheet.Cell {
	t.Helper()
	d, err := sheet.ParseDay(text, sheet.YearFirst)
	if err != nil {
		t.Fatal(err)
	}
	return sheet.DayCell(d)
}

// The workbook of a system that marks columns not to be modified: the status
// goes before the sales stage, the actual revenue and day of what was won before
// the estimates, and a probability may be a share, a percentage or a word.
func TestWorkbookWithColumnsNotToBeModified(t *testing.T) {
	text, day := sheet.TextCell, func(s string) sheet.Cell { return importDayCell(t, s) }
	money := func(minor int64) sheet.Cell { return sheet.MoneyCell(minor, 2) }
	for name, odds := range map[string][3]sheet.Cell{
		"shares":   {sheet.NumberCell(0.9), sheet.NumberCell(0.4), sheet.NumberCell(0)},
		"percent":  {sheet.NumberCell(90), sheet.NumberCell(40), sheet.NumberCell(0)},
		"signs":    {text("90 %"), text("40 %"), text("0 %")},
		"in words": {text("High"), text("40"), text("Low")},
	} {
		header := []string{
			"(Do Not Modify) Opportunity", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On", "Topic", "Potential Customer", "Contact", "Est. Close Date", "Est. Revenue", "Actual Close Date", "Actual Revenue",
			"Status", "Status Reason", "Sales Stage", "Probability", "Created On", "Owner",
		}
		path := importBookOf(t, header, [][]sheet.Cell{
			{text("3f2504e0-4f89-11d3-9a0c-0305e82c3301"), text("x1"), day("2026-03-20"), text("Looms"), text("Northgate Mills"), text("Kim Oda"), day("2026-04-30"), money(1_000_000), day("2026-03-14"), money(1_250_000), text("Won"), text("Won"), text("Develop"), odds[0], day("2026-02-01"), text("Ann Lee")},
			{text("3f2504e0-4f89-11d3-9a0c-0305e82c3302"), text("x2"), day("2026-03-20"), text("Chillers"), text("Harbour Foods"), {}, day("2026-05-31"), money(4_800_050), {}, {}, text("Open"), text("In Progress"), text("Propose"), odds[1], day("2026-01-09"), text("Bo Ek")},
			{text("3f2504e0-4f89-11d3-9a0c-0305e82c3303"), text("x3"), day("2026-03-20"), text("Spares"), text("Harbour Foods"), {}, day("2026-06-30"), money(90_000), day("2026-02-28"), money(0), text("Lost"), text("Out-Sold"), text("Qualify"), odds[2], day("2026-01-12"), text("Bo Ek")},
		})
		a := importBook(t)
		f := importFiles(t, a, path).Files[0]
		got := toldDeals(t, a)
		want := []string{
			"Chillers | Sales pipeline/Propose open 40% | Harbour Foods | Bo Ek | 48000.50 USD | 2026-05-31 | 2026-01-09 | external_id=3f2504e0-4f89-11d3-9a0c-0305e82c3302",
			"Looms | Sales pipeline/Won won 100% | Northgate Mills | Ann Lee | 12500.00 USD | 2026-03-14 | 2026-02-01 | external_id=3f2504e0-4f89-11d3-9a0c-0305e82c3301",
			"Spares | Sales pipeline/Lost lost 0% | Harbour Foods | Bo Ek | 900.00 USD | 2026-02-28 | 2026-01-12 | loss_reason=Out-Sold | external_id=3f2504e0-4f89-11d3-9a0c-0305e82c3303",
		}
		if f.Source != "dynamics" || f.New != 3 || !slices.Equal(got, want) {
			t.Errorf("%s: %s, %d new, left out %v\n%s", name, f.Source, f.New, f.LeftOut, strings.Join(got, "\n"))
		}
		importVerified(t, a)
	}
}

// Days may be numbers as a spreadsheet counts them, in CSV too.
func TestDaysAsSpreadsheetNumbers(t *testing.T) {
	a := importBook(t)
	f := importText(t, a, PlanOptions{}, "Deal - ID,Deal - Title,Deal - Value,Deal - Currency,Deal - Stage,Deal - Pipeline,Deal - Status,Deal - Owner,Deal - Organization,Deal - Expected close date,Deal - Won time,Deal - Lost time,Deal - Deal created\n"+
		"71,Looms,12500,USD,Negotiations,Pipeline,Won,Ann Lee,Northgate Mills,46142,46095.7091,,46054.3833\n72,Chillers,48000.5,USD,Negotiations,Pipeline,Open,Bo Ek,Harbour Foods,46173,,,46031.4166\n73,Spares,900,USD,Negotiations,Pipeline,Lost,Bo Ek,Harbour Foods,46203,,46081.5,46034\n").Files[0]
	want := []string{
		"Chillers | Pipeline/Negotiations open 45% | Harbour Foods | Bo Ek | 48000.50 USD | 2026-05-31 | 2026-01-09 | external_id=72",
		"Looms | Pipeline/Won won 100% | Northgate Mills | Ann Lee | 12500.00 USD | 2026-03-14 | 2026-02-01 | external_id=71",
		"Spares | Pipeline/Lost lost 0% | Harbour Foods | Bo Ek | 900.00 USD | 2026-02-28 | 2026-01-12 | external_id=73",
	}
	if got := toldDeals(t, a); f.New != 3 || f.Source != "pipedrive" || !slices.Equal(got, want) {
		t.Errorf("%s, %d new\n%s", f.Source, f.New, strings.Join(got, "\n"))
	}
}

// A board's export has a title, and each group its own line of names and sums.
func TestBoardInGroups(t *testing.T) {
	a := importBook(t)
	f := importText(t, a, PlanOptions{}, "Deals board,,,,,\nOpen deals,,,,,\nName,Owner,Stage,Deal value,Expected close date,Company\nChillers,Bo Ek,Proposal,48000.5,2026-05-31,Harbour Foods\nKiln,Bo Ek,Lead,7000,2026-07-15,Total Tiles\n,,,55000.5,,\n\nClosed deals,,,,,\nName,Owner,Stage,Deal value,Expected close date,Company\nLooms,Ann Lee,Won,12500,2026-03-14,Northgate Mills\n,,,12500,,\n").Files[0]
	want := []string{
		"Chillers | Sales pipeline/Proposal open 80% | Harbour Foods | Bo Ek | 48000.50 USD | 2026-05-31 | -",
		"Kiln | Sales pipeline/Lead open 10% | Total Tiles | Bo Ek | 7000.00 USD | 2026-07-15 | -",
		"Looms | Sales pipeline/Won won 100% | Northgate Mills | Ann Lee | 12500.00 USD | 2026-03-14 | -",
	}
	if got := toldDeals(t, a); f.New != 3 || !slices.Equal(got, want) {
		t.Errorf("%d new, dropped %v, problems %+v\n%s", f.New, f.Dropped, f.Problems, strings.Join(got, "\n"))
	}
}

// Quotas may stand a column a quarter; beside months a quarter is their sum.
func TestQuotasByQuarter(t *testing.T) {
	for text, want := range map[string]string{
		"Rep,Q1 2026,Q2 2026,FY Total\nAnn Lee,300,\"1,000\",1300\n":                    "10000 10000 10000 33334 33333 33333",
		"Rep,Jan 2026,Feb 2026,Mar 2026,Q1 2026,2026-Q2\nAnn Lee,100,200,300,600,900\n": "10000 20000 30000",
	} {
		a := importBook(t)
		f := importText(t, a, PlanOptions{}, text).Files[0]
		var got []string
		err := a.Records.Each(context.Background(), data.Query{Kind: "quota", Sort: []data.Sort{{Field: "month"}}}, func(r data.Row) error {
			got = append(got, fmt.Sprint(r.Int("amount")))
			return nil
		})
		if err != nil || f.New != 1 || strings.Join(got, " ") != want {
			t.Errorf("%q: %+v %v, %v", text, *f, got, err)
		}
	}
}

// Activities, accounts and people in the words of other systems.
func TestOtherKindsInOtherWords(t *testing.T) {
	a := importBook(t)
	res := importText(t, a, PlanOptions{},
		"Activity - Subject,Activity - Type,Activity - Due date,Activity - Done,Activity - Organization,Activity - Contact person,Activity - Assigned to user,Activity - Duration,Activity - ID\nCall Kim,Call,2026-03-01,Done,Northgate,Kim Oda,Ann Lee,00:30,7\nLunch,Lunch,2026-03-02,To do,Northgate,,Bo Ek,1:05:00,8\n",
		"Organization - Name,Organization - ID,Organization - Owner,Organization - Address,Organization - City/town/village/locality of Address,Organization - Country of Address\nNorthgate,5,Ann Lee,Gate 1,Oslo,Norway\n",
		"Vorname;Nachname;E-Mail;Vorgesetzter;Gebiet\nAnn;Lee;ann@x.example;Bo Ek;Nord\n",
		"Artikelnummer;Produktname;Listenpreis;Währung;Warengruppe\nA1;Webstuhl;1.250,00;EUR;Maschinen\n")
	for i, kind := range []string{"activity", "account", "person", "product"} {
		if f := res.Files[i]; f.Kind != kind || f.New != f.Rows {
			t.Errorf("%+v", *f)
		}
	}
	call, lunch := importRow1(t, a, "activity", "7"), importRow1(t, a, "activity", "8")
	if call.Text("type") != "call" || call.Int("minutes") != 30 || call.Values["done"] != true || call.Labels["person"] != "Ann Lee" || call.Labels["account"] != "Northgate" || call.Labels["contact"] != "Kim Oda" {
		t.Errorf("%v %v", call.Values, call.Labels)
	}
	if lunch.Text("type") != "meeting" || lunch.Int("minutes") != 65 || lunch.Values["done"] != false {
		t.Errorf("%v", lunch.Values)
	}
	if row := importRow1(t, a, "account", "Northgate"); row.Text("city") != "Oslo" || row.Text("country") != "Norway" || row.Text("address") != "Gate 1" || row.Labels["owner"] != "Ann Lee" {
		t.Errorf("%v", row.Values)
	}
	if row := importRow1(t, a, "person", "Ann Lee"); row.Labels["manager"] != "Bo Ek" || row.Text("email") != "ann@x.example" {
		t.Errorf("%v", row.Values)
	}
	if m := importRow1(t, a, "product", "A1").Money("price", ""); m.Decimal()+string(m.Currency) != "1250.00EUR" {
		t.Errorf("%v", m)
	}
}
