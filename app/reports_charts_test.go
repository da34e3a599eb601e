package app_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// A report of charts holds them in their order with what is said to them, keeps what
// a newer Fieldbook put there, and is the same file each time.
func TestReportOfCharts(t *testing.T) {
	a, _, _ := reportCompany(t)
	ctx := t.Context()
	id, err := a.Reports.AddChart(ctx, data.NoID, "Monday", app.ReportChart{PaneAsk: app.PaneAsk{Name: report.CardWon}}, app.ReportChart{PaneAsk: app.PaneAsk{Name: "hologram"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"leaders:manager:year", "course", "flow"} {
		c, err := app.ParseReportChart(name)
		if err != nil {
			t.Fatal(err)
		}
		c.Note = "said to " + name
		if _, err := a.Reports.AddChart(ctx, id, "", c); err != nil {
			t.Fatal(err)
		}
	}
	saved, err := a.Reports.FindSaved(ctx, "Monday")
	if err != nil {
		t.Fatal(err)
	}
	want := app.ReportChart{PaneAsk: app.PaneAsk{Name: app.PaneLeaders, By: metrics.ByManager, Against: app.AgainstYear}, Note: "said to leaders:manager:year"}
	if len(saved.Options.Charts) != 5 || saved.Options.Charts[1].Name != "hologram" || saved.Options.Charts[2] != want {
		t.Fatalf("%+v", saved.Options.Charts)
	}
	q, err := a.Reports.Query(saved.Report, saved.Options)
	if err != nil {
		t.Fatal(err)
	}
	q.Title = saved.Name
	products, err := a.Records.List(ctx, data.Query{Kind: data.KindProduct})
	if err != nil {
		t.Fatal(err)
	}
	q.Filters = []app.ReportFilter{{Field: "product", Value: products[0].ID.String()}}
	doc, err := a.Reports.Doc(ctx, q)
	if err != nil || doc.Title != "Monday" {
		t.Fatal(doc.Title, err)
	}
	var heads, said []string
	for _, s := range doc.Sections {
		heads = append(heads, s.Heading)
		for _, b := range s.Blocks {
			if text, ok := b.(report.Text); ok {
				said = append(said, text.Paragraphs...)
			}
		}
	}
	if want := []string{"", "hologram", "Leaderboard", "On the way", "What became of open deals"}; !slices.Equal(heads, want) {
		t.Errorf("sections %q", heads)
	}
	if want := []string{"A newer Fieldbook draws this", "said to leaders:manager:year", "said to course", "said to flow"}; !slices.Equal(said, want) {
		t.Errorf("said %q", said)
	}
	if caption := doc.Sections[3].Caption; !bytes.Contains([]byte(caption), []byte("without the filters")) {
		t.Errorf("the course does not say that filters leave it alone: %q", caption)
	}
	if !bytes.Equal(written(t, a, q), written(t, a, q)) {
		t.Error("the same report gives another file")
	}
}

func TestReportOfNoCharts(t *testing.T) {
	a, _, _ := reportCompany(t)
	err := a.Reports.Write(t.Context(), app.ReportQuery{Name: app.ReportCharts, AsOf: a.Today()}, filepath.Join(t.TempDir(), "x.pdf"))
	if data.KindOf(err) != data.Invalid {
		t.Error(err)
	}
	for _, text := range []string{"", "hologram", "leaders:weather", "leaders:person:quota", "leaders:person:year:2017"} {
		if _, err := app.ParseReportChart(text); data.KindOf(err) != data.Invalid {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := a.Reports.AddChart(t.Context(), data.NoID, " "); data.KindOf(err) != data.Invalid {
		t.Error(err)
	}
}

// What stands on a dashboard is read from the top down and from left to right.
func TestDashboardAsAReport(t *testing.T) {
	l := app.DefaultLayout(data.RoleRep)
	var names []string
	for _, c := range l.Charts() {
		names = append(names, c.Name)
	}
	if want := []string{app.PaneGauge, app.PaneRunning, app.PaneStages, app.PaneActivity}; len(names) != len(l.Cards) || !slices.Equal(names[len(names)-4:], want) {
		t.Errorf("%q", names)
	}
}
