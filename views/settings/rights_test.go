package settings

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

func TestRightsInWords(t *testing.T) {
	got := map[string][3]string{}
	what := ""
	for _, row := range rightRows(data.Rights()) {
		if row.Cells[0].Text != "" {
			what = row.Cells[0].Text
		}
		got[what+": "+row.Cells[1].Text] = [3]string{row.Cells[2].Text, row.Cells[3].Text, row.Cells[4].Text}
	}
	for line, want := range map[string][3]string{
		"Deals: Owner":                  {"–", "team's", "all"},
		"Deals: Everything else":        {"own", "team's", "all"},
		"Quotas: Everything":            {"–", "team's, not own", "all"},
		"People: Role":                  {"–", "–", "all"},
		"Territories: Everything":       {"–", "all", "all"},
		"All other records: Everything": {"all", "all", "all"},
	} {
		if got[line] != want {
			t.Errorf("%s is %q, want %q; lines are %v", line, got[line], want, got)
		}
	}
}

func TestRightsPage(t *testing.T) {
	for suffix, dark := range map[string]bool{"": false, "-dark": true} {
		kittest.App(t, dark)
		ctx := context.Background()
		cfg := app.Config{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }, Device: "desk", Keys: keyring.Memory()}
		a, err := app.Create(ctx, filepath.Join(t.TempDir(), "sales.book"), app.NewBook{Name: "Sales", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, cfg)
		if err != nil {
			t.Fatal(err)
		}
		d := kittest.NewDesk(t, a, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return New(h) })
		t.Cleanup(func() {
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
		d.Screen.(*Screen).show(sectionRights)
		if !kittest.Shows(d.Root(), "Who may change what") {
			t.Fatalf("no page of rights: %q", kittest.Texts(d.Root()))
		}
		kittest.GoldenImage(t, "rights"+suffix, d.Window.Canvas().Capture())
		d.Screen.(kit.Opening).Open(kit.Target{Kind: data.KindPerson})
		if !kittest.Shows(d.Root(), "Choose a person") && !kittest.Shows(d.Root(), "Nobody in particular") {
			t.Errorf("no way to say who one is: %q", kittest.Texts(d.Root()))
		}
	}
}
