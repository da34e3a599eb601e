package sharing

import (
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
)

func kindOf(t *testing.T, name string) *data.Kind {
	t.Helper()
	k, err := data.KindByName(name)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func clash(t *testing.T, name string, sides ...app.ClashSide) app.Clash {
	t.Helper()
	row := data.Row{Kind: kindOf(t, data.KindDeal), ID: data.NewID(), Values: data.Values{"name": name}}
	return app.Clash{Row: row, Name: name, Fields: []app.ClashField{{Label: "Amount", Sides: sides}}}
}

func TestInboxNamesWhomAConflictIsWith(t *testing.T) {
	mia, ada := app.ClashSide{Name: "Mia Moss", Mine: true, At: 86_400_000}, app.ClashSide{Name: "Ada Berg", At: 2 * 86_400_000}
	list := []app.Clash{clash(t, "Rangreen", ada, mia), clash(t, "Bluth", mia, app.ClashSide{Name: "Bo Lind"})}
	rows := inbox(list, time.UTC)
	if len(rows) != 3 || !rows[0].Header || rows[1].Title != "Rangreen" || rows[1].Right != "Ada Berg" || rows[1].RightDetail != "Jan 3" || rows[2].Right != "Bo Lind" {
		t.Errorf("%+v", rows)
	}
	if inbox(nil, time.UTC) != nil {
		t.Error("an empty inbox has a heading")
	}
	if names := people(list); len(names) != 3 || names[0] != "Ada Berg" {
		t.Errorf("people %v", names)
	}
	if got := of(list, filter{person: "Ada Berg"}); len(got) != 1 || got[0].Row.Title() != "Rangreen" {
		t.Errorf("of Ada: %+v", got)
	}
	if got := of(list, filter{}); len(got) != 2 {
		t.Errorf("of all: %d", len(got))
	}
}

func TestStepsOfSharingAreTold(t *testing.T) {
	for what, want := range map[string][2]bool{
		"Merge from Ada Berg":                {true, true},
		"Settle the conflict on Rangreen":    {true, false},
		"Settle all conflicts for Ada Berg":  {true, false},
		"Import deals.csv":                   {false, false},
		"Undo: Merge from Ada Berg":          {false, false},
		"Merge Rangreen and Rangreen Energy": {false, false},
	} {
		if sharing, merge := isSharing(what); sharing != want[0] || merge != want[1] {
			t.Errorf("%s: %v %v", what, sharing, merge)
		}
	}
}

func TestPreviewListsRecordsWithTheirFields(t *testing.T) {
	rows := differenceRows([]app.Difference{
		{Kind: data.KindDeal, Title: "Rangreen", State: app.DifferenceConflicting, Fields: []app.FieldChange{{Label: "Amount", Old: "5100.00", New: "4900.00"}, {Label: "Note", New: "x"}}},
		{Kind: data.KindAccount, State: app.DifferenceRemoved, Fields: []app.FieldChange{{Label: "Name", Old: "Inity"}}},
		{Kind: "spaceship", Title: "Apollo", State: app.DifferenceNew},
	})
	want := [][2]string{{"Rangreen", "Conflict, to decide"}, {"Amount", ""}, {"Note", ""}, {"Account without a name", "Removed"}, {"Name", ""}, {"Apollo", "New"}}
	if len(rows) != len(want) {
		t.Fatalf("%d rows", len(rows))
	}
	for i, w := range want {
		if rows[i].Cells[0].Text != w[0] || rows[i].Cells[3].Text != w[1] {
			t.Errorf("%d: %+v", i, rows[i].Cells)
		}
	}
	if rows[2].Cells[1].Text != kit.EnDash || rows[4].Cells[2].Text != "empty" {
		t.Errorf("what is not there: %+v, %+v", rows[2].Cells, rows[4].Cells)
	}
}

func TestFilesTogether(t *testing.T) {
	m := &app.Merged{Files: []app.MergedFile{{Ops: 10, New: 2, Changed: 1, Conflicting: 1, Already: 3}, {Ops: 5, New: 1, Refused: 2, Already: 5}}}
	if s := brought(m); s.Ops != 15 || s.New != 3 || s.Already != 8 {
		t.Errorf("%+v", s)
	}
	if got := broughtWords(m); got != "3 new, 1 changed, 1 conflicting, 2 refused" {
		t.Error(got)
	}
	row := fileRow(app.MergedFile{File: `C:\in\a.fieldbook`, Conflicting: 2})
	if row.Cells[0].Text != "a.fieldbook" || row.Cells[5].Icon != "warn" || row.Cells[6].Icon != "" {
		t.Errorf("%+v", row.Cells)
	}
	for n, want := range map[int64]string{10: "1 KB", 655_360: "640 KB", 4_299_161: "4.1 MB"} {
		if got := bytesWord(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
