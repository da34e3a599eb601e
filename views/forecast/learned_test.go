package forecast_test

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/views/forecast"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// TestHowProbabilitiesAreLearned names the column that tells of the close, with the
// reason, and shows how what was foretold came true.
func TestHowProbabilitiesAreLearned(t *testing.T) {
	kittest.App(t, false)
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "desk.book")
	a, err := app.Create(ctx, path, app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	var text strings.Builder
	text.WriteString("Opportunity Number,Route To Market,Opportunity Result,Opportunity Amount USD,Total Days Identified Through Closing\n")
	for i := range 1500 {
		route, result, days := i%4, "Loss", "40"
		if i*7%13 < 2+route*3 {
			result, days = "Won", "20"
		}
		if i%5 == 0 {
			result, days = "", ""
		}
		fmt.Fprintf(&text, "%d,Route %d,%s,%d,%s\n", 1000+i, route, result, 5000+i, days)
	}
	file := filepath.Join(t.TempDir(), "wins.csv")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	plan, err := a.Imports.Plan(ctx, []string{file}, app.PlanOptions{NewFields: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Imports.Apply(ctx, plan, nil); err != nil {
		t.Fatal(err)
	}
	size := fyne.NewSize(1128, 728)
	d := kittest.NewDesk(t, a, size, func(h *kit.Host) kit.Screen { return forecast.New(h) })
	if !d.Do("How win probabilities are learned") || len(d.Failed) > 0 {
		t.Fatalf("failed %v", d.Failed)
	}
	shown := strings.Join(kittest.Texts(d.Root()), "|")
	for _, want := range []string{"The model tells deals apart", "Route To Market", "Total Days Identified Through Closing", "Filled in for 100 % of closed deals", "What was foretold, and what came"} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q in %q", want, shown)
		}
	}
	if dir := os.Getenv("FIELDBOOK_PICTURES"); dir != "" {
		f, err := os.Create(filepath.Join(dir, "forecast-learned.png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, d.Window.Canvas().Capture()); err != nil {
			t.Error(err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	d.Key(fyne.KeyEscape)
	if strings.Contains(strings.Join(kittest.Texts(d.Root()), "|"), "The model tells deals apart") {
		t.Error("Escape does not close it")
	}
}
