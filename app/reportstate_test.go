package app_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/pdf"
	"fieldbook/app/printer"
	"fieldbook/data"
)

// reportCompany is a sample company, what a report on it is asked by, and the clock.
func reportCompany(t *testing.T) (*app.App, app.ReportQuery, *dayClock) {
	t.Helper()
	clock := &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)}
	a := figuresBook(t, clock)
	if err := a.Sample(t.Context(), app.SampleOptions{Deals: 200, Seed: 3}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	q, err := a.Reports.Query(app.ReportTeamPerformance, app.ReportOptions{AsOf: "2026-05-20"})
	if err != nil {
		t.Fatal(err)
	}
	return a, q, clock
}

func written(t *testing.T, a *app.App, q app.ReportQuery) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.pdf")
	if err := a.Reports.Write(t.Context(), q, path); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// The same book and settings give the same bytes, whatever the time; an edit
// gives others; and the state makes the first ones again.
func TestReportsCanBeMadeAgain(t *testing.T) {
	a, q, clock := reportCompany(t)
	ctx := t.Context()
	q.Notes, q.Page = "For the meeting", pdf.Page{Size: pdf.Letter, Mono: true}
	first := written(t, a, q)
	before, err := a.Fingerprint(ctx)
	if err != nil {
		t.Fatal(err)
	}
	clock.now = clock.now.Add(26 * time.Hour)
	if !bytes.Equal(first, written(t, a, q)) {
		t.Fatal("a day later the same book gives another file")
	}
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindPerson, Limit: 40})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := a.Records.Set(ctx, data.KindPerson, []data.ID{r.ID}, data.Values{"name": r.Title() + " Jr"}); err != nil {
			t.Fatal(err)
		}
	}
	if bytes.Equal(first, written(t, a, q)) {
		t.Fatal("other names give the same file")
	}
	saved := filepath.Join(t.TempDir(), "old.pdf")
	if err := os.WriteFile(saved, first, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{before, strings.ReplaceAll(before, " ", ""), saved} {
		state, err := a.FindState(ctx, how)
		if err != nil {
			t.Fatalf("%s: %v", how, err)
		}
		then, done, err := a.At(ctx, state)
		if err != nil {
			t.Fatal(err)
		}
		again := written(t, then, q)
		done()
		if !bytes.Equal(first, again) {
			t.Errorf("%s: the report made again differs: %d and %d bytes", how, len(first), len(again))
		}
	}
}

