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

// reported is a sample company with a quarter that reports are made of.
type reported struct {
	app    *app.App
	period data.Period
	people metrics.Result
}

func newReported(t *testing.T) *reported {
	t.Helper()
	a := figuresBook(t, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	if err := a.Sample(context.Background(), app.SampleOptions{Deals: 400, Seed: 3}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	period := a.Book().Calendar.QuarterOf(a.Today())
	return &reported{app: a, period: period, people: computed(t, a, app.ComputeQuery{By: metrics.ByPerson, Period: period, AsOf: a.Today()})}
}

// query asks for a report on the quarter, about the first person where it is about one.
func (r *reported) query(name string) app.ReportQuery {
	q := app.ReportQuery{Name: name, Period: r.period, AsOf: r.app.Today()}
	if name == app.ReportPersonScorecard || name == app.ReportRepProgress {
		q.Scope = data.Scope{Person: r.people.Rows[0].ID, Team: true}
	}
	for _, k := range app.PaneKinds() {
		q.Charts = append(q.Charts, app.ReportChart{PaneAsk: app.PaneAsk{Name: k.Name}})
	}
	return q
}

// blocksOf are all blocks of a report.
func blocksOf(d report.Doc) []report.Block {
	var out []report.Block
	for _, s := range d.Sections {
		out = append(out, s.Blocks...)
	}
	return out
}

// TestReportsAgreeWithTheFigures writes every report of a sample company and
// holds what they say against the table of figures.
func TestReportsAgreeWithTheFigures(t *testing.T) {
	ctx := context.Background()
	r := newReported(t)
	a, period, people := r.app, r.period, r.people
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
		doc, err := a.Reports.Doc(ctx, r.query(name))
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
	for _, b := range blocksOf(d) {
		if t, ok := b.(report.Table); ok {
			for _, r := range t.Totals {
				for _, c := range r.Cells {
					out = append(out, c.Text)
				}
			}
		}
	}
	return strings.Join(out, "|")
}

// TestFiltersOfAReportThatHeedsNone: a report that is not made of deals refuses
// filters rather than to say on its head that it kept to them.
func TestFiltersOfAReportThatHeedsNone(t *testing.T) {
	a := figuresBook(t, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	for _, name := range []string{app.ReportForecast, app.ReportQuotaSignoff} {
		_, err := a.Reports.Doc(context.Background(), app.ReportQuery{
			Name: name, Period: a.Book().Calendar.Year(2026), AsOf: a.Today(), Filters: []app.ReportFilter{{Field: "sector", Value: "retail"}},
		})
		if data.KindOf(err) != data.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
