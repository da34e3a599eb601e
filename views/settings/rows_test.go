package settings

import (
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
)

func TestFiguresOfSettings(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{thousands("0"), "0"},
		{thousands("999.50"), "999.50"},
		{thousands("26768.00"), "26,768.00"},
		{thousands("-1054"), kit.EnDash + "1,054"},
		{thousands("1234567"), "1,234,567"},
		{percent(25), "25%"},
		{percent(12.5), "12.5%"},
		{sentence("best case"), "Best case"},
		{sentence(""), ""},
		{bytesWord(12), "12 B"},
		{bytesWord(655_360), "640 KB"},
		{bytesWord(4_299_161), "4.1 MB"},
		{dayWord(data.NoDay), kit.EnDash},
		{dayWord(data.NewDay(2026, time.March, 1)), "Mar 1, 2026"},
		{fieldTypeWord("money"), "Money"},
		{fieldTypeWord("hologram"), "hologram"},
		{kindWord(data.KindPerson), "Person"},
		{kindWord("spaceship"), "spaceship"},
		{stageTypeWord(data.StageWon), "Closes as won"},
		{stageTypeWord(data.StageOpen), "Open"},
		{roleWord(data.RoleLead), "regional lead"},
		{roleWord(""), "rep"},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}

func TestRowsOfSettings(t *testing.T) {
	stage, err := data.KindByName(data.KindStage)
	if err != nil {
		t.Fatal(err)
	}
	row := stageRow(data.Row{Kind: stage, Values: data.Values{"name": "Won", "type": data.StageWon, "probability": 100.0, "category": data.CategoryClosed}})
	if row.Cells[2].Text != "100%" || row.Cells[3].Text != kit.EnDash || !row.Cells[0].Bold {
		t.Errorf("stage %+v", row.Cells)
	}
	product, err := data.KindByName(data.KindProduct)
	if err != nil {
		t.Fatal(err)
	}
	row = productRow("USD")(data.Row{Kind: product, Values: data.Values{"name": "GTX", "price": int64(55000), "currency": "EUR", "retired": true}})
	if row.Cells[2].Text != "550.00" || row.Cells[3].Text != "EUR" || row.Cells[4].Text != "Retired" {
		t.Errorf("product %+v", row.Cells)
	}
	backup := backupRow(app.Backup{Path: `C:\books\desk backups\2026.book.zst`, At: time.Date(2026, 5, 20, 15, 4, 0, 0, time.UTC), Why: "before merge", Bytes: 1 << 20})
	if backup.Cells[0].Text != "May 20, 2026, 3:04 PM" || backup.Cells[1].Text != "Before merge" || backup.Cells[2].Text != "2026.book.zst" {
		t.Errorf("backup %+v", backup.Cells)
	}
	done := stepRow(step{what: "Import deals.csv", rows: 8927, undone: true}, time.UTC)
	if done.Cells[3].Text != "8,927" || done.Cells[5].Text != "Undone" {
		t.Errorf("step %+v", done.Cells)
	}
}

func TestEverySectionHasAPlace(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range sectionRows() {
		if r.Header {
			continue
		}
		if seen[r.Key] || r.Title == "" || r.Icon == "" {
			t.Errorf("%+v", r)
		}
		seen[r.Key] = true
	}
	if len(seen) != len(sections) {
		t.Errorf("%d of %d sections", len(seen), len(sections))
	}
}
