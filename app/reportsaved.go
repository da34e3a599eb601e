package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fieldbook/data"
)

// SavedReport is a report with its options under a name, which everybody has.
type SavedReport struct {
	ID      data.ID
	Name    string
	Report  string
	Options ReportOptions
}

// Saved lists the saved reports by name. One whose options cannot be read has
// none.
func (r *Reports) Saved(ctx context.Context) ([]SavedReport, error) {
	var out []SavedReport
	err := r.app.store.Each(ctx, data.Query{Kind: data.KindReportSetting}, func(row data.Row) error {
		out = append(out, savedOf(row))
		return nil
	})
	slices.SortFunc(out, func(a, b SavedReport) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), slices.Compare(a.ID[:], b.ID[:]))
	})
	return out, err
}

func savedOf(row data.Row) SavedReport {
	s := SavedReport{ID: row.ID, Name: row.Title(), Report: row.Text("report")}
	s.Options, _ = UnpackReportOptions(row.Text("options")) // the report by itself is still of use
	return s
}

// FindSaved finds a saved report by name or id. The error is NotFound or
// Ambiguous, Invalid where its options cannot be read.
func (r *Reports) FindSaved(ctx context.Context, text string) (SavedReport, error) {
	row, err := r.app.Records.Find(ctx, data.KindReportSetting, text)
	if err != nil {
		return SavedReport{}, err
	}
	_, err = UnpackReportOptions(row.Text("options"))
	return savedOf(row), err
}

// Save keeps a report with its options: a new one where ID is none, else that
// one anew, with what a newer version keeps there beside them. It gives the id.
func (r *Reports) Save(ctx context.Context, s SavedReport) (data.ID, error) {
	if !s.ID.IsZero() {
		row, err := r.app.Records.Get(ctx, data.KindReportSetting, s.ID)
		if err != nil {
			return data.NoID, err
		}
		s.Options.rest = savedOf(row).Options.rest
	}
	options, err := s.Options.Pack()
	if err != nil {
		return data.NoID, err
	}
	values := data.Values{"name": s.Name, "report": s.Report, "options": options}
	if !s.ID.IsZero() {
		return s.ID, r.app.Records.Set(ctx, data.KindReportSetting, []data.ID{s.ID}, values)
	}
	me, err := r.app.Me(ctx)
	if err != nil {
		return data.NoID, err
	}
	if !me.ID.IsZero() {
		values["person"] = me.ID
	}
	return r.app.Records.Add(ctx, data.KindReportSetting, values)
}