func TestStatesThatAreNotHere(t *testing.T) {
	a, q, _ := reportCompany(t)
	ctx := t.Context()
	report := filepath.Join(t.TempDir(), "r.pdf")
	if err := os.WriteFile(report, written(t, a, q), 0o600); err != nil {
		t.Fatal(err)
	}
	other := figuresBook(t, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	state, err := other.FindState(ctx, report)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := other.At(ctx, state); data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "lacks") {
		t.Errorf("a state of another book: %v", err)
	}
	if _, err := a.FindState(ctx, "0123 4567 89ab cdef"); data.KindOf(err) != data.NotFound {
		t.Errorf("an unknown fingerprint: %v", err)
	}
	empty := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(empty, []byte("%PDF-1.4"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"horoscope", empty} {
		if _, err := a.FindState(ctx, how); data.KindOf(err) != data.Invalid {
			t.Errorf("%s: %v", how, err)
		}
	}
	for _, text := range []string{"", "fieldbook-state:", "fieldbook-state:00 x=1-2", state.String() + "9", strings.Replace(state.String(), "1-", "0-", 1)} {
		if _, err := app.ParseState(text); data.KindOf(err) != data.Invalid {
			t.Errorf("%.60q: %v", text, err)
		}
	}
	if back, err := app.ParseState(state.String()); err != nil || back.Fingerprint() != state.Fingerprint() {
		t.Errorf("%v, %v", back, err)
	}
}

func TestSavedReports(t *testing.T) {
	a, _, _ := reportCompany(t)
	ctx := t.Context()
	options := app.ReportOptions{Period: "2026-Q1", Letter: true, Landscape: true, Notes: "Hello", Filters: []app.ReportFilter{{Field: "sector", Value: "retail"}}}
	id, err := a.Reports.Save(ctx, app.SavedReport{Name: "Board", Report: app.ReportFunnel, Options: options})
	if err != nil {
		t.Fatal(err)
	}
	options.Mono = true
	if _, err := a.Reports.Save(ctx, app.SavedReport{ID: id, Name: "Board meeting", Report: app.ReportFunnel, Options: options}); err != nil {
		t.Fatal(err)
	}
	saved, err := a.Reports.FindSaved(ctx, "Board meeting")
	if err != nil || saved.ID != id || !saved.Options.Mono || saved.Options.Filters[0].Value != "retail" {
		t.Fatalf("%+v, %v", saved, err)
	}
	q, err := a.Reports.Query(saved.Report, saved.Options)
	if err != nil || q.Period.Name != "2026-Q1" || q.Page != (pdf.Page{Size: pdf.Letter, Landscape: true, Mono: true}) || q.AsOf != a.Today() {
		t.Errorf("%+v, %v", q, err)
	}
	if list, err := a.Reports.Saved(ctx); err != nil || len(list) < 1 {
		t.Errorf("%v, %v", list, err)
	}
	newer := data.Values{"options": `{"period":"2026-Q1","watermark":{"text":"draft"}}`}
	if err := a.Records.Set(ctx, data.KindReportSetting, []data.ID{id}, newer); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Reports.Save(ctx, app.SavedReport{ID: id, Name: "Board", Report: app.ReportFunnel, Options: app.ReportOptions{Letter: true}}); err != nil {
		t.Fatal(err)
	}
	row, err := a.Records.Get(ctx, data.KindReportSetting, id)
	if text := row.Text("options"); err != nil || text != `{"letter":true,"watermark":{"text":"draft"}}` {
		t.Errorf("saved anew over a newer version's options: %s, %v", text, err)
	}
	bad, err := a.Records.Add(ctx, data.KindReportSetting, data.Values{"name": "Broken", "report": "funnel", "options": "{"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Reports.FindSaved(ctx, bad.String()); data.KindOf(err) != data.Invalid {
		t.Errorf("broken options: %v", err)
	}
}

// Filters leave fewer deals, stand on the report, and are refused where a report
// does not heed them.
func TestReportsHeedFilters(t *testing.T) {
	a, q, _ := reportCompany(t)
	ctx := t.Context()
	products, err := a.Records.List(ctx, data.Query{Kind: data.KindProduct, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	name := products[0].Title()
	all, err := a.Reports.Doc(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	q.Filters = []app.ReportFilter{{Field: "product", Value: name}}
	some, err := a.Reports.Doc(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	if some.Meta[3].Text != "product "+name || all.Meta[3].Text != "none" || totals(some) == totals(all) {
		t.Errorf("filters %q and %q", some.Meta[3].Text, all.Meta[3].Text)
	}
	for filter, kind := range map[app.ReportFilter]data.ErrorKind{
		{Field: "weather", Value: "fine"}: data.Invalid, {Field: "product", Value: "Moonshine"}: data.NotFound, {Field: "sector", Value: "Moonshine"}: data.NotFound,
	} {
		q.Filters = []app.ReportFilter{filter}
		if _, err := a.Reports.Doc(ctx, q); data.KindOf(err) != kind {
			t.Errorf("%v: %v", filter, err)
		}
	}
	q.Name, q.Filters = app.ReportForecast, []app.ReportFilter{{Field: "product", Value: name}}
	if _, err := a.Reports.Doc(ctx, q); data.KindOf(err) != data.Invalid {
		t.Errorf("a filtered forecast: %v", err)
	}
}

// tray is a printer that takes everything.
type tray struct {
	jobs  []printer.Job
	mails []printer.Mail
}

func (*tray) Printers(context.Context) ([]printer.Printer, error) {
	return []printer.Printer{{Name: "Tray", Default: true}}, nil
}

func (s *tray) Print(_ context.Context, j printer.Job) (string, error) {
	s.jobs = append(s.jobs, j)
	return "Tray-1", nil
}

func (s *tray) Mail(_ context.Context, m printer.Mail) (bool, error) {
	s.mails = append(s.mails, m)
	return true, nil
}

func TestPrinting(t *testing.T) {
	a, q, clock := reportCompany(t)
	clock.now = time.Now() // files are swept by the clock of the disk
	ctx, s, folder := t.Context(), &tray{}, t.TempDir()
	a.Printing.Spooler, a.Printing.Folder = s, folder
	q.Page.Size = pdf.Letter
	paper, err := a.Reports.Paper(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	id, err := a.Printing.Print(ctx, paper, app.PrintOrder{Printer: "Tray", Copies: 2, Pages: "2"})
	if err != nil || id != "Tray-1" {
		t.Fatal(id, err)
	}
	job := s.jobs[0]
	raw, err := os.ReadFile(job.File)
	if err != nil || bytes.Count(raw, []byte("/Type /Page\n")) != 1 || !job.Letter || job.Copies != 2 || filepath.Base(job.File) != "Team performance.pdf" {
		t.Errorf("%+v, %v", job, err)
	}
	old := filepath.Dir(job.File)
	if err := os.Chtimes(old, clock.now, clock.now.Add(-25*time.Hour)); err != nil {
		t.Fatal(err)
	}
	file, attached, err := a.Printing.Mail(ctx, paper)
	if err != nil || !attached || s.mails[0].File != file {
		t.Errorf("%q, %v, %v", file, attached, err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("what waited a day is still there: %v", err)
	}
	for _, o := range []app.PrintOrder{{Pages: "0"}, {Pages: "9-"}, {Pages: "2-1"}, {Pages: "x"}, {Copies: 100}, {Copies: -1}, {Pages: "1,,2"}} {
		if _, err := a.Printing.Print(ctx, paper, o); data.KindOf(err) != data.Invalid {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestPageNumbers(t *testing.T) {
	for text, want := range map[string]string{"": "[1 2 3 4 5]", "1-3, 5": "[1 2 3 5]", "4-": "[4 5]", " 2 – 2 ,1": "[1 2]", "3-99": "[3 4 5]"} {
		if got, err := app.PageNumbers(text, 5); err != nil || strings.Trim(want, "[]") != strings.Trim(strings.Join(strings.Fields(fmt.Sprint(got)), " "), "[]") {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}
