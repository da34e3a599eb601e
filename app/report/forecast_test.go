package report_test

import (
	"slices"
	"strings"
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

func TestForecastReport(t *testing.T) {
	f := report.ForecastReport{Cover: cover(), Rows: []report.ForecastRow{
		{Name: "Ann Lee", Team: true, Won: 300_00, Commit: 100_00, Weighted: 50_00, Adjusted: -20_00, Forecast: 330_00, Quota: 400_00, HasQuota: true, Call: 350_00, HasCall: true},
		{Name: "Bo Dahl", Level: 1, Won: 300_00, Commit: 100_00, Weighted: 50_00, Adjusted: -20_00, Forecast: 330_00, Quota: 400_00, HasQuota: true, Note: "one slips"},
		{Level: 0, Pipeline: 70_00, Forecast: 7_00},
	}, Total: report.ForecastRow{Won: 300_00, Commit: 100_00, Pipeline: 70_00, Adjusted: -20_00, Forecast: 337_00, Quota: 400_00, HasQuota: true}}
	want := []string{
		"Ann Lee’s team|300|100|0|0|–20|330|350|400|83%",
		" Bo Dahl|300|100|0|0|–20|330||400|83%",
		"Deals of nobody|0|0|0|70|0|7||n/a|n/a",
		"Together|300|100|0|70|–20|337||400|84%",
	}
	d := f.Doc()
	if got := lines(d); !slices.Equal(got, want) {
		t.Errorf("table\n%s", strings.Join(got, "\n"))
	}
	var texts []string
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if text, ok := b.(report.Text); ok {
				texts = append(texts, text.Paragraphs...)
			}
		}
	}
	if !slices.Equal(texts, []string{"Bo Dahl, –20: one slips"}) {
		t.Errorf("notes %q", texts)
	}
}

// TestChangesOfBalance: the chart ends where the figures do.
func TestChangesOfBalance(t *testing.T) {
	before := metrics.Due{Values: map[data.Key]int64{1: 100_00, 2: 50_00, 3: 25_00}}
	after := metrics.Due{Values: map[data.Key]int64{2: 80_00, 4: 33_33}}
	w := metrics.NewWaterfall(before, after, nil, map[data.Key]metrics.Where{1: metrics.AsWon, 3: metrics.OpenElsewhen})
	behind := map[string][]data.Key{}
	panes := report.Panes{Numbers: cover().Numbers, AsOf: asOf, Keys: func(title, _ string, keys []data.Key) string {
		behind[title] = keys
		return title
	}}
	chart := panes.Changes(w, asOf.AddDays(-7))
	var labels []string
	for _, s := range chart.Steps {
		labels = append(labels, s.Label+" "+s.Text)
	}
	want := []string{"Nov 10 $175", "New +$33", "Grown +$30", "Pushed –$25", "Won –$100", "Nov 17 $113"}
	if !slices.Equal(labels, want) || chart.Off() != 0 {
		t.Errorf("steps %q, off by %g", labels, chart.Off())
	}
	if got := behind["Pushed since Nov 10"]; len(got) != 1 || got[0] != 3 {
		t.Errorf("behind the steps %v", behind)
	}
}
