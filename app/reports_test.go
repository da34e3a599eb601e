package app_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// TestReportsAgreeWithTheFigures writes every report of a sample company and
// holds what they say against the table of figures.
func TestReportsAgreeWithTheFigures(t *testing.T) {
	ctx := context.Background()
	a := figuresBook(t, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	if err := a.Sample(ctx, app.SampleOptions{Deals: 400, Seed: 3}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	period := a.Book().Calendar.QuarterOf(a.Today())
	people := computed(t, a, app.ComputeQuery{By: metrics.ByPerson, Period: period, AsOf: a.Today()})
	n := report.Numbers{Currency: "USD"}
	one := people.Rows[0]
	for name, want := range map[string]string{
		app.ReportQuotaAttainment: n.Whole(people.Total.WonValue.Minor),
		app.ReportTeamPerformance: n.Whole(people.Total.WonValue.Minor),
		app.ReportWinLoss:         n.Ratio(people.Total.Won, people.Total.Won+people.Total.Lost),
		app.ReportPipelineReview:  n.Exact(people.Total.OpenValue.Minor),
		app.ReportPersonScorecard: n.Whole(one.WonValue.Minor),
		app.ReportRepProgress:     n.Exact(one.OpenValue.Minor),
	} {
		q := app.ReportQuery{Name: name, Period: period, AsOf: a.Today()}
		if name == app.ReportPersonScorecard || name == app.ReportRepProgress {
			q.Scope = data.Scope{Person: one.ID, Team: true}
		}
		doc, err := a.Reports.Doc(ctx, q)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.Contains(totals(doc), want) {
			t.Errorf("%s: totals %q lack %s", name, totals(doc), want)
		}
	}
	path := filepath.Join(t.TempDir(), "review.pdf")
	q := app.ReportQuery{Name: app.ReportQuarterlyReview, Period: period, AsOf: a.Today()}
	if err := a.Reports.Write(ctx, q, path); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil || bytes.Count(raw, []byte("/Type /Page\n")) <= len(people.Rows) {
		t.Errorf("%d bytes, %d pages, %v", len(raw), bytes.Count(raw, []byte("/Type /Page\n")), err)
	}
	for _, refused := range []struct{ name, path string }{
		{app.ReportQuarterlyReview, "review.png"}, {app.ReportPersonScorecard, "card.pdf"}, {app.ReportRepProgress, "progress.pdf"}, {"nonsense", "x.pdf"},
	} {
		err := a.Reports.Write(ctx, app.ReportQuery{Name: refused.name, Period: period, AsOf: a.Today()}, filepath.Join(t.TempDir(), refused.path))
		if data.KindOf(err) != data.Invalid {
			t.Errorf("%s to %s: %v", refused.name, refused.path, err)
		}
	}
}

// totals are the cells of the totals of all tables.
func totals(d report.Doc) string {
	var out []string
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if t, ok := b.(report.Table); ok {
				for _, r := range t.Totals {
					for _, c := range r.Cells {
						out = append(out, c.Text)
					}
				}
			}
		}
	}
	return strings.Join(out, "|")
}
